//! Run record -> the documents that describe a set. Pure functions: no file, no clock, no number typed by a person.

pub mod attestation;
pub mod bom;
pub mod citation;
pub mod columns;
pub mod croissant;
pub mod domains;
pub mod each;
pub mod escape;
pub mod eu_summary;
pub mod example;
pub mod histograms;
pub mod jinja;
pub mod languages;
pub mod named;
pub mod page;
pub mod readme;
pub mod removals;
pub mod report;
pub mod responsible;
pub mod spdx;
pub mod stages;
pub mod stated;
pub mod sums;
pub mod visible;

use crate::ledger::run_record::{FileRecord, RunRecord};
use crate::plan::config::ExtraCard;

/// One document that describes a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its path below the set's folder.
    pub path: String,
    /// What it says.
    pub content: String,
}

/// All cards of a set whose record lies there as the file `manifest`, `SHA256SUMS` last: the same bytes for the same
/// record.
pub fn all(record: &RunRecord, manifest: &FileRecord) -> Vec<Card> {
    let card = |path: &str, content: String| Card { path: path.to_owned(), content };
    let mut cards = vec![card("eu-training-summary.md", eu_summary::render(record))];
    cards.push(card("croissant.json", croissant::render(record, manifest)));
    cards.push(card("bom.cdx.json", bom::render(record, manifest)));
    cards.push(card("provenance.intoto.json", attestation::render(record, manifest)));
    if asks_for(record, ExtraCard::Spdx) {
        cards.push(card("spdx.json", spdx::render(record, manifest)));
    }
    if asks_for(record, ExtraCard::Citation) {
        cards.push(card("CITATION.cff", citation::cff(record)));
    }
    cards.push(card("report.html", report::render(record)));
    // The data card lists the others, so it is made when they are known.
    let beside: Vec<&str> = cards.iter().map(|card| card.path.as_str()).collect();
    let readme = readme::render(record, &beside);
    cards.insert(0, card("README.md", readme));
    let sums = sums::render(record, manifest, &cards);
    cards.push(card("SHA256SUMS", sums));
    cards
}

/// Whether the plan asks for a card that not every set has.
fn asks_for(record: &RunRecord, card: ExtraCard) -> bool {
    let asked = record.plan.output["extra_cards"].as_array();
    asked.is_some_and(|asked| asked.contains(&serde_json::json!(card)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::example;

    #[test]
    fn cards_on_request_are_there_on_request() {
        let paths = |record: &RunRecord| -> Vec<String> {
            all(record, &sums::manifest(record)).into_iter().map(|card| card.path).collect()
        };
        let mut record = example::record();
        assert!(!paths(&record).contains(&String::from("spdx.json")));
        record.plan.output["extra_cards"] = serde_json::json!(["spdx"]);
        let paths = paths(&record);
        assert!(paths.contains(&String::from("spdx.json")));
        assert_eq!(paths.last().map(String::as_str), Some("SHA256SUMS"));
    }
}
