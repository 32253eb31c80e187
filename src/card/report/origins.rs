//! Where the text is from: domains and how documents are spread over them, and the files that were read.

use super::{documents, of_all};
use crate::card::page::figure::{Figure, at};
use crate::card::page::html::Html;
use crate::card::page::table::{self, Cell, Table, number, words};
use crate::ledger::figures::DomainBucket;
use crate::ledger::run_record::{DomainRecord, InputRecord, RunRecord};

/// Inputs that are listed by name; all of them are in the run record.
const INPUTS: usize = 20;
/// Hex digits of a digest that are shown.
const DIGEST_DIGITS: usize = 16;

/// Writes the section on domains.
pub fn write(record: &RunRecord, html: &mut Html) {
    let spread = &record.domain_spread;
    if spread.domains == 0 {
        return html.paragraph("The set holds no document.");
    }
    html.element("p", &[], |html| {
        html.counted(&Figure::count("/domain_spread/domains", spread.domains), "registered domain");
        html.text(". Of all documents the largest has ");
        part(record, html, "of_largest", spread.of_largest);
        html.text(", the ten largest have ");
        part(record, html, "of_largest_10", spread.of_largest_10);
        html.text(" and the hundred largest ");
        part(record, html, "of_largest_100", spread.of_largest_100);
        html.text(". ");
        html.leaf("code", &[], "domains.csv");
        html.text(" has all of them.");
    });
    table::write(html, &domains(record));
    table::write(html, &spread_table(record));
}

fn part(record: &RunRecord, html: &mut Html, field: &str, count: u64) {
    html.share("span", &[("class", "n")], &of_all(record, Figure::count(at(&["domain_spread", field]), count)));
}

fn domains(record: &RunRecord) -> Table {
    let row = |(place, domain): (usize, &DomainRecord)| {
        let figure =
            |field: &str, value: u64| Figure::count(at(&["top_domains", &place.to_string(), "amount", field]), value);
        let documents = figure("documents", domain.amount.documents);
        vec![
            Cell::Foreign(domain.domain.clone()),
            Cell::Figure(documents.clone()),
            Cell::Share(of_all(record, documents)),
            Cell::Figure(figure("text_bytes", domain.amount.text_bytes)),
        ]
    };
    Table {
        id: "domain-table",
        caption: "The registered domains with the most bytes of text",
        columns: vec![words("domain"), number("documents"), number("share"), number("bytes of text")],
        rows: record.top_domains.iter().enumerate().map(row).collect(),
    }
}

fn spread_table(record: &RunRecord) -> Table {
    let row = |(place, bucket): (usize, &DomainBucket)| {
        let at = |steps: &[&str]| at(&[&["domain_spread", "by_documents", &place.to_string()], steps].concat());
        let range = match bucket.from {
            1 => String::from("1"),
            from => format!("{} to {}", Figure::count("", from).words(), Figure::count("", 2 * from - 1).words()),
        };
        let documents = Figure::count(at(&["amount", "documents"]), bucket.amount.documents);
        vec![
            Cell::Text(range),
            Cell::Figure(Figure::count(at(&["domains"]), bucket.domains)),
            Cell::Figure(documents.clone()),
            Cell::Share(of_all(record, documents)),
        ]
    };
    Table {
        id: "spread-table",
        caption: "Domains by how many documents each gave",
        columns: vec![words("documents of a domain"), number("domains"), number("documents"), number("share")],
        rows: record.domain_spread.by_documents.iter().enumerate().map(row).collect(),
    }
}

/// Writes the section on inputs.
pub fn write_inputs(record: &RunRecord, html: &mut Html) {
    let bytes = record.inputs.iter().map(|input| input.bytes).sum();
    html.element("p", &[], |html| {
        html.counted(&Figure::count("/inputs/#", record.inputs.len() as u64), "file");
        html.text(" with ");
        html.counted(&Figure::count("/inputs/*/bytes", bytes), "byte");
        html.text(" gave the ");
        html.counted(&documents(record), "document");
        html.text(" of the set. ");
        if record.inputs.len() > INPUTS {
            html.text(&format!("The first {INPUTS} are listed here, all of them in "));
            html.leaf("code", &[], "manifest.json");
            html.text(". ");
        }
        html.text("Digests are shown by their first digits.");
    });
    let row = |(place, input): (usize, &InputRecord)| {
        let figure =
            |field: &str, value: u64| Cell::Figure(Figure::count(at(&["inputs", &place.to_string(), field]), value));
        vec![
            Cell::Foreign(input.path.clone()),
            figure("bytes", input.bytes),
            figure("records", input.records),
            figure("damaged", input.damaged),
            Cell::Code(input.sha256.chars().take(DIGEST_DIGITS).collect()),
        ]
    };
    let table = Table {
        id: "input-table",
        caption: "Crawl files",
        columns: vec![words("file"), number("bytes"), number("records"), number("damaged"), words("SHA-256")],
        rows: record.inputs.iter().take(INPUTS).enumerate().map(row).collect(),
    };
    table::write(html, &table);
}
