//! `report.html`: the set on one page, to read on a screen, on a phone or on paper; a pure function of the run record.

mod changes;
mod crawl;
mod funnel;
mod headline;
mod histograms;
mod languages;
mod licenses;
mod limits;
mod origins;
mod samples;
mod stages;
mod verify;

use std::collections::BTreeMap;

use super::page::figure::{Figure, Share, at};
use super::page::{Page, Section};
use crate::ledger::amount::Amount;
use crate::ledger::run_record::RunRecord;

const SECTIONS: [Section<RunRecord>; 12] = [
    Section { id: "funnel", heading: "What became of every record", write: funnel::write },
    Section { id: "languages", heading: "Languages", write: languages::write },
    Section { id: "licenses", heading: "Licenses and reservations", write: licenses::write },
    Section { id: "crawl", heading: "The set beside its crawl", write: crawl::write },
    Section { id: "figures", heading: "How figures are spread", write: histograms::write },
    Section { id: "origins", heading: "Where the text is from", write: origins::write },
    Section { id: "changes", heading: "Duplicates, edits and personal data", write: changes::write },
    Section { id: "limits", heading: "Damage and oddities", write: limits::write },
    Section { id: "samples", heading: "Documents to look at", write: samples::write },
    Section { id: "stages", heading: "How it was made", write: stages::write },
    Section { id: "inputs", heading: "What was read", write: origins::write_inputs },
    Section { id: "verify", heading: "How to check it", write: verify::write },
];

/// The page.
pub fn render(record: &RunRecord) -> String {
    let name = record.about.title.as_ref().unwrap_or(&record.name);
    let title = format!("{name}: report");
    let page = Page { title: &title, top: headline::write, sections: &SECTIONS, bottom: headline::write_bottom };
    page.render(record)
}

/// All documents of the set.
fn documents(record: &RunRecord) -> Figure {
    Figure::count("/statistics/total/documents", record.statistics.total.documents)
}

/// The documents of one name in a map of the statistics.
fn documents_of(map: &str, name: &str, amount: Amount) -> Figure {
    Figure::count(at(&["statistics", map, name, "documents"]), amount.documents)
}

/// The bytes of text of one name in a map of the statistics.
fn bytes_of(map: &str, name: &str, amount: Amount) -> Figure {
    Figure::count(at(&["statistics", map, name, "text_bytes"]), amount.text_bytes)
}

/// A part of all documents of the set.
fn of_all(record: &RunRecord, part: Figure) -> Share {
    Share { part, whole: documents(record) }
}

/// Names with their amounts, the one with the most documents first.
fn by_documents(amounts: &BTreeMap<String, Amount>) -> Vec<(&str, Amount)> {
    let mut sorted: Vec<_> = amounts.iter().map(|(name, amount)| (name.as_str(), *amount)).collect();
    sorted.sort_by_key(|(name, amount)| (std::cmp::Reverse(amount.documents), *name));
    sorted
}

/// Names with their counts, the largest first.
fn by_count<N: AsRef<str>>(counts: &BTreeMap<N, u64>) -> Vec<(&str, u64)> {
    let mut sorted: Vec<_> = counts.iter().map(|(name, count)| (name.as_ref(), *count)).collect();
    sorted.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    sorted
}
