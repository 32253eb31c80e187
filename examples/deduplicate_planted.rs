//! Deduplicates documents that have keys and no text, with planted near-duplicates, and compares every decision with the
//! truth.
//!
//!     cargo run --release --example deduplicate_planted -- DOCUMENTS FOLDER MEMORY_BYTES [THREADS]
//!
//! Needs about 450 bytes of disk a document in FOLDER, which has to be empty and is emptied again. Prints figures a line
//! each; ends with 1 if a decision is wrong.

#[path = "../tests/it/support/planted.rs"]
mod planted;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use gristmill::engine::deduplicate::{Means, decide};
use gristmill::engine::folder::Folder;
use gristmill::engine::progress::Progress;
use gristmill::ledger::tally::Tally;
use gristmill::plan::compile::Plan;
use gristmill::store::local::Local;
use planted::Planted;

const PRESET: &str = "recipe = 1\n[[stage]]\nextract.html = {}\n[[stage]]\ndedup.minhash = {}\n";
const DOCUMENTS_A_PART: u64 = 1_000_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize| arguments.get(place).and_then(|typed| typed.parse::<u64>().ok());
    let (Some(documents), Some(folder), Some(memory_bytes_max)) = (number(0), arguments.get(1), number(2)) else {
        eprintln!("usage: deduplicate_planted DOCUMENTS FOLDER MEMORY_BYTES [THREADS]");
        return ExitCode::from(2);
    };
    let folder = Folder::new(folder);
    let threads = number(3).unwrap_or(2) as usize;
    match run(documents, &folder, memory_bytes_max, threads) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Returns how many decisions are wrong.
fn run(
    documents: u64,
    folder: &Folder,
    memory_bytes_max: u64,
    threads: usize,
) -> Result<u64, Box<dyn std::error::Error>> {
    let planted = Planted::new(documents);
    let parts = documents.div_ceil(DOCUMENTS_A_PART);
    let started = Instant::now();
    let bases = planted.write(folder, parts)?;
    let kept_bytes = bytes_below(folder.root());
    println!("documents            {documents} in {parts} parts");
    println!("keys on disk         {:.1} bytes a document", kept_bytes as f64 / documents as f64);
    println!("keys written in      {:.1} s", started.elapsed().as_secs_f64());

    let plan = Plan::compile("planted.toml", PRESET, &BTreeMap::<String, String>::new())?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let mut tally = Tally::new(plan.stage_names().map(str::to_owned));
    let (before, started) = (cpu_seconds(), Instant::now());
    let progress = Progress::default();
    let means = Means { store: &Local, folder, plan: &plan, pool: &pool, progress: &progress, memory_bytes_max };
    let (most, done) = (AtomicU64::new(0), AtomicBool::new(false));
    let decision = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                most.fetch_max(bytes_below(&folder.scratch()), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(200));
            }
        });
        let decision = decide(means, &bases, &mut tally);
        done.store(true, Ordering::Relaxed);
        decision
    })?;
    println!("while sorting        {:.1} bytes a document at most", most.into_inner() as f64 / documents as f64);
    println!("deduplicated in      {:.1} s, {:.1} CPU s", started.elapsed().as_secs_f64(), cpu_seconds() - before);
    println!("peak RSS             {} MB, of {} MB allowed", peak_rss_mb(), memory_bytes_max / 1_000_000);

    let truth = planted.truth();
    let mut wrong = 0;
    for part in 0..bases.len() - 1 {
        let mut removals = decision.removals_of(&Local, part)?;
        for document in bases[part]..bases[part + 1] {
            let found = removals.of(document)?.map_or(document, |removal| removal.kept);
            wrong += u64::from(found != truth[document as usize]);
            wrong += u64::from(decision.is_removed(document) != (found != document));
        }
    }
    println!("removed              {}", decision.removals.len());
    println!("wrong                {wrong}");
    std::fs::remove_dir_all(folder.root())?;
    Ok(wrong)
}

fn bytes_below(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let size = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => bytes_below(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    };
    entries.filter_map(Result::ok).map(size).sum()
}

/// User and system time of this process, as Linux tells it.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}

fn peak_rss_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or_default() / 1000
}
