//! What is measured of a block: itself, its surroundings, and where it stands in the page.
//!
//! Nothing here knows a language. The columns are those that an experiment on labeled pages found to matter: class
//! words on the path, sums over the nearest regions, the way to the main region, the group of blocks of the same
//! make, context, place, neighbors, and the page as a whole.

use super::super::blocks::{Block, Blocks};
use super::super::html::context;
use super::super::html::tag::Tag;
use super::super::html::tree::Page;
use super::address::Address;
use super::class_words::ClassWords;
use super::columns::*;
use super::groups::Groups;
use super::regions::{Regions, Sums};
use super::scale::{each, log, score, share, signed};
use super::title;
use super::trees::Columns;
use super::ways::{self, Way};
use xxhash_rust::xxh3::xxh3_64;

/// Text in one of these is never main text.
pub const NEVER: u32 = context::NAV | context::FOOTER | context::DIALOG | context::SELECT;
/// Words from which a block without many links is taken for running text.
const RUNNING_WORDS_MIN: u32 = 8;
/// Regions around a block that are looked at.
const LEVELS: usize = 5;
/// What is said of a region to the blocks in it.
const AROUND_KINDS: usize = 7;
/// Shares of the running text, in hundredths, that a main region holds.
const MAIN_SHARES: [u32; 3] = [50, 70, 90];
/// Bits of context that are columns.
const CONTEXTS: [u32; 12] = [
    context::HEADER,
    context::MAIN,
    context::ARTICLE,
    context::ASIDE,
    context::FORM,
    context::BUTTON,
    context::HIDDEN,
    context::TABLE,
    context::LIST,
    context::LABEL,
    context::CAPTION,
    context::HEADING,
];

/// The features of a page's blocks. Made once for a thread and filled anew for each page.
#[derive(Default)]
pub struct Features {
    /// One row for each block that counts.
    pub columns: Columns,
    /// The blocks that may become main text, as indexes of the page's blocks.
    pub eligible: Vec<u32>,
    /// The regions of the page.
    pub regions: Regions,
    blocks: Vec<Block>,
    sums: Vec<Sums>,
    texts: Vec<u64>,
    groups: Groups,
    words_before: Vec<u32>,
    levels: Vec<[u8; AROUND_KINDS]>,
    items: Vec<u32>,
    ways: [Vec<Way>; 3],
    group_main: Vec<u32>,
    taken: Vec<u32>,
}

impl Features {
    /// Measures all blocks of a page that may become main text.
    pub fn fill(&mut self, page: Page<'_>, blocks: &Blocks, url: &str, class_words: &ClassWords) {
        self.choose_eligible(blocks);
        self.columns.clear(self.blocks.len());
        if self.blocks.is_empty() {
            return;
        }
        self.regions.fill(page, &self.blocks, class_words);
        self.sum_up(blocks);
        self.groups.fill(&self.regions, &self.sums, &self.texts);
        self.levels();
        self.repeated_items();
        self.own();
        self.paths_and_main();
        self.surroundings();
        self.headings(page, blocks);
        self.neighbors();
        self.whole_page(page, blocks, url);
    }

    /// Takes what is left of a group of blocks of the same make of which nearly all was taken, running text alone: the
    /// last paragraphs of a long text are not left out for where they stand.
    pub fn complete_groups(&mut self, blocks: &Blocks, chosen: &mut [bool]) {
        self.taken.clear();
        self.taken.resize(self.groups.sums.len(), 0);
        for (&block, &group) in self.eligible.iter().zip(&self.groups.of_block) {
            let words = blocks.list[block as usize].counts.words;
            self.taken[group as usize] += if chosen[block as usize] { words } else { 0 };
        }
        for (row, (&block, &group)) in self.eligible.iter().zip(&self.groups.of_block).enumerate() {
            let nearly_all =
                u64::from(self.taken[group as usize]) * 10 >= u64::from(self.groups.sums[group as usize].words) * 9;
            chosen[block as usize] |= nearly_all && self.sums[row].running > 0;
        }
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.columns.bytes() + self.regions.bytes() + self.blocks.capacity() * size_of::<Block>()
    }

    fn choose_eligible(&mut self, blocks: &Blocks) {
        self.eligible.clear();
        self.blocks.clear();
        self.texts.clear();
        for (index, block) in blocks.list.iter().enumerate() {
            if block.context & NEVER == 0 {
                self.eligible.push(index as u32);
                self.blocks.push(*block);
                self.texts.push(xxh3_64(blocks.text_of(block).as_bytes()));
            }
        }
    }

    fn sum_up(&mut self, blocks: &Blocks) {
        self.sums.clear();
        self.words_before.clear();
        let mut words_before = 0;
        for (block, &region) in self.blocks.iter().zip(&self.regions.of_block) {
            let counts = &block.counts;
            let links = counts.linked_words * 2 > counts.words;
            let runs = counts.words >= RUNNING_WORDS_MIN && counts.linked_words * 10 < counts.words * 3;
            let aside = block.context & (context::ASIDE | context::HIDDEN) != 0;
            let path = self.regions.list[region as usize].path.sum;
            let weight = (8 + path / 32).clamp(1, 16) as u32;
            self.sums.push(Sums {
                words: counts.words,
                linked: counts.linked_words,
                running: if !runs {
                    0
                } else if aside {
                    counts.words * weight / 4
                } else {
                    counts.words * weight
                },
                blocks: 1,
                link_blocks: u32::from(links),
                headings: u32::from(block.heading_level > 0),
                ended: u32::from(ends_like_a_sentence(blocks.text_of(block))),
            });
            self.words_before.push(words_before);
            words_before += counts.words;
        }
        self.regions.sum(&self.sums);
        self.words_before.push(words_before);
        for (index, block) in self.blocks.iter().enumerate() {
            let text = blocks.text_of(block).as_bytes();
            self.columns.row(index).set(ENDS, self.sums[index].ended as u8 + 2 * u8::from(text.ends_with(b":")));
        }
    }

    /// What each region adds to the blocks in it.
    fn levels(&mut self) {
        let page = self.regions.list[0].sums;
        self.levels.clear();
        self.levels.extend(self.regions.list.iter().map(|region| {
            let sums = &region.sums;
            [
                share(sums.running / 16, page.running / 16),
                log(sums.words / sums.blocks.max(1)),
                share(sums.linked, sums.words),
                log(sums.blocks),
                share(sums.link_blocks, sums.blocks),
                share(sums.headings, sums.blocks),
                share(sums.ended, sums.blocks),
            ]
        }));
    }

    /// For each region the nearest above, itself included, that stands among three or more of its kind; 0 if none.
    fn repeated_items(&mut self) {
        self.items.clear();
        for (index, region) in self.regions.list.iter().enumerate() {
            let above = self.items.get(region.parent as usize).copied().unwrap_or(0);
            let repeated = self.groups.repeats[index] >= 3;
            self.items.push(if repeated { index as u32 } else { above });
        }
    }

    fn own(&mut self) {
        for (index, block) in self.blocks.iter().enumerate() {
            let counts = &block.counts;
            let mut row = self.columns.row(index);
            row.set(WORDS, log(counts.words));
            row.set(LINKED, share(counts.linked_words, counts.words));
            row.set(MARKS, log(counts.sentence_marks));
            row.set(MARKS_EACH, each(16 * counts.sentence_marks, counts.words));
            row.set(COMMAS_EACH, each(16 * counts.commas, counts.words));
            row.set(TAG, tag_kind(block.tag));
            row.set(LEVEL, block.heading_level);
            row.set(COPIES, log(self.groups.copies[index]));
            row.set(TEXT_NODES, log(block.last - block.first));
            for (place, bit) in CONTEXTS.iter().enumerate() {
                row.set(CONTEXT + place, u8::from(block.context & bit != 0));
            }
        }
    }

    fn paths_and_main(&mut self) {
        for (share, ways) in MAIN_SHARES.into_iter().zip(&mut self.ways) {
            ways::find(&self.regions, share, ways);
        }
        let list = &self.regions.list;
        let page = list[0].sums;
        self.group_main.clear();
        self.group_main.resize(self.groups.sums.len(), 0);
        for (index, &region_index) in self.regions.of_block.iter().enumerate() {
            let region = &list[region_index as usize];
            let path = &region.path;
            let mut row = self.columns.row(index);
            row.set(PATH_SUM, score(path.sum / 2));
            row.set(PATH_NEAR, score(path.nearby()));
            row.set(PATH_OWN, score(path.container * 2));
            row.set(PATH_LOWEST, score(path.lowest * 2));
            row.set(PATH_HIGHEST, score(path.highest * 2));
            row.set(PATH_SINCE, path.since_against.min(20));
            for (place, ways) in self.ways.iter().enumerate() {
                let way = ways[region_index as usize];
                let (common, main) = (&list[way.common as usize], &list[way.main as usize]);
                let first = main.first_block as usize;
                let last = first + main.sums.blocks as usize;
                let distance =
                    if index < first { index as i32 - first as i32 } else { (index as i32 - last as i32 + 1).max(0) };
                row.set(MAIN_UP + place, (region.depth - common.depth).min(30) as u8);
                row.set(MAIN_ABOVE + place, (main.depth - common.depth.min(main.depth)).min(30) as u8);
                row.set(MAIN_DISTANCE + place, signed(distance));
                row.set(PATH_BELOW + place, score(path.sum - common.path.sum));
                let inside = (index.max(first) - first) as u32;
                if place == 1 {
                    row.set(PATH_LOWEST_BELOW, score(way.lowest * 2));
                    row.set(MAIN_INSIDE, share(inside, main.sums.blocks));
                    if way.common == way.main {
                        self.group_main[self.groups.of_block[index] as usize] += self.sums[index].words;
                    }
                }
                if place < 2 {
                    let branch = &list[way.branch as usize];
                    let sums = &branch.sums;
                    row.set(BRANCH_RUNNING + place, share(sums.running / 16, page.running / 16));
                    row.set(BRANCH_WORDS + place, log(sums.words / sums.blocks.max(1)));
                    row.set(BRANCH_LINKED + place, share(sums.linked, sums.words));
                    row.set(BRANCH_ENDED + place, share(sums.ended, sums.blocks));
                    row.set(BRANCH_PATH + place, score(branch.path.own * 2));
                    row.set(BRANCH_REPEATS + place, log(self.groups.repeats[way.branch as usize]));
                    row.set(BRANCH_HEADINGS + place, share(sums.headings, sums.blocks));
                    let before = branch.first_block.saturating_sub(main.first_block);
                    row.set(BRANCH_PLACE + place, share(before, main.sums.blocks));
                    row.set(BRANCH_BLOCKS + place, log(sums.blocks));
                }
            }
        }
        for index in 0..self.blocks.len() {
            let group = self.groups.of_block[index] as usize;
            self.columns.row(index).set(GROUP_MAIN, share(self.group_main[group], self.groups.sums[group].words));
        }
    }

    fn surroundings(&mut self) {
        let page = self.regions.list[0].sums;
        for (index, &region) in self.regions.of_block.iter().enumerate() {
            let mut row = self.columns.row(index);
            let mut at = region;
            if self.regions.list[at as usize].sums.blocks < 2 {
                at = self.regions.list[at as usize].wider;
            }
            for level in 0..LEVELS {
                let region = &self.regions.list[at as usize];
                let values = &self.levels[at as usize];
                for (kind, &value) in values.iter().enumerate() {
                    row.set(AROUND + kind * LEVELS + level, value);
                }
                row.set(AROUND_INSIDE + level, share(index as u32 - region.first_block, region.sums.blocks));
                at = region.wider;
            }
            let group = &self.groups.sums[self.groups.of_block[index] as usize];
            row.set(GROUP_BLOCKS, log(group.blocks));
            row.set(GROUP_SHARE, share(group.words, page.words));
            row.set(GROUP_WORDS, log(group.words / group.blocks));
            row.set(GROUP_LINKED, share(group.linked, group.words));
            row.set(GROUP_ENDED, share(group.ended, group.blocks));
            let item = self.items[region as usize];
            if item != 0 {
                let inner = &self.regions.list[item as usize];
                let outer = &self.regions.list[inner.parent as usize];
                row.set(ITEM_COUNT, log(self.groups.repeats[item as usize]));
                row.set(ITEM_WORDS, log(inner.sums.words));
                row.set(ITEM_LINKED, share(inner.sums.linked, inner.sums.words));
                row.set(ITEM_UP, (self.regions.list[region as usize].depth - inner.depth).min(30) as u8);
                row.set(ITEM_ENDED, share(outer.sums.ended, outer.sums.blocks));
                row.set(ITEM_SHARE, share(outer.sums.words, page.words));
            }
        }
    }

    fn headings(&mut self, page: Page<'_>, blocks: &Blocks) {
        let title_words = title::words(page);
        let mut title = self.blocks.iter().position(|block| block.heading_level == 1).unwrap_or(0);
        let mut best = 0;
        let largest = self.blocks.iter().map(|block| block.counts.words).max().unwrap_or(0);
        for (index, block) in self.blocks.iter().enumerate() {
            self.columns.row(index).set(WORDS_OF_LARGEST, share(block.counts.words, largest));
            if block.heading_level > 0 && block.counts.words <= 40 {
                let same = title::overlap(&title_words, blocks.text_of(block));
                self.columns.row(index).set(TITLE_SHARE, 1 + same);
                if same > best.max(31) {
                    (title, best) = (index, same);
                }
            }
        }
        let is_heading = |index: usize| self.sums[index].headings > 0;
        let (mut start, count) = (0, self.blocks.len());
        while start < count {
            let end = (start + 1..count).find(|&index| is_heading(index)).unwrap_or(count);
            let words = self.words_before[end] - self.words_before[start];
            let linked: u32 = self.sums[start..end].iter().map(|sums| sums.linked).sum();
            for index in start..end {
                let mut row = self.columns.row(index);
                row.set(FROM_TITLE, signed(index as i32 - title as i32));
                row.set(SINCE_HEADING_BLOCKS, log((index - start) as u32));
                row.set(SINCE_HEADING_WORDS, log(self.words_before[index] - self.words_before[start]));
                row.set(HEADING_LEVEL, self.blocks[start].heading_level);
                row.set(SECTION_WORDS, log(words));
                row.set(SECTION_LINKED, share(linked, words));
            }
            start = end;
        }
    }

    fn neighbors(&mut self) {
        for index in 0..self.blocks.len() {
            let before = index.checked_sub(1).map_or(0, |before| log(self.sums[before].words));
            let after = self.sums.get(index + 1).map_or(0, |after| log(after.words));
            let mut row = self.columns.row(index);
            row.set(NEIGHBOR_WORDS, before);
            row.set(NEIGHBOR_WORDS + 1, after);
        }
    }

    fn whole_page(&mut self, page: Page<'_>, blocks: &Blocks, url: &str) {
        let sums = self.regions.list[0].sums;
        let words_in = |bit: u32| {
            let inside = self.blocks.iter().filter(|block| block.context & bit != 0);
            inside.map(|block| block.counts.words).sum::<u32>()
        };
        let of_tag = |tag: Tag| self.blocks.iter().filter(|block| block.tag == tag).count() as u32;
        let all: u32 = blocks.list.iter().map(|block| block.counts.words).sum();
        let address = Address::of(url);
        let values = [
            (PAGE_WORDS, log(sums.words)),
            (PAGE_LINKED, share(sums.linked, sums.words)),
            (PAGE_BLOCKS, log(sums.blocks)),
            (PAGE_RUNNING, share(sums.running / 16, sums.words)),
            (PAGE_MAIN, share(words_in(context::MAIN), sums.words)),
            (PAGE_ARTICLE, share(words_in(context::ARTICLE), sums.words)),
            (PAGE_NEVER, share(all - sums.words, all)),
            (PAGE_PARAGRAPHS, share(of_tag(Tag::P), sums.blocks)),
            (PAGE_ITEMS, share(of_tag(Tag::Li), sums.blocks)),
            (PAGE_ENDED, share(sums.ended, sums.blocks)),
            (PAGE_HEADINGS, share(sums.headings, sums.blocks)),
            (URL_SEGMENTS, address.segments),
            (URL_HYPHENS, address.hyphens),
            (URL_DIGITS, address.digits),
            (URL_LAST, address.last),
        ];
        let (count, length) = (self.blocks.len(), page.source.len() as u32);
        for (column, value) in values {
            self.columns.fill(column, value);
        }
        for index in 0..count {
            let start = page.tree.nodes[self.blocks[index].first as usize].start;
            let mut row = self.columns.row(index);
            row.set(PLACE_BLOCKS, share(index as u32, count as u32));
            row.set(PLACE_WORDS, share(self.words_before[index], sums.words));
            row.set(PLACE_BYTES, share(start, length));
        }
    }
}

/// Whether a text ends in a mark that ends sentences, closing quotes and brackets aside.
fn ends_like_a_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»', '」', '』', '）', '“']);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', '｡', '．', '।', '॥', '؟', '۔', '։', '።', '፧', '។', '။'])
}

/// Kinds of containers, those that hold main text rather often first.
fn tag_kind(tag: Tag) -> u8 {
    match tag {
        Tag::P => 0,
        Tag::Blockquote => 1,
        Tag::Pre => 2,
        Tag::H2 | Tag::H3 | Tag::H4 => 3,
        Tag::Dd | Tag::Dt => 4,
        Tag::Article | Tag::Section | Tag::Main => 5,
        Tag::Td | Tag::Th => 6,
        Tag::Li => 7,
        Tag::Figcaption | Tag::Caption => 8,
        Tag::H1 | Tag::H5 | Tag::H6 => 9,
        Tag::Div => 10,
        Tag::Button | Tag::Legend => 12,
        _ => 11,
    }
}
