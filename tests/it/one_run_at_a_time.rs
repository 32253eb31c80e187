//! A folder belongs to one run at a time, to one plan, and to inputs that stay as they are.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use gristmill::store::{Sink, Source, Store, StoreError};

use crate::support::memory_store::MemoryStore;
use crate::support::sandbox::Sandbox;
use crate::survives_faults::{promised, run, run_with, sandbox};

/// A disk on which something else happens in the middle of a run: just before a file of this name is begun.
struct Meddled<'a> {
    disk: &'a MemoryStore,
    before: &'a str,
    meddle: Mutex<Option<Box<dyn FnOnce() + Send + 'a>>>,
}

impl<'a> Meddled<'a> {
    fn new(disk: &'a MemoryStore, before: &'a str, meddle: impl FnOnce() + Send + 'a) -> Self {
        Self { disk, before, meddle: Mutex::new(Some(Box::new(meddle))) }
    }
}

impl Store for Meddled<'_> {
    fn open(&self, path: &Path) -> Result<Arc<dyn Source>, StoreError> {
        self.disk.open(path)
    }

    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, StoreError> {
        if path.ends_with(self.before)
            && let Some(meddle) = self.meddle.lock().expect("no panic").take()
        {
            meddle();
        }
        self.disk.create(path)
    }

    fn create_new(&self, path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
        self.disk.create_new(path, bytes)
    }

    fn create_scratch(&self, path: &Path) -> Result<Box<dyn Write + Send>, StoreError> {
        self.disk.create_scratch(path)
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, StoreError> {
        self.disk.list(folder)
    }

    fn remove(&self, path: &Path) -> Result<(), StoreError> {
        self.disk.remove(path)
    }

    fn exists(&self, path: &Path) -> bool {
        self.disk.exists(path)
    }
}

fn disk(sandbox: &Sandbox) -> MemoryStore {
    MemoryStore::new(sandbox.path("out"))
}

/// What a run writes of itself while it owns the folder.
fn owner(sandbox: &Sandbox) -> serde_json::Value {
    let disk = disk(sandbox);
    let mut json = Vec::new();
    let look = || json = disk.contents()["run/owner-1.json"].to_vec();
    assert_eq!(run(sandbox, &Meddled::new(&disk, "manifest.json", look)).0, 0);
    serde_json::from_slice(&json).expect("a process")
}

#[test]
fn a_second_run_into_a_folder_is_refused_while_the_first_goes_on() {
    let sandbox = sandbox();
    let disk = disk(&sandbox);
    let mut second = (0, String::new());
    let begin_second = || second = run(&sandbox, &disk);
    let first = run(&sandbox, &Meddled::new(&disk, "manifest.json", begin_second));
    assert_eq!(first, (0, String::new()));
    let (code, message) = second;
    assert_eq!(code, 2);
    let wanted = format!("belongs to another run: process {} on ", std::process::id());
    assert!(message.contains(&wanted) && message.contains("hint: wait for its end"), "{message}");
    assert_eq!(run(&sandbox, &disk), (0, String::new()), "what is finished is nobody's");
    assert!(!disk.contents().keys().any(|name| name.contains("owner")), "{:?}", disk.contents().keys());
}

/// Runs in a folder whose last owner left these words behind.
fn check_owner(sandbox: &Sandbox, left: &str, more: &[&str], wanted: Result<(), &str>) {
    let (disk, whole) = (disk(sandbox), disk(sandbox));
    disk.put("run/owner-1.json", left.as_bytes());
    let (code, message) = run_with(sandbox, &disk, more);
    match wanted {
        Ok(()) => {
            assert_eq!((code, message.as_str()), (0, ""), "{left}");
            assert_eq!(run(sandbox, &whole).0, 0);
            assert_eq!(promised(&disk), promised(&whole), "{left}");
        }
        Err(words) => {
            assert_eq!(code, 2, "{left}");
            assert!(message.contains(words) && message.contains("give --take-over"), "{left}: {message}");
            assert_eq!(disk.contents().len(), 1, "nothing was written: {:?}", disk.contents().keys());
        }
    }
}

#[test]
fn a_run_that_is_known_to_be_gone_is_followed_and_others_only_if_the_user_says_so() {
    let sandbox = sandbox();
    let here = owner(&sandbox);
    let mut child = std::process::Command::new("true").spawn().expect("a process can be started");
    let ended = child.id();
    child.wait().expect("it comes to its end");
    let with = |name: &str, value: serde_json::Value| {
        let mut process = here.clone();
        process["number"] = ended.into();
        process[name] = value;
        process.to_string()
    };
    let gone = with("number", ended.into());
    if here["boot"] != "" {
        check_owner(&sandbox, &gone, &[], Ok(()));
    }
    for name in ["host", "boot", "number_space"] {
        let elsewhere = with(name, "another".into());
        check_owner(&sandbox, &elsewhere, &[], Err(&format!("belongs to another run: process {ended} on ")));
        check_owner(&sandbox, &elsewhere, &["--take-over"], Ok(()));
    }
    check_owner(&sandbox, &here.to_string(), &[], Err(&format!("process {} on ", std::process::id())));
    check_owner(&sandbox, "", &[], Err("a run that did not tell its name"));
    check_owner(&sandbox, "", &["--take-over"], Ok(()));
}

/// Changes the inputs just before a file is begun: the run ends with these words, and has no manifest.
fn check_change(before: &str, change: fn(&Sandbox), words: &str) {
    let sandbox = sandbox();
    let disk = disk(&sandbox);
    let (code, message) = run(&sandbox, &Meddled::new(&disk, before, || change(&sandbox)));
    assert_eq!(code, 2, "{words}");
    assert!(message.contains(words), "{message}");
    assert!(!disk.contents().contains_key("manifest.json"), "{:?}", disk.contents().keys());
    let (code, message) = run(&sandbox, &disk);
    assert_eq!(code, 2, "{words}: the folder was begun with what is not there any more");
    assert!(message.contains("input") || message.contains("in/"), "{message}");
}

fn grow(sandbox: &Sandbox, name: &str) {
    let bytes = [sandbox.read(name), b"more".to_vec()].concat();
    sandbox.write(name, bytes);
}

fn change_last(sandbox: &Sandbox, name: &str) {
    let mut bytes = sandbox.read(name);
    *bytes.last_mut().expect("it is not empty") ^= 1;
    sandbox.write(name, bytes);
}

#[test]
fn an_input_that_changes_during_the_run_is_told_and_nothing_is_published_of_it() {
    let [first, last] = ["run/work/part-000000/kept.parquet", "statistics.csv"];
    check_change(first, |sandbox| grow(sandbox, "in/b.warc.gz"), "b.warc.gz changed during the run: it had ");
    check_change(last, |sandbox| grow(sandbox, "in/a.warc.gz"), "a.warc.gz changed during the run: it had ");
    check_change(last, |sandbox| change_last(sandbox, "in/b.warc.gz"), "others at its beginning or end");
    let shorten = |sandbox: &Sandbox| {
        let bytes = sandbox.read("in/b.warc.gz");
        sandbox.write("in/b.warc.gz", &bytes[..bytes.len() - 10]);
    };
    check_change(first, shorten, "b.warc.gz changed during the run: it had ");
    let remove = |sandbox: &Sandbox| std::fs::remove_file(sandbox.path("in/b.warc.gz")).expect("it was there");
    check_change(first, remove, "b.warc.gz cannot be read");
    check_change(last, remove, "b.warc.gz cannot be read");
}

/// A file that shrinks under the reader's hands ends before the length that it had when it was opened.
#[test]
fn a_file_that_is_cut_while_it_is_read_is_told() {
    let sandbox = sandbox();
    let shorten = || drop(sandbox.write("in/a.warc.gz", &sandbox.read("in/a.warc.gz")[..0]));
    let disk = disk(&sandbox);
    let (code, _) = run(&sandbox, &Meddled::new(&disk, "run/work/part-000000/kept.parquet", shorten));
    assert_eq!(code, 2);
    assert!(!disk.contents().contains_key("manifest.json"));
}

#[test]
fn a_finished_folder_asked_for_again_with_other_inputs_says_what_differs() {
    let sandbox = sandbox();
    let disk = disk(&sandbox);
    assert_eq!(run(&sandbox, &disk), (0, String::new()));
    let whole = disk.contents();
    let check = |words: &str| {
        let (code, message) = run(&sandbox, &disk);
        assert_eq!(code, 2, "{words}");
        assert!(
            message.contains("was begun with another plan or other inputs") && message.contains(words),
            "{message}"
        );
        assert_eq!(disk.contents(), whole, "{words}");
    };
    let sound = sandbox.read("in/a.warc.gz");
    change_last(&sandbox, "in/a.warc.gz");
    check(&format!("input a.warc.gz has {} bytes as it had, and others at its beginning or end", sound.len()));
    sandbox.write("in/a.warc.gz", [&sound[..], b"more"].concat());
    check(&format!("input a.warc.gz had {} bytes, and has {} now", sound.len(), sound.len() + 4));
    sandbox.write("in/a.warc.gz", &sound);
    sandbox.write("in/c.warc.gz", &sound);
    check("input c.warc.gz is not there");
}

#[test]
fn a_folder_of_another_format_is_not_mixed_into() {
    let sandbox = sandbox();
    let disk = disk(&sandbox);
    assert_eq!(run(&sandbox, &disk), (0, String::new()));
    let mut begun: serde_json::Value =
        serde_json::from_slice(&disk.contents()["run/begun.json"]).expect("a published record is whole");
    begun["format"] = 1.into();
    disk.put("run/begun.json", begun.to_string().as_bytes());
    let (code, message) = run(&sandbox, &disk);
    assert_eq!(code, 2);
    assert!(message.contains("format of the files is 1 there, and "), "{message}");
}
