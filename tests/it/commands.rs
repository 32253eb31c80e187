//! Words and exit codes of the commands, above all when something is wrong.

use crate::support::golden::check_text;
use crate::support::sample;
use crate::support::sandbox::Sandbox;

const EXTRACT: &str = "[[stage]]\nextract.html = {}\n";

/// A sandbox with the sample data and a preset of these stages; what the run says when it ends with exit code 2.
#[track_caller]
fn refused(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let ran = sandbox.run(arguments).expect(2);
    assert_eq!(ran.stdout, "");
    ran.stderr
}

#[test]
fn help_texts_are_read_aloud() {
    let sandbox = Sandbox::new();
    for command in ["", "run", "plan", "inspect", "explain", "verify", "trace", "takedown", "diff", "card"] {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let name = if command.is_empty() { "gristmill" } else { command };
        check_text(&format!("tests/golden/help/{name}.txt"), &sandbox.run(&arguments).expect(0).stdout);
    }
}

#[test]
fn a_missing_preset_is_named() {
    let words = refused(&Sandbox::new(), &["run", "no.toml"]);
    assert!(words.starts_with("error: no.toml cannot be read: "), "{words}");
    assert!(words.contains("\nhint: check the path"), "{words}");
}

#[test]
fn a_missing_input_is_named() {
    let sandbox = Sandbox::new();
    sandbox.preset("p.toml", EXTRACT);
    let words = refused(&sandbox, &["run", "p.toml", "--input", "no.warc.gz"]);
    assert!(words.starts_with("error: no.warc.gz: no such file"), "{words}");
}

#[test]
fn a_folder_that_cannot_be_read_is_named() {
    let sandbox = Sandbox::new();
    sandbox.preset("p.toml", EXTRACT);
    sandbox.write("empty/readme", "no archive");
    let words = refused(&sandbox, &["run", "p.toml", "--input", "empty"]);
    assert!(words.starts_with("error: empty holds no file that ends in .warc"), "{words}");
    // A file where the folder for the set should be.
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    sandbox.write("out", "a file");
    let words = refused(&sandbox, &["run", "p.toml"]);
    assert!(words.starts_with("error: out"), "{words}");
}

#[test]
fn three_mistakes_are_reported_together_at_their_lines() {
    let sandbox = Sandbox::new();
    let stages = "[[stage]]\nextract.html = {}\n[[stage]]\nfilter.length = { wrods_min = 5 }\n[[stage]]\n\
        filter.gopher_quality = { words_min = 9, words_max = 3 }\n[[stage]]\nfilter.lenght = {}\n";
    sandbox.preset("p.toml", stages);
    let words = refused(&sandbox, &["run", "p.toml"]);
    check_text("tests/golden/errors/three_mistakes.txt", &words);
}

#[test]
fn a_stage_whose_fact_nobody_finds_is_refused_with_advice() {
    let sandbox = Sandbox::new();
    let stages = "[[stage]]\nextract.html = {}\n[[stage]]\nfilter.language = { keep = [\"eng\"] }\n[[stage]]\nfilter.rights = {}\n";
    sandbox.preset("p.toml", stages);
    let words = refused(&sandbox, &["run", "p.toml"]);
    check_text("tests/golden/errors/missing_facts.txt", &words);
}

#[test]
fn a_filter_of_extraction_needs_an_extraction_that_chooses() {
    let sandbox = Sandbox::new();
    let preset = |mode: &str| {
        format!(
            "[[stage]]\nextract.html = {{ mode = \"{mode}\" }}\n[[stage]]\nfilter.extraction = {{ expected_f1_min = 0.5 }}\n"
        )
    };
    sandbox.preset("p.toml", &preset("all"));
    let words = refused(&sandbox, &["plan", "p.toml"]);
    let expected = "stage 2 `filter.extraction` needs the document's expected F1, which no earlier stage finds";
    assert!(words.contains(expected), "{words}");
    assert!(words.contains("put `extract.html = { mode = \"main\" }` before stage 2"), "{words}");
    sandbox.preset("p.toml", &preset("main"));
    sandbox.run(&["plan", "p.toml"]).expect(0);
}

#[test]
fn what_is_not_built_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.preset("p.toml", "[[stage]]\nextract.html = {}\n[[stage]]\nedit.translation = {}\n");
    let words = refused(&sandbox, &["run", "p.toml"]);
    assert!(words.contains("line 7") && words.contains("translation"), "{words}");
    sandbox.preset("q.toml", EXTRACT);
    let words = refused(&sandbox, &["run", "q.toml", "--input", "s3://bucket/a.warc.gz"]);
    assert!(words.contains("reading from a URL is not built yet"), "{words}");
}

#[test]
fn a_folder_of_another_plan_is_refused_and_the_difference_told() {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    sandbox.preset("p.toml", "[[stage]]\nextract.html = {}\n[[stage]]\nfilter.length = { words_min = 5 }\n");
    sandbox.preset("q.toml", "[[stage]]\nextract.html = {}\n[[stage]]\nfilter.length = { words_min = 6 }\n");
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let words = refused(&sandbox, &["run", "q.toml"]);
    check_text("tests/golden/errors/other_plan.txt", &words);
    sandbox.write("in/more.warc.gz", sample::warc().bytes);
    let words = refused(&sandbox, &["run", "p.toml"]);
    assert!(words.contains("input more.warc.gz is not there"), "{words}");
}

#[test]
fn a_folder_of_something_else_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    sandbox.write("out/thesis.txt", "years of work");
    sandbox.preset("p.toml", EXTRACT);
    let words = refused(&sandbox, &["run", "p.toml"]);
    assert!(words.starts_with("error: out holds files that are not of a gristmill run\nhint: "), "{words}");
    assert_eq!(sandbox.files("out"), ["thesis.txt"]);
}

#[test]
fn the_plan_shows_every_default_and_what_comes_first() {
    let sandbox = Sandbox::new();
    let preset = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/open_licenses.toml");
    check_text("tests/golden/plan/open_licenses.txt", &sandbox.run(&["plan", preset]).expect(0).stdout);
}

#[test]
fn inspect_lists_records_and_shows_one() {
    let sandbox = Sandbox::new();
    sandbox.write("tiny.warc.gz", sample::warc().bytes);
    let list = sandbox.run(&["inspect", "tiny.warc.gz", "--limit", "6"]).expect(0).stdout;
    check_text("tests/golden/inspect/list.txt", &list);
    let preset = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/quickstart.toml");
    let offset = sample::warc().spans[1..]
        .iter()
        .zip(list.lines().skip(2))
        .find_map(|(span, line)| line.contains("response").then_some(span.offset_bytes));
    let offset = offset.expect("a response among the first records").to_string();
    let page = sandbox.run(&["inspect", "tiny.warc.gz", "--offset", &offset, "--preset", preset]).expect(0).stdout;
    check_text("tests/golden/inspect/record.txt", &page);
    let words = refused(&sandbox, &["inspect", "tiny.warc.gz", "--offset", "1"]);
    assert!(words.starts_with("error: tiny.warc.gz holds no such record\nhint: "), "{words}");
}
