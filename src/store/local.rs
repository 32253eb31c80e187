//! The folder tree of this machine.
//!
//! A file is written beside its place as `NAME.tmp`, synced, and renamed, so a name always stands for a whole file.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{Published, Sink, Source, Store, StoreError};

/// Bytes that are gathered of a scratch file before they are written: many such files are open at once.
const SCRATCH_BUFFER_BYTES: usize = 1 << 16;

/// The local disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Local;

struct LocalSource {
    file: File,
    len_bytes: u64,
}

impl Source for LocalSource {
    fn len_bytes(&self) -> u64 {
        self.len_bytes
    }

    fn read_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.file.read_at(&mut buffer[filled..], offset_bytes + filled as u64) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}

struct LocalSink {
    path: PathBuf,
    temporary: PathBuf,
    file: BufWriter<File>,
    digest: Sha256,
    bytes: u64,
    published: bool,
}

impl Write for LocalSink {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let count = self.file.write(buffer)?;
        self.digest.update(&buffer[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Sink for LocalSink {
    fn publish(mut self: Box<Self>) -> io::Result<Published> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::rename(&self.temporary, &self.path)?;
        self.published = true;
        if let Some(folder) = self.path.parent() {
            // A name alone lies in the working folder, whose path is not the empty one.
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            File::open(folder)?.sync_all()?;
        }
        let sha256 = data_encoding::HEXLOWER.encode(&std::mem::take(&mut self.digest).finalize());
        Ok(Published { bytes: self.bytes, sha256 })
    }
}

impl Drop for LocalSink {
    fn drop(&mut self) {
        if !self.published {
            // The file is not part of anything yet; if it cannot be removed, the next run writes over it.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Begins a file anew. What lies there by that name is removed and not written over: in a folder that comes from somebody
/// else it may be a link to a file elsewhere.
fn begin(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => File::create_new(path),
    }
}

impl Store for Local {
    fn open(&self, path: &Path) -> Result<Arc<dyn Source>, StoreError> {
        // Asked before it is opened: to open a pipe waits for whoever writes to it.
        let refused = |kind, words| Err(StoreError::read(path, io::Error::new(kind, words)));
        match fs::metadata(path).map_err(|error| StoreError::read(path, error))? {
            there if there.is_dir() => return refused(io::ErrorKind::IsADirectory, "it is a folder"),
            there if !there.is_file() => {
                let words = "it is a pipe or a device\nhint: write what it gives to a file first, and name that";
                return refused(io::ErrorKind::Unsupported, words);
            }
            _ => {}
        }
        let file = File::open(path).map_err(|error| StoreError::read(path, error))?;
        let metadata = file.metadata().map_err(|error| StoreError::read(path, error))?;
        Ok(Arc::new(LocalSource { file, len_bytes: metadata.len() }))
    }

    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, StoreError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| StoreError::written(folder, error))?;
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".tmp");
        let temporary = path.with_file_name(name);
        let file = begin(&temporary).map_err(|error| StoreError::written(&temporary, error))?;
        let file = BufWriter::with_capacity(1 << 18, file);
        let path = path.to_owned();
        Ok(Box::new(LocalSink { path, temporary, file, digest: Sha256::new(), bytes: 0, published: false }))
    }

    fn create_new(&self, path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| StoreError::written(folder, error))?;
        }
        let mut file = match File::create_new(path) {
            Err(there) if there.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
            file => file.map_err(|error| StoreError::written(path, error))?,
        };
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        written.map(|()| true).map_err(|error| {
            // It is this caller's own; what cannot be removed is told of by the next caller.
            let _ = fs::remove_file(path);
            StoreError::written(path, error)
        })
    }

    fn create_scratch(&self, path: &Path) -> Result<Box<dyn Write + Send>, StoreError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| StoreError::written(folder, error))?;
        }
        let file = File::create(path).map_err(|error| StoreError::written(path, error))?;
        Ok(Box::new(BufWriter::with_capacity(SCRATCH_BUFFER_BYTES, file)))
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, StoreError> {
        let error = |source| StoreError { path: folder.to_owned(), what: "listed", source };
        let entries = match fs::read_dir(folder) {
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(error)?,
        };
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut names = names.collect::<io::Result<Vec<_>>>().map_err(error)?;
        names.sort_unstable();
        Ok(names)
    }

    fn remove(&self, path: &Path) -> Result<(), StoreError> {
        let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        match removed {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed.map_err(|source| StoreError { path: path.to_owned(), what: "removed", source }),
        }
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }
}
