//! Texts made to cost much, of any size.

use super::Case;

fn repeated(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len() + 1)
}

fn numbered(unit: impl Fn(usize) -> String, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 64);
    let mut number = 0;
    while text.len() < bytes {
        text.push_str(&unit(number));
        number += 1;
    }
    text
}

/// All of them.
pub const CASES: &[Case<String>] = &[
    ("prose", |n| repeated("The mill by the brook has ground the grain of the valley for years, and still does.\n", n)),
    ("different words", |n| numbered(|i| format!("word{i} "), n)),
    ("different lines", |n| numbered(|i| format!("line {i}\n"), n)),
    ("different paragraphs", |n| numbered(|i| format!("line {i}\n\n"), n)),
    ("equal lines", |n| repeated("a b\n", n)),
    ("line breaks", |n| repeated("\n", n)),
    ("carriage returns", |n| repeated("a\r\n\r", n)),
    ("line separators", |n| repeated("a\u{2028}\u{85}", n)),
    ("spaces", |n| repeated(" ", n)),
    ("spaces of all kinds", |n| repeated("\u{a0}\u{2003}\u{3000} \t", n)),
    ("one word", |n| repeated("x", n)),
    ("one word of capitals and digits", |n| repeated("aB1", n)),
    ("letters", |n| repeated("a b ", n)),
    ("one n-gram again and again", |n| repeated("a b c d e f g h i j ", n)),
    ("nearly one n-gram", |n| numbered(|i| format!("a b c d e f g h i {} ", i % 7), n)),
    ("smileys", |n| repeated(":)", n)),
    ("smileys apart", |n| repeated(":) ", n)),
    ("long smileys", |n| repeated(":-)))(-:", n)),
    ("full stops", |n| repeated(".", n)),
    ("sentences", |n| repeated("A. B? C! ", n)),
    ("abbreviations", |n| repeated("U.S.A. e.g. Dr. ", n)),
    ("initials", |n| repeated("a.b.c.", n)),
    ("brackets", |n| repeated("((", n)),
    ("brackets of all kinds", |n| repeated("([{<>}])", n)),
    ("quotation marks", |n| repeated("\"'", n)),
    ("apostrophes", |n| repeated("'", n)),
    ("contractions", |n| repeated("don't can't I'd've ", n)),
    ("apostrophes in words", |n| repeated("a'b'", n)),
    ("hyphens", |n| repeated("a-b-", n)),
    ("dashes", |n| repeated("-", n)),
    ("commas", |n| repeated("a,b,", n)),
    ("slashes", |n| repeated("a/b/", n)),
    ("underscores", |n| repeated("_", n)),
    ("ampersands", |n| repeated("&a;", n)),
    ("hashes", |n| repeated("#", n)),
    ("ellipses", |n| repeated("a ...\n", n)),
    ("bullets", |n| repeated("\u{2022} a\n", n)),
    ("curly braces", |n| repeated("{ a }\n", n)),
    ("filler text", |n| repeated("lorem ipsu ", n)),
    ("script lines", |n| repeated("javascrip terms of us cookie polic\n", n)),
    ("citations", |n| repeated("[1][2][citation neede", n)),
    ("open citations", |n| repeated("[", n)),
    ("digits", |n| repeated("1", n)),
    ("digits apart", |n| repeated("1 2 ", n)),
    ("digits with hyphens", |n| repeated("1-2-", n)),
    ("digits with full stops", |n| repeated("1.2.", n)),
    ("card numbers", |n| repeated("4111 1111 1111 1112 ", n)),
    ("phone numbers", |n| repeated("+1 (555) 010-", n)),
    ("plus signs", |n| repeated("+1", n)),
    ("addresses of hosts", |n| repeated("1.2.3.4.", n)),
    ("colons", |n| repeated(":", n)),
    ("hex and colons", |n| repeated("ab:", n)),
    ("long hex and colons", |n| repeated("1:2:3:4:5:6:7:", n)),
    ("account numbers", |n| repeated("GB82 WEST 1234 5698 7654 3", n)),
    ("account numbers unspaced", |n| repeated("DE89", n)),
    ("at signs", |n| repeated("@", n)),
    ("mail addresses", |n| repeated("a@b.co ", n)),
    ("mail addresses without end", |n| repeated("a@b.", n)),
    ("at sign behind a long name", |n| {
        repeated("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@", n)
    }),
    ("dotted names", |n| repeated("a.", n)),
    ("schemes", |n| repeated("http://", n)),
    ("addresses", |n| repeated("http://a.b/c?d=e ", n)),
    ("one address", |n| format!("http://{}", repeated("a.b/", n))),
    ("www", |n| repeated("www.", n)),
    ("percent signs", |n| repeated("%41", n)),
    ("CJK without spaces", |n| repeated("\u{4e2d}\u{6587}\u{5b57}", n)),
    ("CJK sentences", |n| repeated("\u{4e2d}\u{6587}\u{3002}", n)),
    ("Kana", |n| repeated("\u{30ab}\u{30bf}\u{30ab}\u{30ca}", n)),
    ("Thai without spaces", |n| repeated("\u{e01}\u{e32}\u{e23}\u{e41}\u{e02}", n)),
    ("emoji", |n| repeated("\u{1f600}", n)),
    ("joined emoji", |n| repeated("\u{1f468}\u{200d}\u{1f469}\u{200d}", n)),
    ("flags", |n| repeated("\u{1f1e9}\u{1f1ea}", n)),
    ("combining marks", |n| format!("a{}", repeated("\u{0301}", n))),
    ("combining marks of two classes", |n| format!("a{}", repeated("\u{0301}\u{0316}", n))),
    ("letters with marks", |n| repeated("e\u{0301}", n)),
    ("conjoining Hangul", |n| repeated("\u{1112}\u{1161}\u{11ab}", n)),
    ("alternating scripts", |n| repeated("a\u{430}\u{3b1}\u{4e2d}\u{5d0}", n)),
    ("alternating words of scripts", |n| {
        repeated("mill \u{43c}\u{435}\u{43b} \u{3bc}\u{3b9} \u{4e2d} \u{5d0}\u{5d1} ", n)
    }),
    ("zero-width", |n| repeated("\u{200b}", n)),
    ("zero-width in words", |n| repeated("a\u{200b}\u{200d}\u{feff}", n)),
    ("right to left", |n| repeated("\u{202e}\u{5d0}\u{202c} ", n)),
    ("replacement characters", |n| repeated("\u{fffd}", n)),
    ("NUL", |n| repeated("\0", n)),
    ("letters that grow in lower case", |n| repeated("\u{130}", n)),
    ("capitals", |n| repeated("ABC DEF ", n)),
    ("symbols", |n| repeated("$%^&*", n)),
    ("mixed marks", |n| repeated(".,;:!?-'\"()", n)),
];
