//! Rows of two sets, compared by hashes.

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Schema, UInt64Type};
use arrow::row::{RowConverter, SortField};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::fates::{self, Fates};
use super::{DiffError, FateCount, Opened, RowCounts, RowDifference};
use crate::ledger::run_record::FileRecord;
use crate::ledger::statistics::registered_domain;
use crate::shard::reader::ShardReader;

/// Columns that make the key of a record.
pub const NAMES: [&str; 3] = ["id", "file_path", "warc_record_offset"];
/// Columns that are told of a row that differs.
const TOLD: [&str; 6] = ["id", "file_path", "warc_record_offset", "url", "language", "license_tier"];
/// Changed rows of which the columns are told apart at a time.
const CHANGED_MAX: usize = 1 << 20;

/// What the comparison found.
#[derive(Default)]
pub struct Compared {
    pub counts: RowCounts,
    pub columns: BTreeMap<String, u64>,
    pub not_compared: Vec<String>,
    pub removed_by: Vec<FateCount>,
    pub added_from: Vec<FateCount>,
    /// Added, removed, changed.
    pub domains: BTreeMap<String, [u64; 3]>,
    pub languages: BTreeMap<String, [u64; 3]>,
    pub tiers: BTreeMap<String, [u64; 3]>,
}

/// A row: 128 bits of the BLAKE3 of its key, and of all its compared values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: u128,
    values: u128,
}

/// Compares the rows.
pub fn compare([a, b]: [&Opened<'_>; 2], each: &mut dyn FnMut(&RowDifference)) -> Result<Compared, DiffError> {
    let mut compared = Compared::default();
    let columns = shared_columns([a, b], &mut compared.not_compared)?;
    let (of_a, of_b, same) = without_equal(&a.record.shards, &b.record.shards);
    compared.counts.same = same;
    let [entries_a, entries_b] = [(a, &of_a), (b, &of_b)].map(|(set, shards)| scan(set, shards, &columns));
    let (removed, added, changed) = merge(&entries_a?, &entries_b?, &mut compared.counts.same);
    compared.counts.removed = removed.len() as u64;
    compared.counts.added = added.len() as u64;
    compared.counts.changed = changed.len() as u64;
    let fates = fates::find(b, &removed)?;
    compared.removed_by = tell(("removed", 1), [a, b], (&of_a, &removed, &fates), &mut compared, each)?;
    let fates = fates::find(a, &added)?;
    compared.added_from = tell(("added", 0), [b, a], (&of_b, &added, &fates), &mut compared, each)?;
    for changed in changed.chunks(CHANGED_MAX) {
        tell_changed([(a, &of_a), (b, &of_b)], changed, &columns, &mut compared, each)?;
    }
    Ok(compared)
}

/// Columns that both sets have, with the same type; texts only by their digest.
fn shared_columns(sets: [&Opened<'_>; 2], not_compared: &mut Vec<String>) -> Result<Vec<String>, DiffError> {
    let mut schemas: Vec<Schema> = Vec::new();
    for set in sets {
        let schema = match set.record.shards.first() {
            Some(shard) => ShardReader::schema(set.store, &set.root.join(&shard.path))?,
            None => Schema::clone(&crate::shard::schema::DOCUMENTS),
        };
        for column in NAMES.into_iter().chain(["text_digest"]) {
            if schema.index_of(column).is_err() {
                return Err(DiffError::NoColumn { folder: set.root.to_owned(), column });
            }
        }
        schemas.push(schema);
    }
    let types = |schema: &Schema| -> BTreeSet<(String, String)> {
        schema.fields().iter().map(|field| (field.name().clone(), field.data_type().to_string())).collect()
    };
    let (of_a, of_b) = (types(&schemas[0]), types(&schemas[1]));
    let differ: BTreeSet<&String> = of_a.symmetric_difference(&of_b).map(|(name, _)| name).collect();
    not_compared.extend(differ.iter().map(|name| (*name).clone()));
    let names = schemas[0].fields().iter().map(|field| field.name());
    Ok(names.filter(|name| *name != "text" && !differ.contains(name)).cloned().collect())
}

/// The shards of each that the other does not state with the same digest, and the rows of those that it does.
fn without_equal<'r>(a: &'r [FileRecord], b: &'r [FileRecord]) -> (Vec<&'r FileRecord>, Vec<&'r FileRecord>, u64) {
    let mut left: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    b.iter().enumerate().for_each(|(number, file)| left.entry(&file.sha256).or_default().push(number));
    let (mut of_a, mut equal, mut rows) = (Vec::new(), BTreeSet::new(), 0);
    for file in a {
        match left.get_mut(&*file.sha256).and_then(Vec::pop) {
            Some(number) => {
                equal.insert(number);
                rows += file.rows;
            }
            None => of_a.push(file),
        }
    }
    let of_b = b.iter().enumerate().filter(|(number, _)| !equal.contains(number)).map(|(_, file)| file).collect();
    (of_a, of_b, rows)
}

/// The rows of these shards, sorted.
fn scan(set: &Opened<'_>, shards: &[&FileRecord], columns: &[String]) -> Result<Vec<Entry>, DiffError> {
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    let scan_one = |shard: &&FileRecord| -> Result<Vec<Entry>, DiffError> {
        let mut entries = Vec::with_capacity(usize::try_from(shard.rows).unwrap_or_default().min(1 << 24));
        for batch in ShardReader::open_any(set.store, &set.root.join(&shard.path), &names)? {
            let batch = batch?;
            let hashes = hashes(&batch, &names);
            let cells = Cells(&batch);
            entries.extend(hashes.into_iter().enumerate().map(|(row, values)| Entry { key: cells.key(row), values }));
        }
        Ok(entries)
    };
    let scanned = shards.par_iter().map(scan_one).collect::<Result<Vec<_>, DiffError>>()?;
    let mut entries = scanned.concat();
    entries.par_sort_unstable();
    Ok(entries)
}

/// Keys that only the first has, that only the second has, and that both have with other values; all sorted.
fn merge(a: &[Entry], b: &[Entry], same: &mut u64) -> (Vec<u128>, Vec<u128>, Vec<u128>) {
    let (mut removed, mut added, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    let (mut at_a, mut at_b) = (0, 0);
    loop {
        match (a.get(at_a), b.get(at_b)) {
            (None, None) => return (removed, added, changed),
            (Some(left), Some(right)) if left.key == right.key => {
                if left.values == right.values {
                    *same += 1;
                } else {
                    changed.push(left.key);
                }
                (at_a, at_b) = (at_a + 1, at_b + 1);
            }
            (Some(left), right) if right.is_none_or(|right| left.key < right.key) => {
                removed.push(left.key);
                at_a += 1;
            }
            (_, right) => {
                added.extend(right.map(|right| right.key));
                at_b += 1;
            }
        }
    }
}

/// Tells of the rows that only `here` has, and counts what `there` says of them.
fn tell(
    (what, count): (&'static str, usize),
    [here, there]: [&Opened<'_>; 2],
    (shards, keys, fates): (&[&FileRecord], &[u128], &Fates),
    compared: &mut Compared,
    each: &mut dyn FnMut(&RowDifference),
) -> Result<Vec<FateCount>, DiffError> {
    let inputs: BTreeSet<&str> = there.record.inputs.iter().map(|input| &*input.path).collect();
    let mut counts: BTreeMap<(Option<String>, String), u64> = BTreeMap::new();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    for shard in shards {
        for batch in ShardReader::open_any(here.store, &here.root.join(&shard.path), &TOLD)? {
            let batch = batch?;
            let cells = Cells(&batch);
            for row in 0..batch.num_rows() {
                let Some(place) = position(keys, cells.key(row)) else { continue };
                let (stage, reason) = match fates.get(place) {
                    Some((stage, reason)) => (Some(stage.to_owned()), reason),
                    None if !inputs.contains(cells.text("file_path", row).unwrap_or_default()) => {
                        (None, "its input was not read")
                    }
                    None => (None, "the ledger does not have it"),
                };
                cells.count(row, count, compared);
                let mut told = cells.told(what, row);
                (told.stage, told.reason) = (stage.clone(), Some(reason.to_owned()));
                each(&told);
                *counts.entry((stage, reason.to_owned())).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<FateCount> =
        counts.into_iter().map(|((stage, reason), rows)| FateCount { stage, reason, rows }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.rows));
    Ok(counts)
}

/// Tells of rows that changed, with the columns that differ.
fn tell_changed(
    [(a, of_a), (b, of_b)]: [(&Opened<'_>, &Vec<&FileRecord>); 2],
    changed: &[u128],
    columns: &[String],
    compared: &mut Compared,
    each: &mut dyn FnMut(&RowDifference),
) -> Result<(), DiffError> {
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    // 32 bits of each value: a change is overlooked once in four billion, and only in which columns it lies.
    let mut before: Vec<Box<[u32]>> = vec![Box::default(); changed.len()];
    for_each_of(a, of_a, &names, changed, |_, _, place, values| before[place] = values)?;
    for_each_of(b, of_b, &names, changed, |cells, row, place, values| {
        let differing = names.iter().zip(before[place].iter().zip(&values)).filter(|(_, (old, new))| old != new);
        let differing: Vec<String> = differing.map(|(name, _)| (*name).to_owned()).collect();
        for name in &differing {
            *compared.columns.entry(name.clone()).or_default() += 1;
        }
        cells.count(row, 2, compared);
        each(&RowDifference { columns: differing, ..cells.told("changed", row) });
    })
}

/// Calls `each` with every row of these shards whose key is in the list, its place there, and hashes of its values.
fn for_each_of(
    set: &Opened<'_>,
    shards: &[&FileRecord],
    names: &[&str],
    keys: &[u128],
    mut each: impl FnMut(Cells<'_>, usize, usize, Box<[u32]>),
) -> Result<(), DiffError> {
    for shard in shards {
        for batch in ShardReader::open_any(set.store, &set.root.join(&shard.path), names)? {
            let batch = batch?;
            let cells = Cells(&batch);
            let places: Vec<_> = (0..batch.num_rows()).map(|row| position(keys, cells.key(row))).collect();
            if places.iter().all(Option::is_none) {
                continue;
            }
            let by_column: Vec<Vec<u128>> = names.iter().map(|name| hashes(&batch, &[name])).collect();
            for (row, place) in places.into_iter().enumerate().filter_map(|(row, place)| Some((row, place?))) {
                each(cells, row, place, by_column.iter().map(|column| column[row] as u32).collect());
            }
        }
    }
    Ok(())
}

/// Hashes of the values of these columns, a row each.
fn hashes(batch: &RecordBatch, names: &[&str]) -> Vec<u128> {
    let columns: Vec<_> = names.iter().filter_map(|name| batch.column_by_name(name).cloned()).collect();
    let fields = columns.iter().map(|column| SortField::new(column.data_type().clone())).collect();
    let converter = RowConverter::new(fields).expect("columns of a set are texts, numbers and lists of them");
    let rows = converter.convert_columns(&columns).expect("the converter was made for these columns");
    rows.iter().map(|row| hash(row.as_ref())).collect()
}

fn hash(bytes: &[u8]) -> u128 {
    let digest = blake3::hash(bytes);
    let (half, _) = digest.as_bytes().split_first_chunk::<16>().expect("a digest has 32 bytes");
    u128::from_le_bytes(*half)
}

/// The place of a key in a sorted list.
pub fn position(keys: &[u128], key: u128) -> Option<usize> {
    keys.binary_search(&key).ok()
}

/// The cells of a batch.
#[derive(Clone, Copy)]
pub struct Cells<'b>(pub &'b RecordBatch);

impl<'b> Cells<'b> {
    /// A text, none where there is none or no such column.
    pub fn text(self, name: &str, row: usize) -> Option<&'b str> {
        let column = self.0.column_by_name(name)?.as_string_opt::<i32>()?;
        column.is_valid(row).then(|| column.value(row))
    }

    /// 128 bits that stand for the record.
    pub fn key(self, row: usize) -> u128 {
        let mut bytes = Vec::with_capacity(192);
        for name in ["id", "file_path"] {
            bytes.extend_from_slice(self.text(name, row).unwrap_or_default().as_bytes());
            bytes.push(0);
        }
        bytes.extend_from_slice(&self.offset(row).to_le_bytes());
        hash(&bytes)
    }

    fn offset(self, row: usize) -> u64 {
        let column = self.0.column_by_name("warc_record_offset");
        let column = column.and_then(|column| column.as_primitive_opt::<UInt64Type>());
        column.map_or(0, |column| column.value(row))
    }

    fn told(self, what: &'static str, row: usize) -> RowDifference {
        let owned = |name: &str| self.text(name, row).unwrap_or_default().to_owned();
        RowDifference {
            what,
            id: owned("id"),
            url: owned("url"),
            file_path: owned("file_path"),
            offset_bytes: self.offset(row),
            stage: None,
            reason: None,
            columns: Vec::new(),
        }
    }

    fn count(self, row: usize, what: usize, compared: &mut Compared) {
        let url = self.text("url", row).unwrap_or_default();
        let language = self.text("language", row).unwrap_or("und");
        let tier = self.text("license_tier", row).unwrap_or("not asked");
        let groups = [
            (&mut compared.domains, registered_domain(url)),
            (&mut compared.languages, language),
            (&mut compared.tiers, tier),
        ];
        for (counts, name) in groups {
            match counts.get_mut(name) {
                Some(counts) => counts[what] += 1,
                None => {
                    let mut first = [0; 3];
                    first[what] = 1;
                    counts.insert(name.to_owned(), first);
                }
            }
        }
    }
}
