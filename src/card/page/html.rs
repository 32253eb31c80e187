//! HTML that is well formed and escaped by the way it is written.
//!
//! Names of elements and attributes are constants of the program, and every element is closed by the call that opened it.
//! All other text is escaped, so that nothing from a page of the crawl can become markup, leave its attribute, or turn
//! the direction of the text around it. What is written is well-formed XML, too.

use crate::text::shown::is_hidden;

/// Elements after which a line ends, so that the source of a page can be read.
const ENDS_LINE: [&str; 29] = [
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "footer", "h1", "h2", "h3",
    "p", "ol", "ul", "li", "dl", "div", "table", "caption", "thead", "tbody", "tr", "svg", "desc", "details", "g",
];

/// HTML that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    out: String,
}

impl Html {
    /// An element with what `inside` writes into it.
    pub fn element(&mut self, name: &'static str, attributes: &[(&'static str, &str)], inside: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        self.out.push('>');
        inside(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self.end_line(name);
    }

    /// An element that holds nothing.
    pub fn void(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.open(name, attributes);
        self.out.push_str("/>");
        self.end_line(name);
    }

    /// An element that holds text alone.
    pub fn leaf(&mut self, name: &'static str, attributes: &[(&'static str, &str)], text: &str) {
        self.element(name, attributes, |html| html.text(text));
    }

    /// A paragraph of text.
    pub fn paragraph(&mut self, text: &str) {
        self.leaf("p", &[], text);
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// Text from a page of the crawl: escaped, at most `chars_max` characters of it, its direction kept to itself.
    pub fn foreign(&mut self, text: &str, chars_max: usize) {
        self.element("bdi", &[], |html| html.text(&clipped(text, chars_max)));
    }

    /// Markup of the program's own.
    pub fn markup(&mut self, markup: &'static str) {
        self.out.push_str(markup);
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.out
    }

    fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes {
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            escape(&mut self.out, value);
            self.out.push('"');
        }
    }

    fn end_line(&mut self, name: &str) {
        if ENDS_LINE.contains(&name) {
            self.out.push('\n');
        }
    }
}

/// At most so many characters, with an ellipsis where the text goes on.
pub fn clipped(text: &str, chars_max: usize) -> String {
    match text.char_indices().nth(chars_max) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// White space is one kind of white space; what is hidden is shown as U+FFFD; so are those that XML has no place for.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c if is_hidden(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
}

/// The address of a link, if a reader may be sent there: `http` and `https` alone.
pub fn link_target(address: &str) -> Option<String> {
    /// Beyond this an address is shown and does not lead anywhere.
    const BYTES_MAX: usize = 2_048;
    if address.len() > BYTES_MAX {
        return None;
    }
    let parsed = url::Url::parse(address).ok()?;
    let names_nobody = parsed.username().is_empty() && parsed.password().is_none();
    (matches!(parsed.scheme(), "http" | "https") && names_nobody).then(|| parsed.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut html = Html::default();
        html.leaf("a", &[("title", text)], text);
        html.into_string()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(written(text), format!("<a title=\"{expected}\">{expected}</a>"));
    }

    #[test]
    fn text_never_becomes_markup() {
        check("</a><script>x</script>", "&lt;/a&gt;&lt;script&gt;x&lt;/script&gt;");
        check("\" onclick='x' &amp;", "&quot; onclick=&#39;x&#39; &amp;amp;");
        check("a\nb\tc\rd\u{2028}e", "a b c d e");
        check("\u{202E}live\u{2069}\0\u{1B}[1m\u{85}", "\u{FFFD}live\u{FFFD}\u{FFFD}\u{FFFD}[1m\u{FFFD}");
    }

    #[test]
    fn links_lead_to_the_web_or_nowhere() {
        let check = |address: &str, expected: Option<&str>| assert_eq!(link_target(address).as_deref(), expected);
        check("https://example.org/a?b=\"c\"", Some("https://example.org/a?b=%22c%22"));
        check("HTTP://example.org", Some("http://example.org/"));
        for nowhere in ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//example.org", "x", ""] {
            check(nowhere, None);
        }
        check("https://bank.example@evil.example/", None);
        check(&format!("https://example.org/{}", "x".repeat(2_048)), None);
    }

    #[test]
    fn texts_are_clipped_between_characters() {
        assert_eq!((clipped("äöü", 3), clipped("äöü", 2)), ("äöü".to_owned(), "äö…".to_owned()));
    }

    proptest! {
        #[test]
        fn no_text_leaves_its_place(text in "\\PC*|[<>&\"'/=a ]*") {
            let html = written(&text);
            prop_assert_eq!(html.matches('<').count(), 2);
            prop_assert_eq!(html.matches('>').count(), 2);
            prop_assert_eq!(html.matches('"').count(), 2);
        }
    }
}
