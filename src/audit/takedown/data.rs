//! `data/` without the rows that go.
//!
//! Three passes: the first asks every row, of few columns where no passage is asked for; the second reads the texts that
//! go; the third copies or writes the shards, counts what stays, and compares it with what went.

use std::collections::BTreeMap;
use std::path::Path;

use arrow::array::{AsArray, BooleanArray};
use arrow::compute::filter_record_batch;
use arrow::datatypes::UInt64Type;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::near::{Kept, Near, Nearly, settings};
use super::rows::{NAMES, TEXTS, hits_of};
use super::{TakedownError, Work};
use crate::engine::folder::Folder;
use crate::engine::publish::ROW_GROUP_BYTES_MAX;
use crate::ledger::run_record::{FileRecord, RunRecord};
use crate::ledger::statistics::Statistics;
use crate::shard::cells::{column, text};
use crate::shard::counted::count_rows;
use crate::shard::memory::arrow_bytes;
use crate::shard::reader::ShardReader;
use crate::shard::schema;
use crate::shard::writer::{Form, ShardWriter};
use crate::store::{Store, StoreError};

/// Bytes that are copied at a time.
const COPY_BYTES: usize = 1 << 20;
/// Columns of what goes that are told.
const GONE: [&str; 7] = ["id", "url", "text_digest", "text", "file_path", "warc_record_offset", "warc_record_length"];

/// A row that goes.
#[derive(Clone, Debug)]
pub struct Gone {
    /// Number of the rule in the list, from 0.
    pub rule: usize,
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
    /// `blake3:` and hex.
    pub text_digest: String,
    /// Bytes of its text.
    pub text_bytes: u64,
}

/// A document that is nearly what went.
#[derive(Clone, Debug)]
pub struct NearRow {
    /// `data` or `dropped`.
    pub place: &'static str,
    /// Its `WARC-Record-ID`.
    pub id: String,
    /// Its target URI.
    pub url: String,
    /// What it is near to.
    pub nearly: Nearly,
}

/// What the new `data/` is.
pub struct Data {
    /// The rows that went, in the order in which they stood.
    pub gone: Vec<Gone>,
    /// Their texts, to compare others with.
    pub near: Near,
    /// The shards.
    pub shards: Vec<FileRecord>,
    /// What stays.
    pub statistics: Statistics,
    /// What stays and is nearly what went.
    pub near_rows: Vec<NearRow>,
}

/// Rows of one shard that go: row -> rule.
type Hits = BTreeMap<u64, usize>;

/// Writes `data/`.
pub fn write(work: Work<'_>) -> Result<Data, TakedownError> {
    let shards = &work.record.shards;
    let hits: Vec<Hits> = shards.par_iter().map(|shard| find(work, shard)).collect::<Result<_, TakedownError>>()?;
    let minhash = settings(&work.record.plan.stages).build().map_err(|wrong| TakedownError::Damaged {
        path: Folder::new(work.job.old).manifest(),
        what: format!("its deduplication cannot be: {wrong}"),
    })?;
    let mut near = Near::new(minhash, work.job.rules);
    let read: Vec<Vec<(Gone, Kept)>> = shards
        .par_iter()
        .zip(&hits)
        .map(|(shard, hits)| if hits.is_empty() { Ok(Vec::new()) } else { gather(work, shard, hits, &near) })
        .collect::<Result<_, TakedownError>>()?;
    let mut gone = Vec::new();
    for (row, kept) in read.into_iter().flatten() {
        near.push(&kept);
        gone.push(row);
    }
    let written: Vec<_> = shards
        .par_iter()
        .zip(&hits)
        .map(|(shard, hits)| write_shard(work, shard, hits, &near))
        .collect::<Result<_, TakedownError>>()?;
    let mut data = Data { gone, near, shards: Vec::new(), statistics: Statistics::default(), near_rows: Vec::new() };
    for (file, statistics, near_rows) in written {
        data.shards.push(file);
        data.statistics = data.statistics.merge(&statistics);
        data.near_rows.extend(near_rows);
    }
    Ok(data)
}

/// Asks every row of a shard.
fn find(work: Work<'_>, shard: &FileRecord) -> Result<Hits, TakedownError> {
    let asks_for_texts = work.removals.asks_for_texts();
    let columns: Vec<&str> = NAMES.into_iter().chain(TEXTS.into_iter().filter(|_| asks_for_texts)).collect();
    let path = work.job.old.join(&shard.path);
    let (mut hits, mut first) = (Hits::new(), 0);
    for batch in ShardReader::open_columns(work.job.store, &path, &schema::DOCUMENTS, &columns)? {
        let batch = batch?;
        hits.extend(hits_of(work.removals, &batch).map(|(row, rule)| (first + row as u64, rule)));
        first += batch.num_rows() as u64;
    }
    if first != shard.rows {
        let what = format!("{first} rows, and {} there", shard.rows);
        return Err(TakedownError::Damaged { path, what });
    }
    Ok(hits)
}

/// Reads what goes of one shard.
fn gather(work: Work<'_>, shard: &FileRecord, hits: &Hits, near: &Near) -> Result<Vec<(Gone, Kept)>, TakedownError> {
    let path = work.job.old.join(&shard.path);
    let (mut gone, mut first) = (Vec::new(), 0);
    for batch in ShardReader::open_columns(work.job.store, &path, &schema::DOCUMENTS, &GONE)? {
        let batch = batch?;
        let behind = first + batch.num_rows() as u64;
        for (row, rule) in hits.range(first..behind) {
            let row = (row - first) as usize;
            let owned = |name: &str| text(&batch, name, row).unwrap_or_default().to_owned();
            let number = |name: &str| column(&batch, name).as_primitive::<UInt64Type>().value(row);
            let document = text(&batch, "text", row).unwrap_or_default();
            let row = Gone {
                rule: *rule,
                id: owned("id"),
                url: owned("url"),
                file_path: owned("file_path"),
                offset_bytes: number("warc_record_offset"),
                length_bytes: number("warc_record_length"),
                text_digest: owned("text_digest"),
                text_bytes: document.len() as u64,
            };
            gone.push((row, near.key(document)));
        }
        first = behind;
    }
    Ok(gone)
}

/// Copies a shard, or writes it without the rows that go; counts what stays.
fn write_shard(
    work: Work<'_>,
    shard: &FileRecord,
    hits: &Hits,
    near: &Near,
) -> Result<(FileRecord, Statistics, Vec<NearRow>), TakedownError> {
    let store = work.job.store;
    let (old, new) = (work.job.old.join(&shard.path), work.job.new.join(&shard.path));
    let mut writer = match hits.is_empty() {
        true => None,
        false => Some(ShardWriter::create(store, &new, &schema::DOCUMENTS, form(work.record))?),
    };
    let (mut statistics, mut near_rows, mut first) = (Statistics::default(), Vec::new(), 0);
    let mut rows_bytes = 0;
    for batch in ShardReader::open(store, &old, &schema::DOCUMENTS)? {
        let batch = batch?;
        let rows = first..first + batch.num_rows() as u64;
        first = rows.end;
        let stays: BooleanArray = rows.map(|row| Some(!hits.contains_key(&row))).collect();
        let batch = filter_record_batch(&batch, &stays).expect("the mask has a bit a row");
        count_rows(&batch, &mut statistics);
        if !near.is_empty() {
            near_rows.extend((0..batch.num_rows()).filter_map(|row| {
                let nearly = near.nearest(text(&batch, "text", row)?)?;
                let owned = |name: &str| text(&batch, name, row).unwrap_or_default().to_owned();
                Some(NearRow { place: "data", id: owned("id"), url: owned("url"), nearly })
            }));
        }
        rows_bytes += arrow_bytes(&batch);
        if let Some(writer) = &mut writer {
            writer.write(&batch)?;
        }
    }
    let file = match writer {
        None => copy(work, shard)?,
        Some(writer) => {
            let published = writer.publish()?;
            let rows = statistics.total.documents;
            FileRecord {
                path: shard.path.clone(),
                rows,
                bytes: published.bytes,
                sha256: published.sha256,
                arrow_bytes: rows_bytes,
            }
        }
    };
    Ok((file, statistics, near_rows))
}

/// The settings of the files of a set.
pub fn form(record: &RunRecord) -> Form<'_> {
    // A record of a set that this program made holds the level; the default serves others.
    let level = record.plan.output.get("zstd_level").and_then(serde_json::Value::as_i64);
    let zstd_level = level.and_then(|level| i32::try_from(level).ok()).filter(|level| (1..=22).contains(level));
    Form {
        zstd_level: zstd_level.unwrap_or(crate::plan::config::Output::default().zstd_level),
        row_group_bytes_max: ROW_GROUP_BYTES_MAX,
        plan_digest: &record.plan.digest,
        looked_up: true,
    }
}

/// Copies a file of the set byte by byte; refuses one that is not what the run record says.
pub fn copy(work: Work<'_>, file: &FileRecord) -> Result<FileRecord, TakedownError> {
    let (old, new) = (work.job.old.join(&file.path), work.job.new.join(&file.path));
    let published = copy_bytes(work.job.store, &old, &new)?;
    if published.sha256 != file.sha256 {
        let what = format!("its SHA-256 is {}, and {} there", published.sha256, file.sha256);
        return Err(TakedownError::Damaged { path: old, what });
    }
    Ok(file.clone())
}

fn copy_bytes(store: &dyn Store, old: &Path, new: &Path) -> Result<crate::store::Published, StoreError> {
    let source = store.open(old)?;
    let mut sink = store.create(new)?;
    let (mut buffer, mut offset) = (vec![0; COPY_BYTES], 0);
    loop {
        let count = source.read_at(&mut buffer, offset).map_err(|error| StoreError::read(old, error))?;
        if count == 0 {
            break;
        }
        sink.write_all(&buffer[..count]).map_err(|error| StoreError::written(new, error))?;
        offset += count as u64;
    }
    sink.publish().map_err(|error| StoreError::written(new, error))
}
