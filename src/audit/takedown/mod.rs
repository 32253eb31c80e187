//! Takes documents out of a finished set: writes a new version without them, and says what went and why.
//!
//! A row that a rule names leaves `data/` and enters the ledger with the stage `takedown`, so that every record stays
//! accounted for. What is kept of the dropped documents loses its text where a rule names it or where it is the very text
//! that went; signatures of what went go; pairs, lines and inputs stay as they were, since they are facts of the run.
//! Shards without a hit are copied byte by byte, others are written anew with the same settings.
//! What is held in memory grows with what goes, by about 2 KB a document and 512 MiB of shingles at most, and not with
//! the set.

pub mod absent;
mod beside;
mod data;
pub mod list;
mod listed;
pub mod near;
pub mod passage;
pub mod reasons;
mod record;
pub mod rows;
pub mod urls;

use std::path::{Path, PathBuf};

use rayon::ThreadPoolBuilder;

use crate::engine::EngineError;
use crate::engine::checkpoint::write_json;
use crate::engine::folder::Folder;
use crate::engine::local::write_record;
use crate::engine::manifest::Manifest;
use crate::ledger::removal::{Planned, Previous, RemovalRecord};
use crate::ledger::run_record::RunRecord;
use crate::shard::schema::FORMAT_VERSION;
use crate::shard::writer::ShardError;
use crate::store::{Store, StoreError};
use crate::text::shown;
use absent::{BadRemoval, Removals};
use list::{BadLine, Rule};

/// Name of the stage in the funnel and in the ledger; a second takedown is `takedown#2`.
pub const STAGE: &str = "takedown";

/// Name of the stage of a takedown by its number, from 1.
pub fn stage_name(number: u32) -> String {
    if number == 1 { String::from(STAGE) } else { format!("{STAGE}#{number}") }
}

/// Whether a stage of the funnel or of the ledger is a takedown.
pub fn is_stage(name: &str) -> bool {
    name.split('#').next() == Some(STAGE)
}

/// The table of what a takedown took, by its number.
pub fn removed_path(number: u32) -> String {
    format!("{}removed-{number:05}.parquet", listed::FOLDER)
}

/// Why nothing could be taken out.
#[derive(Debug, thiserror::Error)]
pub enum TakedownError {
    /// The list.
    #[error(transparent)]
    List(#[from] BadLine),
    /// The folder for the new version holds something.
    #[error("{} is not empty\nhint: name another folder with --out, or empty this one", shown::path(.0))]
    NotEmpty(PathBuf),
    /// The folder of the old version holds no finished set.
    #[error("{} holds no finished set\nhint: finish the run first, or name the folder that --out named", shown::path(.0))]
    NoSet(PathBuf),
    /// The set is of an older version, whose record lacks what the new one has to say.
    #[error(
        "{} is of format {format}, and this version takes documents out of sets of format {FORMAT_VERSION} only\nhint: \
         use the version of gristmill that made the set, or make the set anew",
        shown::path(.folder)
    )]
    Older {
        /// The set.
        folder: PathBuf,
        /// Its format.
        format: u32,
    },
    /// A file is not the one that the run record tells of.
    #[error("{} is not what manifest.json says of it: {what}\nhint: verify the set first", shown::path(.path))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// The counts do not add up: a fault of this program.
    #[error("rows kept and taken out are not the rows there were; this is a fault of gristmill, please report it")]
    Unbalanced,
    /// An earlier removal in the run record.
    #[error(transparent)]
    Removal(#[from] BadRemoval),
    /// A file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A Parquet file cannot be read or written.
    #[error(transparent)]
    Shard(#[from] ShardError),
    /// A record or card cannot be read or written.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The threads could not be started.
    #[error("{0} worker threads could not be started: {1}")]
    Threads(usize, rayon::ThreadPoolBuildError),
}

/// What is to be taken out of which set.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// Where files are.
    pub store: &'a dyn Store,
    /// Folder of the set.
    pub old: &'a Path,
    /// Folder of the new version; empty or not there.
    pub new: &'a Path,
    /// What is to go.
    pub rules: &'a [Rule],
    /// What is said of it.
    pub words: &'a Words,
    /// Worker threads.
    pub threads: usize,
}

/// What its maker says of a takedown.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Anything.
    pub note: Option<String>,
    /// What the new version is called.
    pub version: Option<String>,
    /// Whether the URLs that went are to be repeated nowhere.
    pub forget_urls: bool,
}

/// What a takedown did.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The record of the new version.
    pub record: RunRecord,
    /// The rules with what each took, a part of that record.
    pub removals: Vec<RemovalRecord>,
    /// Documents that are nearly what went, and the list of them by its path below the folder.
    pub near: (u64, String),
}

/// The work as all its steps see it.
#[derive(Clone, Copy)]
struct Work<'a> {
    job: Job<'a>,
    /// The old version.
    record: &'a RunRecord,
    /// What is asked of every row.
    removals: &'a Removals,
    /// Number of this takedown, from 1.
    number: u32,
    /// Name of its stage.
    stage: &'a str,
}

/// Writes the new version. `run.json` is written last, so an interrupted takedown leaves nothing that looks finished.
pub fn take_down(job: Job<'_>) -> Result<Taken, TakedownError> {
    let Job { store, old, new, rules, words, threads } = job;
    let (from, to) = (Folder::new(old), Folder::new(new));
    if !from.is_finished(store) {
        return Err(TakedownError::NoSet(old.to_owned()));
    }
    if store.exists(new) && !store.list(new)?.is_empty() {
        return Err(TakedownError::NotEmpty(new.to_owned()));
    }
    let Manifest { record, sha256: manifest_sha256, .. } = Manifest::read(store, old)?;
    // The new version is of the present format, and what its plan and funnel have to hold no older record knows.
    if record.format != FORMAT_VERSION {
        return Err(TakedownError::Older { folder: old.to_owned(), format: record.format });
    }
    Removals::of(&record.removals)?;
    let number = record.removals.iter().map(|removal| removal.takedown).max().unwrap_or(0) + 1;
    let stage = stage_name(number);
    let mut removals: Vec<_> = rules.iter().map(|rule| absent::record_of(rule, number, words.forget_urls)).collect();
    let asked = Removals::of(&removals)?;
    let work = Work { job, record: &record, removals: &asked, number, stage: &stage };
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| TakedownError::Threads(threads, error))?;
    let (data, beside) = pool.install(|| {
        let data = data::write(work)?;
        let beside = beside::write(work, &data)?;
        Ok::<_, TakedownError>((data, beside))
    })?;
    for gone in &data.gone {
        removals[gone.rule].rows += 1;
        removals[gone.rule].text_bytes += gone.text_bytes;
    }
    for rule in &beside.texts_gone {
        removals[*rule].dropped_texts += 1;
    }
    for removal in &mut removals {
        removal.date.clone_from(&words.date);
        removal.note.clone_from(&words.note);
    }
    let previous = Previous {
        name: record.name.clone(),
        version: record.about.version.clone(),
        manifest_sha256,
        documents: record.statistics.total.documents,
        planned: match &record.previous {
            Some(previous) => previous.planned.clone(),
            None => Planned { version: record.about.version.clone(), published: record.about.published.clone() },
        },
    };
    let (lists, near) = listed::write(work, &data, &beside)?;
    let made = record::make(work, previous, &removals, data, beside, lists)?;
    write_record(store, &to, &made)?;
    let run = serde_json::json!({
        "funnel": made.funnel,
        "gristmill": made.tool.version,
        "plan_digest": made.plan.digest,
        "documents": made.statistics.total.documents,
        "text_bytes": made.statistics.total.text_bytes,
        "previous": made.previous,
    });
    write_json(store, &to.run(), &run)?;
    Ok(Taken { record: made, removals, near })
}
