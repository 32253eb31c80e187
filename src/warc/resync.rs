//! Finds the next record after damage: the next member that inflates to one, or the next line that begins one.
//!
//! Searching is linear in the length of the file. Inflated bytes are searched once. Compressed bytes may be gone over
//! again from just behind the beginning of a bad member, because a cut member swallows the beginning of the next; how
//! much is gone over again is paid from a credit that grows with the bytes read for the first time.

use std::io;

use super::arc;
use super::batch::Format;
use super::header;
use super::input::{Input, REWIND_BYTES_MAX};
use super::member::{Coding, Decoder, GZIP_MAGIC, ZSTD_MAGIC};

/// How many bytes are searched at once.
const SEARCH_BYTES: usize = 128 << 10;
/// Bytes beyond the searched ones that a candidate may need to be judged.
const AHEAD_BYTES: usize = 160 << 10;
/// Bytes gone over again for each byte read for the first time.
const CREDIT_PER_BYTE: u64 = 2;
/// How many candidates may be given all bytes that are here. Zstandard shows nothing until a block is whole.
const LONG_PEEKS_MAX: usize = 16;
/// What later candidates are given, so that a search through nothing but candidates stays quick.
const PEEK_INPUT_BYTES_MAX: usize = 4 << 10;
/// How many inflated bytes of a candidate are looked at.
const PEEK_BYTES: usize = 1 << 10;

/// How far back a search may begin.
#[derive(Debug, Default)]
pub(super) struct Credit {
    left: u64,
    farthest: u64,
}

impl Credit {
    /// Where to begin the search for the member after a bad one: just behind its beginning, or if that lies too far
    /// back, or was gone over too often, as near to it as may be.
    pub(super) fn begin(&mut self, bad_member: u64, input_offset: u64) -> u64 {
        self.back_to(bad_member + 1, input_offset)
    }

    /// The place itself, if it lies near enough and was not gone over too often; else where the input stands.
    pub(super) fn back_to(&mut self, place: u64, input_offset: u64) -> u64 {
        let fresh = input_offset.saturating_sub(self.farthest);
        self.left = (self.left + fresh * CREDIT_PER_BYTE).min(8 * REWIND_BYTES_MAX);
        self.farthest = self.farthest.max(input_offset);
        let back = input_offset.saturating_sub(place).min(REWIND_BYTES_MAX);
        if back > self.left {
            return input_offset;
        }
        self.left -= back;
        input_offset - back
    }
}

/// The first member within `here` bytes that inflates to a record.
pub(super) fn find_member(decoder: &mut Decoder, bytes: &[u8], here: usize) -> Option<usize> {
    let magic: &[u8] = match decoder.coding {
        Coding::Gzip => &GZIP_MAGIC,
        Coding::Zstd => &ZSTD_MAGIC,
        Coding::Plain => return None,
    };
    let mut out = [0; PEEK_BYTES];
    memchr::memmem::find_iter(bytes, magic).take_while(|&at| at < here).enumerate().find_map(|(number, at)| {
        let input_max = if number < LONG_PEEKS_MAX { bytes.len() } else { PEEK_INPUT_BYTES_MAX };
        let packed = &bytes[at..];
        holds_record(decoder.peek(&packed[..packed.len().min(input_max)], &mut out)).then_some(at)
    })
}

/// Whether the first bytes of a member are a record's.
fn holds_record(bytes: &[u8]) -> bool {
    header::has_magic(bytes) || bytes.starts_with(b"filedesc:") || arc::is_record_start(bytes) == Some(true)
}

/// Moves the input on to the next member that inflates to a record, or to the end of the file.
pub(super) fn seek_member(decoder: &mut Decoder, input: &mut Input) -> io::Result<()> {
    loop {
        let bytes = input.want(SEARCH_BYTES + AHEAD_BYTES)?;
        if bytes.is_empty() {
            return Ok(());
        }
        let here = if bytes.len() < SEARCH_BYTES + AHEAD_BYTES { bytes.len() } else { SEARCH_BYTES };
        let found = find_member(decoder, bytes, here);
        input.skip(found.unwrap_or(here));
        if found.is_some() {
            return Ok(());
        }
    }
}

/// What a search for a line that begins a record came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A record begins here.
    Found(usize),
    /// A record may begin here; more bytes will tell.
    Perhaps(usize),
    /// No record begins before this place.
    NoneBefore(usize),
}

/// Searches `bytes` from `from` on, where a line may begin only after a line feed.
pub(super) fn find_line(format: Option<Format>, bytes: &[u8], from: usize) -> Line {
    match format {
        Some(Format::Arc(_)) => find_arc_line(bytes, from),
        _ => find_warc_line(bytes, from),
    }
}

fn find_warc_line(bytes: &[u8], from: usize) -> Line {
    for at in memchr::memmem::find_iter(&bytes[from..], header::MAGIC).map(|at| at + from) {
        if at > 0 && bytes[at - 1] == b'\n' {
            match header::is_record_start(&bytes[at..]) {
                Some(true) => return Line::Found(at),
                Some(false) => {}
                None => return Line::Perhaps(at),
            }
        }
    }
    Line::NoneBefore(bytes.len().saturating_sub(header::MAGIC.len() - 1).max(from))
}

fn find_arc_line(bytes: &[u8], from: usize) -> Line {
    let first = from.saturating_sub(1);
    for at in memchr::memchr_iter(b'\n', &bytes[first..]).map(|feed| first + feed + 1) {
        match arc::is_record_start(&bytes[at..]) {
            Some(true) => return Line::Found(at),
            Some(false) => {}
            None => return Line::Perhaps(at),
        }
    }
    Line::NoneBefore(bytes.len())
}
