//! `SHA256SUMS`: what `sha256sum --check SHA256SUMS` reads, over all published files of a set.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::Card;
use crate::ledger::run_record::RunRecord;

/// Name of the manifest.
const MANIFEST: &str = "manifest.json";

/// A line a file, sorted by name: all files of the record, the manifest, and these cards.
pub fn render(record: &RunRecord, cards: &[Card]) -> String {
    let of = |content: &str| sha256(content.as_bytes());
    let mut lines: Vec<(&str, String)> = record.files().map(|file| (&*file.path, file.sha256.clone())).collect();
    lines.push((MANIFEST, of(&record.to_json())));
    lines.extend(cards.iter().map(|card| (&*card.path, of(&card.content))));
    lines.sort();
    let mut out = String::new();
    for (name, digest) in lines {
        writeln!(out, "{digest}  {name}").expect("a string takes all that is written to it");
    }
    out
}

/// SHA-256 in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
