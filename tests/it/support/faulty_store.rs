//! The local disk with a fault at a chosen call: from the n-th write or publication on, or from the n-th read on, all fail
//! in a chosen way; or somebody asks to stop at the n-th write.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gristmill::store::local::Local;
use gristmill::store::stop::Stop;
use gristmill::store::{Published, Sink, Source, Store, StoreError};

/// ENOSPC: no space is left on the device.
pub const FULL: i32 = 28;
/// EIO: the device failed.
pub const FAILED: i32 = 5;
/// EACCES: permission denied.
pub const DENIED: i32 = 13;
const SIGTERM: i32 = 15;

/// What goes wrong at and after the chosen call.
#[derive(Clone, Debug)]
enum Fault {
    /// Writes fail, as this error of the system.
    Writes(i32),
    /// Reads and openings of files fail.
    Reads(i32),
    /// Nothing fails, but the run is asked to stop.
    Stop(Stop),
}

/// A store whose calls of the chosen kind fail from number `from` on.
#[derive(Clone, Debug)]
pub struct FaultyStore {
    calls: Arc<AtomicUsize>,
    from: usize,
    fault: Fault,
}

struct FaultySource {
    inner: Arc<dyn Source>,
    store: FaultyStore,
}

impl Source for FaultySource {
    fn len_bytes(&self) -> u64 {
        self.inner.len_bytes()
    }

    fn read_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<usize> {
        self.store.read()?;
        self.inner.read_at(buffer, offset_bytes)
    }
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
        self.store.write()?;
        self.inner.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl FaultyStore {
    /// A disk that is full from its n-th write on, counted from 0.
    pub fn full_from(from: usize) -> Self {
        Self::new(from, Fault::Writes(FULL))
    }

    /// A disk whose n-th write and all behind it fail with this error of the system.
    pub fn writes_fail_from(from: usize, error: i32) -> Self {
        Self::new(from, Fault::Writes(error))
    }

    /// A disk whose n-th read or opening and all behind it fail with this error of the system.
    pub fn reads_fail_from(from: usize, error: i32) -> Self {
        Self::new(from, Fault::Reads(error))
    }

    /// A disk that is well, at whose n-th write the run is asked to stop by SIGTERM.
    pub fn asks_to_stop(from: usize, stop: Stop) -> Self {
        Self::new(from, Fault::Stop(stop))
    }

    fn new(from: usize, fault: Fault) -> Self {
        Self { calls: Arc::default(), from, fault }
    }

    /// How many calls of the chosen kind there were.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn is_over(&self) -> bool {
        self.calls.fetch_add(1, Ordering::SeqCst) >= self.from
    }

    fn write(&self) -> io::Result<()> {
        match &self.fault {
            Fault::Writes(error) if self.is_over() => return Err(io::Error::from_raw_os_error(*error)),
            Fault::Stop(stop) if self.is_over() => stop.ask(SIGTERM),
            _ => {}
        }
        Ok(())
    }

    fn read(&self) -> io::Result<()> {
        match &self.fault {
            Fault::Reads(error) if self.is_over() => Err(io::Error::from_raw_os_error(*error)),
            _ => Ok(()),
        }
    }
}

impl Write for FaultySink {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.store.write()?;
        self.inner.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Sink for FaultySink {
    fn publish(self: Box<Self>) -> io::Result<Published> {
        self.store.write()?;
        self.inner.publish()
    }
}

impl Store for FaultyStore {
    fn open(&self, path: &Path) -> Result<Arc<dyn Source>, StoreError> {
        self.read().map_err(|error| StoreError::read(path, error))?;
        Ok(Arc::new(FaultySource { inner: Local.open(path)?, store: self.clone() }))
    }

    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, StoreError> {
        Ok(Box::new(FaultySink { inner: Local.create(path)?, store: self.clone() }))
    }

    fn create_new(&self, path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
        self.write().map_err(|error| StoreError::written(path, error))?;
        Local.create_new(path, bytes)
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
