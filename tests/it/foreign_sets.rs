//! A finished set may be anybody's: whatever its manifest names, no command reads or writes outside its folder.

use std::fs::{create_dir, read_link, rename};
use std::os::unix::fs::symlink;

use crate::support::golden::in_repository;
use crate::support::sample;
use crate::support::sandbox::Sandbox;

/// The quickstart on the sample data with its signatures, in `out`.
fn set() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    let preset = include_str!("../../pipelines/quickstart.toml");
    sandbox.write("p.toml", preset);
    sandbox.run(&["run", "p.toml", "--input", "in", "--out", "out", "--quiet"]).expect(0);
    sandbox.write("list", "domain example.org\n");
    let against = "[[stage]]\nextract.html = {}\n[[stage]]\ndedup.minhash = { against = [\"out\"] }\n";
    sandbox.preset("against.toml", against);
    sandbox
}

/// Every command that reads the record of a set, and how it is given.
const COMMANDS: [&[&str]; 9] = [
    &["card", "out"],
    &["diff", "other", "out"],
    &["diff", "out", "other"],
    &["explain", "out", "https://example.org/"],
    &["explain", "out", "https://example.org/", "--warc", "in"],
    &["takedown", "out", "--list", "list", "--out", "new"],
    &["trace", "out", "one two three four five six seven eight nine", "--index"],
    &["run", "p.toml", "--input", "in", "--out", "out", "--quiet"],
    &["plan", "against.toml"],
];

/// Asks every command of a set whose manifest was changed; each refuses it with these words and writes nothing.
#[track_caller]
fn refused(sandbox: &Sandbox, from: &str, to: &str, words: &str) {
    let manifest = sandbox.read_text("out/manifest.json");
    assert!(manifest.contains(from), "{from}");
    sandbox.write("out/manifest.json", manifest.replace(from, to));
    sandbox.write("other/manifest.json", &manifest);
    sandbox.write("other/run.json", "{}");
    let before = sandbox.contents("out");
    for arguments in COMMANDS {
        let ran = sandbox.run(arguments).expect(2);
        assert!(ran.stderr.contains(words), "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{arguments:?}");
    }
    let found = sandbox.run(&["verify", "out", "--quiet"]).expect(1).stdout;
    assert!(found.contains("WRONG    manifest") && found.contains(words), "{found}");
    assert_eq!(sandbox.contents("out"), before);
    assert!(sandbox.files("new").is_empty());
    sandbox.write("out/manifest.json", manifest);
}

#[test]
fn paths_that_no_run_gives_are_refused_by_every_command() {
    let sandbox = set();
    let file = "\"dedup/pairs-00000.parquet\"";
    for path in
        ["../in/tiny.warc.gz", "/etc/passwd", "", "dedup/..", "dedup//x", "dedup\\\\x", "C:x", "x\\u0000", "x\\ny"]
    {
        refused(&sandbox, file, &format!("\"{path}\""), "is no path below the set's folder");
    }
}

#[test]
fn what_is_no_record_of_a_known_version_is_refused_by_every_command() {
    let sandbox = set();
    refused(&sandbox, "\"format\": 3", "\"format\": 4", "its format is 4; this version reads 1 to 3");
    refused(&sandbox, "\"shards\"", "\"other\"", "it is no run record: missing field `shards`");
    refused(&sandbox, "{\n", "{\n{", "it is no JSON: ");
}

#[test]
fn sets_of_older_versions_are_not_taken_from_and_it_is_said_why() {
    let sandbox = Sandbox::new();
    sandbox.write("list", "domain example.org\n");
    for version in 1..gristmill::shard::schema::FORMAT_VERSION {
        let stored = in_repository(&format!("tests/formats/v{version}/manifest.json"));
        sandbox.write("old/manifest.json", std::fs::read(stored).expect("a stored set"));
        sandbox.write("old/run.json", "{}");
        let words = sandbox.run(&["takedown", "old", "--list", "list", "--out", "new"]).expect(2).stderr;
        assert!(words.starts_with(&format!("error: old is of format {version}, and this version takes")), "{words}");
        assert!(words.contains("\nhint: "), "{words}");
        assert!(sandbox.files("new").is_empty());
    }
}

/// Downloaded sets often lie as links in a cache.
#[test]
fn files_of_a_set_may_be_links_to_another_place() {
    let sandbox = set();
    rename(sandbox.path("out/data"), sandbox.path("elsewhere")).expect("it can be moved");
    create_dir(sandbox.path("out/data")).expect("a folder");
    symlink(sandbox.path("elsewhere/default"), sandbox.path("out/data/default")).expect("a link");
    sandbox.run(&["verify", "out", "--quiet"]).expect(0);
    sandbox.run(&["explain", "out", "https://example.org/never-crawled"]).expect(1);
}

/// Whoever hands over a folder can put a link where a file is begun.
#[test]
fn what_is_written_is_not_written_through_a_link() {
    let sandbox = set();
    sandbox.write("precious", "as it was");
    for name in ["out/README.md", "out/README.md.tmp"] {
        let _ = std::fs::remove_file(sandbox.path(name));
        symlink(sandbox.path("precious"), sandbox.path(name)).expect("a link");
    }
    sandbox.run(&["card", "out"]).expect(0);
    assert_eq!(sandbox.read_text("precious"), "as it was");
    assert!(read_link(sandbox.path("out/README.md")).is_err(), "the card is a file of its own");
    sandbox.run(&["verify", "out", "--quiet"]).expect(0);
}

/// An index comes with the folder as the set does.
#[test]
fn an_index_opens_no_files_but_its_own() {
    let sandbox = set();
    let passage = "one two three four five six seven eight nine";
    sandbox.run(&["trace", "out", passage, "--index"]).expect(1);
    assert!(sandbox.run(&["trace", "out", passage]).expect(1).stderr.contains("by the index: "));
    let index = sandbox.read_text("out/run/trace/index.json");
    for (from, to) in [("00000.blocks", "../../../in/tiny.warc.gz"), ("data/default/", "data/../default/")] {
        assert!(index.contains(from), "{index}");
        sandbox.write("out/run/trace/index.json", index.replace(from, to));
        let words = sandbox.run(&["trace", "out", passage]).expect(1).stderr;
        assert!(words.contains("the index is of another state of the set"), "{words}");
    }
}
