//! `gristmill run`: from crawl files to a published set.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::thread;

use anyhow::bail;
use serde_json::json;

use super::cost::Stopwatch;
use super::progress::watch;
use super::{allowance, memory, process};
use crate::engine::EngineError;
use crate::engine::carry;
use crate::engine::checkpoint::{read_json, write_json};
use crate::engine::deduplicate::disk;
use crate::engine::folder::Folder;
use crate::engine::local::{self, Finished, Job};
use crate::engine::memory::Budget;
use crate::engine::ownership::{Claimant, Held};
use crate::engine::progress::Progress;
use crate::ledger::funnel::{counted, grouped, table};
use crate::ledger::run_record::{Cuts, RunRecord};
use crate::store::Store;
use crate::store::input::{self, InputFile};
use crate::store::stop::Stop;
use crate::text::shown;

/// Make a training set from crawl files.
///
/// Reads WARC, WET and ARC files, keeps what the preset keeps, and leaves a folder with Parquet shards, a ledger of all
/// that was not kept, and a data card.
/// A run that was stopped goes on where it stopped when the same command is given again.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Preset to run, e.g. pipelines/quickstart.toml.
    ///
    /// The file lists every stage in the order a document meets them.
    /// `gristmill plan` prints the same list with every default filled in.
    #[arg(value_name = "PRESET")]
    preset: PathBuf,
    /// Crawl file, glob, folder, or list of paths; may be repeated. Overrides the preset's [input].
    #[arg(long, value_name = "FILE|GLOB|DIR|LIST")]
    input: Vec<String>,
    /// Folder for the set; has to be empty or hold the same run. Overrides the preset's [output] dir.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Worker threads (default: one per core).
    #[arg(long, value_name = "COUNT")]
    threads: Option<NonZeroUsize>,
    /// Memory that the run may take, e.g. 500MB or 16GiB (default: 80 % of what the control group allows and the machine
    /// has).
    ///
    /// It governs how many threads and files work at once, how much they take together, and how deduplication sorts.
    /// Less makes a run slower, never different; too little is refused with what would suffice.
    #[arg(long, value_name = "BYTES", value_parser = memory::parse)]
    memory: Option<u64>,
    /// Write to the folder although it belongs to another run that cannot be seen from here to be gone, e.g. one that was
    /// killed on another machine.
    #[arg(long)]
    take_over: bool,
    /// End with exit code 2 if a record could not be read; the set is published all the same.
    #[arg(long)]
    strict: bool,
    /// Show neither progress nor the funnel.
    #[arg(long)]
    quiet: bool,
    /// Print the content of run.json instead of the funnel's table.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, store: &dyn Store, stop: &Stop, out: &mut dyn Write) -> anyhow::Result<()> {
    let stopwatch = Stopwatch::start();
    let plan = super::compile(store, &arguments.preset)?;
    let inputs = input::find(if arguments.input.is_empty() { plan.inputs() } else { &arguments.input })?;
    let Some(root) = arguments.out.clone().or_else(|| plan.output().dir.as_ref().map(PathBuf::from)) else {
        bail!("the preset names no folder for the set\nhint: name one with --out DIR");
    };
    refuse_inputs_within(&root, &inputs)?;
    let folder = Folder::new(root);
    let threads = arguments.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let bytes_max = arguments.memory.unwrap_or_else(allowance::default_bytes);
    let memory = Budget { bytes_max, held_bytes: allowance::held_bytes() };
    let claimant = Claimant { processes: &process::Local, take_over: arguments.take_over };
    let job = Job { store, plan: &plan, inputs: &inputs, folder: &folder, threads, memory, claimant };
    let progress = Progress::until(stop);
    progress.files.store(inputs.len() as u64, Ordering::Relaxed);
    let bytes: u64 =
        inputs.iter().filter_map(|input| store.open(&input.path).ok()).map(|source| source.len_bytes()).sum();
    progress.bytes.store(bytes, Ordering::Relaxed);
    if let Some(needs) = disk::words(&plan, bytes).filter(|_| !arguments.quiet && !folder.is_finished(store)) {
        eprintln!("{needs}");
    }
    if let Some(words) = fewer_threads(&job, threads).filter(|_| !arguments.quiet && !folder.is_finished(store)) {
        eprintln!("{words}");
    }
    let Finished { record, held } = {
        let done = watch(&progress, arguments.quiet, || local::run(job, &progress));
        tell_notes(&progress);
        done?
    };
    let cost = stopwatch.cost(threads.get());
    let run = json!({
        "funnel": record.funnel,
        "repairs": record.repairs,
        "gristmill": record.tool.version,
        "plan_digest": record.plan.digest,
        "documents": record.statistics.total.documents,
        "text_bytes": record.statistics.total.text_bytes,
        "damaged": damaged(&record),
        "cuts": record.cuts,
        "tokens": record.tokens,
        "figures": record.figures,
        "domain_spread": record.domain_spread,
        "cost": cost,
    });
    let was_there = held.is_none();
    let run = if was_there {
        read_json(store, &folder.run())?
    } else {
        write_json(store, &folder.run(), &run)?;
        held.iter().try_for_each(Held::forget_former)?;
        local::clean_up(job)?;
        run
    };
    drop(held);
    if arguments.json {
        writeln!(out, "{}", shown::json(&format!("{run:#}")))?;
    } else if !arguments.quiet {
        write!(out, "{}", shown::lines(&summary(&record, &folder, was_there, cost.seconds)))?;
    }
    let damaged = damaged(&record);
    if arguments.strict && damaged > 0 {
        bail!(
            "{} could not be read; the set is published, {}/ledger says where the damage is",
            counted(damaged, "record"),
            shown::path(folder.root())
        );
    }
    Ok(())
}

/// What is read never lies where this program writes and clears away, by whatever links.
fn refuse_inputs_within(root: &Path, inputs: &[InputFile]) -> Result<(), EngineError> {
    // What is not there holds no input; what cannot be looked at is told when it is opened.
    let Ok(folder) = root.canonicalize() else { return Ok(()) };
    let is_within = |input: &&InputFile| input.path.canonicalize().is_ok_and(|path| path.starts_with(&folder));
    match inputs.iter().find(is_within) {
        Some(input) => Err(EngineError::InputWithin { input: input.path.clone(), folder: root.to_owned() }),
        None => Ok(()),
    }
}

/// Tells what is left of the notes. Also where nothing else is shown: each is about a fault of this program or of the
/// disk.
fn tell_notes(progress: &Progress) {
    progress.take_notes().iter().for_each(|note| eprintln!("{note}"));
    match progress.notes_left_out() {
        0 => {}
        more => eprintln!("and {more} more of these; the ledger has panics as {}", carry::PANIC),
    }
}

/// Says that fewer threads work than were asked for, if that is so.
fn fewer_threads(job: &Job<'_>, threads: NonZeroUsize) -> Option<String> {
    let workers = job.shares().ok()?.workers;
    let megabytes = job.memory.bytes_max / 1_000_000;
    let words = || format!("{workers} of {threads} threads work: {megabytes} MB of memory have no room for more");
    (workers < threads.get()).then(words)
}

/// What was cut of lines that many documents hold.
fn cut_words(cuts: &Cuts) -> String {
    format!(
        "{} in more than {} cut: {} out of {}, {} bytes of text",
        counted(cuts.lines, "line"),
        counted(cuts.documents_max.into(), "document"),
        counted(cuts.times, "time"),
        counted(cuts.documents, "document"),
        grouped(cuts.text_bytes)
    )
}

fn damaged(record: &RunRecord) -> u64 {
    record.inputs.iter().map(|input| input.damaged).sum()
}

/// The funnel, then what is where.
fn summary(record: &RunRecord, folder: &Folder, was_there: bool, seconds: f64) -> String {
    let mut out = table(&record.funnel);
    let total = record.statistics.total;
    let root = shown::path(folder.root());
    let done = if was_there { String::from("was there already") } else { format!("done in {seconds:.1} s") };
    out += &format!(
        "\n{}, {} bytes of text, in {root} ({done})\n",
        counted(total.documents, "document"),
        grouped(total.text_bytes)
    );
    if let Some(cuts) = &record.cuts {
        out += &format!("{}\n", cut_words(cuts));
    }
    let damaged = damaged(record);
    if damaged > 0 {
        out += &format!("{} could not be read; {root}/ledger says where\n", counted(damaged, "record"));
    }
    for (kind, count) in &record.repairs {
        out += &format!("read in spite of faults in the files: {kind} {}\n", grouped(*count));
    }
    out += &format!("{root}/README.md describes the set\n");
    out
}
