//! What can be said of how a set was gathered, annotated, masked and biased: sentences whose figures are computed.
//!
//! They follow the questions of the Croissant RAI vocabulary 1.0. A question that neither the record nor the set's maker
//! answers has no sentence.

use std::collections::BTreeMap;

use serde_json::Value;

use super::visible;
use crate::ledger::amount::Amount;
use crate::ledger::funnel::{counted, grouped, share};
use crate::ledger::run_record::{RunRecord, is_damage};
use crate::ledger::sample::start_of;
use crate::plan::describe;

/// Languages, scripts and domains that are compared by name.
const COMPARED: usize = 10;

/// What was read, and what was taken of it.
pub fn collection(record: &RunRecord) -> String {
    format!(
        "{} were read out of {}; {} of them held pages. By the plan with the digest {}, {} {} took {} into \
         the set. No page was fetched for it.",
        counted(record.funnel.seen(), "record"),
        counted(record.inputs.len() as u64, "crawl file"),
        grouped(record.crawl.pages),
        record.plan.digest,
        record.tool.name,
        record.tool.version,
        counted(record.statistics.total.documents, "document"),
    )
}

/// What the set was made from.
pub fn raw_data(record: &RunRecord) -> String {
    let bytes: u64 = record.inputs.iter().map(|input| input.bytes).sum();
    format!(
        "{} with {} bytes, named with their SHA-256 in manifest.json. The columns file_path, warc_record_offset and \
         warc_record_length name the record that a row was made from.",
        counted(record.inputs.len() as u64, "crawl file"),
        grouped(bytes)
    )
}

/// What is missing: damage, cut payloads, facts that were not found.
pub fn missing(record: &RunRecord) -> String {
    let statistics = &record.statistics;
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for (reason, count) in record.funnel.stages().iter().flat_map(|stage| &stage.dropped) {
        if is_damage(reason) {
            *reasons.entry(reason).or_default() += count;
        }
    }
    let damaged = counted(record.inputs.iter().map(|input| input.damaged).sum(), "record");
    let listed: Vec<_> = reasons.iter().map(|(reason, count)| format!("{reason} {}", grouped(*count))).collect();
    let listed = if listed.is_empty() { String::new() } else { format!(" ({})", listed.join(", ")) };
    let no_language = statistics.languages.get("und").copied().unwrap_or_default().documents;
    format!(
        "{damaged} could not be read{listed}. The crawler had cut the payload of {}. No language was found of {}.",
        counted(statistics.truncated, "document"),
        counted(no_language, "document"),
    )
}

/// Each stage with its settings, and what it did; a long setting is cut.
pub fn preprocessing(record: &RunRecord) -> Vec<String> {
    let tallies: BTreeMap<&str, _> = record.funnel.stages().iter().map(|tally| (&*tally.stage, tally)).collect();
    let sentence = |stage: &Value| {
        let name = stage["name"].as_str().unwrap_or_default();
        let settings: Vec<_> = settings(stage).collect();
        let settings = if settings.is_empty() { String::new() } else { format!(" ({})", settings.join(", ")) };
        match tallies.get(name) {
            Some(tally) => format!(
                "{name}{settings}: dropped {} of {}.",
                grouped(tally.dropped_total()),
                counted(tally.seen, "record")
            ),
            None => format!("{name}{settings}."),
        }
    };
    stages(record).map(sentence).collect()
}

/// What was changed in the texts of the set.
pub fn manipulation(record: &RunRecord) -> String {
    let edits = record.statistics.edits.iter().map(|(stage, edits)| {
        let counts: Vec<_> = edits.counts.iter().map(|(what, count)| format!("{what} {}", grouped(*count))).collect();
        format!("{stage} changed {}: {}.", counted(edits.documents, "document"), visible::line(&counts.join(", ")))
    });
    let mut sentences: Vec<_> = edits.collect();
    if let Some(cuts) = &record.cuts {
        sentences.push(format!(
            "Lines that stood in more than {} were cut: {} out of {}.",
            counted(cuts.documents_max.into(), "document"),
            counted(cuts.lines, "line"),
            counted(cuts.documents, "document"),
        ));
    }
    if sentences.is_empty() {
        return String::from("No text was changed after it was extracted.");
    }
    sentences.join(" ")
}

/// Which annotators ran, each with its settings.
pub fn annotation_tools(record: &RunRecord) -> Vec<String> {
    let annotators = stages(record).filter_map(|stage| Some((stage, stage["name"].as_str()?)));
    let annotators = annotators.filter(|(_, name)| name.starts_with("annotate."));
    annotators
        .map(|(stage, name)| {
            let settings: Vec<_> = settings(stage).collect();
            let model = stage["model"]["digest"].as_str().map(|digest| format!(", model {digest}")).unwrap_or_default();
            let tool = &record.tool;
            format!("{} {} {name} ({}{model})", tool.name, tool.version, settings.join(", "))
        })
        .collect()
}

/// What was done about personal data.
pub fn personal_data(record: &RunRecord) -> Vec<String> {
    let mut sentences = Vec::new();
    let stages = stages(record).filter_map(|stage| stage["name"].as_str());
    for stage in stages.filter(|name| name.starts_with("edit.") && name.contains("personal_data")) {
        let edits = record.statistics.edits.get(stage).cloned().unwrap_or_default();
        let kinds: Vec<_> = edits.counts.iter().map(|(kind, count)| format!("{kind} {}", grouped(*count))).collect();
        let kinds = if kinds.is_empty() { String::from("nothing") } else { kinds.join(", ") };
        sentences.push(format!(
            "{stage} replaced in {} of the set: {}. It tells values by their form, so names, postal addresses and \
             numbers in national form are still there.",
            counted(edits.documents, "document"),
            visible::line(&kinds),
        ));
    }
    if sentences.is_empty() {
        sentences.push(String::from("Personal data in the text was not masked."));
    }
    sentences
        .push(String::from("The columns url, title, author and license_evidence hold what pages state, unmasked."));
    sentences
}

/// How far the set is from what was read, and how it is spread.
pub fn biases(record: &RunRecord) -> Vec<String> {
    let statistics = &record.statistics;
    let crawl = &record.crawl;
    let mut sentences = Vec::new();
    let tables = [
        ("Languages", &statistics.languages, &crawl.languages),
        ("Scripts", &statistics.scripts, &crawl.scripts),
        ("Top-level domains", &statistics.tlds, &crawl.tlds),
        ("Years of capture", &statistics.years, &crawl.years),
    ];
    for (what, set, pages) in tables {
        sentences.extend(comparison(what, set, statistics.total.documents, pages));
    }
    let spread = &record.domain_spread;
    if spread.domains > 0 {
        let documents = statistics.total.documents;
        sentences.push(format!(
            "Domains: {}; the largest gave {} of the documents, the ten largest {}, the hundred largest {}.",
            counted(spread.domains, "registered domain"),
            share(spread.of_largest, documents),
            share(spread.of_largest_10, documents),
            share(spread.of_largest_100, documents),
        ));
    }
    sentences
}

/// The largest of a kind in the set, each with its share and with its share among what was read.
fn comparison(
    what: &str,
    set: &BTreeMap<String, Amount>,
    documents: u64,
    pages: &BTreeMap<String, u64>,
) -> Option<String> {
    let mut largest: Vec<_> = set.iter().collect();
    largest.sort_by_key(|(name, amount)| (std::cmp::Reverse(amount.documents), *name));
    let all: u64 = pages.values().sum();
    let row = |(name, amount): &(&String, &Amount)| {
        let read = pages.get(*name).copied().unwrap_or_default();
        let name = visible::line(name);
        match all {
            0 => format!("{name} {}", share(amount.documents, documents)),
            _ => format!("{name} {} (of what was read {})", share(amount.documents, documents), share(read, all)),
        }
    };
    let rows: Vec<_> = largest.iter().take(COMPARED).map(row).collect();
    (!rows.is_empty()).then(|| format!("{what}, by documents: {}.", rows.join(", ")))
}

/// What the set cannot be trusted with.
pub fn limitations(record: &RunRecord) -> Vec<String> {
    let statistics = &record.statistics;
    let mut sentences = vec![String::from(
        "Licenses are what pages state about their text, as a machine read it: findings with evidence, no legal advice.",
    )];
    let tiers: Vec<_> =
        statistics.tiers.iter().map(|(tier, amount)| format!("{tier} {}", grouped(amount.documents))).collect();
    if !tiers.is_empty() {
        sentences.push(format!("Documents by license tier: {}.", visible::line(&tiers.join(", "))));
    }
    let expected = record.figures.iter().find(|figure| figure.figure == "extraction_expected_f1");
    sentences.push(match expected {
        Some(figure) => format!(
            "Main text was told from navigation and advertising by a program, which expects an F1 of {:.2} on average.",
            figure.mean
        ),
        None => String::from("Main text was told from navigation and advertising by a program."),
    });
    sentences.extend(record.about.misuses.iter().map(|misuses| format!("Not meant for: {}", visible::lines(misuses))));
    sentences
}

fn stages(record: &RunRecord) -> impl Iterator<Item = &Value> {
    record.plan.stages.as_array().into_iter().flatten()
}

fn settings(stage: &Value) -> impl Iterator<Item = String> {
    let settings = describe::settings(&stage["stage"]);
    settings.into_iter().map(|(name, value)| format!("{name} = {}", visible::line(&start_of(&value))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::example;

    #[test]
    fn sentences_have_the_figures_of_the_record() {
        let record = example::record();
        let collected = "6 records were read out of 2 crawl files; 4 of them held pages.";
        assert!(collection(&record).starts_with(collected), "{}", collection(&record));
        assert_eq!(
            missing(&record),
            "1 record could not be read (warc.cut_member 1). The crawler had cut the payload of 1 document. \
             No language was found of 0 documents."
        );
        assert_eq!(preprocessing(&record)[4], "filter.length (words_min = 50): dropped 1 of 4 records.");
        assert_eq!(manipulation(&record), "edit.personal_data changed 1 document: email 2.");
        assert!(annotation_tools(&record)[0].contains("gristmill 0.1.0 annotate.language (model = \"models/lid.ftz\""));
        assert!(
            personal_data(&record)[0].starts_with("edit.personal_data replaced in 1 document of the set: email 2.")
        );
        assert_eq!(
            biases(&record)[0],
            "Languages, by documents: eng 66.7 % (of what was read 75.0 %), deu 33.3 % (of what was read 25.0 %)."
        );
    }

    #[test]
    fn what_was_not_done_is_said() {
        let mut record = example::record();
        record.statistics.edits.clear();
        record.plan.stages = Value::Array(Vec::new());
        assert_eq!(manipulation(&record), "No text was changed after it was extracted.");
        assert_eq!(personal_data(&record)[0], "Personal data in the text was not masked.");
        assert!(annotation_tools(&record).is_empty());
    }
}
