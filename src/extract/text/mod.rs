//! Chosen blocks into text, plain or as Markdown.
//!
//! `outline.rs` finds what each chosen block stands in (items, quotes, `pre`, tables), `joints.rs` how far apart two
//! blocks stand, `plain.rs` and `markdown.rs` write. A block of four words or more that stood before is left out,
//! except in `pre`: pages repeat their text for small screens and for readers without scripts. `permalink.rs` leaves
//! out the signs by which headings link to themselves. The text is in Unicode
//! NFC. Work is linear in nodes and text.

mod code_language;
mod escape;
mod grid;
mod inline;
mod joints;
mod markdown;
mod outline;
mod permalink;
mod plain;
mod tag_numbers;

use std::ops::Range;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::blocks::{Block, Blocks};
use super::html::tree::Page;
use super::options::Format;
use outline::Outline;

/// Memory of one thread, filled anew for each page.
#[derive(Default)]
pub struct Scratch {
    outline: Outline,
    markdown: markdown::Scratch,
}

impl Scratch {
    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.outline.bytes()
    }
}

/// What text is made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The page.
    pub page: Page<'a>,
    /// Its blocks.
    pub blocks: &'a Blocks,
    /// For each block whether it is text.
    pub chosen: &'a [bool],
}

/// The text of the chosen blocks. Markdown takes blocks whose runs were kept.
pub fn render(source: Source<'_>, format: Format, scratch: &mut Scratch) -> String {
    scratch.outline.fill(source);
    normalized(match format {
        Format::Plain => plain::write(source, &scratch.outline),
        Format::Markdown => markdown::write(source, &scratch.outline, &mut scratch.markdown),
    })
}

impl<'a> Source<'a> {
    fn block(&self, index: u32) -> &'a Block {
        &self.blocks.list[index as usize]
    }

    fn text_of(&self, index: u32) -> &'a str {
        &self.blocks.text[self.range_of(index)]
    }

    /// The bytes of a block's text in [`Blocks::text`].
    fn range_of(&self, index: u32) -> Range<usize> {
        permalink::without(self.page, self.blocks, self.block(index))
    }
}

/// What may change is looked at from one ASCII character to the next, since nothing before such a one joins with it.
/// All else is copied.
fn normalized(text: String) -> String {
    let Some(mut first) = first_that_may_change(text.as_bytes()) else { return text };
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    loop {
        let bytes = rest.as_bytes();
        let start = bytes[..first].iter().rposition(u8::is_ascii).unwrap_or(0);
        let end = bytes[first..].iter().position(u8::is_ascii).map_or(bytes.len(), |length| first + length);
        out.push_str(&rest[..start]);
        let piece = &rest[start..end];
        if is_nfc_quick(piece.chars()) == IsNormalized::Yes {
            out.push_str(piece);
        } else {
            out.extend(piece.nfc());
        }
        rest = &rest[end..];
        match first_that_may_change(rest.as_bytes()) {
            Some(next) => first = next,
            None => break,
        }
    }
    out.push_str(rest);
    out
}

/// The first byte that NFC may change: none where all characters lie below U+0300 or among those that [`is_harmless`]
/// knows. U+2000 and U+2001, which it would change, are spaces and have been squeezed.
fn first_that_may_change(text: &[u8]) -> Option<usize> {
    const STEP: usize = 64;
    // The largest byte of a stretch is found many bytes at a time; most stretches have none to look at.
    text.chunks(STEP).enumerate().find_map(|(number, stretch)| {
        let largest = stretch.iter().fold(0, |largest, byte| largest.max(*byte));
        let start = number * STEP;
        let mut places = start..start + stretch.len();
        if largest < 0xCC { None } else { places.find(|&at| !is_harmless(&text[at..])) }
    })
}

/// Whether a character that begins here, or goes on, is left alone by NFC and joins with nothing: below U+0300,
/// punctuation and currency up to U+20BF, letterlike signs up to U+2125, and from U+FF00 on wide forms and U+FFFD.
fn is_harmless(text: &[u8]) -> bool {
    match *text {
        [0xE2, 0x80..=0x82, ..] | [0xE2, 0x84, 0..=0xA5, ..] | [0xEF, 0xBC..=0xBF, ..] => true,
        [first, ..] => first < 0xCC,
        [] => true,
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::canonical_combining_class;

    use super::*;

    #[test]
    fn what_is_taken_for_harmless_is_in_nfc_and_joins_with_nothing() {
        for character in ('\u{80}'..=char::MAX).filter(|character| !matches!(character, '\u{2000}' | '\u{2001}')) {
            let mut bytes = [0; 4];
            if first_that_may_change(character.encode_utf8(&mut bytes).as_bytes()).is_none() {
                assert_eq!(is_nfc_quick(std::iter::once(character)), IsNormalized::Yes, "{character:?}");
                assert_eq!(canonical_combining_class(character), 0, "{character:?}");
            }
        }
        assert_eq!(first_that_may_change("Æsop – “50 €” ™ \u{fffd} Ａ".as_bytes()), None);
        assert_eq!(first_that_may_change("2 \u{2126}".as_bytes()), Some(2));
    }

    #[test]
    fn pieces_come_out_as_the_whole_would() {
        let marks =
            ["\u{301}", "\u{327}", "é", "e", " ", "\n", "€", "\u{2126}", "ᄀ", "ᅡ", "ᆨ", "가", "\u{fffd}", "か\u{3099}"];
        let mut state = 1_usize;
        for length in 0..2_000 {
            let mut text = String::new();
            for _ in 0..length % 40 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(marks[(state >> 33) % marks.len()]);
            }
            assert_eq!(normalized(text.clone()), text.nfc().collect::<String>(), "{text:?}");
        }
    }
}
