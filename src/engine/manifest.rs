//! Reads `manifest.json` of a finished set, which may be somebody else's.
//!
//! Whoever made a set can have written anything into its manifest. A run names the files of a set by plain paths below
//! its folder, so a record that names any other path is refused as a whole, before a file is opened by it: a path that
//! leaves the folder reads what is not the set's, and a copy of such a set would write there. Links are followed, since no
//! manifest can make one, and since caches of downloads keep the files of a set as links to another place.

use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;

use super::EngineError;
use super::checkpoint::{parse_counts, read_whole};
use super::folder::Folder;
use crate::card::sums::sha256;
use crate::ledger::run_record::{FileRecord, MANIFEST, RunRecord};
use crate::shard::formats::FORMAT_OLDEST;
use crate::shard::schema::FORMAT_VERSION;
use crate::store::Store;
use crate::text::shown;

/// The record of a set, and what its file is.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The record, which names files below the set's folder only.
    pub record: RunRecord,
    /// The file, byte by byte.
    pub content: Vec<u8>,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
}

/// A manifest that cannot be gone by.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}\nhint: {}", shown::path(.path), .fault.hint())]
pub struct BadManifest {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a manifest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is no JSON.
    #[error("it is no JSON: {0}")]
    NoJson(String),
    /// It is of a version that this program does not read.
    #[error("its format is {0}; this version reads {FORMAT_OLDEST} to {FORMAT_VERSION}")]
    Format(u64),
    /// It is JSON and no run record.
    #[error("it is no run record: {0}")]
    NoRecord(String),
    /// It names a file by a path that no run gives to a file.
    #[error("{0:?} is no path below the set's folder")]
    Elsewhere(String),
}

impl Fault {
    fn hint(&self) -> &'static str {
        match self {
            Self::Format(_) => "use the version of gristmill that made the set, or a later one",
            Self::NoJson(_) | Self::NoRecord(_) => "it is cut or changed; get the set anew from whoever publishes it",
            Self::Elsewhere(_) => "no run writes that; ask whoever publishes the set what it is",
        }
    }
}

impl Manifest {
    /// Reads the manifest in the folder `root`.
    pub fn read(store: &dyn Store, root: &Path) -> Result<Self, EngineError> {
        let path = Folder::new(root).manifest();
        let content = read_whole(store, &path)?;
        match parse(&content) {
            Ok(record) => Ok(Self { record, sha256: sha256(&content), content }),
            Err(fault) => Err(BadManifest { path, fault }.into()),
        }
    }

    /// The manifest as a file of the set.
    pub fn file(&self) -> FileRecord {
        let (bytes, sha256) = (self.content.len() as u64, self.sha256.clone());
        FileRecord { path: MANIFEST.to_owned(), bytes, sha256, ..FileRecord::default() }
    }
}

/// The one field that stands in every version.
#[derive(Deserialize)]
struct Version {
    #[serde(default)]
    format: Value,
}

fn parse(content: &[u8]) -> Result<RunRecord, Fault> {
    let version: Version = serde_json::from_slice(content).map_err(|error| match error.classify() {
        Category::Data => Fault::NoRecord(error.to_string()),
        Category::Io | Category::Syntax | Category::Eof => Fault::NoJson(error.to_string()),
    })?;
    let known = u64::from(FORMAT_OLDEST)..=u64::from(FORMAT_VERSION);
    if let Some(format) = version.format.as_u64().filter(|format| !known.contains(format)) {
        return Err(Fault::Format(format));
    }
    let record: RunRecord = parse_counts(content).map_err(Fault::NoRecord)?;
    let elsewhere = record.files().map(|file| &file.path).find(|path| !is_published_path(path)).cloned();
    elsewhere.map_or(Ok(record), |path| Err(Fault::Elsewhere(path)))
}

/// Whether a run can have published a file by this path: names between single slashes, and nothing in them that another
/// system takes for a place of its own or that breaks a line of `SHA256SUMS`.
pub fn is_published_path(path: &str) -> bool {
    let is_foreign = |c: char| c.is_control() || matches!(c, '\\' | ':');
    !path.contains(is_foreign) && path.split('/').all(|name| !matches!(name, "" | "." | ".."))
}

/// Whether a path stays below the folder it begins in. Of the names of crawl files, which may hold what they like.
pub fn is_below(path: &str) -> bool {
    let mut components = Path::new(path).components();
    !path.is_empty() && components.all(|component| matches!(component, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::example;

    #[test]
    fn only_plain_paths_below_the_folder_are_those_of_a_set() {
        let plain = ["domains.csv", "data/default/train-00000-of-00001.parquet", "a..b/...", "data/zh-Hant/x"];
        assert!(plain.into_iter().all(is_published_path));
        let foreign = [
            "",
            ".",
            "..",
            "../a",
            "a/..",
            "a/../b",
            "a/./b",
            "./a",
            "/etc/a",
            "/",
            "a//b",
            "a/",
            "a\0",
            "a\nb",
            "a\r",
            "a\u{7f}",
            "a\u{85}",
            "..\\a",
            "C:\\a",
            "C:/a",
            "C:a",
            "\\\\host\\a",
            "a:stream",
            "https://example.org/a",
        ];
        for path in foreign {
            assert!(!is_published_path(path), "{path:?}");
        }
    }

    #[test]
    fn paths_stay_below_the_folder() {
        for (path, below) in
            [("data/a.parquet", true), ("../a", false), ("/etc/a", false), ("", false), ("a/../b", false)]
        {
            assert_eq!(is_below(path), below, "{path}");
        }
    }

    #[test]
    fn every_list_of_files_is_looked_at() {
        let refused = |change: &dyn Fn(&mut RunRecord, FileRecord)| {
            let mut record = example::record();
            change(&mut record, FileRecord { path: String::from("../a"), ..FileRecord::default() });
            parse(record.to_json().as_bytes()).expect_err("a path elsewhere")
        };
        type Change = dyn Fn(&mut RunRecord, FileRecord);
        let changes: [&Change; 7] = [
            &|record, file| record.shards.push(file),
            &|record, file| record.ledger.push(file),
            &|record, file| record.dropped.push(file),
            &|record, file| record.pairs.push(file),
            &|record, file| record.signatures.push(file),
            &|record, file| record.lines.push(file),
            &|record, file| record.tables.push(file),
        ];
        for change in changes {
            assert_eq!(refused(change), Fault::Elsewhere(String::from("../a")));
        }
        assert_eq!(parse(example::record().to_json().as_bytes()), Ok(example::record()));
    }

    #[test]
    fn what_is_no_record_is_told_apart() {
        let fault = |content: &str| parse(content.as_bytes()).expect_err("no record").to_string();
        assert!(fault("").starts_with("it is no JSON: EOF"), "{}", fault(""));
        assert!(fault("{\"format\": 3").starts_with("it is no JSON: EOF"));
        assert!(fault("[]").starts_with("it is no run record: "), "{}", fault("[]"));
        assert!(fault("{\"format\": 3}").starts_with("it is no run record: missing field"));
        let (below, above) = (FORMAT_OLDEST - 1, FORMAT_VERSION + 1);
        for format in [below, above] {
            let words = fault(&format!("{{\"format\": {format}}}"));
            assert_eq!(
                words,
                format!("its format is {format}; this version reads {FORMAT_OLDEST} to {FORMAT_VERSION}")
            );
        }
    }
}
