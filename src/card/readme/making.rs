//! How a set was made: the plan's stages, the funnel, the curve of deduplication, and what editors changed.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use crate::card::{escape, stages};
use crate::ledger::funnel::{counted, grouped, share};
use crate::ledger::run_record::{Cuts, RunRecord};
use crate::ledger::tally::StageTally;

/// Similarities for which the card tells how likely a pair is found.
const SIMILARITIES: [f64; 8] = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

/// The stages of the plan as the record has them.
pub fn plan(record: &RunRecord) -> impl Iterator<Item = (&str, &serde_json::Value)> {
    let stages = record.plan.stages.as_array().map(Vec::as_slice).unwrap_or_default();
    stages.iter().filter_map(|stage| Some((stage["name"].as_str()?, stage)))
}

/// The stages with what they do, their settings, and whose bounds these are.
pub fn stage_rows(record: &RunRecord) -> Vec<Value> {
    // That a list is empty by default says nothing to a reader.
    let is_empty = |default: &str| matches!(default, "[]" | "{}" | "\"\"" | "{ entries = [], files = [] }");
    let setting = |setting: stages::Setting| {
        let words = escape::code(&format!("{} = {}", setting.name, setting.value));
        match setting.default.filter(|default| !is_empty(default)) {
            Some(default) => format!("{words} (default {})", escape::code(&default)),
            None => words,
        }
    };
    let row = |(name, stage): (&str, &serde_json::Value)| {
        let about = stages::find(name);
        let settings: Vec<_> = stages::settings(&stage["stage"]).into_iter().map(setting).collect();
        context! {
            name => name,
            does => about.map_or("", |about| about.does),
            source => about.map_or("", |about| about.source),
            settings => settings,
        }
    };
    plan(record).map(row).collect()
}

/// What every stage saw, kept and dropped.
pub fn funnel(record: &RunRecord) -> Vec<Value> {
    let read = record.funnel.seen();
    let row = |stage: &StageTally| {
        let dropped = stage.dropped_total();
        let reasons: Vec<_> = stage
            .dropped
            .iter()
            .map(|(reason, count)| format!("{} {}", escape::code(reason), grouped(*count)))
            .collect();
        context! {
            name => &*stage.stage,
            seen => grouped(stage.seen),
            dropped => grouped(dropped),
            kept => grouped(stage.kept),
            share => share(stage.kept, read),
            reasons => reasons.join(", "),
        }
    };
    record.funnel.stages().iter().map(row).collect()
}

/// Probability that two documents become candidates if this share of their shingles is the same: they agree on all rows
/// of at least one band.
pub fn probability(similarity: f64, bands: u32, rows_per_band: u32) -> f64 {
    let exponent = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    1.0 - (1.0 - similarity.powi(exponent(rows_per_band))).powi(exponent(bands))
}

/// Bands and rows of a stage that compares by MinHash.
pub fn bands_and_rows(stage: &serde_json::Value) -> Option<(u32, u32)> {
    let settings = &stage["stage"]["dedup"]["minhash"];
    let number = |name: &str| u32::try_from(settings[name].as_u64()?).ok();
    Some((number("bands")?, number("rows_per_band")?))
}

/// Each stage that looks for near-duplicates, and how likely it finds a pair.
pub fn curves(record: &RunRecord) -> Vec<Value> {
    let curve = |(name, stage): (&str, &serde_json::Value)| {
        let (bands, rows) = bands_and_rows(stage)?;
        let settings = &stage["stage"]["dedup"]["minhash"];
        let points = SIMILARITIES.map(|similarity| {
            context! {
                similarity => format!("{similarity:.2}"),
                probability => format!("{:.4}", probability(similarity, bands, rows)),
            }
        });
        let verified = settings["verify"].as_str().filter(|verify| *verify != "none");
        Some(context! {
            stage => name,
            bands,
            rows,
            shingle_words => settings["shingle_words"].as_u64().unwrap_or_default(),
            similarity_min => verified.and_then(|_| settings["similarity_min"].as_f64()),
            even => format!("{:.2}", even_chance(bands, rows)),
            points => points.to_vec(),
        })
    };
    plan(record).filter_map(curve).collect()
}

/// The similarity at which a pair is found as often as not.
fn even_chance(bands: u32, rows_per_band: u32) -> f64 {
    (1.0 - 0.5_f64.powf(1.0 / f64::from(bands.max(1)))).powf(1.0 / f64::from(rows_per_band.max(1)))
}

/// What editors changed in the documents of the set, a row for each stage and thing.
pub fn edit_rows(record: &RunRecord) -> Vec<Value> {
    let edits = record.statistics.edits.iter();
    let rows = edits.flat_map(|(stage, edits)| {
        edits.counts.iter().map(move |(what, count)| {
            let documents = grouped(edits.documents);
            context! { stage => &**stage, documents => documents, what => &**what, count => grouped(*count) }
        })
    });
    rows.collect()
}

/// What was cut of lines that many documents hold.
pub fn cuts(cuts: &Cuts) -> Value {
    context! {
        documents_max => counted(cuts.documents_max.into(), "document"),
        lines => counted(cuts.lines, "line"),
        times => counted(cuts.times, "time"),
        documents => counted(cuts.documents, "document"),
        text_bytes => counted(cuts.text_bytes, "byte"),
    }
}

/// The stages that replace personal data.
pub fn masking_stages(record: &RunRecord) -> Vec<String> {
    let names = plan(record).map(|(name, _)| name);
    names.filter(|name| name.starts_with("edit.") && name.contains("personal_data")).map(str::to_owned).collect()
}

/// What was masked, by kind, over all stages that do.
pub fn masked(record: &RunRecord) -> Vec<Value> {
    let stages = masking_stages(record);
    let mut kinds = BTreeMap::<&str, u64>::new();
    let edits = record.statistics.edits.iter().filter(|(stage, _)| stages.contains(stage));
    for (what, count) in edits.flat_map(|(_, edits)| &edits.counts) {
        *kinds.entry(what).or_default() += count;
    }
    let row = |(kind, count): (&str, u64)| context! { kind => kind_words(kind), count => grouped(count) };
    kinds.into_iter().map(row).collect()
}

/// A kind of personal data, in words.
fn kind_words(kind: &str) -> String {
    let words = match kind {
        "email" => "e-mail addresses",
        "ip" => "internet addresses",
        "ipv4" => "internet addresses (IPv4)",
        "ipv6" => "internet addresses (IPv6)",
        "phone" => "telephone numbers",
        "iban" => "bank account numbers (IBAN)",
        "card" => "payment card numbers",
        "url" => "web addresses",
        other => return escape::cell(other),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::example;

    #[test]
    fn the_curve_is_that_of_the_formula() {
        let check = |similarity, bands, rows, expected: &str| {
            assert_eq!(format!("{:.4}", probability(similarity, bands, rows)), expected, "{similarity} {bands}x{rows}");
        };
        check(0.5, 14, 8, "0.0533");
        check(0.7, 14, 8, "0.5645");
        check(0.8, 14, 8, "0.9235");
        check(0.8, 9, 13, "0.3988");
        check(0.5, 20, 5, "0.4701");
        check(0.0, 14, 8, "0.0000");
        check(1.0, 1, 1, "1.0000");
        for (bands, rows, expected) in [(20, 5, "0.509"), (14, 8, "0.685"), (9, 13, "0.819")] {
            assert_eq!(format!("{:.3}", even_chance(bands, rows)), expected);
        }
    }

    #[test]
    fn a_plan_without_near_duplicates_has_no_curve() {
        assert!(curves(&example::bare()).is_empty());
        assert_eq!(curves(&example::rich()).len(), 1);
    }

    #[test]
    fn what_was_masked_is_counted_over_stages() {
        assert!(masked(&example::bare()).is_empty());
        let rows: Vec<String> = masked(&example::rich()).iter().map(ToString::to_string).collect();
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert!(rows[0].contains("e-mail addresses") && rows[0].contains('3'), "{rows:?}");
    }
}
