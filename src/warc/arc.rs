//! ARC files, the format before WARC: a URL line, then as many bytes as the line's last word says.
//!
//! <https://archive.org/web/researcher/ArcFileFormat.php>, versions 1 (five words) and 2 (ten words).
//! URLs may hold spaces, so the words are counted from the right.

use std::borrow::Cow;

use super::header::number;

/// Longest URL line looked at when the next record is searched for.
const START_BYTES_MAX: usize = 4 << 10;
const SCHEME_BYTES_MAX: usize = 16;

/// Which words a URL line has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// `URL IP-address Archive-date Content-type Archive-length`
    #[default]
    One,
    /// `URL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length`
    Two,
}

impl Version {
    fn words_after_url(self) -> usize {
        match self {
            Self::One => 4,
            Self::Two => 9,
        }
    }

    /// The version that the second line of a version block states, e.g. `1 1 InternetArchive`.
    pub(super) fn of_version_block(block: &[u8]) -> Self {
        if block.starts_with(b"2 ") { Self::Two } else { Self::One }
    }
}

/// The URL line of an ARC record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArcHeader<'a> {
    line: &'a [u8],
    version: Version,
}

impl<'a> ArcHeader<'a> {
    pub(super) fn new(line: &'a [u8], version: Version) -> Self {
        Self { line: line.trim_ascii(), version }
    }

    /// The URL line without its line end.
    pub fn as_bytes(self) -> &'a [u8] {
        self.line
    }

    /// The URL, spaces and all.
    pub fn url(self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.split().0)
    }

    /// The date in the form of WARC, `2008-04-30T20:48:25Z`, if it has 14 digits, else as written.
    pub fn date(self) -> Cow<'a, str> {
        let date = self.word(1);
        match std::str::from_utf8(date) {
            Ok(d) if d.len() >= 14 && d.bytes().all(|byte| byte.is_ascii_digit()) => Cow::Owned(format!(
                "{}-{}-{}T{}:{}:{}Z",
                &d[..4],
                &d[4..6],
                &d[6..8],
                &d[8..10],
                &d[10..12],
                &d[12..14]
            )),
            _ => String::from_utf8_lossy(date),
        }
    }

    /// The content type as the line states it.
    pub fn content_type(self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.word(2))
    }

    /// Whether this is the version block that stands at the head of a file.
    pub fn is_version_block(self) -> bool {
        self.line.starts_with(b"filedesc:")
    }

    fn word(self, index: usize) -> &'a [u8] {
        self.split().1.split(|&byte| byte == b' ').nth(index).unwrap_or_default()
    }

    /// The URL and the words after it.
    fn split(self) -> (&'a [u8], &'a [u8]) {
        let space = memchr::memrchr_iter(b' ', self.line).nth(self.version.words_after_url() - 1);
        let space = space.or_else(|| memchr::memchr(b' ', self.line)).unwrap_or(self.line.len());
        (&self.line[..space], self.line[space..].trim_ascii())
    }
}

/// The length that a URL line states. None if the line is none.
pub(super) fn block_length(line: &[u8]) -> Option<u64> {
    let line = line.trim_ascii_end();
    let (rest, length) = line.split_at(memchr::memrchr(b' ', line)?);
    let has_scheme = memchr::memchr(b':', rest).is_some_and(|colon| colon > 0 && is_scheme(&rest[..colon]));
    let words = memchr::memchr_iter(b' ', rest).count();
    if has_scheme && words >= 3 { number(&length[1..]) } else { None }
}

/// Whether a record begins at `bytes[0]`: a URL line whose length can be read. None if more bytes are needed to tell.
pub(super) fn is_record_start(bytes: &[u8]) -> Option<bool> {
    Some(url_line(bytes)?.is_some_and(|line| block_length(line).is_some()))
}

/// Whether a URL line begins at `bytes[0]`, with a length or not. None if more bytes are needed to tell.
pub(super) fn is_url_line(bytes: &[u8]) -> Option<bool> {
    Some(url_line(bytes)?.is_some())
}

/// The line at `bytes[0]` if it has a scheme and a date. None if more bytes are needed to tell.
fn url_line(bytes: &[u8]) -> Option<Option<&[u8]>> {
    let window = &bytes[..bytes.len().min(START_BYTES_MAX)];
    match window.iter().position(|&byte| !is_scheme_byte(byte)) {
        Some(at) if at > 1 && window[at] == b':' => {}
        None if window.len() < SCHEME_BYTES_MAX => return None,
        _ => return Some(None),
    }
    let Some(end) = memchr::memchr(b'\n', window) else {
        return if window.len() < START_BYTES_MAX { None } else { Some(None) };
    };
    let line = &window[..end];
    Some(line.split(|&byte| byte == b' ').skip(1).any(is_date).then_some(line))
}

/// A date has 14 digits; some writers cut it short or add to it.
fn is_date(word: &[u8]) -> bool {
    (8..=18).contains(&word.len()) && word.iter().all(u8::is_ascii_digit)
}

fn is_scheme(bytes: &[u8]) -> bool {
    bytes.iter().all(|&byte| is_scheme_byte(byte))
}

fn is_scheme_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}
