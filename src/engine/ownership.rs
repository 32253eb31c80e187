//! Lets one run at a time write to a folder, also on a file system without locks.
//!
//! The owner is the process that made the last of the files `run/owner-1.json`, `run/owner-2.json`, …; each is made only
//! if there is none of its name, which every file system decides for one caller. Nobody's file but one's own is removed
//! before the set is finished, so two runs that find the same owner gone cannot both follow it: both try to make the
//! next file, and one succeeds.
//!
//! An owner is gone if it ran on this very machine, since it was last started and among the same processes, and is not
//! there now: a process number alone could be one of another container. Whether a process of another machine is still
//! there cannot be known, so that is for the user to say (`--take-over`).

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::EngineError;
use super::checkpoint::read_whole;
use super::folder::Folder;
use crate::store::Store;

/// Most owners that follow each other; a folder with more was written to by something else.
const OWNERS_MAX: u32 = 10_000;

/// A process, among all processes of all machines.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Name of its machine.
    pub host: String,
    /// Which start of the machine; empty where the system does not tell.
    pub boot: String,
    /// Which set of process numbers: containers have their own.
    pub number_space: String,
    /// Its number.
    pub number: u32,
    /// When it was started, in the system's own count: tells it from a later process of the same number.
    pub started: u64,
}

/// What is known of processes.
pub trait Processes {
    /// This one.
    fn this(&self) -> Process;
    /// Whether a process of this machine and this set of numbers is not there any more.
    fn is_gone(&self, process: &Process) -> bool;
}

/// Who wants to write to a folder.
#[derive(Clone, Copy)]
pub struct Claimant<'a> {
    /// Tells who this is and who is gone.
    pub processes: &'a dyn Processes,
    /// Whether the user says that the former owner is gone.
    pub take_over: bool,
}

/// The right to write to a folder. Given back when dropped.
pub struct Held<'a> {
    store: &'a dyn Store,
    path: PathBuf,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        // If it stays, the next run finds that this process is gone.
        let _ = self.store.give_back(&self.path);
    }
}

impl<'a> Held<'a> {
    /// Makes the claimant the owner of the folder, or says who is.
    pub fn take(store: &'a dyn Store, folder: &Folder, claimant: Claimant<'_>) -> Result<Self, EngineError> {
        let this = claimant.processes.this();
        let json = serde_json::to_vec(&this).expect("a process is a few words and numbers");
        let mut take_over = claimant.take_over;
        for number in 1..=OWNERS_MAX {
            let [path, next] = [number, number + 1].map(|number| folder.owner(number));
            // Twice, since the owner may come to its end between the two looks.
            for _ in 0..2 {
                if store.create_new(&path, &json)? {
                    let held = Self { store, path };
                    // A run that was taken over and was still there has left this place free.
                    return if store.exists(&next) { Err(owned(folder, "another run")) } else { Ok(held) };
                }
                if store.exists(&path) {
                    break;
                }
            }
            if !store.exists(&next) && !std::mem::take(&mut take_over) {
                refuse_unless_gone(store, folder, &path, claimant.processes)?;
            }
        }
        Err(owned(folder, "more runs than there can be"))
    }
}

fn owned(folder: &Folder, owner: &str) -> EngineError {
    EngineError::Owned { folder: folder.root().to_owned(), owner: owner.to_owned() }
}

/// A file that is there without a name in it is of a run that has just begun, or was killed in that moment.
fn refuse_unless_gone(
    store: &dyn Store,
    folder: &Folder,
    path: &Path,
    processes: &dyn Processes,
) -> Result<(), EngineError> {
    let there = read_whole(store, path).ok().and_then(|json| serde_json::from_slice::<Process>(&json).ok());
    let Some(there) = there else { return Err(owned(folder, "a run that did not tell its name")) };
    let this = processes.this();
    let is_near = !this.boot.is_empty()
        && (&there.host, &there.boot, &there.number_space) == (&this.host, &this.boot, &this.number_space);
    if is_near && processes.is_gone(&there) {
        return Ok(());
    }
    Err(owned(folder, &format!("process {} on {}", there.number, there.host)))
}
