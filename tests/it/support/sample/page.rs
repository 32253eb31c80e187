//! One sample page as data: what it says, how it is stored, and what should be found.
//!
//! Pages are written as `Page { name: "...", ..PAGE }`, so that each states only what is special about it.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::super::warc_builder::http::Http;
use super::fate::{Fate, KEPT};
use super::template;

/// A page, what it is for, and what should happen to it.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Name in the table of the read-me; occurs once.
    pub name: &'static str,
    /// Where it claims to have been found; occurs once, except for revisits.
    pub url: &'static str,
    /// What it is for: one sentence for the read-me.
    pub purpose: &'static str,
    /// What the quickstart pipeline does with it.
    pub fate: Fate,
    /// License tier that should be found.
    pub tier: &'static str,
    /// `lang` of the page, ISO 639-1.
    pub lang: &'static str,
    /// Title in the head and over the text.
    pub title: &'static str,
    /// The main text.
    pub main: Main,
    /// Frame around the main text.
    pub layout: Layout,
    /// More elements for the head.
    pub head: &'static str,
    /// Elements after the last paragraph of the article.
    pub article_end: &'static str,
    /// Elements for the footer.
    pub footer: &'static str,
    /// HTTP headers after `Content-Type`.
    pub headers: &'static [(&'static str, &'static str)],
    /// How characters become bytes, and what is said of it.
    pub charset: Charset,
    /// Whether Common Crawl's request and metadata records stand beside it.
    pub triple: bool,
}

/// The main text of a page.
#[derive(Clone, Copy, Debug)]
pub enum Main {
    /// Paragraphs with an empty line between them.
    Prose(&'static str),
    /// HTML that stands in the article as it is.
    Html(&'static str),
    /// HTML made by code.
    Made(fn() -> String),
    /// HTML that is the whole page.
    Whole(&'static str),
}

/// What stands around the main text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Header with navigation, article, footer; words in the page's language.
    Plain,
    /// English: sidebar with links, share buttons, comment form.
    Blog,
    /// English: cookie banner, scripts, JSON-LD, teasers of other stories.
    News,
    /// Tables and `<br>` as in the nineties, tags in upper case, no closing `</p>`.
    Old,
}

/// A page's charset, and what header and page say of it.
#[derive(Clone, Copy, Debug)]
pub struct Charset {
    /// WHATWG name of the encoding the bytes are in.
    pub written: &'static str,
    /// Name in the HTTP header.
    pub http: Option<&'static str>,
    /// Name in the page's `<meta charset>`.
    pub meta: Option<&'static str>,
}

/// UTF-8, and both header and page say so.
pub const UTF_8: Charset = Charset { written: "UTF-8", http: Some("utf-8"), meta: Some("utf-8") };

/// An English page without a license, which is kept by nobody until a field says otherwise.
pub const PAGE: Page = Page {
    name: "",
    url: "",
    purpose: "",
    fate: KEPT,
    tier: "open",
    lang: "en",
    title: "",
    main: Main::Prose(""),
    layout: Layout::Plain,
    head: "",
    article_end: "",
    footer: "",
    headers: &[],
    charset: UTF_8,
    triple: false,
};

impl Page {
    /// The HTTP response that carries the page.
    pub fn http(&self) -> Http {
        let content_type = match self.charset.http {
            Some(charset) => format!("text/html; charset={charset}"),
            None => "text/html".to_owned(),
        };
        let http = Http::new(200).header("Content-Type", &content_type);
        let http = self.headers.iter().fold(http, |http, (name, value)| http.header(name, value));
        http.body(self.bytes())
    }

    /// The page's HTML in its charset.
    pub fn bytes(&self) -> Vec<u8> {
        let html = template::render(self);
        if self.charset.written == "UTF-16LE" {
            let units = std::iter::once(0xfeff).chain(html.encode_utf16());
            return units.flat_map(u16::to_le_bytes).collect();
        }
        let encoding = Encoding::for_label(self.charset.written.as_bytes()).expect("samples name real charsets");
        match encoding.encode(&html) {
            (bytes, _, false) => Cow::into_owned(bytes),
            _ => panic!("the page {} has characters that {} does not hold", self.name, encoding.name()),
        }
    }

    /// ISO 639-3 code of the page's language.
    pub fn language(&self) -> &'static str {
        LANGUAGES.iter().find(|(lang, ..)| *lang == self.lang).map_or("", |(_, code, _)| code)
    }

    /// ISO 15924 code of its script.
    pub fn script(&self) -> &'static str {
        LANGUAGES.iter().find(|(lang, ..)| *lang == self.lang).map_or("", |(_, _, script)| script)
    }
}

/// ISO 639-1, ISO 639-3 and ISO 15924 codes of the languages that the samples are written in.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("en", "eng", "Latn"),
    ("de", "deu", "Latn"),
    ("fr", "fra", "Latn"),
    ("es", "spa", "Latn"),
    ("pt", "por", "Latn"),
    ("pl", "pol", "Latn"),
    ("ru", "rus", "Cyrl"),
    ("el", "ell", "Grek"),
    ("ar", "ara", "Arab"),
    ("he", "heb", "Hebr"),
    ("hi", "hin", "Deva"),
    ("ja", "jpn", "Jpan"),
    ("zh", "zho", "Hans"),
    ("ko", "kor", "Kore"),
    ("th", "tha", "Thai"),
];
