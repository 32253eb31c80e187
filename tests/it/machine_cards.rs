//! The machine-readable cards of a set: JSON whose digests are those of the files and whose counts are the manifest's.
//!
//! What other people's validators say of them is asked by `tests/cards/validate.sh`.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::sample;
use crate::support::sandbox::Sandbox;

/// A set of the sample data by a preset below the repository, in `out`.
fn run(preset: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("sample-data/tiny.warc.gz", sample::warc().bytes);
    let preset = format!("{}/{preset}", env!("CARGO_MANIFEST_DIR"));
    sandbox.run(&["run", &preset, "--out", "out", "--quiet"]).expect(0);
    sandbox
}

fn sha256(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

fn list<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value.pointer(pointer).and_then(Value::as_array).unwrap_or_else(|| panic!("{pointer} is no list"))
}

fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer} is no text in {value}"))
}

/// Digest by path of the files in `data/`, `ledger/` and so on, and of the manifest.
fn published(sandbox: &Sandbox) -> BTreeMap<String, String> {
    let manifest = sandbox.read_json("out/manifest.json");
    let lists = ["shards", "ledger", "dropped", "pairs", "signatures", "lines", "tables"];
    let files = lists.iter().filter_map(|name| manifest[name].as_array()).flatten();
    let paths = files.map(|file| text(file, "/path").to_owned()).chain([String::from("manifest.json")]);
    paths.map(|path| (path.clone(), sha256(&sandbox.path(&format!("out/{path}"))))).collect()
}

fn check(preset: &str) -> Sandbox {
    let sandbox = run(preset);
    let published = published(&sandbox);
    let manifest = sandbox.read_json("out/manifest.json");
    let inputs: Vec<_> = list(&manifest, "/inputs").iter().map(|input| text(input, "/sha256")).collect();

    let croissant = sandbox.read_json("out/croissant.json");
    let objects = list(&croissant, "/distribution").iter().filter(|file| file["@type"] == "cr:FileObject");
    let named = |file: &Value| (text(file, "/contentUrl").to_owned(), text(file, "/sha256").to_owned());
    assert_eq!(objects.map(named).collect::<BTreeMap<_, _>>(), published);
    let sources = list(&croissant, "/prov:wasDerivedFrom").iter().map(|input| text(input, "/sha256"));
    assert_eq!(sources.collect::<Vec<_>>(), inputs);

    let bom = sandbox.read_json("out/bom.cdx.json");
    let components =
        list(&bom, "/components").iter().filter(|component| published.contains_key(text(component, "/name")));
    let named = |file: &Value| (text(file, "/name").to_owned(), text(file, "/hashes/0/content").to_owned());
    let mut components: BTreeMap<_, _> = components.map(named).collect();
    components.insert(String::from("manifest.json"), published["manifest.json"].clone());
    assert_eq!(components, published);
    let sources = list(&bom, "/components/0/components").iter().map(|input| text(input, "/hashes/0/content"));
    assert_eq!(sources.collect::<Vec<_>>(), inputs);
    let counts = list(&bom, "/metadata/component/data/0/contents/properties");
    let total = &manifest["statistics"]["total"];
    assert_eq!(counts[0]["value"], total["documents"].to_string());
    assert_eq!(counts[1]["value"], total["text_bytes"].to_string());

    let statement = sandbox.read_json("out/provenance.intoto.json");
    let named = |file: &Value| (text(file, "/name").to_owned(), text(file, "/digest/sha256").to_owned());
    assert_eq!(list(&statement, "/subject").iter().map(named).collect::<BTreeMap<_, _>>(), published);
    let build = &statement["predicate"]["buildDefinition"];
    assert_eq!(build["externalParameters"]["plan"], manifest["plan"]);
    let sources = list(build, "/resolvedDependencies").iter().filter_map(|one| one["digest"]["sha256"].as_str());
    assert_eq!(sources.collect::<Vec<_>>(), inputs);
    sandbox
}

#[test]
fn cards_of_the_quickstart_say_what_is_there() {
    let sandbox = check("pipelines/quickstart.toml");
    assert!(!sandbox.path("out/spdx.json").exists(), "nobody asked for it");
}

#[test]
fn cards_of_several_shards_say_what_is_there() {
    let sandbox = check("tests/cards/several_shards.toml");
    let published = published(&sandbox);
    assert!(published.keys().filter(|path| path.starts_with("data/")).count() > 1);
    let spdx = sandbox.read_json("out/spdx.json");
    let files = list(&spdx, "/@graph").iter().filter(|node| node["type"] == "software_File");
    let named = |file: &Value| (text(file, "/name").to_owned(), text(file, "/verifiedUsing/0/hashValue").to_owned());
    let mut files: BTreeMap<_, _> = files.map(named).collect();
    files.remove("tiny.warc.gz").expect("the input is there too");
    assert_eq!(files, published);
}

#[test]
fn no_clock_and_no_folder_reaches_a_card() {
    let (one, other) = (run("tests/cards/several_shards.toml"), run("tests/cards/several_shards.toml"));
    for card in ["croissant.json", "bom.cdx.json", "provenance.intoto.json", "spdx.json"] {
        let path = format!("out/{card}");
        assert_eq!(one.read_text(&path), other.read_text(&path), "{card}");
        let root = one.path("").display().to_string();
        assert!(!one.read_text(&path).contains(root.trim_end_matches('/')), "{card}");
    }
}
