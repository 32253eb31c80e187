//! Counts of a block's text that mean the same in every language: words, sentence ends, digits.
//!
//! A word is a run of letters and digits, as `\w+` has it. Scripts that put no space between words would be one word
//! a sentence, so two Han or kana characters count as a word, and four of Thai, Lao, Khmer, Myanmar or Tibetan.

use super::eight;

/// What was counted in one block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words.
    pub words: u32,
    /// Words in links.
    pub linked_words: u32,
    /// Marks that end sentences, of all scripts; a full stop counts only before white space or the end.
    pub sentence_marks: u32,
    /// Commas and the like, of all scripts.
    pub commas: u32,
    /// Digits, ASCII only.
    pub digits: u32,
}

/// Counts runs of text as they are appended to a block.
#[derive(Default)]
pub struct Counter {
    /// What was counted since [`Counter::begin`].
    pub counts: Counts,
    in_word: bool,
    unspaced: u32,
    stop_pending: bool,
}

/// From U+00C0 up to here all is letters: what follows is the first mark that ends sentences in another script.
const ALPHABETS_END: char = '\u{589}';

const WORD: u8 = 1;
const DIGIT: u8 = 2;
const STOP: u8 = 3;
const MARK: u8 = 4;
const COMMA: u8 = 5;
const BLANK: u8 = 6;
const ASCII: [u8; 128] = ascii();

const fn ascii() -> [u8; 128] {
    let mut kinds = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => WORD,
            b'0'..=b'9' => DIGIT,
            b'.' => STOP,
            b'!' | b'?' => MARK,
            b',' | b';' => COMMA,
            b' ' | b'\n' | b'\t' => BLANK,
            _ => 0,
        };
        byte += 1;
    }
    kinds
}

impl Counter {
    /// A new block begins.
    pub fn begin(&mut self) {
        *self = Self::default();
    }

    /// The block ends: a full stop at its end ends a sentence.
    pub fn end(&mut self) -> Counts {
        self.counts.sentence_marks += u32::from(self.stop_pending);
        self.stop_pending = false;
        self.counts
    }

    /// Counts a run that has been appended to the block.
    pub fn add(&mut self, text: &str, is_link: bool) {
        let words_before = self.counts.words;
        let mut at = 0;
        loop {
            while let Some(word) = eight::load(text.as_bytes(), at)
                && self.eight(word)
            {
                at += 8;
            }
            if at >= text.len() {
                break;
            }
            at = self.one_by_one(text, at);
        }
        if is_link {
            self.counts.linked_words += self.counts.words - words_before;
        }
    }

    /// Counts eight bytes, unless they hold something that has to be looked at one by one.
    #[inline]
    fn eight(&mut self, word: u64) -> bool {
        if !eight::is_ascii(word) || self.stop_pending || eight::equal(word, b'.') != 0 {
            return false;
        }
        let digits = eight::between(word, b'0', b'9');
        let letters = eight::between(word | 0x2020_2020_2020_2020, b'a', b'z');
        let in_words = letters | digits | eight::between(word, b'_', b'_');
        self.counts.words += eight::count(eight::first_of_runs(in_words, self.in_word));
        self.counts.digits += eight::count(digits);
        let marks = eight::between(word, b'!', b'!') | eight::between(word, b'?', b'?');
        self.counts.sentence_marks += eight::count(marks);
        let commas = eight::between(word, b',', b',') | eight::between(word, b';', b';');
        self.counts.commas += eight::count(commas);
        self.in_word = eight::is_last(in_words);
        true
    }

    /// Counts what the next eight bytes begin, and returns where the next character stands.
    fn one_by_one(&mut self, text: &str, mut at: usize) -> usize {
        let end = (at + 8).min(text.len());
        while at < end {
            let byte = text.as_bytes()[at];
            if byte < 0x80 {
                self.ascii(ASCII[usize::from(byte)]);
                at += 1;
            } else {
                let character = text[at..].chars().next().unwrap_or(' ');
                self.other(character);
                at += character.len_utf8();
            }
        }
        at
    }

    #[inline]
    fn ascii(&mut self, kind: u8) {
        match kind {
            WORD | DIGIT => {
                self.counts.words += u32::from(!self.in_word);
                self.counts.digits += u32::from(kind == DIGIT);
                self.in_word = true;
                self.stop_pending = false;
                return;
            }
            STOP => self.stop_pending = true,
            MARK => self.counts.sentence_marks += 1,
            COMMA => self.counts.commas += 1,
            BLANK => {
                self.counts.sentence_marks += u32::from(self.stop_pending);
                self.stop_pending = false;
            }
            _ => {}
        }
        self.in_word = false;
    }

    fn other(&mut self, character: char) {
        // Latin, Greek and Cyrillic need no search among the ranges below.
        if character < ALPHABETS_END {
            let is_letter = character > '\u{bf}';
            self.counts.words += u32::from(is_letter && !self.in_word);
            (self.in_word, self.stop_pending) = (is_letter, false);
            return;
        }
        match character {
            '。' | '！' | '？' | '｡' | '…' | '．' | '।' | '॥' | '؟' | '۔' | '։' | '።' | '፧' | '។' | '၊' | '။' | '‽' =>
            {
                self.counts.sentence_marks += 1;
                self.in_word = false;
            }
            '，' | '、' | '；' | '،' | '؛' | '፣' | '､' => {
                self.counts.commas += 1;
                self.in_word = false;
            }
            '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => self.unspaced(1),
            '々'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{3041}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => {
                self.unspaced(2);
            }
            '\u{2000}'..='\u{2bff}'
            | '\u{3000}'..='\u{3004}'
            | '\u{3006}'..='\u{3040}'
            | '\u{ff00}'..='\u{ff0f}'
            | '\u{ff1a}'..='\u{ff20}'
            | '\u{ff3b}'..='\u{ff40}'
            | '\u{ff5b}'..='\u{ff65}' => {
                self.in_word = false;
            }
            _ => {
                self.counts.words += u32::from(!self.in_word);
                self.in_word = true;
            }
        }
        self.stop_pending = false;
    }

    /// A character of a script without spaces is a quarter of a word, or half of one.
    fn unspaced(&mut self, quarters: u32) {
        self.unspaced += quarters;
        if !self.in_word || self.unspaced >= 4 {
            self.counts.words += 1;
            self.unspaced = 0;
        }
        self.in_word = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: u32, sentence_marks: u32) {
        let mut counter = Counter::default();
        counter.add(text, false);
        let counts = counter.end();
        assert_eq!((counts.words, counts.sentence_marks), (words, sentence_marks), "{text}");
    }

    #[test]
    fn words_and_sentences_are_counted_in_every_script() {
        check("", 0, 0);
        check("One two, three. Four 5.6 v1.", 7, 2);
        check("Really?! Yes", 2, 2);
        check("Привет, мир. Как дела?", 4, 2);
        check("naïve façade", 2, 0);
        check("我们今天去公园。", 4, 1);
        check("人々：ｶﾀｶﾅ", 3, 0);
        check("यह एक वाक्य है।", 4, 1);
        check("هل أنت هنا؟", 3, 1);
    }

    #[test]
    fn words_in_links_are_counted_across_runs() {
        let mut counter = Counter::default();
        counter.add("see the ", false);
        counter.add("full text", true);
        counter.add(" here", false);
        assert_eq!(counter.end(), Counts { words: 5, linked_words: 2, ..Counts::default() });
    }
}
