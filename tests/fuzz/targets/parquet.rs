//! Fuzzes the law `parquet`.

#![no_main]

use gristmill_fuzz::{hold, laws};

// The program catches panics of the Parquet library; the fuzzer's own hook would end the process before.
libfuzzer_sys::fuzz_target!(
    init: gristmill::text::panics::hook(),
    |bytes: &[u8]| hold(laws::shards::parquet, bytes)
);
