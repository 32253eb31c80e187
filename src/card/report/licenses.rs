//! Licenses by tier and by name, what the verdicts rest on, and reservations of rights.

use std::collections::BTreeMap;

use super::{by_count, by_documents, bytes_of, documents_of, of_all};
use crate::card::page::bars::{self, Bar, Label};
use crate::card::page::figure::{Figure, at};
use crate::card::page::html::Html;
use crate::card::page::table::{self, Cell, Table, number, words};
use crate::ledger::run_record::RunRecord;

/// Writes the section.
pub fn write(record: &RunRecord, html: &mut Html) {
    let statistics = &record.statistics;
    if statistics.total.documents == 0 {
        return html.paragraph("The set holds no document.");
    }
    html.paragraph(
        "A license is what a page states about its text, as a machine read it: a finding with evidence, and no legal \
         advice. A tier says what the license lets a maker of training sets do; in doubt it is unclear, never open.",
    );
    let bar = |(tier, amount): (&str, _)| {
        let figure = documents_of("tiers", tier, amount);
        Bar { name: tier.to_owned(), share: of_all(record, figure.clone()), figure }
    };
    let tiers: Vec<Bar> = by_documents(&statistics.tiers).into_iter().map(bar).collect();
    bars::write(html, Label { id: "tiers-chart", title: "Documents by license tier" }, &tiers);
    table::write(html, &licenses(record));
    table::write(html, &findings(record));
    html.leaf("h3", &[], "Reservations against text and data mining");
    html.paragraph(
        "A page reserves its rights by a signal of the response. The crawl's documents are counted before anything was \
         chosen by rights; what a plan drops because of a reservation is in the crawl's column alone.",
    );
    table::write(html, &reservations(record));
    signals(record, html);
}

fn licenses(record: &RunRecord) -> Table {
    let row = |(spdx, amount): (&str, _)| {
        let documents = documents_of("licenses", spdx, amount);
        vec![
            Cell::Foreign(spdx.to_owned()),
            Cell::Figure(documents.clone()),
            Cell::Share(of_all(record, documents)),
            Cell::Figure(bytes_of("licenses", spdx, amount)),
        ]
    };
    Table {
        id: "license-table",
        caption: "Licenses, as SPDX expressions",
        columns: vec![words("license"), number("documents"), number("share"), number("bytes of text")],
        rows: by_documents(&record.statistics.licenses).into_iter().map(row).collect(),
    }
}

/// How sure the verdicts are, and what they cover and rest on.
fn findings(record: &RunRecord) -> Table {
    let statistics = &record.statistics;
    let maps: [(&str, &str, &BTreeMap<String, u64>); 3] = [
        ("what the license covers", "scopes", &statistics.scopes),
        ("how sure the verdict is", "confidences", &statistics.confidences),
        ("strongest evidence", "evidence", &statistics.evidence),
    ];
    let rows = maps.into_iter().flat_map(|(question, map, counts)| {
        by_count(counts).into_iter().map(move |(word, count)| {
            let figure = Figure::count(at(&["statistics", map, word]), count);
            let share = of_all(record, figure.clone());
            vec![Cell::Text(question.to_owned()), Cell::Code(word.to_owned()), Cell::Figure(figure), Cell::Share(share)]
        })
    });
    Table {
        id: "finding-table",
        caption: "What the verdicts rest on",
        columns: vec![words("question"), words("answer"), number("documents"), number("share")],
        rows: rows.collect(),
    }
}

fn reservations(record: &RunRecord) -> Table {
    let row = |(word, count): (&str, u64)| {
        let figure = Figure::count(at(&["statistics", "reservations", word]), count);
        vec![Cell::Text(word.to_owned()), Cell::Figure(figure.clone()), Cell::Share(of_all(record, figure))]
    };
    Table {
        id: "reservation-table",
        caption: "Reservations of the documents in the set",
        columns: vec![words("reservation"), number("documents"), number("share")],
        rows: by_count(&record.statistics.reservations).into_iter().map(row).collect(),
    }
}

fn signals(record: &RunRecord, html: &mut Html) {
    let (set, crawl) = (&record.statistics.reserved_by, &record.crawl.reserved_by);
    let mut names: Vec<&String> = set.keys().chain(crawl.keys()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return html.paragraph("No signal that reserves rights was found.");
    }
    let cell = |counts: &BTreeMap<String, u64>, place: String, name: &String| {
        counts.get(name).map_or(Cell::Dash, |count| Cell::Figure(Figure::count(place, *count)))
    };
    let row = |name: &String| {
        vec![
            Cell::Code(name.clone()),
            cell(set, at(&["statistics", "reserved_by", name]), name),
            cell(crawl, at(&["crawl", "reserved_by", name]), name),
        ]
    };
    let table = Table {
        id: "signal-table",
        caption: "Documents that reserve their rights, by the signal that does",
        columns: vec![words("signal"), number("in the set"), number("in the crawl")],
        rows: names.into_iter().map(row).collect(),
    };
    table::write(html, &table);
}
