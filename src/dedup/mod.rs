//! Many documents -> which ones stay.
//!
//! Everything here is pure: documents have dense numbers in input order, keys come in as slices, removals go out as pairs.
//! Reading and writing the keys is the engine's work. The document that stays is always the one with the smallest number,
//! so the result depends on the input's order and on nothing else: not on threads, not on the order of arrival.

pub mod exact;
pub mod forest;
pub mod minhash;
pub mod tiers;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::document::bad_config::BadConfig;
use crate::document::reason::Reason;

/// The options of a `dedup.*` stage, by the stage's name.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DedupConfig {
    /// `dedup.exact`
    Exact(exact::Config),
    /// `dedup.minhash`
    Minhash(minhash::Config),
}

/// A deduplication stage ready to run.
pub enum Deduplicator {
    /// Equal keys are duplicates.
    Exact(exact::Exact),
    /// Documents that agree on a band of their signatures are near-duplicates.
    Minhash(minhash::MinHash),
}

/// A document that is removed, and the one that stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Removal {
    /// Number of the document that goes.
    pub removed: u32,
    /// Number of the document that stays; always smaller.
    pub kept: u32,
}

impl DedupConfig {
    /// The stage's name without `dedup.`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Minhash(_) => "minhash",
        }
    }

    /// All reasons the stage can give.
    pub fn reasons(&self) -> &'static [Reason] {
        match self {
            Self::Exact(_) => exact::REASONS,
            Self::Minhash(_) => minhash::REASONS,
        }
    }

    /// The stage, or what is wrong with its options.
    pub fn build(&self) -> Result<Deduplicator, BadConfig> {
        Ok(match self {
            Self::Exact(config) => Deduplicator::Exact(config.build()),
            Self::Minhash(config) => Deduplicator::Minhash(config.build()?),
        })
    }
}

impl Deduplicator {
    /// Bytes of one document's key, the same for all documents.
    pub fn key_bytes(&self) -> usize {
        match self {
            Self::Exact(_) => exact::KEY_BYTES,
            Self::Minhash(minhash) => minhash.key_bytes(),
        }
    }

    /// Appends the document's key to `out`: [`Self::key_bytes`] bytes, little-endian.
    pub fn push_key(&self, document: &Document, out: &mut Vec<u8>) {
        match self {
            Self::Exact(exact) => out.extend_from_slice(&exact.key(document).to_le_bytes()),
            Self::Minhash(minhash) => minhash.push_key(&document.text, out),
        }
    }

    /// The reason for which this stage removes.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Exact(exact) => exact.reason(),
            Self::Minhash(_) => minhash::NEAR_DUPLICATE,
        }
    }
}
