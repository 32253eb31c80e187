//! The cards that people read: the data card, the fragment for the EU's summary, the citation file.

use std::collections::BTreeMap;

use gristmill::card::sums::manifest;
use gristmill::card::{self, escape, example};
use gristmill::ledger::amount::Amount;
use gristmill::ledger::run_record::RunRecord;
use proptest::prelude::*;

use crate::support::golden::check_text;
use crate::support::sample;
use crate::support::sandbox::Sandbox;

/// The quickstart on the sample data, with these lines of `[output]` and `[about]` besides; in `out`.
fn quickstart(output: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    let preset = include_str!("../../pipelines/quickstart.toml");
    sandbox.write("quickstart.toml", preset.replace("[output]\n", &format!("[output]\n{output}\n")));
    sandbox
}

const RUN: [&str; 7] = ["run", "quickstart.toml", "--input", "in", "--out", "out", "--quiet"];

fn card(record: &RunRecord, path: &str) -> String {
    let found = card::all(record, &manifest(record)).into_iter().find(|card| card.path == path);
    found.unwrap_or_else(|| panic!("no card {path}")).content
}

#[test]
fn the_cards_of_the_quickstart_are_read_aloud() {
    let sandbox = quickstart("");
    sandbox.run(&RUN).expect(0);
    for card in ["README.md", "eu-training-summary.md"] {
        check_text(&format!("tests/golden/cards/{card}"), &sandbox.read_text(&format!("out/{card}")));
    }
}

#[test]
fn the_cards_of_a_set_that_has_everything_are_read_aloud() {
    let record = example::rich();
    for card in card::all(&record, &manifest(&record)) {
        if is_text(&card.path) {
            check_text(&format!("tests/golden/cards/rich/{}", card.path), &card.content);
        }
    }
}

/// Cards in words; those that programs read, and the report, have tests of their own.
fn is_text(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".cff")
}

#[test]
fn a_set_that_has_nothing_has_cards() {
    let readme = card(&example::bare(), "README.md");
    assert!(
        readme.contains("\n0 documents with 0 bytes of text, made from 0 crawl files by gristmill 0.0.0.\n"),
        "{readme}"
    );
    let empty = |line: &&str| line.ends_with(": ") || line.contains("none of") || line.contains("NaN");
    assert_eq!(readme.lines().find(empty), None);
    let without = ["### Near-duplicates found", "## Representation", "## Maintenance", "| signal |", "| license |"];
    without.iter().for_each(|words| assert!(!readme.contains(words), "{words}"));
}

#[test]
fn the_maker_and_the_citation_are_told_on_request() {
    let about = "[about]\ntitle = \"Mills\"\ncurators = [\"Mill Friends\"]\npublished = \"2026-02-03\"\n\
        contact = \"set@mills.example\"\n";
    let sandbox = quickstart("extra_cards = [\"citation\"]");
    let preset = sandbox.read_text("quickstart.toml");
    sandbox.write("quickstart.toml", preset + about);
    sandbox.run(&RUN).expect(0);
    let readme = sandbox.read_text("out/README.md");
    for words in ["\n# Mills\n", "**Curated by:** Mill Friends\n", "write to <set@mills.example>.", "`CITATION.cff`"] {
        assert!(readme.contains(words), "{words} is not in {readme}");
    }
    let cff = sandbox.read_text("out/CITATION.cff");
    assert!(cff.contains("\ndate-released: \"2026-02-03\"\n") && cff.contains("\n- name: \"Mill Friends\"\n"), "{cff}");
    assert!(sandbox.read_text("out/SHA256SUMS").contains("  CITATION.cff\n"));
}

#[test]
fn a_template_of_the_users_makes_the_card() {
    let sandbox = quickstart("readme_template = \"card.jinja\"");
    sandbox.write("card.jinja", "{{ front_matter }}\nOurs: {{ documents }}, {{ funnel|length }} stages.\n");
    sandbox.run(&RUN).expect(0);
    let readme = sandbox.read_text("out/README.md");
    assert!(readme.starts_with("---\npretty_name: \"quickstart\"\n"), "{readme}");
    assert!(readme.ends_with("---\n\nOurs: 33 documents, 12 stages.\n"), "{readme}");
    // Its text is part of the run record, so the card can be made again without the file.
    std::fs::remove_file(sandbox.path("card.jinja")).expect("the template was there");
    sandbox.write("out/README.md", "spoiled");
    sandbox.run(&["card", "out"]).expect(0);
    assert_eq!(sandbox.read_text("out/README.md"), readme);
}

#[test]
fn where_a_template_lies_does_not_decide_the_plan_but_its_text_does() {
    let digest = |name: &str, text: &str| {
        let sandbox = quickstart(&format!("readme_template = {name:?}"));
        sandbox.write(name, text);
        let plan = sandbox.run(&["plan", "quickstart.toml", "--json"]).expect(0).stdout;
        let plan: serde_json::Value = serde_json::from_str(&plan).expect("JSON");
        plan["digest"].as_str().expect("a digest").to_owned()
    };
    let first = digest("a.jinja", "{{ front_matter }}one");
    assert_eq!(digest("b.jinja", "{{ front_matter }}one"), first);
    assert_ne!(digest("a.jinja", "{{ front_matter }}two"), first);
}

#[test]
fn templates_that_make_no_card_are_refused_before_the_run() {
    let check = |template: Option<&[u8]>, expected: &str| {
        let sandbox = quickstart("readme_template = \"card.jinja\"");
        if let Some(template) = template {
            sandbox.write("card.jinja", template);
        }
        let words = sandbox.run(&RUN).expect(2).stderr;
        assert!(words.contains("output.readme_template: the template card.jinja"), "{words}");
        assert!(words.contains(expected), "{words}");
        assert!(!sandbox.path("out").exists(), "nothing was begun");
    };
    check(None, "is not there");
    check(Some(b"\xff"), "is not UTF-8 text");
    check(Some(b"one\n{% if %}"), "line 2: syntax error");
    check(
        Some(b"{{ front_matter }}\n{{ documnets }}"),
        "line 2: undefined value, in the card of a set that has everything",
    );
    check(Some(b"{{ front_matter }}{{ tokens.tokens }}"), "in the card of a set that has nothing");
    check(Some(b"# Without"), "it does not begin with {{ front_matter }}");
    let endless = b"{{ front_matter }}{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}";
    check(Some(endless), "out of fuel");
}

#[test]
fn a_template_that_fails_after_all_gives_the_usual_card_and_says_so() {
    let mut record = example::rich();
    record.readme_template = Some(String::from("{{ front_matter }}\n{{ nothing }}"));
    let readme = card(&record, "README.md");
    record.readme_template = None;
    let usual = card(&record, "README.md");
    let note = readme.strip_prefix(&usual).expect("the usual card stands first");
    assert!(note.contains("failed on line 2") && note.contains("this is the usual card"), "{note}");
}

/// The record with this text in every place whose text comes from pages or from crawl files.
fn hostile(text: &str) -> RunRecord {
    let mut record = example::rich();
    let amount = Amount { documents: 100, text_bytes: 90_000 };
    let statistics = &mut record.statistics;
    for amounts in [
        &mut statistics.languages,
        &mut statistics.licenses,
        &mut statistics.dumps,
        &mut statistics.scripts,
        &mut statistics.tlds,
        &mut statistics.years,
    ] {
        *amounts = BTreeMap::from([(text.to_owned(), amount)]);
    }
    for counts in [&mut statistics.reserved_by, &mut statistics.scopes, &mut statistics.evidence] {
        *counts = BTreeMap::from([(text.to_owned(), 100)]);
    }
    record.crawl.tlds = BTreeMap::from([(text.to_owned(), 100)]);
    record.crawl.reserved_by = BTreeMap::from([(text.to_owned(), 100)]);
    let captures = record.statistics.captures.as_mut().expect("the example has captures");
    (captures.first, captures.last) = (text.to_owned(), text.to_owned());
    record.top_domains.truncate(1);
    record.top_domains[0].domain = text.to_owned();
    record.inputs.iter_mut().for_each(|input| input.path = text.to_owned());
    record
}

#[test]
fn hostile_text_is_shown_and_does_nothing() {
    let texts = [
        "<script>alert(1)</script>",
        "a|b|c",
        "](https://evil.example) ![x](https://evil.example/x.png)",
        "https://evil.example/",
        "`code` ``` ~~~",
        "one\n\n# two\n---\nlicense: mit",
        "\u{202E}gro.live\u{2066}\u{200B}\u{E0041}",
        "$$\\href{javascript:alert(1)}{x}$$",
        "\u{0}\u{1b}[31m\u{85}\u{2028}",
        "a\u{FE0F}b\u{E0100}c\u{200D}d\u{AD}",
        "&lt;b&gt; {{ 7 * 7 }} {% raw %}",
    ];
    let plain = hostile("plain");
    for text in texts {
        check_harmless(&plain, text);
    }
}

#[track_caller]
fn check_harmless(plain: &RunRecord, text: &str) {
    let all = |record: &RunRecord| card::all(record, &manifest(record));
    for (card, benign) in all(&hostile(text)).iter().zip(all(plain)) {
        let (path, content) = (&card.path, &card.content);
        if is_text(path) {
            assert_eq!(content.lines().count(), benign.content.lines().count(), "{path} breaks lines at {text:?}");
        }
        let hidden = |c: char| c != '\n' && escape::line(&c.to_string()) != c.to_string();
        if !path.ends_with(".html") {
            assert_eq!(content.find(hidden), None, "{path} lets through {text:?}");
        }
        if !path.ends_with(".md") {
            continue;
        }
        for (line, benign) in body(content).zip(body(&benign.content)) {
            let (line, benign) = (live(line), live(benign));
            for mark in ["|", "](", "<", "$", "://", "www.", "**"] {
                let count = |line: &str| line.matches(mark).count();
                assert_eq!(count(&line), count(&benign), "{path} lets through {mark}: {line}");
            }
        }
    }
}

/// The lines behind the front matter, whose texts stand in quotes.
fn body(card: &str) -> impl Iterator<Item = &str> {
    card.strip_prefix("---\n").and_then(|card| card.split_once("\n---\n")).map_or(card, |(_, body)| body).lines()
}

/// What of a line of Markdown can be markup: neither code nor escaped.
fn live(line: &str) -> String {
    let mut chars = line.chars();
    let mut unescaped = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' => _ = chars.next(),
            c => unescaped.push(c),
        }
    }
    unescaped.split('`').step_by(2).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_text_breaks_a_card(text in any::<String>()) {
        // An empty date is none, and its line is left out.
        prop_assume!(!text.is_empty());
        check_harmless(&hostile("plain"), &text);
    }
}
