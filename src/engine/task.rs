//! One task: one input file from its records to an intermediate part.
//!
//! Three things go on at once: the next batch of records is inflated, the present one is carried through the stages by
//! all threads, and what became of the last one is written. Batches are as large as the budget allows and outcomes keep
//! the order of the records, so memory does not grow with the file and the part does not depend on the threads.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::EngineError;
use super::carry::{Carrier, Outcome};
use super::checkpoint::{Belief, TaskRecord, write_json};
use super::fingerprint::Fingerprint;
use super::folder::Folder;
use super::gate::Gate;
use super::memory::{Shares, page_bytes};
use super::part::PartWriter;
use super::progress::Progress;
use crate::ledger::mix::CrawlMix;
use crate::ledger::tally::Tally;
use crate::plan::compile::Plan;
use crate::store::input::InputFile;
use crate::store::reading::Reading;
use crate::store::stop::Stop;
use crate::store::{Store, StoreError};
use crate::text::shown;
use crate::warc::batch::{Batch, Item};
use crate::warc::content::SourceFile;
use crate::warc::limits::Limits;
use crate::warc::reader::Reader;

/// A `warcinfo` record stands among the first records of a file, if there is one.
const WARCINFO_WITHIN: usize = 3;

/// What every task of a run shares.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Where files are.
    pub store: &'a dyn Store,
    /// What is done.
    pub plan: &'a Plan,
    /// Where it is written.
    pub folder: &'a Folder,
    /// Who does it.
    pub pool: &'a ThreadPool,
    /// Who watches.
    pub progress: &'a Progress,
    /// How much of everything it may take.
    pub shares: &'a Shares,
    /// What large pages pass before they are worked on.
    pub pages: &'a Gate,
}

/// Makes the part of input number `number`, or finds it made.
pub fn run_task(context: Context<'_>, number: usize, input: &InputFile) -> Result<TaskRecord, EngineError> {
    let Context { store, plan, folder, progress, .. } = context;
    let part = folder.part(number);
    let source = store.open(&input.path)?;
    let known = Fingerprint::of_source(source.as_ref()).map_err(|error| StoreError::read(&input.path, error))?;
    match TaskRecord::believe(store, &part, plan.digest(), (&input.name, &known))? {
        Belief::Whole(record) => {
            progress.bytes_done.fetch_add(known.bytes, Ordering::Relaxed);
            Progress::add(&progress.records, record.tally.seen());
            Progress::add(&progress.kept, record.rows);
            return Ok(*record);
        }
        Belief::Damaged(what) => {
            let name = shown::name(&input.name);
            progress.note(|| format!("{what} is damaged or gone since it was written; {name} is read again"));
        }
        Belief::None => {}
    }
    store.remove(&part)?;
    let reading = Reading::new(source, Some(Arc::clone(&progress.bytes_done)));
    let digested = reading.digested();
    let mut reader = Reader::open(Box::new(reading), &input.name, Limits::default())?;
    let mut writer = PartWriter::create(store, &part, plan)?;
    let (tally, crawl) = carry_all(context, &mut reader, &mut writer, input)?;
    if !tally.balances() {
        return Err(EngineError::Unbalanced { file: input.name.clone() });
    }
    let (files, rows) = writer.publish()?;
    let digested = digested.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    let digested = digested.ok_or_else(|| EngineError::Unbalanced { file: input.name.clone() })?;
    if digested.bytes != known.bytes {
        let difference = format!("had {} bytes, and ended after {}", known.bytes, digested.bytes);
        return Err(EngineError::InputChanged { path: input.path.clone(), difference });
    }
    let record = TaskRecord {
        plan_digest: plan.digest().to_owned(),
        input: input.name.clone(),
        input_bytes: digested.bytes,
        input_ends_sha256: known.ends_sha256,
        input_sha256: digested.sha256,
        tally,
        crawl,
        repairs: reader.repairs().counts().iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect(),
        rows,
        files,
        seal: String::new(),
    };
    let record = record.sealed();
    write_json(store, &part.join("task.json"), &record)?;
    Ok(record)
}

/// Carries all records of a file, in order. The tally ends before deduplication; the mix is of all pages.
fn carry_all(
    context: Context<'_>,
    reader: &mut Reader,
    writer: &mut PartWriter<'_>,
    input: &InputFile,
) -> Result<(Tally, CrawlMix), EngineError> {
    let Context { plan, pool, progress, shares, pages, .. } = context;
    let last = plan.before().last().map_or(plan.extract().0, |step| step.index);
    let mut tally = Tally::new(plan.stage_names().take(last + 1).map(str::to_owned));
    let mut crawl = CrawlMix::default();
    let mut file = SourceFile::new(&input.name);
    let limits = Limits::default();
    let (mut present, mut next) = (Batch::default(), Batch::default());
    let mut more = pool.install(|| reader.fill(&mut present, shares.batch_bytes))?;
    for item in present.iter().take(WARCINFO_WITHIN) {
        if let Item::Record(record) = item {
            file.learn(&record);
        }
    }
    let mut done: Vec<Outcome> = Vec::new();
    while more || !done.is_empty() {
        let carrier = Carrier { plan, file: &file, limits: &limits };
        let (filled, (carried, written)) = pool.install(|| {
            rayon::join(
                || if more { reader.fill(&mut next, shares.batch_bytes) } else { Ok(false) },
                || {
                    rayon::join(
                        || carry_batch(carrier, &present, more, (&progress.stop, pages)),
                        || done.iter().try_for_each(|outcome| writer.push(outcome)),
                    )
                },
            )
        });
        written?;
        let carried = carried.ok_or(EngineError::Stopped)?;
        for outcome in &carried {
            outcome.count(plan, &mut tally);
            if let Some(note) = outcome.note() {
                progress.note(|| note);
            }
            if let Some((origin, facts)) = outcome.page() {
                crawl.count(origin, facts);
            }
        }
        let kept = carried.iter().filter(|outcome| matches!(outcome, Outcome::Kept(_))).count();
        Progress::add(&progress.records, carried.len() as u64);
        Progress::add(&progress.kept, kept as u64);
        more = filled?;
        done = carried;
        std::mem::swap(&mut present, &mut next);
    }
    Ok((tally, crawl))
}

/// What became of each item, in order; none if somebody asks to stop.
fn carry_batch(carrier: Carrier<'_>, batch: &Batch, any: bool, (stop, pages): (&Stop, &Gate)) -> Option<Vec<Outcome>> {
    let count = if any { batch.len() } else { 0 };
    let carry = |position| {
        let item = batch.get(position);
        // No stage hands work to other threads, so whoever is inside comes out again without those who wait.
        let _pass = page_bytes(item.bytes()).map(|bytes| pages.enter(bytes));
        stop.asked().is_none().then(|| carrier.carry(&item))
    };
    (0..count).into_par_iter().map(carry).collect()
}
