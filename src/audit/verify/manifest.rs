//! `manifest.json`: that it is a run record, and written as a run writes it.
//!
//! A record of the present version has to be the very bytes. One of an older version lacks fields that came later, so
//! its values are compared and not its bytes.

use std::path::{Component, Path};

use serde_json::Value;

use super::Set;
use super::difference::{Strictness, differences};
use super::report::{Check, Checked, Findings};
use crate::card::sums::sha256;
use crate::engine::checkpoint::read_whole;
use crate::engine::folder::Folder;
use crate::ledger::run_record::RunRecord;
use crate::shard::formats::FORMAT_OLDEST;
use crate::shard::schema::FORMAT_VERSION;
use crate::store::Store;

/// Name of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// The record of a set and what the file is, or what is wrong with it.
pub struct Manifest {
    /// The record.
    pub record: RunRecord,
    /// The file as JSON.
    pub json: Value,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
}

/// Reads the manifest in a folder.
pub fn read(store: &dyn Store, root: &Path) -> Result<Manifest, String> {
    let bytes = read_whole(store, &Folder::new(root).manifest()).map_err(|error| error.to_string())?;
    let json: Value = serde_json::from_slice(&bytes).map_err(|error| format!("it is no JSON: {error}"))?;
    let format = json.get("format").and_then(Value::as_u64);
    if let Some(format) = format.filter(|format| !(FORMAT_OLDEST.into()..=FORMAT_VERSION.into()).contains(format)) {
        return Err(format!("its format is {format}; this version reads {FORMAT_OLDEST} to {FORMAT_VERSION}"));
    }
    let record: RunRecord = serde_json::from_slice(&bytes).map_err(|error| format!("it is no run record: {error}"))?;
    // Of a record that names files elsewhere nothing is read.
    if let Some(file) = record.files().find(|file| !is_below(&file.path)) {
        return Err(format!("{:?} is no path below the set's folder", file.path));
    }
    Ok(Manifest { record, json, sha256: sha256(&bytes) })
}

/// Checks that the record is written as a run writes it.
pub fn check(set: &Set<'_>) -> Checked {
    let mut findings = Findings::default();
    let record = set.record();
    let written = record.to_json();
    if set.is_present() {
        if sha256(written.as_bytes()) != set.manifest.sha256 {
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

/// Whether a path stays below the folder it begins in.
pub fn is_below(path: &str) -> bool {
    let mut components = Path::new(path).components();
    !path.is_empty() && components.all(|component| matches!(component, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_folder() {
        for (path, below) in
            [("data/a.parquet", true), ("../a", false), ("/etc/a", false), ("", false), ("a/../b", false)]
        {
            assert_eq!(is_below(path), below, "{path}");
        }
    }
}
