//! What HTTP did to a payload: heads, chunks and content codings.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use gristmill::warc::coding::{Declared, Undone, decode};
use gristmill::warc::content::crawl_id;
use gristmill::warc::fields::Fields;
use gristmill::warc::http;
use gristmill::warc::limits::Limits;

/// Small bounds, so that short inputs break each of them.
fn limits() -> Limits {
    Limits { http_head_bytes_max: 1_000, http_head_lines_max: 20, payload_bytes_max: 10_000, ..Limits::default() }
}

type Pairs = Vec<(Vec<u8>, String)>;

fn pairs(fields: Fields<'_>) -> Pairs {
    fields.iter().map(|(name, value)| (name.to_vec(), value.into_owned())).collect()
}

/// The payload is the end of the block; a head that is written anew is read as it was.
pub fn message(block: &[u8]) {
    fields(block);
    let Some(response) = http::parse(block, &limits()) else { return };
    assert!((100..=999).contains(&response.status));
    assert!(block.ends_with(response.payload));
    let head = block.len() - response.payload.len();
    assert!(head > 0);
    let found = pairs(response.fields);
    let mut written = format!("HTTP/1.1 {}\r\n", response.status).into_bytes();
    for (name, value) in &found {
        written.extend([name.as_slice(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    written.extend_from_slice(b"\r\n");
    written.extend_from_slice(response.payload);
    let again = http::parse(&written, &Limits::default()).expect("a head that was written by the rules");
    assert_eq!((again.status, again.payload, pairs(again.fields)), (response.status, response.payload, found));
}

/// Names are never empty, values are one line, and what is asked by name is the first that says something.
fn fields(bytes: &[u8]) {
    let found = pairs(Fields::new(bytes));
    let said: usize = found.iter().map(|(name, value)| name.len() + value.chars().count()).sum();
    assert!(said <= bytes.len(), "no more is said than stands there");
    for (name, value) in &found {
        assert!(!name.is_empty() && !value.contains('\n'));
        if let Some(media) = http::media_type(value) {
            assert!(media.contains('/') && media == media.to_ascii_lowercase());
        }
        if let Some(charset) = http::charset(value) {
            assert!(!charset.is_empty() && value.contains(charset));
        }
        if let Some(id) = crawl_id(value) {
            assert!(id.is_ascii() && value.contains(id));
        }
    }
    for (name, _) in found.iter().take(8) {
        let Ok(name) = std::str::from_utf8(name) else { continue };
        let same = found.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name.as_bytes()));
        let first = same.map(|(_, value)| value).find(|value| !value.is_empty());
        assert_eq!(Fields::new(bytes).get(name).as_deref(), first.map(String::as_str));
    }
}

/// Chunks are joined: no byte is made up, and what was cut into chunks comes out as it was.
pub fn chunked(bytes: &[u8]) {
    let declared = Declared { transfer: Some("chunked"), content: None };
    let (joined, undone) = decode(bytes, declared, &Limits::default());
    assert!(joined.len() <= bytes.len());
    assert!(undone != Undone::NotFound || *joined == *bytes, "what has no chunks is taken as it is");
    assert_ne!(undone, Undone::Nothing);
    if undone == Undone::All {
        // Cut off anywhere, it gives the beginning of the same payload.
        let cut = bytes.len() / 2;
        let (part, undone) = decode(&bytes[..cut], declared, &Limits::default());
        assert!(undone == Undone::NotFound || joined.starts_with(&part));
    }
    let (first, payload) = bytes.split_first().map_or((1, bytes), |(first, rest)| (usize::from(*first).max(1), rest));
    let mut stored = Vec::new();
    for chunk in payload.chunks(first) {
        write!(stored, "{:x};a=b\r\n", chunk.len()).expect("memory takes all");
        stored.extend_from_slice(chunk);
        stored.extend_from_slice(b"\r\n");
    }
    stored.extend_from_slice(b"0\r\n\r\n");
    let (again, undone) = decode(&stored, declared, &Limits::default());
    assert_eq!((&*again, undone), (payload, Undone::All));
}

const CODINGS: [(Option<&str>, Option<&str>); 12] = [
    (None, Some("gzip")),
    (None, Some("deflate")),
    (None, Some("br")),
    (None, Some("zstd")),
    (Some("chunked"), Some("gzip")),
    (Some("gzip, chunked"), None),
    (None, Some("gzip, gzip, gzip, gzip")),
    (None, Some("x-gzip, identity, deflate")),
    (Some("chunked, chunked"), Some("br")),
    (None, Some("deflate, br, zstd")),
    (Some("sdch"), Some(",, utf-8")),
    (None, None),
];

/// Any bytes under any declaration keep to the bounds; what was packed is unpacked, and cut off it gives its beginning.
pub fn codings(bytes: &[u8]) {
    let (first, bytes) = bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first), rest));
    let (transfer, content) = CODINGS[first % CODINGS.len()];
    let declared = Declared { transfer, content };
    let (payload, undone) = decode(bytes, declared, &limits());
    assert!(payload.len() <= limits().payload_bytes_max);
    assert!(undone != Undone::Nothing || transfer.is_none() && content.is_none());
    assert_eq!((&payload, undone), (&decode(bytes, declared, &limits()).0, undone));
    let Some(name) = content.filter(|name| ["gzip", "deflate", "zstd"].contains(name)) else { return };
    let declared = Declared { transfer: None, content };
    for stored in packed(name, bytes) {
        let (again, undone) = decode(&stored, declared, &Limits::default());
        assert_eq!((&*again, undone), (bytes, Undone::All), "{name}");
        let (part, undone) = decode(&stored[..stored.len() / 2], declared, &Limits::default());
        assert!(undone == Undone::NotFound || bytes.starts_with(&part), "{name}");
    }
}

/// The bytes in every form that a coding of this name has.
fn packed(name: &str, bytes: &[u8]) -> Vec<Vec<u8>> {
    let level = Compression::new(1);
    let all = "memory takes all";
    match name {
        "gzip" => {
            let mut encoder = GzEncoder::new(Vec::new(), level);
            encoder.write_all(bytes).expect(all);
            vec![encoder.finish().expect(all)]
        }
        "deflate" => {
            let (mut zlib, mut bare) = (ZlibEncoder::new(Vec::new(), level), DeflateEncoder::new(Vec::new(), level));
            zlib.write_all(bytes).expect(all);
            bare.write_all(bytes).expect(all);
            vec![zlib.finish().expect(all), bare.finish().expect(all)]
        }
        _ => vec![zstd::bulk::compress(bytes, 1).expect(all)],
    }
}
