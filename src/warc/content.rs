//! Says of every record whether it is content for a training set, and if not, why not.
//!
//! Content is HTML (`text/html`, `application/xhtml+xml`) in responses with a status of 2xx and in resources, and plain
//! text in conversions, as WET files have it. The type is the one HTTP states; only where it states none the crawler's
//! `WARC-Identified-Payload-Type` is asked, then the first bytes.

use std::borrow::Cow;
use std::sync::Arc;

use super::coding::{self, Declared, Undone};
use super::damage::Damage;
use super::fields::Fields;
use super::http;
use super::limits::Limits;
use super::record::{Header, Record, RecordType};
use crate::document::origin::Origin;
use crate::document::reason::{Dropped, Reason};
use crate::document::signals::HeaderSignal;

/// A request, a metadata or a warcinfo record. Counted, not listed.
pub const NOT_CONTENT: Reason = Reason::new("warc.not_content");
/// The payload was the same as that of an earlier record, and was left out by the crawler.
pub const REVISIT: Reason = Reason::new("warc.revisit");
/// A status other than 2xx.
pub const HTTP_STATUS: Reason = Reason::new("warc.http_status");
/// The payload is no HTML, or in a conversion no plain text.
pub const NOT_HTML: Reason = Reason::new("warc.not_html");
/// A response that does not begin with an HTTP status line, such as an answer to a DNS query.
pub const NOT_HTTP: Reason = Reason::new("warc.not_http");
/// A later segment of a record that was cut in pieces; segments are not joined.
pub const NOT_JOINED: Reason = Reason::new("warc.not_joined");
/// A type of record that the standard does not name.
pub const UNKNOWN_TYPE: Reason = Reason::new("warc.unknown_type");

/// All reasons for which a record that could be read is not kept.
pub const REASONS: &[Reason] = &[NOT_CONTENT, REVISIT, HTTP_STATUS, NOT_HTML, NOT_HTTP, NOT_JOINED, UNKNOWN_TYPE];

/// HTTP headers that say something about rights or language.
const SIGNAL_HEADERS: [&str; 7] =
    ["link", "x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage", "content-signal", "content-language"];
/// How many of them are taken, and how many bytes of each value.
const SIGNALS_MAX: usize = 64;
const SIGNAL_BYTES_MAX: usize = 8 << 10;

/// The file that records come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Its URL or its path below the input's root; never an absolute path.
    pub path: Arc<str>,
    /// Crawl id such as `CC-MAIN-2026-05`, if it is known.
    pub dump: Option<Arc<str>>,
}

impl SourceFile {
    /// A file by its path; the crawl is known if the path names it.
    pub fn new(path: &str) -> Self {
        Self { path: path.into(), dump: crawl_id(path).map(Arc::from) }
    }

    /// Learns the crawl from a `warcinfo` record (`isPartOf: CC-MAIN-2026-05`), if the path did not tell.
    pub fn learn(&mut self, record: &Record<'_>) {
        if self.dump.is_none() && record.record_type() == RecordType::Warcinfo {
            let part_of = Fields::new(record.block).get("isPartOf");
            self.dump = part_of.as_deref().and_then(crawl_id).map(Arc::from);
        }
    }

    /// The origin of bytes that could not be read: their place, and nothing else.
    pub fn origin_of_damage(&self, damage: &Damage) -> Origin {
        Origin {
            id: self.made_up_id("urn:gristmill", damage.offset_bytes, 0),
            dump: self.dump.clone(),
            file_path: self.path.clone(),
            ordinal: damage.ordinal,
            offset_bytes: damage.offset_bytes,
            length_bytes: damage.length_bytes,
            ..Origin::default()
        }
    }

    /// An id for a record that states none: its file and offset, and its place in the member if it shares that.
    fn made_up_id(&self, scheme: &str, offset: u64, within: u64) -> String {
        match within {
            0 => format!("{scheme}:{}:{offset}", self.path),
            _ => format!("{scheme}:{}:{offset}+{within}", self.path),
        }
    }
}

/// Which way content goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// A page, to be extracted.
    Html,
    /// Text that somebody else extracted: UTF-8 by the format of WET files.
    PlainText,
}

/// A payload with what is known of it before it is parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Content<'a> {
    /// Where it comes from.
    pub origin: Origin,
    /// Which way it goes.
    pub kind: ContentKind,
    /// The payload with its codings undone.
    pub payload: Cow<'a, [u8]>,
    /// What HTTP said of it.
    pub http: HttpFacts,
}

/// What HTTP said of a payload.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpFacts {
    /// `charset` of `Content-Type`, as written.
    pub charset: Option<String>,
    /// Headers that say something about rights or language, in the order of the response.
    pub headers: Vec<HeaderSignal>,
    /// What came of undoing the codings.
    pub undone: Undone,
}

/// What a record is to a training set.
#[derive(Clone, Debug, PartialEq)]
pub enum Sorted<'a> {
    /// Something to read.
    Content(Content<'a>),
    /// Nothing to read.
    NotKept {
        /// Where it comes from.
        origin: Origin,
        /// Why it is not kept.
        dropped: Dropped,
        /// Whether the ledger has a row for it. Requests, metadata and warcinfo records are only counted.
        listed: bool,
    },
}

/// Sorts a record.
pub fn sort<'a>(record: &Record<'a>, file: &SourceFile, limits: &Limits) -> Sorted<'a> {
    let origin = origin_of(record, file);
    match record.record_type() {
        RecordType::Response => sort_response(record, origin, limits),
        RecordType::Resource | RecordType::Conversion => sort_payload(record, origin, limits),
        RecordType::Request | RecordType::Metadata | RecordType::Warcinfo => {
            let dropped = Dropped::new(NOT_CONTENT);
            Sorted::NotKept { origin, dropped, listed: false }
        }
        RecordType::Revisit => not_kept(origin, REVISIT),
        RecordType::Continuation => not_kept(origin, NOT_JOINED),
        RecordType::Other => not_kept(origin, UNKNOWN_TYPE),
    }
}

fn not_kept<'a>(origin: Origin, reason: Reason) -> Sorted<'a> {
    Sorted::NotKept { origin, dropped: Dropped::new(reason), listed: true }
}

/// Where a record comes from, as far as the record itself says.
pub fn origin_of(record: &Record<'_>, file: &SourceFile) -> Origin {
    let id = match record.header {
        Header::Warc(header) => header.get("WARC-Record-ID").map(Cow::into_owned),
        Header::Arc(_) => Some(file.made_up_id("arc", record.offset_bytes, record.within_bytes)),
    };
    let owned = |name| record.field(name).map(Cow::into_owned);
    // The first segment of a record in pieces is not whole either, whether or not the writer says so.
    let segment = || owned("WARC-Segment-Number").map(|_| "segment".to_owned());
    Origin {
        id: id.unwrap_or_else(|| file.made_up_id("urn:gristmill", record.offset_bytes, record.within_bytes)),
        url: record.target_uri().map(Cow::into_owned).unwrap_or_default(),
        date: record.date().map(Cow::into_owned).unwrap_or_default(),
        dump: file.dump.clone(),
        file_path: file.path.clone(),
        ordinal: record.ordinal,
        offset_bytes: record.offset_bytes,
        length_bytes: record.length_bytes,
        payload_digest: owned("WARC-Payload-Digest"),
        http_status: None,
        content_type: None,
        truncated: owned("WARC-Truncated").or_else(segment),
    }
}

fn sort_response<'a>(record: &Record<'a>, mut origin: Origin, limits: &Limits) -> Sorted<'a> {
    let Some(response) = http::parse(record.block, limits) else { return not_kept(origin, NOT_HTTP) };
    let fields = response.fields;
    let content_type = fields.get("Content-Type");
    origin.http_status = Some(response.status);
    origin.content_type = content_type.as_deref().map(str::to_owned);
    if !(200..300).contains(&response.status) {
        let found = Some(f64::from(response.status));
        let dropped = Dropped { found, ..Dropped::new(HTTP_STATUS) };
        return Sorted::NotKept { origin, dropped, listed: true };
    }
    let stated = declared_type(content_type.as_deref(), record);
    if stated.as_deref().is_some_and(|media| !is_html(media)) {
        return not_kept(origin, NOT_HTML);
    }
    let (transfer, coding) = (fields.get("Transfer-Encoding"), fields.get("Content-Encoding"));
    let declared = Declared { transfer: transfer.as_deref(), content: coding.as_deref() };
    let (payload, undone) = coding::decode(response.payload, declared, limits);
    origin.note_cut(undone.truncated());
    if stated.is_none() && !looks_like_html(&payload) {
        return not_kept(origin, NOT_HTML);
    }
    let charset = content_type.as_deref().and_then(http::charset).map(str::to_owned);
    let http = HttpFacts { charset, headers: signals(fields), undone };
    Sorted::Content(Content { origin, kind: ContentKind::Html, payload, http })
}

/// Sorts a record whose block is the payload.
fn sort_payload<'a>(record: &Record<'a>, mut origin: Origin, limits: &Limits) -> Sorted<'a> {
    let payload = record.block;
    let content_type = record.content_type();
    let is_conversion = record.record_type() == RecordType::Conversion;
    let kind = if is_conversion { ContentKind::PlainText } else { ContentKind::Html };
    origin.content_type = content_type.as_deref().map(str::to_owned);
    let is_wanted = match (declared_type(content_type.as_deref(), record), kind) {
        (Some(media), ContentKind::Html) => is_html(&media),
        (Some(media), ContentKind::PlainText) => media == "text/plain",
        (None, ContentKind::Html) => looks_like_html(payload),
        (None, ContentKind::PlainText) => std::str::from_utf8(payload).is_ok(),
    };
    if !is_wanted {
        return not_kept(origin, NOT_HTML);
    }
    let charset = content_type.as_deref().and_then(http::charset).map(str::to_owned);
    let (payload, undone) = coding::decode(payload, Declared::default(), limits);
    origin.note_cut(undone.truncated());
    let http = HttpFacts { charset, headers: Vec::new(), undone };
    Sorted::Content(Content { origin, kind, payload, http })
}

/// The type that HTTP states, else the one that the crawler found.
fn declared_type(content_type: Option<&str>, record: &Record<'_>) -> Option<String> {
    content_type
        .and_then(http::media_type)
        .or_else(|| record.field("WARC-Identified-Payload-Type").and_then(|value| http::media_type(&value)))
}

fn is_html(media: &str) -> bool {
    matches!(media, "text/html" | "application/xhtml+xml")
}

/// Whether a payload begins as HTML does: a tag of the WHATWG's sniffing table after white space and comments.
/// <https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type>
fn looks_like_html(payload: &[u8]) -> bool {
    const TAGS: [&[u8]; 17] = [
        b"!doctype html",
        b"html",
        b"head",
        b"script",
        b"iframe",
        b"h1",
        b"div",
        b"font",
        b"table",
        b"a",
        b"style",
        b"title",
        b"b",
        b"body",
        b"br",
        b"p",
        b"!--",
    ];
    let start = payload.strip_prefix(b"\xef\xbb\xbf").unwrap_or(payload).trim_ascii_start();
    let Some(tag) = start.strip_prefix(b"<") else { return false };
    TAGS.iter().any(|known| {
        let named = tag.get(..known.len()).is_some_and(|name| name.eq_ignore_ascii_case(known));
        named && (*known == b"!--" || matches!(tag.get(known.len()), Some(b' ' | b'>' | b'\t' | b'\r' | b'\n')))
    })
}

fn signals(fields: Fields<'_>) -> Vec<HeaderSignal> {
    fields
        .iter()
        .filter_map(|(name, value)| {
            let known = SIGNAL_HEADERS.iter().find(|known| name.eq_ignore_ascii_case(known.as_bytes()))?;
            let end = value.floor_char_boundary(SIGNAL_BYTES_MAX.min(value.len()));
            Some(HeaderSignal { name: (*known).to_owned(), value: value[..end].to_owned() })
        })
        .take(SIGNALS_MAX)
        .collect()
}

/// A crawl id of Common Crawl, `CC-MAIN-` with year and week, anywhere in a path or value.
/// Names of files, such as `CC-MAIN-20240517233122-…`, do not tell the crawl.
pub fn crawl_id(text: &str) -> Option<&str> {
    const PREFIX: &str = "CC-MAIN-";
    const LENGTH: usize = PREFIX.len() + "2026-05".len();
    text.match_indices(PREFIX).find_map(|(at, _)| {
        let id = text.get(at..at + LENGTH)?;
        let shape = id[PREFIX.len()..].bytes().enumerate().all(|(index, byte)| match index {
            4 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        let ends = !text[at + LENGTH..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '-');
        (shape && ends).then_some(id)
    })
}
