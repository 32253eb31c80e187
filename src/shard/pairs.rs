//! Which document stands for which -> rows of [`schema::PAIRS`].

use std::sync::Arc;

use arrow::array::{ArrayRef, Float32Builder, RecordBatch, StringBuilder, UInt64Builder};
use arrow::error::ArrowError;

use super::schema;

/// A removed duplicate and the document that stands for it.
#[derive(Clone, Copy, Debug)]
pub struct PairRow<'a> {
    /// `WARC-Record-ID` of the document that goes.
    pub removed_id: &'a str,
    /// `WARC-Record-ID` of the document that stays.
    pub kept_id: &'a str,
    /// Name of the stage that removed it.
    pub stage: &'a str,
    /// Jaccard similarity of the two, 0..=1.
    pub similarity: f32,
    /// How that is known: `exact`, `estimated` from the signatures, or `key` where URLs or payload digests are equal and
    /// the texts were not compared.
    pub similarity_kind: &'static str,
    /// Number of the document that stays, the same for all of its cluster.
    pub cluster: u64,
    /// The license tier of the document that goes, if somebody asked.
    pub removed_tier: Option<&'static str>,
}

/// The columns while they are filled.
#[derive(Default)]
pub struct Columns {
    texts: [StringBuilder; 4],
    similarity: Float32Builder,
    cluster: UInt64Builder,
    removed_tier: StringBuilder,
    rows: usize,
}

impl Columns {
    /// Appends a row.
    pub fn push(&mut self, row: PairRow<'_>) {
        let texts = [row.removed_id, row.kept_id, row.stage, row.similarity_kind];
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.append_value(text));
        self.similarity.append_value(row.similarity);
        self.cluster.append_value(row.cluster);
        self.removed_tier.append_option(row.removed_tier);
        self.rows += 1;
    }

    /// Rows pushed since the last [`Self::take`].
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The rows pushed so far as a batch of [`schema::PAIRS`]; the columns are empty afterwards.
    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        let [removed_id, kept_id, stage, kind] =
            self.texts.each_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        let similarity = Arc::new(self.similarity.finish());
        let cluster = Arc::new(self.cluster.finish());
        let removed_tier = Arc::new(self.removed_tier.finish());
        let columns = vec![removed_id, kept_id, stage, similarity, kind, cluster, removed_tier];
        RecordBatch::try_new(Arc::clone(&schema::PAIRS), columns)
    }
}
