//! A band of a signature as one key, so that equal bands are equal numbers.

use xxhash_rust::xxh3::xxh3_64;

use super::signature;

/// The key of band `band` of a signature that is laid out as little-endian bytes; none for a text without a word.
///
/// Two different bands share a key with probability 2^-64.
pub fn key(signature_bytes: &[u8], rows_per_band: usize, band: usize) -> Option<u64> {
    if signature_bytes.iter().all(|byte| *byte == 0xFF) {
        return None;
    }
    let width = rows_per_band * size_of::<u32>();
    Some(xxh3_64(&signature_bytes[band * width..(band + 1) * width]))
}

/// Share of rows on which two signatures agree, both laid out as little-endian bytes.
pub fn similarity(a: &[u8], b: &[u8]) -> f32 {
    let rows = |bytes: &[u8]| -> Vec<u32> {
        bytes.chunks_exact(4).map(|row| u32::from_le_bytes(row.try_into().expect("chunks of four bytes"))).collect()
    };
    signature::similarity(&rows(a), &rows(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_equal_where_their_rows_are() {
        let a: Vec<u8> = [1_u32, 2, 3, 4].iter().flat_map(|row| row.to_le_bytes()).collect();
        let b: Vec<u8> = [1_u32, 2, 9, 4].iter().flat_map(|row| row.to_le_bytes()).collect();
        assert_eq!(key(&a, 2, 0), key(&b, 2, 0));
        assert_ne!(key(&a, 2, 1), key(&b, 2, 1));
        assert_eq!(similarity(&a, &b), 0.75);
        assert_eq!(key(&[0xFF; 16], 2, 0), None);
    }
}
