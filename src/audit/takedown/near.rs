//! Documents that stay and are nearly what went, for people to decide about.
//!
//! Two texts are near if their sets of shingles have a Jaccard similarity of a half or more. Candidates are found by
//! MinHash in 28 bands of 4 rows, since the 14 x 8 of deduplication would find one in twenty of those at a half: these
//! find 84 % there and 98 % at 0.6. Words of a shingle, hash and seed are the plan's, where it deduplicates.
//! A text is also near a passage that was to go if a window of it, twice as long as the passage, holds half of the
//! passage's runs of three words.

use std::collections::{BTreeMap, BTreeSet};

use super::list::Rule;
use super::passage::{NEAR_WORDS, Power, Rolling};
use crate::dedup::DedupConfig;
use crate::dedup::minhash::MinHash;
use crate::dedup::minhash::config::{Config, Verify};
use crate::dedup::minhash::shingles::Shingles;
use crate::ledger::removal::RuleKind;
use crate::plan::config::Stage;

/// Least similarity, and least share of a passage, that is told.
pub const SIMILARITY_MIN: f32 = 0.5;
/// Least estimate with which shingles are compared: two standard errors below.
const ESTIMATE_MIN: f32 = 0.4;
const BANDS: usize = 28;
const ROWS_PER_BAND: usize = 4;
/// Texts of one bucket that are compared with, the first ones; more of them are alike.
const BUCKET_MAX: usize = 32;
/// Shingles of removed texts that are held, in bytes; of texts beyond, in input order, the similarity is estimated.
const SHINGLES_BYTES_MAX: usize = 512 << 20;

/// Nearly what?
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearly {
    /// Number of the removed text, or none of a passage.
    pub gone: Option<usize>,
    /// Number of the passage's rule in the list.
    pub rule: Option<usize>,
    /// Jaccard similarity, or the share of the passage.
    pub similarity: f32,
    /// `exact`, `estimated`, or `passage`.
    pub kind: &'static str,
}

/// The texts that went, to be compared with.
pub struct Near {
    minhash: MinHash,
    keys: Vec<u8>,
    shingles: Vec<Option<Shingles>>,
    shingles_bytes: usize,
    /// Key of a band and its number -> texts that have it.
    buckets: BTreeMap<(u64, u8), Vec<u32>>,
    passages: Vec<Passage>,
}

struct Passage {
    rule: usize,
    words: usize,
    runs: BTreeSet<u64>,
}

/// How the plan's deduplication cuts and hashes shingles; the defaults if it has none.
pub fn settings(stages: &serde_json::Value) -> Config {
    let stages = stages.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut found =
        stages.iter().filter_map(|stage| match serde_json::from_value::<Stage>(stage.get("stage")?.clone()).ok()? {
            Stage::Dedup(DedupConfig::Minhash(config)) => Some(config),
            _ => None,
        });
    let Config { hash, shingle_words, seed, .. } = found.next().unwrap_or_default();
    let form = (BANDS, ROWS_PER_BAND, Verify::Shingles, SIMILARITY_MIN.into());
    let (bands, rows_per_band, verify, similarity_min) = form;
    Config { hash, shingle_words, seed, bands, rows_per_band, verify, similarity_min, ..Config::default() }
}

impl Near {
    /// Of no texts yet, with the passages of a list.
    pub fn new(minhash: MinHash, rules: &[Rule]) -> Self {
        let passages = rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Passage);
        let passages = passages.map(|(rule, Rule { normal, .. })| {
            let rolling = Rolling::of(normal);
            Passage { rule, words: rolling.words(), runs: rolling.runs(Power::of(NEAR_WORDS)).collect() }
        });
        let passages = passages.collect();
        let (keys, shingles, buckets) = (Vec::new(), Vec::new(), BTreeMap::new());
        Self { minhash, keys, shingles, shingles_bytes: 0, buckets, passages }
    }

    /// What is kept of a text that goes.
    pub fn key(&self, text: &str) -> Kept {
        let mut kept = Kept::default();
        self.minhash.push_key(text, &mut kept.key);
        self.minhash.push_shingles(text, &mut kept.shingles);
        kept
    }

    /// Takes the next text that goes.
    pub fn push(&mut self, kept: &Kept) {
        let number = self.shingles.len() as u32;
        for (band, key) in (0..).zip(self.minhash.band_keys(&kept.key)) {
            let bucket = self.buckets.entry((key, band)).or_default();
            if bucket.len() < BUCKET_MAX {
                bucket.push(number);
            }
        }
        self.keys.extend_from_slice(&kept.key);
        // In order and as a set.
        self.shingles_bytes += 2 * kept.shingles.len();
        let fits = self.shingles_bytes <= SHINGLES_BYTES_MAX;
        self.shingles.push(fits.then(|| Shingles::new(&kept.shingles)));
    }

    /// Whether there is nothing to compare with.
    pub fn is_empty(&self) -> bool {
        self.shingles.is_empty() && self.passages.is_empty()
    }

    /// What a text that stays is nearest to, if it is near anything.
    pub fn nearest(&self, text: &str) -> Option<Nearly> {
        let by_text = self.nearest_text(text);
        let by_passage = self.nearest_passage(text);
        match (by_text, by_passage) {
            (Some(text), Some(passage)) if passage.similarity > text.similarity => Some(passage),
            (text, passage) => text.or(passage),
        }
    }

    fn nearest_text(&self, text: &str) -> Option<Nearly> {
        if self.buckets.is_empty() {
            return None;
        }
        let mut key = Vec::with_capacity(self.minhash.key_bytes());
        self.minhash.push_key(text, &mut key);
        let mut candidates: Vec<u32> = Vec::new();
        for (band, band_key) in (0..).zip(self.minhash.band_keys(&key)) {
            candidates.extend(self.buckets.get(&(band_key, band)).into_iter().flatten());
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut shingles = None;
        let mut best: Option<Nearly> = None;
        for number in candidates {
            let at = number as usize * key.len();
            let estimate = self.minhash.similarity(&key, &self.keys[at..at + key.len()]);
            if estimate < ESTIMATE_MIN {
                continue;
            }
            let (similarity, kind) = match &self.shingles[number as usize] {
                None => (estimate, "estimated"),
                Some(gone) => {
                    let mine = shingles.get_or_insert_with(|| {
                        let mut bytes = Vec::new();
                        self.minhash.push_shingles(text, &mut bytes);
                        Shingles::new(&bytes)
                    });
                    (gone.jaccard(mine), "exact")
                }
            };
            if similarity >= SIMILARITY_MIN && best.is_none_or(|best| similarity > best.similarity) {
                best = Some(Nearly { gone: Some(number as usize), rule: None, similarity, kind });
            }
        }
        best
    }

    fn nearest_passage(&self, text: &str) -> Option<Nearly> {
        if self.passages.is_empty() {
            return None;
        }
        let rolling = Rolling::of(text);
        let runs: Vec<u64> = rolling.runs(Power::of(NEAR_WORDS)).collect();
        let mut best: Option<Nearly> = None;
        for Passage { rule, words, runs: wanted } in &self.passages {
            let share = most_in_window(&runs, wanted, 2 * words) as f32 / wanted.len().max(1) as f32;
            if share >= SIMILARITY_MIN && best.is_none_or(|best| share > best.similarity) {
                best = Some(Nearly { gone: None, rule: Some(*rule), similarity: share, kind: "passage" });
            }
        }
        best
    }
}

/// What is kept of a text that goes, to compare others with it.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    key: Vec<u8>,
    shingles: Vec<u8>,
}

/// The most different wanted runs that lie in one window of so many.
fn most_in_window(runs: &[u64], wanted: &BTreeSet<u64>, window: usize) -> usize {
    let places: Vec<(usize, u64)> =
        runs.iter().enumerate().filter(|(_, run)| wanted.contains(run)).map(|(place, run)| (place, *run)).collect();
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    let (mut start, mut most) = (0, 0);
    for (place, run) in &places {
        *counts.entry(*run).or_default() += 1;
        while places[start].0 + window <= *place {
            let count = counts.entry(places[start].1).or_default();
            *count -= 1;
            if *count == 0 {
                counts.remove(&places[start].1);
            }
            start += 1;
        }
        most = most.max(counts.len());
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::takedown::list;

    fn words(range: std::ops::Range<usize>) -> String {
        range.map(|number| format!("word{number} ")).collect()
    }

    fn near(list: &str, gone: &[&str]) -> Near {
        let rules = list::parse("list", list).expect("a good list");
        let minhash = settings(&serde_json::Value::Null).build().expect("the settings are valid");
        let mut near = Near::new(minhash, &rules);
        for text in gone {
            let kept = near.key(text);
            near.push(&kept);
        }
        near
    }

    #[test]
    fn near_texts_are_found_and_far_ones_are_not() {
        let (whole, other) = (words(0..100), words(500..600));
        let near = near("domain example.org", &[&other, &whole]);
        let check = |text: &str, expected: Option<usize>| {
            let found = near.nearest(text);
            assert_eq!(found.and_then(|found| found.gone), expected, "{found:?}");
        };
        check(&whole, Some(1));
        check(&format!("{} {}", words(0..90), words(300..310)), Some(1));
        check(&format!("{} {}", words(0..40), words(300..360)), None);
        check(&words(700..800), None);
        check("", None);
        let exact = near.nearest(&words(0..90)).expect("near");
        assert_eq!((exact.kind, exact.similarity), ("exact", 86.0 / 96.0));
    }

    #[test]
    fn passages_are_found_where_half_of_them_stands_close_together() {
        let passage = words(0..12);
        let near = near(&format!("passage {passage}"), &[]);
        let found = |text: &str| near.nearest(text).map(|found| (found.rule, found.kind, found.similarity));
        let changed = passage.replace("word5 ", "other ");
        assert_eq!(found(&format!("{} {changed} {}", words(50..90), words(100..200))), Some((Some(0), "passage", 0.7)));
        assert_eq!(found(&words(0..6)), None);
        assert_eq!(found(&words(0..7)), Some((Some(0), "passage", 0.5)));
        let apart = format!("{} {} {}", words(0..5), words(100..140), words(7..12));
        assert_eq!(found(&apart), None);
    }

    #[test]
    fn the_plan_decides_how_shingles_are_cut() {
        let stages = serde_json::json!([{"name": "extract.html", "stage": {"extract": {"html": {}}}},
            {"name": "dedup.minhash", "stage": {"dedup": {"minhash": {"shingle_words": 7, "seed": 9}}}}]);
        let found = settings(&stages);
        assert_eq!((found.shingle_words, found.seed, found.bands, found.rows_per_band), (7, 9, BANDS, ROWS_PER_BAND));
        assert_eq!(settings(&serde_json::Value::Null).shingle_words, 5);
    }
}
