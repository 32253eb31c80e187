//! Blocks of the same make, and elements that are repeated: what a template prints again and again.
//!
//! Blocks are of one group if their container, its parent and the kind of its grandparent have the same kind and class
//! words. Regions are repeated if siblings have the same kind and class words as they.

use super::regions::{Regions, Sums};

/// No entry.
const NONE: u32 = u32::MAX;
/// Slots looked at for one key; a page made to have more keys in one place has some groups taken for one.
const PROBES_MAX: usize = 64;

/// A small hash table from keys of 64 bits to a place in a list. Its memory is used again for each page.
#[derive(Default)]
struct Places {
    slots: Vec<(u64, u32)>,
}

impl Places {
    fn clear(&mut self, most: usize) {
        self.slots.clear();
        self.slots.resize((2 * most).next_power_of_two().max(16), (0, NONE));
    }

    /// The place of a key; `next` if it is new.
    fn place(&mut self, key: u64, next: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let mut slot = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & mask;
        for _ in 1..PROBES_MAX {
            match self.slots[slot] {
                (_, NONE) => break,
                (found, place) if found == key => return place,
                _ => slot = (slot + 1) & mask,
            }
        }
        if self.slots[slot].1 == NONE {
            self.slots[slot] = (key, next);
        }
        self.slots[slot].1
    }
}

/// Counts equal keys. Its memory is used again for each list.
#[derive(Default)]
struct Equal {
    places: Places,
    counts: Vec<u32>,
    of_key: Vec<u32>,
}

impl Equal {
    /// For each key how many are equal to it, itself included.
    fn count(&mut self, keys: impl ExactSizeIterator<Item = u64>, out: &mut Vec<u32>) {
        self.places.clear(keys.len());
        self.counts.clear();
        self.of_key.clear();
        for key in keys {
            let place = self.places.place(key, self.counts.len() as u32);
            if place as usize == self.counts.len() {
                self.counts.push(0);
            }
            self.counts[place as usize] += 1;
            self.of_key.push(place);
        }
        out.clear();
        out.extend(self.of_key.iter().map(|place| self.counts[*place as usize]));
    }
}

/// The groups of a page. Made once for a thread and filled anew for each page.
#[derive(Default)]
pub struct Groups {
    /// Group of each block that counts.
    pub of_block: Vec<u32>,
    /// Sums over the blocks of each group.
    pub sums: Vec<Sums>,
    /// For each region how many siblings are made like it, itself included.
    pub repeats: Vec<u32>,
    /// For each block how many blocks have the same text, itself included.
    pub copies: Vec<u32>,
    equal: Equal,
}

impl Groups {
    /// Groups the blocks of a page. `sums` and `texts` have one entry for each block: its sums, a hash of its text.
    pub fn fill(&mut self, regions: &Regions, sums: &[Sums], texts: &[u64]) {
        self.group_blocks(regions, sums);
        let siblings = regions.list.iter().map(|region| u64::from(region.parent) << 32 | u64::from(region.signature));
        self.equal.count(siblings, &mut self.repeats);
        self.equal.count(texts.iter().copied(), &mut self.copies);
    }

    fn group_blocks(&mut self, regions: &Regions, sums: &[Sums]) {
        self.equal.places.clear(sums.len());
        self.of_block.clear();
        self.sums.clear();
        for (&region, own) in regions.of_block.iter().zip(sums) {
            let region = &regions.list[region as usize];
            let parent = &regions.list[region.parent as usize];
            let grandparent = &regions.list[parent.parent as usize];
            let outer = parent.signature.rotate_left(9) ^ grandparent.tag as u32;
            let place =
                self.equal.places.place(u64::from(region.signature) << 32 | u64::from(outer), self.sums.len() as u32);
            if place as usize == self.sums.len() {
                self.sums.push(Sums::default());
            }
            self.sums[place as usize].add(own);
            self.of_block.push(place);
        }
    }
}
