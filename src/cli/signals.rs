//! SIGINT and SIGTERM: a run ends in order within two seconds, and says so in one sentence.
//!
//! The first signal asks the run to stop, which it does at its next read or write. What does not get there in time, for
//! instance because a disk hangs, is ended by a watchdog; files get their names when they are whole, so that loses no more
//! than a kill does. A second signal ends the program at once, unless it comes with the first: who stops a process often
//! tells it and its group, as `timeout` and batch systems do.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use crate::store::stop::Stop;

/// How long a run may take to end by itself; the rest of two seconds is for the end of the program.
const GRACE: Duration = Duration::from_millis(1_700);
/// Signals that come so close together are one request.
const TOGETHER: Duration = Duration::from_millis(250);
/// How long the last sentence may take: whoever reads it may have stopped reading.
const LAST_WORDS: Duration = Duration::from_millis(100);
/// What shells add to the number of a signal that ended a program.
const EXIT_SIGNAL: i32 = 128;

/// Whether the sentence was said: by the run or by the watchdog.
static SAID: AtomicBool = AtomicBool::new(false);

/// From now on SIGINT and SIGTERM ask to stop, instead of ending the program where it stands.
pub fn listen(stop: &Stop) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let stop = stop.clone();
    thread::Builder::new().name(String::from("signals")).spawn(move || {
        let mut first: Option<Instant> = None;
        for signal in signals.forever() {
            match first {
                Some(at) if at.elapsed() >= TOGETHER => end_at_once(signal),
                Some(_) => {}
                None => {
                    first = Some(Instant::now());
                    stop.ask(signal);
                    thread::spawn(move || watch(signal));
                }
            }
        }
    })?;
    Ok(())
}

/// Ends the program when its time is over.
fn watch(signal: i32) {
    thread::sleep(GRACE);
    thread::spawn(move || {
        if !SAID.swap(true, Ordering::Relaxed) {
            say(&mut io::stderr(), signal);
        }
    });
    thread::sleep(LAST_WORDS);
    end_at_once(signal);
}

/// Without destructors: other threads are still at work on what these would take away.
fn end_at_once(signal: i32) -> ! {
    low_level::exit(EXIT_SIGNAL + signal)
}

/// Says that the run stopped, unless the watchdog has; returns the exit code.
pub fn stopped(errors: &mut dyn Write, signal: i32) -> u8 {
    if !SAID.swap(true, Ordering::Relaxed) {
        say(errors, signal);
    }
    u8::try_from(EXIT_SIGNAL + signal).unwrap_or(u8::MAX)
}

fn say(errors: &mut dyn Write, signal: i32) {
    let name = low_level::signal_name(signal).unwrap_or("a signal");
    // Where nobody can be told, the exit code still tells.
    let _ = writeln!(errors, "stopped by {name}; what is finished is kept, and the same command goes on from there");
}
