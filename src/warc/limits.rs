//! How much of anything is read. Every bound that keeps a hostile file from taking memory or time stands here.
//!
//! Memory of a reader is bounded by `record_bytes_max` plus about 4 MiB, however long the file is.

/// Bounds of the WARC reader and of everything that is decoded from a record.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Largest block of a record, in bytes. A larger one is damage (`warc.too_large`) and is skipped without being held.
    /// Common Crawl cuts payloads at 1 MiB (5 MiB since 2025); other crawlers do not cut.
    pub record_bytes_max: u64,
    /// Largest header of a WARC record and largest URL line of an ARC record, in bytes.
    pub header_bytes_max: usize,
    /// Most lines in the header of a WARC record.
    pub header_lines_max: usize,
    /// Largest ratio of inflated to compressed bytes in a member that inflates to more than `record_bytes_max`.
    /// Deflate itself ends at 1,032; a member beyond the bound is taken for a bomb (`warc.too_large`).
    pub inflate_ratio_max: u64,
    /// Largest HTTP head of a response, in bytes.
    pub http_head_bytes_max: usize,
    /// Most lines in the HTTP head of a response.
    pub http_head_lines_max: usize,
    /// Largest payload after transfer and content codings are undone, in bytes; what lies beyond is cut off, and the
    /// column `truncated` says `limit`.
    pub payload_bytes_max: usize,
    /// Most content codings undone on one payload.
    pub codings_max: usize,
    /// Largest Zstandard dictionary at the head of a `.warc.zst`, in bytes.
    pub dictionary_bytes_max: usize,
    /// How far into a file the first record is looked for, in bytes, before the file is refused as no archive.
    pub probe_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record_bytes_max: 32 << 20,
            header_bytes_max: 64 << 10,
            header_lines_max: 1_000,
            inflate_ratio_max: 200,
            http_head_bytes_max: 256 << 10,
            http_head_lines_max: 1_000,
            payload_bytes_max: 32 << 20,
            codings_max: 3,
            dictionary_bytes_max: 16 << 20,
            probe_bytes_max: 16 << 20,
        }
    }
}
