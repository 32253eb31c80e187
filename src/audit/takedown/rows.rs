//! Rows of `data/`, asked whether a rule names them.

use arrow::array::{AsArray, RecordBatch};

use super::absent::{Removals, Row};
use crate::shard::cells::text;

/// Columns by which rows are told apart.
pub const NAMES: [&str; 3] = ["id", "url", "text_digest"];
/// Columns that hold words of a page.
pub const TEXTS: [&str; 4] = ["text", "title", "author", "license_evidence"];

/// Rows of a batch of `data/` that are named, with the first rule that names each. The texts of a row are asked if the
/// batch holds them.
pub fn hits_of<'a>(removals: &'a Removals, batch: &'a RecordBatch) -> impl Iterator<Item = (usize, usize)> + 'a {
    (0..batch.num_rows()).filter_map(|row| {
        let named = |name: &str| text(batch, name, row).unwrap_or_default();
        let snippets = batch.column_by_name("license_evidence").map(|column| {
            let list = column.as_list::<i32>().value(row);
            let snippets = list.as_struct().column_by_name("snippet").cloned();
            snippets.map(|snippets| snippets.as_string::<i32>().clone())
        });
        let snippets = snippets.flatten();
        let own = TEXTS[..3].iter().filter_map(|name| text(batch, name, row));
        let quoted = snippets.iter().flat_map(|snippets| snippets.iter().flatten());
        let texts: Vec<&str> = if removals.asks_for_texts() { own.chain(quoted).collect() } else { Vec::new() };
        let row_asked = Row { id: named("id"), url: named("url"), text_digest: named("text_digest"), texts: &texts };
        removals.hits(&row_asked).map(|rule| (row, rule))
    })
}
