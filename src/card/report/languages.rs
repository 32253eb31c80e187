//! Languages of the kept documents: a chart of the largest, and all of them by license tier.

use super::{by_documents, documents_of, of_all};
use crate::card::page::bars::{self, Bar, Label};
use crate::card::page::figure::{Figure, at};
use crate::card::page::html::Html;
use crate::card::page::table::{self, Cell, Table, number, words};
use crate::document::rights::Tier;
use crate::ledger::run_record::RunRecord;

/// Languages in the chart; the table has all.
const BARS: usize = 15;

/// Writes the section.
pub fn write(record: &RunRecord, html: &mut Html) {
    let languages = by_documents(&record.statistics.languages);
    if languages.is_empty() {
        return html.paragraph("The set holds no document.");
    }
    html.element("p", &[], |html| {
        html.text("Codes are ISO 639-3; ");
        html.leaf("code", &[], "und");
        html.text(" stands for documents of which no language was found. A full bar is all documents of the set.");
        if languages.len() > BARS {
            html.text(&format!(" The chart has the {BARS} largest languages, the table below it all "));
            html.figure("span", &[], &Figure::count("/statistics/languages/#", languages.len() as u64));
            html.text(".");
        }
    });
    let bar = |(code, amount): &(&str, _)| {
        let figure = documents_of("languages", code, *amount);
        Bar { name: (*code).to_owned(), share: of_all(record, figure.clone()), figure }
    };
    let largest: Vec<Bar> = languages.iter().take(BARS).map(bar).collect();
    bars::write(html, Label { id: "languages-chart", title: "Documents by language" }, &largest);
    table::write(html, &by_tier(record));
}

/// The tiers that occur, in their order, and words that are no tier behind them.
fn tiers(record: &RunRecord) -> Vec<&str> {
    let found = &record.statistics.tiers;
    let known = Tier::ALL.iter().map(|tier| tier.as_str()).filter(|tier| found.contains_key(*tier));
    let other = found.keys().map(String::as_str).filter(|word| Tier::from_word(word).is_none());
    known.chain(other).collect()
}

fn by_tier(record: &RunRecord) -> Table {
    let tiers = tiers(record);
    let mut columns = vec![words("language"), number("documents"), number("share"), number("bytes of text")];
    if record.tokens.is_some() {
        columns.push(number("tokens"));
    }
    columns.extend(tiers.iter().map(|tier| number(tier)));
    let statistics = &record.statistics;
    let row = |(code, amount): (&str, _)| {
        let documents = documents_of("languages", code, amount);
        let mut cells = vec![
            Cell::Code(code.to_owned()),
            Cell::Figure(documents.clone()),
            Cell::Share(of_all(record, documents)),
            Cell::Figure(super::bytes_of("languages", code, amount)),
        ];
        if let Some(tokens) = &record.tokens {
            let place = at(&["tokens", "languages", code, "tokens"]);
            let counted = tokens.languages.get(code).map(|total| Figure::count(place, total.tokens));
            cells.push(counted.map_or(Cell::Dash, Cell::Figure));
        }
        let counts = statistics.language_tiers.get(code);
        cells.extend(tiers.iter().map(|tier| {
            let count = counts.and_then(|counts| counts.get(*tier));
            let figure = |count: &u64| Figure::count(at(&["statistics", "language_tiers", code, tier]), *count);
            count.map_or(Cell::Dash, |count| Cell::Figure(figure(count)))
        }));
        cells
    };
    Table {
        id: "language-table",
        caption: "Languages, and their documents by license tier",
        columns,
        rows: by_documents(&statistics.languages).into_iter().map(row).collect(),
    }
}
