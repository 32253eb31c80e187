//! The words of one text as numbers, counted once for all who count words.
//!
//! A word is its 64-bit hash and its length: two words are taken for one only if their hashes agree. Words of up to 16
//! bytes, which nearly all are, are hashed by one multiplication, longer ones by xxh3.

use std::cell::Cell;
use std::mem::take;
use std::ops::ControlFlow;

use xxhash_rust::xxh3::xxh3_64;

use super::characters::is_letter;
use super::splitter::Splitter;
use super::symbols::{is_punctuation, is_symbol};

/// The words of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordTable {
    /// Hash of each word, in their order; see [`word_hash`].
    pub hashes: Vec<u64>,
    /// Characters of all words before the one at the same place; one more entry than words.
    pub characters_before: Vec<u32>,
    /// Words that hold a letter.
    pub alphabetic: u64,
    /// Words that hold a letter or a number, so are no marks.
    pub alphanumeric: u64,
    /// Words that are more than symbols, in the sense of [`is_symbol`].
    pub plain: Plain,
    /// Words that are more than punctuation, in the sense of [`is_punctuation`], which holds less.
    pub plain_2024: Plain,
}

/// Words of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// How many.
    pub words: u64,
    /// Their characters.
    pub characters: u64,
}

impl Plain {
    fn add(&mut self, characters: u32) {
        self.words += 1;
        self.characters += u64::from(characters);
    }
}

/// What stands for a word in a [`WordTable`].
pub fn word_hash(word: &str) -> u64 {
    Short::of(word.as_bytes()).map_or_else(|| xxh3_64(word.as_bytes()), Short::hash)
}

/// A word of at most 16 bytes as a number: its bytes, the first lowest, and zeros behind them.
#[derive(Clone, Copy)]
struct Short {
    bytes: u128,
    length: usize,
}

/// Most bytes of a [`Short`].
const SHORT_BYTES_MAX: usize = 16;

impl Short {
    fn of(word: &[u8]) -> Option<Self> {
        let mut bytes = [0; SHORT_BYTES_MAX];
        bytes.get_mut(..word.len())?.copy_from_slice(word);
        Some(Self { bytes: u128::from_le_bytes(bytes), length: word.len() })
    }

    /// The same for a word that begins at `start` of a text, in one read that does not depend on its length.
    #[inline]
    fn within(text: &[u8], start: usize, length: usize) -> Option<Self> {
        let behind: &[u8; SHORT_BYTES_MAX] = text.get(start..)?.first_chunk()?;
        let unused = SHORT_BYTES_MAX.checked_sub(length)? as u32 * 8;
        let bytes = u128::from_le_bytes(*behind) & u128::MAX.checked_shr(unused)?;
        Some(Self { bytes, length })
    }

    /// Both halves of the product of the word's halves, made odd-looking by the first digits of the golden ratio and of the
    /// square root of 2.
    #[inline]
    fn hash(self) -> u64 {
        let (first, last) = (self.bytes as u64, (self.bytes >> 64) as u64);
        let product = u128::from(first ^ 0x9e37_79b9_7f4a_7c15)
            * u128::from(last ^ (self.length as u64) << 59 ^ 0x6a09_e667_f3bc_c909);
        (product as u64 ^ (product >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    #[inline]
    fn is_ascii(self) -> bool {
        self.bytes & 0x8080_8080_8080_8080_8080_8080_8080_8080 == 0
    }
}

/// The vectors of a table that is gone.
type Vectors = (Vec<u64>, Vec<u32>);

/// Largest vector that is kept, in entries: the words of 2 MiB of prose. What larger texts take is given back.
const KEPT_MAX: usize = 1 << 19;

thread_local! {
    /// What the next table of this thread is made in: fresh memory costs as much as counting.
    static USED: Cell<Option<Vectors>> = const { Cell::new(None) };
}

impl Drop for WordTable {
    fn drop(&mut self) {
        if (1..=KEPT_MAX).contains(&self.hashes.capacity()) {
            let (mut hashes, mut characters) = (take(&mut self.hashes), take(&mut self.characters_before));
            hashes.clear();
            characters.clear();
            // A thread that ends has nothing left to keep it in.
            let _ = USED.try_with(|used| used.set(Some((hashes, characters))));
        }
    }
}

impl WordTable {
    /// Counts the words of a text. Takes 12 bytes of memory a word.
    pub fn of(text: &str, splitter: Splitter) -> Self {
        let (mut hashes, mut characters_before) = USED.take().unwrap_or_default();
        hashes.reserve(text.len() / 5 + 1);
        characters_before.reserve(text.len() / 5 + 2);
        let mut table = Self { hashes, characters_before, ..Self::default() };
        let mut characters_before = 0_u32;
        splitter.words(text, |word| {
            // A word that is written otherwise than the text has it lies elsewhere, and begins nowhere in the text.
            let start = (word.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
            let short = Short::within(text.as_bytes(), start, word.len());
            let is_short_ascii = short.is_some_and(Short::is_ascii);
            table.hashes.push(short.map_or_else(|| word_hash(word), Short::hash));
            table.characters_before.push(characters_before);
            characters_before = characters_before.wrapping_add(table.count(word, is_short_ascii));
            ControlFlow::Continue(())
        });
        table.characters_before.push(characters_before);
        table
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether the text has no words.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Counts a word by its kinds and returns how many characters it has.
    #[inline]
    fn count(&mut self, word: &str, is_ascii: bool) -> u32 {
        let bytes = word.as_bytes();
        let characters = if is_ascii { bytes.len() as u32 } else { word.chars().count() as u32 };
        // Most words begin with a letter of ASCII, which settles all questions about them.
        if bytes[0].is_ascii_alphabetic() {
            self.alphabetic += 1;
            self.alphanumeric += 1;
            self.plain.add(characters);
            self.plain_2024.add(characters);
            return characters;
        }
        if is_ascii {
            // In ASCII whatever is neither letter, digit nor white space is a symbol.
            self.alphabetic += u64::from(bytes.iter().any(u8::is_ascii_alphabetic));
            if bytes.iter().any(u8::is_ascii_alphanumeric) {
                self.alphanumeric += 1;
                self.plain.add(characters);
                self.plain_2024.add(characters);
            }
            return characters;
        }
        self.alphabetic += u64::from(word.chars().any(is_letter));
        self.alphanumeric += u64::from(word.chars().any(char::is_alphanumeric));
        if !word.chars().all(is_punctuation) {
            self.plain_2024.add(characters);
            if !word.chars().all(is_symbol) {
                self.plain.add(characters);
            }
        }
        characters
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_counted_by_their_kinds() {
        let table = WordTable::of("Prix : 5 € , été । ok.", Splitter::SpacyEn);
        assert_eq!(table.len(), 9, "Prix : 5 € , été । ok .");
        assert_eq!((table.alphabetic, table.alphanumeric), (3, 4));
        assert_eq!(table.plain, Plain { words: 5, characters: 11 }, "Prix 5 € été ok");
        assert_eq!(table.plain_2024, Plain { words: 6, characters: 12 }, "the danda was no symbol then");
        assert_eq!(table.characters_before, [0, 4, 5, 6, 7, 8, 11, 12, 14, 15]);
        assert_eq!(table.hashes[0], word_hash("Prix"));
    }

    #[test]
    fn in_ascii_all_but_letters_digits_and_white_space_are_symbols() {
        for byte in (0..128_u8).map(char::from).filter(|byte| !byte.is_ascii_whitespace() && *byte != '\u{b}') {
            assert_eq!(is_symbol(byte), !byte.is_ascii_alphanumeric(), "{byte:?}");
            assert_eq!(is_punctuation(byte), !byte.is_ascii_alphanumeric(), "{byte:?}");
        }
    }

    #[test]
    fn a_text_without_words_has_an_empty_table() {
        for splitter in Splitter::ALL {
            assert!(WordTable::of(" \n", splitter).is_empty());
        }
    }

    #[test]
    fn words_have_the_same_hash_wherever_they_stand() {
        let text = "\"yes\" said the extraordinarily-long word, and the end";
        for splitter in Splitter::ALL {
            let table = WordTable::of(text, splitter);
            let mut place = 0;
            splitter.words(text, |word| {
                assert_eq!(table.hashes[place], word_hash(word), "{word}, {splitter:?}");
                place += 1;
                ControlFlow::Continue(())
            });
        }
    }

    proptest! {
        /// Words that differ in a byte or in their length have different hashes.
        #[test]
        fn different_words_have_different_hashes(word in "[ab0é]{1,18}", other in "[ab0é]{1,18}") {
            prop_assert_eq!(word == other, word_hash(&word) == word_hash(&other));
        }
    }
}
