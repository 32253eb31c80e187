//! Columns of a batch by their names, and their texts.

use arrow::array::{Array, AsArray, RecordBatch};

/// A column that the batch is known to have: the reader has checked the file, and the column was asked for.
pub fn column<'b>(batch: &'b RecordBatch, name: &str) -> &'b dyn Array {
    batch.column_by_name(name).expect("the reader has checked the columns, and this one was asked for")
}

/// The text in a row of a column; none if it is null, or if the batch has no such column.
pub fn text<'b>(batch: &'b RecordBatch, name: &str, row: usize) -> Option<&'b str> {
    let column = batch.column_by_name(name)?.as_string::<i32>();
    column.is_valid(row).then(|| column.value(row))
}
