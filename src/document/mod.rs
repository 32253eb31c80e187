//! The value that travels through a pipeline: a [`Document`], where it came from and what was found about it.
//!
//! A page (decoded HTML) and a document (extracted text) are different things: a filter never sees HTML.
//! The types here know nothing of files, stages or Parquet; every other folder speaks in them.

pub mod bad_config;
pub mod edits;
pub mod extraction;
pub mod fact;
pub mod interned;
pub mod language;
pub mod origin;
pub mod quality;
pub mod reason;
pub mod rights;
pub mod signals;
pub mod vocabulary;

use edits::Edit;
use extraction::Extraction;
use fact::Fact;
use language::Language;
use origin::Origin;
use quality::Quality;
use rights::Rights;
use signals::Signals;

use crate::text::splitter::Splitter;
use crate::text::table::WordTable;
use crate::text::worded::WordedText;

/// Extracted text with its origin, what its page stated about itself, and what was found about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    text: WordedText,
    /// Where the text came from, down to the byte range of its record.
    pub origin: Origin,
    /// How the payload's bytes became characters.
    pub decoding: Decoding,
    /// What the page states about itself, unjudged.
    pub signals: Signals,
    /// Our answers to questions about the document.
    pub facts: Facts,
    /// What editors changed in the text, in the order of the stages.
    pub edits: Vec<Edit>,
}

/// Which charset a payload was read in, and why that one was believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoding {
    /// Name of the encoding by the WHATWG standard, e.g. `UTF-8`, `windows-1252`.
    pub charset: &'static str,
    /// What was believed.
    pub source: CharsetSource,
    /// How many U+FFFD stand for bytes that the charset does not hold.
    pub replacements: u64,
}

/// What named the charset, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CharsetSource {
    /// A byte order mark.
    Bom,
    /// `charset` of the HTTP `Content-Type`.
    Http,
    /// `<meta charset>` or `<meta http-equiv=content-type>` of the page.
    Meta,
    /// Nothing declared, and the bytes are valid UTF-8.
    Utf8,
    /// Nothing declared: guessed from the bytes and the top-level domain.
    Detected,
    /// The record's format prescribes it: WET `conversion` records are UTF-8.
    Format,
}

impl CharsetSource {
    /// All values, in their order.
    pub const ALL: [Self; 6] = [Self::Bom, Self::Http, Self::Meta, Self::Utf8, Self::Detected, Self::Format];

    /// The value a column's word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == word)
    }

    /// The word that stands in the column `charset_source`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bom => "bom",
            Self::Http => "http",
            Self::Meta => "meta",
            Self::Utf8 => "utf8",
            Self::Detected => "detected",
            Self::Format => "format",
        }
    }
}

/// What stages have found. Each field is [`Fact::NotAsked`] until a stage of the plan asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// `extract.html`, where it chooses: not in mode `all`, and not of text that is text already
    pub extraction: Fact<Extraction>,
    /// `annotate.language`
    pub language: Fact<Language>,
    /// `annotate.rights`
    pub rights: Fact<Rights>,
    /// `annotate.quality`
    pub quality: Fact<Quality>,
    /// `annotate.tokens`: how many there are; not found where a document is not in the share that is counted
    pub tokens: Fact<u32>,
}

impl Document {
    /// A document of which nothing has been asked yet.
    pub fn new(text: String, origin: Origin, decoding: Decoding, signals: Signals) -> Self {
        Self { text: text.into(), origin, decoding, signals, facts: Facts::default(), edits: Vec::new() }
    }

    /// Main text: UTF-8 in Unicode NFC, blocks separated by line breaks.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// The words of the text, cut once for all who ask.
    pub fn words(&self, splitter: Splitter) -> &WordTable {
        self.text.words(splitter)
    }

    /// Forgets the words, once all stages have asked.
    pub fn forget_words(&mut self) {
        self.text.forget_words();
    }

    /// Puts another text in the place of the text.
    pub fn set_text(&mut self, text: String) {
        self.text = text.into();
    }
}
