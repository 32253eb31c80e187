//! A set of hashes in ten bits each, which may say yes to one of 256 that it does not hold.
//!
//! An xor filter (Graf and Lemire 2020, arXiv:1912.08258): each hash has three places of a table of bytes, and what
//! stands there, taken together, is a byte of the hash. It is built in linear time and does not change afterwards.

use super::shingles::mixed;

/// Bytes of the table for each hash, beside a few for small sets: with less, no table can be built.
const BYTES_A_HASH: f64 = 1.23;
/// Bytes of every table besides.
const BYTES_BESIDE: usize = 32;
/// Tables that are tried at one size, each of which succeeds with a probability of nearly 1.
const TRIES_A_SIZE: u64 = 16;

/// A set of hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Which table was the first that could be built.
    pub seed: u64,
    /// Three parts of equal length; each hash has a place in each.
    pub table: Vec<u8>,
}

impl Filter {
    /// The filter of these hashes, which differ from each other.
    pub fn of(hashes: &[u64]) -> Self {
        let mut part = ((hashes.len() as f64 * BYTES_A_HASH) as usize + BYTES_BESIDE).div_ceil(3);
        for seed in 0.. {
            if let Some(table) = table(hashes, seed, part) {
                return Self { seed, table };
            }
            if seed % TRIES_A_SIZE == TRIES_A_SIZE - 1 {
                part += part / 8 + 1;
            }
        }
        unreachable!("a table that is large enough can be built")
    }

    /// Whether the set may hold a hash: always if it does.
    pub fn may_hold(&self, hash: u64) -> bool {
        let hash = mixed(hash.wrapping_add(self.seed));
        let found = places(hash, self.table.len() / 3).iter().fold(0, |byte, place| byte ^ self.table[*place]);
        found == byte(hash)
    }
}

/// The table, if this seed has one: a hash that is alone in one of its places is set aside, until none is left.
fn table(hashes: &[u64], seed: u64, part: usize) -> Option<Vec<u8>> {
    let mixed: Vec<u64> = hashes.iter().map(|hash| mixed(hash.wrapping_add(seed))).collect();
    // Of each place how many hashes it has, and all of them taken together.
    let mut at = vec![(0_u32, 0_u64); 3 * part];
    for hash in &mixed {
        for place in places(*hash, part) {
            at[place].0 += 1;
            at[place].1 ^= hash;
        }
    }
    let mut alone: Vec<usize> = (0..at.len()).filter(|place| at[*place].0 == 1).collect();
    let mut aside = Vec::with_capacity(mixed.len());
    while let Some(place) = alone.pop() {
        let (count, hash) = at[place];
        if count != 1 {
            continue;
        }
        aside.push((place, hash));
        for place in places(hash, part) {
            at[place].0 -= 1;
            at[place].1 ^= hash;
            if at[place].0 == 1 {
                alone.push(place);
            }
        }
    }
    if aside.len() < mixed.len() {
        return None;
    }
    let mut table = vec![0; 3 * part];
    for (place, hash) in aside.into_iter().rev() {
        table[place] = 0;
        table[place] = places(hash, part).iter().fold(byte(hash), |byte, place| byte ^ table[*place]);
    }
    Some(table)
}

/// A place in each of the three parts.
fn places(hash: u64, part: usize) -> [usize; 3] {
    let reduced = |hash: u64| (((hash & 0xFFFF_FFFF) * part as u64) >> 32) as usize;
    [reduced(hash), reduced(hash.rotate_left(21)) + part, reduced(hash.rotate_left(42)) + 2 * part]
}

fn byte(hash: u64) -> u8 {
    (hash ^ (hash >> 32)) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_holds_its_hashes_and_few_others() {
        for count in [0, 1, 2, 3, 10, 1000, 50_000] {
            let hashes: Vec<u64> = (0..count).map(|number| number * 7).collect();
            let filter = Filter::of(&hashes);
            assert!(hashes.iter().all(|hash| filter.may_hold(*hash)), "{count}");
            let others = (0..100_000).filter(|number| filter.may_hold(number * 7 + 3)).count();
            assert!(others < 600, "{others} of 100,000 others at {count}");
            assert!(filter.table.len() as u64 <= count * 5 / 4 + 40, "{} bytes for {count}", filter.table.len());
        }
    }
}
