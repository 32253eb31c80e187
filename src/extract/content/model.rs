//! The learned numbers, and their file.
//!
//! Little-endian: `gmc1`; the number of columns, of words, of trees (`u32` each) and the bias (`i32`); 256 probabilities (`u16`);
//! the words, sorted by hash (hash `u32`, two weights `i16`); the trees (six pairs of column and threshold as bytes,
//! 64 leaves `i16`). Nothing follows. How the numbers are made is told in `training/README.md`.

use super::choose::{Odds, STEPS};
use super::class_words::{ClassWords, Weights};
use super::columns::COLUMNS;
use super::trees::{DEPTH_MAX, LEAVES, Tree};

const MAGIC: &[u8; 4] = b"gmc1";

/// A content model.
#[derive(Clone, Debug)]
pub struct Model {
    /// What class words say.
    pub class_words: ClassWords,
    /// Added up for each block.
    pub trees: Vec<Tree>,
    /// Score before the first tree.
    pub bias: i32,
    /// Probability by steps of score.
    pub odds: Odds,
}

/// A model file is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadModel {
    /// It begins with something else.
    #[error("this is no content model: it does not begin with `gmc1`")]
    NoModel,
    /// It ends too early or too late.
    #[error("the content model has {found} bytes and should have {wanted}")]
    Length {
        /// Bytes there are.
        found: usize,
        /// Bytes there should be.
        wanted: usize,
    },
    /// It was learned with other columns.
    #[error("the content model was learned with {0} columns, and there are {COLUMNS}; it has to be learned anew")]
    Columns(u32),
    /// A tree asks for something that is not measured.
    #[error("a tree of the content model asks for column {0}, and there are {COLUMNS}")]
    Column(u8),
}

/// Reads numbers one after the other.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let Some((first, rest)) = self.0.split_first_chunk() else { return [0; N] };
        self.0 = rest;
        *first
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }

    fn i16(&mut self) -> i16 {
        i16::from_le_bytes(self.take())
    }
}

impl Model {
    /// Reads a model file.
    pub fn read(file: &[u8]) -> Result<Self, BadModel> {
        let Some(rest) = file.strip_prefix(MAGIC) else { return Err(BadModel::NoModel) };
        let mut numbers = Numbers(rest);
        let columns = numbers.u32();
        if columns as usize != COLUMNS {
            return Err(BadModel::Columns(columns));
        }
        let (words, trees, bias) = (numbers.u32() as usize, numbers.u32() as usize, numbers.u32() as i32);
        let wanted = 20 + 2 * STEPS + 8 * words + (2 * DEPTH_MAX + 2 * LEAVES) * trees;
        if file.len() != wanted {
            return Err(BadModel::Length { found: file.len(), wanted });
        }
        let odds = std::array::from_fn(|_| u16::from_le_bytes(numbers.take()));
        let word = |numbers: &mut Numbers<'_>| (numbers.u32(), Weights { on_path: numbers.i16(), own: numbers.i16() });
        let words: Vec<_> = (0..words).map(|_| word(&mut numbers)).collect();
        let tree = |numbers: &mut Numbers<'_>| Tree {
            splits: std::array::from_fn(|_| <(u8, u8)>::from(numbers.take::<2>())),
            leaves: std::array::from_fn(|_| numbers.i16()),
        };
        let trees: Vec<Tree> = (0..trees).map(|_| tree(&mut numbers)).collect();
        let asked = trees.iter().flat_map(|tree| &tree.splits).map(|split| split.0);
        match asked.max() {
            Some(column) if usize::from(column) >= COLUMNS => Err(BadModel::Column(column)),
            _ => Ok(Self { class_words: ClassWords::new(&words), trees, bias, odds }),
        }
    }

    /// The model as a file. `words` are those of its table.
    pub fn write(&self, words: &[(u32, Weights)]) -> Vec<u8> {
        let mut sorted = words.to_vec();
        sorted.sort_unstable_by_key(|(word, _)| *word);
        let mut file = MAGIC.to_vec();
        file.extend((COLUMNS as u32).to_le_bytes());
        file.extend((sorted.len() as u32).to_le_bytes());
        file.extend((self.trees.len() as u32).to_le_bytes());
        file.extend(self.bias.to_le_bytes());
        file.extend(self.odds.iter().flat_map(|odds| odds.to_le_bytes()));
        for (word, weights) in &sorted {
            file.extend(word.to_le_bytes());
            file.extend(weights.on_path.to_le_bytes());
            file.extend(weights.own.to_le_bytes());
        }
        for tree in &self.trees {
            file.extend(tree.splits.iter().flat_map(|&(column, above)| [column, above]));
            file.extend(tree.leaves.iter().flat_map(|leaf| leaf.to_le_bytes()));
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> (Model, Vec<(u32, Weights)>) {
        let words = vec![(9, Weights { on_path: 1, own: -2 }), (5, Weights { on_path: -300, own: 4 })];
        let tree = Tree { splits: [(3, 17); DEPTH_MAX], leaves: std::array::from_fn(|leaf| -(leaf as i16)) };
        let odds = std::array::from_fn(|step| step as u16);
        let class_words = ClassWords::new(&words);
        (Model { class_words, trees: vec![tree.clone(), tree], bias: -77, odds }, words)
    }

    #[test]
    fn what_was_written_is_read() {
        let (model, words) = model();
        let read = Model::read(&model.write(&words)).expect("a model");
        assert_eq!((&read.trees, read.bias, read.odds), (&model.trees, model.bias, model.odds));
        assert_eq!(read.class_words.get(5), words[1].1);
    }

    #[test]
    fn other_files_are_refused() {
        let (mut model, words) = model();
        let file = model.write(&words);
        assert_eq!(Model::read(b"PAR1").err(), Some(BadModel::NoModel));
        assert_eq!(Model::read(b"gmc1\x01\0\0\0").err(), Some(BadModel::Columns(1)));
        let wanted = file.len();
        assert_eq!(Model::read(&file[..wanted - 1]).err(), Some(BadModel::Length { found: wanted - 1, wanted }));
        model.trees[1].splits[2].0 = COLUMNS as u8;
        assert_eq!(Model::read(&model.write(&words)).err(), Some(BadModel::Column(COLUMNS as u8)));
    }
}
