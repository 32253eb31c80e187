//! Benchmarks that a preset names: pages that hold their passages go, and the ledger says whose these were.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::fates::{batches, texts};
use crate::support::golden::in_repository;
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;
use crate::support::warc_builder::http::Http;

const FIND: &str = "[[stage]]\nextract.html = {}\n";
const CONTAMINATION: &str = "[[stage]]\nfilter.contamination = { sets = [
    { name = \"riddles\", files = [\"benchmarks/riddles.jsonl\"], fields = [\"question\"] },
    { name = \"sayings\", files = [\"benchmarks/sayings.txt.gz\"] },
] }\n";
const EXACT: &str = "[[stage]]\ndedup.exact = { keep = [\"first\"] }\n";

const RIDDLE: &str = "A miller grinds nine sacks of rye in a day and gives every third sack to his neighbor. \
                      How many sacks are left?";
const SAYING: &str = "Whoever comes to the mill before sunrise grinds before the others do, and bakes before noon.";
const FILLER: &str = "The brook runs past the old mill and through the meadows, where in spring the village children \
                      look for frogs until the evening bell calls them home to their supper.";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let riddles =
        format!("{{\"id\":1,\"question\":\"Why?\"}}\n{{\"id\":2,\"question\":\"{RIDDLE}\",\"answer\":\"{FILLER}\"}}\n");
    sandbox.write("benchmarks/riddles.jsonl", riddles);
    let mut sayings = GzEncoder::new(Vec::new(), Compression::default());
    sayings.write_all(SAYING.as_bytes()).expect("memory takes all that is written to it");
    sandbox.write("benchmarks/sayings.txt.gz", sayings.finish().expect("memory takes all that is written to it"));
    let page =
        |text: &str| Http::html(format!("<article><p>{FILLER}</p><p>{text}</p><p>{FILLER} Again.</p></article>"));
    let shouted = format!("“{}”", RIDDLE.to_uppercase().replace(". ", ".<br>"));
    let warc = WarcBuilder::new()
        .response("https://clean.example/", &page("Nobody here has ever asked how many sacks of rye the miller keeps."))
        .response("https://riddle.example/", &page(&shouted))
        .response("https://both.example/", &page(&format!("{SAYING} {RIDDLE}")))
        .response("https://both.example/copy", &page(&format!("{SAYING} {RIDDLE}")));
    sandbox.write("in/a.warc.gz", warc.gzip().bytes);
    sandbox
}

/// Of each record that was not kept: URL, reason, sets, place.
fn ledger(sandbox: &Sandbox) -> Vec<String> {
    let ledger = batches(&sandbox.path("out/ledger"));
    let columns = ["url", "reason", "matched", "matched_at"].map(|name| texts(&ledger, name));
    let [urls, reasons, matched, places] = columns;
    let rows = urls.iter().zip(&reasons).zip(matched.iter().zip(&places));
    rows.map(|((url, reason), (matched, place))| format!("{url} {reason} {matched} {place}").trim_end().to_owned())
        .collect()
}

#[test]
fn pages_with_passages_go_and_the_ledger_names_the_benchmarks() {
    let sandbox = sandbox();
    sandbox.preset("p.toml", &format!("{FIND}{CONTAMINATION}"));
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    assert_eq!(texts(&batches(&sandbox.path("out/data")), "url"), ["https://clean.example/"]);
    let reason = "contamination.benchmark_passage";
    assert_eq!(
        ledger(&sandbox),
        [
            format!("https://riddle.example/ {reason} riddles benchmarks/riddles.jsonl:2"),
            format!("https://both.example/ {reason} riddles, sayings benchmarks/sayings.txt.gz:1"),
            format!("https://both.example/copy {reason} riddles, sayings benchmarks/sayings.txt.gz:1"),
        ]
    );
    let funnel = sandbox.read_json("out/manifest.json")["funnel"].to_string();
    assert!(funnel.contains(&format!("\"{reason}\":3")), "{funnel}");
    let read = sandbox.read_json("out/manifest.json")["plan"]["stages"][2]["benchmarks"].clone();
    assert_eq!((&read[0]["texts"], &read[0]["too_short"]), (&2.into(), &1.into()), "{read}");
}

#[test]
fn explain_and_inspect_say_what_matched() {
    let sandbox = sandbox();
    sandbox.preset("p.toml", &format!("{FIND}{CONTAMINATION}"));
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let words = sandbox.run(&["explain", "out", "https://riddle.example/"]).expect(0).stdout;
    assert!(words.contains("11 where the bound is 1"), "{words}");
    assert!(words.contains("riddles, first with benchmarks/riddles.jsonl:2; 27.4 % of the words"), "{words}");
    let line = sandbox.run(&["explain", "out", "https://both.example/", "--json"]).expect(0).stdout;
    let row: serde_json::Value = serde_json::from_str(&line).expect("one line of JSON");
    assert_eq!((&row["kept"], &row["matched"]), (&false.into(), &"riddles, sayings".into()), "{row}");
    let line = sandbox.run(&["explain", "out", "https://clean.example/", "--json"]).expect(0).stdout;
    let row: serde_json::Value = serde_json::from_str(&line).expect("one line of JSON");
    assert_eq!((&row["kept"], &row["row"]), (&true.into(), &0.into()), "{row}");
    let inspect = ["inspect", "in/a.warc.gz", "--url", "https://riddle.example/", "--preset", "p.toml"];
    let words = sandbox.run(&inspect).expect(0).stdout;
    assert!(words.contains("dropped by filter.contamination, contamination.benchmark_passage: 11 where"), "{words}");
    assert!(words.contains("riddles, first with benchmarks/riddles.jsonl:2"), "{words}");
    let plan = sandbox.run(&["plan", "p.toml"]).expect(0).stdout;
    assert!(plan.contains("read: riddles: 2 texts, 1 of them too short to be looked for; 11 passages"), "{plan}");
}

#[test]
fn behind_deduplication_the_ledger_says_the_same() {
    let sandbox = sandbox();
    sandbox.preset("p.toml", &format!("{FIND}{EXACT}{CONTAMINATION}"));
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let reason = "contamination.benchmark_passage";
    assert_eq!(
        ledger(&sandbox),
        [
            format!("https://riddle.example/ {reason} riddles benchmarks/riddles.jsonl:2"),
            format!("https://both.example/ {reason} riddles, sayings benchmarks/sayings.txt.gz:1"),
            String::from("https://both.example/copy exact.same_text"),
        ]
    );
    let words = sandbox.run(&["explain", "out", "https://riddle.example/"]).expect(0).stdout;
    assert!(words.contains("riddles, first with benchmarks/riddles.jsonl:2; 27.4 % of the words"), "{words}");
}

#[test]
fn another_benchmark_makes_another_plan() {
    let sandbox = sandbox();
    sandbox.preset("p.toml", &format!("{FIND}{CONTAMINATION}"));
    let digest = |sandbox: &Sandbox| {
        let plan = sandbox.run(&["plan", "p.toml"]).expect(0).stdout;
        plan.split_ascii_whitespace().nth(2).map(str::to_owned)
    };
    let before = digest(&sandbox);
    assert_eq!(digest(&sandbox), before);
    sandbox.write("benchmarks/riddles.jsonl", format!("{{\"question\":\"{RIDDLE} And why?\"}}\n"));
    assert_ne!(digest(&sandbox), before);
}

#[test]
fn a_preset_that_cannot_work_is_refused_with_a_hint() {
    let sandbox = sandbox();
    sandbox.write("benchmarks/cut.jsonl.gz", [0x1f, 0x8b, 8, 0, 0]);
    for (from, to, expected) in [
        (
            "riddles.jsonl",
            "lost.jsonl",
            "`filter.contamination`: the list benchmarks/lost.jsonl is not there\n    hint: wanted it at benchmarks/lost",
        ),
        ("riddles.jsonl", "cut.jsonl.gz", "the list benchmarks/cut.jsonl.gz cannot be unpacked: "),
        ("\"question\"", "\"qestion\"", "no line has the field `qestion`\n    hint: check how the field is spelled"),
        ("\"question\"", "\"id\"", "set `riddles` holds no text, so nothing could be looked for\n    hint: check its"),
        ("sets =", "ngram = 0, sets =", "ngram is 0; wanted 1 to 64 words\n    hint: leave it out for 13"),
        ("files = [\"benchmarks/riddles", "file = [\"benchmarks/riddles", "unknown field `file`, expected one of"),
    ] {
        sandbox.preset("p.toml", &format!("{FIND}{}", CONTAMINATION.replace(from, to)));
        let words = sandbox.run(&["run", "p.toml"]).expect(2).stderr;
        assert!(words.contains("p.toml cannot run\n  line"), "{words}");
        assert!(words.contains(expected), "{expected}\n{words}");
    }
}

/// The preset of docs/contamination.md is one that can run.
#[test]
fn the_example_of_the_documents_works() {
    let sandbox = sandbox();
    let page = std::fs::read_to_string(in_repository("docs/contamination.md")).expect("the page is there");
    let preset = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("it has an example");
    sandbox.write("clean.toml", preset);
    for file in ["arithmetic/test.jsonl", "reading/dev.jsonl.gz", "reading/test.jsonl.gz"] {
        sandbox.write(&format!("benchmarks/{file}"), format!("{{\"question\":\"{RIDDLE}\"}}\n"));
    }
    sandbox.write("benchmarks/own.txt", SAYING);
    let plan = sandbox.run(&["plan", "clean.toml"]).expect(0).stdout;
    assert!(plan.contains("read: reading: 2 texts, 0 of them too short to be looked for; 11 passages"), "{plan}");
}
