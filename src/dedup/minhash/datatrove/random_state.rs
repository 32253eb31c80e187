//! Draws the permutations of datatrove's signatures as numpy's `RandomState(seed).randint` does.
//!
//! That is MT19937 (Matsumoto, Nishimura 1998) with its plain seeding; a 64-bit number is two 32-bit ones, the first
//! one above; a number in a range is drawn by masking, again and again until it lies in the range.

/// A prime; signatures of datatrove are computed modulo it.
pub const MERSENNE_PRIME: u64 = (1 << 61) - 1;

const STATE_WORDS: usize = 624;
const SHIFT_WORDS: usize = 397;

/// One multiplier and one summand a row.
#[derive(Clone, Debug)]
pub struct Permutations {
    multipliers: Vec<u64>,
    summands: Vec<u64>,
}

impl Permutations {
    /// `rows` permutations that the seed determines.
    pub fn new(seed: u32, rows: usize) -> Self {
        let mut random = RandomState::new(seed);
        let multipliers = (0..rows).map(|_| random.draw(1)).collect();
        let summands = (0..rows).map(|_| random.draw(0)).collect();
        Self { multipliers, summands }
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.multipliers.len()
    }

    /// Lowers each of `minima` to the value that its permutation gives the hash, if that is smaller.
    ///
    /// The product wraps at 64 bits before it is taken modulo the prime, as numpy's does. `mask` picks the bits that
    /// count.
    #[inline]
    pub fn fold(&self, hash: u64, mask: u64, minima: &mut [u64]) {
        for ((least, a), b) in minima.iter_mut().zip(&self.multipliers).zip(&self.summands) {
            *least = (*least).min(modulo_prime(hash.wrapping_mul(*a).wrapping_add(*b)) & mask);
        }
    }
}

/// `value` modulo 2^61 - 1: what stands above bit 61 counts once more, since 2^61 leaves a remainder of 1.
#[inline(always)]
fn modulo_prime(value: u64) -> u64 {
    let folded = (value & MERSENNE_PRIME) + (value >> 61);
    if folded >= MERSENNE_PRIME { folded - MERSENNE_PRIME } else { folded }
}

struct RandomState {
    words: [u32; STATE_WORDS],
    next: usize,
}

impl RandomState {
    fn new(seed: u32) -> Self {
        let mut words = [seed; STATE_WORDS];
        for place in 1..STATE_WORDS {
            let before = words[place - 1];
            words[place] = (before ^ (before >> 30)).wrapping_mul(1_812_433_253).wrapping_add(place as u32);
        }
        Self { words, next: STATE_WORDS }
    }

    /// A number from `low` up to, and without, the prime.
    fn draw(&mut self, low: u64) -> u64 {
        loop {
            let (high_half, low_half) = (self.next_u32(), self.next_u32());
            let drawn = (u64::from(high_half) << 32 | u64::from(low_half)) & MERSENNE_PRIME;
            if drawn < MERSENNE_PRIME - low {
                return drawn + low;
            }
        }
    }

    fn next_u32(&mut self) -> u32 {
        if self.next == STATE_WORDS {
            self.twist();
        }
        let mut word = self.words[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C_5680;
        word ^= (word << 15) & 0xEFC6_0000;
        word ^ (word >> 18)
    }

    fn twist(&mut self) {
        for place in 0..STATE_WORDS {
            let joined = (self.words[place] & 0x8000_0000) | (self.words[(place + 1) % STATE_WORDS] & 0x7FFF_FFFF);
            let odd = if joined & 1 == 1 { 0x9908_B0DF } else { 0 };
            self.words[place] = self.words[(place + SHIFT_WORDS) % STATE_WORDS] ^ (joined >> 1) ^ odd;
        }
        self.next = 0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// numpy 2.4.6: `RandomState(1).randint(1, 2**61 - 1, dtype=uint64, size=112)`, then the same from 0.
    #[test]
    fn permutations_are_those_that_numpy_draws() {
        let permutations = Permutations::new(1, 112);
        let (a, b) = (permutations.multipliers, permutations.summands);
        let first = [775169054918279404, 1758426461858698313, 2109959069025162, 965365488286768774];
        assert_eq!((&a[..4], a[111]), (&first[..], 223865076026037746));
        let first = [1062448801025099917, 1324811268927594100, 1217488311597731462, 100775521383383736];
        assert_eq!((&b[..4], b[111]), (&first[..], 1097409548522419201));
    }

    proptest! {
        #[test]
        fn the_remainder_is_that_of_a_division(value in any::<u64>(), near in 0..20_u64, times in 0..9_u64) {
            prop_assert_eq!(modulo_prime(value), value % MERSENNE_PRIME);
            let edge = (times * MERSENNE_PRIME).wrapping_add(near).wrapping_sub(10);
            prop_assert_eq!(modulo_prime(edge), edge % MERSENNE_PRIME);
        }
    }
}
