//! The description of the sample data, written from the same data as the file.

use std::fmt::Write;

use super::fate::Fate;
use super::{Form, Sample, groups, pages_urls};

const INTRODUCTION: &str = include_str!("introduction.md");

/// The whole of `sample-data/README.md`.
pub fn readme() -> String {
    let mut text = INTRODUCTION.to_owned();
    text.push_str(&summary());
    write!(
        text,
        "\n## URL lists\n\nThe group \"URLs\" is dropped by this stage:\n\n```toml\n{}```\n",
        pages_urls::STAGE
    )
    .expect("a string takes every write");
    for group in groups() {
        write!(text, "\n## {}\n\n{}\n\n", group.title, group.about).expect("a string takes every write");
        text.push_str("| name | URL | what it is for | what happens | tier | language | charset |\n");
        text.push_str("|---|---|---|---|---|---|---|\n");
        for sample in &group.samples {
            text.push_str(&row(sample));
        }
    }
    text
}

fn row(sample: &Sample) -> String {
    let (tier, language, charset) = match &sample.page {
        Some(page) => (page.tier, page.language(), page.charset.written),
        None => ("", "", ""),
    };
    let url = if sample.url.is_empty() { String::new() } else { format!("`{}`", sample.url) };
    let triple = if matches!(sample.form, Form::Triple(_)) { " Request and metadata stand beside it." } else { "" };
    format!(
        "| {} | {url} | {}{triple} | `{}` | {tier} | {language} | {charset} |\n",
        sample.name,
        sample.purpose,
        sample.fate.as_str()
    )
}

fn summary() -> String {
    let mut fates: Vec<Fate> = groups().iter().flat_map(|group| &group.samples).flat_map(Sample::fates).collect();
    fates.sort();
    let mut text = format!("\n## Funnel\n\n{} records.\n\n| what happens | records |\n|---|---|\n", fates.len());
    for same in fates.chunk_by(|a, b| a.as_str() == b.as_str()) {
        writeln!(text, "| `{}` | {} |", same[0].as_str(), same.len()).expect("a string takes every write");
    }
    text
}
