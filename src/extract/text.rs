//! Chosen blocks into plain text.
//!
//! Paragraphs and headings are set apart by an empty line (`\n\n`), items of a list, rows of a table and lines of one
//! block by a line break (`\n`), cells of a row by a tab: filters that judge lines and paragraphs see both.
//! A cell that holds blocks of its own is layout, so what stands in it is set apart like paragraphs.
//! `pre` keeps its line breaks and indentation. A block of four words or more that stood before is left out, except
//! in `pre`: pages repeat their text for small screens and for readers without scripts. The text is in Unicode NFC.

use std::collections::HashSet;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use xxhash_rust::xxh3::xxh3_64;

use super::blocks::{Block, Blocks};
use super::html::context;
use super::html::tag::Tag;
use super::html::tree::{Page, Tree};

/// Words from which a repeated block is left out.
const REPEATED_WORDS_MIN: u32 = 4;

/// Memory of one thread, filled anew for each page.
#[derive(Default)]
pub struct Scratch {
    seen: HashSet<u64>,
}

/// The text of the blocks that `chosen` says.
pub fn render(page: Page<'_>, blocks: &Blocks, chosen: &[bool], scratch: &mut Scratch) -> String {
    scratch.seen.clear();
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for (block, _) in blocks.list.iter().zip(chosen).filter(|(_, chosen)| **chosen) {
        let text = blocks.text_of(block);
        let may_repeat = block.counts.words < REPEATED_WORDS_MIN || block.context & context::PRE != 0;
        if !may_repeat && !scratch.seen.insert(xxh3_64(text.as_bytes())) {
            continue;
        }
        if let Some(before) = before {
            out.push_str(between(page.tree, before, block));
        }
        out.push_str(text);
        before = Some(block);
    }
    normalized(out)
}

fn normalized(text: String) -> String {
    if !may_change(text.as_bytes()) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    text.nfc().collect()
}

/// Whether NFC may change anything: not where all characters lie below U+0300, typographic quotes and dashes (U+2002
/// to U+203F) aside. U+2000 and U+2001, which it would change, are spaces and have been squeezed.
fn may_change(text: &[u8]) -> bool {
    let harmless = |at: usize| text[at] < 0xCC || text[at] == 0xE2 && text.get(at + 1) == Some(&0x80);
    (0..text.len()).any(|at| !harmless(at))
}

/// What stands between two blocks that follow each other in the text.
fn between(tree: &Tree, before: &Block, after: &Block) -> &'static str {
    if before.container == after.container {
        // Parted by line breaks, or by a block that was not chosen.
        return if is_pre(before) && is_pre(after) { "\n" } else { "\n\n" };
    }
    if is_cell(before) && is_cell(after) {
        let (row_before, row_after) = (parent(tree, before.container), parent(tree, after.container));
        if row_before == row_after {
            return "\t";
        }
        if table_of(tree, row_before) == table_of(tree, row_after) {
            return "\n";
        }
    }
    if is_item(before) && is_item(after) && same_list(tree, before, after) {
        return "\n";
    }
    if is_pre(before) && is_pre(after) && same_pre(tree, before, after) {
        return "\n";
    }
    "\n\n"
}

fn is_pre(block: &Block) -> bool {
    block.context & context::PRE != 0
}

fn is_cell(block: &Block) -> bool {
    matches!(block.tag, Tag::Td | Tag::Th)
}

fn is_item(block: &Block) -> bool {
    matches!(block.tag, Tag::Li | Tag::Dt | Tag::Dd)
}

fn parent(tree: &Tree, node: u32) -> u32 {
    tree.nodes[node as usize].parent
}

/// The table of a row: its parent, or that of the section it is in.
fn table_of(tree: &Tree, row: u32) -> u32 {
    let above = parent(tree, row);
    if tree.nodes[above as usize].tag == Tag::Table { above } else { parent(tree, above) }
}

/// Items of one list, or of a list and one that lies in it.
fn same_list(tree: &Tree, before: &Block, after: &Block) -> bool {
    let (first, second) = (parent(tree, before.container), parent(tree, after.container));
    first == second || holds(tree, first, second) || holds(tree, second, first)
}

fn same_pre(tree: &Tree, before: &Block, after: &Block) -> bool {
    outermost_pre(tree, before.container) == outermost_pre(tree, after.container)
}

fn outermost_pre(tree: &Tree, node: u32) -> u32 {
    let mut at = node;
    while at != 0 && tree.nodes[parent(tree, at) as usize].context & context::PRE != 0 {
        at = parent(tree, at);
    }
    at
}

fn holds(tree: &Tree, outer: u32, inner: u32) -> bool {
    outer < inner && inner < tree.nodes[outer as usize].close
}
