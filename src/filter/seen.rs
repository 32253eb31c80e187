//! Which 64-bit hashes stood before, and how often each of a row of hashes does.
//!
//! Open addressing, never more than half full, emptied by zeros. Both take 16 to 32 bytes for each hash that they were
//! made for, so that a text of nothing but short words or lines costs no multiple of what it has to.

/// Odd, with bits all over: the golden ratio in 64 bits.
pub const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Places of a table for so many entries, and how far a product is shifted to be one of them.
fn size(entries: usize) -> (usize, u32) {
    let size = (entries.max(4) * 2).next_power_of_two();
    (size, 64 - size.trailing_zeros())
}

/// Hashes that stood before.
pub struct Seen {
    /// 0 where nothing is.
    slots: Vec<u64>,
    shift: u32,
}

impl Seen {
    /// For so many different hashes.
    pub fn for_entries(entries: usize) -> Self {
        let (size, shift) = size(entries);
        Self { slots: vec![0; size], shift }
    }

    /// Forgets all hashes.
    pub fn clear(&mut self) {
        self.slots.fill(0);
    }

    /// Takes in a hash; whether it stood before. The hash 0 is taken for another one.
    pub fn stood_before(&mut self, hash: u64) -> bool {
        let hash = if hash == 0 { FACTOR } else { hash };
        let mask = self.slots.len() - 1;
        let mut at = (hash.wrapping_mul(FACTOR) >> self.shift) as usize;
        while self.slots[at] != 0 {
            if self.slots[at] == hash {
                return true;
            }
            at = (at + 1) & mask;
        }
        self.slots[at] = hash;
        false
    }
}

/// A hash of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Where it stands first.
    pub first: u32,
    /// How often it stands there; 0 where nothing is.
    pub count: u32,
}

/// How often hashes of a row stand there.
pub struct Counts {
    slots: Vec<Count>,
    shift: u32,
}

impl Counts {
    /// For so many different hashes.
    pub fn for_entries(entries: usize) -> Self {
        let (size, shift) = size(entries);
        Self { slots: vec![Count::default(); size], shift }
    }

    /// Forgets all hashes.
    pub fn clear(&mut self) {
        self.slots.fill(Count::default());
    }

    /// Counts the hash at a place of the row, which has to be the same row until all are forgotten.
    pub fn count(&mut self, row: &[u64], place: usize) -> Count {
        let hash = row[place];
        let mask = self.slots.len() - 1;
        let mut at = (hash.wrapping_mul(FACTOR) >> self.shift) as usize;
        loop {
            let slot = &mut self.slots[at];
            if slot.count == 0 {
                *slot = Count { first: place as u32, count: 1 };
                return *slot;
            }
            if row[slot.first as usize] == hash {
                slot.count += 1;
                return *slot;
            }
            at = (at + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_forgotten_has_not_stood_before() {
        let mut seen = Seen::for_entries(0);
        assert_eq!([0, 7, 0, 7, 8].map(|hash| seen.stood_before(hash)), [false, false, true, true, false]);
        seen.clear();
        assert!(!seen.stood_before(7));
    }

    #[test]
    fn a_count_keeps_the_first_place_until_it_is_forgotten() {
        let row = [7, 0, 7];
        let mut counts = Counts::for_entries(0);
        let found = [0, 1, 2].map(|place| counts.count(&row, place));
        assert_eq!(found.map(|count| (count.first, count.count)), [(0, 1), (1, 1), (0, 2)]);
        counts.clear();
        assert_eq!(counts.count(&row, 2), Count { first: 2, count: 1 });
    }

    proptest! {
        /// Full to the brim, with hashes that lie close together or far apart.
        #[test]
        fn both_agree_with_looking_through_the_row(row in prop::collection::vec(0..40_u64, 0..60), spread in any::<u64>()) {
            let row: Vec<u64> = row.iter().map(|hash| hash.wrapping_mul(spread | 1)).collect();
            let different = row.iter().collect::<std::collections::BTreeSet<_>>().len();
            let (mut seen, mut counts) = (Seen::for_entries(different), Counts::for_entries(different));
            for (place, hash) in row.iter().enumerate() {
                let first = row.iter().position(|other| other == hash).unwrap_or(place);
                let count = row[..=place].iter().filter(|other| *other == hash).count();
                prop_assert_eq!(seen.stood_before(*hash), first < place);
                prop_assert_eq!(counts.count(&row, place), Count { first: first as u32, count: count as u32 });
            }
        }
    }
}
