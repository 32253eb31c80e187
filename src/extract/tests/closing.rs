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
    check("<svg><title>a</title><path/><g>b</svg>c", "svg(title(a) other other(b)) c");
    check("<svg><g><p>a", "svg(other) p(a)");
    check("<svg><foreignObject><p>a</foreignObject></svg>b", "svg(foreignobject(p(a))) b");
    check("<math><mi>x<mo/><mi>y</math>z", "math(mi(x mo(mi(y)))) z");
    check("<svg><svg><div>a", "svg(svg) div(a)");
}

#[test]
fn drawings_and_formulas_may_hold_text_of_the_page() {
    check("<svg><foreignObject><p>a<p>b</svg>c", "svg(foreignobject(p(a) p(b))) c");
    check("<p>a<svg><foreignObject><p>b</foreignObject></svg>c", "p(a svg(foreignobject(p(b))) c)");
    check("<svg><foreignObject><textarea><p></textarea>a</svg>", "svg(foreignobject(textarea(<p>) a))");
    check("<svg><foreignObject><br/><i/>a</svg>", "svg(foreignobject(br i(a)))");
    check("<svg><desc><b>a</b></desc></svg>b", "svg(desc(b(a))) b");
    check("<svg><title><b>a</b></title><rect/></svg>b", "svg(title(b(a)) other) b");
    check("<math><mtext><b>a</b></mtext><mi>x</mi></math>b", "math(mtext(b(a)) mi(x)) b");
    check("<math><b>a</b></math>b", "math b(a) b");
    check("<svg><foreignObject><svg><g><p>a", "svg(foreignobject(svg(other) p(a)))");
    check("<svg><style>a<b</style></svg>c", "svg(style(a<b)) c");
}

#[test]
fn drawings_may_close_themselves() {
    check("<svg/>a", "svg a");
    check("<math id=x />a", "math a");
    check("<svg><path d=x/><g/></svg>a", "svg(other(other)) a");
    check("<svg><path d=x /><g/></svg>a", "svg(other other) a");
    check("<div/>a", "div(a)");
    check("<svg><g></p>a", "svg(other) p a");
    check("<svg><g></br>a", "svg(other) br a");
    check("<div><svg><g></div>a", "div(svg(other)) a");
}

#[test]
fn what_is_left_open_ends_where_browsers_end_it() {
    check("<ul><li><p>a<li><p>b</ul>c", "ul(li(p(a)) li(p(b))) c");
    check("<div><ul><li>a</div>b", "div(ul(li(a))) b");
    check("<div><p>a<span>b<em>c</div>d", "div(p(a span(b em(c)))) d");
    check("<p>a<ul><li>b</ul>c</p>d", "p(a) ul(li(b)) c p d");
    check("<p><span>a<p>b</span>c", "p(span(a)) p(b c)");
    check("<div><span>a</div>b</span>c", "div(span(a)) b c");
    check("<span>a<div>b</span>c</div>d", "span(a div(b c) d)");
    check("<blockquote>a<p>b</blockquote>c", "blockquote(a p(b)) c");
    check("<dl><dd><ul><li>a<dt>b</dl>", "dl(dd(ul(li(a dt(b)))))");
    check("<table><tr><td><p>a<td><ul><li>b</table>c", "table(tr(td(p(a)) td(ul(li(b))))) c");
    check("<table><tr><td><b>a</table>b", "table(tr(td(b(a)))) b");
    check("<pre>a<p>b</pre>c", "pre(a p(b)) c");
    check("<center>a<p>b</center>c", "center(a p(b)) c");
}

#[test]
fn text_level_elements_may_overlap() {
    check("<b>a<i>b</b>c</i>d", "b(a i(b)) c d");
    check("<p><b>a<p>b</b>c", "p(b(a)) p(b c)");
    check("<a href=x><p>a</a><p>b</a>c", "a(p(a) p(b c))");
    check("<a href=x>a<b>b<a href=y>c</b>d</a>", "a(a b(b)) a(c d)");
    check("<font><p>a</font>b</p>c", "font(p(a b) c)");
    check("<b><b><b>a</b></b>b</b>c", "b(b(b(a)) b) c");
    check("<nobr>a<nobr>b", "nobr(a nobr(b))");
    check("<o:p>a</o:p>b<acronym>c</acronym>", "other(a) b other(c)");
    check("<o:p><st1:x>a</o:p>b", "other(other(a)) b");
}

#[test]
fn forms_and_selects_do_not_nest() {
    check("<form>a<form>b</form>c</form>d", "form(a b) c d");
    check("<form>a</form><form>b</form>", "form(a) form(b)");
    check("<div><form>a</div><form>b</form>", "div(form(a)) form(b)");
    check("<form><div>a</form><form>b</form></div>c", "form(div(a form(b)) c)");
    check("<table><form><tr><td>a</form>b</table>", "table(form tr(td(a b)))");
    check("<select><option>a<select>b", "select(option(a)) b");
    check("<select><optgroup><option>a</select>b", "select(optgroup(option(a))) b");
    check("<select><option>a<option><b>b</select>c", "select(option(a) option(b(b))) c");
    check("<select><option>a<input>b", "select(option(a input b))");
    check("<option>a<option>b<p>c", "option(a) option(b p(c))");
}

#[test]
fn the_head_ends_where_the_page_begins() {
    check("<head><noscript><img></noscript><div>a", "head(noscript(img)) div(a)");
    check("<head><noscript><div>a</noscript><title>b</title>", "head(noscript) div(a title(b))");
    check("<head><noscript><img></head><body>a", "head(noscript(img)) body(a)");
    check("<head><template><div>a</div></template><title>b</title></head>c", "head(template(div(a)) title(b)) c");
    check("<head><script>a</script><svg>b", "head(script(a)) svg(b)");
    check("<head><bgsound><meta></head>a", "head(bgsound meta) a");
    check("<title>a</title><p>b", "title(a) p(b)");
    check("<html><head></html><body>a</body></html>b<p>c", "html(head body(a b p(c)))");
}

/// Found on a page whose tag manager was pasted without its end: all text was lost.
#[test]
fn an_iframe_left_open_in_a_noscript_ends_with_it() {
    check("<noscript><iframe src=x></noscript><p>a", "noscript(iframe) p(a)");
    check("<noscript><iframe>a</noscript>b</iframe>c", "noscript(iframe(a)) b c");
    check("<noscript><iframe>a</iframe>b</noscript><style>c</noscript>", "noscript(iframe(a) b) style(c</noscript>)");
    check("<noscript><style>a", "noscript(style(a))");
    check("<noscript><script><!--<script></noscript>a</script>", "noscript(script(<!--<script>)) a");
}

#[test]
fn shells_and_frames_may_be_written_twice() {
    check("<body class=a><p>b<body class=c>d", "body(p(b d))");
    check("<html lang=a><html lang=b><body>c", "html(body(c))");
    check("<frameset><frame><frame></frameset><noframes><p>a</noframes>", "frameset(frame frame) noframes(<p>a)");
    check("<body><frameset><frame>a", "body(frameset(frame a))");
}

#[test]
fn templates_keep_what_is_in_them() {
    check("<template><td>a</td></template>b", "template(td(a)) b");
    check("<table><template><tr><td>a</template><tr><td>b", "table(template(tr(td(a))) tr(td(b)))");
    check("<div><template><p>a</div></template>b</div>c", "div(template(p(a)) b) c");
    check("<template><form>a</template><form>b", "template(form(a)) form(b)");
}

#[test]
fn void_elements_hold_nothing() {
    check("<image src=x>a", "image a");
    check("<img></img>a<input></input>b", "img a input b");
    check("<br/>a</br>b<br></br>", "br a br b br br");
    check("<hr>a</hr>b<wbr>c<keygen>d", "hr a b wbr c keygen d");
    check("<p>a<hr>b", "p(a) hr b");
}

#[test]
fn a_template_that_is_the_inside_of_an_element_is_shown() {
    let shown = |source: &str| {
        let mut tree = Tree::default();
        tree.parse(source, &Limits::default()).expect("a small page");
        let template = super::super::html::context::TEMPLATE;
        tree.nodes.iter().all(|node| node.context & template == 0)
    };
    assert!(shown("<x-a><template shadowrootmode=open><p>a</template></x-a>"));
    assert!(!shown("<x-a><template><p>a</template></x-a>"));
    assert!(!shown("<template><template shadowrootmode=open>a</template></template>"));
}

/// The text of a script must not become that of the element around it, however deep the page is.
#[test]
fn raw_text_stays_in_its_element_below_the_deepest_level() {
    let limits = Limits { depth_max: 2, ..Limits::default() };
    let mut tree = Tree::default();
    let source = "<div><div><div><script>a</script>b<style>c</style>d";
    tree.parse(source, &limits).expect("a small page");
    assert_eq!(outline(Page { source, tree: &tree }), "div(div(div script(a) b style(c) d))");
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
