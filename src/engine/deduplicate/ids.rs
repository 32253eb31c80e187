//! Ids by number, on disk: written in order, read at random.
//!
//! Ids lie in blocks of [`BLOCK_IDS`], each with its length in front; memory holds where each block begins, 8 bytes for
//! 64 ids.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use crate::store::{Source, Store, StoreError};

/// Ids of a block: one read fetches a block.
const BLOCK_IDS: u64 = 64;

/// Writes ids in the order of their numbers.
pub struct IdsWriter {
    path: PathBuf,
    sink: Box<dyn Write + Send>,
    blocks: Vec<u64>,
    count: u64,
    bytes: u64,
}

impl IdsWriter {
    /// Begins the file.
    pub fn create(store: &dyn Store, path: PathBuf) -> Result<Self, StoreError> {
        let sink = store.create_scratch(&path)?;
        Ok(Self { path, sink, blocks: Vec::new(), count: 0, bytes: 0 })
    }

    /// Appends the id of the next number.
    pub fn push(&mut self, id: &str) -> Result<(), StoreError> {
        if self.count.is_multiple_of(BLOCK_IDS) {
            self.blocks.push(self.bytes);
        }
        let length = u32::try_from(id.len()).expect("the limit of a record's header keeps ids short").to_le_bytes();
        let written = self.sink.write_all(&length).and_then(|()| self.sink.write_all(id.as_bytes()));
        written.map_err(|error| StoreError::written(&self.path, error))?;
        self.count += 1;
        self.bytes += (length.len() + id.len()) as u64;
        Ok(())
    }

    /// Ends the file.
    pub fn finish(mut self, store: &dyn Store) -> Result<Ids, StoreError> {
        self.sink.flush().map_err(|error| StoreError::written(&self.path, error))?;
        drop(self.sink);
        self.blocks.push(self.bytes);
        let file = store.open(&self.path)?;
        Ok(Ids { path: self.path, file, blocks: self.blocks, count: self.count })
    }
}

/// Ids by number.
pub struct Ids {
    path: PathBuf,
    file: Arc<dyn Source>,
    /// Where each block begins, and where the last ends.
    blocks: Vec<u64>,
    count: u64,
}

impl Ids {
    /// How many there are.
    pub fn len(&self) -> u64 {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The id of a number below [`Self::len`].
    pub fn get(&self, number: u64) -> Result<String, StoreError> {
        let damaged = || StoreError::read(&self.path, std::io::ErrorKind::InvalidData.into());
        let block = (number / BLOCK_IDS) as usize;
        let (start, end) = (self.blocks[block], self.blocks[block + 1]);
        let mut bytes = vec![0; (end - start) as usize];
        let read = self.file.read_at(&mut bytes, start).map_err(|error| StoreError::read(&self.path, error))?;
        let mut rest = &bytes[..read];
        let mut id = None;
        for _ in 0..=number % BLOCK_IDS {
            let (length, behind) = rest.split_first_chunk().ok_or_else(damaged)?;
            let (here, behind) = behind.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(damaged)?;
            (id, rest) = (Some(here), behind);
        }
        let id = id.map(|id| String::from_utf8_lossy(id).into_owned());
        id.ok_or_else(damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::local::Local;

    #[test]
    fn ids_are_found_by_number() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut writer = IdsWriter::create(&Local, folder.path().join("ids")).expect("the disk takes it");
        let id = |number: u64| format!("<urn:{}>", "x".repeat(number as usize % 7) + &number.to_string());
        (0..200).for_each(|number| writer.push(&id(number)).expect("the disk takes it"));
        let ids = writer.finish(&Local).expect("the disk takes it");
        assert_eq!(ids.len(), 200);
        for number in [0, 1, 63, 64, 65, 127, 128, 199] {
            assert_eq!(ids.get(number).expect("it is there"), id(number));
        }
    }
}
