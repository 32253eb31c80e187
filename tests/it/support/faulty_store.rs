//! The local disk with a fault at a chosen call: the n-th write or publication fails as a full disk does.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gristmill::store::local::Local;
use gristmill::store::{Published, Sink, Source, Store, StoreError};

/// A store whose calls number `fails_from` and on fail.
#[derive(Clone, Debug)]
pub struct FaultyStore {
    calls: Arc<AtomicUsize>,
    fails_from: usize,
}

struct FaultySink {
    inner: Box<dyn Sink>,
    store: FaultyStore,
}

struct FaultyScratch {
    inner: Box<dyn Write + Send>,
    store: FaultyStore,
}

impl Write for FaultyScratch {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.store.call()?;
        self.inner.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl FaultyStore {
    /// A disk that is full from its n-th write on, counted from 0.
    pub fn full_from(fails_from: usize) -> Self {
        Self { calls: Arc::default(), fails_from }
    }

    /// How many writes there were.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn call(&self) -> io::Result<()> {
        let number = self.calls.fetch_add(1, Ordering::SeqCst);
        if number < self.fails_from { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
    }
}

impl Write for FaultySink {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.store.call()?;
        self.inner.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Sink for FaultySink {
    fn publish(self: Box<Self>) -> io::Result<Published> {
        self.store.call()?;
        self.inner.publish()
    }
}

impl Store for FaultyStore {
    fn open(&self, path: &Path) -> Result<Arc<dyn Source>, StoreError> {
        Local.open(path)
    }

    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, StoreError> {
        Ok(Box::new(FaultySink { inner: Local.create(path)?, store: self.clone() }))
    }

    fn create_scratch(&self, path: &Path) -> Result<Box<dyn Write + Send>, StoreError> {
        Ok(Box::new(FaultyScratch { inner: Local.create_scratch(path)?, store: self.clone() }))
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, StoreError> {
        Local.list(folder)
    }

    fn remove(&self, path: &Path) -> Result<(), StoreError> {
        Local.remove(path)
    }

    fn exists(&self, path: &Path) -> bool {
        Local.exists(path)
    }
}
