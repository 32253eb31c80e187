//! `gristmill inspect`: one record and all that is found about it, or a table of a file's records.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::inspect_view::{View, line, line_json};
use crate::plan::compile::Plan;
use crate::store::Store;
use crate::store::input;
use crate::store::reading::Reading;
use crate::text::shown;
use crate::warc::batch::{Batch, Item};
use crate::warc::content::{self, Sorted, SourceFile};
use crate::warc::limits::Limits;
use crate::warc::reader::Reader;
use crate::warc::record::RecordType;

/// A `warcinfo` record stands among the first records of a batch, if there is one.
const WARCINFO_WITHIN: usize = 3;
/// Bytes of records that are read at a time.
const BATCH_BYTES: usize = 1 << 20;
/// A plan that asks every question and drops nothing.
const ASK_ALL: &str = "recipe = 1\nstage = [{ extract.html = {} }, { annotate.language = {} }, { annotate.rights = {} }, \
    { annotate.quality = {} }]";

/// Look at one record: headers, charset, text, language, license with evidence, and what a preset does with it.
///
/// Without a record to look at, the records of the file are listed.
/// Offset, id and URL are those of the columns and of the ledger.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Crawl file.
    #[arg(value_name = "WARC")]
    file: PathBuf,
    /// The record that begins at this byte of the file.
    #[arg(long, value_name = "BYTES", group = "record")]
    offset: Option<u64>,
    /// The record with this WARC-Record-ID; angle brackets may be left out.
    #[arg(long, value_name = "ID", group = "record")]
    id: Option<String>,
    /// The first record of this URL that holds a page.
    #[arg(long, value_name = "URL", group = "record")]
    url: Option<String>,
    /// Say what this preset does with the record.
    #[arg(long, value_name = "PRESET")]
    preset: Option<PathBuf>,
    /// Show the whole text.
    #[arg(long)]
    full: bool,
    /// Records to list.
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
    /// Print JSON, one line a record.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<()> {
    let annotate = Plan::compile("inspect", ASK_ALL, &std::collections::BTreeMap::new())?;
    let preset = arguments.preset.as_deref().map(|path| super::compile(store, path)).transpose()?;
    let name = input::find(&[arguments.file.to_string_lossy().into_owned()])?.swap_remove(0).name;
    let wants_one = arguments.offset.is_some() || arguments.id.is_some() || arguments.url.is_some();
    let mut records = Records::open(store, &arguments.file, &name)?;
    let mut listed = 0;
    let mut more = false;
    if !wants_one && !arguments.json {
        writeln!(out, "{:>12} {:>10}  {:11} {:6} address", "offset", "length", "type", "status")?;
    }
    while let Some(found) = records.next_where(|item, file| !wants_one || is_wanted(arguments, item, file))? {
        let item = found.batch.get(found.position);
        if wants_one {
            let view = View { item, file: &found.file, annotate: &annotate, preset: preset.as_ref() };
            if arguments.json {
                writeln!(out, "{}", shown::json(&view.json().to_string()))?
            } else {
                write!(out, "{}", view.page(arguments.full))?
            }
            return Ok(());
        }
        if listed == arguments.limit {
            more = true;
            break;
        }
        listed += 1;
        match arguments.json {
            true => writeln!(out, "{}", shown::json(&line_json(&item).to_string()))?,
            false => writeln!(out, "{}", line(&item))?,
        };
    }
    if wants_one {
        bail!(
            "{} holds no such record\nhint: leave --offset, --id and --url out to list what it holds",
            shown::path(&arguments.file)
        );
    }
    if more && !arguments.json {
        writeln!(out, "and more; --limit lists more, --offset shows one of them")?;
    }
    Ok(())
}

fn is_wanted(arguments: &Arguments, item: &Item<'_>, file: &SourceFile) -> bool {
    let bare = |id: &str| id.trim_matches(['<', '>']).to_owned();
    match (item, arguments) {
        (Item::Record(record), Arguments { offset: Some(offset), .. }) => record.offset_bytes == *offset,
        (Item::Damage(damage), Arguments { offset: Some(offset), .. }) => damage.offset_bytes == *offset,
        (Item::Record(record), Arguments { id: Some(id), .. }) => {
            let found = match record.field("WARC-Record-ID") {
                Some(stated) => bare(&stated),
                // Records without an id have one that is made of their place.
                None => match content::sort(record, file, &Limits::default()) {
                    Sorted::Content(content) => content.origin.id,
                    Sorted::NotKept { origin, .. } => origin.id,
                },
            };
            found == bare(id)
        }
        (Item::Damage(damage), Arguments { id: Some(id), .. }) => file.origin_of_damage(damage).id == *id,
        (Item::Record(record), Arguments { url: Some(url), .. }) => {
            matches!(record.record_type(), RecordType::Response | RecordType::Resource | RecordType::Conversion)
                && record.target_uri().is_some_and(|found| bare(&found) == *url)
        }
        _ => false,
    }
}

/// The items of a file, one after the other.
struct Records {
    reader: Reader,
    batch: Batch,
    next: usize,
    file: SourceFile,
}

/// An item that was found, in the batch that holds it.
struct Found<'a> {
    batch: &'a Batch,
    position: usize,
    file: SourceFile,
}

impl Records {
    fn open(store: &dyn Store, path: &Path, name: &str) -> anyhow::Result<Self> {
        let reading = Reading::new(store.open(path)?, None);
        let reader = Reader::open(Box::new(reading), name, Limits::default())?;
        Ok(Self { reader, batch: Batch::new(), next: 0, file: SourceFile::new(name) })
    }

    /// The next item that is wanted, or none at the end of the file.
    fn next_where(&mut self, is_wanted: impl Fn(&Item<'_>, &SourceFile) -> bool) -> anyhow::Result<Option<Found<'_>>> {
        loop {
            let wanted =
                (self.next..self.batch.len()).find(|position| is_wanted(&self.batch.get(*position), &self.file));
            if let Some(position) = wanted {
                self.next = position + 1;
                return Ok(Some(Found { batch: &self.batch, position, file: self.file.clone() }));
            }
            self.next = 0;
            if !self.reader.fill(&mut self.batch, BATCH_BYTES)? {
                return Ok(None);
            }
            for item in self.batch.iter().take(WARCINFO_WITHIN) {
                if let Item::Record(record) = item {
                    self.file.learn(&record);
                }
            }
        }
    }
}
