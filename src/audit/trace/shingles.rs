//! Runs of four words as numbers, and a choice of them that two texts make alike.
//!
//! Of each five consecutive runs the one with the smallest hash is chosen (winnowing; Schleimer, Wilkerson and Aiken 2003,
//! "Winnowing: Local Algorithms for Document Fingerprinting"). Eight consecutive words hold five runs of four, so any
//! passage of at least eight words that two texts share gives both the same chosen run, and of all runs about a third is
//! chosen.

use std::collections::VecDeque;

/// Words of a run.
pub const RUN_WORDS: usize = 4;
/// Consecutive runs of which one is chosen at least.
pub const WINDOW_RUNS: usize = 5;
/// Fewest words of a passage that is looked for: those of a window of runs.
pub const PASSAGE_WORDS_MIN: usize = RUN_WORDS + WINDOW_RUNS - 1;

/// An odd number of which no power is near another one: the first digits of the golden ratio.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Hashes of all runs of four words, in order; none for a text of fewer words.
pub fn runs(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    words.windows(RUN_WORDS).map(|run| {
        let sum = run.iter().fold(0_u64, |sum, word| sum.wrapping_mul(BASE).wrapping_add(*word));
        mixed(sum)
    })
}

/// Calls `each` with the chosen runs of a text, in order; one that several windows choose comes once.
pub fn chosen(words: &[u64], mut each: impl FnMut(u64)) {
    // Of the last runs those that may still be a window's smallest, in rising order of place and of hash.
    let mut smallest: VecDeque<(usize, u64)> = VecDeque::with_capacity(WINDOW_RUNS + 1);
    let mut last = None;
    for (place, hash) in runs(words).enumerate() {
        while smallest.back().is_some_and(|(_, other)| *other >= hash) {
            smallest.pop_back();
        }
        smallest.push_back((place, hash));
        if place + 1 < WINDOW_RUNS {
            continue;
        }
        let from = place + 1 - WINDOW_RUNS;
        while smallest.front().is_some_and(|(place, _)| *place < from) {
            smallest.pop_front();
        }
        let front = smallest.front().copied();
        if let Some((place, hash)) = front
            && last != Some(place)
        {
            last = Some(place);
            each(hash);
        }
    }
}

/// All bits of a number mixed, so that none of them tells of the order of others (Steele, Lea and Flood 2014).
pub fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chosen_of(words: &[u64]) -> Vec<u64> {
        let mut found = Vec::new();
        chosen(words, |hash| found.push(hash));
        found
    }

    #[test]
    fn seven_words_give_nothing_and_eight_give_one() {
        let words: Vec<u64> = (0..8).collect();
        assert!(chosen_of(&words[..7]).is_empty());
        assert_eq!(chosen_of(&words), [runs(&words).min().unwrap()]);
    }

    #[test]
    fn about_a_third_of_the_runs_is_chosen() {
        let words: Vec<u64> = (0..30_000).map(mixed).collect();
        let share = chosen_of(&words).len() as f64 / words.len() as f64;
        assert!((0.32..0.35).contains(&share), "{share}");
    }

    proptest! {
        /// Whatever stands around a passage, the text chooses all that the passage chooses.
        #[test]
        fn a_text_chooses_what_its_passages_choose(
            words in prop::collection::vec(0..30_u64, 8..80), from in 0..70_usize, length in 8..40_usize
        ) {
            let from = from.min(words.len() - 8);
            let passage = &words[from..(from + length).min(words.len())];
            let (whole, part) = (chosen_of(&words), chosen_of(passage));
            prop_assert!(!part.is_empty());
            prop_assert!(part.iter().all(|hash| whole.contains(hash)));
        }
    }
}
