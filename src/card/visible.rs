//! Text that people read, without characters that they cannot see: control characters and those that turn the direction
//! of writing around. Names of files and words of pages can hold both.

use super::escape::is_hidden;

/// One line: every such character becomes U+FFFD.
pub fn line(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// The same for text of many lines: line breaks and tabs stay.
pub fn lines(text: &str) -> String {
    let shown = |c: char| if is_hidden(c) && !matches!(c, '\n' | '\t') { char::REPLACEMENT_CHARACTER } else { c };
    text.trim().chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown_as_such() {
        assert_eq!(line("a\u{202E}b\n\u{2067}c\u{7F}ä"), "a\u{FFFD}b\u{FFFD}\u{FFFD}c\u{FFFD}ä");
        assert_eq!(lines("\n one\n\ttwo\u{202A}\r\n"), "one\n\ttwo\u{FFFD}");
    }
}
