//! One row of the ledger: a record that was not kept, where it lies, and why.

use std::sync::Arc;

use crate::document::reason::Matched;

/// The number of a record of which `data/` was the only place to tell: it has no such column. Such rows stand where their
/// offset puts them.
pub const ORDINAL_UNKNOWN: u64 = u64::MAX;

/// A record that is not in the set.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerRow {
    /// The input by its URL or its path below the input's root.
    pub file_path: Arc<str>,
    /// Number of the record in its file, from 0, damage included; of a row that a takedown took [`ORDINAL_UNKNOWN`].
    pub ordinal: u64,
    /// Where its compressed member begins, in bytes.
    pub offset_bytes: u64,
    /// Length of that member, or of what was skipped, in bytes.
    pub length_bytes: u64,
    /// `WARC-Record-ID` as written; of damage and of records without one, `urn:gristmill:` file `:` offset.
    pub id: String,
    /// `WARC-Target-URI`; empty for damage.
    pub url: String,
    /// Name of the stage that dropped it.
    pub stage: String,
    /// Why.
    pub reason: String,
    /// The figure that was found, if the reason has one.
    pub found: Option<f64>,
    /// The bound that it broke, if the reason has one.
    pub bound: Option<f64>,
    /// For duplicates: `id` of the document that stays.
    pub kept_id: Option<String>,
    /// For documents that hold texts which they should not: these texts.
    pub matched: Option<Matched>,
}
