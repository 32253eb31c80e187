//! Finds near-duplicates by MinHash: documents whose signatures agree on all rows of at least one band.
//!
//! Shingles are `shingle_words` consecutive words of the lower-cased text, hashed with xxh3-64; a row of the signature is
//! the smallest value of one random permutation of their hashes; a band is `rows_per_band` rows.
//! With Jaccard similarity s two documents become candidates with probability 1 - (1 - s^rows)^bands (Broder 1997;
//! Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3). Defaults are FineWeb's: 5 words, 14 x 8
//! (Penedo et al. 2024, arXiv:2406.17557).
//! `hash = "datatrove"` gives the signatures of that program instead, to deduplicate as it does or against what it did.
//!
//! A document is removed only if it is near the one that stays for it ([`cover`]), unless `verify = "none"` takes every
//! chain of candidates for one cluster.
//!
//! Near-duplicates may state different terms, of which at most one side is right. With `rights = "strictest"` the
//! document that stays is held to the strictest terms of its cluster: it goes where the plan keeps no document of that
//! tier. With `"own"` its own terms count alone.

pub mod config;
pub mod cover;
pub mod datatrove;
pub mod earlier;
pub mod key;
pub mod permutation;
pub mod shingle;
pub mod shingles;
pub mod signature;

use xxhash_rust::xxh3::xxh3_64;

use crate::document::reason::Reason;
use config::{Config, ROWS_MAX, Verify};
use datatrove::Signer;
use earlier::EarlierSet;
use permutation::Permutations;
use shingles::Shingles;

/// The reason for which this stage removes.
pub const NEAR_DUPLICATE: Reason = Reason::new("minhash.near_duplicate");
/// The reason of a document that is near one which an earlier set holds.
pub const IN_EARLIER_SET: Reason = Reason::new("minhash.in_earlier_set");
/// The reason of a document whose near-duplicates state terms that the plan does not keep.
pub const RIGHTS_DIFFER: Reason = Reason::new("minhash.rights_differ");
/// All reasons of this stage.
pub const REASONS: &[Reason] = &[NEAR_DUPLICATE, IN_EARLIER_SET, RIGHTS_DIFFER];

/// The stage, built from a [`Config`].
#[derive(Clone, Debug)]
pub struct MinHash {
    config: Config,
    signing: Signing,
    earlier: Vec<EarlierSet>,
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

    /// The sets that it is told of by `against`.
    pub fn earlier(&self) -> &[EarlierSet] {
        &self.earlier
    }

    /// Least similarity of a removed document to the one that stays, if candidates are verified.
    pub fn similarity_min(&self) -> Option<f64> {
        (self.config.verify != Verify::None).then_some(self.config.similarity_min)
    }

    /// Rows of a signature.
    pub fn rows(&self) -> usize {
        self.config.bands * self.config.rows_per_band
    }

    /// Bytes of a row of a signature.
    pub fn row_bytes(&self) -> usize {
        match &self.signing {
            Signing::Gristmill(_) => size_of::<u32>(),
            Signing::Datatrove(signer) => signer.row_bytes(),
        }
    }

    /// Bytes of a band of a signature.
    pub fn band_bytes(&self) -> usize {
        self.config.rows_per_band * self.row_bytes()
    }

    /// Bytes of a signature.
    pub fn signature_bytes(&self) -> usize {
        self.rows() * self.row_bytes()
    }

    /// Appends the text's signature to `out`, rows little-endian; all ones if the text has none.
    pub fn push_signature(&self, text: &str, out: &mut Vec<u8>) {
        let start = out.len();
        out.resize(start + self.signature_bytes(), 0xFF);
        self.sign(text, &mut out[start..]);
    }

    /// Writes the text's signature into `out`, which holds ones; it stays so if the text has no signature.
    fn sign(&self, text: &str, out: &mut [u8]) {
        let words = self.config.shingle_words;
        match &self.signing {
            Signing::Gristmill(permutations) => signature::with_signature(text, words, permutations, |rows| {
                for (bytes, row) in out.chunks_exact_mut(4).zip(rows) {
                    bytes.copy_from_slice(&row.to_le_bytes());
                }
            }),
            Signing::Datatrove(signer) => signer.write(text, words, out),
        }
    }

    /// Bytes of what is kept of a document: see [`key`].
    pub fn key_bytes(&self) -> usize {
        key::bytes(self.config.bands, self.rows())
    }

    /// Appends what is kept of a document to compare it by: [`Self::key_bytes`] bytes.
    pub fn push_key(&self, text: &str, out: &mut Vec<u8>) {
        let mut buffer = [0xFF; ROWS_MAX * size_of::<u64>()];
        let signature = &mut buffer[..self.signature_bytes()];
        self.sign(text, signature);
        key::push(signature, self.config.bands, self.row_bytes(), out);
    }

    /// The keys of all bands of what [`Self::push_key`] wrote, in order; none for a text that has no signature.
    pub fn band_keys<'a>(&self, key: &'a [u8]) -> impl Iterator<Item = u64> + 'a {
        key::band_keys(key, self.config.bands)
    }

    /// Estimated Jaccard similarity of two texts by what [`Self::push_key`] wrote of them.
    pub fn similarity(&self, a: &[u8], b: &[u8]) -> f32 {
        key::similarity(a, b, self.config.bands)
    }

    /// Whether the shingles are compared themselves, and have to be kept.
    pub fn wants_shingles(&self) -> bool {
        self.config.verify == Verify::Shingles
    }

    /// Appends 32 bits of the hash of each shingle of the text to `out`, in order, repeats included, little-endian.
    pub fn push_shingles(&self, text: &str, out: &mut Vec<u8>) {
        let words = self.config.shingle_words;
        let mut push = |hash: u64| out.extend_from_slice(&((hash >> 32) as u32).to_le_bytes());
        match &self.signing {
            Signing::Gristmill(_) => signature::for_each_shingle(text, words, push),
            Signing::Datatrove(_) => {
                let mut simplified = datatrove::simplified::Simplified::default();
                simplified.set(text);
                simplified.for_each_shingle(words, |shingle| push(xxh3_64(shingle)));
            }
        }
    }

    /// Jaccard similarity of two documents by what [`Self::push_shingles`] wrote of them; 0 if the first holds a passage
    /// of more than `novel_words_max` words that the second does not.
    pub fn exact_similarity(&self, removed: &Shingles, kept: &Shingles) -> f32 {
        if removed.novel_words(kept, self.config.shingle_words) > self.config.novel_words_max {
            return 0.0;
        }
        removed.jaccard(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_decides_the_size_of_a_row_and_the_fate_of_short_texts() {
        let check = |hash: &str, row_bytes: usize, short_has_key: bool| {
            let config: Config = toml::from_str(&format!("hash = '{hash}'")).expect("the word is an option");
            let minhash = config.build().expect("all else is the default");
            assert_eq!(minhash.signature_bytes(), 112 * row_bytes, "{hash}");
            let key = |text: &str| {
                let mut key = Vec::new();
                minhash.push_key(text, &mut key);
                assert_eq!(key.len(), 14 * 8 + 112, "{hash}");
                key
            };
            let (short, five) = (key("one two three four"), key("one two three four five"));
            let bands = |key: &[u8]| minhash.band_keys(key).collect::<Vec<_>>();
            assert_eq!(bands(&short).len(), if short_has_key { 14 } else { 0 }, "{hash}");
            assert!(bands(&key(" ?")).is_empty(), "{hash}");
            assert_eq!(bands(&five), bands(&key("One, two three four FIVE!")), "{hash}");
            assert_ne!(bands(&five)[13], bands(&five)[12], "{hash}");
            assert_eq!((minhash.similarity(&five, &five), minhash.similarity(&five, &short)), (1.0, 0.0), "{hash}");
        };
        check("gristmill", 4, true);
        check("datatrove", 8, false);
        check("datatrove_32", 4, false);
        check("datatrove_sha1", 8, false);
        check("datatrove_sha1_32", 4, false);
    }
}
