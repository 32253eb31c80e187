//! Text that comes from pages -> text that a Markdown, YAML or BibTeX file can hold without being changed by it.
//!
//! Domains, addresses, file names and license names can hold anything: markup, formulas, marks that turn the direction
//! of writing, letters that nobody sees. A card shows that they were there and lets none of them work.

use crate::text::shown::is_unseen;

/// Longest text from a page that a card shows, in characters.
const CHARS_MAX: usize = 300;
/// Stands for a character that a card does not show.
const REPLACEMENT: char = '\u{FFFD}';

/// Text on one line without what is hidden or not seen, each such character shown as U+FFFD; cut where it is longer than a
/// card needs.
pub fn line(text: &str) -> String {
    let mut chars = text.chars();
    let mut out: String = chars.by_ref().take(CHARS_MAX).map(|c| if is_unseen(c) { REPLACEMENT } else { c }).collect();
    if chars.next().is_some() {
        out.push('…');
    }
    out
}

/// Text for a sentence or a table cell of Markdown: one line, of which nothing is markup, formula or link.
pub fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            // Hosts that begin so become links by themselves.
            '.' if out.ends_with(['w', 'W']) => out.push_str("\\."),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '!' | '#' | '~' | '$' | '@' | ':' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Text as code, in a sentence or a table cell of Markdown, where not even addresses become links.
pub fn code(text: &str) -> String {
    let text = line(text);
    let text = text.trim();
    if text.is_empty() {
        return String::from("(empty)");
    }
    // A table cuts its cells before it reads code, and readers differ in how a bar is masked in both.
    if text.contains(['|', '\\']) {
        return cell(text);
    }
    format!("`{}`", text.replace('`', "'"))
}

/// The day of a moment as crawls write it; what is no such moment is shown as it is.
pub fn day(moment: &str) -> String {
    let is_day = |day: &str| {
        day.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
    };
    match moment.get(..10) {
        Some(day) if is_day(day) => day.to_owned(),
        _ => cell(moment),
    }
}

/// A YAML scalar in double quotes.
pub fn quoted(text: &str) -> String {
    serde_json::Value::String(line(text)).to_string()
}

/// The same for a text of several sentences: line breaks stay, as `\n`, and it is not cut.
pub fn quoted_long(text: &str) -> String {
    let text: String = text.chars().map(|c| if c != '\n' && is_unseen(c) { REPLACEMENT } else { c }).collect();
    serde_json::Value::String(text).to_string()
}

/// Text of a field of BibTeX.
pub fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '%' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            // A backtick would end the block of code in which the card shows the entry.
            '`' => out.push('\''),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_hold_no_markup() {
        assert_eq!(cell("a|b<script>`x`\n"), "a\\|b&lt;script&gt;\\`x\\`\u{FFFD}");
        assert_eq!(cell("[x](https://a.example) $x$ @you"), "\\[x\\](https\\://a.example) \\$x\\$ \\@you");
        assert_eq!(cell("\u{202E}evil\u{200B}\u{E0041}"), "\u{FFFD}evil\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn code_stays_code() {
        assert_eq!(code("https://a.example/?x=`y`"), "`https://a.example/?x='y'`");
        assert_eq!(code("https://www.a.example/|`\\"), "https\\://www\\.a.example/\\|\\`\\\\");
        assert_eq!(code(" \n"), "`\u{FFFD}`");
        assert_eq!(code(""), "(empty)");
        assert_eq!(code(&"x".repeat(CHARS_MAX + 1)), format!("`{}…`", "x".repeat(CHARS_MAX)));
    }

    #[test]
    fn days_are_days() {
        assert_eq!(day("2026-01-17T06:00:08Z"), "2026-01-17");
        assert_eq!(
            ["17 January 2026", "2026/01/17", "2026-1-7", ""].map(day),
            ["17 January 2026", "2026/01/17", "2026-1-7", ""]
        );
    }

    #[test]
    fn other_formats_are_quoted_by_their_own_rules() {
        assert_eq!(quoted("a \"b\"\n---\u{85}"), "\"a \\\"b\\\"\u{FFFD}---\u{FFFD}\"");
        assert_eq!(quoted_long("a\n\u{202E}b"), "\"a\\n\u{FFFD}b\"");
        assert_eq!(latex("50 % of {A_B}~\\x ```"), "50 \\% of \\{A\\_B\\}\\textasciitilde{}\\textbackslash{}x '''");
    }

    proptest! {
        #[test]
        fn nothing_breaks_out_of_its_line(text in any::<String>()) {
            for shown in [line(&text), cell(&text), code(&text), quoted(&text), latex(&text)] {
                prop_assert!(!shown.chars().any(is_unseen));
            }
            let cell = cell(&text);
            prop_assert!(!cell.contains(['<', '>']));
            prop_assert!(!cell.replace("\\\\", "").replace("\\|", "").contains('|'));
            let code = code(&text);
            prop_assert!(code.replace("\\`", "").matches('`').count() <= 2);
            let back: String = serde_json::from_str(&quoted(&text)).expect("what was quoted can be read");
            prop_assert_eq!(back, line(&text));
        }
    }
}
