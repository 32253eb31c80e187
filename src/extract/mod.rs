//! From a payload to text and signals. After this step the HTML is gone.
//!
//! `charset/` decodes, `html/` parses once, `blocks.rs` cuts the page into leaf blocks, `content/` says which of
//! them are main text and `comments.rs` which are of readers, `text/` writes those, `signals/` keeps what the page
//! states about itself. Pure: no file, clock, network or global is touched. Every loop is bounded by the length of the
//! page, so hostile HTML takes linear time; a page beyond a limit is dropped with a reason (`reasons.rs`).
//!
//! Each thread keeps its own arenas and uses them again for every page, so nothing is allocated for a token, a node
//! or a block. They are given back after a page that made them larger than [`KEPT_BYTES_MAX`].

pub mod blocks;
pub mod charset;
mod comments;
pub mod content;
mod counts;
mod eight;
pub mod html;
pub mod options;
pub mod reasons;
pub mod signals;
mod squeeze;
mod text;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::Decoding;
use crate::document::bad_config::BadConfig;
use crate::document::fact::Question;
use crate::document::reason::{Dropped, Reason};
use crate::document::signals::Signals;

use blocks::Blocks;
use charset::Decoded;
use content::choose;
use content::model::Model;
use html::tree::{Page, Tree};
use options::{Format, Mode, Options};

/// Bytes of arenas that a thread keeps from one page to the next.
pub const KEPT_BYTES_MAX: usize = 24 << 20;

/// The options of an `extract.*` stage, by the stage's name.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtractConfig {
    /// `extract.html`
    Html(Options),
}

impl ExtractConfig {
    /// The stage's name without `extract.`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Html(_) => "html",
        }
    }

    /// The questions that the stage answers.
    pub fn questions(&self) -> &'static [Question] {
        match self {
            Self::Html(options) => match options.mode {
                Mode::Main | Mode::Precise => &[Question::Text, Question::Extraction],
                Mode::All => &[Question::Text],
            },
        }
    }

    /// The extractor, or what is wrong with its options.
    pub fn build(&self) -> Result<Extractor, BadConfig> {
        match self {
            Self::Html(options) => options.build(),
        }
    }
}

/// What was said of a payload outside of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// `charset` of the HTTP `Content-Type`, as written.
    pub http_charset: Option<&'a str>,
    /// URL of the page; its top-level domain hints at a charset where nothing else does.
    pub url: &'a str,
}

/// Text and signals of one payload.
#[derive(Clone, Debug, PartialEq)]
pub struct Extracted {
    /// Main text in Unicode NFC; `text/` says how blocks are set apart.
    pub text: String,
    /// Word F1 that the text may be expected to have, 0..=1. None in mode `all`, and of text that is text already.
    pub expected_f1: Option<f32>,
    /// How the bytes became characters.
    pub decoding: Decoding,
    /// What the page states about itself; without the HTTP headers, which are not in the payload.
    pub signals: Signals,
}

/// Makes text and signals of payloads, with one set of options.
#[derive(Clone, Debug)]
pub struct Extractor {
    options: Options,
    model: Arc<Model>,
}

/// What one thread uses again for each page.
#[derive(Default)]
struct Scratch {
    tree: Tree,
    blocks: Blocks,
    content: content::Scratch,
    chosen: Vec<bool>,
    text: text::Scratch,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch::default());
}

impl Extractor {
    /// Text and signals of an HTML payload.
    pub fn extract(&self, payload: &[u8], hints: &Hints<'_>) -> Result<Extracted, Dropped> {
        self.check_bytes(payload.len())?;
        let decoded = charset::decode(payload, hints);
        self.check_bytes(decoded.text.len())?;
        SCRATCH.with_borrow_mut(|scratch| {
            let extracted = self.extract_decoded(&decoded, hints.url, scratch);
            scratch.give_back();
            extracted
        })
    }

    /// Text that is text already: the payload of a WET `conversion` record, UTF-8 by its format, taken as it is.
    pub fn plain_text(&self, payload: &[u8]) -> Result<Extracted, Dropped> {
        self.check_bytes(payload.len())?;
        let decoded = charset::decode_utf8(payload);
        let decoding = decoded.decoding();
        let replacements = decoded.replacements();
        let text = decoded.text.into_owned();
        if text.trim().is_empty() {
            return Err(dropped(reasons::NO_TEXT));
        }
        self.check_replacements(&text, replacements)?;
        let signals = signals::of_plain_text(&text);
        Ok(Extracted { text, expected_f1: None, decoding, signals })
    }

    fn extract_decoded(&self, decoded: &Decoded<'_>, url: &str, scratch: &mut Scratch) -> Result<Extracted, Dropped> {
        let limits = &self.options.limits;
        if let Err(nodes) = scratch.tree.parse(&decoded.text, limits) {
            return Err(dropped_because(reasons::TOO_LARGE, nodes.0, limits.nodes_max));
        }
        let page = Page { source: &decoded.text, tree: &scratch.tree };
        match self.options.format {
            Format::Plain => scratch.blocks.fill(page),
            Format::Markdown => scratch.blocks.fill_with_runs(page),
        }
        let blocks = &scratch.blocks;
        if blocks.list.len() > limits.blocks_max {
            return Err(dropped_because(reasons::TOO_LARGE, blocks.list.len(), limits.blocks_max));
        }
        let expected_f1 = match self.options.mode {
            Mode::Main | Mode::Precise => {
                let aim = if self.options.mode == Mode::Precise { choose::PRECISE } else { choose::BALANCED };
                let choice = content::Choice { page, blocks, url, aim };
                Some(content::select(&choice, &self.model, &mut scratch.content, &mut scratch.chosen))
            }
            Mode::All => {
                scratch.chosen.clear();
                scratch.chosen.resize(scratch.blocks.list.len(), true);
                None
            }
        };
        comments::apply(page, blocks, self.options.comments, &mut scratch.chosen);
        if self.options.mode != Mode::All {
            self.check_words(blocks, &scratch.chosen)?;
        }
        let source = text::Source { page, blocks, chosen: &scratch.chosen };
        let text = text::render(source, self.options.format, &mut scratch.text);
        if text.is_empty() {
            return Err(dropped(reasons::NO_TEXT));
        }
        self.check_replacements(&text, decoded.replacements())?;
        let mut signals = signals::collect(page, &scratch.blocks, &scratch.chosen);
        signals::to_payload_offsets(&mut signals, decoded);
        Ok(Extracted { text, expected_f1, decoding: decoded.decoding(), signals })
    }

    fn check_bytes(&self, bytes: usize) -> Result<(), Dropped> {
        let most = self.options.limits.html_bytes_max;
        if bytes > most { Err(dropped_because(reasons::TOO_LARGE, bytes, most)) } else { Ok(()) }
    }

    /// Refuses a page that gives fewer words than wanted.
    fn check_words(&self, blocks: &Blocks, chosen: &[bool]) -> Result<(), Dropped> {
        let chosen = blocks.list.iter().zip(chosen).filter(|(_, chosen)| **chosen);
        let words = chosen.map(|(block, _)| block.counts.words).sum::<u32>();
        if words >= self.options.words_min {
            return Ok(());
        }
        Err(dropped_because(reasons::NO_TEXT, words as usize, self.options.words_min as usize))
    }

    /// Refuses text of which too much stands for bytes that the charset does not hold.
    fn check_replacements(&self, text: &str, replacements: u64) -> Result<(), Dropped> {
        if replacements == 0 {
            return Ok(());
        }
        let (mut characters, mut replaced) = (0_u64, 0_u64);
        for character in text.chars() {
            characters += 1;
            replaced += u64::from(character == char::REPLACEMENT_CHARACTER);
        }
        let share = replaced.min(replacements) as f64 / characters.max(1) as f64;
        let most = self.options.replacements_share_max;
        if share <= most {
            return Ok(());
        }
        Err(Dropped::because(reasons::UNDECODABLE, share, most))
    }
}

impl Scratch {
    /// Frees arenas that one large page has grown.
    fn give_back(&mut self) {
        let bytes = self.tree.bytes() + self.blocks.bytes() + self.content.bytes() + self.text.bytes();
        if bytes > KEPT_BYTES_MAX {
            *self = Self::default();
        }
    }
}

fn dropped(reason: Reason) -> Dropped {
    Dropped::new(reason)
}

fn dropped_because(reason: Reason, found: usize, bound: usize) -> Dropped {
    Dropped::because(reason, found as f64, bound as f64)
}
