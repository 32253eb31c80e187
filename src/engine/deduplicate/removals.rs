//! Which documents go, for which ones that stay: gathered by all stages in any order, read back by number.

use std::io::Write;
use std::path::PathBuf;

use crate::engine::EngineError;
use crate::engine::folder::Folder;
use crate::engine::shuffle::pieces::{Records, Walk};
use crate::engine::shuffle::{PARTITIONS_MAX, Shuffle, Writer};
use crate::store::{Store, StoreError};

/// Bytes of a removal on disk.
const REMOVAL_BYTES: usize = 13;
/// Partitions of removals, by the number of the document that goes.
const PARTITIONS: usize = PARTITIONS_MAX / 4;

/// A document that goes, and the one that stands for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Removal {
    /// Number of the document that goes.
    pub removed: u32,
    /// Number of the one that stays; not below the number of all documents if an earlier set holds it.
    pub kept: u32,
    /// Jaccard similarity of the two, 0..=1.
    pub similarity: f32,
    /// Which of the plan's deduplication stages removed it, from 0.
    pub stage: u8,
}

impl Removal {
    fn from_bytes(bytes: &[u8]) -> Self {
        let four = |at: usize| bytes[at..at + 4].try_into().expect("four bytes");
        Self {
            removed: u32::from_be_bytes(four(0)),
            kept: u32::from_be_bytes(four(4)),
            similarity: f32::from_le_bytes(four(8)),
            stage: bytes[12],
        }
    }
}

/// Removals on their way to disk.
pub struct Gathering<'a> {
    shuffle: Shuffle<'a>,
    documents: u32,
}

impl<'a> Gathering<'a> {
    /// For removals among so many documents.
    pub fn new(store: &'a dyn Store, folder: &Folder, documents: u32) -> Self {
        let shuffle = Shuffle::new(store, &folder.scratch(), "removals", REMOVAL_BYTES, PARTITIONS);
        Self { shuffle, documents }
    }

    /// What one thread writes with; to be flushed.
    pub fn writer(&self) -> Writer<'_, 'a> {
        self.shuffle.writer()
    }

    /// Writes a removal.
    pub fn push(&self, writer: &mut Writer<'_, '_>, removal: Removal) -> Result<(), StoreError> {
        let Removal { removed, kept, similarity, stage } = removal;
        let partition = (u64::from(removed) * PARTITIONS as u64 / u64::from(self.documents.max(1))) as usize;
        writer.push(partition, [&removed.to_be_bytes(), &kept.to_be_bytes(), &similarity.to_le_bytes(), &[stage]])
    }

    /// Puts all removals into one file, ordered by the document that goes. `bases` are the numbers of the first document
    /// of each part, and of all documents.
    pub fn finish(
        self,
        store: &dyn Store,
        folder: &Folder,
        bases: &[u32],
        memory_bytes: u64,
    ) -> Result<Removals, EngineError> {
        let path = folder.scratch().join("removals");
        let mut sink = store.create_scratch(&path)?;
        let mut starts = vec![0];
        let mut count = 0_u64;
        for partition in self.shuffle.finish()? {
            partition.for_each_sorted(store, memory_bytes, |record| {
                let removed = Removal::from_bytes(record).removed;
                while bases.get(starts.len()).is_some_and(|base| *base <= removed) {
                    starts.push(count);
                }
                count += 1;
                Ok(sink.write_all(record).map_err(|error| StoreError::written(&path, error))?)
            })?;
        }
        sink.flush().map_err(|error| StoreError::written(&path, error))?;
        starts.resize(bases.len(), count);
        Ok(Removals { path, starts })
    }
}

/// All removals, ordered by the document that goes; a document goes once.
#[derive(Clone, Debug, Default)]
pub struct Removals {
    path: PathBuf,
    /// How many removals come before those of each part, and all of them.
    starts: Vec<u64>,
}

impl Removals {
    /// How many removals there are.
    pub fn len(&self) -> u64 {
        self.starts.last().copied().unwrap_or_default()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The removals of one part's documents, in order.
    pub fn of_part(&self, store: &dyn Store, part: usize) -> Result<Ordered, StoreError> {
        let (first, end) = (self.starts[part], self.starts[part + 1]);
        if first == end {
            return Ok(Ordered::default());
        }
        let walk = Records::open(store, &self.path, REMOVAL_BYTES)?.walk(first, end);
        let mut ordered = Ordered { walk: Some(walk), next: None };
        ordered.advance()?;
        Ok(ordered)
    }
}

/// Goes through removals in the order of the documents that go.
#[derive(Default)]
pub struct Ordered {
    walk: Option<Walk>,
    next: Option<Removal>,
}

impl Ordered {
    fn advance(&mut self) -> Result<(), StoreError> {
        self.next = match &mut self.walk {
            Some(walk) => walk.advance()?.map(Removal::from_bytes),
            None => None,
        };
        Ok(())
    }

    /// The next removal.
    pub fn pop(&mut self) -> Result<Option<Removal>, StoreError> {
        let removal = self.next;
        self.advance()?;
        Ok(removal)
    }

    /// The removal of a document, if it goes. Documents are to be asked for in their order.
    pub fn of(&mut self, document: u32) -> Result<Option<Removal>, StoreError> {
        while self.next.is_some_and(|next| next.removed < document) {
            self.advance()?;
        }
        Ok(self.next.filter(|next| next.removed == document))
    }
}
