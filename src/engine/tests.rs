//! A stage that panics, which no stage of the program should: what a run does then.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use super::folder::Folder;
use super::local::{Job, run};
use super::memory::Budget;
use super::ownership::{Claimant, Process, Processes};
use super::progress::Progress;
use crate::annotate::{Annotator, Answer};
use crate::document::fact::Fact;
use crate::document::origin::Origin;
use crate::document::signals::Signals;
use crate::document::{CharsetSource, Decoding, Document};
use crate::ledger::run_record::RunRecord;
use crate::plan::compile::{Action, Plan};
use crate::shard::reader::ShardReader;
use crate::shard::{ledger, schema};
use crate::store::input::find;
use crate::store::local::Local;

const PRESET: &str = "recipe = 1\n[[stage]]\nextract.html = { mode = \"all\" }\n[[stage]]\nannotate.quality = {}\n\
    [[stage]]\ndedup.exact = {}\n[output]\ndropped = true\n";
const BAD: &str = "a text that no stage stands";

/// The one process that there is.
struct Alone;

impl Processes for Alone {
    fn this(&self) -> Process {
        let [host, boot, number_space] = ["here", "", ""].map(String::from);
        Process { host, boot, number_space, number: 1, started: 0 }
    }

    fn is_gone(&self, _: &Process) -> bool {
        false
    }
}

/// In the place of `annotate.quality`: panics on documents that hold [`BAD`].
struct Panicking;

impl Annotator for Panicking {
    fn find(&self, document: &Document) -> Answer {
        assert!(!document.text().contains(BAD), "it holds {:?}\u{1b}[2J", &document.text()[..1]);
        Answer::Quality(Fact::NotFound)
    }
}

/// A file of `records` responses, each `every`-th of which makes the stage panic; where those lie.
fn warc(records: usize, every: usize) -> (Vec<u8>, Vec<u64>) {
    let (mut bytes, mut bad) = (Vec::new(), Vec::new());
    for number in 0..records {
        let is_bad = number % every == every - 1;
        let text = if is_bad { format!("{BAD}, number {number}") } else { format!("a good text of number {number}") };
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{text}</p>");
        if is_bad {
            bad.push(bytes.len() as u64);
        }
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n\
             WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Target-URI: https://example.org/{number}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        );
        bytes.extend_from_slice(head.as_bytes());
    }
    (bytes, bad)
}

/// Runs the preset with the stage that panics into `out`; the record, and what watchers were told.
fn run_panicking(folder: &Path, out: &str, threads: usize) -> (RunRecord, Vec<String>) {
    let plan = Plan::compile("panics.toml", PRESET, &BTreeMap::new()).expect("the preset is in order");
    let plan = plan.with_action("annotate.quality", Action::Annotate(Box::new(Panicking)));
    let inputs = find(&[folder.join("in").to_string_lossy().into_owned()]).expect("the inputs are there");
    let out = Folder::new(folder.join(out));
    let claimant = Claimant { processes: &Alone, take_over: false };
    let memory = Budget { bytes_max: 1 << 30, held_bytes: 0 };
    let threads = NonZeroUsize::new(threads).expect("threads are some");
    let job = Job { store: &Local, plan: &plan, inputs: &inputs, folder: &out, threads, memory, claimant };
    let progress = Progress::default();
    let finished = run(job, &progress).expect("a panic stops no run");
    (finished.record, progress.take_notes())
}

/// All files that are promised to be the same in every run.
fn promised(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().expect("a name").to_string_lossy().into_owned();
        if entry.is_file() {
            files.insert(name, fs::read(&entry).expect("the file can be read"));
        } else if name != "run" {
            files.extend(promised(&entry).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        }
    }
    files
}

#[test]
fn a_panic_of_a_stage_drops_one_record_and_is_told_with_its_place() {
    crate::text::panics::hook();
    let sandbox = tempfile::tempdir().expect("a temporary folder");
    let (bytes, bad) = warc(40, 8);
    fs::create_dir(sandbox.path().join("in")).expect("the folder can be made");
    fs::write(sandbox.path().join("in/a.warc"), bytes).expect("the folder can be written to");
    let (record, notes) = run_panicking(sandbox.path(), "one", 1);
    assert_eq!(record.statistics.total.documents, 35, "the run goes on");
    assert!(record.funnel.balances());
    assert_eq!(record.funnel.dropped_where(|reason| reason == "extract.panic"), 5);
    let path = sandbox.path().join("one").join(&record.ledger[0].path);
    let mut rows = Vec::new();
    for batch in ShardReader::open(&Local, &path, &schema::LEDGER).expect("the ledger is there") {
        rows.extend(ledger::rows(&batch.expect("it can be read")));
    }
    let places: Vec<u64> = rows.iter().map(|row| row.offset_bytes).collect();
    assert_eq!(places, bad, "the ledger has the places");
    assert!(rows.iter().all(|row| row.reason == "extract.panic" && row.url.starts_with("https://example.org/")));
    assert_eq!(notes.len(), bad.len());
    let first = format!("a.warc, record at byte {}: a stage of gristmill failed", bad[0]);
    assert!(notes[0].starts_with(&first), "{}", notes[0]);
    assert!(notes[0].contains(": it holds \"a\"\u{FFFD}[2J, at src/engine/tests.rs:"), "{}", notes[0]);
    for threads in [2, 7] {
        let out = threads.to_string();
        let (_, same) = run_panicking(sandbox.path(), &out, threads);
        assert_eq!(same, notes, "{threads} threads");
        assert_eq!(promised(&sandbox.path().join(&out)), promised(&sandbox.path().join("one")), "{threads} threads");
    }
}

#[test]
fn a_panic_behind_a_cut_drops_one_document() {
    let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Utf8, replacements: 0 };
    let mut document = Document::new(format!("{BAD} any more"), Origin::default(), decoding, Signals::default());
    let plan = Plan::compile("panics.toml", PRESET, &BTreeMap::new()).expect("the preset is in order");
    let plan = plan.with_action("annotate.quality", Action::Annotate(Box::new(Panicking)));
    let progress = Progress::default();
    let dropped = super::carry::judge_again(plan.before(), &mut document, &progress).expect("it is dropped");
    assert_eq!((dropped.0, dropped.1.reason.as_str()), (2, "extract.panic"));
    super::carry::count_again(&plan, &mut document, &progress);
    assert_eq!(progress.take_notes().len(), 1, "annotators that do not count texts are not asked again");
}

#[test]
fn watchers_are_told_of_the_first_panics_and_how_many_more_there_were() {
    let progress = Progress::default();
    (0..25).for_each(|number| progress.note(|| format!("note {number}")));
    let notes = progress.take_notes();
    assert_eq!(notes.len(), 20);
    assert_eq!((&*notes[0], &*notes[19]), ("note 0", "note 19"));
    assert_eq!(progress.notes_left_out(), 5);
}
