//! The random permutations of a signature: h -> a·h + b modulo 2^32 with odd a, one pair a row.
//!
//! A product modulo 2^32 with an odd factor is a bijection, and its high bits depend on all bits of h. The minimum is
//! decided by the high bits, so the weak low bits do no harm (the test of `signature.rs` measures the error).
//! Only 32-bit lanes let eight rows be done by one AVX2 instruction; 64-bit lanes ran at a sixth of that speed.
//! The factors come from SplitMix64 (Steele, Lea, Flood 2014), so they are the same on every machine.

/// One multiplier and one summand a row.
#[derive(Clone, Debug)]
pub struct Permutations {
    multipliers: Vec<u32>,
    summands: Vec<u32>,
}

/// Hashes are folded into the minima this many at a time, while a tile of rows stays in registers.
const TILE_ROWS: usize = 56;

impl Permutations {
    /// `rows` permutations that the seed determines.
    pub fn new(seed: u64, rows: usize) -> Self {
        let mut state = seed;
        let multipliers = (0..rows).map(|_| (split_mix(&mut state) >> 32) as u32 | 1).collect();
        let summands = (0..rows).map(|_| (split_mix(&mut state) >> 32) as u32).collect();
        Self { multipliers, summands }
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.multipliers.len()
    }

    /// The smallest value of each permutation over all `hashes`; all ones if there are none.
    pub fn minima(&self, hashes: &[u32], minima: &mut Vec<u32>) {
        minima.clear();
        minima.resize(self.rows(), u32::MAX);
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has the feature that the function is compiled for; the function is safe otherwise.
            unsafe { self.minima_avx2(hashes, minima) };
            return;
        }
        self.minima_plain(hashes, minima);
    }

    /// The same as [`Self::minima`] with no more than every processor of the target has; for tests and benches.
    pub fn minima_portable(&self, hashes: &[u32], minima: &mut Vec<u32>) {
        minima.clear();
        minima.resize(self.rows(), u32::MAX);
        self.minima_plain(hashes, minima);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn minima_avx2(&self, hashes: &[u32], minima: &mut [u32]) {
        self.minima_plain(hashes, minima);
    }

    /// The same for every processor; inlined into the function above, where the compiler uses wider registers.
    #[inline(always)]
    fn minima_plain(&self, hashes: &[u32], minima: &mut [u32]) {
        let tiles = self.multipliers.chunks(TILE_ROWS).zip(self.summands.chunks(TILE_ROWS));
        for ((multipliers, summands), minima) in tiles.zip(minima.chunks_mut(TILE_ROWS)) {
            match (multipliers.try_into(), summands.try_into(), minima.try_into()) {
                (Ok(multipliers), Ok(summands), Ok(minima)) => fold_tile(hashes, multipliers, summands, minima),
                _ => fold(hashes, multipliers, summands, minima),
            }
        }
    }
}

/// A tile of fixed size, whose minima the compiler keeps in registers.
#[inline(always)]
fn fold_tile(hashes: &[u32], a: &[u32; TILE_ROWS], b: &[u32; TILE_ROWS], minima: &mut [u32; TILE_ROWS]) {
    let mut best = *minima;
    for hash in hashes {
        for row in 0..TILE_ROWS {
            best[row] = best[row].min(a[row].wrapping_mul(*hash).wrapping_add(b[row]));
        }
    }
    *minima = best;
}

#[inline(always)]
fn fold(hashes: &[u32], a: &[u32], b: &[u32], minima: &mut [u32]) {
    for hash in hashes {
        for ((best, a), b) in minima.iter_mut().zip(a).zip(b) {
            *best = (*best).min(a.wrapping_mul(*hash).wrapping_add(*b));
        }
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_seed_decides_the_permutations() {
        let first = Permutations::new(1, 112);
        assert_eq!(first.multipliers, Permutations::new(1, 112).multipliers);
        assert_ne!(first.multipliers, Permutations::new(2, 112).multipliers);
        assert!(first.multipliers.iter().all(|a| a % 2 == 1));
    }

    proptest! {
        /// Whatever path the processor takes, the minima are those of the definition.
        #[test]
        fn every_path_gives_the_minima_of_the_definition(hashes in prop::collection::vec(any::<u32>(), 0..50), rows in 1..130_usize) {
            let permutations = Permutations::new(7, rows);
            let mut found = Vec::new();
            permutations.minima(&hashes, &mut found);
            let value = |row: usize, hash: u32| permutations.multipliers[row].wrapping_mul(hash).wrapping_add(permutations.summands[row]);
            let expected: Vec<u32> = (0..rows).map(|row| hashes.iter().map(|hash| value(row, *hash)).min().unwrap_or(u32::MAX)).collect();
            prop_assert_eq!(&found, &expected);
            permutations.minima_portable(&hashes, &mut found);
            prop_assert_eq!(found, expected);
        }
    }
}
