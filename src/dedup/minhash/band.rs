//! A band of a signature as one key, so that equal bands are equal numbers.

use xxhash_rust::xxh3::xxh3_64;

use super::signature;

/// The key of band `band` of a signature that is laid out as little-endian bytes; none for a text that has no
/// signature.
///
/// Two different bands share a key with probability 2^-64.
pub fn key(signature_bytes: &[u8], band_bytes: usize, band: usize) -> Option<u64> {
    if signature_bytes.iter().all(|byte| *byte == 0xFF) {
        return None;
    }
    Some(xxh3_64(&signature_bytes[band * band_bytes..(band + 1) * band_bytes]))
}

/// Share of rows on which two signatures agree, both laid out with `ROW_BYTES` bytes a row.
pub fn similarity<const ROW_BYTES: usize>(a: &[u8], b: &[u8]) -> f32 {
    signature::similarity(a.as_chunks::<ROW_BYTES>().0, b.as_chunks::<ROW_BYTES>().0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_equal_where_their_rows_are() {
        let a: Vec<u8> = [1_u32, 2, 3, 4].iter().flat_map(|row| row.to_le_bytes()).collect();
        let b: Vec<u8> = [1_u32, 2, 9, 4].iter().flat_map(|row| row.to_le_bytes()).collect();
        assert_eq!(key(&a, 8, 0), key(&b, 8, 0));
        assert_ne!(key(&a, 8, 1), key(&b, 8, 1));
        assert_eq!(similarity::<4>(&a, &b), 0.75);
        assert_eq!(similarity::<8>(&a, &b), 0.5);
        assert_eq!(key(&[0xFF; 16], 8, 0), None);
    }
}
