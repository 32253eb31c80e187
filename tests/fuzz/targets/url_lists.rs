//! Fuzzes the law `url_lists`.

#![no_main]

use gristmill_fuzz::{hold, laws};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hold(laws::lists::url_lists, bytes));
