//! What every column of `data/` and `ledger/` costs: its bytes as they lie, against those of the text.

use super::Set;
use crate::shard::footer::Footer;
use crate::shard::formats::Kind;

/// The bytes of the columns of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnBytes {
    /// Folder, column, bytes; in the order of the files.
    pub columns: Vec<(&'static str, String, u64)>,
    /// Of these, the bytes of the column `text` of `data/`.
    pub text_bytes: u64,
}

impl ColumnBytes {
    /// Sums them up over all files; a message names the file that cannot be read.
    pub fn of(set: &Set<'_>) -> Result<Self, String> {
        let mut found = Self::default();
        for (file, kind) in set.parquet() {
            let folder = match kind {
                Kind::Documents => "data",
                Kind::Ledger => "ledger",
                _ => continue,
            };
            let footer = super::guarded(|| Footer::read(set.store, &set.root.join(&file.path)));
            for (name, bytes) in footer.map_err(|message| format!("{}: {message}", file.path))?.columns {
                if (folder, &*name) == ("data", "text") {
                    found.text_bytes += bytes;
                }
                match found.columns.iter_mut().find(|(known, column, _)| (*known, &*name) == (folder, column)) {
                    Some((.., sum)) => *sum += bytes,
                    None => found.columns.push((folder, name, bytes)),
                }
            }
        }
        Ok(found)
    }

    /// Bytes of all columns but the text.
    pub fn others_bytes(&self) -> u64 {
        self.columns.iter().map(|(.., bytes)| bytes).sum::<u64>() - self.text_bytes
    }
}
