//! The funnel: every number follows from the others, and agrees with the inputs, the shards and the plan.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Set;
use super::report::{Check, Checked, Findings};
use crate::audit::takedown;
use crate::audit::takedown::reasons::reason;
use crate::filter::CATALOGUE;
use crate::ledger::funnel::{counted, grouped};
use crate::ledger::removal::RuleKind;
use crate::ledger::run_record::{MANIFEST, is_damage};
use crate::ledger::tally::StageTally;
use crate::plan::compile::WARC_STAGE;
use crate::warc::{content, damage};

/// Checks the sums.
pub fn check(set: &Set<'_>) -> Checked {
    let record = set.record();
    let mut findings = Findings::default();
    let mut wrong = |message: String| findings.of_file(MANIFEST, message);
    let stages = record.funnel.stages();
    for stage in stages {
        if stage.seen != stage.kept + stage.dropped_total() {
            let (kept, dropped) = (stage.kept, stage.dropped_total());
            wrong(format!("{} saw {}, kept {kept} and dropped {dropped}", stage.stage, stage.seen));
        }
        if stage.edits.documents > stage.seen {
            wrong(format!("{} saw {} and changed {}", stage.stage, stage.seen, stage.edits.documents));
        }
        foreign_reasons(stage).into_iter().for_each(&mut wrong);
    }
    for pair in stages.windows(2).filter(|pair| pair[1].seen != pair[0].kept) {
        wrong(format!("{} saw {}; {} kept {}", pair[1].stage, pair[1].seen, pair[0].stage, pair[0].kept));
    }
    // Takedowns come behind the plan, in their order.
    let takedowns = stages.iter().rev().take_while(|stage| takedown::is_stage(&stage.stage)).count();
    let (of_plan, of_takedowns) = stages.split_at(stages.len() - takedowns);
    for (number, stage) in (1..).zip(of_takedowns) {
        if stage.stage != takedown::stage_name(number) {
            wrong(format!("{} stands where {} should be", stage.stage, takedown::stage_name(number)));
        }
    }
    let names: Vec<&str> = of_plan.iter().map(|stage| &*stage.stage).collect();
    let planned: Vec<&str> =
        record.plan.stages.as_array().into_iter().flatten().filter_map(|stage| stage.get("name")?.as_str()).collect();
    if names != planned {
        wrong(format!("its stages are {}; those of the plan are {}", names.join(", "), planned.join(", ")));
    }
    let records = record.inputs.iter().map(|input| input.records).sum();
    let damaged = record.inputs.iter().map(|input| input.damaged).sum();
    let rows = record.shards.iter().map(|shard| shard.rows).sum();
    let sums = [
        ("records read", record.funnel.seen(), "the inputs have", records),
        ("records that could not be read", record.funnel.dropped_where(is_damage), "the inputs have", damaged),
        ("documents kept", record.funnel.kept(), "the shards have", rows),
        ("documents kept", record.funnel.kept(), "the statistics have", record.statistics.total.documents),
    ];
    for (what, found, whose, wanted) in sums.into_iter().filter(|(_, found, _, wanted)| found != wanted) {
        wrong(format!("{what}: {found}; {whose} {wanted}"));
    }
    if set.manifest.json.get("crawl").is_some() {
        let crawl = &record.crawl;
        let pages = stages.first().map_or(0, |stage| stage.kept);
        for (what, found) in [
            ("crawl.pages", crawl.pages),
            ("crawl.tlds in all", crawl.tlds.values().sum()),
            ("crawl.years in all", crawl.years.values().sum()),
        ] {
            if found != pages {
                wrong(format!("{what}: {found}; {WARC_STAGE} kept {pages}"));
            }
        }
    }
    let words = format!("{}, {} records", counted(stages.len() as u64, "stage"), grouped(record.funnel.seen()));
    Checked::new(Check::Funnel, words, findings)
}

/// Reasons that the stage cannot give.
fn foreign_reasons(stage: &StageTally) -> Vec<String> {
    let name = stage.stage.split('#').next().unwrap_or_default();
    let known: BTreeSet<&str> = match name.strip_prefix("filter.") {
        _ if name == WARC_STAGE => {
            content::REASONS.iter().chain(damage::REASONS).map(|reason| reason.as_str()).collect()
        }
        Some(filter) => {
            let entry = CATALOGUE.iter().find(|entry| entry.name == filter);
            entry.into_iter().flat_map(|entry| entry.reasons).map(|reason| reason.as_str()).collect()
        }
        None if takedown::is_stage(name) => RuleKind::ALL.iter().map(|kind| reason(*kind).as_str()).collect(),
        None => return Vec::new(),
    };
    let foreign = stage.dropped.keys().filter(|reason| !known.contains(reason.as_ref()));
    foreign.map(|reason| format!("{} gives no such reason as {reason}", stage.stage)).collect()
}

/// The drops of the funnel that the ledger lists: all but records that are only counted.
pub fn listed(stages: &[StageTally]) -> impl Iterator<Item = ((String, String), u64)> + '_ {
    stages.iter().flat_map(|stage| {
        let listed = stage.dropped.iter().filter(|(reason, _)| reason.as_ref() != content::NOT_CONTENT.as_str());
        listed.map(|(reason, count)| ((stage.stage.to_string(), reason.to_string()), *count))
    })
}

/// The stages of the plan that name earlier sets, so that what stands for a document may lie in one of those.
pub fn names_earlier_sets(stages: &Value) -> bool {
    let stages = stages.as_array().into_iter().flatten();
    stages.filter_map(|stage| stage.get("earlier")?.as_array()).any(|earlier| !earlier.is_empty())
}
