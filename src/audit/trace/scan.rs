//! Reading the texts of a set: all of them, or those of the blocks that an index names.

use std::time::Instant;

use arrow::array::{AsArray, RecordBatch};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::found::{Found, Kind, Match};
use super::index::{self, BLOCK_ROWS, Block, Index, IndexFile, folder};
use super::searcher::{Scratch, Searcher};
use super::shingles::chosen;
use super::words::Words;
use super::{Texts, TraceError};
use crate::shard::lookup::{Lookup, Stretch};
use crate::store::StoreError;

/// Columns that are read.
const COLUMNS: [&str; 3] = ["text", "id", "url"];
/// Rows that one thread reads in one go: whole blocks of the index, and some 10 MB of text.
const STRETCH_ROWS: u64 = 64 * BLOCK_ROWS as u64;
/// Blocks of the index that are read in one go.
const BLOCKS_AT_ONCE: usize = 16;

impl Texts<'_> {
    /// Looks into every text of the set.
    pub(super) fn scan(&self, searcher: &Searcher) -> Result<Vec<Found>, TraceError> {
        let mut first = self.nothing(searcher);
        let begun = Instant::now();
        let mut first_bytes = 0;
        if let Some(shard) = self.record.shards.first() {
            let lookup = self.open_to_read(shard)?;
            if let Some(stretch) = lookup.stretches(STRETCH_ROWS).first() {
                (first, first_bytes) = self.scan_stretch(searcher, 0, &lookup, stretch)?;
            }
        }
        let all_bytes = self.record.statistics.total.text_bytes;
        let left = all_bytes.saturating_sub(first_bytes);
        let threads = rayon::current_num_threads() as f64;
        let seconds = begun.elapsed().as_secs_f64() * left as f64 / first_bytes.max(1) as f64 / threads;
        self.watch.begins(all_bytes, seconds);
        self.watch.read(first_bytes);
        let shards = self.record.shards.par_iter().enumerate().map(|(number, shard)| -> Result<_, TraceError> {
            let lookup = self.open_to_read(shard)?;
            let stretches = lookup.stretches(STRETCH_ROWS);
            let stretches =
                stretches.par_iter().skip(usize::from(number == 0)).map(|stretch| -> Result<_, TraceError> {
                    let (found, bytes) = self.scan_stretch(searcher, number, &lookup, stretch)?;
                    self.watch.read(bytes);
                    Ok(found)
                });
            stretches.try_reduce(|| self.nothing(searcher), |a, b| Ok(self.merged(a, b)))
        });
        let rest: Vec<Found> = shards.try_reduce(|| self.nothing(searcher), |a, b| Ok(self.merged(a, b)))?;
        Ok(self.merged(first, rest))
    }

    /// Looks into the texts of those blocks that may hold one of the passages.
    pub(super) fn by_index(&self, searcher: &Searcher, index: &Index) -> Result<Vec<Found>, TraceError> {
        let read: Result<Vec<_>, TraceError> = index.files.par_iter().map(|file| self.wanted(searcher, file)).collect();
        let read = read?;
        let blocks = read.iter().map(|(blocks, _)| blocks).sum();
        self.watch.by_index(blocks, read.iter().map(|(_, wanted)| wanted.len() as u64).sum());
        let shards = read.par_iter().enumerate().map(|(number, (_, wanted))| -> Result<_, TraceError> {
            let pieces = wanted.par_chunks(BLOCKS_AT_ONCE).map(|blocks| -> Result<_, TraceError> {
                let lookup = self.open(&self.record.shards[number])?;
                let rows: Vec<u64> = blocks.iter().flat_map(|(first, rows)| *first..first + rows).collect();
                let (mut found, mut scratch) = (self.nothing(searcher), Scratch::default());
                let look = |row, batch: &RecordBatch, at| {
                    self.look(searcher, number, row, &texts(batch, at), &mut scratch, &mut found);
                };
                lookup.read(&rows, Some(&COLUMNS), look)?;
                Ok(found)
            });
            pieces.try_reduce(|| self.nothing(searcher), |a, b| Ok(self.merged(a, b)))
        });
        shards.try_reduce(|| self.nothing(searcher), |a, b| Ok(self.merged(a, b)))
    }

    /// How many blocks a shard has, and of those that may hold one of the passages the first row and the number of rows.
    fn wanted(&self, searcher: &Searcher, file: &IndexFile) -> Result<(u64, Vec<(u64, u64)>), TraceError> {
        let blocks = file.blocks(self.store, self.root)?;
        let may_hold = |block: &&Block| searcher.passages.iter().any(|passage| block.may_hold(passage));
        let wanted = blocks.iter().filter(may_hold).map(|block| (block.first, block.rows));
        Ok((blocks.len() as u64, wanted.collect()))
    }

    /// Builds the index of the set and publishes it.
    pub fn build_index(&self) -> Result<Index, TraceError> {
        let mut files = Vec::with_capacity(self.record.shards.len());
        self.watch.begins(self.record.statistics.total.text_bytes, 0.0);
        for (number, shard) in self.record.shards.iter().enumerate() {
            let lookup = self.open_to_read(shard)?;
            let stretches = lookup.stretches(STRETCH_ROWS);
            let stretches: Result<Vec<(u64, Vec<u8>)>, TraceError> =
                stretches.par_iter().map(|stretch| self.blocks_of(&lookup, stretch)).collect();
            let stretches = stretches?;
            let name = index::name(number);
            let path = folder(self.root).join(&name);
            let mut sink = self.store.create(&path)?;
            for (_, bytes) in &stretches {
                sink.write_all(bytes).map_err(|error| StoreError::written(&path, error))?;
            }
            let published = sink.publish().map_err(|error| StoreError::written(&path, error))?;
            let blocks = stretches.iter().map(|(blocks, _)| blocks).sum();
            files.push(IndexFile { shard: shard.path.clone(), name, bytes: published.bytes, blocks });
        }
        let index = Index::new(self.store, self.root, files)?;
        index.publish(self.store, self.root)?;
        Ok(index)
    }

    /// How many blocks a stretch of rows has, and how they stand in a file.
    fn blocks_of(&self, lookup: &Lookup, stretch: &Stretch) -> Result<(u64, Vec<u8>), TraceError> {
        let (mut out, mut blocks, mut words) = (Vec::new(), 0, Words::default());
        lookup.read_stretch(stretch, &["text"], BLOCK_ROWS, |first, batch| {
            let mut runs = Vec::new();
            let mut bytes = 0;
            for text in batch.column(0).as_string::<i32>().iter().flatten() {
                words.read(text);
                chosen(&words.hashes, |run| runs.push(run));
                bytes += text.len() as u64;
            }
            Block::of(first, batch.num_rows() as u64, runs).write(&mut out);
            blocks += 1;
            self.watch.read(bytes);
        })?;
        Ok((blocks, out))
    }

    /// What a stretch of rows holds, and the bytes of its texts.
    fn scan_stretch(
        &self,
        searcher: &Searcher,
        shard: usize,
        lookup: &Lookup,
        stretch: &Stretch,
    ) -> Result<(Vec<Found>, u64), TraceError> {
        let (mut found, mut scratch, mut bytes) = (self.nothing(searcher), Scratch::default(), 0);
        lookup.read_stretch(stretch, &COLUMNS, BLOCK_ROWS, |first, batch| {
            for row in 0..batch.num_rows() {
                let texts = texts(batch, row);
                bytes += texts[0].len() as u64;
                self.look(searcher, shard, first + row as u64, &texts, &mut scratch, &mut found);
            }
        })?;
        Ok((found, bytes))
    }

    fn look(
        &self,
        searcher: &Searcher,
        shard: usize,
        row: u64,
        [text, id, url]: &[&str; 3],
        scratch: &mut Scratch,
        found: &mut [Found],
    ) {
        for hit in searcher.look(text, scratch) {
            found[hit.passage].add(Match::of(&hit, shard, row, id, url, text), self.matches_max);
        }
    }

    /// Adds the documents that are as a whole like a passage, with their similarity, unless they are among its matches.
    pub(super) fn add_alike(&self, found: &mut Found, alike: &[(String, f64)]) -> Result<(), TraceError> {
        for (id, similarity) in alike {
            for (shard, file) in self.record.shards.iter().enumerate() {
                let lookup = self.open(file)?;
                let rows = lookup.rows(&["id"], &[id])?;
                lookup.read(&rows, Some(&COLUMNS), |row, batch, at| {
                    let [text, id, url] = texts(batch, at);
                    if found.matches.iter().any(|found| (found.shard, found.row) == (shard, row)) {
                        return;
                    }
                    let hit = super::searcher::Hit {
                        passage: 0,
                        is_exact: false,
                        share: *similarity,
                        times: 0,
                        place: 0..text.len(),
                    };
                    let alike = Match { kind: Kind::Alike, ..Match::of(&hit, shard, row, id, url, text) };
                    found.add(alike, self.matches_max);
                })?;
            }
        }
        Ok(())
    }

    fn nothing(&self, searcher: &Searcher) -> Vec<Found> {
        vec![Found::default(); searcher.passages.len()]
    }

    fn merged(&self, mut a: Vec<Found>, b: Vec<Found>) -> Vec<Found> {
        a.iter_mut().zip(b).for_each(|(a, b)| a.merge(b, self.matches_max));
        a
    }
}

/// Text, id and URL of a row.
fn texts(batch: &RecordBatch, row: usize) -> [&str; 3] {
    COLUMNS.map(|name| {
        let column = batch.column_by_name(name).expect("the column was asked for");
        column.as_string::<i32>().value(row)
    })
}
