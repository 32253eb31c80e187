//! Buckets -> clusters -> removals.
//!
//! A bucket holds the documents whose key in one band is equal. Its documents are joined in star form, each with the
//! first, so a bucket of a million boilerplate pages costs a million joins and not their square.

use crate::dedup::Removal;
use crate::dedup::forest::Forest;

/// Joins all documents of every bucket of one band. `keys` holds (key, document) in any order; it is sorted in place.
pub fn join_band(keys: &mut [(u64, u32)], forest: &mut Forest) {
    keys.sort_unstable();
    for bucket in keys.chunk_by(|a, b| a.0 == b.0) {
        let first = bucket[0].1;
        bucket[1..].iter().for_each(|(_, document)| forest.join(first, *document));
    }
}

/// Every document that is not the first of its cluster, ordered by number.
pub fn removals(forest: &mut Forest) -> Vec<Removal> {
    let pairs = (0..forest.len()).map(|removed| Removal { removed, kept: forest.root(removed) });
    pairs.filter(|pair| pair.removed != pair.kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_join_over_bands_and_the_first_stays() {
        let mut forest = Forest::new(6);
        join_band(&mut [(1, 4), (1, 2), (2, 0), (3, 5)], &mut forest);
        join_band(&mut [(9, 4), (9, 5), (8, 1)], &mut forest);
        let pair = |removed, kept| Removal { removed, kept };
        assert_eq!(removals(&mut forest), [pair(4, 2), pair(5, 2)]);
    }
}
