//! Finished sets that this one is deduplicated against: by their published signatures, their texts are not read again.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use super::config::{Config, Hash};
use crate::document::bad_config::BadConfig;

/// Where finished sets come from.
pub trait EarlierSets {
    /// What the set in this folder says of its signatures.
    fn open_set(&self, folder: &str) -> Result<EarlierSet, BadConfig>;
}

/// A finished set with the signatures of its documents.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EarlierSet {
    /// Its folder, as the preset names it.
    pub folder: String,
    /// SHA-256 of its manifest, which has the digests of all its files.
    pub manifest_sha256: String,
    /// How many documents it holds.
    pub documents: u64,
    /// How its signatures were made; none if it published none.
    #[serde(skip)]
    pub signed: Option<Signed>,
    /// The files that hold the signatures.
    #[serde(skip)]
    pub files: Vec<PathBuf>,
}

/// What two signatures have to have in common to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    hash: Hash,
    shingle_words: usize,
    bands: usize,
    rows_per_band: usize,
    seed: u64,
}

impl From<&Config> for Signed {
    fn from(config: &Config) -> Self {
        let Config { hash, shingle_words, bands, rows_per_band, seed, .. } = *config;
        Self { hash, shingle_words, bands, rows_per_band, seed }
    }
}

impl Signed {
    fn words(&self) -> String {
        let Self { hash, shingle_words, bands, rows_per_band, seed } = self;
        let hash = serde_json::json!(hash);
        format!(
            "hash = {hash}, shingle_words = {shingle_words}, bands = {bands}, rows_per_band = {rows_per_band}, seed = {seed}"
        )
    }
}

impl EarlierSet {
    /// Refuses a set without signatures, or with others.
    pub(super) fn check(&self, config: &Config) -> Result<(), BadConfig> {
        let (folder, ours) = (&self.folder, Signed::from(config));
        match &self.signed {
            None => Err(BadConfig::new(format!(
                "the set in {folder} holds no signatures; make it anew with signatures = true in its dedup.minhash"
            ))),
            Some(theirs) if *theirs != ours => Err(BadConfig::new(format!(
                "the set in {folder} has signatures with {}; here they have {}",
                theirs.words(),
                ours.words()
            ))),
            Some(_) => Ok(()),
        }
    }
}

/// No sets at all, for stages that are built outside a run.
pub struct NoSets;

impl EarlierSets for NoSets {
    fn open_set(&self, folder: &str) -> Result<EarlierSet, BadConfig> {
        Err(BadConfig::new(format!("the set in {folder} cannot be opened here")))
    }
}

/// Files by name hold no finished sets.
impl<T> EarlierSets for BTreeMap<String, T> {
    fn open_set(&self, folder: &str) -> Result<EarlierSet, BadConfig> {
        NoSets.open_set(folder)
    }
}
