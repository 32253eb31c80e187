//! Fuzzes the tokenizer.

#![no_main]

extern crate gristmill;

#[path = "../laws.rs"]
#[allow(dead_code, reason = "each target holds one law")]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::tokens(bytes));
