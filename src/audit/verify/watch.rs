//! How far a verification is, for whoever watches it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts that only rise.
#[derive(Debug, Default)]
pub struct Watch {
    /// Bytes of the set's files, and of crawl files, that were digested so far.
    pub bytes_done: Arc<AtomicU64>,
    /// Rows read so far, of every kind.
    pub rows_done: AtomicU64,
    /// Records of the crawl that were read again so far.
    pub records_done: AtomicU64,
}

impl Watch {
    /// Counts rows.
    pub fn add_rows(&self, rows: usize) {
        self.rows_done.fetch_add(rows as u64, Ordering::Relaxed);
    }

    /// Counts a record.
    pub fn add_record(&self) {
        self.records_done.fetch_add(1, Ordering::Relaxed);
    }
}
