//! The header of a WARC record: what framing needs, found in one pass, and the fields, read when somebody asks.
//!
//! The format is ISO 28500, <https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/>.
//! Versions 0.17, 0.18, 1.0 and 1.1 are read; they differ in nothing that matters here.

use std::borrow::Cow;

use super::fields::{Fields, split};

const VERSIONS: [&[u8]; 4] = [b"1.0", b"1.1", b"0.18", b"0.17"];
/// What a WARC record begins with.
pub(super) const MAGIC: &[u8] = b"WARC/";

/// The header of a WARC record, from its version line to the blank line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WarcHeader<'a>(&'a [u8]);

impl<'a> WarcHeader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The header as it stands in the file.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// The named fields below the version line.
    pub fn fields(self) -> Fields<'a> {
        let first = memchr::memchr(b'\n', self.0).map_or(self.0.len(), |end| end + 1);
        Fields::new(&self.0[first..])
    }

    /// The first value of a field that is not empty.
    pub fn get(self, name: &str) -> Option<Cow<'a, str>> {
        self.fields().get(name)
    }
}

/// What a first line says of the version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VersionLine {
    Known,
    Unknown,
    NoVersion,
}

/// Whether the bytes begin as a WARC record does. Some writers use small letters.
pub(super) fn has_magic(bytes: &[u8]) -> bool {
    bytes.get(..MAGIC.len()).is_some_and(|magic| magic.eq_ignore_ascii_case(MAGIC))
}

/// Judges a line by its beginning; `line` may have its line end or not.
pub(super) fn version_line(line: &[u8]) -> VersionLine {
    if !has_magic(line) {
        VersionLine::NoVersion
    } else if VERSIONS.contains(&line[MAGIC.len()..].trim_ascii_end()) {
        VersionLine::Known
    } else {
        VersionLine::Unknown
    }
}

/// What one pass over a header has found so far. Goes on where it stopped, so a header that arrives in pieces is read once.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Bytes of whole lines read.
    pub(super) read: usize,
    pub(super) lines: usize,
    pub(super) length: Option<u64>,
    pub(super) has_type: bool,
    pub(super) length_repeated: bool,
    pub(super) bare_line_feed: bool,
    pub(super) lines_without_colon: u64,
    folded: Folded,
}

/// What a folded line would mean that comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Folded {
    /// Nothing that framing needs.
    #[default]
    Else,
    /// The value of `Content-Length`, which has begun with an empty line.
    Length,
    /// The value of `WARC-Type`, the same.
    Type,
    /// More of a `Content-Length` that is a number already: then it is none.
    AfterLength,
}

/// Where a scan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scanned {
    /// The blank line was read.
    Whole,
    /// The next line is not all here.
    More,
    BadVersion,
    /// `Content-Length` is missing, contradicts itself or is no number, or another record begins inside the header.
    Bad,
}

impl Scan {
    /// Reads on in the header that begins at `bytes[0]`.
    pub(super) fn go_on(&mut self, bytes: &[u8]) -> Scanned {
        while let Some(end) = memchr::memchr(b'\n', &bytes[self.read..]) {
            let line = &bytes[self.read..self.read + end];
            let bare = without_returns(line);
            if self.lines == 0 {
                if version_line(bare) != VersionLine::Known {
                    return Scanned::BadVersion;
                }
            } else if bare.is_empty() {
                self.read += end + 1;
                return if self.length.is_some() { Scanned::Whole } else { Scanned::Bad };
            } else if !self.field(bare) {
                return Scanned::Bad;
            }
            self.bare_line_feed |= bare.len() == line.len();
            self.lines += 1;
            self.read += end + 1;
        }
        Scanned::More
    }

    /// Takes in one line. False if the header cannot be believed.
    fn field(&mut self, line: &[u8]) -> bool {
        let folded = std::mem::take(&mut self.folded);
        if matches!(line, [b' ' | b'\t', ..]) {
            return self.take(folded, line.trim_ascii());
        }
        let Some((name, value)) = split(line) else {
            self.lines_without_colon += 1;
            return version_line(line) == VersionLine::NoVersion;
        };
        if name.eq_ignore_ascii_case(b"content-length") {
            self.take(Folded::Length, value)
        } else if name.eq_ignore_ascii_case(b"warc-type") {
            self.take(Folded::Type, value)
        } else {
            true
        }
    }

    fn take(&mut self, field: Folded, value: &[u8]) -> bool {
        match field {
            Folded::Else => {}
            _ if value.is_empty() => self.folded = field,
            Folded::AfterLength => return false,
            Folded::Type => self.has_type = true,
            Folded::Length => {
                let length = number(value);
                self.length_repeated |= self.length.is_some();
                if length.is_none() || self.length.is_some_and(|known| Some(known) != length) {
                    return false;
                }
                self.length = length;
                self.folded = Folded::AfterLength;
            }
        }
        true
    }
}

/// A line without the carriage returns at its end; some writers put two.
fn without_returns(mut line: &[u8]) -> &[u8] {
    while let Some(shorter) = line.strip_suffix(b"\r") {
        line = shorter;
    }
    line
}

/// A decimal number of up to 19 digits without a sign.
pub(super) fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 19 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0, |value, &digit| value * 10 + u64::from(digit - b'0')))
}

/// Whether a record begins at `bytes[0]`, judged strictly: a known version line and then a named field.
/// None if more bytes are needed to tell.
pub(super) fn is_record_start(bytes: &[u8]) -> Option<bool> {
    const LINE_BYTES_MAX: usize = 256;
    if !bytes.starts_with(&MAGIC[..bytes.len().min(MAGIC.len())]) {
        return Some(false);
    }
    let window = &bytes[..bytes.len().min(LINE_BYTES_MAX)];
    let Some(first) = memchr::memchr(b'\n', window) else { return undecided(bytes.len() < 32) };
    if version_line(&window[..first]) != VersionLine::Known {
        return Some(false);
    }
    let second = &window[first + 1..];
    match second.iter().position(|&byte| !byte.is_ascii_alphanumeric() && byte != b'-') {
        Some(at) => Some(at > 0 && second[at] == b':'),
        None => undecided(window.len() < LINE_BYTES_MAX),
    }
}

fn undecided(open: bool) -> Option<bool> {
    if open { None } else { Some(false) }
}
