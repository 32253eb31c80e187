//! A few documents of a set to look at, chosen by the hashes of their ids: the same ones in any order of the work.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// How many documents are kept.
pub const SAMPLES: usize = 12;
/// Most characters of the text that are shown, and of other texts.
pub const TEXT_CHARS_MAX: usize = 280;
/// Most pieces of evidence that are shown.
pub const EVIDENCE_MAX: usize = 3;

/// One document as a card shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct SampleRow {
    /// `WARC-Record-ID`.
    pub id: String,
    /// Target URI.
    pub url: String,
    /// `WARC-Date`.
    pub date: String,
    /// The input it was made from.
    pub file_path: String,
    /// Where the record begins in that file, in bytes.
    pub offset_bytes: u64,
    /// Length of the record there, in bytes.
    pub length_bytes: u64,
    /// Title, if there is one.
    pub title: Option<String>,
    /// ISO 639-3, if a language was found.
    pub language: Option<String>,
    /// License tier, if rights were asked for.
    pub license_tier: Option<String>,
    /// SPDX expression, if there is one.
    pub license_spdx: Option<String>,
    /// What the verdict on the license rests on, strongest first.
    pub evidence: Vec<SampleEvidence>,
    /// Whether rights are reserved, if that was asked for.
    pub reservation: Option<String>,
    /// Bytes of the whole text in UTF-8.
    pub text_bytes: u64,
    /// How the text begins.
    pub text_start: String,
}

/// One piece of evidence as a card shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct SampleEvidence {
    /// How the license is stated.
    pub kind: String,
    /// Where on the page that stands.
    pub place: String,
    /// As written.
    pub value: String,
    /// Text around it.
    pub snippet: String,
}

/// The documents with the smallest hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Samples(BTreeMap<(u64, String), SampleRow>);

impl Samples {
    /// Takes the document of this id if it is one of those to look at; `row` is asked for only then.
    pub fn offer(&mut self, id: &str, row: impl FnOnce() -> SampleRow) {
        let hash = xxh3_64(id.as_bytes());
        let is_small = self.0.last_key_value().is_none_or(|((last, _), _)| hash <= *last);
        if self.0.len() < SAMPLES || is_small {
            self.0.insert((hash, id.to_owned()), row());
            self.cut();
        }
    }

    /// Those of both.
    pub fn merge(&mut self, other: &Self) {
        self.0.extend(other.0.iter().map(|(key, row)| (key.clone(), row.clone())));
        self.cut();
    }

    /// The documents, in the order of their hashes.
    pub fn rows(&self) -> Vec<SampleRow> {
        self.0.values().cloned().collect()
    }

    fn cut(&mut self) {
        while self.0.len() > SAMPLES {
            self.0.pop_last();
        }
    }
}

/// The beginning of a text, cut between characters and marked where it is cut.
pub fn start_of(text: &str) -> String {
    match text.char_indices().nth(TEXT_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(ids: impl Iterator<Item = u32>) -> Samples {
        let mut samples = Samples::default();
        for id in ids.map(|id| format!("<urn:{id}>")) {
            samples.offer(&id, || SampleRow { id: id.clone(), ..SampleRow::default() });
        }
        samples
    }

    #[test]
    fn the_same_documents_come_out_in_any_order() {
        let all = samples(0..100);
        assert_eq!(all.rows().len(), SAMPLES);
        assert_eq!(samples((0..100).rev()), all);
        let mut merged = samples(60..100);
        merged.merge(&samples(0..60));
        assert_eq!(merged, all);
        assert_eq!(samples(0..5).rows().len(), 5);
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(start_of("kurz"), "kurz");
        let long = "ü".repeat(TEXT_CHARS_MAX + 1);
        assert_eq!(start_of(&long), format!("{}…", "ü".repeat(TEXT_CHARS_MAX)));
        assert_eq!(start_of(&long[2..]), long[2..]);
    }
}
