//! What is kept of a signature: a key of 64 bits a band, to find candidates, and 8 bits a row, to estimate how alike two
//! documents are.
//!
//! Keys come first, little-endian, then the rows' bytes: 224 bytes a document at 14 x 8, a half to a quarter of the
//! signature. Rows that differ agree on 8 bits by chance once in 256; the estimate takes that out (Li and König 2010,
//! "b-Bit Minwise Hashing"). A text without a signature has zeros for keys, which no other text has.

use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a band's key.
pub const BAND_KEY_BYTES: usize = size_of::<u64>();
/// How often two different rows have the same byte.
const CHANCE: f32 = 1.0 / 256.0;

/// Bytes of what is kept of a document.
pub fn bytes(bands: usize, rows: usize) -> usize {
    bands * BAND_KEY_BYTES + rows
}

/// Appends what is kept of a signature, which is laid out as little-endian rows of `row_bytes`, all ones if there is
/// none.
///
/// Two different bands share a key with probability 2^-64.
pub fn push(signature: &[u8], bands: usize, row_bytes: usize, out: &mut Vec<u8>) {
    let rows = signature.len() / row_bytes;
    if signature.iter().all(|byte| *byte == 0xFF) {
        out.resize(out.len() + bytes(bands, rows), 0);
        return;
    }
    for band in signature.chunks_exact(signature.len() / bands) {
        out.extend_from_slice(&xxh3_64(band).max(1).to_le_bytes());
    }
    match row_bytes {
        8 => out.extend(signature.as_chunks::<8>().0.iter().map(|row| mixed(u64::from_le_bytes(*row)))),
        _ => out.extend(signature.as_chunks::<4>().0.iter().map(|row| mixed(u32::from_le_bytes(*row).into()))),
    }
}

/// 8 bits that depend on all of a row. Rows are minima, so their high bits are mostly zeros: the product brings the low
/// ones up (Fibonacci hashing, Knuth 1973).
fn mixed(row: u64) -> u8 {
    (row.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8
}

/// The keys of all bands, in order; none for a text without a signature.
pub fn band_keys(key: &[u8], bands: usize) -> impl Iterator<Item = u64> + '_ {
    let keys = key[..bands * BAND_KEY_BYTES].as_chunks::<BAND_KEY_BYTES>().0;
    keys.iter().map(|key| u64::from_le_bytes(*key)).filter(|key| *key != 0)
}

/// Whether two documents agree on a band.
pub fn share_a_band(a: &[u8], b: &[u8], bands: usize) -> bool {
    let (a, b) = (&a[..bands * BAND_KEY_BYTES], &b[..bands * BAND_KEY_BYTES]);
    let mut pairs = a.as_chunks::<BAND_KEY_BYTES>().0.iter().zip(b.as_chunks::<BAND_KEY_BYTES>().0);
    pairs.any(|(a, b)| a == b && *a != [0; BAND_KEY_BYTES])
}

/// Estimated Jaccard similarity: the share of rows that agree, less what agrees by chance. The standard error is at most
/// 0.5 / sqrt(rows), 0.047 for 112 rows.
pub fn similarity(a: &[u8], b: &[u8], bands: usize) -> f32 {
    let (a, b) = (&a[bands * BAND_KEY_BYTES..], &b[bands * BAND_KEY_BYTES..]);
    let equal: u32 = a.iter().zip(b).map(|(a, b)| u32::from(a == b)).sum();
    let share = equal as f32 / a.len().max(1) as f32;
    ((share - CHANCE) / (1.0 - CHANCE)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(rows: &[u32], bands: usize) -> Vec<u8> {
        let signature: Vec<u8> = rows.iter().flat_map(|row| row.to_le_bytes()).collect();
        let mut key = Vec::new();
        push(&signature, bands, 4, &mut key);
        assert_eq!(key.len(), bytes(bands, rows.len()));
        key
    }

    #[test]
    fn bands_are_equal_where_all_their_rows_are() {
        let (a, b) = (key_of(&[1, 2, 3, 4], 2), key_of(&[1, 2, 9, 4], 2));
        let (a, b): (Vec<_>, Vec<_>) = (band_keys(&a, 2).collect(), band_keys(&b, 2).collect());
        assert_eq!((a.len(), a[0] == b[0], a[1] == b[1]), (2, true, false));
        assert_eq!(band_keys(&key_of(&[u32::MAX; 4], 2), 2).count(), 0);
    }

    #[test]
    fn eight_bits_a_row_estimate_as_well_as_the_row() {
        let rows: Vec<u32> = (0..1000_u32).map(|row| row.wrapping_mul(2_654_435_761) >> 12).collect();
        for equal in [0, 250, 500, 750, 1000] {
            let other: Vec<u32> =
                (0..).zip(&rows).map(|(number, row)| if number < equal { *row } else { row ^ (number + 77) }).collect();
            let found = similarity(&key_of(&rows, 10), &key_of(&other, 10), 10);
            assert!((found - equal as f32 / 1000.0).abs() < 0.01, "{equal} of 1000 rows: {found}");
        }
        assert_eq!(similarity(&key_of(&rows, 10), &key_of(&rows, 10), 10), 1.0);
    }
}
