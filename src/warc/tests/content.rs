//! What records are to a training set.

use std::borrow::Cow;

use super::*;
use crate::warc::coding::Undone;
use crate::warc::content::{Content, ContentKind, Sorted, SourceFile, crawl_id, sort};

const HTML: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>page";

fn file() -> SourceFile {
    SourceFile::new("crawl-data/CC-MAIN-2024-10/segments/1/warc/CC-MAIN-20240220211055-20240221001055-00000.warc.gz")
}

/// Sorts the one record of a file and gives what a test compares.
fn sorted<T>(warc: &str, look: impl FnOnce(Sorted<'_>) -> T) -> T {
    let mut reader = Reader::open(Box::new(Cursor::new(warc.as_bytes().to_vec())), "m", Limits::default()).unwrap();
    let mut batch = Batch::new();
    assert!(reader.fill(&mut batch, 1).unwrap());
    let Item::Record(record) = batch.get(0) else { panic!("{:?}", batch.get(0)) };
    look(sort(&record, &file(), &Limits::default()))
}

fn check_reason(warc: &str, wanted: &str, is_listed: bool) {
    sorted(warc, |sorted| match sorted {
        Sorted::NotKept { dropped, listed, .. } => assert_eq!((dropped.reason.as_str(), listed), (wanted, is_listed)),
        Sorted::Content(content) => panic!("kept: {content:?}"),
    });
}

fn check_content(warc: &str, kind: ContentKind, payload: &[u8], undone: Undone) {
    sorted(warc, |sorted| match sorted {
        Sorted::Content(content) => {
            assert_eq!((content.kind, &*content.payload, content.http.undone), (kind, payload, undone));
        }
        Sorted::NotKept { dropped, .. } => panic!("not kept: {dropped:?}"),
    });
}

fn of_type(kind: &str, content_type: &str, block: &str) -> String {
    record(block).replace("WARC-Type: response", &format!("Content-Type: {content_type}\r\nWARC-Type: {kind}"))
}

#[test]
fn records_nobody_wants_are_told_apart() {
    for kind in ["request", "metadata", "warcinfo", "WarcInfo"] {
        check_reason(&of_type(kind, "text/plain", "x"), "warc.not_content", false);
    }
    check_reason(&of_type("revisit", "application/http", HTML), "warc.revisit", true);
    check_reason(&of_type("continuation", "application/http", HTML), "warc.not_joined", true);
    check_reason(&of_type("monkeys", "application/http", HTML), "warc.unknown_type", true);
    check_reason(&record("x"), "warc.not_http", true);
    for status in ["199", "300", "404"] {
        check_reason(&record(&HTML.replace("200", status)), "warc.http_status", true);
    }
    for status in ["200", "299"] {
        check_content(&record(&HTML.replace("200", status)), ContentKind::Html, b"<p>page", Undone::Nothing);
    }
}

#[test]
fn the_type_is_asked_of_http_then_of_the_crawler_then_of_the_bytes() {
    let with_type = |http: &str, payload: &str| record(&format!("HTTP/1.1 200 OK\r\n{http}\r\n\r\n{payload}"));
    let html = |warc: &str| check_content(warc, ContentKind::Html, b"<!DOCTYPE html>", Undone::Nothing);
    html(&with_type("Content-Type: application/xhtml+xml", "<!DOCTYPE html>"));
    check_reason(&with_type("Content-Type: application/pdf", "<!DOCTYPE html>"), "warc.not_html", true);
    let identified = |media: &str, payload: &str| {
        with_type("Server: x", payload)
            .replace("WARC-Date", &format!("WARC-Identified-Payload-Type: {media}\r\nWARC-Date"))
    };
    html(&identified("text/html", "<!DOCTYPE html>"));
    check_reason(&identified("image/png", "<!DOCTYPE html>"), "warc.not_html", true);
    html(&with_type("Server: x", "<!DOCTYPE html>"));
    html(&with_type("Content-Type: ; charset=utf-8", "<!DOCTYPE html>"));
    check_reason(&with_type("Server: x", "%PDF-1.4"), "warc.not_html", true);
    check_reason(&with_type("Server: x", "<?xml version=\"1.0\"?><rss>"), "warc.not_html", true);
    check_content(&of_type("resource", "text/html", "<p>"), ContentKind::Html, b"<p>", Undone::Nothing);
    check_reason(&of_type("resource", "text/css", "<p>"), "warc.not_html", true);
    check_content(&of_type("conversion", "text/plain", "words"), ContentKind::PlainText, b"words", Undone::Nothing);
    check_reason(&of_type("conversion", "application/json", "{}"), "warc.not_html", true);
}

fn full(check: impl FnOnce(Content<'_>)) {
    let block = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"x-sjis\"\r\nLink: <https://a/>; rel=license\r\n\
                 X-Robots-Tag: noai\r\nServer: x\r\nTDM-Reservation: 1\r\nContent-Language: de\r\n\r\n<p>";
    let warc = record(block).replace(
        "WARC-Date",
        "WARC-Payload-Digest: sha1:ABC\r\nWARC-Truncated: length\r\nWARC-Target-URI: <https://b/>\r\nWARC-Date",
    );
    let warc = warc.replace("WARC-Target-URI: https://example.org/\r\n", "");
    sorted(&warc, |sorted| match sorted {
        Sorted::Content(content) => check(content),
        Sorted::NotKept { dropped, .. } => panic!("not kept: {dropped:?}"),
    });
}

#[test]
fn the_origin_holds_what_the_record_states() {
    full(|content| {
        let origin = content.origin;
        assert_eq!((&*origin.id, &*origin.url, &*origin.date), ("<urn:uuid:1>", "https://b/", "2026-01-01T00:00:00Z"));
        assert_eq!(origin.dump.as_deref(), Some("CC-MAIN-2024-10"));
        assert_eq!((origin.payload_digest.as_deref(), origin.truncated.as_deref()), (Some("sha1:ABC"), Some("length")));
        assert_eq!(
            (origin.http_status, origin.content_type.as_deref()),
            (Some(200), Some("text/html; charset=\"x-sjis\""))
        );
        assert!(matches!(content.payload, Cow::Borrowed(_)), "a payload without codings is not copied");
    });
}

#[test]
fn http_facts_hold_charset_and_signals() {
    full(|content| {
        assert_eq!(content.http.charset.as_deref(), Some("x-sjis"));
        let headers: Vec<_> = content.http.headers.iter().map(|h| (&*h.name, &*h.value)).collect();
        assert_eq!(
            headers,
            [
                ("link", "<https://a/>; rel=license"),
                ("x-robots-tag", "noai"),
                ("tdm-reservation", "1"),
                ("content-language", "de")
            ]
        );
    });
}

/// What `truncated` says of a response whose payload is coded so.
fn check_truncated(coding: &str, stored: &[u8], stated: Option<&str>, bytes_max: usize, expected: Option<&str>) {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n");
    let length = head.len() + stored.len();
    let stated = stated.map(|stated| format!("WARC-Truncated: {stated}\r\n")).unwrap_or_default();
    let header = format!("WARC/1.0\r\nWARC-Type: response\r\n{stated}Content-Length: {length}\r\n\r\n");
    let warc = [header.as_bytes(), head.as_bytes(), stored, b"\r\n\r\n"].concat();
    let mut reader = Reader::open(Box::new(Cursor::new(warc)), "m", Limits::default()).unwrap();
    let mut batch = Batch::new();
    assert!(reader.fill(&mut batch, 1).unwrap());
    let Item::Record(record) = batch.get(0) else { panic!("{:?}", batch.get(0)) };
    let limits = Limits { payload_bytes_max: bytes_max, ..Limits::default() };
    match sort(&record, &file(), &limits) {
        Sorted::Content(content) => assert_eq!(content.origin.truncated.as_deref(), expected),
        Sorted::NotKept { dropped, .. } => panic!("not kept: {dropped:?}"),
    }
}

#[test]
fn a_payload_whose_end_is_missing_says_why() {
    let page = b"<p>page".repeat(5_000);
    let coded = zstd::bulk::compress(&page, 1).unwrap();
    check_truncated("zstd", &coded, None, page.len(), None);
    check_truncated("zstd", &coded, None, page.len() - 1, Some("limit"));
    check_truncated("zstd", &coded, Some("length"), page.len() - 1, Some("length"));
    check_truncated("identity", &page, None, page.len(), None);
    check_truncated("identity", &page, None, page.len() - 1, Some("limit"));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(0));
    std::io::Write::write_all(&mut gzip, &page).unwrap();
    let gzip = gzip.finish().unwrap();
    check_truncated("gzip", &gzip, None, page.len(), None);
    check_truncated("gzip", &gzip[..gzip.len() - 9], None, page.len(), Some("coding"));
    // A coding that the bytes do not have loses nothing.
    check_truncated("gzip", &page, None, page.len(), None);
}

#[test]
fn records_without_an_id_are_named_by_their_place() {
    let warc = record(HTML).replace("WARC-Record-ID: <urn:uuid:1>\r\n", "");
    sorted(&warc, |sorted| match sorted {
        Sorted::Content(content) => assert_eq!(content.origin.id, format!("urn:gristmill:{}:0", file().path)),
        Sorted::NotKept { .. } => panic!("not kept"),
    });
    let arc = format!("http://example.org/ 1.2.3.4 20260102030405 text/html {}\n{HTML}\n", HTML.len());
    sorted(&arc, |sorted| match sorted {
        Sorted::Content(content) => {
            assert_eq!(content.origin.id, format!("arc:{}:0", file().path));
            assert_eq!((&*content.origin.url, &*content.payload), ("http://example.org/", &b"<p>page"[..]));
        }
        Sorted::NotKept { .. } => panic!("not kept"),
    });
}

#[test]
fn crawls_are_known_by_path_or_by_warcinfo() {
    assert_eq!(crawl_id("CC-MAIN-2026-05"), Some("CC-MAIN-2026-05"));
    assert_eq!(crawl_id("CC-MAIN-20240517233122-20240518023122-00000.warc.gz"), None);
    assert_eq!(crawl_id("a/CC-MAIN-2026-053/"), None);
    assert_eq!(crawl_id("CC-MAIN-2026-0"), None);
    let info = of_type("warcinfo", "application/warc-fields", "publisher: x\r\nisPartOf: CC-MAIN-2026-05\r\n");
    let mut reader = Reader::open(Box::new(Cursor::new(info.into_bytes())), "m", Limits::default()).unwrap();
    let mut batch = Batch::new();
    assert!(reader.fill(&mut batch, 1).unwrap());
    let Item::Record(record) = batch.get(0) else { panic!("a record") };
    let mut source = SourceFile::new("a.warc.gz");
    source.learn(&record);
    assert_eq!(source.dump.as_deref(), Some("CC-MAIN-2026-05"));
    let mut known = file();
    known.learn(&record);
    assert_eq!(known.dump.as_deref(), Some("CC-MAIN-2024-10"), "the path goes first");
}
