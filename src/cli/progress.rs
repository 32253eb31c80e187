//! Shows how far a run is: bars on a terminal, a line a minute elsewhere. Nothing is shown of a run that was asked to stop,
//! so that it leaves the terminal clean however it ends.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanDuration, MultiProgress, ProgressBar, ProgressStyle};

use crate::engine::progress::{Phase, Progress};
use crate::ledger::funnel::{grouped, share};

const BAR_INTERVAL: Duration = Duration::from_millis(120);
const LINE_INTERVAL: Duration = Duration::from_secs(60);

/// Runs `work` while the progress is shown on standard error. Nothing is shown if `quiet`.
pub fn watch<T>(progress: &Progress, quiet: bool, work: impl FnOnce() -> T) -> T {
    if quiet {
        return work();
    }
    let done = AtomicBool::new(false);
    let is_over = || done.load(Ordering::Relaxed) || progress.stop.asked().is_some();
    thread::scope(|scope| {
        let shower = scope.spawn(|| match std::io::stderr().is_terminal() {
            true => show_bars(progress, &is_over),
            false => show_lines(progress, &is_over),
        });
        // The shower is ended also when the work panics, so that the panic is seen.
        let _guard = EndOnDrop { done: &done, shower: shower.thread().clone() };
        work()
    })
}

struct EndOnDrop<'a> {
    done: &'a AtomicBool,
    shower: Thread,
}

impl Drop for EndOnDrop<'_> {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        self.shower.unpark();
    }
}

fn show_bars(progress: &Progress, is_over: &dyn Fn() -> bool) {
    let bars = MultiProgress::new();
    let style = |template: &str| {
        ProgressStyle::with_template(template).expect("the templates are constants").progress_chars("━╸ ")
    };
    let files = bars.add(ProgressBar::new(0).with_style(style("files {bar:40} {pos}/{len}  {msg}")));
    let bytes = bars.add(ProgressBar::new(0).with_style(style("bytes {bar:40} {bytes}/{total_bytes}  {msg}")));
    let begun = Instant::now();
    while !is_over() {
        files.set_length(load(&progress.files));
        files.set_position(load(&progress.files_done));
        bytes.set_length(load(&progress.bytes));
        bytes.set_position(progress.bytes_done.load(Ordering::Relaxed));
        files.set_message(documents(progress, begun));
        bytes.set_message(phase(progress, begun));
        for note in progress.take_notes() {
            // Above the bars; what cannot be written is in the ledger.
            let _ = bars.println(note);
        }
        thread::park_timeout(BAR_INTERVAL);
    }
    // A clear that fails leaves a bar on the screen and harms nothing.
    let _ = bars.clear();
}

fn show_lines(progress: &Progress, is_over: &dyn Fn() -> bool) {
    let begun = Instant::now();
    let mut next = LINE_INTERVAL;
    while !is_over() {
        thread::park_timeout(next.saturating_sub(begun.elapsed()).max(Duration::from_millis(1)));
        if begun.elapsed() >= next && !is_over() {
            next += LINE_INTERVAL;
            eprintln!(
                "{} of {} files, {} of {}, {}, {}",
                load(&progress.files_done),
                load(&progress.files),
                HumanBytes(progress.bytes_done.load(Ordering::Relaxed)),
                HumanBytes(load(&progress.bytes)),
                documents(progress, begun),
                phase(progress, begun),
            );
        }
    }
}

fn phase(progress: &Progress, begun: Instant) -> String {
    match progress.phase() {
        Phase::Documents => time_left(progress, begun),
        Phase::Deduplication => match progress.pass() {
            (words, _) if words.is_empty() => String::from("deduplicating"),
            (words, percent) => format!("{words}, {percent} %"),
        },
        Phase::Publishing => String::from("writing the set"),
    }
}

fn documents(progress: &Progress, begun: Instant) -> String {
    let (records, kept) = (load(&progress.records), load(&progress.kept));
    let a_second = records as f64 / begun.elapsed().as_secs_f64().max(0.001);
    format!("{} records/s, {} kept ({})", grouped(a_second as u64), grouped(kept), share(kept, records))
}

fn time_left(progress: &Progress, begun: Instant) -> String {
    let (done, all) = (progress.bytes_done.load(Ordering::Relaxed), load(&progress.bytes));
    if done == 0 || all <= done {
        return String::new();
    }
    let left = begun.elapsed().mul_f64((all - done) as f64 / done as f64);
    format!("{} left", HumanDuration(left))
}

fn load(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}
