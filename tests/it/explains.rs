//! `gristmill explain`: every record is found, by whatever way, and what is said of it is what the files hold.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use arrow::array::{AsArray, RecordBatch};
use gristmill::audit::explain::reasons::meaning;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::Value;

use crate::support::golden::in_repository;
use crate::support::sample;
use crate::support::sandbox::Sandbox;

/// The quickstart on the sample data, in `out`.
fn quickstart() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    let preset = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/quickstart.toml");
    sandbox.run(&["run", preset, "--input", "in", "--out", "out", "--quiet"]).expect(0);
    sandbox
}

fn parquet_files(sandbox: &Sandbox) -> Vec<String> {
    sandbox.files("out").into_iter().filter(|name| name.ends_with(".parquet")).collect()
}

fn batches(path: &Path) -> Vec<RecordBatch> {
    let file = File::open(path).expect("the file is there");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet").build();
    reader.expect("it can be read").map(|batch| batch.expect("a batch can be read")).collect()
}

/// The values of a column of text in all files whose names begin so.
fn column(sandbox: &Sandbox, folder: &str, name: &str) -> Vec<String> {
    let files = parquet_files(sandbox).into_iter().filter(|file| file.starts_with(folder));
    let batches = files.flat_map(|file| batches(&sandbox.path(&format!("out/{file}"))));
    let values = batches.flat_map(|batch| {
        let column = batch.column_by_name(name).expect("the column is there").as_string::<i32>().clone();
        column.iter().flatten().map(str::to_owned).collect::<Vec<_>>()
    });
    values.collect()
}

/// Writes every file of the set anew with these properties.
fn write_anew(sandbox: &Sandbox, properties: &WriterProperties) {
    for file in parquet_files(sandbox) {
        let path = sandbox.path(&format!("out/{file}"));
        let batches = batches(&path);
        let schema = SerializedFileReader::new(File::open(&path).expect("the file is there")).expect("it is Parquet");
        let schema = schema.metadata().file_metadata().schema_descr_ptr();
        let schema = parquet::arrow::parquet_to_arrow_schema(&schema, None).expect("the columns have types of Arrow");
        let schema = batches.first().map_or_else(|| schema.into(), RecordBatch::schema);
        let file = File::create(&path).expect("the file can be written");
        let mut writer = ArrowWriter::try_new(file, schema, Some(properties.clone())).expect("a writer");
        batches.iter().for_each(|batch| writer.write(batch).expect("a batch can be written"));
        writer.close().expect("the file can be ended");
    }
}

fn answers(sandbox: &Sandbox, keys: &[String]) -> Vec<String> {
    keys.iter().map(|key| sandbox.run(&["explain", "out", key, "--json"]).expect(0).stdout).collect()
}

#[test]
fn every_record_is_found_with_filters_and_without() {
    let sandbox = quickstart();
    let mut keys: Vec<String> =
        ["data/", "ledger/"].iter().flat_map(|folder| column(&sandbox, folder, "url")).collect();
    keys.retain(|url| !url.is_empty());
    let ids = column(&sandbox, "data/", "id").into_iter().chain(column(&sandbox, "ledger/", "id"));
    keys.extend(ids.take(12).map(|id| id.trim_matches(['<', '>']).to_owned()));
    assert!(keys.len() > 40, "{} keys", keys.len());
    let with_filters = answers(&sandbox, &keys);
    assert!(keys.iter().zip(&with_filters).all(|(key, answer)| answer.contains(key.as_str())));
    // In a sample of the keys: the files without filters, and with filters of many row groups.
    let some: Vec<String> = keys.iter().step_by(5).cloned().collect();
    let expected: Vec<String> = with_filters.iter().step_by(5).cloned().collect();
    write_anew(&sandbox, &WriterProperties::builder().build());
    assert_eq!(answers(&sandbox, &some), expected);
    let small = WriterProperties::builder().set_max_row_group_row_count(Some(3)).set_bloom_filter_enabled(true);
    write_anew(&sandbox, &small.build());
    assert_eq!(answers(&sandbox, &some), expected);
    sandbox.run(&["explain", "out", "https://example.org/never-crawled"]).expect(1);
}

#[test]
fn published_files_have_filters_of_the_columns_that_are_looked_up() {
    let sandbox = quickstart();
    let expected = [("data/", vec!["id", "url"]), ("dedup/pairs", vec!["kept_id", "removed_id"])];
    let expected =
        expected.into_iter().chain([("ledger/", vec!["id", "kept_id", "url"]), ("dropped/", vec!["id", "url"])]);
    for (folder, columns) in expected {
        let file = parquet_files(&sandbox).into_iter().find(|name| name.starts_with(folder)).expect("there is one");
        let file = File::open(sandbox.path(&format!("out/{file}"))).expect("the file is there");
        let reader = SerializedFileReader::new(file).expect("it is Parquet");
        let chunks = reader.metadata().row_group(0).columns();
        let with_filter = chunks.iter().filter(|chunk| chunk.bloom_filter_offset().is_some());
        let found: BTreeSet<String> = with_filter.map(|chunk| chunk.column_path().string()).collect();
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), columns, "{folder}");
        // Folded to what the rows need: some dozens of rows take some hundreds of bytes.
        let bytes: i32 = chunks.iter().filter_map(|chunk| chunk.bloom_filter_length()).sum();
        assert!(bytes < 2000, "{folder} {bytes}");
    }
}

/// What is said of the sample of this name, as JSON.
fn explained(sandbox: &Sandbox, name: &str) -> Value {
    let sample = sample::samples().into_iter().find(|sample| sample.name == name);
    let url = sample.unwrap_or_else(|| panic!("no sample {name}")).url.to_owned();
    let line = sandbox.run(&["explain", "out", &url, "--json"]).expect(0).stdout;
    serde_json::from_str(&line).expect("one line of JSON")
}

#[test]
fn a_kept_document_comes_with_its_evidence() {
    let sandbox = quickstart();
    let row = explained(&sandbox, "near-three-third");
    assert_eq!(row["kept"], true);
    assert_eq!(row["license_tier"], "open");
    assert!(!row["license_evidence"][0]["value"].as_str().expect("a value").is_empty());
    assert_eq!(row["stands_for_count"], 2);
    assert!(row["text_bytes"].as_u64().expect("a number") > 100);
    assert!(row.get("text").is_none());
}

#[test]
fn a_near_duplicate_comes_with_what_differs() {
    let sandbox = quickstart();
    let row = explained(&sandbox, "near-three-first");
    assert_eq!(row["reason"], "minhash.near_duplicate");
    assert_eq!(row["settings"]["shingle_words"], "5");
    let other = &row["stands_for_it"];
    assert_eq!(other["row"].as_u64(), explained(&sandbox, "near-three-third")["row"].as_u64());
    let differences = &other["differences"];
    assert!(differences["only_removed"].as_u64().expect("a number") > 0, "{differences}");
    assert_eq!(differences["hunks"].as_array().map(Vec::len), differences["places"].as_u64().map(|n| n as usize));
    let sample = sample::samples().into_iter().find(|sample| sample.name == "near-three-first").expect("there is one");
    let words = sandbox.run(&["explain", "out", sample.url]).expect(0).stdout;
    assert!(words.contains("[-") && words.contains("{+") && words.contains("similarity is"), "{words}");
    assert!(words.contains("nearly the same text and stands for this one"), "{words}");
    // Without the dropped texts there is nothing to compare, and it is said.
    for file in sandbox.files("out").into_iter().filter(|name| name.starts_with("dropped/")) {
        let manifest = sandbox.read_text("out/manifest.json");
        let mut record: Value = serde_json::from_str(&manifest).expect("JSON");
        record["dropped"] = Value::Array(Vec::new());
        sandbox.write("out/manifest.json", record.to_string());
        std::fs::remove_file(sandbox.path(&format!("out/{file}"))).expect("the file can be removed");
    }
    let words = sandbox.run(&["explain", "out", sample.url]).expect(0).stdout;
    assert!(words.contains("the set does not hold the text of what it dropped"), "{words}");
    // The crawl gives the text again, and with it the same differences.
    let line = sandbox.run(&["explain", "out", sample.url, "--json", "--warc", "in"]).expect(0).stdout;
    let again: Value = serde_json::from_str(&line).expect("one line of JSON");
    assert_eq!(again["stands_for_it"]["differences"], *differences);
    sandbox.run(&["explain", "out", sample.url, "--warc", "nowhere"]).expect(2);
}

#[test]
fn a_drop_comes_with_the_settings_of_its_stage_and_what_it_means() {
    let sandbox = quickstart();
    let row = explained(&sandbox, "length-too-few-words");
    assert_eq!(row["meaning"], "The text has too few words.");
    assert_eq!((&row["settings"]["words_min"], &row["bound"]), (&"50".into(), &50.0.into()));
}

#[test]
fn every_reason_has_its_sentence() {
    let mut reasons = BTreeSet::new();
    let mut left = vec![in_repository("src")];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
        } else if let Ok(source) = std::fs::read_to_string(&path) {
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            let names = source.split("Reason::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
            reasons.extend(names.map(str::to_owned));
        }
    }
    assert!(reasons.len() > 90, "{reasons:?}");
    let without: Vec<_> = reasons.iter().filter(|reason| meaning(reason).is_none()).collect();
    assert!(without.is_empty(), "no sentence for {without:?}");
    let sentences: Vec<_> = reasons.iter().filter_map(|reason| meaning(reason)).collect();
    assert!(sentences.iter().all(|sentence| sentence.ends_with('.')));
    assert_eq!(meaning("length.unheard_of"), None);
}
