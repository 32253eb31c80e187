//! What a finished set answers.

use crate::support::sample;
use crate::support::sandbox::Sandbox;

/// The quickstart on the sample data, in `out`.
fn quickstart() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    let preset = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/quickstart.toml");
    sandbox.run(&["run", preset, "--input", "in", "--out", "out", "--quiet"]).expect(0);
    sandbox
}

/// The URL of the sample of this name.
fn url(name: &str) -> String {
    let sample = sample::samples().into_iter().find(|sample| sample.name == name);
    sample.unwrap_or_else(|| panic!("no sample {name}")).url.to_owned()
}

#[test]
fn explain_names_the_row_of_a_kept_document() {
    let sandbox = quickstart();
    let words = sandbox.run(&["explain", "out", &url("near-three-third")]).expect(0).stdout;
    assert!(words.starts_with("kept\n"), "{words}");
    assert!(words.contains("of data/default/train-00000-of-00001.parquet"), "{words}");
    assert!(words.contains("tiny.warc.gz, ") && words.contains("3 documents, itself included"), "{words}");
    assert_eq!(words.matches("(estimated), by dedup.minhash").count(), 2, "{words}");
}

#[test]
fn explain_names_stage_reason_and_figures_of_a_drop() {
    let sandbox = quickstart();
    let words = sandbox.run(&["explain", "out", &url("length-too-few-words")]).expect(0).stdout;
    assert!(words.contains("filter.length") && words.contains("length.too_few_words"), "{words}");
    assert!(words.contains("where the bound is 50"), "{words}");
    let words = sandbox.run(&["explain", "out", &url("near-three-first")]).expect(0).stdout;
    assert!(words.contains("minhash.near_duplicate") && words.contains("and at least 0.75 is"), "{words}");
}

#[test]
fn explain_says_no_where_the_set_knows_nothing() {
    let sandbox = quickstart();
    let words = sandbox.run(&["explain", "out", "https://example.org/never-crawled"]).expect(1).stdout;
    assert!(words.contains("neither in the set nor in its ledger"), "{words}");
    let words = sandbox.run(&["explain", "in", "x"]).expect(2).stderr;
    assert!(words.starts_with("error: in holds no manifest.json"), "{words}");
}
