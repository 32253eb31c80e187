//! One WARC record as bytes: headers in a fixed order, spelled as the standard spells them.
//!
//! Types of records and truncations are those of the crate `warc`.
//! Its writer is not used: it keeps headers in a hash map with names in lower case, so their order changes from
//! run to run, and it cannot write a header twice, which `WARC-Concurrent-To` may be.

use warc::{RecordType, TruncatedType};

use super::http::Http;
use super::sha1;

/// A record, its headers in the order in which they are written.
#[derive(Clone, Debug)]
pub struct Record {
    version: &'static str,
    headers: Vec<(String, String)>,
    block: Vec<u8>,
}

/// What every record has to say.
pub struct Stamp<'a> {
    /// What the record is.
    pub kind: RecordType,
    /// From this the record id is made, so it must occur once in a file.
    pub name: &'a str,
    /// `WARC-Date`.
    pub date: &'a str,
    /// `Content-Type` of the block.
    pub content_type: &'a str,
}

impl Record {
    /// A record with the headers that every record needs, and its block digest.
    pub fn new(stamp: Stamp<'_>, block: impl Into<Vec<u8>>) -> Self {
        let block = block.into();
        let headers = vec![
            ("WARC-Type".to_owned(), stamp.kind.to_string()),
            ("WARC-Date".to_owned(), stamp.date.to_owned()),
            ("WARC-Record-ID".to_owned(), sha1::record_id(stamp.name)),
            ("Content-Length".to_owned(), block.len().to_string()),
            ("Content-Type".to_owned(), stamp.content_type.to_owned()),
            ("WARC-Block-Digest".to_owned(), sha1::digest(&block)),
        ];
        Self { version: "1.0", headers, block }
    }

    /// The `response` record of a URL.
    pub fn response(url: &str, date: &str, http: &Http) -> Self {
        let name = format!("response {url}");
        let content_type = "application/http; msgtype=response";
        let record = Self::new(Stamp { kind: RecordType::Response, name: &name, date, content_type }, http.to_bytes())
            .with("WARC-IP-Address", "192.0.2.7")
            .with("WARC-Target-URI", url)
            .with("WARC-Payload-Digest", &sha1::digest(http.payload()));
        match http.content_type() {
            Some(identified) => record.with("WARC-Identified-Payload-Type", identified),
            None => record,
        }
    }

    /// The `request` record that belongs to a response.
    pub fn request(url: &str, date: &str) -> Self {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let block = format!(
            "GET /{path} HTTP/1.1\r\nUser-Agent: samplebot/1.0\r\nAccept: text/html\r\nHost: {host}\r\n\
             Connection: Keep-Alive\r\n\r\n"
        );
        let name = format!("request {url}");
        let content_type = "application/http; msgtype=request";
        Self::new(Stamp { kind: RecordType::Request, name: &name, date, content_type }, block)
            .with("WARC-IP-Address", "192.0.2.7")
            .with("WARC-Target-URI", url)
    }

    /// The `metadata` record that Common Crawl writes beside a response.
    pub fn metadata(url: &str, date: &str) -> Self {
        let name = format!("metadata {url}");
        let content_type = "application/warc-fields";
        let block = "fetchTimeMs: 117\r\ncharset-detected: UTF-8\r\n\r\n";
        Self::new(Stamp { kind: RecordType::Metadata, name: &name, date, content_type }, block)
            .with("WARC-Target-URI", url)
    }

    /// A `revisit` record: the payload is that of an earlier response, so only the HTTP head is stored.
    pub fn revisit(url: &str, date: &str, of: &Http) -> Self {
        let name = format!("revisit {url} {date}");
        let content_type = "application/http; msgtype=response";
        Self::new(Stamp { kind: RecordType::Revisit, name: &name, date, content_type }, of.head())
            .with("WARC-Target-URI", url)
            .with("WARC-Payload-Digest", &sha1::digest(of.payload()))
            .with("WARC-Profile", "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest")
            .with("WARC-Refers-To-Target-URI", url)
    }

    /// Adds a header; one of this name that is there stays there too.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Gives a header that is there another value; panics if there is none of this name.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        let header = self.headers.iter_mut().find(|(known, _)| known == name);
        value.clone_into(&mut header.expect("the record has a header of this name").1);
        self
    }

    /// Takes all headers of this name away.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// Writes another version than 1.0 into the first line.
    pub fn version(mut self, version: &'static str) -> Self {
        self.version = version;
        self
    }

    /// Keeps the first `bytes` bytes of the block and says so, as a crawler does that stops reading there.
    pub fn truncated(mut self, bytes: usize, why: &TruncatedType) -> Self {
        self.block.truncate(bytes);
        let (length, digest) = (self.block.len().to_string(), sha1::digest(&self.block));
        self.set("Content-Length", &length)
            .set("WARC-Block-Digest", &digest)
            .without("WARC-Payload-Digest")
            .with("WARC-Truncated", &why.to_string())
    }

    /// First value of a header.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What follows the headers.
    pub fn block(&self) -> &[u8] {
        &self.block
    }

    /// The record with its two closing line breaks.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut head = format!("WARC/{}\r\n", self.version);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        [head.as_bytes(), &self.block, b"\r\n\r\n"].concat()
    }
}
