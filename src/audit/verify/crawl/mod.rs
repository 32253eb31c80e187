//! Compares a set with the crawl that it was made from: drawn rows are read again from their records and made again.
//!
//! What is proved of a drawn row is that its record gives this row by the plan of the record, that every stage before
//! deduplication keeps it and every stage behind it does; of a drawn row of the ledger, that the same stage drops the
//! record for the same reason and figures, or that it reaches deduplication. Which of two duplicates stays is not
//! decided anew: that takes all documents at once.

pub mod compare;
pub mod derive;
pub mod draw;
pub mod drops;
pub mod inputs;
pub mod place;
pub mod record;
pub mod rows;

use super::Set;
use super::report::Checked;
use crate::plan::compile::Plan;
use crate::plan::problem::PresetError;
use crate::shard::writer::ShardError;
use derive::Deriver;
use draw::Draw;
use place::{Place, Places};

/// A crawl to compare with, and how much of it.
#[derive(Clone, Copy)]
pub struct Crawl<'a> {
    /// Where its files lie.
    pub place: &'a dyn Place,
    /// How many rows are drawn of the set, and of its ledger; all if none.
    pub sample: Option<u64>,
    /// What the draw depends on besides the rows.
    pub seed: u64,
}

/// Why nothing could be compared.
#[derive(Debug, thiserror::Error)]
pub enum CrawlError {
    /// The plan cannot be compiled: without it nothing can be made again.
    #[error("{0}\nhint: name the folder that holds the files of the preset with --files DIR")]
    Plan(#[from] PresetError),
    /// The lines that were cut cannot be read.
    #[error(transparent)]
    Lines(#[from] ShardError),
}

/// Makes the checks that need the crawl.
pub fn check(set: &Set<'_>, crawl: Crawl<'_>, plan: &Plan) -> Result<Vec<Checked>, CrawlError> {
    let places = Places::new(crawl.place);
    let deriver = Deriver::new(set, plan)?;
    let draw = Draw { rows: crawl.sample, seed: crawl.seed };
    let mut checks = vec![inputs::check(set, &places, crawl.sample.is_none())];
    checks.extend(rows::check(set, &places, &deriver, draw));
    checks.push(drops::check(set, &places, &deriver, draw));
    Ok(checks)
}
