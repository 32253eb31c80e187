//! Gradient boosting of trees that ask one question a depth, on features of one byte.
//!
//! The loss is logistic; each row weighs what taking it adds to its page's F1 or takes from it, given the F1 that the
//! model reaches on that page so far, so learning goes where pages are still wrong. Rows and columns are drawn anew
//! for each tree from a fixed seed. Sums run in a fixed order, so the same pages give the same trees.

use rayon::prelude::*;

use gristmill::extract::content::choose::UNIT;
use gristmill::extract::content::trees::{DEPTH_MAX, LEAVES, Tree};

use crate::rows::Rows;

/// Values that a feature has at most.
const BINS: usize = 128;

/// Score before the first tree.
const BIAS: i32 = -UNIT;
/// Bounds on the weight of one row.
const WEIGHT_MIN: f32 = 0.005;
const WEIGHT_MAX: f32 = 2.5;

/// What shapes the trees.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// How many.
    pub trees: usize,
    /// Share of the best step that is taken.
    pub rate: f32,
    /// Share of the columns that each tree may ask for.
    pub columns: f32,
    /// Share of the rows that each tree sees.
    pub rows: f32,
    /// Added to the curvature of each leaf.
    pub l2: f32,
    /// Trees after which the weights of rows are made anew.
    pub reweigh: usize,
    /// How much pages that are no articles weigh more.
    pub other_kinds: f32,
    /// Models whose mean is taken, each from its own draws.
    pub bags: usize,
    /// Of all random draws.
    pub seed: u64,
}

/// What is known of the page of a row.
#[derive(Clone, Copy)]
pub struct PageTruth {
    /// Words of the truth.
    pub words: f32,
    /// Whether it is an article.
    pub is_article: bool,
}

/// SplitMix64.
struct Draws(u64);

impl Draws {
    fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// Learns trees; returns the bias, the trees, and what each column gained.
pub fn learn(rows: &Rows, pages: &[PageTruth], shape: &Shape) -> (i32, Vec<Tree>, Vec<f64>) {
    let mut gains = vec![0.0; rows.columns.len()];
    let mut all = Vec::new();
    for bag in 0..shape.bags {
        let shape = Shape { seed: shape.seed + bag as u64, ..*shape };
        all.extend(learn_one(rows, pages, &shape, &mut gains));
    }
    for leaf in all.iter_mut().flat_map(|tree| &mut tree.leaves) {
        *leaf = (f32::from(*leaf) / shape.bags as f32).round() as i16;
    }
    (BIAS, all, gains)
}

fn learn_one(rows: &Rows, pages: &[PageTruth], shape: &Shape, gains: &mut [f64]) -> Vec<Tree> {
    let count = rows.page.len();
    let mut scores = vec![BIAS; count];
    let mut targets = Targets::default();
    let mut draws = Draws(shape.seed);
    let mut trees = Vec::new();
    let mut gradients = vec![(0.0_f32, 0.0_f32); count];
    for number in 0..shape.trees {
        if number % shape.reweigh == 0 {
            targets.set(rows, pages, &scores, shape);
        }
        gradients.par_iter_mut().enumerate().for_each(|(row, gradient)| {
            let odds = sigmoid(scores[row]);
            let (weight, truth) = targets.rows[row];
            *gradient = (weight * (truth - odds), weight * odds * (1.0 - odds));
        });
        let chosen: Vec<u32> = (0..count as u32).filter(|_| draws.unit() < shape.rows).collect();
        let columns: Vec<usize> = (0..rows.columns.len()).filter(|_| draws.unit() < shape.columns).collect();
        let tree = grow(rows, &gradients, &chosen, &columns, shape, gains);
        scores.par_iter_mut().enumerate().for_each(|(row, score)| {
            *score += i32::from(tree.leaves[leaf(&tree, rows, row)]);
        });
        trees.push(tree);
    }
    trees
}

/// Probability of a score.
pub fn sigmoid(score: i32) -> f32 {
    1.0 / (1.0 + (-(score as f32) / UNIT as f32).exp())
}

fn leaf(tree: &Tree, rows: &Rows, row: usize) -> usize {
    tree.splits
        .iter()
        .fold(0, |leaf, &(column, above)| leaf << 1 | usize::from(rows.columns[usize::from(column)][row] > above))
}

/// Weight and truth of each row.
#[derive(Default)]
struct Targets {
    rows: Vec<(f32, f32)>,
}

impl Targets {
    fn set(&mut self, rows: &Rows, pages: &[PageTruth], scores: &[i32], shape: &Shape) {
        let first = self.rows.is_empty();
        let mut sums = vec![(0.0_f32, 0.0_f32); pages.len()];
        for (row, words) in rows.words.iter().enumerate() {
            let odds = sigmoid(scores[row]);
            let sum = &mut sums[rows.page[row] as usize];
            sum.0 += odds * words.matched;
            sum.1 += odds * words.all;
        }
        let f1 = |page: usize| {
            if first {
                0.85
            } else {
                (2.0 * sums[page].0 / (pages[page].words + sums[page].1).max(1.0)).clamp(0.4, 0.98)
            }
        };
        self.rows.clear();
        for (row, words) in rows.words.iter().enumerate() {
            let page = rows.page[row] as usize;
            let (truth, f1) = (pages[page], f1(page));
            let kind = if truth.is_article { 1.0 } else { shape.other_kinds };
            let weight = (kind * words.weight(f1, truth.words)).clamp(WEIGHT_MIN, WEIGHT_MAX);
            self.rows.push((weight, f32::from(u8::from(words.is_main(f1)))));
        }
    }
}

/// One tree: depth by depth the question that gains most over all leaves at once.
fn grow(
    rows: &Rows,
    gradients: &[(f32, f32)],
    chosen: &[u32],
    columns: &[usize],
    shape: &Shape,
    gains: &mut [f64],
) -> Tree {
    let mut tree = Tree { splits: [(0, u8::MAX); DEPTH_MAX], leaves: [0; LEAVES] };
    let mut leaves = vec![0_u8; chosen.len()];
    let picked: Vec<(f32, f32)> = chosen.iter().map(|row| gradients[*row as usize]).collect();
    let mut before = 0.0;
    for depth in 0..DEPTH_MAX {
        let best = columns
            .par_iter()
            .map(|&column| {
                let (gain, above) = best_split(&rows.columns[column], chosen, &leaves, &picked, 1 << depth, shape.l2);
                (gain, column, above)
            })
            .reduce(|| (f64::MIN, usize::MAX, 0), |a, b| if (b.0, a.1) > (a.0, b.1) { b } else { a });
        let (gain, column, above) = best;
        gains[column] += gain - before;
        before = gain;
        tree.splits[depth] = (column as u8, above);
        let values = &rows.columns[column];
        for (leaf, row) in leaves.iter_mut().zip(chosen) {
            *leaf = *leaf << 1 | u8::from(values[*row as usize] > above);
        }
    }
    let mut sums = [(0.0_f64, 0.0_f64); LEAVES];
    for (leaf, gradient) in leaves.iter().zip(&picked) {
        sums[usize::from(*leaf)].0 += f64::from(gradient.0);
        sums[usize::from(*leaf)].1 += f64::from(gradient.1);
    }
    for (leaf, (gradient, curvature)) in tree.leaves.iter_mut().zip(sums) {
        let step = f64::from(shape.rate) * gradient / (curvature + f64::from(shape.l2));
        *leaf = (step * f64::from(UNIT)).round().clamp(-30_000.0, 30_000.0) as i16;
    }
    tree
}

/// The gain of the best threshold of a column, and the threshold.
fn best_split(values: &[u8], chosen: &[u32], leaves: &[u8], picked: &[(f32, f32)], count: usize, l2: f32) -> (f64, u8) {
    let mut sums = vec![(0.0_f32, 0.0_f32); count * BINS];
    for ((row, leaf), gradient) in chosen.iter().zip(leaves).zip(picked) {
        let sum = &mut sums[usize::from(*leaf) * BINS + usize::from(values[*row as usize] & 127)];
        sum.0 += gradient.0;
        sum.1 += gradient.1;
    }
    let mut gains = [0.0_f64; BINS];
    let worth = |gradient: f32, curvature: f32| f64::from(gradient * gradient / (curvature + l2));
    for bins in sums.chunks_exact(BINS) {
        let all = bins.iter().fold((0.0, 0.0), |all, bin| (all.0 + bin.0, all.1 + bin.1));
        let (mut below, mut changed) = ((0.0, 0.0), worth(all.0, all.1));
        for (gain, bin) in gains.iter_mut().zip(bins) {
            if *bin != (0.0, 0.0) {
                below = (below.0 + bin.0, below.1 + bin.1);
                changed = worth(below.0, below.1) + worth(all.0 - below.0, all.1 - below.1);
            }
            *gain += changed;
        }
    }
    (0..BINS)
        .map(|above| (gains[above], above as u8))
        .fold((f64::MIN, 0), |best, next| if next.0 > best.0 { next } else { best })
}
