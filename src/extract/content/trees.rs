//! Boosted trees over features of one byte: a score for each block, many blocks at a time.
//!
//! All nodes of one depth of a tree ask the same question, so a tree of depth d is d comparisons and a table of 2^d
//! leaves. Features lie column by column; a comparison is a loop over a column, which compilers turn into
//! instructions on 16 or 32 blocks at once. Sums are integers: the same on every machine, in whatever order.

/// Deepest tree.
pub const DEPTH_MAX: usize = 6;
/// Leaves of a tree.
pub const LEAVES: usize = 1 << DEPTH_MAX;
/// Blocks scored at a time. Columns are padded to a multiple of it.
pub const LANES: usize = 64;

/// One tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Questions from the root down: a column, and the value above which the answer is yes.
    pub splits: [(u8, u8); DEPTH_MAX],
    /// Scores by answers, the first question's in the highest bit.
    pub leaves: [i16; LEAVES],
}

/// Features of blocks, column by column.
#[derive(Default)]
pub struct Columns {
    bytes: Vec<u8>,
    stride: usize,
}

impl Columns {
    /// Room for this many blocks and columns, all zero.
    pub fn clear(&mut self, blocks: usize, columns: usize) {
        self.stride = blocks.div_ceil(LANES) * LANES;
        self.bytes.clear();
        self.bytes.resize(self.stride * columns, 0);
    }

    /// Sets one value, at most 127.
    #[inline]
    pub fn set(&mut self, column: usize, block: usize, value: u8) {
        self.bytes[column * self.stride + block] = value;
    }

    /// Sets the first `blocks` values of a column.
    pub fn fill(&mut self, column: usize, blocks: usize, value: u8) {
        let start = column * self.stride;
        self.bytes[start..start + blocks].fill(value);
    }

    /// A whole column, padded.
    pub fn column(&self, column: usize) -> &[u8] {
        &self.bytes[column * self.stride..(column + 1) * self.stride]
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes.capacity()
    }
}

/// Scores of the first `blocks` blocks: the bias, and for each tree the leaf that the block falls into.
pub fn score(trees: &[Tree], bias: i32, columns: &Columns, blocks: usize, scores: &mut Vec<i32>) {
    scores.clear();
    for start in (0..blocks).step_by(LANES) {
        let mut sums = [bias; LANES];
        for tree in trees {
            add(tree, columns, start, &mut sums);
        }
        scores.extend_from_slice(&sums[..LANES.min(blocks - start)]);
    }
}

#[inline]
fn add(tree: &Tree, columns: &Columns, start: usize, sums: &mut [i32; LANES]) {
    let mut leaves = [0_u8; LANES];
    for &(column, above) in &tree.splits {
        let at = usize::from(column) * columns.stride + start;
        let values = &columns.bytes[at..at + LANES];
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
        columns.clear(130, 2);
        columns.set(0, 129, 25);
        columns.set(1, 129, 10);
        let mut scores = Vec::new();
        score(&[tree.clone(), tree], 1_000, &columns, 130, &mut scores);
        assert_eq!(scores.len(), 130);
        assert_eq!((scores[0], scores[129]), (1_000, 1_000 + 2 * 0b11_1000));
    }
}
