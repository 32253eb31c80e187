//! How chosen blocks become plain text.

use super::{all, extract};

fn check(page: &str, expected: &str) {
    assert_eq!(extract(&all(), page).text, expected, "{page}");
}

#[test]
fn paragraphs_and_headings_stand_apart() {
    check("<h1>Title</h1><p>One\n two.</p>  <p>Three.", "Title\n\nOne two.\n\nThree.");
    check("a<br>b<br/>c", "a\nb\nc");
    check("a<br><br>b<br> <br>c", "a\n\nb\n\nc");
    check("<div>a<p>b</p>c</div>", "a\n\nb\n\nc");
    check("a<x-card>b</x-card>c", "a\n\nb\n\nc");
    check("a <button>b</button> c", "a\n\nb\n\nc");
    check("a<hr>b", "a\n\nb");
    check("<p>a<blockquote><p>b<p>c</blockquote>d", "a\n\nb\n\nc\n\nd");
    check("<figure><img alt=x><figcaption>a</figcaption></figure><p>b", "a\n\nb");
}

#[test]
fn a_heading_stands_without_the_sign_that_links_to_it() {
    check("<h2>a<a href=#a>¶</a></h2><h2>b <a href=#b>#</a></h2><h3><a href=#c>&sect;</a> c</h3>", "a\n\nb\n\nc");
    check("<h2><div>a</div><a href=#a>#</a></h2>b", "a\n\nb");
    check("<h2>C #</h2><h2>#1</h2><h2><a href=1>d #</a></h2><h2><a href=1>e</a></h2>", "C #\n\n#1\n\nd #\n\ne");
    check("a<a href=#a>¶</a>", "a¶");
}

#[test]
fn readings_of_words_are_no_part_of_their_sentence() {
    check("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(<rt>じ<rp>)</ruby>を読む", "漢字を読む");
}

#[test]
fn items_stand_on_lines() {
    check("<p>a</p><ul><li>b<li>c<ul><li>d</ul><li>e</ul><p>f", "a\n\nb\nc\nd\ne\n\nf");
    check("<ul><li>a</ul><ul><li>b</ul>", "a\n\nb");
    check("<ul><li>a<ul><li>b</ul>c<li>d</ul>", "a\nb\n\nc\nd");
    check("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\nb\nc\nd");
    check("<ul><li><p>a</p></li> <li><div><a href=1>b</a></div></li></ul>", "a\nb");
}

#[test]
fn an_item_of_several_blocks_stands_apart() {
    check("<ol><li><p>a</p><p>b</p></ol>", "a\n\nb");
    check("<ol><li>a<li><p>b</p><p>c</p><li>d<li>e</ol>", "a\n\nb\n\nc\n\nd\ne");
}

#[test]
fn rows_stand_on_lines_and_cells_apart_by_tabs() {
    check("<table><tr><th>a<th>b<tr><td>c<td>d</table>e", "a\tb\nc\td\n\ne");
    check("<table><thead><tr><th>a</thead><tbody><tr><td>b</table>", "a\nb");
    check("<table><tr><td>a</table><table><tr><td>b</table>", "a\n\nb");
    check("<table><caption>t</caption><tr><td><p>a</p><td><div>b</div><tr><td>c<td>d</table>", "t\n\na\tb\nc\td");
    check("<table><tr><td>a<br>b<td>c<tr><td>d<td>e f</table>", "a b\tc\nd\te f");
}

#[test]
fn columns_stay_columns() {
    check("<table><tr><td><td>a<td>b<tr><td>c<td><td>d</table>", "\ta\tb\nc\t\td");
    check("<table><tr><td>a<td><td>b<tr><td>c<td><td>d</table>", "a\tb\nc\td");
    check("<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>", "a\t\tb\nc\td\te");
    check("<table><tr><td rowspan='2'>a<td>b<td>c<tr><td>d<td>e<tr><td>f</table>", "a\tb\tc\n\td\te\nf");
}

#[test]
fn a_table_that_holds_blocks_is_layout() {
    check("<table><tr><td><p>a<td><p>b</table>", "a\n\nb");
    check("<table><tr><td>a<td>b</table>", "a\tb");
    check("<table><tr><td><p>a<p>b<td><p>c<tr><td><p>d<p>e<td><p>f<p>g</table>", "a\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng");
    check("<table><tr><td><h2>a</h2><td><p>b<tr><td>c<td>d</table>", "a\n\nb\n\nc\td");
    check("<table role=presentation><tr><td><p>a<td><p>b<tr><td><p>c<td><p>d</table>", "a\n\nb\n\nc\n\nd");
    let wide: String = (0..65).map(|n| format!("<td><p>{n}")).collect();
    let expected: Vec<String> = (0..130).map(|n| (n % 65).to_string()).collect();
    check(&format!("<table><tr>{wide}<tr>{wide}</table>"), &expected.join("\n\n"));
}

#[test]
fn preformatted_text_keeps_its_shape() {
    check("<pre>\n  a\n\n    b\t&lt;\n</pre>c", "  a\n\n    b\t<\n\nc");
    check("<pre><div>a</div><div> b</div></pre>", "a\n b");
    check("<pre>a<br><br>b</pre>", "a\n\nb");
    check("<pre><b>x</b> <i>y</i>\n<u>z</u></pre>", "x y\nz");
    check("<pre>a b c d</pre><pre>a b c d</pre>", "a b c d\n\na b c d");
    check("<ul><li><pre>a</pre><li><pre>b</pre></ul>", "a\nb");
}

#[test]
fn repeated_blocks_of_four_words_are_kept_once() {
    check("<p>a b c d<p>e<p>a b c d", "a b c d\n\ne");
    check("<p>a b c<p>e<p>a b c", "a b c\n\ne\n\na b c");
    check("<p>a b c d<table><tr><td>e<td>a b c d<tr><td>f<td>g</table>", "a b c d\n\ne\nf\tg");
    check("<p>a b c d<table><tr><td>a b c d<td>a b c d<tr><td>a b c d</table>e", "a b c d\n\ne");
}

#[test]
fn words_are_joined_and_parted_as_they_look() {
    check("<b>bo</b>ld <i>a</i> <i>b</i>", "bold a b");
    check("<a href=1>one</a><a href=2>two</a><b>x</b>", "one twox");
    check("<span><a href=1>one</a></span><span><a href=2>two</a></span>", "one two");
    check("<p> <b> a </b> , <b>b</b></p>", "a , b");
    check("a<script>x</script>b<svg><text>x</text></svg>c", "abc");
}

#[test]
fn text_is_in_nfc() {
    check("<p>e\u{301}tude", "étude");
    check("<p>\u{1100}\u{1161}", "가");
}

#[test]
fn what_is_never_shown_is_no_text() {
    check("<head><title>t</title></head><template>x</template><p>a<textarea>x</textarea>", "a");
    check("<noscript>a</noscript><div hidden>b</div>", "a\n\nb");
}
