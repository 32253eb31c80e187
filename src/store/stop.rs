//! A way to end a run between two reads or writes: a flag, and a store that refuses from then on.
//!
//! All that a run does goes through the store, so this one place reaches every loop over batches, parts and passes. A
//! refusal is an error like that of a full disk: what is published stays, what is being written leaves no trace.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use super::{Published, Sink, Source, Store, StoreError};

/// Whether somebody asks to stop; copies ask and answer for one another.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicI32>);

impl Stop {
    /// Asks to stop, for a signal of this number; the first one counts.
    pub fn ask(&self, signal: i32) {
        // Whoever asked before stays the reason; nothing hangs on the outcome.
        let _ = self.0.compare_exchange(0, signal, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// The number of the signal, if somebody asks to stop.
    pub fn asked(&self) -> Option<i32> {
        Some(self.0.load(Ordering::Relaxed)).filter(|signal| *signal != 0)
    }

    /// An error of a kind that no writer takes for a reason to try again, unlike `Interrupted`.
    fn check(&self) -> io::Result<()> {
        if self.asked().is_some() { Err(io::Error::other("the run was asked to stop")) } else { Ok(()) }
    }
}

/// A store that refuses everything once somebody asks to stop.
///
/// It refuses removals as well: what cannot be read any more must not be taken for damaged and cleared away.
pub struct Stoppable<'a> {
    store: &'a dyn Store,
    stop: Stop,
}

struct StoppableFile<T: ?Sized> {
    stop: Stop,
    file: Box<T>,
}

struct StoppableSource {
    stop: Stop,
    source: Arc<dyn Source>,
}

impl<'a> Stoppable<'a> {
    /// The store until `stop` is asked for.
    pub fn new(store: &'a dyn Store, stop: Stop) -> Self {
        Self { store, stop }
    }

    fn check(&self, path: &Path, what: &'static str) -> Result<(), StoreError> {
        self.stop.check().map_err(|source| StoreError { path: path.to_owned(), what, source })
    }
}

impl Store for Stoppable<'_> {
    fn open(&self, path: &Path) -> Result<Arc<dyn Source>, StoreError> {
        self.check(path, "read")?;
        Ok(Arc::new(StoppableSource { stop: self.stop.clone(), source: self.store.open(path)? }))
    }

    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, StoreError> {
        self.check(path, "written")?;
        Ok(Box::new(StoppableFile { stop: self.stop.clone(), file: self.store.create(path)? }))
    }

    fn create_scratch(&self, path: &Path) -> Result<Box<dyn Write + Send>, StoreError> {
        self.check(path, "written")?;
        Ok(Box::new(StoppableFile { stop: self.stop.clone(), file: self.store.create_scratch(path)? }))
    }

    fn create_new(&self, path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
        self.check(path, "written")?;
        self.store.create_new(path, bytes)
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, StoreError> {
        self.check(folder, "listed")?;
        self.store.list(folder)
    }

    fn remove(&self, path: &Path) -> Result<(), StoreError> {
        self.check(path, "removed")?;
        self.store.remove(path)
    }

    fn give_back(&self, path: &Path) -> Result<(), StoreError> {
        self.store.give_back(path)
    }

    fn exists(&self, path: &Path) -> bool {
        self.store.exists(path)
    }
}

impl Source for StoppableSource {
    fn len_bytes(&self) -> u64 {
        self.source.len_bytes()
    }

    fn read_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<usize> {
        self.stop.check()?;
        self.source.read_at(buffer, offset_bytes)
    }
}

impl<T: Write + ?Sized> Write for StoppableFile<T> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.stop.check()?;
        self.file.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stop.check()?;
        self.file.flush()
    }
}

impl Sink for StoppableFile<dyn Sink> {
    fn publish(self: Box<Self>) -> io::Result<Published> {
        self.stop.check()?;
        self.file.publish()
    }
}
