//! Drawn rows of the ledger: the same stage drops the record for the same reason and figures, or it reaches
//! deduplication.
//!
//! Damage is left out: what could not be read is known only to whoever reads the whole file.

use arrow::array::{AsArray, RecordBatch};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::derive::{Derived, Deriver};
use super::draw::{Draw, Drawn};
use super::place::Places;
use super::record::with_record;
use crate::audit::verify::report::{Check, Checked, Findings};
use crate::audit::verify::{Set, guarded};
use crate::dedup::lines::NOTHING_LEFT;
use crate::document::origin::Origin;
use crate::document::reason::Dropped;
use crate::ledger::funnel::counted;
use crate::ledger::row::LedgerRow;
use crate::ledger::run_record::{FileRecord, is_damage};
use crate::shard::cells::column;
use crate::shard::formats::Kind;
use crate::shard::ledger;
use crate::shard::writer::ShardError;

/// What came of the rows of one file.
#[derive(Default)]
struct Found {
    rows: u64,
    damaged: u64,
    findings: Findings,
}

/// Checks drawn rows.
pub fn check(set: &Set<'_>, places: &Places<'_>, deriver: &Deriver<'_>, draw: Draw) -> Checked {
    let files = &set.record().ledger;
    let can_be_read =
        |batch: &RecordBatch, row: usize| can_be_dropped(column(batch, "reason").as_string::<i32>().value(row));
    let drawn = draw.of(set, files, (Kind::Ledger, &["id", "reason"]), can_be_read);
    let mut found = Found::default();
    for (file, drawn) in files.iter().zip(drawn).filter(|(_, drawn)| !drawn.is_empty()) {
        of_file(set, places, deriver, (file, &drawn), &mut found);
    }
    let left_out = format!("{} that could not be read left out", counted(found.damaged, "record"));
    Checked::new(Check::Drops, format!("{} dropped again", counted(found.rows, "record")), found.findings)
        .note_if((found.damaged > 0).then_some(left_out))
}

fn of_file(
    set: &Set<'_>,
    places: &Places<'_>,
    deriver: &Deriver<'_>,
    (file, drawn): (&FileRecord, &Drawn),
    found: &mut Found,
) {
    let mut nth = 0;
    // A takedown that forgets URLs has emptied those that it names.
    let forgets = set.record().removals.iter().any(|removal| removal.rule.is_none());
    let done = guarded(|| {
        for batch in drawn.open(set, file, Kind::Ledger)? {
            let rows: Vec<LedgerRow> = ledger::rows(&batch?).collect();
            let said: Vec<Option<String>> = rows
                .par_iter()
                .map(|row| {
                    set.watch.add_record();
                    if can_be_dropped(&row.reason) { one(places, deriver, row, forgets) } else { None }
                })
                .collect();
            for (row, said) in rows.iter().zip(said) {
                if let Some(message) = said {
                    found.findings.of_row(&file.path, drawn.number(nth), message);
                }
                let again = can_be_dropped(&row.reason);
                found.rows += u64::from(again);
                found.damaged += u64::from(is_damage(&row.reason));
                nth += 1;
            }
        }
        Ok::<_, ShardError>(())
    });
    if let Err(message) = done {
        found.findings.of_file(&file.path, message);
    }
}

/// What is wrong with one row, if anything is.
fn one(places: &Places<'_>, deriver: &Deriver<'_>, row: &LedgerRow, forgets: bool) -> Option<String> {
    let read = places.get(&row.file_path).map_err(|message| format!("{}: {message}", row.file_path));
    let derived = read.and_then(|opened| {
        with_record(&opened, (row.offset_bytes, row.length_bytes), &row.id, |item| deriver.derive(item, &opened.file))
    });
    let derived = match derived {
        Ok(derived) => derived,
        Err(message) => return Some(message),
    };
    let resolved = deriver.plan().resolved();
    let is_of_dedup = resolved.iter().any(|stage| stage.stretch == "dedup" && stage.name == row.stage);
    match derived {
        Derived::Counted(dropped) => Some(format!("its record is only counted: {}", dropped.reason)),
        Derived::Dropped { index, dropped, origin } => {
            place_words(row, &origin, forgets).or_else(|| drop_words(row, &resolved[index].name, &dropped))
        }
        Derived::Reached(part) => {
            let place = place_words(row, &part.document.origin, forgets);
            let after = part.after.as_ref().map(|(index, dropped)| (&resolved[*index].name, dropped));
            let verdict = match after {
                // The cut leaves a text or it does not; duplicates go before that is asked.
                _ if is_of_dedup && row.reason != NOTHING_LEFT.as_str() => None,
                Some((stage, dropped)) => drop_words(row, stage, dropped),
                None => Some(format!("the ledger says {} by {}; no stage drops its record", row.reason, row.stage)),
            };
            place.or(verdict)
        }
    }
}

/// Whether a record can be dropped again: damage is known only to whoever reads all of a file, and what was taken out
/// was kept by all stages.
fn can_be_dropped(reason: &str) -> bool {
    !is_damage(reason) && !reason.starts_with("takedown.")
}

fn place_words(row: &LedgerRow, origin: &Origin, forgets: bool) -> Option<String> {
    let places = [("length", row.length_bytes, origin.length_bytes), ("offset", row.offset_bytes, origin.offset_bytes)];
    let differing = places.iter().find(|(_, said, found)| said != found);
    let place = differing.map(|(what, said, found)| format!("its {what} is {said}; that of its record is {found}"));
    let url = (row.url != origin.url && !(forgets && row.url.is_empty()))
        .then(|| format!("its url is {:?}; that of its record is {:?}", row.url, origin.url));
    place.or(url)
}

fn drop_words(row: &LedgerRow, stage: &str, dropped: &Dropped) -> Option<String> {
    let said = (&*row.stage, &*row.reason, row.found, row.bound, row.matched.as_ref());
    let found = (stage, dropped.reason.as_str(), dropped.found, dropped.bound, dropped.matched.as_deref());
    (said != found).then(|| {
        let words = |(stage, reason, found, bound, _): (&str, &str, Option<f64>, Option<f64>, _)| {
            let figure = |figure: Option<f64>| figure.map_or(String::from("-"), |figure| figure.to_string());
            format!("{reason} by {stage} (found {}, bound {})", figure(found), figure(bound))
        };
        format!("the ledger says {}; its record gives {}", words(said), words(found))
    })
}
