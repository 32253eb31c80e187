//! `dedup/signatures-*.parquet`: what is kept of the signatures of the documents in the set, for later sets.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BinaryBuilder, RecordBatch, StringBuilder};

use super::rolling::Rolling;
use super::{Fate, Ready};
use crate::dedup::Deduplicator;
use crate::dedup::keep::RANK_BYTES;
use crate::dedup::minhash::key::BAND_KEY_BYTES;
use crate::engine::EngineError;
use crate::engine::part::{keys_name, record_bytes};
use crate::engine::shuffle::pieces::Records;
use crate::ledger::run_record::FileRecord;
use crate::shard::schema;

impl Ready<'_> {
    /// Writes the signatures, if the plan asks for them.
    pub fn write_signatures(&self) -> Result<Vec<FileRecord>, EngineError> {
        let signed = self.context.plan.dedup().iter().enumerate().find_map(|(number, step)| match &step.deduplicator {
            Deduplicator::Minhash(minhash) if minhash.config().signatures => Some((number, step, minhash)),
            _ => None,
        });
        let Some((number, step, minhash)) = signed else { return Ok(Vec::new()) };
        let mut out = Rolling::new(*self, "dedup/signatures", &schema::SIGNATURES);
        let bands_bytes = minhash.config().bands * BAND_KEY_BYTES;
        for part in self.parts() {
            let path = self.context.folder.part(part).join(keys_name(number));
            let records = Records::open(self.context.store, &path, record_bytes(&step.deduplicator))?;
            let mut keys = records.walk(0, records.len());
            let sizes = self.sizes(part)?;
            self.for_each_batch_of(part, Some(&["id"]), |batch, first| {
                let mut ids = StringBuilder::new();
                let (mut bands, mut rows) = (BinaryBuilder::new(), BinaryBuilder::new());
                for (document, id) in (first..).zip(batch.column(0).as_string::<i32>().iter()) {
                    let row = document - self.bases[part];
                    let Some(key) = keys.advance()? else { break };
                    if self.fate(part, row, sizes[row as usize]) != Fate::Published {
                        continue;
                    }
                    let key = &key[RANK_BYTES..RANK_BYTES + minhash.key_bytes()];
                    ids.append_option(id);
                    bands.append_value(&key[..bands_bytes]);
                    rows.append_value(&key[bands_bytes..]);
                }
                let columns: [ArrayRef; 3] =
                    [Arc::new(ids.finish()), Arc::new(bands.finish()), Arc::new(rows.finish())];
                out.write(RecordBatch::try_new(Arc::clone(&schema::SIGNATURES), columns.to_vec()))
            })?;
        }
        out.finish()
    }
}
