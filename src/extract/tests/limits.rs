//! Options and bounds: what is refused, and what a page beyond a bound is dropped for.

use super::super::html::limits::Limits;
use super::super::options::{Mode, Options};
use super::super::reasons::{NO_TEXT, TOO_LARGE};
use super::super::{ExtractConfig, Hints};
use crate::document::reason::Reason;

fn check(limits: Limits, page: &str, expected: Option<(Reason, usize)>) {
    let extractor = Options { mode: Mode::All, limits, ..Options::default() }.build().expect("sound options");
    let dropped = extractor.extract(page.as_bytes(), &Hints::default()).err();
    let found = dropped.map(|dropped| (dropped.reason, dropped.found.unwrap_or_default() as usize));
    assert_eq!(found, expected, "{page:.60}");
}

fn build(options: &str) -> Result<(), String> {
    let config: ExtractConfig = toml::from_str(options).map_err(|error| error.message().to_owned())?;
    config.build().map(drop).map_err(|error| error.to_string())
}

#[test]
fn pages_are_kept_up_to_each_bound_and_dropped_beyond() {
    let limits = Limits { html_bytes_max: 10, ..Limits::default() };
    check(limits.clone(), "0123456789", None);
    check(limits, "0123456789a", Some((TOO_LARGE, 11)));
    let limits = Limits { nodes_max: 5, ..Limits::default() };
    check(limits.clone(), "<p>a<p>b", None);
    check(limits, "<p>a<p>b<p>", Some((TOO_LARGE, 5)));
}

#[test]
fn a_page_without_text_is_dropped() {
    check(Limits::default(), "", Some((NO_TEXT, 0)));
    check(Limits::default(), "<p> &nbsp; <script>x</script>", Some((NO_TEXT, 0)));
    check(Limits::default(), ".", None);
}

#[test]
fn depth_bends_and_loses_no_text() {
    let limits = Limits { depth_max: 3, ..Limits::default() };
    let extractor = Options { mode: Mode::All, limits, ..Options::default() }.build().expect("sound options");
    let page = "<div>a<div>b<div>c<div>d<div>e</div>f</div>g</div>h</div>i";
    let text = extractor.extract(page.as_bytes(), &Hints::default()).expect("it has text").text;
    assert_eq!(text.split_whitespace().collect::<String>(), "abcdefghi");
}

#[test]
fn options_that_cannot_work_are_refused() {
    assert_eq!(build("html = {}"), Ok(()));
    assert_eq!(build("html = { mode = \"all\" }"), Ok(()));
    assert_eq!(build("html = { mode = \"precise\", words_min = 0 }"), Ok(()));
    assert_eq!(build("html = { replacements_share_max = 1.0 }"), Ok(()));
    let refused = [
        ("html = { mode = \"exact\" }", "unknown variant `exact`, expected one of `main`, `precise`, `all`"),
        (
            "html = { depth = 1 }",
            "unknown field `depth`, expected one of `mode`, `format`, `comments`, `words_min`, `replacements_share_max`, `limits`",
        ),
        ("html = { replacements_share_max = 1.1 }", "replacements_share_max is 1.1; a share lies between 0 and 1"),
        ("html = { limits = { depth_max = 0 } }", "limits.depth_max is 0; it lies between 1 and 10000"),
        ("html = { limits = { blocks_max = 0 } }", "limits.blocks_max is 0; it lies between 1 and 16777216"),
        ("html = { limits = { attributes_max = 251 } }", "limits.attributes_max is 251; it lies between 1 and 250"),
    ];
    for (options, message) in refused {
        assert_eq!(build(options), Err(message.to_owned()), "{options}");
    }
}

#[test]
fn a_preset_written_back_is_the_same() {
    let options = Options { mode: Mode::All, ..Options::default() };
    let written = toml::to_string(&ExtractConfig::Html(options.clone())).expect("options can be written");
    assert_eq!(toml::from_str::<ExtractConfig>(&written).expect("and read"), ExtractConfig::Html(options));
}
