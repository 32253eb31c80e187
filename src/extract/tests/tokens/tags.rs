//! Tags and their attributes in every odd form.

use super::check_tokens;

#[test]
fn a_tag_begins_with_a_letter() {
    check_tokens(&[
        ("<b>", "<b>"),
        ("<B>", "<b>"),
        ("a<b", r#""a""#),
        ("<", r#""<""#),
        ("</", r#""</""#),
        ("<>", r#""<>""#),
        ("< b>", r#""< b>""#),
        ("<1>", r#""<1>""#),
        ("<\0>", r#""<\0>""#),
        ("<é>", r#""<é>""#),
        ("<<b>", r#""<" <b>"#),
        ("<</b>", r#""<" </b>"#),
        ("a<b<c>d", r#""a" <other> "d""#),
        ("=<=", r#""=<=""#),
    ]);
}

#[test]
fn names_end_at_space_slash_and_greater_than() {
    check_tokens(&[
        ("<b\t>", "<b>"),
        ("<b\n>", "<b>"),
        ("<b\x0c>", "<b>"),
        ("<b\r\n>", "<b>"),
        ("<b\x0b>", "<other>"),
        ("<b/>", "<b/>"),
        ("<b/ >", "<b>"),
        ("<b//>", "<b/>"),
        ("<b\0>", "<other>"),
        ("<b=>", "<other>"),
        ("<b\">", "<other>"),
        ("<İ>", r#""<İ>""#),
        ("<tİtle>", "<other>"),
        ("<scrİpt>", "<other>"),
        ("<x-b>", "<unknown>"),
        ("<o:p>", "<other>"),
        ("<h1>", "<h1>"),
        ("<h7>", "<other>"),
    ]);
}

#[test]
fn end_tags_keep_nothing_but_their_name() {
    check_tokens(&[
        ("</b>", "</b>"),
        ("</B >", "</b>"),
        ("</b/>", "</b>"),
        ("</b id=x>a", r#"</b> "a""#),
        ("</b id='>'>a", r#"</b> "a""#),
        ("</b id=\">\">a", r#"</b> "a""#),
        ("</b \">\">a", r#"</b> "\">a""#),
        ("</b id", ""),
        ("</b", ""),
    ]);
}

#[test]
fn attributes_take_every_form() {
    check_tokens(&[
        ("<a id>", r#"<a id="">"#),
        ("<a id >", r#"<a id="">"#),
        ("<a id=>", r#"<a id="">"#),
        ("<a id= >", r#"<a id="">"#),
        ("<a id=x>", r#"<a id="x">"#),
        ("<a id='x'>", r#"<a id="x">"#),
        ("<a id=\"x\">", r#"<a id="x">"#),
        ("<a id=''>", r#"<a id="">"#),
        ("<a\tid\n=\x0cx\r>", r#"<a id="x">"#),
        ("<a id='x'lang='y'>", r#"<a id="x" lang="y">"#),
        ("<a id='x'/lang='y'/>", r#"<a id="x" lang="y"/>"#),
        ("<a/id/lang>", r#"<a id="" lang="">"#),
        ("<a id lang=y>", r#"<a id="" lang="y">"#),
        ("<a ID=x Lang=Y>", r#"<a id="x" lang="Y">"#),
        ("<a id='x\ny'>", r#"<a id="x\ny">"#),
        ("<a id='x\r\ny\rz'>", r#"<a id="x\ny\nz">"#),
        ("<a id='x\0y'>", "<a id=\"x\u{fffd}y\">"),
        ("<a i\0d=x>", "<a>"),
        ("<a ıd=x>", "<a>"),
    ]);
}

#[test]
fn what_is_odd_in_an_attribute_belongs_to_its_name_or_value() {
    check_tokens(&[
        ("<a =id=x>", "<a>"),
        ("<a =id lang=y>", r#"<a lang="y">"#),
        ("<a id==x>", r#"<a id="=x">"#),
        ("<a id=x=y>", r#"<a id="x=y">"#),
        ("<a id=x\"y>", r#"<a id="x\"y">"#),
        ("<a id=x'y z>", r#"<a id="x'y">"#),
        ("<a id=<b>c", r#"<a id="<b"> "c""#),
        ("<a id=`x y`>", r#"<a id="`x">"#),
        ("<a id='\">'>b", r#"<a id="\">"> "b""#),
        ("<a id=\"'>\">b", r#"<a id="'>"> "b""#),
        ("<a 'id'=x>", "<a>"),
        ("<a <id=x>", "<a>"),
        ("<a id'=x>", "<a>"),
        ("<a id'>b", r#"<a> "b""#),
        ("<a '>b'>", r#"<a> "b'>""#),
    ]);
}

#[test]
fn only_a_slash_of_its_own_closes() {
    check_tokens(&[
        ("<a id=x/>", r#"<a id="x/">"#),
        ("<a id=/>", r#"<a id="/">"#),
        ("<a id=x />", r#"<a id="x"/>"#),
        ("<a id='x'/>", r#"<a id="x"/>"#),
        ("<a id/>", r#"<a id=""/>"#),
        ("<a =/>", "<a/>"),
        ("<a id=x/ lang=y>", r#"<a id="x/" lang="y">"#),
        ("<a / id>", r#"<a id="">"#),
    ]);
}

#[test]
fn the_first_of_two_attributes_counts() {
    check_tokens(&[
        ("<a id=x id=y>", r#"<a id="x">"#),
        ("<a id id=y>", r#"<a id="">"#),
        ("<a ID=x id=y lang=z>", r#"<a id="x" lang="z">"#),
    ]);
}

#[test]
fn a_tag_that_the_page_ends_in_is_none() {
    for state in [
        "<b",
        "<b ",
        "<b/",
        "<b i",
        "<b id",
        "<b id ",
        "<b id=",
        "<b id= ",
        "<b id=x",
        "<b id='",
        "<b id='x",
        "<b id=\"x",
        "<b id='x'",
        "<b id='x'/",
        "</b",
        "</b ",
        "</b/",
        "</b id='",
    ] {
        check_tokens(&[(state, ""), (&format!("a{state}"), r#""a""#)]);
    }
}
