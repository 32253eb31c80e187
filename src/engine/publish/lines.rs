//! `dedup/lines-*.parquet`: which lines were cut.

use super::Ready;
use super::rolling::Rolling;
use super::standing::Standing;
use crate::engine::EngineError;
use crate::ledger::run_record::FileRecord;
use crate::shard::lines::Columns;
use crate::shard::schema;

/// Rows that are gathered before they are encoded.
const BATCH_ROWS: usize = 4096;

impl Ready<'_> {
    /// Writes the hashes of the lines that were cut, in their order, if the plan cuts any.
    pub fn write_lines(&self, standing: &Standing) -> Result<Vec<FileRecord>, EngineError> {
        let Some(cut) = &self.decision.cut else { return Ok(Vec::new()) };
        let mut out = Rolling::new(*self, "dedup/lines", &schema::LINES);
        let mut columns = Columns::default();
        cut.lines.for_each(self.context.store, |line| {
            let example_id = standing.id(line.first)?.unwrap_or_default();
            columns.push(line.hash, line.documents, &example_id);
            if columns.rows() >= BATCH_ROWS { out.write(columns.take()) } else { Ok(()) }
        })?;
        out.write(columns.take())?;
        out.finish()
    }
}
