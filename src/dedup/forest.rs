//! Joins documents into clusters whose root is always the document with the smallest number.
//!
//! A union-find with path halving. Linking towards the smaller number, and not by size, makes the roots independent of
//! the order of the joins; paths stay short because halving flattens them as they are read.

/// Disjoint sets of documents `0..len`. Four bytes a document.
#[derive(Clone, Debug)]
pub struct Forest {
    parents: Vec<u32>,
}

impl Forest {
    /// Every document alone.
    pub fn new(len: u32) -> Self {
        Self { parents: (0..len).collect() }
    }

    /// The smallest number in the document's cluster.
    pub fn root(&mut self, document: u32) -> u32 {
        let mut at = document as usize;
        while self.parents[at] as usize != at {
            let grandparent = self.parents[self.parents[at] as usize];
            self.parents[at] = grandparent;
            at = grandparent as usize;
        }
        at as u32
    }

    /// Puts two documents, and all that are with them, into one cluster.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let (smaller, larger) = if a < b { (a, b) } else { (b, a) };
        self.parents[larger as usize] = smaller;
    }

    /// How many documents there are, joined or not.
    pub fn len(&self) -> u32 {
        self.parents.len() as u32
    }

    /// Whether there are no documents at all.
    pub fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Clusters by repeated relabeling, the slow way.
    fn naive(len: u32, joins: &[(u32, u32)]) -> Vec<u32> {
        let mut labels: Vec<u32> = (0..len).collect();
        loop {
            let before = labels.clone();
            for (a, b) in joins {
                let smallest = labels[*a as usize].min(labels[*b as usize]);
                labels[*a as usize] = smallest;
                labels[*b as usize] = smallest;
            }
            if labels == before {
                return labels;
            }
        }
    }

    proptest! {
        #[test]
        fn roots_are_the_smallest_of_their_cluster(joins in prop::collection::vec((0..40_u32, 0..40_u32), 0..60)) {
            let mut forest = Forest::new(40);
            joins.iter().for_each(|(a, b)| forest.join(*a, *b));
            let roots: Vec<_> = (0..40).map(|document| forest.root(document)).collect();
            prop_assert_eq!(&roots, &naive(40, &joins));
            let mut backwards = Forest::new(40);
            joins.iter().rev().for_each(|(a, b)| backwards.join(*b, *a));
            prop_assert_eq!(roots, (0..40).map(|document| backwards.root(document)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_long_chain_is_one_cluster() {
        let mut forest = Forest::new(100_000);
        (1..100_000).rev().for_each(|document| forest.join(document, document - 1));
        let roots: BTreeSet<_> = (0..100_000).map(|document| forest.root(document)).collect();
        assert_eq!(roots, BTreeSet::from([0]));
    }
}
