//! Files that a preset names, relative to the preset's own folder; of these, lists, plain or compressed with gzip.

use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use crate::document::bad_config::BadConfig;
use crate::filter::lists::Lists;
use crate::store::{Store, read_exact_at};
use crate::text::shown;

/// Largest list file, in bytes as it lies and after it is unpacked.
const LIST_BYTES_MAX: u64 = 1 << 30;
/// What a file of gzip begins with, whatever it is called.
const GZIP: [u8; 2] = [0x1f, 0x8b];

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

    /// The bytes of a file that the preset names by `path`: a `kind` of file, such as `model`, of at most `bytes_max`.
    pub(super) fn file(&self, kind: &str, path: &str, bytes_max: u64) -> Result<Vec<u8>, BadConfig> {
        let place = self.folder.join(path);
        if !self.store.exists(&place) {
            let hint = format!("wanted it at {}: {kind}s lie relative to the preset's own folder", shown::path(&place));
            return Err(BadConfig::new(format!("the {kind} {} is not there", shown::name(path))).with_hint(hint));
        }
        let refused =
            |error: &dyn std::fmt::Display| BadConfig::new(format!("the {kind} {}: {error}", shown::name(path)));
        let file = self.store.open(&place).map_err(|error| refused(&error))?;
        if file.len_bytes() > bytes_max {
            return Err(BadConfig::new(format!("the {kind} {} has more than {bytes_max} bytes", shown::name(path))));
        }
        let mut bytes = vec![0; file.len_bytes() as usize];
        read_exact_at(file.as_ref(), &mut bytes, 0).map_err(|error| refused(&error))?;
        Ok(bytes)
    }
}

impl Lists for Beside<'_> {
    fn read(&self, path: &str) -> Result<String, BadConfig> {
        let bytes = self.file("list", path, LIST_BYTES_MAX)?;
        let bytes = if bytes.starts_with(&GZIP) { unpack(&bytes, path)? } else { bytes };
        String::from_utf8(bytes).map_err(|_| BadConfig::new(format!("the list {path} is not UTF-8 text")))
    }
}

fn unpack(bytes: &[u8], path: &str) -> Result<Vec<u8>, BadConfig> {
    let mut unpacked = Vec::new();
    match MultiGzDecoder::new(bytes).take(LIST_BYTES_MAX + 1).read_to_end(&mut unpacked) {
        Err(error) => Err(BadConfig::new(format!("the list {path} cannot be unpacked: {error}"))),
        Ok(_) if unpacked.len() as u64 > LIST_BYTES_MAX => {
            Err(BadConfig::new(format!("the list {path} has more than {LIST_BYTES_MAX} bytes, unpacked")))
        }
        Ok(_) => Ok(unpacked),
    }
}
