//! `data/`: the documents that are in the set.
//!
//! Shards are cut by the bytes of their columns before compression, which is known before the first is written; so all of
//! them are written at once, and every machine cuts at the same row.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, ListBuilder, RecordBatch, StringBuilder, UInt32Builder};
use arrow::compute::filter_record_batch;
use arrow::datatypes::{DataType, Field};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::{Fate, Ready, file_record};
use crate::engine::EngineError;
use crate::ledger::edits::by_stage;
use crate::ledger::run_record::FileRecord;
use crate::ledger::statistics::Statistics;
use crate::shard::counted::count_rows;
use crate::shard::edits;
use crate::shard::schema::{self, CLUSTER_COLUMNS};
use crate::shard::writer::ShardWriter;

/// Rows `rows` of part `part`; the published ones among them go into one shard.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    part: usize,
    rows: Range<u32>,
}

impl Ready<'_> {
    /// Writes `data/`; returns its files and what they hold.
    pub fn write_shards(&self) -> Result<(Vec<FileRecord>, Statistics), EngineError> {
        let shards = self.cut()?;
        let count = shards.len();
        let written: Result<Vec<_>, EngineError> = self.context.pool.install(|| {
            let shards = shards.par_iter().enumerate();
            shards.map(|(number, stretches)| self.write_shard(number, count, stretches)).collect()
        });
        let mut files = Vec::with_capacity(count);
        let mut statistics = Statistics::default();
        for (file, counted) in written? {
            files.push(file);
            statistics = statistics.merge(&counted);
        }
        Ok((files, statistics))
    }

    /// Cuts the documents into shards: the rows of each, in input order. There is one shard at least.
    fn cut(&self) -> Result<Vec<Vec<Stretch>>, EngineError> {
        let bytes_max = self.context.plan.output().shard_bytes_max;
        let mut shards: Vec<Vec<Stretch>> = Vec::new();
        let (mut shard, mut shard_bytes): (Vec<Stretch>, u64) = (Vec::new(), 0);
        for part in self.parts() {
            let sizes = self.sizes(part)?;
            let mut start = 0;
            for (row, size) in (0..).zip(&sizes) {
                if self.fate(part, row, *size) != Fate::Published {
                    continue;
                }
                if shard_bytes > 0 && shard_bytes + u64::from(*size) > bytes_max {
                    shard.push(Stretch { part, rows: start..row });
                    shards.push(std::mem::take(&mut shard));
                    (start, shard_bytes) = (row, 0);
                }
                shard_bytes += u64::from(*size);
            }
            shard.push(Stretch { part, rows: start..sizes.len() as u32 });
        }
        if shard_bytes > 0 || shards.is_empty() {
            shards.push(shard);
        }
        Ok(shards)
    }

    fn write_shard(
        &self,
        number: usize,
        count: usize,
        stretches: &[Stretch],
    ) -> Result<(FileRecord, Statistics), EngineError> {
        let below = format!("data/default/train-{number:05}-of-{count:05}.parquet");
        let path = self.context.folder.file(&below);
        let mut writer = ShardWriter::create(self.context.store, &path, &schema::DOCUMENTS, self.form())?;
        let mut statistics = Statistics::default();
        for Stretch { part, rows } in stretches {
            let sizes = self.sizes(*part)?;
            let base = self.bases[*part];
            let is_published =
                |row: u32| rows.contains(&row) && self.fate(*part, row, sizes[row as usize]) == Fate::Published;
            self.for_each_batch(*part, |batch, first| {
                let batch_rows = first - base..first - base + batch.num_rows() as u32;
                let keep: BooleanArray = batch_rows.clone().map(|row| Some(is_published(row))).collect();
                if keep.true_count() == 0 {
                    return Ok(());
                }
                let kept = batch_rows.filter(|row| is_published(*row));
                self.count_edits(batch, &keep, &mut statistics);
                let clusters = self.clusters(kept.map(|row| base + row));
                let rows = filter_record_batch(batch, &keep).expect("the mask has a bit a row");
                count_rows(&rows, &mut statistics);
                Ok(writer.write(&publishable(&rows, clusters))?)
            })?;
        }
        let published = writer.publish()?;
        Ok((file_record(below, statistics.total.documents, published), statistics))
    }
}

impl Ready<'_> {
    /// Counts what editors changed in the documents that are published.
    fn count_edits(&self, batch: &RecordBatch, keep: &BooleanArray, statistics: &mut Statistics) {
        let column = batch.column_by_name("edits").expect("the schema has this column");
        for row in (0..batch.num_rows()).filter(|row| keep.value(*row)) {
            for (stage, edits) in by_stage(&edits::edits(column, row)) {
                statistics.count_edits(&self.context.plan.resolved()[stage as usize].name, edits);
            }
        }
    }

    /// What is published of the clusters of these documents.
    fn clusters(&self, documents: impl Iterator<Item = u32>) -> [ArrayRef; CLUSTER_COLUMNS] {
        let mut sizes = UInt32Builder::new();
        let item = Field::new_list_field(DataType::Utf8, false);
        let mut tiers = ListBuilder::new(StringBuilder::new()).with_field(Arc::new(item));
        for document in documents {
            sizes.append_value(self.decision.cluster_size(document));
            let differing = self.decision.cluster_tiers(document);
            differing.iter().flat_map(|tiers| tiers.iter()).for_each(|tier| tiers.values().append_value(tier.as_str()));
            tiers.append(differing.is_some());
        }
        [Arc::new(sizes.finish()), Arc::new(tiers.finish())]
    }
}

/// Rows of a part in the columns of `data/`.
fn publishable(rows: &RecordBatch, clusters: [ArrayRef; CLUSTER_COLUMNS]) -> RecordBatch {
    let documents = schema::DOCUMENTS.fields().len() - CLUSTER_COLUMNS;
    let mut columns = rows.columns()[..documents].to_vec();
    columns.extend(clusters);
    RecordBatch::try_new(Arc::clone(&schema::DOCUMENTS), columns).expect("a part's columns begin with those of `data/`")
}
