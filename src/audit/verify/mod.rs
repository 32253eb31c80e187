//! Checks a finished set: against itself, and against the crawl that it was made from.
//!
//! Without crawl files every promise that a set makes about itself is checked, each by a named check
//! ([`report::Check`]). With them ([`crawl`]) rows are read again from their records and made again by the plan of the
//! record. Nothing stops at the first fault: all checks are made, and findings are collected, the first of each check
//! listed. Files are read as streams, several at once; what is held of them is said in [`rows`] and [`dedup`].

pub mod cards;
pub mod columns;
pub mod crawl;
pub mod dedup;
pub mod difference;
pub mod funnel;
pub mod ledger;
pub mod manifest;
pub mod plan;
pub mod published;
pub mod removals;
pub mod report;
pub mod rows;
pub mod statistics;
pub mod tables;
pub mod watch;

use std::path::Path;

use crate::card::{self, Card};
use crate::ledger::run_record::{FileRecord, MANIFEST, RunRecord};
use crate::plan::compile::Plan;
use crate::plan::problem::PresetError;
use crate::shard::formats::Kind;
use crate::shard::schema::FORMAT_VERSION;
use crate::store::Store;
use crate::text::panics::caught;
use crawl::{Crawl, CrawlError};
use manifest::Manifest;
use report::{Check, Checked, Findings, Report};
use watch::Watch;

/// A set whose manifest could be read.
pub struct Set<'a> {
    /// Where files are.
    pub store: &'a dyn Store,
    /// Its folder.
    pub root: &'a Path,
    /// What its manifest says.
    pub manifest: Manifest,
    /// Who watches.
    pub watch: &'a Watch,
}

impl Set<'_> {
    /// The run record.
    pub fn record(&self) -> &RunRecord {
        &self.manifest.record
    }

    /// Whether this very version of the program made it, so that bytes can be compared.
    pub fn is_present(&self) -> bool {
        let RunRecord { format, tool, .. } = self.record();
        *format == FORMAT_VERSION && tool.version == env!("CARGO_PKG_VERSION")
    }

    /// The cards that the record gives.
    pub fn cards(&self) -> Vec<Card> {
        card::all(self.record(), &self.manifest.file)
    }

    /// All Parquet files and what they hold.
    pub fn parquet(&self) -> impl Iterator<Item = (&FileRecord, Kind)> {
        let record = self.record();
        let lists = [
            (&record.shards, Kind::Documents),
            (&record.ledger, Kind::Ledger),
            (&record.dropped, Kind::Dropped),
            (&record.pairs, Kind::Pairs),
            (&record.lines, Kind::Lines),
            (&record.signatures, Kind::Signatures),
        ];
        lists.into_iter().flat_map(|(files, kind)| files.iter().map(move |file| (file, kind)))
    }
}

/// Opens a set, or says what is wrong with its manifest, without which nothing else can be checked.
pub fn open<'a>(store: &'a dyn Store, root: &'a Path, watch: &'a Watch) -> Result<Set<'a>, Report> {
    match manifest::read(store, root) {
        Ok(manifest) => Ok(Set { store, root, manifest, watch }),
        Err(message) => {
            let mut findings = Findings::default();
            findings.of_file(MANIFEST, message);
            Err(Report { checks: vec![Checked::new(Check::Manifest, "", findings)] })
        }
    }
}

/// Makes all checks, on the threads of the present pool; those against the crawl if there is one. `plan` is what
/// [`plan::compile`] gives. What comes with the report says why nothing could be compared with the crawl.
pub fn verify(
    set: &Set<'_>,
    plan: Result<Plan, PresetError>,
    crawl: Option<Crawl<'_>>,
) -> (Report, Option<CrawlError>) {
    let sums = published::read_sums(set);
    let mut checks = vec![manifest::check(set), published::files(set), published::sums(set, sums.as_ref())];
    checks.push(published::stray(set, sums.as_ref()));
    checks.push(tables::check(set));
    checks.push(plan::check(set, &plan));
    checks.push(funnel::check(set));
    let (scanned, checked) = rows::scan(set);
    checks.push(checked);
    let pairs = dedup::read(set, &scanned);
    let (ledger, checked) = ledger::scan(set, &pairs.unknown);
    checks.push(checked);
    checks.push(dedup::check(set, &scanned, pairs, &ledger));
    checks.push(statistics::check(set, &scanned));
    checks.push(cards::check(set));
    checks.extend(removals::check(set));
    drop((scanned, ledger));
    let Some(crawl) = crawl else { return (Report { checks }, None) };
    match plan.map_err(CrawlError::from).and_then(|plan| crawl::check(set, crawl, &plan)) {
        Ok(more) => checks.extend(more),
        Err(error) => return (Report { checks }, Some(error)),
    }
    (Report { checks }, None)
}

/// What reading a file gives, or in words why it cannot be read. A library that panics over a file whose bytes were
/// changed has found a fault of the file.
fn guarded<T, E: std::fmt::Display>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match caught(read) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err(String::from("its bytes cannot be understood")),
    }
}
