//! The files of a set: there, whole, listed in `SHA256SUMS`, and no others beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Set;
use super::report::{Check, Checked, Findings};
use crate::card::sums::sha256;
use crate::engine::checkpoint::read_whole;
use crate::engine::manifest::is_published_path;
use crate::ledger::funnel::{counted, grouped};
use crate::ledger::run_record::MANIFEST;
use crate::store::reading::Reading;
use crate::store::{Store, StoreError};

/// Name of the list of digests, which came with format 3.
pub const SUMS: &str = "SHA256SUMS";
/// The format version from which on sets have [`SUMS`].
pub const SUMS_SINCE: u32 = 3;
/// How deep folders may lie in each other.
const DEPTH_MAX: usize = 8;
/// How many folders are looked into: links in a circle would make them endless. Sets have some for each language
/// or tier that they are parted by.
const FOLDERS_MAX: usize = 20_000;

/// Checks that every file of the record is there with its length and digest.
pub fn files(set: &Set<'_>) -> Checked {
    let files: Vec<_> = set.record().files().collect();
    let found: Vec<Findings> = files.par_iter().map(|file| one(set, &file.path, file.bytes, &file.sha256)).collect();
    let mut findings = Findings::default();
    found.into_iter().for_each(|found| findings.merge(found));
    let mut names = BTreeSet::new();
    for file in files.iter().filter(|file| !names.insert(&file.path)) {
        findings.of_file(&file.path, "the record lists it twice");
    }
    let bytes = files.iter().map(|file| file.bytes).sum();
    let words = format!("{}, {} bytes", counted(files.len() as u64, "file"), grouped(bytes));
    Checked::new(Check::Files, words, findings)
}

fn one(set: &Set<'_>, path: &str, bytes: u64, wanted: &str) -> Findings {
    let mut findings = Findings::default();
    match digest(set, path) {
        Err(error) => findings.of_file(path, error.to_string()),
        Ok((found, _)) if found != bytes => {
            findings.of_file(path, format!("it has {found} bytes; the record says {bytes}"));
        }
        Ok((_, found)) if found != wanted => {
            findings.of_file(path, format!("its SHA-256 is {found}; the record says {wanted}"));
        }
        Ok(_) => {}
    }
    findings
}

/// Length and SHA-256 of a file of the set.
fn digest(set: &Set<'_>, path: &str) -> Result<(u64, String), StoreError> {
    let place = set.root.join(path);
    let mut reading = Reading::new(set.store.open(&place)?, Some(Arc::clone(&set.watch.bytes_done)));
    let digested = reading.digested();
    let read = std::io::copy(&mut reading.by_ref(), &mut std::io::sink());
    read.map_err(|error| StoreError::read(&place, error))?;
    let digested = digested.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    Ok(digested.map(|digested| (digested.bytes, digested.sha256)).unwrap_or_default())
}

/// The lines of `SHA256SUMS`, name by digest; none where a set has no such file.
pub fn read_sums(set: &Set<'_>) -> Option<BTreeMap<String, String>> {
    if set.record().format < SUMS_SINCE {
        return None;
    }
    let bytes = read_whole(set.store, &set.root.join(SUMS)).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let line = |line: &str| line.split_once("  ").map(|(digest, name)| (name.to_owned(), digest.to_owned()));
    Some(text.lines().filter_map(line).collect())
}

/// Checks that `SHA256SUMS` lists every published file once, in order, with the digest that it has.
pub fn sums(set: &Set<'_>, listed: Option<&BTreeMap<String, String>>) -> Checked {
    let record = set.record();
    if record.format < SUMS_SINCE {
        let why = format!("sets of format {} have no {SUMS}", record.format);
        return Checked::skipped(Check::Sums, why);
    }
    let mut findings = Findings::default();
    let Some(listed) = listed else {
        findings.of_file(SUMS, "it is not there, or no text");
        return Checked::new(Check::Sums, "", findings);
    };
    let mut wanted: BTreeMap<&str, String> = record.files().map(|file| (&*file.path, file.sha256.clone())).collect();
    wanted.insert(MANIFEST, set.manifest.file.sha256.clone());
    for (name, digest) in &wanted {
        match listed.get(*name) {
            None => findings.of_file(SUMS, format!("{name} is not listed")),
            Some(found) if found != digest => {
                findings.of_file(SUMS, format!("{name} is listed with {found}; it has {digest}"));
            }
            Some(_) => {}
        }
    }
    // What is listed besides are the cards.
    for (name, digest) in listed.iter().filter(|(name, _)| !wanted.contains_key(name.as_str())) {
        let found = if is_published_path(name) { read_whole(set.store, &set.root.join(name)).ok() } else { None };
        match found.map(|bytes| sha256(&bytes)) {
            None => findings.of_file(SUMS, format!("{name} is listed and is not there")),
            Some(found) if found != *digest => {
                findings.of_file(name, format!("its SHA-256 is {found}; {SUMS} says {digest}"))
            }
            Some(_) => {}
        }
    }
    Checked::new(Check::Sums, counted(listed.len() as u64, "file"), findings)
}

/// Checks that the folder holds what was published, what belongs to the run, and nothing else.
pub fn stray(set: &Set<'_>, listed: Option<&BTreeMap<String, String>>) -> Checked {
    let record = set.record();
    let mut known: BTreeSet<String> = record.files().map(|file| file.path.clone()).collect();
    known.extend([MANIFEST, SUMS, "run.json", "README.md"].map(String::from));
    match listed {
        Some(listed) if !set.is_present() => known.extend(listed.keys().cloned()),
        _ => known.extend(set.cards().into_iter().map(|card| card.path)),
    }
    let mut findings = Findings::default();
    let mut walk = Walk { store: set.store, root: set.root, folders: 0, files: Vec::new(), unread: Vec::new() };
    walk.look_into("", 0);
    if walk.folders > FOLDERS_MAX {
        findings.of_file(".", format!("more than {FOLDERS_MAX} folders, and those beyond were not looked into"));
    }
    for (folder, why) in walk.unread {
        findings.of_file(&folder, why);
    }
    let files = walk.files;
    for file in files.iter().filter(|file| !known.contains(*file)) {
        findings.of_file(file, "no part of the set");
    }
    Checked::new(Check::Stray, format!("{} in the folder", counted(files.len() as u64, "file")), findings)
}

/// A look through the folder of a set, but for what belongs to the run.
struct Walk<'a> {
    store: &'a dyn Store,
    root: &'a Path,
    folders: usize,
    /// By their paths from the set's folder.
    files: Vec<String>,
    /// Folders that were not looked into, and why.
    unread: Vec<(String, String)>,
}

impl Walk<'_> {
    fn look_into(&mut self, below: &str, depth: usize) {
        self.folders += 1;
        if self.folders > FOLDERS_MAX {
            return;
        }
        let names = match self.store.list(&self.root.join(below)) {
            Ok(names) => names,
            Err(error) => return self.unread.push((below.to_owned(), error.to_string())),
        };
        for name in names.into_iter().filter(|name| depth > 0 || name != "run") {
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            let error = self.store.open(&self.root.join(&path)).err().map(|error| error.source.kind());
            let is_folder = error == Some(std::io::ErrorKind::IsADirectory);
            if !is_folder {
                self.files.push(path);
            } else if depth >= DEPTH_MAX {
                self.unread.push((path, "a folder deeper than any of a set".to_owned()));
            } else {
                self.look_into(&path, depth + 1);
            }
        }
    }
}
