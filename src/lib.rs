//! Turns crawl dumps into open training sets that anyone can check.
//!
//! The modules stand in the order in which a document meets them; no step calls back into an earlier one.

pub mod document;
