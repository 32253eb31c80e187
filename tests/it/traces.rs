//! `gristmill trace`: passages are found wherever they stand, by a scan as by the index.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::support::sandbox::{Ran, Sandbox};
use crate::support::warc_builder::WarcBuilder;

const STAGES: &str = "[[stage]]\nextract.html = { mode = \"all\", words_min = 0 }\n[[stage]]\n\
    dedup.minhash = { signatures = true, similarity_min = 0.9, rights = \"own\", keep = [\"first\"] }\n";

const MILLER: &str = "She keeps the books now, and she has learned to dress the stones with hammer and chisel.";
const RUSSIAN: &str = "Мельница у ручья уже триста лет мелет зерно крестьян из долины.";
const CHINESE: &str = "小河边的磨坊三百年来一直为山谷里的农民磨面";

/// The set of these pages, in `out`.
fn set_of(pages: &[String]) -> Sandbox {
    let sandbox = Sandbox::new();
    let page = |warc: WarcBuilder, (number, html): (usize, &String)| {
        warc.page(&format!("https://{number}.example/"), html.as_str())
    };
    let warc = pages.iter().enumerate().fold(WarcBuilder::new(), page);
    sandbox.write("in/a.warc.gz", warc.gzip().bytes);
    sandbox.preset("p.toml", STAGES);
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    sandbox
}

/// Five pages: three with a passage each, one with half of one, one with nothing of them.
fn mill() -> Sandbox {
    let pages = [
        format!("<p>{MILLER}</p><p>Her father watches her from the bench by the door, and says little.</p>"),
        "<p>She keeps the books now, and she has learned to bake bread from the flour that is left in the bins.</p>"
            .into(),
        format!("<p>Одна страница.</p><p>{RUSSIAN}</p>"),
        format!("<p>{CHINESE}。</p>"),
        "<p>Nothing of all this stands on this page, which is about bees and what they do in the winter.</p>".into(),
    ];
    set_of(&pages)
}

/// Kind, row and share of each match.
fn matches(ran: &Ran) -> Vec<(String, u64, f64)> {
    let lines = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    let word = |line: &Value, name: &str| line[name].as_str().expect("a word").to_owned();
    lines
        .map(|line| {
            (word(&line, "kind"), line["row"].as_u64().expect("a row"), line["share"].as_f64().expect("a share"))
        })
        .collect()
}

/// The rows that hold a passage, by a scan and by the index.
#[track_caller]
fn check(sandbox: &Sandbox, passage: &str, rows: &[u64]) {
    for way in ["--scan", "--index"] {
        let code = if rows.is_empty() { 1 } else { 0 };
        let ran = sandbox.run(&["trace", "out", passage, "--share", "1", "--json", way]).expect(code);
        let exact: Vec<u64> =
            matches(&ran).into_iter().filter(|(kind, ..)| kind == "exact").map(|(_, row, _)| row).collect();
        assert_eq!(exact, rows, "{passage:?} with {way}");
    }
}

#[test]
fn a_passage_is_found_without_regard_to_case_marks_and_lines() {
    let sandbox = mill();
    check(&sandbox, "LEARNED TO — DRESS the\nstones: with hammer; and", &[0]);
    check(&sandbox, "she keeps the books now and she has", &[0, 1]);
    // Across a paragraph's end, at the beginning and at the end of a text.
    check(&sandbox, "with hammer and chisel her father watches her from", &[0]);
    check(&sandbox, "by the door, and says little -- she keeps", &[]);
    check(&sandbox, "the bench by the door, and says little", &[0]);
    check(&sandbox, "МЕЛЬНИЦА у Ручья: уже триста лет мелет ЗЕРНО", &[2]);
    check(&sandbox, "三百年来，一直为山谷里", &[3]);
    check(&sandbox, "she keeps the book now and she has", &[]);
}

#[test]
fn seven_words_are_refused_and_eight_are_looked_for() {
    let sandbox = mill();
    let words = sandbox.run(&["trace", "out", "the books now, and she has learned!"]).expect(2).stderr;
    assert!(words.contains("the passage has 7 words, and at least 8 are wanted"), "{words}");
    sandbox.run(&["trace", "out", "the books now, and she has learned to"]).expect(0);
    sandbox.write("l.txt", format!("{MILLER}\n\ntoo short\n"));
    let words = sandbox.run(&["trace", "out", "--file", "l.txt", "--lines"]).expect(2).stderr;
    assert!(words.contains("the passage in line 3 has 2 words"), "{words}");
    let words = sandbox.run(&["trace", "out"]).expect(2).stderr;
    assert!(words.contains("there is no passage to look for"), "{words}");
    sandbox.run(&["trace", "out", MILLER, "--share", "0"]).expect(2);
}

#[test]
fn a_match_comes_with_its_place_and_what_stands_around_it() {
    let sandbox = mill();
    let ran = sandbox.run(&["trace", "out", "dress the stones with hammer and chisel her father", "--json"]).expect(0);
    let line: Value = serde_json::from_str(ran.stdout.lines().next().expect("a match")).expect("JSON");
    assert_eq!(line["url"], "https://0.example/");
    assert_eq!(line["found"], "dress the stones with hammer and chisel.\n\nHer father");
    assert!(line["before"].as_str().expect("words").ends_with("learned to "), "{line}");
    assert!(line["behind"].as_str().expect("words").starts_with(" watches her"), "{line}");
    assert_eq!(line["offset_bytes"], MILLER.find("dress").expect("it is there"));
    assert!(ran.stderr.contains("all texts are read; --index builds one"), "{}", ran.stderr);
    let words = sandbox.run(&["trace", "out", MILLER]).expect(0).stdout;
    assert!(words.starts_with("1 row holds it, 1 is near it"), "{words}");
    assert!(words.contains("0 of data/default/train-00000-of-00001.parquet"), "{words}");
}

#[test]
fn near_matches_hold_a_share_of_the_passage() {
    let sandbox = mill();
    let near = |share: &str| {
        let ran = sandbox.run(&["trace", "out", MILLER, "--share", share, "--json"]).expect(0);
        matches(&ran).into_iter().map(|(kind, row, _)| (kind, row)).collect::<Vec<_>>()
    };
    let exact = (String::from("exact"), 0);
    assert_eq!(near("0.4"), [exact.clone(), (String::from("near"), 1)]);
    assert_eq!(near("0.9"), [exact]);
}

#[test]
fn a_whole_document_is_found_by_its_signature() {
    let words: Vec<String> = (0..200).map(|number| format!("word{}", number * number % 977)).collect();
    let sandbox = set_of(&[format!("<p>{}</p>", words.join(" "))]);
    // Every eleventh word is another one: no run of the share asked for, and still much alike.
    let other: Vec<&str> =
        words.iter().enumerate().map(|(at, word)| if at % 24 == 20 { "else" } else { word.as_str() }).collect();
    let ran = sandbox.run(&["trace", "out", &other.join(" "), "--share", "0.5", "--json"]).expect(0);
    assert_eq!(matches(&ran)[0].0, "near");
    let manifest = sandbox.read_json("out/manifest.json");
    assert_eq!(manifest["signatures"].as_array().map(Vec::len), Some(1));
}

#[test]
fn passages_come_from_files_and_standard_input() {
    let sandbox = mill();
    sandbox.write(
        "lines.txt",
        format!("{MILLER}\n\n{}\nand what the bees do in the long winter\n", RUSSIAN.to_uppercase()),
    );
    let ran = sandbox.run(&["trace", "out", "--file", "lines.txt", "--lines", "--json", "--share", "1"]).expect(0);
    let passages: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let found: Vec<(u64, u64)> =
        passages.iter().map(|line| (line["passage"].as_u64().unwrap(), line["row"].as_u64().unwrap())).collect();
    assert_eq!(found, [(0, 0), (1, 2)]);
    let mut child = sandbox.command();
    child.args(["trace", "out", "-", "--json"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = child.spawn().expect("the program can be started");
    child.stdin.take().expect("it is piped").write_all(MILLER.as_bytes()).expect("it is read");
    let output = child.wait_with_output().expect("it ends");
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"exact\""));
}

#[test]
fn an_index_is_used_where_it_is_of_this_set_and_refused_where_it_is_damaged() {
    let sandbox = mill();
    let before = sandbox.promised("out");
    let words = sandbox.run(&["trace", "out", "--index"]).expect(0).stderr;
    assert!(words.contains("index: ") && words.contains("% of"), "{words}");
    assert_eq!(sandbox.promised("out"), before);
    let words = sandbox.run(&["trace", "out", MILLER]).expect(0).stderr;
    assert!(words.contains("by the index: 1 of 1 blocks"), "{words}");
    let path = "out/run/trace/00000.blocks";
    let good = sandbox.read(path);
    let mut bad = good.clone();
    bad[40] ^= 1;
    sandbox.write(path, bad);
    let words = sandbox.run(&["trace", "out", MILLER]).expect(2).stderr;
    assert!(words.contains("the index is damaged") && words.contains("build it anew with --index"), "{words}");
    sandbox.run(&["trace", "out", MILLER, "--scan"]).expect(0);
    sandbox.write(path, &good[..good.len() - 1]);
    sandbox.run(&["trace", "out", MILLER]).expect(2);
    sandbox.write(path, good);
    let mut manifest = sandbox.read_text("out/manifest.json");
    manifest.push('\n');
    sandbox.write("out/manifest.json", manifest);
    let words = sandbox.run(&["trace", "out", MILLER]).expect(0).stderr;
    assert!(words.contains("the index is of another state of the set"), "{words}");
    sandbox.write("out/run/trace/index.json", "{");
    sandbox.run(&["trace", "out", MILLER]).expect(2);
}

/// Numbers that look drawn, the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

/// Whatever passage is drawn from the texts, and however it is written, scan and index find it in the same rows, among
/// them the one that it was drawn from; one that stands nowhere is found nowhere.
#[test]
fn scan_and_index_agree_on_passages_drawn_from_the_texts() {
    let mut draw = Draw(7);
    let words =
        ["mill", "brook", "Stone", "don’t", "мука", "書", "Öl", "grain", "flour", "valley", "the", "of", "a", "in"];
    let mut texts: Vec<Vec<String>> = Vec::new();
    for _ in 0..300 {
        let count = 20 + draw.below(60);
        texts.push((0..count).map(|_| format!("{}{}", words[draw.below(14)], ["", "s", "7"][draw.below(3)])).collect());
    }
    let pages: Vec<String> = texts.iter().map(|text| format!("<p>{}</p>", text.join(" "))).collect();
    let sandbox = set_of(&pages);
    let mut lines = Vec::new();
    let mut drawn_from = Vec::new();
    for _ in 0..200 {
        let page = draw.below(texts.len());
        let from = draw.below(texts[page].len() - 8);
        let to = (from + 8 + draw.below(10)).min(texts[page].len());
        let words = texts[page][from..to].iter().map(|word| match draw.below(4) {
            0 => word.to_uppercase(),
            1 => format!("«{}»,", word.replace('’', "'")),
            _ => word.clone(),
        });
        lines.push(words.collect::<Vec<_>>().join(["  ", " - "][draw.below(2)]));
        drawn_from.push(format!("https://{page}.example/"));
    }
    lines.push(texts[5][..12].iter().rev().cloned().collect::<Vec<_>>().join(" "));
    sandbox.write("lines.txt", lines.join("\n"));
    let found = |way: &str| {
        let arguments =
            ["trace", "out", "--file", "lines.txt", "--lines", "--json", "--limit", "500", "--share", "1", way];
        let ran = sandbox.run(&arguments).expect(0);
        let lines = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let exact = lines.filter(|line| line["kind"] == "exact");
        exact
            .map(|line| (line["passage"].as_u64().unwrap(), line["url"].as_str().unwrap().to_owned()))
            .collect::<Vec<_>>()
    };
    let by_scan = found("--scan");
    assert_eq!(by_scan, found("--index"));
    for (number, url) in drawn_from.into_iter().enumerate() {
        assert!(by_scan.contains(&(number as u64, url)), "passage {number}");
    }
    assert!(by_scan.iter().all(|(passage, _)| *passage < 200));
}
