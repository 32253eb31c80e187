//! Files in memory, for readers that ask a store.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use gristmill::store::{Published, Sink, Source, Store, StoreError};

type Files = Arc<Mutex<BTreeMap<PathBuf, Arc<Vec<u8>>>>>;

/// A store of which nothing outlives the process.
#[derive(Clone, Default)]
pub struct Memory(Files);

impl Memory {
    /// A store that holds one file.
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        let store = Self::default();
        store.put(Path::new(path), bytes.to_vec());
        store
    }

    /// Puts a file there, in place of another.
    pub fn put(&self, path: &Path, bytes: Vec<u8>) {
        self.files().insert(path.to_owned(), Arc::new(bytes));
    }

    fn files(&self) -> std::sync::MutexGuard<'_, BTreeMap<PathBuf, Arc<Vec<u8>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Held(Arc<Vec<u8>>);

impl Source for Held {
    fn len_bytes(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<usize> {
        let from = usize::try_from(offset_bytes).unwrap_or(usize::MAX).min(self.0.len());
        let count = buffer.len().min(self.0.len() - from);
        buffer[..count].copy_from_slice(&self.0[from..from + count]);
        Ok(count)
    }
}

struct Begun {
    store: Memory,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Write for Begun {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.bytes.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Begun {
    fn publish(self: Box<Self>) -> io::Result<Published> {
        let bytes = self.bytes.len() as u64;
        self.store.put(&self.path, self.bytes);
        Ok(Published { bytes, sha256: String::new() })
    }
}

impl Store for Memory {
    fn open(&self, path: &Path) -> Result<Arc<dyn Source>, StoreError> {
        let file = self.files().get(path).cloned();
        let file = file.ok_or_else(|| StoreError::read(path, io::ErrorKind::NotFound.into()))?;
        Ok(Arc::new(Held(file)))
    }

    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, StoreError> {
        Ok(Box::new(Begun { store: self.clone(), path: path.to_owned(), bytes: Vec::new() }))
    }

    fn create_new(&self, path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
        let is_new = !self.exists(path);
        if is_new {
            self.put(path, bytes.to_vec());
        }
        Ok(is_new)
    }

    fn create_scratch(&self, path: &Path) -> Result<Box<dyn Write + Send>, StoreError> {
        Err(StoreError::written(path, io::ErrorKind::Unsupported.into()))
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, StoreError> {
        let files = self.files();
        let below = files.keys().filter_map(|path| path.strip_prefix(folder).ok()?.iter().next());
        let mut names: Vec<String> = below.map(|name| name.to_string_lossy().into_owned()).collect();
        names.dedup();
        Ok(names)
    }

    fn remove(&self, path: &Path) -> Result<(), StoreError> {
        self.files().retain(|file, _| !file.starts_with(path));
        Ok(())
    }

    fn exists(&self, path: &Path) -> bool {
        self.files().keys().any(|file| file.starts_with(path))
    }
}
