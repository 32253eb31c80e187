//! What a page states about itself in markup and HTTP headers, kept as found and not judged.
//!
//! After extraction the HTML is gone, so whatever an annotator may need has to be here.

/// Everything a page states about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signals {
    /// Links that may state a license, in document order.
    pub links: Vec<LinkSignal>,
    /// `<meta>` elements with a name or a property and a content, in document order.
    pub metas: Vec<MetaSignal>,
    /// `<script type="application/ld+json">` blocks, in document order.
    pub json_ld: Vec<ScriptSignal>,
    /// Runs of visible text that may speak of rights, in document order.
    pub notices: Vec<NoticeSignal>,
    /// Parts of inline scripts around a license's address, in document order.
    pub scripts: Vec<ScriptSignal>,
    /// `<license rdf:resource=…>` elements of RDF, which old pages keep in comments, in document order.
    pub rdf: Vec<ScriptSignal>,
    /// HTTP headers that say something about rights or language.
    pub headers: Vec<HeaderSignal>,
    /// `lang` of `<html>`, else `xml:lang`, as written.
    pub declared_language: Option<String>,
    /// Title as the page states it (`og:title`, `<title>`, first `h1`), white space squeezed.
    pub title: Option<String>,
    /// Author as the page states it.
    pub author: Option<String>,
    /// Date of publication as the page states it, ISO 8601 where it is written so.
    pub published: Option<String>,
    /// `<link rel=canonical>` as written.
    pub canonical_url: Option<String>,
}

/// An `a`, `area`, `link` or `img` element that may state a license.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkSignal {
    /// `rel` as written, empty if there is none.
    pub rel: String,
    /// `href` as written, entities decoded.
    pub href: String,
    /// Text of the link, white space squeezed, at most 200 characters.
    pub text: String,
    /// Text around the link in its block, the link included, at most 400 characters.
    pub around: String,
    /// Text of the short block before that block: a heading, a term of a list, a cell that may say what is licensed.
    pub label: String,
    /// `type` as written, empty if there is none.
    pub media_type: String,
    /// `about` of the nearest element that has one, itself included: the subject of RDFa.
    pub about: Option<String>,
    /// `itemtype` or `typeof` of the nearest element that has one, itself included: the kind of thing described.
    pub item_type: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// Whether it stands in one of several like items, of which another states a license too: a list of works.
    pub is_in_list: bool,
    /// Paragraphs of the main text before it and after it, and the words of its own block.
    pub around_it: Around,
    /// Whether it is a `link` element of the head, not something a reader sees.
    pub is_link_element: bool,
    /// Offset of the tag in the payload, in bytes.
    pub offset_bytes: u64,
}

/// What stands around a statement in the main text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Paragraphs before it.
    pub paragraphs_before: u32,
    /// Paragraphs after it.
    pub paragraphs_after: u32,
    /// Words of the block it stands in.
    pub words: u32,
}

/// A run of visible text that holds a word of rights or licenses in some language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeSignal {
    /// The text of its block, white space squeezed; of a long block, at most 800 characters around the first such word.
    pub text: String,
    /// Text of the short block before it, as of a link.
    pub label: String,
    /// Where it stands.
    pub place: Place,
    /// What stands around it: between several paragraphs it is a part of what the page tells.
    pub around_it: Around,
    /// Offset of its first character in the payload, in bytes.
    pub offset_bytes: u64,
}

/// A `<meta>` element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetaSignal {
    /// `name`, `property`, `itemprop` or `http-equiv`, lower-cased.
    pub name: String,
    /// `content` as written, entities decoded.
    pub content: String,
    /// Offset of the tag in the payload, in bytes.
    pub offset_bytes: u64,
}

/// A script block that holds data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptSignal {
    /// The block's text as written.
    pub text: String,
    /// Offset of the text in the payload, in bytes.
    pub offset_bytes: u64,
}

/// An HTTP response header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderSignal {
    /// Name, lower-cased.
    pub name: String,
    /// Value as written.
    pub value: String,
}

/// The part of the page an element stands in: the nearest ancestor that tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In `<head>`.
    Head,
    /// In the body, in none of the parts below.
    #[default]
    Body,
    /// In `<header>`.
    Header,
    /// In `<nav>` or `role=navigation`.
    Nav,
    /// In `<main>` or `role=main`.
    Main,
    /// In `<article>`.
    Article,
    /// In `<aside>` or `role=complementary`.
    Aside,
    /// In `<figure>` or `<figcaption>`.
    Figure,
    /// In `<blockquote>`, `<pre>` or `<code>`: quoted from elsewhere, or shown as an example.
    Quote,
    /// In one of several posts, answers or messages that make up the text of the page.
    Post,
    /// In a comment of a reader.
    Comment,
    /// In `<form>` controls: `select`, `option`, `button`, `textarea`.
    Form,
    /// In `<footer>` or `role=contentinfo`.
    Footer,
}

impl Place {
    /// The word that stands in evidence.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Body => "body",
            Self::Header => "header",
            Self::Nav => "nav",
            Self::Main => "main",
            Self::Article => "article",
            Self::Aside => "aside",
            Self::Figure => "figure",
            Self::Quote => "quote",
            Self::Post => "post",
            Self::Comment => "comment",
            Self::Form => "form",
            Self::Footer => "footer",
        }
    }
}
