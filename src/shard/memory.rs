//! How many bytes rows take in memory, as Arrow lays them out: what loaders such as `datasets` state as a set's size.
//!
//! Only what rows themselves need is counted: values, and four bytes a text or list for where it ends. Bits that tell
//! nulls, and what a loader lays aside for each batch, depend on how it cuts batches; they are about a hundredth more.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::DataType;

/// Bytes of where a text or a list ends.
const OFFSET_BYTES: u64 = 4;

/// Bytes of all rows of a batch. The same rows count the same however they are cut into batches.
pub fn arrow_bytes(rows: &RecordBatch) -> u64 {
    rows.columns().iter().map(|column| column_bytes(column)).sum()
}

fn column_bytes(column: &dyn Array) -> u64 {
    let rows = column.len() as u64;
    match column.data_type() {
        DataType::Utf8 => {
            let offsets = column.as_string::<i32>().value_offsets();
            rows * OFFSET_BYTES + span(offsets)
        }
        DataType::Binary => {
            let offsets = column.as_binary::<i32>().value_offsets();
            rows * OFFSET_BYTES + span(offsets)
        }
        DataType::List(_) => {
            let list = column.as_list::<i32>();
            let first = list.value_offsets().first().copied().unwrap_or_default() as usize;
            let items = list.values().slice(first, span(list.value_offsets()) as usize);
            rows * OFFSET_BYTES + column_bytes(&items)
        }
        DataType::Struct(_) => column.as_struct().columns().iter().map(|field| column_bytes(field)).sum(),
        other => rows * other.primitive_width().expect("columns are texts, bytes, lists, structs and numbers") as u64,
    }
}

/// From the first offset to the last.
fn span(offsets: &[i32]) -> u64 {
    let ends = offsets.first().zip(offsets.last());
    ends.map_or(0, |(first, last)| last.abs_diff(*first).into())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, ListArray, StringArray, UInt32Array};
    use arrow::datatypes::{Field, Schema, UInt32Type};

    use super::*;

    #[test]
    fn slices_count_what_they_show() {
        let texts: ArrayRef = Arc::new(StringArray::from(vec![Some("mill"), None, Some("brook")]));
        let numbers: ArrayRef = Arc::new(UInt32Array::from(vec![1, 2, 3]));
        let lists: ArrayRef = Arc::new(ListArray::from_iter_primitive::<UInt32Type, _, _>([
            Some(vec![Some(1), Some(2)]),
            Some(vec![]),
            Some(vec![Some(3)]),
        ]));
        let fields = ["texts", "numbers", "lists"].into_iter().zip([&texts, &numbers, &lists]);
        let fields: Vec<_> = fields.map(|(name, column)| Field::new(name, column.data_type().clone(), true)).collect();
        let rows =
            RecordBatch::try_new(Arc::new(Schema::new(fields)), vec![texts, numbers, lists]).expect("three rows");
        assert_eq!(arrow_bytes(&rows), (12 + 9) + 12 + (12 + 12));
        assert_eq!(arrow_bytes(&rows.slice(0, 1)), (4 + 4) + 4 + (4 + 8));
        assert_eq!(arrow_bytes(&rows.slice(1, 2)), (8 + 5) + 8 + (8 + 4));
    }
}
