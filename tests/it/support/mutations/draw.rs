//! Numbers from a seed, the same on every machine (splitmix64).

use std::ops::Range;

/// A row of numbers.
pub struct Draw(u64);

impl Draw {
    /// The row that belongs to a seed and the number of a mutation.
    pub fn new(seed: u64, number: u64) -> Self {
        Self(seed.wrapping_mul(0xd134_2543_de82_ef95) ^ number.wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    /// A number below `end`; 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A range of `length`, mostly short, seldom up to 16 KiB and never beyond it.
    pub fn range(&mut self, length: usize) -> Range<usize> {
        let start = self.below(length);
        let most = 1 << self.below(15);
        let count = 1 + self.below(most);
        start..(start + count).min(length)
    }
}
