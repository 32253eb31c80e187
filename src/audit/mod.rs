//! Asks of a finished set. Reads what a run has published, and nothing else.

pub mod explain;
pub mod trace;
