//! Where everything lies in an output folder, and whether a folder may be written to by this run.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::EngineError;
use super::checkpoint::{read_json, write_json};
use crate::plan::compile::{Plan, Resolved};
use crate::plan::config::Output;
use crate::plan::describe;
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
    /// Every input by its name, with its length in bytes.
    pub inputs: Vec<(String, u64)>,
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
        self.file("manifest.json")
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

    /// Whether the set is published.
    pub fn is_finished(&self, store: &dyn Store) -> bool {
        store.exists(&self.run()) && store.exists(&self.manifest())
    }

    /// Takes the folder for this plan and these inputs, or says whose it is.
    pub fn claim(&self, store: &dyn Store, plan: &Plan, inputs: &[InputFile]) -> Result<(), EngineError> {
        let mut lengths = Vec::with_capacity(inputs.len());
        for input in inputs {
            lengths.push((input.name.clone(), store.open(&input.path)?.len_bytes()));
        }
        let here = Begun { plan_digest: plan.digest().to_owned(), plan: describe(plan), inputs: lengths };
        if store.exists(&self.begun()) {
            let there: Begun = read_json(store, &self.begun())?;
            if there.plan_digest == here.plan_digest && there.inputs == here.inputs {
                return Ok(());
            }
            let differences = differences(&there, &here);
            return Err(EngineError::OtherRun { folder: self.root.clone(), differences });
        }
        // A run that was killed before it wrote what it was begun with leaves no more than the folder `run`.
        if store.list(&self.root)?.iter().any(|name| name != "run") {
            return Err(EngineError::ForeignFolder(self.root.clone()));
        }
        write_json(store, &self.begun(), &here)
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
    for (name, bytes) in &there.inputs {
        match here.inputs.iter().find(|(other, _)| other == name) {
            None => lines.push(format!("input {name} is there, and not in this run")),
            Some((_, now)) if now != bytes => lines.push(format!("input {name} had {bytes} bytes, and has {now} now")),
            Some(_) => {}
        }
    }
    for (name, _) in here.inputs.iter().filter(|(name, _)| !there.inputs.iter().any(|(other, _)| other == name)) {
        lines.push(format!("input {name} is not there"));
    }
    if lines.is_empty() {
        lines.push(String::from("the inputs come in another order, or a list file or this program's version differs"));
    }
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
