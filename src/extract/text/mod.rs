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

/// Line by line, since a line break joins with nothing: what is in NFC already is copied.
fn normalized(text: String) -> String {
    if !may_change(text.as_bytes()) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if may_change(line.as_bytes()) && is_nfc_quick(line.chars()) != IsNormalized::Yes {
            out.extend(line.nfc());
        } else {
            out.push_str(line);
        }
    }
    out
}

/// Whether NFC may change anything: not where all characters lie below U+0300, typographic quotes and dashes (U+2002
/// to U+203F) aside. U+2000 and U+2001, which it would change, are spaces and have been squeezed.
fn may_change(text: &[u8]) -> bool {
    const STEP: usize = 64;
    let harmless = |at: usize| text[at] < 0xCC || text[at] == 0xE2 && text.get(at + 1) == Some(&0x80);
    // The largest byte of a stretch is found many bytes at a time; most stretches have none to look at.
    text.chunks(STEP).enumerate().any(|(number, stretch)| {
        let largest = stretch.iter().fold(0, |largest, byte| largest.max(*byte));
        let start = number * STEP;
        largest >= 0xCC && (start..start + stretch.len()).any(|at| !harmless(at))
    })
}
