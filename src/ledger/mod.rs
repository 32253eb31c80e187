//! What happened, as data: counts by stage and reason, the record of a run, and a row for every record not kept.

pub mod amount;
pub mod edits;
#[cfg(test)]
pub mod example;
pub mod figures;
pub mod funnel;
pub mod histogram;
pub mod mix;
pub mod removal;
pub mod row;
pub mod run_record;
pub mod sample;
pub mod statistics;
pub mod tally;
pub mod tokens;
