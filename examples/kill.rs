//! Kills a run at many moments, lets it go on, and compares what it publishes with an undisturbed run.
//!
//!     cargo build --release
//!     cargo run --release --example kill -- target/release/gristmill PRESET INPUT FOLDER [MOMENTS [SEED]]
//!
//! A moment is a count of bytes: the process is killed (SIGKILL) as soon as the files of its output folder, those in work
//! included, have grown to so many bytes together. The counts are drawn from a seed, so the moments are the same ones on
//! a slow machine and on a fast one. Every fourth run is killed once more after it went on.
//!
//! After each kill every file that has its name already must have the bytes of the undisturbed run; after the run went
//! on, all files must be there with these bytes and nothing beside them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::Duration;

use sha2::{Digest, Sha256};

/// How long the watcher rests between two looks at the folder.
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// Every so many moments, the run that goes on is killed as well.
const AGAIN_EVERY: u64 = 4;
const MOMENTS: u64 = 200;
const SEED: u64 = 1;

/// The program, what it is given, and where it writes.
struct Run {
    program: OsString,
    preset: OsString,
    input: OsString,
}

/// The largest size that each file of a folder was seen with.
#[derive(Default)]
struct Seen(BTreeMap<PathBuf, u64>);

impl Seen {
    /// Looks again; bytes of all files together, which never shrinks.
    fn look(&mut self, root: &Path) -> u64 {
        for (path, bytes) in sizes(root) {
            let most = self.0.entry(path).or_default();
            *most = bytes.max(*most);
        }
        self.0.values().sum()
    }
}

impl Run {
    fn start(&self, out: &Path) -> Child {
        let mut command = Command::new(&self.program);
        command.arg("run").arg(&self.preset).arg("--input").arg(&self.input).arg("--out").arg(out).arg("--quiet");
        command.stdout(Stdio::null()).spawn().expect("the program can be started")
    }

    /// Runs to the end. Bytes that the folder grew to.
    fn finish(&self, out: &Path) -> Result<u64, String> {
        let (mut child, mut seen) = (self.start(out), Seen::default());
        loop {
            let bytes = seen.look(out);
            match child.try_wait().expect("the process can be waited for") {
                None => thread::sleep(LOOK_EVERY),
                Some(status) if status.success() => return Ok(bytes),
                Some(status) => return Err(format!("ended with {status}")),
            }
        }
    }

    /// Kills the run once its folder has grown to so many bytes. False if it ended before.
    fn kill_at(&self, out: &Path, moment: u64) -> bool {
        let (mut child, mut seen) = (self.start(out), Seen::default());
        while seen.look(out) < moment {
            if child.try_wait().expect("the process can be waited for").is_some() {
                return false;
            }
            thread::sleep(LOOK_EVERY);
        }
        child.kill().expect("the process can be killed");
        !child.wait().expect("the process can be waited for").success()
    }
}

fn sizes(root: &Path) -> Vec<(PathBuf, u64)> {
    let (mut found, mut left) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = left.pop() {
        // Files come and go while the folder is looked at.
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(metadata) if metadata.is_dir() => left.push(entry.path()),
                Ok(metadata) => found.push((entry.path(), metadata.len())),
                Err(_) => {}
            }
        }
    }
    found
}

/// SHA-256 of every file that is promised to be the same in every run: all but `run.json` and `run/`.
fn promised(out: &Path) -> BTreeMap<String, String> {
    let below = |path: &Path| path.strip_prefix(out).expect("below the folder").to_string_lossy().into_owned();
    let names = sizes(out).into_iter().map(|(path, _)| (below(&path), path));
    let promised = names.filter(|(name, _)| name != "run.json" && !name.starts_with("run/"));
    let digest = |path: &Path| {
        let bytes = std::fs::read(path).expect("a file of the folder can be read");
        data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
    };
    promised.map(|(name, path)| (name, digest(&path))).collect()
}

/// Numbers from a seed (splitmix64).
fn draw(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut value = *state;
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// One moment: kill, look, go on, compare. How often it was killed.
fn check(run: &Run, out: &Path, whole: &BTreeMap<String, String>, moments: &[u64]) -> Result<u64, String> {
    let _ = std::fs::remove_dir_all(out);
    let mut kills = 0;
    for &moment in moments {
        kills += u64::from(run.kill_at(out, moment));
        for (name, digest) in promised(out) {
            if !name.ends_with(".tmp") && whole.get(&name) != Some(&digest) {
                return Err(format!("killed at {moment}: {name} has its name and other bytes"));
            }
        }
    }
    run.finish(out).map_err(|error| format!("killed at {moments:?}, then {error}"))?;
    let again = promised(out);
    match whole.iter().find(|(name, digest)| again.get(*name) != Some(*digest)) {
        Some((name, _)) => Err(format!("killed at {moments:?}: {name} differs from the undisturbed run")),
        None if again.len() != whole.len() => Err(format!("killed at {moments:?}: there are other files")),
        None => Ok(kills),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let [program, preset, input, folder, rest @ ..] = &arguments[..] else {
        eprintln!("kill PROGRAM PRESET INPUT FOLDER [MOMENTS [SEED]]");
        return ExitCode::from(2);
    };
    let number = |at: usize, default| {
        let given = rest.get(at).map(|word| word.to_string_lossy().parse().expect("a number"));
        given.unwrap_or(default)
    };
    let (moments, mut state) = (number(0, MOMENTS), number(1, SEED));
    let run = Run { program: program.clone(), preset: preset.clone(), input: input.clone() };
    let (whole_out, out) = (Path::new(folder).join("whole"), Path::new(folder).join("killed"));
    let _ = std::fs::remove_dir_all(&whole_out);
    let bytes = run.finish(&whole_out).expect("the undisturbed run ends well");
    let whole = promised(&whole_out);
    println!("undisturbed: {} files are promised, the folder grew to {bytes} bytes", whole.len());
    let (mut same, mut kills) = (0, 0);
    for number in 0..moments {
        let count = if number % AGAIN_EVERY == AGAIN_EVERY - 1 { 2 } else { 1 };
        let drawn: Vec<u64> = (0..count).map(|_| 1 + draw(&mut state) % bytes).collect();
        match check(&run, &out, &whole, &drawn) {
            Ok(killed) => {
                (same, kills) = (same + 1, kills + killed);
                eprintln!("moment {number}: the same bytes, {kills} kills so far");
            }
            Err(problem) => println!("moment {number}: {problem}"),
        }
    }
    println!("{same} of {moments} runs gave the same bytes after {kills} kills");
    if same == moments { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
