//! What a finished task leaves behind, so that a run which was killed goes on where it stopped.
//!
//! A task's record is written last. It is believed if it is sealed by its own digest, was made by the same plan from the
//! same input, and all files it names are there with their bytes; otherwise the task is run again. So the parts of an
//! unfinished run are read once more when it goes on.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::EngineError;
use super::fingerprint::Fingerprint;
use crate::ledger::mix::CrawlMix;
use crate::ledger::tally::Tally;
use crate::store::reading::Reading;
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
    /// SHA-256 of this record as JSON with an empty seal, in hex: a record that was changed is none.
    pub seal: String,
}

/// The record of a part.
pub enum Belief {
    /// There is none, or it is of another plan or input.
    None,
    /// It is there and to be believed.
    Whole(Box<TaskRecord>),
    /// It is there, and something of the part is damaged: this, in words.
    Damaged(String),
}

impl TaskRecord {
    /// What the input is known again by.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint { bytes: self.input_bytes, ends_sha256: self.input_ends_sha256.clone() }
    }

    /// The same with its seal.
    #[must_use]
    pub fn sealed(self) -> Self {
        let bare = Self { seal: String::new(), ..self };
        let json = serde_json::to_vec(&bare).expect("records hold no maps with keys that are not strings");
        Self { seal: data_encoding::HEXLOWER.encode(&Sha256::digest(json)), ..bare }
    }

    /// The record of a part, if it is there and is to be believed.
    pub fn believe(
        store: &dyn Store,
        folder: &Path,
        plan_digest: &str,
        input: (&str, &Fingerprint),
    ) -> Result<Belief, EngineError> {
        let path = folder.join("task.json");
        if !store.exists(&path) {
            return Ok(Belief::None);
        }
        let json = read_whole(store, &path)?;
        let damaged = |name: &str| Ok(Belief::Damaged(shown::path(&folder.join(name))));
        let Ok(record) = parse_counts::<Self>(&json) else { return damaged("task.json") };
        if record.clone().sealed() != record {
            return damaged("task.json");
        }
        if record.plan_digest != plan_digest || (record.input.as_str(), &record.fingerprint()) != input {
            return Ok(Belief::None);
        }
        for (name, published) in &record.files {
            if !is_whole(store, &folder.join(name), published)? {
                return damaged(name);
            }
        }
        Ok(Belief::Whole(Box::new(record)))
    }
}

/// Whether a file is there and has the bytes that it was published with. A disk that fails to read it is an error.
fn is_whole(store: &dyn Store, path: &Path, published: &Published) -> Result<bool, StoreError> {
    let file = match store.open(path) {
        Err(error) if error.source.kind() == io::ErrorKind::NotFound => return Ok(false),
        file => file?,
    };
    if file.len_bytes() != published.bytes {
        return Ok(false);
    }
    let mut reading = Reading::new(file, None);
    let digested = reading.digested();
    io::copy(&mut reading, &mut io::sink()).map_err(|error| StoreError::read(path, error))?;
    let digested = digested.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    Ok(digested.is_some_and(|digested| digested.sha256 == published.sha256))
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
