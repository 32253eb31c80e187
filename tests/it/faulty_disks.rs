//! Disks that fail in the middle of a run: what is said, what is left, and that the same command ends well later.
//!
//! A full disk is in `resumes.rs`; runs that are asked to stop are in `stops.rs`.

use std::collections::BTreeSet;
use std::ffi::OsString;

use gristmill::store::Store;

use crate::support::faulty_store::{DENIED, FAILED, FaultyStore};
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;
use crate::support::warc_builder::http::Http;

const STAGES: &str = "[[stage]]\nextract.html = { mode = \"all\" }\n[[stage]]\ndedup.exact = {}\n\
    [[stage]]\ndedup.minhash = {}\n[[stage]]\nfilter.length = { words_min = 2 }\n";
/// Points of a run at which the disk is made to fail.
const POINTS: usize = 24;

fn inputs() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.preset("p.toml", STAGES);
    for file in ["a", "b"] {
        let page = |warc: WarcBuilder, number: usize| {
            let words: Vec<String> = (0..30).map(|word| format!("word{}", word * (number % 5 + 1))).collect();
            warc.page(&format!("https://example.org/{file}/{number}"), format!("<p>{}.</p>", words.join(" ")))
        };
        sandbox.write(&format!("in/{file}.warc.gz"), (0..8).fold(WarcBuilder::new(), page).gzip().bytes);
    }
    sandbox
}

/// Runs the preset in this process on a store. Exit code and messages, the sandbox written as `[DIR]`.
fn run(sandbox: &Sandbox, out: &str, store: &dyn Store) -> (u8, String) {
    let paths = [("--input", "in"), ("--out", out)].map(|(name, path)| [name.into(), sandbox.path(path).into()]);
    let arguments = ["gristmill", "run", "--threads", "1", "--quiet"].map(OsString::from).into_iter();
    let arguments = arguments.chain([sandbox.path("p.toml").into()]).chain(paths.into_iter().flatten());
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    let code = gristmill::cli::run_with(arguments, store, &mut results, &mut errors);
    (code, String::from_utf8_lossy(&errors).replace(&*sandbox.path("").to_string_lossy(), "[DIR]/"))
}

/// Lets the disk fail at many points of a run; checks what is said at each, what is left, and how it goes on.
fn check(store: impl Fn(usize) -> FaultyStore, wanted: &str, hint: &str) {
    let sandbox = inputs();
    let well = store(usize::MAX);
    assert_eq!(run(&sandbox, "whole", &well), (0, String::new()));
    let whole = sandbox.promised("whole");
    let calls = well.calls();
    assert!(calls > POINTS, "{calls} calls");
    // The first calls are on the preset and the inputs, before there is a folder.
    for from in (0..calls).step_by(calls.div_ceil(POINTS)).chain([calls - 1]).collect::<BTreeSet<_>>() {
        let out = format!("out-{from}");
        let (code, words) = run(&sandbox, &out, &store(from));
        // After the last files of the set nothing is needed any more that could fail.
        assert!(code == 2, "call {from} of {calls}: {code} {words}");
        let named = ["[DIR]/p.toml", "[DIR]/in", "a.warc.gz", "b.warc.gz", &format!("[DIR]/{out}")];
        assert!(named.iter().any(|file| words.starts_with(&format!("error: {file}"))), "call {from}: {words}");
        assert!(words.contains(wanted) && words.contains(hint), "call {from}: {words}");
        let left = sandbox.files(&out);
        assert!(!left.iter().any(|name| name.ends_with(".tmp") || name == "run.json"), "call {from}: {left:?}");
        assert_eq!(run(&sandbox, &out, &store(usize::MAX)), (0, String::new()), "continued after call {from}");
        assert_eq!(sandbox.promised(&out), whole, "continued after call {from}");
    }
}

#[test]
fn a_read_error_at_any_read_is_told_and_the_next_run_ends_well() {
    let hint = "hint: run the same command again when";
    check(|from| FaultyStore::reads_fail_from(from, FAILED), "cannot be read", hint);
}

#[test]
fn a_write_error_at_any_write_is_told_and_the_next_run_ends_well() {
    let hint = "hint: run the same command again when";
    check(|from| FaultyStore::writes_fail_from(from, FAILED), "cannot be written", hint);
}

#[test]
fn permission_lost_at_any_call_is_told_and_the_next_run_ends_well() {
    check(|from| FaultyStore::writes_fail_from(from, DENIED), "cannot be written", "hint: check the permissions");
    check(|from| FaultyStore::reads_fail_from(from, DENIED), "cannot be read", "hint: ");
}

/// A file of records is no archive cut short where the disk fails: what follows is not lost without a word.
#[test]
fn a_read_error_in_the_middle_of_an_input_is_no_damage() {
    let sandbox = Sandbox::new();
    sandbox.preset("p.toml", STAGES);
    // Images, which are counted and not looked at.
    let filler: String =
        (0..400_000_u32).map(|n| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 27) as u8 % 26)).collect();
    let image = Http::new(200).header("Content-Type", "image/png").body(filler);
    let page = |warc: WarcBuilder, n: usize| warc.response(&format!("https://example.org/{n}"), &image);
    sandbox.write("in/a.warc", (0..12).fold(WarcBuilder::new(), page).plain().bytes);
    let well = FaultyStore::reads_fail_from(usize::MAX, FAILED);
    assert_eq!(run(&sandbox, "whole", &well).0, 0);
    let mut places = BTreeSet::new();
    for from in 0..well.calls() {
        let out = format!("out-{from}");
        let (code, words) = run(&sandbox, &out, &FaultyStore::reads_fail_from(from, FAILED));
        assert_eq!(code, 2, "read {from}");
        if let Some(rest) = words.strip_prefix("error: a.warc cannot be read on from byte ") {
            places.insert(rest.split(':').next().expect("an offset").to_owned());
            let told = rest.contains("Input/output error") && rest.contains("what is finished is not done twice");
            assert!(told, "{words}");
            assert!(
                !sandbox.files(&out).iter().any(|name| name.ends_with("task.json")),
                "no part is made of half a file"
            );
        }
    }
    assert!(places.len() > 3, "reads failed at {places:?}");
}
