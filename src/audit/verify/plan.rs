//! The plan: the stages of the record compile to the plan whose digest it names, with the files at hand.
//!
//! The digest of older formats was made over other fields, so of those the stages are compared one by one.

use serde_json::json;

use super::Set;
use super::difference::{Strictness, differences};
use super::report::{Check, Checked, Findings};
use crate::engine::folder::describe_output;
use crate::ledger::funnel::counted;
use crate::ledger::run_record::MANIFEST;
use crate::plan::RECIPE_VERSION;
use crate::plan::compile::Plan;
use crate::plan::named::Named;
use crate::plan::problem::PresetError;
use crate::plan::recompile::Recorded;

/// Compiles the plan of a set.
pub fn compile(set: &Set<'_>, named: &dyn Named) -> Result<Plan, PresetError> {
    let record = set.record();
    let plan = &record.plan;
    let mut about = record.about.clone();
    if let Some(previous) = &record.previous {
        (about.version, about.published) = (previous.planned.version.clone(), previous.planned.published.clone());
    }
    let recorded = Recorded {
        name: &record.name,
        stages: &plan.stages,
        output: &plan.output,
        about: &about,
        readme_template: record.readme_template.as_deref(),
    };
    recorded.compile(named)
}

/// Compares the plan with the one that the record names.
pub fn check(set: &Set<'_>, plan: &Result<Plan, PresetError>) -> Checked {
    let record = set.record();
    let plan = match plan {
        Ok(plan) => plan,
        Err(error) => {
            let why = format!("{error}\nhint: name the folder that holds the files of the preset with --files DIR");
            return Checked::skipped(Check::Plan, why);
        }
    };
    let mut findings = Findings::default();
    let strictness = if set.is_present() { Strictness::Exact } else { Strictness::Older };
    let published = json!({ "stages": record.plan.stages, "output": record.plan.output, "name": record.name });
    let found = json!({ "stages": plan.resolved(), "output": describe_output(plan), "name": plan.name() });
    for difference in differences(&published, &found, strictness) {
        findings.of_file(MANIFEST, format!("plan.{difference}"));
    }
    let (digest, wanted) = (&record.plan.digest, plan.digest());
    let mut note = None;
    if record.plan.recipe_version != RECIPE_VERSION {
        let (theirs, ours) = (record.plan.recipe_version, RECIPE_VERSION);
        note = Some(format!("recipe version {theirs}; this program has {ours}, so the digests were not compared"));
    } else if !set.is_present() {
        note = Some(format!("digests of format {} cover other fields and were not compared", record.format));
    } else if digest != wanted {
        findings.of_file(MANIFEST, format!("plan.digest is {digest}; its stages and settings give {wanted}"));
    }
    let words =
        format!("{}, digest {}", counted(plan.resolved().len() as u64, "stage"), digest.get(..12).unwrap_or(digest));
    Checked::new(Check::Plan, words, findings).note_if(note)
}
