//! What a run cost this process: time, processor time, memory. Linux tells in `/proc`; elsewhere these are left out.

use std::fs;
use std::time::{Duration, Instant};

use serde::Serialize;

/// A run's beginning.
pub struct Stopwatch {
    started: Instant,
    started_at: String,
}

/// What it cost, for `run.json`.
#[derive(Clone, Debug, Serialize)]
pub struct Cost {
    /// When it began, UTC.
    pub started_at: String,
    /// Wall time.
    pub seconds: f64,
    /// Processor time of all threads, in user and kernel mode.
    pub cpu_seconds: Option<f64>,
    /// Largest resident set.
    pub peak_rss_bytes: Option<u64>,
    /// Worker threads.
    pub threads: usize,
    /// Name of the machine.
    pub host: Option<String>,
}

impl Stopwatch {
    /// Begins now.
    pub fn start() -> Self {
        let started_at = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        Self { started: Instant::now(), started_at }
    }

    /// Since the beginning.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// What the run has cost so far.
    pub fn cost(&self, threads: usize) -> Cost {
        Cost {
            started_at: self.started_at.clone(),
            seconds: self.elapsed().as_secs_f64(),
            cpu_seconds: cpu_seconds(),
            peak_rss_bytes: peak_rss_bytes(),
            threads,
            host: fs::read_to_string("/proc/sys/kernel/hostname").ok().map(|name| name.trim().to_owned()),
        }
    }
}

fn peak_rss_bytes() -> Option<u64> {
    status_bytes("VmHWM:")
}

/// The resident set.
pub fn resident_bytes() -> Option<u64> {
    status_bytes("VmRSS:")
}

fn status_bytes(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024)
}

/// Fields 14 and 15 of `/proc/self/stat`, in ticks of 1/100 s on every Linux of today.
fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some((user + system) as f64 / 100.0)
}
