//! `SHA256SUMS`: what `sha256sum --check SHA256SUMS` reads, over all published files of a set.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::Card;
use crate::ledger::run_record::{FileRecord, MANIFEST, RunRecord};

/// A line a file, sorted by name: all files of the record, the manifest, and these cards.
pub fn render(record: &RunRecord, manifest: &FileRecord, cards: &[Card]) -> String {
    let files = record.files().chain([manifest]);
    let mut lines: Vec<(&str, String)> = files.map(|file| (&*file.path, file.sha256.clone())).collect();
    lines.extend(cards.iter().map(|card| (&*card.path, sha256(card.content.as_bytes()))));
    lines.sort();
    let mut out = String::new();
    for (name, digest) in lines {
        writeln!(out, "{digest}  {name}").expect("a string takes all that is written to it");
    }
    out
}

/// The manifest as the file that a run writes. The record is written out for it, so whoever has the file takes the figures
/// from there.
pub fn manifest(record: &RunRecord) -> FileRecord {
    let json = record.to_json();
    let sha256 = sha256(json.as_bytes());
    FileRecord { path: MANIFEST.to_owned(), bytes: json.len() as u64, sha256, ..FileRecord::default() }
}

/// SHA-256 in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
