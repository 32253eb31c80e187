//! Finished sets that a preset names to be deduplicated against, relative to the working folder as inputs are.

use std::path::Path;

use super::lists::Beside;
use crate::dedup::DedupConfig;
use crate::dedup::minhash::earlier::{EarlierSet, EarlierSets, Signed};
use crate::document::bad_config::BadConfig;
use crate::engine::folder::Folder;
use crate::engine::manifest::Manifest;
use crate::ledger::run_record::RunRecord;
use crate::plan::config::Stage;

impl EarlierSets for Beside<'_> {
    fn open_set(&self, name: &str) -> Result<EarlierSet, BadConfig> {
        let folder = Folder::new(name);
        if !folder.is_finished(self.store) {
            return Err(BadConfig::new(format!("{name} holds no finished set; name the folder that a run has made")));
        }
        let manifest = Manifest::read(self.store, folder.root()).map_err(|error| BadConfig::new(error.to_string()))?;
        let Manifest { record, sha256: manifest_sha256, .. } = manifest;
        Ok(EarlierSet {
            folder: name.to_owned(),
            manifest_sha256,
            documents: record.statistics.total.documents,
            signed: signed(&record),
            files: record.signatures.iter().map(|file| Path::new(name).join(&file.path)).collect(),
        })
    }
}

/// How the set's signatures were made, if it published them.
fn signed(record: &RunRecord) -> Option<Signed> {
    let stages = record.plan.stages.as_array()?;
    let stages = stages.iter().filter_map(|stage| serde_json::from_value::<Stage>(stage.get("stage")?.clone()).ok());
    let mut signed = stages.filter_map(|stage| match stage {
        Stage::Dedup(DedupConfig::Minhash(config)) if config.signatures => Some(Signed::from(&config)),
        _ => None,
    });
    signed.next().filter(|_| !record.signatures.is_empty())
}
