//! The sign beside a heading that links to the heading itself: `#`, `¶` and the like. It is a button and no text.
//!
//! Only a link whose whole text is such a sign counts, at the beginning or the end of a heading: `C #` and `#1` stay.

use std::ops::Range;

use super::super::blocks::{Block, Blocks};
use super::super::html::context;
use super::super::html::tree::Page;

/// Signs that documentation tools and weblogs put there.
const SIGNS: [char; 6] = ['#', '¶', '§', '🔗', '⚓', '∞'];
/// Longest way to write one, as a reference.
const WRITTEN_BYTES_MAX: usize = 10;

/// The bytes of a block's text in [`Blocks::text`], without the signs; empty if there is nothing else.
pub fn without(page: Page<'_>, blocks: &Blocks, block: &Block) -> Range<usize> {
    let (mut start, mut end) = (block.start as usize, block.end as usize);
    if block.heading_level == 0 {
        return start..end;
    }
    let text = &blocks.text[start..end];
    if is_sign(page, block.last)
        && let Some(rest) = text.strip_suffix(SIGNS)
    {
        end = start + rest.trim_end().len();
    }
    let text = &blocks.text[start..end];
    if is_sign(page, block.first)
        && let Some(rest) = text.strip_prefix(SIGNS)
    {
        start = end - rest.trim_start().len();
    }
    start..end
}

/// Whether a text node is a link of one sign.
fn is_sign(page: Page<'_>, node: u32) -> bool {
    let node = &page.tree.nodes[node as usize];
    let written = page.written(node).trim();
    node.context & context::LINK != 0
        && written.len() <= WRITTEN_BYTES_MAX
        && (written.starts_with('&') && written.ends_with(';') || written.chars().count() == 1)
}
