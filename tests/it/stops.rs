//! A run that is asked to stop ends in order, and goes on where it stopped.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::process::{Child, Command, Stdio};
use std::thread;

use gristmill::store::stop::Stop;

use crate::support::faulty_store::FaultyStore;
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;

/// Every phase of a run: tasks, deduplication by way of the disk, and publishing.
const STAGES: &str = "[[stage]]\nextract.html = { mode = \"all\" }\n[[stage]]\ndedup.exact = {}\n\
    [[stage]]\ndedup.minhash = {}\n[[stage]]\nfilter.length = { words_min = 2 }\n";
const SIGTERM: i32 = 15;
const SENTENCE: &str = "; what is finished is kept, and the same command goes on from there\n";

/// A sandbox with so many small crawl files, which hold duplicates, and a preset.
fn inputs(files: usize) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.preset("p.toml", STAGES);
    for file in 0..files {
        let page = |warc: WarcBuilder, number: usize| {
            let words: Vec<String> = (0..30).map(|word| format!("word{}", word * (number % 5 + 1))).collect();
            warc.page(&format!("https://example.org/{file}/{number}"), format!("<p>{}.</p>", words.join(" ")))
        };
        sandbox.write(&format!("in/{file:03}.warc.gz"), (0..8).fold(WarcBuilder::new(), page).gzip().bytes);
    }
    sandbox
}

/// Runs the command line in this process, and asks it to stop at its n-th write. Exit code, messages, writes.
fn run_stopped(sandbox: &Sandbox, out: &str, at_write: usize) -> (u8, String, usize) {
    let stop = Stop::default();
    let store = FaultyStore::asks_to_stop(at_write, stop.clone());
    let (input, out) = (sandbox.path("in"), sandbox.path(out));
    let arguments = ["gristmill", "run", "--threads", "1", "--quiet"].map(OsString::from).into_iter();
    let arguments = arguments.chain([sandbox.path("p.toml").into()]);
    let arguments = arguments.chain(["--input".into(), input.into(), "--out".into(), out.into()]);
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    let code = gristmill::cli::run_until(&stop, arguments, &store, &mut results, &mut errors);
    (code, String::from_utf8_lossy(&errors).into_owned(), store.calls())
}

#[test]
fn a_stop_at_any_write_leaves_nothing_half_and_the_next_run_ends_well() {
    let sandbox = inputs(2);
    let (code, errors, writes) = run_stopped(&sandbox, "whole", usize::MAX);
    assert_eq!((code, errors.as_str()), (0, ""));
    let whole = sandbox.promised("whole");
    let points: BTreeSet<usize> = (0..writes).step_by(writes.div_ceil(24)).collect();
    let mut spared = 0;
    for at_write in points {
        let out = format!("out-{at_write}");
        let (code, errors, _) = run_stopped(&sandbox, &out, at_write);
        assert_eq!(code, 128 + SIGTERM as u8, "write {at_write}: {errors}");
        let files = sandbox.files(&out);
        assert!(
            !files.iter().any(|name| name.ends_with(".tmp") || name == "run.json" || name.contains("owner-")),
            "write {at_write}: {files:?}"
        );
        let done = files.iter().filter(|name| name.ends_with("/task.json")).count();
        let (code, errors, again) = run_stopped(&sandbox, &out, usize::MAX);
        assert_eq!((code, errors.as_str()), (0, ""), "continued after write {at_write}");
        assert_eq!(sandbox.promised(&out), whole, "continued after write {at_write}");
        assert!(done == 0 || again < writes, "{done} parts were there, and yet {again} of {writes} writes were made");
        spared += done;
    }
    assert!(spared > 2, "some stops left parts behind that were not made again");
}

/// A run of the program in its own process, whose list of inputs is no file but a pipe. That it opens the pipe says that
/// it listens to signals; as long as nobody closes the other end, it hangs.
fn hanging(sandbox: &Sandbox) -> (Child, File) {
    assert!(Command::new("mkfifo").arg(sandbox.path("list.txt")).status().expect("mkfifo is there").success());
    sandbox.preset("p.toml", STAGES);
    let mut command = sandbox.command();
    command.args(["run", "p.toml", "--input", "list.txt"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the program can be started");
    let pipe = OpenOptions::new().write(true).open(sandbox.path("list.txt"));
    (child, pipe.expect("the program opens the other end"))
}

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status();
    assert!(sent.expect("kill is there").success());
}

#[test]
fn a_signal_stops_a_run_that_goes_on_later() {
    let sandbox = inputs(40);
    let arguments = |out| ["run", "p.toml", "--threads", "1", "--out", out];
    sandbox.run(&arguments("whole")).expect(0);
    for (signal, code, name) in [("INT", 130, "SIGINT"), ("TERM", 143, "SIGTERM")] {
        let mut child = sandbox.command();
        let mut child =
            child.args(arguments(signal)).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let first = sandbox.path(&format!("{signal}/run/work/part-000000/task.json"));
        while !first.exists() {
            assert_eq!(child.try_wait().expect("it can be asked"), None, "the run ended before it could be stopped");
            thread::yield_now();
        }
        send(signal, &child);
        let ended = child.wait_with_output().expect("it ends");
        let words = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(code), "{words}");
        assert!(words.ends_with(&format!("stopped by {name}{SENTENCE}")) && !words.contains("error"), "{words}");
        assert!(first.exists(), "a part that was done is believed");
        assert!(!sandbox.path(signal).join("run.json").exists());
        sandbox.run(&arguments(signal)).expect(0);
        assert_eq!(sandbox.promised(signal), sandbox.promised("whole"));
    }
}

#[test]
fn a_run_that_hangs_is_ended_by_the_watchdog() {
    let sandbox = Sandbox::new();
    let (child, _pipe) = hanging(&sandbox);
    send("INT", &child);
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(130));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), format!("stopped by SIGINT{SENTENCE}"));
}

/// `timeout` tells a process and its group, which was taken for a second request, and the run did not end in order.
#[test]
fn signals_that_come_together_are_one_request() {
    let sandbox = Sandbox::new();
    let (child, _pipe) = hanging(&sandbox);
    let twice = format!("kill -TERM {0}; kill -TERM {0}", child.id());
    assert!(Command::new("sh").args(["-c", &twice]).status().expect("sh is there").success());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(143));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), format!("stopped by SIGTERM{SENTENCE}"));
}

#[test]
fn a_second_signal_ends_a_run_at_once() {
    let sandbox = Sandbox::new();
    let (mut child, _pipe) = hanging(&sandbox);
    while child.try_wait().expect("it can be asked").is_none() {
        // Fails when the program is gone between the two.
        let _ = Command::new("kill").args(["-TERM", &child.id().to_string()]).stderr(Stdio::null()).status();
    }
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(143));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "the watchdog would have said a sentence");
}
