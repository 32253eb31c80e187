//! Which process this is, and whether another one of this machine is still there. Linux tells in `/proc`; elsewhere a
//! process is never known to be gone.

use std::fs;

use crate::engine::ownership::{Process, Processes};

/// The processes of this machine.
#[derive(Clone, Copy, Debug)]
pub struct Local;

impl Processes for Local {
    fn this(&self) -> Process {
        let line = |path: &str| fs::read_to_string(path).map(|text| text.trim().to_owned()).unwrap_or_default();
        let number_space = fs::read_link("/proc/self/ns/pid").unwrap_or_default();
        let number = std::process::id();
        Process {
            host: line("/proc/sys/kernel/hostname"),
            boot: line("/proc/sys/kernel/random/boot_id"),
            number_space: number_space.to_string_lossy().into_owned(),
            number,
            started: started(number).unwrap_or_default(),
        }
    }

    fn is_gone(&self, process: &Process) -> bool {
        // Without `/proc` nothing is found in it, which says nothing.
        let tells = started(std::process::id()).is_some();
        tells && started(process.number) != Some(process.started)
    }
}

/// Field 22 of `/proc/PID/stat`: when a process was started, in ticks since the machine was. None of a process that is
/// not there, or has ended and waits for its parent to notice.
fn started(number: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    if matches!(fields.next()?, "Z" | "X") {
        return None;
    }
    fields.nth(18)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_there_and_one_that_ended_is_not() {
        let this = Local.this();
        assert!(!Local.is_gone(&this));
        if this.boot.is_empty() {
            return;
        }
        assert!(Local.is_gone(&Process { started: this.started + 1, ..this.clone() }), "another of the same number");
        let mut child = std::process::Command::new("true").spawn().expect("a process can be started");
        let number = child.id();
        child.wait().expect("it comes to its end");
        assert!(Local.is_gone(&Process { number, ..this }));
    }
}
