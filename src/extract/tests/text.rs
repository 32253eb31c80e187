//! How chosen blocks become text.

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
}

#[test]
fn items_stand_on_lines() {
    check("<p>a</p><ul><li>b<li>c<ul><li>d</ul><li>e</ul><p>f", "a\n\nb\nc\nd\ne\n\nf");
    check("<ul><li>a</ul><ul><li>b</ul>", "a\n\nb");
    check("<dl><dt>a<dd>b</dl>", "a\nb");
    check("<ol><li><p>a</p><p>b</p></ol>", "a\n\nb");
}

#[test]
fn rows_stand_on_lines_and_cells_apart_by_tabs() {
    check("<table><tr><th>a<th>b<tr><td>c<td>d</table>e", "a\tb\nc\td\n\ne");
    check("<table><thead><tr><th>a</thead><tbody><tr><td>b</table>", "a\nb");
    check("<table><tr><td>a</table><table><tr><td>b</table>", "a\n\nb");
    check("<table><tr><td><p>a<td><p>b</table>", "a\n\nb");
}

#[test]
fn preformatted_text_keeps_its_shape() {
    check("<pre>\n  a\n\n    b\t&lt;\n</pre>c", "  a\n\n    b\t<\n\nc");
    check("<pre><div>a</div><div> b</div></pre>", "a\n b");
    check("<pre>a<br><br>b</pre>", "a\n\nb");
    check("<pre><b>x</b> <i>y</i>\n<u>z</u></pre>", "x y\nz");
    check("<pre>a b c d</pre><pre>a b c d</pre>", "a b c d\n\na b c d");
}

#[test]
fn repeated_blocks_of_four_words_are_kept_once() {
    check("<p>a b c d<p>e<p>a b c d", "a b c d\n\ne");
    check("<p>a b c<p>e<p>a b c", "a b c\n\ne\n\na b c");
}

#[test]
fn words_are_joined_and_parted_as_they_look() {
    check("<b>bo</b>ld <i>a</i> <i>b</i>", "bold a b");
    check("<a href=1>one</a><a href=2>two</a><b>x</b>", "one twox");
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
