//! Lines that many documents hold are cut from all of them, once it is known which documents there are.

use std::collections::BTreeMap;
use std::ffi::OsString;

use gristmill::dedup::lines::{Config, HASH_BYTES, Lines};

use crate::support::fates::{batches, numbers, shares, small_numbers, texts};
use crate::support::faulty_store::FaultyStore;
use crate::support::golden::check_text;
use crate::support::sample;
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;

const EXTRACT: &str = "[[stage]]\nextract.html = { mode = \"all\" }\n";
const MENU: &str = "Home, products, support and contact";
const NOTICE: &str = "Copyright 2026 by the owners of this site";

/// Pages whose blocks are these lines; page n has the URL `https://n.example/`.
fn pages(contents: &[Vec<String>]) -> Vec<u8> {
    let mut warc = WarcBuilder::new();
    for (number, lines) in contents.iter().enumerate() {
        let blocks: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
        warc = warc.page(&format!("https://{number}.example/"), format!("<body>{blocks}</body>"));
    }
    warc.gzip().bytes
}

/// A number in letters, since numbers are all alike when a line is normalized.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

/// A line that no other page has.
fn own(page: usize) -> String {
    format!("What only page {} has to say", letters(page))
}

fn page(lines: &[&str], number: usize) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).chain([own(number)]).collect()
}

/// The set of these pages by these stages behind extraction.
fn set(contents: &[Vec<String>], stages: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.warc.gz", pages(contents));
    sandbox.preset("p.toml", &format!("{EXTRACT}{stages}"));
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    sandbox
}

fn kept(sandbox: &Sandbox) -> Vec<String> {
    texts(&batches(&sandbox.path("out/data")), "text")
}

/// URLs and reasons of what was dropped.
fn dropped(sandbox: &Sandbox) -> Vec<(String, String)> {
    let ledger = batches(&sandbox.path("out/ledger"));
    texts(&ledger, "url").into_iter().zip(texts(&ledger, "reason")).collect()
}

fn hashes(lines: &Lines, text: &str) -> Vec<u64> {
    let mut bytes = Vec::new();
    lines.push_set(text, &mut bytes);
    let hash = |hash: &[u8]| u64::from_be_bytes(hash.try_into().expect("eight bytes"));
    bytes.chunks_exact(HASH_BYTES).map(hash).collect()
}

#[test]
fn a_line_stays_up_to_the_bound_and_goes_beyond_it() {
    // The notice stands twice in the first page, which counts once, and with another year in the third.
    let loud_notice = NOTICE.to_uppercase();
    let old_notice = NOTICE.replace("2026", "1999");
    let contents = [
        page(&[MENU, NOTICE, &loud_notice], 0),
        page(&[MENU], 1),
        page(&["HOME; products, support and cöntact!", &old_notice], 2),
    ];
    let sandbox = set(&contents, "[[stage]]\ndedup.lines = { documents_max = 2 }\n");
    let expected: Vec<String> = contents.iter().map(|lines| lines[1..].join("\n\n")).collect();
    let data = batches(&sandbox.path("out/data"));
    assert_eq!(texts(&data, "text"), expected);
    for (text, digest) in expected.iter().zip(texts(&data, "text_digest")) {
        assert_eq!(digest, format!("blake3:{}", blake3::hash(text.as_bytes()).to_hex()));
    }
    let bytes = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
    let whole: Vec<String> = contents.iter().map(|lines| lines.join("\n\n")).collect();
    let text_bytes = bytes(&whole) - bytes(&expected);
    let cuts =
        serde_json::json!({ "documents_max": 2, "lines": 1, "times": 3, "documents": 3, "text_bytes": text_bytes });
    assert_eq!(sandbox.read_json("out/manifest.json")["cuts"], cuts);
    assert_eq!(sandbox.read_json("out/run.json")["cuts"], cuts);
    let lines = batches(&sandbox.path("out/dedup"));
    assert_eq!(numbers(&lines, "line_hash"), hashes(&Config::default().build().expect("the default works"), MENU));
    assert_eq!(small_numbers(&lines, "documents"), [3]);
    assert_eq!(texts(&lines, "example_id")[0], texts(&data, "id")[0]);
    let summary = sandbox.run(&["run", "p.toml"]).expect(0).stdout;
    let words = format!("1 line in more than 2 documents cut: 3 times out of 3 documents, {text_bytes} bytes of text");
    assert!(summary.contains(&words), "{summary}");
    let card = sandbox.read_text("out/README.md");
    let words =
        "Lines that stood in more than 2 documents were cut from all of them: 1 line, 3 times out of 3 documents";
    assert!(card.contains(words), "{card}");
}

#[test]
fn equal_pages_that_went_before_do_not_count() {
    let contents: Vec<Vec<String>> = [0, 0, 0, 1].map(|number| page(&[MENU], number)).into();
    let lines = "[[stage]]\ndedup.lines = { documents_max = 2 }\n";
    let sandbox = set(&contents, &format!("[[stage]]\ndedup.exact = {{}}\n{lines}"));
    assert_eq!(kept(&sandbox), [format!("{MENU}\n\n{}", own(0)), format!("{MENU}\n\n{}", own(1))]);
    assert_eq!(sandbox.read_json("out/manifest.json")["cuts"]["lines"], 0);
    // Without it three pages hold the same lines, and nothing is left of them.
    assert_eq!(kept(&set(&contents, lines)), [own(1)]);
}

#[test]
fn filters_behind_judge_the_text_that_is_left() {
    let long = "a line of many words that stands on every page of the site and says nothing";
    let stages = |filter: &str| format!("[[stage]]\ndedup.lines = {{ documents_max = 2 }}\n[[stage]]\n{filter}\n");
    let contents = [page(&[long, "short"], 0), page(&[long], 1), page(&[long], 2), page(&["and so on"], 3)];
    // The last page loses nothing: what was found when it was read stands.
    let sandbox = set(&contents, &stages("filter.length = { words_min = 8 }"));
    assert_eq!(kept(&sandbox), [format!("short\n\n{}", own(0)), format!("and so on\n\n{}", own(3))]);
    let too_few = |page: usize| (format!("https://{page}.example/"), String::from("length.too_few_words"));
    assert_eq!(dropped(&sandbox), [too_few(1), too_few(2)]);
    // Too many words before the cut are not too many behind it.
    let sandbox = set(&contents, &stages("filter.length = { words_min = 1, words_max = 8 }"));
    assert_eq!(kept(&sandbox), [format!("short\n\n{}", own(0)), own(1), own(2)]);
    assert_eq!(dropped(&sandbox), [("https://3.example/".into(), "length.too_many_words".into())]);
    let funnel = &sandbox.read_json("out/manifest.json")["funnel"];
    let last = funnel.as_array().and_then(|stages| stages.last()).expect("the funnel has stages");
    assert_eq!((&last["seen"], &last["kept"]), (&4.into(), &3.into()));
    // A filter of origins has the row's.
    let sandbox = set(&contents, &stages("filter.url = { hosts = { entries = [\"1.example\"] } }"));
    assert_eq!(dropped(&sandbox), [("https://1.example/".into(), "url.blocked_host".into())]);
}

/// Facts of documents whose text was cut come back from their rows as they were found.
#[test]
fn filters_of_facts_judge_by_what_was_found_before() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.warc.gz", sample::warc().bytes);
    let stages = "[[stage]]\nextract.html = {}\n[[stage]]\nannotate.language = {}\n[[stage]]\nannotate.rights = {}\n\
                  [[stage]]\ndedup.lines = { documents_max = 1, chars_min = 1 }\n";
    let filters = "[[stage]]\nfilter.rights = { tiers = [\"open\"], confidence_min = \"medium\", reserved = \"drop\" }\n\
                   [[stage]]\nfilter.language = { keep = [\"eng\"], score_min = 0.65 }\n\
                   [[stage]]\nfilter.extraction = { expected_f1_min = 0.5 }\n";
    for (name, filters) in [("all", ""), ("some", filters)] {
        // Where dropped documents are written, no page is dropped before it is parsed.
        let preset = format!("recipe = 1\n{stages}{filters}[output]\ndropped = true\n");
        sandbox.write(&format!("{name}.toml"), preset);
        let arguments = ["run", &format!("{name}.toml"), "--input", "in", "--out", name, "--quiet"];
        sandbox.run(&arguments).expect(0);
    }
    let cuts = &sandbox.read_json("all/manifest.json")["cuts"];
    assert!(cuts["documents"].as_u64().is_some_and(|documents| documents > 20), "{cuts}");
    assert_eq!(&sandbox.read_json("some/manifest.json")["cuts"], cuts);
    let all = batches(&sandbox.path("all/data"));
    let column = |name: &str| texts(&all, name);
    let (tier, confidence, scope) = (column("license_tier"), column("license_confidence"), column("license_scope"));
    let (reservation, language, score) = (column("reservation"), column("language"), shares(&all, "language_score"));
    let expected_f1 = shares(&all, "extraction_expected_f1");
    let is_kept = |row: &usize| {
        let is_open = tier[*row] == "open" && confidence[*row] != "weak" && reservation[*row] != "reserved";
        let is_english = language[*row] == "eng" && score[*row] >= 0.65;
        is_open && scope[*row] != "object" && is_english && expected_f1[*row] >= 0.5
    };
    let ids = column("id");
    let expected: Vec<_> = (0..ids.len()).filter(is_kept).map(|row| ids[row].clone()).collect();
    assert!(expected.len() > 10, "{} documents", expected.len());
    assert_eq!(texts(&batches(&sandbox.path("some/data")), "id"), expected);
}

#[test]
fn a_document_without_a_line_left_is_dropped_and_explained() {
    let contents = [page(&[MENU], 0), vec![MENU.into(), MENU.into()], page(&[MENU], 2)];
    let stages = "[[stage]]\ndedup.lines = { documents_max = 2 }\n[[stage]]\nfilter.length = { words_min = 1 }\n";
    let sandbox = set(&contents, stages);
    assert_eq!(kept(&sandbox), [own(0), own(2)]);
    assert_eq!(dropped(&sandbox), [("https://1.example/".into(), "lines.nothing_left".into())]);
    let funnel = sandbox.read_json("out/manifest.json")["funnel"].to_string();
    assert!(funnel.contains("{\"dropped\":{\"lines.nothing_left\":1},\"kept\":2,\"seen\":3,"), "{funnel}");
    let words = sandbox.run(&["explain", "out", "https://1.example/"]).expect(0).stdout;
    assert!(words.contains("dedup.lines") && words.contains("lines.nothing_left"), "{words}");
    let before = sandbox.promised("out");
    sandbox.run(&["card", "out"]).expect(0);
    assert_eq!(sandbox.promised("out"), before, "the record has all that the card says");
}

/// Many pages in three files, with lines of all degrees of frequency.
fn many(sandbox: &Sandbox) {
    for file in 0..3 {
        let lines = |number: usize| {
            let number = number * 3 + file;
            let shared = (1..9).filter(|every| number.is_multiple_of(*every)).map(|every| {
                format!("The line of every page that is a multiple of {} and of no other", letters(every))
            });
            let lines: Vec<String> = shared.collect();
            page(&lines.iter().map(String::as_str).collect::<Vec<_>>(), number % 97)
        };
        sandbox.write(&format!("in/{file}.warc.gz"), pages(&(0..60).map(lines).collect::<Vec<_>>()));
    }
}

#[test]
fn threads_and_memory_change_no_byte() {
    let sandbox = Sandbox::new();
    many(&sandbox);
    let stages = "[[stage]]\ndedup.exact = {}\n[[stage]]\ndedup.minhash = { similarity_min = 0.9, signatures = true }\n[[stage]]\n\
                  dedup.lines = { documents_max = 26 }\n";
    sandbox.preset("p.toml", &format!("{EXTRACT}{stages}"));
    for (out, threads, memory) in [("one", "1", "4G"), ("three", "3", "300MB")] {
        sandbox.run(&["run", "p.toml", "--out", out, "--threads", threads, "--memory", memory, "--quiet"]).expect(0);
    }
    assert_eq!(sandbox.promised("one"), sandbox.promised("three"));
    let cuts = &sandbox.read_json("one/manifest.json")["cuts"];
    assert!(cuts["lines"].as_u64().is_some_and(|lines| (1..8).contains(&lines)), "{cuts}");
}

#[test]
fn what_is_cut_is_what_counting_in_memory_says() {
    let sandbox = Sandbox::new();
    many(&sandbox);
    sandbox.preset("whole.toml", EXTRACT);
    sandbox
        .preset("cut.toml", &format!("{EXTRACT}[[stage]]\ndedup.lines = {{ documents_max = 26, chars_min = 30 }}\n"));
    sandbox.run(&["run", "whole.toml", "--out", "whole", "--quiet"]).expect(0);
    sandbox.run(&["run", "cut.toml", "--quiet"]).expect(0);
    let lines = Config { documents_max: 26, chars_min: 30 }.build().expect("bounds that work");
    let texts = texts(&batches(&sandbox.path("whole/data")), "text");
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    texts.iter().flat_map(|text| hashes(&lines, text)).for_each(|hash| *counts.entry(hash).or_default() += 1);
    counts.retain(|_, count| *count > 26);
    let frequent: Vec<u64> = counts.keys().copied().collect();
    let left = texts
        .iter()
        .map(|text| if holds(&lines, text, &frequent) { lines.cut(text, &frequent).text } else { text.clone() });
    let left: Vec<String> = left.filter(|text| !text.is_empty()).collect();
    assert_eq!(kept(&sandbox), left);
    let found = batches(&sandbox.path("out/dedup"));
    assert_eq!(
        (numbers(&found, "line_hash"), small_numbers(&found, "documents")),
        (frequent, counts.into_values().collect())
    );
}

fn holds(lines: &Lines, text: &str, frequent: &[u64]) -> bool {
    hashes(lines, text).iter().any(|hash| frequent.contains(hash))
}

#[test]
fn shards_are_cut_by_what_is_left() {
    let long = "boilerplate ".repeat(3000);
    let contents: Vec<Vec<String>> = (0..6).map(|number| page(&[&long], number)).collect();
    let sandbox = Sandbox::new();
    sandbox.write("in/a.warc.gz", pages(&contents));
    let preset = |stages: &str| {
        format!(
            "recipe = 1\n[input]\nwarc = [\"in/*\"]\n{EXTRACT}{stages}[output]\ndir = \"out\"\nshard_bytes_max = 65536\n"
        )
    };
    sandbox.write("whole.toml", preset(""));
    sandbox.write("cut.toml", preset("[[stage]]\ndedup.lines = {}\n"));
    sandbox.write("bound.toml", preset("[[stage]]\ndedup.lines = { documents_max = 5 }\n"));
    for (name, shards) in [("whole", 6), ("cut", 6), ("bound", 1)] {
        sandbox.run(&["run", &format!("{name}.toml"), "--out", name, "--quiet"]).expect(0);
        assert_eq!(sandbox.files(&format!("{name}/data")).len(), shards, "{name}");
    }
}

/// Runs the preset in this process on a disk that is full from the n-th write on. Exit code and writes.
fn run_on_full_disk(sandbox: &Sandbox, out: &str, fails_from: usize) -> (u8, usize) {
    let store = FaultyStore::full_from(fails_from);
    let (preset, input, out) = (sandbox.path("p.toml"), sandbox.path("in"), sandbox.path(out));
    let mut arguments: Vec<OsString> =
        vec!["gristmill".into(), "run".into(), preset.into(), "--input".into(), input.into()];
    arguments.extend(["--out".into(), out.into(), "--threads".into(), "1".into(), "--quiet".into()]);
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    (gristmill::cli::run_with(arguments, &store, &mut results, &mut errors), store.calls())
}

#[test]
fn a_run_that_was_stopped_at_any_write_goes_on_to_the_same_bytes() {
    let sandbox = Sandbox::new();
    many(&sandbox);
    let stages = "[[stage]]\ndedup.lines = { documents_max = 26 }\n[[stage]]\nfilter.length = { words_min = 1 }\n";
    sandbox.preset("p.toml", &format!("{EXTRACT}{stages}"));
    let (code, writes) = run_on_full_disk(&sandbox, "whole", usize::MAX);
    assert_eq!(code, 0);
    let whole = sandbox.promised("whole");
    for fails_from in (0..writes).step_by(writes.div_ceil(30)).chain([writes - 1]) {
        let out = format!("out-{fails_from}");
        assert_eq!(run_on_full_disk(&sandbox, &out, fails_from).0, 2, "write {fails_from}");
        assert!(!sandbox.files(&out).iter().any(|name| name.ends_with(".tmp") || name == "run.json"), "{fails_from}");
        assert_eq!(run_on_full_disk(&sandbox, &out, usize::MAX).0, 0, "continued after write {fails_from}");
        assert_eq!(sandbox.promised(&out), whole, "continued after write {fails_from}");
    }
}

#[test]
fn only_filters_stand_behind_it() {
    let sandbox = Sandbox::new();
    let behind = "[[stage]]\ndedup.exact = {}\n[[stage]]\nannotate.language = {}\n[[stage]]\nedit.lines = {}\n[[stage]]\n\
                  dedup.lines = {}\n[[stage]]\nfilter.length = {}\n";
    sandbox.preset("p.toml", &format!("{EXTRACT}[[stage]]\ndedup.lines = {{}}\n{behind}"));
    check_text("tests/golden/errors/behind_lines.txt", &sandbox.run(&["plan", "p.toml"]).expect(2).stderr);
    sandbox.preset("p.toml", &format!("{EXTRACT}[[stage]]\ndedup.lines = {{ documents_max = 0 }}\n"));
    let words = sandbox.run(&["plan", "p.toml"]).expect(2).stderr;
    assert!(words.contains("documents_max is 0, which would cut every line"), "{words}");
    sandbox.preset(
        "p.toml",
        &format!(
            "{EXTRACT}[[stage]]\ndedup.exact = {{}}\n[[stage]]\ndedup.lines = {{}}\n[[stage]]\nfilter.length = {{}}\n"
        ),
    );
    check_text("tests/golden/plan/lines.txt", &sandbox.run(&["plan", "p.toml"]).expect(0).stdout);
}
