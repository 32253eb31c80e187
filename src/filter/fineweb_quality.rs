//! Drops documents of lists and menus, by FineWeb's rules on lines.
//!
//! Rules: Penedo et al. 2024 (arXiv:2406.17557), section 3.6. Order, bounds and comparisons are those of datatrove 0.10
//! (`FineWebQualityFilter`); a document exactly at a bound is kept. Lines are parted by line feeds; blank ones do not
//! count. A line has ended if its last character is one of [`crate::text::symbols::is_terminal`], which holds no
//! quotation marks.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::Filter;
use super::by_language::ByLanguage;
use super::lists::Lists;
use super::seen::Seen;
use crate::document::Document;
use crate::document::bad_config::BadConfig;
use crate::document::fact::Question;
use crate::document::reason::{Reason, Verdict};
use crate::text::characters::is_space;
use crate::text::splitter::Splitter;
use crate::text::symbols::is_terminal;

const NAMES: Reasons = Reasons {
    empty: Reason::new("fineweb_quality.empty"),
    too_few_punctuated_lines: Reason::new("fineweb_quality.too_few_punctuated_lines"),
    too_many_short_lines: Reason::new("fineweb_quality.too_many_short_lines"),
    duplicate_line_characters: Reason::new("fineweb_quality.duplicate_line_characters"),
    too_many_line_breaks: Reason::new("fineweb_quality.too_many_line_breaks"),
};

/// All reasons of this filter, in the order in which its rules are asked.
pub const REASONS: &[Reason] = &NAMES.all();
/// What an earlier stage has to have found.
pub const NEEDS: &[Question] = &[Question::Text];

/// Bounds of a kept document. Defaults are FineWeb's, as datatrove 0.10 has them.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Least share of lines that end in a mark that ends sentences. Default 0.12.
    pub punctuated_lines_share_min: f64,
    /// Greatest share of short lines. Default 0.67.
    pub short_lines_share_max: f64,
    /// Most characters of a short line. Default 30.
    pub short_line_characters_max: usize,
    /// Characters in lines that stood before, of all characters but line feeds. Default 0.01.
    pub duplicate_line_characters_share_max: f64,
    /// Most line feeds a word. Default 0.3.
    pub line_breaks_per_word_max: f64,
    /// Whose words are counted: `unicode`, `spacy_en` or `nltk_en`. Default `unicode`, which is for any language.
    pub words: Splitter,
    /// A table file of bounds by language, for options that are named in it; see [`super::by_language`]. Empty, the default,
    /// for none.
    pub by_language: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            punctuated_lines_share_min: 0.12,
            short_lines_share_max: 0.67,
            short_line_characters_max: 30,
            duplicate_line_characters_share_max: 0.01,
            line_breaks_per_word_max: 0.3,
            words: Splitter::Unicode,
            by_language: String::new(),
        }
    }
}

impl Config {
    /// The filter; refuses shares outside 0..=1.
    pub fn build(&self, lists: &dyn Lists) -> Result<ByLanguage<FinewebQuality>, BadConfig> {
        self.build_in(&MANNER, lists)
    }

    /// The filter by another version of the rules.
    pub fn build_in(
        &self,
        manner: &'static Manner,
        lists: &dyn Lists,
    ) -> Result<ByLanguage<FinewebQuality>, BadConfig> {
        ByLanguage::build(self, &self.by_language, lists, |config| config.build_one(manner))
    }

    fn build_one(&self, manner: &'static Manner) -> Result<FinewebQuality, BadConfig> {
        BadConfig::check_share("punctuated_lines_share_min", self.punctuated_lines_share_min)?;
        BadConfig::check_share("short_lines_share_max", self.short_lines_share_max)?;
        BadConfig::check_share("duplicate_line_characters_share_max", self.duplicate_line_characters_share_max)?;
        BadConfig::check_not_negative("line_breaks_per_word_max", self.line_breaks_per_word_max)?;
        Ok(FinewebQuality { config: self.clone(), manner })
    }
}

/// The filter, built from a [`Config`].
pub struct FinewebQuality {
    config: Config,
    manner: &'static Manner,
}

/// What differs from one version of the rules to another.
pub struct Manner {
    /// What the version calls its drops.
    pub reasons: Reasons,
    /// Whether the character ends a line.
    pub ends: fn(char) -> bool,
    /// Whether blank lines are lines.
    pub counts_blank_lines: bool,
    /// Whether a share that equals its bound is dropped, but for line feeds a word.
    pub drops_at_bound: bool,
}

/// The reasons of one version, each for the rule of its name.
pub struct Reasons {
    /// No line, or nothing in any.
    pub empty: Reason,
    /// Lines that have ended.
    pub too_few_punctuated_lines: Reason,
    /// Short lines.
    pub too_many_short_lines: Reason,
    /// Characters in lines that stood before.
    pub duplicate_line_characters: Reason,
    /// Line feeds a word.
    pub too_many_line_breaks: Reason,
}

impl Reasons {
    /// All of them, in the order in which the rules are asked.
    pub const fn all(&self) -> [Reason; 5] {
        [
            self.empty,
            self.too_few_punctuated_lines,
            self.too_many_short_lines,
            self.duplicate_line_characters,
            self.too_many_line_breaks,
        ]
    }
}

/// datatrove 0.10.
static MANNER: Manner = Manner { reasons: NAMES, ends: is_terminal, counts_blank_lines: false, drops_at_bound: false };

impl Filter for FinewebQuality {
    fn judge(&self, document: &Document) -> Verdict {
        let (config, reasons) = (&self.config, &self.manner.reasons);
        let counts = self.count(document.text());
        if counts.lines == 0 || counts.characters == 0 {
            return reasons.empty.drop();
        }
        let (ended, least) = (counts.ended as f64 / counts.lines as f64, config.punctuated_lines_share_min);
        if ended < least || (self.manner.drops_at_bound && ended == least) {
            return reasons.too_few_punctuated_lines.because(ended, least);
        }
        let is_above = |share: f64, most: f64| share > most || (self.manner.drops_at_bound && share == most);
        let short = counts.short as f64 / counts.lines as f64;
        if is_above(short, config.short_lines_share_max) {
            return reasons.too_many_short_lines.because(short, config.short_lines_share_max);
        }
        let repeated = counts.repeated_characters as f64 / counts.characters as f64;
        if is_above(repeated, config.duplicate_line_characters_share_max) {
            return reasons.duplicate_line_characters.because(repeated, config.duplicate_line_characters_share_max);
        }
        // There is a word at least between any two pieces of white space, which is mostly enough to know.
        if counts.line_breaks as f64 / counts.pieces as f64 <= config.line_breaks_per_word_max {
            return Verdict::Keep;
        }
        let breaks = counts.line_breaks as f64 / document.words(config.words).len() as f64;
        if breaks > config.line_breaks_per_word_max {
            return reasons.too_many_line_breaks.because(breaks, config.line_breaks_per_word_max);
        }
        Verdict::Keep
    }
}

/// What is counted of the lines of a text.
#[derive(Default)]
struct Counts {
    lines: u64,
    ended: u64,
    short: u64,
    repeated_characters: u64,
    /// All but line feeds.
    characters: u64,
    line_breaks: u64,
    /// Pieces between white space.
    pieces: u64,
}

impl FinewebQuality {
    fn count(&self, text: &str) -> Counts {
        let mut counts = Counts::default();
        let line_breaks = memchr::memchr_iter(b'\n', text.as_bytes()).count();
        let mut seen = Seen::for_entries(line_breaks + 1);
        for line in text.split('\n') {
            let pieces = line.split(is_space).filter(|piece| !piece.is_empty()).count() as u64;
            let characters = line.chars().count();
            counts.pieces += pieces;
            counts.characters += characters as u64;
            if pieces > 0 && seen.stood_before(xxh3_64(line.as_bytes())) {
                counts.repeated_characters += characters as u64;
            }
            if pieces > 0 || self.manner.counts_blank_lines {
                counts.lines += 1;
                counts.ended += u64::from(line.ends_with(self.manner.ends));
                counts.short += u64::from(characters <= self.config.short_line_characters_max);
            }
        }
        counts.line_breaks = line_breaks as u64;
        counts
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::filter::tests::document;

    /// Bounds that every text meets; a test adds the one it is about.
    fn lenient() -> Config {
        Config {
            punctuated_lines_share_min: 0.0,
            short_lines_share_max: 1.0,
            duplicate_line_characters_share_max: 1.0,
            line_breaks_per_word_max: 10.0,
            ..Config::default()
        }
    }

    fn check(config: Config, text: &str, expected: Option<&str>) {
        let verdict = config.build(&BTreeMap::new()).unwrap().judge(&document(text));
        assert_eq!(verdict.reason().map(Reason::as_str), expected, "{text:?}");
    }

    #[test]
    fn a_line_ends_in_a_mark_of_any_script_but_no_quotation_mark() {
        let config = || Config { punctuated_lines_share_min: 0.5, ..lenient() };
        check(config(), "It ends.\n\nIt does not", None);
        check(config(), "終わり。\nno", None);
        check(config(), "It \"ends.\"\nno", Some("fineweb_quality.too_few_punctuated_lines"));
        check(config(), "It ends.\nno\nno", Some("fineweb_quality.too_few_punctuated_lines"));
    }

    #[test]
    fn short_lines_are_counted_by_characters() {
        let config = || Config { short_lines_share_max: 0.5, short_line_characters_max: 3, ..lenient() };
        check(config(), "ééé\nfour", None);
        check(config(), "ééé\nthr\nfour", Some("fineweb_quality.too_many_short_lines"));
    }

    #[test]
    fn repeated_lines_count_by_their_characters() {
        let config = || Config { duplicate_line_characters_share_max: 0.25, ..lenient() };
        check(config(), "ab\nab\nabcd", None);
        check(config(), "abc\nabc\nabcde", Some("fineweb_quality.duplicate_line_characters"));
        check(config(), "a\n \n \nb", None);
    }

    #[test]
    fn line_breaks_are_counted_against_words_and_not_against_pieces() {
        let config = || Config { line_breaks_per_word_max: 0.25, ..lenient() };
        check(config(), "one, two, \nthree", None);
        check(config(), "one two\nthree", Some("fineweb_quality.too_many_line_breaks"));
    }

    #[test]
    fn a_text_without_lines_is_empty() {
        check(lenient(), " \n \n", Some("fineweb_quality.empty"));
        check(lenient(), "", Some("fineweb_quality.empty"));
    }

    #[test]
    fn bounds_that_are_no_shares_are_refused() {
        let config = Config { short_lines_share_max: 1.5, ..Config::default() };
        let message = "short_lines_share_max is 1.5; a share lies between 0 and 1";
        assert_eq!(config.build(&BTreeMap::new()).err().unwrap().to_string(), message);
    }
}
