//! Tells whether an input is the one that a folder was begun with, without reading it twice.
//!
//! Compared are the length and a digest of both ends. Compressed files differ at their ends if they differ at all: the
//! end of a gzip member is the checksum of its content. The SHA-256 of the whole, which the manifest states, is taken
//! while the file is read for its records.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::store::{Source, Store, StoreError, read_exact_at};

/// Bytes at either end of a file that are looked at.
const END_BYTES: usize = 64 << 10;

/// What an input is known again by.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Fingerprint {
    /// Length of the file.
    pub bytes: u64,
    /// SHA-256, in lower-case hex, of its first and last 64 KiB, one behind the other; of all of it if it is shorter than
    /// both together.
    pub ends_sha256: String,
}

impl Fingerprint {
    /// Of the file at `path` as it is now.
    pub fn of(store: &dyn Store, path: &Path) -> Result<Self, StoreError> {
        let source = store.open(path)?;
        Self::of_source(source.as_ref()).map_err(|error| StoreError::read(path, error))
    }

    /// Of an open file.
    pub fn of_source(source: &dyn Source) -> io::Result<Self> {
        let bytes = source.len_bytes();
        let first = bytes.min(END_BYTES as u64) as usize;
        let last = (bytes - first as u64).min(END_BYTES as u64) as usize;
        let mut ends = vec![0; first + last];
        read_exact_at(source, &mut ends[..first], 0)?;
        read_exact_at(source, &mut ends[first..], bytes - last as u64)?;
        Ok(Self { bytes, ends_sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(&ends)) })
    }

    /// How the file differs now from what it was, in words; none if it does not.
    pub fn difference(&self, now: &Self) -> Option<String> {
        match now {
            now if now == self => None,
            now if now.bytes != self.bytes => Some(format!("had {} bytes, and has {} now", self.bytes, now.bytes)),
            now => Some(format!("has {} bytes as it had, and others at its beginning or end", now.bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Memory(Vec<u8>);

    impl Source for Memory {
        fn len_bytes(&self) -> u64 {
            self.0.len() as u64
        }

        fn read_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<usize> {
            let rest = &self.0[offset_bytes as usize..];
            let count = rest.len().min(buffer.len());
            buffer[..count].copy_from_slice(&rest[..count]);
            Ok(count)
        }
    }

    /// Whether a change of one byte at a place is seen in a file of so many bytes.
    fn check(bytes: usize, at: usize, seen: bool) {
        let sound = Memory(vec![7; bytes]);
        let mut changed = Memory(vec![7; bytes]);
        changed.0[at] = 8;
        let [sound, changed] = [sound, changed].map(|file| Fingerprint::of_source(&file).unwrap());
        assert_eq!(sound.difference(&changed).is_some(), seen, "byte {at} of {bytes}");
    }

    #[test]
    fn both_ends_are_looked_at_and_files_of_their_size_whole() {
        check(1, 0, true);
        for at in [0, END_BYTES - 1, END_BYTES, 2 * END_BYTES - 1] {
            check(2 * END_BYTES, at, true);
        }
        let longer = 3 * END_BYTES;
        for (at, seen) in [(END_BYTES - 1, true), (END_BYTES, false), (longer - END_BYTES, true), (longer - 1, true)] {
            check(longer, at, seen);
        }
        let [empty, one] = [vec![], vec![1]].map(|bytes| Fingerprint::of_source(&Memory(bytes)).unwrap());
        assert_eq!(empty.difference(&one).as_deref(), Some("had 0 bytes, and has 1 now"));
    }
}
