//! What became of every record of a finished run, from its shards and its ledger.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Float32Type, UInt32Type, UInt64Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// All batches of all Parquet files of a folder, in the order of the names.
pub fn batches(folder: &Path) -> Vec<RecordBatch> {
    let mut paths: Vec<_> =
        walk(folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "parquet")).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let file = File::open(path).expect("the file was listed");
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).and_then(|builder| builder.build());
        reader.expect("a Parquet file").map(|batch| batch.expect("a whole batch")).collect::<Vec<_>>()
    };
    paths.iter().flat_map(read).collect()
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

/// A text column, empty where it is null.
pub fn texts(batches: &[RecordBatch], name: &str) -> Vec<String> {
    let column = |batch: &RecordBatch| {
        let column =
            batch.column_by_name(name).unwrap_or_else(|| panic!("no column {name}")).as_string::<i32>().clone();
        (0..column.len())
            .map(|row| if column.is_null(row) { String::new() } else { column.value(row).to_owned() })
            .collect::<Vec<_>>()
    };
    batches.iter().flat_map(column).collect()
}

/// One field of every struct of a column of lists, list by list.
pub fn lists(batches: &[RecordBatch], name: &str, field: &str) -> Vec<Vec<String>> {
    let column = |batch: &RecordBatch| {
        let column = batch.column_by_name(name).unwrap_or_else(|| panic!("no column {name}")).as_list::<i32>().clone();
        let list = |row: usize| {
            let items = column.value(row);
            let values = items.as_struct().column_by_name(field).unwrap_or_else(|| panic!("no field {field}"));
            values.as_string::<i32>().iter().map(|value| value.unwrap_or_default().to_owned()).collect()
        };
        (0..column.len()).map(list).collect::<Vec<Vec<String>>>()
    };
    batches.iter().flat_map(column).collect()
}

/// A column of lists of texts, empty where it is null.
pub fn text_lists(batches: &[RecordBatch], name: &str) -> Vec<Vec<String>> {
    let column = |batch: &RecordBatch| {
        let column = batch.column_by_name(name).unwrap_or_else(|| panic!("no column {name}")).as_list::<i32>().clone();
        let list = |row: usize| {
            let items = column.value(row);
            items.as_string::<i32>().iter().map(|value| value.unwrap_or_default().to_owned()).collect()
        };
        (0..column.len()).map(list).collect::<Vec<Vec<String>>>()
    };
    batches.iter().flat_map(column).collect()
}

/// A column of 64-bit numbers.
pub fn numbers(batches: &[RecordBatch], name: &str) -> Vec<u64> {
    let column = |batch: &RecordBatch| {
        batch
            .column_by_name(name)
            .unwrap_or_else(|| panic!("no column {name}"))
            .as_primitive::<UInt64Type>()
            .values()
            .to_vec()
    };
    batches.iter().flat_map(column).collect()
}

/// A column of 32-bit numbers.
pub fn small_numbers(batches: &[RecordBatch], name: &str) -> Vec<u32> {
    let column = |batch: &RecordBatch| {
        batch
            .column_by_name(name)
            .unwrap_or_else(|| panic!("no column {name}"))
            .as_primitive::<UInt32Type>()
            .values()
            .to_vec()
    };
    batches.iter().flat_map(column).collect()
}

/// A column of shares.
pub fn shares(batches: &[RecordBatch], name: &str) -> Vec<f32> {
    let column = |batch: &RecordBatch| {
        batch
            .column_by_name(name)
            .unwrap_or_else(|| panic!("no column {name}"))
            .as_primitive::<Float32Type>()
            .values()
            .to_vec()
    };
    batches.iter().flat_map(column).collect()
}

/// `kept` or the reason, by the offset of the record's member. Records that are only counted are not among them.
pub fn by_offset(out: &Path) -> BTreeMap<u64, String> {
    let kept = batches(&out.join("data"));
    let ledger = batches(&out.join("ledger"));
    let kept = numbers(&kept, "warc_record_offset").into_iter().map(|offset| (offset, String::from("kept")));
    let dropped = numbers(&ledger, "warc_record_offset").into_iter().zip(texts(&ledger, "reason"));
    kept.chain(dropped).collect()
}
