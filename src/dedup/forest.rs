//! Joins documents into clusters whose root is always the document with the smallest number.
//!
//! A union-find with path halving, which any number of threads may use at once: a link is set by one comparing exchange,
//! and only from a root to a smaller number, so links never form a ring. Linking towards the smaller number, and not by
//! size, makes the roots independent of the order of the joins; paths stay short because halving flattens them as they
//! are read (Anderson and Woll 1991, "Wait-free parallel algorithms for the union-find problem").

use std::sync::atomic::{AtomicU32, Ordering};

/// Disjoint sets of documents `0..len`. Four bytes a document.
#[derive(Debug)]
pub struct Forest {
    parents: Vec<AtomicU32>,
}

impl Forest {
    /// Every document alone.
    pub fn new(len: u32) -> Self {
        Self { parents: (0..len).map(AtomicU32::new).collect() }
    }

    /// The smallest number in the document's cluster, as far as other threads have joined by now.
    pub fn root(&self, document: u32) -> u32 {
        let mut at = document;
        loop {
            let parent = self.parent(at);
            if parent == at {
                return at;
            }
            let grandparent = self.parent(parent);
            // A failed exchange means that another thread has shortened or changed the path, which is as good.
            let _ = self.exchange(at, parent, grandparent);
            at = grandparent;
        }
    }

    /// Puts two documents, and all that are with them, into one cluster.
    pub fn join(&self, a: u32, b: u32) {
        loop {
            let (a, b) = (self.root(a), self.root(b));
            if a == b || self.exchange(a.max(b), a.max(b), a.min(b)) {
                return;
            }
        }
    }

    fn parent(&self, document: u32) -> u32 {
        self.parents[document as usize].load(Ordering::Relaxed)
    }

    /// Sets a document's parent, if it is still the one that was read.
    fn exchange(&self, document: u32, from: u32, to: u32) -> bool {
        let parent = &self.parents[document as usize];
        parent.compare_exchange(from, to, Ordering::Relaxed, Ordering::Relaxed).is_ok()
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
            let forest = Forest::new(40);
            joins.iter().for_each(|(a, b)| forest.join(*a, *b));
            let roots: Vec<_> = (0..40).map(|document| forest.root(document)).collect();
            prop_assert_eq!(&roots, &naive(40, &joins));
            let backwards = Forest::new(40);
            joins.iter().rev().for_each(|(a, b)| backwards.join(*b, *a));
            prop_assert_eq!(roots, (0..40).map(|document| backwards.root(document)).collect::<Vec<_>>());
        }
    }

    /// Many threads at once give the roots that one gives.
    #[test]
    fn threads_may_join_at_once() {
        let forest = Forest::new(20_000);
        let joins = |salt: u32| {
            (0..30_000_u32)
                .map(move |number| {
                    let mixed = number.wrapping_mul(2_654_435_761).wrapping_add(salt.wrapping_mul(97));
                    (mixed % 20_000, (mixed / 20_000) % 20_000 / 4 * 4)
                })
                .filter(|(a, b)| a % 4 == b % 4)
        };
        std::thread::scope(|scope| {
            for salt in 0..4 {
                let forest = &forest;
                scope.spawn(move || joins(salt).for_each(|(a, b)| forest.join(a, b)));
            }
        });
        let alone = Forest::new(20_000);
        (0..4).flat_map(joins).for_each(|(a, b)| alone.join(b, a));
        for document in 0..20_000 {
            assert_eq!(forest.root(document), alone.root(document), "{document}");
        }
        assert!((1..20_000).any(|document| alone.root(document) != document));
    }

    #[test]
    fn a_long_chain_is_one_cluster() {
        let forest = Forest::new(100_000);
        (1..100_000).rev().for_each(|document| forest.join(document, document - 1));
        let roots: BTreeSet<_> = (0..100_000).map(|document| forest.root(document)).collect();
        assert_eq!(roots, BTreeSet::from([0]));
    }
}
