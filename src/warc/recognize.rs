//! Says what a file is by its first bytes, and finds the first record of a file whose beginning is damaged.

use std::io;

use super::arc;
use super::header;
use super::input::Input;
use super::limits::Limits;
use super::member::{Coding, DICTIONARY_MAGIC, Decoder, GZIP_MAGIC, ZSTD_MAGIC, skippable_frame};
use super::resync::find_member;

const LZ4_MAGIC: [u8; 4] = [0x04, 0x22, 0x4d, 0x18];
/// How many bytes are looked at at once while a first record is searched for.
const LOOK_BYTES: usize = 64 << 10;

/// What a file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Recognized {
    /// Nothing, or nothing but white space.
    Empty,
    /// An archive whose first record or member begins here.
    Archive(Coding),
    Lz4,
    /// Nothing of an archive within the probe's bounds.
    Unknown,
}

/// Looks at the first bytes, and moves the input on to the first record or member.
pub(super) fn recognize(input: &mut Input, limits: &Limits) -> io::Result<Recognized> {
    let bytes = input.want(LOOK_BYTES)?;
    if bytes.trim_ascii().is_empty() && bytes.len() < LOOK_BYTES {
        return Ok(Recognized::Empty);
    }
    if bytes.starts_with(&LZ4_MAGIC) {
        return Ok(Recognized::Lz4);
    }
    if let Some(coding) = coding_of(bytes) {
        return Ok(Recognized::Archive(coding));
    }
    let text = bytes.trim_ascii_start();
    if header::has_magic(text) || text.starts_with(b"filedesc:") || arc::is_record_start(text) == Some(true) {
        return Ok(Recognized::Archive(Coding::Plain));
    }
    search(input, limits)
}

fn coding_of(bytes: &[u8]) -> Option<Coding> {
    if bytes.starts_with(&GZIP_MAGIC) {
        Some(Coding::Gzip)
    } else if bytes.starts_with(&ZSTD_MAGIC) || skippable_frame(bytes).is_some() {
        Some(Coding::Zstd)
    } else {
        None
    }
}

/// The first member that inflates to a record, or the first line that begins one.
fn search(input: &mut Input, limits: &Limits) -> io::Result<Recognized> {
    let mut gzip = Decoder::new(Coding::Gzip, None, limits)?;
    let mut zstd = Decoder::new(Coding::Zstd, None, limits)?;
    let mut first = true;
    while input.offset() < limits.probe_bytes_max {
        let whole = input.want(2 * LOOK_BYTES)?;
        if whole.is_empty() {
            break;
        }
        // Only the first half is searched: a candidate there has enough bytes after it to be judged.
        let here = if whole.len() < 2 * LOOK_BYTES { whole.len() } else { LOOK_BYTES };
        let found = [
            find_member(&mut gzip, whole, here).map(|at| (at, Coding::Gzip)),
            find_member(&mut zstd, whole, here).map(|at| (at, Coding::Zstd)),
            find_line(whole, here, first).map(|at| (at, Coding::Plain)),
        ];
        if let Some((at, coding)) = found.into_iter().flatten().min_by_key(|(at, _)| *at) {
            input.skip(at);
            return Ok(Recognized::Archive(coding));
        }
        input.skip(here);
        first = false;
    }
    Ok(Recognized::Unknown)
}

fn find_line(bytes: &[u8], here: usize, at_file_start: bool) -> Option<usize> {
    memchr::memmem::find_iter(bytes, header::MAGIC).take_while(|&at| at < here).find(|&at| {
        let begins_line = if at == 0 { at_file_start } else { bytes[at - 1] == b'\n' };
        begins_line && header::is_record_start(&bytes[at..]) == Some(true)
    })
}

/// The dictionary at the head of a `.warc.zst`, if there is one.
pub(super) fn dictionary(input: &mut Input, limits: &Limits) -> io::Result<Option<Result<Vec<u8>, String>>> {
    if !input.want(8)?.starts_with(&DICTIONARY_MAGIC) {
        return Ok(None);
    }
    let Some(size) = skippable_frame(input.rest()) else { return Ok(None) };
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    if size > limits.dictionary_bytes_max {
        let max = limits.dictionary_bytes_max;
        return Ok(Some(Err(format!("found {size} bytes, wanted at most {max}"))));
    }
    let frame = input.want(size)?;
    let Some(content) = frame.get(8..size) else {
        return Ok(Some(Err(format!("found {} bytes, wanted {size}: the file is cut", frame.len()))));
    };
    if !content.starts_with(&ZSTD_MAGIC) {
        return Ok(Some(Ok(content.to_vec())));
    }
    let unpacked = zstd::bulk::decompress(content, limits.dictionary_bytes_max);
    Ok(Some(unpacked.map_err(|error| error.to_string())))
}

/// A file's first bytes in words, for messages.
pub(super) fn describe(bytes: &[u8]) -> String {
    const SHOWN_BYTES: usize = 24;
    let shown = &bytes[..bytes.len().min(SHOWN_BYTES)];
    let dots = if bytes.len() > SHOWN_BYTES { "…" } else { "" };
    match coding_of(bytes) {
        Some(Coding::Gzip) => "a gzip file that holds no such record".to_owned(),
        Some(Coding::Zstd) => "a Zstandard file that holds no such record".to_owned(),
        _ => format!("a file that begins with \"{}\"{dots}", shown.escape_ascii()),
    }
}
