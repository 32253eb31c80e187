//! Damages web archives in thousands of seeded ways, reads each, and says whether anything was lost without a word.
//!
//!     cargo run --release --example mutate -- 10000 1 sample-data FOLDER…
//!
//! takes a number of mutations, a seed and folders, and damages every file there that is not larger than 1 MiB.
//! What has to hold of each damaged file stands in `tests/it/support/mutations`; what is broken is printed with its
//! number, and `-- 1 SEED@NUMBER FOLDER…` makes that one again. The file is left in the system's temporary folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use gristmill::cli::lists::Beside;
use gristmill::plan::compile::Plan;
use gristmill::store::local::Local;

#[path = "../tests/it/support/mutations/mod.rs"]
mod mutations;

use mutations::edits::KINDS;
use mutations::{FORMS, Subject, Verdict, judge};

/// Largest file that is damaged.
const FILE_BYTES_MAX: u64 = 1 << 20;
const PRESET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/quickstart.toml");

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            files(&path, found);
        } else if [".gz", ".warc", ".arc", ".zst", ".wet"].iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

/// Files that can be read as archives; others are refused for cause, and damage makes nothing of them.
fn subjects(folders: &[String]) -> Vec<Subject> {
    let mut paths = Vec::new();
    folders.iter().for_each(|folder| files(Path::new(folder), &mut paths));
    let small = |path: &PathBuf| path.metadata().is_ok_and(|metadata| (1..=FILE_BYTES_MAX).contains(&metadata.len()));
    paths.retain(small);
    let read = |path: PathBuf| Subject::new(&path.to_string_lossy(), std::fs::read(&path).expect("the file is there"));
    paths.into_iter().map(read).collect()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, seed, folders @ ..] = &arguments[..] else {
        eprintln!("mutate COUNT SEED[@FIRST] FOLDER…");
        return ExitCode::from(2);
    };
    let (seed, first) = seed.split_once('@').unwrap_or((seed, "0"));
    let [count, seed, first] = [count, seed, first].map(|word| word.parse::<u64>().expect("a number"));
    let source = std::fs::read_to_string(PRESET).expect("the preset of this repository");
    let plan = Plan::compile(PRESET, &source, &Beside::new(&Local, Path::new(PRESET))).expect("a sound preset");
    let subjects = subjects(folders);
    println!("{} files", subjects.len());
    let mut table: BTreeMap<(usize, &str), (u64, u64, Verdict)> = BTreeMap::new();
    let mut broken = 0;
    for number in first..first + count {
        let judged = judge(&subjects, &plan, seed, number);
        let form = FORMS.iter().find(|(form, _)| *form == judged.form).map_or("", |(_, name)| name);
        for row in [(judged.kind, ""), (KINDS.len(), form)] {
            let (files, refused, sum) = table.entry(row).or_default();
            *files += 1;
            if let Ok(verdict) = &judged.verdict {
                *refused += u64::from(verdict.refused);
                sum.add(verdict);
            }
        }
        if let Err(problem) = judged.verdict {
            broken += 1;
            let path = std::env::temp_dir().join(format!("damaged-{seed}-{number}.warc"));
            std::fs::write(&path, &judged.file).expect("the temporary folder can be written to");
            println!("BROKEN {problem}");
        }
    }
    println!("| how | files | refused | whole | found | lost for cause | changed | damage | inflated / read |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for ((kind, form), (files, refused, sum)) in &table {
        let how = KINDS.get(*kind).unwrap_or(form);
        let lost: u64 = sum.lost.values().sum();
        let work = sum.inflated as f64 / sum.bytes.max(1) as f64;
        let Verdict { whole, found, changed, damaged, .. } = sum;
        println!(
            "| {how} | {files} | {refused} | {whole} | {found} | {lost} {:?} | {changed} | {damaged} | {work:.1} |",
            sum.lost
        );
    }
    println!("{broken} of {count} broke a law");
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
