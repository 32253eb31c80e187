//! What was taken out of a set after it was made, for the cards.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::ledger::funnel::{counted, grouped};
use crate::ledger::removal::RuleKind;
use crate::ledger::run_record::RunRecord;

/// A section in Markdown, ended by a line break; none of a set of which nothing was taken out.
///
/// It counts by takedown and kind of rule: the rules themselves are in the run record, and no card repeats what was to go.
pub fn section(record: &RunRecord) -> Option<String> {
    let previous = record.previous.as_ref()?;
    let mut out = String::from("## Removals\n\n");
    write!(
        out,
        "This version was made from an earlier one{} with {}, whose `manifest.json` has the SHA-256 `{}`.\n\n",
        previous.version.as_ref().map(|version| format!(" (`{}`)", version.replace('`', "'"))).unwrap_or_default(),
        counted(previous.documents, "document"),
        previous.manifest_sha256,
    )
    .expect("a string takes all");
    out += "| takedown | date | rules | kind | rows | bytes of text | texts of dropped documents |\n";
    out += "|--:|---|--:|---|--:|--:|--:|\n";
    let mut rows: BTreeMap<(u32, RuleKind), (&str, [u64; 4])> = BTreeMap::new();
    for removal in &record.removals {
        let date = removal.date.as_deref().unwrap_or("not stated");
        let (_, sums) = rows.entry((removal.takedown, removal.kind)).or_insert((date, [0; 4]));
        let more = [1, removal.rows, removal.text_bytes, removal.dropped_texts];
        sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }
    for ((takedown, kind), (date, sums)) in rows {
        let [rules, rows, bytes, texts] = sums.map(grouped);
        writeln!(out, "| {takedown} | {date} | {rules} | {} | {rows} | {bytes} | {texts} |", kind.as_str())
            .expect("a string takes all");
    }
    out += "\n`removals/` lists what went by id and digest, and documents that are nearly the same and still here.\n";
    if let Some(limit) = limit(record) {
        writeln!(out, "{limit}").expect("a string takes all");
    }
    Some(out)
}

/// What the record no longer tells since rows went, as a sentence for the known limits.
pub fn limit(record: &RunRecord) -> Option<String> {
    let names: Vec<_> = record.not_recomputed.iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| {
        format!(
            "Left out since no column holds what they were counted from: {}; the first version has them.",
            names.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_as_it_was_made_has_no_such_section() {
        let record: RunRecord = serde_json::from_value(serde_json::json!({
            "format": 3, "tool": {"name": "gristmill", "version": "0"}, "name": "x",
            "plan": {"digest": "", "recipe_version": 1, "stages": [], "output": {}}, "inputs": [], "shards": [],
            "ledger": [], "dropped": [], "pairs": [], "tables": [], "funnel": [], "repairs": {},
            "statistics": {"total": {"documents": 0, "text_bytes": 0}, "languages": {}, "language_tiers": {}, "tiers": {},
                "licenses": {}, "years": {}, "reservations": {}, "truncated": 0}, "top_domains": [],
        }))
        .expect("a record of a run");
        assert_eq!((section(&record), limit(&record)), (None, None));
    }
}
