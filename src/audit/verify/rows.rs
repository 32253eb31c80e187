//! Every row of `data/`: its text has the digest that stands beside it, its place is in an input, and it comes behind
//! the row before it. What the rows are is counted on the way, for other checks.
//!
//! Memory: about 64 bytes a row, to know of every id where it stands.

use std::collections::HashMap;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{UInt32Type, UInt64Type};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::Set;
use super::report::{Check, Checked, Findings};
use crate::engine::carry::text_digest;
use crate::ledger::funnel::{counted, grouped};
use crate::ledger::run_record::{FileRecord, InputRecord};
use crate::ledger::statistics::Statistics;
use crate::shard::cells::column;
use crate::shard::counted::count_rows;
use crate::shard::formats::{self, Kind};

/// One row as other checks know it.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Hash of the id.
    pub id: u128,
    /// Hash of file and offset.
    place: u64,
    /// Number of the shard.
    pub shard: u32,
    /// Number of the row in it.
    pub row: u32,
    /// How many documents it stands for.
    pub cluster_size: u32,
}

/// What the rows of all shards are.
#[derive(Default)]
pub struct Scanned {
    /// All rows, sorted by id.
    pub rows: Vec<Seen>,
    /// Counted from the rows.
    pub statistics: Statistics,
    /// Of each shard the hash of all ids in their order.
    pub ids_in_order: Vec<u128>,
    /// Whether every row of every shard could be read.
    pub is_whole: bool,
}

impl Scanned {
    /// The row of an id.
    pub fn row(&self, id: u128) -> Option<&Seen> {
        self.rows.binary_search_by_key(&id, |seen| seen.id).ok().map(|at| &self.rows[at])
    }
}

/// The place of rows in the order of the inputs: number of the input, offset.
pub type Place = (usize, u64);

/// The hash by which ids are known.
pub fn hash_of(id: &str) -> u128 {
    xxh3_128(id.as_bytes())
}

/// The number of each input by its name.
pub fn numbers(inputs: &[InputRecord]) -> HashMap<&str, usize> {
    inputs.iter().enumerate().map(|(number, input)| (&*input.path, number)).collect()
}

/// What one shard holds.
#[derive(Default)]
struct OfShard {
    rows: Vec<Seen>,
    statistics: Statistics,
    findings: Findings,
    ids: xxhash_rust::xxh3::Xxh3,
    first: Option<Place>,
    last: Option<Place>,
    is_whole: bool,
}

/// Reads all rows.
pub fn scan(set: &Set<'_>) -> (Scanned, Checked) {
    let record = set.record();
    let inputs = numbers(&record.inputs);
    let shards = record.shards.par_iter().enumerate();
    let shards: Vec<OfShard> = shards.map(|(number, shard)| scan_shard(set, number, shard, &inputs)).collect();
    let mut scanned = Scanned { is_whole: true, ..Scanned::default() };
    let mut findings = Findings::default();
    let mut ends: HashMap<&str, Place> = HashMap::new();
    for (file, shard) in record.shards.iter().zip(shards) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let (Some(end), Some(first)) = (ends.get(folder), shard.first)
            && *end > first
        {
            findings.of_row(&file.path, 0, "it comes before the last row of the shard before it, in the inputs' order");
        }
        if let Some(last) = shard.last {
            ends.insert(folder, last);
        }
        findings.merge(shard.findings);
        scanned.rows.extend(shard.rows);
        scanned.statistics = scanned.statistics.merge(&shard.statistics);
        scanned.ids_in_order.push(shard.ids.digest128());
        scanned.is_whole &= shard.is_whole;
    }
    scanned.rows.sort_unstable_by_key(|seen| (seen.id, seen.shard, seen.row));
    let mut twice = 0_u64;
    for pair in scanned.rows.windows(2).filter(|pair| pair[0].id == pair[1].id) {
        let (a, b) = (pair[0], pair[1]);
        let (file, other) = (&record.shards[b.shard as usize].path, &record.shards[a.shard as usize].path);
        if a.place == b.place {
            findings.of_row(file, b.row.into(), format!("the same record as row {} of {other}", a.row));
        } else {
            twice += 1;
        }
    }
    let note = format!("{} that the crawl states for more than one record", counted(twice, "id"));
    let words = format!("{}, every text digested", counted(scanned.rows.len() as u64, "row"));
    let checked = Checked::new(Check::Rows, words, findings).note_if((twice > 0).then_some(note));
    (scanned, checked)
}

fn scan_shard(set: &Set<'_>, number: usize, shard: &FileRecord, inputs: &HashMap<&str, usize>) -> OfShard {
    let mut of_shard = OfShard { is_whole: true, ..OfShard::default() };
    let read = super::guarded(|| {
        let mut first = 0;
        for batch in formats::open(set.store, &set.root.join(&shard.path), Kind::Documents, set.record().format)? {
            let batch = formats::to_present(batch?, Kind::Documents);
            count_rows(&batch, &mut of_shard.statistics);
            scan_batch(&batch, (number, first), shard, inputs, &mut of_shard);
            first += batch.num_rows() as u64;
            set.watch.add_rows(batch.num_rows());
        }
        Ok::<_, crate::shard::writer::ShardError>(())
    });
    if let Err(message) = read {
        of_shard.findings.of_file(&shard.path, message);
        of_shard.is_whole = false;
    }
    of_shard
}

fn scan_batch(
    batch: &RecordBatch,
    (number, first): (usize, u64),
    shard: &FileRecord,
    inputs: &HashMap<&str, usize>,
    of_shard: &mut OfShard,
) {
    let texts = |name: &str| column(batch, name).as_string::<i32>();
    let [text, digests, ids, files] = ["text", "text_digest", "id", "file_path"].map(texts);
    let [offsets] = ["warc_record_offset"].map(|name| column(batch, name).as_primitive::<UInt64Type>());
    let sizes = column(batch, "minhash_cluster_size").as_primitive::<UInt32Type>();
    for row in 0..batch.num_rows() {
        let at = first + row as u64;
        let found = text_digest(text.value(row));
        if found != digests.value(row) {
            let message = format!("text_digest is {}; that of the text is {found}", digests.value(row));
            of_shard.findings.of_row(&shard.path, at, message);
        }
        let (id, file, offset) = (ids.value(row), files.value(row), offsets.value(row));
        match inputs.get(file) {
            None => of_shard.findings.of_row(&shard.path, at, format!("file_path {file:?} is no input of the set")),
            Some(input) => {
                let place = (*input, offset);
                if of_shard.last.is_some_and(|last| last > place) {
                    let message = "it comes before the row before it, in the order of the inputs";
                    of_shard.findings.of_row(&shard.path, at, message);
                }
                of_shard.first.get_or_insert(place);
                of_shard.last = Some(place);
            }
        }
        of_shard.ids.update(id.as_bytes());
        of_shard.ids.update(&[0]);
        of_shard.rows.push(Seen {
            id: hash_of(id),
            place: xxh3_64(file.as_bytes()) ^ offset.wrapping_mul(0x9E37_79B9_7F4A_7C15),
            shard: number as u32,
            row: at as u32,
            cluster_size: sizes.value(row),
        });
    }
}

/// How many rows lie in how many files, in words.
pub fn rows_of(files: &[FileRecord]) -> String {
    format!("{} in {}", grouped(files.iter().map(|file| file.rows).sum()), counted(files.len() as u64, "file"))
}
