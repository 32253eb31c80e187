//! `gristmill explain`: why a URL or a record was kept or dropped.

use std::io::Write;
use std::path::PathBuf;

use super::explain_view::{json, show};
use super::show::Page;
use crate::audit::explain::Asked;
use crate::store::Store;

/// Say why a URL or a record is in a set or not: its row, or the stage that dropped it and with which figures.
///
/// Of a kept document it names its row, its license with the evidence, and what it stands for. Of a dropped one it names
/// the stage with its settings, the reason and the figures; of a duplicate also where its text differs from the one that
/// stays, if the set holds dropped texts (`dropped = true` under [output]).
/// Exits with 1 if the set knows nothing of it.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a finished set.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// URL, or WARC-Record-ID with or without angle brackets.
    #[arg(value_name = "KEY")]
    key: String,
    /// Print JSON, one line a row: the columns of the set or of the ledger.
    #[arg(long)]
    json: bool,
}

/// Runs the command; false if the set knows nothing of the key.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    let record = super::card::record_of(&arguments.folder, store)?;
    let asked = Asked { store, root: &arguments.folder, record: &record, texts: None };
    let found = asked.find(&arguments.key)?;
    if arguments.json {
        for found in &found {
            writeln!(out, "{}", json(found))?;
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
