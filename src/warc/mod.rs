//! From the bytes of a file to its records, and from a record to the payload that holds a page.
//!
//! [`reader::Reader`] recognizes a file by its content: WARC and ARC, plain, gzip or Zstandard, one member a record or
//! not. It fills a [`batch::Batch`] with records and damage; every byte of the file belongs to one or the other.
//! [`content::sort`] then says what a record is to a training set: content, or not kept with a reason.
//!
//! Damage never stops a file and is never silent: see [`damage`]. What is no archive is refused: see [`error`].

pub mod arc;
pub mod batch;
pub mod coding;
pub mod content;
pub mod damage;
pub mod digest;
pub mod error;
pub mod fields;
mod framing;
pub mod header;
pub mod http;
mod input;
pub mod limits;
mod member;
pub mod reader;
mod recognize;
pub mod record;
mod recover;
mod resync;
mod stream;

#[cfg(test)]
mod tests;
