//! A run that goes on looks at what is there: what is whole is kept, what is damaged is made again, and what cannot be
//! known or mended is refused in a sentence, with nothing written.

use std::os::unix::fs::symlink;
use std::process::Command;

use gristmill::store::Store;

use crate::support::faulty_store::FaultyStore;
use crate::support::sandbox::Sandbox;
use crate::survives_faults::{run, sandbox};

const RUN: [&str; 6] = ["run", "preset.toml", "--input", "in", "--out", "out"];
/// EROFS: the file system can only be read.
const READ_ONLY: i32 = 30;

/// A folder `out` in which all parts are there and deduplication could not begin, and a finished one, `whole`.
fn unfinished() -> Sandbox {
    let sandbox = sandbox();
    sandbox.run(&["run", "preset.toml", "--input", "in", "--out", "whole", "--quiet"]).expect(0);
    // A disk that fills up a little later each time, until all parts are there.
    let parts = ["a", "b"].len();
    let is_begun = |calls: &usize| {
        assert_eq!(run(&sandbox, &FaultyStore::full_from(*calls)).0, 2, "full from write {calls} on");
        sandbox.files("out").iter().filter(|name| name.ends_with("/task.json")).count() == parts
    };
    assert!((0..200).any(|calls| is_begun(&calls)), "all parts are written before the set is");
    sandbox
}

/// Goes on in a folder with two finished parts, the first of which was changed: what is said, and that the bytes are
/// those of the undisturbed run.
#[track_caller]
fn check_part(name: &str, change: impl Fn(&mut Vec<u8>), said: bool) {
    let sandbox = unfinished();
    let place = format!("out/run/work/part-000000/{name}");
    let mut bytes = sandbox.read(&place);
    change(&mut bytes);
    sandbox.write(&place, bytes);
    let words = sandbox.run(&[&RUN[..], &["--quiet"]].concat()).expect(0).stderr;
    let wanted = format!("{place} is damaged or gone since it was written; a.warc.gz is read again\n");
    assert_eq!(words, if said { wanted } else { String::new() }, "{name}");
    assert_eq!(sandbox.promised("out"), sandbox.promised("whole"), "{name}");
}

#[test]
fn a_part_with_other_bytes_than_were_written_is_made_again() {
    let flip = |bytes: &mut Vec<u8>| {
        let middle = bytes.len() / 2;
        assert!(!bytes.is_empty(), "there is something to change");
        bytes[middle] ^= 1;
    };
    let names =
        ["kept.parquet", "ledger.parquet", "dropped.parquet", "keys-0.bin", "sets-1.bin", "sizes.bin", "tiers.bin"];
    for name in names {
        check_part(name, flip, true);
    }
    check_part("sizes.bin", |bytes| bytes.clear(), true);
    check_part("kept.parquet", |bytes| bytes.push(0), true);
    check_part("task.json", |bytes| bytes.truncate(bytes.len() / 2), true);
    check_part("task.json", |bytes| bytes.clear(), true);
    let count = |bytes: &mut Vec<u8>| {
        let text = String::from_utf8(std::mem::take(bytes)).expect("JSON is text");
        *bytes = text.replace("\"rows\": 2", "\"rows\": 3").into_bytes();
        assert_ne!(text.as_bytes(), bytes);
    };
    check_part("task.json", count, true);
    check_part("task.json", |_| {}, false);
}

#[test]
fn what_a_killed_run_left_beside_its_files_is_written_over_or_cleared_away() {
    let sandbox = unfinished();
    let left = [
        "data/default/train-00000-of-00001.parquet.tmp",
        "manifest.json.tmp",
        "README.md.tmp",
        "run.json.tmp",
        "run/begun.json.tmp",
        "run/work/part-000000/kept.parquet.tmp",
        "run/work/part-000009/kept.parquet",
        "run/work/dedup/removals-0",
    ];
    left.iter().for_each(|name| drop(sandbox.write(&format!("out/{name}"), "half")));
    sandbox.run(&RUN).expect(0);
    assert_eq!(sandbox.promised("out"), sandbox.promised("whole"));
    let ours: Vec<_> = sandbox.files("out").into_iter().filter(|name| name.starts_with("run")).collect();
    assert_eq!(ours, ["run.json", "run/begun.json", "run/begun.json.tmp"], "the last is never read, and not published");
}

/// Refuses with these words, and leaves the folder as it is.
#[track_caller]
fn check_refused(sandbox: &Sandbox, arguments: &[&str], words: &[&str]) {
    // Pipes and links to nothing are among the names, and cannot be read.
    let contents = || -> Vec<(String, Option<Vec<u8>>)> {
        let read = |name: &String| sandbox.path(name).is_file().then(|| sandbox.read(name));
        sandbox.files("").into_iter().map(|name| (name.clone(), read(&name))).collect()
    };
    let before = contents();
    let refused = sandbox.run(arguments).expect(2);
    assert_eq!(refused.stdout, "");
    for words in words {
        assert!(refused.stderr.contains(words), "{words}: {}", refused.stderr);
    }
    assert!(contents() == before, "{words:?}: something was written");
}

#[test]
fn a_folder_whose_beginning_cannot_be_read_is_left_alone() {
    let sandbox = unfinished();
    let begun = sandbox.read_text("out/run/begun.json");
    for damaged in ["", "[]", "{}", &begun[..begun.len() / 2], &begun.replace("inputs", "imputs")] {
        sandbox.write("out/run/begun.json", damaged);
        let words = if damaged == "{}" { "of an earlier version" } else { "out/run/begun.json is damaged" };
        check_refused(&sandbox, &RUN, &[words, "hint: name another folder with --out, or empty this one"]);
    }
    let mut other: serde_json::Value = serde_json::from_str(&begun).expect("it was whole");
    other["format"] = 2.into();
    sandbox.write("out/run/begun.json", other.to_string());
    check_refused(&sandbox, &RUN, &["format of the files is 2 there, and 3 in this run"]);
}

#[test]
fn a_finished_set_of_which_something_is_missing_is_refused_and_can_be_made_anew() {
    let sandbox = unfinished();
    let again = ["run", "preset.toml", "--input", "in", "--out", "whole"];
    let whole = sandbox.promised("whole");
    let shard = "whole/data/default/train-00000-of-00001.parquet";
    let hint = "hint: remove run.json from it and run the same command again, which makes the set anew";
    let is_not_there = |name: &str| format!("{} is not there", name.trim_start_matches("whole/"));
    let ledger = sandbox.files("whole/ledger").swap_remove(0);
    for name in [shard, &format!("whole/ledger/{ledger}"), "whole/domains.csv", "whole/README.md", "whole/SHA256SUMS"] {
        let bytes = sandbox.read(name);
        std::fs::remove_file(sandbox.path(name)).expect("it was there");
        check_refused(&sandbox, &again, &["whole holds a finished set that is not whole", &is_not_there(name), hint]);
        sandbox.write(name, bytes);
    }
    let bytes = sandbox.read(shard);
    sandbox.write(shard, &bytes[1..]);
    check_refused(&sandbox, &again, &[&format!("has {} bytes; manifest.json says {}", bytes.len() - 1, bytes.len())]);
    std::fs::remove_file(sandbox.path("whole/run.json")).expect("it was there");
    sandbox.run(&again).expect(0);
    assert_eq!(sandbox.promised("whole"), whole);
    for damaged in ["whole/manifest.json", "whole/run.json"] {
        sandbox.write(damaged, "{");
        check_refused(
            &sandbox,
            &again,
            &[&format!("{damaged} is damaged"), "hint: remove it and run the same command"],
        );
        std::fs::remove_file(sandbox.path(damaged)).expect("it was there");
        sandbox.run(&again).expect(0);
        assert_eq!(sandbox.promised("whole"), whole, "{damaged}");
    }
    let mut manifest = sandbox.read_json("whole/manifest.json");
    manifest["plan"]["digest"] = "0".repeat(64).into();
    sandbox.write("whole/manifest.json", manifest.to_string());
    check_refused(&sandbox, &again, &["manifest.json is of another plan than run/begun.json"]);
}

#[test]
fn folders_that_are_no_place_for_a_set_are_refused() {
    let sandbox = unfinished();
    let into = |input: &'static str, out: &'static str| ["run", "preset.toml", "--input", input, "--out", out];
    let ours = "hint: name another folder with --out";
    check_refused(&sandbox, &into("in", "in"), &["in/a.warc.gz lies in the folder for the set, in", ours]);
    check_refused(&sandbox, &into("in", "."), &["lies in the folder for the set, .", ours]);
    sandbox.write("mine/run/work/a.warc.gz", sandbox.read("in/a.warc.gz"));
    check_refused(
        &sandbox,
        &into("mine/run", "mine"),
        &["mine/run/work/a.warc.gz lies in the folder for the set", ours],
    );
    symlink(sandbox.path("mine"), sandbox.path("link")).expect("a link can be made");
    check_refused(&sandbox, &into("mine/run", "link"), &["lies in the folder for the set, link", ours]);
    sandbox.write("full/letter.txt", "mine");
    check_refused(&sandbox, &into("in", "full"), &["full holds files that are not of a gristmill run", ours]);
    check_refused(&sandbox, &into("in", "preset.toml"), &["preset.toml cannot be", "name a folder"]);
    check_refused(&sandbox, &into("in", "preset.toml/below"), &["preset.toml/below", "name a folder"]);
    for version in ["v1", "v2", "v3"] {
        let stored = crate::support::golden::in_repository(&format!("tests/formats/{version}"));
        let copied = Command::new("cp").arg("-r").arg(stored).arg(sandbox.path("set")).status().expect("cp is there");
        assert!(copied.success());
        check_refused(&sandbox, &into("in", "set"), &["set ", ours]);
        std::fs::remove_dir_all(sandbox.path("set")).expect("it is there");
    }
    let store = FaultyStore::writes_fail_from(0, READ_ONLY);
    let read_only: &dyn Store = &store;
    std::fs::remove_dir_all(sandbox.path("out")).expect("it is there");
    let (code, message) = run(&sandbox, read_only);
    assert_eq!(code, 2);
    assert!(message.contains("cannot be written") && message.contains("hint: name a folder that can"), "{message}");
}

#[test]
fn inputs_that_are_no_files_are_refused_before_anything_is_written() {
    let sandbox = sandbox();
    let from = |input: &'static str| ["run", "preset.toml", "--input", input, "--out", "new"];
    let check = |name: &str, make: &dyn Fn(&std::path::Path), words: &str| {
        let path = sandbox.path(&format!("in/{name}"));
        make(&path);
        check_refused(&sandbox, &from("in"), &[&format!("in/{name} cannot be read: {words}")]);
        check_refused(&sandbox, &from("in/*.gz"), &[&format!("in/{name} cannot be read: {words}")]);
        std::fs::remove_file(&path).expect("it was made");
    };
    let link = |to: &'static str| move |path: &std::path::Path| symlink(to, path).expect("a link can be made");
    check("loop.warc.gz", &link("loop.warc.gz"), "Too many levels of symbolic links");
    check("dangling.warc.gz", &link("nowhere"), "No such file");
    let pipe = |path: &std::path::Path| {
        assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo is there").success());
    };
    check("pipe.warc.gz", &pipe, "it is a pipe or a device\nhint: write what it gives to a file first");
    check_refused(&sandbox, &from("/dev/null"), &["/dev/null cannot be read: it is a pipe or a device"]);
    sandbox.write("list.txt", "in/a.warc.gz\nin\n");
    check_refused(&sandbox, &from("list.txt"), &["in cannot be read: it is a folder"]);
    sandbox.write("more/a.warc.gz", sandbox.read("in/b.warc.gz"));
    let twice = ["run", "preset.toml", "--input", "in/a.warc.gz", "--input", "more/a.warc.gz", "--out", "new"];
    check_refused(&sandbox, &twice, &["two inputs are both called a.warc.gz: in/a.warc.gz and more/a.warc.gz"]);
    std::fs::create_dir(sandbox.path("empty")).expect("the sandbox can be written to");
    check_refused(&sandbox, &from("empty"), &["empty holds no file that ends in .warc"]);
    // Links to folders lead round in a circle and are not followed.
    symlink(".", sandbox.path("in/round")).expect("a link can be made");
    sandbox.run(&from("in")).expect(0);
    assert_eq!(sandbox.read_json("new/manifest.json")["inputs"].as_array().map(Vec::len), Some(2));
}

#[test]
fn an_input_without_records_is_read_to_its_end() {
    let sandbox = sandbox();
    sandbox.write("in/empty.warc.gz", "");
    sandbox.run(&RUN).expect(0);
    let inputs = sandbox.read_json("out/manifest.json")["inputs"].clone();
    assert_eq!(inputs[2]["path"], "empty.warc.gz");
    assert_eq!((&inputs[2]["bytes"], &inputs[2]["damaged"]), (&0.into(), &1.into()), "{inputs}");
}
