//! Asks of a finished set. Reads what a run has published, and nothing else; a takedown writes a new version
//! beside it.

pub mod diff;
pub mod explain;
pub mod takedown;
pub mod trace;
pub mod verify;
