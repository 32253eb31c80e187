//! What takedowns took out is not there: no row of `data/`, no text of `dropped/`, and no URL that was to be forgotten is
//! named by any rule of the run record; and the record, the funnel and the tables of what went agree.

use std::collections::BTreeMap;

use arrow::array::{Array, AsArray};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Set;
use super::report::{Check, Checked, Findings};
use crate::audit::takedown;
use crate::audit::takedown::absent::{Removals, Row};
use crate::audit::takedown::reasons::reason;
use crate::audit::takedown::rows::{NAMES, TEXTS, hits_of};
use crate::engine::carry::text_digest;
use crate::ledger::funnel::counted;
use crate::ledger::removal::{RemovalRecord, RuleKind};
use crate::ledger::run_record::{FileRecord, MANIFEST};
use crate::shard::cells::column;
use crate::shard::footer::Footer;
use crate::shard::formats::Kind;
use crate::shard::reader::ShardReader;
use crate::shard::writer::ShardError;

/// Checks all of it; none of a set of which nothing was taken out.
pub fn check(set: &Set<'_>) -> Option<Checked> {
    let record = set.record();
    let taken = record.funnel.stages().iter().any(|stage| takedown::is_stage(&stage.stage));
    if record.removals.is_empty() && record.previous.is_none() && !taken {
        return None;
    }
    let mut findings = Findings::default();
    sums(set, &mut findings);
    let words = counted(record.removals.len() as u64, "rule");
    let (all, forgotten) = match (Removals::of(&record.removals), Removals::of(&forgotten(&record.removals))) {
        (Ok(all), Ok(forgotten)) => (all, forgotten),
        (Err(error), _) | (_, Err(error)) => {
            findings.of_file(MANIFEST, error.to_string());
            return Some(Checked::new(Check::Removals, words, findings));
        }
    };
    let found: Vec<Findings> = record.shards.par_iter().map(|file| of_shard(set, file, &all)).collect();
    found.into_iter().for_each(|found| findings.merge(found));
    let found: Vec<Findings> = record.dropped.par_iter().map(|file| of_dropped(set, file, &all, &forgotten)).collect();
    found.into_iter().for_each(|found| findings.merge(found));
    if forgotten.asks_for_urls() {
        let found: Vec<Findings> = record.ledger.par_iter().map(|file| of_ledger(set, file, &forgotten)).collect();
        found.into_iter().for_each(|found| findings.merge(found));
    }
    Some(Checked::new(Check::Removals, format!("{words}, asked of every row"), findings))
}

/// The rules about URLs that are not to be repeated.
fn forgotten(removals: &[RemovalRecord]) -> Vec<RemovalRecord> {
    let is_url = |kind| matches!(kind, RuleKind::Domain | RuleKind::UrlPrefix | RuleKind::Url);
    removals.iter().filter(|removal| removal.rule.is_none() && is_url(removal.kind)).cloned().collect()
}

/// Whether record, funnel and tables tell of as many rows.
fn sums(set: &Set<'_>, findings: &mut Findings) {
    let record = set.record();
    if record.previous.is_none() {
        findings.of_file(MANIFEST, "rows were taken out, and it names no previous version");
    }
    let mut wanted: BTreeMap<u32, BTreeMap<String, u64>> = BTreeMap::new();
    for removal in &record.removals {
        let reasons = wanted.entry(removal.takedown).or_default();
        if removal.rows > 0 {
            *reasons.entry(reason(removal.kind).to_string()).or_default() += removal.rows;
        }
    }
    let stages = record.funnel.stages().iter().filter(|stage| takedown::is_stage(&stage.stage));
    let stages: BTreeMap<&str, _> = stages.map(|stage| (&*stage.stage, stage)).collect();
    if stages.len() != wanted.len() {
        let (found, told) = (stages.len(), wanted.len());
        findings.of_file(MANIFEST, format!("the funnel has {found} stages of takedowns; the removals are of {told}"));
    }
    for (number, reasons) in wanted {
        let name = takedown::stage_name(number);
        let dropped = stages.get(name.as_str()).map(|stage| &stage.dropped);
        let dropped: BTreeMap<String, u64> =
            dropped.into_iter().flatten().map(|(reason, rows)| (reason.to_string(), *rows)).collect();
        if dropped != reasons {
            let message = format!("{name} dropped {dropped:?} by the funnel; the removals tell of {reasons:?}");
            findings.of_file(MANIFEST, message);
        }
        let rows: u64 = reasons.values().sum();
        let path = takedown::removed_path(number);
        match super::guarded(|| Footer::read(set.store, &set.root.join(&path))) {
            Ok(footer) if footer.rows == rows => {}
            Ok(footer) => findings.of_file(&path, format!("it has {} rows; {name} took {rows}", footer.rows)),
            Err(message) => findings.of_file(&path, message),
        }
    }
    if let Some(previous) = &record.previous {
        let last = record.removals.iter().map(|removal| removal.takedown).max().unwrap_or_default();
        let taken: u64 =
            record.removals.iter().filter(|removal| removal.takedown == last).map(|removal| removal.rows).sum();
        let documents = record.statistics.total.documents;
        if previous.documents != documents + taken {
            let message =
                format!("previous.documents is {}; {documents} are there and {taken} went", previous.documents);
            findings.of_file(MANIFEST, message);
        }
    }
}

fn of_shard(set: &Set<'_>, file: &FileRecord, removals: &Removals) -> Findings {
    let columns: Vec<&str> = NAMES.into_iter().chain(TEXTS.into_iter().filter(|_| removals.asks_for_texts())).collect();
    each_batch(set, file, Kind::Documents, &columns, |batch, first, findings| {
        for (row, rule) in hits_of(removals, batch) {
            findings.of_row(&file.path, first + row as u64, words(set, rule));
        }
    })
}

fn of_dropped(set: &Set<'_>, file: &FileRecord, removals: &Removals, forgotten: &Removals) -> Findings {
    each_batch(set, file, Kind::Dropped, &["id", "url", "text"], |batch, first, findings| {
        let [ids, urls, texts] = ["id", "url", "text"].map(|name| column(batch, name).as_string::<i32>());
        for row in 0..batch.num_rows() {
            let at = first + row as u64;
            if forgotten.hits_url(urls.value(row)).is_some() {
                findings.of_row(&file.path, at, "its url was to be forgotten");
            }
            if texts.is_null(row) {
                continue;
            }
            let text = texts.value(row);
            let digest = text_digest(text);
            let asked = Row { id: ids.value(row), url: urls.value(row), text_digest: &digest, texts: &[text] };
            if let Some(rule) = removals.hits(&asked) {
                findings.of_row(&file.path, at, words(set, rule));
            }
        }
    })
}

fn of_ledger(set: &Set<'_>, file: &FileRecord, forgotten: &Removals) -> Findings {
    each_batch(set, file, Kind::Ledger, &["url"], |batch, first, findings| {
        let urls = column(batch, "url").as_string::<i32>();
        for row in (0..batch.num_rows()).filter(|row| forgotten.hits_url(urls.value(*row)).is_some()) {
            findings.of_row(&file.path, first + row as u64, "its url was to be forgotten");
        }
    })
}

fn words(set: &Set<'_>, rule: usize) -> String {
    let removal = &set.record().removals[rule];
    let what = removal.rule.as_deref().map_or(String::new(), |rule| format!(" {rule}"));
    format!("removal {} ({}{what}) names it, and it is there", rule + 1, removal.kind.as_str())
}

fn each_batch(
    set: &Set<'_>,
    file: &FileRecord,
    kind: Kind,
    columns: &[&str],
    mut each: impl FnMut(&arrow::array::RecordBatch, u64, &mut Findings),
) -> Findings {
    let mut findings = Findings::default();
    let done = super::guarded(|| {
        let mut first = 0;
        let schema = kind.columns(set.record().format);
        for batch in ShardReader::open_columns(set.store, &set.root.join(&file.path), &schema, columns)? {
            let batch = batch?;
            each(&batch, first, &mut findings);
            first += batch.num_rows() as u64;
        }
        Ok::<_, ShardError>(())
    });
    if let Err(message) = done {
        findings.of_file(&file.path, message);
    }
    findings
}
