//! Parts and decisions -> the published set, in input order.

pub mod groups;
pub mod lines;
pub mod not_kept;
pub mod pairs;
pub mod rolling;
pub mod shards;
pub mod signatures;
pub mod standing;

use std::path::PathBuf;

use arrow::array::RecordBatch;

use super::EngineError;
use super::checkpoint::read_whole;
use super::deduplicate::Decision;
use super::part::{DROPPED_AFTER, KEPT_NAME, SIZES_NAME};
use super::task::Context;
use crate::ledger::run_record::FileRecord;
use crate::shard::reader::ShardReader;
use crate::shard::schema;
use crate::shard::writer::Form;
use crate::store::Published;

/// Largest row group of a published file, in encoded bytes; each thread that writes a shard holds one.
pub const ROW_GROUP_BYTES_MAX: usize = 32 << 20;

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
        Form { zstd_level, row_group_bytes_max: ROW_GROUP_BYTES_MAX, plan_digest: plan.digest(), looked_up: true }
    }

    /// The folder that holds a part's documents, without the lines that they lose.
    fn documents(&self, part: usize) -> PathBuf {
        let folder = self.context.folder;
        if self.decision.is_cut(part) { folder.cut_part(part) } else { folder.part(part) }
    }

    fn sizes(&self, part: usize) -> Result<Vec<u32>, EngineError> {
        let bytes = read_whole(self.context.store, &self.documents(part).join(SIZES_NAME))?;
        let size = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("chunks of four bytes"));
        Ok(bytes.chunks_exact(4).map(size).collect())
    }

    fn fate(&self, part: usize, row: u32, size: u32) -> Fate {
        match size {
            _ if self.decision.is_removed(self.bases[part] + row) => Fate::Removed,
            DROPPED_AFTER => Fate::DroppedAfter,
            _ => Fate::Published,
        }
    }

    /// Calls `each` with every batch of a part's documents and the number of the batch's first document. Only these
    /// columns are read, if some are named.
    fn for_each_batch_of(
        &self,
        part: usize,
        columns: Option<&[&str]>,
        mut each: impl FnMut(&RecordBatch, u32) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let path = self.documents(part).join(KEPT_NAME);
        let mut first = self.bases[part];
        let reader = match columns {
            None => ShardReader::open(self.context.store, &path, &schema::PART)?,
            Some(columns) => ShardReader::open_columns(self.context.store, &path, &schema::PART, columns)?,
        };
        for batch in reader {
            let batch = batch?;
            each(&batch, first)?;
            first += batch.num_rows() as u32;
        }
        Ok(())
    }
}

/// What the run record says of a file that was published.
pub fn file_record(path: String, rows: u64, published: Published) -> FileRecord {
    FileRecord { path, rows, bytes: published.bytes, sha256: published.sha256, arrow_bytes: 0 }
}
