//! Text that a card shows as it is, without what is hidden (see [`shown`]): names of files and words of the preset.

use crate::text::shown;

/// One line.
pub fn line(text: &str) -> String {
    shown::line(text).into_owned()
}

/// Text of many lines, without white space around it.
pub fn lines(text: &str) -> String {
    shown::lines(text.trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown_as_such() {
        assert_eq!(line("a\u{202E}b\n\u{2067}c\u{7F}ä"), "a\u{FFFD}b \u{FFFD}c\u{FFFD}ä");
        assert_eq!(lines("\n one\n\ttwo\u{202A}\r\n"), "one\n two\u{FFFD}");
    }
}
