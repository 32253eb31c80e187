//! Drops documents that repeat themselves, by Gopher's rules on paragraphs, lines and runs of words.
//!
//! Rules: Rae et al. 2021 (arXiv:2112.11446), table A1. Order, bounds and comparisons are those of datatrove 0.10
//! (`GopherRepetitionFilter`), which FineWeb uses; a document exactly at a bound is kept.
//! A repeat is every occurrence after the first. Paragraphs are parted by two line feeds or more, lines by one or more.
//! Characters are counted as a share of the whole text, white space included.
//! Words are cut as `words` says, marks included; datatrove has those of spaCy.
//! A share is never above 1, so a bound of 1 turns a rule off, but for the most frequent run of words, which may overlap
//! itself: its share may be above 1, and so may its bound.
//!
//! Most documents repeat little. A bound of what the runs of n words can take, worked out from shorter runs, then spares
//! counting them, and changes no verdict.
//!
//! Lines, paragraphs and words are compared by 64-bit hashes; time and memory are linear in the length of the text.

pub mod ngrams;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use self::ngrams::Ngrams;
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
use crate::text::table::WordTable;

const EMPTY: Reason = Reason::new("gopher_repetition.empty");
const PARAGRAPHS: Reason = Reason::new("gopher_repetition.duplicate_paragraphs");
const PARAGRAPH_CHARACTERS: Reason = Reason::new("gopher_repetition.duplicate_paragraph_characters");
const LINES: Reason = Reason::new("gopher_repetition.duplicate_lines");
const LINE_CHARACTERS: Reason = Reason::new("gopher_repetition.duplicate_line_characters");
const TOP_2_GRAM: Reason = Reason::new("gopher_repetition.top_2_gram");
const TOP_3_GRAM: Reason = Reason::new("gopher_repetition.top_3_gram");
const TOP_4_GRAM: Reason = Reason::new("gopher_repetition.top_4_gram");
const DUPLICATE_5_GRAMS: Reason = Reason::new("gopher_repetition.duplicate_5_grams");
const DUPLICATE_6_GRAMS: Reason = Reason::new("gopher_repetition.duplicate_6_grams");
const DUPLICATE_7_GRAMS: Reason = Reason::new("gopher_repetition.duplicate_7_grams");
const DUPLICATE_8_GRAMS: Reason = Reason::new("gopher_repetition.duplicate_8_grams");
const DUPLICATE_9_GRAMS: Reason = Reason::new("gopher_repetition.duplicate_9_grams");
const DUPLICATE_10_GRAMS: Reason = Reason::new("gopher_repetition.duplicate_10_grams");

/// All reasons of this filter, in the order in which its rules are asked.
pub const REASONS: &[Reason] = &[
    EMPTY,
    PARAGRAPHS,
    PARAGRAPH_CHARACTERS,
    LINES,
    LINE_CHARACTERS,
    TOP_2_GRAM,
    TOP_3_GRAM,
    TOP_4_GRAM,
    DUPLICATE_5_GRAMS,
    DUPLICATE_6_GRAMS,
    DUPLICATE_7_GRAMS,
    DUPLICATE_8_GRAMS,
    DUPLICATE_9_GRAMS,
    DUPLICATE_10_GRAMS,
];
/// What an earlier stage has to have found.
pub const NEEDS: &[Question] = &[Question::Text];

/// Greatest shares of repetition in a kept document, all 0..=1. Defaults are Gopher's, as datatrove 0.10 has them.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Paragraphs that stood before, of all paragraphs. Default 0.30.
    pub duplicate_paragraphs_share_max: f64,
    /// Characters in such paragraphs, of all characters. Default 0.20.
    pub duplicate_paragraph_characters_share_max: f64,
    /// Lines that stood before, of all lines. Default 0.30.
    pub duplicate_lines_share_max: f64,
    /// Characters in such lines, of all characters. Default 0.20.
    pub duplicate_line_characters_share_max: f64,
    /// Characters in all occurrences of the most frequent pair of words, of all characters. Default 0.20.
    pub top_2_gram_share_max: f64,
    /// The same for three words. Default 0.18.
    pub top_3_gram_share_max: f64,
    /// The same for four words. Default 0.16.
    pub top_4_gram_share_max: f64,
    /// Characters in runs of five words that stood before, of all characters. Default 0.15.
    pub duplicate_5_grams_share_max: f64,
    /// The same for six words. Default 0.14.
    pub duplicate_6_grams_share_max: f64,
    /// The same for seven words. Default 0.13.
    pub duplicate_7_grams_share_max: f64,
    /// The same for eight words. Default 0.12.
    pub duplicate_8_grams_share_max: f64,
    /// The same for nine words. Default 0.11.
    pub duplicate_9_grams_share_max: f64,
    /// The same for ten words. Default 0.10.
    pub duplicate_10_grams_share_max: f64,
    /// Whose words are counted: `unicode`, `spacy_en` or `nltk_en`. Default `unicode`, which is for any language.
    pub words: Splitter,
    /// A table file of bounds by language, for options that are named in it; see [`super::by_language`]. Empty, the default,
    /// for none.
    pub by_language: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            duplicate_paragraphs_share_max: 0.30,
            duplicate_paragraph_characters_share_max: 0.20,
            duplicate_lines_share_max: 0.30,
            duplicate_line_characters_share_max: 0.20,
            top_2_gram_share_max: 0.20,
            top_3_gram_share_max: 0.18,
            top_4_gram_share_max: 0.16,
            duplicate_5_grams_share_max: 0.15,
            duplicate_6_grams_share_max: 0.14,
            duplicate_7_grams_share_max: 0.13,
            duplicate_8_grams_share_max: 0.12,
            duplicate_9_grams_share_max: 0.11,
            duplicate_10_grams_share_max: 0.10,
            words: Splitter::Unicode,
            by_language: String::new(),
        }
    }
}

impl Config {
    /// The filter; refuses shares outside 0..=1, and negative ones of the most frequent runs.
    pub fn build(&self, lists: &dyn Lists) -> Result<ByLanguage<GopherRepetition>, BadConfig> {
        ByLanguage::build(self, &self.by_language, lists, Self::build_one)
    }

    fn build_one(&self) -> Result<GopherRepetition, BadConfig> {
        for (name, share) in [
            ("top_2_gram_share_max", self.top_2_gram_share_max),
            ("top_3_gram_share_max", self.top_3_gram_share_max),
            ("top_4_gram_share_max", self.top_4_gram_share_max),
        ] {
            BadConfig::check_not_negative(name, share)?;
        }
        for (name, share) in [
            ("duplicate_paragraphs_share_max", self.duplicate_paragraphs_share_max),
            ("duplicate_paragraph_characters_share_max", self.duplicate_paragraph_characters_share_max),
            ("duplicate_lines_share_max", self.duplicate_lines_share_max),
            ("duplicate_line_characters_share_max", self.duplicate_line_characters_share_max),
            ("duplicate_5_grams_share_max", self.duplicate_5_grams_share_max),
            ("duplicate_6_grams_share_max", self.duplicate_6_grams_share_max),
            ("duplicate_7_grams_share_max", self.duplicate_7_grams_share_max),
            ("duplicate_8_grams_share_max", self.duplicate_8_grams_share_max),
            ("duplicate_9_grams_share_max", self.duplicate_9_grams_share_max),
            ("duplicate_10_grams_share_max", self.duplicate_10_grams_share_max),
        ] {
            BadConfig::check_share(name, share)?;
        }
        Ok(GopherRepetition { config: self.clone() })
    }
}

/// The filter, built from a [`Config`].
pub struct GopherRepetition {
    config: Config,
}

impl Filter for GopherRepetition {
    fn judge(&self, document: &Document) -> Verdict {
        let text = document.text();
        if text.is_empty() {
            return EMPTY.drop();
        }
        let characters = text.chars().count() as f64;
        match self.judge_blocks(text, characters) {
            Verdict::Keep => self.judge_ngrams(document.words(self.config.words), characters),
            drop => drop,
        }
    }
}

impl GopherRepetition {
    fn judge_blocks(&self, text: &str, characters: f64) -> Verdict {
        let config = &self.config;
        let mut seen = Seen::for_entries(memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1);
        for (least_breaks, text, (reason, max), (characters_reason, characters_max)) in [
            (
                2,
                text.trim_matches(is_space),
                (PARAGRAPHS, config.duplicate_paragraphs_share_max),
                (PARAGRAPH_CHARACTERS, config.duplicate_paragraph_characters_share_max),
            ),
            (
                1,
                text,
                (LINES, config.duplicate_lines_share_max),
                (LINE_CHARACTERS, config.duplicate_line_characters_share_max),
            ),
        ] {
            let repeats = count_repeats(blocks(text, least_breaks), &mut seen);
            let share = repeats.repeated as f64 / repeats.all as f64;
            if share > max {
                return reason.because(share, max);
            }
            let share = repeats.repeated_characters as f64 / characters;
            if share > characters_max {
                return characters_reason.because(share, characters_max);
            }
        }
        Verdict::Keep
    }

    fn judge_ngrams(&self, words: &WordTable, characters: f64) -> Verdict {
        let config = &self.config;
        let mut ngrams = Ngrams::of(words);
        for (n, max, reason) in [
            (2, config.top_2_gram_share_max, TOP_2_GRAM),
            (3, config.top_3_gram_share_max, TOP_3_GRAM),
            (4, config.top_4_gram_share_max, TOP_4_GRAM),
        ] {
            if ngrams.top_characters_at_most(n) as f64 / characters <= max {
                continue;
            }
            let share = ngrams.top_characters(n) as f64 / characters;
            if share > max {
                return reason.because(share, max);
            }
        }
        for (n, max, reason) in [
            (5, config.duplicate_5_grams_share_max, DUPLICATE_5_GRAMS),
            (6, config.duplicate_6_grams_share_max, DUPLICATE_6_GRAMS),
            (7, config.duplicate_7_grams_share_max, DUPLICATE_7_GRAMS),
            (8, config.duplicate_8_grams_share_max, DUPLICATE_8_GRAMS),
            (9, config.duplicate_9_grams_share_max, DUPLICATE_9_GRAMS),
            (10, config.duplicate_10_grams_share_max, DUPLICATE_10_GRAMS),
        ] {
            if max >= 1.0 || ngrams.repeated_characters_at_most(n) as f64 / characters <= max {
                continue;
            }
            let share = ngrams.repeated_characters(n) as f64 / characters;
            if share > max {
                return reason.because(share, max);
            }
        }
        Verdict::Keep
    }
}

/// Lines or paragraphs, and those of them that stood before.
#[derive(Default)]
struct Repeats {
    all: u64,
    repeated: u64,
    repeated_characters: u64,
}

fn count_repeats<'a>(blocks: impl Iterator<Item = &'a str>, seen: &mut Seen) -> Repeats {
    seen.clear();
    let mut repeats = Repeats::default();
    for block in blocks {
        repeats.all += 1;
        if seen.stood_before(xxh3_64(block.as_bytes())) {
            repeats.repeated += 1;
            repeats.repeated_characters += block.chars().count() as u64;
        }
    }
    repeats
}

/// The pieces of `text` between runs of at least `least_breaks` line feeds; empty pieces at its ends count.
fn blocks(text: &str, least_breaks: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut from = 0;
        while let Some(found) = memchr::memchr(b'\n', &text.as_bytes()[from..]) {
            let start = from + found;
            let breaks = text.as_bytes()[start..].iter().take_while(|&&byte| byte == b'\n').count();
            if breaks >= least_breaks {
                rest = Some(&text[start + breaks..]);
                return Some(&text[..start]);
            }
            from = start + breaks;
        }
        rest = None;
        Some(text)
    })
}

#[cfg(test)]
mod tests;
