//! HTML into a tree: tokenizer, names, references, implied end tags, bounds.
//!
//! One pass over the bytes of a decoded page fills an arena of nodes in document order. Nothing is allocated for a
//! token or a node, and hostile pages take linear time: `limits.rs` says by which bounds.

pub mod attribute;
pub mod class_words;
mod closing;
pub mod context;
pub mod entities;
pub mod limits;
pub mod name_hash;
mod open;
pub mod tag;
pub mod tokens;
pub mod tree;
