//! The plan of a run record -> [`Plan`], so that what a set was made by can be done again.
//!
//! The record lists the stages in the order in which they run; a preset of them in this order compiles to the same plan.

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use super::about::About;
use super::compile::Plan;
use super::config::{Input, Output, Preset, Stage};
use super::named::Named;
use super::problem::{PresetError, Problem};

/// The plan of a set as its run record has it.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// The set's name.
    pub name: &'a str,
    /// The stages in the order in which they ran, those that the plan added by itself with `stage` null.
    pub stages: &'a Value,
    /// The output settings.
    pub output: &'a Value,
    /// What the set's maker said of it.
    pub about: &'a About,
    /// The template of its data card, if the preset had one of its own.
    pub readme_template: Option<&'a str>,
}

impl Recorded<'_> {
    /// Compiles the plan again; `named` reads the files that it names.
    pub fn compile(&self, named: &dyn Named) -> Result<Plan, PresetError> {
        let refused = |message: String| PresetError {
            preset: format!("the plan of {}", self.name),
            problems: vec![Problem::of_file(message)],
        };
        let stages = self.stages.as_array().ok_or_else(|| refused(String::from("plan.stages is no list")))?;
        let mut stage = Vec::new();
        for (number, entry) in stages.iter().enumerate() {
            let Some(own) = entry.get("stage").filter(|own| !own.is_null()) else { continue };
            // Options that older versions wrote as null when nothing was said may be of another type by now.
            let read = Stage::deserialize(own).or_else(|_| Stage::deserialize(without_nulls(own)));
            let read = read.map_err(|error| refused(format!("plan.stages[{number}]: {error}")))?;
            stage.push(Spanned::new(0..0, read));
        }
        let output = Output::deserialize(self.output).map_err(|error| refused(format!("plan.output: {error}")))?;
        let (input, about) = (Input::default(), self.about.clone());
        let template = self.readme_template.map(str::to_owned);
        let preset = Preset { recipe: Spanned::new(0..0, 1), input, stage, output, about, expect: Vec::new() };
        Plan::of_record(&format!("the plan of {}", self.name), preset, template, named)
    }
}

/// The value without fields that are null.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let there = fields.iter().filter(|(_, value)| !value.is_null());
            there.map(|(name, value)| (name.clone(), without_nulls(value))).collect()
        }
        other => other.clone(),
    }
}
