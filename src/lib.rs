//! Turns crawl dumps into open training sets that anyone can check.
//!
//! The modules stand in the order in which a document meets them; no step calls back into an earlier one.

// The laws of `tests/fuzz` are included by unit tests too, and name the crate as everybody else does.
#[cfg(test)]
extern crate self as gristmill;

pub mod text;

pub mod fasttext;

pub mod document;

pub mod warc;

pub mod extract;

pub mod annotate;

pub mod edit;

pub mod filter;

pub mod dedup;

pub mod plan;

pub mod ledger;

pub mod shard;

pub mod card;

pub mod store;

pub mod engine;

pub mod audit;

pub mod cli;
