//! The elements that hold text, each with sums over its blocks: the skeleton of a page.
//!
//! A region is the innermost element that holds all of a block, or stands above one. Only blocks that may become main text count,
//! so a page's menus and footers leave no trace. Sums run once from the last region to the first, everything that is
//! handed down runs once from the first to the last.

use super::super::blocks::Block;
use super::super::html::tag::Tag;
use super::super::html::tree::{Node, Page};
use super::class_words::ClassWords;
use super::said::{Remembered, Said};

/// Weight below which an element's words speak against main text, in sixty-fourths.
const AGAINST: i32 = -48;
/// Elements counted as near a block.
const NEAR: usize = 4;

/// Sums over blocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sums {
    /// Words.
    pub words: u32,
    /// Words in links.
    pub linked: u32,
    /// Words of running text, each counted up to 16 times as its class words speak for it.
    pub running: u32,
    /// Blocks.
    pub blocks: u32,
    /// Blocks that are mostly links.
    pub link_blocks: u32,
    /// Blocks in headings.
    pub headings: u32,
    /// Blocks that end like sentences.
    pub ended: u32,
}

impl Sums {
    /// Adds what others sum up to.
    pub fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.linked += other.linked;
        self.running += other.running;
        self.blocks += other.blocks;
        self.link_blocks += other.link_blocks;
        self.headings += other.headings;
        self.ended += other.ended;
    }
}

/// What class words say of a region, in sixty-fourths of log odds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Path {
    /// Of all elements down to it.
    pub sum: i32,
    /// Of itself.
    pub own: i32,
    /// The lowest of one element on the way.
    pub lowest: i32,
    /// The highest of one element on the way.
    pub highest: i32,
    /// How many elements up the nearest stands that speaks against; 255 if there is none.
    pub since_against: u8,
    /// Of itself as a container.
    pub container: i32,
    /// Of itself and the three above.
    pub near: [i16; NEAR],
}

/// An element that holds text.
#[derive(Clone, Copy, Debug)]
pub struct Region {
    /// Its node.
    pub node: u32,
    /// Node after the last inside it.
    pub close: u32,
    /// Kind of the element.
    pub tag: Tag,
    /// The region around it; the first is its own.
    pub parent: u32,
    /// The nearest region above that holds more blocks; 0 for the first.
    pub wider: u32,
    /// How many regions are above it.
    pub depth: u16,
    /// Its first block, as an index of those that count.
    pub first_block: u32,
    /// Sums over its blocks.
    pub sums: Sums,
    /// What class words say.
    pub path: Path,
    /// Hash of its kind and class words.
    pub signature: u32,
}

/// The regions of a page, in document order. Made once for a thread and filled anew for each page.
#[derive(Default)]
pub struct Regions {
    /// In document order; the first is the root.
    pub list: Vec<Region>,
    /// Region of each block that counts.
    pub of_block: Vec<u32>,
    marks: Vec<u32>,
    remembered: Remembered,
}

impl Regions {
    /// Finds the regions of the blocks that count and hands down their paths. Sums are empty until [`Regions::sum`].
    pub fn fill(&mut self, page: Page<'_>, blocks: &[Block], known: &ClassWords) {
        let nodes = &page.tree.nodes;
        self.marks.clear();
        self.marks.resize(nodes.len(), 0);
        self.marks[0] = 1;
        self.of_block.clear();
        for block in blocks {
            let mut at = innermost(nodes, block);
            self.of_block.push(at as u32);
            while self.marks[at] == 0 {
                self.marks[at] = 1;
                at = nodes[at].parent as usize;
            }
        }
        self.list.clear();
        self.remembered.clear();
        for (index, node) in nodes.iter().enumerate() {
            if self.marks[index] == 0 {
                continue;
            }
            self.marks[index] = self.list.len() as u32;
            let parent = self.marks[node.parent as usize];
            let region = self.region(page, index, parent, known);
            self.list.push(region);
        }
        for region in &mut self.of_block {
            *region = self.marks[*region as usize];
        }
    }

    fn region(&mut self, page: Page<'_>, index: usize, parent: u32, known: &ClassWords) -> Region {
        let node = &page.tree.nodes[index];
        let Said { on_path: own, own: mut container, signature } = self.remembered.of(page, node, known);
        let speaks = !matches!(node.tag, Tag::Html | Tag::Body | Tag::Head);
        let above = match self.list.get(parent as usize) {
            Some(above) => above.path,
            None => Path { since_against: u8::MAX, ..Path::default() },
        };
        let depth = self.list.get(parent as usize).map_or(0, |above| above.depth + 1);
        if !speaks {
            container = 0;
        }
        let near = [own.clamp(-8000, 8000) as i16, above.near[0], above.near[1], above.near[2]];
        let path = Path {
            sum: above.sum + own,
            own,
            lowest: above.lowest.min(own),
            highest: above.highest.max(own),
            since_against: if own <= AGAINST { 0 } else { above.since_against.saturating_add(1) },
            container,
            near,
        };
        Region {
            node: index as u32,
            close: node.close,
            tag: node.tag,
            parent,
            wider: 0,
            depth,
            first_block: u32::MAX,
            sums: Sums::default(),
            path,
            signature,
        }
    }

    /// Sums up blocks, one entry of `sums` for each, from the leaves to the root.
    pub fn sum(&mut self, sums: &[Sums]) {
        for (index, (&region, sums)) in self.of_block.iter().zip(sums).enumerate() {
            let region = &mut self.list[region as usize];
            region.first_block = region.first_block.min(index as u32);
            region.sums.add(sums);
        }
        for index in (1..self.list.len()).rev() {
            let Region { parent, sums, first_block, .. } = self.list[index];
            let above = &mut self.list[parent as usize];
            above.sums.add(&sums);
            above.first_block = above.first_block.min(first_block);
        }
        for index in 1..self.list.len() {
            let parent = self.list[index].parent;
            let above = &self.list[parent as usize];
            let wider = if above.sums.blocks > self.list[index].sums.blocks { parent } else { above.wider };
            self.list[index].wider = wider;
        }
    }

    /// The deepest region that holds more than half, or more, of the running text: `share` is in hundredths.
    pub fn main(&self, share: u32) -> u32 {
        let wanted = u64::from(self.list[0].sums.running) * u64::from(share);
        if wanted == 0 {
            return 0;
        }
        // A region with more than half has no sibling that has as much, so the last in document order is the deepest.
        let holds = |region: &Region| u64::from(region.sums.running) * 100 >= wanted;
        self.list.iter().rposition(holds).unwrap_or(0) as u32
    }

    /// Whether one region lies in another, or is it.
    pub fn contains(&self, outer: u32, inner: u32) -> bool {
        let (outer, inner) = (&self.list[outer as usize], &self.list[inner as usize]);
        outer.node <= inner.node && inner.node < outer.close
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<Region>() + 4 * (self.marks.capacity() + self.of_block.capacity())
    }
}

/// The innermost element that holds all text of a block: its container, or an element of text level in it.
fn innermost(nodes: &[Node], block: &Block) -> usize {
    let mut at = nodes[block.first as usize].parent as usize;
    while nodes[at].close <= block.last {
        at = nodes[at].parent as usize;
    }
    at
}

impl Path {
    /// What its own words and those of the three elements above say.
    pub fn nearby(&self) -> i32 {
        self.near.iter().map(|own| i32::from(*own)).sum()
    }
}
