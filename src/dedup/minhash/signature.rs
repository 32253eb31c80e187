//! The signature of a text: for each permutation the smallest value over all shingles.
//!
//! A text without a word has no signature: its rows are all ones, and it is a duplicate of nothing.

use std::cell::RefCell;

use super::permutation::Permutations;
use super::shingle::Shingler;

/// Hashes wait for the permutations in blocks of this many, which stay in the nearest cache however long the text is.
const BLOCK_HASHES: usize = 256;

#[derive(Default)]
struct Scratch {
    shingler: Shingler,
    rows: Vec<u32>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Calls `then` with the rows of the text's signature. The buffers belong to the thread and are used again.
pub fn with_signature<T>(
    text: &str,
    shingle_words: usize,
    permutations: &Permutations,
    then: impl FnOnce(&[u32]) -> T,
) -> T {
    SCRATCH.with_borrow_mut(|Scratch { shingler, rows }| {
        rows.clear();
        rows.resize(permutations.rows(), u32::MAX);
        let (mut block, mut filled) = ([0; BLOCK_HASHES], 0);
        shingler.for_each(text, shingle_words, |hash| {
            block[filled] = (hash >> 32) as u32;
            filled += 1;
            if filled == BLOCK_HASHES {
                permutations.lower(&block, rows);
                filled = 0;
            }
        });
        permutations.lower(&block[..filled], rows);
        then(rows)
    })
}

/// Calls `each` with the hash of every shingle of the text, in order, repeats included. The buffers are those of the
/// thread.
pub fn for_each_shingle(text: &str, shingle_words: usize, each: impl FnMut(u64)) {
    SCRATCH.with_borrow_mut(|Scratch { shingler, .. }| shingler.for_each(text, shingle_words, each));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether these rows are those of a text without a word.
    fn is_empty(rows: &[u32]) -> bool {
        rows.iter().all(|row| *row == u32::MAX)
    }

    /// Estimated Jaccard similarity of two texts: the share of rows that agree.
    fn similarity(a: &[u32], b: &[u32]) -> f32 {
        let equal = a.iter().zip(b).filter(|(a, b)| a == b).count();
        equal as f32 / a.len() as f32
    }

    fn rows(text: &str, permutations: &Permutations) -> Vec<u32> {
        with_signature(text, 5, permutations, <[u32]>::to_vec)
    }

    #[test]
    fn a_text_without_words_has_no_signature() {
        let permutations = Permutations::new(1, 112);
        assert!(is_empty(&rows("", &permutations)));
        assert!(is_empty(&rows("... !", &permutations)));
        assert!(!is_empty(&rows("a", &permutations)));
    }

    #[test]
    fn a_long_text_has_the_minima_over_all_its_shingles() {
        let permutations = Permutations::new(1, 112);
        for words in [1, 4, 5, BLOCK_HASHES + 3, BLOCK_HASHES + 4, BLOCK_HASHES + 5, 5 * BLOCK_HASHES] {
            let text: String = (0..words).map(|word| format!("w{word} ")).collect();
            let (mut hashes, mut expected) = (Vec::new(), Vec::new());
            Shingler::default().for_each(&text, 5, |hash| hashes.push((hash >> 32) as u32));
            permutations.minima_portable(&hashes, &mut expected);
            assert_eq!(rows(&text, &permutations), expected, "{words} words");
        }
    }

    /// The mean error over texts of known similarity is near zero, so the permutations are random enough.
    #[test]
    fn the_estimate_is_right_on_average() {
        let permutations = Permutations::new(1, 112);
        let word = |text: usize, position: usize| format!("w{}", (text * 7_919 + position * 104_729) % 1_000_003);
        let mut error_sum = 0.0;
        let texts = 60;
        for text in 0..texts {
            let shared = 400 + 5 * text;
            let common: Vec<_> = (0..shared).map(|position| word(text, position)).collect();
            let tail = |salt: usize| {
                (0..200).map(|position| word(text + salt, 5_000 + position)).collect::<Vec<_>>().join(" ")
            };
            let (a, b) =
                (format!("{} {}", common.join(" "), tail(1_000)), format!("{} {}", common.join(" "), tail(2_000)));
            let exact = (shared - 4) as f32 / (shared - 4 + 2 * 200) as f32;
            error_sum += similarity(&rows(&a, &permutations), &rows(&b, &permutations)) - exact;
        }
        let mean = error_sum / texts as f32;
        assert!(mean.abs() < 0.02, "mean error {mean}");
    }
}
