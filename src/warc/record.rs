//! One record as it lies in a batch: its place in the file, its header and its block, all borrowed.
//!
//! Fields are looked up when somebody asks, in the worker and not in the reader's thread.

use std::borrow::Cow;

use super::arc::ArcHeader;
use super::header::WarcHeader;

/// A record of a WARC or ARC file.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Number in the file from 0, damage included.
    pub ordinal: u64,
    /// Where its compressed member begins in the file; in a plain file, where the record begins.
    pub offset_bytes: u64,
    /// Length of that member; in a plain file, up to the next record. Records that share a member share its range, but
    /// a member that inflates to more than the reader's step of 256 KiB is not waited for: the range then ends where
    /// this record had been inflated, which is enough to inflate it again.
    pub length_bytes: u64,
    /// How many inflated bytes of the member precede the record: 0 where each record has a member of its own.
    pub within_bytes: u64,
    /// What the record says of itself.
    pub header: Header<'a>,
    /// The block: for responses the HTTP head and the payload.
    pub block: &'a [u8],
}

/// The header of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header<'a> {
    /// Named fields.
    Warc(WarcHeader<'a>),
    /// A URL line.
    Arc(ArcHeader<'a>),
}

/// `WARC-Type`, or what stands for it in an ARC file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordType {
    /// About the file itself; the version block of an ARC file.
    Warcinfo,
    /// What a server answered; every ARC record but the version block.
    Response,
    /// A file as it is, without HTTP.
    Resource,
    /// What a server was asked.
    Request,
    /// About another record.
    Metadata,
    /// The same payload as an earlier record, left out.
    Revisit,
    /// A record in another form: the text of WET files.
    Conversion,
    /// The next segment of a record that was cut in pieces.
    Continuation,
    /// A type that the standard does not name.
    Other,
}

impl<'a> Record<'a> {
    /// The type. Names are compared without regard to case.
    pub fn record_type(&self) -> RecordType {
        match self.header {
            Header::Warc(header) => header.get("WARC-Type").map_or(RecordType::Other, |name| type_of(&name)),
            Header::Arc(header) if header.is_version_block() => RecordType::Warcinfo,
            Header::Arc(_) => RecordType::Response,
        }
    }

    /// A field of a WARC header; none in ARC files.
    pub fn field(&self, name: &str) -> Option<Cow<'a, str>> {
        match self.header {
            Header::Warc(header) => header.get(name),
            Header::Arc(_) => None,
        }
    }

    /// `WARC-Target-URI` without the angle brackets that old writers put round it, or the URL of an ARC record.
    pub fn target_uri(&self) -> Option<Cow<'a, str>> {
        match self.header {
            Header::Warc(header) => header.get("WARC-Target-URI").map(without_brackets),
            Header::Arc(header) => Some(header.url()),
        }
    }

    /// `WARC-Date` as written, or the date of an ARC record in the same form.
    pub fn date(&self) -> Option<Cow<'a, str>> {
        match self.header {
            Header::Warc(header) => header.get("WARC-Date"),
            Header::Arc(header) => Some(header.date()),
        }
    }

    /// `Content-Type` of the record, which for responses is not that of the payload.
    pub fn content_type(&self) -> Option<Cow<'a, str>> {
        self.field("Content-Type")
    }
}

fn type_of(name: &str) -> RecordType {
    const NAMES: [(&str, RecordType); 8] = [
        ("response", RecordType::Response),
        ("request", RecordType::Request),
        ("metadata", RecordType::Metadata),
        ("warcinfo", RecordType::Warcinfo),
        ("resource", RecordType::Resource),
        ("revisit", RecordType::Revisit),
        ("conversion", RecordType::Conversion),
        ("continuation", RecordType::Continuation),
    ];
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or(RecordType::Other, |(_, kind)| *kind)
}

fn without_brackets(uri: Cow<'_, str>) -> Cow<'_, str> {
    match uri {
        Cow::Borrowed(text) => Cow::Borrowed(strip(text)),
        Cow::Owned(text) => Cow::Owned(strip(&text).to_owned()),
    }
}

fn strip(text: &str) -> &str {
    text.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(text)
}
