//! Document rows <-> Parquet: the columns of a set, of its ledger, of its dropped documents, of its pairs
//! and of the lines that were cut.

mod batches;
pub mod cells;
pub mod counted;
pub mod documents;
pub mod dropped;
pub mod edits;
pub mod footer;
pub mod formats;
mod guard;
pub mod kept_error;
pub mod ledger;
pub mod lines;
pub mod lookup;
pub mod memory;
pub mod pairs;
pub mod reader;
pub mod rows;
pub mod schema;
pub mod writer;
