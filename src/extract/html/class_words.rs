//! Cuts `class`, `id`, `role` and `itemprop` into words, each kept as a hash.
//!
//! A word is a run of letters, cut where a capital follows a small letter: `postBody-2 entry` gives `post`, `body`
//! and `entry`. A value that is cut keeps its whole token as well (`postbody-2`). Words are language-independent
//! hints: what a site's makers call a part of a page says more than what stands in it. Few elements are ever asked,
//! so words are not kept but cut out of the page for whoever asks.

use std::ops::Range;

use super::attribute::Name;
use super::name_hash::{EMPTY, add_byte};
use super::tag::Tag;
use super::tree::{Node, Page};

/// Words kept of one attribute.
pub const WORDS_MAX: usize = 24;

/// Calls `take` with the hash of each word of an element: those of its attributes in the order in which they are
/// written, and last the name of an element that is a custom one.
pub fn each_of(page: Page<'_>, node: &Node, mut take: impl FnMut(u32)) {
    each_value(page, node, |value| each(&page.source.as_bytes()[value], &mut take));
    if node.tag == Tag::Unknown {
        take(node.hash);
    }
}

/// Calls `take` with the place in the page of each value of an element that is cut into words.
pub fn each_value(page: Page<'_>, node: &Node, mut take: impl FnMut(Range<usize>)) {
    for attribute in page.attributes(node) {
        let (start, end) = (attribute.start as usize, attribute.end as usize);
        match attribute.name {
            Name::Itemtype => take(last_segment(page.source.as_bytes(), start..end)),
            Name::Class | Name::Id | Name::Itemprop | Name::DataTestid | Name::Role => take(start..end),
            _ => {}
        }
    }
}

/// Calls `take` with the hash of each word of a value, at most [`WORDS_MAX`].
pub fn each(value: &[u8], take: &mut impl FnMut(u32)) {
    let mut words = Words { value, at: 0, room: WORDS_MAX, take };
    while words.at < value.len() && words.room > 0 {
        if value[words.at].is_ascii_whitespace() {
            words.at += 1;
        } else {
            words.token();
        }
    }
}

/// The last segment of an address: the name of a kind of thing in a vocabulary.
fn last_segment(page: &[u8], address: Range<usize>) -> Range<usize> {
    let address = address.start..address.start + page[address].trim_ascii_end().len();
    let before = page[address.clone()].iter().rposition(|byte| matches!(byte, b'/' | b'#'));
    before.map_or(address.start, |at| address.start + at + 1)..address.end
}

const OTHER: u8 = 0;
const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const BLANK: u8 = 3;
const KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => BLANK,
            _ => OTHER,
        };
        byte += 1;
    }
    kinds
}

/// A value that is being cut.
struct Words<'a, F> {
    value: &'a [u8],
    at: usize,
    /// How many words may still come.
    room: usize,
    take: &'a mut F,
}

impl<F: FnMut(u32)> Words<'_, F> {
    /// Takes the words of the token here, then the token itself if it is more than one word.
    fn token(&mut self) {
        let start = self.at;
        let (mut word, mut kind) = self.read_word();
        let mut token = word;
        self.push(word, self.at - start);
        if kind == BLANK {
            return;
        }
        while kind != BLANK {
            if kind == OTHER {
                token = add_byte(token, self.value[self.at]);
                self.at += 1;
            }
            let start = self.at;
            (word, kind) = self.read_word();
            for &byte in &self.value[start..self.at] {
                token = add_byte(token, byte);
            }
            self.push(word, self.at - start);
        }
        self.push(token, usize::MAX);
    }

    /// Reads a word; says its hash and what kind of byte follows. The end counts as a blank.
    fn read_word(&mut self) -> (u32, u8) {
        let (mut word, mut before) = (EMPTY, OTHER);
        while let Some(&byte) = self.value.get(self.at) {
            let kind = KINDS[byte as usize];
            if kind == BLANK || kind == OTHER || before == SMALL && kind == CAPITAL {
                return (word, kind);
            }
            word = add_byte(word, byte);
            before = kind;
            self.at += 1;
        }
        (word, BLANK)
    }

    fn push(&mut self, hash: u32, letters: usize) {
        if letters > 1 && self.room > 0 {
            self.room -= 1;
            (self.take)(hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::name_hash::name_hash;
    use super::*;

    fn check(value: &str, expected: &[&str]) {
        let mut words = Vec::new();
        each(value.as_bytes(), &mut |word| words.push(word));
        let expected: Vec<u32> = expected.iter().map(|word| name_hash(word.as_bytes())).collect();
        assert_eq!(words, expected, "{value}");
    }

    #[test]
    fn values_are_cut_at_spaces_marks_and_capitals() {
        check("post", &["post"]);
        check("  Post entry ", &["post", "entry"]);
        check("postBody", &["post", "body", "postbody"]);
        check("post-12", &["post", "post-12"]);
        check("a b2", &["b2"]);
        check("", &[]);
    }

    #[test]
    fn words_are_capped() {
        let mut words = 0;
        each("word ".repeat(1_000).as_bytes(), &mut |_| words += 1);
        assert_eq!(words, WORDS_MAX);
    }
}
