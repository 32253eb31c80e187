//! Boosted trees over features of one byte: a score for each block, many blocks at a time.
//!
//! All nodes of one depth of a tree ask the same question, so a tree of depth d is d comparisons and a table of 2^d
//! leaves. Features lie column by column; a comparison is a loop over a column, which compilers turn into
//! instructions on 16 or 32 blocks at once. Sums are integers: the same on every machine, in whatever order.

use super::columns::COLUMNS;

/// Deepest tree.
pub const DEPTH_MAX: usize = 6;
/// Leaves of a tree.
pub const LEAVES: usize = 1 << DEPTH_MAX;
/// Blocks scored at a time; the last may be fewer.
pub const LANES: usize = 64;

/// One tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Questions from the root down: a column, and the value above which the answer is yes.
    pub splits: [(u8, u8); DEPTH_MAX],
    /// Scores by answers, the first question's in the highest bit.
    pub leaves: [i16; LEAVES],
}

/// Features of blocks: the first [`LANES`] blocks column by column, then the next, so that what is written and read
/// together lies together on pages of many blocks too.
#[derive(Default)]
pub struct Columns {
    bytes: Vec<u8>,
}

/// Bytes of [`LANES`] blocks.
const STRETCH: usize = LANES * COLUMNS;
/// From the first value of a block to its last.
const ROW: usize = STRETCH - LANES + 1;

/// The values of one block.
pub struct Row<'a> {
    bytes: &'a mut [u8; ROW],
}

impl Row<'_> {
    /// Sets one value, at most 127.
    #[inline]
    pub fn set(&mut self, column: usize, value: u8) {
        self.bytes[column * LANES] = value;
    }
}

impl Columns {
    /// Room for this many blocks, all zero.
    pub fn clear(&mut self, blocks: usize) {
        self.bytes.clear();
        self.bytes.resize(blocks.div_ceil(LANES) * STRETCH, 0);
    }

    /// The values of one block.
    #[inline]
    pub fn row(&mut self, block: usize) -> Row<'_> {
        let first = block / LANES * STRETCH + block % LANES;
        Row { bytes: self.bytes[first..].first_chunk_mut().expect("a stretch goes on to its last column") }
    }

    /// Sets the values of a column for all blocks.
    pub fn fill(&mut self, column: usize, value: u8) {
        for stretch in self.bytes.chunks_exact_mut(STRETCH) {
            stretch[column * LANES..][..LANES].fill(value);
        }
    }

    /// One value.
    pub fn value(&self, column: usize, block: usize) -> u8 {
        self.bytes[block / LANES * STRETCH + column * LANES + block % LANES]
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes.capacity()
    }
}

/// Scores of the first `blocks` blocks: the bias, and for each tree the leaf that the block falls into.
pub fn score(trees: &[Tree], bias: i32, columns: &Columns, blocks: usize, scores: &mut Vec<i32>) {
    scores.clear();
    for (start, stretch) in (0..blocks).step_by(LANES).zip(columns.bytes.chunks_exact(STRETCH)) {
        let mut sums = [bias; LANES];
        for tree in trees {
            add(tree, stretch, &mut sums);
        }
        scores.extend_from_slice(&sums[..LANES.min(blocks - start)]);
    }
}

#[inline]
fn add(tree: &Tree, stretch: &[u8], sums: &mut [i32; LANES]) {
    let mut leaves = [0_u8; LANES];
    for &(column, above) in &tree.splits {
        let at = usize::from(column) * LANES;
        let values = &stretch[at..at + LANES];
        for (leaf, value) in leaves.iter_mut().zip(values) {
            *leaf = *leaf << 1 | u8::from(*value > above);
        }
    }
    for (sum, leaf) in sums.iter_mut().zip(&leaves) {
        *sum += i32::from(tree.leaves[usize::from(*leaf) % LEAVES]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_gets_the_leaf_of_its_answers() {
        let mut leaves = [0; LEAVES];
        for (index, leaf) in leaves.iter_mut().enumerate() {
            *leaf = index as i16;
        }
        let splits = [(0, 9), (1, 9), (0, 19), (1, 19), (0, 29), (1, 29)];
        let tree = Tree { splits, leaves };
        let mut columns = Columns::default();
        columns.clear(130);
        columns.row(129).set(0, 25);
        columns.row(129).set(1, 10);
        let mut scores = Vec::new();
        score(&[tree.clone(), tree], 1_000, &columns, 130, &mut scores);
        assert_eq!(scores.len(), 130);
        assert_eq!((scores[0], scores[129]), (1_000, 1_000 + 2 * 0b11_1000));
    }
}
