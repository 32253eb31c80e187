//! How far apart two pieces of text stand that follow each other.
//!
//! Items of a list stand on lines, unless one of the two holds several blocks: then an empty line sets apart all of
//! them. Cells of a table that is no data stand side by side if text stands in them directly, and apart if they hold
//! blocks of their own.

use super::super::blocks::Block;
use super::super::html::tag::Tag;
use super::super::html::tree::Tree;
use super::Source;
use super::outline::{At, Entry};

/// What stands between two entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Nothing, since nothing stands before.
    Start,
    /// They are cells of one row.
    Cells,
    /// They are lines of one thing: of a table, a list or a `pre`.
    Lines,
    /// They stand apart.
    Apart,
}

/// What stands before the entry at `index`.
pub fn before(source: Source<'_>, entries: &[Entry], index: usize) -> Joint {
    let Some(previous) = index.checked_sub(1) else { return Joint::Start };
    let (first, second) = (&entries[previous], &entries[index]);
    if first.grid.is_some() || second.grid.is_some() {
        return Joint::Apart;
    }
    let tree = source.page.tree;
    if first.at.pre != 0 && first.at.pre == second.at.pre {
        return Joint::Lines;
    }
    let (before, after) = (source.block(first.block), source.block(second.block));
    if before.container == after.container {
        return Joint::Apart;
    }
    if let Some(joint) = between_cells(tree, before, after) {
        return joint;
    }
    let is_alone = |at: usize| entries.get(at).is_none_or(|entry| entry.at.item != second.at.item);
    let was_alone = previous.checked_sub(1).is_none_or(|at| entries[at].at.item != first.at.item);
    if are_items(tree, first.at, second.at) && was_alone && is_alone(index + 1) {
        return Joint::Lines;
    }
    Joint::Apart
}

fn between_cells(tree: &Tree, before: &Block, after: &Block) -> Option<Joint> {
    let is_cell = |block: &Block| matches!(block.tag, Tag::Td | Tag::Th);
    if !is_cell(before) || !is_cell(after) {
        return None;
    }
    let (first, second) = (parent(tree, before.container), parent(tree, after.container));
    if first == second {
        return Some(Joint::Cells);
    }
    (table_of(tree, first) == table_of(tree, second)).then_some(Joint::Lines)
}

/// An item and one after it, of one list or of a list and one that lies in it. Text that goes on with an outer item
/// after a list inside it is no item after.
fn are_items(tree: &Tree, first: At, second: At) -> bool {
    let is_one_list =
        || first.list == second.list || holds(tree, first.list, second.list) || holds(tree, second.list, first.list);
    first.item != 0 && first.item < second.item && is_one_list()
}

fn holds(tree: &Tree, outer: u32, inner: u32) -> bool {
    outer < inner && inner < tree.nodes[outer as usize].close
}

fn parent(tree: &Tree, node: u32) -> u32 {
    tree.nodes[node as usize].parent
}

/// The table of a row: its parent, or that of the section it is in.
fn table_of(tree: &Tree, row: u32) -> u32 {
    let above = parent(tree, row);
    if tree.nodes[above as usize].tag == Tag::Table { above } else { parent(tree, above) }
}
