//! Cuts `class`, `id`, `role` and `itemprop` into words, each kept as a hash.
//!
//! A word is a run of letters, cut where a capital follows a small letter: `postBody-2 entry` gives `post`, `body`
//! and `entry`. A value that is cut keeps its whole token as well (`postbody-2`). Words are language-independent
//! hints: what a site's makers call a part of a page says more than what stands in it.

use super::name_hash::{EMPTY, add_byte};

/// Words kept of one attribute.
pub const WORDS_MAX: usize = 24;

/// Appends the hashes of the words of `value`, at most [`WORDS_MAX`].
pub fn push_words(value: &[u8], words: &mut Vec<u32>) {
    let room = words.len() + WORDS_MAX;
    let mut at = 0;
    while at < value.len() && words.len() < room {
        if value[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }
        at = push_token(value, at, room, words);
    }
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

/// The words of the token at `start`, then the token itself if it is more than one word. Returns the byte after it.
fn push_token(value: &[u8], start: usize, room: usize, words: &mut Vec<u32>) -> usize {
    let (mut word, mut at, mut kind) = read_word(value, start);
    let mut token = word;
    push_word(word, at - start, room, words);
    if kind == BLANK {
        return at;
    }
    while kind != BLANK {
        if kind == OTHER {
            token = add_byte(token, value[at]);
            at += 1;
        }
        let word_start = at;
        (word, at, kind) = read_word(value, at);
        for &byte in &value[word_start..at] {
            token = add_byte(token, byte);
        }
        push_word(word, at - word_start, room, words);
    }
    push_word(token, usize::MAX, room, words);
    at
}

/// The hash of the word at `at`, the byte after it and what kind of byte that is; the end counts as a blank.
fn read_word(value: &[u8], mut at: usize) -> (u32, usize, u8) {
    let (mut word, mut before) = (EMPTY, OTHER);
    while let Some(&byte) = value.get(at) {
        let kind = KINDS[byte as usize];
        if kind == BLANK || kind == OTHER || before == SMALL && kind == CAPITAL {
            return (word, at, kind);
        }
        word = add_byte(word, byte);
        before = kind;
        at += 1;
    }
    (word, at, BLANK)
}

fn push_word(hash: u32, letters: usize, room: usize, words: &mut Vec<u32>) {
    if letters > 1 && words.len() < room {
        words.push(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::super::name_hash::name_hash;
    use super::*;

    fn check(value: &str, expected: &[&str]) {
        let mut words = Vec::new();
        push_words(value.as_bytes(), &mut words);
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
        let mut words = Vec::new();
        push_words("word ".repeat(1_000).as_bytes(), &mut words);
        assert_eq!(words.len(), WORDS_MAX);
    }
}
