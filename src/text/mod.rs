//! How a text is cut: into words, in the ways of several programs, what is found in it, and how it is shown; and what a
//! panic says.
//!
//! Nothing here knows of documents, stages or files.

pub mod c4;
pub mod characters;
pub mod lines;
pub mod nltk;
pub mod panics;
pub mod shown;
pub mod spacy;
pub mod splitter;
pub mod symbols;
pub mod table;
pub mod word_scan;
pub mod worded;
pub mod words;
