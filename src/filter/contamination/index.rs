//! All n-grams of all sets, and which of them a document holds.
//!
//! An n-gram takes 12 bytes for its hash and its place, in the order of the hashes, and about 2 to 4 bytes of a set of
//! bits, by its first words. Nearly every position of a document is answered by these bits alone, with one look into
//! memory whatever the lengths that are looked for.

use std::collections::BTreeSet;

use super::passages::{Length, Passages};
use crate::document::bad_config::BadConfig;
use crate::text::words::words;

/// Most n-grams of all sets, repeats included. So many take 1 GB, and up to three times as much while they are read.
const NGRAMS_MAX: usize = 1 << 26;

/// What became of a text of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    LookedFor,
    /// It has too few words.
    TooShort,
    /// Less than half of the words of each of its runs hold a letter.
    OfNumbers,
}

/// Gathers the n-grams of all sets.
pub struct Builder {
    ngram: Length,
    words_min: usize,
    /// First words of an n-gram that its bits are made of.
    head: Length,
    /// Hash and place of each n-gram.
    ngrams: Vec<(u64, u32)>,
    heads: Vec<u64>,
    ignored: BTreeSet<u64>,
    lengths: BTreeSet<usize>,
    files: Vec<File>,
    sets: u16,
    passages: Passages,
    /// Of the text in `passages`, how many of the first 0, 1, 2, … words hold a letter.
    letters: Vec<u32>,
    ngrams_max: usize,
}

/// A file of a set. Lines are numbered through all files, so that a place is one number.
struct File {
    path: Box<str>,
    set: u16,
    first_line: u32,
    lines: u32,
}

impl Builder {
    /// Nothing yet. `words_min` is the least length of a text that is shorter than an n-gram and looked for whole.
    pub fn new(ngram: usize, words_min: usize) -> Self {
        let head = Length::new(words_min.min(ngram));
        Self {
            ngram: Length::new(ngram),
            words_min,
            head,
            ngrams: Vec::new(),
            heads: Vec::new(),
            ignored: BTreeSet::new(),
            lengths: BTreeSet::new(),
            files: Vec::new(),
            sets: 0,
            passages: Passages::default(),
            letters: Vec::new(),
            ngrams_max: NGRAMS_MAX,
        }
    }

    /// What follows belongs to another set.
    pub fn begin_set(&mut self) {
        self.sets += 1;
    }

    /// What follows belongs to another file of the set.
    pub fn begin_file(&mut self, path: &str) {
        let first_line = self.files.last().map_or(0, |file| file.first_line + file.lines);
        self.files.push(File { path: path.into(), set: self.sets - 1, first_line, lines: 0 });
    }

    /// Takes in a text, and says whether anything of it is looked for.
    pub fn push(&mut self, line: usize, text: &str) -> Result<Taken, BadConfig> {
        let Some(length) = self.read(text) else { return Ok(Taken::TooShort) };
        let file = self.files.last_mut().expect("a file was begun before its texts");
        let place = u32::try_from(line).ok().and_then(|line| {
            file.lines = line + 1;
            file.first_line.checked_add(file.lines)
        });
        let runs = self.passages.words() + 1 - length.words();
        let Some(after) = place.filter(|_| self.ngrams.len() + runs <= self.ngrams_max) else {
            let message = format!("the sets hold more than {} n-grams", self.ngrams_max);
            return Err(BadConfig::new(message).with_hint("name the `fields` that matter, or take fewer sets"));
        };
        self.lengths.insert(length.words());
        let before = self.ngrams.len();
        for first in (0..runs).filter(|first| is_of_words(&self.letters, *first, length.words())) {
            self.ngrams.push((self.passages.run(first, length), after - 1));
            self.heads.push(self.passages.run(first, self.head));
        }
        Ok(if self.ngrams.len() > before { Taken::LookedFor } else { Taken::OfNumbers })
    }

    /// Leaves out all that lies within a phrase, of the texts that were taken in.
    pub fn ignore(&mut self, phrase: &str) -> Result<(), BadConfig> {
        if self.read(phrase).is_none() {
            let message = format!("ignore: `{phrase}` has less than {} words", self.head.words());
            return Err(BadConfig::new(message).with_hint("nothing so short is looked for: take the phrase out"));
        }
        for words in &self.lengths {
            self.ignored.extend(self.passages.runs(Length::new(*words)));
        }
        Ok(())
    }

    /// Reads a text; how long the runs are that are looked for, if any.
    fn read(&mut self, text: &str) -> Option<Length> {
        self.passages.read(text);
        self.letters.clear();
        self.letters.push(0);
        let mut letters = 0;
        for word in words(text).filter(|word| !word.is_mark) {
            letters += u32::from(word.text.contains(char::is_alphabetic));
            self.letters.push(letters);
        }
        match self.passages.words() {
            words if words >= self.ngram.words() => Some(self.ngram),
            words if words >= self.words_min => Some(Length::new(words)),
            _ => None,
        }
    }

    /// Puts everything in order.
    pub fn build(mut self) -> Index {
        let ignored = &self.ignored;
        self.ngrams.retain(|(hash, _)| !ignored.contains(hash));
        self.ngrams.sort_unstable();
        let set_of = |place: u32| self.files[file_of(&self.files, place)].set;
        let mut last = None;
        let mut ngrams_by_set = vec![0; usize::from(self.sets)];
        self.ngrams.retain(|(hash, place)| {
            let set = set_of(*place);
            let is_new = last.replace((*hash, set)) != Some((*hash, set));
            ngrams_by_set[usize::from(set)] += u64::from(is_new);
            is_new
        });
        Index {
            hashes: self.ngrams.iter().map(|(hash, _)| *hash).collect(),
            places: self.ngrams.iter().map(|(_, place)| *place).collect(),
            heads: Bits::of(&self.heads),
            head: self.head,
            lengths: self.lengths.iter().map(|words| Length::new(*words)).collect(),
            files: self.files,
            ngrams_by_set,
        }
    }
}

/// Whether at least half of the words of a run hold a letter. Numbers that count up, calendars and tables stand on
/// innocent pages everywhere.
fn is_of_words(letters: &[u32], first: usize, words: usize) -> bool {
    2 * (letters[first + words] - letters[first]) as usize >= words
}

/// All n-grams of all sets.
pub struct Index {
    /// In ascending order; a hash that several sets have stands here for each.
    hashes: Box<[u64]>,
    /// Place of the first text of the set that has it.
    places: Box<[u32]>,
    heads: Bits,
    head: Length,
    /// In ascending order.
    lengths: Box<[Length]>,
    files: Vec<File>,
    ngrams_by_set: Vec<u64>,
}

/// What of all sets a document holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Different n-grams.
    pub ngrams: usize,
    /// Words of the document that lie in them.
    pub covered: usize,
    /// Words of the document.
    pub words: usize,
    /// Numbers of the sets, in ascending order.
    pub sets: Vec<u16>,
    /// Place of the first n-gram in the document's order.
    pub first: u32,
}

impl Index {
    /// How many n-grams each set has.
    pub fn ngrams_by_set(&self) -> impl Iterator<Item = u64> {
        self.ngrams_by_set.iter().copied()
    }

    /// File and line of a place, in words.
    pub fn place(&self, place: u32) -> String {
        let file = &self.files[file_of(&self.files, place)];
        format!("{}:{}", file.path, place - file.first_line + 1)
    }

    /// What the text holds, if anything.
    pub fn find(&self, passages: &Passages) -> Option<Found> {
        let (mut first, mut hits) = (None, Hits::default());
        let (mut covered, mut covered_to) = (0, 0);
        for (at, head) in passages.runs(self.head).enumerate() {
            if !self.heads.may_hold(head) {
                continue;
            }
            let lengths = self.lengths.iter().take_while(|length| at + length.words() <= passages.words());
            for length in lengths {
                let Some(hit) = self.look_up(passages.run(at, *length)) else { continue };
                first.get_or_insert(hit);
                hits.push(hit);
                let end = at + length.words();
                covered += end - end.min(covered_to.max(at));
                covered_to = covered_to.max(end);
            }
        }
        let first = self.places[first? as usize];
        let hits = hits.distinct();
        let sets: BTreeSet<u16> = hits.iter().flat_map(|hit| self.sets_of(*hit)).collect();
        let sets = sets.into_iter().collect();
        Some(Found { ngrams: hits.len(), covered, words: passages.words(), sets, first })
    }

    /// Number of the first entry with this hash.
    fn look_up(&self, hash: u64) -> Option<u32> {
        let at = self.hashes.partition_point(|other| *other < hash);
        (self.hashes.get(at) == Some(&hash)).then_some(at as u32)
    }

    /// The sets of an n-gram, by the number of its first entry.
    fn sets_of(&self, hit: u32) -> impl Iterator<Item = u16> {
        let first = hit as usize;
        let same = self.hashes[first..].iter().take_while(move |hash| **hash == self.hashes[first]);
        same.zip(&self.places[first..]).map(|(_, place)| self.files[file_of(&self.files, *place)].set)
    }
}

/// Numbers, of which each counts once. Memory is that of the different ones, however often they come.
#[derive(Default)]
struct Hits {
    list: Vec<u32>,
}

impl Hits {
    fn push(&mut self, hit: u32) {
        if self.list.len() == self.list.capacity() {
            self.sort();
            self.list.reserve(self.list.len().max(1_024));
        }
        self.list.push(hit);
    }

    fn distinct(mut self) -> Vec<u32> {
        self.sort();
        self.list
    }

    fn sort(&mut self) {
        self.list.sort_unstable();
        self.list.dedup();
    }
}

fn file_of(files: &[File], place: u32) -> usize {
    files.partition_point(|file| file.first_line + file.lines <= place)
}

/// A set of hashes that may say yes of one that it does not hold, and never says no of one that it holds: of every hash
/// three bits of one 64-bit word (Putze et al. 2007, "Cache-, Hash- and Space-Efficient Bloom Filters").
struct Bits {
    words: Box<[u64]>,
    shift: u32,
}

impl Bits {
    /// With 16 to 32 bits a hash, some three in a thousand are held by mistake.
    fn of(hashes: &[u64]) -> Self {
        let words = (hashes.len() / 4).next_power_of_two().max(2);
        let mut bits = Self { words: vec![0; words].into(), shift: u64::BITS - words.ilog2() };
        for hash in hashes {
            let (word, mask) = bits.place(*hash);
            bits.words[word] |= mask;
        }
        bits
    }

    #[inline]
    fn may_hold(&self, hash: u64) -> bool {
        let (word, mask) = self.place(hash);
        self.words[word] & mask == mask
    }

    /// The upper bits of the mixed hash choose the word, lower ones the bits in it.
    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let mixed = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let bit = |shift: u32| 1_u64 << (mixed >> shift & 63);
        ((mixed >> self.shift) as usize, bit(0) | bit(6) | bit(12))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(from: u64) -> Vec<u64> {
        (from..from + 100_000).map(|number| xxhash_rust::xxh3::xxh3_64(&number.to_le_bytes())).collect()
    }

    #[test]
    fn bits_hold_what_they_were_made_of_and_little_else() {
        let bits = Bits::of(&hashes(0));
        assert!(hashes(0).iter().all(|hash| bits.may_hold(*hash)));
        let wrong = hashes(1 << 40).iter().filter(|hash| bits.may_hold(**hash)).count();
        assert!(wrong < 500, "{wrong} of 100,000");
        assert!(!Bits::of(&[]).may_hold(7));
    }

    #[test]
    fn repeated_hits_take_no_memory() {
        let mut hits = Hits::default();
        (0..1_000_000_u32).for_each(|number| hits.push(number % 3_000));
        assert!(hits.list.capacity() < 10_000, "{}", hits.list.capacity());
        assert_eq!(hits.distinct(), (0..3_000).collect::<Vec<_>>());
    }

    #[test]
    fn more_ngrams_than_memory_allows_are_refused() {
        let mut builder = Builder { ngrams_max: 10, ..Builder::new(2, 1) };
        builder.begin_set();
        builder.begin_file("a.txt");
        assert!(builder.push(0, "a b c d e f").is_ok_and(|taken| taken == Taken::LookedFor));
        let error = builder.push(1, "a b c d e f g").unwrap_err();
        assert_eq!(error.to_string(), "the sets hold more than 10 n-grams");
        assert!(builder.push(1, "a b c d e f").is_ok());
    }

    #[test]
    fn places_are_counted_through_all_files() {
        let mut builder = Builder::new(2, 1);
        for path in ["a.txt", "empty.txt", "b.txt"] {
            builder.begin_set();
            builder.begin_file(path);
            if path != "empty.txt" {
                builder.push(3, &format!("{path} x")).unwrap();
                builder.push(9, &format!("{path} y")).unwrap();
            }
        }
        let index = builder.build();
        let places: BTreeSet<String> = index.places.iter().map(|place| index.place(*place)).collect();
        assert_eq!(places.into_iter().collect::<Vec<_>>(), ["a.txt:10", "a.txt:4", "b.txt:10", "b.txt:4"]);
        assert_eq!(index.ngrams_by_set().collect::<Vec<_>>(), [2, 0, 2]);
    }
}
