//! Pages made to cost much, of any size: each is a beginning, something that is repeated, and an end.

use super::Case;

fn repeated(unit: &str, bytes: usize) -> Vec<u8> {
    unit.repeat(bytes / unit.len() + 1).into_bytes()
}

fn within(begin: &str, unit: &str, end: &str, bytes: usize) -> Vec<u8> {
    [begin.as_bytes(), &repeated(unit, bytes), end.as_bytes()].concat()
}

/// Units that differ by their number.
fn numbered(unit: impl Fn(usize) -> String, bytes: usize) -> Vec<u8> {
    let mut page = Vec::with_capacity(bytes + 64);
    let mut number = 0;
    while page.len() < bytes {
        page.extend_from_slice(unit(number).as_bytes());
        number += 1;
    }
    page
}

fn noise(bytes: usize) -> impl Iterator<Item = u8> {
    (0..bytes as u64).map(|n| {
        let mixed = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 56) as u8
    })
}

/// JSON-LD of nested objects, as one block.
fn nested_json_ld(bytes: usize) -> Vec<u8> {
    let depth = bytes / 7;
    let inner = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    format!("<script type=application/ld+json>{inner}</script><p>text").into_bytes()
}

const LD: &str = "<script type=application/ld+json>{\"@type\":\"Article\",\"license\":\"https://example.org/terms\",\
                  \"author\":{\"name\":\"A\"}}</script>";

/// All of them.
pub const CASES: &[Case<Vec<u8>>] = &[
    ("article", |n| {
        repeated("<p>The mill by the brook has ground the grain of the valley for years, and still does.\n", n)
    }),
    ("short paragraphs", |n| repeated("<p>a", n)),
    ("paragraphs of two words", |n| numbered(|i| format!("<p>word{i} here"), n)),
    ("deep nesting", |n| within("", "<div>", "text", n)),
    ("deep nesting with text", |n| repeated("<div>a ", n)),
    ("formatting never closed", |n| repeated("<b><i>x", n)),
    ("misnested formatting", |n| repeated("<b>x<p>y</b>z</p>", n)),
    ("links never closed", |n| repeated("<a href=/x>y", n)),
    ("links", |n| numbered(|i| format!("<a href=/page-{i}>words {i}</a> "), n)),
    ("many attributes", |n| [b"<div".to_vec(), numbered(|i| format!(" a{i}=1"), n), b">text".to_vec()].concat()),
    ("many tags of many attributes", |n| {
        numbered(|i| format!("<p{}>a", (0..64).map(|a| format!(" a{a}={i}")).collect::<String>()), n)
    }),
    ("one huge attribute", |n| within("<div title='", "x y ", "'>text", n)),
    ("one huge class", |n| within("<div class='", "main-content ", "'>text", n)),
    ("class words", |n| numbered(|i| format!("<div class='a{i} b{i}-c{i}'>t</div>"), n)),
    ("giant table", |n| within("<table>", "<tr><td>1<td>2<td>3", "</table>", n)),
    ("wide table", |n| within("<table><tr>", "<td>1", "</table>", n)),
    ("spanning table", |n| within("<table>", "<tr><td rowspan=65534 colspan=64>1<td>2", "</table>", n)),
    ("nested tables", |n| repeated("<table><tr><td>a", n)),
    ("rows of empty cells", |n| within("<table>", "<tr><td><td><td>x", "</table>", n)),
    ("nested lists", |n| repeated("<ul><li>a", n)),
    ("list items", |n| within("<ul>", "<li>a", "</ul>", n)),
    ("quotes in quotes", |n| repeated("<blockquote>a", n)),
    ("headings", |n| repeated("<h2>a</h2>", n)),
    ("the title again and again", |n| {
        within("<title>The old mill of the brook</title>", "<h1>The old mill of the brook</h1>", "", n)
    }),
    ("entities", |n| repeated("&amp;&NotEqualTilde;&#x1F600;", n)),
    ("bare ampersands", |n| repeated("&", n)),
    ("less-than", |n| repeated("<", n)),
    ("one long line", |n| within("<p>", "word ", "", n)),
    ("one long word", |n| within("<p>", "x", "", n)),
    ("white space", |n| within("<p>a", " \n\t", "b", n)),
    ("breaks", |n| repeated("a<br>", n)),
    ("comments", |n| repeated("<!-- a -->", n)),
    ("comment without end", |n| within("<p>a<!--", "-->x<!-", "", n)),
    ("scripts", |n| repeated("<script>var a = 1;</script>", n)),
    ("metas", |n| numbered(|i| format!("<meta name=dc.rights{i} content='All rights reserved {i}'>"), n)),
    ("license links", |n| {
        numbered(|i| format!("<a rel=license href='https://creativecommons.org/licenses/by/4.0/?{i}'>CC BY</a>"), n)
    }),
    ("license sentences", |n| {
        repeated("<p>This work is licensed under a Creative Commons Attribution 4.0 International License.", n)
    }),
    ("copyright notices", |n| repeated("<p>\u{a9} 2020 All rights reserved. ", n)),
    ("notices in one line", |n| within("<footer>", "copyright license CC BY ", "</footer>", n)),
    ("JSON-LD blocks", |n| repeated(LD, n)),
    ("nested JSON-LD", nested_json_ld),
    ("one JSON-LD list", |n| {
        within("<script type=application/ld+json>[", "{\"license\":\"x\"},", "1]</script><p>text", n)
    }),
    ("microdata", |n| {
        repeated("<div itemscope itemtype=https://schema.org/Article><span itemprop=license>CC BY</span>", n)
    }),
    ("hidden", |n| repeated("<div style='display:none'>a</div>", n)),
    ("code blocks", |n| repeated("<pre><code>a b\n</code></pre>", n)),
    ("one code block", |n| within("<pre>", "`a\n", "</pre>", n)),
    ("emphasis", |n| repeated("<b>a</b> <i>b</i> ", n)),
    ("marks that Markdown escapes", |n| within("<p>", "*_[]`#\\<", "", n)),
    ("backticks", |n| within("<p><code>", "`", "</code>", n)),
    ("images", |n| repeated("<img src=a.png alt='a picture'>", n)),
    ("comments of readers", |n| repeated("<div class=comment><p>I like this</p><a>Reply</a></div>", n)),
    ("definition lists", |n| within("<dl>", "<dt>a<dd>b", "</dl>", n)),
    ("selects", |n| repeated("<select><option>a</select>", n)),
    ("drawings", |n| repeated("<svg><g><title>a</title></g></svg>", n)),
    ("noise said to be UTF-8", |n| [b"<meta charset=utf-8><p>".to_vec(), noise(n).collect()].concat()),
    ("noise without a charset", |n| [b"<p>".to_vec(), noise(n).collect()].concat()),
    ("continuation bytes", |n| [b"<meta charset=utf-8><p>".to_vec(), vec![0x80; n]].concat()),
    ("Latin-1 said to be UTF-8", |n| [b"<meta charset=utf-8><p>".to_vec(), b"caf\xe9 ".repeat(n / 5)].concat()),
    ("Shift_JIS noise", |n| [b"<meta charset=shift_jis><p>".to_vec(), noise(n).collect()].concat()),
    ("ISO-2022-JP escapes", |n| [b"<meta charset=iso-2022-jp><p>".to_vec(), b"\x1b$B\x1b(B".repeat(n / 6)].concat()),
    ("GB18030 noise", |n| [b"<meta charset=gb18030><p>".to_vec(), noise(n).collect()].concat()),
    ("combining marks", |n| within("<meta charset=utf-8><p>a", "\u{0301}\u{0316}", "", n)),
    ("conjoining Hangul", |n| within("<meta charset=utf-8><p>", "\u{1112}\u{1161}\u{11ab}", "", n)),
    ("CJK without spaces", |n| within("<meta charset=utf-8><p>", "\u{4e2d}\u{6587}\u{5b57}", "", n)),
];
