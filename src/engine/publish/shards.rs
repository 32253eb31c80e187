//! `data/`: the documents that are in the set.
//!
//! Documents of one group (`[output] group_by`) lie in one configuration, `data/<config>/`, in input order.
//! Shards are cut by the bytes of their columns before compression, which is known before the first is written; so all of
//! them are written at once, and every machine cuts at the same row.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, ListBuilder, RecordBatch, StringBuilder, UInt32Builder};
use arrow::datatypes::{DataType, Field};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::groups::WITHOUT_GROUPS;
use super::{Fate, Ready, file_record};
use crate::engine::EngineError;
use crate::engine::gate::Gate;
use crate::engine::part::KEPT_NAME;
use crate::ledger::edits::by_stage;
use crate::ledger::run_record::FileRecord;
use crate::ledger::statistics::Statistics;
use crate::shard::counted::count_rows;
use crate::shard::edits;
use crate::shard::memory::arrow_bytes;
use crate::shard::reader::{Ranges, ShardReader};
use crate::shard::schema::{self, CLUSTER_COLUMNS};
use crate::shard::writer::ShardWriter;

/// Most rows and bytes of what is read at a time. Rows of 128 KiB and less never come to the bytes.
const BATCH_ROWS_MAX: usize = 256;
const BATCH_BYTES_MAX: u64 = 32 << 20;

/// Rows `rows` of part `part`; the published ones among them of the shard's group go into one shard.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    part: usize,
    rows: Range<u32>,
}

/// One shard before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shard {
    /// Its configuration.
    group: String,
    /// Its number among those of its configuration, and how many there are.
    number: usize,
    count: usize,
    stretches: Vec<Stretch>,
}

/// The shards of one configuration while they are cut.
#[derive(Default)]
struct Cut {
    shards: Vec<Vec<Stretch>>,
    last: Vec<Stretch>,
    last_bytes: u64,
}

impl Ready<'_> {
    /// Writes `data/`; returns its files and what they hold.
    pub fn write_shards(&self) -> Result<(Vec<FileRecord>, Statistics), EngineError> {
        let shards = self.cut()?;
        let places = Gate::new(self.context.shares.shards as u64);
        let write = |shard| {
            let _place = places.enter(1);
            self.write_shard(shard)
        };
        let written: Result<Vec<_>, EngineError> = self.context.pool.install(|| shards.par_iter().map(write).collect());
        let mut files = Vec::with_capacity(shards.len());
        let mut statistics = Statistics::default();
        for (file, counted) in written? {
            files.push(file);
            statistics = statistics.merge(&counted);
        }
        Ok((files, statistics))
    }

    /// Cuts the documents into shards: by configuration, and within one in input order. There is one shard at least.
    fn cut(&self) -> Result<Vec<Shard>, EngineError> {
        let bytes_max = self.context.plan.output().shard_bytes_max;
        let mut cuts: BTreeMap<String, Cut> = BTreeMap::new();
        for part in self.parts() {
            let sizes = self.sizes(part)?;
            let groups = self.groups(part)?;
            // Where the present shard of each group begins in this part; none where the part has nothing of the group.
            let mut starts: Vec<Option<u32>> = vec![None; groups.names.len()];
            for (row, size) in (0..).zip(&sizes) {
                if self.fate(part, row, *size) != Fate::Published {
                    continue;
                }
                let group = groups.of(row);
                let start = starts[group].get_or_insert(row);
                let cut = entry(&mut cuts, &groups.names[group]);
                if cut.last_bytes > 0 && cut.last_bytes + u64::from(*size) > bytes_max {
                    if *start < row {
                        cut.last.push(Stretch { part, rows: *start..row });
                    }
                    cut.shards.push(std::mem::take(&mut cut.last));
                    (*start, cut.last_bytes) = (row, 0);
                }
                cut.last_bytes += u64::from(*size);
            }
            for (group, start) in starts.iter().enumerate() {
                if let Some(start) = start {
                    let rows = *start..sizes.len() as u32;
                    entry(&mut cuts, &groups.names[group]).last.push(Stretch { part, rows });
                }
            }
        }
        if cuts.is_empty() {
            cuts.insert(String::from(WITHOUT_GROUPS), Cut::default());
        }
        Ok(cuts.into_iter().flat_map(|(group, cut)| cut.into_shards(&group)).collect())
    }

    fn write_shard(&self, shard: &Shard) -> Result<(FileRecord, Statistics), EngineError> {
        let Shard { group, number, count, stretches } = shard;
        let below = format!("data/{group}/train-{number:05}-of-{count:05}.parquet");
        let path = self.context.folder.file(&below);
        let mut writer = ShardWriter::create(self.context.store, &path, &schema::DOCUMENTS, self.form())?;
        let mut statistics = Statistics::default();
        let mut bytes = 0;
        for Stretch { part, rows } in stretches {
            let sizes = self.sizes(*part)?;
            let groups = self.groups(*part)?;
            let is_here = |row: &u32| {
                let size = sizes[*row as usize];
                self.fate(*part, *row, size) == Fate::Published && groups.names[groups.of(*row)] == *group
            };
            let rows: Vec<u32> = rows.clone().filter(is_here).collect();
            let ranges = rows.chunk_by(|a, b| a + 1 == *b).map(|run| run[0] as usize..run[0] as usize + run.len());
            let kept = self.documents(*part).join(KEPT_NAME);
            let mut numbers = rows.iter().copied();
            let rows_max = batch_rows(&rows.iter().map(|row| sizes[*row as usize]).collect::<Vec<_>>());
            let ranges = Ranges { ranges, rows: sizes.len(), rows_max };
            for batch in ShardReader::open_ranges(self.context.store, &kept, &schema::PART, ranges)? {
                let batch = batch?;
                self.count_edits(&batch, &mut statistics);
                count_rows(&batch, &mut statistics);
                let documents = numbers.by_ref().take(batch.num_rows()).map(|row| self.bases[*part] + row);
                let clusters = self.clusters(documents);
                let rows = publishable(&batch, clusters);
                bytes += arrow_bytes(&rows);
                writer.write(&rows)?;
            }
        }
        let published = writer.publish()?;
        let file = file_record(below, statistics.total.documents, published);
        Ok((FileRecord { arrow_bytes: bytes, ..file }, statistics))
    }
}

impl Cut {
    fn into_shards(mut self, group: &str) -> impl Iterator<Item = Shard> + use<> {
        if !self.last.is_empty() || self.shards.is_empty() {
            self.shards.push(self.last);
        }
        let (count, group) = (self.shards.len(), group.to_owned());
        let shards = self.shards.into_iter().enumerate();
        shards.map(move |(number, stretches)| Shard { group: group.clone(), number, count, stretches })
    }
}

/// How many rows of these sizes are read at a time: a power of two, so few that none of the batches has more bytes than
/// [`BATCH_BYTES_MAX`] unless it is a single row. Nothing but the rows decides, since row groups
/// of the shard may end where a batch does.
fn batch_rows(sizes: &[u32]) -> usize {
    let is_large = |rows: &[u32]| rows.iter().map(|size| u64::from(*size)).sum::<u64>() > BATCH_BYTES_MAX;
    let mut count = BATCH_ROWS_MAX;
    while count > 1 && sizes.chunks(count).any(is_large) {
        count /= 2;
    }
    count
}

fn entry<'m>(cuts: &'m mut BTreeMap<String, Cut>, group: &str) -> &'m mut Cut {
    if !cuts.contains_key(group) {
        cuts.insert(group.to_owned(), Cut::default());
    }
    cuts.get_mut(group).expect("the group was put in above")
}

impl Ready<'_> {
    /// Counts what editors changed in the documents that are published.
    fn count_edits(&self, batch: &RecordBatch, statistics: &mut Statistics) {
        let column = batch.column_by_name("edits").expect("the schema has this column");
        for row in 0..batch.num_rows() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_rows_are_read_a_few_at_a_time() {
        const MIB: u32 = 1 << 20;
        let check = |sizes: &[u32], expected: usize| assert_eq!(batch_rows(sizes), expected, "{sizes:?}");
        check(&[], 256);
        check(&[MIB / 8; 1_000], 256);
        check(&[MIB / 8 + 1; 1_000], 128);
        check(&[[1; 256], [MIB; 256]].concat(), 32);
        check(&[40 * MIB, 1], 1);
        check(&[32 * MIB], 256);
        check(&[0, 0, u32::MAX, u32::MAX], 1);
    }
}
