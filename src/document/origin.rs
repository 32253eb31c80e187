//! Where a document came from: enough to fetch the same bytes again and to find the same record in them.

use std::sync::Arc;

/// The record a document was made from. Strings are as the record states them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// `WARC-Record-ID` as written, angle brackets included. ARC records have none: `arc:` file `:` offset.
    pub id: String,
    /// `WARC-Target-URI`, without the angle brackets that old writers put round it.
    pub url: String,
    /// `WARC-Date` as written, e.g. `2026-01-01T00:00:00Z`.
    pub date: String,
    /// Crawl id such as `CC-MAIN-2026-05`, if the file's name or its `warcinfo` record tells it.
    pub dump: Option<Arc<str>>,
    /// The input by its URL, or its path below the input's root; never an absolute path.
    pub file_path: Arc<str>,
    /// Number of the record in its file, from 0, damage included.
    pub ordinal: u64,
    /// Where the compressed member of the record begins in the file, in bytes.
    pub offset_bytes: u64,
    /// Length of that member in bytes: a byte-range request for offset and length returns exactly this record.
    pub length_bytes: u64,
    /// `WARC-Payload-Digest` as written.
    pub payload_digest: Option<String>,
    /// HTTP status, if the record holds an HTTP response.
    pub http_status: Option<u16>,
    /// HTTP `Content-Type` as written.
    pub content_type: Option<String>,
    /// `WARC-Truncated` as written (`length`, `time`, `disconnect`, …): the payload is not whole. `segment` is the first
    /// segment of a record in pieces; `coding` a payload whose coding broke off, `limit` one that is larger than
    /// the reader's `payload_bytes_max`.
    pub truncated: Option<String>,
}

impl Origin {
    /// Notes why the end of the payload is missing, unless the record itself says it.
    pub fn note_cut(&mut self, why: Option<&str>) {
        if self.truncated.is_none() {
            self.truncated = why.map(str::to_owned);
        }
    }
}
