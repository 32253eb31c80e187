//! Finds near-duplicates by MinHash: documents whose signatures agree on all rows of at least one band.
//!
//! Shingles are `shingle_words` consecutive words of the lower-cased text, hashed with xxh3-64; a row of the signature is
//! the smallest value of one random permutation of their hashes; a band is `rows_per_band` rows.
//! With Jaccard similarity s two documents become candidates with probability 1 - (1 - s^rows)^bands (Broder 1997;
//! Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3). Defaults are FineWeb's: 5 words, 14 x 8
//! (Penedo et al. 2024, arXiv:2406.17557).
//! `hash = "datatrove"` gives the signatures of that program instead, to deduplicate as it does or against what it did.
//! Candidates are joined as they are: clusters are the connected parts of the graph of candidates.
//!
//! Near-duplicates may state different terms, of which at most one side is right. With `rights = "strictest"` the
//! document that stays is held to the strictest terms of its cluster: it goes where the plan keeps no document of that
//! tier. With `"own"` its own terms count alone.

pub mod band;
pub mod cluster;
pub mod datatrove;
pub mod permutation;
pub mod shingle;
pub mod signature;

use serde::{Deserialize, Serialize};

use crate::document::bad_config::BadConfig;
use crate::document::reason::Reason;
use datatrove::{ShingleHash, Signer};
use permutation::Permutations;

/// The reason for which this stage removes.
pub const NEAR_DUPLICATE: Reason = Reason::new("minhash.near_duplicate");
/// The reason of a document whose near-duplicates state terms that the plan does not keep.
pub const RIGHTS_DIFFER: Reason = Reason::new("minhash.rights_differ");
/// All reasons of this stage.
pub const REASONS: &[Reason] = &[NEAR_DUPLICATE, RIGHTS_DIFFER];

/// Most rows a signature may have: 4 KiB a document, 8 KiB where a row has 64 bits.
const ROWS_MAX: usize = 1024;

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
    /// Whose terms the document that stays is held to, where near-duplicates state different ones.
    pub rights: TermsOf,
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
            rights: TermsOf::Strictest,
        }
    }
}

impl Config {
    /// The stage; refuses zeros, signatures of more than 1,024 rows and seeds that datatrove could not have.
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
        let signing = match self.hash.of_datatrove() {
            None => Signing::Gristmill(Permutations::new(self.seed, rows)),
            Some(hash) => {
                let seed = u32::try_from(self.seed).map_err(|_| {
                    BadConfig::new(format!("seed is {}; with the hash of datatrove it has 32 bits", self.seed))
                })?;
                Signing::Datatrove(Signer::new(hash, seed, rows))
            }
        };
        Ok(MinHash { config: self.clone(), signing })
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
    signing: Signing,
}

/// Who makes the signatures.
#[derive(Clone, Debug)]
enum Signing {
    Gristmill(Permutations),
    Datatrove(Signer),
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

    /// Bytes of a row of a signature as it is kept on disk.
    pub fn row_bytes(&self) -> usize {
        match &self.signing {
            Signing::Gristmill(_) => size_of::<u32>(),
            Signing::Datatrove(signer) => signer.row_bytes(),
        }
    }

    /// Bytes of a band of a signature as it is kept on disk.
    pub fn band_bytes(&self) -> usize {
        self.config.rows_per_band * self.row_bytes()
    }

    /// Bytes of a document's signature as it is kept on disk.
    pub fn key_bytes(&self) -> usize {
        self.rows() * self.row_bytes()
    }

    /// Appends the text's signature to `out`, rows little-endian; all ones if the text has none.
    pub fn push_key(&self, text: &str, out: &mut Vec<u8>) {
        let start = out.len();
        out.resize(start + self.key_bytes(), 0xFF);
        let words = self.config.shingle_words;
        match &self.signing {
            Signing::Gristmill(permutations) => signature::with_signature(text, words, permutations, |rows| {
                for (bytes, row) in out[start..].chunks_exact_mut(4).zip(rows) {
                    bytes.copy_from_slice(&row.to_le_bytes());
                }
            }),
            Signing::Datatrove(signer) => signer.write(text, words, &mut out[start..]),
        }
    }

    /// The key of one band of a signature that [`Self::push_key`] wrote; none for a text that has no signature.
    pub fn band_key(&self, signature_bytes: &[u8], band: usize) -> Option<u64> {
        band::key(signature_bytes, self.band_bytes(), band)
    }

    /// Share of rows on which two signatures agree that [`Self::push_key`] wrote.
    pub fn similarity(&self, a: &[u8], b: &[u8]) -> f32 {
        match self.row_bytes() {
            8 => band::similarity::<8>(a, b),
            _ => band::similarity::<4>(a, b),
        }
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
    fn the_hash_decides_the_size_of_a_row_and_the_fate_of_short_texts() {
        let check = |hash: &str, row_bytes: usize, short_has_key: bool| {
            let config: Config = toml::from_str(&format!("hash = '{hash}'")).expect("the word is an option");
            let minhash = config.build().expect("all else is the default");
            let key = |text: &str| {
                let mut key = Vec::new();
                minhash.push_key(text, &mut key);
                assert_eq!(key.len(), 112 * row_bytes, "{hash}");
                key
            };
            let (short, five) = (key("one two three four"), key("one two three four five"));
            assert_eq!(minhash.band_key(&short, 13).is_some(), short_has_key, "{hash}");
            assert_eq!(minhash.band_key(&key(" ?"), 13), None, "{hash}");
            assert_eq!(minhash.band_key(&five, 13), minhash.band_key(&key("One, two three four FIVE!"), 13), "{hash}");
            assert_ne!(minhash.band_key(&five, 13), minhash.band_key(&five, 12), "{hash}");
            assert_eq!((minhash.similarity(&five, &five), minhash.similarity(&five, &short)), (1.0, 0.0), "{hash}");
        };
        check("gristmill", 4, true);
        check("datatrove", 8, false);
        check("datatrove_32", 4, false);
        check("datatrove_sha1", 8, false);
        check("datatrove_sha1_32", 4, false);
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
}
