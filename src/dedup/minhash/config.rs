//! The options of `dedup.minhash`, with their defaults and limits.

use serde::{Deserialize, Serialize};

use super::datatrove::{ShingleHash, Signer};
use super::earlier::{EarlierSets, NoSets};
use super::permutation::Permutations;
use super::{MinHash, Signing};
use crate::dedup::keep::{self, Criterion};
use crate::document::bad_config::BadConfig;

/// Most rows a signature may have.
pub const ROWS_MAX: usize = 1024;

/// Which documents count as near-duplicates.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Whose signatures: those of this program or those of datatrove.
    pub hash: Hash,
    /// How many consecutive words make a shingle. A text with fewer words is one shingle; in datatrove's signatures it
    /// has none and is a duplicate of nothing.
    pub shingle_words: usize,
    /// How many bands a signature has.
    pub bands: usize,
    /// How many rows a band has; all of them have to agree.
    pub rows_per_band: usize,
    /// Seed of the permutations; 32 bits in datatrove's signatures.
    pub seed: u64,
    /// How candidates are verified before one of them is removed.
    pub verify: Verify,
    /// Least similarity of a removed document to the one that stays, 0..=1; not with `verify = "none"`.
    pub similarity_min: f64,
    /// Most words in a row that a removed document may hold and the one that stays does not; with
    /// `verify = "shingles"` alone.
    pub novel_words_max: usize,
    /// Who stays of documents that are alike: criteria in the order in which they decide.
    pub keep: Vec<Criterion>,
    /// Whose terms the document that stays is held to, where near-duplicates state different ones.
    pub rights: TermsOf,
    /// Folders of finished sets, relative to the working folder: what they hold is removed. Each has to have been made with
    /// `signatures = true` and the same signatures.
    pub against: Vec<String>,
    /// Whether the signatures of the documents that stay are published, for `against` of later sets.
    pub signatures: bool,
}

/// What has to hold of two candidates before one of them is removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verify {
    /// Nothing: whatever is connected by candidates, by way of others too, is one cluster.
    None,
    /// The similarity that their signatures estimate is at least `similarity_min`.
    #[default]
    Signature,
    /// The Jaccard similarity of their sets of shingles is, and the document that goes holds no passage of more than
    /// `novel_words_max` words that the other does not.
    Shingles,
}

/// How words are cut, hashed and permuted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hash {
    /// Words by Unicode's rules, xxh3-64, permutations of 32 bits.
    #[default]
    Gristmill,
    /// datatrove 0.10 with its defaults, `HashConfig(hash_fc="xxhash", precision=64)`.
    Datatrove,
    /// datatrove 0.10 with `HashConfig(hash_fc="xxhash", precision=32)`.
    #[serde(rename = "datatrove_32")]
    Datatrove32,
    /// datatrove 0.10 with `HashConfig(hash_fc="sha1", precision=64)`, as its FineWeb example has it.
    DatatroveSha1,
    /// datatrove 0.10 with `HashConfig(hash_fc="sha1", precision=32)`.
    DatatroveSha1_32,
}

impl Hash {
    /// How datatrove hashes a shingle, if the signatures are to be its own.
    fn of_datatrove(self) -> Option<ShingleHash> {
        match self {
            Self::Gristmill => None,
            Self::Datatrove => Some(ShingleHash::Xxh64),
            Self::Datatrove32 => Some(ShingleHash::Xxh32),
            Self::DatatroveSha1 => Some(ShingleHash::Sha1Of64),
            Self::DatatroveSha1_32 => Some(ShingleHash::Sha1Of32),
        }
    }
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
        Self {
            hash: Hash::Gristmill,
            shingle_words: 5,
            bands: 14,
            rows_per_band: 8,
            seed: 1,
            verify: Verify::Signature,
            similarity_min: 0.75,
            novel_words_max: 20,
            keep: keep::DEFAULT.to_vec(),
            rights: TermsOf::Strictest,
            against: Vec::new(),
            signatures: false,
        }
    }
}

impl Config {
    /// The stage; refuses zeros, signatures of more than 1,024 rows, similarities that are none, orders of `keep` that
    /// say less than they seem to, and seeds that datatrove could not have.
    pub fn build(&self) -> Result<MinHash, BadConfig> {
        self.build_against(&NoSets)
    }

    /// The same, with the earlier sets that `against` names; refuses those that cannot be compared with.
    pub fn build_against(&self, sets: &dyn EarlierSets) -> Result<MinHash, BadConfig> {
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
        if !(0.0..=1.0).contains(&self.similarity_min) {
            let message = format!("similarity_min is {}; similarities lie in 0..=1", self.similarity_min);
            return Err(BadConfig::new(message));
        }
        keep::check(&self.keep)?;
        let signing = match self.hash.of_datatrove() {
            None => Signing::Gristmill(Permutations::new(self.seed, rows)),
            Some(hash) => {
                let seed = u32::try_from(self.seed).map_err(|_| {
                    BadConfig::new(format!("seed is {}; with the hash of datatrove it has 32 bits", self.seed))
                })?;
                Signing::Datatrove(Signer::new(hash, seed, rows))
            }
        };
        let earlier = self.against.iter().map(|folder| {
            let set = sets.open_set(folder)?;
            set.check(self)?;
            Ok(set)
        });
        Ok(MinHash { config: self.clone(), signing, earlier: earlier.collect::<Result<_, BadConfig>>()? })
    }

    /// Probability that two documents of this Jaccard similarity become candidates.
    pub fn candidate_probability(&self, similarity: f64) -> f64 {
        1.0 - (1.0 - similarity.powi(self.rows_per_band as i32)).powi(self.bands as i32)
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
    fn seeds_that_numpy_could_not_have_are_refused_for_datatrove_alone() {
        let config = |hash, seed| Config { hash, seed, ..Config::default() }.build();
        assert!(config(Hash::Gristmill, 1 << 32).is_ok());
        assert!(config(Hash::Datatrove, u64::from(u32::MAX)).is_ok());
        let refused = config(Hash::Datatrove, 1 << 32).err().map(|error| error.to_string());
        assert_eq!(refused.as_deref(), Some("seed is 4294967296; with the hash of datatrove it has 32 bits"));
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

    #[test]
    fn similarities_and_orders_that_cannot_be_are_refused() {
        let wrong = |toml: &str| {
            let config: Config = toml::from_str(toml).expect("the form is right");
            config.build().err().map(|error| error.to_string()).unwrap_or_default()
        };
        assert_eq!(wrong("similarity_min = 1.01"), "similarity_min is 1.01; similarities lie in 0..=1");
        assert_eq!(wrong("similarity_min = 1.0\nverify = 'shingles'"), "");
        assert!(wrong("keep = ['first', 'newest']").contains("behind first"));
    }
}
