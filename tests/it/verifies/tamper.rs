//! A small set, and ways to change it as somebody would who wants not to be found out.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, RecordBatch, StringArray};
use arrow::compute::concat_batches;
use gristmill::card::sums::sha256;
use gristmill::ledger::run_record::{FileRecord, RunRecord};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use serde_json::Value;

use crate::support::sample;
use crate::support::sandbox::Sandbox;

const STAGES: &str = "[[stage]]\nextract.html = {}\n[[stage]]\nannotate.language = {}\n[[stage]]\nannotate.rights = {}\n\
    [[stage]]\nfilter.length = { words_min = 50, words_max = 20_000 }\n[[stage]]\ndedup.exact = {}\n\
    [[stage]]\ndedup.minhash = {}\n";

/// A set in `out`, made from `in`.
pub struct Tampered {
    sandbox: Sandbox,
}

/// The set before anything is changed in it. It has two shards at least.
pub fn made() -> Tampered {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    let preset = format!("recipe = 1\n{STAGES}[output]\nshard_bytes_max = 65_536\n");
    sandbox.write("p.toml", preset);
    sandbox.run(&["run", "p.toml", "--input", "in", "--out", "out", "--quiet"]).expect(0);
    Tampered { sandbox }
}

impl Tampered {
    /// A path in the sandbox.
    pub fn path(&self, name: &str) -> PathBuf {
        self.sandbox.path(name)
    }

    /// What verify prints with these arguments besides, when it ends with this code.
    #[track_caller]
    pub fn say(&self, arguments: &[&str], code: i32) -> String {
        self.sandbox.run(&[&["verify", "out"][..], arguments].concat()).expect(code).stdout
    }

    /// What verify says when it cannot run.
    #[track_caller]
    pub fn refuse(&self, arguments: &[&str]) -> String {
        self.sandbox.run(&[&["verify", "out"][..], arguments].concat()).expect(2).stderr
    }

    /// The findings of all checks that have any, by the names of the checks.
    #[track_caller]
    pub fn verify(&self, with_crawl: bool, code: i32) -> BTreeMap<String, Vec<String>> {
        let crawl: &[&str] = if with_crawl { &["--warc", "in", "--sample", "all"] } else { &[] };
        let said = self.say(&[&["--json"][..], crawl].concat(), code);
        let said: Value = serde_json::from_str(&said).expect("verify prints JSON");
        let mut found = BTreeMap::new();
        for check in said["checks"].as_array().expect("a list of checks") {
            let words = |finding: &Value| {
                let place = finding["file"].as_str().unwrap_or_default();
                format!("{place}: {}", finding["message"].as_str().unwrap_or_default())
            };
            let listed: Vec<String> = check["listed"].as_array().into_iter().flatten().map(words).collect();
            if !listed.is_empty() {
                found.insert(check["check"].as_str().expect("a name").to_owned(), listed);
            }
        }
        found
    }

    /// The n-th shard, by its path below `out`.
    pub fn shard(&self, number: usize) -> String {
        self.record()["shards"][number]["path"].as_str().expect("so many shards").to_owned()
    }

    /// The manifest.
    pub fn record(&self) -> Value {
        self.sandbox.read_json("out/manifest.json")
    }

    /// The ids of the documents that cards show.
    pub fn samples(&self) -> Vec<String> {
        let record = self.record();
        let samples = record["samples"].as_array().into_iter().flatten();
        samples.filter_map(|sample| sample["id"].as_str()).map(str::to_owned).collect()
    }

    /// Offset and length of the record of a row of the first shard.
    pub fn place_of_row(&self, row: usize) -> (u64, u64) {
        let rows = self.rows(&self.shard(0));
        let number = |name: &str| {
            let column = rows.column_by_name(name).expect("a column");
            column.as_primitive::<arrow::datatypes::UInt64Type>().value(row)
        };
        (number("warc_record_offset"), number("warc_record_length"))
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        self.sandbox.read(&format!("out/{name}"))
    }

    pub fn text(&self, name: &str) -> String {
        self.sandbox.read_text(&format!("out/{name}"))
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        self.sandbox.write(&format!("out/{name}"), bytes);
    }

    /// Changes bytes of a file of the set.
    pub fn change_bytes(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = self.bytes(name);
        change(&mut bytes);
        self.write(name, &bytes);
    }

    /// Changes bytes of the crawl file.
    pub fn change_crawl(&self, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = self.sandbox.read("in/tiny.warc.gz");
        change(&mut bytes);
        self.sandbox.write("in/tiny.warc.gz", bytes);
    }

    /// Puts one text in the place of another, which has to be there.
    #[track_caller]
    pub fn change_text(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has no {from}");
        self.write(name, text.replace(from, to).as_bytes());
    }

    /// All rows of a table.
    fn rows(&self, name: &str) -> RecordBatch {
        let file = File::open(self.path(&format!("out/{name}"))).expect("the table is there");
        let reader =
            ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet").build().expect("it can be read");
        let batches: Vec<RecordBatch> = reader.map(|batch| batch.expect("rows")).collect();
        concat_batches(&batches[0].schema(), &batches).expect("batches of one table")
    }

    /// Writes a table anew with other rows and the metadata that it has.
    pub fn change_table(&self, name: &str, change: impl FnOnce(RecordBatch) -> RecordBatch) {
        let path = self.path(&format!("out/{name}"));
        let rows = change(self.rows(name));
        let file = File::open(&path).expect("the table is there");
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet");
        let metadata = builder.metadata().file_metadata().key_value_metadata().cloned();
        let metadata =
            metadata.map(|pairs| pairs.into_iter().filter(|pair| pair.key.starts_with("gristmill")).collect());
        let properties = WriterProperties::builder().set_key_value_metadata(metadata).build();
        let file = File::create(&path).expect("it can be written");
        let mut writer = ArrowWriter::try_new(file, rows.schema(), Some(properties)).expect("a writer");
        writer.write(&rows).expect("rows");
        writer.close().expect("an end");
    }

    /// Changes a column of texts, value by value.
    pub fn change_column(&self, name: &str, column: &str, change: impl Fn(usize, Option<&str>) -> Option<String>) {
        self.change_table(name, |rows| {
            let schema = rows.schema();
            let place = schema.index_of(column).expect("the column is there");
            let old = rows.column(place).as_string::<i32>();
            let new: StringArray = old.iter().enumerate().map(|(row, value)| change(row, value)).collect();
            let mut columns: Vec<ArrayRef> = rows.columns().to_vec();
            columns[place] = Arc::new(new);
            RecordBatch::try_new(schema, columns).expect("the same columns")
        });
    }

    /// Mends rows, lengths and digests of all files in the manifest, and the cards, as somebody would who hides a
    /// change.
    pub fn seal(&self) {
        let mut record: RunRecord = serde_json::from_slice(&self.bytes("manifest.json")).expect("a run record");
        let lists: [&mut Vec<FileRecord>; 4] =
            [&mut record.shards, &mut record.ledger, &mut record.pairs, &mut record.tables];
        for file in lists.into_iter().flatten() {
            let bytes = self.bytes(&file.path);
            (file.bytes, file.sha256) = (bytes.len() as u64, sha256(&bytes));
            if file.path.ends_with(".parquet") {
                file.rows = self.rows(&file.path).num_rows() as u64;
            }
        }
        self.write("manifest.json", record.to_json().as_bytes());
        self.sandbox.run(&["card", "out"]).expect(0);
    }
}
