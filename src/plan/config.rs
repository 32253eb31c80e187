//! A preset as it is typed: TOML, read top to bottom, unknown keys refused where they stand.
//!
//! Serde stops at the first mistake. To report all of them, the file is parsed into a tree with positions; a value that
//! is refused is noted and taken out, and the rest is tried again.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::about::About;
use super::problem::Problem;
use crate::annotate::AnnotateConfig;
use crate::dedup::DedupConfig;
use crate::edit::EditConfig;
use crate::extract::ExtractConfig;
use crate::filter::FilterConfig;

/// Most mistakes that are reported for one file.
const PROBLEMS_MAX: usize = 20;
/// Largest preset, in bytes.
const PRESET_BYTES_MAX: usize = 1 << 20;
/// Most stages, and most examples, of a preset. Names of stages and places of mistakes are looked for one by one.
const ENTRIES_MAX: usize = 1_000;

/// A preset, as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Version of the preset format; 1 is the only one.
    pub recipe: Spanned<u32>,
    /// What is read.
    #[serde(default)]
    pub input: Input,
    /// The stages, in the order in which a document meets them.
    #[serde(default)]
    pub stage: Vec<Spanned<Stage>>,
    /// What is written.
    #[serde(default)]
    pub output: Output,
    /// What the set's maker says of it.
    #[serde(default)]
    pub about: About,
    /// Examples that the preset promises to treat as stated.
    #[serde(default)]
    pub expect: Vec<Spanned<Expect>>,
}

/// What is read; `--input` overrides it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Input {
    /// Files, globs, folders, or lists of paths (`.paths`, `.paths.gz`, `.txt`), relative to the working folder.
    pub warc: Vec<String>,
}

/// One stage of a preset: exactly one of these, with the options of exactly one kind below it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Makes a document of a page.
    Extract(ExtractConfig),
    /// Finds a fact.
    Annotate(AnnotateConfig),
    /// Changes the text.
    Edit(EditConfig),
    /// Keeps or drops one document.
    Filter(FilterConfig),
    /// Keeps or drops among many.
    Dedup(DedupConfig),
}

impl Stage {
    /// The name in the funnel, e.g. `filter.length`.
    pub fn name(&self) -> String {
        match self {
            Self::Extract(config) => format!("extract.{}", config.name()),
            Self::Annotate(config) => format!("annotate.{}", config.name()),
            Self::Edit(config) => format!("edit.{}", config.entry().name),
            Self::Filter(config) => format!("filter.{}", config.entry().name),
            Self::Dedup(config) => format!("dedup.{}", config.name()),
        }
    }
}

/// What is written.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Output {
    /// Folder for the data set; `--out` overrides it. Not part of the plan's digest.
    pub dir: Option<String>,
    /// Name of the set, for its card; by default that of the preset's file.
    pub name: Option<String>,
    /// Largest shard, in bytes of its columns before compression, so that every machine cuts at the same row.
    pub shard_bytes_max: u64,
    /// zstd level of the shards.
    pub zstd_level: i32,
    /// Whether the dropped documents themselves are written to `dropped/`.
    pub dropped: bool,
    /// What documents share that go into one configuration of the set, `data/<config>/`.
    pub group_by: GroupBy,
    /// Cards that are written besides those that every set has.
    pub extra_cards: Vec<ExtraCard>,
    /// File with the template of `README.md`; the program's own if none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readme_template: Option<String>,
}

impl Default for Output {
    fn default() -> Self {
        Self {
            dir: None,
            name: None,
            shard_bytes_max: 256 << 20,
            zstd_level: 3,
            dropped: false,
            group_by: GroupBy::Nothing,
            extra_cards: Vec::new(),
            readme_template: None,
        }
    }
}

/// What documents share that go into one configuration of the set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    /// There is one configuration, `default`.
    #[default]
    Nothing,
    /// A configuration a language: ISO 639-3, `und` where none was found.
    Language,
    /// A configuration a language and script, e.g. `srp_Cyrl`.
    LanguageScript,
    /// A configuration a license tier.
    LicenseTier,
}

/// A card that is written on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtraCard {
    /// `CITATION.cff`
    Citation,
    /// `spdx.json`: SPDX 3.0.1, Dataset profile.
    Spdx,
}

/// An example page or text, and what the plan's stages have to say of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Plain text, taken as it is; instead of `html`.
    pub text: Option<String>,
    /// A page; instead of `text`.
    pub html: Option<String>,
    /// Its URL.
    #[serde(default = "example_url")]
    pub url: String,
    /// HTTP headers, each `Name: value`.
    #[serde(default)]
    pub headers: Vec<String>,
    /// The reason of the drop; none if it is kept.
    pub drop: Option<String>,
    /// How often `text` or `html` is repeated, for limits that take many words.
    #[serde(default = "one")]
    pub repeat: u32,
}

fn example_url() -> String {
    String::from("https://example.org/")
}

fn one() -> u32 {
    1
}

impl Preset {
    /// Reads a preset: what of it can be understood, if anything, and what cannot.
    pub fn parse(source: &str) -> (Option<Self>, Vec<Problem>) {
        if source.len() > PRESET_BYTES_MAX {
            let message = format!("it has {} bytes; a preset has up to {PRESET_BYTES_MAX}", source.len());
            return (None, vec![Problem::of_file(message)]);
        }
        let (mut tree, syntax) = DeTable::parse_recoverable(source);
        let mut problems: Vec<_> = syntax.iter().map(|mistake| problem(source, mistake)).collect();
        while problems.len() < PROBLEMS_MAX {
            match Self::deserialize(toml::Deserializer::from(tree.clone())) {
                Ok(preset) => match preset.too_long() {
                    None => return (Some(preset), problems),
                    Some(problem) => {
                        problems.push(problem);
                        return (None, problems);
                    }
                },
                Err(mistake) => {
                    let taken_out = mistake.span().is_some_and(|span| take_out(tree.get_mut(), &span));
                    problems.push(problem(source, &mistake));
                    if !taken_out {
                        break;
                    }
                }
            }
        }
        (None, problems)
    }

    fn too_long(&self) -> Option<Problem> {
        let lists = [("stages", self.stage.len()), ("examples", self.expect.len())];
        let (what, count) = lists.into_iter().find(|(_, count)| *count > ENTRIES_MAX)?;
        Some(Problem::of_file(format!("it has {count} {what}; a preset has up to {ENTRIES_MAX}")))
    }
}

fn problem(source: &str, mistake: &toml::de::Error) -> Problem {
    match mistake.span() {
        Some(span) => Problem::at(source, span, mistake.message()),
        None => Problem::of_file(mistake.message()),
    }
}

/// Takes out the innermost entry of the tree whose key or value the span lies in, and what is left empty by that.
/// False if there is none.
///
/// Every branch is searched: a table that is written under a header of its own spans no more than that header.
fn take_out(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    let mut guilty = None;
    for (key, value) in table.iter_mut() {
        if take_out_of_value(value.get_mut(), span) {
            if !is_empty(value.get_ref()) {
                return true;
            }
            guilty = Some(key.clone());
            break;
        }
        if holds(&key.span(), span) || holds(&value.span(), span) {
            guilty = Some(key.clone());
        }
    }
    guilty.is_some_and(|key| table.remove(&key).is_some())
}

fn take_out_of_value(value: &mut DeValue<'_>, span: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => take_out(table, span),
        DeValue::Array(array) => {
            let inner = array.iter_mut().position(|item| take_out_of_value(item.get_mut(), span));
            if inner.is_some_and(|position| !is_empty(array[position].get_ref())) {
                return true;
            }
            let guilty = inner.or_else(|| array.iter().position(|item| holds(&item.span(), span)));
            let Some(guilty) = guilty else { return false };
            let others = array.iter().enumerate().filter(|(position, _)| *position != guilty);
            *array = others.map(|(_, item)| item.clone()).collect();
            true
        }
        _ => false,
    }
}

fn is_empty(value: &DeValue<'_>) -> bool {
    matches!(value, DeValue::Table(table) if table.is_empty())
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 30,000 stages of 24 bytes took minutes: each was told from all before it.
    #[test]
    fn a_preset_has_no_more_stages_and_examples_than_can_be_told_apart() {
        let check = |entry: &str, count: usize, wanted: Option<&str>| {
            let (preset, problems) = Preset::parse(&format!("recipe = 1\n{}", entry.repeat(count)));
            assert_eq!(preset.is_some(), wanted.is_none());
            assert_eq!(problems.first().map(|problem| problem.message.as_str()), wanted);
        };
        let stage = "[[stage]]\nfilter.length={}\n";
        check(stage, ENTRIES_MAX, None);
        check(stage, ENTRIES_MAX + 1, Some("it has 1001 stages; a preset has up to 1000"));
        check("[[expect]]\ntext='a'\n", ENTRIES_MAX + 1, Some("it has 1001 examples; a preset has up to 1000"));
    }
}
