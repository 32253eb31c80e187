//! The laws, and what a fuzz target adds to them: a bound on the memory that a law takes.

pub mod laws;
mod memory;

pub use memory::hold;
