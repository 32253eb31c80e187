//! What differs between two sets, and that nothing does where nothing does.

use gristmill::store::local::Local;

use crate::support::golden::check_text;
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;

const EXTRACT: &str = "[[stage]]\nextract.html = { mode = \"all\" }\n";

/// Pages of as many words as they have numbers behind the host.
fn warc(pages: &[(&str, &str)]) -> Vec<u8> {
    let page = |warc: WarcBuilder, (url, text): &(&str, &str)| warc.page(url, format!("<body><p>{text}</p></body>"));
    pages.iter().fold(WarcBuilder::new(), page).gzip().bytes
}

const PAGES: [(&str, &str); 5] = [
    ("https://one.example.org/", "a page of a few words more than five that anyone may read"),
    ("https://two.example.org/", "another page of words, nine of them or ten"),
    ("https://three.example.net/", "only three words"),
    ("https://four.example.net/", "a page of words that ends in a mark <b>bold</b>."),
    ("https://five.example.com/", "the fifth page is about mills by the river that grind slowly"),
];

/// Sets by these stages behind extraction, from the first file or from both, in folders `a` and `b`.
fn sets(a: &str, b: &str, inputs_of_b: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/first.warc.gz", warc(&PAGES));
    sandbox.write(
        "in/second.warc.gz",
        warc(&[("https://six.example.com/", "a sixth page in a file of its own that is read by one")]),
    );
    for (folder, stages, inputs) in [("a", a, "in/first*"), ("b", b, inputs_of_b)] {
        let preset = format!("preset-{folder}/set.toml");
        sandbox.preset(&preset, &format!("{EXTRACT}{stages}"));
        sandbox.run(&["run", &preset, "--input", inputs, "--out", folder, "--quiet"]).expect(0);
    }
    sandbox
}

/// The text without what changes with every version of the program.
fn steady(text: &str) -> String {
    let changes = ["plan  ", "made by", "format"];
    let lines = text.lines().filter(|line| !changes.iter().any(|start| line.trim_start().starts_with(start)));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_set_does_not_differ_from_itself() {
    let sandbox = sets("", "", "in/first*");
    for b in ["a", "b"] {
        let words = sandbox.run(&["diff", "a", b]).expect(0).stdout;
        assert!(words.contains("they are the same"), "{words}");
        assert_eq!(sandbox.run(&["diff", "a", b, "--json", "--list"]).expect(0).stdout.lines().count(), 1);
    }
}

#[test]
fn rows_stages_and_settings_are_told() {
    let length = |words: u32| format!("[[stage]]\nfilter.length = {{ words_min = {words} }}\n");
    let quality = "[[stage]]\nannotate.quality = {}\n";
    let sandbox = sets(&length(5), &format!("{quality}{}", length(11)), "in/*");
    let ran = sandbox.run(&["diff", "a", "b", "--list"]).expect(1);
    check_text("tests/golden/diff/stages.txt", &steady(&ran.stdout));
    let back = sandbox.run(&["diff", "b", "a"]).expect(1);
    check_text("tests/golden/diff/back.txt", &steady(&back.stdout));
}

#[test]
fn changed_rows_are_told_by_column() {
    let sandbox = sets("", "[[stage]]\nedit.lines = {}\n", "in/first*");
    // The editor drops lines, the extractor's other mode their marks; either way it is the same record.
    sandbox.preset("b.toml", "[[stage]]\nextract.html = { mode = \"main\" }\n");
    sandbox.run(&["run", "b.toml", "--input", "in/first*", "--out", "c", "--quiet"]).expect(0);
    let ran = sandbox.run(&["diff", "a", "c", "--json", "--list"]).expect(1);
    let mut lines: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let all = lines.pop().expect("the summary");
    let changed = lines.iter().filter(|line| line["what"] == "changed").count() as u64;
    assert!(changed > 0);
    assert_eq!(all["rows"]["changed"], changed);
    let columns = all["changed_columns"].as_object().expect("columns").keys().cloned().collect::<Vec<_>>();
    assert!(columns.contains(&"extraction_expected_f1".to_owned()), "{columns:?}");
    for line in lines {
        let named = line["columns"].as_array().map_or(0, Vec::len);
        assert_eq!(named > 0, line["what"] == "changed", "{line}");
    }
}

#[test]
fn a_takedown_is_recognized() {
    let sandbox = sets("", "", "in/first*");
    sandbox.write("list", "domain example.org\n");
    sandbox.run(&["takedown", "a", "--list", "list", "--out", "new"]).expect(0);
    let ran = sandbox.run(&["diff", "a", "new"]).expect(1);
    check_text("tests/golden/diff/takedown.txt", &steady(&ran.stdout));
}

#[test]
fn the_page_says_the_same_and_holds_no_markup_of_a_set() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.warc.gz", warc(&[("https://a.example/<script>alert(1)</script>", "one two three")]));
    for (folder, words) in [("a", 1), ("<b>", 9)] {
        sandbox.preset("p.toml", &format!("{EXTRACT}[[stage]]\nfilter.length = {{ words_min = {words} }}\n"));
        sandbox.run(&["run", "p.toml", "--out", folder, "--quiet"]).expect(0);
    }
    sandbox.run(&["diff", "a", "<b>", "--html", "diff.html"]).expect(1);
    let page = sandbox.read_text("diff.html");
    assert!(page.contains("length.too_few_words") && page.contains("words_min"), "{page}");
    assert!(page.contains("&lt;b&gt;") && !page.contains("<b>") && !page.contains("<script"), "{page}");
    assert!(!page.contains("http://") && !page.contains("src="), "nothing from another host");
    assert_eq!(page.matches("<table>").count(), page.matches("</table>").count());
}

#[test]
fn sets_of_other_columns_are_compared_on_those_they_share() {
    let sandbox = sets("", "", "in/first*");
    // A set of another version: the same rows without a column, written by hand.
    let shard = format!("b/data/{}", sandbox.files("b/data")[0]);
    let batches = crate::support::fates::batches(&sandbox.path("b/data"));
    let schema = batches[0].schema();
    let shared: Vec<usize> = (0..schema.fields().len()).filter(|at| schema.field(*at).name() != "charset").collect();
    let file = std::fs::File::create(sandbox.path(&shard)).expect("the sandbox can be written to");
    let schema = std::sync::Arc::new(schema.project(&shared).expect("columns that are there"));
    let mut writer = parquet::arrow::ArrowWriter::try_new(file, schema, None).expect("a good schema");
    for batch in batches {
        writer.write(&batch.project(&shared).expect("columns that are there")).expect("rows of this schema");
    }
    writer.close().expect("the sandbox can be written to");
    let manifest = sandbox.read_text("b/manifest.json");
    let digest = sandbox.read_json("b/manifest.json")["shards"][0]["sha256"].as_str().expect("a digest").to_owned();
    sandbox.write("b/manifest.json", manifest.replace(&digest, &"0".repeat(64)));
    let ran = sandbox.run(&["diff", "a", "b", "--json"]).expect(1);
    let all: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(all["not_compared"], serde_json::json!(["charset"]));
    assert_eq!(all["rows"], serde_json::json!({"same": PAGES.len(), "added": 0, "removed": 0, "changed": 0}));
}

#[test]
fn what_is_no_set_is_refused() {
    let sandbox = sets("", "", "in/first*");
    let words = sandbox.run(&["diff", "a", "in"]).expect(2).stderr;
    assert!(words.starts_with("error: in holds no finished set\nhint: "), "{words}");
    let mut rows = Vec::new();
    let [a, b] = ["a", "b"].map(|folder| sandbox.path(folder));
    let found = gristmill::audit::diff::compare(&Local, [&a, &b], &mut |row| rows.push(row.clone()));
    assert!(found.is_ok_and(|difference| difference.is_none()) && rows.is_empty());
}
