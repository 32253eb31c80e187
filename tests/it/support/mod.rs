//! What the tests stand on: files made by code, a folder of one's own to run the program in, golden files.

#[path = "../../../src/fasttext/sample_model.rs"]
pub mod fasttext_model;
pub mod fates;
pub mod faulty_store;
pub mod golden;
pub mod memory_store;
pub mod mutations;
pub mod planted;
pub mod sample;
pub mod sandbox;
pub mod warc_builder;
