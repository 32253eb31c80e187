//! Ledger rows <-> Parquet.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, Float64Builder, RecordBatch, StringArray, StringBuilder, UInt64Array,
    UInt64Builder,
};
use arrow::datatypes::{Float64Type, UInt64Type};
use arrow::error::ArrowError;

use super::schema;
use crate::document::reason::Matched;
use crate::ledger::row::LedgerRow;

/// Most bytes of texts that are gathered in columns, about: ids and addresses may have 64 KiB each. 4,096 rows of an
/// ordinary crawl have two megabytes.
const GATHERED_BYTES_MAX: usize = 64 << 20;

/// The columns of the ledger while they are filled.
#[derive(Default)]
pub struct Columns {
    texts: [StringBuilder; 8],
    numbers: [UInt64Builder; 3],
    figures: [Float64Builder; 3],
    rows: usize,
    bytes: usize,
}

impl Columns {
    /// Appends a row.
    pub fn push(&mut self, row: &LedgerRow) {
        let matched = row.matched.as_ref();
        let texts = [
            Some(&*row.file_path),
            Some(&row.id),
            Some(&row.url),
            Some(&row.stage),
            Some(&row.reason),
            row.kept_id.as_deref(),
            matched.map(|matched| &*matched.sets),
            matched.map(|matched| &*matched.at),
        ];
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.append_option(text));
        self.bytes += texts.iter().flatten().map(|text| text.len()).sum::<usize>();
        let numbers = [row.ordinal, row.offset_bytes, row.length_bytes];
        self.numbers.iter_mut().zip(numbers).for_each(|(column, number)| column.append_value(number));
        let figures = [row.found, row.bound, matched.map(|matched| matched.share)];
        self.figures.iter_mut().zip(figures).for_each(|(column, figure)| column.append_option(figure));
        self.rows += 1;
    }

    /// Rows pushed since the last [`Self::take`].
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Whether so many bytes were pushed since then that the rows are to be taken, however few they are.
    pub fn is_large(&self) -> bool {
        self.bytes >= GATHERED_BYTES_MAX
    }

    /// The rows pushed so far as a batch of [`schema::LEDGER`]; the columns are empty afterwards.
    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        (self.rows, self.bytes) = (0, 0);
        let [file_path, id, url, stage, reason, kept_id, matched, at] =
            self.texts.each_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        let [ordinal, offset, length] = self.numbers.each_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        let [found, bound, share] = self.figures.each_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        let columns =
            vec![file_path, ordinal, offset, length, id, url, stage, reason, found, bound, kept_id, matched, at, share];
        RecordBatch::try_new(Arc::clone(&schema::LEDGER), columns)
    }
}

/// Calls `each` with every row of a batch of [`schema::LEDGER`].
pub fn rows(batch: &RecordBatch) -> impl Iterator<Item = LedgerRow> + '_ {
    let texts = |name: &str| -> StringArray { column(batch, name).as_string::<i32>().clone() };
    let numbers = |name: &str| -> UInt64Array { column(batch, name).as_primitive::<UInt64Type>().clone() };
    let figures = |name: &str| -> Float64Array { column(batch, name).as_primitive::<Float64Type>().clone() };
    let [file_path, id, url, stage, reason, kept_id, sets, at] =
        ["file_path", "id", "url", "stage", "reason", "kept_id", "matched", "matched_at"].map(texts);
    let [ordinal, offset, length] = ["ordinal", "warc_record_offset", "warc_record_length"].map(numbers);
    let [found, bound, share] = ["found", "bound", "matched_share"].map(figures);
    (0..batch.num_rows()).map(move |row| LedgerRow {
        file_path: file_path.value(row).into(),
        ordinal: ordinal.value(row),
        offset_bytes: offset.value(row),
        length_bytes: length.value(row),
        id: id.value(row).to_owned(),
        url: url.value(row).to_owned(),
        stage: stage.value(row).to_owned(),
        reason: reason.value(row).to_owned(),
        found: found.is_valid(row).then(|| found.value(row)),
        bound: bound.is_valid(row).then(|| bound.value(row)),
        kept_id: kept_id.is_valid(row).then(|| kept_id.value(row).to_owned()),
        matched: sets.is_valid(row).then(|| Matched {
            sets: sets.value(row).to_owned(),
            at: at.value(row).to_owned(),
            share: share.value(row),
        }),
    })
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> &'a ArrayRef {
    batch.column_by_name(name).expect("the reader has checked that the file has these columns")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_large_from_64_mib_of_texts_on() {
        let mut columns = Columns::default();
        let mut row = LedgerRow {
            file_path: Arc::from(""),
            ordinal: 0,
            offset_bytes: 0,
            length_bytes: 0,
            id: "x".repeat(GATHERED_BYTES_MAX - 1),
            url: String::new(),
            stage: String::new(),
            reason: String::new(),
            found: None,
            bound: None,
            kept_id: None,
            matched: None,
        };
        columns.push(&row);
        assert!(!columns.is_large());
        row.id = String::from("x");
        columns.push(&row);
        assert!(columns.is_large());
        columns.take().expect("a batch");
        assert!(!columns.is_large());
    }
}
