//! Many documents -> which ones stay.
//!
//! Everything here is pure: documents have dense numbers in input order, and keys come in as slices.
//! Reading, writing and sorting the keys is the engine's work. Who stays is a matter of policy ([`keep`]) and, in the
//! end, of the input's order: not of threads, nor of the order of arrival.

pub mod exact;
pub mod forest;
pub mod keep;
pub mod minhash;
pub mod tiers;

use serde::{Deserialize, Serialize};

use self::keep::RANK_BYTES;
use self::minhash::earlier::EarlierSets;
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
    Minhash(minhash::config::Config),
}

/// A deduplication stage ready to run.
pub enum Deduplicator {
    /// Equal keys are duplicates.
    Exact(exact::Exact),
    /// Documents that agree on a band of their signatures are near-duplicates.
    Minhash(minhash::MinHash),
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

    /// The stage, or what is wrong with its options or with the earlier sets that they name.
    pub fn build(&self, sets: &dyn EarlierSets) -> Result<Deduplicator, BadConfig> {
        Ok(match self {
            Self::Exact(config) => Deduplicator::Exact(config.build()?),
            Self::Minhash(config) => Deduplicator::Minhash(config.build_against(sets)?),
        })
    }
}

impl Deduplicator {
    /// Bytes of one document's rank and key, the same for all documents.
    pub fn key_bytes(&self) -> usize {
        RANK_BYTES
            + match self {
                Self::Exact(_) => exact::KEY_BYTES,
                Self::Minhash(minhash) => minhash.key_bytes(),
            }
    }

    /// Appends the document's rank and key to `out`: [`Self::key_bytes`] bytes.
    pub fn push_key(&self, document: &Document, out: &mut Vec<u8>) {
        match self {
            Self::Exact(exact) => {
                keep::push_rank(&exact.config().keep, document, out);
                out.extend_from_slice(&exact.key(document));
            }
            Self::Minhash(minhash) => {
                keep::push_rank(&minhash.config().keep, document, out);
                minhash.push_key(&document.text, out);
            }
        }
    }

    /// The document's shingles, if they are to be compared themselves: hashes of 32 bits, in order.
    pub fn shingles(&self, document: &Document) -> Option<Vec<u8>> {
        match self {
            Self::Minhash(minhash) if minhash.wants_shingles() => {
                let mut shingles = Vec::new();
                minhash.push_shingles(&document.text, &mut shingles);
                Some(shingles)
            }
            _ => None,
        }
    }

    /// Whether [`Self::shingles`] gives any.
    pub fn wants_shingles(&self) -> bool {
        matches!(self, Self::Minhash(minhash) if minhash.wants_shingles())
    }

    /// The reason for which this stage removes a document, for another of this run or for one of an earlier set.
    pub fn reason(&self, is_earlier: bool) -> Reason {
        match self {
            Self::Exact(exact) => exact.reason(),
            Self::Minhash(_) if is_earlier => minhash::IN_EARLIER_SET,
            Self::Minhash(_) => minhash::NEAR_DUPLICATE,
        }
    }

    /// The bound that the similarity of a removed document met, if there is one.
    pub fn similarity_min(&self) -> Option<f64> {
        match self {
            Self::Minhash(minhash) => minhash.similarity_min(),
            Self::Exact(_) => None,
        }
    }
}
