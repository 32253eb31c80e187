//! A difference as sections of tables: what a terminal and a page show alike.

use super::funnels::{Counts, FunnelRow};
use super::plans::{InputDifference, PlanDifference};
use super::{Difference, FateCount, Group, RowCounts, Side};
use crate::ledger::funnel::{counted, grouped};

/// Most lines of a table; the rest is counted, and all of it is in the JSON.
const ROWS_MAX: usize = 50;

/// A part of what is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Sentences before the table.
    pub lines: Vec<String>,
    /// Heads of the columns; those from `numbers_from` on hold numbers.
    pub heads: Vec<&'static str>,
    /// Number of the first column of numbers.
    pub numbers_from: usize,
    /// Rows of as many cells.
    pub rows: Vec<Vec<String>>,
}

/// All sections, without those that have nothing to tell.
pub fn sections(difference: &Difference) -> Vec<Section> {
    let Difference { removed_by, added_from, domains, languages, tiers, .. } = difference;
    let mut sections = vec![sets(difference), rows(difference)];
    let columns: Vec<_> =
        difference.changed_columns.iter().map(|(name, rows)| vec![name.clone(), grouped(*rows)]).collect();
    sections.push(section("changed rows by column", &["column", "rows"], 1, columns));
    sections.push(section("rows removed, by what B says of them", &["stage", "reason", "rows"], 2, fates(removed_by)));
    sections.push(section("rows added, by what A says of them", &["stage", "reason", "rows"], 2, fates(added_from)));
    let heads = ["removed", "added", "changed"];
    let with = |first: &'static str| [&[first][..], &heads].concat();
    let mut domains = section("domains", &with("domain"), 1, groups(domains));
    if difference.domains_total > domains.rows.len() as u64 {
        let all = counted(difference.domains_total, "domain");
        domains.lines.push(format!("{all} in all; those with the most rows that differ:"));
    }
    sections.push(domains);
    sections.push(section("languages", &with("language"), 1, groups(languages)));
    sections.push(section("license tiers", &with("tier"), 1, groups(tiers)));
    let plan = difference.plan.iter().map(plan_row).collect();
    sections.push(section("plan", &["stage", "setting", "A", "B"], 4, plan));
    let inputs = difference.inputs.iter().map(input_row).collect();
    sections.push(section("inputs", &["input", "A", "B"], 3, inputs));
    sections.push(funnel(difference));
    sections.retain(|section| !section.rows.is_empty() || !section.lines.is_empty());
    sections
}

fn section(title: &str, heads: &[&'static str], numbers_from: usize, mut rows: Vec<Vec<String>>) -> Section {
    let more = rows.len().saturating_sub(ROWS_MAX);
    rows.truncate(ROWS_MAX);
    let lines = if more > 0 { vec![format!("{} more are in the JSON", grouped(more as u64))] } else { Vec::new() };
    Section { title: title.to_owned(), lines, heads: heads.to_vec(), numbers_from, rows }
}

fn sets(difference: &Difference) -> Section {
    let version = |side: &Side| side.version.clone().unwrap_or_else(|| String::from("-"));
    let row = |name: &str, of: &dyn Fn(&Side) -> String| vec![name.to_owned(), of(&difference.a), of(&difference.b)];
    let rows = vec![
        row("folder", &|side| side.folder.clone()),
        row("name", &|side| side.name.clone()),
        row("version", &version),
        row("made by", &|side| format!("gristmill {}", side.tool)),
        row("format", &|side| side.format.to_string()),
        row("plan", &|side| side.plan_digest.chars().take(12).collect()),
        row("documents", &|side| grouped(side.total.documents)),
        row("bytes of text", &|side| grouped(side.total.text_bytes)),
    ];
    let mut section = section("the two sets", &["", "A", "B"], 3, rows);
    if difference.taken_down {
        section.lines.push(String::from("B was made from A by a takedown"));
    }
    if difference.is_none() {
        section.lines.push(String::from("they are the same"));
    }
    section
}

fn rows(difference: &Difference) -> Section {
    let RowCounts { same, added, removed, changed } = difference.rows;
    let row = |name: &str, rows: u64| vec![name.to_owned(), grouped(rows)];
    let rows = vec![
        row("the same in both", same),
        row("only in A (removed)", removed),
        row("only in B (added)", added),
        row("in both, but not the same (changed)", changed),
    ];
    let mut section = section("rows", &["", "rows"], 1, rows);
    if !difference.not_compared.is_empty() {
        section.lines.push(format!("not compared, since only one has them: {}", difference.not_compared.join(", ")));
    }
    section
}

fn fates(fates: &[FateCount]) -> Vec<Vec<String>> {
    let row = |FateCount { stage, reason, rows }: &FateCount| {
        vec![stage.clone().unwrap_or_else(|| String::from("-")), reason.clone(), grouped(*rows)]
    };
    fates.iter().map(row).collect()
}

fn groups(groups: &[Group]) -> Vec<Vec<String>> {
    let row = |Group { name, added, removed, changed }: &Group| {
        vec![name.clone(), grouped(*removed), grouped(*added), grouped(*changed)]
    };
    groups.iter().map(row).collect()
}

fn plan_row(difference: &PlanDifference) -> Vec<String> {
    let PlanDifference { stage, setting, a, b } = difference;
    let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| String::from("-"));
    vec![stage.clone(), setting.clone().unwrap_or_default(), or_dash(a), or_dash(b)]
}

fn input_row(input: &InputDifference) -> Vec<String> {
    let words = |digest: &Option<String>| match digest {
        Some(digest) => digest.chars().take(12).collect(),
        None => String::from("not read"),
    };
    vec![input.path.clone(), words(&input.a), words(&input.b)]
}

fn funnel(difference: &Difference) -> Section {
    let mut rows = Vec::new();
    let number =
        |counts: Option<Counts>, of: fn(Counts) -> u64| counts.map_or(String::from("-"), |counts| grouped(of(counts)));
    for FunnelRow { stage, a, b, reasons } in &difference.funnel {
        let dropped = |counts: Option<Counts>| number(counts, |counts| counts.dropped);
        let kept = |counts: Option<Counts>| number(counts, |counts| counts.kept);
        rows.push(vec![stage.clone(), dropped(*a), dropped(*b), kept(*a), kept(*b)]);
        for reason in reasons {
            let name = format!("  {}", reason.reason);
            rows.push(vec![name, grouped(reason.a), grouped(reason.b), String::new(), String::new()]);
        }
    }
    let heads = vec!["stage", "dropped A", "dropped B", "kept A", "kept B"];
    Section { title: String::from("funnel"), lines: Vec::new(), heads, numbers_from: 1, rows }
}
