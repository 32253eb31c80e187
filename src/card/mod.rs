//! Run record -> the documents that describe a set. Pure functions: no file, no clock, no number typed by a person.

pub mod attestation;
pub mod bom;
pub mod columns;
pub mod croissant;
pub mod domains;
pub mod each;
pub mod histograms;
pub mod named;
pub mod readme;
pub mod responsible;
pub mod stated;
pub mod sums;
pub mod visible;

use crate::ledger::run_record::RunRecord;

/// One document that describes a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its path below the set's folder.
    pub path: String,
    /// What it says.
    pub content: String,
}

/// All cards of a set, `SHA256SUMS` last: the same bytes for the same record.
pub fn all(record: &RunRecord) -> Vec<Card> {
    let card = |path: &str, content: String| Card { path: path.to_owned(), content };
    let mut cards = vec![card("README.md", readme::render(record))];
    cards.push(card("croissant.json", croissant::render(record)));
    cards.push(card("bom.cdx.json", bom::render(record)));
    cards.push(card("provenance.intoto.json", attestation::render(record)));
    let sums = sums::render(record, &cards);
    cards.push(card("SHA256SUMS", sums));
    cards
}
