//! The options of `extract.html`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::content::model::Model;
use super::html::limits::Limits;
use super::{Extractor, content};
use crate::document::bad_config::BadConfig;

/// Which text of a page is taken, and what one page may cost.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Which blocks of a page are its text.
    pub mode: Mode,
    /// How the text shows its structure.
    pub format: Format,
    /// Whether what readers wrote below the page is text.
    pub comments: Comments,
    /// Fewest words of main text; less is a title or a notice. Below: `extract.no_text`. Two Han or kana characters
    /// count as a word, and four of scripts such as Thai. Not looked at in mode `all`.
    pub words_min: u32,
    /// Largest share of the text's characters that may be U+FFFD written by the decoder, 0..=1. Above:
    /// `extract.undecodable`. A page in the wrong charset has more than one in twenty in nearly every language that
    /// is not written in ASCII; a page with a few broken quotation marks has far less.
    pub replacements_share_max: f64,
    /// Bounds on one page.
    pub limits: Limits,
}

/// Which blocks of a page are its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Main text, without what surrounds it.
    #[default]
    Main,
    /// Main text where losing some is better than keeping what surrounds it.
    Precise,
    /// Every block that a reader can come to see, folded and hidden ones included.
    All,
}

/// How the text shows its structure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// By white space alone.
    #[default]
    Plain,
    /// As Markdown: headings, lists, quotes, code, tables and emphasis are marked.
    Markdown,
}

/// Whether what readers wrote below the page is text. Posts of a forum and answers are part of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comments {
    /// As with any other block, `mode` decides.
    #[default]
    Auto,
    /// They are text.
    Keep,
    /// They are left out.
    Drop,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            format: Format::default(),
            comments: Comments::default(),
            words_min: 10,
            replacements_share_max: 0.05,
            limits: Limits::default(),
        }
    }
}

impl Options {
    /// The extractor; refuses a share outside 0..=1 and bounds that leave nothing.
    pub fn build(&self) -> Result<Extractor, BadConfig> {
        self.build_with(content::embedded)
    }

    /// The same with another content model than the program's own.
    pub fn build_with(&self, model: impl FnOnce() -> Arc<Model>) -> Result<Extractor, BadConfig> {
        BadConfig::check_share("replacements_share_max", self.replacements_share_max)?;
        self.limits.check()?;
        Ok(Extractor { options: self.clone(), model: model() })
    }
}
