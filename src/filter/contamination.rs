//! Drops documents that hold a passage of a benchmark, so that what is learned from the set can be measured by it.
//!
//! A passage is a run of `ngram` consecutive words that stands in a text of a benchmark and in the document. Words are
//! those of [`crate::text::words`] in small letters, without marks between and inside them, so case, punctuation
//! and line breaks make no difference; each Han character is a word. A benchmark's text that is shorter than `ngram`
//! words is looked for whole if it has `words_min`, and otherwise not at all. What is mostly numbers is no passage: half
//! of its words at least have to hold a letter.
//!
//! 13 words are those of GPT-3 (Brown et al. 2020, arXiv:2005.14165, appendix C), and so are the 8 below which a match
//! is called spurious there. What that report has and this filter has not: it cuts the passage and 200 characters around
//! it out of a document instead of dropping it, and it leaves out n-grams that more than 10 documents of the crawl hold,
//! which no stage that sees one document at a time can know. `ignore` is for these.
//!
//! Passages are compared by 64-bit hashes: a document is dropped by a chance collision about once in 10^11 words for a
//! hundred million n-grams. Time is linear in the length of the document.

mod entries;
mod index;
mod passages;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use self::entries::Format;
use self::index::{Builder, Found, Index, Taken};
use self::passages::Passages;
use super::lists::{List, Lists};
use super::{Filter, Judge};
use crate::document::Document;
use crate::document::bad_config::BadConfig;
use crate::document::fact::Question;
use crate::document::reason::{Dropped, Matched, Reason, Verdict};

const BENCHMARK_PASSAGE: Reason = Reason::new("contamination.benchmark_passage");

/// All reasons of this filter.
pub const REASONS: &[Reason] = &[BENCHMARK_PASSAGE];
/// What an earlier stage has to have found.
pub const NEEDS: &[Question] = &[Question::Text];

/// Most words of an n-gram.
const NGRAM_MAX: usize = 64;
/// Most sets of benchmark texts.
const SETS_MAX: usize = 1_000;
/// Longest name of a set, in bytes.
const NAME_BYTES_MAX: usize = 64;
/// Words of a document that are kept room for from one document to the next.
const WORDS_KEPT: usize = 1 << 16;

/// What documents may not hold.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The benchmarks. Passages of all of them are looked for; a drop names those that were found, in this order.
    pub sets: Vec<Set>,
    /// Words of an n-gram. Default 13, as GPT-3; 1 to 64. With less than 8, common phrases match.
    pub ngram: usize,
    /// Fewest words of a benchmark's text that is shorter than an n-gram and is looked for whole. Default 8, as GPT-3.
    pub words_min: usize,
    /// How many different n-grams of all sets together drop a document. Default 1.
    pub hits_min: usize,
    /// Phrases that are no passages of a benchmark though one holds them: what everybody quotes, and what a benchmark
    /// says in every one of its questions. No n-gram that lies within one of them is looked for. Empty by default.
    pub ignore: List,
}

/// The texts of one benchmark.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a set such as { name = \"mmlu\", files = [\"benchmarks/mmlu.jsonl\"] }")]
pub struct Set {
    /// What the ledger calls it.
    pub name: String,
    /// Files beside the preset: `.jsonl`, one JSON object a line, or `.txt`, one text a line.
    pub files: Vec<String>,
    /// Fields of the objects that are texts of the benchmark, at any depth and with all that lies in them; empty for
    /// all. Every string is a text of its own.
    #[serde(default)]
    pub fields: Vec<String>,
}

/// What was read of one set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Name of the set.
    pub name: String,
    /// Texts in its files.
    pub texts: u64,
    /// Of these, texts that have too few words to be looked for.
    pub too_short: u64,
    /// Of these, texts of words enough that are not looked for, since they are numbers for the most part.
    pub of_numbers: u64,
    /// Different n-grams and short texts that are looked for.
    pub ngrams: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self { sets: Vec::new(), ngram: 13, words_min: 8, hits_min: 1, ignore: List::default() }
    }
}

impl Config {
    /// The filter with its sets read; refuses bounds that find nothing or everything, and sets that hold nothing to look
    /// for.
    pub fn build(&self, lists: &dyn Lists) -> Result<Contamination, BadConfig> {
        self.check()?;
        let mut builder = Builder::new(self.ngram, self.words_min);
        let mut summaries = Vec::new();
        for set in &self.sets {
            builder.begin_set();
            let mut summary = Summary { name: set.name.clone(), texts: 0, too_short: 0, of_numbers: 0, ngrams: 0 };
            for path in &set.files {
                let format = Format::of(path).ok_or_else(|| set.refuse_format(path))?;
                let file = lists.read(path)?;
                builder.begin_file(path);
                entries::for_each(&file, path, format, &set.fields, |line, text| {
                    summary.texts += 1;
                    match builder.push(line, text)? {
                        Taken::LookedFor => {}
                        Taken::TooShort => summary.too_short += 1,
                        Taken::OfNumbers => summary.of_numbers += 1,
                    }
                    Ok(())
                })?;
            }
            summaries.push(summary);
        }
        let phrases = self.ignore.load(lists, |entry| Ok(entry.to_string()))?;
        phrases.iter().try_for_each(|phrase| builder.ignore(phrase))?;
        let index = builder.build();
        for (summary, ngrams) in summaries.iter_mut().zip(index.ngrams_by_set()) {
            summary.ngrams = ngrams;
            self.check_holds_something(summary)?;
        }
        let names = self.sets.iter().map(|set| set.name.clone()).collect();
        Ok(Contamination { index, names, hits_min: self.hits_min, summaries })
    }

    fn check(&self) -> Result<(), BadConfig> {
        let refuse = |message: String, hint: &str| Err(BadConfig::new(message).with_hint(hint));
        if !(1..=NGRAM_MAX).contains(&self.ngram) {
            let message = format!("ngram is {}; wanted 1 to {NGRAM_MAX} words", self.ngram);
            return refuse(message, "leave it out for 13, or take 8 to find more");
        }
        for (name, bound) in [("words_min", self.words_min), ("hits_min", self.hits_min)] {
            if bound == 0 {
                return refuse(format!("{name} is 0; wanted 1 or more"), "leave it out for its default");
            }
        }
        if self.sets.is_empty() || self.sets.len() > SETS_MAX {
            let message = format!("sets names {} benchmarks; wanted 1 to {SETS_MAX}", self.sets.len());
            return refuse(message, "add sets = [{ name = \"mmlu\", files = [\"benchmarks/mmlu.jsonl\"] }]");
        }
        for (number, set) in self.sets.iter().enumerate() {
            set.check()?;
            if self.sets[..number].iter().any(|earlier| earlier.name == set.name) {
                let message = format!("two sets are called `{}`", set.name);
                return refuse(message, "give each a name of its own, or all their files to one of them");
            }
        }
        Ok(())
    }

    fn check_holds_something(&self, summary: &Summary) -> Result<(), BadConfig> {
        let Summary { name, texts, too_short, ngrams, .. } = summary;
        if *ngrams > 0 {
            return Ok(());
        }
        let words_min = self.words_min.min(self.ngram);
        let (what, hint) = match (texts, texts - too_short) {
            (0, _) => (String::from("holds no text"), "check its files, and that `fields` names fields of theirs"),
            (_, 0) => (
                format!("holds no text of {words_min} words or more, among {texts}"),
                "name other `fields`, or take the set out: such texts are found in innocent documents as well",
            ),
            _ => (
                String::from("holds nothing but numbers and what `ignore` holds as well"),
                "name other `fields`, or take the set or the phrases out",
            ),
        };
        Err(BadConfig::new(format!("set `{name}` {what}, so nothing could be looked for")).with_hint(hint))
    }
}

impl Set {
    fn check(&self) -> Result<(), BadConfig> {
        let name = &self.name;
        let odd = |c: char| c == ',' || c.is_control();
        if name.is_empty() || name.len() > NAME_BYTES_MAX || name.trim() != name || name.contains(odd) {
            let message = format!("a set is called `{}`", name.escape_debug());
            let hint = format!("take up to {NAME_BYTES_MAX} bytes without commas, control characters and outer spaces");
            return Err(BadConfig::new(message).with_hint(hint));
        }
        if self.files.is_empty() {
            let hint = "add files = [\"benchmarks/mmlu.jsonl\"], relative to the preset's own folder";
            return Err(BadConfig::new(format!("set `{name}` has no files")).with_hint(hint));
        }
        Ok(())
    }

    fn refuse_format(&self, path: &str) -> BadConfig {
        BadConfig::new(format!("set `{}`: {path} is neither .jsonl nor .txt", self.name)).with_hint(
            "write it as JSON objects, one a line, or as texts, one a line; either may end in .gz and be compressed so",
        )
    }
}

/// The filter, built from a [`Config`].
pub struct Contamination {
    index: Index,
    /// Names of the sets.
    names: Vec<String>,
    hits_min: usize,
    summaries: Vec<Summary>,
}

thread_local! {
    static PASSAGES: RefCell<Passages> = RefCell::default();
}

impl Filter for Contamination {
    fn judge(&self, document: &Document) -> Verdict {
        PASSAGES.with_borrow_mut(|passages| {
            passages.read(document.text());
            let verdict = match self.index.find(passages) {
                Some(found) if found.ngrams >= self.hits_min => Verdict::Drop(self.dropped(&found)),
                _ => Verdict::Keep,
            };
            passages.give_back(WORDS_KEPT);
            verdict
        })
    }

    fn benchmarks(&self) -> Option<&[Summary]> {
        Some(&self.summaries)
    }
}

impl From<Contamination> for Judge {
    fn from(filter: Contamination) -> Self {
        Self::Document(Box::new(filter))
    }
}

impl Contamination {
    fn dropped(&self, found: &Found) -> Dropped {
        let names: Vec<&str> = found.sets.iter().map(|set| self.names[usize::from(*set)].as_str()).collect();
        let matched = Matched {
            sets: names.join(", "),
            at: self.index.place(found.first),
            share: found.covered as f64 / found.words as f64,
        };
        let dropped = Dropped::because(BENCHMARK_PASSAGE, found.ngrams as f64, self.hits_min as f64);
        Dropped { matched: Some(Box::new(matched)), ..dropped }
    }
}
