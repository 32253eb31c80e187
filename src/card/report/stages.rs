//! The plan: every stage in the order in which a document met it, with every setting.

use crate::card::page::figure::Figure;
use crate::card::page::html::{Html, clipped};
use crate::card::page::table::{self, Cell, Table, words};
use crate::ledger::run_record::RunRecord;
use crate::plan::describe;

/// Most characters of one stage's settings, which may hold lists; the run record has all of them.
const SETTINGS_CHARS: usize = 600;

/// Writes the section.
pub fn write(record: &RunRecord, html: &mut Html) {
    html.element("p", &[], |html| {
        html.text("The plan's digest is ");
        html.leaf("code", &[("class", "digest")], &record.plan.digest);
        html.text(", recipe version ");
        let version = record.plan.recipe_version;
        html.figure("span", &[], &Figure::count("/plan/recipe_version", version.into()));
        html.text(": the same inputs under the same plan give the same bytes.");
    });
    let stages = record.plan.stages.as_array().map(Vec::as_slice).unwrap_or_default();
    let row = |stage: &serde_json::Value| {
        let settings = describe::settings(&stage["stage"]);
        let settings: Vec<_> = settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let name = stage["name"].as_str().unwrap_or_default().to_owned();
        vec![Cell::Code(name), Cell::Code(clipped(&settings.join(", "), SETTINGS_CHARS))]
    };
    let table = Table {
        id: "stage-table",
        caption: "Stages and their settings",
        columns: vec![words("stage"), words("settings")],
        rows: stages.iter().map(row).collect(),
    };
    table::write(html, &table);
}
