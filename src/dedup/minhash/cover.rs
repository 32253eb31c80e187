//! Which documents of a cluster stay: each, in the order of the policy, unless one that stays is near it.
//!
//! Documents come in the order in which they are preferred. A document is compared with those that stay already and
//! agree with it on a band; it is removed by the one that is most similar, if that is similar enough. So every removed
//! document is itself near the one that stands for it, however long the chain of candidates is that joins the cluster,
//! and deduplicating what stays once more removes nothing.
//!
//! Time is linear in the documents: of the documents that stay with one band only the first [`BUCKET_KEPT_MAX`] are
//! compared, and only the first [`CLUSTER_KEPT_MAX`] of a cluster are remembered. Both are constants, not settings:
//! what comes out must not depend on the memory of a machine.

use std::collections::HashMap;

use super::key;

/// Documents that stay with one and the same band which another one is compared with.
const BUCKET_KEPT_MAX: usize = 64;
/// Documents that stay which a cluster remembers: some 600 MB at 14 x 8.
const CLUSTER_KEPT_MAX: usize = 1 << 20;
/// Up to so many documents that stay are looked through one by one; most clusters have one.
const LIST_MAX: usize = 8;

/// A document of a cluster.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Its number.
    pub document: u32,
    /// Whether an earlier set holds it: then it stays.
    pub is_earlier: bool,
    /// What [`super::MinHash::push_key`] wrote of it.
    pub key: &'a [u8],
}

/// What becomes of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    /// It stays.
    Stays,
    /// It goes, for one that stays.
    Goes {
        /// Number of that one.
        kept: u32,
        /// How alike they are.
        similarity: f32,
    },
}

/// The documents of one cluster that stay.
pub struct Cover {
    bands: usize,
    key_bytes: usize,
    /// Least similarity of a removed document to the one that stays; none if all of a cluster go for its first.
    similarity_min: Option<f32>,
    kept: Vec<u32>,
    keys: Vec<u8>,
    /// Which of `kept` have a band, by the band and its key; empty up to [`LIST_MAX`] of them.
    by_band: HashMap<(u32, u64), Vec<u32>>,
    /// Those of `kept` that the present document is compared with.
    candidates: Vec<u32>,
}

impl Cover {
    /// For documents with keys of so many bands and bytes.
    pub fn new(bands: usize, key_bytes: usize, similarity_min: Option<f32>) -> Self {
        Self {
            bands,
            key_bytes,
            similarity_min,
            kept: Vec::new(),
            keys: Vec::new(),
            by_band: HashMap::new(),
            candidates: Vec::new(),
        }
    }

    /// Forgets all, for another cluster.
    pub fn clear(&mut self) {
        self.kept.clear();
        self.keys.clear();
        self.by_band.clear();
    }

    /// What becomes of the next document. `similarity` compares it with one that stays.
    pub fn place<E>(
        &mut self,
        member: Member<'_>,
        mut similarity: impl FnMut(Member<'_>, Member<'_>) -> Result<f32, E>,
    ) -> Result<Fate, E> {
        let best = match self.similarity_min {
            _ if self.kept.is_empty() || member.is_earlier => None,
            None => Some((0, similarity(self.kept_at(0), member)?)),
            Some(similarity_min) => self.nearest(member, similarity_min, similarity)?,
        };
        if let Some((position, similarity)) = best {
            return Ok(Fate::Goes { kept: self.kept[position], similarity });
        }
        self.keep(member);
        Ok(Fate::Stays)
    }

    /// The most similar of the documents that stay; of several the most preferred.
    fn nearest<E>(
        &mut self,
        member: Member<'_>,
        similarity_min: f32,
        mut similarity: impl FnMut(Member<'_>, Member<'_>) -> Result<f32, E>,
    ) -> Result<Option<(usize, f32)>, E> {
        let mut best: Option<(usize, f32)> = None;
        self.find_candidates(member);
        for position in &self.candidates {
            let position = *position as usize;
            let found = similarity(self.kept_at(position), member)?;
            if found >= similarity_min && best.is_none_or(|(_, most)| found > most) {
                best = Some((position, found));
            }
        }
        Ok(best)
    }

    /// Fills `candidates` with the positions of those that stay and share a band with the document, in order.
    fn find_candidates(&mut self, member: Member<'_>) {
        self.candidates.clear();
        if self.kept.len() <= LIST_MAX {
            let kept = (0..).zip(self.keys.chunks_exact(self.key_bytes));
            let sharing = kept.filter(|(_, key)| key::share_a_band(key, member.key, self.bands));
            self.candidates.extend(sharing.map(|(position, _): (u32, _)| position));
            return;
        }
        for band in (0..).zip(key::band_keys(member.key, self.bands)) {
            self.candidates.extend(self.by_band.get(&band).into_iter().flatten());
        }
        self.candidates.sort_unstable();
        self.candidates.dedup();
    }

    fn kept_at(&self, position: usize) -> Member<'_> {
        let key = &self.keys[position * self.key_bytes..(position + 1) * self.key_bytes];
        Member { document: self.kept[position], is_earlier: false, key }
    }

    fn keep(&mut self, member: Member<'_>) {
        if self.kept.len() >= CLUSTER_KEPT_MAX {
            return;
        }
        self.kept.push(member.document);
        self.keys.extend_from_slice(member.key);
        match self.kept.len() {
            ..=LIST_MAX => {}
            len if len == LIST_MAX + 1 => (0..len).for_each(|position| self.enter(position)),
            len => self.enter(len - 1),
        }
    }

    /// Puts a document that stays into its buckets.
    fn enter(&mut self, position: usize) {
        let key = &self.keys[position * self.key_bytes..(position + 1) * self.key_bytes];
        for band in (0..).zip(key::band_keys(key, self.bands)) {
            let bucket = self.by_band.entry(band).or_default();
            if bucket.len() < BUCKET_KEPT_MAX {
                bucket.push(position as u32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;

    /// A key of two bands of four rows each.
    fn key_of(rows: [u32; 8]) -> Vec<u8> {
        let signature: Vec<u8> = rows.iter().flat_map(|row| row.to_le_bytes()).collect();
        let mut key = Vec::new();
        key::push(&signature, 2, 4, &mut key);
        key
    }

    fn fates(similarity_min: Option<f32>, documents: &[(u32, bool, Vec<u8>)]) -> Vec<Option<u32>> {
        let mut cover = Cover::new(2, key::bytes(2, 8), similarity_min);
        let place = |(document, is_earlier, key): &(u32, bool, Vec<u8>)| {
            let member = Member { document: *document, is_earlier: *is_earlier, key };
            let similarity = |a: Member<'_>, b: Member<'_>| Ok::<_, Infallible>(key::similarity(a.key, b.key, 2));
            match cover.place(member, similarity) {
                Ok(Fate::Stays) => None,
                Ok(Fate::Goes { kept, .. }) => Some(kept),
                Err(never) => match never {},
            }
        };
        documents.iter().map(place).collect()
    }

    #[test]
    fn a_chain_does_not_take_away_what_is_far_from_the_first() {
        let chain = [
            (4, false, key_of([1, 2, 3, 4, 5, 6, 7, 8])),
            (2, false, key_of([1, 2, 3, 4, 5, 6, 7, 99])),
            (9, false, key_of([1, 2, 3, 4, 95, 96, 97, 99])),
        ];
        assert_eq!(fates(Some(0.8), &chain), [None, Some(4), None]);
        assert_eq!(fates(Some(0.4), &chain), [None, Some(4), Some(4)]);
        assert_eq!(fates(None, &chain), [None, Some(4), Some(4)]);
    }

    #[test]
    fn of_several_the_most_similar_stands_for_a_document() {
        let documents = [
            (1, false, key_of([1, 2, 3, 4, 55, 56, 57, 58])),
            (2, false, key_of([1, 2, 3, 4, 5, 6, 67, 68])),
            (3, false, key_of([1, 2, 3, 4, 5, 6, 7, 8])),
        ];
        assert_eq!(fates(Some(0.7), &documents), [None, None, Some(2)]);
    }

    #[test]
    fn documents_of_an_earlier_set_stay_and_remove_others() {
        let same = || key_of([1, 2, 3, 4, 5, 6, 7, 8]);
        let documents = [(10, true, same()), (11, true, same()), (0, false, same())];
        assert_eq!(fates(Some(1.0), &documents), [None, None, Some(10)]);
        assert_eq!(fates(None, &documents), [None, None, Some(10)]);
    }

    proptest! {
        /// What stays is near nothing else that stays and shares a band with it, so nothing goes the second time; and
        /// what goes is near what it goes for.
        #[test]
        fn twice_is_once(rows in prop::collection::vec(prop::array::uniform8(0..3_u32), 1..40), min in 0.2..1.0_f32) {
            let keys: Vec<_> = (0..).zip(rows).map(|(document, rows)| (document, false, key_of(rows))).collect();
            let first = fates(Some(min), &keys);
            for ((_, _, key), kept) in keys.iter().zip(&first) {
                if let Some(kept) = kept {
                    prop_assert!(key::similarity(&keys[*kept as usize].2, key, 2) >= min);
                    prop_assert_eq!(first[*kept as usize], None);
                }
            }
            let stay: Vec<_> =
                keys.iter().zip(&first).filter(|(_, fate)| fate.is_none()).map(|(key, _)| key.clone()).collect();
            prop_assert!(fates(Some(min), &stay).iter().all(Option::is_none));
        }
    }
}
