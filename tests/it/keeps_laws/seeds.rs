//! Seeds of the fuzz targets in binary forms, made by code: models of fastText and Parquet files of every kind.
//!
//! They are golden files of the corpus; seeds that are text were written by hand.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, BinaryArray, RecordBatch};
use gristmill::document::reason::Matched;
use gristmill::document::{CharsetSource, Decoding, Document, origin::Origin, signals::Signals};
use gristmill::ledger::row::LedgerRow;
use gristmill::shard::documents::{self, PartRow};
use gristmill::shard::schema::{CLUSTER_COLUMNS, DOCUMENTS, LEDGER, LINES, PAIRS, PART, SIGNATURES};
use gristmill::shard::writer::{Form, ShardWriter};
use gristmill::shard::{ledger, lines, pairs};
use gristmill::store::Store;

use super::laws::memory_store::Memory;
use crate::support::fasttext_model::SampleModel;
use crate::support::golden::check_bytes;

fn check(name: &str, made: &[u8]) {
    check_bytes(&format!("tests/fuzz/corpus/{name}"), made);
}

#[test]
fn models_of_fasttext() {
    let words: [(&str, &[&str]); 2] = [("__label__a", &["a", "der"]), ("__label__b", &["b", "</s>"])];
    for (loss, name) in [(1, "tree"), (2, "negative"), (3, "softmax"), (4, "one_against_all")] {
        check(&format!("fasttext/{name}.bin"), &SampleModel::of_words(loss, &words).file());
    }
    let mut parts = SampleModel::of_words(3, &words);
    (parts.word_ngrams, parts.parts, parts.buckets) = (2, (2, 3), 5);
    parts.ngrams = vec![(1, vec![0.5, -0.5]), (3, vec![-1.0, 2.0])];
    check("fasttext/parts.bin", &parts.file());
    (parts.quantized, parts.is_pruned) = (Some(1), true);
    check("fasttext/pruned.ftz", &parts.file());
    (parts.version, parts.is_pruned, parts.is_output_quantized) = (11, false, true);
    check("fasttext/quantized.ftz", &parts.file());
}

/// A Parquet file of these rows, as a run writes it.
fn file(rows: &RecordBatch, looked_up: bool) -> Vec<u8> {
    let (store, path) = (Memory::default(), Path::new("made.parquet"));
    let form = Form { zstd_level: 3, row_group_bytes_max: 1 << 20, plan_digest: "a", looked_up };
    let mut writer = ShardWriter::create(&store, path, &rows.schema(), form).expect("a schema of the program");
    writer.write(rows).expect("memory takes all");
    writer.publish().expect("memory takes all");
    let source = store.open(path).expect("it was published");
    let mut bytes = vec![0; source.len_bytes() as usize];
    source.read_at(&mut bytes, 0).expect("memory fails never");
    bytes
}

fn document(number: u64) -> PartRow {
    let (id, url) = (format!("<urn:uuid:{number}>"), String::from("https://a.example/"));
    let origin = Origin { id, url, file_path: "a.warc.gz".into(), ordinal: number, ..Origin::default() };
    let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Detected, replacements: 0 };
    let document = Document::new(String::from("The mill grinds."), origin, decoding, Signals::default());
    PartRow { document, text_digest: String::from("blake3:00"), after: None }
}

#[test]
fn parquet_files_of_documents() {
    let mut columns = documents::Columns::default();
    (0..3).for_each(|number| columns.push(&document(number)));
    let part = columns.take().expect("columns of one length");
    assert_eq!(part.schema(), *PART);
    check("parquet/part.parquet", &file(&part, false));
    let same = DOCUMENTS.fields().len() - CLUSTER_COLUMNS;
    let mut published = part.columns()[..same].to_vec();
    for field in &DOCUMENTS.fields()[same..] {
        published.push(match field.is_nullable() {
            true => arrow::array::new_null_array(field.data_type(), part.num_rows()),
            false => Arc::new(arrow::array::UInt32Array::from(vec![1; part.num_rows()])),
        });
    }
    let published = RecordBatch::try_new(Arc::clone(&DOCUMENTS), published).expect("columns of one length");
    check("parquet/data.parquet", &file(&published, true));
}

#[test]
fn parquet_files_of_the_ledger_and_beside_it() {
    let mut columns = ledger::Columns::default();
    for number in 1..=3 {
        columns.push(&LedgerRow {
            file_path: "a.warc.gz".into(),
            ordinal: number,
            offset_bytes: 100 * number,
            length_bytes: 100,
            id: format!("<urn:uuid:{number}>"),
            url: String::from("https://a.example/"),
            stage: String::from("filter.length"),
            reason: String::from("length.too_few_words"),
            found: (number == 2).then_some(3.0),
            bound: (number == 2).then_some(50.0),
            kept_id: (number == 3).then(|| String::from("<urn:uuid:9>")),
            matched: (number == 1).then(|| Matched { sets: "a".into(), at: "b".into(), share: 0.5 }),
        });
    }
    let rows = columns.take().expect("columns of one length");
    assert_eq!(rows.schema(), *LEDGER);
    check("parquet/ledger.parquet", &file(&rows, true));
    let mut columns = pairs::Columns::default();
    columns.push(pairs::PairRow {
        removed_id: "<urn:uuid:1>",
        kept_id: "<urn:uuid:2>",
        stage: "dedup.minhash",
        similarity: 0.9,
        similarity_kind: "estimated",
        cluster: 2,
        removed_tier: None,
    });
    let rows = columns.take().expect("columns of one length");
    assert_eq!(rows.schema(), *PAIRS);
    check("parquet/pairs.parquet", &file(&rows, true));
    let mut columns = lines::Columns::default();
    (0..2000_u64).for_each(|number| columns.push(number % 7, 3, "<urn:uuid:1>"));
    let rows = columns.take().expect("columns of one length");
    assert_eq!(rows.schema(), *LINES);
    check("parquet/lines.parquet", &file(&rows, false));
    let bytes = || -> ArrayRef { Arc::new(BinaryArray::from(vec![&b"12345678"[..], b"abcdefgh"])) };
    let ids: ArrayRef = Arc::new(arrow::array::StringArray::from(vec!["<urn:uuid:1>", "<urn:uuid:2>"]));
    let rows =
        RecordBatch::try_new(Arc::clone(&SIGNATURES), vec![ids, bytes(), bytes()]).expect("columns of one length");
    check("parquet/signatures.parquet", &file(&rows, false));
}
