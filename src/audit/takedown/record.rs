//! The run record of the new version.
//!
//! What columns hold is counted anew. What only the run knew (figures of quality, what editors changed in the documents
//! that stay) is left out and named, since it is no longer true; if nothing went it still is.

use std::collections::BTreeSet;

use super::beside::Beside;
use super::data::Data;
use super::reasons::reason;
use super::{TakedownError, Work};
use crate::card;
use crate::card::domains::TOP_DOMAINS;
use crate::engine::checkpoint::write_whole;
use crate::ledger::figures::DomainSpread;
use crate::ledger::removal::{Previous, RemovalRecord};
use crate::ledger::run_record::{FileRecord, RunRecord, Tool};
use crate::ledger::tokens::{TokensRecord, totals};
use crate::shard::schema::FORMAT_VERSION;

const DOMAINS: &str = "domains.csv";
const STATISTICS: &str = "statistics.csv";

/// Writes the tables that are counted, and makes the record.
pub fn make(
    work: Work<'_>,
    previous: Previous,
    removals: &[RemovalRecord],
    data: Data,
    beside: Beside,
    lists: Vec<FileRecord>,
) -> Result<RunRecord, TakedownError> {
    let old = work.record;
    let Data { gone, shards, mut statistics, .. } = data;
    let funnel = old.funnel.clone().extended([work.stage.to_owned()]);
    let (mut funnel, stage) = (funnel, old.funnel.stages().len());
    for gone in &gone {
        funnel.drop_many_at(stage, reason(work.job.rules[gone.rule].kind).as_str(), 1);
    }
    funnel.keep_at(stage, statistics.total.documents);
    let is_whole = statistics.total.documents + gone.len() as u64 == old.statistics.total.documents;
    if !funnel.balances() || !is_whole {
        return Err(TakedownError::Unbalanced);
    }
    let spread = DomainSpread::of(statistics.domains.values());
    let (mut figures, mut not_recomputed) = (statistics.figures.records(), old.not_recomputed.clone());
    let counted: BTreeSet<String> = figures.iter().map(|figure| figure.figure.clone()).collect();
    let uncounted = old.figures.iter().filter(|figure| !counted.contains(&figure.figure));
    let mut tables = Vec::new();
    if gone.is_empty() {
        figures.clone_from(&old.figures);
        statistics.edits.clone_from(&old.statistics.edits);
        for file in old.tables.iter().filter(|file| [DOMAINS, STATISTICS].contains(&&*file.path)) {
            tables.push(super::data::copy(work, file)?);
        }
    } else {
        not_recomputed.extend(uncounted.map(|figure| format!("figures.{}", figure.figure)));
        not_recomputed.extend((!old.statistics.edits.is_empty()).then(|| String::from("statistics.edits")));
        let domains = card::domains::render(&statistics);
        tables.push(table(work, DOMAINS, &domains, statistics.domains.len() as u64)?);
        let (histograms, rows) = card::histograms::render(&statistics.figures, &spread);
        tables.push(table(work, STATISTICS, &histograms, rows)?);
    }
    tables.extend(lists);
    let tokens = old.tokens.as_ref().map(|tokens| {
        let (total, languages) = totals(&statistics.tokens, statistics.total, &statistics.languages);
        TokensRecord { total, languages, ..tokens.clone() }
    });
    let mut about = old.about.clone();
    about.version = work.job.words.version.clone().or(about.version);
    // The day on which the old version was published is not that of this one.
    about.published = about.published.and(work.job.words.date.clone());
    Ok(RunRecord {
        format: FORMAT_VERSION,
        tool: Tool { name: String::from("gristmill"), version: String::from(env!("CARGO_PKG_VERSION")) },
        about,
        shards,
        ledger: beside.ledger,
        dropped: beside.dropped,
        pairs: beside.pairs,
        signatures: beside.signatures,
        lines: beside.lines,
        tables,
        funnel,
        figures,
        tokens,
        domain_spread: spread,
        top_domains: card::domains::top(&statistics, TOP_DOMAINS),
        samples: statistics.samples.rows(),
        statistics,
        previous: Some(previous),
        removals: old.removals.iter().chain(removals).cloned().collect(),
        not_recomputed,
        ..old.clone()
    })
}

fn table(work: Work<'_>, path: &str, content: &str, rows: u64) -> Result<FileRecord, TakedownError> {
    let published = write_whole(work.job.store, &work.job.new.join(path), content.as_bytes())?;
    Ok(FileRecord { path: path.to_owned(), rows, bytes: published.bytes, sha256: published.sha256, arrow_bytes: 0 })
}
