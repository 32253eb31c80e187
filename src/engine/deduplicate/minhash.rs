//! `dedup.minhash`: candidates, clusters, and who of a cluster stays.
//!
//! 1. The key of every band goes to a partition by band and by the key's first bits. In the order of a partition the
//!    documents of a bucket lie side by side; each is joined with the first, never all with all.
//! 2. Documents of clusters of two and more go, with what is kept of their signatures, to partitions by cluster. In the
//!    order of a partition the documents of a cluster come as the policy prefers them, and [`Cover`] decides.
//!
//! All reading and writing is sequential. Of a cluster only the documents that stay are in memory.

use std::collections::HashMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::bits::Bits;
use super::keys::Keys;
use super::removals::Removal;
use super::run::{Run, Stage};
use crate::dedup::forest::Forest;
use crate::dedup::keep::RANK_BYTES;
use crate::dedup::minhash::MinHash;
use crate::dedup::minhash::cover::{Cover, Fate, Member};
use crate::dedup::minhash::shingles::Shingles;
use crate::engine::EngineError;
use crate::engine::shuffle::pieces::number_at;
use crate::engine::shuffle::sorted::Partition;
use crate::engine::shuffle::{PARTITIONS_MAX, Shuffle, partition_of, partitions_for};

/// A band's key and the number of a document.
const POSTING_BYTES: usize = size_of::<u64>() + size_of::<u32>();
/// Root, rank and number of a document, in front of its key.
const MEMBER_HEAD_BYTES: usize = size_of::<u32>() + RANK_BYTES + size_of::<u32>();
/// Estimates this far below the threshold are believed without a look at the shingles: more than three standard errors
/// of 112 rows.
const ESTIMATE_ERROR: f32 = 0.15;
/// Sets of shingles that are remembered while a cluster is looked through.
const SETS_MAX: usize = 256;

/// Removes near-duplicates; returns how many, and how many of them are near a document of an earlier set.
pub fn remove(run: &Run<'_>, keys: &Keys, minhash: &MinHash, stage: Stage) -> Result<(u64, u64), EngineError> {
    let forest = Forest::new(keys.documents());
    join_buckets(run, keys, minhash, &forest)?;
    let clustered = clustered(&forest);
    let members = clustered.count(keys.documents());
    let width = MEMBER_HEAD_BYTES + minhash.key_bytes();
    let partitions = partitions_for(members, width, run.sort_bytes());
    let shuffle = Shuffle::new(run.store, &run.folder.scratch(), "clusters", width, partitions);
    run.each_key(
        String::from("dedup.minhash: writing clusters"),
        keys,
        || shuffle.writer(),
        |writer, document, record| {
            if !clustered.has(document) {
                return Ok(());
            }
            let root = forest.root(document);
            let (rank, key) = record.split_at(RANK_BYTES);
            let spread = u64::from(root).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let record = [&root.to_be_bytes(), rank, &document.to_be_bytes(), key];
            Ok(writer.push(partition_of(spread, partitions), record)?)
        },
    )?;
    drop((forest, clustered));
    let earlier = std::sync::atomic::AtomicU64::new(0);
    let removed =
        run.each_partition(String::from("dedup.minhash: looking through clusters"), shuffle.finish()?, |partition| {
            let (removed, for_earlier) = remove_from(run, keys, minhash, stage, partition)?;
            earlier.fetch_add(for_earlier, std::sync::atomic::Ordering::Relaxed);
            Ok(removed)
        })?;
    Ok((removed, earlier.into_inner()))
}

/// Joins the documents of every bucket of every band.
fn join_buckets(run: &Run<'_>, keys: &Keys, minhash: &MinHash, forest: &Forest) -> Result<(), EngineError> {
    let bands = minhash.config().bands;
    let a_band = partitions_for(keys.documents().into(), POSTING_BYTES, run.sort_bytes());
    // As many bands at a time as files may be open; the keys are read once for each such group.
    let at_once = (PARTITIONS_MAX / a_band).max(1);
    for first in (0..bands).step_by(at_once) {
        let group = first..bands.min(first + at_once);
        let partitions = group.len() * a_band;
        let shuffle = Shuffle::new(run.store, &run.folder.scratch(), "bands", POSTING_BYTES, partitions);
        run.each_key(
            format!("dedup.minhash: writing bands {} to {} of {bands}", first + 1, group.end),
            keys,
            || shuffle.writer(),
            |writer, document, record| {
                if !run.is_alive(document) {
                    return Ok(());
                }
                let keys = minhash.band_keys(&record[RANK_BYTES..]).enumerate().skip(first).take(group.len());
                for (band, key) in keys {
                    let partition = (band - first) * a_band + partition_of(key, a_band);
                    writer.push(partition, [&key.to_be_bytes(), &document.to_be_bytes()])?;
                }
                Ok(())
            },
        )?;
        run.each_partition(
            format!("dedup.minhash: joining bands {} to {} of {bands}", first + 1, group.end),
            shuffle.finish()?,
            |partition| {
                let (mut bucket, mut start) = ([0; size_of::<u64>()], 0);
                partition.for_each_sorted(run.store, run.sort_bytes(), |posting| {
                    let (key, document) = posting.split_at(bucket.len());
                    let document = number_at(document, 0);
                    if key == bucket {
                        forest.join(start, document);
                    } else {
                        bucket.copy_from_slice(key);
                        start = document;
                    }
                    Ok(())
                })?;
                Ok(0)
            },
        )?;
    }
    Ok(())
}

/// The documents of clusters of two and more.
fn clustered(forest: &Forest) -> Bits {
    let clustered = Bits::new(forest.len(), false);
    (0..forest.len()).into_par_iter().for_each(|document| {
        let root = forest.root(document);
        if root != document {
            clustered.set(document);
            clustered.set(root);
        }
    });
    clustered
}

/// Decides who stays of the clusters of one partition.
fn remove_from(
    run: &Run<'_>,
    keys: &Keys,
    minhash: &MinHash,
    stage: Stage,
    partition: &Partition,
) -> Result<(u64, u64), EngineError> {
    let mut writer = run.gathering.writer();
    let similarity_min = minhash.similarity_min().map(|similarity| similarity as f32);
    let mut cover = Cover::new(minhash.config().bands, minhash.key_bytes(), similarity_min);
    let mut sets = Sets { keys, sets: HashMap::new() };
    let mut cluster = None;
    let (mut removed, mut for_earlier) = (0, 0);
    partition.for_each_sorted(run.store, run.sort_bytes(), |record| {
        let root = number_at(record, 0);
        if cluster.replace(root) != Some(root) {
            cover.clear();
            sets.sets.clear();
        }
        let (head, key) = record.split_at(MEMBER_HEAD_BYTES);
        let document = number_at(head, MEMBER_HEAD_BYTES - size_of::<u32>());
        let member = Member { document, is_earlier: document >= run.documents, key };
        let fate = cover.place(member, |kept, member| {
            let estimate = minhash.similarity(kept.key, member.key);
            let is_known = similarity_min.is_none_or(|similarity_min| estimate < similarity_min - ESTIMATE_ERROR);
            if is_known || !minhash.wants_shingles() || kept.document >= run.documents {
                return Ok::<_, EngineError>(estimate);
            }
            sets.similarity(minhash, member.document, kept.document)
        })?;
        let Fate::Goes { kept, similarity } = fate else { return Ok(()) };
        removed += 1;
        for_earlier += u64::from(kept >= run.documents);
        run.remove(&mut writer, Removal { removed: document, kept, similarity, stage: stage.number })
    })?;
    writer.flush()?;
    Ok((removed, for_earlier))
}

/// The shingles of the documents of a cluster, read as they are asked for.
struct Sets<'a> {
    keys: &'a Keys<'a>,
    sets: HashMap<u32, Shingles>,
}

impl Sets<'_> {
    fn similarity(&mut self, minhash: &MinHash, removed: u32, kept: u32) -> Result<f32, EngineError> {
        for document in [removed, kept] {
            if !self.sets.contains_key(&document) {
                if self.sets.len() >= SETS_MAX {
                    self.sets.retain(|other, _| [removed, kept].contains(other));
                }
                self.sets.insert(document, Shingles::new(&self.keys.set(document)?));
            }
        }
        Ok(minhash.exact_similarity(&self.sets[&removed], &self.sets[&kept]))
    }
}
