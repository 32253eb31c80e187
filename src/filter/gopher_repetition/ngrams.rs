//! Runs of n consecutive words of a text, and how many characters the repeated ones take.
//!
//! Each word is hashed once (xxh3, 64 bits). The hash of a run is a polynomial in the hashes of its words, so runs of
//! n + 1 words come from runs of n with one multiplication each. Two runs are taken for one only if their hashes agree.
//! datatrove compares runs joined without spaces, so that `ab c` and `a bc` are equal there and differ here.

use std::cell::Cell;

use crate::filter::seen::{Count, Counts, FACTOR, Seen};
use crate::text::table::WordTable;

/// The runs of n consecutive words of one text, for an n that grows.
pub struct Ngrams<'a> {
    words: &'a WordTable,
    n: usize,
    /// Hash of the run of n words that begins at the same place.
    runs: Vec<u64>,
    /// Made when runs are counted, which is rarely needed.
    counts: Option<Counts>,
    /// Made when repeated runs are looked for, which is rarely needed either.
    seen: Option<Seen>,
    /// How often the most frequent run of the last counted n stands there, or more; of longer runs none can stand more
    /// often.
    most: u64,
    /// Characters of the words that repeated runs of the first n asked for cover; longer repeated runs lie within them.
    covered: Option<u64>,
}

thread_local! {
    /// What the runs of the next text of this thread are kept in.
    static USED: Cell<Vec<u64>> = const { Cell::new(Vec::new()) };
    /// Bits or counters of small hashes.
    static SMALL: Cell<Vec<u64>> = const { Cell::new(Vec::new()) };
}

/// Largest vector that is kept for the next text, in entries: the words of 2 MiB of prose.
const KEPT_MAX: usize = 1 << 19;

impl Drop for Ngrams<'_> {
    fn drop(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        if runs.capacity() <= KEPT_MAX {
            // A thread that ends has nothing left to keep it in.
            let _ = USED.try_with(|used| used.set(runs));
        }
    }
}

/// Calls `work` with so many zeros, in memory that is used again.
fn with_zeros<T>(count: usize, work: impl FnOnce(&mut [u64]) -> T) -> T {
    let mut zeros = SMALL.take();
    zeros.clear();
    zeros.resize(count, 0);
    let result = work(&mut zeros);
    if zeros.capacity() <= KEPT_MAX {
        SMALL.set(zeros);
    }
    result
}

impl<'a> Ngrams<'a> {
    /// Runs of one word.
    pub fn of(words: &'a WordTable) -> Self {
        let mut runs = USED.take();
        runs.clear();
        runs.extend_from_slice(&words.hashes);
        Self { words, n: 1, runs, counts: None, seen: None, most: words.len() as u64, covered: None }
    }

    /// Makes the runs `n` words long; they never shrink.
    fn grow_to(&mut self, n: usize) {
        let words = &self.words.hashes;
        while self.n < n {
            self.runs.truncate(words.len().saturating_sub(self.n));
            for (run, &next) in self.runs.iter_mut().zip(&words[self.n.min(words.len())..]) {
                *run = run.wrapping_mul(FACTOR).wrapping_add(next);
            }
            self.n += 1;
        }
    }

    /// No less than what [`Self::top_characters`] gives: the longest run of n words as often as the most frequent
    /// shorter run, or, where none was counted, as often as runs of n words have one and the same small hash.
    pub fn top_characters_at_most(&mut self, n: usize) -> u64 {
        let characters = &self.words.characters_before;
        let longest = characters.windows(n + 1).map(|run| run[n] - run[0]).max().unwrap_or(0);
        if self.most == self.words.len() as u64 {
            self.grow_to(n);
            self.most = self.most_of_one_small_hash();
        }
        (u64::from(longest) + n as u64 - 1) * self.most
    }

    /// How often the most frequent small hash stands there, which is no less than the most frequent run does.
    fn most_of_one_small_hash(&self) -> u64 {
        let buckets = self.runs.len().max(4).next_power_of_two();
        let shift = 64 - buckets.trailing_zeros();
        with_zeros(buckets, |counts| {
            let mut most = 0;
            for run in &self.runs {
                let count = &mut counts[(run.wrapping_mul(FACTOR) >> shift) as usize];
                *count += 1;
                most = most.max(*count);
            }
            most
        })
    }

    /// Characters of the most frequent run of n words, joined by spaces, times its number. Of equally frequent runs the
    /// first counts, as in datatrove, and a run that stands once is the most frequent if none stands twice. 0 without
    /// runs.
    pub fn top_characters(&mut self, n: usize) -> u64 {
        self.grow_to(n);
        let counts = self.counts.get_or_insert_with(|| Counts::for_entries(self.words.len()));
        counts.clear();
        let mut top = Count::default();
        for place in 0..self.runs.len() {
            let found = counts.count(&self.runs, place);
            if found.count > top.count || (found.count == top.count && found.first < top.first) {
                top = found;
            }
        }
        if top.count == 0 {
            return 0;
        }
        self.most = u64::from(top.count);
        (self.characters(top.first as usize) + n as u64 - 1) * u64::from(top.count)
    }

    /// No less than what [`Self::repeated_characters`] gives for this n and any longer one: the characters of all words
    /// that lie in a run of n words whose small hash stood before. Worked out for the first n that is asked for.
    pub fn repeated_characters_at_most(&mut self, n: usize) -> u64 {
        if let Some(covered) = self.covered {
            return covered;
        }
        self.grow_to(n);
        // One bit in 64 or fewer is set, so that about one run in 128 is taken for a repeat though it is none.
        let bits = (self.runs.len().max(1) * 64).next_power_of_two();
        let shift = 64 - bits.trailing_zeros();
        let characters = &self.words.characters_before;
        let covered = with_zeros(bits / 64, |seen| {
            let (mut covered, mut covered_to) = (0, 0);
            for (place, &run) in self.runs.iter().enumerate() {
                let hash = (run.wrapping_mul(FACTOR) >> shift) as usize;
                let (word, bit) = (&mut seen[hash / 64], 1 << (hash % 64));
                if *word & bit != 0 {
                    covered += u64::from(characters[place + n] - characters[place.max(covered_to)]);
                    covered_to = place + n;
                }
                *word |= bit;
            }
            covered
        });
        *self.covered.insert(covered)
    }

    /// Characters, without spaces, of the runs of n words that stood before, read from left to right; a repeat is
    /// skipped as a whole, so that no character counts twice.
    pub fn repeated_characters(&mut self, n: usize) -> u64 {
        self.grow_to(n);
        self.counts = None;
        let seen = self.seen.get_or_insert_with(|| Seen::for_entries(self.words.len()));
        seen.clear();
        let before = &self.words.characters_before;
        let (mut place, mut characters) = (0, 0);
        while let Some(&run) = self.runs.get(place) {
            if seen.stood_before(run) {
                characters += u64::from(before[place + n] - before[place]);
                place += n;
            } else {
                place += 1;
            }
        }
        characters
    }

    /// Characters of the run at a place, without spaces.
    fn characters(&self, place: usize) -> u64 {
        u64::from(self.words.characters_before[place + self.n] - self.words.characters_before[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::splitter::Splitter;
    use crate::text::words::words;
    use proptest::prelude::*;

    /// datatrove's `find_top_duplicate` and `find_all_duplicate`, over our words.
    fn slow(text: &str, n: usize) -> (u64, u64) {
        let words: Vec<&str> = words(text).map(|word| word.text).collect();
        let runs: Vec<&[&str]> = words.windows(n).collect();
        let count = |run: &[&str]| runs.iter().filter(|other| **other == run).count();
        let length = |run: &[&str]| run.iter().map(|word| word.chars().count()).sum::<usize>();
        let most = runs.iter().map(|run| count(run)).max().unwrap_or(0);
        let top = runs.iter().find(|run| count(run) == most).map_or(0, |run| (length(run) + n - 1) * most);
        let (mut seen, mut place, mut repeated) = (Vec::new(), 0, 0);
        while place < runs.len() {
            if seen.contains(&runs[place]) {
                repeated += length(runs[place]);
                place += n;
            } else {
                seen.push(runs[place]);
                place += 1;
            }
        }
        (top as u64, repeated as u64)
    }

    fn check(text: &str, n: usize, top: u64, repeated: u64) {
        let words = WordTable::of(text, Splitter::Unicode);
        let mut ngrams = Ngrams::of(&words);
        assert!(ngrams.top_characters_at_most(n) >= top, "{text:?}, {n}");
        assert_eq!((ngrams.top_characters(n), ngrams.repeated_characters(n)), (top, repeated), "{text:?}, {n}");
        assert_eq!(slow(text, n), (top, repeated), "the definition of {text:?}, {n}");
    }

    /// The bounds hold whatever shorter runs were counted before.
    fn check_bounds(text: &str) {
        let words = WordTable::of(text, Splitter::Unicode);
        let mut ngrams = Ngrams::of(&words);
        for n in 2..5 {
            let at_most = ngrams.top_characters_at_most(n);
            assert!(at_most >= ngrams.top_characters(n), "{text:?}, {n}");
        }
        for n in 5..11 {
            let at_most = ngrams.repeated_characters_at_most(n);
            assert!(at_most >= ngrams.repeated_characters(n), "{text:?}, {n}");
        }
    }

    #[test]
    fn the_most_frequent_run_counts_with_its_spaces() {
        check("the end of the end", 2, 14, 6);
        check("aa bb aa bb aa", 2, 10, 4);
        check("a b c", 2, 3, 0);
    }

    #[test]
    fn of_equally_frequent_runs_the_first_counts() {
        check("long words a b long words a b", 2, 20, 11);
    }

    #[test]
    fn texts_shorter_than_a_run_have_none() {
        check("a b c", 4, 0, 0);
        check("", 2, 0, 0);
        check("a", 2, 0, 0);
    }

    proptest! {
        #[test]
        fn counting_equals_the_definition(text in "([abc] ?|[é中.] ?){0,60}", n in 2usize..11) {
            let (top, repeated) = slow(&text, n);
            check(&text, n, top, repeated);
            check_bounds(&text);
            check_bounds(&text.repeat(2));
        }
    }
}
