//! Tags, comments, raw text and references, as far as the text shows them.
//!
//! The cases are those of the tokenizer states that concern what is kept. Left out on purpose: doctypes and parse
//! errors (nothing is kept of them), U+0000 as U+FFFD in names (names are compared, never shown), and the position of
//! errors.

use super::{all, extract};

fn check(page: &str, expected: &str) {
    assert_eq!(extract(&all(), &format!("{page} end")).text, format!("{expected} end").trim_start(), "{page}");
}

#[test]
fn what_looks_like_a_tag_is_one_only_with_a_letter() {
    check("a < b <3 <", "a < b <3 <");
    check("a<>b", "a<>b");
    check("a</>b", "ab");
    check("a</ b>c", "ac");
    check("a<?php b ?>c", "ac");
    check("a<!doctype b>c<!x>d", "acd");
    check("a<b>c</b x='>'>d", "acd");
    check("a<B CLASS=x\n>c</B\t>d", "acd");
}

#[test]
fn attributes_hide_markup_in_quotes() {
    check("<i title='<b>x</b>'>a</i>", "a");
    check("<i title=\"'>'\">a</i>", "a");
    check("<i title=a>b</i>", "b");
    check("<i title=a/b>c</i>", "c");
    check("<i =a=b>c</i>", "c");
    check("<i a='b'c=d>e</i>", "e");
    check("<br/><i/>a", "a");
}

#[test]
fn comments_end_where_the_standard_says() {
    check("a<!-- <b> > -- x -->b", "ab");
    check("a<!-->b", "ab");
    check("a<!--->b", "ab");
    check("a<!-- x --!>b", "ab");
    check("a<!----->b", "ab");
    check("a<!-- - -> - --->b", "ab");
    check("a<![CDATA[b]]>c", "ac");
}

#[test]
fn raw_text_is_never_shown_and_never_parsed() {
    check("<script>'<p>x</p>'</script>a", "a");
    check("<script>x</scripty></script >a", "a");
    check("<style>x</p></STYLE>a", "a");
    check("<textarea><p>x</textarea>a", "a");
    check("<iframe><p>x</iframe>a", "a");
    check("<noframes><p>x</noframes>a", "a");
    check("<title>x</title>a", "a");
    check("<xmp>&amp;<b></xmp>a", "&amp;<b>\n\na");
}

#[test]
fn a_script_in_a_comment_in_a_script_does_not_end_it() {
    check("<script><!-- x </script>a", "a");
    check("<script><!-- <script> x </script> y --></script>a", "a");
    check("<script><!-- <script> x </script> y </script>a", "a");
    check("<script><!-- --> <script> x </script>a", "a");
    // A browser would take all the rest for the script.
    check("<script><!-- <script> x </script>a", "a");
}

#[test]
fn references_are_decoded_in_text() {
    check("&lt;b&gt; &amp;amp; &eacute;&#x2014;&#8212;&hearts;", "<b> &amp; é——♥");
    check("&copy &copyx &nosuch; & &# &#x; &", "© ©x &nosuch; & &# &#x; &");
}

#[test]
fn what_the_page_ends_in_is_no_tag() {
    for rest in ["<b", "<b class", "<b class=", "<b class='x", "</b", "<!-- x", "<!x", "<?x"] {
        let found = extract(&all(), &format!("<p>a {rest}"));
        assert_eq!(found.text, "a", "{rest}");
    }
    assert_eq!(extract(&all(), "a <").text, "a <");
    assert_eq!(extract(&all(), "a </").text, "a", "a comment that is not closed");
}
