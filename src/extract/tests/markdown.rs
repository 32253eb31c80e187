//! How chosen blocks become Markdown.

use super::super::options::{Format, Mode, Options};
use super::extract;

fn check(page: &str, expected: &str) {
    let options = Options { mode: Mode::All, format: Format::Markdown, ..Options::default() };
    let extractor = options.build().expect("the options are sound");
    assert_eq!(extract(&extractor, page).text, expected, "{page}");
}

#[test]
fn headings_have_their_level_and_one_line() {
    check("<h1>a</h1><h3><a href=1><strong>b</strong></a> <em>c</em></h3><p>d", "# a\n\n### b *c*\n\nd");
    check("<h2>a<br>b</h2><h6>C # #</h6>", "## a b\n\n###### C # \\#");
}

#[test]
fn a_heading_stands_without_the_sign_that_links_to_it() {
    check("<h2>a <em>b</em><a href=#a>¶</a></h2><h3><a href=#c># </a><code>c</code></h3>", "## a *b*\n\n### `c`");
}

#[test]
fn a_line_break_is_two_spaces_at_the_end_of_a_line() {
    check("<p>a<br>b<br><br>c", "a  \nb\n\nc");
    check("<blockquote><p>a<br>b<p>c</blockquote>", "> a  \n> b\n>\n> c");
}

#[test]
fn items_have_dashes_or_numbers() {
    check("<p>a<ul><li>b<li>c</ul>d", "a\n\n- b\n- c\n\nd");
    check("<ol><li>a<li>b</ol>", "1. a\n2. b");
    check("<ol start=9><li>a<li>b<li value=3>c<li>d</ol>", "9. a\n10. b\n3. c\n4. d");
    check("<ol start=-1><li>a<li>b</ol>", "- a\n0. b");
    check("<ol start=1000000000><li>a</ol>", "- a");
    check("<ol><li><img src=x><li>a</ol>", "2. a");
    check("<ul><li><p>a</p><p>b</p><li>c</ul>", "- a\n\n  b\n\n- c");
    check("<li>a", "- a");
}

#[test]
fn items_in_items_are_indented() {
    check("<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d</ul>", "- a\n  - b\n    - c\n- d");
    check("<ol start=10><li>a<ul><li>b</ul><p>c</ol>", "10. a\n    - b\n\n    c");
    check("<ul><li>a<ol><li>b<li>c</ol></ul>", "- a\n  1. b\n  2. c");
    // A number other than 1 would go on with the line before.
    check("<ul><li>a<ol start=2><li>b<li>c</ol></ul>", "- a\n\n  2. b\n  3. c");
    check("<ul><li>a</li><ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c");
    check("<ul><li><ul><li>a<li>b</ul><li>c</ul>", "- a\n- b\n- c");
    let (open, deep) = ("<ul><li>".repeat(40), 40);
    check(&format!("{open}a<li>b"), "- a\n- b");
    let nested: String = (0..deep).map(|n| format!("<ul><li>{n}")).collect();
    let lines: Vec<String> = (0..12).map(|n| format!("{}- {n}", "  ".repeat(n))).collect();
    let rest: Vec<String> = (12..40).map(|n| format!("{}{n}", "  ".repeat(12))).collect();
    check(&nested, &[lines.join("\n"), rest.join("\n\n")].join("\n\n"));
}

#[test]
fn an_item_that_holds_a_heading_or_a_page_is_a_card() {
    let page = "<p>a</p>".repeat(8);
    check(&format!("<ul><li>{page}<li>b</ul>"), &format!("{}\n\n- b", ["a"; 8].join("\n\n")));
    check("<ul><li>a<h3>b</h3></ul>", "a\n\n### b");
    check("<ul><li>a<ul><li><h3>b</h3></ul></ul>", "a\n\n### b");
    check("<ul><li>a<ul><li>b<li><h3>c</h3></ul></ul>", "- a\n  - b\n\n  ### c");
    check("<ul><li><h3>a</h3><p>b</p><li><h3>c</h3><p>d</p></ul>", "### a\n\nb\n\n### c\n\nd");
}

#[test]
fn definitions_are_items_of_their_terms() {
    check("<dl><dt>a<dd>b<dd>c<dt>d<dd><p>e</p><p>f</p></dl>", "- a\n  - b\n  - c\n- d\n\n  - e\n\n    f");
    check("<dl><dd>a</dl>", "- a");
}

#[test]
fn quotes_begin_with_their_sign() {
    check("<p>a<blockquote>b<blockquote>c</blockquote></blockquote>d", "a\n\n> b\n>\n> > c\n\nd");
    check("<ul><li>a<blockquote><p>b<p>c</blockquote></ul>", "- a\n\n  > b\n  >\n  > c");
    check("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b");
    check(
        "<blockquote><ul><li>a<li>b</ul><pre>c\n\nd</pre></blockquote>",
        "> - a\n> - b\n>\n> ```\n> c\n>\n> d\n> ```",
    );
}

#[test]
fn preformatted_text_is_fenced() {
    check("<pre>\n  a *b*\n\n# c\n</pre>d", "```\n  a *b*\n\n# c\n```\n\nd");
    check("<pre>a ``` b</pre><pre>c ```` d</pre>", "````\na ``` b\n````\n\n`````\nc ```` d\n`````");
    check("<pre>a \u{1fef}\u{1fef}\u{1fef} b</pre>", "````\na ``` b\n````");
    check("<pre><div>a</div><div> b</div></pre>", "```\na\n b\n```");
    check("<ul><li><pre>a\n\n b</pre></ul>", "- ```\n  a\n\n   b\n  ```");
    check("<p><code>a<br>b *</code>", "```\na\nb *\n```");
}

#[test]
fn a_fence_names_the_language_that_is_stated() {
    check("<pre class='x language-rust'>a</pre>", "```rust\na\n```");
    check("<pre><code class=lang-c++>a</code></pre>", "```c++\na\n```");
    check("<div class='language-ruby hl'><div><pre>a</pre></div></div>", "```ruby\na\n```");
    check("<div class=language-ruby><div><div><pre class=language-none>a</pre></div></div></div>", "```\na\n```");
}

#[test]
fn tables_of_data_have_bars() {
    check("<table><tr><th>a<th>b<tr><td>c<td>d|e</table>f", "| a | b |\n| --- | --- |\n| c | d\\|e |\n\nf");
    check("<table><tr><td>a<br>b<td><p>c<tr><td><td>d</table>", "| a b | c |\n| --- | --- |\n| | d |");
    check(
        "<table><caption>t<tr><th><b>a</b><th>b<tr><td><b>c</b><td><code>|</code></table>",
        "t\n\n| a | b |\n| --- | --- |\n| **c** | `\\|` |",
    );
    check("<ul><li>x<table><tr><td>a<td>b<tr><td>c</table></ul>", "- x\n\n  | a | b |\n  | --- | --- |\n  | c | |");
    check("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", "| a | b |\n| --- | --- |\n| | c |");
}

#[test]
fn layout_is_no_table() {
    check("<table><tr><td>a<td>b</table>", "a\n\nb");
    check("<table><tr><td><h2>a</h2><td>b<tr><td><ul><li>c<li>d</ul><td>e</table>", "## a\n\nb\n\n- c\n- d\n\ne");
}

#[test]
fn marks_stand_at_words() {
    check("<p>a <em>b</em> <strong>c d</strong>, <code>e</code>", "a *b* **c d**, `e`");
    check("<p><b> a </b>b<i> c</i>", "**a** b *c*");
    check("<p><b>a</b> <b>b</b>", "**a b**");
    check("<p>(<i>a</i>) “<b>b</b>”", "(*a*) “**b**”");
    check("<p>中<b>文</b>字", "中**文**字");
    check("<p><a href=1>a</a> <img src=x alt=y> <u>b</u>", "a b");
}

#[test]
fn marks_are_nested() {
    check("<p><b>a <i>b</i> c</b>", "**a *b* c**");
    check("<p><i>a <b>b</b> c</i>", "*a* ***b*** *c*");
    check("<p><b><i>a</i></b> <b><code>b</code></b>", "***a* `b`**");
    check("<p><b><i>a</i> b</b> <b>c <i>d</i></b>", "***a* b c *d***");
    check("<p><code><b>a</b> b</code>", "`a b`");
    check("<div><b><p>a</p></b></div>", "a");
}

#[test]
fn marks_that_could_not_be_read_back_are_left_out() {
    check("<p><b>T</b>he", "The");
    check("<p>a<b>“b”</b>c", "a“b”c");
    check("<p><b>a</b><i>b</i> <b>!</b><i>c</i>", "ab !*c*");
    check("<p>a<b> </b>b <i>,</i>", "a b *,*");
    check("<p>a<b>.</b> b", "a. b");
}

#[test]
fn code_is_fenced_by_as_many_backticks_as_it_takes() {
    check("<p><code>a`b</code> <code>`</code> <code>a\u{1fef}</code>", "``a`b`` `` ` `` `` a` ``");
    check("<p>a<code> b </code>c<code></code>", "a `b` c");
    check("<p>a<code>*b*</code><kbd>_c_</kbd>", "a`*b*_c_`");
    check("<p><code>a <b>b</b></code> <code>c</code>", "`a b` `c`");
}

#[test]
fn text_that_looks_like_markup_is_escaped() {
    check("<p># a<p>1. b<p>- c<p>&gt; d<p>* e", "\\# a\n\n1\\. b\n\n\\- c\n\n\\> d\n\n\\* e");
    check(
        "<p>a * b, a*b, _c_, d_e, `f`, &lt;g>, &amp;amp;, [h](i)",
        "a * b, a\\*b, \\_c\\_, d_e, \\`f\\`, \\<g>, \\&amp;, [h\\](i)",
    );
    check("<p><b>1. a</b><p><b>*</b> <b>C:\\</b>", "**1. a**\n\n**\\* C:\\\\**");
    check("<ul><li>1. a<li># b</ul>", "- 1\\. a\n- \\# b");
    check("<p>a<br>- b<br><b>- c</b>", "a  \n\\- b  \n**- c**");
}

#[test]
fn repeated_blocks_are_left_out() {
    check("<ul><li>a b c d<li>e</ul><ol><li>a b c d<li>f</ol>", "- a b c d\n- e\n\n2. f");
    check("<dl><dt>a b c d<dd>e</dl><dl><dt>a b c d<dd>f</dl>", "- a b c d\n  - e\n\n- f");
}
