//! Text that people read, without characters that they cannot see: control characters and those that turn the direction
//! of writing around. Names of files and words of pages can hold both.

/// One line: every such character becomes U+FFFD.
pub fn line(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// The same for text of many lines: line breaks and tabs stay.
pub fn lines(text: &str) -> String {
    let shown = |c: char| if is_hidden(c) && !matches!(c, '\n' | '\t') { char::REPLACEMENT_CHARACTER } else { c };
    text.trim().chars().map(shown).collect()
}

/// Control characters, and the marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm
/// (UAX #9, section 2).
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
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
