//! `manifest.json`: that it is a run record, and written as a run writes it.
//!
//! A record of the present version has to be the very bytes. One of an older version lacks fields that came later, so
//! its values are compared and not its bytes.

use std::path::Path;

use serde_json::Value;

use super::Set;
use super::difference::{Strictness, differences};
use super::report::{Check, Checked, Findings};
use crate::card::sums::sha256;
use crate::engine::EngineError;
use crate::engine::manifest::{self, BadManifest};
use crate::ledger::run_record::{FileRecord, MANIFEST, RunRecord};
use crate::store::Store;

/// The record of a set and what the file is.
pub struct Manifest {
    /// The record.
    pub record: RunRecord,
    /// The file as JSON.
    pub json: Value,
    /// Name, length and digest of the file.
    pub file: FileRecord,
}

/// Reads the manifest in a folder, or says in words what is wrong with it.
pub fn read(store: &dyn Store, root: &Path) -> Result<Manifest, String> {
    let manifest = manifest::Manifest::read(store, root).map_err(|error| match error {
        EngineError::Manifest(BadManifest { fault, .. }) => fault.to_string(),
        error => error.to_string(),
    })?;
    let json = serde_json::from_slice(&manifest.content).map_err(|error| format!("it is no JSON: {error}"))?;
    Ok(Manifest { json, file: manifest.file(), record: manifest.record })
}

/// Checks that the record is written as a run writes it.
pub fn check(set: &Set<'_>) -> Checked {
    let mut findings = Findings::default();
    let record = set.record();
    let written = record.to_json();
    if set.is_present() {
        if sha256(written.as_bytes()) != set.manifest.file.sha256 {
            let again = serde_json::from_str(&written).unwrap_or(Value::Null);
            let found = differences(&set.manifest.json, &again, Strictness::Exact);
            if found.is_empty() {
                findings.of_file(MANIFEST, "it is not the bytes that a run writes for this record");
            }
            found.into_iter().for_each(|difference| findings.of_file(MANIFEST, difference));
        }
    } else {
        let again = serde_json::from_str(&written).unwrap_or(Value::Null);
        for difference in differences(&set.manifest.json, &again, Strictness::Older) {
            findings.of_file(MANIFEST, difference);
        }
    }
    let words = format!("format {}, made by {} {}", record.format, record.tool.name, record.tool.version);
    let older = "made by another version of the program: values are compared, not bytes";
    Checked::new(Check::Manifest, words, findings).note_if((!set.is_present()).then_some(older))
}
