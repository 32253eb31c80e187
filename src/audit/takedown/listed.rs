//! `removals/`: what went, and what stays and is nearly that, as tables.
//!
//! `removed-00001.parquet` has ids, digests and places, and the URLs unless they are to be forgotten, but no text.
//! `near_duplicates-00001.csv` is for people to decide about. Tables of earlier takedowns come along; documents that went
//! meanwhile are decided about and leave them.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, RecordBatch, StringArray, UInt32Array, UInt64Array};

use super::beside::Beside;
use super::data::{Data, Gone, NearRow, copy, form};
use super::near::Nearly;
use super::reasons::reason;
use super::{TakedownError, Work, removed_path};
use crate::card::domains::field;
use crate::engine::checkpoint::{read_whole, write_whole};
use crate::ledger::run_record::FileRecord;
use crate::shard::cells::column;
use crate::shard::reader::ShardReader;
use crate::shard::schema;
use crate::shard::writer::ShardWriter;

/// Folder of the tables.
pub const FOLDER: &str = "removals/";
const NEAR: &str = "removals/near_duplicates-";
/// Rows that are encoded at a time.
const BATCH_ROWS: usize = 4096;

/// Writes the tables of this takedown and those of earlier ones; returns all, and the list of near-duplicates with its
/// length.
pub fn write(work: Work<'_>, data: &Data, beside: &Beside) -> Result<(Vec<FileRecord>, (u64, String)), TakedownError> {
    let ids: BTreeSet<String> = data.gone.iter().map(|gone| field(&gone.id)).collect();
    let mut files = Vec::new();
    for file in work.record.tables.iter().filter(|file| file.path.starts_with(FOLDER)) {
        files.push(if file.path.starts_with(NEAR) {
            still_undecided(work, file, &ids)?
        } else if work.job.words.forget_urls {
            forget(work, file)?
        } else {
            copy(work, file)?
        });
    }
    files.push(write_removed(work, &data.gone)?);
    let near = write_near(work, data, beside)?;
    let told = (near.rows, near.path.clone());
    files.push(near);
    Ok((files, told))
}

fn write_removed(work: Work<'_>, gone: &[Gone]) -> Result<FileRecord, TakedownError> {
    let path = removed_path(work.number);
    let mut writer =
        ShardWriter::create(work.job.store, &work.job.new.join(&path), &schema::REMOVED, form(work.record))?;
    let earlier = work.record.removals.len();
    for gone in gone.chunks(BATCH_ROWS) {
        let texts = |of: &dyn Fn(&Gone) -> String| -> ArrayRef {
            Arc::new(gone.iter().map(|gone| Some(of(gone))).collect::<StringArray>())
        };
        let numbers = |of: &dyn Fn(&Gone) -> u64| -> ArrayRef {
            Arc::new(gone.iter().map(|gone| Some(of(gone))).collect::<UInt64Array>())
        };
        let urls = gone.iter().map(|gone| (!work.job.words.forget_urls).then_some(gone.url.as_str()));
        let rules = gone.iter().map(|gone| Some((earlier + gone.rule + 1) as u32));
        let columns = vec![
            texts(&|gone| gone.id.clone()),
            Arc::new(urls.collect::<StringArray>()),
            texts(&|gone| gone.file_path.clone()),
            numbers(&|gone| gone.offset_bytes),
            numbers(&|gone| gone.length_bytes),
            texts(&|gone| gone.text_digest.clone()),
            numbers(&|gone| gone.text_bytes),
            Arc::new(rules.collect::<UInt32Array>()),
            texts(&|gone| reason(work.job.rules[gone.rule].kind).to_string()),
        ];
        let batch = RecordBatch::try_new(Arc::clone(&schema::REMOVED), columns);
        writer.write(&batch.expect("the columns are those of the schema and of one length"))?;
    }
    let published = writer.publish()?;
    Ok(FileRecord { path, rows: gone.len() as u64, bytes: published.bytes, sha256: published.sha256, arrow_bytes: 0 })
}

fn write_near(work: Work<'_>, data: &Data, beside: &Beside) -> Result<FileRecord, TakedownError> {
    let path = format!("{NEAR}{:05}.csv", work.number);
    let mut table = String::from("place,id,url,similarity,similarity_kind,removed_id,rule\n");
    let rows: Vec<&NearRow> = data.near_rows.iter().chain(&beside.near_rows).collect();
    let earlier = work.record.removals.len();
    for NearRow { place, id, url, nearly: Nearly { gone, rule, similarity, kind } } in &rows {
        let gone = gone.map(|number| &data.gone[number]);
        let rule = gone.map(|gone| gone.rule).or(*rule).map_or(String::new(), |rule| (earlier + rule + 1).to_string());
        let removed = gone.map(|gone| field(&gone.id)).unwrap_or_default();
        let (id, url) = (field(id), field(url));
        writeln!(table, "{place},{id},{url},{similarity:.3},{kind},{removed},{rule}").expect("a string takes all");
    }
    let published = write_whole(work.job.store, &work.job.new.join(&path), table.as_bytes())?;
    Ok(FileRecord { path, rows: rows.len() as u64, bytes: published.bytes, sha256: published.sha256, arrow_bytes: 0 })
}

/// An earlier list of near-duplicates without those that went now.
fn still_undecided(work: Work<'_>, file: &FileRecord, gone: &BTreeSet<String>) -> Result<FileRecord, TakedownError> {
    let table = read_text(work, &work.job.old.join(&file.path))?;
    let stays = |line: &&str| id_of(line).is_none_or(|id| !gone.contains(id));
    let lines: Vec<&str> = table.lines().filter(stays).collect();
    if lines.len() == table.lines().count() {
        return copy(work, file);
    }
    let table = lines.join("\n") + "\n";
    let published = write_whole(work.job.store, &work.job.new.join(&file.path), table.as_bytes())?;
    let rows = lines.len() as u64 - 1;
    Ok(FileRecord { path: file.path.clone(), rows, bytes: published.bytes, sha256: published.sha256, arrow_bytes: 0 })
}

fn read_text(work: Work<'_>, path: &Path) -> Result<String, TakedownError> {
    let bytes = read_whole(work.job.store, path)?;
    String::from_utf8(bytes)
        .map_err(|_| TakedownError::Damaged { path: path.to_owned(), what: String::from("it is not UTF-8 text") })
}

/// The second field of a line, as it is written.
fn id_of(line: &str) -> Option<&str> {
    let rest = line.split_once(',')?.1;
    let end = match rest.strip_prefix('"') {
        Some(inner) => inner.replace("\"\"", "__").find('"')? + 2,
        None => rest.find(',')?,
    };
    rest.get(..end)
}

/// An earlier table of what went without the URLs that are to be forgotten now.
fn forget(work: Work<'_>, file: &FileRecord) -> Result<FileRecord, TakedownError> {
    let path = work.job.old.join(&file.path);
    let mut writer =
        ShardWriter::create(work.job.store, &work.job.new.join(&file.path), &schema::REMOVED, form(work.record))?;
    for batch in ShardReader::open(work.job.store, &path, &schema::REMOVED)? {
        let batch = batch?;
        let urls = column(&batch, "url").as_string::<i32>().iter();
        let urls: StringArray = urls.map(|url| url.filter(|url| work.removals.hits_url(url).is_none())).collect();
        let mut columns = batch.columns().to_vec();
        columns[schema::REMOVED.index_of("url").expect("the schema has this column")] = Arc::new(urls);
        let batch = RecordBatch::try_new(Arc::clone(&schema::REMOVED), columns);
        writer.write(&batch.expect("types and lengths are those of before"))?;
    }
    let published = writer.publish()?;
    Ok(FileRecord { bytes: published.bytes, sha256: published.sha256, ..file.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_line_is_found_as_it_was_written() {
        let check = |id: &str| {
            let line = format!("data,{},{},0.500,exact,x,1", field(id), field("https://example.org/a,b"));
            assert_eq!(id_of(&line), Some(&*field(id)), "{line}");
        };
        check("<urn:uuid:1>");
        check("a,b");
        check("say \"x\", please");
        check("=1");
        assert_eq!(id_of("nothing"), None);
    }
}
