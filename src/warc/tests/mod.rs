//! Tests through the public path: bytes made by code in, records and damage out.

mod content;
mod damage;
mod formats;
mod laws;

use std::io::{Cursor, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::batch::{Batch, Item};
use super::error::WarcError;
use super::limits::Limits;
use super::reader::Reader;

/// What a test expects of one item.
#[derive(Clone, PartialEq)]
pub(super) enum Seen {
    /// A record with this block.
    Block(Vec<u8>),
    /// Damage with this reason.
    Lost(&'static str),
}

impl std::fmt::Debug for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Block(bytes) => {
                write!(f, "{} bytes \"{}\"", bytes.len(), bytes[..bytes.len().min(40)].escape_ascii())
            }
            Self::Lost(reason) => write!(f, "{reason}"),
        }
    }
}

pub(super) fn block(text: &str) -> Seen {
    Seen::Block(text.as_bytes().to_vec())
}

pub(super) fn lost(reason: &'static str) -> Seen {
    Seen::Lost(reason)
}

/// One item as it was read, with its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) item: Seen,
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) within: u64,
}

/// A source that hands out few bytes at once, as networks do.
struct Drip(Cursor<Vec<u8>>, usize);

impl Read for Drip {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = out.len().min(self.1);
        self.0.read(&mut out[..count])
    }
}

pub(super) fn read_with(file: &[u8], limits: Limits, drip: usize, target: usize) -> Result<Vec<Found>, WarcError> {
    let source = Drip(Cursor::new(file.to_vec()), drip);
    let mut reader = Reader::open(Box::new(source), "made.warc", limits)?;
    let mut batch = Batch::new();
    let mut found = Vec::new();
    while reader.fill(&mut batch, target)? {
        for item in batch.iter() {
            assert_eq!(item.ordinal(), found.len() as u64);
            found.push(match item {
                Item::Record(record) => Found {
                    item: Seen::Block(record.block.to_vec()),
                    offset: record.offset_bytes,
                    length: record.length_bytes,
                    within: record.within_bytes,
                },
                Item::Damage(damage) => Found {
                    item: Seen::Lost(damage.reason().as_str()),
                    offset: damage.offset_bytes,
                    length: damage.length_bytes,
                    within: 0,
                },
            });
        }
    }
    assert!(!reader.fill(&mut batch, target)?, "the end stays the end");
    Ok(found)
}

pub(super) fn read(file: &[u8]) -> Vec<Found> {
    let found = read_with(file, Limits::default(), usize::MAX, 1 << 20).unwrap();
    // The sizes of reads and batches must not show in what is read.
    assert_eq!(read_with(file, Limits::default(), 1_000, 1).unwrap(), found);
    found
}

/// Reads a file and compares blocks and reasons.
pub(super) fn check(file: &[u8], wanted: &[Seen]) {
    let found: Vec<Seen> = read(file).into_iter().map(|found| found.item).collect();
    assert_eq!(found, wanted);
}

pub(super) fn refusal(file: &[u8]) -> String {
    read_with(file, Limits::default(), usize::MAX, 1 << 20).expect_err("a refusal").to_string()
}

pub(super) fn repairs(file: &[u8]) -> Vec<(&'static str, u64)> {
    let mut reader = Reader::open(Box::new(Cursor::new(file.to_vec())), "made.warc", Limits::default()).unwrap();
    let mut batch = Batch::new();
    while reader.fill(&mut batch, 1 << 20).unwrap() {}
    reader.repairs().counts().iter().map(|(name, count)| (*name, *count)).collect()
}

/// A record with a block; everything else made up.
pub(super) fn record(block: &str) -> String {
    with_length(block, block.len())
}

/// A record that states any length.
pub(super) fn with_length(block: &str, length: usize) -> String {
    format!("{}\r\n\r\n", without_end(block, length))
}

pub(super) fn without_end(block: &str, length: usize) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n\
         WARC-Target-URI: https://example.org/\r\nContent-Length: {length}\r\n\r\n{block}"
    )
}

pub(super) fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::new(6));
    member.write_all(bytes.as_ref()).unwrap();
    member.finish().unwrap()
}

/// Text that does not compress to nothing, from a fixed seed.
pub(super) fn noise(length: usize, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            char::from(b'a' + (state % 26) as u8)
        })
        .collect()
}
