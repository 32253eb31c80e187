//! What holds for the text of every page, plain and as Markdown: nothing is lost, nothing is left open, all is NFC.

use proptest::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::super::blocks::Blocks;
use super::super::html::limits::Limits;
use super::super::html::tree::{Page, Tree};
use super::super::options::{Format, Mode, Options};
use super::super::{Extractor, Hints};

/// Pieces of pages with much structure, and of text that looks like Markdown.
const PIECES: &[&str] = &[
    "<p>",
    "<br>",
    "<ul><li>",
    "<li>",
    "</ul>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<code>",
    "</code>",
    "<table><tr><td>",
    "<td>",
    "<td rowspan=2>",
    "<th colspan=3>",
    "<tr><td>",
    "</table>",
    "<caption>",
    "<h2>",
    "</h2>",
    "<dl><dt>",
    "<dd>",
    "</dl>",
    "<div>",
    "</div>",
    "<ul>",
    "a",
    "b c",
    "some four words here ",
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~~",
    "&lt;",
    "&lt;b>",
    "&amp;amp;",
    "[",
    "](",
    "]:",
    "# ",
    "- ",
    "---",
    "1. ",
    "&gt; ",
    "|",
    "\\",
    "=",
    " ",
    "\n",
    "é",
    "e\u{301}",
    "\u{338}",
    "字",
    "“",
    "\u{1fef}",
    "。",
];

fn extractor(format: Format) -> Extractor {
    Options { mode: Mode::All, format, ..Options::default() }.build().expect("the options are sound")
}

fn text(page: &str, format: Format) -> String {
    extractor(format).extract(page.as_bytes(), &Hints::default()).map(|found| found.text).unwrap_or_default()
}

/// The text of each block.
fn blocks(page: &str) -> Vec<String> {
    let (mut tree, mut blocks) = (Tree::default(), Blocks::default());
    tree.parse(page, &Limits::default()).expect("the page is small");
    blocks.fill(Page { source: page, tree: &tree });
    blocks.list.iter().map(|block| blocks.text_of(block).to_owned()).collect()
}

fn words(text: &str) -> Vec<String> {
    text.nfc().collect::<String>().split_whitespace().map(str::to_owned).collect()
}

fn letters(text: &str) -> String {
    text.nfc().filter(|character| character.is_alphanumeric()).collect()
}

fn check_plain(page: &str) -> Result<(), TestCaseError> {
    let text = text(page, Format::Plain);
    prop_assert!(is_nfc(&text));
    let found = words(&text);
    for block in blocks(page) {
        let wanted = words(&block);
        prop_assert!(found.windows(wanted.len().max(1)).any(|run| run == wanted), "{block:?} is not in {text:?}");
    }
    Ok(())
}

fn check_markdown(page: &str) -> Result<(), TestCaseError> {
    let text = text(page, Format::Markdown);
    prop_assert!(is_nfc(&text));
    prop_assert_eq!(letters(&text), letters(&self::text(page, Format::Plain)));
    let mut open = None;
    for line in text.lines() {
        let line = line.trim_start_matches([' ', '>', '-']);
        let ticks = line.bytes().take_while(|&byte| byte == b'`').count();
        let is_fence = ticks >= 3 && line.len() == ticks;
        open = match open {
            None if is_fence => Some(ticks),
            Some(fence) if is_fence && ticks >= fence => None,
            open => open,
        };
    }
    prop_assert_eq!(open, None, "a fence is left open in {:?}", text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Pages of structure in any order.
    #[test]
    fn text_is_whole_in_both_formats(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let page = pieces.concat();
        check_plain(&page)?;
        check_markdown(&page)?;
    }
}

#[test]
fn nesting_costs_no_more_than_a_little_indentation() {
    for (open, close) in [("<ul><li>a", ""), ("<blockquote>a", ""), ("<table><tr><td>a", ""), ("<ol><li>", "a</ol>")] {
        let page = [open.repeat(5_000), close.repeat(5_000)].concat();
        for format in [Format::Plain, Format::Markdown] {
            let text = text(&page, format);
            assert!(text.len() < 20 * page.len(), "{open}: {} bytes", text.len());
        }
    }
}

#[test]
fn a_wide_table_costs_no_more_than_its_columns() {
    let rows = "<tr><td>a".repeat(2_000);
    let page = format!("<table><tr><td colspan=63>a<td>b{rows}</table>");
    assert!(text(&page, Format::Markdown).len() < 20 * page.len());
    assert!(text(&format!("<table><tr>{}</table>", "<td colspan=1000>a".repeat(5_000)), Format::Plain).len() < 30_000);
}
