//! A budget of memory decides how a run works, and no byte of what it publishes; too small a one is refused.

use std::fmt::Write;

use crate::support::golden::check_text;
use crate::support::sample;
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;
use crate::support::warc_builder::http::Http;

const QUICKSTART: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/quickstart.toml");

/// The least that the program as it is built takes for a preset, as it says itself.
fn least(sandbox: &Sandbox, preset: &str) -> String {
    let errors = sandbox.run(&["run", preset, "--input", "in", "--out", "none", "--memory", "1MB"]).expect(2).stderr;
    let (_, least) = errors.split_once("hint: give at least --memory ").expect("the hint says what suffices");
    least.trim().to_owned()
}

/// A page of more than two megabytes in many paragraphs.
fn large_page(number: usize) -> Http {
    let mut page = String::from("<html><title>large</title><article>");
    for paragraph in 0..2_000 {
        let words = "the river turns the wheel and the wheel turns the stone that grinds the corn ".repeat(15);
        write!(page, "<p>{number} {paragraph} {words}.</p>").expect("a text takes all that is written to it");
    }
    Http::html(page)
}

#[test]
fn a_small_budget_gives_the_bytes_of_a_large_one() {
    let sandbox = Sandbox::new();
    for file in 0..3 {
        sandbox.write(&format!("in/{file}.warc.gz"), sample::warc().bytes);
    }
    let small = least(&sandbox, QUICKSTART);
    for (memory, threads) in [("64GB", "1"), ("64GB", "7"), (&small, "1"), (&small, "7")] {
        let out = format!("{memory}-{threads}");
        let arguments = ["run", QUICKSTART, "--input", "in", "--out", &out, "--threads", threads, "--memory", memory];
        sandbox.run(&[&arguments[..], &["--quiet"]].concat()).expect(0);
        assert_eq!(sandbox.promised("64GB-1"), sandbox.promised(&out), "{out}");
    }
}

#[test]
fn large_pages_go_one_by_one_and_come_out_the_same() {
    let sandbox = Sandbox::new();
    let pages = (0..4).fold(WarcBuilder::new(), |warc, number| {
        let warc = warc.response(&format!("https://example.org/{number}"), &large_page(number));
        warc.response(
            &format!("https://example.org/small/{number}"),
            &Http::html("<p>A small page beside a large one."),
        )
    });
    sandbox.write("in/a.warc.gz", pages.gzip().bytes);
    sandbox.preset("p.toml", "[[stage]]\nextract.html = { mode = \"all\" }\n[[stage]]\ndedup.exact = {}\n");
    let small = least(&sandbox, "p.toml");
    for memory in ["64GB", &small] {
        sandbox.run(&["run", "p.toml", "--out", memory, "--threads", "4", "--memory", memory, "--quiet"]).expect(0);
    }
    assert_eq!(sandbox.promised("64GB"), sandbox.promised(&small));
    assert_eq!(sandbox.read_json("64GB/run.json")["documents"], 5, "four large pages, and one of the small ones");
}

#[test]
fn too_little_is_refused_before_anything_is_written() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.warc.gz", sample::warc().bytes);
    let refused =
        sandbox.run(&["run", QUICKSTART, "--input", "in", "--out", "out", "--memory", "50MB", "--quiet"]).expect(2);
    // How much the program itself takes depends on how it was built.
    let words = refused.stderr.split(' ').map(|word| match word.trim_end().trim_end_matches("MB").parse::<u64>() {
        Ok(number) if number != 50 => word.replace(&number.to_string(), "[N]"),
        _ => word.to_owned(),
    });
    check_text("tests/golden/errors/too_little_memory.txt", &words.collect::<Vec<_>>().join(" "));
    assert_eq!(sandbox.files("out"), [""; 0]);
}

#[test]
fn fewer_threads_than_asked_for_are_told() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.warc.gz", sample::warc().bytes);
    let small = least(&sandbox, QUICKSTART);
    let run = |out: &str, memory: &str| {
        let arguments = ["run", QUICKSTART, "--input", "in", "--out", out, "--threads", "40", "--memory", memory];
        sandbox.run(&arguments).expect(0).stderr
    };
    let told = run("small", &small);
    let memory = format!(" of 40 threads work: {} of memory have no room for more", small.replace("MB", " MB"));
    assert!(told.contains(&memory), "{told}");
    assert!(!run("large", "64GB").contains("threads work"));
    // It is there, so nothing works.
    assert!(!run("small", &small).contains("threads work"));
}
