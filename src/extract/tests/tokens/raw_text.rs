//! Elements whose content is text: what ends them, and where references count in them.

use super::super::{all, extract};
use super::check_tokens;

#[test]
fn titles_and_text_areas_hold_references_and_no_tags() {
    check_tokens(&[
        ("<title>&amp;<b></title>a", r#"<title> "&<b>" </title> "a""#),
        ("<textarea>&eacute;<!-- --></textarea>a", r#"<textarea> "é<!-- -->" </textarea> "a""#),
        ("<title></textarea></title>a", r#"<title> "</textarea>" </title> "a""#),
        ("<title></titles></TITLE\n>a", r#"<title> "</titles>" </title> "a""#),
        ("<title></ title></title/>a", r#"<title> "</ title>" </title> "a""#),
        ("<title></title id='>'>a", r#"<title> </title> "a""#),
        ("<title>a", r#"<title> "a""#),
        ("<title></", r#"<title> "</""#),
        ("<title>&lt;/title></title>a", r#"<title> "</title>" </title> "a""#),
    ]);
}

#[test]
fn styles_and_frames_hold_neither() {
    for name in ["style", "xmp", "iframe", "noembed", "noframes"] {
        let page = format!("<{name}>&amp;<b><!-- </{name}> --></{name}>a");
        let expected = format!("<{name}> \"&amp;<b><!-- \" </{name}> \" -->\" </{name}> \"a\"");
        check_tokens(&[(&page, &expected)]);
        let page = format!("<{name}></{name}s></b></{}\t>a", name.to_uppercase());
        let expected = format!("<{name}> \"</{name}s></b>\" </{name}> \"a\"");
        check_tokens(&[(&page, &expected)]);
        check_tokens(&[(&format!("<{name}>"), &format!("<{name}>"))]);
    }
}

#[test]
fn plaintext_never_ends() {
    check_tokens(&[("<plaintext>a</plaintext><b>&amp;", r#"<plaintext> "a</plaintext><b>&amp;""#)]);
}

#[test]
fn scripts_end_at_their_end_tag() {
    check_tokens(&[
        ("<script>'<b>'&amp;</script>a", r#"<script> "'<b>'&amp;" </script> "a""#),
        ("<script></scripts></script >a", r#"<script> "</scripts>" </script> "a""#),
        ("<script></script/>a", r#"<script> </script> "a""#),
        ("<script><script></script>a", r#"<script> "<script>" </script> "a""#),
        ("<script></ script></SCRIPT>a", r#"<script> "</ script>" </script> "a""#),
        ("<script><", r#"<script> "<""#),
        ("<script>a", r#"<script> "a""#),
    ]);
}

#[test]
fn a_comment_in_a_script_hides_scripts_in_it() {
    check_tokens(&[
        ("<script><!--</script>a", r#"<script> "<!--" </script> "a""#),
        ("<script><!--<script>b</script>c</script>a", r#"<script> "<!--<script>b</script>c" </script> "a""#),
        ("<script><!--<script></script>--></script>a", r#"<script> "<!--<script></script>-->" </script> "a""#),
        ("<script><!--<script>--></script>a", r#"<script> "<!--<script>-->" </script> "a""#),
        ("<script><!--<script>--><script></script>a", r#"<script> "<!--<script>--><script>" </script> "a""#),
        ("<script><!--<SCRIPT\n></sCript/>b</script>a", r#"<script> "<!--<SCRIPT\n></sCript/>b" </script> "a""#),
        ("<script><!--<scripts></script>a", r#"<script> "<!--<scripts>" </script> "a""#),
        ("<script><!-->b<script></script>a", r#"<script> "<!-->b<script>" </script> "a""#),
        ("<script><!--->b<script></script>a", r#"<script> "<!--->b<script>" </script> "a""#),
        ("<script><!-- -- ><script></script></script>a", r#"<script> "<!-- -- ><script></script>" </script> "a""#),
        ("<script><!- <script></script>a", r#"<script> "<!- <script>" </script> "a""#),
    ]);
}

#[test]
fn comments_in_a_script_open_and_close_again() {
    check_tokens(&[
        (
            "<script><!--<script><!--</script>--><!--</script>a",
            r#"<script> "<!--<script><!--</script>--><!--" </script> "a""#,
        ),
        (
            "<script><!--<script></script><script></script></script>a",
            r#"<script> "<!--<script></script><script></script>" </script> "a""#,
        ),
        (
            "<script><!-- --><!--<script></script></script>a",
            r#"<script> "<!-- --><!--<script></script>" </script> "a""#,
        ),
        (
            "<script><!--<script></scripts></script></script>a",
            r#"<script> "<!--<script></scripts></script>" </script> "a""#,
        ),
    ]);
}

/// Departs from the standard, which takes the rest of the page for the script.
#[test]
fn a_script_in_a_script_that_is_never_closed_ends_at_the_first_end_tag() {
    check_tokens(&[
        ("<script><!--<script></script>a", r#"<script> "<!--<script>" </script> "a""#),
        ("<script><!--<script>b</script>--!>a", r#"<script> "<!--<script>b" </script> "--!>a""#),
    ]);
}

#[test]
fn the_line_end_after_pre_is_no_text() {
    for name in ["pre", "listing"] {
        for line_end in ["\n", "\r", "\r\n", "&#10;"] {
            let text = extract(&all(), &format!("<{name}>{line_end} a\r\n b\r c</{name}>")).text;
            assert_eq!(text, " a\n b\n c", "{name} {line_end:?}");
        }
    }
}
