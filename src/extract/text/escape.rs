//! Text that means itself in Markdown: a backslash before what would be markup.
//!
//! As few as will do, since each is noise to whoever learns from the text: `*` and `_` only where they could open or
//! close emphasis, `<` only before what makes a tag, `&` only before what makes a reference, `]` only before what
//! makes a link, marks of blocks only where a line begins. U+1FEF, which is a backtick once the text is in NFC, is
//! one here.

use std::ops::Range;

/// Longest name of a reference.
const NAME_BYTES_MAX: usize = 32;
/// U+1FEF.
pub const VARIA: char = '\u{1fef}';

/// Its first byte.
const VARIA_LEAD: u8 = 0xE1;
/// U+0338, which makes one character of a sign of comparison before it once the text is in NFC.
const STROKE: &[u8] = "\u{338}".as_bytes();

/// Where text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a paragraph: it may have lines.
    Paragraph,
    /// In a heading, which is one line and may end in number signs.
    Heading,
    /// In a cell, which is a part of a line and set apart by bars.
    Cell,
}

/// A block's text on its way into Markdown.
#[derive(Clone, Copy, Debug)]
pub struct Escape<'a> {
    /// The text.
    pub text: &'a str,
    /// Where it stands.
    pub place: Place,
    /// What is written for a line break.
    pub line_break: &'a str,
}

const SPECIAL: [bool; 256] = special();

const fn special() -> [bool; 256] {
    let mut special = [false; 256];
    let bytes = b"\n\\`*_<&]~|#\xE1";
    let mut index = 0;
    while index < bytes.len() {
        special[bytes[index] as usize] = true;
        index += 1;
    }
    special
}

impl Escape<'_> {
    /// Writes a part of the text. `begins_line` says that nothing stands before it on its line.
    pub fn write(&self, part: Range<usize>, begins_line: bool, out: &mut String) {
        let bytes = self.text.as_bytes();
        let (mut at, mut copied) = (part.start, part.start);
        let mut begins_line = begins_line && self.place == Place::Paragraph;
        while at < part.end {
            if std::mem::take(&mut begins_line)
                && let Some(mark) = self.mark_of_line(at).map(|mark| at + mark).filter(|mark| *mark < part.end)
            {
                out.push_str(&self.text[copied..mark]);
                out.push('\\');
                (copied, at) = (mark, mark + 1);
                continue;
            }
            let byte = bytes[at];
            if !SPECIAL[byte as usize] {
                at += 1;
                continue;
            }
            if byte == b'\n' {
                out.push_str(&self.text[copied..at]);
                out.push_str(self.line_break);
                copied = at + 1;
                begins_line = self.place == Place::Paragraph;
            } else if self.is_markup(at, &part) {
                out.push_str(&self.text[copied..at]);
                out.push('\\');
                copied = at;
            }
            at += 1;
        }
        out.push_str(&self.text[copied..part.end]);
    }

    /// Where the line at `at` needs a backslash. Only what begins a paragraph can define a link.
    fn mark_of_line(&self, at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..];
        let defines_link = at == 0 && rest.starts_with(b"[") && memchr::memmem::find(rest, b"]:").is_some();
        if defines_link { Some(0) } else { mark_of_block(rest) }
    }

    /// Whether the byte at `at`, one of [`SPECIAL`], would be markup.
    fn is_markup(&self, at: usize, part: &Range<usize>) -> bool {
        let bytes = self.text.as_bytes();
        let next = bytes[..part.end].get(at + 1).copied();
        let before = || self.text[part.start..at].chars().next_back();
        let after = || self.text[at + 1..part.end].chars().next();
        let stands_alone = || before() == Some(' ') && next == Some(b' ');
        match bytes[at] {
            b'\\' => next.is_none_or(|byte| byte.is_ascii_punctuation() || byte == VARIA_LEAD),
            b'`' => true,
            b'*' => !stands_alone(),
            b'_' => {
                let in_word =
                    || before().is_some_and(char::is_alphanumeric) && after().is_some_and(char::is_alphanumeric);
                !in_word() && !stands_alone()
            }
            b'<' => next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?')),
            b'&' => begins_reference(&bytes[at + 1..]),
            b']' => next == Some(b'('),
            b'~' => next == Some(b'~'),
            b'|' => self.place == Place::Cell,
            b'#' => self.place == Place::Heading && self.closes_heading(at),
            VARIA_LEAD => self.text[at..].starts_with(VARIA),
            _ => false,
        }
    }

    /// Number signs at the end of a heading, after a space, are no part of it.
    fn closes_heading(&self, at: usize) -> bool {
        let is_apart = self.text[..at].chars().next_back().is_none_or(|before| before == ' ' || before == '\n');
        is_apart && self.text.as_bytes()[at..].iter().all(|&byte| byte == b'#')
    }
}

fn begins_reference(rest: &[u8]) -> bool {
    let digits = rest.strip_prefix(b"#").unwrap_or(rest);
    let length = digits.iter().take(NAME_BYTES_MAX).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    // U+037E, a semicolon once the text is in NFC, begins with 0xCD.
    length > 0 && matches!(digits.get(length), Some(b';' | 0xCD))
}

/// What would make the line at the beginning of `rest` another block than a paragraph: where a backslash prevents it.
fn mark_of_block(rest: &[u8]) -> Option<usize> {
    let line = || rest.iter().copied().take_while(|&byte| byte != b'\n');
    let ends_mark = |at: usize| rest.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\n'));
    let run = |wanted: fn(&u8) -> bool| rest.iter().take_while(|byte| wanted(byte)).count();
    if rest.get(1..).is_some_and(|rest| rest.starts_with(STROKE)) {
        return None;
    }
    let is_mark = match *rest.first()? {
        b'>' | b'|' => true,
        b'#' => matches!(run(|byte| *byte == b'#'), length @ 1..=6 if ends_mark(length)),
        b'+' => ends_mark(1),
        b'-' => ends_mark(1) || line().all(|byte| matches!(byte, b'-' | b' ' | b'|' | b':')),
        b'=' => line().all(|byte| matches!(byte, b'=' | b' ')),
        b':' => rest.get(1) == Some(&b'-'),
        b'0'..=b'9' => {
            let digits = run(u8::is_ascii_digit);
            let is_number = digits <= 9 && matches!(rest.get(digits), Some(b'.' | b')')) && ends_mark(digits + 1);
            return is_number.then_some(digits);
        }
        _ => false,
    };
    is_mark.then_some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_in(place: Place, text: &str, expected: &str) {
        let mut out = String::new();
        Escape { text, place, line_break: "  \n" }.write(0..text.len(), true, &mut out);
        assert_eq!(out, expected, "{text}");
    }

    fn check(text: &str, expected: &str) {
        check_in(Place::Paragraph, text, expected);
    }

    #[test]
    fn what_would_be_markup_is_escaped() {
        check("*a* **b** 2*3", r"\*a\* \*\*b\*\* 2\*3");
        check("_a_ __init__", r"\_a\_ \_\_init\_\_");
        check("`a`", r"\`a\`");
        check("<b>a</b> <!--", r"\<b>a\</b> \<!--");
        check("&amp; &#65; &#x41;", r"\&amp; \&#65; \&#x41;");
        check("[a](b) [1]: c", r"\[a\](b) [1]: c");
        check("a [b](c) [1]: c", r"a [b\](c) [1]: c");
        check("~~a~~", r"\~~a\~~");
        check(r"\* \", r"\\\* \\");
        check("\u{1fef}a", "\\\u{1fef}a");
    }

    #[test]
    fn what_is_no_markup_is_left_alone() {
        for text in [
            "2 * 3 = 6",
            "snake_case_name",
            "a _ b",
            "1 < 2 <= 3",
            "AT&T & R&D 5;",
            "[1], [a] (b)",
            "a [1]: b",
            r"C:\dir",
            "a # b",
            "a | b",
            "~5",
        ] {
            check(text, text);
        }
        check("R&D;", r"R\&D;");
    }

    #[test]
    fn marks_of_blocks_are_escaped_where_lines_begin() {
        check("# a\n#b\n####### c", "\\# a  \n#b  \n####### c");
        check("- a\n-5\n---\n-- a\n+ b", "\\- a  \n-5  \n\\---  \n-- a  \n\\+ b");
        check("1. a\n2) b\n3.5\n1234567890. c\n4.", "1\\. a  \n2\\) b  \n3.5  \n1234567890. c  \n4\\.");
        check("> a\n===\n= b\n| a\n:-- a\n~~~", "\\> a  \n\\===  \n= b  \n\\| a  \n\\:-- a  \n\\~\\~~");
        check("* a\n_ b", "\\* a  \n\\_ b");
    }

    #[test]
    fn headings_and_cells_have_marks_of_their_own() {
        check_in(Place::Heading, "1. C # ##", r"1. C # \##");
        check_in(Place::Heading, "C#", "C#");
        check_in(Place::Heading, "#", r"\#");
        check_in(Place::Cell, "- a | b", r"- a \| b");
    }
}
