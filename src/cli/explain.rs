//! `gristmill explain`: why a URL or a record was kept or dropped.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::explain_view::{json, show};
use super::lists::Beside;
use super::show::Page;
use crate::audit::explain::again::Again;
use crate::audit::explain::{Asked, Found};
use crate::audit::verify;
use crate::audit::verify::crawl::derive::Deriver;
use crate::audit::verify::crawl::place::{Folder, Places};
use crate::audit::verify::watch::Watch;
use crate::store::Store;
use crate::text::shown;

/// Say why a URL or a record is in a set or not: its row, or the stage that dropped it and with which figures.
///
/// Of a kept document it names its row, its license with the evidence, and what it stands for. Of a dropped one it names
/// the stage with its settings, the reason and the figures; of a duplicate also where its text differs from the one that
/// stays, if the set holds dropped texts (`dropped = true` under [output]) or --warc names the crawl files.
/// Exits with 1 if the set knows nothing of it.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a finished set.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// URL, or WARC-Record-ID with or without angle brackets.
    #[arg(value_name = "KEY")]
    key: String,
    /// Folder with the crawl files by their paths or names, or one such file, to make texts again that the set dropped.
    #[arg(long, value_name = "DIR|FILE")]
    warc: Option<PathBuf>,
    /// Folder of the preset, for the lists, models and tokenizers that it names.
    #[arg(long, value_name = "DIR", default_value = ".", requires = "warc")]
    files: PathBuf,
    /// Print JSON, one line a row: the columns of the set or of the ledger.
    #[arg(long)]
    json: bool,
}

/// Runs the command; false if the set knows nothing of the key.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    let record = super::card::manifest_of(&arguments.folder, store)?.record;
    let asked = Asked { store, root: &arguments.folder, record: &record, texts: None };
    let found = match &arguments.warc {
        None => asked.find(&arguments.key)?,
        Some(warc) => with_crawl(arguments, warc, asked)?,
    };
    if arguments.json {
        for found in &found {
            writeln!(out, "{}", shown::json(&json(found).to_string()))?;
        }
        return Ok(!found.is_empty());
    }
    let mut page = Page::new();
    found.iter().for_each(|found| show(&mut page, found));
    if found.is_empty() {
        page.line("neither in the set nor in its ledger");
        page.line("requests, metadata and warcinfo records are counted only; of a revisit or a redirect ask for its own record");
    }
    write!(out, "{}", page.finish())?;
    Ok(!found.is_empty())
}

/// The same, with texts that are made again from the crawl at `warc`.
fn with_crawl(arguments: &Arguments, warc: &Path, asked: Asked<'_>) -> anyhow::Result<Vec<Found>> {
    if !asked.store.exists(warc) {
        bail!(
            "{}: no such folder or file\nhint: name the folder that holds the crawl files of the set",
            shown::path(warc)
        );
    }
    let watch = Watch::default();
    let Ok(set) = verify::open(asked.store, asked.root, &watch) else {
        bail!("{} holds a damaged manifest\nhint: `gristmill verify` says what is wrong", shown::path(asked.root));
    };
    let named = Beside::new(asked.store, &arguments.files.join("preset.toml"));
    let plan = verify::plan::compile(&set, &named)?;
    let folder = Folder::new(asked.store, warc);
    let again = Again { places: Places::new(&folder), deriver: Deriver::new(&set, &plan)? };
    Ok(Asked { texts: Some(&again), ..asked }.find(&arguments.key)?)
}
