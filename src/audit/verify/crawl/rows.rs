//! Drawn rows of `data/`, read again from their records and made again by the plan.

use std::collections::BTreeMap;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::UInt64Type;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::compare;
use super::derive::{Derived, Deriver, part_row};
use super::draw::{Draw, Drawn};
use super::place::Places;
use super::record::{Payload, check_payload, with_record};
use crate::audit::verify::report::{Check, Checked, Findings};
use crate::audit::verify::{Set, guarded};
use crate::ledger::funnel::{counted, grouped};
use crate::ledger::run_record::FileRecord;
use crate::shard::cells::column;
use crate::shard::formats::Kind;
use crate::shard::writer::ShardError;
use crate::warc::batch::Item;

/// What came of some rows.
#[derive(Default)]
struct Found {
    rows: u64,
    records: Findings,
    payloads: BTreeMap<Payload, u64>,
    payload_findings: Findings,
    derivation: Findings,
}

impl Found {
    fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.records.merge(other.records);
        other.payloads.into_iter().for_each(|(class, count)| *self.payloads.entry(class).or_default() += count);
        self.payload_findings.merge(other.payload_findings);
        self.derivation.merge(other.derivation);
    }
}

/// Makes the three checks of drawn rows.
pub fn check(set: &Set<'_>, places: &Places<'_>, deriver: &Deriver<'_>, draw: Draw) -> [Checked; 3] {
    let shards = &set.record().shards;
    let drawn = draw.of(set, shards, (Kind::Documents, &["id"]), |_, _| true);
    let pairs: Vec<(&FileRecord, Drawn)> = shards.iter().zip(drawn).collect();
    let of_shards: Vec<Found> =
        pairs.par_iter().map(|(shard, drawn)| of_shard(set, places, deriver, shard, drawn)).collect();
    let mut found = Found::default();
    of_shards.into_iter().for_each(|of_shard| found.merge(of_shard));
    let rows = counted(found.rows, "row");
    let count = |class: Payload| found.payloads.get(&class).copied().unwrap_or_default();
    let payloads = format!(
        "{} agree, {} are ambiguous (coded or cut), {} are of an unknown kind, {} are not stated",
        grouped(count(Payload::Agrees)),
        grouped(count(Payload::Ambiguous)),
        grouped(count(Payload::Unknown)),
        grouped(count(Payload::Unstated))
    );
    [
        Checked::new(Check::Records, format!("{rows} read again"), found.records),
        Checked::new(Check::Payloads, payloads, found.payload_findings),
        Checked::new(Check::Derivation, format!("{rows} made again"), found.derivation)
            .note("which of several duplicates stays was not decided anew"),
    ]
}

fn of_shard(set: &Set<'_>, places: &Places<'_>, deriver: &Deriver<'_>, shard: &FileRecord, drawn: &Drawn) -> Found {
    let mut found = Found::default();
    if drawn.is_empty() {
        return found;
    }
    let done = guarded(|| {
        for batch in drawn.open(set, shard, Kind::Documents)? {
            let batch = batch?;
            let rows = (0..batch.num_rows()).into_par_iter().map(|row| {
                let mut found = Found { rows: 1, ..Found::default() };
                one(places, deriver, (&batch, row), &mut found);
                set.watch.add_record();
                found
            });
            let first = found.rows;
            let rows: Vec<Found> = rows.collect();
            for (nth, mut row) in (first..).zip(rows) {
                let number = drawn.number(nth);
                for findings in [&mut row.records, &mut row.payload_findings, &mut row.derivation] {
                    findings.place_at(&shard.path, number);
                }
                found.merge(row);
            }
        }
        Ok::<_, ShardError>(())
    });
    if let Err(message) = done {
        found.records.of_file(&shard.path, message);
    }
    found
}

/// Reads the record of one row and makes the row again.
fn one(places: &Places<'_>, deriver: &Deriver<'_>, (batch, row): (&RecordBatch, usize), found: &mut Found) {
    let [id, path] = ["id", "file_path"].map(|name| column(batch, name).as_string::<i32>().value(row));
    let [offset, length] = ["warc_record_offset", "warc_record_length"]
        .map(|name| column(batch, name).as_primitive::<UInt64Type>().value(row));
    let read = places.get(path).map_err(|message| format!("{path}: {message}")).and_then(|opened| {
        with_record(&opened, (offset, length), id, |item| {
            let payload = match item {
                Item::Record(record) => check_payload(record),
                Item::Damage(_) => Payload::Unstated,
            };
            (payload, deriver.derive(item, &opened.file))
        })
    });
    let (payload, derived) = match read {
        Ok(read) => read,
        Err(message) => return found.records.of_set(message),
    };
    *found.payloads.entry(payload).or_default() += 1;
    if payload == Payload::Differs {
        found.payload_findings.of_set(format!("the payload of {id} has another digest than its record states"));
    }
    let names: Vec<&str> = deriver.plan().stage_names().collect();
    match derived {
        Derived::Reached(derived) => {
            for differing in compare::row(batch, row, &part_row(&derived)) {
                let findings = if differing.is_origin { &mut found.records } else { &mut found.derivation };
                findings.of_set(differing.words);
            }
            if let Some((index, dropped)) = &derived.after {
                found.derivation.of_set(format!("{} drops its record: {}", names[*index], dropped.reason));
            }
        }
        Derived::Dropped { index, dropped, .. } => {
            found.derivation.of_set(format!("{} drops its record: {}", names[index], dropped.reason));
        }
        Derived::Counted(dropped) => found.derivation.of_set(format!("its record is no page: {}", dropped.reason)),
    }
}
