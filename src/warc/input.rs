//! A window over the compressed file: forward reading, with a bounded way back.
//!
//! Bytes are fetched in whole blocks at multiples of the block size, whatever sizes the source hands out.
//! So every later decision depends on the file's bytes alone, and not on how a disk or network cuts them.

use std::io::{self, Read};

/// How many bytes are fetched at once.
const BLOCK_BYTES: usize = 128 << 10;
/// How far back [`Input::rewind`] can go.
pub(super) const REWIND_BYTES_MAX: u64 = 1 << 20;
/// Size of the window unless a caller wants more at once.
const WINDOW_BYTES: usize = 2 << 20;

pub(super) struct Input {
    source: Box<dyn Read + Send>,
    bytes: Vec<u8>,
    /// File offset of `bytes[0]`.
    base: u64,
    at: usize,
    end: usize,
    hold: u64,
    ended: bool,
}

impl Input {
    /// An input whose first byte lies at an offset of the file.
    pub(super) fn new_at(source: Box<dyn Read + Send>, base: u64) -> Self {
        Self { source, bytes: vec![0; WINDOW_BYTES], base, at: 0, end: 0, hold: 0, ended: false }
    }

    /// File offset of the next byte.
    pub(super) fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// The bytes that are here already.
    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes[self.at..self.end]
    }

    pub(super) fn skip(&mut self, count: usize) {
        debug_assert!(count <= self.end - self.at);
        self.at += count;
    }

    /// From now on keeps the bytes from this offset on, as far as [`REWIND_BYTES_MAX`] allows.
    pub(super) fn hold(&mut self, offset: u64) {
        self.hold = offset;
    }

    /// Goes back to an offset, or to the first byte after it that is still here.
    pub(super) fn rewind(&mut self, offset: u64) {
        self.at = usize::try_from(offset.saturating_sub(self.base)).map_or(self.at, |at| at.min(self.at));
    }

    /// Fetches one block more. False at the end of the file.
    pub(super) fn refill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.bytes.len() - self.end < BLOCK_BYTES {
            self.compact();
        }
        // Up to the next multiple of the block size in the file, wherever reading began.
        let goal = self.end + BLOCK_BYTES - ((self.base + self.end as u64) % BLOCK_BYTES as u64) as usize;
        let before = self.end;
        while self.end < goal {
            match self.source.read(&mut self.bytes[self.end..goal]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.end > before)
    }

    /// At least `count` bytes, or all that are left in the file.
    pub(super) fn want(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.end - self.at < count && self.refill()? {}
        Ok(self.rest())
    }

    fn compact(&mut self) {
        let back = self.offset().saturating_sub(self.hold).min(REWIND_BYTES_MAX) as usize;
        let from = self.at.saturating_sub(back);
        self.bytes.copy_within(from..self.end, 0);
        self.base += from as u64;
        self.at -= from;
        self.end -= from;
        if self.bytes.len() - self.end < BLOCK_BYTES {
            let grown = (self.bytes.len() * 2).max(self.end + BLOCK_BYTES);
            self.bytes.resize(grown, 0);
        }
    }
}
