//! ARC files, version 1, as crawlers wrote them before WARC.
//!
//! Layout: Internet Archive, "Arc File Format" (1996): a URL line, the block, a line break.

use super::coding;
use super::http::Http;

const FILE_DATE: &str = "20060117060000";

/// An ARC file of these responses with its version block, not compressed.
pub fn plain(pages: &[(&str, Http)]) -> Vec<u8> {
    members(pages).concat()
}

/// The same with one gzip member a record.
pub fn gzip(pages: &[(&str, Http)]) -> Vec<u8> {
    members(pages).iter().flat_map(|member| coding::gzip(member)).collect()
}

fn members(pages: &[(&str, Http)]) -> Vec<Vec<u8>> {
    let version = "1 0 sample\nURL IP-address Archive-date Content-type Archive-length\n\n";
    let head = format!("filedesc://sample.arc 0.0.0.0 {FILE_DATE} text/plain {}\n{version}\n", version.len());
    let mut members = vec![head.into_bytes()];
    for (url, http) in pages {
        let block = http.to_bytes();
        let kind = http.content_type().unwrap_or("no-type");
        let line = format!("{url} 192.0.2.7 {FILE_DATE} {kind} {}\n", block.len());
        members.push([line.as_bytes(), &block, b"\n"].concat());
    }
    members
}
