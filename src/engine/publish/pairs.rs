//! `dedup/`: which document went for which.

use arrow::array::AsArray;

use super::Ready;
use super::rolling::Rolling;
use super::standing::Standing;
use crate::dedup::{Deduplicator, exact};
use crate::document::rights::Tier;
use crate::engine::EngineError;
use crate::engine::deduplicate::removals::Removal;
use crate::ledger::run_record::FileRecord;
use crate::shard::pairs::{Columns, PairRow};
use crate::shard::schema;

/// Rows that are gathered before they are encoded.
const BATCH_ROWS: usize = 4096;

impl Ready<'_> {
    /// Writes `dedup/pairs-*.parquet`, if the plan removes documents for others.
    pub fn write_pairs(&self, standing: &Standing) -> Result<Vec<FileRecord>, EngineError> {
        let mut stages = self.context.plan.dedup().iter().map(|step| &step.deduplicator);
        if stages.all(|stage| matches!(stage, Deduplicator::Lines(_))) {
            return Ok(Vec::new());
        }
        let names: Vec<&str> = self.context.plan.dedup().iter().map(|step| self.stage_name(step.index)).collect();
        let mut out = Rolling::new(*self, "dedup/pairs", &schema::PAIRS);
        let mut columns = Columns::default();
        for part in self.removed_parts() {
            let mut removals = self.decision.removals.of_part(self.context.store, part)?;
            self.for_each_batch_of(part, Some(&["id"]), |batch, first| {
                for (document, removed_id) in (first..).zip(batch.column(0).as_string::<i32>().iter()) {
                    let Some(removal) = removals.of(document)? else { continue };
                    let kept_id = self.kept_id(standing, removal)?;
                    columns.push(PairRow {
                        removed_id: removed_id.unwrap_or_default(),
                        kept_id: &kept_id.unwrap_or_default(),
                        stage: names[usize::from(removal.stage)],
                        similarity: removal.similarity,
                        similarity_kind: self.similarity_kind(removal),
                        cluster: u64::from(removal.kept),
                        removed_tier: self.decision.own_tier(document).map(Tier::as_str),
                    });
                    if columns.rows() >= BATCH_ROWS {
                        out.write(columns.take())?;
                    }
                }
                Ok(())
            })?;
        }
        out.write(columns.take())?;
        out.finish()
    }

    /// What is known of the similarity of a removed document and the one that stays.
    fn similarity_kind(&self, removal: Removal) -> &'static str {
        let is_earlier = removal.kept >= self.bases.last().copied().unwrap_or_default();
        match &self.context.plan.dedup()[usize::from(removal.stage)].deduplicator {
            Deduplicator::Exact(exact) => exact.similarity_kind(),
            Deduplicator::Minhash(minhash) if minhash.wants_shingles() && !is_earlier => exact::SIMILARITY_IS_EXACT,
            Deduplicator::Minhash(_) => "estimated",
            // It cuts lines, and removes no document for another.
            Deduplicator::Lines(_) => exact::SIMILARITY_IS_EXACT,
        }
    }

    /// Name of a stage by its place in the funnel.
    pub(super) fn stage_name(&self, index: usize) -> &str {
        &self.context.plan.resolved()[index].name
    }
}
