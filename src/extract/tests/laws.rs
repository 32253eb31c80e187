//! What holds for every payload: no panic, valid text, the same answer each time, offsets within the payload.

use proptest::prelude::*;

use super::super::{Extracted, Hints};
use super::all;
use crate::document::reason::Dropped;

/// The laws that the fuzz targets hold, here held for made-up pages.
#[path = "../../../tests/fuzz/laws/html.rs"]
mod fuzzed;

/// Pieces of which hostile and honest pages are made.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div class='post-body content'>",
    "</div>",
    "<a href='/license' rel=license>",
    "</a>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<pre>",
    "</pre>",
    "<br>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<title>",
    "</title>",
    "<svg>",
    "</svg>",
    "<math>",
    "<![CDATA[",
    "]]>",
    "<select>",
    "<option>",
    "<template>",
    "</template>",
    "<nav>",
    "</nav>",
    "<head>",
    "<body>",
    "<html lang=de>",
    "<h1>",
    "</h2>",
    "<button>",
    "<form>",
    "</form>",
    "<x-y>",
    "</x-y>",
    "&amp;",
    "&#",
    "&notin",
    "&#xD800;",
    "<",
    ">",
    "'",
    "\"",
    "=",
    "/",
    "\0",
    "\r\n",
    " ",
    "\u{200d}",
    "\u{ad}",
    "e\u{301}",
    "日本語。",
    "Ein Satz mit einigen Worten, und mehr. ",
    "<meta name=a content='b'>",
    "<script type='application/ld+json'>{}",
    "<time datetime=2026>",
    "<noscript>",
    "</br>",
    "<svg/>",
    "<foreignObject>",
    "<mi>",
    "<o:p>",
    "<br",
    "<!-- <script>",
    "<style>",
    "<dl><dt>",
    "<a>",
    "\u{1fffe}",
    "<p hidden>",
];

fn pages() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

fn run(payload: &[u8], http_charset: Option<&str>) -> Result<Extracted, Dropped> {
    all().extract(payload, &Hints { http_charset, url: "https://example.org/" })
}

fn check(payload: &[u8], http_charset: Option<&str>) -> Result<(), TestCaseError> {
    let found = run(payload, http_charset);
    prop_assert_eq!(&found, &run(payload, http_charset));
    let Ok(found) = found else { return Ok(()) };
    prop_assert!(!found.text.is_empty() && !found.text.contains('\0'));
    prop_assert!(unicode_normalization::is_nfc(&found.text));
    let links = found.signals.links.iter().map(|link| link.offset_bytes);
    let metas = found.signals.metas.iter().map(|meta| meta.offset_bytes);
    for offset in links.chain(metas) {
        prop_assert!(offset < payload.len() as u64);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Pages of markup in any order.
    #[test]
    fn any_markup_is_extracted(payload in pages()) {
        check(&payload, None)?;
    }

    /// Any bytes in any charset.
    #[test]
    fn any_bytes_are_extracted(
        payload in prop::collection::vec(any::<u8>(), 0..600),
        charset in prop::sample::select(vec![
            "utf-8", "utf-16le", "gb18030", "iso-2022-jp", "shift_jis", "big5", "x-user-defined",
        ]),
    ) {
        check(&payload, Some(charset))?;
        check(&payload, None)?;
    }

    /// The laws of the fuzz targets, with a first byte that chooses charset, address and limits.
    #[test]
    fn the_laws_of_the_fuzz_targets_hold(first in any::<u8>(), page in pages()) {
        let bytes = [vec![first], page].concat();
        fuzzed::decode(&bytes);
        fuzzed::tokens(&bytes);
        fuzzed::tree(&bytes);
        fuzzed::extraction(&bytes);
    }

    /// Any bytes as plain text.
    #[test]
    fn any_plain_text_is_taken(payload in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(all().plain_text(&payload), all().plain_text(&payload));
    }
}
