//! The signatures of earlier sets, brought into the form of this run's keys.
//!
//! Their documents have numbers behind those of this run, and a rank before all others: they stay, whatever the policy.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use arrow::array::AsArray;

use super::ids::{Ids, IdsWriter};
use crate::dedup::Deduplicator;
use crate::dedup::keep::EARLIER;
use crate::dedup::minhash::MinHash;
use crate::engine::EngineError;
use crate::engine::folder::Folder;
use crate::engine::part::SET_PLACE_BYTES;
use crate::plan::compile::{DedupStep, Plan};
use crate::shard::reader::ShardReader;
use crate::shard::schema;
use crate::store::{Store, StoreError};

/// The documents of earlier sets, by the deduplication stages that are told of them.
#[derive(Default)]
pub struct Earlier {
    stages: BTreeMap<usize, Set>,
}

/// The documents of the earlier sets of one stage.
struct Set {
    path: PathBuf,
    ids: Ids,
}

impl Earlier {
    /// Reads the signatures of all sets that the plan names.
    pub fn read(store: &dyn Store, folder: &Folder, plan: &Plan) -> Result<Self, EngineError> {
        let mut stages = BTreeMap::new();
        for (number, step) in plan.dedup().iter().enumerate() {
            if let Deduplicator::Minhash(minhash) = &step.deduplicator
                && !minhash.earlier().is_empty()
            {
                stages.insert(number, Set::read(store, folder, number, step, minhash)?);
            }
        }
        Ok(Self { stages })
    }

    /// Most documents that one stage is told of.
    pub fn documents(&self) -> u64 {
        self.stages.values().map(|set| set.ids.len()).max().unwrap_or_default()
    }

    /// The file of the keys of a stage's earlier documents, if it has any, and how many there are.
    pub fn keys(&self, stage: usize) -> Option<(PathBuf, u64)> {
        self.stages.get(&stage).map(|set| (set.path.clone(), set.ids.len()))
    }

    /// The id of a stage's n-th earlier document.
    pub fn id(&self, stage: usize, number: u64) -> Result<Option<String>, StoreError> {
        self.stages.get(&stage).map(|set| set.ids.get(number)).transpose()
    }
}

impl Set {
    fn read(
        store: &dyn Store,
        folder: &Folder,
        number: usize,
        step: &DedupStep,
        minhash: &MinHash,
    ) -> Result<Self, EngineError> {
        let path = folder.scratch().join(format!("earlier-{number}"));
        let mut sink = store.create_scratch(&path)?;
        let mut ids = IdsWriter::create(store, folder.scratch().join(format!("earlier-ids-{number}")))?;
        let place = if step.deduplicator.has_sets() { &[0; SET_PLACE_BYTES][..] } else { &[] };
        for file in minhash.earlier().iter().flat_map(|set| &set.files) {
            for batch in ShardReader::open(store, file, &schema::SIGNATURES)? {
                let batch = batch?;
                let [bands, rows] = [1, 2].map(|column| batch.column(column).as_binary::<i32>());
                for (row, id) in batch.column(0).as_string::<i32>().iter().enumerate() {
                    let key = [bands.value(row), rows.value(row)];
                    if key[0].len() + key[1].len() != minhash.key_bytes() {
                        return Err(StoreError::read(file, std::io::ErrorKind::InvalidData.into()).into());
                    }
                    let pieces = [&EARLIER[..], key[0], key[1], place];
                    let mut pieces = pieces.into_iter();
                    pieces
                        .try_for_each(|piece| sink.write_all(piece))
                        .map_err(|error| StoreError::written(&path, error))?;
                    ids.push(id.unwrap_or_default())?;
                }
            }
        }
        sink.flush().map_err(|error| StoreError::written(&path, error))?;
        drop(sink);
        Ok(Self { path, ids: ids.finish(store)? })
    }
}
