//! Preset -> [`Plan`]: every default filled in, every mistake collected, cheap questions first.
//!
//! A plan has four stretches: `admit` judges an origin before anything is parsed, `before` works on single documents,
//! `dedup` on many, `after` on single documents that deduplication has kept. Only a plan can run.

use serde::Serialize;

use super::about::About;
use super::config::{Expect, Output, Preset, Stage};
use super::named::{Named, RecordedLists};
use super::order::{Stretch, stretches};
use super::problem::{PresetError, Problem};
use super::{RECIPE_VERSION, digest, form};
use crate::annotate::language::codes;
use crate::annotate::robots::Summary;
use crate::annotate::{AnnotateConfig, Annotator, models, tokens};
use crate::dedup::Deduplicator;
use crate::dedup::minhash::earlier::EarlierSet;
use crate::document::bad_config::BadConfig;
use crate::document::rights::Tier;
use crate::edit::Editor;
use crate::extract::{ExtractConfig, Extractor};
use crate::filter::{Filter, FilterConfig, Gate, Given, Judge, contamination};

/// Name of the first stage of every funnel: reading records.
pub const WARC_STAGE: &str = "warc";
/// Name of the stage that drops pages without any license mark before they are parsed.
pub const PREFILTER_STAGE: &str = "prefilter.license_mark";

/// What is done to one document by one stage.
pub enum Action {
    /// Find a fact.
    Annotate(Box<dyn Annotator>),
    /// Change the text.
    Edit(Box<dyn Editor>),
    /// Judge.
    Filter(Box<dyn Filter>),
}

/// A stage that works on single documents, with its place in the funnel.
pub struct Step {
    /// Position in [`Plan::stage_names`].
    pub index: usize,
    /// What it does.
    pub action: Action,
}

/// A gate with its place in the funnel.
pub struct GateStep {
    /// Position in [`Plan::stage_names`].
    pub index: usize,
    /// The judge of origins.
    pub gate: Box<dyn Gate>,
}

/// A deduplication stage with its place in the funnel.
pub struct DedupStep {
    /// Position in [`Plan::stage_names`].
    pub index: usize,
    /// The stage.
    pub deduplicator: Deduplicator,
}

/// One stage as it will run, for people and for the digest.
#[derive(Clone, Debug, Serialize)]
pub struct Resolved {
    /// Name in the funnel.
    pub name: String,
    /// When it runs: `admit`, `before`, `dedup` or `after`.
    pub stretch: &'static str,
    /// The stage with every default filled in; none for stages that the plan adds by itself.
    pub stage: Option<Stage>,
    /// What was read of the robots.txt files that the stage names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub robots: Option<Summary>,
    /// What the stage counts tokens by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokenizer: Option<tokens::Summary>,
    /// The model that the stage asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<models::Summary>,
    /// The earlier sets that the stage names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierSet>,
    /// What was read of the benchmarks that the stage names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub benchmarks: Option<Vec<contamination::Summary>>,
}

impl Resolved {
    /// A stage that the plan adds by itself, before any page is parsed.
    fn own(name: &str) -> Self {
        Self {
            name: name.into(),
            stretch: "admit",
            stage: None,
            robots: None,
            tokenizer: None,
            model: None,
            earlier: Vec::new(),
            benchmarks: None,
        }
    }
}

/// The checked, resolved form of a preset.
pub struct Plan {
    name: String,
    digest: String,
    inputs: Vec<String>,
    output: Output,
    about: About,
    readme_template: Option<String>,
    parts: Parts,
    expectations: Vec<Expect>,
}

impl Plan {
    /// Compiles the preset in `source`. `name` is its file as it was named; `named` reads the files it names.
    pub fn compile(name: &str, source: &str, named: &dyn Named) -> Result<Self, PresetError> {
        let (preset, problems) = Preset::parse(source);
        let Some(preset) = preset else {
            return Err(PresetError { preset: name.to_owned(), problems }.sorted());
        };
        let template = form::read_template(preset.output.readme_template.as_deref(), named);
        Self::of_preset((name, source), preset, template, problems, named)
    }

    /// Compiles a preset that was read from the record of a set, with the template of its card.
    pub(super) fn of_record(
        name: &str,
        preset: Preset,
        template: Option<String>,
        named: &dyn Named,
    ) -> Result<Self, PresetError> {
        Self::of_preset((name, ""), preset, Ok(template), Vec::new(), named)
    }

    /// Compiles what was understood of a preset; `problems` are those met so far.
    fn of_preset(
        (name, source): (&str, &str),
        preset: Preset,
        template: Result<Option<String>, Problem>,
        mut problems: Vec<Problem>,
        named: &dyn Named,
    ) -> Result<Self, PresetError> {
        problems.extend(form::problems(source, &preset));
        // Where a stage could not be understood, what is behind it may lack only that.
        let is_whole = problems.is_empty();
        let stretches = match stretches(source, &preset.stage) {
            Ok(stretches) => stretches,
            Err(found) => {
                problems.extend(found.into_iter().filter(|_| is_whole));
                vec![Stretch::Before; preset.stage.len()]
            }
        };
        let parts = build_parts(source, &preset, &stretches, named, &mut problems);
        let readme_template = template.unwrap_or_else(|wrong| {
            problems.push(wrong);
            None
        });
        let (true, Some(parts)) = (problems.is_empty(), parts) else {
            return Err(PresetError { preset: name.to_owned(), problems }.sorted());
        };
        let set_name = preset.output.name.clone().unwrap_or_else(|| stem(name));
        let output = Output { dir: preset.output.dir, name: Some(set_name.clone()), ..preset.output };
        let mut files = parts.list_digests.clone();
        files.extend(readme_template.as_ref().map(digest::of));
        let digest = digest::of(&(RECIPE_VERSION, &parts.resolved, files, form::of(&output), &preset.about));
        Ok(Self {
            name: set_name,
            digest,
            inputs: preset.input.warc,
            output,
            about: preset.about,
            readme_template,
            parts,
            expectations: preset.expect.into_iter().map(|expect| expect.into_inner()).collect(),
        })
    }

    /// Name of the data set.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 over all that decides the bytes that come out, in hex.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The inputs that the preset names.
    pub fn inputs(&self) -> &[String] {
        &self.inputs
    }

    /// What is written, and in which form.
    pub fn output(&self) -> &Output {
        &self.output
    }

    /// What the set's maker says of it.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The template of `README.md`, if the preset names one.
    pub fn readme_template(&self) -> Option<&str> {
        self.readme_template.as_deref()
    }

    /// All stages in the order in which they run, every default filled in.
    pub fn resolved(&self) -> &[Resolved] {
        &self.parts.resolved
    }

    /// Names of the funnel's stages, the reading of records first.
    pub fn stage_names(&self) -> impl Iterator<Item = &str> {
        self.parts.resolved.iter().map(|stage| stage.name.as_str())
    }

    /// Judges of origins.
    pub fn admit(&self) -> &[GateStep] {
        &self.parts.admit
    }

    /// Place in the funnel of the drop of pages without a license mark, if the plan has it.
    pub fn prefilter(&self) -> Option<usize> {
        self.parts.prefilter
    }

    /// The extractor and its place in the funnel.
    pub fn extract(&self) -> (usize, &Extractor) {
        (self.parts.extract.0, &self.parts.extract.1)
    }

    /// What is done to each document before deduplication.
    pub fn before(&self) -> &[Step] {
        &self.parts.before
    }

    /// What is done to all documents.
    pub fn dedup(&self) -> &[DedupStep] {
        &self.parts.dedup
    }

    /// What is done to each document that deduplication has kept.
    pub fn after(&self) -> &[Step] {
        &self.parts.after
    }

    /// Whether a document of this tier can be in the set: no stage drops it for its tier.
    pub fn keeps_tier(&self, tier: Tier) -> bool {
        let stages = self.parts.resolved.iter().filter_map(|resolved| resolved.stage.as_ref());
        stages.fold(true, |keeps, stage| match stage {
            Stage::Filter(FilterConfig::Rights(config)) => keeps && config.tiers.contains(&tier),
            _ => keeps,
        })
    }

    /// Examples that the preset promises to treat as stated.
    pub fn expectations(&self) -> &[Expect] {
        &self.expectations
    }
}

fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.strip_suffix(".toml").unwrap_or(file).to_owned()
}

/// The built stages, each with its place in the funnel.
struct Parts {
    resolved: Vec<Resolved>,
    list_digests: Vec<String>,
    admit: Vec<GateStep>,
    prefilter: Option<usize>,
    extract: (usize, Extractor),
    before: Vec<Step>,
    dedup: Vec<DedupStep>,
    after: Vec<Step>,
}

/// A stage after building, before it has its place in the funnel.
enum Built {
    Gate(Box<dyn Gate>),
    Extract(Extractor),
    Step(Action),
    Dedup(Deduplicator),
}

/// Builds all stages. None if there is no extractor, of which a problem tells already.
fn build_parts(
    source: &str,
    preset: &Preset,
    stretches: &[Stretch],
    named: &dyn Named,
    problems: &mut Vec<Problem>,
) -> Option<Parts> {
    let mut stages: Vec<(Stretch, String, Stage, Built, Vec<String>)> = Vec::new();
    let mut languages = codes::Given::default();
    for (stage, stretch) in preset.stage.iter().zip(stretches) {
        let recorded = RecordedLists::of(named);
        let given = Given { lists: &recorded, models: named, languages: &languages };
        match build(stage.get_ref(), *stretch, &given, named) {
            Ok(built) => {
                if let Built::Step(Action::Annotate(annotator)) = &built {
                    languages = annotator.languages().unwrap_or(languages);
                }
                let kind = stage.get_ref().name();
                let uses = stages.iter().filter(|(_, _, earlier, ..)| earlier.name() == kind).count();
                let name = if uses == 0 { kind } else { format!("{kind}#{}", uses + 1) };
                stages.push((*stretch, name, stage.get_ref().clone(), built, recorded.into_digests()));
            }
            Err(wrong) => {
                let message = format!("`{}`: {wrong}", stage.get_ref().name());
                let problem = Problem::at(source, stage.span(), message);
                problems.push(Problem { hint: wrong.hint().map(str::to_owned), ..problem });
            }
        }
    }
    stages.sort_by_key(|(stretch, ..)| *stretch);
    let prefilter = may_prefilter(preset);
    place(stages, prefilter)
}

/// Puts the stages into the order in which they run and gives each its place in the funnel.
fn place(stages: Vec<(Stretch, String, Stage, Built, Vec<String>)>, wants_prefilter: bool) -> Option<Parts> {
    let mut list_digests = Vec::new();
    let mut resolved = vec![Resolved::own(WARC_STAGE)];
    let (mut admit, mut before, mut dedup, mut after) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut extract, mut prefilter) = (None, None);
    for (stretch, name, stage, built, lists) in stages {
        list_digests.extend(lists);
        if wants_prefilter && prefilter.is_none() && stretch > Stretch::Admit {
            prefilter = Some(resolved.len());
            resolved.push(Resolved::own(PREFILTER_STAGE));
        }
        let index = resolved.len();
        let stretch_name = match stretch {
            Stretch::Admit => "admit",
            Stretch::Before => "before",
            Stretch::Dedup => "dedup",
            Stretch::After => "after",
        };
        let (mut robots, mut tokenizer, mut model) = (None, None, None);
        let (mut benchmarks, mut earlier) = (None, Vec::new());
        match &built {
            Built::Step(Action::Annotate(annotator)) => {
                (robots, tokenizer) = (annotator.reads().cloned(), annotator.tokenizer().cloned());
                model = annotator.model().cloned();
            }
            Built::Step(Action::Filter(filter)) => {
                (benchmarks, model) = (filter.benchmarks().map(<[_]>::to_vec), filter.model().cloned());
            }
            Built::Dedup(Deduplicator::Minhash(minhash)) => earlier = minhash.earlier().to_vec(),
            _ => {}
        }
        resolved.push(Resolved {
            name,
            stretch: stretch_name,
            stage: Some(stage),
            robots,
            tokenizer,
            model,
            earlier,
            benchmarks,
        });
        match built {
            Built::Gate(gate) => admit.push(GateStep { index, gate }),
            Built::Extract(extractor) => extract = Some((index, extractor)),
            Built::Dedup(deduplicator) => dedup.push(DedupStep { index, deduplicator }),
            Built::Step(action) if stretch == Stretch::After => after.push(Step { index, action }),
            Built::Step(action) => before.push(Step { index, action }),
        }
    }
    Some(Parts { resolved, list_digests, admit, prefilter, extract: extract?, before, dedup, after })
}

fn build(stage: &Stage, stretch: Stretch, given: &Given<'_>, named: &dyn Named) -> Result<Built, BadConfig> {
    Ok(match stage {
        Stage::Extract(config) => Built::Extract(ExtractConfig::build(config)?),
        Stage::Annotate(config) => Built::Step(Action::Annotate(AnnotateConfig::build(config, named)?)),
        Stage::Edit(config) => Built::Step(Action::Edit(config.build(&|path| given.lists.read(path))?)),
        Stage::Dedup(config) => Built::Dedup(config.build(named)?),
        Stage::Filter(config) => match (FilterConfig::build(config, given)?, stretch) {
            (Judge::Document(filter), _) => Built::Step(Action::Filter(filter)),
            (Judge::Origin(gate), Stretch::Admit) => Built::Gate(gate),
            (Judge::Origin(gate), _) => Built::Step(Action::Filter(Box::new(LateGate(gate)))),
        },
    })
}

/// A judge of origins that stands behind deduplication, where there are documents only.
struct LateGate(Box<dyn Gate>);

impl Filter for LateGate {
    fn judge(&self, document: &crate::document::Document) -> crate::document::reason::Verdict {
        self.0.judge(&document.origin)
    }
}

/// Whether every document that is kept needs a license, so that pages without any mark of one need not be parsed.
/// Not where dropped documents are written: they would lack their text.
fn may_prefilter(preset: &Preset) -> bool {
    let wants_license = preset.stage.iter().any(|stage| match stage.get_ref() {
        Stage::Filter(FilterConfig::Rights(config)) => config.keeps_only_licensed(),
        _ => false,
    });
    wants_license && !preset.output.dropped
}

#[cfg(test)]
mod with_action;
