//! Runs the deduplication stages over the keys of all parts, one stage after the other, by way of the disk.
//!
//! Memory is a stated budget: some ten bytes a document for tables ([`run::tables_bytes`]), and the rest for sorting.
//! Less memory makes more runs to merge, never another result.

pub mod bits;
pub mod by_document;
pub mod cut;
pub mod disk;
pub mod earlier;
pub mod exact;
pub mod ids;
pub mod keys;
pub mod lines;
pub mod minhash;
pub mod removals;
pub mod run;

use rayon::ThreadPool;

use super::EngineError;
use super::checkpoint::{TaskRecord, read_whole};
use super::folder::Folder;
use super::part::TIERS_NAME;
use super::progress::Progress;
use crate::dedup::Deduplicator;
use crate::dedup::minhash::RIGHTS_DIFFER;
use crate::dedup::minhash::config::TermsOf;
use crate::dedup::tiers::Tiers;
use crate::document::rights::Tier;
use crate::ledger::run_record::Cuts;
use crate::ledger::tally::Tally;
use crate::plan::compile::Plan;
use crate::store::{Store, StoreError};
use by_document::ByDocument;
use cut::Cutter;
use earlier::Earlier;
use keys::Keys;
use lines::FrequentLines;
use removals::{Ordered, Removals};
use run::{Run, Stage, State};

/// What deduplication works with.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// Where files are.
    pub store: &'a dyn Store,
    /// Where they lie.
    pub folder: &'a Folder,
    /// What is done.
    pub plan: &'a Plan,
    /// Who does it.
    pub pool: &'a ThreadPool,
    /// Who watches.
    pub progress: &'a Progress,
    /// How much memory tables and sorting may take, in bytes.
    pub memory_bytes_max: u64,
}

/// What deduplication decided.
#[derive(Default)]
pub struct Decision {
    /// Who went, for whom.
    pub removals: Removals,
    /// Documents that went for the terms of their near-duplicates, with the stage's place in the funnel; ordered by
    /// number.
    rights_differ: Vec<(u32, usize)>,
    state: Option<State>,
    /// The documents of earlier sets.
    pub earlier: Earlier,
    /// The lines that went, if the plan cuts any.
    pub cut: Option<Cut>,
}

/// What `dedup.lines` cut.
pub struct Cut {
    /// The lines.
    pub lines: FrequentLines,
    /// What each document lost.
    by_document: ByDocument,
    /// How much it is in all.
    pub counts: Cuts,
}

impl Decision {
    /// The removals of one part's documents, in order.
    pub fn removals_of(&self, store: &dyn Store, part: usize) -> Result<Ordered, StoreError> {
        match &self.state {
            Some(_) => self.removals.of_part(store, part),
            None => Ok(Ordered::default()),
        }
    }

    /// Whether a document went, for whatever reason.
    pub fn is_removed(&self, document: u32) -> bool {
        self.state.as_ref().is_some_and(|state| !state.alive.has(document))
    }

    /// Whether documents of a part lost lines, so that the part was written anew.
    pub fn is_cut(&self, part: usize) -> bool {
        self.cut.as_ref().is_some_and(|cut| cut.by_document.has_part(part))
    }

    /// How many documents a kept document stands for, itself included.
    pub fn cluster_size(&self, document: u32) -> u32 {
        self.state.as_ref().map_or(1, |state| state.weight(document))
    }

    /// The tiers of the documents that a kept document stands for, if they differ.
    pub fn cluster_tiers(&self, document: u32) -> Option<Tiers> {
        let tiers = self.state.as_ref().map(|state| state.tiers(document));
        tiers.filter(|tiers| tiers.differ())
    }

    /// The tier of a document.
    pub fn own_tier(&self, document: u32) -> Option<Tier> {
        self.state.as_ref().and_then(|state| state.own_tiers[document as usize].iter().next())
    }

    /// The place in the funnel of the stage that dropped a document for the terms of its near-duplicates.
    pub fn rights_differ(&self, document: u32) -> Option<usize> {
        let position = self.rights_differ.binary_search_by_key(&document, |(number, _)| *number).ok()?;
        Some(self.rights_differ[position].1)
    }
}

/// Numbers of the first document of each part, and of all documents at the end.
pub fn bases(records: &[TaskRecord]) -> Result<Vec<u32>, EngineError> {
    let mut bases = vec![0];
    let mut total: u64 = 0;
    for record in records {
        total += record.rows;
        bases.push(u32::try_from(total).map_err(|_| EngineError::TooManyDocuments(total))?);
    }
    Ok(bases)
}

/// Runs all deduplication stages and counts them in `tally`.
pub fn decide(means: Means<'_>, bases: &[u32], tally: &mut Tally) -> Result<Decision, EngineError> {
    let Means { store, folder, plan, pool, progress, memory_bytes_max } = means;
    if plan.dedup().is_empty() {
        return Ok(Decision::default());
    }
    // What a killed run left of its sorting belongs to nothing.
    store.remove(&folder.scratch())?;
    let earlier = Earlier::read(store, folder, plan)?;
    let documents = bases.last().copied().unwrap_or_default();
    let sort_bytes = run::sort_bytes(memory_bytes_max, u64::from(documents) + earlier.documents())?;
    let state = State::new(read_tiers(store, folder, bases)?);
    let gathering = removals::gathering(store, folder, documents);
    let run = Run { store, folder, pool, progress, documents, sort_bytes, state, gathering };
    let (mut rights_differ, mut cut) = (Vec::new(), None);
    for (number, step) in plan.dedup().iter().enumerate() {
        let stage = Stage { number: u8::try_from(number).map_err(|_| EngineError::TooManyStages(plan.dedup().len()))? };
        let reached = run.state.alive.count(documents);
        let keys = Keys::open(store, folder, bases, (number, &step.deduplicator), earlier.keys(number))?;
        let (removed, for_earlier, dropped) = match &step.deduplicator {
            Deduplicator::Exact(_) => (exact::remove(&run, &keys, stage)?, 0, 0),
            Deduplicator::Minhash(minhash) => {
                let (removed, for_earlier) = minhash::remove(&run, &keys, minhash, stage)?;
                let dropped = match minhash.config().rights {
                    TermsOf::Strictest => drop_for_rights(&run.state, plan, step.index, &mut rights_differ),
                    TermsOf::Own => 0,
                };
                (removed, for_earlier, dropped)
            }
            Deduplicator::Lines(lines) => {
                let (frequent, by_document) = lines::find(&run, &keys, lines, bases)?;
                let cutter = Cutter { run: &run, plan, index: step.index, lines, cuts: &by_document, bases };
                let (counts, nothing_left) = cutter.cut_all()?;
                let documents_max = lines.config().documents_max;
                let counts = Cuts { documents_max, lines: frequent.len(), ..counts };
                cut = Some(Cut { lines: frequent, by_document, counts });
                (nothing_left, 0, 0)
            }
        };
        tally.keep_at(step.index, reached - removed - dropped);
        let reasons = [
            (removed - for_earlier, step.deduplicator.reason(false)),
            (for_earlier, step.deduplicator.reason(true)),
            (dropped, RIGHTS_DIFFER),
        ];
        for (count, reason) in reasons {
            tally.drop_many_at(step.index, reason.as_str(), count);
        }
    }
    rights_differ.sort_unstable();
    let Run { state, gathering, .. } = run;
    let removals = gathering.finish(store, bases, sort_bytes)?.into();
    Ok(Decision { removals, rights_differ, state: Some(state), earlier, cut })
}

/// Drops each document that stands for one with stricter terms, which the plan does not keep; returns how many.
fn drop_for_rights(state: &State, plan: &Plan, index: usize, rights_differ: &mut Vec<(u32, usize)>) -> u64 {
    let before = rights_differ.len();
    for (document, own) in (0_u32..).zip(&state.own_tiers) {
        let all = state.tiers(document);
        let stricter = all.strictest().filter(|tier| *tier > own.strictest().unwrap_or(Tier::Open));
        if stricter.is_some_and(|tier| !plan.keeps_tier(tier)) && state.alive.has(document) {
            state.alive.clear(document);
            rights_differ.push((document, index));
        }
    }
    (rights_differ.len() - before) as u64
}

/// The tier of every document, in the order of the parts.
fn read_tiers(store: &dyn Store, folder: &Folder, bases: &[u32]) -> Result<Vec<Tiers>, EngineError> {
    let mut tiers = Vec::with_capacity(bases.last().copied().unwrap_or_default() as usize);
    for part in 0..bases.len() - 1 {
        let path = folder.part(part).join(TIERS_NAME);
        let bytes = read_whole(store, &path)?;
        if bytes.len() != (bases[part + 1] - bases[part]) as usize {
            return Err(StoreError::read(&path, std::io::ErrorKind::UnexpectedEof.into()).into());
        }
        tiers.extend(bytes.into_iter().map(Tiers::from_byte));
    }
    Ok(tiers)
}
