//! The intermediate part of one task: the documents it kept, their deduplication keys, and the records it did not keep.
//!
//! Row r of `kept.parquet`, record r of every `keys-*.bin`, size r of `sizes.bin` and byte r of `tiers.bin` belong to the
//! same document. A record of `keys-*.bin` is the document's rank and key, and where its set of shingles or
//! lines lies in `sets-*.bin` if sets are compared.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::EngineError;
use super::carry::{Kept, NotKept, Outcome};
use crate::dedup::Deduplicator;
use crate::dedup::tiers::Tiers;
use crate::ledger::row::LedgerRow;
use crate::plan::compile::Plan;
use crate::shard::dropped::DroppedRow;
use crate::shard::writer::{Form, ShardWriter};
use crate::shard::{documents, dropped, ledger, schema};
use crate::store::{Published, Sink, Store, StoreError};

/// zstd level of files that are read once and removed.
const PART_ZSTD_LEVEL: i32 = 1;
/// Largest row group of a part's files, in encoded bytes; each open input holds three.
const ROW_GROUP_BYTES_MAX: usize = 8 << 20;
/// Name of the file that holds the documents.
pub const KEPT_NAME: &str = "kept.parquet";
/// Name of the file that holds the bytes that rows count for.
pub const SIZES_NAME: &str = "sizes.bin";
/// What is gathered of rows before they are encoded, in bytes.
const BATCH_BYTES: usize = 4 << 20;
/// Rows of the ledger that are gathered before they are encoded.
const BATCH_ROWS: usize = 4096;
/// Stands in `sizes.bin` for a document that a stage behind deduplication drops.
pub const DROPPED_AFTER: u32 = u32::MAX;

/// Bytes behind a key that tell where the document's set lies: its offset and its length, little-endian.
pub const SET_PLACE_BYTES: usize = size_of::<u64>() + size_of::<u32>();
/// Name of the file that holds the license tiers.
pub const TIERS_NAME: &str = "tiers.bin";

/// Writes a part.
pub struct PartWriter<'a> {
    plan: &'a Plan,
    folder: PathBuf,
    names: Vec<&'a str>,
    kept: (ShardWriter, documents::Columns, usize),
    ledger: (ShardWriter, ledger::Columns),
    dropped: Option<(ShardWriter, dropped::Columns)>,
    keys: Vec<KeyFiles>,
    sizes: (PathBuf, Box<dyn Sink>),
    tiers: (PathBuf, Box<dyn Sink>),
    rows: u64,
}

/// The files of one deduplication stage.
struct KeyFiles {
    keys: (PathBuf, Box<dyn Sink>),
    /// The sets, and how many bytes there are of them.
    sets: Option<(PathBuf, Box<dyn Sink>, u64)>,
}

impl KeyFiles {
    fn push(&mut self, key: &[u8], set: &[u8]) -> Result<(), StoreError> {
        let (path, sink) = &mut self.keys;
        sink.write_all(key).map_err(|error| StoreError::written(path, error))?;
        let Some((sets_path, sets, offset)) = &mut self.sets else { return Ok(()) };
        let length = u32::try_from(set.len()).expect("the limit of a record keeps sets below 4 GiB");
        let place = sink.write_all(&offset.to_le_bytes()).and_then(|()| sink.write_all(&length.to_le_bytes()));
        place.map_err(|error| StoreError::written(path, error))?;
        *offset += u64::from(length);
        sets.write_all(set).map_err(|error| StoreError::written(sets_path, error))
    }
}

impl<'a> PartWriter<'a> {
    /// Begins a part in `folder`.
    pub fn create(store: &dyn Store, folder: &Path, plan: &'a Plan) -> Result<Self, EngineError> {
        let parquet = |name: &str, schema| ShardWriter::create(store, &folder.join(name), schema, form(plan));
        let binary = |name: String| -> Result<_, StoreError> {
            let path = folder.join(name);
            let sink = store.create(&path)?;
            Ok((path, sink))
        };
        let dropped = match plan.output().dropped {
            true => Some((parquet("dropped.parquet", &schema::DROPPED)?, dropped::Columns::default())),
            false => None,
        };
        Ok(Self {
            plan,
            folder: folder.to_owned(),
            names: plan.stage_names().collect(),
            kept: (parquet(KEPT_NAME, &schema::PART)?, documents::Columns::default(), 0),
            ledger: (parquet("ledger.parquet", &schema::LEDGER)?, ledger::Columns::default()),
            dropped,
            keys: (0..)
                .zip(plan.dedup())
                .map(|(stage, step)| {
                    let sets = match step.deduplicator.has_sets() {
                        true => Some(binary(sets_name(stage)).map(|(path, sink)| (path, sink, 0))?),
                        false => None,
                    };
                    Ok(KeyFiles { keys: binary(keys_name(stage))?, sets })
                })
                .collect::<Result<_, StoreError>>()?,
            sizes: binary(String::from(SIZES_NAME))?,
            tiers: binary(String::from(TIERS_NAME))?,
            rows: 0,
        })
    }

    /// Appends what became of one record.
    pub fn push(&mut self, outcome: &Outcome) -> Result<(), EngineError> {
        match outcome {
            Outcome::Counted(_) => Ok(()),
            Outcome::Dropped(not_kept) => self.push_dropped(not_kept),
            Outcome::Kept(kept) => self.push_kept(kept),
        }
    }

    fn push_kept(&mut self, kept: &Kept) -> Result<(), EngineError> {
        self.rows += 1;
        let (mut at, mut sets) = (0, kept.sets.iter());
        for (step, files) in self.plan.dedup().iter().zip(&mut self.keys) {
            let key = &kept.keys[at..at + step.deduplicator.key_bytes()];
            let set = if files.sets.is_some() { sets.next() } else { None };
            files.push(key, set.map_or(&[], Vec::as_slice))?;
            at += key.len();
        }
        let (path, sink) = &mut self.sizes;
        sink.write_all(&size_of_row(&kept.row).to_le_bytes()).map_err(|error| StoreError::written(path, error))?;
        let tiers = Tiers::of(&kept.row.document.facts.rights);
        let (path, sink) = &mut self.tiers;
        sink.write_all(&[tiers.to_byte()]).map_err(|error| StoreError::written(path, error))?;
        let (writer, columns, gathered_bytes) = &mut self.kept;
        columns.push(&kept.row);
        *gathered_bytes += row_bytes(&kept.row) as usize;
        if *gathered_bytes >= BATCH_BYTES {
            *gathered_bytes = 0;
            write(writer, columns.take())?;
        }
        Ok(())
    }

    fn push_dropped(&mut self, not_kept: &NotKept) -> Result<(), EngineError> {
        let NotKept { index, dropped, origin, document, .. } = not_kept;
        let (writer, columns) = &mut self.ledger;
        columns.push(&LedgerRow {
            file_path: origin.file_path.clone(),
            ordinal: origin.ordinal,
            offset_bytes: origin.offset_bytes,
            length_bytes: origin.length_bytes,
            id: origin.id.clone(),
            url: origin.url.clone(),
            stage: self.names[*index].to_owned(),
            reason: dropped.reason.as_str().to_owned(),
            found: dropped.found,
            bound: dropped.bound,
            kept_id: None,
            matched: dropped.matched.as_deref().cloned(),
        });
        if columns.rows() >= BATCH_ROWS || columns.is_large() {
            write(writer, columns.take())?;
        }
        let Some((writer, columns)) = &mut self.dropped else { return Ok(()) };
        columns.push(DroppedRow {
            id: &origin.id,
            url: &origin.url,
            file_path: &origin.file_path,
            ordinal: origin.ordinal,
            stage: self.names[*index],
            reason: dropped.reason.as_str(),
            text: document.as_ref().map(|document| document.text()),
        });
        if columns.bytes() >= BATCH_BYTES {
            write(writer, columns.take())?;
        }
        Ok(())
    }

    /// Ends and publishes all files of the part; returns them by name, and how many documents there are.
    pub fn publish(self) -> Result<(BTreeMap<String, Published>, u64), EngineError> {
        let mut files = BTreeMap::new();
        let (mut writer, mut columns, _) = self.kept;
        write(&mut writer, columns.take())?;
        files.insert(String::from(KEPT_NAME), writer.publish()?);
        let (mut writer, mut columns) = self.ledger;
        write(&mut writer, columns.take())?;
        files.insert(String::from("ledger.parquet"), writer.publish()?);
        if let Some((mut writer, mut columns)) = self.dropped {
            write(&mut writer, columns.take())?;
            files.insert(String::from("dropped.parquet"), writer.publish()?);
        }
        let keys = self.keys.into_iter().flat_map(|files| {
            let sets = files.sets.map(|(path, sink, _)| (path, sink));
            [Some(files.keys), sets].into_iter().flatten()
        });
        for (path, sink) in keys.chain([self.sizes, self.tiers]) {
            let published = sink.publish().map_err(|error| StoreError::written(&path, error))?;
            let name = path.strip_prefix(&self.folder).unwrap_or(&path).to_string_lossy().into_owned();
            files.insert(name, published);
        }
        Ok((files, self.rows))
    }
}

/// The settings of a part's Parquet files.
pub fn form(plan: &Plan) -> Form<'_> {
    let (zstd_level, row_group_bytes_max) = (PART_ZSTD_LEVEL, ROW_GROUP_BYTES_MAX);
    Form { zstd_level, row_group_bytes_max, plan_digest: plan.digest(), looked_up: false }
}

/// Bytes of a document's record in the key file of a deduplication stage.
pub fn record_bytes(deduplicator: &Deduplicator) -> usize {
    deduplicator.key_bytes() + if deduplicator.has_sets() { SET_PLACE_BYTES } else { 0 }
}

/// Name of the file that holds the sets for the n-th deduplication stage.
pub fn sets_name(stage: usize) -> String {
    format!("sets-{stage}.bin")
}

/// Name of the file that holds the keys of the n-th deduplication stage.
pub fn keys_name(stage: usize) -> String {
    format!("keys-{stage}.bin")
}

/// What `sizes.bin` says of a row: its bytes, or that a stage behind deduplication drops it.
pub fn size_of_row(row: &documents::PartRow) -> u32 {
    if row.after.is_some() { DROPPED_AFTER } else { row_bytes(row).min(DROPPED_AFTER - 1) }
}

/// Bytes of a row's columns before compression; what `output.shard_bytes_max` counts.
fn row_bytes(row: &documents::PartRow) -> u32 {
    let origin = &row.document.origin;
    let signals = &row.document.signals;
    let optional = [&origin.content_type, &origin.payload_digest, &signals.title, &signals.author, &signals.published];
    let evidence = row.document.facts.rights.found().map_or(0, |rights| {
        rights.evidence.iter().map(|evidence| evidence.value.len() + evidence.snippet.len() + 24).sum()
    });
    let texts = row.document.text().len() + origin.id.len() + origin.url.len() + origin.date.len();
    let optional: usize = optional.iter().filter_map(|text| text.as_ref()).map(String::len).sum();
    // 160: the columns of fixed width and the short words.
    u32::try_from(texts + optional + evidence + row.text_digest.len() + 160).unwrap_or(u32::MAX)
}

fn write(
    writer: &mut ShardWriter,
    batch: Result<arrow::array::RecordBatch, arrow::error::ArrowError>,
) -> Result<(), EngineError> {
    let batch = batch.expect("the columns are those of the schema and of one length");
    if batch.num_rows() > 0 {
        writer.write(&batch)?;
    }
    Ok(())
}
