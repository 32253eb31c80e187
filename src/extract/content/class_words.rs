//! What the class words on the way to a node say of its text: a learned table of hashed words.
//!
//! Each word has two weights, in sixty-fourths of a unit of log odds: one for wherever it stands on the way from the
//! root to a block, one for the block's own container. What a site's makers call a part of a page says more of it
//! than any other single thing.

/// A word with its weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    /// Counted wherever the word stands above a block.
    pub on_path: i16,
    /// Counted once more where the block's container itself has it.
    pub own: i16,
}

/// Words by their hash, in a table with open addresses.
#[derive(Clone, Debug)]
pub struct ClassWords {
    slots: Vec<(u32, Weights)>,
    mask: u32,
}

/// The hash of no word: the table's empty slots.
const NONE: u32 = 0;

impl ClassWords {
    /// A table of these words; of a word that is given twice the first counts.
    pub fn new(words: &[(u32, Weights)]) -> Self {
        let size = (2 * words.len()).next_power_of_two().max(2);
        let mut table = Self { slots: vec![(NONE, Weights::default()); size], mask: size as u32 - 1 };
        for &(word, weights) in words.iter().filter(|(word, _)| *word != NONE) {
            let slot = table.slot(word);
            if table.slots[slot].0 == NONE {
                table.slots[slot] = (word, weights);
            }
        }
        table
    }

    /// The weights of a word; none if it is not known.
    pub fn get(&self, word: u32) -> Weights {
        self.slots[self.slot(word)].1
    }

    /// Where the word stands, or where it would.
    fn slot(&self, word: u32) -> usize {
        let mut slot = (word.wrapping_mul(0x9E37_79B1) >> 7) & self.mask;
        while self.slots[slot as usize].0 != word && self.slots[slot as usize].0 != NONE {
            slot = (slot + 1) & self.mask;
        }
        slot as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_weights_and_others_have_none() {
        let words: Vec<(u32, Weights)> =
            (1..2_000).map(|n: u32| (n.wrapping_mul(7_919), Weights { on_path: n as i16, own: -(n as i16) })).collect();
        let table = ClassWords::new(&words);
        for (word, weights) in &words {
            assert_eq!(table.get(*word), *weights);
        }
        assert_eq!(table.get(3), Weights::default());
        assert_eq!(ClassWords::new(&[]).get(5), Weights::default());
    }
}
