//! Tags, comments, raw text and references: the tokenizer against the HTML Standard, section 13.2.5.
//!
//! The files below this one hold tables of pages and the tokens they are cut into, for every state that concerns what
//! is kept; the tests in this file look at the text of whole pages. Left out on purpose, because nothing is kept of
//! it: parse errors and their places, what a comment or doctype says, quirks mode. Done in another way on purpose:
//! U+0000 stays in names (they are compared, never shown) and is left out of text where the standard writes U+FFFD;
//! an end tag cut off by the end of the page ends raw text; a script in a comment in a script that is never closed
//! ends at its first end tag; carriage returns are told apart from line feeds only until text or a value is read.

mod comments;
mod raw_text;
mod references;
mod tags;

use super::super::html::tag::{self, Tag};
use super::super::html::tokens::{Token, Tokenizer};
use super::super::html::{context, entities};
use super::{all, extract};

/// The tokens of a page: `<name attribute="value">`, `</name>`, text in quotation marks with its references decoded.
fn tokens(page: &str) -> String {
    let mut tokenizer = Tokenizer::new(page, 64);
    let (mut attributes, mut decodes, mut out) = (Vec::new(), true, Vec::new());
    while let Some(token) = tokenizer.next(&mut attributes) {
        match token {
            Token::Text { start, end } => {
                let text = if decodes { decoded(&page[start..end]) } else { page[start..end].to_owned() };
                out.push(format!("{text:?}"));
                decodes = true;
            }
            Token::End { tag, .. } => {
                decodes = true;
                out.push(format!("</{}>", name(tag)));
            }
            Token::Start(start) => {
                let values = attributes.drain(..).map(|attribute| {
                    let mut value = String::new();
                    entities::decode_into(&page[attribute.start as usize..attribute.end as usize], &mut value);
                    format!(" {}={value:?}", format!("{:?}", attribute.name).to_lowercase())
                });
                let values: String = values.collect();
                out.push(format!("<{}{values}{}>", name(start.tag), if start.self_closing { "/" } else { "" }));
                tokenizer.in_foreign |= context::of_tag(start.tag) & context::FOREIGN != 0;
                if start.tag.is(tag::RAW) && !tokenizer.in_foreign {
                    tokenizer.enter_raw(start.tag);
                    decodes = matches!(start.tag, Tag::Title | Tag::Textarea);
                }
            }
        }
    }
    out.join(" ")
}

fn name(tag: Tag) -> String {
    format!("{tag:?}").to_lowercase()
}

fn decoded(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(next) = rest.chars().next() {
        let reference = entities::decode(rest.as_bytes(), false).filter(|_| next == '&');
        out.push(reference.map_or(next, |reference| reference.first));
        out.extend(reference.and_then(|reference| reference.second));
        rest = &rest[reference.map_or(next.len_utf8(), |reference| reference.bytes)..];
    }
    out
}

/// A table of pages and their tokens.
fn check_tokens(cases: &[(&str, &str)]) {
    for (page, expected) in cases {
        assert_eq!(tokens(page), *expected, "{page:?}");
    }
}

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
    check("<script><!-- <script> <!-- x </script> --> y </script>a", "a");
    check("<script><!--> <script> x </script>a", "a");
    check("<script><!-- <scripts> x </script>a", "a");
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
    assert_eq!(extract(&all(), "a </").text, "a </");
    assert_eq!(extract(&all(), "a </ ").text, "a", "a comment that is not closed");
}
