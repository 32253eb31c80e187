//! Which charset is believed, what comes of it, and where a signal stood in the bytes.

use super::super::reasons::UNDECODABLE;
use super::super::{Hints, charset, reasons};
use super::all;
use crate::document::CharsetSource::{self, Bom, Detected, Format, Http, Meta, Utf8};

/// What a payload with an HTTP charset and a URL is decoded to: charset, source, text.
fn check(payload: &[u8], http_charset: Option<&str>, url: &str, expected: (&str, CharsetSource, &str)) {
    let found = all().extract(payload, &Hints { http_charset, url }).expect("the page has text");
    assert_eq!((found.decoding.charset, found.decoding.source, found.text.as_str()), expected);
    assert_eq!(found.decoding.replacements, 0);
}

#[test]
fn the_first_that_answers_is_believed() {
    let meta = "<meta charset=koi8-r>é";
    let marked = [b"\xEF\xBB\xBF", meta.as_bytes()].concat();
    check(&marked, Some("windows-1251"), "", ("UTF-8", Bom, "é"));
    check(meta.as_bytes(), Some("utf8"), "", ("UTF-8", Http, "é"));
    check(b"<meta charset=koi8-r>\xC1", None, "", ("KOI8-R", Meta, "а"));
    check("<p>é".as_bytes(), None, "", ("UTF-8", Utf8, "é"));
    check(b"<p>ascii", None, "", ("UTF-8", Utf8, "ascii"));
}

#[test]
fn utf_16_is_read_with_a_mark_and_by_its_header() {
    let big: Vec<u8> = "\u{feff}<p>日本".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let little: Vec<u8> = "<p>日本".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&big, Some("latin1"), "", ("UTF-16BE", Bom, "日本"));
    check(&little, Some("UTF-16LE"), "", ("UTF-16LE", Http, "日本"));
    check("<meta charset=utf-16><p>日本".as_bytes(), None, "", ("UTF-8", Meta, "日本"));
}

#[test]
fn labels_that_mean_nothing_are_passed_over() {
    check("<meta charset=utf-8>é".as_bytes(), Some("no-such"), "", ("UTF-8", Meta, "é"));
    check("<meta charset=iso-2022-kr>é".as_bytes(), Some("replacement"), "", ("UTF-8", Utf8, "é"));
    check(b"<p>caf\xE9", Some("\"ISO-8859-1\" "), "", ("windows-1252", Http, "café"));
}

#[test]
fn a_wrong_label_is_believed_as_browsers_do() {
    check("<p>é".as_bytes(), Some("latin1"), "", ("windows-1252", Http, "Ã©"));
}

#[test]
fn nothing_declared_is_guessed_with_the_help_of_the_domain() {
    let russian = encoding_rs::WINDOWS_1251.encode("<p>Это обычный текст на русском языке").0.into_owned();
    check(&russian, None, "https://example.ru/", ("windows-1251", Detected, "Это обычный текст на русском языке"));
    let japanese = encoding_rs::SHIFT_JIS.encode("<p>これは日本語の文章です。とても短いです。").0.into_owned();
    check(
        &japanese,
        None,
        "http://u@host.jp:80/x",
        ("Shift_JIS", Detected, "これは日本語の文章です。とても短いです。"),
    );
}

/// Pages are cut where the crawler stopped reading: that must not make another charset of them.
#[test]
fn a_page_cut_inside_a_character_keeps_its_charset() {
    for (page, kept) in [("<p>Schön ist’s", 14), ("<p>日本語", 8), ("<p>ж😀", 8)] {
        let decoding = charset::decode(&page.as_bytes()[..kept], &Hints::default()).decoding();
        assert_eq!((decoding.charset, decoding.source, decoding.replacements), ("UTF-8", Utf8, 1), "{page}");
    }
    let japanese = encoding_rs::SHIFT_JIS.encode("<p>これは日本語の文章です。とても短いです。").0.into_owned();
    let cut = &japanese[..japanese.len() - 1];
    assert_eq!(charset::decode(cut, &Hints::default()).decoding().charset, "Shift_JIS");
    // More than a character is missing, or what is there is none.
    for page in [b"<p>a\xE2b".as_slice(), b"<p>a\xFF", b"<p>a\xC0", b"<p>\xE2\x80a\xE2\x80"] {
        assert_eq!(charset::decode(page, &Hints::default()).decoding().source, Detected, "{page:x?}");
    }
}

#[test]
fn a_page_that_is_utf_8_throughout_is_utf_8_whatever_it_declares() {
    let page = |characters| format!("<p>{}", "ж".repeat(characters));
    for label in ["windows-1251", "gbk", "iso-8859-1"] {
        check(page(20).as_bytes(), Some(label), "", ("UTF-8", Utf8, &"ж".repeat(20)));
    }
    check(format!("<meta charset=koi8-r>{}", page(20)).as_bytes(), None, "", ("UTF-8", Utf8, &"ж".repeat(20)));
    check(page(19).as_bytes(), Some("windows-1252"), "", ("windows-1252", Http, &"Ð¶".repeat(19)));
}

#[test]
fn iso_2022_jp_is_known_by_its_escapes() {
    check(b"<p>\x1B$BF|K\\\x1B(B", None, "", ("ISO-2022-JP", Detected, "日本"));
}

#[test]
fn one_bad_byte_does_not_take_a_page_out_of_utf_8() {
    let found = |good| {
        let payload = ["<p>\u{e9} ".repeat(good).as_bytes(), b"\xA9 2026"].concat();
        let found = all().extract(&payload, &Hints::default()).expect("the page has text");
        (found.decoding.charset, found.decoding.source, found.decoding.replacements)
    };
    assert_eq!(found(20), ("UTF-8", Utf8, 1));
    assert_eq!(found(19).1, Detected);
}

#[test]
fn the_charset_is_guessed_from_what_stands_behind_long_scripts() {
    let script = "<script>var a = 'no word of any language';</script>".repeat(10_000);
    let (text, _, _) = encoding_rs::WINDOWS_1251.encode("<p>Это обычный текст на русском языке");
    let page = [b"<title>\xA9</title>".as_slice(), script.as_bytes(), &text].concat();
    let decoded = charset::decode(&page, &Hints::default());
    assert_eq!((decoded.decoding().charset, decoded.decoding().source), ("windows-1251", Detected));
}

#[test]
fn the_domain_decides_where_the_bytes_do_not() {
    check(b"<p>\xFE", None, "https://example.tr/", ("windows-1254", Detected, "ş"));
    check(b"<p>\xFE", None, "https://example.de/", ("windows-1252", Detected, "þ"));
    check(b"<p>\xFE", None, "http://10.0.0.1/", ("windows-1252", Detected, "þ"));
}

#[test]
fn replacements_are_counted_and_too_many_are_a_reason() {
    let page =
        |good: usize, bad: usize| [b"<meta charset=utf-8>".as_slice(), &vec![b'x'; good], &vec![0xFF; bad]].concat();
    let at_bound = all().extract(&page(95, 5), &Hints::default()).expect("at the bound");
    assert_eq!(at_bound.decoding.replacements, 5);
    let beyond = all().extract(&page(94, 6), &Hints::default()).expect_err("beyond the bound");
    assert_eq!((beyond.reason, beyond.found, beyond.bound), (UNDECODABLE, Some(0.06), Some(0.05)));
    // What the page itself holds is no damage.
    let own = all().extract("<p>\u{fffd}\u{fffd}".as_bytes(), &Hints::default()).expect("its own characters");
    assert_eq!(own.decoding.replacements, 0);
}

#[test]
fn plain_text_is_taken_as_it_is() {
    let found = all().plain_text("\u{feff} a  <b>\n\n é ".as_bytes()).expect("it has text");
    assert_eq!(found.text, " a  <b>\n\n é ");
    assert_eq!((found.decoding.charset, found.decoding.source), ("UTF-8", Format));
    let broken = all().plain_text(b"\xFF\xFF\xFFa").expect_err("mostly damage");
    assert_eq!(broken.reason, UNDECODABLE);
    let empty = all().plain_text(b" \n ").expect_err("nothing but white space");
    assert_eq!(empty.reason, reasons::NO_TEXT);
}

#[test]
fn offsets_of_signals_are_those_of_the_payload() {
    let page = "<title>тест</title><p>日本語</p><a rel=license href=/l>é</a> tail ".repeat(400);
    let encodings = [encoding_rs::UTF_8, encoding_rs::EUC_JP, encoding_rs::GB18030, encoding_rs::ISO_2022_JP];
    for encoding in encodings {
        let payload = encoding.encode(&page).0.into_owned();
        let hints = Hints { http_charset: Some(encoding.name()), url: "" };
        let links = all().extract(&payload, &hints).expect("it has text").signals.links;
        assert_eq!(links.len(), 256);
        for link in links {
            let at = link.offset_bytes as usize;
            // ISO-2022-JP may have to switch to ASCII first: that belongs to the character that comes.
            let rest = payload[at..].strip_prefix(b"\x1b(B").unwrap_or(&payload[at..]);
            assert!(rest.starts_with(b"<a rel=license"), "{} at {at}", encoding.name());
        }
    }
}
