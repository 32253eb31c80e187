//! `Name: value` lines, as WARC headers, `warc-fields` blocks and HTTP heads have them.
//!
//! Tolerant, because crawls hold what servers sent: line ends may be LF alone, a value may go on in lines that begin
//! with white space, lines without a colon are passed over. Values that are not UTF-8 are read as Latin-1, which loses
//! nothing (ClueWeb headers hold EUC-JP).

use std::borrow::Cow;

/// Lines of fields, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    /// The fields in these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Names and values in the order in which they stand, values trimmed.
    pub fn iter(self) -> impl Iterator<Item = (&'a [u8], Cow<'a, str>)> {
        Lines(self.0).filter_map(|line| {
            let (name, value) = split(line)?;
            Some((name, text(value)))
        })
    }

    /// The first value of a name that is not empty. Names are compared without regard to case.
    pub fn get(self, name: &str) -> Option<Cow<'a, str>> {
        Lines(self.0)
            .filter_map(split)
            .find(|(found, value)| found.eq_ignore_ascii_case(name.as_bytes()) && !value.is_empty())
            .map(|(_, value)| text(value))
    }
}

/// Name and value of a line, both trimmed. None if there is no colon or no name.
pub(super) fn split(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    let name = line[..colon].trim_ascii();
    (!name.is_empty()).then(|| (name, line[colon + 1..].trim_ascii()))
}

/// Logical lines: a line and the folded lines after it.
struct Lines<'a>(&'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let mut end = 0;
        loop {
            match memchr::memchr(b'\n', &self.0[end..]) {
                None => end = self.0.len(),
                Some(length) => end += length + 1,
            }
            if !matches!(self.0.get(end), Some(b' ' | b'\t')) {
                break;
            }
        }
        let (line, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(line)
    }
}

/// A value as text; folded lines are joined by one space.
fn text(value: &[u8]) -> Cow<'_, str> {
    let text = match std::str::from_utf8(value) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(value.iter().map(|&byte| char::from(byte)).collect()),
    };
    if !value.contains(&b'\n') {
        return text;
    }
    // Of ASCII alone, as whole values are: a byte 0x85 is white space in Latin-1, and would leave a blank at the end.
    Cow::Owned(text.lines().map(str::trim_ascii).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], name: &str, wanted: Option<&str>) {
        assert_eq!(Fields::new(bytes).get(name).as_deref(), wanted);
    }

    #[test]
    fn names_are_found_in_any_case_and_values_are_trimmed() {
        check(b"Content-Type: text/html \r\nX: y\r\n", "content-type", Some("text/html"));
        check(b"A:1\nB:2", "b", Some("2"));
        check(b"A: \r\nA: 2\r\n", "a", Some("2"));
        check(b"A: 1\r\n", "b", None);
        check(b"", "b", None);
    }

    #[test]
    fn folded_lines_are_joined_and_lines_without_a_colon_are_passed_over() {
        check(b"A: one\r\n  two\r\n\tthree\r\nB: x\r\n", "a", Some("one two three"));
        check(b"nonsense\r\nB: x\r\n: y\r\n", "b", Some("x"));
    }

    #[test]
    fn folded_values_of_control_characters_have_no_blanks_at_their_ends() {
        check(b"A: caf\xe9\r\n \x85\r\nB: x\r\n", "a", Some("caf\u{e9} \u{85}"));
    }

    #[test]
    fn values_that_are_not_utf8_are_read_as_latin1() {
        check(b"A: caf\xe9\r\n", "a", Some("caf\u{e9}"));
        check("A: caf\u{e9}\r\n".as_bytes(), "a", Some("caf\u{e9}"));
    }
}
