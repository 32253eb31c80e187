//! Signatures that are bit for bit those of datatrove 0.10, for texts whose words stand between white space.
//!
//! A text is simplified ([`simplified`]), its words are joined by single spaces to shingles of n words, each shingle is
//! hashed by xxHash or SHA-1, and a row of the signature is the smallest value of one permutation ([`random_state`]).
//! A text with fewer than n words has no signature: datatrove never removes it, and so does this.
//!
//! datatrove cuts words by a tokenizer of the text's language, this by white space. For English the two differ after
//! simplification in contractions without an apostrophe (`cant`) and in units behind a number (`10kg`).

pub mod random_state;
pub mod sig_file;
pub mod simplified;

use std::cell::RefCell;

use sha1::{Digest, Sha1};
use xxhash_rust::xxh32::xxh32;
use xxhash_rust::xxh64::xxh64;

use random_state::Permutations;
use simplified::Simplified;

/// datatrove's `HashConfig`: its `hash_fc` and its `precision` in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShingleHash {
    /// `xxhash`, 64 bits.
    Xxh64,
    /// `xxhash`, 32 bits.
    Xxh32,
    /// `sha1`, 64 bits: the first 8 bytes of the digest, little-endian.
    Sha1Of64,
    /// `sha1`, 32 bits: the first 4 bytes of the digest, little-endian.
    Sha1Of32,
}

impl ShingleHash {
    /// Bytes of a row of the signature on disk.
    pub fn row_bytes(self) -> usize {
        match self {
            Self::Xxh64 | Self::Sha1Of64 => size_of::<u64>(),
            Self::Xxh32 | Self::Sha1Of32 => size_of::<u32>(),
        }
    }

    /// The bits of a permutation's value that count.
    fn mask(self) -> u64 {
        if self.row_bytes() == size_of::<u64>() { u64::MAX } else { u64::from(u32::MAX) }
    }

    fn hash(self, shingle: &[u8]) -> u64 {
        match self {
            Self::Xxh64 => xxh64(shingle, 0),
            Self::Xxh32 => u64::from(xxh32(shingle, 0)),
            Self::Sha1Of64 | Self::Sha1Of32 => {
                let digest = Sha1::digest(shingle);
                let start = digest.first_chunk().expect("a digest of SHA-1 has 20 bytes");
                u64::from_le_bytes(*start) & self.mask()
            }
        }
    }
}

/// What makes signatures: the hash and the permutations.
#[derive(Clone, Debug)]
pub struct Signer {
    hash: ShingleHash,
    permutations: Permutations,
}

#[derive(Default)]
struct Scratch {
    simplified: Simplified,
    rows: Vec<u64>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Signer {
    /// Signatures of `rows` rows, with the permutations that the seed determines.
    pub fn new(hash: ShingleHash, seed: u32, rows: usize) -> Self {
        Self { hash, permutations: Permutations::new(seed, rows) }
    }

    /// Bytes of a row of a signature on disk.
    pub fn row_bytes(&self) -> usize {
        self.hash.row_bytes()
    }

    /// Calls `then` with the rows of the text's signature, unless it has fewer words than a shingle. The buffers belong
    /// to the thread and are used again.
    pub fn with_signature(&self, text: &str, shingle_words: usize, then: impl FnOnce(&[u64])) {
        SCRATCH.with_borrow_mut(|Scratch { simplified, rows }| {
            rows.clear();
            rows.resize(self.permutations.rows(), u64::MAX);
            let (hash, mask) = (self.hash, self.hash.mask());
            simplified.set(text);
            let shingles = simplified
                .for_each_shingle(shingle_words, |shingle| self.permutations.fold(hash.hash(shingle), mask, rows));
            if shingles > 0 {
                then(rows);
            }
        });
    }

    /// Writes the text's signature into `out`, rows little-endian; `out` stays as it is if the text has none.
    pub fn write(&self, text: &str, shingle_words: usize, out: &mut [u8]) {
        let row_bytes = self.row_bytes();
        self.with_signature(text, shingle_words, |rows| {
            for (bytes, row) in out.chunks_exact_mut(row_bytes).zip(rows) {
                bytes.copy_from_slice(&row.to_le_bytes()[..row_bytes]);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use sha2::Sha256;

    use super::*;

    /// What datatrove simplifies: punctuation, numbers, capital sigma, dotted I, diacritics, scripts of all kinds.
    pub(super) const MIXED: &str = "Preis: 1.234,56\u{A0}€ am 3.4.2021 – ΟΔΟΣ Σας, İstanbul’da naïve Ångström ١٢٫٥ \
        हिन्दी 한국어 日本語。終わり \u{1FEF} x";
    const PANGRAM: &str = "the quick brown fox jumps over the lazy dog";

    /// Compares the first and last rows, and SHA-256 of all of them as they lie on disk.
    fn check(hash: ShingleHash, text: &str, first: &[u64], last: u64, sha256: &str) {
        let signer = Signer::new(hash, 1, 112);
        let mut bytes = vec![0xFF; 112 * hash.row_bytes()];
        signer.write(text, 5, &mut bytes);
        signer.with_signature(text, 5, |rows| {
            assert_eq!((&rows[..first.len()], rows[111]), (first, last), "{hash:?} {text}");
        });
        assert_eq!(data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)), sha256, "{hash:?} {text}");
    }

    #[test]
    fn a_shingle_has_the_hash_that_datatrove_gives_it() {
        let shingle = b"the quick brown fox jumps";
        assert_eq!(ShingleHash::Xxh64.hash(shingle), 7797000677988824208);
        assert_eq!(ShingleHash::Sha1Of64.hash(shingle), 12313522834835307089);
        assert_eq!(ShingleHash::Sha1Of32.hash(shingle), 12313522834835307089 & 0xFFFF_FFFF);
    }

    /// From datatrove 0.10.1 with xxhash 3.8.2 (4 does not hash strings), numpy 2.4.6 and Python 3.11:
    ///
    /// ```python
    /// class Split(WordTokenizer):
    ///     def word_tokenize(self, text): return text.split()
    /// config = MinhashConfig(hash_config=HashConfig(precision, hash_fc))
    /// step = MinhashDedupSignature(folder, config, language=Split())
    /// rows = np.concatenate(step.get_signature(step.get_shingles(text)))
    /// hashlib.sha256(struct.pack("<112Q", *rows)).hexdigest()  # "<112I" with 32 bits
    /// ```
    #[test]
    fn signatures_of_64_bits_are_those_of_datatrove() {
        let bucket = [
            85330943174081874,
            663359892825767826,
            302227827184868053,
            34440879854629237,
            1270900061947546662,
            117899488208280896,
            922286648869847700,
            204404170303891102,
        ];
        let sha256 = "5fccf7ba60a836cb6034d5bb96fd7c3d74507de256d5588ac4a823c6285fbd93";
        check(ShingleHash::Xxh64, PANGRAM, &bucket, 3963570588256049, sha256);
        let bucket = [
            585594454516184072,
            284080765670708113,
            594234408324153881,
            226360113463360020,
            42312182183823545,
            295150809832830541,
            316606424307206655,
            439255022718586444,
        ];
        let sha256 = "5111488576fd07f07c8cfbf034ff68e03acb2475d32d9c6e6704af7032021c10";
        check(ShingleHash::Sha1Of64, PANGRAM, &bucket, 800584869340422436, sha256);
        let sha256 = "e56d2343181aeb6764808942ba83bd18e55890c9645efb174678157ff2fe2a12";
        check(ShingleHash::Xxh64, MIXED, &[20487313450476851, 156491374253678255], 66702221642982902, sha256);
        let sha256 = "5c51eacff0c0e0077ca377d5a4b20b3a93fc0c4fb0535e5e1e6ea374d34f2fbf";
        check(ShingleHash::Sha1Of64, MIXED, &[213131445663047382, 7148500346409907], 101796781594452326, sha256);
    }

    /// Computed as those of 64 bits, with `precision=32`.
    #[test]
    fn signatures_of_32_bits_are_those_of_datatrove() {
        let sha256 = "ed6244fd76d412f1ad06e78fe1a1b1511bad3981fecc9057a46df76d8f25191a";
        check(ShingleHash::Xxh32, PANGRAM, &[125697124, 899546107, 441372471], 1493573167, sha256);
        let sha256 = "1e8fae2739338262a2fbd9e83f28fd08e83a2f10fc8ced7dac96cfa45ec9334b";
        check(ShingleHash::Sha1Of32, PANGRAM, &[727492965, 1312834104, 1177392338], 226228629, sha256);
        let sha256 = "92b646d321a15353488ca9e32ad27628a26fbd036295a0137e0e708a95459d84";
        check(ShingleHash::Xxh32, MIXED, &[378369922, 380934427, 160181144], 244538711, sha256);
        let sha256 = "dcefee167eeade5fed3811936b89d111ccf1a5131cf67b6b9a0072b5b538ca21";
        check(ShingleHash::Sha1Of32, MIXED, &[35702249, 549227079, 241481874], 172754224, sha256);
    }

    #[test]
    fn a_text_shorter_than_a_shingle_has_no_signature() {
        let signer = Signer::new(ShingleHash::Xxh64, 1, 112);
        let has = |text: &str| {
            let mut has = false;
            signer.with_signature(text, 5, |_| has = true);
            has
        };
        assert_eq!(["", "!?", "a b c d", "a b c d e"].map(has), [false, false, false, true]);
    }
}
