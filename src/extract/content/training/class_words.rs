//! Learns what class words say: a logistic model whose score for a block adds up over all elements above it.
//!
//! Adaptive steps (AdaGrad), one for each page, in a fixed order. Words seen on fewer than [`DOMAINS_MIN`] domains are
//! left out.

use std::collections::{HashMap, HashSet};

use gristmill::extract::content::class_words::{ClassWords, Weights};
use gristmill::extract::content::features::NEVER;
use gristmill::extract::content::regions::Regions;
use gristmill::extract::html::class_words;

use crate::pages::Labeled;
use crate::rows::Truth;

/// Domains on which a word was seen at least.
const DOMAINS_MIN: usize = 4;
/// Times that all pages are gone through.
const PASSES: usize = 3;
/// Size of the first step.
const RATE: f32 = 0.12;

/// The words on a page, by region, and what its blocks say of them.
pub struct Words {
    parents: Vec<u32>,
    words: Vec<Vec<u32>>,
    blocks: Vec<(u32, f32, f32)>,
    domain: usize,
    fold: usize,
}

impl Words {
    /// Of one page; blocks are weighed as `truth` says.
    pub fn of(page: &Labeled, truth: &Truth) -> Self {
        let mut regions = Regions::default();
        let eligible: Vec<_> = page.blocks.list.iter().filter(|block| block.context & NEVER == 0).copied().collect();
        regions.fill(page.page(), &eligible, &ClassWords::new(&[]));
        let words = |node: u32| {
            let mut words = Vec::new();
            class_words::each_of(page.page(), &page.page().tree.nodes[node as usize], |word| words.push(word));
            words
        };
        Self {
            parents: regions.list.iter().map(|region| region.parent).collect(),
            words: regions.list.iter().map(|region| words(region.node)).collect(),
            blocks: regions
                .of_block
                .iter()
                .zip(&truth.blocks)
                .map(|(&region, block)| {
                    (region, block.weight(0.85, truth.words), f32::from(u8::from(block.is_main(0.85))))
                })
                .collect(),
            domain: page.domain,
            fold: page.fold,
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Learned {
    weight: f32,
    squares: f32,
}

impl Learned {
    fn step(&mut self, gradient: f32) {
        if gradient != 0.0 {
            self.squares += gradient * gradient;
            self.weight -= RATE * gradient / (self.squares.sqrt() + 1e-4);
        }
    }
}

/// Learns from all pages that are in none of the folds `without`.
pub fn learn(pages: &[Words], without: &[usize]) -> Vec<(u32, Weights)> {
    let pages: Vec<&Words> = pages.iter().filter(|page| !without.contains(&page.fold)).collect();
    let numbers = frequent(&pages);
    let known = |words: &Vec<u32>| words.iter().filter_map(|word| numbers.get(word).copied()).collect();
    let known: Vec<Vec<Vec<u32>>> = pages.iter().map(|page| page.words.iter().map(known).collect()).collect();
    let mut table = Table {
        on_path: vec![Learned::default(); numbers.len()],
        own: vec![Learned::default(); numbers.len()],
        bias: Learned::default(),
    };
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.sort_by_key(|index| (*index as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    for _ in 0..PASSES {
        order.iter().for_each(|&index| table.learn_page(pages[index], &known[index]));
    }
    let fixed = |learned: Learned| (learned.weight * 64.0).round().clamp(-1000.0, 1000.0) as i16;
    let weights =
        |at: &u32| Weights { on_path: fixed(table.on_path[*at as usize]), own: fixed(table.own[*at as usize]) };
    let mut found: Vec<_> = numbers.iter().map(|(word, at)| (*word, weights(at))).collect();
    found.retain(|(_, weights)| *weights != Weights::default());
    found.sort_unstable_by_key(|(word, _)| *word);
    found
}

/// Weights of numbered words.
struct Table {
    on_path: Vec<Learned>,
    own: Vec<Learned>,
    bias: Learned,
}

impl Table {
    /// One step on one page; `words` are its numbered words by region.
    fn learn_page(&mut self, page: &Words, words: &[Vec<u32>]) {
        let weight =
            |list: &[Learned], words: &[u32]| words.iter().map(|word| list[*word as usize].weight).sum::<f32>();
        let mut paths = vec![0.0; page.parents.len()];
        for region in 0..paths.len() {
            paths[region] = paths[page.parents[region] as usize] + weight(&self.on_path, &words[region]);
        }
        let (mut up, mut here, mut all) = (vec![0.0; paths.len()], vec![0.0; paths.len()], 0.0);
        for &(region, cost, truth) in &page.blocks {
            let region = region as usize;
            let score = self.bias.weight + paths[region] + weight(&self.own, &words[region]);
            let gradient = cost * (1.0 / (1.0 + (-score).exp()) - truth);
            up[region] += gradient;
            here[region] += gradient;
            all += gradient;
        }
        for region in (0..paths.len()).rev() {
            for &word in &words[region] {
                self.on_path[word as usize].step(up[region]);
                self.own[word as usize].step(here[region]);
            }
            if region > 0 {
                up[page.parents[region] as usize] += up[region];
            }
        }
        self.bias.step(all);
    }
}

/// Words seen on enough domains, numbered in the order of their hashes.
fn frequent(pages: &[&Words]) -> HashMap<u32, u32> {
    let mut domains: HashMap<u32, HashSet<usize>> = HashMap::new();
    for page in pages {
        for word in page.words.iter().flatten() {
            let seen = domains.entry(*word).or_default();
            if seen.len() < DOMAINS_MIN {
                seen.insert(page.domain);
            }
        }
    }
    let mut words: Vec<u32> =
        domains.into_iter().filter(|(_, seen)| seen.len() >= DOMAINS_MIN).map(|(word, _)| word).collect();
    words.sort_unstable();
    words.into_iter().enumerate().map(|(number, word)| (word, number as u32)).collect()
}
