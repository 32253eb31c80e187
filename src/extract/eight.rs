//! Bytes eight at a time: names, short values and plain text are read without a branch for each byte.
//!
//! A search gives a word in which the highest bit of a byte is set where it was found. Only the first hit is certain,
//! since a borrow may run on into the bytes after it; nobody asks for more than the first.

use memchr::memchr;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;
/// Words that are looked at before a search that takes its time to begin.
const WORDS_MAX: usize = 3;

/// The eight bytes at a place, the first in the lowest bits; none if the page ends before.
#[inline]
pub fn load(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|chunk| u64::from_le_bytes(*chunk))
}

/// Where a byte stands.
#[inline]
pub const fn equal(word: u64, byte: u8) -> u64 {
    let differences = word ^ (ONES * byte as u64);
    differences.wrapping_sub(ONES) & !differences & HIGHS
}

/// Where bytes below `bound` stand, which is at most 128.
#[inline]
pub const fn below(word: u64, bound: u8) -> u64 {
    word.wrapping_sub(ONES * bound as u64) & !word & HIGHS
}

/// Whether all bytes are ASCII.
#[inline]
pub const fn is_ascii(word: u64) -> bool {
    word & HIGHS == 0
}

/// Where bytes from `first` to `last` stand, in a word of ASCII alone. Every hit is certain.
#[inline]
pub const fn between(word: u64, first: u8, last: u8) -> u64 {
    (word + ONES * (0x80 - first as u64)) & !(word + ONES * (0x7F - last as u64)) & HIGHS
}

/// How many hits there are.
#[inline]
pub const fn count(hits: u64) -> u32 {
    ((hits >> 7).wrapping_mul(ONES) >> 56) as u32
}

/// Hits that do not follow one at once. `follows` says whether one stood right before the word.
#[inline]
pub const fn first_of_runs(hits: u64, follows: bool) -> u64 {
    hits & !(hits << 8 | (follows as u64) << 7)
}

/// Whether the last byte is a hit.
#[inline]
pub const fn is_last(hits: u64) -> bool {
    hits >> 63 != 0
}

/// How many bytes stand before the first hit; eight if there is none.
#[inline]
pub const fn before(hits: u64) -> usize {
    hits.trailing_zeros() as usize / 8
}

/// The first bytes of a word, up to eight, in small letters; zero after them. Signs that are no letters may change.
#[inline]
pub const fn small(word: u64, length: usize) -> u64 {
    let kept = if length < 8 { (1 << (8 * length)) - 1 } else { u64::MAX };
    (word | 0x2020_2020_2020_2020) & kept
}

/// The first eight bytes of a name in small letters, zero after them: what [`small`] makes of it.
pub const fn key(name: &[u8]) -> u64 {
    let (mut word, mut index) = (0, 0);
    while index < name.len() && index < 8 {
        word |= ((name[index] | 0x20) as u64) << (8 * index);
        index += 1;
    }
    word
}

/// The first place from `from` on at which a byte stands that is near as a rule.
#[inline]
pub fn find(byte: u8, bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..WORDS_MAX {
        let Some(word) = load(bytes, at) else { break };
        let hits = equal(word, byte);
        if hits != 0 {
            return Some(at + before(hits));
        }
        at += 8;
    }
    Some(at + memchr(byte, bytes.get(at..)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_hit_is_found_wherever_it_stands() {
        for length in 0..40 {
            for place in 0..length {
                let mut bytes = vec![b'='; length];
                bytes[place] = b'<';
                assert_eq!(find(b'<', &bytes, 0), Some(place));
                assert_eq!(find(b'<', &bytes, place + 1), None);
            }
        }
    }

    #[test]
    fn every_byte_is_told_from_every_other() {
        for byte in 0..=255 {
            let word = u64::from_le_bytes([200, byte, byte, 200, 200, 200, 200, 200]);
            assert_eq!(before(equal(word, b'=')), if byte == b'=' { 1 } else { 8 }, "{byte}");
            assert_eq!(before(below(word, b'!')), if byte < b'!' { 1 } else { 8 }, "{byte}");
        }
    }

    #[test]
    fn ranges_runs_and_counts_are_exact_in_ascii() {
        for byte in 0..128 {
            let word = u64::from_le_bytes([0, byte, 127, byte, byte, 0, 127, byte]);
            let hits = between(word, b'0', b'9');
            let inside = byte.is_ascii_digit();
            assert_eq!(count(hits), if inside { 4 } else { 0 }, "{byte}");
            assert_eq!(count(first_of_runs(hits, false)), if inside { 3 } else { 0 });
            assert_eq!(is_last(hits), inside);
        }
        let word = u64::from_le_bytes(*b"12a 3456");
        assert_eq!(count(first_of_runs(between(word, b'0', b'9'), true)), 1);
    }

    #[test]
    fn keys_see_no_case_and_end_with_their_name() {
        let word = load(b"DivX=123", 0).expect("eight bytes");
        assert_eq!(small(word, 3), key(b"div"));
        assert_eq!(small(u64::from_le_bytes(*b"PROPERTY"), 8), key(b"property"));
        assert_eq!(key(b"http-equiv"), key(b"http-equ"));
    }
}
