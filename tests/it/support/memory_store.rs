//! A disk in memory, with a fault at a chosen call if one is wanted. What lies outside of its root is on the local disk.
//!
//! It keeps what a killed process would leave: a file has its name from its publication on and not before.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use gristmill::store::local::Local;
use gristmill::store::{Published, Sink, Source, Store, StoreError};
use sha2::{Digest, Sha256};

/// In which way a call goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A write fails, once.
    WriteError,
    /// A write takes half of what it is given, and all later ones fail: the disk is full.
    FullDisk,
    /// A write takes half of what it is given, as it may; the next ones go well.
    ShortWrite,
    /// A file cannot be synced, so it does not get its name.
    SyncError,
    /// A file gets its name, and then its folder cannot be synced.
    FolderSyncError,
    /// A file cannot be opened, once.
    OpenError,
    /// A read fails, once.
    ReadError,
    /// A read finds the file ended half-way through what was asked for, once.
    ShortRead,
    /// A file cannot be removed, once.
    RemoveError,
}

/// All ways.
pub const WAYS: [Way; 9] = [
    Way::WriteError,
    Way::FullDisk,
    Way::ShortWrite,
    Way::SyncError,
    Way::FolderSyncError,
    Way::OpenError,
    Way::ReadError,
    Way::ShortRead,
    Way::RemoveError,
];

type Files = Arc<Mutex<BTreeMap<PathBuf, Arc<Vec<u8>>>>>;

/// The disk, which outlives the runs that write to it.
#[derive(Clone, Default)]
pub struct MemoryStore {
    root: PathBuf,
    files: Files,
    fault: Option<(Way, usize)>,
    calls: Arc<AtomicUsize>,
}

impl MemoryStore {
    /// An empty disk below `root`.
    pub fn new(root: PathBuf) -> Self {
        Self { root, ..Self::default() }
    }

    /// The same disk, on which call number `number` (from 0) of those that this way is of goes wrong.
    pub fn with_fault(&self, way: Way, number: usize) -> Self {
        Self { fault: Some((way, number)), calls: Arc::default(), ..self.clone() }
    }

    /// The same disk without a fault.
    pub fn sound(&self) -> Self {
        Self { fault: None, ..self.clone() }
    }

    /// How many calls there were of the kind that the fault is of.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// Everything on the disk, by its path below the root.
    pub fn contents(&self) -> BTreeMap<String, Arc<Vec<u8>>> {
        let below = |path: &Path| path.strip_prefix(&self.root).expect("below the root").display().to_string();
        self.files.lock().expect("no panic").iter().map(|(path, bytes)| (below(path), Arc::clone(bytes))).collect()
    }

    /// Puts a file there.
    pub fn put(&self, below: &str, bytes: &[u8]) {
        self.name(&self.root.join(below), bytes.to_vec());
    }

    /// Whether this call is the one that goes wrong, or comes after it.
    fn strikes(&self, ways: &[Way]) -> Option<Struck> {
        let (way, number) = self.fault.filter(|(way, _)| ways.contains(way))?;
        match self.calls.fetch_add(1, Ordering::SeqCst) {
            call if call == number => Some(Struck::Now(way)),
            call if call > number && way == Way::FullDisk => Some(Struck::Since),
            _ => None,
        }
    }

    fn is_here(&self, path: &Path) -> bool {
        path.starts_with(&self.root)
    }

    fn write(&self, buffer: &[u8], into: &mut Vec<u8>) -> io::Result<usize> {
        let half = buffer.len().div_ceil(2);
        match self.strikes(&[Way::WriteError, Way::FullDisk, Way::ShortWrite]) {
            Some(Struck::Now(Way::WriteError)) => return Err(io::Error::other("input/output error")),
            Some(Struck::Since) => return Err(io::ErrorKind::StorageFull.into()),
            Some(Struck::Now(_)) => {
                into.extend_from_slice(&buffer[..half]);
                return Ok(half);
            }
            None => into.extend_from_slice(buffer),
        }
        Ok(buffer.len())
    }

    fn name(&self, path: &Path, bytes: Vec<u8>) {
        self.files.lock().expect("no panic").insert(path.to_owned(), Arc::new(bytes));
    }
}

enum Struck {
    Now(Way),
    Since,
}

struct MemorySink {
    store: MemoryStore,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Write for MemorySink {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.store.write(buffer, &mut self.bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for MemorySink {
    fn publish(self: Box<Self>) -> io::Result<Published> {
        let Self { store, path, bytes } = *self;
        let struck = store.strikes(&[Way::SyncError, Way::FolderSyncError]);
        if matches!(struck, Some(Struck::Now(Way::SyncError))) {
            return Err(io::Error::other("input/output error"));
        }
        let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
        let published = Published { bytes: bytes.len() as u64, sha256 };
        store.name(&path, bytes);
        if struck.is_some() { Err(io::Error::other("input/output error")) } else { Ok(published) }
    }
}

/// A file that has its name while it is written.
struct Scratch(MemorySink);

impl Write for Scratch {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.0.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.0.store.name(&self.0.path, std::mem::take(&mut self.0.bytes));
    }
}

struct MemorySource {
    store: MemoryStore,
    bytes: Result<Arc<Vec<u8>>, Arc<dyn Source>>,
}

impl Source for MemorySource {
    fn len_bytes(&self) -> u64 {
        self.bytes.as_ref().map_or_else(|file| file.len_bytes(), |bytes| bytes.len() as u64)
    }

    fn read_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<usize> {
        let count = match &self.bytes {
            Ok(bytes) => {
                let rest = &bytes[(offset_bytes as usize).min(bytes.len())..];
                let count = rest.len().min(buffer.len());
                buffer[..count].copy_from_slice(&rest[..count]);
                count
            }
            Err(file) => file.read_at(buffer, offset_bytes)?,
        };
        match self.store.strikes(&[Way::ReadError, Way::ShortRead]) {
            Some(Struck::Now(Way::ShortRead)) => Ok(count / 2),
            Some(_) => Err(io::Error::other("input/output error")),
            None => Ok(count),
        }
    }
}

impl Store for MemoryStore {
    fn open(&self, path: &Path) -> Result<Arc<dyn Source>, StoreError> {
        if self.strikes(&[Way::OpenError]).is_some() {
            return Err(StoreError::read(path, io::Error::other("input/output error")));
        }
        let bytes = if self.is_here(path) {
            let there = self.files.lock().expect("no panic").get(path).cloned();
            Ok(there.ok_or_else(|| StoreError::read(path, io::ErrorKind::NotFound.into()))?)
        } else {
            Err(Local.open(path)?)
        };
        Ok(Arc::new(MemorySource { store: self.clone(), bytes }))
    }

    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, StoreError> {
        assert!(self.is_here(path), "{} is written outside of the folder", path.display());
        Ok(Box::new(MemorySink { store: self.clone(), path: path.to_owned(), bytes: Vec::new() }))
    }

    fn create_new(&self, path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
        if self.exists(path) {
            return Ok(false);
        }
        let mut sink = MemorySink { store: self.clone(), path: path.to_owned(), bytes: Vec::new() };
        sink.write_all(bytes).map_err(|error| StoreError::written(path, error))?;
        self.name(path, sink.bytes);
        Ok(true)
    }

    fn create_scratch(&self, path: &Path) -> Result<Box<dyn Write + Send>, StoreError> {
        let sink = MemorySink { store: self.clone(), path: path.to_owned(), bytes: Vec::new() };
        Ok(Box::new(Scratch(sink)))
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, StoreError> {
        let files = self.files.lock().expect("no panic");
        let below = files.keys().filter_map(|path| path.strip_prefix(folder).ok()?.components().next());
        let mut names: Vec<_> = below.map(|name| name.as_os_str().to_string_lossy().into_owned()).collect();
        names.dedup();
        Ok(names)
    }

    fn remove(&self, path: &Path) -> Result<(), StoreError> {
        // The owner's file is removed when the process gives the folder back, and these processes do not end.
        let is_owner = path.to_string_lossy().contains("/owner-");
        if !is_owner && self.strikes(&[Way::RemoveError]).is_some() {
            let source = io::Error::other("input/output error");
            return Err(StoreError { path: path.to_owned(), what: "removed", source });
        }
        self.files.lock().expect("no panic").retain(|file, _| !file.starts_with(path));
        Ok(())
    }

    fn exists(&self, path: &Path) -> bool {
        if !self.is_here(path) {
            return Local.exists(path);
        }
        self.files.lock().expect("no panic").keys().any(|file| file.starts_with(path))
    }
}
