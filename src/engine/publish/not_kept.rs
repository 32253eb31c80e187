//! `ledger/` and `dropped/`: the records that are not in the set, in input order.
//!
//! Most were dropped while their part was made and are copied; duplicates, and documents dropped by a stage behind
//! deduplication, are put between them at their places.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Float64Type, UInt32Type, UInt64Type};

use super::Ready;
use super::rolling::Rolling;
use super::standing::Standing;
use crate::dedup::minhash::RIGHTS_DIFFER;
use crate::document::reason::Matched;
use crate::engine::EngineError;
use crate::engine::deduplicate::removals::Removal;
use crate::ledger::row::LedgerRow;
use crate::ledger::run_record::FileRecord;
use crate::ledger::tally::Tally;
use crate::plan::compile::Action;
use crate::shard::cells::column;
use crate::shard::dropped::{self, DroppedRow};
use crate::shard::reader::ShardReader;
use crate::shard::{edits, ledger, schema};

/// Rows that are gathered before they are encoded.
const BATCH_ROWS: usize = 4096;
/// What is gathered of rows before they are encoded, in bytes.
const BATCH_BYTES: usize = 4 << 20;

/// Columns of a part that tell of a document that was dropped after the part was made.
const LATE_COLUMNS: [&str; 13] = [
    "id",
    "url",
    "file_path",
    "warc_record_offset",
    "warc_record_length",
    "ordinal",
    "after_stage",
    "after_reason",
    "after_found",
    "after_bound",
    "after_matched",
    "after_matched_at",
    "after_matched_share",
];

/// A document that was dropped after its part was made.
struct Late {
    /// Place in the funnel of the stage that dropped it.
    index: usize,
    row: LedgerRow,
}

impl Ready<'_> {
    /// Writes `ledger/`; counts the stages behind deduplication in `tally`.
    pub fn write_ledger(&self, standing: &Standing, tally: &mut Tally) -> Result<Vec<FileRecord>, EngineError> {
        let mut out = Rolling::new(*self, "ledger/records", &schema::LEDGER);
        let mut columns = ledger::Columns::default();
        for part in self.parts() {
            let mut late = Vec::new();
            self.for_each_late(part, standing, false, |row, _| {
                late.push(row);
                Ok(())
            })?;
            self.count_after(part, &late, tally);
            self.count_edits_after(part, tally)?;
            let mut late = late.into_iter().map(|late| late.row).peekable();
            let path = self.context.folder.part(part).join("ledger.parquet");
            for batch in ShardReader::open(self.context.store, &path, &schema::LEDGER)? {
                for row in ledger::rows(&batch?) {
                    while let Some(earlier) = late.next_if(|late| late.ordinal < row.ordinal) {
                        push(&mut columns, &earlier, &mut out)?;
                    }
                    push(&mut columns, &row, &mut out)?;
                }
                if columns.rows() >= BATCH_ROWS {
                    out.write(columns.take())?;
                }
            }
            late.try_for_each(|row| push(&mut columns, &row, &mut out))?;
        }
        out.write(columns.take())?;
        out.finish()
    }

    /// Writes `dropped/`, if the plan asks for it. Of a part, documents dropped before deduplication come first.
    pub fn write_dropped(&self, standing: &Standing) -> Result<Vec<FileRecord>, EngineError> {
        if !self.context.plan.output().dropped {
            return Ok(Vec::new());
        }
        let mut out = Rolling::new(*self, "dropped/documents", &schema::DROPPED);
        let mut columns = dropped::Columns::default();
        for part in self.parts() {
            let path = self.context.folder.part(part).join("dropped.parquet");
            for batch in ShardReader::open(self.context.store, &path, &schema::DROPPED)? {
                out.write(Ok(batch?))?;
            }
            self.for_each_late(part, standing, true, |Late { row, .. }, text| {
                columns.push(DroppedRow {
                    id: &row.id,
                    url: &row.url,
                    file_path: &row.file_path,
                    ordinal: row.ordinal,
                    stage: &row.stage,
                    reason: &row.reason,
                    text,
                });
                if columns.bytes() >= BATCH_BYTES { out.write(columns.take()) } else { Ok(()) }
            })?;
            out.write(columns.take())?;
        }
        out.finish()
    }

    /// Counts what the stages behind deduplication did with the documents of a part.
    fn count_after(&self, part: usize, late: &[Late], tally: &mut Tally) {
        let Some(first) = self.context.plan.after().first().map(|step| step.index) else { return };
        let (duplicates, dropped): (Vec<_>, Vec<_>) = late.iter().partition(|late| late.index < first);
        dropped.iter().for_each(|late| tally.drop_at(first, late.index, &late.row.reason));
        let documents = (self.bases[part + 1] - self.bases[part]) as usize;
        let kept = documents - duplicates.len() - dropped.len();
        (first..tally.stages().len()).for_each(|stage| tally.keep_at(stage, kept as u64));
    }

    /// Counts what editors behind deduplication changed in the documents that it kept.
    fn count_edits_after(&self, part: usize, tally: &mut Tally) -> Result<(), EngineError> {
        let after = self.context.plan.after();
        let Some(first) = after.first().map(|step| step.index) else { return Ok(()) };
        if !after.iter().any(|step| matches!(step.action, Action::Edit(_))) {
            return Ok(());
        }
        self.for_each_batch_of(part, Some(&["edits"]), |batch, number| {
            for (row, document) in (0..batch.num_rows()).zip(number..) {
                if !self.decision.is_removed(document) {
                    let edits = edits::edits(column(batch, "edits"), row);
                    tally.edit(&edits[edits.partition_point(|edit| (edit.stage as usize) < first)..]);
                }
            }
            Ok(())
        })
    }

    /// Calls `each` with every document of a part that was dropped after the part was made, and with its text if that is
    /// asked for.
    fn for_each_late(
        &self,
        part: usize,
        standing: &Standing,
        with_text: bool,
        mut each: impl FnMut(Late, Option<&str>) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let mut removals = self.decision.removals_of(self.context.store, part)?;
        let columns = if with_text { None } else { Some(&LATE_COLUMNS[..]) };
        self.for_each_batch_of(part, columns, |batch, first| {
            for row in 0..batch.num_rows() {
                let document = first + row as u32;
                let removal = removals.of(document)?;
                let kept_id = removal.map(|removal| self.kept_id(standing, removal)).transpose()?.flatten();
                if let Some(late) = self.late(batch, row, document, removal.map(|removal| (removal, kept_id))) {
                    each(late, with_text.then(|| text(batch, "text", row)))?;
                }
            }
            Ok(())
        })
    }

    fn late(
        &self,
        batch: &RecordBatch,
        row: usize,
        document: u32,
        removal: Option<(Removal, Option<String>)>,
    ) -> Option<Late> {
        let after = column(batch, "after_stage").as_primitive::<UInt32Type>();
        let mut matched = None;
        let (index, reason, found, bound, kept_id) = match removal {
            Some((removal, kept_id)) => {
                let step = &self.context.plan.dedup()[usize::from(removal.stage)];
                let is_earlier = removal.kept >= self.bases.last().copied().unwrap_or_default();
                let reason = step.deduplicator.reason(is_earlier).as_str();
                let similarity = Some(f64::from(removal.similarity));
                (step.index, reason, similarity, step.deduplicator.similarity_min(), kept_id)
            }
            None if let Some(index) = self.decision.rights_differ(document) => {
                (index, RIGHTS_DIFFER.as_str(), None, None, None)
            }
            None if after.is_valid(row) => {
                let [found, bound] = ["after_found", "after_bound"].map(|name| figure(batch, name, row));
                matched = matched_texts(batch, row);
                (after.value(row) as usize, text(batch, "after_reason", row), found, bound, None)
            }
            None => return None,
        };
        let [ordinal, offset_bytes, length_bytes] = ["ordinal", "warc_record_offset", "warc_record_length"]
            .map(|name| column(batch, name).as_primitive::<UInt64Type>().value(row));
        let row = LedgerRow {
            file_path: text(batch, "file_path", row).into(),
            ordinal,
            offset_bytes,
            length_bytes,
            id: text(batch, "id", row).to_owned(),
            url: text(batch, "url", row).to_owned(),
            stage: self.context.plan.resolved()[index].name.clone(),
            reason: reason.to_owned(),
            found,
            bound,
            kept_id,
            matched,
        };
        Some(Late { index, row })
    }
}

/// Appends a row; writes those that are gathered where they have become large.
fn push(columns: &mut ledger::Columns, row: &LedgerRow, out: &mut Rolling<'_>) -> Result<(), EngineError> {
    columns.push(row);
    if columns.is_large() { out.write(columns.take()) } else { Ok(()) }
}

fn text<'b>(batch: &'b RecordBatch, name: &str, row: usize) -> &'b str {
    column(batch, name).as_string::<i32>().value(row)
}

fn matched_texts(batch: &RecordBatch, row: usize) -> Option<Matched> {
    let share = figure(batch, "after_matched_share", row)?;
    let [sets, at] = ["after_matched", "after_matched_at"].map(|name| text(batch, name, row).to_owned());
    Some(Matched { sets, at, share })
}

fn figure(batch: &RecordBatch, name: &str, row: usize) -> Option<f64> {
    let column = column(batch, name).as_primitive::<Float64Type>();
    column.is_valid(row).then(|| column.value(row))
}
