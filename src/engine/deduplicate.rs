//! Runs the deduplication stages over the keys of all parts, one stage after the other.
//!
//! Memory: per document 4 bytes of a forest, 8 of weights and removals, and one stage's keys: 32 bytes for `exact`, 16 for
//! one band of `minhash` at a time. While pairs are published, also the ids of all documents of all pairs.

use std::path::PathBuf;
use std::sync::Arc;

use super::EngineError;
use super::checkpoint::TaskRecord;
use super::folder::Folder;
use super::part::keys_name;
use crate::dedup::forest::Forest;
use crate::dedup::minhash::{MinHash, band, cluster};
use crate::dedup::{Deduplicator, Removal, exact};
use crate::ledger::tally::Tally;
use crate::plan::compile::Plan;
use crate::store::{Source, Store, StoreError};

/// Bytes of keys that are read at a time.
const READ_BYTES: usize = 1 << 20;

/// A removal with the stage that did it and how alike the two are.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Which document goes, and which stands for it.
    pub removal: Removal,
    /// Place of the stage in the funnel.
    pub index: usize,
    /// Jaccard similarity of the two, 0..=1.
    pub similarity: f32,
    /// `exact`, `estimated` from the signatures, or `key` where texts were not compared.
    pub similarity_kind: &'static str,
}

/// What deduplication decided.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// All removals, ordered by the removed document's number; a document is removed once.
    pub pairs: Vec<Pair>,
    /// How many documents each document stands for, itself included; only those above 1, ordered by number.
    pub cluster_sizes: Vec<(u32, u32)>,
}

impl Decision {
    /// The pair that removes a document.
    pub fn removal_of(&self, document: u32) -> Option<&Pair> {
        let position = self.pairs.binary_search_by_key(&document, |pair| pair.removal.removed).ok()?;
        Some(&self.pairs[position])
    }

    /// How many documents a kept document stands for, itself included.
    pub fn cluster_size(&self, document: u32) -> u32 {
        let position = self.cluster_sizes.binary_search_by_key(&document, |(number, _)| *number);
        position.map_or(1, |position| self.cluster_sizes[position].1)
    }
}

/// The keys of one stage over all parts.
struct Keys {
    files: Vec<(PathBuf, Arc<dyn Source>)>,
    /// Number of the first document of each file, and of all documents at the end.
    bases: Vec<u32>,
    key_bytes: usize,
}

impl Keys {
    fn open(
        store: &dyn Store,
        folder: &Folder,
        bases: &[u32],
        stage: usize,
        key_bytes: usize,
    ) -> Result<Self, StoreError> {
        let path = |part: usize| folder.part(part).join(keys_name(stage));
        let files = (0..bases.len() - 1).map(|part| Ok((path(part), store.open(&path(part))?)));
        Ok(Self { files: files.collect::<Result<_, StoreError>>()?, bases: bases.to_vec(), key_bytes })
    }

    /// Calls `each` with the number and key of every document, in order.
    fn for_each(&self, mut each: impl FnMut(u32, &[u8])) -> Result<(), StoreError> {
        let keys_a_read = (READ_BYTES / self.key_bytes).max(1);
        let mut buffer = vec![0; keys_a_read * self.key_bytes];
        for (part, (path, file)) in self.files.iter().enumerate() {
            let mut document = self.bases[part];
            let mut offset = 0;
            while document < self.bases[part + 1] {
                let count = file.read_at(&mut buffer, offset).map_err(|error| StoreError::read(path, error))?;
                if count < self.key_bytes {
                    return Err(StoreError::read(path, std::io::ErrorKind::UnexpectedEof.into()));
                }
                for key in buffer[..count].chunks_exact(self.key_bytes) {
                    each(document, key);
                    document += 1;
                }
                offset += count as u64;
            }
        }
        Ok(())
    }

    /// The key of one document.
    fn read(&self, document: u32, key: &mut Vec<u8>) -> Result<(), StoreError> {
        let part = self.bases.partition_point(|base| *base <= document) - 1;
        let (path, file) = &self.files[part];
        key.resize(self.key_bytes, 0);
        let offset = u64::from(document - self.bases[part]) * self.key_bytes as u64;
        file.read_at(key, offset).map_err(|error| StoreError::read(path, error))?;
        Ok(())
    }
}

/// Numbers of the first document of each part, and of all documents at the end.
pub fn bases(records: &[TaskRecord]) -> Result<Vec<u32>, EngineError> {
    let mut bases = vec![0];
    let mut total: u64 = 0;
    for record in records {
        total += record.rows;
        bases.push(u32::try_from(total).map_err(|_| EngineError::TooManyDocuments(total))?);
    }
    Ok(bases)
}

/// Runs all deduplication stages and counts them in `tally`.
pub fn decide(
    store: &dyn Store,
    folder: &Folder,
    plan: &Plan,
    bases: &[u32],
    tally: &mut Tally,
) -> Result<Decision, EngineError> {
    let documents = bases.last().copied().unwrap_or_default();
    let mut alive = vec![true; documents as usize];
    let mut weights = vec![1_u32; if plan.dedup().is_empty() { 0 } else { documents as usize }];
    let mut decision = Decision::default();
    for (stage, step) in plan.dedup().iter().enumerate() {
        let keys = Keys::open(store, folder, bases, stage, step.deduplicator.key_bytes())?;
        let removals = match &step.deduplicator {
            Deduplicator::Exact(_) => exact_removals(&keys, &alive)?,
            Deduplicator::Minhash(minhash) => minhash_removals(&keys, &alive, minhash)?,
        };
        let reason = step.deduplicator.reason().as_str();
        let reached = alive.iter().filter(|alive| **alive).count();
        tally.keep_at(step.index, (reached - removals.len()) as u64);
        for removal in &removals {
            alive[removal.removed as usize] = false;
            weights[removal.kept as usize] += weights[removal.removed as usize];
            tally.drop_at(step.index, step.index, reason);
        }
        add_pairs(&keys, &step.deduplicator, step.index, &removals, &mut decision)?;
    }
    decision.pairs.sort_unstable_by_key(|pair| pair.removal.removed);
    let stands_for_more = (0..).zip(&weights).filter(|(document, weight)| **weight > 1 && alive[*document as usize]);
    decision.cluster_sizes = stands_for_more.map(|(document, weight)| (document, *weight)).collect();
    Ok(decision)
}

fn exact_removals(keys: &Keys, alive: &[bool]) -> Result<Vec<Removal>, StoreError> {
    let mut entries: Vec<(u128, u32)> = Vec::new();
    keys.for_each(|document, key| {
        if alive[document as usize] {
            entries.push((u128::from_le_bytes(key.try_into().expect("keys of this stage have 16 bytes")), document));
        }
    })?;
    Ok(exact::removals(&mut entries))
}

fn minhash_removals(keys: &Keys, alive: &[bool], minhash: &MinHash) -> Result<Vec<Removal>, StoreError> {
    let config = minhash.config();
    let mut forest = Forest::new(alive.len() as u32);
    let mut entries: Vec<(u64, u32)> = Vec::new();
    for number in 0..config.bands {
        entries.clear();
        keys.for_each(|document, key| {
            if alive[document as usize] {
                entries.extend(band::key(key, config.rows_per_band, number).map(|key| (key, document)));
            }
        })?;
        cluster::join_band(&mut entries, &mut forest);
    }
    Ok(cluster::removals(&mut forest))
}

fn add_pairs(
    keys: &Keys,
    deduplicator: &Deduplicator,
    index: usize,
    removals: &[Removal],
    decision: &mut Decision,
) -> Result<(), StoreError> {
    let (mut removed, mut kept) = (Vec::new(), Vec::new());
    for removal in removals {
        let (similarity, similarity_kind) = match deduplicator {
            Deduplicator::Exact(exact) => (1.0, exact.similarity_kind()),
            Deduplicator::Minhash(_) => {
                keys.read(removal.removed, &mut removed)?;
                keys.read(removal.kept, &mut kept)?;
                (band::similarity(&removed, &kept), "estimated")
            }
        };
        decision.pairs.push(Pair { removal: *removal, index, similarity, similarity_kind });
    }
    Ok(())
}
