//! Stopped, failing and killed at several moments, and continued: the same bytes.

use std::path::Path;
use std::process::Stdio;
use std::thread;

use gristmill::store::stop::Stop;

use super::mill::{check_same, path, run_until, run_well, sandbox};
use crate::support::faulty_store::FaultyStore;
use crate::support::sandbox::Sandbox;

/// Moments of each kind, and how many there are where there is time.
const MOMENTS: usize = 2;
const MOMENTS_SLOW: usize = 12;
const SIGTERM: u8 = 143;

/// An undisturbed run in `whole`, with the number of its writes.
fn undisturbed() -> (Sandbox, usize) {
    let sandbox = sandbox();
    let store = FaultyStore::full_from(usize::MAX);
    let input = path(&sandbox, "in");
    let ran = run_until(&sandbox, &Stop::default(), &store, ("p.toml", "whole"), &["--input", &input]);
    assert_eq!(ran, (0, String::new()));
    (sandbox, store.calls())
}

/// Moments from the beginning to the end of so many steps, none of them the very last.
fn moments(steps: usize) -> impl Iterator<Item = usize> {
    let count = if std::env::var_os("RUN_SLOW_TESTS").is_some() { MOMENTS_SLOW } else { MOMENTS };
    (0..count).map(move |moment| (steps - 1) * (2 * moment + 1) / (2 * count))
}

#[test]
fn a_run_that_failed_or_was_asked_to_stop_goes_on_to_the_same_bytes() {
    let (sandbox, writes) = undisturbed();
    let input = path(&sandbox, "in");
    for (number, moment) in moments(writes).enumerate() {
        // Begun by one thread and ended by seven, and the other way round.
        let [first, second] = if number % 2 == 0 { ["1", "7"] } else { ["7", "1"] };
        for kind in ["full", "stopped"] {
            let (out, stop) = (format!("{kind}-{moment}"), Stop::default());
            let (store, wanted) = match kind {
                "full" => (FaultyStore::full_from(moment), 2),
                _ => (FaultyStore::asks_to_stop(moment, stop.clone()), SIGTERM),
            };
            let more = ["--input", &input, "--threads", first];
            let (code, message) = run_until(&sandbox, &stop, &store, ("p.toml", &out), &more);
            assert_eq!(code, wanted, "{out}: {message}");
            run_well(&sandbox, &out, &["--input", &input, "--threads", second]);
            check_same(&sandbox, "whole", &out);
        }
    }
}

/// Bytes of all files below a folder, as far as they can be seen while others come and go.
fn bytes(root: &Path) -> u64 {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    let size = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(there) if there.is_dir() => bytes(&entry.path()),
        there => there.map_or(0, |there| there.len()),
    };
    entries.map(size).sum()
}

/// Runs in a process of its own, and kills it once its folder holds so many bytes. Whether it came to its end before.
fn run_killed(sandbox: &Sandbox, out: &str, moment: u64) -> bool {
    let mut command = sandbox.command();
    command.args(["run", "p.toml", "--input", "in", "--out", out, "--quiet"]).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program can be started");
    let mut most = 0;
    loop {
        most = most.max(bytes(&sandbox.path(out)));
        if let Some(status) = child.try_wait().expect("it can be asked") {
            return status.success();
        }
        if most >= moment {
            // The process may have ended in this moment.
            let _ = child.kill();
            return child.wait().expect("it ends").success();
        }
        thread::yield_now();
    }
}

#[test]
fn a_run_that_was_killed_goes_on_to_the_same_bytes_and_leaves_nothing_behind() {
    let (sandbox, _) = undisturbed();
    // The folder grows beyond what is published, by what is removed at the end.
    let whole = bytes(&sandbox.path("whole"));
    let mut kills = 0;
    for moment in [1, whole / 3, whole] {
        let out = format!("killed-{moment}");
        kills += usize::from(!run_killed(&sandbox, &out, moment));
        if moment == 1 {
            // Once more, so that there are two owners who are gone.
            kills += usize::from(!run_killed(&sandbox, &out, whole / 2));
        }
        let left = sandbox.files(&out).into_iter().filter(|name| name.contains("owner-")).count();
        run_well(&sandbox, &out, &["--input", &path(&sandbox, "in"), "--threads", "2"]);
        check_same(&sandbox, "whole", &out);
        let ours = sandbox.files(&out).into_iter().filter(|name| name.starts_with("run/")).collect::<Vec<_>>();
        assert_eq!(ours, ["run/begun.json"], "after {left} owners");
    }
    assert!(kills > 0, "no run was slow enough to be killed");
}
