//! `dedup/` and `dropped/`: every pair has its row of the ledger and every such row its pair, what stands for a
//! document is there, clusters have the sizes that the pairs give, and dropped documents, lines and signatures are as
//! many as told.
//!
//! Memory: about 100 bytes a pair.

use std::collections::{BTreeSet, HashMap};

use arrow::array::AsArray;
use arrow::datatypes::{UInt32Type, UInt64Type};

use super::Set;
use super::funnel::names_earlier_sets;
use super::ledger::{Link, Read};
use super::report::{Check, Checked, Findings};
use super::rows::{Scanned, hash_of};
use crate::ledger::funnel::{counted, grouped};
use crate::ledger::run_record::{FileRecord, MANIFEST};
use crate::shard::cells::column;
use crate::shard::formats::Kind;
use crate::shard::reader::ShardReader;
use crate::shard::writer::ShardError;

/// How many documents may stand for each other in a row; there are no more deduplication stages in any plan.
const CHAIN_MAX: usize = 64;

/// The pairs of a set.
#[derive(Default)]
pub struct Pairs {
    links: Vec<Link>,
    /// Removed -> kept, by the hashes of their ids, with the place of the pair.
    kept_of: HashMap<u128, (u128, u32, u64)>,
    /// Documents that stand for others and are neither in the set nor removed themselves.
    pub unknown: BTreeSet<u128>,
    findings: Findings,
    is_whole: bool,
}

/// Reads the pairs.
pub fn read(set: &Set<'_>, scanned: &Scanned) -> Pairs {
    let mut pairs = Pairs { is_whole: true, ..Pairs::default() };
    for (number, file) in set.record().pairs.iter().enumerate() {
        let done = each_batch(set, file, Kind::Pairs, &["removed_id", "kept_id", "stage"], |batch, first| {
            let [removed, kept, stages] =
                ["removed_id", "kept_id", "stage"].map(|name| column(batch, name).as_string::<i32>());
            for row in 0..batch.num_rows() {
                let at = first + row as u64;
                let (removed, kept) = (removed.value(row), kept.value(row));
                pairs.links.push(Link::of(&[removed, kept, stages.value(row)], number, at));
                let hash = hash_of(removed);
                pairs.kept_of.insert(hash, (hash_of(kept), number as u32, at));
            }
        });
        if let Err(message) = done {
            pairs.findings.of_file(&file.path, message);
            pairs.is_whole = false;
        }
    }
    pairs.links.sort_unstable();
    let stand = pairs.kept_of.values().map(|(kept, ..)| *kept);
    pairs.unknown = stand.filter(|kept| scanned.row(*kept).is_none() && !pairs.kept_of.contains_key(kept)).collect();
    pairs
}

/// Checks everything about duplicates, lines and dropped documents.
pub fn check(set: &Set<'_>, scanned: &Scanned, pairs: Pairs, ledger: &Read) -> Checked {
    let record = set.record();
    let mut findings = Findings::default();
    let Pairs { links, kept_of, unknown, findings: found, is_whole } = pairs;
    findings.merge(found);
    let mut notes = Vec::new();
    if is_whole && ledger.is_whole {
        let sides = (&record.pairs[..], &record.ledger[..]);
        both_ways(&mut findings, &links, &ledger.pairs, sides, ["pair", "row of the ledger with a kept_id"]);
    } else {
        notes.push(String::from("pairs and ledger were not compared, since not all of them can be read"));
    }
    if names_earlier_sets(&record.plan.stages) {
        notes.push(String::from("what stands for documents in earlier sets was not looked for"));
    } else if is_whole && ledger.is_whole && scanned.is_whole {
        let lost: BTreeSet<u128> = unknown.difference(&ledger.found).copied().collect();
        let mut places: Vec<_> = kept_of.values().filter(|(kept, ..)| lost.contains(kept)).collect();
        places.sort_unstable_by_key(|(_, file, row)| (*file, *row));
        for (_, file, row) in places {
            findings.of_row(
                &record.pairs[*file as usize].path,
                *row,
                "its kept_id is neither in the set nor in the ledger",
            );
        }
    }
    if is_whole {
        clusters(set, scanned, &kept_of, &mut findings);
    }
    dropped(set, ledger, &mut findings);
    lines(set, &mut findings);
    signatures(set, scanned, &mut findings);
    let words =
        format!("{}, {} dropped documents", counted(links.len() as u64, "pair"), grouped(rows(&record.dropped)));
    let checked = Checked::new(Check::Dedup, words, findings);
    notes.into_iter().fold(checked, Checked::note)
}

/// Reads the columns of a file, batch by batch, with the number of the first row of each.
fn each_batch(
    set: &Set<'_>,
    file: &FileRecord,
    kind: Kind,
    columns: &[&str],
    mut each: impl FnMut(&arrow::array::RecordBatch, u64),
) -> Result<(), String> {
    super::guarded(|| {
        let mut first = 0;
        let schema = kind.columns(set.record().format);
        for batch in ShardReader::open_columns(set.store, &set.root.join(&file.path), &schema, columns)? {
            let batch = batch?;
            each(&batch, first);
            first += batch.num_rows() as u64;
        }
        Ok::<_, ShardError>(())
    })
}

fn rows(files: &[FileRecord]) -> u64 {
    files.iter().map(|file| file.rows).sum()
}

/// Two sorted lists that have to say the same, as often; what only one of them says is told.
fn both_ways(
    findings: &mut Findings,
    left: &[Link],
    right: &[Link],
    (left_files, right_files): (&[FileRecord], &[FileRecord]),
    [left_word, right_word]: [&str; 2],
) {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    loop {
        let (link, files, word) = match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(a), Some(b)) if a.hash == b.hash => {
                left.next();
                right.next();
                continue;
            }
            (Some(a), b) if b.is_none_or(|b| a.hash < b.hash) => (left.next(), left_files, right_word),
            _ => (right.next(), right_files, left_word),
        };
        if let Some(link) = link {
            findings.of_row(
                &files[link.file as usize].path,
                link.row,
                format!("there is no {word} that says the same"),
            );
        }
    }
}

/// Checks that every row stands for as many documents as the pairs say, directly or by way of others.
fn clusters(set: &Set<'_>, scanned: &Scanned, kept_of: &HashMap<u128, (u128, u32, u64)>, findings: &mut Findings) {
    let mut sizes: HashMap<u128, u32> = HashMap::new();
    for removed in kept_of.keys() {
        let (mut stands, mut steps) = (*removed, 0);
        while let Some((kept, ..)) = kept_of.get(&stands).filter(|_| steps < CHAIN_MAX) {
            (stands, steps) = (*kept, steps + 1);
        }
        *sizes.entry(stands).or_default() += 1;
    }
    let mut wrong: Vec<_> = scanned
        .rows
        .iter()
        .map(|seen| (seen, 1 + sizes.get(&seen.id).copied().unwrap_or_default()))
        .filter(|(seen, size)| seen.cluster_size != *size)
        .collect();
    wrong.sort_unstable_by_key(|(seen, _)| (seen.shard, seen.row));
    for (seen, size) in wrong {
        let message = format!("minhash_cluster_size is {}; the pairs give {size}", seen.cluster_size);
        findings.of_row(&set.record().shards[seen.shard as usize].path, seen.row.into(), message);
    }
}

/// Checks that the dropped documents are those of the ledger.
fn dropped(set: &Set<'_>, ledger: &Read, findings: &mut Findings) {
    let record = set.record();
    if record.dropped.is_empty() {
        return;
    }
    let (mut links, mut is_whole) = (Vec::new(), true);
    for (number, file) in record.dropped.iter().enumerate() {
        let columns = ["file_path", "ordinal", "stage", "reason"];
        let done = each_batch(set, file, Kind::Dropped, &columns, |batch, first| {
            let [paths, stages, reasons] =
                ["file_path", "stage", "reason"].map(|name| column(batch, name).as_string::<i32>());
            let ordinals = column(batch, "ordinal").as_primitive::<UInt64Type>();
            for row in 0..batch.num_rows() {
                let ordinal = ordinals.value(row).to_string();
                let texts = [paths.value(row), &ordinal, stages.value(row), reasons.value(row)];
                links.push(Link::of(&texts, number, first + row as u64));
            }
        });
        if let Err(message) = done {
            findings.of_file(&file.path, message);
            is_whole = false;
        }
    }
    links.sort_unstable();
    if is_whole && ledger.is_whole {
        let sides = (&record.dropped[..], &record.ledger[..]);
        both_ways(findings, &links, &ledger.dropped, sides, ["dropped document", "row of the ledger"]);
    }
}

/// Checks that the lines that were cut are as many as the record says, in order, and frequent enough.
fn lines(set: &Set<'_>, findings: &mut Findings) {
    let record = set.record();
    let wanted = record.cuts.map_or(0, |cuts| cuts.lines);
    if rows(&record.lines) != wanted {
        let message = format!("cuts.lines is {wanted}; dedup/lines-* have {} rows", rows(&record.lines));
        findings.of_file(MANIFEST, message);
    }
    let documents_max = record.cuts.map_or(0, |cuts| cuts.documents_max);
    let mut last = None;
    for file in &record.lines {
        let mut wrong = Findings::default();
        let done = each_batch(set, file, Kind::Lines, &["line_hash", "documents"], |batch, first| {
            let hashes = column(batch, "line_hash").as_primitive::<UInt64Type>();
            let documents = column(batch, "documents").as_primitive::<UInt32Type>();
            for row in 0..batch.num_rows() {
                let (at, hash) = (first + row as u64, hashes.value(row));
                if last.is_some_and(|last| last >= hash) {
                    wrong.of_row(&file.path, at, "its line_hash is not above that of the row before it");
                }
                if documents.value(row) <= documents_max {
                    let found = documents.value(row);
                    wrong.of_row(&file.path, at, format!("it stands in {found} documents, which is allowed"));
                }
                last = Some(hash);
            }
        });
        findings.merge(wrong);
        if let Err(message) = done {
            findings.of_file(&file.path, message);
        }
    }
}

/// Checks that signatures are of the rows of the set, in their order.
fn signatures(set: &Set<'_>, scanned: &Scanned, findings: &mut Findings) {
    let record = set.record();
    let Some(first_file) = record.signatures.first() else { return };
    let mut ids = Vec::new();
    for file in &record.signatures {
        let done = each_batch(set, file, Kind::Signatures, &["id"], |batch, _| {
            ids.extend(column(batch, "id").as_string::<i32>().iter().flatten().map(hash_of));
        });
        if let Err(message) = done {
            return findings.of_file(&file.path, message);
        }
    }
    let mut rows: Vec<_> = scanned.rows.iter().map(|seen| (seen.shard, seen.row, seen.id)).collect();
    rows.sort_unstable();
    // Shards of one configuration come in the order of the inputs; of several, the ids are compared as a set.
    let mut wanted: Vec<u128> = rows.into_iter().map(|(.., id)| id).collect();
    if wanted != ids {
        wanted.sort_unstable();
        ids.sort_unstable();
        if wanted != ids {
            findings.of_file(&first_file.path, "its ids are not those of the rows of the set");
        }
    }
}
