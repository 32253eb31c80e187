//! An index of the words of a set, in `run/trace/`: which of its blocks of documents may hold a passage.
//!
//! For each block of [`BLOCK_ROWS`] documents there is a [`Filter`] of the runs of words that are chosen of their texts
//! (see [`super::shingles`]), 4 to 7 % of the text's bytes. It lies where what belongs to the one run lies, is no part of
//! the set and may be removed. One file a shard holds its blocks one behind the other: 32 bytes of header and the
//! filter's table, with a digest over both, so that damage is noticed. It stands for one manifest and for no other.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::TraceError;
use super::filter::Filter;
use super::passage::Passage;
use super::shingles::{RUN_WORDS, WINDOW_RUNS};
use crate::card::sums::sha256;
use crate::engine::checkpoint::{read_json, read_whole, write_json};
use crate::engine::folder::Folder;
use crate::ledger::run_record::FileRecord;
use crate::store::{Store, StoreError};

/// Documents of a block; the last one of a row group may have fewer.
pub const BLOCK_ROWS: usize = 64;
/// Version of these files.
const FORMAT: u32 = 1;
const HEADER_BYTES: usize = 32;
/// Of the share of its runs that a text has to hold, the part that its block has to hold of the chosen runs: a text that
/// holds runs here and there has fewer of the chosen ones than one that holds them in one piece.
const NEAR_PART: f64 = 0.5;

/// What an index was made of and how.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Version of these files.
    format: u32,
    /// SHA-256 of the manifest of the set that it is of.
    manifest_sha256: String,
    /// Words of a run.
    run_words: usize,
    /// Consecutive runs of which one is chosen.
    window_runs: usize,
    /// The files, one a shard, in the order of the shards.
    pub files: Vec<IndexFile>,
}

/// The blocks of one shard.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct IndexFile {
    /// The shard, by its path below the set's folder.
    pub shard: String,
    /// The file, by its name beside the index.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// How many blocks it holds.
    pub blocks: u64,
}

/// A block of documents of one shard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its first row in the shard.
    pub first: u64,
    /// How many rows it has.
    pub rows: u64,
    filter: Filter,
}

/// Whether a set has an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has none.
    Missing,
    /// It has one of another manifest or version.
    Stale,
    /// It has one that can be used.
    Ready(Index),
}

/// The folder of the index.
pub fn folder(root: &Path) -> PathBuf {
    root.join("run/trace")
}

/// Name of the blocks of a shard by its number.
pub fn name(shard: usize) -> String {
    format!("{shard:05}.blocks")
}

impl Index {
    /// An index of the set at `root` with these files.
    pub fn new(store: &dyn Store, root: &Path, files: Vec<IndexFile>) -> Result<Self, TraceError> {
        let manifest_sha256 = manifest_sha256(store, root)?;
        Ok(Self { format: FORMAT, manifest_sha256, run_words: RUN_WORDS, window_runs: WINDOW_RUNS, files })
    }

    /// The index of the set at `root`, if it has one.
    pub fn find(store: &dyn Store, root: &Path) -> Result<Standing, TraceError> {
        let path = folder(root).join("index.json");
        if !store.exists(&path) {
            return Ok(Standing::Missing);
        }
        let damaged = |message: String| TraceError::DamagedIndex { path: path.clone(), message };
        let index: Self = read_json(store, &path).map_err(|error| damaged(error.to_string()))?;
        let here = Self::new(store, root, index.files.clone())?;
        Ok(if index == here { Standing::Ready(index) } else { Standing::Stale })
    }

    /// Whether its files are those that are built of these shards. An index comes with a set that may be anyone's, so no
    /// file is opened by another name.
    pub fn is_of(&self, shards: &[FileRecord]) -> bool {
        let is_its = |(number, (file, shard)): (usize, (&IndexFile, &FileRecord))| {
            file.shard == shard.path && file.name == name(number)
        };
        self.files.len() == shards.len() && self.files.iter().zip(shards).enumerate().all(is_its)
    }

    /// Publishes it; its files are there already.
    pub fn publish(&self, store: &dyn Store, root: &Path) -> Result<(), TraceError> {
        Ok(write_json(store, &folder(root).join("index.json"), self)?)
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

impl IndexFile {
    /// The blocks of the file; refuses it if a bit of it is not what was written.
    pub fn blocks(&self, store: &dyn Store, root: &Path) -> Result<Vec<Block>, TraceError> {
        let path = folder(root).join(&self.name);
        let damaged = |message: &str| TraceError::DamagedIndex { path: path.clone(), message: message.to_owned() };
        let source = store.open(&path)?;
        if source.len_bytes() != self.bytes {
            return Err(damaged("it is not as long as it was"));
        }
        let mut bytes = vec![0; self.bytes as usize];
        let count = source.read_at(&mut bytes, 0).map_err(|error| StoreError::read(&path, error))?;
        let mut rest = &bytes[..count];
        let mut blocks = Vec::with_capacity((self.blocks as usize).min(bytes.len() / HEADER_BYTES));
        while !rest.is_empty() {
            let (block, behind) = Block::read(rest).ok_or_else(|| damaged("a block is not what was written"))?;
            if blocks.last().is_some_and(|last: &Block| block.first < last.first + last.rows) {
                return Err(damaged("its blocks are not in their order"));
            }
            blocks.push(block);
            rest = behind;
        }
        match blocks.len() as u64 == self.blocks {
            true => Ok(blocks),
            false => Err(damaged("it holds another number of blocks")),
        }
    }
}

impl Block {
    /// A block with these chosen runs, in any order.
    pub fn of(first: u64, rows: u64, mut chosen: Vec<u64>) -> Self {
        chosen.sort_unstable();
        chosen.dedup();
        Self { first, rows, filter: Filter::of(&chosen) }
    }

    /// Whether one of its documents may hold the passage, or enough of it.
    pub fn may_hold(&self, passage: &Passage) -> bool {
        let held = passage.chosen.iter().filter(|run| self.filter.may_hold(**run)).count();
        let all = passage.chosen.len();
        if passage.runs_needed == passage.runs.len() {
            return held == all;
        }
        let share = passage.runs_needed as f64 / passage.runs.len() as f64;
        held >= ((all as f64 * share * NEAR_PART).ceil() as usize).max(1)
    }

    /// Appends the block as it stands in a file.
    pub fn write(&self, out: &mut Vec<u8>) {
        let start = out.len();
        let part = (self.filter.table.len() / 3) as u32;
        out.extend(self.first.to_le_bytes());
        out.extend((self.rows as u32).to_le_bytes());
        out.extend(part.to_le_bytes());
        out.extend(self.filter.seed.to_le_bytes());
        out.extend([0; 8]);
        out.extend(&self.filter.table);
        let digest = xxh3_64(&out[start..]).to_le_bytes();
        out[start + HEADER_BYTES - 8..start + HEADER_BYTES].copy_from_slice(&digest);
    }

    /// The first block of these bytes and what is behind it; none if its digest is another one.
    /// Likewise if it is of more rows than any block has.
    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let number = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
        let (first, sizes, seed, digest) = (number(0)?, number(8)?, number(16)?, number(24)?);
        let (rows, part) = (sizes & 0xFFFF_FFFF, sizes >> 32);
        let length = HEADER_BYTES + 3 * part as usize;
        let mut whole = bytes.get(..length)?.to_vec();
        whole[HEADER_BYTES - 8..HEADER_BYTES].fill(0);
        let is_bounded = rows <= BLOCK_ROWS as u64 && first <= u64::MAX / 2;
        if xxh3_64(&whole) != digest || !is_bounded {
            return None;
        }
        let table = whole.split_off(HEADER_BYTES);
        Some((Self { first, rows, filter: Filter { seed, table } }, &bytes[length..]))
    }
}

fn manifest_sha256(store: &dyn Store, root: &Path) -> Result<String, TraceError> {
    let bytes = read_whole(store, &Folder::new(root).manifest())?;
    Ok(sha256(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_comes_back_as_it_was_written_and_a_changed_bit_is_noticed() {
        let mut bytes = Vec::new();
        let blocks = [Block::of(0, 64, (0..500).collect()), Block::of(64, 3, Vec::new())];
        blocks.iter().for_each(|block| block.write(&mut bytes));
        let (first, rest) = Block::read(&bytes).unwrap();
        let (second, end) = Block::read(rest).unwrap();
        assert_eq!(([first, second], end.len()), (blocks, 0));
        for at in (0..bytes.len() - rest.len()).step_by(7) {
            let mut changed = bytes.clone();
            changed[at] ^= 4;
            assert!(Block::read(&changed).is_none(), "byte {at}");
        }
        assert!(Block::read(&bytes[..40]).is_none());
        for (first, rows, is_read) in [(0, 64, true), (0, 65, false), (u64::MAX, 1, false)] {
            bytes.clear();
            Block::of(first, rows, vec![1]).write(&mut bytes);
            assert_eq!(Block::read(&bytes).is_some(), is_read, "{rows} rows at {first}");
        }
    }
}
