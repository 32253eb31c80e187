//! What was done to documents beyond keeping and dropping: duplicates removed, lines cut, texts edited, data masked.

use crate::card::page::figure::{Figure, Share, at};
use crate::card::page::html::Html;
use crate::card::page::table::{self, Cell, Table, number, words};
use crate::ledger::run_record::{Cuts, RunRecord};
use crate::ledger::tally::StageTally;

/// Writes the section.
pub fn write(record: &RunRecord, html: &mut Html) {
    html.leaf("h3", &[], "Duplicates");
    duplicates(record, html);
    if let Some(cuts) = &record.cuts {
        html.leaf("h3", &[], "Lines that many documents hold");
        html.element("p", &[], |html| write_cuts(cuts, html));
    }
    html.leaf("h3", &[], "Edits and personal data");
    edits(record, html);
}

fn duplicates(record: &RunRecord, html: &mut Html) {
    let stages = record.funnel.stages().iter().enumerate();
    let stages: Vec<_> = stages.filter(|(_, stage)| stage.stage.starts_with("dedup.")).collect();
    if stages.is_empty() {
        return html.paragraph("The plan removes no duplicates.");
    }
    let rows = stages.into_iter().flat_map(|(place, stage)| {
        super::by_count(&stage.dropped)
            .into_iter()
            .map(move |(reason, count)| duplicate_row(place, stage, reason, count))
    });
    let table = Table {
        id: "duplicate-table",
        caption: "Documents removed as duplicates",
        columns: vec![words("reason"), number("documents"), number("seen by the stage"), number("share")],
        rows: rows.collect(),
    };
    if table.rows.is_empty() {
        return html.paragraph("No duplicate was found.");
    }
    table::write(html, &table);
    let pairs = record.pairs.iter().map(|file| file.rows).sum();
    html.element("p", &[("class", "note")], |html| {
        html.leaf("code", &[], "dedup/");
        html.text(" has ");
        html.counted(&Figure::count("/pairs/*/rows", pairs), "row");
        html.text(", each of which names a duplicate, the document that stands for it, and how alike the two are.");
    });
}

fn duplicate_row(place: usize, stage: &StageTally, reason: &str, count: u64) -> Vec<Cell> {
    let place = place.to_string();
    let part = Figure::count(at(&["funnel", &place, "dropped", reason]), count);
    let whole = Figure::count(at(&["funnel", &place, "seen"]), stage.seen);
    let share = Share { part: part.clone(), whole: whole.clone() };
    vec![Cell::Code(reason.to_owned()), Cell::Figure(part), Cell::Figure(whole), Cell::Share(share)]
}

fn write_cuts(cuts: &Cuts, html: &mut Html) {
    let figure = |field: &str, value: u64| Figure::count(at(&["cuts", field]), value);
    html.text("Lines that stood in more than ");
    html.counted(&figure("documents_max", cuts.documents_max.into()), "document");
    html.text(" were cut from all of them: ");
    html.counted(&figure("lines", cuts.lines), "line");
    html.text(", ");
    html.counted(&figure("times", cuts.times), "time");
    html.text(" out of ");
    html.counted(&figure("documents", cuts.documents), "document");
    html.text(", ");
    html.counted(&figure("text_bytes", cuts.text_bytes), "byte");
    html.text(" of text.");
}

fn edits(record: &RunRecord, html: &mut Html) {
    let stages = record.plan.stages.as_array().map(Vec::as_slice).unwrap_or_default();
    let names = stages.iter().filter_map(|stage| stage["name"].as_str());
    let masks = names.clone().any(|name| name.starts_with("edit.") && name.contains("personal_data"));
    if !names.clone().any(|name| name.starts_with("edit.")) {
        return html.paragraph("The plan edits no text. Personal data in the texts was not masked.");
    }
    html.paragraph(if masks {
        "Personal data is told by its form: names, postal addresses and numbers in national form are still there."
    } else {
        "Personal data in the texts was not masked."
    });
    let rows = record.statistics.edits.iter().flat_map(|(stage, edits)| {
        super::by_count(&edits.counts).into_iter().map(move |(what, count)| {
            let at = |steps: &[&str]| at(&[&["statistics", "edits", stage], steps].concat());
            vec![
                Cell::Code(stage.clone()),
                Cell::Text(what.replace('_', " ")),
                Cell::Figure(Figure::count(at(&["counts", what]), count)),
                Cell::Figure(Figure::count(at(&["documents"]), edits.documents)),
            ]
        })
    });
    let table = Table {
        id: "edit-table",
        caption: "What editors changed in the documents of the set",
        columns: vec![words("stage"), words("what"), number("times"), number("documents changed by the stage")],
        rows: rows.collect(),
    };
    if table.rows.is_empty() {
        return html.paragraph("Nothing was changed in the documents of the set.");
    }
    table::write(html, &table);
}
