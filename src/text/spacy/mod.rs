//! English words as spaCy 3.8 cuts them (`spacy.blank("en")`), and sentences as its `sentencizer` has them.
//!
//! Filters of other programs count these words, so their verdicts need them exactly. A text is cut at white space;
//! marks part from the beginning and the end of a piece until none is left, a web address stays whole, marks inside a
//! piece part by what stands beside them, and special cases go before all of it. The rules are one file each:
//! [`affixes`], [`url`], [`specials`], [`classes`]. Words that are white space, which spaCy has too, are left out.
//!
//! Pieces of letters, with one mark behind them or none, take a fast path. One rule is left out: special cases that
//! stretch over white space, which spaCy finds, never replaces, and lets hide shorter ones.

pub mod affixes;
pub mod classes;
mod sentences;
mod specials;
pub mod url;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::LazyLock;

pub use self::sentences::count_sentences;
use self::specials::{SPECIALS, Specials};
use crate::text::characters::is_space;

/// Calls `take` with every word in order, until it breaks.
pub fn words<'a>(text: &'a str, mut take: impl FnMut(&'a str) -> ControlFlow<()>) {
    let mut cutter = Cutter::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = skip_space(text, at) {
        let mut end = start;
        while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
            end += 1;
        }
        let letters = end;
        while let Some(&byte) = bytes.get(end) {
            match KINDS[usize::from(byte)] {
                Kind::Space => break,
                Kind::MayBeSpace if space_at(text, end) => break,
                _ => end += 1,
            }
        }
        at = end;
        if cutter.piece(text, (start, letters, end), &mut take).is_break() {
            return;
        }
    }
}

/// What a byte is for the search for white space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Other,
    /// The first byte of white space beyond ASCII, and of much else.
    MayBeSpace,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'\t'..=b'\r' | 0x1c..=0x1f | b' ' => Kind::Space,
            0xc2 | 0xe1 | 0xe2 | 0xe3 => Kind::MayBeSpace,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

/// Whether a character that is white space begins here.
fn space_at(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(is_space)
}

/// Where the next piece begins; none at the end of the text.
fn skip_space(text: &str, mut at: usize) -> Option<usize> {
    loop {
        match KINDS[usize::from(*text.as_bytes().get(at)?)] {
            Kind::Space => at += 1,
            Kind::MayBeSpace if space_at(text, at) => at += text[at..].chars().next().map_or(1, char::len_utf8),
            _ => return Some(at),
        }
    }
}

/// Cuts pieces between white space. Its buffers are used again for every piece.
struct Cutter {
    specials: &'static Specials,
    /// Where each word of the piece begins and ends.
    words: Vec<(usize, usize)>,
    /// What has parted from the end, the last first.
    ends: Vec<(usize, usize)>,
}

impl Cutter {
    fn new() -> Self {
        Self { specials: &SPECIALS, words: Vec::new(), ends: Vec::new() }
    }

    /// Cuts the piece from `start` to `end`, which begins with ASCII letters up to `letters`.
    #[inline]
    fn piece<'a>(
        &mut self,
        text: &'a str,
        (start, letters, end): (usize, usize, usize),
        take: &mut impl FnMut(&'a str) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let word = &text[start..letters];
        if letters == end {
            return letters_alone(self.specials, word, take);
        }
        if letters + 1 == end && letters > start {
            let mark = &text[letters..end];
            let parts = match mark.as_bytes()[0] {
                b',' | b';' | b':' | b'!' | b'?' | b')' | b'"' => true,
                // An abbreviation keeps its full stop, and so do a capital that stands alone and the `d` of `I'd.`.
                b'.' => {
                    text.as_bytes()[letters - 1].is_ascii_lowercase()
                        && !self.specials.contains(&text[start..end])
                        && self.specials.cuts_of_letters(word).is_none()
                }
                _ => false,
            };
            if parts {
                letters_alone(self.specials, word, take)?;
                return take(mark);
            }
        }
        let piece = &text[start..end];
        if piece.bytes().all(|byte| byte.is_ascii_digit()) || piece.chars().all(classes::is_cased) {
            return take(piece);
        }
        self.cut(piece, true);
        self.join_specials(piece);
        self.words.iter().try_for_each(|&(start, end)| take(&piece[start..end]))
    }

    /// Cuts a piece, which is not empty, by all rules but the one that joins special cases that cutting has parted.
    fn cut(&mut self, piece: &str, specials: bool) {
        self.words.clear();
        self.ends.clear();
        let table = self.specials;
        let is_special = |piece: &str| specials && table.contains(piece);
        let (mut start, mut end) = (0, piece.len());
        while start < end && !is_special(&piece[start..end]) {
            let prefix = affixes::prefix(&piece[start..end]);
            if prefix > 0 && is_special(&piece[start + prefix..end]) {
                self.words.push((start, start + prefix));
                start += prefix;
                break;
            }
            // What has parted from the beginning is not seen from the end, so the two never overlap.
            let suffix = affixes::suffix(&piece[start + prefix..end]);
            if suffix > 0 && is_special(&piece[start..end - suffix]) {
                self.ends.push((end - suffix, end));
                end -= suffix;
                break;
            }
            if prefix + suffix == 0 {
                break;
            }
            if prefix > 0 {
                self.words.push((start, start + prefix));
            }
            if suffix > 0 {
                self.ends.push((end - suffix, end));
            }
            (start, end) = (start + prefix, end - suffix);
        }
        self.cut_middle(piece, start, end, specials);
        self.words.extend(self.ends.iter().rev());
    }

    /// Cuts what is left of a piece when nothing parts from its beginning and end.
    fn cut_middle(&mut self, piece: &str, start: usize, end: usize, specials: bool) {
        let middle = &piece[start..end];
        if middle.is_empty() {
            return;
        }
        if let Some(cuts) = specials.then(|| self.specials.cuts(middle)).flatten() {
            push_cuts(&mut self.words, start, cuts);
            return;
        }
        if url::is_url(middle) {
            self.words.push((start, end));
            return;
        }
        let (mut word, mut from) = (0, 0);
        while let Some((infix, behind)) = affixes::infix(middle, from) {
            from = behind;
            // What stands at the very beginning cuts nothing.
            if infix == 0 {
                continue;
            }
            if infix > word {
                self.words.push((start + word, start + infix));
            }
            self.words.push((start + infix, start + behind));
            word = behind;
        }
        if word < middle.len() {
            self.words.push((start + word, end));
        }
    }

    /// Joins the words of special cases that the other rules have cut: the longest first, of equally long the first.
    fn join_specials(&mut self, piece: &str) {
        if self.words.len() < 2 {
            return;
        }
        let phrases_of = &*PHRASES;
        let word = |place: usize| self.words.get(place).map(|&(start, end)| &piece[start..end]);
        let mut found: Vec<(usize, usize)> = Vec::new();
        for start in 0..self.words.len() {
            let (Some(first), Some(second)) = (word(start), word(start + 1)) else { break };
            let phrases = phrases_of.beginning_with(first, second);
            let fits = |phrase: &&Phrase| phrase.iter().enumerate().all(|(nth, text)| word(start + nth) == Some(text));
            found.extend(phrases.iter().filter(fits).map(|phrase| (start, start + phrase.len())));
        }
        if found.is_empty() {
            return;
        }
        found.sort_by_key(|&(start, end)| (usize::MAX - (end - start), start));
        let mut seen = vec![false; self.words.len()];
        found.retain(|&(start, end)| {
            let is_free = !seen[start] && !seen[end - 1];
            seen[start..end].fill(true);
            is_free
        });
        found.sort_unstable();
        let mut joined = Vec::with_capacity(self.words.len());
        let mut next = 0;
        for (first, behind) in found {
            joined.extend_from_slice(&self.words[next..first]);
            let (start, end) = (self.words[first].0, self.words[behind - 1].1);
            push_cuts(&mut joined, start, self.specials.cuts(&piece[start..end]).unwrap_or_default());
            next = behind;
        }
        joined.extend_from_slice(&self.words[next..]);
        self.words = joined;
    }
}

/// A piece of ASCII letters, which is one word if it is no contraction that has lost its apostrophe.
#[inline]
fn letters_alone<'a>(
    specials: &Specials,
    piece: &'a str,
    take: &mut impl FnMut(&'a str) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Some(cuts) = specials.cuts_of_letters(piece) else {
        return take(piece);
    };
    let mut rest = piece;
    for &length in cuts {
        let (word, behind) = rest.split_at(usize::from(length));
        take(word)?;
        rest = behind;
    }
    ControlFlow::Continue(())
}

fn push_cuts(words: &mut Vec<(usize, usize)>, mut start: usize, cuts: &[u8]) {
    for &length in cuts {
        words.push((start, start + usize::from(length)));
        start += usize::from(length);
    }
}

/// The words that the other rules make of a special case.
type Phrase = Box<[Box<str>]>;

/// Special cases that the other rules cut, by the first two of the words that they make: a hundred begin with a colon,
/// and a text of nothing but smileys would ask all of them at every word.
struct Phrases {
    by_first: BTreeMap<Box<str>, BTreeMap<Box<str>, Vec<Phrase>>>,
    /// One bit for each hash of a first word: most words are none.
    bits: [u64; specials::BITS / 64],
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases { by_first: BTreeMap::new(), bits: [0; specials::BITS / 64] };
    let mut cutter = Cutter::new();
    for special in SPECIALS.iter() {
        cutter.cut(special, false);
        let phrase: Phrase = cutter.words.iter().map(|&(start, end)| special[start..end].into()).collect();
        // A word that stands alone is joined to itself, which changes nothing.
        if phrase.len() > 1 {
            let hash = specials::hash(phrase[0].as_bytes());
            phrases.bits[hash / 64] |= 1 << (hash % 64);
            let by_second = phrases.by_first.entry(phrase[0].clone()).or_default();
            by_second.entry(phrase[1].clone()).or_default().push(phrase);
        }
    }
    phrases
});

impl Phrases {
    #[inline]
    fn beginning_with(&self, first: &str, second: &str) -> &[Phrase] {
        let hash = specials::hash(first.as_bytes());
        if self.bits[hash / 64] >> (hash % 64) & 1 == 0 {
            return &[];
        }
        self.by_first.get(first).and_then(|by_second| by_second.get(second)).map(Vec::as_slice).unwrap_or_default()
    }
}
