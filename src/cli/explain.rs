//! `gristmill explain`: why a URL or a record was kept or dropped.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::show::{Page, matched_words};
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
    /// Print JSON, one line a row: the columns of the set or of the ledger.
    #[arg(long)]
    json: bool,
}

/// Runs the command; false if the set knows nothing of the key.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    let record = super::card::record_of(&arguments.folder, store)?;
    let found = find(store, &arguments.folder, &record, &arguments.key)?;
    if arguments.json {
        for found in &found {
            writeln!(out, "{}", json(found))?;
        }
        return Ok(!found.is_empty());
    }
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
    if let Some(matched) = &row.matched {
        page.pair("matched", &matched_words(matched));
    }
    page.optional("stands for it", row.kept_id.as_deref());
    page.pair("lies in", &place(&row.file_path, row.offset_bytes, row.length_bytes));
}

/// A row by the names of its columns.
fn json(found: &Found) -> Value {
    match found {
        Found::Kept(row) => json!({
            "kept": true,
            "shard": row.shard,
            "row": row.row,
            "id": row.id,
            "url": row.url,
            "file_path": row.file_path,
            "warc_record_offset": row.offset_bytes,
            "warc_record_length": row.length_bytes,
            "language": row.language,
            "license_tier": row.license_tier,
            "license_spdx": row.license_spdx,
            "minhash_cluster_size": row.cluster_size,
            "stands_for": row.stands_for.iter().map(|pair| json!({
                "removed_id": pair.removed_id,
                "stage": pair.stage,
                "similarity": pair.similarity,
                "similarity_kind": pair.similarity_kind,
            })).collect::<Vec<_>>(),
        }),
        Found::NotKept(row) => json!({
            "kept": false,
            "file_path": &*row.file_path,
            "ordinal": row.ordinal,
            "warc_record_offset": row.offset_bytes,
            "warc_record_length": row.length_bytes,
            "id": row.id,
            "url": row.url,
            "stage": row.stage,
            "reason": row.reason,
            "found": row.found,
            "bound": row.bound,
            "kept_id": row.kept_id,
            "matched": row.matched.as_ref().map(|matched| &matched.sets),
            "matched_at": row.matched.as_ref().map(|matched| &matched.at),
            "matched_share": row.matched.as_ref().map(|matched| matched.share),
        }),
    }
}

fn place(file: &str, offset: u64, length: u64) -> String {
    format!("{file}, {length} bytes at {offset}")
}
