//! Comments, what is read as one, doctypes and CDATA.

use super::check_tokens;

#[test]
fn comments_end_at_two_dashes_and_greater_than() {
    check_tokens(&[
        ("<!---->a", r#""a""#),
        ("<!-- b -->a", r#""a""#),
        ("<!--b--->a", r#""a""#),
        ("<!--b-- >c-->a", r#""a""#),
        ("<!--b->c-->a", r#""a""#),
        ("<!--b>c-->a", r#""a""#),
        ("<!--<b>-->a", r#""a""#),
        ("<!--b-\0->c-->a", r#""a""#),
        ("<!---b-->a", r#""a""#),
        ("<!-----b-->a", r#""a""#),
        ("<!------>a", r#""a""#),
    ]);
}

#[test]
fn a_comment_may_end_at_once() {
    check_tokens(&[("<!-->a", r#""a""#), ("<!--->a", r#""a""#), ("<!-- >a-->b", r#""b""#), ("<!--- >a-->b", r#""b""#)]);
}

#[test]
fn an_exclamation_mark_may_stand_before_the_end() {
    check_tokens(&[
        ("<!--b--!>a", r#""a""#),
        ("<!----!>a", r#""a""#),
        ("<!--!>b-->a", r#""a""#),
        ("<!---!>b-->a", r#""a""#),
        ("<!--b--!->c-->a", r#""a""#),
        ("<!--b--!-->a", r#""a""#),
        ("<!--b--!!>c-->a", r#""a""#),
        ("<!--b--! >c-->a", r#""a""#),
        ("<!--b---!>a", r#""a""#),
    ]);
}

#[test]
fn comments_do_not_nest() {
    check_tokens(&[
        ("<!--<!---->a", r#""a""#),
        ("<!--<!-->a", r#""a""#),
        ("<!--<!--!>a", r#""a""#),
        ("<!--<!->b-->a", r#""a""#),
        ("<!--<!>b-->a", r#""a""#),
        ("<!--b<!--c-->a-->", r#""a-->""#),
        ("<!--<<!--->a", r#""a""#),
    ]);
}

#[test]
fn what_is_no_comment_is_read_over_to_the_next_greater_than() {
    check_tokens(&[
        ("<!>a", r#""a""#),
        ("<!b>a", r#""a""#),
        ("<!-b-->a", r#""a""#),
        ("<!->a", r#""a""#),
        ("<! -- > -->a", r#"" -->a""#),
        ("<?>a", r#""a""#),
        ("<?xml version='>'?>a", r#""'?>a""#),
        ("</>a", r#""a""#),
        ("</ >a", r#""a""#),
        ("</1 b='>'>a", r#""'>a""#),
        ("</?>a", r#""a""#),
        ("</!-- b>a-->", r#""a-->""#),
        ("</\0>a", r#""a""#),
        ("</é>a", r#""a""#),
        ("<!\0>a", r#""a""#),
    ]);
}

#[test]
fn doctypes_leave_nothing() {
    check_tokens(&[
        ("<!DOCTYPE html>a", r#""a""#),
        ("<!doctype>a", r#""a""#),
        ("<!DocType html PUBLIC \"-//b//c\" 'd'>a", r#""a""#),
        ("<!DOCTYPE html PUBLIC \">a", r#""a""#),
        ("<!DOCTYPE html [<!ENTITY b 'c'>]>a", r#""]>a""#),
        ("<!DOCTYPE", ""),
    ]);
}

#[test]
fn cdata_is_text_in_drawings_and_formulas_only() {
    check_tokens(&[
        ("<![CDATA[b]]>a", r#""a""#),
        ("<![CDATA[b>c]]>a", r#""c]]>a""#),
        ("<svg><![CDATA[<b>]]>a", r#"<svg> "<b>" "a""#),
        ("<svg><![CDATA[]]>a", r#"<svg> "a""#),
        ("<math><![CDATA[b]c]]d]]]>a", r#"<math> "b]c]]d]" "a""#),
        ("<svg><![CDATA[b]] >c", r#"<svg> "b]] >c""#),
        ("<svg><![cdata[b]]>a", r#"<svg> "a""#),
        ("<svg><![CDATA b>a", r#"<svg> "a""#),
    ]);
}

#[test]
fn a_page_that_ends_in_a_comment_keeps_what_stood_before() {
    for state in [
        "<!",
        "<!-",
        "<!--",
        "<!---",
        "<!--b",
        "<!--b-",
        "<!--b--",
        "<!--b--!",
        "<!--<!",
        "<!--<!--",
        "<?",
        "<?b",
        "</1",
        "</ b",
        "<!b",
        "<!doctype html",
    ] {
        check_tokens(&[(state, ""), (&format!("a{state}"), r#""a""#)]);
    }
    check_tokens(&[("<svg><![CDATA[b", r#"<svg> "b""#), ("<svg><![CDATA[", "<svg>")]);
}
