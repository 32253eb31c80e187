//! A bit a document, which many threads may set and clear at once.

use std::sync::atomic::{AtomicU64, Ordering};

/// Words whose bits are counted together for [`Ranked::rank`].
const WORDS_A_COUNT: usize = 8;

/// A set of documents.
#[derive(Debug, Default)]
pub struct Bits {
    words: Vec<AtomicU64>,
}

impl Bits {
    /// All of `len` documents, or none of them.
    pub fn new(len: u32, all: bool) -> Self {
        let word = if all { u64::MAX } else { 0 };
        Self { words: (0..len.div_ceil(64)).map(|_| AtomicU64::new(word)).collect() }
    }

    /// Whether the document is in the set.
    pub fn has(&self, document: u32) -> bool {
        self.words[document as usize / 64].load(Ordering::Relaxed) >> (document % 64) & 1 == 1
    }

    /// Puts the document into the set.
    pub fn set(&self, document: u32) {
        self.words[document as usize / 64].fetch_or(1 << (document % 64), Ordering::Relaxed);
    }

    /// Takes the document out of the set.
    pub fn clear(&self, document: u32) {
        self.words[document as usize / 64].fetch_and(!(1 << (document % 64)), Ordering::Relaxed);
    }

    /// How many of the documents before `end` are in the set.
    pub fn count(&self, end: u32) -> u64 {
        let whole = self.words[..end as usize / 64].iter();
        let whole: u64 = whole.map(|word| u64::from(word.load(Ordering::Relaxed).count_ones())).sum();
        let last = self.words.get(end as usize / 64).map_or(0, |word| word.load(Ordering::Relaxed));
        whole + u64::from((last & ((1 << (end % 64)) - 1)).count_ones())
    }

    /// The set as it is now, with which its documents can be numbered.
    pub fn ranked(self) -> Ranked {
        let mut counts = vec![0];
        let mut before = 0;
        for words in self.words.chunks(WORDS_A_COUNT) {
            before += words.iter().map(|word| u64::from(word.load(Ordering::Relaxed).count_ones())).sum::<u64>();
            counts.push(before);
        }
        Ranked { counts, bits: self }
    }
}

/// A set of documents that knows the place of each among them.
#[derive(Debug)]
pub struct Ranked {
    bits: Bits,
    /// Documents of the set before every eighth word, and all of them.
    counts: Vec<u64>,
}

impl Ranked {
    /// Whether the document is in the set.
    pub fn has(&self, document: u32) -> bool {
        self.bits.has(document)
    }

    /// How many documents of the set come before `end`.
    pub fn before(&self, end: u32) -> u64 {
        let word = end as usize / 64;
        let first = word / WORDS_A_COUNT * WORDS_A_COUNT;
        let load = |word: usize| self.bits.words.get(word).map_or(0, |word| word.load(Ordering::Relaxed));
        let whole: u64 = (first..word).map(|word| u64::from(load(word).count_ones())).sum();
        let here = u64::from((load(word) & ((1 << (end % 64)) - 1)).count_ones());
        self.counts[word / WORDS_A_COUNT] + whole + here
    }

    /// The place of a document among those of the set; none if it is not in the set.
    pub fn rank(&self, document: u32) -> Option<u64> {
        self.has(document).then(|| self.before(document))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ranks_number_the_documents_of_a_set(documents in prop::collection::btree_set(0..2000_u32, 0..200)) {
            let bits = Bits::new(2000, true);
            (0..2000).filter(|document| !documents.contains(document)).for_each(|document| bits.clear(document));
            prop_assert_eq!(bits.count(2000), documents.len() as u64);
            prop_assert_eq!(bits.count(777), documents.range(..777).count() as u64);
            let ranked = bits.ranked();
            for (rank, document) in (0..).zip(&documents) {
                prop_assert_eq!(ranked.rank(*document), Some(rank));
            }
            prop_assert_eq!((ranked.before(777), ranked.before(2000)), (
                documents.range(..777).count() as u64, documents.len() as u64));
            prop_assert_eq!((0..2000).filter(|document| ranked.rank(*document).is_some()).count(), documents.len());
        }
    }
}
