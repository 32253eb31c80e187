//! Runs the deduplication stages over the keys of all parts, one stage after the other.
//!
//! Memory: per document 4 bytes of a forest, 10 of weights, tiers and removals, and one stage's keys: 32 bytes for
//! `exact`, 16 for one band of `minhash` at a time. While pairs are published, also the ids of all documents of all
//! pairs.

use std::path::PathBuf;
use std::sync::Arc;

use super::EngineError;
use super::checkpoint::{TaskRecord, read_whole};
use super::folder::Folder;
use super::part::{TIERS_NAME, keys_name};
use crate::dedup::forest::Forest;
use crate::dedup::minhash::{MinHash, RIGHTS_DIFFER, TermsOf, cluster};
use crate::dedup::tiers::Tiers;
use crate::dedup::{Deduplicator, Removal, exact};
use crate::document::rights::Tier;
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
    /// The tier of the document that goes; empty if nobody asked.
    pub removed_tier: Tiers,
}

/// What deduplication decided.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// All removals, ordered by the removed document's number; a document is removed once.
    pub pairs: Vec<Pair>,
    /// How many documents each document stands for, itself included; only those above 1, ordered by number.
    pub cluster_sizes: Vec<(u32, u32)>,
    /// The tiers of the documents that each document stands for, its own included; only where they differ, ordered by
    /// number.
    pub cluster_tiers: Vec<(u32, Tiers)>,
    /// Documents that went for the terms of their near-duplicates, with the stage's place in the funnel; ordered by
    /// number.
    pub rights_differ: Vec<(u32, usize)>,
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

    /// The tiers of the documents that a kept document stands for, if they differ.
    pub fn cluster_tiers(&self, document: u32) -> Option<Tiers> {
        let position = self.cluster_tiers.binary_search_by_key(&document, |(number, _)| *number).ok()?;
        Some(self.cluster_tiers[position].1)
    }

    /// The place in the funnel of the stage that dropped a document for the terms of its near-duplicates.
    pub fn rights_differ(&self, document: u32) -> Option<usize> {
        let position = self.rights_differ.binary_search_by_key(&document, |(number, _)| *number).ok()?;
        Some(self.rights_differ[position].1)
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
    if plan.dedup().is_empty() {
        return Ok(Decision::default());
    }
    let documents = bases.last().copied().unwrap_or_default() as usize;
    let mut state = State {
        alive: vec![true; documents],
        weights: vec![1; documents],
        own_tiers: read_tiers(store, folder, bases)?,
        tiers: Vec::new(),
        decision: Decision::default(),
    };
    state.tiers.clone_from(&state.own_tiers);
    for (stage, step) in plan.dedup().iter().enumerate() {
        let keys = Keys::open(store, folder, bases, stage, step.deduplicator.key_bytes())?;
        let removals = match &step.deduplicator {
            Deduplicator::Exact(_) => exact_removals(&keys, &state.alive)?,
            Deduplicator::Minhash(minhash) => minhash_removals(&keys, &state.alive, minhash)?,
        };
        let reached = state.alive.iter().filter(|alive| **alive).count();
        state.remove(&removals);
        let dropped = match &step.deduplicator {
            Deduplicator::Minhash(minhash) if minhash.config().rights == TermsOf::Strictest => {
                state.drop_for_rights(plan, step.index)
            }
            _ => 0,
        };
        tally.keep_at(step.index, (reached - removals.len() - dropped) as u64);
        let reason = step.deduplicator.reason().as_str();
        removals.iter().for_each(|_| tally.drop_at(step.index, step.index, reason));
        (0..dropped).for_each(|_| tally.drop_at(step.index, step.index, RIGHTS_DIFFER.as_str()));
        add_pairs(&keys, &step.deduplicator, step.index, &removals, &mut state)?;
    }
    Ok(state.into_decision())
}

/// What is known of the documents from stage to stage.
struct State {
    alive: Vec<bool>,
    /// How many documents each stands for.
    weights: Vec<u32>,
    /// The tier of each document.
    own_tiers: Vec<Tiers>,
    /// The tiers of all that each stands for.
    tiers: Vec<Tiers>,
    decision: Decision,
}

impl State {
    fn remove(&mut self, removals: &[Removal]) {
        for removal in removals {
            let (removed, kept) = (removal.removed as usize, removal.kept as usize);
            self.alive[removed] = false;
            self.weights[kept] += self.weights[removed];
            self.tiers[kept] = self.tiers[kept].with(self.tiers[removed]);
        }
    }

    /// Drops each document that stands for one with stricter terms, which the plan does not keep; returns how many.
    fn drop_for_rights(&mut self, plan: &Plan, index: usize) -> usize {
        let before = self.decision.rights_differ.len();
        for (document, alive) in (0_u32..).zip(&mut self.alive) {
            let (own, all) = (self.own_tiers[document as usize], self.tiers[document as usize]);
            let stricter = all.strictest().filter(|tier| *tier > own.strictest().unwrap_or(Tier::Open));
            if *alive && stricter.is_some_and(|tier| !plan.keeps_tier(tier)) {
                *alive = false;
                self.decision.rights_differ.push((document, index));
            }
        }
        self.decision.rights_differ.len() - before
    }

    fn into_decision(self) -> Decision {
        let Self { alive, weights, tiers, mut decision, .. } = self;
        let is_alive = |document: &u32| alive[*document as usize];
        decision.pairs.sort_unstable_by_key(|pair| pair.removal.removed);
        decision.rights_differ.sort_unstable();
        decision.cluster_sizes =
            (0..).zip(weights).filter(|(document, weight)| *weight > 1 && is_alive(document)).collect();
        decision.cluster_tiers =
            (0..).zip(tiers).filter(|(document, tiers)| tiers.differ() && is_alive(document)).collect();
        decision
    }
}

/// The tier of every document, in the order of the parts.
fn read_tiers(store: &dyn Store, folder: &Folder, bases: &[u32]) -> Result<Vec<Tiers>, EngineError> {
    let mut tiers = Vec::with_capacity(bases.last().copied().unwrap_or_default() as usize);
    for part in 0..bases.len() - 1 {
        let path = folder.part(part).join(TIERS_NAME);
        let bytes = read_whole(store, &path)?;
        if bytes.len() != (bases[part + 1] - bases[part]) as usize {
            return Err(StoreError::read(&path, std::io::ErrorKind::UnexpectedEof.into()).into());
        }
        tiers.extend(bytes.into_iter().map(Tiers::from_byte));
    }
    Ok(tiers)
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
    let mut forest = Forest::new(alive.len() as u32);
    let mut entries: Vec<(u64, u32)> = Vec::new();
    for number in 0..minhash.config().bands {
        entries.clear();
        keys.for_each(|document, key| {
            if alive[document as usize] {
                entries.extend(minhash.band_key(key, number).map(|key| (key, document)));
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
    state: &mut State,
) -> Result<(), StoreError> {
    let (mut removed, mut kept) = (Vec::new(), Vec::new());
    for removal in removals {
        let (similarity, similarity_kind) = match deduplicator {
            Deduplicator::Exact(exact) => (1.0, exact.similarity_kind()),
            Deduplicator::Minhash(minhash) => {
                keys.read(removal.removed, &mut removed)?;
                keys.read(removal.kept, &mut kept)?;
                (minhash.similarity(&removed, &kept), "estimated")
            }
        };
        let removed_tier = state.own_tiers[removal.removed as usize];
        state.decision.pairs.push(Pair { removal: *removal, index, similarity, similarity_kind, removed_tier });
    }
    Ok(())
}
