//! What the plan of a set names beside its inputs: models, tokenizers, lists, copies of robots.txt files, earlier sets.

use serde_json::Value;

use crate::ledger::run_record::RunRecord;

/// Keys of settings that hold files with one entry a line or a secret; their content is part of the plan's digest.
const FILE_KEYS: [&str; 2] = ["files", "file"];

/// What a named thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A fastText model.
    Model,
    /// A tokenizer that tokens were counted by.
    Tokenizer,
    /// Copies of robots.txt files.
    Robots,
    /// An earlier set, whose documents were left out.
    EarlierSet,
    /// A list, or texts that were looked for.
    List,
}

/// One thing that the plan names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is.
    pub kind: Kind,
    /// The stage that names it.
    pub stage: String,
    /// Its path, as the preset has it.
    pub path: String,
    /// SHA-256 of the file, of an earlier set that of its manifest; none where only the plan's digest covers it.
    pub sha256: Option<String>,
    /// Length of the file, where it is known.
    pub bytes: Option<u64>,
}

/// All of them, in the order of the stages.
pub fn all(record: &RunRecord) -> Vec<Named> {
    let stages = record.plan.stages.as_array().map(Vec::as_slice).unwrap_or_default();
    stages.iter().flat_map(of_stage).collect()
}

fn of_stage(stage: &Value) -> Vec<Named> {
    let name = stage["name"].as_str().unwrap_or_default();
    let settings = only_value(only_value(&stage["stage"]));
    let named = |kind, path: &str, sha256: Option<&str>, bytes| Named {
        kind,
        stage: name.to_owned(),
        path: path.to_owned(),
        sha256: sha256.map(|digest| digest.strip_prefix("sha256:").unwrap_or(digest).to_owned()),
        bytes,
    };
    let mut found = Vec::new();
    if let Some(model) = stage.get("model") {
        let path = settings["model"].as_str().unwrap_or("model");
        found.push(named(Kind::Model, path, model["digest"].as_str(), model["bytes"].as_u64()));
    }
    if let Some(tokenizer) = stage.get("tokenizer") {
        let path = tokenizer["file"].as_str().unwrap_or("tokenizer");
        found.push(named(Kind::Tokenizer, path, tokenizer["sha256"].as_str(), None));
    }
    if stage.get("robots").is_some() {
        found.extend(texts(&settings["robots"]).map(|path| named(Kind::Robots, path, None, None)));
    }
    for set in stage["earlier"].as_array().into_iter().flatten() {
        let folder = set["folder"].as_str().unwrap_or("earlier set");
        found.push(named(Kind::EarlierSet, folder, set["manifest_sha256"].as_str(), None));
    }
    let mut lists = Vec::new();
    gather_files(settings, &mut lists);
    found.extend(lists.into_iter().map(|path| named(Kind::List, path, None, None)));
    found
}

/// The value of an object with one field, else null.
fn only_value(value: &Value) -> &Value {
    value.as_object().and_then(|fields| fields.values().next()).unwrap_or(&Value::Null)
}

/// The text of a value, or the texts of a list.
fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_str().into_iter().chain(value.as_array().into_iter().flatten().filter_map(Value::as_str))
}

fn gather_files<'v>(settings: &'v Value, found: &mut Vec<&'v str>) {
    match settings {
        Value::Object(fields) => {
            for (key, value) in fields {
                if FILE_KEYS.contains(&key.as_str()) {
                    found.extend(texts(value));
                } else {
                    gather_files(value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather_files(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ledger::example;

    #[test]
    fn models_lists_and_earlier_sets_are_found_with_their_digests() {
        let mut record = example::record();
        record.plan.stages = json!([
            { "name": "filter.url", "stage": { "filter": { "url": {
                "hosts": { "entries": ["a.example"], "files": ["lists/hosts.txt", "lists/more.txt"] },
            } } } },
            { "name": "annotate.language", "model": { "bytes": 7, "digest": "sha256:aa", "labels": 2 },
              "stage": { "annotate": { "language": { "model": "lid.ftz" } } } },
            { "name": "annotate.tokens", "tokenizer": { "file": "t.json", "sha256": "bb", "share": 1.0 },
              "stage": { "annotate": { "tokens": { "tokenizer": "t.json" } } } },
            { "name": "dedup.minhash", "earlier": [{ "folder": "old", "manifest_sha256": "cc", "documents": 3 }],
              "stage": { "dedup": { "minhash": { "earlier": ["old"] } } } },
        ]);
        let found = all(&record);
        let row = |named: &Named| (named.kind, named.path.clone(), named.sha256.clone().unwrap_or_default());
        let expected = [
            (Kind::List, "lists/hosts.txt", ""),
            (Kind::List, "lists/more.txt", ""),
            (Kind::Model, "lid.ftz", "aa"),
            (Kind::Tokenizer, "t.json", "bb"),
            (Kind::EarlierSet, "old", "cc"),
        ];
        let expected = expected.map(|(kind, path, digest)| (kind, path.to_owned(), digest.to_owned()));
        assert_eq!(found.iter().map(row).collect::<Vec<_>>(), expected);
        assert_eq!(found[2].bytes, Some(7));
    }
}
