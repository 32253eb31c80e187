//! Undoes what HTTP did to a payload: `Transfer-Encoding: chunked`, then `Content-Encoding` gzip, deflate, br or zstd.
//!
//! Crawls often hold payloads whose coding is already undone while the header still names it, so a coding is only
//! believed if the bytes agree; if they do not, the payload is taken as it is. A damaged coding gives what could be
//! decoded. All sizes are bounded. RFC 9112 (chunked), RFC 9110 (codings), RFC 7932 (br), RFC 8878 (zstd).

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::limits::Limits;
use super::member::ZSTD_MAGIC;

/// What came of undoing a payload's codings, worst step counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Undone {
    /// No coding was declared.
    Nothing,
    /// All codings were undone.
    All,
    /// A coding was declared that the bytes do not have, or that is not known: they are taken as they are.
    NotFound,
    /// A coding broke off: what could be decoded is here.
    Partly,
    /// The payload is larger than the limit: its beginning is here.
    Cut,
}

impl Undone {
    /// Why the end of the payload is missing, as a word for the column `truncated`; none if it is all there.
    pub fn truncated(self) -> Option<&'static str> {
        match self {
            Self::Nothing | Self::All | Self::NotFound => None,
            Self::Partly => Some("coding"),
            Self::Cut => Some("limit"),
        }
    }
}

/// What HTTP declares of a stored payload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Declared<'h> {
    /// The value of `Transfer-Encoding`.
    pub transfer: Option<&'h str>,
    /// The value of `Content-Encoding`.
    pub content: Option<&'h str>,
}

/// Undoes the codings that are declared of a stored payload, as far as the bytes have them.
pub fn decode<'a>(payload: &'a [u8], declared: Declared<'_>, limits: &Limits) -> (Cow<'a, [u8]>, Undone) {
    let mut undone = Undone::Nothing;
    let mut bytes = Cow::Borrowed(payload);
    let transfer = names(declared.transfer);
    let content = names(declared.content);
    for name in content.iter().chain(&transfer).rev().take(limits.codings_max) {
        let (decoded, how) = undo(name, &bytes, limits.payload_bytes_max);
        undone = undone.max(how);
        if let Some(decoded) = decoded {
            bytes = Cow::Owned(decoded);
        }
    }
    if content.len() + transfer.len() > limits.codings_max {
        undone = undone.max(Undone::NotFound);
    }
    if bytes.len() > limits.payload_bytes_max {
        undone = Undone::Cut;
        match &mut bytes {
            Cow::Borrowed(borrowed) => *borrowed = &borrowed[..limits.payload_bytes_max],
            Cow::Owned(owned) => owned.truncate(limits.payload_bytes_max),
        }
    }
    (bytes, undone)
}

/// The codings that a header names, in the order in which they were applied.
fn names(value: Option<&str>) -> Vec<String> {
    let words = value.unwrap_or_default().split(',').map(|word| word.trim().to_ascii_lowercase());
    words.filter(|word| !matches!(word.as_str(), "" | "identity" | "none" | "utf-8")).collect()
}

fn undo(name: &str, bytes: &[u8], bytes_max: usize) -> (Option<Vec<u8>>, Undone) {
    match name {
        "chunked" => dechunk(bytes),
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => read(MultiGzDecoder::new(bytes), bytes_max),
        "deflate" => inflate(bytes, bytes_max),
        "br" if !looks_like_text(bytes) => read(brotli_decompressor::Decompressor::new(bytes, 4096), bytes_max),
        "zstd" if bytes.starts_with(&ZSTD_MAGIC) => match zstd::stream::read::Decoder::with_buffer(bytes) {
            Ok(decoder) => read(decoder, bytes_max),
            Err(_) => (None, Undone::NotFound),
        },
        _ => (None, Undone::NotFound),
    }
}

/// `deflate` means zlib (RFC 1950), but some servers send it bare.
fn inflate(bytes: &[u8], bytes_max: usize) -> (Option<Vec<u8>>, Undone) {
    let zlib = read(ZlibDecoder::new(bytes), bytes_max);
    if zlib.0.is_some() {
        return zlib;
    }
    if looks_like_text(bytes) {
        return (None, Undone::NotFound);
    }
    read(DeflateDecoder::new(bytes), bytes_max)
}

/// Whether the bytes are markup or words rather than compressed data, which has no such beginning.
fn looks_like_text(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let start = &start[..start.len().min(64)];
    matches!(start.first(), Some(b'<'))
        || (start.len() >= 16 && start.iter().all(|&byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()))
}

/// Reads to the end, to an error or to the bound.
fn read(decoder: impl Read, bytes_max: usize) -> (Option<Vec<u8>>, Undone) {
    let mut out = Vec::new();
    let result = decoder.take(bytes_max as u64 + 1).read_to_end(&mut out);
    match result {
        Ok(_) if out.len() <= bytes_max => (Some(out), Undone::All),
        Err(_) if out.is_empty() => (None, Undone::NotFound),
        Ok(_) => {
            out.truncate(bytes_max);
            (Some(out), Undone::Cut)
        }
        Err(_) => {
            let undone = if out.len() > bytes_max { Undone::Cut } else { Undone::Partly };
            out.truncate(bytes_max);
            (Some(out), undone)
        }
    }
}

/// Joins chunks. Bytes that do not begin with a chunk are no chunks.
fn dechunk(bytes: &[u8]) -> (Option<Vec<u8>>, Undone) {
    let mut out = Vec::new();
    let mut rest = bytes;
    loop {
        let Some((size, after)) = chunk_size(rest) else {
            let how = if out.is_empty() { Undone::NotFound } else { Undone::Partly };
            return ((!out.is_empty()).then_some(out), how);
        };
        if size == 0 {
            // Trailers after the last chunk are not part of the payload.
            return (Some(out), Undone::All);
        }
        if after.len() < size {
            // Only a chunk that is all there shows that the first line was a size and not a page that begins with a digit.
            if out.is_empty() && !rest[..rest.len() - after.len()].ends_with(b"\r\n") {
                return (None, Undone::NotFound);
            }
            out.extend_from_slice(after);
            return (Some(out), Undone::Partly);
        }
        let (chunk, next) = after.split_at(size);
        let next_line = next.strip_prefix(b"\r\n").or_else(|| next.strip_prefix(b"\n"));
        match next_line {
            Some(line) => rest = line,
            None if next.is_empty() => rest = next,
            None if out.is_empty() => return (None, Undone::NotFound),
            None => {
                out.extend_from_slice(chunk);
                return (Some(out), Undone::Partly);
            }
        }
        out.extend_from_slice(chunk);
    }
}

/// The size that a chunk's first line states, and what follows that line.
fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    const LINE_BYTES_MAX: usize = 256;
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(LINE_BYTES_MAX)])?;
    let line = bytes[..end].trim_ascii();
    let digits = line.split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    let size = usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    Some((size, &bytes[end + 1..]))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const PAGE: &[u8] = b"<!doctype html><title>a page</title><p>a page of some words, some of them twice";

    fn check(stored: &[u8], transfer: &str, content: &str, wanted: &[u8], undone: Undone) {
        let (payload, how) =
            decode(stored, Declared { transfer: Some(transfer), content: Some(content) }, &Limits::default());
        assert_eq!((&*payload, how), (wanted, undone), "{transfer:?} {content:?}");
    }

    fn of_content(name: &str) -> Declared<'_> {
        Declared { transfer: None, content: Some(name) }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn chunked(bytes: &[u8], size: usize) -> Vec<u8> {
        let mut out = Vec::new();
        for chunk in bytes.chunks(size) {
            write!(out, "{:x};name=value\r\n", chunk.len()).unwrap();
            out.extend_from_slice(chunk);
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"0\r\nTrailer: x\r\n\r\n");
        out
    }

    #[test]
    fn codings_are_undone() {
        check(PAGE, "", "", PAGE, Undone::Nothing);
        check(PAGE, "identity", "none", PAGE, Undone::Nothing);
        check(&chunked(PAGE, 10), "chunked", "", PAGE, Undone::All);
        check(&gzip(PAGE), "", "GZIP", PAGE, Undone::All);
        check(&zlib(PAGE), "", "deflate", PAGE, Undone::All);
        check(&deflate(PAGE), "", "deflate", PAGE, Undone::All);
        check(&zstd::bulk::compress(PAGE, 3).unwrap(), "", "zstd", PAGE, Undone::All);
        check(&chunked(&gzip(PAGE), 7), "chunked", "x-gzip", PAGE, Undone::All);
        check(&gzip(&zlib(PAGE)), "", "deflate, gzip", PAGE, Undone::All);
        // One uncompressed block by the reference encoder, RFC 7932.
        check(b"\x0b\x02\x80hello\x03", "", "br", b"hello", Undone::All);
    }

    #[test]
    fn codings_that_the_bytes_do_not_have_are_not_believed() {
        for (transfer, content) in
            [("chunked", ""), ("", "gzip"), ("", "deflate"), ("", "br"), ("", "zstd"), ("", "sdch")]
        {
            check(PAGE, transfer, content, PAGE, Undone::NotFound);
            check(b"", transfer, content, b"", Undone::NotFound);
        }
        check(b"12 monkeys\r\n", "chunked", "", b"12 monkeys\r\n", Undone::NotFound);
        check(b"12\nis a number", "chunked", "", b"12\nis a number", Undone::NotFound);
        check(&gzip(PAGE), "chunked", "gzip", PAGE, Undone::NotFound);
    }

    #[test]
    fn damaged_codings_give_what_could_be_decoded() {
        let (page, _) = PAGE.split_at(30);
        check(&chunked(PAGE, 10)[..3 * (17 + 10)], "chunked", "", page, Undone::Partly);
        let long: Vec<u8> = PAGE.repeat(2_000);
        for (stored, name) in [(gzip(&long), "gzip"), (zlib(&long), "deflate")] {
            let (payload, how) = decode(&stored[..stored.len() - 12], of_content(name), &Limits::default());
            assert_eq!(how, Undone::Partly, "{name}");
            assert!(payload.len() > 1_000 && long.starts_with(&payload), "{name}");
        }
    }

    #[test]
    fn payloads_at_the_limit_are_whole_and_beyond_it_cut() {
        for (max, undone) in [(PAGE.len(), Undone::All), (PAGE.len() - 1, Undone::Cut)] {
            let limits = Limits { payload_bytes_max: max, ..Limits::default() };
            let stored = gzip(PAGE);
            let (payload, how) = decode(&stored, of_content("gzip"), &limits);
            assert_eq!((&*payload, how), (&PAGE[..max], undone));
        }
        let limits = Limits { payload_bytes_max: 5, ..Limits::default() };
        assert_eq!(decode(PAGE, Declared::default(), &limits), (Cow::Borrowed(&PAGE[..5]), Undone::Cut));
        let limits = Limits { codings_max: 1, ..Limits::default() };
        assert_eq!(
            decode(&gzip(PAGE), Declared { transfer: Some("chunked"), content: Some("gzip") }, &limits).1,
            Undone::NotFound
        );
    }
}
