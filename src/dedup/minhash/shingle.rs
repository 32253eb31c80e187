//! Hashes every run of n consecutive words of a text.
//!
//! The text is normalized once: its words in lower case, without marks, joined by one space. A shingle is then a slice of
//! the normalized text, hashed where it lies. Words are those of [`crate::document::words`], so scripts without spaces
//! give a word for each character.
//! A text of fewer than n words is one shingle; a text without a word has none.

use xxhash_rust::xxh3::xxh3_64;

use crate::document::words::words;

/// Buffers that are used again for every text, so that nothing is allocated a word.
#[derive(Clone, Debug, Default)]
pub struct Shingler {
    normalized: String,
    /// Where each word begins and ends in `normalized`.
    words: Vec<(u32, u32)>,
}

impl Shingler {
    /// Calls `each` with the hash of every shingle of `text`, in order, repeats included.
    pub fn for_each(&mut self, text: &str, shingle_words: usize, mut each: impl FnMut(u64)) {
        self.normalize(text);
        let bytes = self.normalized.as_bytes();
        let slice = |first: usize, last: usize| &bytes[self.words[first].0 as usize..self.words[last].1 as usize];
        match self.words.len() {
            0 => {}
            words if words < shingle_words => each(xxh3_64(slice(0, words - 1))),
            words => {
                (0..=words - shingle_words).for_each(|first| each(xxh3_64(slice(first, first + shingle_words - 1))))
            }
        }
    }

    fn normalize(&mut self, text: &str) {
        self.normalized.clear();
        self.words.clear();
        for word in words(text).filter(|word| !word.is_mark) {
            if !self.words.is_empty() {
                self.normalized.push(' ');
            }
            let start = self.normalized.len();
            if word.text.is_ascii() {
                self.normalized.push_str(word.text);
                self.normalized[start..].make_ascii_lowercase();
            } else {
                self.normalized.extend(word.text.chars().flat_map(char::to_lowercase));
            }
            self.words.push((place(start), place(self.normalized.len())));
        }
    }
}

fn place(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("the limit of a record keeps every text under 4 GiB")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn normalized_words(text: &str) -> Vec<String> {
        let mut shingler = Shingler::default();
        shingler.normalize(text);
        let word = |(start, end): &(u32, u32)| shingler.normalized[*start as usize..*end as usize].to_owned();
        shingler.words.iter().map(word).collect()
    }

    fn shingles(text: &str, n: usize) -> Vec<u64> {
        let mut hashes = Vec::new();
        Shingler::default().for_each(text, n, |hash| hashes.push(hash));
        hashes
    }

    #[test]
    fn words_are_lower_case_and_without_marks() {
        assert_eq!(normalized_words("The \"Quick\" brown-fox, 42!"), ["the", "quick", "brown", "fox", "42"]);
        assert_eq!(normalized_words("Éte\u{301} naïve ÜBER"), ["éte\u{301}", "naïve", "über"]);
    }

    #[test]
    fn scripts_without_spaces_are_split_by_character() {
        assert_eq!(normalized_words("東京は晴れ"), ["東", "京", "は", "晴", "れ"]);
        assert_eq!(normalized_words("한국어 문장"), ["한국어", "문장"]);
    }

    #[test]
    fn short_texts_are_one_shingle_and_empty_ones_none() {
        assert_eq!(shingles("", 5).len(), 0);
        assert_eq!(shingles("?!", 5).len(), 0);
        assert_eq!(shingles("a b c d", 5), [xxh3_64(b"a b c d")]);
        assert_eq!(shingles("a b c d e", 5), [xxh3_64(b"a b c d e")]);
        assert_eq!(shingles("A b, c d e f", 5), [xxh3_64(b"a b c d e"), xxh3_64(b"b c d e f")]);
    }

    proptest! {
        #[test]
        fn any_text_has_as_many_shingles_as_its_words_allow(text in "\\PC{0,60}", n in 1..7_usize) {
            let words = normalized_words(&text).len();
            let expected = if words == 0 { 0 } else { words.saturating_sub(n) + 1 };
            prop_assert_eq!(shingles(&text, n).len(), expected.max(usize::from(words > 0)));
        }

        #[test]
        fn case_and_marks_of_ascii_texts_make_no_difference(words in prop::collection::vec("[a-z0-9]{1,8}", 0..20)) {
            prop_assert_eq!(shingles(&words.join(" "), 3), shingles(&words.join(" ! ").to_uppercase(), 3));
        }
    }
}
