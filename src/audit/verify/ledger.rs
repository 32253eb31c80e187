//! The rows of `ledger/`: by stage and reason they are what the funnel dropped, and they come in the inputs' order.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::UInt64Type;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use xxhash_rust::xxh3::Xxh3;

use super::Set;
use super::funnel::listed;
use super::report::{Check, Checked, Findings};
use super::rows::{hash_of, numbers, rows_of};
use crate::audit::takedown;
use crate::ledger::funnel::grouped;
use crate::ledger::row::ORDINAL_UNKNOWN;
use crate::ledger::run_record::{FileRecord, MANIFEST};
use crate::shard::cells::column;
use crate::shard::formats::Kind;
use crate::shard::reader::ShardReader;
use crate::shard::writer::ShardError;

/// Columns that are read.
const COLUMNS: [&str; 7] = ["file_path", "ordinal", "warc_record_offset", "id", "stage", "reason", "kept_id"];

/// Where a row stands: its file by its number, its ordinal unless only its offset is known, its offset.
#[derive(Clone, Copy)]
struct Stand {
    input: usize,
    ordinal: Option<u64>,
    offset: u64,
}

impl Stand {
    /// Whether a row here may come behind one there.
    fn is_behind(self, there: Self) -> bool {
        let (mine, theirs) = ((self.input, self.ordinal), (there.input, there.ordinal));
        match (self.ordinal, there.ordinal) {
            (Some(_), Some(_)) => mine > theirs,
            // Records of one compressed stretch have the same offset.
            _ => (self.input, self.offset) >= (there.input, there.offset),
        }
    }
}

/// A row that other files repeat, by the hash of what they repeat of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Hash over all that both rows say.
    pub hash: u128,
    /// Number of the file it stands in.
    pub file: u32,
    /// Number of the row in it.
    pub row: u64,
}

impl Link {
    /// A row by the texts that are repeated.
    pub fn of(texts: &[&str], file: usize, row: u64) -> Self {
        let mut hash = Xxh3::new();
        for text in texts {
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        Self { hash: hash.digest128(), file: file as u32, row }
    }
}

/// What the ledger says that other files repeat.
#[derive(Default)]
pub struct Read {
    /// Removed document, the one that stands for it, stage; sorted.
    pub pairs: Vec<Link>,
    /// File, ordinal, stage and reason of every row, if dropped documents were written; sorted.
    pub dropped: Vec<Link>,
    /// Of the documents that were asked for, those that have a row.
    pub found: BTreeSet<u128>,
    /// Whether every row could be read.
    pub is_whole: bool,
}

#[derive(Default)]
struct OfFile {
    read: Read,
    counts: BTreeMap<(String, String), u64>,
    findings: Findings,
    first: Option<Stand>,
    last: Option<Stand>,
}

/// What is asked of every row.
#[derive(Clone, Copy)]
struct Asked<'a> {
    /// The number of each input.
    inputs: &'a HashMap<&'a str, usize>,
    /// Hashes of ids of which it has to be known whether there is a row.
    wanted: &'a BTreeSet<u128>,
    /// Whether dropped documents were written, which repeat the rows.
    with_dropped: bool,
}

/// Reads the ledger. `wanted` are hashes of ids of which it has to be known whether the ledger has a row.
pub fn scan(set: &Set<'_>, wanted: &BTreeSet<u128>) -> (Read, Checked) {
    let record = set.record();
    let inputs = numbers(&record.inputs);
    let files = record.ledger.par_iter().enumerate();
    let asked = Asked { inputs: &inputs, wanted, with_dropped: !record.dropped.is_empty() };
    let files: Vec<OfFile> = files.map(|(number, file)| scan_file(set, number, file, asked)).collect();
    let mut read = Read { is_whole: true, ..Read::default() };
    let (mut counts, mut findings) = (BTreeMap::<(String, String), u64>::new(), Findings::default());
    let mut end: Option<Stand> = None;
    for (file, mut found) in record.ledger.iter().zip(files) {
        if end.zip(found.first).is_some_and(|(end, first)| !first.is_behind(end)) {
            findings.of_row(&file.path, 0, "it comes before the last row of the file before it, in the inputs' order");
        }
        end = found.last.or(end);
        findings.merge(found.findings);
        read.pairs.append(&mut found.read.pairs);
        read.dropped.append(&mut found.read.dropped);
        read.found.append(&mut found.read.found);
        read.is_whole &= found.read.is_whole;
        found.counts.into_iter().for_each(|(key, count)| *counts.entry(key).or_default() += count);
    }
    read.pairs.sort_unstable();
    read.dropped.sort_unstable();
    let funnel: BTreeMap<_, _> = listed(record.funnel.stages()).collect();
    for key @ (stage, reason) in funnel.keys().chain(counts.keys()).collect::<BTreeSet<_>>() {
        let [wanted, found] = [&funnel, &counts].map(|counts| counts.get(key).copied().unwrap_or_default());
        if wanted != found {
            let message = format!("{stage} dropped {wanted} for {reason} by the funnel; the ledger has {found} rows");
            findings.of_file(MANIFEST, message);
        }
    }
    let words = format!("{}, {} reasons", rows_of(&record.ledger), grouped(counts.len() as u64));
    (read, Checked::new(Check::Ledger, words, findings))
}

fn scan_file(set: &Set<'_>, number: usize, file: &FileRecord, asked: Asked<'_>) -> OfFile {
    let mut of_file = OfFile::default();
    let done = super::guarded(|| {
        let mut first = 0;
        let schema = Kind::Ledger.columns(set.record().format);
        for batch in ShardReader::open_columns(set.store, &set.root.join(&file.path), &schema, &COLUMNS)? {
            let batch = batch?;
            scan_batch(&batch, (number, first), file, asked, &mut of_file);
            first += batch.num_rows() as u64;
            set.watch.add_rows(batch.num_rows());
        }
        Ok::<_, ShardError>(())
    });
    of_file.read.is_whole = done.is_ok();
    if let Err(message) = done {
        of_file.findings.of_file(&file.path, message);
    }
    of_file
}

fn scan_batch(
    batch: &RecordBatch,
    (number, first): (usize, u64),
    file: &FileRecord,
    asked: Asked<'_>,
    of_file: &mut OfFile,
) {
    let texts = |name: &str| column(batch, name).as_string::<i32>();
    let [paths, ids, stages, reasons, kept] = ["file_path", "id", "stage", "reason", "kept_id"].map(texts);
    let [ordinals, offsets] =
        ["ordinal", "warc_record_offset"].map(|name| column(batch, name).as_primitive::<UInt64Type>());
    for row in 0..batch.num_rows() {
        let at = first + row as u64;
        let (path, id, stage, reason) = (paths.value(row), ids.value(row), stages.value(row), reasons.value(row));
        let ordinal = ordinals.value(row);
        match asked.inputs.get(path) {
            None => of_file.findings.of_row(&file.path, at, format!("file_path {path:?} is no input of the set")),
            Some(input) => {
                let known = Some(ordinal).filter(|ordinal| *ordinal != ORDINAL_UNKNOWN);
                let place = Stand { input: *input, ordinal: known, offset: offsets.value(row) };
                if of_file.last.is_some_and(|last| !place.is_behind(last)) {
                    of_file.findings.of_row(
                        &file.path,
                        at,
                        "it does not come behind the row before it, by the ordinals",
                    );
                }
                of_file.first.get_or_insert(place);
                of_file.last = Some(place);
            }
        }
        count(&mut of_file.counts, stage, reason);
        if kept.is_valid(row) {
            of_file.read.pairs.push(Link::of(&[id, kept.value(row), stage], number, at));
        }
        // What was taken out of a finished set was never a dropped document.
        if asked.with_dropped && !takedown::is_stage(stage) {
            of_file.read.dropped.push(Link::of(&[path, &ordinal.to_string(), stage, reason], number, at));
        }
        if !asked.wanted.is_empty() {
            let hash = hash_of(id);
            if asked.wanted.contains(&hash) {
                of_file.read.found.insert(hash);
            }
        }
    }
}

/// Counts a row; there are few stages and reasons and many rows, so a key is made only once.
fn count(counts: &mut BTreeMap<(String, String), u64>, stage: &str, reason: &str) {
    let there = counts.iter_mut().find(|((known, why), _)| known == stage && why == reason);
    match there {
        Some((_, count)) => *count += 1,
        None => {
            counts.insert((stage.to_owned(), reason.to_owned()), 1);
        }
    }
}
