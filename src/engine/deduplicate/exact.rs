//! `dedup.exact`: of the documents with one key the most preferred stays.

use super::keys::Keys;
use super::removals::Removal;
use super::run::{Run, Stage};
use crate::dedup::exact::{KEY_BYTES, NO_KEY};
use crate::dedup::keep::RANK_BYTES;
use crate::engine::EngineError;
use crate::engine::shuffle::pieces::number_at;
use crate::engine::shuffle::{Shuffle, partition_of, partitions_for};

/// Key, rank and number of a document: in this order the first of a key is the one that stays.
const RECORD_BYTES: usize = KEY_BYTES + RANK_BYTES + size_of::<u32>();

/// Removes duplicates; returns how many.
pub fn remove(run: &Run<'_>, keys: &Keys, stage: Stage) -> Result<u64, EngineError> {
    let documents = run.state.alive.count(run.documents);
    let partitions = partitions_for(documents, RECORD_BYTES, run.sort_bytes());
    let shuffle = Shuffle::new(run.store, &run.folder.scratch(), "exact", RECORD_BYTES, partitions);
    run.each_key(
        String::from("dedup.exact: writing keys"),
        keys,
        || shuffle.writer(),
        |writer, document, record| {
            let (rank, key) = record.split_at(RANK_BYTES);
            if key == NO_KEY || !run.state.alive.has(document) {
                return Ok(());
            }
            let start = u64::from_be_bytes(*key.first_chunk().expect("a key has 16 bytes"));
            Ok(writer.push(partition_of(start, partitions), [key, rank, &document.to_be_bytes()])?)
        },
    )?;
    run.each_partition(String::from("dedup.exact: sorting keys"), shuffle.finish()?, |partition| {
        let mut writer = run.gathering.writer();
        let (mut key, mut kept) = (NO_KEY, 0);
        let mut removed = 0;
        partition.for_each_sorted(run.store, run.sort_bytes(), |record| {
            let document = number_at(record, KEY_BYTES + RANK_BYTES);
            if record[..KEY_BYTES] != key {
                key.copy_from_slice(&record[..KEY_BYTES]);
                kept = document;
                return Ok(());
            }
            removed += 1;
            run.remove(&mut writer, Removal { removed: document, kept, similarity: 1.0, stage: stage.number })
        })?;
        writer.flush()?;
        Ok(removed)
    })
}
