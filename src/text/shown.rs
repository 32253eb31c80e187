//! Text from elsewhere as people are shown it: pages, headers and names of files can hold anything, and a terminal obeys
//! some of it.
//!
//! A character is *hidden* if it shows nothing by itself and changes how what stands around it is shown: control
//! characters, which terminals take for commands; marks, embeddings, overrides and isolates of the bidirectional algorithm
//! (UAX #9, section 2), by which a text can be read otherwise than it is stored; line and paragraph separators; and
//! characters without width that tell two equal-looking names apart. Those that scripts and emoji are written with,
//! U+200C and U+200D, are not hidden, nor is the soft hyphen.
//!
//! Every text from elsewhere that reaches a terminal passes one of these functions.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

/// Whether a character is hidden.
pub fn is_hidden(c: char) -> bool {
    match c {
        ' '..='~' => false,
        '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}' => true,
        '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        c => c.is_control(),
    }
}

/// Whether a character is hidden, or shows nothing by itself: also what only some scripts and emoji are written with
/// (joiners, soft hyphens, fillers, variation selectors). In an address or a name, which people compare by eye, it tells
/// two apart that look the same.
pub fn is_unseen(c: char) -> bool {
    match c {
        ' '..='~' => false,
        '\u{00AD}' | '\u{115F}' | '\u{1160}' | '\u{200C}' | '\u{200D}' | '\u{3164}' | '\u{FFA0}' => true,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0080}'..='\u{E0FFF}' => true,
        c => is_hidden(c),
    }
}

/// Words of a page on one line: white space becomes a space, what is hidden U+FFFD.
pub fn line(text: &str) -> Cow<'_, str> {
    replaced(text, is_hidden, |out, c| {
        out.push(match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            _ => char::REPLACEMENT_CHARACTER,
        });
    })
}

/// A message of several lines: the same, but line breaks stay.
pub fn lines(text: &str) -> Cow<'_, str> {
    replaced(text, is_hidden, |out, c| {
        out.push(match c {
            '\n' => '\n',
            '\r' | '\t' => ' ',
            _ => char::REPLACEMENT_CHARACTER,
        });
    })
}

/// A name, such as that of a file, on one line: what is hidden is written as `\u{1b}`, so that the name can be found.
pub fn name(text: &str) -> Cow<'_, str> {
    replaced(text, is_hidden, |out, c| {
        write!(out, "{}", c.escape_unicode()).expect("a string takes all that is written to it")
    })
}

/// The name of a file or folder; bytes that are no UTF-8 become U+FFFD.
pub fn path(path: &Path) -> String {
    name(&path.to_string_lossy()).into_owned()
}

/// JSON that was made already: what is hidden or not seen is written as `\u001b`, which says the same to every reader of
/// JSON. Such characters stand in its strings only, but for the line breaks between its lines, which stay.
pub fn json(made: &str) -> Cow<'_, str> {
    replaced(made, is_unseen, |out, c| {
        if c == '\n' {
            return out.push(c);
        }
        let mut units = [0; 2];
        for unit in c.encode_utf16(&mut units) {
            write!(out, "\\u{unit:04x}").expect("a string takes all that is written to it");
        }
    })
}

fn replaced(text: &str, is_it: fn(char) -> bool, replace: impl Fn(&mut String, char)) -> Cow<'_, str> {
    let Some(first) = text.find(is_it) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for c in text[first..].chars() {
        if is_it(c) { replace(&mut out, c) } else { out.push(c) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        assert_eq!(line("a\u{1b}[2Jb\u{202E}c\n"), "a\u{FFFD}[2Jb\u{FFFD}c ");
        assert_eq!(line("a\u{9b}31m\u{7f}\u{2028}b\u{E0041}"), "a\u{FFFD}31m\u{FFFD} b\u{FFFD}");
        assert_eq!(lines("error: a\r\u{1b}c\nhint: b"), "error: a \u{FFFD}c\nhint: b");
        assert_eq!(name("a\nb\u{1b}.warc"), "a\\u{a}b\\u{1b}.warc");
        assert_eq!(json("{\n\"a\": \"\u{9b}\u{202e}\u{e0041}\"\n}"), "{\n\"a\": \"\\u009b\\u202e\\udb40\\udc41\"\n}");
        assert_eq!(json("[\"♥\u{fe0f}\u{e0100}\"]"), "[\"♥\\ufe0f\\udb40\\udd00\"]");
    }

    #[test]
    fn what_scripts_are_written_with_stays() {
        for text in ["naïve — “x”", "می\u{200C}خواهم", "👩\u{200D}🌾", "שלום", "Donau\u{AD}dampf"]
        {
            assert_eq!(line(text), text);
        }
    }

    proptest! {
        #[test]
        fn no_shown_text_holds_what_is_hidden(text in any::<String>()) {
            prop_assert!(!line(&text).contains(is_hidden));
            prop_assert!(!name(&text).contains(is_hidden));
            prop_assert!(!lines(&text).contains(|c| is_hidden(c) && c != '\n'));
        }

        #[test]
        fn escaped_json_says_the_same(text in any::<String>()) {
            let made = serde_json::json!({ text.clone(): [text] });
            for form in [made.to_string(), format!("{made:#}")] {
                let shown = json(&form);
                prop_assert!(!shown.contains(|c| is_unseen(c) && c != '\n'));
                prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&shown).expect("it is JSON"), &made);
            }
        }
    }
}
