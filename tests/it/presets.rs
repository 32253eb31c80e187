//! Every shipped preset compiles and keeps what its `[[expect]]` tables promise.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use gristmill::annotate::models::Models;
use gristmill::annotate::robots::copies::Capture;
use gristmill::annotate::robots::{Captures, Seen};
use gristmill::annotate::tokens::Tokenizers;
use gristmill::dedup::minhash::earlier::{EarlierSet, EarlierSets};
use gristmill::document::bad_config::BadConfig;
use gristmill::document::origin::Origin;
use gristmill::document::signals::HeaderSignal;
use gristmill::engine::carry::{Carrier, Outcome};
use gristmill::filter::lists::Lists;
use gristmill::plan::compile::Plan;
use gristmill::plan::config::Expect;
use gristmill::plan::named::CardTemplates;
use gristmill::warc::coding::Undone;
use gristmill::warc::content::{Content, ContentKind, HttpFacts, SourceFile};
use gristmill::warc::limits::Limits;

use crate::support::fasttext_model::SampleModel;
use crate::support::golden::in_repository;

fn presets() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(in_repository("pipelines")).expect("the folder of presets");
    let paths = entries.flatten().map(|entry| entry.path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    paths.sort();
    paths
}

fn compile(path: &PathBuf) -> Plan {
    let source = std::fs::read_to_string(path).expect("a preset");
    Plan::compile(&path.display().to_string(), &source, &StandIns).unwrap_or_else(|error| panic!("{error}"))
}

/// Tables that lie beside the presets, and stand-ins for what a user has to fetch: lists of one entry and a model that
/// tells English by `the` and German by `der`.
struct StandIns;

impl Lists for StandIns {
    fn read(&self, path: &str) -> Result<String, BadConfig> {
        if let Ok(text) = std::fs::read_to_string(in_repository(&format!("pipelines/{path}"))) {
            return Ok(text);
        }
        let stem = path.rsplit(['/', '.']).nth(1).unwrap_or_default();
        match stem {
            "domains" => Ok(String::from("blocked.edu")),
            "urls" => Ok(String::from("https://example.org/blocked")),
            stem if stem.contains("banned") => Ok(stem.replace('_', "")),
            _ => Err(BadConfig::new(format!("{path} is not there"))),
        }
    }
}

impl Models for StandIns {
    fn read_model(&self, path: &str) -> Result<Vec<u8>, BadConfig> {
        let labels = if path.contains("glotlid") { ["eng_Latn", "deu_Latn"] } else { ["en", "de"] };
        let labels = labels.map(|label| format!("__label__{label}"));
        let words: [(&str, &[&str]); 2] = [(&labels[0], &["the", "of"]), (&labels[1], &["der", "und", "die"])];
        Ok(SampleModel::of_words(3, &words).file())
    }
}

/// No preset here names any of these.
impl Captures for StandIns {
    fn read(&self, inputs: &[String], take: &(dyn Fn(Capture<'_>) + Sync)) -> Result<Seen, BadConfig> {
        Captures::read(&none(), inputs, take)
    }
}

impl Tokenizers for StandIns {
    fn read_tokenizer(&self, path: &str) -> Result<Vec<u8>, BadConfig> {
        none().read_tokenizer(path)
    }
}

impl EarlierSets for StandIns {
    fn open_set(&self, folder: &str) -> Result<EarlierSet, BadConfig> {
        none().open_set(folder)
    }
}

impl CardTemplates for StandIns {
    fn read_template(&self, path: &str) -> Result<String, BadConfig> {
        none().read_template(path)
    }
}

fn none() -> BTreeMap<String, String> {
    BTreeMap::new()
}

#[test]
fn every_preset_compiles() {
    let plans: Vec<Plan> = presets().iter().map(compile).collect();
    assert!(plans.len() >= 3);
    let digests: std::collections::BTreeSet<_> = plans.iter().map(|plan| plan.digest().to_owned()).collect();
    assert_eq!(digests.len(), plans.len(), "different plans have different digests");
}

#[test]
fn every_expectation_holds() {
    let mut checked = 0;
    for path in presets() {
        let plan = compile(&path);
        for expect in plan.expectations() {
            let found = fate(&plan, expect);
            assert_eq!(found.as_deref(), expect.drop.as_deref(), "{}: {expect:?}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 0, "the presets promise something");
}

/// The reason for which the plan drops the example, or none if it keeps it.
fn fate(plan: &Plan, expect: &Expect) -> Option<String> {
    let (kind, body) = match (&expect.html, &expect.text) {
        (Some(html), _) => (ContentKind::Html, html),
        (None, Some(text)) => (ContentKind::PlainText, text),
        (None, None) => unreachable!("the plan has checked that one of them is there"),
    };
    let header = |line: &String| {
        let (name, value) = line.split_once(':').expect("`Name: value`");
        HeaderSignal { name: name.trim().to_lowercase(), value: value.trim().to_owned() }
    };
    let headers = expect.headers.iter().map(header).collect();
    let content = Content {
        origin: Origin { url: expect.url.clone(), http_status: Some(200), ..Origin::default() },
        kind,
        payload: body.repeat(expect.repeat as usize).into_bytes().into(),
        http: HttpFacts { charset: Some(String::from("utf-8")), headers, undone: Undone::Nothing },
    };
    let file = SourceFile { path: Arc::from("expect"), dump: None };
    match (Carrier { plan, file: &file, limits: &Limits::default() }).carry_content(content) {
        Outcome::Kept(kept) => kept.row.after.map(|(_, dropped)| dropped.reason.as_str().to_owned()),
        Outcome::Dropped(not_kept) => Some(not_kept.dropped.reason.as_str().to_owned()),
        Outcome::Counted(dropped) => Some(dropped.reason.as_str().to_owned()),
    }
}
