//! Lists of entries that filters look up, given in the preset or in files beside it.
//!
//! Filters read no files. Whoever builds them hands in a [`Lists`], which reads the files, and may note their digests
//! for the plan, since a list decides which documents stay.
//! A list file has one entry a line. Blank lines and lines that begin with `#` are comments; white space at the ends of
//! a line is not part of the entry. What other files hold that a filter reads, its own page tells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::bad_config::BadConfig;

/// Where the text of list files comes from.
pub trait Lists {
    /// The text of the file, or why it cannot be had. `path` is as the preset has it.
    fn read(&self, path: &str) -> Result<String, BadConfig>;
}

/// Lists held in memory, by path. An empty map serves presets that name no files.
impl Lists for BTreeMap<String, String> {
    fn read(&self, path: &str) -> Result<String, BadConfig> {
        self.get(path).cloned().ok_or_else(|| BadConfig::new(format!("the list {path} is not there")))
    }
}

/// Entries of one list: those written in the preset and those of the files it names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct List {
    /// Entries, one a string.
    pub entries: Vec<String>,
    /// Files with one entry a line, by their paths.
    pub files: Vec<String>,
}

impl List {
    /// All entries through `parse`, sorted and without repeats; the first that `parse` refuses is named with its place.
    pub fn load(
        &self,
        lists: &dyn Lists,
        parse: impl Fn(&str) -> Result<String, String>,
    ) -> Result<Entries, BadConfig> {
        let mut found: Vec<Box<str>> = Vec::new();
        for entry in &self.entries {
            let parsed = parse(entry.trim()).map_err(|why| BadConfig::new(format!("entry `{entry}`: {why}")))?;
            found.push(parsed.into());
        }
        for path in &self.files {
            let text = lists.read(path)?;
            for (index, line) in text.lines().enumerate() {
                let entry = line.trim();
                if entry.is_empty() || entry.starts_with('#') {
                    continue;
                }
                let parsed =
                    parse(entry).map_err(|why| BadConfig::new(format!("{path}:{}: `{entry}`: {why}", index + 1)))?;
                found.push(parsed.into());
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(Entries { sorted: found.into() })
    }
}

/// The entries of a [`List`], ready to be looked up. Two words of memory an entry beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    sorted: Box<[Box<str>]>,
}

impl Entries {
    /// Whether `entry` is in the list, letter by letter.
    pub fn contains(&self, entry: &str) -> bool {
        self.sorted.binary_search_by(|probe| (**probe).cmp(entry)).is_ok()
    }

    /// Whether the list has no entries.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The entries in the order of their bytes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.sorted.iter().map(|entry| &**entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(entries: &[&str], files: &[(&str, &str)], expected: Result<&[&str], &str>) {
        let list = List {
            entries: entries.iter().map(|&entry| entry.to_string()).collect(),
            files: files.iter().map(|&(path, _)| path.to_string()).collect(),
        };
        let lists: BTreeMap<String, String> =
            files.iter().map(|&(path, text)| (path.to_string(), text.to_string())).collect();
        let short = |entry: &str| if entry.len() < 10 { Ok(entry.to_lowercase()) } else { Err("too long".to_string()) };
        match (list.load(&lists, short), expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found.iter().collect::<Vec<_>>(), expected),
            (found, expected) => assert_eq!(found.unwrap_err().to_string(), expected.unwrap_err()),
        }
    }

    #[test]
    fn entries_of_preset_and_files_are_one_list() {
        check(&["b", "A"], &[("lists/x.txt", "# comment\n\n  c \r\na\n")], Ok(&["a", "b", "c"]));
        check(&[], &[], Ok(&[]));
    }

    #[test]
    fn a_bad_entry_is_named_with_its_place() {
        check(&["much too long"], &[], Err("entry `much too long`: too long"));
        check(&[], &[("x.txt", "a\nmuch too long\n")], Err("x.txt:2: `much too long`: too long"));
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let list = List { entries: Vec::new(), files: vec!["gone.txt".into()] };
        let error = list.load(&BTreeMap::new(), |entry| Ok(entry.into())).unwrap_err();
        assert_eq!(error.to_string(), "the list gone.txt is not there");
    }

    #[test]
    fn entries_are_found_letter_by_letter() {
        let list = List { entries: vec!["a.b".into(), "c".into()], files: Vec::new() };
        let entries = list.load(&BTreeMap::new(), |entry| Ok(entry.into())).unwrap();
        assert!(entries.contains("a.b") && entries.contains("c"));
        assert!(!entries.contains("a") && !entries.contains("A.b") && !entries.is_empty());
    }
}
