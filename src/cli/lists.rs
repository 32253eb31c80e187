//! List files that a preset names, relative to the preset's own folder.

use std::path::{Path, PathBuf};

use crate::document::bad_config::BadConfig;
use crate::filter::lists::Lists;
use crate::store::Store;

/// List files beside a preset.
pub struct Beside<'a> {
    pub(super) store: &'a dyn Store,
    folder: PathBuf,
}

impl<'a> Beside<'a> {
    /// The files that the preset at `preset` names.
    pub fn new(store: &'a dyn Store, preset: &Path) -> Self {
        Self { store, folder: preset.parent().unwrap_or(Path::new("")).to_owned() }
    }
}

impl Lists for Beside<'_> {
    fn read(&self, path: &str) -> Result<String, BadConfig> {
        let bytes = crate::engine::checkpoint::read_whole(self.store, &self.folder.join(path));
        let bytes = bytes.map_err(|error| BadConfig::new(error.to_string()))?;
        String::from_utf8(bytes).map_err(|_| BadConfig::new(format!("the list {path} is not UTF-8 text")))
    }
}
