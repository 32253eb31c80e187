//! Document rows <-> Parquet: the columns of a set, of its ledger, of its dropped documents and of its pairs.

pub mod documents;
pub mod dropped;
pub mod ledger;
pub mod pairs;
pub mod reader;
pub mod schema;
pub mod writer;
