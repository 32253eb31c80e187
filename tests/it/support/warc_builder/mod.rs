//! Writes WARC files for tests and for the sample data, the same bytes on every machine.
//!
//! ```text
//! WarcBuilder::new().warcinfo("a.warc.gz").page("http://example.org/", "<p>Hello").gzip().bytes
//! ```
//!
//! Ids come from URLs, dates from positions, digests from the content; nothing comes from a clock or at random.
//! Dates begin at 06:00 on 17 January 2026, in the crawl CC-MAIN-2026-05, and go on by one second a URL.

#![allow(dead_code, reason = "the example and the tests each use a part of this")]

pub mod arc;
pub mod coding;
pub mod damage;
pub mod http;
pub mod record;
pub mod sha1;

use warc::RecordType;

use damage::Damage;
use http::Http;
use record::{Record, Stamp};

/// Collects records, then writes them in one of several forms.
#[derive(Clone, Debug, Default)]
pub struct WarcBuilder {
    records: Vec<(Record, Option<Damage>)>,
    warcinfo_id: Option<String>,
    urls: u32,
}

/// A file's bytes, and where each record lies in them.
pub struct WarcFile {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// One for each record in order; empty for forms that compress the file as a whole.
    pub spans: Vec<Span>,
}

/// Where a record, or its compressed member, lies in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Offset of the first byte.
    pub offset_bytes: u64,
    /// Length as it lies in the file.
    pub length_bytes: u64,
}

impl WarcBuilder {
    /// A file without records.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the `warcinfo` record that names the crawl; later records refer to it.
    pub fn warcinfo(mut self, file_name: &str) -> Self {
        let block = "isPartOf: CC-MAIN-2026-05\r\npublisher: the gristmill project\r\n\
                     description: sample pages written for tests\r\nsoftware: gristmill WarcBuilder\r\n\
                     format: WARC File Format 1.0\r\n\r\n";
        let (name, date) = (format!("warcinfo {file_name}"), date(0));
        let content_type = "application/warc-fields";
        let stamp = Stamp { kind: RecordType::WarcInfo, name: &name, date: &date, content_type };
        let record = Record::new(stamp, block).with("WARC-Filename", file_name);
        self.warcinfo_id = record.get("WARC-Record-ID").map(str::to_owned);
        self.records.push((record, None));
        self
    }

    /// Adds a response with this HTML: status 200, `text/html; charset=utf-8`.
    pub fn page(self, url: &str, html: impl Into<Vec<u8>>) -> Self {
        self.response(url, &Http::html(html))
    }

    /// Adds a response.
    pub fn response(mut self, url: &str, http: &Http) -> Self {
        let date = self.next_date();
        self.record(Record::response(url, &date, http))
    }

    /// Adds request, response and metadata, as Common Crawl writes them for each page.
    pub fn triple(mut self, url: &str, http: &Http) -> Self {
        let date = self.next_date();
        let request = Record::request(url, &date);
        let id = request.get("WARC-Record-ID").expect("every record has an id").to_owned();
        let response = Record::response(url, &date, http).with("WARC-Concurrent-To", &id);
        let id = response.get("WARC-Record-ID").expect("every record has an id").to_owned();
        let metadata = Record::metadata(url, &date).with("WARC-Concurrent-To", &id);
        self.record(request).record(response).record(metadata)
    }

    /// Adds a revisit of a URL whose response was `of`.
    pub fn revisit(mut self, url: &str, of: &Http) -> Self {
        let date = self.next_date();
        self.record(Record::revisit(url, &date, of))
    }

    /// Adds any record.
    pub fn record(mut self, record: Record) -> Self {
        let record = match &self.warcinfo_id {
            Some(id) => record.with("WARC-Warcinfo-ID", id),
            None => record,
        };
        self.records.push((record, None));
        self
    }

    /// Damages the record that was added last.
    pub fn damaged(mut self, damage: Damage) -> Self {
        self.records.last_mut().expect("a record was added before").1 = Some(damage);
        self
    }

    /// The date that the next URL gets, which is used up by this call.
    pub fn next_date(&mut self) -> String {
        self.urls += 1;
        date(self.urls)
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// The records without their damage, not compressed: what a reader should find.
    pub fn intact(&self) -> Vec<u8> {
        self.records.iter().flat_map(|(record, _)| record.to_bytes()).collect()
    }

    /// One gzip member a record, as Common Crawl writes.
    pub fn gzip(&self) -> WarcFile {
        self.write(|bytes| coding::gzip(&bytes))
    }

    /// One zstd frame a record.
    pub fn zstd(&self) -> WarcFile {
        self.write(|bytes| coding::zstd(&bytes))
    }

    /// Not compressed.
    pub fn plain(&self) -> WarcFile {
        self.write(|bytes| bytes)
    }

    /// One gzip member for the whole file, as `gzip` makes of a plain WARC.
    pub fn whole_gzip(&self) -> WarcFile {
        WarcFile { bytes: coding::gzip(&self.plain().bytes), spans: Vec::new() }
    }

    fn write(&self, encode: impl Fn(Vec<u8>) -> Vec<u8>) -> WarcFile {
        let mut file = WarcFile { bytes: Vec::new(), spans: Vec::new() };
        for (record, damage) in &self.records {
            let member = match damage {
                Some(damage) => damage.to_member(encode(damage.to_record(record).to_bytes())),
                None => encode(record.to_bytes()),
            };
            let offset_bytes = file.bytes.len() as u64;
            file.spans.push(Span { offset_bytes, length_bytes: member.len() as u64 });
            file.bytes.extend(member);
        }
        file
    }
}

fn date(second: u32) -> String {
    format!("2026-01-17T{:02}:{:02}:{:02}Z", 6 + second / 3600, second / 60 % 60, second % 60)
}

/// Every form holds the same records, and spans say where.
#[test]
fn forms_hold_the_same_records() {
    let builder =
        WarcBuilder::new().warcinfo("a.warc").triple("http://example.org/", &Http::html("<p>Hello").chunked());
    let (plain, zstd) = (builder.plain(), builder.zstd());
    assert_eq!(plain.bytes, builder.intact());
    let mut whole = Vec::new();
    let gzip = builder.whole_gzip().bytes;
    let mut reader = flate2::read::GzDecoder::new(&gzip[..]);
    std::io::Read::read_to_end(&mut reader, &mut whole).expect("one whole member");
    assert_eq!(whole, plain.bytes);
    assert_eq!(zstd::decode_all(&*zstd.bytes).expect("whole frames"), plain.bytes);
    assert_eq!(zstd.spans.len(), 4);
    let first = zstd.spans[1].offset_bytes as usize;
    let request = zstd::decode_all(&zstd.bytes[first..first + zstd.spans[1].length_bytes as usize]).expect("a frame");
    assert!(request.starts_with(b"WARC/1.0\r\nWARC-Type: request\r\n"));
    let arc = arc::plain(&[("http://example.org/", Http::html("<p>Hello"))]);
    assert!(arc.starts_with(b"filedesc://sample.arc 0.0.0.0 20060117060000 text/plain "));
    assert!(arc.ends_with(b"<p>Hello\n"));
}
