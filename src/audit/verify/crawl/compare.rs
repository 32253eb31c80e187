//! A published row against the row that its record gives, column by column.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::util::display::array_value_to_string;

use crate::audit::verify::difference::shortened;
use crate::shard::schema::CLUSTER_COLUMNS;

/// Longest value that is shown, in characters.
const SHOWN_CHARS_MAX: usize = 80;
/// How much of a text is shown from where two differ, in characters.
const CONTEXT_CHARS: usize = 40;

/// Columns that tell of the record, and not of what was made of it.
const ORIGIN: [&str; 11] = [
    "id",
    "dump",
    "url",
    "date",
    "file_path",
    "warc_record_offset",
    "warc_record_length",
    "payload_digest",
    "http_status",
    "content_type",
    "truncated",
];

/// A column in which a row differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// Its name.
    pub column: String,
    /// Whether it tells of the record, and not of what was made of it.
    pub is_origin: bool,
    /// What stands there, and what should, in words.
    pub words: String,
}

/// The columns in which row `row` of `published` differs from the only row of `derived`; those about clusters aside.
pub fn row(published: &RecordBatch, row: usize, derived: &RecordBatch) -> Vec<Differing> {
    let schema = published.schema();
    let columns = schema.fields().len() - CLUSTER_COLUMNS;
    let names = schema.fields().iter().take(columns).map(|field| field.name());
    let differing = names.zip(published.columns()).filter_map(|(name, column)| {
        let wanted = derived.column_by_name(name)?;
        let found = column.slice(row, 1);
        if *found == **wanted {
            return None;
        }
        let words = match &**name {
            "text" => text_words(found.as_string::<i32>().value(0), wanted.as_string::<i32>().value(0)),
            _ => format!("{name} is {}; its record gives {}", shown(&found), shown(wanted)),
        };
        Some(Differing { column: name.clone(), is_origin: ORIGIN.contains(&&**name), words })
    });
    differing.collect()
}

fn shown(column: &dyn Array) -> String {
    if column.is_null(0) {
        return String::from("null");
    }
    let words = array_value_to_string(column, 0).unwrap_or_else(|error| error.to_string());
    shortened(&words, SHOWN_CHARS_MAX)
}

/// The first place where two texts differ.
fn text_words(found: &str, wanted: &str) -> String {
    let same = found.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
    let at = found.floor_char_boundary(same).min(wanted.floor_char_boundary(same));
    let [a, b] = [found, wanted].map(|text| shortened(&text[at.min(text.len())..], CONTEXT_CHARS));
    format!("text goes on with {a:?} at byte {at}; its record gives {b:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shown_from_where_they_differ() {
        assert_eq!(text_words("one two", "one ten"), "text goes on with \"wo\" at byte 5; its record gives \"en\"");
        assert_eq!(text_words("one", "one é"), "text goes on with \"\" at byte 3; its record gives \" é\"");
        assert_eq!(text_words("aé", "aè"), "text goes on with \"é\" at byte 1; its record gives \"è\"");
    }
}
