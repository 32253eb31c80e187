//! Runs a plan on the threads of this machine.
//!
//! Files are taken by a few threads that mostly wait; the work on their batches is done by one pool, so all cores are
//! busy also with a single file.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::checkpoint::{TaskRecord, write_whole};
use super::deduplicate::{Means, bases, decide};
use super::fingerprint::Fingerprint;
use super::folder::{Begun, Folder};
use super::gate::Gate;
use super::manifest::{BadManifest, Manifest};
use super::memory::{Budget, Shares, Wanted};
use super::ownership::{Claimant, Held};
use super::progress::{Phase, Progress};
use super::publish::{Ready, file_record};
use super::task::{Context, run_task};
use super::{EngineError, folder};
use crate::card;
use crate::ledger::figures::DomainSpread;
use crate::ledger::mix::CrawlMix;
use crate::ledger::run_record::{FileRecord, InputRecord, MANIFEST, PlanRecord, RunRecord, Tool, is_damage};
use crate::ledger::statistics::Statistics;
use crate::ledger::tally::Tally;
use crate::ledger::tokens::{TokensRecord, totals};
use crate::plan::RECIPE_VERSION;
use crate::plan::compile::Plan;
use crate::shard::schema::FORMAT_VERSION;
use crate::store::Store;
use crate::store::input::InputFile;
use crate::store::reading::Reading;
use crate::warc::limits::Limits;
use crate::warc::reader::Reader;

/// Stack of a worker thread: extraction does not recurse, so this is room to spare.
const STACK_BYTES: usize = 8 << 20;
/// What is to be run, and where.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// Where files are.
    pub store: &'a dyn Store,
    /// What is done.
    pub plan: &'a Plan,
    /// What is read, in order.
    pub inputs: &'a [InputFile],
    /// Where it is written.
    pub folder: &'a Folder,
    /// Worker threads at most.
    pub threads: NonZeroUsize,
    /// Memory that the run may take.
    pub memory: Budget,
    /// Who runs it.
    pub claimant: Claimant<'a>,
}

impl Job<'_> {
    /// What each part of the run may use; refuses a budget that is too small for any.
    pub fn shares(&self) -> Result<Shares, EngineError> {
        Ok(self.memory.divide(Wanted { threads: self.threads, inputs: self.inputs.len() })?)
    }
}

/// A finished set.
pub struct Finished<'a> {
    /// The record of how it was made.
    pub record: RunRecord,
    /// The right to write `run.json`; none if the set was there already.
    pub held: Option<Held<'a>>,
}

/// Runs a job to its end. `run.json` is written by the caller, last, since only it knows what the run cost.
pub fn run<'a>(job: Job<'a>, progress: &Progress) -> Result<Finished<'a>, EngineError> {
    let Job { store, plan, inputs, folder, claimant, .. } = job;
    if !folder.is_finished(store) {
        recognize_all(store, inputs)?;
    }
    let begun = Begun::of(store, plan, inputs)?;
    folder.examine(store, &begun)?;
    if folder.is_finished(store) {
        return was_there(job);
    }
    let shares = job.shares()?;
    let held = Held::take(store, folder, claimant)?;
    folder.begin(store, &begun)?;
    if folder.is_finished(store) {
        return was_there(job);
    }
    let pool = build_pool(shares.workers)?;
    let pages = Gate::new(shares.pages_bytes);
    let context = Context { store, plan, folder, pool: &pool, progress, shares: &shares, pages: &pages };
    let records = run_tasks(context, inputs)?;
    progress.enter(Phase::Deduplication);
    let mut tally = Tally::new(stage_names(plan, 0..before_end(plan)));
    for record in &records {
        tally = tally.merge(&record.tally);
    }
    tally = tally.extended(stage_names(plan, before_end(plan)..plan.resolved().len()));
    let bases = bases(&records)?;
    let memory_bytes_max = shares.deduplication_bytes;
    let means = Means { store, folder, plan, pool: &pool, progress, memory_bytes_max };
    let decision = decide(means, &bases, &mut tally)?;
    progress.enter(Phase::Publishing);
    let ready = Ready { context, bases: &bases, decision: &decision };
    let record = publish(ready, &records, tally)?;
    check_inputs(job, &begun, &records)?;
    write_record(store, folder, &record)?;
    Ok(Finished { record, held: Some(held) })
}

fn was_there(job: Job<'_>) -> Result<Finished<'_>, EngineError> {
    // It is this folder's own, so whoever runs this can make it anew.
    let own = |error| match error {
        EngineError::Manifest(BadManifest { path, fault }) => {
            EngineError::DamagedRecord { path, message: fault.to_string() }
        }
        error => error,
    };
    let manifest = Manifest::read(job.store, job.folder.root()).map_err(own)?;
    job.folder.check_finished(job.store, job.plan, &manifest)?;
    clean_up(job)?;
    Ok(Finished { record: manifest.record, held: None })
}

/// What is published is of inputs that are still there as they were: at the beginning, when they were read, and now.
fn check_inputs(job: Job<'_>, begun: &Begun, records: &[TaskRecord]) -> Result<(), EngineError> {
    for ((input, record), (_, then)) in job.inputs.iter().zip(records).zip(&begun.inputs) {
        let now = Fingerprint::of(job.store, &input.path)?;
        if let Some(difference) = then.difference(&record.fingerprint()).or_else(|| then.difference(&now)) {
            return Err(EngineError::InputChanged { path: input.path.clone(), difference });
        }
    }
    Ok(())
}

/// Looks at the beginning of every input, so that one which is no archive is refused before anything is written.
fn recognize_all(store: &dyn Store, inputs: &[InputFile]) -> Result<(), EngineError> {
    for input in inputs {
        let reading = Reading::new(store.open(&input.path)?, None);
        Reader::open(Box::new(reading), &input.name, Limits::default())?;
    }
    Ok(())
}

/// Removes what only an unfinished run needs. To be called when `run.json` is written.
pub fn clean_up(job: Job<'_>) -> Result<(), EngineError> {
    Ok(job.store.remove(&job.folder.work())?)
}

/// Writes the run record, then the cards.
pub fn write_record(store: &dyn Store, folder: &Folder, record: &RunRecord) -> Result<(), EngineError> {
    let published = write_whole(store, &folder.manifest(), record.to_json().as_bytes())?;
    write_cards(store, folder, record, &file_record(MANIFEST.to_owned(), 0, published))
}

/// Writes the cards anew from the run record, which lies there as this file.
pub fn write_cards(
    store: &dyn Store,
    folder: &Folder,
    record: &RunRecord,
    manifest: &FileRecord,
) -> Result<(), EngineError> {
    for card in card::all(record, manifest) {
        write_whole(store, &folder.file(&card.path), card.content.as_bytes())?;
    }
    Ok(())
}

fn build_pool(threads: usize) -> Result<ThreadPool, EngineError> {
    let builder = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES);
    let builder = builder.thread_name(|number| format!("worker-{number}"));
    builder.build().map_err(|error| EngineError::Threads(threads, error))
}

fn before_end(plan: &Plan) -> usize {
    plan.before().last().map_or(plan.extract().0, |step| step.index) + 1
}

fn stage_names(plan: &Plan, range: std::ops::Range<usize>) -> impl Iterator<Item = String> {
    plan.resolved()[range].iter().map(|stage| stage.name.clone())
}

/// Runs all tasks, some files at a time. Records come in the order of the inputs; the error of the first input counts.
fn run_tasks(context: Context<'_>, inputs: &[InputFile]) -> Result<Vec<TaskRecord>, EngineError> {
    let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let results: Mutex<Vec<Option<Result<TaskRecord, EngineError>>>> =
        Mutex::new(inputs.iter().map(|_| None).collect());
    thread::scope(|scope| {
        for _ in 0..context.shares.inputs {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(input) = inputs.get(number).filter(|_| !failed.load(Ordering::Relaxed)) else { return };
                    let result = run_task(context, number, input);
                    failed.fetch_or(result.is_err(), Ordering::Relaxed);
                    Progress::add(&context.progress.files_done, 1);
                    results.lock().unwrap_or_else(std::sync::PoisonError::into_inner)[number] = Some(result);
                }
            });
        }
    });
    let results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.into_iter().flatten().collect()
}

fn publish(ready: Ready<'_>, tasks: &[TaskRecord], mut tally: Tally) -> Result<RunRecord, EngineError> {
    let plan = ready.context.plan;
    let standing = ready.standing()?;
    let (shards, statistics) = ready.write_shards()?;
    let ledger = ready.write_ledger(&standing, &mut tally)?;
    let dropped = ready.write_dropped(&standing)?;
    let pairs = ready.write_pairs(&standing)?;
    let signatures = ready.write_signatures()?;
    let lines = ready.write_lines(&standing)?;
    let domain_spread = DomainSpread::of(statistics.domains.values());
    let tables =
        vec![write_domains(ready.context, &statistics)?, write_statistics(ready.context, &statistics, &domain_spread)?];
    if !tally.balances() || tally.kept() != statistics.total.documents {
        return Err(EngineError::Unbalanced { file: String::from("the whole run") });
    }
    let mut repairs = std::collections::BTreeMap::new();
    for (kind, count) in tasks.iter().flat_map(|task| &task.repairs) {
        *repairs.entry(kind.clone()).or_default() += count;
    }
    let mut crawl = CrawlMix::default();
    tasks.iter().for_each(|task| crawl.merge(&task.crawl));
    Ok(RunRecord {
        format: FORMAT_VERSION,
        tool: Tool { name: String::from("gristmill"), version: String::from(env!("CARGO_PKG_VERSION")) },
        name: plan.name().to_owned(),
        about: plan.about().clone(),
        readme_template: plan.readme_template().map(str::to_owned),
        plan: PlanRecord {
            digest: plan.digest().to_owned(),
            recipe_version: RECIPE_VERSION,
            stages: serde_json::json!(plan.resolved()),
            output: folder::describe_output(plan),
        },
        inputs: tasks.iter().map(input_record).collect(),
        shards,
        ledger,
        dropped,
        pairs,
        signatures,
        lines,
        cuts: ready.decision.cut.as_ref().map(|cut| cut.counts),
        tables,
        funnel: tally,
        repairs,
        crawl,
        figures: statistics.figures.records(),
        tokens: tokens_record(plan, &statistics),
        domain_spread,
        top_domains: card::domains::top(&statistics, card::domains::TOP_DOMAINS),
        samples: statistics.samples.rows(),
        statistics,
        previous: None,
        removals: Vec::new(),
        not_recomputed: Vec::new(),
    })
}

fn input_record(task: &TaskRecord) -> InputRecord {
    InputRecord {
        path: task.input.clone(),
        bytes: task.input_bytes,
        sha256: task.input_sha256.clone(),
        records: task.tally.seen(),
        damaged: task.tally.dropped_where(is_damage),
    }
}

fn write_domains(context: Context<'_>, statistics: &Statistics) -> Result<FileRecord, EngineError> {
    let path = String::from("domains.csv");
    let table = card::domains::render(statistics);
    let published = write_whole(context.store, &context.folder.file(&path), table.as_bytes())?;
    Ok(file_record(path, statistics.domains.len() as u64, published))
}

fn write_statistics(
    context: Context<'_>,
    statistics: &Statistics,
    domains: &DomainSpread,
) -> Result<FileRecord, EngineError> {
    let path = String::from("statistics.csv");
    let (table, rows) = card::histograms::render(&statistics.figures, domains);
    let published = write_whole(context.store, &context.folder.file(&path), table.as_bytes())?;
    Ok(file_record(path, rows, published))
}

/// What was counted by the plan's tokenizer, if it has one.
fn tokens_record(plan: &Plan, statistics: &Statistics) -> Option<TokensRecord> {
    let summary = plan.resolved().iter().find_map(|stage| stage.tokenizer.as_ref())?;
    let (total, languages) = totals(&statistics.tokens, statistics.total, &statistics.languages);
    let (tokenizer, sha256) = (summary.file.clone(), summary.sha256.clone());
    Some(TokensRecord { tokenizer, sha256, share: summary.share, total, languages })
}
