//! The `.minhash.sig` files of datatrove's first deduplication step: the signatures of one task, a file a band.
//!
//! A record is the rows of the band and the document's number in its task as u32, all little-endian, without padding.
//! Records are ordered by their rows as numbers, then by document. Texts without a signature are counted, not listed.

use crate::dedup::minhash::MinHash;

/// Where datatrove looks for the file of a band, under the folder of its first step.
pub fn path(band: usize, task: usize) -> String {
    format!("bucket_{band:03}/{task:05}.minhash.sig")
}

/// The bytes of the file of one band. `signatures` holds what [`MinHash::push_signature`] wrote for all
/// texts of a task, in order.
pub fn bytes(minhash: &MinHash, signatures: &[u8], band: usize) -> Vec<u8> {
    let (row_bytes, band_bytes) = (minhash.row_bytes(), minhash.band_bytes());
    let mut records: Vec<(&[u8], u32)> = (0..)
        .zip(signatures.chunks_exact(minhash.signature_bytes()))
        .filter(|(_, rows)| rows.iter().any(|byte| *byte != 0xFF))
        .map(|(document, rows)| (&rows[band * band_bytes..][..band_bytes], document))
        .collect();
    records.sort_unstable_by(|(a, first), (b, second)| {
        numbers(a, row_bytes).cmp(numbers(b, row_bytes)).then(first.cmp(second))
    });
    let mut bytes = Vec::with_capacity(records.len() * (band_bytes + size_of::<u32>()));
    for (rows, document) in records {
        bytes.extend_from_slice(rows);
        bytes.extend_from_slice(&document.to_le_bytes());
    }
    bytes
}

/// The rows as numbers; little-endian bytes are in order from the last one on.
fn numbers(rows: &[u8], row_bytes: usize) -> impl Iterator<Item = u64> {
    rows.chunks_exact(row_bytes).map(|row| row.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::dedup::minhash::config::{Config, Hash};
    use crate::dedup::minhash::datatrove::tests::MIXED;

    /// SHA-256 of the files of all bands one after the other, for texts of which some are equal, short or empty.
    ///
    /// Computed by `MinhashDedupSignature.run` of datatrove 0.10.1, set up as for the signatures in `mod.rs`.
    fn check(hash: Hash, len_bytes: usize, sha256: &str) {
        let minhash = Config { hash, ..Config::default() }.build().expect("the defaults are valid");
        let texts = [
            "The Quick brown fox; jumps (over) the lazy DOG!",
            MIXED,
            "only four words here",
            "the quick brown fox jumps over the lazy cat",
            "",
            "a b c d e",
            "The quick brown fox jumps over the lazy dog",
        ];
        let mut keys = Vec::new();
        texts.iter().for_each(|text| minhash.push_signature(text, &mut keys));
        let files: Vec<u8> = (0..14).flat_map(|band| bytes(&minhash, &keys, band)).collect();
        assert_eq!(files.len(), len_bytes, "{hash:?}");
        assert_eq!(data_encoding::HEXLOWER.encode(&Sha256::digest(files)), sha256, "{hash:?}");
    }

    #[test]
    fn files_are_those_of_datatrove() {
        check(Hash::Datatrove, 4760, "4e8bc9f80b40c6547787d46ddf5c9c49eb5e4a5c6e99f33b13c25d9225fb5c46");
        check(Hash::Datatrove32, 2520, "0d161ab23adeacd3c7393bf954253d781444848b152df99253b9548946b3dfeb");
        check(Hash::DatatroveSha1, 4760, "cd0dd8db3eaf224c4fdd8c155672bbaafdfd2220bd8e4bd85015ff7706779cd0");
        check(Hash::DatatroveSha1_32, 2520, "2a3ba545bd2217edd07bbf5fe89aa61d2ba0559ff423a353333d0edeffc4c70a");
    }

    #[test]
    fn a_file_lies_where_datatrove_looks_for_it() {
        assert_eq!(path(3, 41), "bucket_003/00041.minhash.sig");
    }
}
