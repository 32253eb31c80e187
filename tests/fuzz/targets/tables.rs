//! Fuzzes the law `tables`.

#![no_main]

use gristmill_fuzz::{hold, laws};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hold(laws::lists::tables, bytes));
