//! A few documents with what their verdicts rest on, and where their bytes are.
//!
//! All of this is text of other people's pages. It is escaped and clipped by [`Html`], its direction cannot reach the
//! text around it, and only addresses of the web become links.

use crate::card::page::figure::{Figure, at};
use crate::card::page::html::{Html, link_target};
use crate::ledger::run_record::RunRecord;
use crate::ledger::sample::{SampleEvidence, SampleRow};

/// Most characters of a title, of an address, of a text and of a value.
const TITLE_CHARS: usize = 160;
const ADDRESS_CHARS: usize = 200;
const TEXT_CHARS: usize = 281;
const VALUE_CHARS: usize = 200;
/// Languages whose codes of two letters help a browser to choose glyphs and hyphens; others are stated as they are.
const TWO_LETTERS: [(&str, &str); 20] = [
    ("ara", "ar"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("fas", "fa"),
    ("fra", "fr"),
    ("heb", "he"),
    ("hin", "hi"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("nld", "nl"),
    ("pol", "pl"),
    ("por", "pt"),
    ("rus", "ru"),
    ("spa", "es"),
    ("tur", "tr"),
    ("zho", "zh"),
];

/// Writes the section.
pub fn write(record: &RunRecord, html: &mut Html) {
    if record.samples.is_empty() {
        return html.paragraph("The set holds no document.");
    }
    html.paragraph(
        "These were chosen by the hashes of their ids, and by nothing else. Links lead to the web of today, which may \
         no longer say what the crawl saw.",
    );
    html.element("table", &[("class", "samples")], |html| {
        html.leaf("caption", &[], "Documents of the set, with the evidence for their licenses");
        html.element("thead", &[], |html| {
            html.element("tr", &[], |html| {
                ["document", "language and license", "evidence", "place"]
                    .into_iter()
                    .for_each(|heading| html.leaf("th", &[("scope", "col")], heading));
            });
        });
        html.element("tbody", &[], |html| {
            for (place, row) in record.samples.iter().enumerate() {
                html.element("tr", &[], |html| sample(html, place, row));
            }
        });
    });
}

fn sample(html: &mut Html, place: usize, row: &SampleRow) {
    html.element("th", &[("scope", "row")], |html| document(html, row));
    html.element("td", &[("data-label", "language and license")], |html| {
        line(html, "language", row.language.as_deref().unwrap_or("not found"));
        line(html, "license", row.license_spdx.as_deref().unwrap_or("none"));
        row.license_tier.iter().for_each(|tier| line(html, "tier", tier));
        row.reservation.iter().for_each(|word| line(html, "reservation", word));
    });
    html.element("td", &[("data-label", "evidence")], |html| {
        if row.evidence.is_empty() {
            html.leaf("span", &[("class", "aside")], "none");
        }
        row.evidence.iter().for_each(|evidence| write_evidence(html, evidence));
    });
    html.element("td", &[("data-label", "place")], |html| {
        let figure = |field: &str, value: u64| Figure::count(at(&["samples", &place.to_string(), field]), value);
        html.element("div", &[("class", "file")], |html| html.foreign(&row.file_path, ADDRESS_CHARS));
        number(html, "from byte", &figure("offset_bytes", row.offset_bytes));
        number(html, "bytes", &figure("length_bytes", row.length_bytes));
        number(html, "bytes of text", &figure("text_bytes", row.text_bytes));
        html.element("div", &[("class", "id")], |html| html.foreign(&row.id, ADDRESS_CHARS));
    });
}

fn document(html: &mut Html, row: &SampleRow) {
    let title = row.title.as_deref().filter(|title| !title.trim().is_empty());
    html.element("div", &[("class", "title")], |html| match title {
        Some(title) => html.foreign(title, TITLE_CHARS),
        None => html.leaf("span", &[("class", "aside")], "without a title"),
    });
    html.element("div", &[("class", "address")], |html| match link_target(&row.url) {
        Some(target) => {
            let attributes = [("href", &*target), ("rel", "noopener noreferrer nofollow")];
            html.element("a", &attributes, |html| html.foreign(&row.url, ADDRESS_CHARS));
        }
        None => html.foreign(&row.url, ADDRESS_CHARS),
    });
    html.leaf("div", &[("class", "aside")], &format!("captured {}", row.date));
    let language = row.language.as_deref().unwrap_or("und");
    let language = TWO_LETTERS.iter().find(|(three, _)| *three == language).map_or(language, |(_, two)| two);
    html.element("div", &[("class", "text"), ("dir", "auto"), ("lang", language)], |html| {
        html.foreign(&row.text_start, TEXT_CHARS);
    });
}

fn write_evidence(html: &mut Html, evidence: &SampleEvidence) {
    html.element("div", &[("class", "evidence")], |html| {
        html.leaf("code", &[], &evidence.kind);
        html.text(" in ");
        html.leaf("code", &[], &evidence.place);
        html.text(": ");
        html.foreign(&evidence.value, VALUE_CHARS);
        if !evidence.snippet.trim().is_empty() {
            html.element("div", &[("class", "snippet")], |html| html.foreign(&evidence.snippet, VALUE_CHARS));
        }
    });
}

fn line(html: &mut Html, name: &str, value: &str) {
    html.element("div", &[], |html| {
        html.leaf("span", &[("class", "aside")], name);
        html.text(" ");
        html.foreign(value, VALUE_CHARS);
    });
}

fn number(html: &mut Html, name: &str, figure: &Figure) {
    html.element("div", &[], |html| {
        html.leaf("span", &[("class", "aside")], name);
        html.text(" ");
        html.figure("span", &[("class", "n")], figure);
    });
}
