//! What will happen, as data: a preset is what was typed, a [`compile::Plan`] is what will run.

pub mod about;
pub mod compile;
pub mod config;
pub mod describe;
pub mod digest;
pub mod form;
pub mod named;
pub mod order;
pub mod problem;
pub mod recompile;

/// Rises with every change that alters the bytes a plan produces.
pub const RECIPE_VERSION: u32 = 3;
