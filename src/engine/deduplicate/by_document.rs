//! Records about documents, gathered by all stages in any order, read back part by part in the order of the documents.

use std::io::Write;
use std::path::PathBuf;

use crate::engine::EngineError;
use crate::engine::folder::Folder;
use crate::engine::shuffle::pieces::{Records, Walk, number_at};
use crate::engine::shuffle::{PARTITIONS_MAX, Shuffle, Writer};
use crate::store::{Store, StoreError};

/// Partitions, by the number of the document.
const PARTITIONS: usize = PARTITIONS_MAX / 4;

/// Records on their way to disk. Each begins with the number of its document.
pub struct Gathering<'a> {
    shuffle: Shuffle<'a>,
    path: PathBuf,
    width: usize,
    documents: u32,
}

impl<'a> Gathering<'a> {
    /// For records of `width` bytes about so many documents, in files of this name.
    pub fn new(store: &'a dyn Store, folder: &Folder, name: &str, width: usize, documents: u32) -> Self {
        let shuffle = Shuffle::new(store, &folder.scratch(), name, width, PARTITIONS);
        Self { shuffle, path: folder.scratch().join(name), width, documents }
    }

    /// What one thread writes with; to be flushed.
    pub fn writer(&self) -> Writer<'_, 'a> {
        self.shuffle.writer()
    }

    /// Writes a record, given in pieces behind the number of its document.
    pub fn push(&self, writer: &mut Writer<'_, '_>, document: u32, rest: &[u8]) -> Result<(), StoreError> {
        let partition = (u64::from(document) * PARTITIONS as u64 / u64::from(self.documents.max(1))) as usize;
        writer.push(partition, [&document.to_be_bytes(), rest])
    }

    /// Puts all records into one file, in the order of their bytes. `bases` are the numbers of the first document of each
    /// part, and of all documents.
    pub fn finish(self, store: &dyn Store, bases: &[u32], memory_bytes: u64) -> Result<ByDocument, EngineError> {
        let Self { shuffle, path, width, .. } = self;
        let mut sink = store.create_scratch(&path)?;
        let mut starts = vec![0];
        let mut count = 0_u64;
        for partition in shuffle.finish()? {
            partition.for_each_sorted(store, memory_bytes, |record| {
                let document = number_at(record, 0);
                while bases.get(starts.len()).is_some_and(|base| *base <= document) {
                    starts.push(count);
                }
                count += 1;
                Ok(sink.write_all(record).map_err(|error| StoreError::written(&path, error))?)
            })?;
        }
        sink.flush().map_err(|error| StoreError::written(&path, error))?;
        starts.resize(bases.len(), count);
        Ok(ByDocument { path, width, starts })
    }
}

/// Records in the order of their documents.
#[derive(Clone, Debug, Default)]
pub struct ByDocument {
    path: PathBuf,
    width: usize,
    /// How many records come before those of each part, and all of them.
    starts: Vec<u64>,
}

impl ByDocument {
    /// How many records there are.
    pub fn len(&self) -> u64 {
        self.starts.last().copied().unwrap_or_default()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there are any about documents of this part.
    pub fn has_part(&self, part: usize) -> bool {
        self.starts[part] < self.starts[part + 1]
    }

    /// The records of one part's documents, in order; none if there are none.
    pub fn of_part(&self, store: &dyn Store, part: usize) -> Result<Option<Walk>, StoreError> {
        if !self.has_part(part) {
            return Ok(None);
        }
        let records = Records::open(store, &self.path, self.width)?;
        Ok(Some(records.walk(self.starts[part], self.starts[part + 1])))
    }
}
