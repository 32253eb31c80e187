//! Rows of `data/`, or of a part -> statistics.
//!
//! A part has columns for figures that `data/` has not; they are counted where they are.

use arrow::array::{Array, AsArray, RecordBatch, StructArray};
use arrow::datatypes::{Float32Type, Float64Type, UInt32Type, UInt64Type};

use super::cells::{column, text};
use crate::document::quality::KEPT;
use crate::document::rights::Reservation;
use crate::ledger::figures::{Figure, Measured};
use crate::ledger::sample::{EVIDENCE_MAX, SampleEvidence, SampleRow, start_of};
use crate::ledger::statistics::{Sample, Statistics};

/// Columns of a part that hold quality figures.
const QUALITY: [(&str, Figure); KEPT.len()] = [
    (KEPT[0], Figure::Words),
    (KEPT[1], Figure::Lines),
    (KEPT[2], Figure::WordLengthMean),
    (KEPT[3], Figure::AlphanumericShare),
    (KEPT[4], Figure::TerminatedLinesShare),
    (KEPT[5], Figure::RepeatedLinesShare),
];

/// Counts all rows of a batch with the columns of [`super::schema::DOCUMENTS`] or [`super::schema::PART`].
pub fn count_rows(batch: &RecordBatch, statistics: &mut Statistics) {
    let token_counts = column(batch, "token_count").as_primitive::<UInt32Type>();
    let scores = [("language_score", Figure::LanguageScore), ("extraction_expected_f1", Figure::ExpectedF1)]
        .map(|(name, figure)| (figure, column(batch, name).as_primitive::<Float32Type>()));
    let quality = QUALITY.map(|(name, figure)| (figure, batch.column_by_name(name)));
    for row in 0..batch.num_rows() {
        let optional = |name: &str| text(batch, name, row);
        let document = optional("text").unwrap_or_default();
        let tokens = token_counts.is_valid(row).then(|| token_counts.value(row));
        let mut measured = Measured::default();
        measured.set(Figure::TextBytes, Some(document.len() as f64));
        measured.set(Figure::Characters, Some(document.chars().count() as f64));
        measured.set(Figure::Tokens, tokens.map(f64::from));
        for (figure, scores) in &scores {
            measured.set(*figure, scores.is_valid(row).then(|| scores.value(row).into()));
        }
        for (figure, figures) in &quality {
            let figures = figures.map(|column| column.as_primitive::<Float64Type>());
            let value = figures.filter(|figures| figures.is_valid(row)).map(|figures| figures.value(row));
            measured.set(*figure, value);
        }
        let reservation = optional("reservation");
        let is_reserved = reservation == Some(Reservation::Reserved.as_str());
        let signals = if is_reserved { List::of(batch, "reservation_evidence", row) } else { None };
        let mut reserved_by: Vec<&str> = signals.iter().flat_map(|list| list.texts("signal")).collect();
        reserved_by.sort_unstable();
        reserved_by.dedup();
        let evidence = List::of(batch, "license_evidence", row);
        let sample = Sample {
            text_bytes: document.len() as u64,
            id: optional("id").unwrap_or_default(),
            language: optional("language"),
            script: optional("language_script"),
            tier: optional("license_tier"),
            spdx: optional("license_spdx"),
            dump: optional("dump"),
            date: optional("date").unwrap_or_default(),
            url: optional("url").unwrap_or_default(),
            reservation,
            reserved_by: &reserved_by,
            license: [
                optional("license_scope"),
                optional("license_confidence"),
                evidence.as_ref().and_then(|list| list.texts("kind").next()),
            ],
            truncated: optional("truncated").is_some(),
            tokens,
            measured: &measured,
        };
        statistics.count(&sample, || sample_row(batch, row));
    }
}

fn sample_row(batch: &RecordBatch, row: usize) -> SampleRow {
    let owned = |name: &str| text(batch, name, row).map(str::to_owned);
    let number = |name: &str| column(batch, name).as_primitive::<UInt64Type>().value(row);
    let document = text(batch, "text", row).unwrap_or_default();
    let evidence = List::of(batch, "license_evidence", row).map(|list| {
        let fields = ["kind", "where", "value", "snippet"].map(|name| list.texts(name).map(start_of));
        let [kinds, places, values, snippets] = fields;
        let rows = kinds.zip(places).zip(values.zip(snippets)).take(EVIDENCE_MAX);
        rows.map(|((kind, place), (value, snippet))| SampleEvidence { kind, place, value, snippet }).collect()
    });
    SampleRow {
        id: owned("id").unwrap_or_default(),
        url: owned("url").unwrap_or_default(),
        date: owned("date").unwrap_or_default(),
        file_path: owned("file_path").unwrap_or_default(),
        offset_bytes: number("warc_record_offset"),
        length_bytes: number("warc_record_length"),
        title: text(batch, "title", row).map(start_of),
        language: owned("language"),
        license_tier: owned("license_tier"),
        license_spdx: owned("license_spdx"),
        evidence: evidence.unwrap_or_default(),
        reservation: owned("reservation"),
        text_bytes: document.len() as u64,
        text_start: start_of(document),
    }
}

/// The items of a list of structs in one row.
struct List<'b> {
    fields: &'b StructArray,
    items: std::ops::Range<usize>,
}

impl<'b> List<'b> {
    fn of(batch: &'b RecordBatch, name: &str, row: usize) -> Option<Self> {
        let list = column(batch, name).as_list::<i32>();
        let offsets = list.value_offsets();
        let items = offsets[row] as usize..offsets[row + 1] as usize;
        (!items.is_empty()).then(|| Self { fields: list.values().as_struct(), items })
    }

    fn texts(&self, name: &str) -> impl Iterator<Item = &'b str> + use<'b> {
        let column = self.fields.column_by_name(name).expect("the schema has this field").as_string::<i32>();
        self.items.clone().map(|item| column.value(item))
    }
}
