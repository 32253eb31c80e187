//! Why a file cannot be read at all. A record that cannot be read is no error: see [`super::damage`].

use std::io;

use crate::text::shown;

/// Why reading a file ended, or never began.
#[derive(Debug, thiserror::Error)]
pub enum WarcError {
    /// The source failed: a disk, a network.
    #[error(
        "{} cannot be read on from byte {offset_bytes}: {source}\nhint: run the same command again when the file can be \
         read; what is finished is not done twice",
        shown::name(.name)
    )]
    Read {
        /// The input as the caller named it.
        name: String,
        /// Where in the file the next byte would have been.
        offset_bytes: u64,
        /// What the source says.
        source: io::Error,
    },
    /// The bytes are no archive, and none was found further on.
    #[error(
        "{} is no web archive: found {found}; wanted WARC or ARC records, plain or compressed with gzip or Zstandard",
        shown::name(.name)
    )]
    NotAnArchive {
        /// The input as the caller named it.
        name: String,
        /// What the file begins with.
        found: String,
    },
    /// An archive in a form that this program does not read.
    #[error("{} is {found}, which is not supported: {hint}", shown::name(.name))]
    Unsupported {
        /// The input as the caller named it.
        name: String,
        /// The form that was recognized.
        found: &'static str,
        /// What to do instead.
        hint: &'static str,
    },
    /// The dictionary at the head of a `.warc.zst` cannot be used.
    #[error(
        "{} has a Zstandard dictionary at byte {offset_bytes} that cannot be used: {problem}",
        shown::name(.name)
    )]
    BadDictionary {
        /// The input as the caller named it.
        name: String,
        /// Where the dictionary's frame begins.
        offset_bytes: u64,
        /// What is wrong with it.
        problem: String,
    },
}
