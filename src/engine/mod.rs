//! Makes a plan happen: cuts the work into tasks, carries documents through the stages, publishes the set.
//!
//! [`task::run_task`] is one input file from records to an intermediate part; [`local::run`] runs all tasks on the
//! threads of this machine, then deduplicates, then publishes. Parts that are there from an earlier, killed run of the
//! same plan are not made again.

pub mod carry;
pub mod checkpoint;
pub mod deduplicate;
pub mod fingerprint;
pub mod folder;
pub mod gate;
pub mod local;
pub mod manifest;
pub mod memory;
pub mod ownership;
pub mod part;
pub mod progress;
pub mod publish;
pub mod shuffle;
pub mod task;

use std::path::PathBuf;

use self::manifest::BadManifest;
use crate::shard::writer::ShardError;
use crate::store::StoreError;
use crate::store::input::InputError;
use crate::text::shown;
use crate::warc::error::WarcError;

/// Why a run stopped.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The inputs cannot be found.
    #[error(transparent)]
    Input(#[from] InputError),
    /// An input cannot be read as an archive at all.
    #[error(transparent)]
    Warc(#[from] WarcError),
    /// A file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A Parquet file cannot be read or written.
    #[error(transparent)]
    Shard(#[from] ShardError),
    /// The output folder belongs to something else.
    #[error("{} holds files that are not of a gristmill run\nhint: name another folder with --out, or empty this one", shown::path(.0))]
    ForeignFolder(PathBuf),
    /// The output folder belongs to another plan or to other inputs.
    #[error(
        "{} was begun with another plan or other inputs:{differences}\nhint: name another folder with --out, or empty this one",
        shown::path(.folder)
    )]
    OtherRun {
        /// The folder.
        folder: PathBuf,
        /// What differs, one line each, indented.
        differences: String,
    },
    /// What a folder was begun with cannot be read, so it cannot be known whose the folder is.
    #[error(
        "{} is damaged: {message}\nhint: name another folder with --out, or empty this one",
        shown::path(.path)
    )]
    DamagedBegun {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// A finished set of which something is missing.
    #[error(
        "{} holds a finished set that is not whole:{differences}\nhint: remove run.json from it and run the same command \
         again, which makes the set anew; gristmill verify tells more",
        shown::path(.folder)
    )]
    NotWhole {
        /// The folder.
        folder: PathBuf,
        /// What is missing or has another length, one line each, indented.
        differences: String,
    },
    /// An input lies where the set is to be written.
    #[error(
        "{} lies in the folder for the set, {}\nhint: name another folder with --out",
        shown::path(.input), shown::path(.folder)
    )]
    InputWithin {
        /// The input.
        input: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// Another run writes to the output folder, or did when it was last seen.
    #[error(
        "{} belongs to another run: {owner}\nhint: wait for its end or name another folder with --out; if that run is not \
         there any more, give --take-over as well",
        shown::path(.folder)
    )]
    Owned {
        /// The folder.
        folder: PathBuf,
        /// Who the other is.
        owner: String,
    },
    /// An input is not what it was when the run began.
    #[error(
        "{} changed during the run: it {difference}\nhint: let what writes to it come to its end, empty the output folder \
         and run again",
        shown::path(.path)
    )]
    InputChanged {
        /// The input.
        path: PathBuf,
        /// How, in words.
        difference: String,
    },
    /// A manifest that cannot be gone by.
    #[error(transparent)]
    Manifest(#[from] BadManifest),
    /// A record of an earlier run that cannot be read.
    #[error("{} is damaged: {message}\nhint: remove it and run the same command again", shown::path(.path))]
    DamagedRecord {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The counts of a task do not add up: a fault of this program.
    #[error(
        "{}: records read are not records kept and dropped together; this is a fault of gristmill, please report it",
        shown::name(.file)
    )]
    Unbalanced {
        /// The input.
        file: String,
    },
    /// More documents than a number of 32 bits can count.
    #[error("{0} documents reached deduplication; this version deduplicates up to 4,294,967,295 in one run")]
    TooManyDocuments(u64),
    /// The budget is too small for any run of the plan.
    #[error(transparent)]
    Memory(#[from] memory::TooLittle),
    /// Tables alone take more than deduplication may take.
    #[error(
        "deduplication of {documents} documents takes {needed} bytes of memory, and may take {given}\nhint: give the same \
         command with {} MB more for --memory; what was read is not read again",
        memory::raise_mb(needed - given)
    )]
    TooLittleMemory {
        /// Documents, those of earlier sets included.
        documents: u64,
        /// Least bytes that suffice.
        needed: u64,
        /// Bytes it may take.
        given: u64,
    },
    /// More deduplication stages than a byte can count.
    #[error("the plan has {0} deduplication stages; this version runs up to 256")]
    TooManyStages(usize),
    /// Somebody asked to stop.
    #[error("the run was asked to stop")]
    Stopped,
    /// The threads could not be started.
    #[error("{0} worker threads could not be started: {1}")]
    Threads(usize, rayon::ThreadPoolBuildError),
}

#[cfg(test)]
mod tests;
