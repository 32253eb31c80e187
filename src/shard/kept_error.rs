//! A file whose errors are kept: the Parquet library turns them into words of its own, and a failing disk has to be told
//! as such, not as a fault of the format.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use parquet::errors::ParquetError;

use super::writer::ShardError;
use crate::store::{Source, StoreError};

/// The last error of a file, if it had one.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<Option<io::Error>>>);

struct Keeping {
    source: Arc<dyn Source>,
    kept: Kept,
}

/// The file, and where its errors will be.
pub fn keeping(source: Arc<dyn Source>) -> (Arc<dyn Source>, Kept) {
    let kept = Kept::default();
    (Arc::new(Keeping { source, kept: kept.clone() }), kept)
}

impl Kept {
    /// What to tell where reading the file at `path` failed: the file's own error, or else what the library says.
    pub fn error(&self, path: &Path, said: ParquetError) -> ShardError {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(error) => StoreError::read(path, error).into(),
            None => ShardError::Format { path: path.to_owned(), source: said },
        }
    }
}

impl Source for Keeping {
    fn len_bytes(&self) -> u64 {
        self.source.len_bytes()
    }

    fn read_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<usize> {
        self.source.read_at(buffer, offset_bytes).map_err(|error| {
            let stand_in = io::Error::new(error.kind(), error.to_string());
            *self.kept.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            stand_in
        })
    }
}
