//! Cuts lines that stand in more documents than a bound: menus, notices and forms that sites put on all their pages.
//!
//! After CCNet (Wenzek et al. 2020, arXiv:1911.00359, section 3.1), which cuts every paragraph that stands in two
//! documents of a share of the crawl. Here a line may stand in `documents_max` documents; the default, 6, is that of
//! Llama 3 (Dubey et al. 2024, arXiv:2407.21783, section 3.1.1), counted there within 30 million documents.
//! Lines are what line breaks part; a document counts once for a line, however often it holds it. Two lines are one if
//! the 64-bit hashes (xxh3) of what [`Normalizer`] makes of them agree.
//!
//! Lines that normalize to fewer than `chars_min` characters are never counted and never cut: headings and single words
//! stand in many good texts. That bound is this program's own; CCNet has none, which is `chars_min = 1`.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_64;

use crate::document::bad_config::BadConfig;
use crate::document::reason::Reason;

/// The reason of a document all of whose lines were cut.
pub const NOTHING_LEFT: Reason = Reason::new("lines.nothing_left");
/// All reasons of this stage.
pub const REASONS: &[Reason] = &[NOTHING_LEFT];
/// Bytes of a line's hash, which lies on disk with its highest byte first, so that hashes compare as their bytes do.
pub const HASH_BYTES: usize = size_of::<u64>();
/// Largest bound: each thread holds the numbers of so many documents until it knows that a line is cut.
const DOCUMENTS_MAX_MAX: u32 = 1 << 20;

/// Which lines are cut.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Most documents that a line may stand in; a line in more is cut from all of them. CCNet's is 1.
    pub documents_max: u32,
    /// Fewest characters of a line that may be cut, counted after it is normalized.
    pub chars_min: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { documents_max: 6, chars_min: 20 }
    }
}

impl Config {
    /// The stage; refuses a bound that every line breaks, and one that would take much memory.
    pub fn build(&self) -> Result<Lines, BadConfig> {
        match self.documents_max {
            0 => Err(BadConfig::new("documents_max is 0, which would cut every line; it has to be at least 1")),
            DOCUMENTS_MAX_MAX.. => Err(BadConfig::new(format!(
                "documents_max is {}; it has to be below {DOCUMENTS_MAX_MAX}",
                self.documents_max
            ))),
            _ => Ok(Lines { config: self.clone() }),
        }
    }
}

/// The stage, built from a [`Config`].
#[derive(Clone, Debug)]
pub struct Lines {
    config: Config,
}

/// A text without some of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What is left; empty if no more than white space is.
    pub text: String,
    /// How many lines went, blank lines between them aside.
    pub lines: u64,
}

impl Lines {
    /// The options it was built from.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Appends the hashes of the text's different lines that may be cut to `out`, ordered, [`HASH_BYTES`] each.
    pub fn push_set(&self, text: &str, out: &mut Vec<u8>) {
        let mut normalizer = Normalizer::default();
        let mut hashes: Vec<u64> = text.split('\n').filter_map(|line| self.hash(&mut normalizer, line)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        out.extend(hashes.iter().flat_map(|hash| hash.to_be_bytes()));
    }

    /// The hash of a line; none if it is too short to be cut.
    fn hash(&self, normalizer: &mut Normalizer, line: &str) -> Option<u64> {
        let normalized = normalizer.normalized(line);
        // Characters take up to four bytes: most lines need not be counted.
        let is_long = normalized.len() / 4 >= self.config.chars_min
            || normalized.chars().take(self.config.chars_min).count() == self.config.chars_min;
        (is_long && !normalized.is_empty()).then(|| xxh3_64(normalized.as_bytes()))
    }

    /// Takes the lines with these hashes out of a text. `hashes` are ordered.
    ///
    /// A blank line goes too where only lines that went stand between it and another blank line, or the beginning or end
    /// of the text: no gap is left where a line was.
    pub fn cut(&self, text: &str, hashes: &[u64]) -> Cut {
        let mut normalizer = Normalizer::default();
        let mut cut = Cut { text: String::with_capacity(text.len()), lines: 0 };
        let (mut at_gap, mut after_blank) = (false, true);
        for line in text.split_inclusive('\n') {
            let is_blank = line.trim().is_empty();
            if !is_blank && self.hash(&mut normalizer, line).is_some_and(|hash| hashes.binary_search(&hash).is_ok()) {
                (cut.lines, at_gap) = (cut.lines + 1, true);
                continue;
            }
            if is_blank && at_gap && after_blank {
                continue;
            }
            (at_gap, after_blank) = (at_gap && is_blank, is_blank);
            cut.text.push_str(line);
        }
        if at_gap || cut.text.trim().is_empty() {
            cut.text.truncate(cut.text.trim_end().len());
        }
        cut
    }
}

/// Makes lines that differ in case, accents, numbers, marks or spacing equal.
///
/// In this order: canonical decomposition (NFD); lower case, character by character; a run of numerals (Unicode category
/// N) becomes one `0`, whatever marks stand in it; a run of white space becomes one space, and none stands at the ends;
/// of all else what is not alphabetic by Unicode (marks, symbols, most accents, control characters) goes.
#[derive(Debug, Default)]
struct Normalizer {
    normalized: String,
}

impl Normalizer {
    fn normalized(&mut self, line: &str) -> &str {
        self.normalized.clear();
        if line.is_ascii() {
            line.bytes().for_each(|byte| self.push(char::from(byte.to_ascii_lowercase())));
        } else {
            line.nfd().flat_map(char::to_lowercase).for_each(|c| self.push(c));
        }
        if self.normalized.ends_with(' ') {
            self.normalized.pop();
        }
        &self.normalized
    }

    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            if !self.normalized.is_empty() && !self.normalized.ends_with(' ') {
                self.normalized.push(' ');
            }
        } else if c.is_numeric() {
            if !self.normalized.ends_with('0') {
                self.normalized.push('0');
            }
        } else if c.is_alphabetic() {
            self.normalized.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    fn lines(documents_max: u32, chars_min: usize) -> Lines {
        Config { documents_max, chars_min }.build().expect("bounds that work")
    }

    fn set(lines: &Lines, text: &str) -> Vec<u64> {
        let mut bytes = Vec::new();
        lines.push_set(text, &mut bytes);
        bytes.as_chunks().0.iter().map(|hash| u64::from_be_bytes(*hash)).collect()
    }

    #[track_caller]
    fn check_normalized(line: &str, expected: &str) {
        assert_eq!(Normalizer::default().normalized(line), expected, "{line}");
    }

    #[test]
    fn case_accents_numbers_marks_and_spacing_make_no_difference() {
        check_normalized(" \tPage 12 of 1,345 ", "page 0 of 0");
        check_normalized("© 2026 Café “Déjà-vu”.", "0 cafe dejavu");
        check_normalized("Home | About\u{a0}us »", "home about us");
        check_normalized("КАКОЙ-ТО Йогурт", "какоито иогурт");
        check_normalized("第１２章　始め。", "第0章 始め");
        check_normalized("--- ***", "");
        check_normalized("a\u{200b}b\u{7}c", "abc");
    }

    #[test]
    fn the_hash_is_that_of_the_normalized_line() {
        // Format: published in `dedup/lines-*.parquet`.
        assert_eq!(set(&lines(1, 1), "All rights reserved, 2026."), [xxh3_64(b"all rights reserved 0")]);
    }

    #[test]
    fn lines_at_the_bound_of_characters_count_and_shorter_ones_do_not() {
        for (line, count) in [("abcd", 0), ("abcde", 1), ("ab, cd", 1), ("éèàü!", 0), ("éèàüö", 1), ("一二三四五", 1)]
        {
            assert_eq!(set(&lines(1, 5), line).len(), count, "{line}");
        }
        assert!(set(&lines(1, 0), "?!\n\n--").is_empty());
        assert_eq!(set(&lines(1, 1), "one\nOne!\none\ntwo").len(), 2);
    }

    #[track_caller]
    fn check_cut(text: &str, without: &[&str], expected: &str) {
        let lines = lines(1, 1);
        let hashes = set(&lines, &without.join("\n"));
        let Cut { text: left, lines: count } = lines.cut(text, &hashes);
        assert_eq!(left, expected, "{text:?}");
        let wanted = text.split('\n').filter(|line| without.contains(&line.trim())).count();
        assert_eq!(count, wanted as u64, "{text:?}");
    }

    #[test]
    fn lines_that_go_leave_no_gap() {
        check_cut("a\nx\nb", &["x"], "a\nb");
        check_cut("x\na\nx", &["x"], "a");
        check_cut("a\n\nx\n\nb", &["x"], "a\n\nb");
        check_cut("a\n\nx\ny\n\nx\n\nb\n", &["x", "y"], "a\n\nb\n");
        check_cut("x\n\na\n\nx\n", &["x"], "a");
        check_cut("a\nx\n\nb", &["x"], "a\n\nb");
        check_cut("a\n\n\nb\nx\nc", &["x"], "a\n\n\nb\nc");
        check_cut("x\n\nx", &["x"], "");
        check_cut("a\r\nx\r\nb\r\n", &["x"], "a\r\nb\r\n");
        check_cut("a\n\n", &["x"], "a\n\n");
    }

    #[test]
    fn bounds_that_cut_all_or_take_much_memory_are_refused() {
        let words = |documents_max| {
            let config = Config { documents_max, ..Config::default() };
            config.build().err().map(|error| error.to_string()).unwrap_or_default()
        };
        assert_eq!(words(0), "documents_max is 0, which would cut every line; it has to be at least 1");
        assert_eq!(words(1), "");
        assert_eq!(words((1 << 20) - 1), "");
        assert_eq!(words(1 << 20), "documents_max is 1048576; it has to be below 1048576");
    }

    /// The hashes of lines in more than the allowed number of documents, counted in memory.
    fn frequent(lines: &Lines, texts: &[String]) -> BTreeSet<u64> {
        let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
        texts.iter().flat_map(|text| set(lines, text)).for_each(|hash| *counts.entry(hash).or_default() += 1);
        let frequent = counts.into_iter().filter(|(_, count)| *count > lines.config.documents_max);
        frequent.map(|(hash, _)| hash).collect()
    }

    fn texts() -> impl Strategy<Value = Vec<String>> {
        let line = prop::sample::select(vec!["", " ", "menu", "Menu!", "one", "two", "three 3", "three 44", "é", "?"]);
        let text = prop::collection::vec(line, 0..7).prop_map(|lines| lines.join("\n"));
        prop::collection::vec(text, 0..12)
    }

    proptest! {
        /// What is cut holds none of the cut lines, and a second run finds nothing more: no line becomes more frequent by
        /// the cut.
        #[test]
        fn one_run_cuts_all(texts in texts(), documents_max in 1..4_u32) {
            let lines = lines(documents_max, 1);
            let hashes: Vec<u64> = frequent(&lines, &texts).into_iter().collect();
            let left: Vec<String> = texts.iter().map(|text| lines.cut(text, &hashes).text).collect();
            for (text, left) in texts.iter().zip(&left) {
                prop_assert!(set(&lines, left).iter().all(|hash| hashes.binary_search(hash).is_err()));
                prop_assert_eq!(&lines.cut(left, &hashes), &Cut { text: left.clone(), lines: 0 });
                if lines.cut(text, &hashes).lines == 0 && !text.trim().is_empty() {
                    prop_assert_eq!(text, left);
                }
            }
            prop_assert!(frequent(&lines, &left).is_empty());
            let mut shuffled = texts.clone();
            shuffled.reverse();
            shuffled.rotate_left(texts.len() / 3);
            prop_assert_eq!(frequent(&lines, &shuffled).into_iter().collect::<Vec<_>>(), hashes);
        }

        /// Normalizing what is normalized changes nothing, and the case of ASCII is decided alike on both ways.
        #[test]
        fn normalizing_is_idempotent(line in "[a-zA-Z0-9 ,.é\u{301}١\u{a0}\u{130}ßΣ가一-]{0,20}|.*") {
            let once = Normalizer::default().normalized(&line).to_owned();
            let twice = Normalizer::default().normalized(&once).to_owned();
            prop_assert_eq!(&twice, &once);
            let with_accent = Normalizer::default().normalized(&format!("{line} é")).to_owned();
            let expected = format!("{once} e");
            prop_assert_eq!(with_accent, expected.trim_start());
        }
    }
}
