//! The words of a text as passages are compared by: as numbers, with their places.
//!
//! A text is cut by [`crate::text::words`]. Words that hold neither letter nor digit are left out, so punctuation, line
//! breaks and Markdown make no difference. Of the others each character counts in lower case, and the apostrophes
//! `’ ‘ ʼ ＇` count as `'`. Nothing else is changed: accents count, `dont` is not `don't`, and letters that Unicode can
//! write in two ways are compared as they are written.

use xxhash_rust::xxh3::xxh3_64;

use crate::text::words::words;

/// The words of one text. The memory is used again for the next.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// A hash of 64 bits for each word.
    pub hashes: Vec<u64>,
    /// Where each word begins and ends in the text, in bytes.
    pub places: Vec<(usize, usize)>,
    buffer: String,
}

impl Words {
    /// Takes in a text.
    pub fn read(&mut self, text: &str) {
        self.hashes.clear();
        self.places.clear();
        for word in words(text).filter(|word| !word.is_mark) {
            self.buffer.clear();
            push_normal(word.text, &mut self.buffer);
            self.hashes.push(xxh3_64(self.buffer.as_bytes()));
            self.places.push((word.start_bytes, word.start_bytes + word.text.len()));
        }
    }
}

/// The words of a text as they are compared.
pub fn normal_words(text: &str) -> Vec<String> {
    let normal = |word: &str| {
        let mut out = String::new();
        push_normal(word, &mut out);
        out
    };
    words(text).filter(|word| !word.is_mark).map(|word| normal(word.text)).collect()
}

fn push_normal(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match c {
            '’' | '‘' | 'ʼ' | '＇' => out.push('\''),
            c => out.extend(c.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_marks_and_apostrophes_make_no_difference() {
        let check = |text: &str, expected: &[&str]| assert_eq!(normal_words(text), expected);
        check("“Don’t — STOP!”\n\n* now", &["don't", "stop", "now"]);
        check("ПРАВА, Élan", &["права", "élan"]);
        check("... --- !", &[]);
        let mut words = Words::default();
        words.read("A b");
        let before = words.hashes.clone();
        words.read("a, B");
        assert_eq!((words.hashes, words.places), (before, vec![(0, 1), (3, 4)]));
    }
}
