//! Pages made to cost much: counted work stays within a bound that grows with the page, not with its shape.
//!
//! Steps are counted, not timed: tokens, attributes, searches, elements opened and closed, nodes visited.

use super::super::blocks::Blocks;
use super::super::html::limits::Limits;
use super::super::html::tree::{Page, Tree};
use super::super::{Hints, options::Options, reasons};

/// Steps a byte of page may cost. Tags of three bytes cost the most.
const STEPS_A_BYTE_MAX: u64 = 3;

/// Parses and cuts a page, counts the work, and extracts it.
fn check(name: &str, page: &str) {
    let mut tree = Tree::default();
    let fits = tree.parse(page, &Limits::default()).is_ok();
    let mut blocks = Blocks::default();
    blocks.fill(Page { source: page, tree: &tree });
    let (steps, bound) = (tree.steps + blocks.steps, STEPS_A_BYTE_MAX * page.len() as u64 + 100);
    assert!(steps <= bound, "{name}: {steps} steps, at most {bound}");
    let extractor = Options::default().build().expect("sound options");
    match extractor.extract(page.as_bytes(), &Hints::default()) {
        Ok(found) => assert!(!found.text.is_empty(), "{name}"),
        Err(dropped) => assert!([reasons::NO_TEXT, reasons::TOO_LARGE].contains(&dropped.reason), "{name}"),
    }
    assert!(fits || tree.nodes.len() >= Limits::default().nodes_max, "{name}");
}

#[test]
fn nesting() {
    check("div", &"<div>".repeat(100_000));
    check("span", &"<span>".repeat(100_000));
    check("b", &"<b id=i>x".repeat(20_000));
    check("table", &"<table><tr><td>".repeat(10_000));
    check("lists", &"<ul><li>".repeat(50_000));
    check("svg", &"<svg><g>".repeat(50_000));
    check("select", &"<select><option>".repeat(20_000));
    check("template", &"<template>".repeat(50_000));
    check("links", &"<a href=x><div>".repeat(50_000));
    check("pages in drawings", &"<svg><foreignObject><div>".repeat(30_000));
    check("drawings left", &"<svg><g><g><g><p>".repeat(30_000));
    check("formulas", &"<math><mi><mo/>".repeat(50_000));
    check("titles in drawings", &format!("<svg>{}", "<title>".repeat(100_000)));
    check("forms", &"<form><div>".repeat(50_000));
    check("p in object", &"<object><p>".repeat(50_000));
}

#[test]
fn end_tags_on_a_deep_stack() {
    let deep = format!("<div>{}", "<b>".repeat(298));
    check("stray", &format!("{deep}{}", "</i>".repeat(100_000)));
    check("behind a cell", &format!("<div><table><tr><td>{}{}", "<b>".repeat(290), "</div>".repeat(100_000)));
    check("behind a block", &format!("<b>{}{}", "<div>".repeat(290), "</b>".repeat(100_000)));
    check("unknown", &format!("{}{}", "<x-a>".repeat(290), "</x-b>".repeat(100_000)));
    check("paragraphs", &format!("<p><object>{}{}", "<b>".repeat(290), "</p>".repeat(100_000)));
    check("items", &format!("<ul><li>{}{}", "<b>".repeat(290), "<li>x".repeat(100_000)));
    check("ends of links", &format!("{}{}", "<a href=x><div>".repeat(140), "</a>".repeat(100_000)));
    check("headings", &"<h1><b>x</h2>".repeat(50_000));
    check("cells", &format!("<table><tr>{}", "<td><b>x</th>".repeat(50_000)));
}

#[test]
fn one_tag_with_many_attributes() {
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
    check("different", &format!("<div{attributes}>x"));
    check("the same", &format!("<div{}>x", " class=a".repeat(200_000)));
    check("class words", &format!("<div class='{}'>x", "a-b ".repeat(200_000)));
    check("end tag", &format!("<div>x</div{attributes}>"));
}

#[test]
fn long_runs_of_one_thing() {
    check("no space", &"x".repeat(5_000_000));
    check("less-than", &"<".repeat(1_000_000));
    check("ampersands", &"&".repeat(1_000_000));
    check("references", &"&#x;&amp".repeat(200_000));
    check(
        "bytes of all kinds",
        &(0..400_000_u32).map(|n| char::from((n.wrapping_mul(2_654_435_761) >> 24) as u8)).collect::<String>(),
    );
    check("names of references", &"&Not&ampampamp&CounterClockwiseContourIntegra".repeat(20_000));
    check("zeros", &format!("&#{};", "0".repeat(1_000_000)));
    check("breaks", &"<br>".repeat(100_000));
    check("bogus comments", &"</>".repeat(300_000));
    check("comments", &"<!---->".repeat(100_000));
    check("dashes", &format!("<!--{}", "->".repeat(500_000)));
    check("NUL", &"\0".repeat(1_000_000));
    check("metas", &"<meta name=a content=b>".repeat(50_000));
    check("licenses", &"<a rel=license href=x>y</a>".repeat(20_000));
    check("display", &format!("<div style='{}'>x", "display ".repeat(100_000)));
}

/// Nothing is wrong with a page that is merely long.
#[test]
fn a_long_article_is_no_attack() {
    let page = "<p>The mill stands where the brook leaves.\n".repeat(480_000);
    assert!(page.len() > 20_000_000);
    let mut tree = Tree::default();
    tree.parse(&page, &Limits::default()).expect("within the bounds");
    assert!(tree.steps < page.len() as u64 / 10, "{} steps", tree.steps);
}

#[test]
fn what_is_never_closed() {
    for open in
        ["<!--", "<script>", "<style>", "<title>", "<textarea>", "<plaintext>", "<a href='", "<a ", "<svg><![CDATA["]
    {
        check(open, &format!("<p>a{open}{}", "<p>b ".repeat(100_000)));
        check(open, &open.repeat(100_000));
    }
    check("scripts in scripts", &"<script><!--<script></script>".repeat(30_000));
    check("frames in noscripts", &"<noscript><iframe></noscript>".repeat(50_000));
    check("styles in a noscript", &format!("<noscript>{}", "<style></style>".repeat(50_000)));
    check("frames in a noscript", &format!("<noscript>{}", "<iframe>".repeat(50_000)));
    check("scripts without end", &"<script><!--<script>".repeat(50_000));
    check("ends without scripts", &format!("<script><!--{}", "<script></script>".repeat(50_000)));
    check("dashes in scripts", &format!("<script><!--<script></script>{}", "->".repeat(300_000)));
    check("comments in scripts", &format!("<script>{}", "<!-- </script ".repeat(50_000)));
}
