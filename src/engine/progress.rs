//! How far a run is, for whoever watches it, and whether they want it to stop. Counted by all threads, read by the command
//! line; no output depends on it.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::store::stop::Stop;

/// What a run is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Carrying documents through the stages.
    Documents,
    /// Deduplicating.
    Deduplication,
    /// Writing the set.
    Publishing,
}

/// Most notes that are kept; more would fill a terminal.
const NOTES_MAX: u64 = 20;

/// Counts that only rise.
#[derive(Debug, Default)]
pub struct Progress {
    phase: AtomicU8,
    /// Whether somebody asks to stop; looked at between documents, since a batch of them can take seconds.
    pub stop: Stop,
    /// Files to read.
    pub files: AtomicU64,
    /// Files read to the end.
    pub files_done: AtomicU64,
    /// Bytes of all files to read.
    pub bytes: AtomicU64,
    /// Bytes read so far.
    pub bytes_done: Arc<AtomicU64>,
    /// Records read so far.
    pub records: AtomicU64,
    /// Documents kept so far, before deduplication.
    pub kept: AtomicU64,
    /// What deduplication is at, in words.
    pass: Mutex<String>,
    /// Pieces of work of that, and those of them that are done.
    pieces: AtomicU64,
    pieces_done: AtomicU64,
    /// What whoever watches should read, and how much of it there was.
    notes: Mutex<Vec<String>>,
    noted: AtomicU64,
}

impl Progress {
    /// Nothing done yet; `stop` is asked by whoever watches.
    pub fn until(stop: &Stop) -> Self {
        Self { stop: stop.clone(), ..Self::default() }
    }

    /// Goes on to a phase.
    pub fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Ordering::Relaxed);
    }

    /// The present phase.
    pub fn phase(&self) -> Phase {
        match self.phase.load(Ordering::Relaxed) {
            0 => Phase::Documents,
            1 => Phase::Deduplication,
            _ => Phase::Publishing,
        }
    }

    /// Begins a pass of deduplication, of so many pieces of work.
    pub fn begin_pass(&self, words: String, pieces: usize) {
        *self.pass.lock().unwrap_or_else(PoisonError::into_inner) = words;
        self.pieces_done.store(0, Ordering::Relaxed);
        self.pieces.store(pieces as u64, Ordering::Relaxed);
    }

    /// Counts a piece of the present pass as done.
    pub fn end_piece(&self) {
        Self::add(&self.pieces_done, 1);
    }

    /// What deduplication is at, and how much of that is done, in percent.
    pub fn pass(&self) -> (String, u64) {
        let words = self.pass.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (done, pieces) = (self.pieces_done.load(Ordering::Relaxed), self.pieces.load(Ordering::Relaxed));
        (words, done * 100 / pieces.max(1))
    }

    /// Notes a line for whoever watches, unless there were too many already.
    pub fn note(&self, words: impl FnOnce() -> String) {
        if self.noted.fetch_add(1, Ordering::Relaxed) < NOTES_MAX {
            self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(words());
        }
    }

    /// The notes since the last call.
    pub fn take_notes(&self) -> Vec<String> {
        std::mem::take(&mut *self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many notes there were beyond those that are kept.
    pub fn notes_left_out(&self) -> u64 {
        self.noted.load(Ordering::Relaxed).saturating_sub(NOTES_MAX)
    }

    /// Adds to a count.
    pub fn add(counter: &AtomicU64, count: u64) {
        counter.fetch_add(count, Ordering::Relaxed);
    }
}
