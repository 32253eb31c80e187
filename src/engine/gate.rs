//! Lets through what fits: those who are to take memory wait until there is enough of it.
//!
//! Who comes first goes first. One alone always goes through, however much it takes, so nobody waits for ever as long as
//! those inside come out by themselves: what is done inside must not wait for a gate.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A counted amount of bytes.
#[derive(Debug)]
pub struct Gate {
    bytes_max: u64,
    inside: Mutex<Inside>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Inside {
    bytes: u64,
    passes: u64,
    /// Numbers of the one who goes through next and of the one who comes next.
    next: u64,
    comes: u64,
}

/// The right to take so many bytes, until it is dropped.
#[derive(Debug)]
pub struct Pass<'a> {
    gate: &'a Gate,
    bytes: u64,
}

impl Gate {
    /// A gate with so many bytes behind it.
    pub fn new(bytes_max: u64) -> Self {
        Self { bytes_max, inside: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until these bytes fit, or until nobody is inside.
    pub fn enter(&self, bytes: u64) -> Pass<'_> {
        let mut inside = self.lock();
        let number = inside.comes;
        inside.comes += 1;
        while inside.next != number || !self.fits(&inside, bytes) {
            inside = self.changed.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        inside.next += 1;
        inside.bytes = inside.bytes.saturating_add(bytes);
        inside.passes += 1;
        drop(inside);
        // Whoever is next may fit as well.
        self.changed.notify_all();
        Pass { gate: self, bytes }
    }

    fn fits(&self, inside: &Inside, bytes: u64) -> bool {
        inside.passes == 0 || inside.bytes.saturating_add(bytes) <= self.bytes_max
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut inside = self.gate.lock();
        inside.passes -= 1;
        // One alone may have more than a number can add up to.
        inside.bytes = if inside.passes == 0 { 0 } else { inside.bytes.saturating_sub(self.bytes) };
        drop(inside);
        self.gate.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
    use std::thread;

    use proptest::prelude::*;

    use super::*;

    /// Sends amounts through a gate on some threads. All come through, which is what ends this function; returns whether
    /// there was ever more inside than fits, but for one alone.
    fn send(bytes_max: u64, amounts: &[u64], threads: usize) -> bool {
        let gate = Gate::new(bytes_max);
        let (next, crowded) = (AtomicU64::new(0), AtomicBool::new(false));
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some(bytes) = amounts.get(next.fetch_add(1, Ordering::Relaxed) as usize) {
                        let pass = gate.enter(*bytes);
                        let inside = gate.lock();
                        crowded.fetch_or(inside.passes > 1 && inside.bytes > bytes_max, Ordering::Relaxed);
                        drop(inside);
                        thread::yield_now();
                        drop(pass);
                    }
                });
            }
        });
        let inside = gate.lock();
        assert_eq!((inside.bytes, inside.passes, inside.next), (0, 0, amounts.len() as u64));
        crowded.into_inner()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// All come through, whatever they take, and never is more inside than fits but for one alone.
        #[test]
        fn all_come_through_and_no_more_at_once_than_fit(
            bytes_max in 0..100_u64, amounts in prop::collection::vec(0..150_u64, 0..200), threads in 1..9_usize,
        ) {
            prop_assert!(!send(bytes_max, &amounts, threads));
        }
    }

    #[test]
    fn amounts_beyond_all_numbers_go_one_by_one() {
        assert!(!send(10, &[u64::MAX, u64::MAX, 1, u64::MAX, 9, 9], 4));
    }

    #[test]
    fn one_who_does_not_fit_waits_for_the_one_inside() {
        let gate = Gate::new(10);
        let first = gate.enter(7);
        thread::scope(|scope| {
            let second = scope.spawn(|| drop(gate.enter(4)));
            while gate.lock().comes < 2 {
                thread::yield_now();
            }
            assert_eq!(gate.lock().passes, 1, "seven and four are more than ten");
            drop(first);
            second.join().expect("the second comes through");
        });
    }
}
