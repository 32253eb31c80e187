//! A preset beside its stages: its version, `[about]`, `[output]`, `[[expect]]`. What can be wrong with them, and what of
//! the output settings decides the form of the files.

use serde::Serialize;

use super::config::{Expect, Output, Preset, Stage};
use super::named::Named;
use super::problem::Problem;
use crate::dedup::DedupConfig;
use crate::document::bad_config::BadConfig;

/// All that is wrong with them.
pub(super) fn problems(source: &str, preset: &Preset) -> Vec<Problem> {
    let mut problems = preset.about.problems();
    let recipe = *preset.recipe.get_ref();
    if recipe != 1 {
        let message = format!("recipe is {recipe}; this version reads recipe 1");
        problems.push(Problem::at(source, preset.recipe.span(), message));
    }
    let Output { shard_bytes_max, zstd_level, .. } = preset.output;
    if shard_bytes_max < 1 << 16 {
        let message = format!("output.shard_bytes_max is {shard_bytes_max}; it has to be at least 65536");
        problems.push(Problem::of_file(message));
    }
    if !(1..=22).contains(&zstd_level) {
        problems.push(Problem::of_file(format!("output.zstd_level is {zstd_level}; zstd has levels 1 to 22")));
    }
    let signed = preset
        .stage
        .iter()
        .filter(|stage| matches!(stage.get_ref(), Stage::Dedup(DedupConfig::Minhash(config)) if config.signatures));
    for second in signed.skip(1) {
        problems.push(Problem::at(source, second.span(), "only one `dedup.minhash` may publish its signatures"));
    }
    for expect in &preset.expect {
        let Expect { text, html, .. } = expect.get_ref();
        if text.is_some() == html.is_some() {
            problems.push(Problem::at(source, expect.span(), "[[expect]] takes either `text` or `html`"));
        }
    }
    problems
}

/// The template of `README.md`, if one is named and works.
pub(super) fn read_template(path: Option<&str>, named: &dyn Named) -> Result<Option<String>, Problem> {
    let refused = |wrong: BadConfig| {
        let problem = Problem::of_file(format!("output.readme_template: {wrong}"));
        Problem { hint: wrong.hint().map(str::to_owned), ..problem }
    };
    path.map(|path| named.read_template(path)).transpose().map_err(refused)
}

/// What of the output settings decides the form of the files. Of a template its text does, not where it lies.
pub(super) fn of(output: &Output) -> impl Serialize {
    let Output { dir: _, name, shard_bytes_max, zstd_level, dropped, group_by, extra_cards, readme_template: _ } =
        output;
    (name.clone(), *shard_bytes_max, *zstd_level, *dropped, *group_by, extra_cards.clone())
}
