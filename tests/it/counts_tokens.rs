//! Tokens are those that the reference implementation counts, and they and other figures reach the rows, the record and
//! the card.

use std::collections::BTreeMap;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::UInt32Type;
use gristmill::annotate::quality::figures;
use gristmill::annotate::tokens::counter::Counter;
use gristmill::ledger::funnel::grouped;
use serde_json::{Value, json};

use crate::support::fates::{batches, texts};
use crate::support::golden::in_repository;
use crate::support::sample;
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;

fn stored(name: &str) -> Vec<u8> {
    std::fs::read(in_repository(&format!("tests/tokens/{name}"))).expect("a file of the repository")
}

#[test]
fn counts_are_those_of_the_reference_implementation() {
    let counts: Value = serde_json::from_slice(&stored("counts.json")).expect("JSON");
    let texts = counts["texts"].as_array().expect("texts");
    let tokenizers = counts["counts"].as_object().expect("counts by tokenizer");
    assert_eq!(tokenizers.len(), 3);
    for (name, expected) in tokenizers {
        let counter = Counter::new(&stored(&format!("{name}.json"))).expect("a tokenizer that is read");
        for (text, expected) in texts.iter().zip(expected.as_array().expect("counts")) {
            let text = text.as_str().expect("a text");
            assert_eq!(Some(counter.count(text)), expected.as_u64(), "{name}: {text:?}");
        }
    }
}

const EXTRACT: &str = "[[stage]]\nextract.html = { mode = \"all\" }\n[[stage]]\nannotate.language = {}\n";

/// The sample data by these stages behind extraction, with the tokenizers beside the preset.
fn prepared(stages: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    sandbox.write("tokenizers/gpt2.json", stored("gpt2.json"));
    sandbox.preset("p.toml", &format!("{EXTRACT}{stages}"));
    sandbox
}

fn run(stages: &str) -> Sandbox {
    let sandbox = prepared(stages);
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    sandbox
}

fn counter() -> Counter {
    Counter::new(&stored("gpt2.json")).expect("a tokenizer that is read")
}

fn token_counts(sandbox: &Sandbox) -> Vec<Option<u64>> {
    let column = |batch: &RecordBatch| {
        let column = batch.column_by_name("token_count").expect("the column").as_primitive::<UInt32Type>();
        column.iter().map(|count| count.map(u64::from)).collect::<Vec<_>>()
    };
    batches(&sandbox.path("out/data")).iter().flat_map(column).collect()
}

#[test]
fn rows_record_and_card_have_the_tokens_of_every_text() {
    let sandbox = run("[[stage]]\nannotate.tokens = { tokenizer = \"tokenizers/gpt2.json\" }\n");
    let rows = batches(&sandbox.path("out/data"));
    let counter = counter();
    let expected: Vec<u64> = texts(&rows, "text").iter().map(|text| counter.count(text)).collect();
    assert_eq!(token_counts(&sandbox), expected.iter().map(|count| Some(*count)).collect::<Vec<_>>());
    let tokens = &sandbox.read_json("out/run.json")["tokens"];
    assert_eq!(tokens, &sandbox.read_json("out/manifest.json")["tokens"]);
    let total: u64 = expected.iter().sum();
    assert_eq!(tokens["total"], json!({ "documents": expected.len(), "tokens": total }));
    let mut languages: BTreeMap<String, u64> = BTreeMap::new();
    for (language, count) in texts(&rows, "language").into_iter().zip(&expected) {
        *languages.entry(if language.is_empty() { "und".into() } else { language }).or_default() += count;
    }
    let found = tokens["languages"].as_object().expect("languages").iter();
    let found: BTreeMap<_, _> =
        found.map(|(language, total)| (language.clone(), total["tokens"].as_u64().expect("a number"))).collect();
    assert_eq!(found, languages);
    let sha256 = tokens["sha256"].as_str().expect("a digest");
    let card = sandbox.read_text("out/README.md");
    let words = format!("{} tokens by the tokenizer `tokenizers/gpt2.json` (SHA-256 `{sha256}`)", grouped(total));
    assert!(card.contains(&words) && card.contains("The tokens of all documents were counted."), "{card}");
    assert!(sandbox.run(&["card", "out"]).expect(0).code == 0 && sandbox.read_text("out/README.md") == card);
}

#[test]
fn a_share_gives_an_estimate_that_says_so() {
    let sandbox = prepared("[[stage]]\nannotate.tokens = { tokenizer = \"tokenizers/gpt2.json\", share = 0.5 }\n");
    // Some hundred pages whose lengths and words differ; the sample data have one text as long as all others.
    let mut warc = WarcBuilder::new();
    for page in 0..200_usize {
        let line = |line: usize| format!("<p>The mill of {line} wheels grinds {} sacks, page {page}.</p>", line * page);
        let body: String = (0..1 + page * 7 % 31).map(line).collect();
        warc = warc.page(&format!("https://{page}.example/"), format!("<body>{body}</body>"));
    }
    sandbox.write("in/tiny.warc.gz", warc.gzip().bytes);
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let counter = counter();
    let all: Vec<u64> =
        texts(&batches(&sandbox.path("out/data")), "text").iter().map(|text| counter.count(text)).collect();
    let counts = token_counts(&sandbox);
    let counted: Vec<_> = counts.iter().zip(&all).filter_map(|(count, all)| Some((count.as_ref()?, all))).collect();
    assert!(counted.iter().all(|(count, all)| count == all));
    assert!(counted.len() > all.len() / 4 && counted.len() < 3 * all.len() / 4, "{} of {}", counted.len(), all.len());
    let tokens = &sandbox.read_json("out/run.json")["tokens"];
    assert_eq!(tokens["total"]["documents"], json!(counted.len()));
    let [estimate, error] = ["tokens", "standard_error"].map(|name| tokens["total"][name].as_u64().expect("a number"));
    assert!(estimate.abs_diff(all.iter().sum()) <= 4 * error, "{estimate} ± {error}");
    let card = sandbox.read_text("out/README.md");
    let words = format!("About {} ± {} tokens", grouped(estimate), grouped(error));
    assert!(card.contains(&words) && card.contains("This is an estimate from"), "{card}");
}

#[test]
fn a_text_that_loses_lines_is_counted_without_them() {
    let lines = "[[stage]]\nannotate.quality = {}\n[[stage]]\nannotate.tokens = { tokenizer = \"tokenizers/gpt2.json\" }\n\
        [[stage]]\ndedup.lines = { documents_max = 1 }\n";
    let sandbox = run(lines);
    let manifest = sandbox.read_json("out/manifest.json");
    assert!(manifest["cuts"]["documents"].as_u64().is_some_and(|documents| documents > 0));
    let rows = batches(&sandbox.path("out/data"));
    let counter = counter();
    let texts = texts(&rows, "text");
    assert_eq!(token_counts(&sandbox), texts.iter().map(|text| Some(counter.count(text))).collect::<Vec<_>>());
    // Quality figures too are those of the published texts.
    let words = manifest["figures"].as_array().expect("figures").iter().find(|figure| figure["figure"] == "words");
    let words = words.expect("quality was asked for");
    let expected: u64 = texts.iter().map(|text| figures(text).words).sum();
    assert!((mean(words) - expected as f64 / texts.len() as f64).abs() < 1e-5, "{words}");
}

/// A figure's mean, which is kept to a millionth.
fn mean(figure: &Value) -> f64 {
    figure["mean"].as_f64().expect("a mean")
}

#[test]
fn figures_are_those_of_the_rows() {
    let sandbox = run("[[stage]]\nannotate.quality = {}\n");
    let rows = batches(&sandbox.path("out/data"));
    let run = sandbox.read_json("out/run.json");
    let texts_of = texts(&rows, "text");
    let mut bytes: Vec<u64> = texts_of.iter().map(|text| text.len() as u64).collect();
    bytes.sort_unstable();
    let figures_of = run["figures"].as_array().expect("figures");
    let names: Vec<_> = figures_of.iter().filter_map(|figure| figure["figure"].as_str()).collect();
    let expected = "text_bytes characters language_score words lines word_length_mean alphanumeric_share \
        terminated_lines_share repeated_lines_share";
    assert_eq!(names.join(" "), expected, "no tokens and no expected F1: nobody asked");
    assert!(run["tokens"].is_null());
    let figure = |name: &str| figures_of.iter().find(|figure| figure["figure"] == name).expect("the figure");
    let text_bytes = figure("text_bytes");
    assert_eq!(text_bytes["documents"], json!(bytes.len()));
    assert_eq!(
        [&text_bytes["min"], &text_bytes["max"]],
        [&json!(bytes[0] as f64), &json!(bytes[bytes.len() - 1] as f64)]
    );
    assert!((mean(text_bytes) - bytes.iter().sum::<u64>() as f64 / bytes.len() as f64).abs() < 1e-5);
    let median = bytes[(bytes.len() - 1) / 2] as f64;
    assert!((text_bytes["p50"].as_f64().expect("a median") - median).abs() <= median / 4.0, "{text_bytes}");
    let shares: f64 = texts_of.iter().map(|text| figures(text).alphanumeric_share).sum();
    assert!((mean(figure("alphanumeric_share")) - shares / texts_of.len() as f64).abs() < 1e-5);
}

#[test]
fn the_table_has_every_document_once_a_figure() {
    let sandbox = run("");
    let manifest = sandbox.read_json("out/manifest.json");
    let documents = manifest["statistics"]["total"]["documents"].as_u64().expect("a number");
    let table = sandbox.read_text("out/statistics.csv");
    let mut sums: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let sum = sums.entry(fields[0]).or_default();
        sum[0] += fields[3].parse::<u64>().expect("documents");
        sum[1] += fields[4].parse::<u64>().expect("bytes");
    }
    let bytes = manifest["statistics"]["total"]["text_bytes"].as_u64().expect("a number");
    assert_eq!(sums["text_bytes"], [documents, bytes]);
    assert_eq!(sums["documents_per_domain"], [documents, bytes]);
    let recorded = manifest["tables"].as_array().expect("tables").iter().find(|file| file["path"] == "statistics.csv");
    assert_eq!(recorded.expect("the table")["rows"], json!(table.lines().count() - 1));
    let domains = sandbox.read_text("out/domains.csv").lines().count() - 1;
    assert_eq!(manifest["domain_spread"]["domains"], json!(domains));
}

#[test]
fn what_cannot_be_counted_by_is_refused_with_advice() {
    let refused = |stages: &str| {
        let ran = prepared(stages).run(&["plan", "p.toml"]).expect(2);
        ran.stderr
    };
    let words = refused("[[stage]]\nannotate.tokens = { tokenizer = \"gone.json\" }\n");
    assert!(words.contains("`annotate.tokens`: the tokenizer gone.json is not there"), "{words}");
    assert!(words.contains("hint: wanted it at gone.json: tokenizers lie"), "{words}");
    let words = refused("[[stage]]\nannotate.tokens = { tokenizer = \"in/tiny.warc.gz\" }\n");
    assert!(words.contains("in/tiny.warc.gz: no tokenizer.json as Hugging Face writes it"), "{words}");
    let words =
        refused("[[stage]]\nannotate.tokens = { tokenizer = \"tokenizers/gpt2.json\" }\n[[stage]]\nedit.lines = {}\n");
    assert!(words.contains("stage 4 `edit.lines` changes texts whose tokens are counted already"), "{words}");
    assert!(words.contains("hint: put `annotate.tokens` behind all `edit.*` stages"), "{words}");
}

#[test]
fn another_tokenizer_is_another_plan() {
    let digest = |tokenizer: &str| {
        let sandbox = prepared("[[stage]]\nannotate.tokens = { tokenizer = \"tokenizers/gpt2.json\" }\n");
        sandbox.write("tokenizers/gpt2.json", stored(tokenizer));
        let plan: Value =
            serde_json::from_str(&sandbox.run(&["plan", "p.toml", "--json"]).expect(0).stdout).expect("JSON");
        plan["digest"].as_str().expect("a digest").to_owned()
    };
    assert_eq!(digest("gpt2.json"), digest("gpt2.json"));
    assert_ne!(digest("gpt2.json"), digest("digits.json"));
}
