//! Lets one run at a time write to a folder, also on a file system without locks.
//!
//! The owner is the process that made the last of the files `run/owner-1.json`, `run/owner-2.json`, …; each is made only
//! if there is none of its name, which every file system decides for one caller. Nobody's file but one's own is removed
//! before the set is finished, so two runs that find the same owner gone cannot both follow it: both try to make the
//! next file, and one succeeds. It then looks at both neighbors of its file once more, and gives it back and begins again
//! unless all is as it was: an owner that came to its end in that moment has left its place to a third run.
//!
//! An owner is gone if it ran on this very machine, since it was last started and among the same processes, and is not
//! there now: a process number alone could be one of another container. Whether a process of another machine is still
//! there cannot be known, so that is for the user to say (`--take-over`). Nobody can say it of a process that is seen to
//! be there. No clock is asked: `started` is compared and never subtracted.
//!
//! `tests/it/owns_alone.rs` takes claimants through all orders of their steps, with a kill between any two of them.

use serde::{Deserialize, Serialize};

use super::EngineError;
use super::checkpoint::read_whole;
use super::folder::Folder;
use crate::store::Store;

/// Most owners that follow each other; a folder with more was written to by something else.
const OWNERS_MAX: u32 = 10_000;
/// How often a claimant begins again because others came and went meanwhile.
const TRIES_MAX: usize = 5;

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
    folder: Folder,
    number: u32,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        // If it stays, the next run finds that this process is gone.
        let _ = self.store.give_back(&self.folder.owner(self.number));
    }
}

impl<'a> Held<'a> {
    /// Makes the claimant the owner of the folder, or says who is.
    pub fn take(store: &'a dyn Store, folder: &Folder, claimant: Claimant<'_>) -> Result<Self, EngineError> {
        let json = serde_json::to_vec(&claimant.processes.this()).expect("a process is a few words and numbers");
        let mut taken_over = None;
        for _ in 0..TRIES_MAX {
            if let Some(held) = Self::try_take(store, folder, claimant, (&json, &mut taken_over))? {
                return Ok(held);
            }
        }
        Err(owned(folder, "another run, which began or ended in this moment"))
    }

    /// Removes the files of the runs that this one follows. To be called when the set is finished: from then on it does
    /// not matter who makes a file there.
    pub fn forget_former(&self) -> Result<(), EngineError> {
        (1..self.number).try_for_each(|number| Ok(self.store.remove(&self.folder.owner(number))?))
    }

    /// None if somebody else came or went meanwhile, so that what was seen holds no more. One owner can be taken over, in
    /// all tries together: whoever is there then is not whom the user spoke of.
    fn try_take(
        store: &'a dyn Store,
        folder: &Folder,
        claimant: Claimant<'_>,
        (json, taken_over): (&[u8], &mut Option<(u32, Vec<u8>)>),
    ) -> Result<Option<Self>, EngineError> {
        let make = |number: u32| -> Result<Option<Self>, EngineError> {
            let made = store.create_new(&folder.owner(number), json)?;
            // Given back at once where a later one is there: this one's place was free, and it is not the last.
            let held = made.then(|| Self { store, folder: folder.clone(), number });
            Ok(held.filter(|_| !store.exists(&folder.owner(number + 1))))
        };
        let Some(last) = last_owner(store, folder)? else { return make(1) };
        if last >= OWNERS_MAX {
            return Err(owned(folder, "more runs than there can be"));
        }
        let path = folder.owner(last);
        let there = match read_whole(store, &path) {
            Ok(there) => there,
            Err(error) if store.exists(&path) => return Err(error),
            Err(_) => return Ok(None),
        };
        match Fate::of(&there, claimant.processes) {
            Fate::Gone => {}
            Fate::NotKnown(_)
                if claimant.take_over
                    && *taken_over.get_or_insert_with(|| (last, there.clone())) == (last, there.clone()) => {}
            Fate::There(owner) | Fate::NotKnown(owner) => return Err(owned(folder, &owner)),
        }
        let is_as_it_was = || read_whole(store, &path).is_ok_and(|now| now == there);
        Ok(make(last + 1)?.filter(|_| is_as_it_was()))
    }
}

/// The number of the last owner's file; none if there is no such file.
fn last_owner(store: &dyn Store, folder: &Folder) -> Result<Option<u32>, EngineError> {
    let names = store.list(&folder.file("run"))?;
    let number = |name: &String| name.strip_prefix("owner-")?.strip_suffix(".json")?.parse().ok();
    Ok(names.iter().filter_map(number).max())
}

/// What is known of an owner, with words that name it.
enum Fate {
    Gone,
    There(String),
    NotKnown(String),
}

impl Fate {
    /// A file without a name in it is of a run that has just begun, or was killed in that moment.
    fn of(there: &[u8], processes: &dyn Processes) -> Self {
        let Ok(owner) = serde_json::from_slice::<Process>(there) else {
            return Self::NotKnown(String::from("a run that did not tell its name"));
        };
        let this = processes.this();
        let is_near = !this.boot.is_empty()
            && (&owner.host, &owner.boot, &owner.number_space) == (&this.host, &this.boot, &this.number_space);
        let words = format!("process {} on {}", owner.number, owner.host);
        match is_near {
            true if processes.is_gone(&owner) => Self::Gone,
            true => Self::There(words),
            false => Self::NotKnown(words),
        }
    }
}

fn owned(folder: &Folder, owner: &str) -> EngineError {
    EngineError::Owned { folder: folder.root().to_owned(), owner: owner.to_owned() }
}
