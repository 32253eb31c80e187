//! The `gristmill` command.

use std::process::ExitCode;

/// Records are taken apart on all threads at once, which is hard on the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gristmill::cli::main(std::env::args_os())
}
