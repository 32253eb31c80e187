//! Character references in text and in attributes.

use super::{check_tokens, tokens};

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(tokens(text), format!("{expected:?}"), "{text:?}");
    }
}

/// The value is quoted, since an unquoted one ends at a space.
fn check_in_attribute(cases: &[(&str, &str)]) {
    for (value, expected) in cases {
        assert_eq!(tokens(&format!("<a id='{value}'>")), format!("<a id={expected:?}>"), "{value:?}");
    }
}

#[test]
fn names_with_a_semicolon() {
    check(&[
        ("&amp;&lt;&gt;&quot;&apos;&nbsp;", "&<>\"'\u{a0}"),
        ("&AMP;&LT;&Eacute;&eacute;", "&<Éé"),
        ("&hellip;&mdash;&rsquo;&euro;", "…—’€"),
        ("&Amp;", "&Amp;"),
        ("&ThickSpace;", "\u{205f}\u{200a}"),
        ("&NotEqualTilde;", "\u{2242}\u{338}"),
        ("&CounterClockwiseContourIntegral;", "∳"),
        ("&CounterClockwiseContourIntegrals;", "&CounterClockwiseContourIntegrals;"),
        ("&Afr;&zwnj;", "\u{1d504}\u{200c}"),
        ("&in;", "∈"),
        ("&sup1;&frac12;&there4;", "¹½∴"),
        ("&;", "&;"),
        ("&nosuch;", "&nosuch;"),
        ("&amp ;", "& ;"),
    ]);
}

#[test]
fn names_without_a_semicolon_are_those_of_old() {
    check(&[
        ("&amp", "&"),
        ("&ampamp;", "&amp;"),
        ("&ampx", "&x"),
        ("&copy2024", "©2024"),
        ("&eacutex&Ntilde", "éxÑ"),
        ("&hellip", "&hellip"),
        ("&apos", "&apos"),
        ("&lt&gt", "<>"),
        ("&ltb", "<b"),
        ("&nbsp&nbsp", "\u{a0}\u{a0}"),
        ("&shy&sup1&frac34", "\u{ad}¹¾"),
    ]);
}

#[test]
fn the_longest_name_counts() {
    check(&[
        ("&notin;", "∉"),
        ("&notin", "¬in"),
        ("&notit;", "¬it;"),
        ("&notinva;", "∉"),
        ("&notinvax;", "¬invax;"),
        ("&timesb;", "⊠"),
        ("&timesb", "×b"),
        ("&para;&parallel;&parallel", "¶∥¶llel"),
        ("&regx&reg;x", "®x®x"),
        ("&gtcc;&gtcc", "⪧>cc"),
        ("&thetasym;&theta", "ϑ&theta"),
        ("&thornx", "þx"),
    ]);
}

#[test]
fn in_attributes_a_bare_name_ends_before_letters_digits_and_equals() {
    check_in_attribute(&[
        ("?a=b&copy=c", "?a=b&copy=c"),
        ("&copyx", "&copyx"),
        ("&copy1", "&copy1"),
        ("&copyX", "&copyX"),
        ("&copy", "©"),
        ("&copy c", "© c"),
        ("&copy&reg", "©®"),
        ("&copy;=", "©="),
        ("&copy;x", "©x"),
        ("&copy-", "©-"),
        ("&copyé", "©é"),
        ("&notit", "&notit"),
        ("&notin;x", "∉x"),
        ("&amp=&ampx&amp;x", "&amp=&ampx&x"),
        ("&lang=de&lang;", "&lang=de⟨"),
        ("&#65=&#x42c", "A=Ь"),
        ("&", "&"),
        ("&=", "&="),
    ]);
    check_tokens(&[
        ("<a id=&copy>b", r#"<a id="©"> "b""#),
        ("<a id=&amp;&lt>b", r#"<a id="&<"> "b""#),
        ("<a id=\"&quot;\">", r#"<a id="\"">"#),
    ]);
}

#[test]
fn numbers_in_both_notations() {
    check(&[
        ("&#65;&#x41;&#X41;&#x4a;&#x4A;", "AAAJJ"),
        ("&#65&#x41 &#66x", "AA Bx"),
        ("&#0065;&#x0000041;", "AA"),
        ("&#8212;&#x1F600;&#x10FFFD;", "—\u{1f600}\u{10fffd}"),
        ("&#;&#x;&#X;&#", "&#;&#x;&#X;&#"),
        ("&#x", "&#x"),
        ("&#xg;&#a;", "&#xg;&#a;"),
        ("&# 65;&#-1;&#+1;", "&# 65;&#-1;&#+1;"),
        ("&#65;;&#65.5;", "A;A.5;"),
        ("&#x41g;", "Ag;"),
    ]);
}

#[test]
fn numbers_of_old_mean_windows_1252() {
    let expected = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let decimal: String = (0x80..=0x9F).map(|code| format!("&#{code};")).collect();
    let hexadecimal: String = (0x80..=0x9F).map(|code| format!("&#x{code:X}")).collect();
    check(&[(decimal.as_str(), expected), (hexadecimal.as_str(), expected)]);
    check(&[("&#x7F;&#xA0;", "\u{7f}\u{a0}")]);
}

#[test]
fn numbers_that_are_no_characters_are_replaced() {
    check(&[
        ("&#0;&#x0;&#x00", "\u{fffd}\u{fffd}\u{fffd}"),
        ("&#xD800;&#xDBFF;&#xDC00;&#xDFFF;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
        ("&#xD7FF;&#xE000;", "\u{d7ff}\u{e000}"),
        ("&#x110000;&#1114112;&#x7FFFFFFF;", "\u{fffd}\u{fffd}\u{fffd}"),
        ("&#4294967361;&#x100000041;&#18446744073709551681;", "\u{fffd}\u{fffd}\u{fffd}"),
        ("&#xFFFE;&#xFDD0;&#x1FFFF;", "\u{fffe}\u{fdd0}\u{1ffff}"),
        ("&#1;&#xB;&#x1F;", "\u{1}\u{b}\u{1f}"),
        ("&#13;&#10;", "\r\n"),
    ]);
    let zeros = "0".repeat(1_000);
    check(&[(&format!("&#{zeros}65;&#x{zeros}42;"), "AB"), (&format!("&#{zeros};"), "\u{fffd}")]);
    check(&[(&format!("&#1{zeros};"), "\u{fffd}")]);
}

#[test]
fn a_reference_does_not_make_markup_nor_reach_across_it() {
    check_tokens(&[
        ("&lt;b&gt;", r#""<b>""#),
        ("&am<b>p;", r#""&am" <b> "p;""#),
        ("&#6<!-- -->5;", r#""\u{6}" "5;""#),
        ("&<b>", r#""&" <b>"#),
        ("&amp;lt;", r#""&lt;""#),
        ("&#38;amp;", r#""&amp;""#),
        ("<&amp;b>", r#""<&b>""#),
    ]);
}
