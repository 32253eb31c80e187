//! What lies beside `data/`: the ledger with what went, dropped documents without their texts, signatures, and the rest
//! as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch, StringBuilder};
use arrow::compute::filter_record_batch;
use arrow::datatypes::{SchemaRef, UInt64Type};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::absent::Row;
use super::data::{Data, Gone, NearRow, copy, form};
use super::reasons::reason;
use super::{TakedownError, Work};
use crate::ledger::row::{LedgerRow, ORDINAL_UNKNOWN};
use crate::ledger::run_record::FileRecord;
use crate::shard::cells::{column, text};
use crate::shard::reader::ShardReader;
use crate::shard::writer::ShardWriter;
use crate::shard::{ledger, schema};

/// The files beside `data/`.
pub struct Beside {
    /// `ledger/`.
    pub ledger: Vec<FileRecord>,
    /// `dropped/`.
    pub dropped: Vec<FileRecord>,
    /// The rules for which texts of `dropped/` went, one for each text.
    pub texts_gone: Vec<usize>,
    /// Dropped documents that are nearly what went and keep their text.
    pub near_rows: Vec<NearRow>,
    /// `dedup/pairs-*`.
    pub pairs: Vec<FileRecord>,
    /// `dedup/signatures-*`.
    pub signatures: Vec<FileRecord>,
    /// `dedup/lines-*`.
    pub lines: Vec<FileRecord>,
}

/// Writes them.
pub fn write(work: Work<'_>, data: &Data) -> Result<Beside, TakedownError> {
    let record = work.record;
    let copied = |files: &[FileRecord]| files.par_iter().map(|file| copy(work, file)).collect::<Result<Vec<_>, _>>();
    let ledger = write_ledger(work, &data.gone)?;
    let written: Vec<_> = {
        let digests: BTreeMap<&str, usize> =
            data.gone.iter().rev().map(|gone| (&*gone.text_digest, gone.rule)).collect();
        let files = record.dropped.par_iter();
        files.map(|file| write_dropped(work, file, data, &digests)).collect::<Result<_, TakedownError>>()?
    };
    let (mut dropped, mut texts_gone, mut near_rows) = (Vec::new(), Vec::new(), Vec::new());
    for (file, gone, near) in written {
        dropped.push(file);
        texts_gone.extend(gone);
        near_rows.extend(near);
    }
    let ids: BTreeSet<&str> = data.gone.iter().map(|gone| &*gone.id).collect();
    let signatures = record.signatures.par_iter().map(|file| write_signatures(work, file, &ids));
    let signatures = signatures.collect::<Result<_, TakedownError>>()?;
    let (pairs, lines) = (copied(&record.pairs)?, copied(&record.lines)?);
    Ok(Beside { ledger, dropped, texts_gone, near_rows, pairs, signatures, lines })
}

/// Where a record stands in the order of the inputs: number of its file, and its offset there.
type Place = (usize, u64);

/// The rows of each file of the ledger that are new, in order.
fn write_ledger(work: Work<'_>, gone: &[Gone]) -> Result<Vec<FileRecord>, TakedownError> {
    let files = &work.record.ledger;
    let inputs: BTreeMap<&str, usize> =
        work.record.inputs.iter().enumerate().map(|(number, input)| (&*input.path, number)).collect();
    let number = |file_path: &str| inputs.get(file_path).copied().unwrap_or(inputs.len());
    let mut late: Vec<(Place, LedgerRow)> =
        gone.iter().map(|gone| ((number(&gone.file_path), gone.offset_bytes), ledger_row(work, gone))).collect();
    late.sort_by_key(|(place, _)| *place);
    // Each new row goes into the first file that ends behind it; what is behind all goes into the last.
    let ends: Vec<Option<Place>> =
        files.par_iter().map(|file| end(work, file, &number)).collect::<Result<_, TakedownError>>()?;
    let mut cuts = vec![0];
    for (file, end) in ends.iter().enumerate() {
        let is_last = file + 1 == ends.len();
        let from = cuts[file];
        let count = late[from..].partition_point(|(place, _)| is_last || end.is_some_and(|end| *place < end));
        cuts.push(from + count);
    }
    let stretches: Vec<&[(Place, LedgerRow)]> = cuts.windows(2).map(|cut| &late[cut[0]..cut[1]]).collect();
    let written = files.par_iter().zip(stretches).map(|(file, late)| {
        if late.is_empty() && !work.job.words.forget_urls {
            return copy(work, file);
        }
        let mut columns = ledger::Columns::default();
        let mut late = late.iter().peekable();
        let mut writer = writer(work, file, &schema::LEDGER)?;
        let mut rows = 0;
        for batch in ShardReader::open(work.job.store, &work.job.old.join(&file.path), &schema::LEDGER)? {
            for mut row in ledger::rows(&batch?) {
                let place = (number(&row.file_path), row.offset_bytes);
                while let Some((_, earlier)) = late.next_if(|(at, _)| *at < place) {
                    columns.push(earlier);
                }
                if work.job.words.forget_urls && work.removals.hits_url(&row.url).is_some() {
                    row.url.clear();
                }
                columns.push(&row);
            }
            rows += columns.rows();
            writer.write(&columns.take().expect("the columns are of one length"))?;
        }
        late.for_each(|(_, row)| columns.push(row));
        rows += columns.rows();
        writer.write(&columns.take().expect("the columns are of one length"))?;
        publish(writer, file, rows)
    });
    written.collect()
}

fn ledger_row(work: Work<'_>, gone: &Gone) -> LedgerRow {
    let kind = work.job.rules[gone.rule].kind;
    LedgerRow {
        file_path: gone.file_path.as_str().into(),
        ordinal: ORDINAL_UNKNOWN,
        offset_bytes: gone.offset_bytes,
        length_bytes: gone.length_bytes,
        id: gone.id.clone(),
        url: if work.job.words.forget_urls { String::new() } else { gone.url.clone() },
        stage: work.stage.to_owned(),
        reason: reason(kind).to_string(),
        found: None,
        bound: None,
        kept_id: None,
        matched: None,
    }
}

/// The place of the last row of a file of the ledger.
fn end(work: Work<'_>, file: &FileRecord, number: &impl Fn(&str) -> usize) -> Result<Option<Place>, TakedownError> {
    let columns = ["file_path", "warc_record_offset"];
    let path = work.job.old.join(&file.path);
    let mut last = None;
    for batch in ShardReader::open_columns(work.job.store, &path, &schema::LEDGER, &columns)? {
        let batch = batch?;
        if let Some(row) = batch.num_rows().checked_sub(1) {
            let offset = column(&batch, "warc_record_offset").as_primitive::<UInt64Type>().value(row);
            last = Some((number(text(&batch, "file_path", row).unwrap_or_default()), offset));
        }
    }
    Ok(last)
}

/// A file of `dropped/` without the texts that go: those of rows that a rule names, and those that are a text that went.
fn write_dropped(
    work: Work<'_>,
    file: &FileRecord,
    data: &Data,
    digests: &BTreeMap<&str, usize>,
) -> Result<(FileRecord, Vec<usize>, Vec<NearRow>), TakedownError> {
    let path = work.job.old.join(&file.path);
    let (mut near_rows, mut texts_gone, mut urls_gone) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    let mut first = 0;
    for batch in ShardReader::open(work.job.store, &path, &schema::DROPPED)? {
        let batch = batch?;
        for row in 0..batch.num_rows() {
            let named = |name: &str| text(&batch, name, row).unwrap_or_default();
            let url_hit = work.removals.hits_url(named("url"));
            if work.job.words.forget_urls && url_hit.is_some() {
                urls_gone.insert(first + row);
            }
            let Some(document) = text(&batch, "text", row) else { continue };
            let digest = crate::engine::carry::text_digest(document);
            let asked = Row { id: named("id"), url: named("url"), text_digest: &digest, texts: &[document] };
            if let Some(rule) = work.removals.hits(&asked).or_else(|| digests.get(&*digest).copied()) {
                texts_gone.insert(first + row, rule);
            } else if let Some(nearly) = data.near.nearest(document) {
                let (id, url) = (named("id").to_owned(), named("url").to_owned());
                near_rows.push(NearRow { place: "dropped", id, url, nearly });
            }
        }
        first += batch.num_rows();
    }
    if texts_gone.is_empty() && urls_gone.is_empty() {
        return Ok((copy(work, file)?, Vec::new(), near_rows));
    }
    let mut writer = writer(work, file, &schema::DROPPED)?;
    let mut first = 0;
    for batch in ShardReader::open(work.job.store, &path, &schema::DROPPED)? {
        let batch = batch?;
        let rows = first..first + batch.num_rows();
        first = rows.end;
        let mut columns = batch.columns().to_vec();
        let mut replace = |name: &str, new: &dyn Fn(usize) -> bool, instead: Option<&str>| {
            let old = column(&batch, name).as_string::<i32>();
            let mut out = StringBuilder::with_capacity(old.len(), old.value_data().len());
            for (row, old) in rows.clone().zip(old) {
                out.append_option(if new(row) { instead } else { old });
            }
            let place = schema::DROPPED.index_of(name).expect("the schema has this column");
            columns[place] = Arc::new(out.finish()) as ArrayRef;
        };
        replace("text", &|row| texts_gone.contains_key(&row), None);
        replace("url", &|row| urls_gone.contains(&row), Some(""));
        let batch = RecordBatch::try_new(Arc::clone(&schema::DROPPED), columns);
        writer.write(&batch.expect("types and lengths are those of before"))?;
    }
    Ok((publish(writer, file, first)?, texts_gone.into_values().collect(), near_rows))
}

/// A file of signatures without those of what went.
fn write_signatures(work: Work<'_>, file: &FileRecord, ids: &BTreeSet<&str>) -> Result<FileRecord, TakedownError> {
    let path = work.job.old.join(&file.path);
    let mut any = false;
    for batch in ShardReader::open_columns(work.job.store, &path, &schema::SIGNATURES, &["id"])? {
        any |= batch?.column(0).as_string::<i32>().iter().flatten().any(|id| ids.contains(id));
    }
    if !any {
        return copy(work, file);
    }
    let mut writer = writer(work, file, &schema::SIGNATURES)?;
    let mut rows = 0;
    for batch in ShardReader::open(work.job.store, &path, &schema::SIGNATURES)? {
        let batch = batch?;
        let column = column(&batch, "id").as_string::<i32>();
        let stays: BooleanArray = column.iter().map(|id| id.map(|id| !ids.contains(id))).collect();
        let batch = filter_record_batch(&batch, &stays).expect("the mask has a bit a row");
        rows += batch.num_rows();
        writer.write(&batch)?;
    }
    publish(writer, file, rows)
}

fn writer(work: Work<'_>, file: &FileRecord, schema: &SchemaRef) -> Result<ShardWriter, TakedownError> {
    Ok(ShardWriter::create(work.job.store, &work.job.new.join(&file.path), schema, form(work.record))?)
}

fn publish(writer: ShardWriter, file: &FileRecord, rows: usize) -> Result<FileRecord, TakedownError> {
    let published = writer.publish()?;
    Ok(FileRecord {
        path: file.path.clone(),
        rows: rows as u64,
        bytes: published.bytes,
        sha256: published.sha256,
        arrow_bytes: 0,
    })
}
