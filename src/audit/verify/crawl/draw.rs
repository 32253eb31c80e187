//! Draws rows: those with the smallest keyed hashes of their ids. It depends on the seed and on the rows alone.

use std::collections::{BTreeSet, BinaryHeap};

use arrow::array::{AsArray, RecordBatch};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::audit::verify::Set;
use crate::ledger::run_record::FileRecord;
use crate::shard::cells::column;
use crate::shard::formats::Kind;
use crate::shard::reader::ShardReader;
use crate::shard::writer::ShardError;

/// How many rows are drawn, and by which seed.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// How many; all if none.
    pub rows: Option<u64>,
    /// What the draw depends on besides the ids.
    pub seed: u64,
}

/// Rows that were drawn of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// All of them.
    All,
    /// Those of these numbers, in order.
    Rows(Vec<u64>),
}

/// The smallest of what it is offered: hash, file, row.
struct Smallest {
    rows: usize,
    seed: u64,
    heap: BinaryHeap<(u64, usize, u64)>,
}

impl Smallest {
    fn offer(&mut self, id: &str, file: usize, row: u64) {
        let key = (xxh3_64_with_seed(id.as_bytes(), self.seed), file, row);
        if self.heap.len() < self.rows {
            self.heap.push(key);
        } else if self.heap.peek().is_some_and(|largest| key < *largest) {
            self.heap.pop();
            self.heap.push(key);
        }
    }
}

impl Draw {
    /// Draws of these files; `may_be` says of which rows. A file that cannot be read gives no rows: other checks say
    /// so.
    pub fn of(
        self,
        set: &Set<'_>,
        files: &[FileRecord],
        (kind, columns): (Kind, &[&str]),
        may_be: impl Fn(&RecordBatch, usize) -> bool,
    ) -> Vec<Drawn> {
        let Some(rows) = self.rows else { return vec![Drawn::All; files.len()] };
        let rows = usize::try_from(rows).unwrap_or(usize::MAX);
        let mut smallest = Smallest { rows, seed: self.seed, heap: BinaryHeap::new() };
        let schema = kind.columns(set.record().format);
        for (number, file) in files.iter().enumerate() {
            // What cannot be read is told by the checks that read all of it.
            let _ = crate::audit::verify::guarded(|| {
                let mut first = 0;
                for batch in ShardReader::open_columns(set.store, &set.root.join(&file.path), &schema, columns)? {
                    let batch = batch?;
                    let ids = column(&batch, "id").as_string::<i32>();
                    for row in (0..batch.num_rows()).filter(|row| may_be(&batch, *row)) {
                        smallest.offer(ids.value(row), number, first + row as u64);
                    }
                    first += batch.num_rows() as u64;
                }
                Ok::<_, ShardError>(())
            });
        }
        let mut drawn = vec![BTreeSet::new(); files.len()];
        smallest.heap.into_iter().for_each(|(_, file, row)| {
            drawn[file].insert(row);
        });
        drawn.into_iter().map(|rows| Drawn::Rows(rows.into_iter().collect())).collect()
    }
}

impl Drawn {
    /// Opens the file so that it gives the rows that were drawn.
    pub fn open(&self, set: &Set<'_>, file: &FileRecord, kind: Kind) -> Result<ShardReader, ShardError> {
        let (path, schema) = (set.root.join(&file.path), kind.columns(set.record().format));
        match self {
            Self::All => ShardReader::open(set.store, &path, &schema),
            Self::Rows(rows) => ShardReader::open_rows(set.store, &path, &schema, rows),
        }
    }

    /// The number in the file of the n-th row that was drawn.
    pub fn number(&self, nth: u64) -> u64 {
        match self {
            Self::All => nth,
            Self::Rows(rows) => rows.get(nth as usize).copied().unwrap_or_default(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Rows(rows) if rows.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_draw_depends_on_seed_and_ids_alone() {
        let draw = |seed: u64, ids: &[u32]| -> BTreeSet<u64> {
            let mut smallest = Smallest { rows: 3, seed, heap: BinaryHeap::new() };
            ids.iter().for_each(|id| smallest.offer(&id.to_string(), 0, u64::from(*id)));
            smallest.heap.into_iter().map(|(.., row)| row).collect()
        };
        let forward: Vec<u32> = (0..50).collect();
        let backward: Vec<u32> = (0..50).rev().collect();
        assert_eq!(draw(1, &forward), draw(1, &backward));
        assert_eq!(draw(1, &forward).len(), 3);
        assert_ne!(draw(1, &forward), draw(2, &forward));
        assert_eq!(draw(1, &[7, 8]).len(), 2);
    }
}
