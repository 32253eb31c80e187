//! Lines that were cut -> rows of [`schema::LINES`].

use std::sync::Arc;

use arrow::array::{RecordBatch, StringBuilder, UInt32Builder, UInt64Builder};
use arrow::error::ArrowError;

use super::schema;

/// The columns while they are filled.
#[derive(Default)]
pub struct Columns {
    hash: UInt64Builder,
    documents: UInt32Builder,
    example_id: StringBuilder,
    rows: usize,
}

impl Columns {
    /// Appends a line: its hash, how many documents held it, and the `WARC-Record-ID` of the first of them.
    pub fn push(&mut self, hash: u64, documents: u32, example_id: &str) {
        self.hash.append_value(hash);
        self.documents.append_value(documents);
        self.example_id.append_value(example_id);
        self.rows += 1;
    }

    /// Rows pushed since the last [`Self::take`].
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The rows pushed so far as a batch of [`schema::LINES`]; the columns are empty afterwards.
    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        let (hash, documents) = (Arc::new(self.hash.finish()), Arc::new(self.documents.finish()));
        let example_id = Arc::new(self.example_id.finish());
        RecordBatch::try_new(Arc::clone(&schema::LINES), vec![hash, documents, example_id])
    }
}
