//! Presets and the records that runs leave behind.

use std::collections::BTreeMap;
use std::path::Path;

use gristmill::card;
use gristmill::engine::checkpoint::{Belief, TaskRecord, parse_counts, read_json, write_json};
use gristmill::engine::fingerprint::Fingerprint;
use gristmill::engine::folder::Begun;
use gristmill::engine::manifest::{Manifest, is_below};
use gristmill::plan::about::About;
use gristmill::plan::compile::Plan;
use gristmill::plan::recompile::Recorded;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::memory_store::Memory;

/// A preset is refused with the places of its mistakes, or is a plan that its own record gives again.
pub fn preset(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let named = files();
    match Plan::compile("made.toml", &source, &named) {
        Err(refused) => {
            assert!(!refused.problems.is_empty() && !refused.to_string().is_empty());
            let lines = source.lines().count().max(1) + 1;
            assert!(refused.problems.iter().filter_map(|problem| problem.at).all(|(line, _)| line <= lines));
        }
        Ok(plan) => {
            let again = Plan::compile("made.toml", &source, &named).expect("it was a plan before");
            assert_eq!(plan.digest(), again.digest());
            let (stages, output) = (json!(plan.resolved()), json!(plan.output()));
            let (name, about) = (plan.name(), plan.about());
            let readme_template = plan.readme_template();
            let record = Recorded { name, stages: &stages, output: &output, about, readme_template };
            let recompiled = record.compile(&named).unwrap_or_else(|error| panic!("of its own record: {error}"));
            assert_eq!(json!(recompiled.resolved()), stages, "the record of a plan gives the plan");
            assert_eq!(recompiled.digest(), plan.digest());
        }
    }
}

/// The files that a made-up preset may name: lists of several kinds.
fn files() -> BTreeMap<String, String> {
    let texts = [("list.txt", "a.example\nb.example\n"), ("table.toml", "[deu_Latn]\nlanguage_score_min = 0.5\n")];
    texts.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
}

/// A manifest is refused, or is written as it was read and can be asked: for its cards and its plan.
pub fn manifest(bytes: &[u8]) {
    let store = Memory::of("manifest.json", bytes);
    let Ok(manifest) = Manifest::read(&store, Path::new("")) else { return };
    let (file, record) = (manifest.file(), manifest.record);
    let again = serde_json::from_str(&record.to_json()).expect("a record is read as it was written");
    assert_eq!(record, again);
    record.funnel.balances();
    let cards = card::all(&record, &file);
    assert!(cards.iter().all(|card| is_below(&card.path)));
    assert_eq!(cards, card::all(&record, &file));
    let (name, about) = (&*record.name, &About::default());
    let (stages, output) = (&record.plan.stages, &record.plan.output);
    let recorded = Recorded { name, stages, output, about, readme_template: None };
    // Either is an answer.
    let _ = recorded.compile(&files()).map(|plan| plan.digest().to_owned());
}

/// The records of a folder and of a task are refused, or are written as they were read.
pub fn run_files(bytes: &[u8]) {
    let _: Option<TaskRecord> = read_back(bytes);
    if let Ok(task) = parse_counts::<TaskRecord>(bytes) {
        let whole = task.tally.clone().merge(&task.tally);
        assert_eq!(whole.balances(), task.tally.balances());
        assert_eq!(whole.seen(), 2 * task.tally.seen());
        let task = task.sealed();
        let (store, path) = (Memory::of("task.json", b""), Path::new("task.json"));
        write_json(&store, path, &task).expect("memory takes all");
        let known = Fingerprint { bytes: task.input_bytes, ends_sha256: task.input_ends_sha256.clone() };
        let input = (task.input.as_str(), &known);
        let believed = TaskRecord::believe(&store, Path::new(""), &task.plan_digest, input).expect("no failure");
        // No file that it names is there, but for itself, whose digest it cannot state.
        match believed {
            Belief::Whole(record) => assert_eq!((record.files.len(), *record), (0, task)),
            Belief::Damaged(_) => assert!(!task.files.is_empty()),
            Belief::None => panic!("it is of this plan and this input"),
        }
    }
    let _: Option<Begun> = read_back(bytes);
    let _: Option<Value> = read_back(bytes);
}

fn read_back<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(bytes: &[u8]) -> Option<T> {
    let (store, path) = (Memory::of("record.json", bytes), Path::new("record.json"));
    let record: T = read_json(&store, path).ok()?;
    write_json(&store, path, &record).expect("memory takes all");
    let again: T = read_json(&store, path).expect("a record is read as it was written");
    assert_eq!(record, again);
    Some(record)
}
