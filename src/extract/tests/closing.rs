//! The shape of trees: which tags end which elements.

use super::super::html::limits::Limits;
use super::super::html::tag::Tag;
use super::super::html::tree::{Page, Tree};

/// A tree as `name(children)`, text as written.
fn outline(page: Page<'_>) -> String {
    fn write(page: Page<'_>, from: usize, to: usize, out: &mut String) {
        let mut at = from;
        while at < to {
            let node = &page.tree.nodes[at];
            if at > from {
                out.push(' ');
            }
            if node.tag == Tag::Text {
                out.push_str(page.written(node));
            } else {
                out.push_str(&format!("{:?}", node.tag).to_lowercase());
                if node.close as usize > at + 1 {
                    out.push('(');
                    write(page, at + 1, node.close as usize, out);
                    out.push(')');
                }
            }
            at = node.close as usize;
        }
    }
    let mut out = String::new();
    write(page, 1, page.tree.nodes.len(), &mut out);
    out
}

fn check(source: &str, expected: &str) {
    let mut tree = Tree::default();
    tree.parse(source, &Limits::default()).expect("a small page");
    assert_eq!(outline(Page { source, tree: &tree }), expected, "{source}");
}

#[test]
fn a_block_ends_a_paragraph() {
    check("<p>a<p>b", "p(a) p(b)");
    check("<p>a<b>b<div>c", "p(a b(b)) div(c)");
    check("<p>a<table><tr><td>b</table>", "p(a) table(tr(td(b)))");
    check("<p>a<span>b</span><em>c", "p(a span(b) em(c))");
    check("<p>a<button><div>b</div></button>c", "p(a button(div(b)) c)");
    check("<p>a<table></table>", "p(a) table");
    check("<div><p>a</div>b", "div(p(a)) b");
    check("a</p>b", "a p b");
    check("<p><object><p>a", "p(object(p(a)))");
}

#[test]
fn items_end_the_item_before_but_not_that_of_an_outer_list() {
    check("<ul><li>a<li>b</ul>", "ul(li(a) li(b))");
    check("<ul><li>a<ul><li>b</ul><li>c</ul>", "ul(li(a ul(li(b))) li(c))");
    check("<ul><li><div>a<li>b", "ul(li(div(a)) li(b))");
    check("<ul><li><section><li>a", "ul(li(section(li(a))))");
    check("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a) dd(b) dt(c))");
    check("<li>a<ul></li>b</ul>", "li(a ul(b))");
}

#[test]
fn parts_of_a_table_end_the_parts_before() {
    check("<table><tr><td>a<td>b<tr><th>c</table>d", "table(tr(td(a) td(b)) tr(th(c))) d");
    check("<table><thead><tr><td>a<tbody><tr><td>b", "table(thead(tr(td(a))) tbody(tr(td(b))))");
    check("<table><caption>a<tr><td>b", "table(caption(a) tr(td(b)))");
    check("<table><tr><td><table><tr><td>a</table>b<td>c", "table(tr(td(table(tr(td(a))) b) td(c)))");
    check("<table><colgroup><col><col><tr><td>a", "table(colgroup(col col) tr(td(a)))");
    check("<table><tr><td><div>a</td><td>b", "table(tr(td(div(a)) td(b)))");
    check("<div><table><tr><td>a</div>b", "div(table(tr(td(a b))))");
    check("<tr><td>a</td></tr>b", "a b");
}

#[test]
fn options_headings_buttons_and_links_end_their_like() {
    check(
        "<select><option>a<option>b<optgroup><option>c<optgroup>",
        "select(option(a) option(b) optgroup(option(c)) optgroup)",
    );
    check("<select><option>a<p>b", "select(option(a)) p(b)");
    check("<h1>a<h2>b</h2>", "h1(a) h2(b)");
    check("<h1>a</h3>b", "h1(a) b");
    check("<button>a<button>b", "button(a) button(b)");
    check("<a href=1>a<a href=2>b</a>c", "a(a) a(b) c");
    check("<div><a>a</div>b", "div(a(a)) b");
}

#[test]
fn an_end_tag_stops_at_boundaries() {
    check("<b><div>a</b>b</div>", "b(div(a b))");
    check("<b><i>a</b>b", "b(i(a)) b");
    check("</div></b></table></span>a", "a");
    check("<form><div>a</form>b</div>c", "form(div(a b) c)");
    check("<form>a</form>b", "form(a) b");
    check("<x-a><div></x-a>a", "unknown(div(a))");
    check("<x-a><x-b>a</x-a>b", "unknown(unknown(a)) b");
    check("a</br>b", "a br b");
    check("<noscript><div>a</noscript>b", "noscript(div(a)) b");
}

#[test]
fn the_end_of_a_link_does_not_end_the_blocks_in_it() {
    let source = "<a href=1><div>in</a>out</div>";
    let mut tree = Tree::default();
    tree.parse(source, &Limits::default()).expect("a small page");
    let link = super::super::html::context::LINK;
    let linked: Vec<bool> = tree.nodes.iter().filter(|n| n.tag == Tag::Text).map(|n| n.context & link != 0).collect();
    assert_eq!(linked, [true, false]);
    check(source, "a(div(in out))");
}

#[test]
fn the_shell_of_a_page_counts_once() {
    check("<html><head><title>a</title><body>b</body></html>c", "html(head(title(a)) body(b c))");
    check("<head><meta><p>a", "head(meta) p(a)");
    check("<head>a<meta>", "head a meta");
    check("<html><body><html><head><body>a", "html(body(a))");
}

#[test]
fn drawings_are_left_by_what_cannot_stand_in_them() {
    check("<svg><title>a</title><path/><g>b</svg>c", "svg(title(a) unknown unknown(b)) c");
    check("<svg><g><p>a", "svg(unknown) p(a)");
    check("<svg><foreignObject><p>a</foreignObject></svg>b", "svg(foreignobject(p(a))) b");
    check("<math><mi>x<mo/><mi>y</math>z", "math(unknown(x unknown unknown(y))) z");
    check("<svg><svg><div>a", "svg(svg) div(a)");
}

#[test]
fn space_between_nodes_is_remembered_and_makes_no_node() {
    let source = "<b>a</b> <i>b</i><u>c</u>";
    let mut tree = Tree::default();
    tree.parse(source, &Limits::default()).expect("a small page");
    let spaced: Vec<bool> = tree.nodes.iter().filter(|n| n.tag != Tag::Text).map(|n| n.space_before).collect();
    assert_eq!(spaced, [false, false, true, false]);
    check(source, "b(a) i(b) u(c)");
    check("<pre> <b>a</b>\n</pre>", "pre(  b(a) \n)");
}
