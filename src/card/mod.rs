//! Run record -> the documents that describe a set. Pure functions: no file, no clock, no number typed by a person.

pub mod domains;
pub mod histograms;
pub mod readme;
pub mod sums;

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
    let sums = sums::render(record, &cards);
    cards.push(card("SHA256SUMS", sums));
    cards
}
