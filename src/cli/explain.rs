//! `gristmill explain`: why a URL or a record was kept or dropped.

use std::io::Write;
use std::path::PathBuf;

use super::show::Page;
use crate::audit::explain::{Found, Kept, Pair, find};
use crate::ledger::row::LedgerRow;
use crate::store::Store;

/// Most near-duplicates that are listed of one row.
const PAIRS_MAX: usize = 20;

/// Say why a URL or a record is in a set or not: its row, or the stage that dropped it and with which figures.
///
/// Exits with 1 if the set knows nothing of it.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a finished set.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// URL, or WARC-Record-ID with or without angle brackets.
    #[arg(value_name = "KEY")]
    key: String,
}

/// Runs the command; false if the set knows nothing of the key.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    let record = super::card::record_of(&arguments.folder, store)?;
    let found = find(store, &arguments.folder, &record, &arguments.key)?;
    let mut page = Page::new();
    for found in &found {
        match found {
            Found::Kept(kept) => show_kept(&mut page, kept),
            Found::NotKept(row) => show_not_kept(&mut page, row),
        }
    }
    if found.is_empty() {
        page.line("neither in the set nor in its ledger");
        page.line("requests, metadata and warcinfo records are counted only; of a revisit or a redirect ask for its own record");
    }
    write!(out, "{}", page.finish())?;
    Ok(!found.is_empty())
}

fn show_kept(page: &mut Page, kept: &Kept) {
    page.heading("kept");
    page.pair("url", &kept.url);
    page.pair("id", &kept.id);
    page.pair("row", &format!("{} of {}", kept.row, kept.shard));
    page.pair("made from", &place(&kept.file_path, kept.offset_bytes, kept.length_bytes));
    page.optional("language", kept.language.as_deref());
    page.optional("license", kept.license_spdx.as_deref());
    page.optional("license tier", kept.license_tier.as_deref());
    if kept.cluster_size > 1 {
        page.pair("stands for", &format!("{} documents, itself included", kept.cluster_size));
        for Pair { removed_id, stage, similarity, similarity_kind } in kept.stands_for.iter().take(PAIRS_MAX) {
            page.pair("", &format!("{removed_id}, similarity {similarity:.3} ({similarity_kind}), by {stage}"));
        }
        if kept.stands_for.len() > PAIRS_MAX {
            page.pair("", &format!("and {} more, in dedup/", kept.stands_for.len() - PAIRS_MAX));
        }
    }
}

fn show_not_kept(page: &mut Page, row: &LedgerRow) {
    page.heading("dropped");
    page.pair("url", &row.url);
    page.pair("id", &row.id);
    page.pair("by stage", &row.stage);
    page.pair("reason", &row.reason);
    match (row.found, row.bound) {
        (Some(found), Some(bound)) if row.kept_id.is_some() => {
            page.pair("similarity", &format!("{found:.3}, and at least {bound} is a near-duplicate"));
        }
        (Some(found), Some(bound)) => page.pair("figures", &format!("{found} where the bound is {bound}")),
        (Some(found), None) if row.kept_id.is_some() => page.pair("similarity", &format!("{found:.3}")),
        _ => {}
    }
    page.optional("stands for it", row.kept_id.as_deref());
    page.pair("lies in", &place(&row.file_path, row.offset_bytes, row.length_bytes));
}

fn place(file: &str, offset: u64, length: u64) -> String {
    format!("{file}, {length} bytes at {offset}")
}
