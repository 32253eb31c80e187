//! `report.html` without a browser: well formed, fetching nothing, its figures those of the record, hostile text inert.

use std::collections::BTreeMap;

use gristmill::card::report;
use gristmill::ledger::run_record::RunRecord;
use serde_json::{Value, json};

use crate::support::sample;
use crate::support::sandbox::Sandbox;

/// Elements of a page, each with its attributes, and the text outside of them.
struct Parsed {
    elements: Vec<(String, BTreeMap<String, String>)>,
    text: String,
}

/// The quickstart's set on the sample data.
fn quickstart() -> (Sandbox, Value) {
    let sandbox = Sandbox::new();
    sandbox.write("sample-data/tiny.warc.gz", sample::warc().bytes);
    let preset = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/quickstart.toml");
    sandbox.run(&["run", preset, "--out", "out", "--quiet"]).expect(0);
    let record = sandbox.read_json("out/manifest.json");
    (sandbox, record)
}

fn rendered(record: &Value) -> String {
    let record: RunRecord = serde_json::from_value(record.clone()).expect("a run record");
    report::render(&record)
}

/// Takes a page apart, and fails where it is not well formed: a tag left open, a bare `&`, `<` or `>`, a second id.
#[track_caller]
fn parse(page: &str) -> Parsed {
    let mut rest = page.strip_prefix("<!DOCTYPE html>\n").expect("a document type");
    let (mut open, mut elements, mut text) = (Vec::new(), Vec::new(), String::new());
    while let Some((before, after)) = rest.split_once('<') {
        assert!(open.last() == Some(&"style") || !before.contains('>'), "a bare > in {before:?}");
        if open.last() != Some(&"style") {
            text.push_str(&unescaped(before));
        }
        let (tag, behind) = after.split_once('>').expect("a tag ends");
        rest = behind;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "the innermost open element is closed");
            continue;
        }
        let tag_start = tag.strip_suffix('/');
        let (name, attributes) = tag_start.unwrap_or(tag).split_once(' ').unwrap_or((tag_start.unwrap_or(tag), ""));
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{name:?} is no name of an element");
        elements.push((name.to_owned(), parse_attributes(attributes)));
        if tag_start.is_none() {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} left open, {rest:?} left over");
    let mut ids: Vec<_> = elements.iter().filter_map(|(_, attributes)| attributes.get("id")).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "ids are unique");
    Parsed { elements, text }
}

#[track_caller]
fn parse_attributes(mut rest: &str) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("{rest:?} is no attribute"));
        let (value, behind) = after.split_once('"').expect("a value ends");
        let earlier = attributes.insert(name.trim().to_owned(), unescaped(value));
        assert_eq!(earlier, None, "{name} is stated twice");
        rest = behind;
    }
    attributes
}

#[track_caller]
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    for (place, part) in text.split('&').enumerate() {
        let entities = [("lt;", "<"), ("gt;", ">"), ("amp;", "&"), ("quot;", "\""), ("#39;", "'")];
        match entities.iter().find_map(|(name, character)| Some((*character, part.strip_prefix(name)?))) {
            _ if place == 0 => out.push_str(part),
            Some((character, rest)) => out.extend([character, rest]),
            None => panic!("a bare & before {part:?}"),
        }
    }
    out
}

/// What a place in the record holds; `*` is the sum over all items, a last `#` their number.
fn value_at(value: &Value, steps: &[String]) -> f64 {
    let items = || -> Vec<&Value> {
        match value {
            Value::Object(fields) => fields.values().collect(),
            Value::Array(items) => items.iter().collect(),
            _ => Vec::new(),
        }
    };
    match steps.split_first() {
        None => value.as_f64().unwrap_or_default(),
        Some((step, _)) if step == "#" => items().len() as f64,
        Some((step, rest)) if step == "*" => items().into_iter().map(|item| value_at(item, rest)).sum(),
        Some((step, rest)) => {
            let next =
                step.parse().ok().and_then(|place: usize| value.as_array()?.get(place)).or_else(|| value.get(step));
            next.map_or(0.0, |next| value_at(next, rest))
        }
    }
}

fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}

/// Fails unless the page is well formed, alone, and true to the record. How many figures it has.
#[track_caller]
fn check(record: &Value) -> usize {
    let page = rendered(record);
    let parsed = parse(&page);
    let mut figures = 0;
    for (name, attributes) in &parsed.elements {
        let is_foreign = ["script", "link", "img", "iframe", "object", "form", "image", "use", "base"];
        assert!(!is_foreign.contains(&name.as_str()), "{name} does not belong on the page");
        let is_active =
            |name: &String| name.starts_with("on") || ["src", "style", "xlink:href"].contains(&name.as_str());
        assert_eq!(attributes.keys().find(|name| is_active(name)), None, "{name}");
        if let Some(target) = attributes.get("href").filter(|target| !target.starts_with('#')) {
            assert!(name == "a" && (target.starts_with("http://") || target.starts_with("https://")), "{target}");
            assert!(attributes["rel"].starts_with("noopener noreferrer"), "{target}");
        }
        let Some(place) = attributes.get("data-figure") else { continue };
        let whole = attributes.get("data-of").map(|place| value_at(record, &steps(place)));
        let found = value_at(record, &steps(place));
        let expected = whole.map_or(found, |whole| if whole == 0.0 { 0.0 } else { found / whole });
        let value: f64 = attributes["data-value"].parse().expect("a number");
        assert!(
            (value - expected).abs() <= 1e-9 * expected.max(1.0),
            "{place}: {value}, and the record has {expected}"
        );
        figures += 1;
    }
    let style = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style");
    assert!(!style.contains("url(") && !style.contains("@import") && !style.contains('<'), "a style fetches nothing");
    assert!(page.contains("default-src &#39;none&#39;"), "a browser is told to fetch nothing");
    assert_eq!(page, rendered(record), "the same record gives the same page");
    figures
}

#[test]
fn the_report_of_the_quickstart_is_true_to_its_record() {
    let (sandbox, record) = quickstart();
    assert!(check(&record) > 500);
    let page = sandbox.read_text("out/report.html");
    assert_eq!(page, rendered(&record), "the page beside the record is that of the record");
    let text = parse(&page).text;
    for expected in ["33 documents", "148 records came in", "quickstart", "rights.none", "CC-BY-4.0", "tiny.warc.gz"] {
        assert!(text.contains(expected), "{expected}");
    }
    let sums = sandbox.read_text("out/SHA256SUMS");
    assert!(sums.lines().any(|line| line.ends_with("  report.html")), "{sums}");
}

#[test]
fn a_set_of_nothing_has_a_report() {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    sandbox.preset("none.toml", "[[stage]]\nextract.html = {}\n[[stage]]\nfilter.length = { words_min = 90_000 }");
    sandbox.run(&["run", "none.toml", "--quiet"]).expect(0);
    let record = sandbox.read_json("out/manifest.json");
    assert!(check(&record) > 50);
    assert!(parse(&rendered(&record)).text.contains("The set holds no document."));
}

#[test]
fn text_of_pages_stays_text() {
    let (_, mut record) = quickstart();
    let script = "</title></style><script>alert(1)</script>\"'onload=x \u{202E}\u{2066}\0";
    record["name"] = json!(script);
    record["about"] =
        json!({ "title": script, "description": script, "contact": "javascript:alert(2)", "homepage": "data:,x" });
    record["top_domains"][0]["domain"] = json!(script);
    record["inputs"][0]["path"] = json!(script);
    let amount = record["statistics"]["licenses"]["CC-BY-4.0"].take();
    let keyed = script.replace(['\u{202E}', '\u{2066}', '\0'], "");
    record["statistics"]["licenses"] = json!({ keyed: amount, "CC-BY-4.0": { "documents": 1, "text_bytes": 2 } });
    for field in ["title", "url", "date", "file_path", "language", "license_tier", "license_spdx", "text_start", "id"] {
        record["samples"][0][field] = json!(script);
    }
    let evidence = json!({ "kind": script, "place": script, "value": script, "snippet": script });
    record["samples"][0]["evidence"] = json!([evidence, evidence]);
    let addresses =
        ["javascript:alert(3)", "JAVASCRIPT:alert(4)", "data:text/html,x", "https://a.example@b.example/", "//x"];
    for (place, address) in addresses.iter().enumerate() {
        record["samples"][place + 1]["url"] = json!(address);
    }
    record["samples"][6]["title"] = json!("w".repeat(10_000));
    record["samples"][6]["url"] = json!(format!("https://example.org/{}", "w".repeat(10_000)));

    check(&record);
    let page = rendered(&record);
    assert!(!page.contains(['\u{202E}', '\u{2066}', '\0']), "nothing turns the direction of the text around it");
    assert!(!page.contains(&"w".repeat(201)), "long words are clipped");
    let parsed = parse(&page);
    assert!(parsed.text.contains("<script>alert(1)</script>"), "text is shown as what it is");
    let links =
        parsed.elements.iter().filter(|(name, _)| name == "a").filter_map(|(_, attributes)| attributes.get("rel"));
    let samples = record["samples"].as_array().expect("samples").len();
    assert_eq!(
        links.count(),
        samples - 1 - addresses.len() - 1,
        "only addresses of the web, and no long ones, are links"
    );
}

#[test]
fn a_change_of_the_record_is_a_change_of_the_page() {
    let (_, record) = quickstart();
    for pointer in ["/statistics/total/documents", "/funnel/0/seen", "/inputs/0/bytes", "/samples/0/offset_bytes"] {
        let mut changed = record.clone();
        let value = changed.pointer_mut(pointer).expect("a number");
        *value = json!(value.as_u64().expect("a count") + 1);
        assert_ne!(rendered(&changed), rendered(&record), "{pointer}");
    }
}
