//! What two sets were made by and from: settings stage by stage, and inputs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::ledger::run_record::{InputRecord, RunRecord};
use crate::plan::describe;

/// A setting that differs, or a stage that only one of the plans has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanDifference {
    /// Name of the stage; `output` for the form of the files, `plan` for what concerns all of it.
    pub stage: String,
    /// Name of the setting; none where the stage itself is in one plan only.
    pub setting: Option<String>,
    /// The first set's value, as it could stand in a preset; none if it has none.
    pub a: Option<String>,
    /// The second set's.
    pub b: Option<String>,
}

/// An input that only one of the sets has read, or that has other bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputDifference {
    /// Its name.
    pub path: String,
    /// SHA-256 of what the first set has read; none if it has not.
    pub a: Option<String>,
    /// The same for the second.
    pub b: Option<String>,
}

type Settings = BTreeMap<String, String>;

/// Settings that differ: stages in the first plan's order, then those that only the second has.
pub fn compare(a: &RunRecord, b: &RunRecord) -> Vec<PlanDifference> {
    let mut out = Vec::new();
    let version = |record: &RunRecord| Some(record.plan.recipe_version.to_string());
    push(&mut out, "plan", Some("recipe_version"), version(a), version(b));
    let (of_a, of_b) = (stages(&a.plan.stages), stages(&b.plan.stages));
    let find = |stages: &[(String, Settings)], name: &str| -> Option<Settings> {
        stages.iter().find(|(stage, _)| stage == name).map(|(_, settings)| settings.clone())
    };
    let only_b = of_b.iter().filter(|(name, _)| find(&of_a, name).is_none());
    for (name, _) in of_a.iter().chain(only_b) {
        match (find(&of_a, name), find(&of_b, name)) {
            (Some(old), Some(new)) => compare_settings(&mut out, name, &old, &new),
            (old, new) => push(&mut out, name, None, old.map(|old| words(&old)), new.map(|new| words(&new))),
        }
    }
    let order = |mine: &[(String, Settings)], others: &[(String, Settings)]| -> String {
        let common = mine.iter().map(|(name, _)| name).filter(|name| find(others, name).is_some());
        common.cloned().collect::<Vec<_>>().join(", ")
    };
    push(&mut out, "plan", Some("order"), Some(order(&of_a, &of_b)), Some(order(&of_b, &of_a)));
    compare_settings(&mut out, "output", &flat(&a.plan.output), &flat(&b.plan.output));
    if out.is_empty() {
        // Lists and models are part of the digest by what they hold, and of the settings by their names alone.
        push(&mut out, "plan", Some("digest"), Some(a.plan.digest.clone()), Some(b.plan.digest.clone()));
    }
    out
}

fn compare_settings(out: &mut Vec<PlanDifference>, stage: &str, old: &Settings, new: &Settings) {
    for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        push(out, stage, Some(name), old.get(name).cloned(), new.get(name).cloned());
    }
}

fn push(out: &mut Vec<PlanDifference>, stage: &str, setting: Option<&str>, a: Option<String>, b: Option<String>) {
    if a != b {
        out.push(PlanDifference { stage: stage.to_owned(), setting: setting.map(str::to_owned), a, b });
    }
}

/// Name and settings of every stage; what a stage states beside its settings (digests of lists, a tokenizer) is one of
/// them.
fn stages(stages: &Value) -> Vec<(String, Settings)> {
    let stages = stages.as_array().map(Vec::as_slice).unwrap_or_default();
    let stage = |stage: &Value| {
        let name = stage["name"].as_str().unwrap_or_default().to_owned();
        let mut settings: Settings = describe::settings(&stage["stage"]).into_iter().collect();
        let fields = stage.as_object().into_iter().flatten();
        let is_form = |field: &str| ["name", "stage", "stretch"].contains(&field);
        let beside = fields.filter(|(field, value)| !is_form(field) && !is_nothing(value));
        settings.extend(beside.map(|(field, value)| (field.clone(), value.to_string())));
        (name, settings)
    };
    stages.iter().map(stage).collect()
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

fn flat(output: &Value) -> Settings {
    let fields = output.as_object().into_iter().flatten();
    fields.map(|(name, value)| (name.clone(), value.to_string())).collect()
}

fn words(settings: &Settings) -> String {
    let settings: Vec<_> = settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    if settings.is_empty() { String::from("{}") } else { format!("{{ {} }}", settings.join(", ")) }
}

/// Inputs that differ, by name.
pub fn inputs(a: &[InputRecord], b: &[InputRecord]) -> Vec<InputDifference> {
    let digests = |inputs: &[InputRecord]| -> BTreeMap<String, String> {
        inputs.iter().map(|input| (input.path.clone(), input.sha256.clone())).collect()
    };
    let (a, b) = (digests(a), digests(b));
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let differing = names.into_iter().filter(|name| a.get(*name) != b.get(*name));
    differing
        .map(|name| InputDifference { path: name.clone(), a: a.get(name).cloned(), b: b.get(name).cloned() })
        .collect()
}
