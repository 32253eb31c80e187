//! The random permutations of a signature: h -> a·h + b modulo 2^32 with odd a, one pair a row.
//!
//! A product modulo 2^32 with an odd factor is a bijection, and its high bits depend on all bits of h. The minimum is
//! decided by the high bits, so the weak low bits do no harm (the test of `signature.rs` measures the error).
//! Only 32-bit lanes let eight rows be done by one AVX2 instruction; 64-bit lanes ran at a sixth of that speed.
//! One source is compiled for what every processor of the target has, for AVX2 and for AVX-512, and the processor
//! chooses when the program runs, so all give the same values. On AArch64 the first is NEON, which every processor has.
//! The factors come from SplitMix64 (Steele, Lea, Flood 2014), so they are the same on every machine.

/// One multiplier and one summand a row.
#[derive(Clone, Debug)]
pub struct Permutations {
    multipliers: Vec<u32>,
    summands: Vec<u32>,
}

/// Hashes are folded into the minima of this many rows at a time, which stay in registers: 7 of the 16 of AVX2. Two
/// hashes at a time were no faster there.
const TILE_ROWS: usize = 56;
/// The same for AVX-512: 7 registers of 32.
#[cfg(target_arch = "x86_64")]
const WIDE_TILE_ROWS: usize = 112;

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
        self.lower(hashes, minima);
    }

    /// The same as [`Self::minima`] with no more than every processor of the target has; for tests and benches.
    pub fn minima_portable(&self, hashes: &[u32], minima: &mut Vec<u32>) {
        minima.clear();
        minima.resize(self.rows(), u32::MAX);
        self.lower_plain::<TILE_ROWS>(hashes, minima);
    }

    /// Lowers `minima`, one a row, to the values of `hashes` where these are smaller.
    pub fn lower(&self, hashes: &[u32], minima: &mut [u32]) {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512f") {
            // SAFETY: the processor has the feature that the function is compiled for; the function is safe otherwise.
            return unsafe { self.lower_avx512(hashes, minima) };
        } else if is_x86_feature_detected!("avx2") {
            // SAFETY: as above.
            return unsafe { self.lower_avx2(hashes, minima) };
        }
        self.lower_plain::<TILE_ROWS>(hashes, minima);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f")]
    fn lower_avx512(&self, hashes: &[u32], minima: &mut [u32]) {
        if self.rows().is_multiple_of(WIDE_TILE_ROWS) {
            self.lower_plain::<WIDE_TILE_ROWS>(hashes, minima);
        } else {
            self.lower_plain::<TILE_ROWS>(hashes, minima);
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn lower_avx2(&self, hashes: &[u32], minima: &mut [u32]) {
        self.lower_plain::<TILE_ROWS>(hashes, minima);
    }

    /// The same for every processor; inlined into the functions above, where the compiler uses wider registers.
    #[inline(always)]
    fn lower_plain<const TILE: usize>(&self, hashes: &[u32], minima: &mut [u32]) {
        let tiles = self.multipliers.chunks(TILE).zip(self.summands.chunks(TILE));
        for ((multipliers, summands), minima) in tiles.zip(minima.chunks_mut(TILE)) {
            match (multipliers.try_into(), summands.try_into(), minima.try_into()) {
                (Ok(multipliers), Ok(summands), Ok(minima)) => {
                    lower_tile::<TILE>(hashes, multipliers, summands, minima)
                }
                _ => lower_rows(hashes, multipliers, summands, minima),
            }
        }
    }
}

/// A tile of fixed size, whose minima the compiler keeps in registers.
#[inline(always)]
fn lower_tile<const TILE: usize>(hashes: &[u32], a: &[u32; TILE], b: &[u32; TILE], minima: &mut [u32; TILE]) {
    let mut best = *minima;
    for hash in hashes {
        for row in 0..TILE {
            best[row] = best[row].min(a[row].wrapping_mul(*hash).wrapping_add(b[row]));
        }
    }
    *minima = best;
}

#[inline(always)]
fn lower_rows(hashes: &[u32], a: &[u32], b: &[u32], minima: &mut [u32]) {
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

    /// The minima by each path that this processor has.
    fn by_every_path(permutations: &Permutations, hashes: &[u32]) -> Vec<Vec<u32>> {
        let (mut chosen, mut portable) = (Vec::new(), Vec::new());
        permutations.minima(hashes, &mut chosen);
        permutations.minima_portable(hashes, &mut portable);
        let mut found = vec![chosen, portable];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            let mut minima = vec![u32::MAX; permutations.rows()];
            // SAFETY: the processor has the feature that the function is compiled for; the function is safe otherwise.
            unsafe { permutations.lower_avx2(hashes, &mut minima) };
            found.push(minima);
        }
        let mut minima = vec![u32::MAX; permutations.rows()];
        permutations.lower_plain::<112>(hashes, &mut minima);
        found.push(minima);
        found
    }

    proptest! {
        /// Whatever path the processor takes, the minima are those of the definition.
        #[test]
        fn every_path_gives_the_minima_of_the_definition(
            hashes in prop::collection::vec(any::<u32>(), 0..50), rows in prop_oneof![1..260_usize, Just(112)]
        ) {
            let permutations = Permutations::new(7, rows);
            let (a, b) = (&permutations.multipliers, &permutations.summands);
            let values = |row: usize| hashes.iter().map(move |hash| a[row].wrapping_mul(*hash).wrapping_add(b[row]));
            let expected: Vec<u32> = (0..rows).map(|row| values(row).min().unwrap_or(u32::MAX)).collect();
            for found in by_every_path(&permutations, &hashes) {
                prop_assert_eq!(&found, &expected);
            }
        }

        /// Hashes may come in parts.
        #[test]
        fn minima_are_lowered_part_by_part(hashes in prop::collection::vec(any::<u32>(), 0..50), cut in 0..50_usize) {
            let permutations = Permutations::new(7, 112);
            let (first, second) = hashes.split_at(cut.min(hashes.len()));
            let (mut whole, mut parts) = (Vec::new(), Vec::new());
            permutations.minima(&hashes, &mut whole);
            permutations.minima(first, &mut parts);
            permutations.lower(second, &mut parts);
            prop_assert_eq!(whole, parts);
        }
    }
}
