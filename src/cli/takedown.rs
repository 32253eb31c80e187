//! `gristmill takedown`: a new version of a set without what a list names.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use anyhow::Context;

use super::show::Page;
use crate::audit::takedown::{Job, Taken, Words, list, take_down};
use crate::engine::checkpoint::read_whole;
use crate::ledger::funnel::{counted, grouped};
use crate::ledger::removal::RemovalRecord;
use crate::store::Store;
use crate::text::shown;

/// Most rules that are printed one by one.
const RULES_MAX: usize = 50;

/// Write a new version of a set without what a list names: domains, URLs, records, texts, passages.
///
/// The old version stays as it is. The new one records what went by which rule, and never the text; what is nearly the
/// same and still there is listed for decision.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a finished set.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What is to go, one rule a line: `domain`, `url-prefix`, `url`, `id`, `text-digest` or `passage`, then what is
    /// meant.
    #[arg(long, value_name = "FILE")]
    list: PathBuf,
    /// Folder for the new version; has to be empty or not there.
    #[arg(long, value_name = "NEW")]
    out: PathBuf,
    /// Day of the takedown, for the record.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    date: Option<String>,
    /// What the record says of the takedown, e.g. on whose request.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// What the new version is called, e.g. 1.0.1; by default as the old one.
    #[arg(long, value_name = "VERSION")]
    set_version: Option<String>,
    /// Repeat the URLs that go nowhere in the new version: neither in the ledger nor in the record of removals.
    #[arg(long)]
    forget_urls: bool,
    /// Worker threads (default: one per core).
    #[arg(long, value_name = "COUNT")]
    threads: Option<NonZeroUsize>,
    /// Print the record of removals as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<()> {
    let bytes = read_whole(store, &arguments.list)?;
    let name = shown::path(&arguments.list);
    let text = String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8 text"))?;
    let rules = list::parse(&name, &text)?;
    let words = Words {
        date: arguments.date.clone(),
        note: arguments.note.clone(),
        version: arguments.set_version.clone(),
        forget_urls: arguments.forget_urls,
    };
    let threads = arguments.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let (old, new) = (&*arguments.folder, &*arguments.out);
    let taken = take_down(Job { store, old, new, rules: &rules, words: &words, threads })?;
    if arguments.json {
        writeln!(out, "{}", shown::json(&format!("{:#}", serde_json::json!(taken.removals))))?;
    } else {
        write!(out, "{}", summary(&taken, arguments))?;
    }
    Ok(())
}

fn summary(taken: &Taken, arguments: &Arguments) -> String {
    let mut page = Page::new();
    page.heading("taken out");
    for removal in taken.removals.iter().take(RULES_MAX) {
        page.pair(removal.kind.as_str(), &rule_words(removal));
    }
    if taken.removals.len() > RULES_MAX {
        page.pair("", &format!("and {} more, in manifest.json", taken.removals.len() - RULES_MAX));
    }
    let root = shown::path(&arguments.out);
    page.heading("left");
    let total = taken.record.statistics.total;
    let (documents, bytes) = (counted(total.documents, "document"), grouped(total.text_bytes));
    page.line(&format!("{documents}, {bytes} bytes of text, in {root}"));
    let (near, list) = &taken.near;
    let near_words = counted(*near, "document");
    page.line(&format!("{near_words} nearly the same as what went, to be decided about: {root}/{list}"));
    page.finish()
}

fn rule_words(removal: &RemovalRecord) -> String {
    let RemovalRecord { rule, rows, text_bytes, dropped_texts, length, .. } = removal;
    let what = rule.clone().unwrap_or_else(|| format!("of {length} words or bytes, not repeated"));
    let mut words = format!("{what}: {}, {} bytes of text", counted(*rows, "row"), grouped(*text_bytes));
    if *dropped_texts > 0 {
        words += &format!(", and {} of dropped documents", counted(*dropped_texts, "text"));
    }
    words
}

fn parse_day(day: &str) -> Result<String, String> {
    let parsed = day.parse::<chrono::NaiveDate>().ok().filter(|parsed| parsed.to_string() == day);
    parsed.map(|_| day.to_owned()).ok_or_else(|| String::from("a day is written as 2026-01-31"))
}
