//! A passage that is looked for, and how much of it a text holds.

use std::ops::Range;

use super::shingles::{PASSAGE_WORDS_MIN, RUN_WORDS, chosen, runs};
use super::words::Words;

/// Most words of a passage.
pub const PASSAGE_WORDS_MAX: usize = 100_000;

/// A passage, cut into words.
#[derive(Clone, Debug)]
pub struct Passage {
    /// As it was given.
    pub text: String,
    /// Its words as numbers.
    pub words: Vec<u64>,
    /// For each word how many words before it, itself included, are the passage's first (Knuth, Morris and Pratt 1977).
    borders: Vec<usize>,
    /// Its different runs of four words, sorted.
    pub runs: Vec<u64>,
    /// Its chosen runs, sorted.
    pub chosen: Vec<u64>,
    /// How many different runs a text has to hold to be told of.
    pub runs_needed: usize,
}

impl Passage {
    /// A passage of which a text has to hold this share of the runs; refuses too few and too many words.
    pub fn new(text: &str, share: f64) -> Result<Self, String> {
        let mut words = Words::default();
        words.read(text);
        let words = words.hashes;
        match words.len() {
            count if count < PASSAGE_WORDS_MIN => {
                return Err(format!(
                    "has {count} words, and at least {PASSAGE_WORDS_MIN} are wanted: shorter ones stand in too many texts"
                ));
            }
            count if count > PASSAGE_WORDS_MAX => {
                return Err(format!("has {count} words, and at most {PASSAGE_WORDS_MAX} are looked for"));
            }
            _ => {}
        }
        let mut all: Vec<u64> = runs(&words).collect();
        all.sort_unstable();
        all.dedup();
        let mut few = Vec::new();
        chosen(&words, |hash| few.push(hash));
        few.sort_unstable();
        few.dedup();
        let runs_needed = ((all.len() as f64 * share).ceil() as usize).clamp(1, all.len());
        Ok(Self { text: text.to_owned(), borders: borders(&words), words, runs: all, chosen: few, runs_needed })
    }

    /// Where the passage stands in a text, as numbers of words: the first place, and at how many places, which do not
    /// overlap.
    pub fn places(&self, words: &[u64]) -> Option<(Range<usize>, usize)> {
        let mut first = None;
        let (mut count, mut matched) = (0, 0);
        for (at, word) in words.iter().enumerate() {
            while matched > 0 && self.words[matched] != *word {
                matched = self.borders[matched - 1];
            }
            matched += usize::from(self.words[matched] == *word);
            if matched == self.words.len() {
                count += 1;
                matched = 0;
                first.get_or_insert(at + 1 - self.words.len()..at + 1);
            }
        }
        first.map(|first| (first, count))
    }

    /// How many of the passage's different runs a text holds, and where the closest it comes to the passage begins and
    /// ends, as numbers of words: the stretch as long as the passage with the most of its runs.
    pub fn held(&self, words: &[u64]) -> (usize, Range<usize>) {
        let mut seen = vec![false; self.runs.len()];
        let places: Vec<usize> = runs(words)
            .enumerate()
            .filter_map(|(at, run)| {
                let index = self.runs.binary_search(&run).ok()?;
                seen[index] = true;
                Some(at)
            })
            .collect();
        let held = seen.iter().filter(|seen| **seen).count();
        let (mut best, mut from) = ((0, 0..0), 0);
        for (to, place) in places.iter().enumerate() {
            while places[from] + self.words.len() < place + RUN_WORDS {
                from += 1;
            }
            if to + 1 - from > best.0 {
                best = (to + 1 - from, places[from]..place + RUN_WORDS);
            }
        }
        (held, best.1)
    }
}

fn borders(words: &[u64]) -> Vec<usize> {
    let mut borders = vec![0; words.len()];
    for at in 1..words.len() {
        let mut border = borders[at - 1];
        while border > 0 && words[border] != words[at] {
            border = borders[border - 1];
        }
        borders[at] = border + usize::from(words[border] == words[at]);
    }
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<u64> {
        let mut words = Words::default();
        words.read(text);
        words.hashes
    }

    #[test]
    fn a_passage_has_eight_words_at_least() {
        assert!(Passage::new("one two three four five six seven, !", 0.5).unwrap_err().starts_with("has 7 words"));
        assert_eq!(Passage::new("one two three four five six seven eight", 0.5).unwrap().runs_needed, 3);
        assert_eq!(Passage::new("one two three four five six seven eight", 1.0).unwrap().runs_needed, 5);
    }

    #[test]
    fn all_places_are_found_and_the_first_is_told() {
        let passage = Passage::new("a b a b a b a c", 0.5).unwrap();
        let check = |text: &str, expected: Option<(Range<usize>, usize)>| {
            assert_eq!(passage.places(&words(text)), expected, "{text}");
        };
        check("a b a b a b a c", Some((0..8, 1)));
        check("x A, b a b a b a b a c y a b a b a b a c", Some((3..11, 2)));
        check("a b a b a b a b", None);
        check("", None);
        let same = Passage::new("a a a a a a a a", 0.5).unwrap();
        assert_eq!(same.places(&words(&"a ".repeat(100_000))), Some((0..8, 12_500)));
    }

    #[test]
    fn what_a_text_holds_of_a_passage_is_counted_once() {
        let passage = Passage::new("a b c d e f g h", 0.5).unwrap();
        assert_eq!(passage.held(&words("x a b c d e f x a b c d")), (3, 1..7));
        assert_eq!(passage.held(&words("a b c")), (0, 0..0));
    }
}
