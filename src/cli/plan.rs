//! `gristmill plan`: what a preset will do.

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;

use crate::annotate::models;
use crate::annotate::robots::Summary;
use crate::engine::deduplicate::disk;
use crate::filter::contamination;
use crate::ledger::funnel::{counted, grouped};
use crate::plan::compile::{Plan, Resolved};
use crate::plan::describe;
use crate::store::Store;
use crate::text::shown;

/// Print a preset's stages with every default filled in.
///
/// Stages come in the order in which they run: what can be judged before a page is parsed comes first.
/// The digest names the plan: two plans with the same digest make the same bytes from the same input.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Preset to explain.
    #[arg(value_name = "PRESET")]
    preset: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<()> {
    let plan = super::compile(store, &arguments.preset)?;
    if arguments.json {
        let json = json!({ "name": plan.name(), "digest": plan.digest(), "stages": plan.resolved() });
        writeln!(out, "{}", shown::json(&format!("{json:#}")))?;
        return Ok(());
    }
    write!(out, "{}", shown::lines(&page(&plan)))?;
    Ok(())
}

fn page(plan: &Plan) -> String {
    let mut out = format!("plan {} {}\n", shown::name(plan.name()), plan.digest());
    let mut heading = "";
    for (number, stage) in plan.resolved().iter().enumerate() {
        if stage.stretch != heading {
            heading = stage.stretch;
            out += &format!("\n{}\n", words(heading));
        }
        out += &format!("  {:2}  {}\n", number + 1, stage.name);
        out += &settings(stage);
    }
    if let Some(needs) = disk::needs(plan) {
        out += &format!(
            "\ndisk and memory of deduplication\n      {} bytes of disk a document, up to {} more while it is sorted, and {} of memory\n",
            needs.kept_bytes, needs.sorted_bytes, needs.table_bytes
        );
    }
    let output = plan.output();
    out += &format!(
        "\noutput\n      shards of up to {} bytes before compression, zstd level {}{}\n",
        output.shard_bytes_max,
        output.zstd_level,
        if output.dropped { ", dropped documents written too" } else { "" }
    );
    if !plan.expectations().is_empty() {
        out += &format!("      {} expectations, which `cargo test` checks\n", plan.expectations().len());
    }
    out
}

fn words(stretch: &str) -> &'static str {
    match stretch {
        "admit" => "before a page is parsed",
        "before" => "each document",
        "dedup" => "all documents",
        _ => "each document that deduplication has kept",
    }
}

/// The stage's settings, one a line, as TOML.
fn settings(stage: &Resolved) -> String {
    let Some(config) = &stage.stage else {
        return match stage.name.as_str() {
            "warc" => String::from("          reads records; drops what holds no page\n"),
            _ => String::from(
                "          drops pages that hold no license mark, since the plan keeps licensed ones only\n",
            ),
        };
    };
    let settings = describe::settings(&json!(config));
    let settings: String = settings.iter().map(|(name, value)| format!("          {name} = {value}\n")).collect();
    let benchmarks: String = stage.benchmarks.iter().flatten().map(benchmark).collect();
    let model = stage.model.as_ref().map(model).unwrap_or_default();
    settings + &stage.robots.as_ref().map(robots).unwrap_or_default() + &model + &benchmarks
}

/// What was read of a model.
fn model(read: &models::Summary) -> String {
    let models::Summary { bytes, digest, labels } = read;
    format!("          read: {}, {}, {digest}\n", counted(*bytes, "byte"), counted(*labels, "label"))
}

/// What was read of a benchmark.
fn benchmark(read: &contamination::Summary) -> String {
    let contamination::Summary { name, texts, too_short, of_numbers, ngrams } = read;
    let of_numbers =
        if *of_numbers > 0 { format!(", {} of little but numbers", grouped(*of_numbers)) } else { String::new() };
    format!(
        "          read: {name}: {}, {} of them too short to be looked for{of_numbers}; {}\n",
        counted(*texts, "text"),
        grouped(*too_short),
        counted(*ngrams, "passage"),
    )
}

/// What was read of robots.txt files.
fn robots(read: &Summary) -> String {
    let Summary { files, robots, copies, unresolved, sites_with_rules, damaged, .. } = read;
    format!(
        "          read: {} of /robots.txt in {}; {copies} tell rules or that there are none, {unresolved} redirects lead \
         nowhere, {damaged} could not be read; {} with rules that bear on reservations\n",
        counted(*robots, "response"),
        counted(*files, "file"),
        counted(*sites_with_rules, "site"),
    )
}
