//! One partition, read in the order of its records' bytes.
//!
//! A partition that fits into the memory it may have is sorted there; a larger one, for instance a bucket of millions
//! of boilerplate pages, is sorted in runs that are merged from disk.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::io::Write;
use std::path::PathBuf;

use super::pieces::{Records, Walk};
use crate::engine::EngineError;
use crate::store::{Store, StoreError};

/// Records up to this width are sorted as numbers.
const NUMBER_BYTES: usize = size_of::<u128>();
/// Records of a run at least, however little memory there is.
const RUN_RECORDS_MIN: u64 = 256;

/// A file of records in no order.
#[derive(Debug)]
pub struct Partition {
    pub(super) path: PathBuf,
    pub(super) width: usize,
    pub(super) records: u64,
}

/// Bytes of memory that it takes to sort a record of this width.
pub fn memory_bytes_of(width: usize) -> usize {
    if width <= NUMBER_BYTES { NUMBER_BYTES } else { width + size_of::<(u128, u32)>() }
}

impl Partition {
    /// How many records there are.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Calls `each` with every record in the order of their bytes; removes the file.
    pub fn for_each_sorted(
        &self,
        store: &dyn Store,
        memory_bytes: u64,
        mut each: impl FnMut(&[u8]) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        if self.records == 0 {
            return Ok(());
        }
        let file = Records::open(store, &self.path, self.width)?;
        let at_once = (memory_bytes / memory_bytes_of(self.width) as u64).clamp(RUN_RECORDS_MIN, u32::MAX.into());
        if self.records <= at_once {
            Run::sort(&file, 0, self.records, self.width)?.for_each(&mut each)?;
        } else {
            self.merge(store, &file, at_once, &mut each)?;
        }
        Ok(store.remove(&self.path)?)
    }

    fn merge(
        &self,
        store: &dyn Store,
        file: &Records,
        at_once: u64,
        each: &mut impl FnMut(&[u8]) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let path = self.path.with_extension("runs");
        let mut sink = store.create_scratch(&path)?;
        let starts: Vec<u64> = (0..self.records).step_by(at_once as usize).collect();
        for start in &starts {
            let run = Run::sort(file, *start, (start + at_once).min(self.records), self.width)?;
            run.for_each(&mut |record: &[u8]| {
                sink.write_all(record).map_err(|error| EngineError::from(StoreError::written(&path, error)))
            })?;
        }
        sink.flush().map_err(|error| StoreError::written(&path, error))?;
        drop(sink);
        let runs = Records::open(store, &path, self.width)?;
        let mut heads = BinaryHeap::with_capacity(starts.len());
        for start in starts {
            let mut walk = runs.walk(start, (start + at_once).min(self.records));
            if let Some(record) = walk.advance()?.map(<[u8]>::to_vec) {
                heads.push(Reverse(Head { record, walk }));
            }
        }
        while let Some(mut head) = heads.peek_mut() {
            each(&head.0.record)?;
            let Head { record, walk } = &mut head.0;
            match walk.advance()? {
                Some(next) => record.copy_from_slice(next),
                None => drop(std::collections::binary_heap::PeekMut::pop(head)),
            }
        }
        Ok(store.remove(&path)?)
    }
}

/// The next record of a run, and the rest of the run.
struct Head {
    record: Vec<u8>,
    walk: Walk,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        self.record.cmp(&other.record)
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.record == other.record
    }
}

impl Eq for Head {}

/// Records in memory, sorted.
enum Run {
    /// As numbers, the first byte the highest.
    Numbers { numbers: Vec<u128>, width: usize },
    /// As they lie in the file, with the order by their first bytes and their places.
    Bytes { records: Vec<u8>, order: Vec<(u128, u32)>, width: usize },
}

impl Run {
    fn sort(file: &Records, first: u64, end: u64, width: usize) -> Result<Self, EngineError> {
        let count = (end - first) as usize;
        if width <= NUMBER_BYTES {
            let mut numbers = Vec::with_capacity(count);
            file.for_each(first, end, |record| -> Result<(), StoreError> {
                numbers.push(number(record));
                Ok(())
            })?;
            numbers.sort_unstable();
            return Ok(Self::Numbers { numbers, width });
        }
        let mut records = Vec::new();
        file.read(first, count, &mut records)?;
        let mut order: Vec<(u128, u32)> =
            records.chunks_exact(width).map(|record| number(&record[..NUMBER_BYTES])).zip(0..).collect();
        let record = |place: u32| &records[place as usize * width..(place as usize + 1) * width];
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| record(a.1).cmp(record(b.1))));
        Ok(Self::Bytes { records, order, width })
    }

    fn for_each(&self, each: &mut impl FnMut(&[u8]) -> Result<(), EngineError>) -> Result<(), EngineError> {
        match self {
            Self::Numbers { numbers, width } => {
                numbers.iter().try_for_each(|number| each(&number.to_be_bytes()[..*width]))
            }
            Self::Bytes { records, order, width } => {
                order.iter().try_for_each(|(_, place)| each(&records[*place as usize * width..][..*width]))
            }
        }
    }
}

/// Bytes as a number that compares as they do.
fn number(bytes: &[u8]) -> u128 {
    let mut padded = [0; NUMBER_BYTES];
    padded[..bytes.len()].copy_from_slice(bytes);
    u128::from_be_bytes(padded)
}
