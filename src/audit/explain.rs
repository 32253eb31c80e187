//! Why a URL or a record was kept or dropped: its row in the set, or its row in the ledger.

use std::path::Path;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Float32Type, UInt32Type, UInt64Type};

use crate::ledger::row::LedgerRow;
use crate::ledger::run_record::RunRecord;
use crate::shard::reader::ShardReader;
use crate::shard::writer::ShardError;
use crate::shard::{ledger, schema};
use crate::store::Store;

/// What became of one record.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// It is a row of the set.
    Kept(Box<Kept>),
    /// It is a row of the ledger.
    NotKept(Box<LedgerRow>),
}

/// A row of the set, without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The shard, by its path below the set's folder.
    pub shard: String,
    /// Number of the row in the shard, from 0.
    pub row: u64,
    /// `WARC-Record-ID`.
    pub id: String,
    /// Target URI.
    pub url: String,
    /// The input it was made from.
    pub file_path: String,
    /// Where the record begins in that file, in bytes.
    pub offset_bytes: u64,
    /// Length of the record there, in bytes.
    pub length_bytes: u64,
    /// ISO 639-3, if one was found.
    pub language: Option<String>,
    /// License tier, if rights were asked for.
    pub license_tier: Option<String>,
    /// SPDX expression, if there is one.
    pub license_spdx: Option<String>,
    /// How many documents it stands for, itself included.
    pub cluster_size: u32,
    /// Documents that went for it, in input order; those that went for one of these have their own row in `dedup/`.
    pub stands_for: Vec<Pair>,
}

/// A document that went for another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// `WARC-Record-ID` of the document that went.
    pub removed_id: String,
    /// Name of the stage that removed it.
    pub stage: String,
    /// Jaccard similarity of the two, 0..=1.
    pub similarity: f32,
    /// How that is known.
    pub similarity_kind: String,
}

/// Columns of the set that are read: all that tell where a row is from, and not its text.
const COLUMNS: [&str; 9] = [
    "id",
    "url",
    "file_path",
    "warc_record_offset",
    "warc_record_length",
    "language",
    "license_tier",
    "license_spdx",
    "minhash_cluster_size",
];

/// Everything that the set in `root` says of a URL or an id. Angle brackets round an id may be left out.
pub fn find(store: &dyn Store, root: &Path, record: &RunRecord, key: &str) -> Result<Vec<Found>, ShardError> {
    let mut found = Vec::new();
    for shard in &record.shards {
        let mut first = 0;
        let path = root.join(&shard.path);
        for batch in ShardReader::open_columns(store, &path, &schema::DOCUMENTS, &COLUMNS)? {
            let batch = batch?;
            let rows = (0..batch.num_rows()).filter(|row| {
                is_key(key, text(&batch, "id", *row).unwrap_or_default(), text(&batch, "url", *row).unwrap_or_default())
            });
            found.extend(rows.map(|row| Found::Kept(Box::new(kept(&batch, row, &shard.path, first)))));
            first += batch.num_rows() as u64;
        }
    }
    for file in &record.ledger {
        for batch in ShardReader::open(store, &root.join(&file.path), &schema::LEDGER)? {
            let batch = batch?;
            let rows = ledger::rows(&batch).filter(|row| is_key(key, &row.id, &row.url));
            found.extend(rows.map(|row| Found::NotKept(Box::new(row))));
        }
    }
    for found in &mut found {
        if let Found::Kept(kept) = found
            && kept.cluster_size > 1
        {
            kept.stands_for = stands_for(store, root, record, &kept.id)?;
        }
    }
    Ok(found)
}

/// The documents that went for the one with this id.
fn stands_for(store: &dyn Store, root: &Path, record: &RunRecord, id: &str) -> Result<Vec<Pair>, ShardError> {
    let mut pairs = Vec::new();
    for file in &record.pairs {
        for batch in ShardReader::open(store, &root.join(&file.path), &schema::PAIRS)? {
            let batch = batch?;
            let rows = (0..batch.num_rows()).filter(|row| text(&batch, "kept_id", *row) == Some(id));
            let owned = |name: &str, row: usize| text(&batch, name, row).unwrap_or_default().to_owned();
            pairs.extend(rows.map(|row| Pair {
                removed_id: owned("removed_id", row),
                stage: owned("stage", row),
                similarity: column(&batch, "similarity").as_primitive::<Float32Type>().value(row),
                similarity_kind: owned("similarity_kind", row),
            }));
        }
    }
    Ok(pairs)
}

fn is_key(key: &str, id: &str, url: &str) -> bool {
    url == key || id == key || id.strip_prefix('<').and_then(|id| id.strip_suffix('>')) == Some(key)
}

fn kept(batch: &RecordBatch, row: usize, shard: &str, first: u64) -> Kept {
    let owned = |name: &str| text(batch, name, row).map(str::to_owned);
    let number = |name: &str| column(batch, name).as_primitive::<UInt64Type>().value(row);
    Kept {
        shard: shard.to_owned(),
        row: first + row as u64,
        id: owned("id").unwrap_or_default(),
        url: owned("url").unwrap_or_default(),
        file_path: owned("file_path").unwrap_or_default(),
        offset_bytes: number("warc_record_offset"),
        length_bytes: number("warc_record_length"),
        language: owned("language"),
        license_tier: owned("license_tier"),
        license_spdx: owned("license_spdx"),
        cluster_size: column(batch, "minhash_cluster_size").as_primitive::<UInt32Type>().value(row),
        stands_for: Vec::new(),
    }
}

fn column<'b>(batch: &'b RecordBatch, name: &str) -> &'b dyn Array {
    batch.column_by_name(name).expect("the column was asked for")
}

fn text<'b>(batch: &'b RecordBatch, name: &str, row: usize) -> Option<&'b str> {
    let column = column(batch, name).as_string::<i32>();
    column.is_valid(row).then(|| column.value(row))
}
