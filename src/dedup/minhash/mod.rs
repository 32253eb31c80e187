//! Finds near-duplicates by MinHash: documents whose signatures agree on all rows of at least one band.
//!
//! Shingles are `shingle_words` consecutive words of the lower-cased text, hashed with xxh3-64; a row of the signature is
//! the smallest value of one random permutation of their hashes; a band is `rows_per_band` rows.
//! With Jaccard similarity s two documents become candidates with probability 1 - (1 - s^rows)^bands (Broder 1997;
//! Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3). Defaults are FineWeb's: 5 words, 14 x 8
//! (Penedo et al. 2024, arXiv:2406.17557).
//! Candidates are joined as they are: clusters are the connected parts of the graph of candidates.
//!
//! Near-duplicates may state different terms, of which at most one side is right. With `rights = "strictest"` the
//! document that stays is held to the strictest terms of its cluster: it goes where the plan keeps no document of that
//! tier. With `"own"` its own terms count alone.

pub mod band;
pub mod cluster;
pub mod permutation;
pub mod shingle;
pub mod signature;

use serde::{Deserialize, Serialize};

use crate::document::bad_config::BadConfig;
use crate::document::reason::Reason;
use permutation::Permutations;

/// The reason for which this stage removes.
pub const NEAR_DUPLICATE: Reason = Reason::new("minhash.near_duplicate");
/// The reason of a document whose near-duplicates state terms that the plan does not keep.
pub const RIGHTS_DIFFER: Reason = Reason::new("minhash.rights_differ");
/// All reasons of this stage.
pub const REASONS: &[Reason] = &[NEAR_DUPLICATE, RIGHTS_DIFFER];

/// Most rows a signature may have: 4 KiB a document.
const ROWS_MAX: usize = 1024;

/// Which documents count as near-duplicates.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// How many consecutive words make a shingle. A text with fewer words is one shingle.
    pub shingle_words: usize,
    /// How many bands a signature has.
    pub bands: usize,
    /// How many rows a band has; all of them have to agree.
    pub rows_per_band: usize,
    /// Seed of the permutations.
    pub seed: u64,
    /// Whose terms the document that stays is held to, where near-duplicates state different ones.
    pub rights: TermsOf,
}

/// Whose terms count for the document that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TermsOf {
    /// Those of the near-duplicate that states the strictest.
    Strictest,
    /// Its own.
    Own,
}

impl Default for Config {
    fn default() -> Self {
        Self { shingle_words: 5, bands: 14, rows_per_band: 8, seed: 1, rights: TermsOf::Strictest }
    }
}

impl Config {
    /// The stage; refuses zeros and signatures of more than 1,024 rows.
    pub fn build(&self) -> Result<MinHash, BadConfig> {
        let fields =
            [("shingle_words", self.shingle_words), ("bands", self.bands), ("rows_per_band", self.rows_per_band)];
        if let Some((field, _)) = fields.iter().find(|(_, value)| *value == 0) {
            return Err(BadConfig::new(format!("{field} is 0; it has to be at least 1")));
        }
        let rows = self.bands.saturating_mul(self.rows_per_band);
        if rows > ROWS_MAX {
            return Err(BadConfig::new(format!(
                "bands x rows_per_band is {rows}; a signature may have up to {ROWS_MAX} rows"
            )));
        }
        Ok(MinHash { config: self.clone(), permutations: Permutations::new(self.seed, rows) })
    }

    /// Probability that two documents of this Jaccard similarity become candidates.
    pub fn candidate_probability(&self, similarity: f64) -> f64 {
        1.0 - (1.0 - similarity.powi(self.rows_per_band as i32)).powi(self.bands as i32)
    }
}

/// The stage, built from a [`Config`].
#[derive(Clone, Debug)]
pub struct MinHash {
    config: Config,
    permutations: Permutations,
}

impl MinHash {
    /// The options it was built from.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Rows of a signature.
    pub fn rows(&self) -> usize {
        self.config.bands * self.config.rows_per_band
    }

    /// Bytes of a document's signature as it is kept on disk.
    pub fn key_bytes(&self) -> usize {
        self.rows() * size_of::<u32>()
    }

    /// Appends the text's signature to `out`, rows as little-endian u32.
    pub fn push_key(&self, text: &str, out: &mut Vec<u8>) {
        let start = out.len();
        out.resize(start + self.key_bytes(), 0xFF);
        signature::with_signature(text, self.config.shingle_words, &self.permutations, |rows| {
            for (bytes, row) in out[start..].chunks_exact_mut(4).zip(rows) {
                bytes.copy_from_slice(&row.to_le_bytes());
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_the_published_one() {
        // peers' table for 14 x 8: .5 -> .053, .7 -> .565, .8 -> .924
        let config = Config::default();
        for (similarity, expected) in [(0.5, 0.053), (0.7, 0.565), (0.8, 0.924), (0.9, 1.0)] {
            assert!((config.candidate_probability(similarity) - expected).abs() < 0.0006, "{similarity}");
        }
    }

    #[test]
    fn zeros_and_giant_signatures_are_refused() {
        let wrong = |config: Config| config.build().err().map(|error| error.to_string());
        let zero = Config { bands: 0, ..Config::default() };
        assert_eq!(wrong(zero).as_deref(), Some("bands is 0; it has to be at least 1"));
        let giant = Config { bands: 129, ..Config::default() };
        assert!(wrong(giant).is_some_and(|words| words.contains("1032")));
        assert!(wrong(Config { bands: 128, ..Config::default() }).is_none());
    }
}
