//! How the memory that a run may take is shared out: plain arithmetic on what was measured.
//!
//! A run has three phases, one behind the other, and each has what the program holds anyway and what its workers keep
//! taken off: inputs are read, documents are deduplicated, the set is published. What is too little for all threads is
//! shared by fewer. No share reaches a published byte: shards, row groups and limits of records belong to the plan.
//!
//! The figures were measured on Linux, before there was a budget: WARC files of 1 GB and of pages of 30 MiB, 1 to 8
//! threads, resident bytes at their peak, which `run.json` states. They hold what the allocator keeps of freed memory, a
//! fifth.

use std::num::NonZeroUsize;

use crate::warc::limits::Limits;

const MIB: u64 = 1 << 20;

/// What is in nobody's share, as a part of the budget: 1/16.
const SLACK_PART: u64 = 16;
/// Tables of the program that come into memory when they are first used, and what the main thread holds.
const PROGRAM_BYTES: u64 = 36 * MIB;
/// What a worker holds for ordinary pages, up to [`LARGE_BYTES_MIN`], and keeps for the next: the most that one more took
/// on a WARC file of 1 GB.
const WORKER_BYTES: u64 = 48 * MIB;
/// Three Parquet writers and what is gathered for them, of an input that is being read.
const INPUT_BYTES: u64 = 24 * MIB;
/// An input has two batches of records and what became of two: so many times the bytes of a batch.
const BATCHES: u64 = 5;
/// What one large record more takes in an input: in two batches and as text on its way to the part.
const RECORD_TIMES: u64 = 3;
/// A row group of a shard that is written, with the pages of its columns, and the rows that are read for it.
const SHARD_BYTES: u64 = 80 * MIB;
/// Bytes of a batch: fewer cost time, more leave the processor's caches.
const BATCH_BYTES: std::ops::RangeInclusive<u64> = MIB..=8 * MIB;
/// What the program may hold more the next time that it starts.
const HELD_SPARE_BYTES: u64 = 4 * MIB;
/// Parts of what deduplication may take that it is told of; the others are buffers of files.
const DEDUPLICATION_PARTS: (u64, u64) = (3, 4);

/// Records from this size on are large: they wait for their share before a worker takes them.
pub const LARGE_BYTES_MIN: u64 = 2 * MIB;
/// What a worker takes for a large page, as a multiple of the page: a page of 30 MiB of prose took that.
const PAGE_TIMES: u64 = 12;

/// What a run may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Bytes that are never to be exceeded.
    pub bytes_max: u64,
    /// Bytes that the program holds already, with the plan's models and lists.
    pub held_bytes: u64,
}

/// What would be used if there were memory without end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Worker threads.
    pub threads: NonZeroUsize,
    /// Inputs.
    pub inputs: usize,
}

/// What each part of a run may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// Worker threads.
    pub workers: usize,
    /// Inputs that are read at once.
    pub inputs: usize,
    /// Bytes of records that are taken together.
    pub batch_bytes: usize,
    /// Bytes for large pages, of all workers together.
    pub pages_bytes: u64,
    /// Shards that are written at once.
    pub shards: usize,
    /// Bytes for the tables and the sorting of deduplication.
    pub deduplication_bytes: u64,
}

/// The budget is too small for one worker, one input and one shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the run needs {needed_mb} MB of memory and may take {given_mb}: {held_mb} MB are the program with the models and \
     lists of the preset, the rest is for one thread and one file\nhint: give at least --memory {needed_mb}MB"
)]
pub struct TooLittle {
    /// Least that suffices, in millions of bytes.
    pub needed_mb: u64,
    /// What there is.
    pub given_mb: u64,
    /// What is held before the run begins.
    pub held_mb: u64,
}

impl Budget {
    /// Shares the budget out.
    pub fn divide(self, wanted: Wanted) -> Result<Shares, TooLittle> {
        let Self { bytes_max, held_bytes } = self;
        let always = held_bytes.saturating_add(PROGRAM_BYTES);
        let least = always.saturating_add(WORKER_BYTES + input_bytes(*BATCH_BYTES.start()).max(SHARD_BYTES));
        let usable = bytes_max - bytes_max / SLACK_PART;
        let Some(mut left) = usable.checked_sub(least) else { return Err(self.too_little(least)) };
        let mut take = |most: u64, each: u64| {
            let count = most.min(left / each);
            left -= count * each;
            count
        };
        let threads = wanted.threads.get() as u64;
        let workers = 1 + take(threads - 1, WORKER_BYTES);
        let batch_bytes = BATCH_BYTES.start() + take(BATCH_BYTES.end() - BATCH_BYTES.start(), BATCHES);
        // Room for one page of the largest size comes before a second input: it may be in the first.
        let largest = Limits::default().record_bytes_max;
        let page = take(largest * (PAGE_TIMES + RECORD_TIMES), 1) / (PAGE_TIMES + RECORD_TIMES) * PAGE_TIMES;
        // One file keeps several cores busy: its records are inflated by one and carried by all.
        let more_inputs = workers.div_ceil(2).min(wanted.inputs as u64).saturating_sub(1);
        let inputs = 1 + take(more_inputs, input_bytes(batch_bytes) + RECORD_TIMES * largest);
        let pages_bytes = page + take((workers - 1) * largest * PAGE_TIMES, 1);
        let between = usable - always - workers * WORKER_BYTES;
        let (parts, of) = DEDUPLICATION_PARTS;
        Ok(Shares {
            workers: workers as usize,
            inputs: inputs as usize,
            batch_bytes: batch_bytes as usize,
            pages_bytes,
            shards: (between / SHARD_BYTES).clamp(1, workers) as usize,
            deduplication_bytes: between / of * parts,
        })
    }

    fn too_little(self, least: u64) -> TooLittle {
        // What the program holds is never quite the same: the budget that is named here has to suffice the next time.
        let least = least.saturating_add(self.held_bytes / SLACK_PART + HELD_SPARE_BYTES);
        let needed_mb = least.saturating_add(least / (SLACK_PART - 1)).div_ceil(10_000_000) * 10;
        TooLittle { needed_mb, given_mb: self.bytes_max / 1_000_000, held_mb: self.held_bytes.div_ceil(1_000_000) }
    }
}

/// What a page takes of the share of large pages; none of one that is not large.
pub fn page_bytes(record_bytes: usize) -> Option<u64> {
    let bytes = record_bytes as u64;
    (bytes >= LARGE_BYTES_MIN).then(|| bytes.saturating_mul(PAGE_TIMES))
}

/// How much larger the budget has to be so that deduplication has so much more, in millions of bytes.
pub fn raise_mb(deduplication_bytes: u64) -> u64 {
    let (parts, of) = DEDUPLICATION_PARTS;
    let more = deduplication_bytes.div_ceil(parts).saturating_mul(of);
    more.saturating_add(more / (SLACK_PART - 1)).div_ceil(10_000_000) * 10
}

fn input_bytes(batch_bytes: u64) -> u64 {
    INPUT_BYTES + BATCHES * batch_bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wanted(threads: usize, inputs: usize) -> Wanted {
        Wanted { threads: NonZeroUsize::new(threads).expect("threads are some"), inputs }
    }

    fn divide(mb: u64, threads: usize, inputs: usize) -> Result<Shares, TooLittle> {
        Budget { bytes_max: mb * 1_000_000, held_bytes: 30_000_000 }.divide(wanted(threads, inputs))
    }

    /// What is taken in each phase at most.
    fn taken(budget: Budget, shares: Shares) -> [u64; 3] {
        let Shares { workers, inputs, batch_bytes, pages_bytes, shards, deduplication_bytes } = shares;
        let always = budget.held_bytes + PROGRAM_BYTES + workers as u64 * WORKER_BYTES;
        [
            inputs as u64 * input_bytes(batch_bytes as u64) + pages_bytes,
            deduplication_bytes,
            shards as u64 * SHARD_BYTES,
        ]
        .map(|phase| always + phase)
    }

    #[test]
    fn little_memory_has_fewer_workers_and_smaller_batches() {
        let words = |mb, threads, inputs| {
            let shares = divide(mb, threads, inputs).expect("a budget that suffices");
            (shares.workers, shares.inputs, shares.batch_bytes >> 20, shares.shards)
        };
        assert_eq!(words(300, 2, 1), (2, 1, 6, 1));
        assert_eq!(words(300, 8, 8), (2, 1, 6, 1));
        assert_eq!(words(1_000, 8, 8), (8, 1, 8, 5));
        assert_eq!(words(4_000, 8, 8), (8, 4, 8, 8));
        assert_eq!(words(4_000, 8, 2), (8, 2, 8, 8));
        assert_eq!(words(4_000, 1, 9), (1, 1, 8, 1));
    }

    #[test]
    fn what_is_too_little_is_refused_with_what_suffices() {
        let refused = divide(150, 2, 1).expect_err("too little");
        assert_eq!(
            refused.to_string(),
            "the run needs 230 MB of memory and may take 150: 30 MB are the program with the models and lists of the \
             preset, the rest is for one thread and one file\nhint: give at least --memory 230MB"
        );
        assert!(divide(refused.needed_mb, 2, 1).is_ok());
        assert_eq!(divide(0, 1, 1).map_err(|refused| refused.needed_mb), Err(230));
    }

    #[test]
    fn records_are_large_from_two_mebibytes_on() {
        assert_eq!(page_bytes((2 << 20) - 1), None);
        assert_eq!(page_bytes(2 << 20), Some(24 << 20));
    }

    #[test]
    fn a_raised_budget_gives_deduplication_what_it_lacked() {
        let has = |mb| divide(mb, 1, 1).expect("a budget that suffices").deduplication_bytes;
        for lacking in [1, 10 << 20, 5 << 30] {
            assert!(has(400 + raise_mb(lacking)) >= has(400) + lacking, "{lacking}");
        }
    }

    proptest! {
        /// Whatever the budget, no phase is given more than it, and what is refused would not have sufficed.
        #[test]
        fn no_phase_is_given_more_than_the_budget(
            bytes_max in 0..40_000_000_000_u64, held_bytes in 0..10_000_000_000_u64,
            threads in 1..200_usize, inputs in 1..500_usize,
        ) {
            let budget = Budget { bytes_max, held_bytes };
            match budget.divide(wanted(threads, inputs)) {
                Ok(shares) => {
                    prop_assert!(taken(budget, shares).iter().all(|taken| *taken <= bytes_max), "{shares:?}");
                    prop_assert!((1..=threads).contains(&shares.workers) && (1..=inputs).contains(&shares.inputs));
                    prop_assert!((1..=shares.workers).contains(&shares.shards));
                    prop_assert!(BATCH_BYTES.contains(&(shares.batch_bytes as u64)));
                }
                Err(refused) => {
                    prop_assert!(refused.needed_mb * 1_000_000 > bytes_max);
                    let enough = Budget { bytes_max: refused.needed_mb * 1_000_000, held_bytes };
                    prop_assert!(enough.divide(wanted(threads, inputs)).is_ok());
                }
            }
        }

        /// More memory never makes anything smaller than it was.
        #[test]
        fn more_memory_is_never_less_of_anything(
            mb in 230..9_000_u64, more in 0..2_000_u64, threads in 1..40_usize, inputs in 1..40_usize,
        ) {
            let (few, many) = (divide(mb, threads, inputs), divide(mb + more, threads, inputs));
            let (few, many) = (few.expect("it suffices"), many.expect("it suffices"));
            prop_assert!(few.workers <= many.workers);
        }

        /// Budgets beyond what numbers can hold are as good as endless.
        #[test]
        fn no_figure_overflows(bytes_max in any::<u64>(), held_bytes in any::<u64>()) {
            let _ = Budget { bytes_max, held_bytes }.divide(wanted(usize::from(u16::MAX), 1_000_000));
        }
    }
}
