//! Counts the memory that is asked for, so that an input which makes a parser ask for too much is a finding.
//!
//! The property tests of the main crate run the same laws without this.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::laws::Law;

/// Most bytes that one law may have at a time beyond what there was before: inputs have some kilobytes, the readers have
/// windows of some megabytes, and a tokenizer or a regular expression may take 8 MiB for its automaton.
const BYTES_MAX: usize = 256 << 20;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: all is handed on to the allocator of the system; only sizes are noted.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(layout.size());
        // SAFETY: as asked of this function.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note(layout.size());
        // SAFETY: as asked of this function.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as asked of this function.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(size);
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as asked of this function.
        unsafe { System.realloc(at, layout, size) }
    }
}

fn note(size: usize) {
    let live = LIVE.fetch_add(size, Ordering::Relaxed).saturating_add(size);
    PEAK.fetch_max(live, Ordering::Relaxed);
}

/// Asks a law, and sees to it that it takes no more memory than any input may.
pub fn hold(law: Law, bytes: &[u8]) {
    let before = LIVE.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    law(bytes);
    let taken = PEAK.load(Ordering::Relaxed).saturating_sub(before);
    assert!(taken <= BYTES_MAX, "{taken} bytes of memory for {} bytes of input", bytes.len());
}
