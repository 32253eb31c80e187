//! `gristmill verify`: whether a set is what it says, and what its crawl gives.

use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::Context;
use indicatif::{HumanBytes, ProgressBar};
use rayon::ThreadPoolBuilder;
use serde_json::json;

use super::lists::Beside;
use crate::audit::verify::columns::ColumnBytes;
use crate::audit::verify::crawl::place::{Folder, Place};
use crate::audit::verify::crawl::{Crawl, CrawlError};
use crate::audit::verify::report::{Checked, Finding, LISTED_MAX, Report};
use crate::audit::verify::watch::Watch;
use crate::audit::verify::{self, Set};
use crate::ledger::funnel::{counted, grouped};
use crate::store::Store;
use crate::store::http::{Http, is_url};
use crate::text::shown;

/// Stack of a worker thread, as in a run.
const STACK_BYTES: usize = 8 << 20;
/// How often the progress is drawn.
const DRAW_INTERVAL: Duration = Duration::from_millis(120);

/// Check that a set is what it says, and with --warc that its rows are what the crawl gives.
///
/// Without --warc: digests, rows, columns, the plan, the sums of the funnel, the ledger, duplicates, statistics, cards,
/// and that nothing else lies in the folder.
/// With it, rows drawn from the set and from its ledger are read again from their records and made again by the plan.
/// Exits with 1 if anything is wrong.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a finished set.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Folder with the crawl files by their paths or names, one such file, or a URL below which they lie.
    #[arg(long, value_name = "DIR|FILE|URL")]
    warc: Option<String>,
    /// How many rows of the set, and of its ledger, are made again; `all` also checks the digests of the crawl files.
    #[arg(long, value_name = "COUNT|all", default_value = "100", requires = "warc")]
    sample: Sample,
    /// What the draw depends on besides the rows.
    #[arg(long, value_name = "NUMBER", default_value_t = 0, requires = "warc")]
    seed: u64,
    /// Folder of the preset, for the lists, models and tokenizers that it names.
    #[arg(long, value_name = "DIR", default_value = ".")]
    files: PathBuf,
    /// Print also how many bytes every column takes, and its share of the bytes of the text.
    #[arg(long)]
    columns: bool,
    /// Worker threads (default: one per core).
    #[arg(long, value_name = "COUNT")]
    threads: Option<NonZeroUsize>,
    /// Show no progress.
    #[arg(long)]
    quiet: bool,
    /// Print JSON: every check with what was found.
    #[arg(long)]
    json: bool,
}

/// How many rows are made again.
#[derive(Clone, Copy, Debug)]
enum Sample {
    All,
    Rows(u64),
}

impl std::str::FromStr for Sample {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "all" => Ok(Self::All),
            number => number.parse().map(Self::Rows).map_err(|_| String::from("neither a number nor `all`")),
        }
    }
}

/// Runs the command; false if anything is wrong.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    // Without a manifest the folder is no set, and nothing was checked.
    super::card::there(&arguments.folder, store)?;
    let watch = Watch::default();
    let Done { report, could_not, columns } = match verify::open(store, &arguments.folder, &watch) {
        Err(report) => Done { report, could_not: None, columns: None },
        Ok(set) => check(arguments, store, &set)?,
    };
    if arguments.json {
        let columns = columns.as_ref().map(columns_json);
        let clean = report.is_clean();
        let json = json!({ "clean": clean, "checks": report.checks, "columns": columns });
        writeln!(out, "{}", shown::json(&format!("{json:#}")))?;
    } else {
        report.checks.iter().try_for_each(|checked| show(out, checked))?;
        columns.iter().try_for_each(|columns| show_columns(out, columns))?;
        writeln!(out, "{}", verdict(&report))?;
    }
    match could_not {
        Some(error) => Err(anyhow::Error::new(error).context("nothing could be compared with the crawl")),
        None => Ok(report.is_clean()),
    }
}

/// What came of a verification.
struct Done {
    report: Report,
    /// Why nothing could be compared with the crawl.
    could_not: Option<CrawlError>,
    columns: Option<ColumnBytes>,
}

fn check(arguments: &Arguments, store: &dyn Store, set: &Set<'_>) -> anyhow::Result<Done> {
    let named = Beside::new(store, &arguments.files.join("preset.toml"));
    let plan = verify::plan::compile(set, &named);
    let place = arguments.warc.as_deref().map(|warc| place_of(store, warc)).transpose()?;
    let crawl = place.as_deref().map(|place| Crawl {
        place,
        sample: match arguments.sample {
            Sample::All => None,
            Sample::Rows(rows) => Some(rows),
        },
        seed: arguments.seed,
    });
    let threads = arguments.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let pool = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES).build();
    let pool = pool.with_context(|| format!("{threads} threads cannot be started"))?;
    let verify = || pool.install(|| verify::verify(set, plan, crawl));
    let (report, could_not) = watched(set.watch, arguments.quiet, verify);
    let columns = if arguments.columns { ColumnBytes::of(set).map(Some) } else { Ok(None) };
    // A file that cannot be read is told by the checks.
    Ok(Done { report, could_not, columns: columns.unwrap_or_default() })
}

/// The crawl at a path or URL.
fn place_of<'a>(store: &'a dyn Store, warc: &str) -> anyhow::Result<Box<dyn Place + 'a>> {
    if is_url(warc) {
        return Ok(Box::new(Http::new(warc)?));
    }
    if !store.exists(Path::new(warc)) {
        anyhow::bail!("{warc}: no such folder or file\nhint: name the folder that holds the crawl files of the set");
    }
    Ok(Box::new(Folder::new(store, Path::new(warc))))
}

/// Does the work while what was read so far is shown on a terminal.
fn watched<T: Send>(watch: &Watch, quiet: bool, work: impl FnOnce() -> T + Send) -> T {
    if quiet || !std::io::stderr().is_terminal() {
        return work();
    }
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            // The bar is ended also when the work panics, so that the panic is seen.
            let _end = EndOnDrop(&done);
            work()
        });
        let bar = ProgressBar::new_spinner();
        while !done.load(Ordering::Relaxed) {
            bar.set_message(format!(
                "{} digested, {} rows read, {} records of the crawl read again",
                HumanBytes(watch.bytes_done.load(Ordering::Relaxed)),
                grouped(watch.rows_done.load(Ordering::Relaxed)),
                grouped(watch.records_done.load(Ordering::Relaxed)),
            ));
            bar.tick();
            thread::park_timeout(DRAW_INTERVAL);
        }
        bar.finish_and_clear();
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

struct EndOnDrop<'a>(&'a AtomicBool);

impl Drop for EndOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// One line a check, and below it what was found and what is worth knowing.
fn show(out: &mut dyn Write, checked: &Checked) -> std::io::Result<()> {
    let word = match (checked.findings, checked.skipped) {
        (0, false) => "ok",
        (0, true) => "skipped",
        _ => "WRONG",
    };
    writeln!(out, "{}", format!("{word:8} {:11} {}", checked.check.name(), checked.counted).trim_end())?;
    for Finding { file, row, message } in &checked.listed {
        let place = match (file, row) {
            (Some(file), Some(row)) => format!("{file}, row {row}: "),
            (Some(file), None) => format!("{file}: "),
            _ => String::new(),
        };
        writeln!(out, "           {}", indented(&format!("{place}{message}")))?;
    }
    if checked.findings > LISTED_MAX as u64 {
        writeln!(out, "           and {} more", grouped(checked.findings - checked.listed.len() as u64))?;
    }
    checked.notes.iter().try_for_each(|note| writeln!(out, "           note: {}", indented(note)))
}

fn indented(words: &str) -> String {
    words.replace('\n', "\n             ")
}

fn verdict(report: &Report) -> String {
    let made = report.checks.iter().filter(|checked| !checked.skipped).count() as u64;
    match report.wrong() {
        0 => format!("nothing wrong by {}", counted(made, "check")),
        wrong => format!("something wrong by {wrong} of {}", counted(made, "check")),
    }
}

fn show_columns(out: &mut dyn Write, columns: &ColumnBytes) -> std::io::Result<()> {
    writeln!(out, "\n{:40} {:>15} {:>10}", "column", "bytes", "of text")?;
    for (folder, name, bytes) in &columns.columns {
        writeln!(out, "{:40} {:>15} {:>10}", format!("{folder}.{name}"), grouped(*bytes), share(*bytes, columns))?;
    }
    let others = columns.others_bytes();
    writeln!(out, "{:40} {:>15} {:>10}\n", "all but data.text", grouped(others), share(others, columns))
}

fn share(bytes: u64, columns: &ColumnBytes) -> String {
    if columns.text_bytes == 0 {
        return String::from("-");
    }
    format!("{:.2} %", 100.0 * bytes as f64 / columns.text_bytes as f64)
}

fn columns_json(columns: &ColumnBytes) -> serde_json::Value {
    let named = columns
        .columns
        .iter()
        .map(|(folder, name, bytes)| json!({ "column": format!("{folder}.{name}"), "bytes": bytes }));
    json!({
        "columns": named.collect::<Vec<_>>(),
        "text_bytes": columns.text_bytes,
        "others_bytes": columns.others_bytes(),
    })
}
