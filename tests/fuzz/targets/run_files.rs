//! Fuzzes the law `run_files`.

#![no_main]

use gristmill_fuzz::{hold, laws};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hold(laws::plan::run_files, bytes));
