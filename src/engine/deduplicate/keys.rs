//! The ranks and keys of one stage over all documents: those of the parts, then those of earlier sets.
//!
//! Files are opened when they are read and closed again: a crawl has more of them than a process may hold open.

use std::ops::Range;
use std::path::PathBuf;

use crate::dedup::Deduplicator;
use crate::engine::EngineError;
use crate::engine::folder::Folder;
use crate::engine::part::{SET_PLACE_BYTES, keys_name, record_bytes, sets_name};
use crate::engine::shuffle::pieces::Records;
use crate::store::{Store, StoreError};

/// Documents that one thread takes at a time.
const STRETCH_DOCUMENTS: u32 = 1 << 16;
/// Bytes of sets that are read at a time, roughly.
const SETS_BYTES: u64 = 1 << 20;

/// Documents of one file, in a row.
#[derive(Clone, Debug)]
pub struct Stretch {
    file: usize,
    documents: Range<u32>,
}

/// The keys of one stage.
pub struct Keys<'a> {
    store: &'a dyn Store,
    /// Number of the first document of each file, and the file.
    files: Vec<(u32, PathBuf)>,
    documents: u32,
    /// Bytes of a record, and of the rank and key in it.
    record_bytes: usize,
    key_bytes: usize,
    sets: Vec<PathBuf>,
}

impl<'a> Keys<'a> {
    /// The keys of the n-th stage. `bases` has the number of the first document of each part, and of all documents;
    /// `earlier` is the file of keys of earlier sets, of the same form, and how many there are.
    pub fn open(
        store: &'a dyn Store,
        folder: &Folder,
        bases: &[u32],
        (stage, deduplicator): (usize, &Deduplicator),
        earlier: Option<(PathBuf, u64)>,
    ) -> Result<Self, EngineError> {
        let parts = 0..bases.len() - 1;
        let mut files: Vec<_> =
            parts.clone().map(|part| (bases[part], folder.part(part).join(keys_name(stage)))).collect();
        let sets = parts.filter(|_| deduplicator.has_sets()).map(|part| folder.part(part).join(sets_name(stage)));
        let own = bases.last().copied().unwrap_or_default();
        let mut documents = own;
        if let Some((path, count)) = earlier {
            let total = u64::from(own) + count;
            documents = u32::try_from(total).map_err(|_| EngineError::TooManyDocuments(total))?;
            files.push((own, path));
        }
        let (record_bytes, key_bytes) = (record_bytes(deduplicator), deduplicator.key_bytes());
        Ok(Self { store, files, documents, record_bytes, key_bytes, sets: sets.collect() })
    }

    /// The number of the first document of a file, and its records.
    fn records(&self, file: usize) -> Result<(u32, Records), StoreError> {
        let (base, path) = &self.files[file];
        Ok((*base, Records::open(self.store, path, self.record_bytes)?))
    }

    /// How many documents there are, those of earlier sets included.
    pub fn documents(&self) -> u32 {
        self.documents
    }

    /// All documents, cut into stretches of a size that threads can share.
    pub fn stretches(&self) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        for file in 0..self.files.len() {
            let (mut first, end) = (self.files[file].0, self.end(file));
            while first < end {
                let documents = first..end.min(first.saturating_add(STRETCH_DOCUMENTS));
                first = documents.end;
                stretches.push(Stretch { file, documents });
            }
        }
        stretches
    }

    fn end(&self, file: usize) -> u32 {
        self.files.get(file + 1).map_or(self.documents, |(first, _)| *first)
    }

    /// Calls `each` with the number, and rank and key, of every document of a stretch.
    pub fn for_each(
        &self,
        stretch: &Stretch,
        mut each: impl FnMut(u32, &[u8]) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let Stretch { file, documents } = stretch;
        let (base, records) = self.records(*file)?;
        let (first, end) = (u64::from(documents.start - base), u64::from(documents.end - base));
        let mut document = documents.start;
        records.for_each(first, end, |record| {
            each(document, &record[..self.key_bytes])?;
            document += 1;
            Ok(())
        })
    }

    /// Bytes of all sets.
    pub fn sets_bytes(&self) -> Result<u64, StoreError> {
        self.sets.iter().map(|path| Ok(self.store.open(path)?.len_bytes())).sum()
    }

    /// The set of a document; empty for a document of an earlier set.
    pub fn set(&self, document: u32) -> Result<Vec<u8>, EngineError> {
        let file = self.file_of(document);
        if file >= self.sets.len() {
            return Ok(Vec::new());
        }
        let (base, records) = self.records(file)?;
        let mut record = Vec::new();
        records.read(u64::from(document - base), 1, &mut record)?;
        let mut set = Vec::new();
        self.read_sets(file, &place(&record), &mut set)?;
        Ok(set)
    }

    /// Calls `each` with the number and the set of every document of a stretch. Sets lie in the order of the documents, so
    /// those of many are read at once.
    pub fn for_each_set(
        &self,
        stretch: &Stretch,
        mut each: impl FnMut(u32, &[u8]) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let Stretch { file, documents } = stretch;
        let (base, records) = self.records(*file)?;
        let (first, end) = (u64::from(documents.start - base), u64::from(documents.end - base));
        let mut walk = records.walk(first, end);
        let (mut gathered, mut piece) = (Vec::new(), Vec::new());
        let mut document = documents.start;
        loop {
            let next = walk.advance()?.map(place);
            let is_full = |gathered: &[Range<u64>]| {
                gathered.first().zip(gathered.last()).is_some_and(|(first, last)| last.end - first.start >= SETS_BYTES)
            };
            if next.is_none() || is_full(&gathered) {
                let start = gathered.first().map_or(0, |first: &Range<u64>| first.start);
                let end = gathered.last().map_or(0, |last: &Range<u64>| last.end);
                self.read_sets(*file, &(start..end), &mut piece)?;
                for Range { start: from, end: to } in gathered.drain(..) {
                    each(document, &piece[(from - start) as usize..(to - start) as usize])?;
                    document += 1;
                }
            }
            match next {
                Some(place) => gathered.push(place),
                None => return Ok(()),
            }
        }
    }

    fn read_sets(&self, file: usize, bytes: &Range<u64>, piece: &mut Vec<u8>) -> Result<(), EngineError> {
        let path = &self.sets[file];
        let sets = self.store.open(path)?;
        piece.resize((bytes.end - bytes.start) as usize, 0);
        let read = sets.read_at(piece, bytes.start).map_err(|error| StoreError::read(path, error))?;
        if read < piece.len() {
            return Err(StoreError::read(path, std::io::ErrorKind::UnexpectedEof.into()).into());
        }
        Ok(())
    }

    fn file_of(&self, document: u32) -> usize {
        self.files.partition_point(|(first, _)| *first <= document) - 1
    }
}

/// Where the set of a document lies, which the end of its record tells.
fn place(record: &[u8]) -> Range<u64> {
    let (offset, bytes) = record[record.len() - SET_PLACE_BYTES..].split_at(size_of::<u64>());
    let offset = u64::from_le_bytes(offset.try_into().expect("the first eight bytes of a place"));
    let bytes = u32::from_le_bytes(bytes.try_into().expect("the last four bytes of a place"));
    offset..offset + u64::from(bytes)
}
