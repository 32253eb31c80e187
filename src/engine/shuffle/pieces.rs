//! Reads a file of records of fixed width from one record to another, in large pieces.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::store::{Source, Store, StoreError};

/// Bytes that are read at a time, roughly.
const PIECE_BYTES: usize = 1 << 20;

/// A file of records.
#[derive(Clone)]
pub struct Records {
    path: PathBuf,
    file: Arc<dyn Source>,
    width: usize,
}

impl Records {
    /// Opens a file of records of `width` bytes.
    pub fn open(store: &dyn Store, path: &Path, width: usize) -> Result<Self, StoreError> {
        Ok(Self { path: path.to_owned(), file: store.open(path)?, width })
    }

    /// How many records there are.
    pub fn len(&self) -> u64 {
        self.file.len_bytes() / self.width as u64
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills `buffer` with `count` records from record `first` on.
    pub fn read(&self, first: u64, count: usize, buffer: &mut Vec<u8>) -> Result<(), StoreError> {
        buffer.resize(count * self.width, 0);
        let read = self.file.read_at(buffer, first * self.width as u64);
        match read.map_err(|error| StoreError::read(&self.path, error))? {
            count if count < buffer.len() => {
                Err(StoreError::read(&self.path, std::io::ErrorKind::UnexpectedEof.into()))
            }
            _ => Ok(()),
        }
    }

    /// Calls `each` with every record from `first` to before `end`.
    pub fn for_each<E: From<StoreError>>(
        &self,
        first: u64,
        end: u64,
        mut each: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut walk = self.walk(first, end);
        while let Some(record) = walk.advance()? {
            each(record)?;
        }
        Ok(())
    }

    /// Records from `first` to before `end`, one by one.
    pub fn walk(&self, first: u64, end: u64) -> Walk {
        Walk { records: self.clone(), next: first, end, piece: Vec::new(), at: 0 }
    }
}

/// Goes from record to record.
pub struct Walk {
    records: Records,
    next: u64,
    end: u64,
    piece: Vec<u8>,
    at: usize,
}

impl Walk {
    /// The next record, if there is one.
    pub fn advance(&mut self) -> Result<Option<&[u8]>, StoreError> {
        let width = self.records.width;
        if self.at >= self.piece.len() {
            if self.next >= self.end {
                return Ok(None);
            }
            let count = ((PIECE_BYTES / width).max(1) as u64).min(self.end - self.next);
            self.records.read(self.next, count as usize, &mut self.piece)?;
            self.next += count;
            self.at = 0;
        }
        self.at += width;
        Ok(Some(&self.piece[self.at - width..self.at]))
    }
}

/// The number that stands at this place of a record, its highest byte first.
pub fn number_at(record: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(record[at..at + size_of::<u32>()].try_into().expect("four bytes"))
}
