//! Cuts lines out of the documents of the parts, and lets the stages behind judge what is left.
//!
//! A part with documents that lose lines is written anew, beside the one that was made from the input, which stays as it
//! is: a run that was killed begins deduplication anew from it. Of a document that loses lines the text, its digest, what
//! annotators count in it and what `sizes.bin` says change, and the stages behind deduplication are asked again; of others their first word stands.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::by_document::ByDocument;
use super::lines::hash_at;
use super::run::Run;
use crate::dedup::lines::{Lines, NOTHING_LEFT};
use crate::document::Document;
use crate::document::reason::Dropped;
use crate::engine::EngineError;
use crate::engine::carry::{count_again, judge_again, text_digest};
use crate::engine::checkpoint::{read_whole, write_whole};
use crate::engine::part::{KEPT_NAME, SIZES_NAME, form, size_of_row};
use crate::engine::shuffle::pieces::{Walk, number_at};
use crate::ledger::run_record::Cuts;
use crate::plan::compile::Plan;
use crate::shard::documents::PartRow;
use crate::shard::reader::ShardReader;
use crate::shard::writer::ShardWriter;
use crate::shard::{rows, schema};
use crate::store::StoreError;

/// What is cut by which stage of which plan.
pub struct Cutter<'a> {
    /// The deduplication under way.
    pub run: &'a Run<'a>,
    /// The plan.
    pub plan: &'a Plan,
    /// The stage's place in the funnel.
    pub index: usize,
    /// The stage.
    pub lines: &'a Lines,
    /// The lines that each document loses.
    pub cuts: &'a ByDocument,
    /// Numbers of the first document of each part, and of all documents at the end.
    pub bases: &'a [u32],
}

impl Cutter<'_> {
    /// Cuts the lines out of all parts, on all threads; returns how often how much went of how many documents, and how
    /// many of these have nothing left.
    pub fn cut_all(&self) -> Result<(Cuts, u64), EngineError> {
        self.run.pool.install(|| {
            let parts = (0..self.bases.len() - 1).into_par_iter().filter(|part| self.cuts.has_part(*part));
            let none = || (Cuts::default(), 0);
            parts.map(|part| self.cut_part(part)).try_reduce(none, |(a, dropped_a), (b, dropped_b)| {
                let text_bytes = a.text_bytes + b.text_bytes;
                let (times, documents) = (a.times + b.times, a.documents + b.documents);
                Ok((Cuts { times, documents, text_bytes, ..Cuts::default() }, dropped_a + dropped_b))
            })
        })
    }

    fn cut_part(&self, part: usize) -> Result<(Cuts, u64), EngineError> {
        let Run { store, folder, .. } = *self.run;
        let (mut counts, mut dropped) = (Cuts::default(), 0);
        let Some(walk) = self.cuts.of_part(store, part)? else { return Ok((counts, dropped)) };
        let mut lost = Lost::new(walk)?;
        let mut sizes = read_whole(store, &folder.part(part).join(SIZES_NAME))?;
        let path = folder.cut_part(part).join(KEPT_NAME);
        let mut writer = ShardWriter::create(store, &path, &schema::PART, form(self.plan))?;
        let (base, mut first) = (self.bases[part], self.bases[part]);
        for batch in ShardReader::open(store, &folder.part(part).join(KEPT_NAME), &schema::PART)? {
            let batch = batch?;
            let mut changed = BTreeMap::new();
            for (row, document) in (0..batch.num_rows()).zip(first..) {
                let hashes = lost.of(document)?;
                if hashes.is_empty() {
                    continue;
                }
                let cut = self.cut_row(rows::document(&batch, row), hashes, &mut counts);
                if cut.document.text().is_empty() {
                    dropped += 1;
                    self.run.state.alive.clear(document);
                }
                let at = (document - base) as usize * size_of::<u32>();
                let size = sizes.get_mut(at..at + size_of::<u32>());
                size.ok_or_else(|| StoreError::read(&path, std::io::ErrorKind::UnexpectedEof.into()))?
                    .copy_from_slice(&size_of_row(&cut).to_le_bytes());
                changed.insert(row, cut);
            }
            first += batch.num_rows() as u32;
            writer.write(&rows::with_changed(batch, &changed))?;
        }
        writer.publish()?;
        write_whole(store, &folder.cut_part(part).join(SIZES_NAME), &sizes)?;
        Ok((counts, dropped))
    }

    /// The document without the lines, as it would be published, and what the stages behind say of it.
    fn cut_row(&self, mut document: Document, hashes: &[u64], counts: &mut Cuts) -> PartRow {
        let cut = self.lines.cut(document.text(), hashes);
        counts.times += cut.lines;
        counts.documents += 1;
        counts.text_bytes += (document.text().len() - cut.text.len()) as u64;
        document.set_text(cut.text);
        count_again(self.plan, &mut document, self.run.progress);
        let after = match document.text().is_empty() {
            true => Some((self.index, Dropped::new(NOTHING_LEFT))),
            false => judge_again(self.plan.after(), &mut document, self.run.progress),
        };
        PartRow { text_digest: text_digest(document.text()), document, after }
    }
}

/// The lines that documents lose, document by document.
struct Lost {
    walk: Walk,
    next: Option<(u32, u64)>,
    hashes: Vec<u64>,
}

impl Lost {
    fn new(walk: Walk) -> Result<Self, StoreError> {
        let mut lost = Self { walk, next: None, hashes: Vec::new() };
        lost.advance()?;
        Ok(lost)
    }

    fn advance(&mut self) -> Result<(), StoreError> {
        let next = self.walk.advance()?;
        self.next = next.map(|record| (number_at(record, 0), hash_at(record, size_of::<u32>())));
        Ok(())
    }

    /// The hashes of the lines that a document loses, ordered. Documents are to be asked for in their order.
    fn of(&mut self, document: u32) -> Result<&[u64], StoreError> {
        self.hashes.clear();
        while let Some((_, hash)) = self.next.filter(|(next, _)| *next == document) {
            self.hashes.push(hash);
            self.advance()?;
        }
        Ok(&self.hashes)
    }
}
