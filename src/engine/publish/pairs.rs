//! `dedup/`: which document went for which.

use std::collections::BTreeMap;

use super::Ready;
use super::rolling::Rolling;
use crate::document::rights::Tier;
use crate::engine::EngineError;
use crate::ledger::run_record::FileRecord;
use crate::shard::pairs::{Columns, PairRow};
use crate::shard::schema;

/// Rows that are gathered before they are encoded.
const BATCH_ROWS: usize = 4096;

impl Ready<'_> {
    /// Writes `dedup/`, if the plan deduplicates. `ids` are those of all documents of all pairs.
    pub fn write_pairs(&self, ids: &BTreeMap<u32, String>) -> Result<Vec<FileRecord>, EngineError> {
        if self.context.plan.dedup().is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<&str> = self.context.plan.stage_names().collect();
        let mut out = Rolling::new(*self, "dedup/pairs", &schema::PAIRS);
        let mut columns = Columns::default();
        for pair in &self.decision.pairs {
            columns.push(PairRow {
                removed_id: &ids[&pair.removal.removed],
                kept_id: &ids[&pair.removal.kept],
                stage: names[pair.index],
                similarity: pair.similarity,
                similarity_kind: pair.similarity_kind,
                cluster: u64::from(pair.removal.kept),
                removed_tier: pair.removed_tier.iter().next().map(Tier::as_str),
            });
            if columns.rows() >= BATCH_ROWS {
                out.write(columns.take())?;
            }
        }
        out.write(columns.take())?;
        out.finish()
    }
}
