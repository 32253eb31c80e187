//! `dedup.lines`: which lines stand in more documents than may hold them, and from which documents they go.
//!
//! The hash of every line goes with its document to a partition by the hash's first bits. In the order of a partition the
//! documents of a line come one behind the other; until there are more than may be, their numbers are held in memory,
//! [`Config::documents_max`](crate::dedup::lines::Config::documents_max) at most. From then on each of them goes with the
//! hash to a partition by document, for [`super::cut`].
//!
//! Documents that earlier stages removed do not count: equal pages make no line frequent.

use std::io::Write;
use std::path::PathBuf;

use super::by_document::{ByDocument, Gathering};
use super::keys::Keys;
use super::run::Run;
use crate::dedup::lines::{HASH_BYTES, Lines};
use crate::engine::EngineError;
use crate::engine::shuffle::pieces::{Records, number_at};
use crate::engine::shuffle::{PARTITIONS_MAX, Shuffle, Writer, partition_of, partitions_for};
use crate::store::{Store, StoreError};

/// The hash of a line and the number of a document that holds it; the other way round, that of a document and a line to
/// be cut from it.
const POSTING_BYTES: usize = HASH_BYTES + size_of::<u32>();
/// The hash of a line that is cut, how many documents it stands in, and the number of the first of them.
const FREQUENT_BYTES: usize = HASH_BYTES + 2 * size_of::<u32>();
/// Partitions of lines that are cut.
const FREQUENT_PARTITIONS: usize = PARTITIONS_MAX / 4;

/// A line that stands in more documents than may hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrequentLine {
    /// Its hash.
    pub hash: u64,
    /// How many documents it stands in.
    pub documents: u32,
    /// The number of the first of them.
    pub first: u32,
}

/// All lines that are cut, ordered by their hashes, on disk.
#[derive(Clone, Debug, Default)]
pub struct FrequentLines {
    path: PathBuf,
    count: u64,
}

impl FrequentLines {
    /// How many there are.
    pub fn len(&self) -> u64 {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Calls `each` with every line, in the order of the hashes.
    pub fn for_each(
        &self,
        store: &dyn Store,
        mut each: impl FnMut(FrequentLine) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        if self.is_empty() {
            return Ok(());
        }
        Records::open(store, &self.path, FREQUENT_BYTES)?.for_each(0, self.count, |record| {
            let (documents, first) = (number_at(record, HASH_BYTES), number_at(record, HASH_BYTES + size_of::<u32>()));
            each(FrequentLine { hash: hash_at(record, 0), documents, first })
        })
    }
}

/// Finds the lines that are cut, and for each document the hashes of its lines among them.
pub fn find(
    run: &Run<'_>,
    keys: &Keys,
    lines: &Lines,
    bases: &[u32],
) -> Result<(FrequentLines, ByDocument), EngineError> {
    let partitions = partitions_for(keys.sets_bytes()? / HASH_BYTES as u64, POSTING_BYTES, run.sort_bytes());
    let scratch = run.folder.scratch();
    let shuffle = Shuffle::new(run.store, &scratch, "lines", POSTING_BYTES, partitions);
    run.each_set(
        String::from("dedup.lines: writing lines"),
        keys,
        || shuffle.writer(),
        |writer, document, set| {
            if !run.state.alive.has(document) {
                return Ok(());
            }
            set.chunks_exact(HASH_BYTES).try_for_each(|hash| {
                let partition = partition_of(hash_at(hash, 0), partitions);
                Ok(writer.push(partition, [hash, &document.to_be_bytes()])?)
            })
        },
    )?;
    let frequent = Shuffle::new(run.store, &scratch, "frequent", FREQUENT_BYTES, FREQUENT_PARTITIONS);
    let cuts = Gathering::new(run.store, run.folder, "cuts", POSTING_BYTES, run.documents);
    run.each_partition(String::from("dedup.lines: counting lines"), shuffle.finish()?, |partition| {
        let mut counting = Counting::new(lines.config().documents_max, &cuts, &frequent);
        partition.for_each_sorted(run.store, run.sort_bytes(), |posting| counting.push(posting))?;
        counting.finish()?;
        Ok(0)
    })?;
    let by_document = cuts.finish(run.store, bases, run.sort_bytes)?;
    Ok((in_order(run, frequent)?, by_document))
}

/// Puts the lines that are cut into one file, ordered by their hashes.
fn in_order(run: &Run<'_>, frequent: Shuffle<'_>) -> Result<FrequentLines, EngineError> {
    let path = run.folder.scratch().join("frequent");
    let mut sink = run.store.create_scratch(&path)?;
    let mut count = 0;
    for partition in frequent.finish()? {
        count += partition.records();
        partition.for_each_sorted(run.store, run.sort_bytes, |record| {
            Ok(sink.write_all(record).map_err(|error| StoreError::written(&path, error))?)
        })?;
    }
    sink.flush().map_err(|error| StoreError::written(&path, error))?;
    Ok(FrequentLines { path, count })
}

/// Counts the documents of line after line of one partition.
struct Counting<'c, 'a> {
    documents_max: u32,
    hash: u64,
    /// How many documents hold the line, as far as they have come.
    count: u32,
    first: u32,
    /// The documents so far, as long as they are not too many.
    held: Vec<u32>,
    cuts: &'c Gathering<'a>,
    cut_writer: Writer<'c, 'a>,
    frequent_writer: Writer<'c, 'a>,
}

impl<'c, 'a> Counting<'c, 'a> {
    fn new(documents_max: u32, cuts: &'c Gathering<'a>, frequent: &'c Shuffle<'a>) -> Self {
        let (cut_writer, frequent_writer) = (cuts.writer(), frequent.writer());
        Self { documents_max, hash: 0, count: 0, first: 0, held: Vec::new(), cuts, cut_writer, frequent_writer }
    }

    fn push(&mut self, posting: &[u8]) -> Result<(), EngineError> {
        let (hash, document) = (hash_at(posting, 0), number_at(posting, HASH_BYTES));
        if hash != self.hash || self.count == 0 {
            self.end_line()?;
            (self.hash, self.first) = (hash, document);
        }
        self.count += 1;
        self.held.push(document);
        if self.count > self.documents_max {
            for document in self.held.drain(..) {
                self.cuts.push(&mut self.cut_writer, document, &hash.to_be_bytes())?;
            }
        }
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), EngineError> {
        if self.count > self.documents_max {
            let partition = partition_of(self.hash, FREQUENT_PARTITIONS);
            let record = [&self.hash.to_be_bytes()[..], &self.count.to_be_bytes(), &self.first.to_be_bytes()];
            self.frequent_writer.push(partition, record)?;
        }
        self.count = 0;
        self.held.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<(), EngineError> {
        self.end_line()?;
        self.cut_writer.flush()?;
        Ok(self.frequent_writer.flush()?)
    }
}

/// The hash that stands at this place of a record.
pub fn hash_at(record: &[u8], at: usize) -> u64 {
    u64::from_be_bytes(record[at..at + HASH_BYTES].try_into().expect("eight bytes"))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;
    use crate::dedup::Deduplicator;
    use crate::dedup::lines::Config;
    use crate::dedup::tiers::Tiers;
    use crate::engine::deduplicate::removals;
    use crate::engine::deduplicate::run::State;
    use crate::engine::folder::Folder;
    use crate::engine::part::{keys_name, sets_name};
    use crate::engine::progress::Progress;
    use crate::store::local::Local;

    /// Hash, documents and first document of every line that is cut; document and hash of every cut.
    type Found = (Vec<(u64, u32, u32)>, Vec<(u32, u64)>);

    /// How the engine counts: memory in bytes and threads.
    #[derive(Clone, Copy)]
    struct Ways {
        memory_bytes: u64,
        threads: usize,
    }

    /// What the engine finds in the sets of documents, in two parts; `removed` went before.
    fn found(sets: &[BTreeSet<u64>], removed: &BTreeSet<u32>, documents_max: u32, ways: Ways) -> Found {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(temporary.path());
        let documents = sets.len() as u32;
        let bases = [0, documents / 3, documents];
        for part in 0..2 {
            let (mut keys, mut bytes) = (Vec::new(), Vec::new());
            for set in &sets[bases[part] as usize..bases[part + 1] as usize] {
                keys.extend((bytes.len() as u64).to_le_bytes());
                bytes.extend(set.iter().flat_map(|hash| hash.to_be_bytes()));
                keys.extend(((set.len() * HASH_BYTES) as u32).to_le_bytes());
            }
            std::fs::create_dir_all(folder.part(part)).expect("the disk takes it");
            std::fs::write(folder.part(part).join(keys_name(0)), keys).expect("the disk takes it");
            std::fs::write(folder.part(part).join(sets_name(0)), bytes).expect("the disk takes it");
        }
        let lines = Config { documents_max, chars_min: 1 }.build().expect("bounds that work");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(ways.threads).build().expect("threads start");
        let state = State::new(vec![Tiers::default(); sets.len()]);
        removed.iter().filter(|document| **document < documents).for_each(|document| state.alive.clear(*document));
        let gathering = removals::gathering(&Local, &folder, documents);
        let sort_bytes = ways.memory_bytes;
        let progress = Progress::default();
        let run = Run {
            store: &Local,
            folder: &folder,
            pool: &pool,
            progress: &progress,
            documents,
            sort_bytes,
            state,
            gathering,
        };
        let stage = Deduplicator::Lines(lines.clone());
        let keys = Keys::open(&Local, &folder, &bases, (0, &stage), None).expect("they were written");
        let (frequent, cuts) = find(&run, &keys, &lines, &bases).expect("the disk takes it");
        let mut found = Found::default();
        let each = |line: FrequentLine| {
            found.0.push((line.hash, line.documents, line.first));
            Ok(())
        };
        frequent.for_each(&Local, each).expect("they were written");
        for part in 0..2 {
            let Some(mut walk) = cuts.of_part(&Local, part).expect("they were written") else { continue };
            while let Some(record) = walk.advance().expect("they were written") {
                let cut = (number_at(record, 0), hash_at(record, size_of::<u32>()));
                assert!((bases[part]..bases[part + 1]).contains(&cut.0), "{cut:?} in part {part}");
                found.1.push(cut);
            }
        }
        found
    }

    fn naive(sets: &[BTreeSet<u64>], removed: &BTreeSet<u32>, documents_max: u32) -> Found {
        let mut holders: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for (document, set) in (0..).zip(sets).filter(|(document, _)| !removed.contains(document)) {
            set.iter().for_each(|hash| holders.entry(*hash).or_default().push(document));
        }
        holders.retain(|_, documents| documents.len() > documents_max as usize);
        let mut cuts: Vec<_> =
            holders.iter().flat_map(|(hash, holders)| holders.iter().map(|document| (*document, *hash))).collect();
        cuts.sort_unstable();
        let lines = holders.iter().map(|(hash, holders)| (*hash, holders.len() as u32, holders[0]));
        (lines.collect(), cuts)
    }

    /// A few hashes, spread over all of 64 bits, zero and the largest among them.
    fn hash(number: u8) -> u64 {
        match number {
            0 => 0,
            1 => u64::MAX,
            _ => u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn the_engine_counts_as_one_would_in_memory(
            sets in prop::collection::vec(prop::collection::btree_set((0..40_u8).prop_map(hash), 0..20), 1..120),
            removed in prop::collection::btree_set(0..120_u32, 0..30),
            documents_max in 1..20_u32, memory_bytes in prop::sample::select(vec![1, 3_000, 1 << 20]), threads in 1..4_usize,
        ) {
            let expected = naive(&sets, &removed, documents_max);
            prop_assert_eq!(found(&sets, &removed, documents_max, Ways { memory_bytes, threads }), expected);
        }
    }

    /// More postings than one thread's buffers hold, so that they come to a partition in pieces and are merged.
    #[test]
    fn a_line_of_all_documents_is_counted_in_pieces() {
        let sets: Vec<BTreeSet<u64>> = (0..70_000_u64).map(|own| BTreeSet::from([7, hash(9), own << 40 | 8])).collect();
        let removed = BTreeSet::from([0, 69_999]);
        for ways in [Ways { memory_bytes: 1 << 30, threads: 1 }, Ways { memory_bytes: 50_000, threads: 3 }] {
            let (lines, cuts) = found(&sets, &removed, 6, ways);
            assert_eq!(lines, [(7, 69_998, 1), (hash(9), 69_998, 1)]);
            assert_eq!(cuts.len(), 2 * 69_998);
            assert!(cuts.is_sorted());
        }
    }
}
