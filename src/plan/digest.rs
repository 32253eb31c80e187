//! Names a plan: two plans with the same digest produce the same bytes from the same input.
//!
//! The digest covers what decides which text comes out and what decides the form of the files, every default filled in,
//! list files by their content. It covers neither the folder written to nor what decides only speed.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// SHA-256, in lower-case hex, of the value's JSON. Struct fields keep their order and maps are sorted, so equal values
/// give equal digests.
pub fn of<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_vec(value).expect("plans hold no maps with keys that are not strings, and no NaN");
    data_encoding::HEXLOWER.encode(&Sha256::digest(json))
}
