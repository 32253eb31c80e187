//! Words for a terminal: headings and pairs, with nothing from a page that a terminal would take for a command.

use std::io::IsTerminal;

use crate::document::reason::Matched;
use crate::text::shown;

/// How a page of output is built up.
pub struct Page {
    out: String,
    styled: bool,
}

/// Width of the names of pairs.
const NAME_WIDTH: usize = 18;

impl Page {
    /// An empty page; styled if standard output is a terminal and `NO_COLOR` is not set.
    pub fn new() -> Self {
        let styled = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { out: String::new(), styled }
    }

    /// A heading with a blank line before it.
    pub fn heading(&mut self, words: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.styled(&shown::line(words), "1");
        self.out.push('\n');
    }

    /// A name and a value on one line.
    pub fn pair(&mut self, name: &str, value: &str) {
        self.out.push_str("  ");
        let padded = format!("{:NAME_WIDTH$}", shown::line(name));
        self.styled(&padded, "2");
        self.out.push(' ');
        self.out.push_str(&shown::line(value));
        self.out.push('\n');
    }

    /// A name and a value, if there is one.
    pub fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.pair(name, value);
        }
    }

    /// A line as it is, indented.
    pub fn line(&mut self, words: &str) {
        self.out.push_str("  ");
        self.out.push_str(&shown::line(words));
        self.out.push('\n');
    }

    /// A line that tells whether something is well.
    pub fn verdict(&mut self, words: &str, is_well: bool) {
        self.out.push_str("  ");
        self.styled(&shown::line(words), if is_well { "32" } else { "33" });
        self.out.push('\n');
    }

    /// The page.
    pub fn finish(self) -> String {
        self.out
    }

    fn styled(&mut self, words: &str, code: &str) {
        if self.styled {
            self.out.push_str(&format!("\u{1b}[{code}m{words}\u{1b}[0m"));
        } else {
            self.out.push_str(words);
        }
    }
}

impl Default for Page {
    fn default() -> Self {
        Self::new()
    }
}

/// Which texts a document was found to hold.
pub fn matched_words(matched: &Matched) -> String {
    let Matched { sets, at, share } = matched;
    format!("{sets}, first with {at}; {:.1} % of the words", 100.0 * share)
}

/// The first `max` characters, with an ellipsis if there are more.
pub fn shortened(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_shortened_at_the_bound() {
        assert_eq!(shortened("äöü", 3), "äöü");
        assert_eq!(shortened("äöüß", 3), "äöü…");
    }
}
