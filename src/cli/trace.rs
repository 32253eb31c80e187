//! `gristmill trace`: which rows hold a passage.

use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use indicatif::{HumanBytes, HumanDuration, ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::show::Page;
use crate::audit::trace::found::{Found, Kind, Match};
use crate::audit::trace::index::{Index, Standing};
use crate::audit::trace::passage::Passage;
use crate::audit::trace::searcher::Searcher;
use crate::audit::trace::{Texts, Watch};
use crate::engine::checkpoint::read_whole;
use crate::ledger::funnel::grouped;
use crate::ledger::run_record::RunRecord;
use crate::store::Store;
use crate::text::shown;

/// Most bytes of passages that are read.
const PASSAGES_BYTES_MAX: u64 = 64 << 20;
/// Most passages of one run.
const PASSAGES_MAX: usize = 10_000;

/// Find the rows of a set that hold a passage of at least 8 words, or much of it.
///
/// Words are compared without regard to case, punctuation and line breaks. Without an index all texts are read, and it is
/// said how long that takes; `--index` builds one in DIR/run/trace, which later traces use by themselves.
/// Exits with 1 if nothing is found.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a finished set.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The passage; `-` reads it from standard input.
    #[arg(value_name = "PASSAGE", conflicts_with = "file")]
    passage: Option<String>,
    /// Read the passage from a file.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Each line of the file or of standard input is a passage of its own.
    #[arg(long)]
    lines: bool,
    /// Build an index first, or anew; without a passage nothing else is done.
    ///
    /// It takes 4 to 7 % of the bytes of the texts, is no part of the set and may be removed.
    #[arg(long)]
    index: bool,
    /// Read all texts, even if there is an index: near matches that share no 8 words in a row are only found so.
    #[arg(long, conflicts_with = "index")]
    scan: bool,
    /// Share of the passage's different runs of four words that a near match holds; 1 finds the passage itself alone.
    #[arg(long, value_name = "SHARE", default_value_t = 0.5)]
    share: f64,
    /// Most matches that are listed of one passage, exact ones first.
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    limit: usize,
    /// Print JSON, one line a match.
    #[arg(long)]
    json: bool,
}

/// Runs the command; false if nothing was found.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    if !(arguments.share > 0.0 && arguments.share <= 1.0) {
        bail!("--share {} is no share: it has to be above 0 and at most 1", arguments.share);
    }
    let record = super::card::manifest_of(&arguments.folder, store)?.record;
    let passages = passages(arguments, store)?;
    if passages.is_empty() && !arguments.index {
        bail!("there is no passage to look for\nhint: give one in quotes, with --file, or `-` for standard input");
    }
    let shower = Shower::default();
    let matches_max = arguments.limit;
    let texts = Texts { store, root: &arguments.folder, record: &record, matches_max, watch: &shower };
    let index = index(arguments, &texts, &shower)?;
    if passages.is_empty() {
        return Ok(true);
    }
    let searcher = Searcher::new(passages);
    let found = texts.trace(&searcher, index.as_ref(), arguments.share)?;
    shower.end();
    match arguments.json {
        true => write_json(&found, &record, out)?,
        false => write!(out, "{}", page(&found, &searcher, &record))?,
    }
    Ok(found.iter().any(|found| !found.matches.is_empty()))
}

/// The passages that are asked for; refuses those that are too short, by their number.
fn passages(arguments: &Arguments, store: &dyn Store) -> anyhow::Result<Vec<Passage>> {
    let text = match (&arguments.passage, &arguments.file) {
        (Some(dash), _) if dash == "-" => {
            let mut text = String::new();
            std::io::stdin().take(PASSAGES_BYTES_MAX + 1).read_to_string(&mut text).context("standard input")?;
            if text.len() as u64 > PASSAGES_BYTES_MAX {
                bail!("standard input holds more than {PASSAGES_BYTES_MAX} bytes");
            }
            text
        }
        (Some(passage), _) => passage.clone(),
        (None, Some(file)) => {
            let bytes = read_whole(store, file)?;
            String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", shown::path(file)))?
        }
        (None, None) => return Ok(Vec::new()),
    };
    let texts: Vec<(usize, &str)> = match arguments.lines {
        true => text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect(),
        false => vec![(0, text.as_str())],
    };
    if texts.len() > PASSAGES_MAX {
        bail!("there are {} passages, and at most {PASSAGES_MAX} are looked for at once", texts.len());
    }
    let passage = |(line, text): (usize, &str)| {
        Passage::new(text, arguments.share).map_err(|problem| match arguments.lines {
            true => anyhow::anyhow!("the passage in line {} {problem}", line + 1),
            false => anyhow::anyhow!("the passage {problem}"),
        })
    };
    texts.into_iter().map(passage).collect()
}

/// The number with its verb.
fn are(count: u64) -> String {
    if count == 1 { String::from("1 is") } else { format!("{} are", grouped(count)) }
}

/// The index that is to be used, if any; what is done is said.
fn index(arguments: &Arguments, texts: &Texts<'_>, shower: &Shower) -> anyhow::Result<Option<Index>> {
    if arguments.index {
        let index = texts.build_index()?;
        shower.end();
        let (bytes, text_bytes) = (index.bytes(), texts.record.statistics.total.text_bytes);
        let share = 100.0 * bytes as f64 / text_bytes.max(1) as f64;
        eprintln!("index: {} bytes, {share:.1} % of {} bytes of text", grouped(bytes), grouped(text_bytes));
        return Ok(Some(index));
    }
    if arguments.scan {
        return Ok(None);
    }
    Ok(match texts.index()? {
        Standing::Ready(index) => Some(index),
        Standing::Missing => {
            eprintln!("there is no index, so all texts are read; --index builds one");
            None
        }
        Standing::Stale => {
            eprintln!("the index is of another state of the set, so all texts are read; --index builds it anew");
            None
        }
    })
}

fn page(found: &[Found], searcher: &Searcher, record: &RunRecord) -> String {
    let mut page = Page::new();
    for (number, (found, passage)) in found.iter().zip(&searcher.passages).enumerate() {
        let words = match found.exact {
            1 => format!("1 row holds it, {} near it", are(found.near)),
            exact => format!("{} rows hold it, {} near it", grouped(exact), are(found.near)),
        };
        match searcher.passages.len() {
            1 => page.heading(&words),
            _ => {
                page.heading(&format!("passage {}: {words}", number + 1));
                page.line(&super::show::shortened(&passage.text, 80));
            }
        }
        for found in &found.matches {
            show(&mut page, found, record);
        }
    }
    page.finish()
}

fn show(page: &mut Page, found: &Match, record: &RunRecord) {
    page.line("");
    let words = match found.kind {
        Kind::Exact if found.times > 1 => format!("exact, at {} places", found.times),
        Kind::Exact => String::from("exact"),
        Kind::Near => format!("near, {:.1} % of the passage's runs of words", 100.0 * found.share),
        Kind::Alike => format!("alike as a whole, estimated similarity {:.2}", found.share),
    };
    page.pair("match", &words);
    page.pair("row", &format!("{} of {}", found.row, record.shards[found.shard].path));
    page.pair("url", &found.url);
    page.pair("id", &found.id);
    page.pair("in the text", &format!("{} bytes at {}", found.length_bytes, found.offset_bytes));
    let [before, itself, behind] = &found.context;
    page.line(&format!("…{}[{}]{}…", shown::line(before), shown::line(itself), shown::line(behind)));
}

fn write_json(found: &[Found], record: &RunRecord, out: &mut dyn Write) -> anyhow::Result<()> {
    for (number, found) in found.iter().enumerate() {
        for found in &found.matches {
            let line: Value = json!({
                "passage": number,
                "kind": found.kind.as_str(),
                "shard": record.shards[found.shard].path,
                "row": found.row,
                "id": found.id,
                "url": found.url,
                "offset_bytes": found.offset_bytes,
                "length_bytes": found.length_bytes,
                "share": found.share,
                "times": found.times,
                "before": found.context[0],
                "found": found.context[1],
                "behind": found.context[2],
            });
            writeln!(out, "{}", shown::json(&line.to_string()))?;
        }
    }
    Ok(())
}

/// Says on standard error how it goes on: a line in any case, a bar on a terminal.
#[derive(Default)]
struct Shower {
    bar: std::sync::OnceLock<ProgressBar>,
}

impl Shower {
    fn end(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Shower {
    fn begins(&self, text_bytes: u64, seconds: f64) {
        if seconds > 0.0 {
            let time = HumanDuration(Duration::from_secs_f64(seconds.ceil()));
            eprintln!("reading {} of text takes about {time}", HumanBytes(text_bytes));
        }
        if std::io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}, {eta} left");
            let style = style.expect("the template is a constant").progress_chars("━╸ ");
            self.bar.get_or_init(|| ProgressBar::new(text_bytes).with_style(style));
        }
    }

    fn read(&self, text_bytes: u64) {
        if let Some(bar) = self.bar.get() {
            bar.inc(text_bytes);
        }
    }

    fn by_index(&self, blocks: u64, wanted: u64) {
        eprintln!("by the index: {} of {} blocks of documents are read", grouped(wanted), grouped(blocks));
    }
}
