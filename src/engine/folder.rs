//! Where everything lies in an output folder, and whether a folder may be written to by this run.

use std::fmt::Write;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::EngineError;
use super::checkpoint::{read_whole, write_json};
use super::fingerprint::Fingerprint;
use super::manifest::Manifest;
use crate::card;
use crate::ledger::run_record::{FileRecord, MANIFEST};
use crate::plan::compile::{Plan, Resolved};
use crate::plan::config::Output;
use crate::plan::describe;
use crate::shard::schema::FORMAT_VERSION;
use crate::store::Store;
use crate::store::input::InputFile;

/// Most differences that are listed when a folder belongs to another run.
const DIFFERENCES_MAX: usize = 10;

/// An output folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

/// What a folder was begun with: `run/begun.json`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Begun {
    /// Digest of the plan.
    pub plan_digest: String,
    /// The plan's stages and output settings with every default filled in.
    pub plan: Value,
    /// Version of the files' form; 0 for folders of versions that did not state it.
    #[serde(default)]
    pub format: u32,
    /// Every input by its name, and what it is known again by.
    pub inputs: Vec<(String, Fingerprint)>,
}

impl Begun {
    /// What this run begins a folder with.
    pub fn of(store: &dyn Store, plan: &Plan, inputs: &[InputFile]) -> Result<Self, EngineError> {
        let known = |input: &InputFile| Ok((input.name.clone(), Fingerprint::of(store, &input.path)?));
        let inputs = inputs.iter().map(known).collect::<Result<_, EngineError>>()?;
        Ok(Self { plan_digest: plan.digest().to_owned(), plan: describe(plan), format: FORMAT_VERSION, inputs })
    }
}

impl Folder {
    /// The folder at `root`, there or not.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file by its path below the root.
    pub fn file(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// The run record.
    pub fn manifest(&self) -> PathBuf {
        self.file(MANIFEST)
    }

    /// What belongs to the one run; written last, so it stands for a finished set.
    pub fn run(&self) -> PathBuf {
        self.file("run.json")
    }

    /// Intermediate files, removed when the set is published.
    pub fn work(&self) -> PathBuf {
        self.file("run/work")
    }

    /// Files of deduplication, which a run that goes on makes anew.
    pub fn scratch(&self) -> PathBuf {
        self.work().join("dedup")
    }

    /// The folder of one task's intermediate part.
    pub fn part(&self, number: usize) -> PathBuf {
        self.work().join(format!("part-{number:06}"))
    }

    /// Where a part is written anew whose documents lose lines.
    pub fn cut_part(&self, number: usize) -> PathBuf {
        self.scratch().join(format!("part-{number:06}"))
    }

    fn begun(&self) -> PathBuf {
        self.file("run/begun.json")
    }

    /// The file of the run that writes to the folder, one of a row of such files.
    pub fn owner(&self, number: u32) -> PathBuf {
        self.file(&format!("run/owner-{number}.json"))
    }

    /// Whether the set is published.
    pub fn is_finished(&self, store: &dyn Store) -> bool {
        store.exists(&self.run()) && store.exists(&self.manifest())
    }

    /// Says whose the folder is if it was begun with something else. True if it was begun with the same.
    pub fn examine(&self, store: &dyn Store, here: &Begun) -> Result<bool, EngineError> {
        if store.exists(&self.begun()) {
            let there = self.read_begun(store)?;
            if there == *here {
                return Ok(true);
            }
            let differences = differences(&there, here);
            return Err(EngineError::OtherRun { folder: self.root.clone(), differences });
        }
        // A run that was killed before it wrote what it was begun with leaves no more than the folder `run`.
        if store.list(&self.root)?.iter().any(|name| name != "run") {
            return Err(EngineError::ForeignFolder(self.root.clone()));
        }
        Ok(false)
    }

    /// Takes the folder for this plan and these inputs.
    pub fn begin(&self, store: &dyn Store, here: &Begun) -> Result<(), EngineError> {
        if self.examine(store, here)? { Ok(()) } else { write_json(store, &self.begun(), here) }
    }

    /// Another version may have written something else than this one can read, so the version is looked at first.
    fn read_begun(&self, store: &dyn Store) -> Result<Begun, EngineError> {
        let bytes = read_whole(store, &self.begun())?;
        let damaged = |message: String| EngineError::DamagedBegun { path: self.begun(), message };
        let there: Value = serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        if !there.is_object() {
            return Err(damaged(String::from("it holds no object")));
        }
        let format = there.get("format").and_then(Value::as_u64).unwrap_or(0);
        if format != u64::from(FORMAT_VERSION) {
            let version = if format == 0 { String::from("of an earlier version") } else { format.to_string() };
            let differences = format!("\n  format of the files is {version} there, and {FORMAT_VERSION} in this run");
            return Err(EngineError::OtherRun { folder: self.root.clone(), differences });
        }
        serde_json::from_value(there).map_err(|error| damaged(error.to_string()))
    }

    /// Says what is wrong with a finished set: whose it is, and which of its files are not there or have another length.
    /// Their bytes are for `gristmill verify`.
    pub fn check_finished(&self, store: &dyn Store, plan: &Plan, manifest: &Manifest) -> Result<(), EngineError> {
        let record = &manifest.record;
        if record.plan.digest != plan.digest() {
            let differences = String::from("\n  manifest.json is of another plan than run/begun.json");
            return Err(EngineError::OtherRun { folder: self.root.clone(), differences });
        }
        let mut lines = Vec::new();
        for FileRecord { path, bytes, .. } in record.files() {
            match store.open(&self.file(path)) {
                Ok(file) if file.len_bytes() == *bytes => {}
                Ok(file) => lines.push(format!("{path} has {} bytes; manifest.json says {bytes}", file.len_bytes())),
                Err(error) if error.source.kind() == ErrorKind::NotFound => lines.push(format!("{path} is not there")),
                Err(error) => return Err(error.into()),
            }
        }
        let cards =
            card::all(record, &manifest.file()).into_iter().filter(|card| !store.exists(&self.file(&card.path)));
        lines.extend(cards.map(|card| format!("{} is not there", card.path)));
        match lines.is_empty() {
            true => Ok(()),
            false => Err(EngineError::NotWhole { folder: self.root.clone(), differences: listed(&lines) }),
        }
    }
}

fn describe(plan: &Plan) -> Value {
    let settings = |stage: &Resolved| -> Map<String, Value> {
        let settings = describe::settings(&serde_json::json!(stage.stage));
        settings.into_iter().map(|(name, value)| (name, Value::String(value))).collect()
    };
    let stages = plan.resolved().iter().map(|stage| (stage.name.clone(), Value::Object(settings(stage))));
    let mut described: Map<String, Value> = stages.collect();
    described.insert(String::from("output"), describe_output(plan));
    Value::Object(described)
}

/// What decides the form of the files.
pub fn describe_output(plan: &Plan) -> Value {
    serde_json::json!(Output { dir: None, readme_template: None, ..plan.output().clone() })
}

fn differences(there: &Begun, here: &Begun) -> String {
    let mut lines = Vec::new();
    compare("", &there.plan, &here.plan, &mut lines);
    for (name, then) in &there.inputs {
        match here.inputs.iter().find(|(other, _)| other == name) {
            None => lines.push(format!("input {name} is there, and not in this run")),
            Some((_, now)) => {
                lines.extend(then.difference(now).map(|difference| format!("input {name} {difference}")));
            }
        }
    }
    for (name, _) in here.inputs.iter().filter(|(name, _)| !there.inputs.iter().any(|(other, _)| other == name)) {
        lines.push(format!("input {name} is not there"));
    }
    if lines.is_empty() {
        lines.push(String::from("the inputs come in another order, or a list file or this program's version differs"));
    }
    listed(&lines)
}

/// The first of these, one line each, indented.
fn listed(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines.iter().take(DIFFERENCES_MAX) {
        write!(out, "\n  {line}").expect("a string takes all that is written to it");
    }
    if lines.len() > DIFFERENCES_MAX {
        write!(out, "\n  and {} more", lines.len() - DIFFERENCES_MAX)
            .expect("a string takes all that is written to it");
    }
    out
}

fn compare(path: &str, there: &Value, here: &Value, lines: &mut Vec<String>) {
    match (there, here) {
        (Value::Object(old), Value::Object(new)) => {
            let names: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
            for name in names {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                compare(&inner, old.get(name).unwrap_or(&Value::Null), new.get(name).unwrap_or(&Value::Null), lines);
            }
        }
        (old, new) if old == new => {}
        (Value::Null, _) => lines.push(format!("{path} is not there")),
        (_, Value::Null) => lines.push(format!("{path} is there, and not in this run")),
        (Value::String(old), Value::String(new)) => lines.push(format!("{path} is {old} there, and {new} in this run")),
        (old, new) => lines.push(format!("{path} is {old} there, and {new} in this run")),
    }
}
