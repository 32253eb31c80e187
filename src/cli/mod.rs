//! Arguments in, words and exit codes out. One file a subcommand.
//!
//! Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 a check said no, 2 could not
//! run, 130 and 143 stopped by SIGINT and SIGTERM. A message says what was found, what was wanted and where; a hint says
//! what to do.

pub mod allowance;
pub mod card;
pub mod cost;
pub mod diff;
pub mod earlier;
pub mod explain;
pub mod explain_view;
pub mod inspect;
pub mod inspect_view;
pub mod lists;
pub mod memory;
pub mod models;
pub mod plan;
pub mod process;
pub mod progress;
pub mod robots;
pub mod run;
pub mod show;
pub mod signals;
pub mod takedown;
pub mod templates;
pub mod tokenizers;
pub mod trace;
pub mod verify;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::plan::compile::Plan;
use crate::store::Store;
use crate::store::local::Local;
use crate::store::stop::{Stop, Stoppable};
use crate::text::panics;
use crate::text::shown;

/// Done.
const EXIT_DONE: u8 = 0;
/// A check said no, or what was asked for is not there.
const EXIT_CHECK_SAID_NO: u8 = 1;
/// Could not run.
const EXIT_COULD_NOT_RUN: u8 = 2;

/// Turns Common Crawl dumps into open training sets that anyone can check.
#[derive(Debug, Parser)]
#[command(name = "gristmill", version, max_term_width = 100, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Arguments),
    Plan(plan::Arguments),
    Inspect(inspect::Arguments),
    Explain(explain::Arguments),
    Trace(trace::Arguments),
    Verify(verify::Arguments),
    Card(card::Arguments),
    Takedown(takedown::Arguments),
    Diff(diff::Arguments),
}

/// Runs the command line on the local disk. A run that is asked to stop by a signal ends in order; other commands end
/// where they stand.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let (out, errors) = (&mut io::stdout().lock(), &mut io::stderr());
    let arguments = match parse(arguments) {
        Ok(arguments) => arguments,
        Err(code) => return code.into(),
    };
    panics::hook();
    let stop = Stop::default();
    if matches!(arguments.command, Command::Run(_))
        && let Err(error) = signals::listen(&stop)
    {
        let _ = writeln!(errors, "signals end this run at once, since they cannot be listened to: {error}");
    }
    execute(arguments, &Local, &stop, out, errors).into()
}

/// Runs the command line on any store, with any output, until it is done or asked to stop; returns the exit code.
pub fn run_until(
    stop: &Stop,
    arguments: impl IntoIterator<Item = OsString>,
    store: &dyn Store,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> u8 {
    match parse(arguments) {
        Ok(arguments) => execute(arguments, store, stop, out, errors),
        Err(code) => code,
    }
}

/// The same, with nobody who asks to stop.
pub fn run_with(
    arguments: impl IntoIterator<Item = OsString>,
    store: &dyn Store,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> u8 {
    run_until(&Stop::default(), arguments, store, out, errors)
}

/// The arguments, or the exit code where help was asked for or they are wrong.
fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, u8> {
    Arguments::try_parse_from(arguments).map_err(|usage| {
        // Help and version are results; all else is an error. A closed pipe is no reason for another message.
        let words = usage.to_string();
        // Names of files that a shell put in for a glob come back here.
        let _ = match words.contains(|c| shown::is_hidden(c) && c != '\n') {
            true => write!(io::stderr(), "{}", shown::lines(&words)),
            false => usage.print(),
        };
        if usage.use_stderr() { EXIT_COULD_NOT_RUN } else { EXIT_DONE }
    })
}

fn execute(arguments: Arguments, store: &dyn Store, stop: &Stop, out: &mut dyn Write, errors: &mut dyn Write) -> u8 {
    let store = &Stoppable::new(store, stop.clone());
    let done = match arguments.command {
        Command::Run(arguments) => run::run(&arguments, store, stop, out).map(|()| EXIT_DONE),
        Command::Plan(arguments) => plan::run(&arguments, store, out).map(|()| EXIT_DONE),
        Command::Inspect(arguments) => inspect::run(&arguments, store, out).map(|()| EXIT_DONE),
        Command::Explain(arguments) => {
            let found = explain::run(&arguments, store, out);
            found.map(|found| if found { EXIT_DONE } else { EXIT_CHECK_SAID_NO })
        }
        Command::Trace(arguments) => {
            let found = trace::run(&arguments, store, out);
            found.map(|found| if found { EXIT_DONE } else { EXIT_CHECK_SAID_NO })
        }
        Command::Verify(arguments) => {
            let clean = verify::run(&arguments, store, out);
            clean.map(|clean| if clean { EXIT_DONE } else { EXIT_CHECK_SAID_NO })
        }
        Command::Card(arguments) => card::run(&arguments, store, out).map(|()| EXIT_DONE),
        Command::Takedown(arguments) => takedown::run(&arguments, store, out).map(|()| EXIT_DONE),
        Command::Diff(arguments) => {
            let same = diff::run(&arguments, store, out);
            same.map(|same| if same { EXIT_DONE } else { EXIT_CHECK_SAID_NO })
        }
    };
    match (done, stop.asked()) {
        (Ok(code), _) => code,
        // Whatever failed then, most likely failed for this; a fault that is none comes again when the run goes on.
        (Err(_), Some(signal)) => signals::stopped(errors, signal),
        (Err(error), _) if is_closed_pipe(&error) => EXIT_DONE,
        (Err(error), _) => {
            let _ = writeln!(errors, "error: {}", shown::lines(&words(&error)));
            EXIT_COULD_NOT_RUN
        }
    }
}

/// The error and what it was caused by, unless a message holds its cause already; hints come last.
fn words(error: &anyhow::Error) -> String {
    let mut message = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if message.is_empty() {
            message = cause;
        } else if !message.contains(&cause) {
            message = format!("{message}: {cause}");
        }
    }
    message
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Reads and compiles the preset at `path`.
fn compile(store: &dyn Store, path: &Path) -> anyhow::Result<Plan> {
    let bytes = crate::engine::checkpoint::read_whole(store, path)?;
    let source = String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", shown::path(path)))?;
    let beside = lists::Beside::new(store, path);
    Ok(Plan::compile(&path.to_string_lossy(), &source, &beside)?)
}
