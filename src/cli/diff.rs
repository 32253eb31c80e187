//! `gristmill diff`: what differs between two sets.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use serde_json::json;

use super::show::{Page, shortened};
use crate::audit::diff::words::{Section, sections};
use crate::audit::diff::{Difference, RowDifference, compare, page};
use crate::engine::checkpoint::write_whole;
use crate::store::Store;
use crate::text::shown;

/// Longest cell of a table, in characters; the JSON has all.
const CELL_CHARS_MAX: usize = 100;

/// Say what differs between two sets: rows added, removed and changed, by stage, reason, domain, language and license
/// tier; plans, inputs and funnels.
///
/// Exits with 1 if they differ.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a finished set.
    #[arg(value_name = "A")]
    a: PathBuf,
    /// Folder of another one.
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Print JSON; with --list one line a row, then one for all.
    #[arg(long)]
    json: bool,
    /// Write a page that needs nothing else.
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// Print every row that differs as well.
    #[arg(long, conflicts_with = "html")]
    list: bool,
}

/// Runs the command; false if the sets differ.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    let mut failed = None;
    // Rows come while sets are compared, so they stand before the summary.
    let mut each = |row: &RowDifference| {
        if arguments.list && failed.is_none() {
            let line = match arguments.json {
                true => shown::json(&json!(row).to_string()).into_owned(),
                false => row_words(row),
            };
            failed = writeln!(out, "{line}").err();
        }
    };
    let difference = compare(store, [&arguments.a, &arguments.b], &mut each)?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    let mut all = json!(difference);
    all["same"] = difference.is_none().into();
    if let Some(path) = &arguments.html {
        let page = page::render(&difference);
        write_whole(store, path, page.as_bytes()).context("the page cannot be written")?;
        writeln!(out, "{}", shown::path(path))?;
    } else if arguments.json && arguments.list {
        writeln!(out, "{}", shown::json(&all.to_string()))?;
    } else if arguments.json {
        writeln!(out, "{}", shown::json(&format!("{all:#}")))?;
    } else {
        if arguments.list && difference.rows.removed + difference.rows.added + difference.rows.changed > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", text(&difference))?;
    }
    Ok(difference.is_none())
}

fn row_words(row: &RowDifference) -> String {
    let RowDifference { what, id, url, file_path, offset_bytes, stage, reason, columns } = row;
    let why = match (stage, reason) {
        (Some(stage), Some(reason)) => format!("\t{stage}\t{reason}"),
        (None, Some(reason)) => format!("\t-\t{reason}"),
        _ => format!("\t{}", columns.join(",")),
    };
    let cells = [*what, id, url, file_path].map(shown::line).join("\t");
    format!("{cells}\t{offset_bytes}{}", why.split('\t').map(shown::line).collect::<Vec<_>>().join("\t"))
}

/// The sections one below the other.
fn text(difference: &Difference) -> String {
    let mut page = Page::new();
    for section in sections(difference) {
        page.heading(&section.title);
        section.lines.iter().for_each(|line| page.line(line));
        table(&section, &mut page);
    }
    page.finish()
}

fn table(section: &Section, page: &mut Page) {
    if section.rows.is_empty() {
        return;
    }
    let heads: Vec<String> = section.heads.iter().map(|head| (*head).to_owned()).collect();
    let cell = |cell: &String| shortened(&shown::line(cell), CELL_CHARS_MAX);
    let rows = std::iter::once(&heads).chain(&section.rows).map(|row| row.iter().map(cell).collect::<Vec<_>>());
    let rows: Vec<Vec<String>> = rows.collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if column >= section.numbers_from { format!("{cell:>width$}") } else { format!("{cell:width$}") }
        });
        page.line(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}
