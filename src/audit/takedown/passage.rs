//! Passages by hashes of their words, so that a text can be searched for a passage which is not known.
//!
//! Words are those of [`words`], marks left out, in lower case; so neither punctuation, nor line breaks, nor case hides
//! a passage. The rolling hash is a polynomial modulo 2^61 - 1 (Karp and Rabin 1987); where it agrees, BLAKE3 of the words
//! with single spaces between them decides.

use xxhash_rust::xxh3::xxh3_64;

use crate::text::words::words;

/// Fewest words of a passage: fewer stand in texts that have nothing to do with each other.
pub const WORDS_MIN: usize = 8;
/// Words of a shingle by which passages are found that stand nearly in a text.
pub const NEAR_WORDS: usize = 3;

const PRIME: u64 = (1 << 61) - 1;
/// First 61 bits of the fraction of the square root of 2.
const BASE: u64 = 0x6A09_E667_F3BC_C908 >> 3;

/// The hashes of all beginnings of a text, from which that of any run of words is known at once.
#[derive(Clone, Debug, Default)]
pub struct Rolling {
    beginnings: Vec<u64>,
}

impl Rolling {
    /// Of these texts, one behind the other; no run of words goes over the end of a text.
    pub fn of(text: &str) -> Self {
        let mut beginnings = vec![0];
        let mut last = 0;
        for_each_word(text, |word| {
            last = add(multiply(last, BASE), xxh3_64(word.as_bytes()) % PRIME);
            beginnings.push(last);
        });
        Self { beginnings }
    }

    /// Words of the text.
    pub fn words(&self) -> usize {
        self.beginnings.len() - 1
    }

    /// Hashes of all runs of as many words as `power` was made for, in order.
    pub fn runs(&self, power: Power) -> impl Iterator<Item = u64> + '_ {
        let ends = self.beginnings.get(power.words..).unwrap_or_default();
        ends.iter().zip(&self.beginnings).map(move |(end, start)| add(*end, PRIME - multiply(*start, power.value)))
    }

    /// Hash of the whole text.
    pub fn whole(&self) -> u64 {
        self.beginnings.last().copied().unwrap_or_default()
    }
}

/// What the hash of a beginning is multiplied with, for runs of so many words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Power {
    /// How many words.
    pub words: usize,
    value: u64,
}

impl Power {
    /// For runs of so many words.
    pub fn of(words: usize) -> Self {
        Self { words, value: (0..words).fold(1, |value, _| multiply(value, BASE)) }
    }
}

/// The words of a text from `first` on, `count` of them, as they are digested: lower case, single spaces.
pub fn spelled(text: &str, first: usize, count: usize) -> String {
    let (mut out, mut number) = (String::new(), 0);
    for_each_word(text, |word| {
        if (first..first + count).contains(&number) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        number += 1;
    });
    out
}

fn for_each_word(text: &str, mut each: impl FnMut(&str)) {
    let mut lower = String::new();
    for word in words(text).filter(|word| !word.is_mark) {
        if word.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            each(word.text);
        } else {
            lower.clear();
            lower.extend(word.text.chars().flat_map(char::to_lowercase));
            each(&lower);
        }
    }
}

fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    add((product >> 61) as u64, (product as u64) & PRIME)
}

fn add(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= PRIME { sum - PRIME } else { sum }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_run_has_the_hash_that_it_has_alone(words in prop::collection::vec("[a-z]{1,3}", 1..30), from in 0..30_usize,
                                                count in 1..30_usize) {
            let from = from % words.len();
            let run = &words[from..(from + count).min(words.len())];
            let runs: Vec<u64> = Rolling::of(&words.join(" ")).runs(Power::of(run.len())).collect();
            prop_assert_eq!(runs.len(), words.len() + 1 - run.len());
            prop_assert_eq!(runs[from], Rolling::of(&run.join(" ")).whole());
            prop_assert_eq!(spelled(&words.join(" "), from, run.len()), run.join(" "));
        }
    }

    #[test]
    fn case_marks_and_line_breaks_do_not_count() {
        let rolling = |text: &str| Rolling::of(text).whole();
        assert_eq!(
            rolling("The Mill, by the river:\n\"GRINDS\" slowly…"),
            rolling("the mill by the river grinds slowly")
        );
        assert_ne!(rolling("the mill by the river"), rolling("the river by the mill"));
        assert_eq!(spelled("Über — ALLEM!", 0, 2), "über allem");
        assert_eq!(Rolling::of("one two").runs(Power::of(3)).count(), 0);
    }
}
