//! Which rows of a set hold a passage: by a scan of all texts, or by an index that says which of them to read.
//!
//! A passage of at least eight words is found wherever its words stand in this order ([`words`] says what a word is here);
//! near matches are texts that hold a share of its different runs of four words, and, where the set has signatures,
//! documents that are as a whole alike. A scan finds all of these. The index finds every text that holds the passage
//! itself; of the near ones it may miss some that share no eight words in a row with the passage.

pub mod anchors;
pub mod filter;
pub mod found;
pub mod index;
pub mod passage;
pub mod scan;
pub mod searcher;
pub mod shingles;
pub mod signatures;
pub mod words;

use std::path::{Path, PathBuf};

use self::found::Found;
use self::index::{Index, Standing};
use self::searcher::Searcher;
use crate::engine::EngineError;
use crate::ledger::run_record::{FileRecord, RunRecord};
use crate::shard::formats::Kind;
use crate::shard::lookup::Lookup;
use crate::shard::writer::ShardError;
use crate::store::{Store, StoreError};
use crate::text::shown;

/// Why a trace could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A Parquet file cannot be read.
    #[error(transparent)]
    Shard(#[from] ShardError),
    /// The manifest or the index cannot be read or written.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The index is not what was written.
    #[error(
        "{}: the index is damaged: {message}\nhint: build it anew with --index, or do without it with --scan", shown::path(.path)
    )]
    DamagedIndex {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
}

/// Is told how a trace goes on.
pub trait Watch: Sync {
    /// So many bytes of text are to be read in about so many seconds.
    fn begins(&self, text_bytes: u64, seconds: f64);
    /// So many more bytes of text were read.
    fn read(&self, text_bytes: u64);
    /// Of so many blocks of the index these may hold a passage and are read.
    fn by_index(&self, blocks: u64, wanted: u64);
}

/// A finished set whose texts are searched.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    /// Where its files lie.
    pub store: &'a dyn Store,
    /// Its folder.
    pub root: &'a Path,
    /// Its run record.
    pub record: &'a RunRecord,
    /// Most matches that are told of one passage.
    pub matches_max: usize,
    /// Is told how it goes on.
    pub watch: &'a dyn Watch,
}

impl Texts<'_> {
    /// Whether there is an index of this very set.
    pub fn index(&self) -> Result<Standing, TraceError> {
        Ok(match Index::find(self.store, self.root)? {
            Standing::Ready(index) if !index.is_of(&self.record.shards) => Standing::Stale,
            standing => standing,
        })
    }

    /// The rows that hold the passages, of each the best matches, in the order of the passages.
    pub fn trace(&self, searcher: &Searcher, index: Option<&Index>, share: f64) -> Result<Vec<Found>, TraceError> {
        let mut found = match index {
            Some(index) => self.by_index(searcher, index)?,
            None => self.scan(searcher)?,
        };
        for (found, alike) in found.iter_mut().zip(signatures::alike(self, &searcher.passages, share)?) {
            self.add_alike(found, &alike)?;
            found.cut(self.matches_max);
        }
        Ok(found)
    }

    fn open(&self, file: &FileRecord) -> Result<Lookup, ShardError> {
        Lookup::open(self.store, &self.root.join(&file.path), &Kind::Documents.columns(self.record.format))
    }

    fn open_to_read(&self, file: &FileRecord) -> Result<Lookup, ShardError> {
        Lookup::open_to_read(self.store, &self.root.join(&file.path), &Kind::Documents.columns(self.record.format))
    }
}
