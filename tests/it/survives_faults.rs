//! Whatever goes wrong with a disk, and whenever: no file is published by halves, and the next run gives the same bytes.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::Arc;

use gristmill::store::Store;
use sha2::{Digest, Sha256};

use crate::support::memory_store::{MemoryStore, WAYS, Way};
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;

/// Few pages, and every kind of file that a run writes.
const PRESET: &str = r#"recipe = 1
[[stage]]
extract.html = { mode = "all" }
[[stage]]
filter.length = { words_min = 3, words_max = 1000 }
[[stage]]
dedup.exact = { by = "text" }
[[stage]]
dedup.minhash = { shingle_words = 2, bands = 4, rows_per_band = 2, verify = "shingles" }
[[stage]]
dedup.lines = { documents_max = 1, chars_min = 1 }
[output]
dropped = true
"#;

/// Most calls of one kind that go wrong one after the other.
const CALLS_MAX: usize = 50;

/// Files by name.
pub type Contents = BTreeMap<String, Arc<Vec<u8>>>;

/// Two small files, one of them with rubbish at its end, and a preset that writes every kind of file.
pub fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let page = |text: &str| format!("<p>{text}</p><p>a line that all of these pages have</p>");
    let one = WarcBuilder::new()
        .page("https://example.org/1", page("the mill by the brook grinds grain"))
        .page("https://example.org/2", page("the mill by the brook grinds grain"))
        .page("https://example.org/3", "<p>short</p>");
    let two = WarcBuilder::new()
        .page("https://example.org/4", page("bread is baked of flour and water"))
        .page("https://example.org/5", page("the mill by the brook grinds the grain"));
    sandbox.write("in/a.warc.gz", one.gzip().bytes);
    sandbox.write("in/b.warc.gz", [&two.gzip().bytes[..], b"rubbish"].concat());
    sandbox.write("preset.toml", PRESET);
    sandbox
}

/// Runs the command line in this process. Exit code and messages.
pub fn run(sandbox: &Sandbox, store: &dyn Store) -> (u8, String) {
    run_with(sandbox, store, &[])
}

/// The same with more arguments.
pub fn run_with(sandbox: &Sandbox, store: &dyn Store, more: &[&str]) -> (u8, String) {
    let paths = ["preset.toml", "in", "out"].map(|name| OsString::from(sandbox.path(name)));
    let [preset, input, out] = paths;
    let words = ["gristmill", "run", "--threads", "1", "--quiet", "--input"].map(OsString::from);
    let arguments =
        words.into_iter().chain([input, "--out".into(), out, preset]).chain(more.iter().map(OsString::from));
    let mut errors = Vec::new();
    let code = gristmill::cli::run_with(arguments, store, &mut Vec::new(), &mut errors);
    (code, String::from_utf8_lossy(&errors).into_owned())
}

/// What is promised to be the same in every run.
pub fn promised(store: &MemoryStore) -> Contents {
    let belongs_to_the_run = |name: &str| name == "run.json" || name.starts_with("run/");
    store.contents().into_iter().filter(|(name, _)| !belongs_to_the_run(name)).collect()
}

/// Every file that has its name has its bytes: those of the undisturbed run, or those that its task states.
fn check_nothing_is_half(store: &MemoryStore, whole: &Contents, when: &str) {
    for (name, bytes) in promised(store) {
        assert!(whole.get(&name) == Some(&bytes), "{when}: {name} has its name and other bytes");
    }
    let there = store.contents();
    for (path, json) in there.iter().filter(|(path, _)| path.ends_with("/task.json")) {
        let record: serde_json::Value = serde_json::from_slice(json).expect("a published record is whole");
        for (name, published) in record["files"].as_object().expect("files by name") {
            let file = there.get(&path.replace("task.json", name)).unwrap_or_else(|| panic!("{when}: {path}: {name}"));
            let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(&file[..]));
            assert_eq!(published["sha256"], sha256, "{when}: {path}: {name}");
        }
    }
}

/// One fault: what it leaves, and what the next run makes of that. Whether the run came to its end in spite of it.
fn check(sandbox: &Sandbox, whole: &Contents, way: Way, number: usize) -> bool {
    let disk = MemoryStore::new(sandbox.path("out"));
    let (code, errors) = run(sandbox, &disk.with_fault(way, number));
    let when = format!("{way:?} at call {number}");
    check_nothing_is_half(&disk, whole, &when);
    if code == 0 {
        assert_eq!((errors.as_str(), promised(&disk) == *whole), ("", true), "{when}");
        return true;
    }
    assert_eq!(code, 2, "{when}");
    // Inputs are called by their name in the output, everything else by its path.
    let folder = sandbox.path("").display().to_string();
    let is_named = [folder.as_str(), "a.warc.gz", "b.warc.gz"].iter().any(|name| errors.contains(name));
    assert!(is_named, "{when}: the message names no file: {errors}");
    let (code, errors) = run(sandbox, &disk.sound());
    assert_eq!((code, errors.as_str()), (0, ""), "{when}, continued");
    assert!(promised(&disk) == *whole, "{when}: continued, the bytes are others");
    let left: Vec<String> = disk.contents().into_keys().filter(|name| name.starts_with("run/")).collect();
    assert_eq!(left, ["run/begun.json"], "{when}, continued");
    false
}

#[test]
fn a_fault_of_any_kind_at_any_call_leaves_nothing_half_and_the_next_run_ends_well() {
    let sandbox = sandbox();
    let disk = MemoryStore::new(sandbox.path("out"));
    assert_eq!(run(&sandbox, &disk), (0, String::new()));
    let whole = promised(&disk);
    assert!(whole.len() > 9, "{:?}", whole.keys());
    let mut runs = 0;
    for way in WAYS {
        let counting = MemoryStore::new(sandbox.path("out")).with_fault(way, usize::MAX);
        assert_eq!(run(&sandbox, &counting).0, 0);
        let calls = counting.calls();
        // Every write, publication, opening and removal; of the many reads some unless there is time.
        let step = if std::env::var_os("RUN_SLOW_TESTS").is_some() { 1 } else { calls.div_ceil(CALLS_MAX) };
        let numbers: Vec<usize> = (0..calls).step_by(step).collect();
        let survived = numbers.iter().filter(|&&number| check(&sandbox, &whole, way, number)).count();
        eprintln!("survives_faults: {way:?} at {} of {calls} calls, the run went on in {survived}", numbers.len());
        assert_eq!(survived == numbers.len(), way == Way::ShortWrite, "{way:?}: {survived} of {}", numbers.len());
        runs += numbers.len();
    }
    eprintln!("survives_faults: {runs} faults");
}
