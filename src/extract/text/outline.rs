//! What each chosen block stands in: items of lists, quotes, `pre` and tables of data.
//!
//! One walk over the nodes of the page, with the lists, items, quotes and so on that are open on a stack. What a text
//! format marks at the beginning of lines is a frame; frames know the frame around them. An item that holds a
//! heading or a whole page of blocks is a card and not an item, and gets no frame; nor does what lies deeper than
//! [`DEPTH_MAX`].

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64;

use super::super::html::context;
use super::super::html::tag::Tag;
use super::super::html::tree::Node;
use super::grid::Grids;
use super::{Source, tag_numbers};

/// Words from which a repeated block is left out.
const REPEATED_WORDS_MIN: u32 = 4;
/// Blocks that make an item a card, if no item inside comes before.
const CARD_BLOCKS_MIN: usize = 8;
/// Blocks looked at to tell a card, those left out included.
const CARD_BLOCKS_SEEN_MAX: usize = 32;
/// Most frames around a block.
pub const DEPTH_MAX: usize = 12;
/// Largest number of an item: Markdown reads nine digits.
const NUMBER_MAX: i64 = 999_999_999;

/// A block, or a table of data, that is part of the text.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The block; of a table its first.
    pub block: u32,
    /// Table of data in [`Grids::list`].
    pub grid: Option<u32>,
    /// What it stands in.
    pub at: At,
}

/// What a block stands in. Nodes are 0 where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// Innermost frame in [`Outline::frames`]; the first stands for none.
    pub frame: u32,
    /// Node of the innermost item, term or definition.
    pub item: u32,
    /// Node of the list it is in.
    pub list: u32,
    /// Node of the outermost `pre`.
    pub pre: u32,
}

/// What begins lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing: the page itself.
    None,
    /// A quotation.
    Quote,
    /// An item without a number.
    Bullet,
    /// An item with a number.
    Number(u32),
}

/// Something that marks the lines inside it.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The frame around it.
    pub parent: u32,
    /// How many frames are around it.
    pub depth: u8,
    /// What it is.
    pub mark: Mark,
    /// Whether an entry stands in it.
    used: bool,
}

/// The chosen blocks of a page, repeated ones left out, with what they stand in.
#[derive(Default)]
pub struct Outline {
    /// In document order; of a table what stands in no cell, such as its caption, comes first.
    pub entries: Vec<Entry>,
    /// The first stands for the page.
    pub frames: Vec<Frame>,
    /// Tables of data.
    pub grids: Grids,
    open: Vec<Open>,
    seen: HashSet<u64>,
}

/// An element that is open.
#[derive(Clone, Copy)]
struct Open {
    close: u32,
    kind: Kind,
    at: At,
}

#[derive(Clone, Copy)]
enum Kind {
    Other,
    List {
        /// Number of the next item, in a list that counts.
        next: Option<i64>,
        /// Frame of the item or term before.
        last: u32,
    },
}

impl Outline {
    /// Finds what the chosen blocks stand in. What was here before is forgotten, its memory is used again.
    pub fn fill(&mut self, source: Source<'_>) {
        self.entries.clear();
        self.frames.clear();
        self.grids.clear();
        self.open.clear();
        self.seen.clear();
        self.frames.push(Frame { parent: 0, depth: 0, mark: Mark::None, used: true });
        self.open.push(Open { close: u32::MAX, kind: Kind::Other, at: At::default() });
        let (mut node, mut block) = (1, 0);
        while let Some(next) = (block..source.chosen.len()).find(|&block| source.chosen[block]) {
            block = match self.walk_to(source, &mut node, next) {
                Some(table) => self.enter_table(source, table, next),
                None => {
                    self.push_block(source, next as u32);
                    next + 1
                }
            };
        }
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.entries.capacity() * size_of::<Entry>() + self.frames.capacity() * size_of::<Frame>() + self.grids.bytes()
    }

    /// Opens what a block stands in. Ends before it at a table of data, and returns its node.
    fn walk_to(&mut self, source: Source<'_>, node: &mut usize, block: usize) -> Option<usize> {
        let nodes = &source.page.tree.nodes;
        let target = source.blocks.list[block].first;
        while *node < target as usize {
            let index = *node;
            self.leave(index as u32);
            let inside = &nodes[index];
            if inside.close <= target {
                if inside.tag == Tag::Li {
                    self.count_item(source, inside);
                }
                *node = inside.close as usize;
                continue;
            }
            *node += 1;
            if inside.tag == Tag::Table && self.grids.read(source, index, block) {
                *node = inside.close as usize;
                return Some(index);
            }
            self.enter(source, index as u32, block);
        }
        self.leave(target);
        None
    }

    fn leave(&mut self, index: u32) {
        while self.open.last().is_some_and(|open| open.close <= index) {
            self.open.pop();
        }
    }

    fn top(&self) -> Open {
        self.open.last().copied().unwrap_or(Open { close: u32::MAX, kind: Kind::Other, at: At::default() })
    }

    fn enter(&mut self, source: Source<'_>, index: u32, block: usize) {
        let node = &source.page.tree.nodes[index as usize];
        let Open { kind: around, mut at, .. } = self.top();
        let mut kind = Kind::Other;
        match node.tag {
            Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir | Tag::Dl => {
                at.frame = self.below_last(around, at.frame);
                let counts = node.tag == Tag::Ol;
                let start = tag_numbers::number(source.page.written(node), "start").unwrap_or(1);
                kind = Kind::List { next: counts.then_some(start), last: 0 };
            }
            Tag::Li | Tag::Dt | Tag::Dd => {
                if node.tag == Tag::Dd {
                    at.frame = self.below_last(around, at.frame);
                }
                let mark = if node.tag == Tag::Li { self.count_item(source, node) } else { Mark::Bullet };
                let is_card = is_card(source, index, block);
                at.frame = if is_card { at.frame } else { self.add_frame(at.frame, mark) };
                if node.tag != Tag::Dd {
                    self.remember_last(at.frame);
                }
                (at.item, at.list) = (index, node.parent);
            }
            Tag::Blockquote => at.frame = self.add_frame(at.frame, Mark::Quote),
            _ if node.context & context::PRE != 0 && at.pre == 0 => at.pre = index,
            _ => return,
        }
        self.open.push(Open { close: node.close, kind, at });
    }

    /// A list that lies in a list but in no item of it, and a definition, belong to the item or term before.
    fn below_last(&self, around: Kind, frame: u32) -> u32 {
        match around {
            Kind::List { last, .. } if last != 0 && self.frames[last as usize].used => last,
            _ => frame,
        }
    }

    fn remember_last(&mut self, frame: u32) {
        if let Some(Open { kind: Kind::List { last, .. }, .. }) = self.open.last_mut() {
            *last = frame;
        }
    }

    /// The mark of an item; the list goes on counting.
    fn count_item(&mut self, source: Source<'_>, item: &Node) -> Mark {
        let Some(Open { kind: Kind::List { next: Some(next), .. }, .. }) = self.open.last_mut() else {
            return Mark::Bullet;
        };
        let number = tag_numbers::number(source.page.written(item), "value").unwrap_or(*next);
        *next = number.saturating_add(1);
        if (0..=NUMBER_MAX).contains(&number) { Mark::Number(number as u32) } else { Mark::Bullet }
    }

    /// A frame inside another. An item in which nothing stood yet gives way to an item inside it.
    fn add_frame(&mut self, around: u32, mark: Mark) -> u32 {
        let outer = self.frames[around as usize];
        let parent = if outer.used || outer.mark == Mark::Quote || mark == Mark::Quote { around } else { outer.parent };
        let depth = self.frames[parent as usize].depth;
        if usize::from(depth) >= DEPTH_MAX {
            return parent;
        }
        self.frames.push(Frame { parent, depth: depth + 1, mark, used: false });
        self.frames.len() as u32 - 1
    }

    fn use_frames(&mut self, mut frame: u32) {
        while !self.frames[frame as usize].used {
            self.frames[frame as usize].used = true;
            frame = self.frames[frame as usize].parent;
        }
    }

    fn push_block(&mut self, source: Source<'_>, block: u32) {
        if is_new(source, block, &mut self.seen) {
            let at = self.top().at;
            self.use_frames(at.frame);
            self.entries.push(Entry { block, grid: None, at });
        }
    }

    /// Adds a table of data, after what stands in it but in none of its cells. Returns the block after it.
    fn enter_table(&mut self, source: Source<'_>, table: usize, first: usize) -> usize {
        let close = source.page.tree.nodes[table].close;
        let inside = source.blocks.list[first..].iter().take_while(|block| block.first < close).count();
        let mut in_cell = self.grids.blocks_before_last();
        for block in first as u32..(first + inside) as u32 {
            if self.grids.blocks.get(in_cell) == Some(&block) {
                in_cell += 1;
            } else if source.chosen[block as usize] {
                self.push_block(source, block);
            }
        }
        let seen = &mut self.seen;
        if self.grids.retain(|block| is_new(source, block, seen)) {
            let at = self.top().at;
            self.use_frames(at.frame);
            let grid = Some(self.grids.list.len() as u32 - 1);
            self.entries.push(Entry { block: first as u32, grid, at });
        }
        first + inside
    }
}

/// Whether an item, whose first chosen block is given, is a card: a part of the page and not of a list.
fn is_card(source: Source<'_>, item: u32, first: usize) -> bool {
    let close = source.page.tree.nodes[item as usize].close;
    let seen = (first..source.chosen.len()).take(CARD_BLOCKS_SEEN_MAX).filter(|block| source.chosen[*block]);
    let inside = seen.map(|block| &source.blocks.list[block]).take_while(|block| block.first < close);
    for (count, block) in inside.enumerate() {
        if block.heading_level > 0 || count + 1 == CARD_BLOCKS_MIN {
            return true;
        }
        if matches!(block.tag, Tag::Li | Tag::Dt | Tag::Dd) && block.container != item {
            return false;
        }
    }
    false
}

/// Whether a block is to be written: not if it is empty, or long enough and stood before.
fn is_new(source: Source<'_>, index: u32, seen: &mut HashSet<u64>) -> bool {
    let block = source.block(index);
    if source.text_of(index).is_empty() {
        return false;
    }
    let may_repeat = block.counts.words < REPEATED_WORDS_MIN || block.context & context::PRE != 0;
    may_repeat || seen.insert(xxh3_64(source.text_of(index).as_bytes()))
}
