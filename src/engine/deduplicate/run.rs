//! What all stages of a deduplication share: who is still there, who stands for how many, memory and threads.

use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::bits::Bits;
use super::by_document::Gathering;
use super::keys::{Keys, Stretch};
use super::removals::{self, Removal};
use crate::dedup::tiers::Tiers;
use crate::engine::EngineError;
use crate::engine::folder::Folder;
use crate::engine::progress::Progress;
use crate::engine::shuffle::Writer;
use crate::engine::shuffle::sorted::Partition;
use crate::store::Store;

/// Bytes that are held for each document as long as deduplication lasts, but for the forest of `dedup.minhash`.
const STATE_BYTES: u64 = 4 + 1 + 1;
/// Bytes of the forest and of two bits, a document.
const FOREST_BYTES: u64 = 4 + 1;
/// Least memory for sorting, in bytes.
const SORT_BYTES_MIN: u64 = 16 << 20;

/// Bytes of memory that so many documents take before anything is sorted.
pub fn tables_bytes(documents: u64) -> u64 {
    documents * (STATE_BYTES + FOREST_BYTES)
}

/// One deduplication stage of a plan.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// Its number among the plan's deduplication stages.
    pub number: u8,
}

/// What is known of the documents from stage to stage.
pub struct State {
    /// Documents that no stage has removed.
    pub alive: Bits,
    /// How many documents each stands for.
    pub weights: Vec<AtomicU32>,
    /// The tier of each document.
    pub own_tiers: Vec<Tiers>,
    /// The tiers of all that each stands for.
    tiers: Vec<AtomicU8>,
}

impl State {
    /// All documents there, each for itself.
    pub fn new(own_tiers: Vec<Tiers>) -> Self {
        Self {
            alive: Bits::new(own_tiers.len() as u32, true),
            weights: own_tiers.iter().map(|_| AtomicU32::new(1)).collect(),
            tiers: own_tiers.iter().map(|tiers| AtomicU8::new(tiers.to_byte())).collect(),
            own_tiers,
        }
    }

    /// How many documents this one stands for, itself included.
    pub fn weight(&self, document: u32) -> u32 {
        self.weights[document as usize].load(Ordering::Relaxed)
    }

    /// The tiers of all documents that this one stands for.
    pub fn tiers(&self, document: u32) -> Tiers {
        Tiers::from_byte(self.tiers[document as usize].load(Ordering::Relaxed))
    }
}

/// A deduplication under way.
pub struct Run<'a> {
    /// Where files are.
    pub store: &'a dyn Store,
    /// Where they lie.
    pub folder: &'a Folder,
    /// Who works.
    pub pool: &'a ThreadPool,
    /// Who watches.
    pub progress: &'a Progress,
    /// Documents of this run; those of earlier sets have numbers from here on.
    pub documents: u32,
    /// Memory for sorting, for all threads together, in bytes.
    pub sort_bytes: u64,
    /// What is known of the documents.
    pub state: State,
    /// Where removals go.
    pub gathering: Gathering<'a>,
}

impl Run<'_> {
    /// Memory for sorting that one thread may take.
    pub fn sort_bytes(&self) -> u64 {
        self.sort_bytes / self.pool.current_num_threads() as u64
    }

    /// Whether no stage has removed a document; those of earlier sets stay for ever.
    pub fn is_alive(&self, document: u32) -> bool {
        document >= self.documents || self.state.alive.has(document)
    }

    /// Takes a document out, for the one that stands for it from now on.
    pub fn remove(&self, writer: &mut Writer<'_, '_>, removal: Removal) -> Result<(), EngineError> {
        let Removal { removed, kept, .. } = removal;
        self.state.alive.clear(removed);
        if kept < self.documents {
            self.state.weights[kept as usize].fetch_add(self.state.weight(removed), Ordering::Relaxed);
            self.state.tiers[kept as usize].fetch_or(self.state.tiers(removed).to_byte(), Ordering::Relaxed);
        }
        Ok(removals::push(&self.gathering, writer, removal)?)
    }

    /// Calls `each` with the rank and key of every document, on all threads, each with a writer of its own. `pass`
    /// says what for.
    pub fn each_key<'s, 'w: 's>(
        &self,
        pass: String,
        keys: &Keys,
        writer: impl Fn() -> Writer<'s, 'w> + Sync,
        each: impl Fn(&mut Writer<'s, 'w>, u32, &[u8]) -> Result<(), EngineError> + Sync,
    ) -> Result<(), EngineError> {
        self.each_stretch(pass, keys, writer, |writer, stretch| {
            keys.for_each(stretch, |document, record| each(writer, document, record))
        })
    }

    /// Calls `each` with the set of every document, on all threads, each with a writer of its own.
    pub fn each_set<'s, 'w: 's>(
        &self,
        pass: String,
        keys: &Keys,
        writer: impl Fn() -> Writer<'s, 'w> + Sync,
        each: impl Fn(&mut Writer<'s, 'w>, u32, &[u8]) -> Result<(), EngineError> + Sync,
    ) -> Result<(), EngineError> {
        self.each_stretch(pass, keys, writer, |writer, stretch| {
            keys.for_each_set(stretch, |document, set| each(writer, document, set))
        })
    }

    fn each_stretch<'s, 'w: 's>(
        &self,
        pass: String,
        keys: &Keys,
        writer: impl Fn() -> Writer<'s, 'w> + Sync,
        each: impl Fn(&mut Writer<'s, 'w>, &Stretch) -> Result<(), EngineError> + Sync,
    ) -> Result<(), EngineError> {
        let (stretches, next) = (keys.stretches(), AtomicUsize::new(0));
        self.progress.begin_pass(pass, stretches.len());
        self.pool.install(|| {
            (0..self.pool.current_num_threads()).into_par_iter().try_for_each(|_| {
                let mut writer = writer();
                while let Some(stretch) = stretches.get(next.fetch_add(1, Ordering::Relaxed)) {
                    each(&mut writer, stretch)?;
                    self.progress.end_piece();
                }
                Ok(writer.flush()?)
            })
        })
    }

    /// Calls `each` with every partition, on all threads; the sum of what it returns. `pass` says what for.
    pub fn each_partition(
        &self,
        pass: String,
        partitions: Vec<Partition>,
        each: impl Fn(&Partition) -> Result<u64, EngineError> + Sync,
    ) -> Result<u64, EngineError> {
        let sum = AtomicU64::new(0);
        self.progress.begin_pass(pass, partitions.len());
        self.pool.install(|| {
            partitions.par_iter().try_for_each(|partition| {
                sum.fetch_add(each(partition)?, Ordering::Relaxed);
                self.progress.end_piece();
                Ok::<_, EngineError>(())
            })
        })?;
        Ok(sum.into_inner())
    }
}

/// What is left for sorting of the memory that deduplication may take, in bytes.
pub fn sort_bytes(memory_bytes_max: u64, documents: u64) -> Result<u64, EngineError> {
    let tables = tables_bytes(documents);
    let left = memory_bytes_max.saturating_sub(tables);
    if left < SORT_BYTES_MIN {
        let needed = tables + SORT_BYTES_MIN;
        return Err(EngineError::TooLittleMemory { documents, needed, given: memory_bytes_max });
    }
    Ok(left)
}
