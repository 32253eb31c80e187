//! What could not be read, what was odd and lost nothing, and what the crawler had cut.

use super::by_count;
use crate::card::page::figure::{Figure, Share, at};
use crate::card::page::html::Html;
use crate::card::page::table::{self, Cell, Table, number, words};
use crate::ledger::run_record::{RunRecord, is_damage};

/// Writes the section.
pub fn write(record: &RunRecord, html: &mut Html) {
    let damaged = record.inputs.iter().map(|input| input.damaged).sum();
    html.element("p", &[], |html| {
        let damaged = Figure::count("/inputs/*/damaged", damaged);
        html.counted(&damaged, "record");
        html.text(" of the inputs could not be read. The crawler had cut the payloads of ");
        let truncated = Figure::count("/statistics/truncated", record.statistics.truncated);
        html.counted(&truncated, "document");
        html.text(" of the set; the column ");
        html.leaf("code", &[], "truncated");
        html.text(" says why.");
    });
    table::write(html, &damage(record));
    table::write(html, &repairs(record));
}

fn damage(record: &RunRecord) -> Table {
    let whole = Figure::count("/funnel/0/seen", record.funnel.seen());
    let first = record.funnel.stages().first();
    let reasons = first.into_iter().flat_map(|stage| by_count(&stage.dropped)).filter(|(reason, _)| is_damage(reason));
    let row = |(reason, count): (&str, u64)| {
        let part = Figure::count(at(&["funnel", "0", "dropped", reason]), count);
        let share = Share { part: part.clone(), whole: whole.clone() };
        vec![Cell::Code(reason.to_owned()), Cell::Figure(part), Cell::Share(share)]
    };
    Table {
        id: "damage-table",
        caption: "Records that could not be read",
        columns: vec![words("reason"), number("records"), number("of all")],
        rows: reasons.map(row).collect(),
    }
}

fn repairs(record: &RunRecord) -> Table {
    let row = |(kind, count): (&str, u64)| {
        let figure = Figure::count(at(&["repairs", kind]), count);
        vec![Cell::Code(kind.to_owned()), Cell::Figure(figure)]
    };
    Table {
        id: "repair-table",
        caption: "Oddities of the files that lost nothing",
        columns: vec![words("kind"), number("times")],
        rows: by_count(&record.repairs).into_iter().map(row).collect(),
    }
}
