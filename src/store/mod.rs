//! Every file goes through here: reading at an offset, and writing that is published whole or not at all.
//!
//! [`local::Local`] is the folder tree of this machine. [`http`] reads single files of web servers, for whoever wants
//! parts of them; runs read and write local files only, and refuse URLs.

pub mod http;
pub mod input;
pub mod local;
pub mod reading;
pub mod stop;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::shown;

/// A file that can be read at any offset, by many threads.
pub trait Source: Send + Sync {
    /// Its length in bytes.
    fn len_bytes(&self) -> u64;
    /// Fills `buffer` from `offset_bytes` as far as the file goes; returns how many bytes it read.
    fn read_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<usize>;
}

/// Fills `buffer` from `offset_bytes`; an error if the file ends before.
pub fn read_exact_at(source: &dyn Source, buffer: &mut [u8], offset_bytes: u64) -> io::Result<()> {
    match source.read_at(buffer, offset_bytes)? {
        count if count < buffer.len() => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

/// A file that is being written. Nothing is seen of it until it is published; dropped unpublished, it leaves no trace.
pub trait Sink: Write + Send {
    /// Makes the file durable and gives it its name.
    fn publish(self: Box<Self>) -> io::Result<Published>;
}

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Published {
    /// Length of the file.
    pub bytes: u64,
    /// SHA-256 of its bytes, in lower-case hex: what `sha256sum` prints.
    pub sha256: String,
}

/// A place for files.
pub trait Store: Send + Sync {
    /// Opens a file for reading.
    fn open(&self, path: &Path) -> Result<Arc<dyn Source>, StoreError>;
    /// Begins a file; folders above it are made.
    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, StoreError>;
    /// Makes a small file, synced, unless there is one of this name: false then. Of several callers one succeeds, also on a
    /// file system without locks. A caller that is killed on the way leaves an empty file or a part.
    fn create_new(&self, path: &Path, bytes: &[u8]) -> Result<bool, StoreError>;
    /// Begins a file that this run alone reads again, by [`Self::open`]: not synced and not digested. What was written is
    /// there when the writer was flushed and dropped.
    fn create_scratch(&self, path: &Path) -> Result<Box<dyn Write + Send>, StoreError>;
    /// The names in a folder, sorted; empty if there is no such folder.
    fn list(&self, folder: &Path) -> Result<Vec<String>, StoreError>;
    /// Removes a file, or a folder with all that is in it; well if there is none.
    fn remove(&self, path: &Path) -> Result<(), StoreError>;
    /// Removes a file that [`Self::create_new`] made. Unlike all else this is done for a run that was asked to stop, too.
    fn give_back(&self, path: &Path) -> Result<(), StoreError> {
        self.remove(path)
    }
    /// Whether there is a file or folder of this name.
    fn exists(&self, path: &Path) -> bool;
}

/// What a store could not do, to which file, and why.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be {}: {}{}", shown::path(.path), .what, .source, hint(.source))]
pub struct StoreError {
    /// The file or folder.
    pub path: PathBuf,
    /// `read`, `written`, `listed` or `removed`.
    pub what: &'static str,
    /// Why.
    pub source: io::Error,
}

impl StoreError {
    /// An error of reading.
    pub fn read(path: &Path, source: io::Error) -> Self {
        Self { path: path.to_owned(), what: "read", source }
    }

    /// An error of writing.
    pub fn written(path: &Path, source: io::Error) -> Self {
        Self { path: path.to_owned(), what: "written", source }
    }
}

/// Number of the error that the system gives when a device fails, on all systems this program is built for.
const EIO: i32 = 5;

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "\nhint: free some space and run the same command again; what is finished is not done twice"
        }
        io::ErrorKind::PermissionDenied => "\nhint: check the permissions of the file and of the folders above it",
        io::ErrorKind::NotADirectory => "\nhint: it is a file, or lies below one; name a folder",
        io::ErrorKind::ReadOnlyFilesystem => "\nhint: name a folder that can be written to",
        io::ErrorKind::NotFound => "\nhint: check the path; relative paths begin at the working folder",
        // Errors of devices have no kind of their own.
        _ if error.raw_os_error() == Some(EIO) => {
            "\nhint: run the same command again when the disk or network below it is well; what is finished is not done \
             twice"
        }
        _ => "",
    }
}
