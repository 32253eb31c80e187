//! The shingles of a document as they are, to compare two documents exactly.
//!
//! Similarity alone does not tell a copy with edits from two pages of one template: both share most of their shingles.
//! Edits are scattered, though, and what a page of its own says is a passage. So the longest passage counts as well that
//! the one that stays does not hold.

/// The shingles of one document: hashes of 32 bits.
#[derive(Clone, Debug, Default)]
pub struct Shingles {
    in_order: Vec<u32>,
    /// The different ones, ordered.
    set: Vec<u32>,
}

impl Shingles {
    /// The shingles from what [`super::MinHash::push_shingles`] wrote.
    pub fn new(bytes: &[u8]) -> Self {
        let in_order: Vec<u32> = bytes.as_chunks::<4>().0.iter().map(|hash| u32::from_le_bytes(*hash)).collect();
        let mut set = in_order.clone();
        set.sort_unstable();
        set.dedup();
        Self { in_order, set }
    }

    /// Jaccard similarity of the two sets of shingles; 0 if there are none.
    pub fn jaccard(&self, other: &Self) -> f32 {
        let (a, b) = (&self.set, &other.set);
        let (mut at_a, mut at_b, mut both) = (0, 0, 0_usize);
        while let (Some(left), Some(right)) = (a.get(at_a), b.get(at_b)) {
            both += usize::from(left == right);
            at_a += usize::from(left <= right);
            at_b += usize::from(right <= left);
        }
        let either = a.len() + b.len() - both;
        if either == 0 { 0.0 } else { both as f32 / either as f32 }
    }

    /// Words of the longest passage that the other document does not hold.
    ///
    /// A word that is changed changes the `shingle_words` shingles it stands in, so a run of r shingles that the other
    /// lacks is a passage of r + 1 - `shingle_words` words, but for the runs at both ends, which are longer than that.
    pub fn novel_words(&self, other: &Self, shingle_words: usize) -> usize {
        let (mut run, mut longest) = (0_usize, 0);
        for hash in &self.in_order {
            run = if other.set.binary_search(hash).is_ok() { 0 } else { run + 1 };
            longest = longest.max(run);
        }
        if longest == 0 { 0 } else { (longest + 1).saturating_sub(shingle_words).max(1) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::dedup::minhash::config::Config;

    fn of(hashes: impl IntoIterator<Item = u32>) -> Shingles {
        Shingles::new(&hashes.into_iter().flat_map(u32::to_le_bytes).collect::<Vec<_>>())
    }

    fn of_text(text: &str) -> Shingles {
        let mut bytes = Vec::new();
        Config::default().build().expect("the defaults are valid").push_shingles(text, &mut bytes);
        Shingles::new(&bytes)
    }

    #[test]
    fn the_longest_passage_is_counted_in_words() {
        let words: Vec<String> = (0..60).map(|number| format!("word{number}")).collect();
        let whole = words.join(" ");
        let check = |change: &dyn Fn(&mut Vec<String>), novel: usize| {
            let mut changed = words.clone();
            change(&mut changed);
            let (changed, whole) = (of_text(&changed.join(" ")), of_text(&whole));
            assert_eq!(changed.novel_words(&whole, 5), novel);
        };
        check(&|_| {}, 0);
        check(&|words| words[30] = "other".into(), 1);
        check(&|words| [20, 40].into_iter().for_each(|place| words[place] = "other".into()), 1);
        check(&|words| (20..27).for_each(|place| words[place] = format!("other{place}")), 7);
        check(&|words| drop(words.splice(30..30, (0..12).map(|number| format!("new{number}")))), 12);
        check(&|words| drop(words.drain(10..20)), 1);
    }

    proptest! {
        #[test]
        fn jaccard_is_that_of_the_sets(a in prop::collection::vec(0..60_u32, 0..60),
                                       b in prop::collection::vec(0..60_u32, 0..60)) {
            let (left, right) = (of(a.iter().copied()), of(b.iter().copied()));
            let [a, b] = [a, b].map(|hashes| hashes.into_iter().collect::<BTreeSet<u32>>());
            let (both, either) = (a.intersection(&b).count(), a.union(&b).count());
            let expected = if either == 0 { 0.0 } else { both as f32 / either as f32 };
            prop_assert_eq!(left.jaccard(&right), expected);
            prop_assert_eq!(left.novel_words(&right, 1) == 0, a.is_subset(&b));
        }
    }
}
