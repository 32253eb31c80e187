//! Reads a [`Source`] from its beginning, in large pieces, and knows its digest at the end.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use super::Source;

/// Bytes that are asked of the source at a time.
const PIECE_BYTES: usize = 1 << 20;

/// A reader over a source that counts and digests what it reads.
pub struct Reading {
    source: Arc<dyn Source>,
    piece: Vec<u8>,
    at: usize,
    filled: usize,
    offset_bytes: u64,
    progress: Option<Arc<AtomicU64>>,
    digest: Option<Sha256>,
    result: Arc<std::sync::Mutex<Option<Digested>>>,
}

/// How much was read to the end of a source, and its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digested {
    /// Bytes read.
    pub bytes: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
}

impl Reading {
    /// A reader from the beginning. `progress` is raised by every byte that is read.
    pub fn new(source: Arc<dyn Source>, progress: Option<Arc<AtomicU64>>) -> Self {
        let digest = Some(Sha256::new());
        Self { source, piece: Vec::new(), at: 0, filled: 0, offset_bytes: 0, progress, digest, result: Arc::default() }
    }

    /// Where the digest will be once the end of the source was read.
    pub fn digested(&self) -> Arc<std::sync::Mutex<Option<Digested>>> {
        Arc::clone(&self.result)
    }

    fn refill(&mut self) -> io::Result<()> {
        self.piece.resize(PIECE_BYTES, 0);
        self.at = 0;
        self.filled = self.source.read_at(&mut self.piece, self.offset_bytes)?;
        self.offset_bytes += self.filled as u64;
        if let Some(progress) = &self.progress {
            progress.fetch_add(self.filled as u64, Ordering::Relaxed);
        }
        if self.filled > 0 {
            if let Some(digest) = &mut self.digest {
                digest.update(&self.piece[..self.filled]);
            }
        } else if let Some(digest) = self.digest.take() {
            let sha256 = data_encoding::HEXLOWER.encode(&digest.finalize());
            let end = Digested { bytes: self.offset_bytes, sha256 };
            *self.result.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(end);
        }
        Ok(())
    }
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.filled && !buffer.is_empty() {
            self.refill()?;
        }
        let count = buffer.len().min(self.filled - self.at);
        buffer[..count].copy_from_slice(&self.piece[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}
