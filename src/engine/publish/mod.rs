//! Parts and decisions -> the published set, in input order.

pub mod not_kept;
pub mod pairs;
pub mod rolling;
pub mod shards;

use std::collections::BTreeMap;

use arrow::array::{AsArray, RecordBatch};

use super::EngineError;
use super::checkpoint::read_whole;
use super::deduplicate::Decision;
use super::part::DROPPED_AFTER;
use super::task::Context;
use crate::ledger::run_record::FileRecord;
use crate::shard::reader::ShardReader;
use crate::shard::schema;
use crate::shard::writer::Form;
use crate::store::Published;

/// Largest row group of a published file, in encoded bytes; each thread that writes a shard holds one.
const ROW_GROUP_BYTES_MAX: usize = 32 << 20;

/// What is known when everything is ready to be published.
#[derive(Clone, Copy)]
pub struct Ready<'a> {
    /// Where, by what plan, with which threads.
    pub context: Context<'a>,
    /// Numbers of the first document of each part, and of all documents at the end.
    pub bases: &'a [u32],
    /// Which documents are duplicates.
    pub decision: &'a Decision,
}

/// A document's fate after its part was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Published,
    /// By a deduplication stage: a duplicate, or one whose near-duplicates state other terms.
    Removed,
    DroppedAfter,
}

impl Ready<'_> {
    fn parts(&self) -> std::ops::Range<usize> {
        0..self.bases.len() - 1
    }

    fn form(&self) -> Form<'_> {
        let plan = self.context.plan;
        let zstd_level = plan.output().zstd_level;
        Form { zstd_level, row_group_bytes_max: ROW_GROUP_BYTES_MAX, plan_digest: plan.digest() }
    }

    fn sizes(&self, part: usize) -> Result<Vec<u32>, EngineError> {
        let bytes = read_whole(self.context.store, &self.context.folder.part(part).join("sizes.bin"))?;
        let size = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("chunks of four bytes"));
        Ok(bytes.chunks_exact(4).map(size).collect())
    }

    fn fate(&self, part: usize, row: u32, size: u32) -> Fate {
        match size {
            _ if self.is_removed(self.bases[part] + row) => Fate::Removed,
            DROPPED_AFTER => Fate::DroppedAfter,
            _ => Fate::Published,
        }
    }

    fn is_removed(&self, document: u32) -> bool {
        self.decision.removal_of(document).is_some() || self.decision.rights_differ(document).is_some()
    }

    /// Calls `each` with every batch of a part's documents and the number of the batch's first document.
    fn for_each_batch(
        &self,
        part: usize,
        mut each: impl FnMut(&RecordBatch, u32) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let path = self.context.folder.part(part).join("kept.parquet");
        let mut first = self.bases[part];
        for batch in ShardReader::open(self.context.store, &path, &schema::PART)? {
            let batch = batch?;
            each(&batch, first)?;
            first += batch.num_rows() as u32;
        }
        Ok(())
    }

    /// The ids of all documents that were removed and of all that stand for others.
    pub fn ids_of_pairs(&self) -> Result<BTreeMap<u32, String>, EngineError> {
        let pairs = self.decision.pairs.iter();
        let mut wanted: Vec<u32> = pairs.flat_map(|pair| [pair.removal.kept, pair.removal.removed]).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut ids = BTreeMap::new();
        for part in self.parts() {
            let next = wanted.get(wanted.partition_point(|document| *document < self.bases[part]));
            if next.is_none_or(|next| *next >= self.bases[part + 1]) {
                continue;
            }
            self.for_each_batch(part, |batch, first| {
                let column = batch.column_by_name("id").expect("the reader has checked the columns").as_string::<i32>();
                let here = (first..).zip(column.iter().flatten());
                let here = here.filter(|(document, _)| wanted.binary_search(document).is_ok());
                ids.extend(here.map(|(document, id)| (document, id.to_owned())));
                Ok(())
            })?;
        }
        Ok(ids)
    }
}

fn file_record(path: String, rows: u64, published: Published) -> FileRecord {
    FileRecord { path, rows, bytes: published.bytes, sha256: published.sha256 }
}
