//! What a finished task leaves behind, so that a run which was killed goes on where it stopped.
//!
//! A task's record is written last. It is believed if it was made by the same plan from the same input and all files it
//! names are there with their lengths; otherwise the task is run again.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::EngineError;
use super::fingerprint::Fingerprint;
use crate::ledger::mix::CrawlMix;
use crate::ledger::tally::Tally;
use crate::store::{Published, Store, StoreError, read_exact_at};
use crate::text::shown;

/// Largest record that is read, in bytes.
const RECORD_BYTES_MAX: u64 = 1 << 30;
/// Most that all counts of a record may be together, so that whatever is summed of them has room: 72,000 terabytes.
const COUNTS_MAX: u64 = 1 << 56;

/// What one task did: `task.json` of its part.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct TaskRecord {
    /// Digest of the plan.
    pub plan_digest: String,
    /// Name of the input.
    pub input: String,
    /// Bytes of the input.
    pub input_bytes: u64,
    /// Digest of both ends of the input, as [`Fingerprint`] has it.
    pub input_ends_sha256: String,
    /// SHA-256 of the input, in hex.
    pub input_sha256: String,
    /// What the stages up to deduplication did.
    pub tally: Tally,
    /// What its pages are.
    pub crawl: CrawlMix,
    /// Oddities of the input that lost nothing, by kind.
    pub repairs: BTreeMap<String, u64>,
    /// Documents in the part.
    pub rows: u64,
    /// The part's files by name.
    pub files: BTreeMap<String, Published>,
}

impl TaskRecord {
    /// What the input is known again by.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint { bytes: self.input_bytes, ends_sha256: self.input_ends_sha256.clone() }
    }

    /// The record of a part, if it is there and is to be believed.
    pub fn believe(
        store: &dyn Store,
        folder: &Path,
        plan_digest: &str,
        input: (&str, &Fingerprint),
    ) -> Result<Option<Self>, EngineError> {
        let path = folder.join("task.json");
        if !store.exists(&path) {
            return Ok(None);
        }
        let Ok(record) = read_counts::<Self>(store, &path) else { return Ok(None) };
        if record.plan_digest != plan_digest || (record.input.as_str(), &record.fingerprint()) != input {
            return Ok(None);
        }
        for (name, published) in &record.files {
            match store.open(&folder.join(name)) {
                Ok(file) if file.len_bytes() == published.bytes => {}
                _ => return Ok(None),
            }
        }
        Ok(Some(record))
    }
}

/// Reads a JSON file.
pub fn read_json<T: DeserializeOwned>(store: &dyn Store, path: &Path) -> Result<T, EngineError> {
    let bytes = read_whole(store, path)?;
    serde_json::from_slice(&bytes)
        .map_err(|error| EngineError::DamagedRecord { path: path.to_owned(), message: error.to_string() })
}

/// Reads a record of counts: the run record of a set, or that of a task.
pub fn read_counts<T: DeserializeOwned>(store: &dyn Store, path: &Path) -> Result<T, EngineError> {
    parse_counts(&read_whole(store, path)?)
        .map_err(|message| EngineError::DamagedRecord { path: path.to_owned(), message })
}

/// Reads the bytes of a record of counts; refuses counts that no set can have.
pub fn parse_counts<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let json: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if counts(&json).is_none_or(|counts| counts > COUNTS_MAX) {
        return Err(format!("its counts are more than {COUNTS_MAX} together"));
    }
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

/// The sum of all counts; options of the plan are none.
fn counts(json: &Value) -> Option<u64> {
    match json {
        Value::Number(number) => Some(number.as_u64().unwrap_or_default()),
        Value::Array(items) => items.iter().try_fold(0_u64, |sum, item| sum.checked_add(counts(item)?)),
        Value::Object(fields) => {
            let mut counted = fields.iter().filter(|(name, _)| *name != "plan");
            counted.try_fold(0_u64, |sum, (_, value)| sum.checked_add(counts(value)?))
        }
        _ => Some(0),
    }
}

/// Reads a small file whole.
pub fn read_whole(store: &dyn Store, path: &Path) -> Result<Vec<u8>, EngineError> {
    let file = store.open(path)?;
    if file.len_bytes() > RECORD_BYTES_MAX {
        let message = format!("it has {} bytes, more than {RECORD_BYTES_MAX}", file.len_bytes());
        return Err(EngineError::DamagedRecord { path: path.to_owned(), message });
    }
    let mut bytes = vec![0; file.len_bytes() as usize];
    read_exact_at(file.as_ref(), &mut bytes, 0).map_err(|error| StoreError::read(path, error))?;
    Ok(bytes)
}

/// Publishes a value as JSON, indented, with a line break at the end.
pub fn write_json<T: Serialize>(store: &dyn Store, path: &Path, value: &T) -> Result<(), EngineError> {
    let mut json = serde_json::to_string_pretty(value).expect("records hold no maps with keys that are not strings");
    json.push('\n');
    write_whole(store, path, shown::json(&json).as_bytes())?;
    Ok(())
}

/// Publishes a small file.
pub fn write_whole(store: &dyn Store, path: &Path, bytes: &[u8]) -> Result<Published, StoreError> {
    let mut sink = store.create(path)?;
    sink.write_all(bytes).map_err(|error| StoreError::written(path, error))?;
    sink.publish().map_err(|error| StoreError::written(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_whose_sum_has_no_room_are_refused() {
        let check = |json: &str, good: bool| {
            assert_eq!(parse_counts::<Value>(json.as_bytes()).is_ok(), good, "{json}");
        };
        check(&format!(r#"{{"seen":{COUNTS_MAX},"rows":-1,"share":1e300,"name":"1"}}"#), true);
        check(&format!(r#"{{"seen":{COUNTS_MAX},"rows":1}}"#), false);
        check(&format!(r#"[{{"a":[{0}]}},{0}]"#, u64::MAX), false);
        check(&format!(r#"{{"plan":{{"seed":{}}},"seen":1}}"#, u64::MAX), true);
    }
}
