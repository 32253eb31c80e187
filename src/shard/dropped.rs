//! Dropped documents -> rows of [`schema::DROPPED`].

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringBuilder, UInt64Builder};
use arrow::error::ArrowError;

use super::schema;

/// A document that was dropped, with its text as far as there was one.
#[derive(Clone, Copy, Debug)]
pub struct DroppedRow<'a> {
    /// `WARC-Record-ID`.
    pub id: &'a str,
    /// Target URI.
    pub url: &'a str,
    /// The input it comes from.
    pub file_path: &'a str,
    /// Number of the record in its file.
    pub ordinal: u64,
    /// Name of the stage that dropped it.
    pub stage: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Its text when it was dropped; none if it was never extracted.
    pub text: Option<&'a str>,
}

/// The columns while they are filled.
#[derive(Default)]
pub struct Columns {
    texts: [StringBuilder; 6],
    ordinal: UInt64Builder,
    bytes: usize,
}

impl Columns {
    /// Appends a row.
    pub fn push(&mut self, row: DroppedRow<'_>) {
        let texts = [Some(row.id), Some(row.url), Some(row.file_path), Some(row.stage), Some(row.reason), row.text];
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.append_option(text));
        self.ordinal.append_value(row.ordinal);
        self.bytes += texts.iter().flatten().map(|text| text.len()).sum::<usize>();
    }

    /// Bytes of all texts and names pushed since the last [`Self::take`]; rows without a text count too.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The rows pushed so far as a batch of [`schema::DROPPED`]; the columns are empty afterwards.
    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        self.bytes = 0;
        let [id, url, file_path, stage, reason, text] =
            self.texts.each_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        let ordinal = Arc::new(self.ordinal.finish());
        RecordBatch::try_new(Arc::clone(&schema::DROPPED), vec![id, url, file_path, ordinal, stage, reason, text])
    }
}
