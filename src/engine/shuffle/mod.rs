//! Brings records of fixed width that belong together to one place, by way of the disk.
//!
//! Records are written to partitions in any order by any threads, and read back partition by partition in the order of
//! their bytes. What comes out depends on the records alone: not on who wrote them when, nor on how much memory there
//! was to sort them in.

pub mod pieces;
pub mod sorted;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::store::{Store, StoreError};
use sorted::Partition;

/// Bytes that one thread gathers for one partition before it writes them.
const LOCAL_BUFFER_BYTES: usize = 1 << 13;
/// Most partitions that are written at once: each is an open file with a buffer.
pub const PARTITIONS_MAX: usize = 256;

/// Records on their way into partitions.
pub struct Shuffle<'a> {
    store: &'a dyn Store,
    width: usize,
    files: Vec<(PathBuf, Mutex<File>)>,
}

#[derive(Default)]
struct File {
    sink: Option<Box<dyn Write + Send>>,
    records: u64,
}

impl<'a> Shuffle<'a> {
    /// Partitions for records of `width` bytes, as files `NAME-000` and on in a folder. A partition without a record has
    /// no file.
    pub fn new(store: &'a dyn Store, folder: &Path, name: &str, width: usize, partitions: usize) -> Self {
        let path = |number: usize| folder.join(format!("{name}-{number:03}"));
        let files = (0..partitions).map(|number| (path(number), Mutex::default())).collect();
        Self { store, width, files }
    }

    /// What one thread writes with.
    pub fn writer(&self) -> Writer<'_, 'a> {
        Writer { shuffle: self, buffers: vec![Vec::new(); self.files.len()] }
    }

    fn append(&self, partition: usize, records: &[u8]) -> Result<(), StoreError> {
        let (path, file) = &self.files[partition];
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        let sink = match &mut file.sink {
            Some(sink) => sink,
            none => none.insert(self.store.create_scratch(path)?),
        };
        sink.write_all(records).map_err(|error| StoreError::written(path, error))?;
        file.records += (records.len() / self.width) as u64;
        Ok(())
    }

    /// Ends writing; the partitions in their order.
    pub fn finish(self) -> Result<Vec<Partition>, StoreError> {
        let width = self.width;
        let files = self.files.into_iter().map(|(path, file)| {
            let File { sink, records } = file.into_inner().unwrap_or_else(PoisonError::into_inner);
            if let Some(mut sink) = sink {
                sink.flush().map_err(|error| StoreError::written(&path, error))?;
            }
            Ok(Partition { path, width, records })
        });
        files.collect()
    }
}

/// Writes records of one thread. To be ended by [`Self::flush`].
pub struct Writer<'s, 'a> {
    shuffle: &'s Shuffle<'a>,
    buffers: Vec<Vec<u8>>,
}

impl Writer<'_, '_> {
    /// Appends a record, given in pieces, to a partition.
    pub fn push<const N: usize>(&mut self, partition: usize, record: [&[u8]; N]) -> Result<(), StoreError> {
        let buffer = &mut self.buffers[partition];
        let start = buffer.len();
        record.iter().for_each(|piece| buffer.extend_from_slice(piece));
        debug_assert_eq!(buffer.len() - start, self.shuffle.width, "records have one width");
        if buffer.len() >= LOCAL_BUFFER_BYTES {
            self.shuffle.append(partition, buffer)?;
            buffer.clear();
        }
        Ok(())
    }

    /// Writes what is gathered.
    pub fn flush(self) -> Result<(), StoreError> {
        let gathered = self.buffers.iter().enumerate().filter(|(_, buffer)| !buffer.is_empty());
        gathered.into_iter().try_for_each(|(partition, buffer)| self.shuffle.append(partition, buffer))
    }
}

/// How many partitions it takes so that each can be sorted within `memory_bytes`; a power of two up to
/// [`PARTITIONS_MAX`].
pub fn partitions_for(records: u64, width: usize, memory_bytes: u64) -> usize {
    let bytes = records.saturating_mul(sorted::memory_bytes_of(width) as u64);
    let wanted = bytes.div_ceil(memory_bytes.max(1)).clamp(1, PARTITIONS_MAX as u64);
    // A third more, since hashes do not fill partitions evenly.
    (wanted + wanted / 3).next_power_of_two().min(PARTITIONS_MAX as u64) as usize
}

/// The partition of a value that is spread evenly over all of 64 bits; order is kept from partition to partition.
pub fn partition_of(value: u64, partitions: usize) -> usize {
    ((u128::from(value) * partitions as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::EngineError;
    use crate::store::local::Local;

    fn sorted_by(width: usize, records: &[Vec<u8>], partitions: usize, memory_bytes: u64) -> Vec<Vec<u8>> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let shuffle = Shuffle::new(&Local, folder.path(), "test", width, partitions);
        std::thread::scope(|scope| {
            for half in records.chunks(records.len().div_ceil(2).max(1)) {
                let shuffle = &shuffle;
                scope.spawn(move || {
                    let mut writer = shuffle.writer();
                    for record in half {
                        let partition = usize::from(record[0]) * partitions / 256;
                        writer.push(partition, [&record[..1], &record[1..]]).expect("the disk takes it");
                    }
                    writer.flush().expect("the disk takes it");
                });
            }
        });
        let mut found = Vec::new();
        for partition in shuffle.finish().expect("the disk takes it") {
            let each = |record: &[u8]| -> Result<(), EngineError> {
                found.push(record.to_vec());
                Ok(())
            };
            partition.for_each_sorted(&Local, memory_bytes, each).expect("what was written can be read");
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 0, "nothing is left behind");
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// Whatever the threads, the partitions and the memory are, records come back in the order of their bytes.
        #[test]
        fn records_come_back_in_order(
            width in prop::sample::select(vec![1_usize, 12, 16, 17, 40]),
            seed in any::<u64>(), count in 0..3000_u64, partitions in 1..9_usize, memory_bytes in 0..40_000_u64,
        ) {
            let byte = |number: u64| {
                (number.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(seed).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 57) as u8
            };
            let records: Vec<Vec<u8>> = (0..count)
                .map(|number| (0..width as u64).map(|place| byte(number * 64 + place)).collect()).collect();
            let mut expected = records.clone();
            expected.sort();
            prop_assert_eq!(sorted_by(width, &records, partitions, memory_bytes), expected);
        }
    }

    #[test]
    fn partitions_are_as_many_as_the_memory_asks_for() {
        assert_eq!(partitions_for(0, 12, 1 << 30), 1);
        assert_eq!(partitions_for(1 << 20, 12, 16 << 20), 1);
        assert_eq!(partitions_for(1 << 20, 12, 8 << 20), 2);
        assert_eq!(partitions_for(1 << 20, 12, 1 << 20), 32);
        assert_eq!(partitions_for(1 << 40, 12, 1 << 20), PARTITIONS_MAX);
        assert_eq!((partition_of(0, 7), partition_of(u64::MAX, 7), partition_of(1 << 63, 8)), (0, 6, 4));
    }
}
