//! What a reader reports instead of a record: the bytes that could not be read, and why.
//!
//! Damage is told apart from repairs. Damage means that a record, or part of one, is lost; each piece is one item with
//! its place in the file, and adds to the records seen. A repair is an oddity that loses nothing; repairs are counted
//! by name and never drop a record.

use std::collections::BTreeMap;

use crate::document::reason::{Dropped, Reason};

/// The file ends, or the next member begins, inside a compressed member.
pub const CUT_MEMBER: Reason = Reason::new("warc.cut_member");
/// A gzip member has a bad header, bad deflate data, or a checksum or length that does not agree.
pub const BAD_GZIP: Reason = Reason::new("warc.bad_gzip");
/// A Zstandard frame cannot be decoded.
pub const BAD_ZSTD: Reason = Reason::new("warc.bad_zstd");
/// An uncompressed file ends inside a record.
pub const CUT_RECORD: Reason = Reason::new("warc.cut_record");
/// A record's header lacks `Content-Length` or `WARC-Type`, or has one that cannot be read.
pub const BAD_HEADER: Reason = Reason::new("warc.bad_header");
/// A record states a version other than 0.17, 0.18, 1.0 and 1.1.
pub const BAD_VERSION: Reason = Reason::new("warc.bad_version");
/// The block does not end where `Content-Length` says.
pub const WRONG_LENGTH: Reason = Reason::new("warc.wrong_length");
/// A header, a block or a member is larger than the limits allow.
pub const TOO_LARGE: Reason = Reason::new("warc.too_large");
/// Bytes that belong to no record.
pub const GARBAGE: Reason = Reason::new("warc.garbage");
/// The file holds nothing, or nothing but white space.
pub const EMPTY_FILE: Reason = Reason::new("warc.empty_file");

/// All reasons for damage.
pub const REASONS: &[Reason] = &[
    CUT_MEMBER,
    BAD_GZIP,
    BAD_ZSTD,
    CUT_RECORD,
    BAD_HEADER,
    BAD_VERSION,
    WRONG_LENGTH,
    TOO_LARGE,
    GARBAGE,
    EMPTY_FILE,
];

/// Bytes of a file that could not be read as a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Damage {
    /// Number in the file from 0, records and damage together.
    pub ordinal: u64,
    /// Where the damage begins: for compressed files the member that holds it.
    pub offset_bytes: u64,
    /// How many bytes of the file were skipped, up to the next good record.
    pub length_bytes: u64,
    /// Why, with figures where they tell more.
    pub dropped: Dropped,
}

impl Damage {
    /// The reason alone.
    pub fn reason(&self) -> Reason {
        self.dropped.reason
    }
}

/// Oddities that lose nothing, counted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repairs(BTreeMap<&'static str, u64>);

/// White space between records beyond, or short of, the two line breaks that end a record.
pub(super) const ODD_SEPARATOR: &str = "odd_separator";
/// A header line without a colon.
pub(super) const LINE_WITHOUT_COLON: &str = "header_line_without_colon";
/// A header whose lines end in LF alone.
pub(super) const BARE_LINE_FEED: &str = "header_with_bare_line_feeds";
/// `Content-Length` stated more than once, with the same value.
pub(super) const LENGTH_REPEATED: &str = "content_length_repeated";
/// A record that goes on in the next compressed member.
pub(super) const SPANS_MEMBERS: &str = "record_spans_members";
/// A record that shares its compressed member with the record before it.
pub(super) const SHARES_MEMBER: &str = "record_shares_member";
/// A compressed member that holds no bytes.
pub(super) const EMPTY_MEMBER: &str = "empty_member";

impl Repairs {
    /// The counts by name.
    pub fn counts(&self) -> &BTreeMap<&'static str, u64> {
        &self.0
    }

    pub(super) fn count(&mut self, name: &'static str) {
        *self.0.entry(name).or_default() += 1;
    }
}
