//! Which blocks are main text.
//!
//! A heuristic that knows no language. Text that is navigation, footer, dialog or a list to choose from is never main
//! text. Every other block gets a score from its length, links and sentence ends, from what its ancestors' class
//! words say (`class_hints.rs`), and from where it lies: the main node is the deepest that holds most of the page's
//! words that stand in long blocks without links. A block is main text if its score, averaged with those of its
//! neighbors and of its container, is above zero. What is said of the main node itself is left out, since it tells no
//! block from another, and a page that would keep next to nothing is judged more mildly. Work is linear in nodes and
//! blocks, but for one sort.
//!
//! The weights were set by hand on the 1,427 pages of the development split of WCXB (CC BY 4.0). A learned model will
//! take this file's place; it needs no more than [`select`].

use super::blocks::{Block, Blocks};
use super::class_hints;
use super::html::context;
use super::html::tag::Tag;
use super::html::tree::Page;

/// Text in one of these is never main text.
const NEVER: u32 = context::NAV | context::FOOTER | context::DIALOG | context::SELECT;
/// Words from which a block without many links is taken for running text.
const RUNNING_WORDS_MIN: u32 = 8;
/// Most links that running text has.
const RUNNING_LINK_DENSITY_MAX: f32 = 0.3;
/// Share of the page's running text that the main node holds at least.
const MAIN_SHARE_MIN: f32 = 0.6;
/// A page of whose words less than this share would be taken has no running text: it is judged more mildly.
const TAKEN_SHARE_MIN: f32 = 0.2;
/// Share of the words then taken.
const TAKEN_SHARE_WANTED: f32 = 0.6;

/// Memory of one thread, filled anew for each page.
#[derive(Default)]
pub struct Scratch {
    paths: Vec<f32>,
    running: Vec<f32>,
    sums: Vec<Sum>,
    scores: Vec<f32>,
    ranked: Vec<(f32, f32)>,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    words: f32,
    linked: f32,
    score: f32,
    weight: f32,
}

/// What was chosen of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Selection {
    /// The word F1 that the choice may be expected to have. Rules cannot tell: none.
    pub expected_f1: Option<f32>,
}

/// Says for each block whether it is main text. `out` is as long as the list of blocks afterwards.
pub fn select(page: Page<'_>, blocks: &Blocks, scratch: &mut Scratch, out: &mut Vec<bool>) -> Selection {
    out.clear();
    let selection = Selection { expected_f1: None };
    if blocks.list.is_empty() {
        return selection;
    }
    score_paths(page, &mut scratch.paths);
    let main = main_node(page, blocks, scratch);
    score_blocks(page, blocks, main, scratch);
    smooth(page, blocks, scratch);
    let least = threshold(blocks, scratch);
    out.extend(
        blocks.list.iter().zip(&scratch.scores).map(|(block, &score)| block.context & NEVER == 0 && score > least),
    );
    selection
}

/// The score above which a block is main text: 0, or less on pages where that would leave next to nothing, such as
/// pages made of short texts and links.
fn threshold(blocks: &Blocks, scratch: &mut Scratch) -> f32 {
    scratch.ranked.clear();
    let eligible = blocks.list.iter().zip(&scratch.scores).filter(|(block, _)| block.context & NEVER == 0);
    scratch.ranked.extend(eligible.map(|(block, &score)| (score, block.counts.words as f32)));
    let all: f32 = scratch.ranked.iter().map(|(_, words)| words).sum();
    let above: f32 = scratch.ranked.iter().filter(|(score, _)| *score > 0.0).map(|(_, words)| words).sum();
    if above > all * TAKEN_SHARE_MIN {
        return 0.0;
    }
    scratch.ranked.sort_unstable_by(|first, second| second.0.total_cmp(&first.0));
    let mut taken = 0.0;
    for (score, words) in &scratch.ranked {
        taken += words;
        if taken >= all * TAKEN_SHARE_WANTED {
            // Just below, so that this block is taken too.
            return score.next_down();
        }
    }
    f32::MIN
}

/// For each node what its own and its ancestors' class words say, each path clipped to -4..=3.
fn score_paths(page: Page<'_>, paths: &mut Vec<f32>) {
    paths.clear();
    paths.reserve(page.tree.nodes.len());
    paths.push(0.0);
    for node in &page.tree.nodes[1..] {
        let above = paths[node.parent as usize];
        let is_shell = matches!(node.tag, Tag::Html | Tag::Body | Tag::Head);
        let own: f32 = if node.words_len == 0 || is_shell { 0.0 } else { class_hints::weigh(page.words(node)) };
        paths.push((above + own.clamp(-2.0, 1.5)).clamp(-4.0, 3.0));
    }
}

/// The deepest node that holds most of the running text.
fn main_node(page: Page<'_>, blocks: &Blocks, scratch: &mut Scratch) -> usize {
    let nodes = &page.tree.nodes;
    scratch.running.clear();
    scratch.running.resize(nodes.len(), 0.0);
    for block in &blocks.list {
        let container = block.container as usize;
        scratch.running[container] += running_words(block) * (1.0 + 0.2 * scratch.paths[container]).max(0.1);
    }
    for index in (1..nodes.len()).rev() {
        let words = scratch.running[index];
        scratch.running[nodes[index].parent as usize] += words;
    }
    let wanted = scratch.running[0] * MAIN_SHARE_MIN;
    if wanted == 0.0 {
        return 0;
    }
    let holds = |index: &usize| scratch.running[*index] >= wanted;
    // A node that holds more than half has no sibling that does, so the last one in document order is the deepest.
    (0..nodes.len()).rev().find(|index| nodes[*index].tag != Tag::Text && holds(index)).unwrap_or(0)
}

fn running_words(block: &Block) -> f32 {
    let runs = block.counts.words >= RUNNING_WORDS_MIN && block.link_density() < RUNNING_LINK_DENSITY_MAX;
    let weight = match block.context {
        place if place & NEVER != 0 => 0.0,
        place if place & (context::ASIDE | context::HIDDEN) != 0 => 0.2,
        _ => 1.0,
    };
    if runs { weight * block.counts.words as f32 } else { 0.0 }
}

fn score_blocks(page: Page<'_>, blocks: &Blocks, main: usize, scratch: &mut Scratch) {
    let inside = main as u32..page.tree.nodes[main].close;
    // What is said of the main node is said of the whole page: only what differs from it tells blocks apart.
    let said_of_main = page.tree.nodes[main].context;
    let path_of_main = scratch.paths[main].min(0.0);
    scratch.scores.clear();
    for block in &blocks.list {
        let path = scratch.paths[block.container as usize] - path_of_main;
        let place = if inside.contains(&block.first) { 1.0 } else { -1.8 };
        scratch.scores.push(own_score(block) + context_score(block.context & !said_of_main) + path + place);
    }
}

fn own_score(block: &Block) -> f32 {
    let ends = block.counts.sentence_marks > 0;
    let length = log2(block.counts.words.saturating_add(1)) * 0.5 - 1.6;
    length.min(1.6) - 3.0 * block.link_density()
        + if ends { 0.8 } else { 0.0 }
        + (block.counts.commas as f32 * 0.1).min(0.4)
}

/// Logarithm to base 2 of a number above 0, linear between powers of 2: a library's logarithm may differ in its last bit
/// from machine to machine, and with it the text.
fn log2(number: u32) -> f32 {
    let whole = number.ilog2();
    whole as f32 + (number - (1 << whole)) as f32 / (1_u64 << whole) as f32
}

fn context_score(context: u32) -> f32 {
    const WEIGHTS: &[(u32, f32)] = &[
        (context::MAIN, 0.6),
        (context::ARTICLE, 0.6),
        (context::ASIDE, -2.0),
        (context::HEADER, -0.8),
        (context::FORM, -0.4),
        (context::BUTTON, -1.0),
        (context::LABEL, -2.0),
        (context::HIDDEN, -0.5),
        (context::ARIA_HIDDEN, -0.7),
        (context::PRE, 1.5),
    ];
    WEIGHTS.iter().filter(|(bit, _)| context & bit != 0).map(|(_, weight)| weight).sum()
}

/// Mixes each block's score with those of its neighbors and of what stands in its container's parent.
fn smooth(page: Page<'_>, blocks: &Blocks, scratch: &mut Scratch) {
    let nodes = &page.tree.nodes;
    scratch.sums.clear();
    scratch.sums.resize(nodes.len(), Sum::default());
    for (block, &score) in blocks.list.iter().zip(&scratch.scores) {
        let sum = &mut scratch.sums[block.container as usize];
        let words = block.counts.words as f32;
        sum.words += words;
        sum.linked += block.counts.linked_words as f32;
        sum.score += score.clamp(-4.0, 4.0) * (words + 2.0);
        sum.weight += words + 2.0;
    }
    for index in (1..nodes.len()).rev() {
        let own = scratch.sums[index];
        if own.weight > 0.0 {
            let sum = &mut scratch.sums[nodes[index].parent as usize];
            sum.words += own.words;
            sum.linked += own.linked;
            sum.score += own.score;
            sum.weight += own.weight;
        }
    }
    let count = blocks.list.len();
    let mut before = scratch.scores[0];
    for (index, block) in blocks.list.iter().enumerate() {
        let own = scratch.scores[index];
        let after = scratch.scores[(index + 1).min(count - 1)];
        let parent = nodes[block.container as usize].parent as usize;
        let outer = nodes[parent].parent as usize;
        let mean = |node: usize| scratch.sums[node].score / scratch.sums[node].weight.max(1.0);
        let density = scratch.sums[parent].linked / scratch.sums[parent].words.max(1.0);
        scratch.scores[index] =
            0.5 * own + 0.25 * (before + after) / 2.0 + 0.5 * mean(parent) + 0.4 * mean(outer) - 1.5 * density;
        before = own;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_exact_at_powers_of_two_and_rises_between() {
        assert_eq!([1, 2, 8, 1 << 31].map(log2), [0.0, 1.0, 3.0, 31.0]);
        assert!((1..5_000).all(|number| log2(number) < log2(number + 1)));
        assert_eq!(log2(3), 1.5);
    }
}
