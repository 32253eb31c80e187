//! What the record says of the rows, counted anew from the rows: statistics, figures, domains, tokens, samples, tables.
//!
//! Quality figures and what editors changed stand in no published column. They are not counted anew, which is said.

use serde_json::{Map, Value, json};

use super::Set;
use super::difference::{Strictness, differences};
use super::report::{Check, Checked, Findings};
use super::rows::Scanned;
use crate::card::{domains, histograms};
use crate::document::quality;
use crate::engine::checkpoint::read_whole;
use crate::ledger::figures::DomainSpread;
use crate::ledger::funnel::grouped;
use crate::ledger::run_record::MANIFEST;
use crate::ledger::tokens::totals;

/// Fields of the record that the rows give.
const FIELDS: [&str; 6] = ["statistics", "figures", "tokens", "domain_spread", "top_domains", "samples"];

/// Checks all of it.
pub fn check(set: &Set<'_>, scanned: &Scanned) -> Checked {
    if !scanned.is_whole {
        return Checked::skipped(Check::Statistics, "not every row can be read");
    }
    let mut findings = Findings::default();
    let published = select(&set.manifest.json);
    let found = select(&recomputed(set, scanned));
    let strictness = if set.is_present() { Strictness::Exact } else { Strictness::Older };
    for difference in differences(&published, &found, strictness) {
        findings.of_file(MANIFEST, difference);
    }
    let statistics = &scanned.statistics;
    let spread = DomainSpread::of(statistics.domains.values());
    let tables = [
        ("domains.csv", domains::render(statistics), false),
        ("statistics.csv", histograms::render(&statistics.figures, &spread).0, true),
    ];
    for (name, wanted, with_quality) in tables {
        if let Some(difference) = table_difference(set, name, &wanted, with_quality) {
            findings.of_file(name, difference);
        }
    }
    let words = format!("of {} rows, counted anew", grouped(statistics.total.documents));
    let left_out = "quality figures and counts of edits stand in no column and were not counted anew";
    let has_those = set.manifest.json.pointer("/statistics/edits").is_some()
        || set.record().figures.iter().any(|figure| is_quality(&figure.figure));
    Checked::new(Check::Statistics, words, findings).note_if(has_those.then_some(left_out))
}

/// The record's fields, as the rows give them.
fn recomputed(set: &Set<'_>, scanned: &Scanned) -> Value {
    let (record, statistics) = (set.record(), &scanned.statistics);
    let mut found = json!({
        "statistics": statistics,
        "figures": statistics.figures.records(),
        "domain_spread": DomainSpread::of(statistics.domains.values()),
        "top_domains": domains::top(statistics, record.top_domains.len().max(domains::TOP_DOMAINS)),
        "samples": statistics.samples.rows(),
    });
    if let Some(tokens) = &record.tokens {
        let (total, languages) = totals(&statistics.tokens, statistics.total, &statistics.languages);
        let tokens = crate::ledger::tokens::TokensRecord { total, languages, ..tokens.clone() };
        found["tokens"] = json!(tokens);
    }
    found
}

/// The fields that the rows give, without what they do not.
fn select(record: &Value) -> Value {
    let fields = FIELDS.iter().filter_map(|name| Some(((*name).to_owned(), record.get(*name)?.clone())));
    let mut selected: Map<String, Value> = fields.collect();
    if let Some(Value::Object(statistics)) = selected.get_mut("statistics") {
        statistics.remove("edits");
    }
    if let Some(Value::Array(figures)) = selected.get_mut("figures") {
        figures.retain(|figure| figure.get("figure").and_then(Value::as_str).is_none_or(|name| !is_quality(name)));
    }
    Value::Object(selected)
}

fn is_quality(figure: &str) -> bool {
    quality::KEPT.contains(&figure) || figure == "words" || figure == "lines"
}

/// Where a table of the set differs from the one that the rows give, line by line.
fn table_difference(set: &Set<'_>, name: &str, wanted: &str, with_quality: bool) -> Option<String> {
    set.record().tables.iter().find(|table| table.path == name)?;
    let bytes = match read_whole(set.store, &set.root.join(name)) {
        Ok(bytes) => bytes,
        Err(error) => return Some(error.to_string()),
    };
    let published = String::from_utf8_lossy(&bytes);
    let of_rows = |line: &&str| !with_quality || !line.split(',').next().is_some_and(is_quality);
    let (mut lines, mut wanted) = (published.lines().filter(of_rows), wanted.lines().filter(of_rows));
    let mut number = 0;
    loop {
        number += 1;
        match (lines.next(), wanted.next()) {
            (None, None) => return None,
            (found, wanted) if found == wanted => {}
            (Some(found), Some(wanted)) => return Some(format!("line {number} is {found}; the rows give {wanted}")),
            (Some(found), None) => return Some(format!("line {number} is {found}; the rows give no such line")),
            (None, Some(wanted)) => return Some(format!("line {number}, {wanted}, is missing")),
        }
    }
}
