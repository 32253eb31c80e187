//! Cuts a page into tags and runs of text.
//!
//! Follows the tokenizer of the HTML Standard, section 13.2.5, for what is kept: comments, doctypes and processing
//! instructions are read over, references stay undecoded, and the tree builder says when an element holds raw text.
//! Left out is what leaves no text: parse errors, the parts of doctypes, the text of comments, quirks mode. Names, text
//! and values stay as written, and whoever reads them decodes references, replaces U+0000 and reads `\r` as `\n`.
//! Otherwise than in the standard, an end tag that the end of the page cuts off ends raw text, and a script that never
//! leaves a script in a comment ends at its first end tag.
//! Every byte is looked at a bounded number of times: each search begins where the one before it ended.

use memchr::{memchr, memchr2, memmem};

use super::super::eight;
use super::attribute::{self, Attribute, is_space};
use super::tag::Tag;

/// A piece of a page. Offsets are bytes of the page.
#[derive(Clone, Copy, Debug)]
pub enum Token {
    /// Text, references undecoded.
    Text {
        /// First byte.
        start: usize,
        /// Byte after the last.
        end: usize,
    },
    /// `<name …>`; its attributes have been appended to the list given.
    Start(StartTag),
    /// `</name>`
    End {
        /// Kind of the element.
        tag: Tag,
        /// Hash of its name, which tells unknown elements apart.
        hash: u32,
        /// Where its `<` stands.
        start: usize,
    },
}

/// `<name …>`
#[derive(Clone, Copy, Debug)]
pub struct StartTag {
    /// Kind of the element.
    pub tag: Tag,
    /// Hash of its name.
    pub hash: u32,
    /// Where its `<` stands.
    pub start: usize,
    /// Byte after its `>`.
    pub end: usize,
    /// Whether it ends in `/>`.
    pub self_closing: bool,
}

/// Reads tokens from a page.
pub struct Tokenizer<'a> {
    page: &'a [u8],
    at: usize,
    raw: Option<&'static [u8]>,
    attributes_max: usize,
    /// Whether the next token stands in a drawing or formula, where `<![CDATA[` is text.
    pub in_foreign: bool,
    /// Whether the next token stands in a `noscript`: raw text ends with it, since it is raw text itself to a browser
    /// that runs scripts, so that an `iframe` left open in it does no harm there.
    pub in_noscript: bool,
    /// Whether white space between two tags is read over, and only said in `blank`.
    pub skips_blanks: bool,
    /// Whether white space was read over since this was last unset.
    pub blank: bool,
    /// Where the `noscript` that raw text was last looked for in ends.
    noscript_end: usize,
    /// A script that opens a comment and a script and never closes them reaches to the end once, not each time.
    scripts_nest: bool,
    end_tags: memmem::Finder<'static>,
    comments: memmem::Finder<'static>,
    /// Counted work: one for each token, attribute and search.
    pub steps: u64,
}

impl<'a> Tokenizer<'a> {
    /// A reader at the start of a page. Attributes of one tag beyond `attributes_max` are read over.
    pub fn new(page: &'a str, attributes_max: usize) -> Self {
        let page = page.as_bytes();
        Self {
            page,
            at: 0,
            raw: None,
            attributes_max,
            in_foreign: false,
            in_noscript: false,
            skips_blanks: false,
            blank: false,
            noscript_end: 0,
            scripts_nest: true,
            end_tags: memmem::Finder::new(b"</"),
            comments: memmem::Finder::new(b"<!--"),
            steps: 0,
        }
    }

    /// Says that the element just begun holds raw text up to its end tag.
    pub fn enter_raw(&mut self, tag: Tag) {
        self.raw = match tag {
            Tag::Script => Some(b"script"),
            Tag::Style => Some(b"style"),
            Tag::Title => Some(b"title"),
            Tag::Textarea => Some(b"textarea"),
            Tag::Iframe => Some(b"iframe"),
            Tag::Noframes => Some(b"noframes"),
            Tag::Noembed => Some(b"noembed"),
            Tag::Xmp => Some(b"xmp"),
            _ => Some(b""),
        };
    }

    /// The next token; appends the attributes of a start tag to `attributes`.
    #[inline(always)]
    pub fn next(&mut self, attributes: &mut Vec<Attribute>) -> Option<Token> {
        if let Some(name) = self.raw.take() {
            let (start, end) = (self.at, self.raw_end(name));
            self.at = end;
            if start < end {
                return Some(Token::Text { start, end });
            }
        }
        while self.at < self.page.len() {
            self.steps += 1;
            let start = self.at;
            let text = if self.skips_blanks { self.after_blank(start) } else { start };
            let Some(lt) = self.find_markup(text) else {
                self.at = self.page.len();
                return Some(Token::Text { start, end: self.at });
            };
            self.at = lt;
            if lt > text {
                return Some(Token::Text { start, end: lt });
            }
            self.blank |= text > start;
            let token = match self.page[lt + 1] {
                b'/' => self.end_tag(lt, attributes),
                b'!' | b'?' => self.declaration(lt),
                _ => self.start_tag(lt, attributes),
            };
            if token.is_some() {
                return token;
            }
        }
        None
    }

    /// The first byte from `at` on that is no white space.
    #[inline]
    fn after_blank(&self, mut at: usize) -> usize {
        while self.page.get(at).is_some_and(|&byte| is_space(byte)) {
            at += 1;
        }
        at
    }

    /// The next `<` that begins markup; any other is text, and so is a `</` that the page ends in.
    #[inline(always)]
    fn find_markup(&mut self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            // A tag often follows the one before it at once.
            let lt = if self.page.get(at) == Some(&b'<') { at } else { eight::find(b'<', self.page, at)? };
            let next = *self.page.get(lt + 1)?;
            let is_markup = match next {
                b'!' | b'?' => true,
                b'/' => lt + 2 < self.page.len(),
                _ => next.is_ascii_alphabetic(),
            };
            if is_markup {
                return Some(lt);
            }
            self.steps += 1;
            at = lt + 1;
        }
    }

    /// Kind and hash of the name at `from`, and the byte after it.
    #[inline]
    fn name(&self, from: usize) -> (Tag, u32, usize) {
        if let Some(word) = eight::load(self.page, from) {
            // Nearly all that is below a digit ends a name; where it does not, no short name is found.
            let hits = eight::below(word, b'0') | eight::equal(word, b'>');
            let length = eight::before(hits);
            if let Some(&after) = self.page.get(from + length)
                && ends_name(after)
                && let Some((tag, hash)) = Tag::of_short(eight::small(word, length))
            {
                return (tag, hash, from + length);
            }
        }
        self.long_name(from)
    }

    fn long_name(&self, from: usize) -> (Tag, u32, usize) {
        let rest = &self.page[from..];
        let length = rest.iter().position(|&byte| ends_name(byte)).unwrap_or(rest.len());
        let (tag, hash) = Tag::of(&rest[..length]);
        (tag, hash, from + length)
    }

    /// A tag that the page's end cuts off is no tag, and nothing follows it.
    #[inline(always)]
    fn start_tag(&mut self, lt: usize, attributes: &mut Vec<Attribute>) -> Option<Token> {
        let (tag, hash, name_end) = self.name(lt + 1);
        let Some(end) = attribute::scan(self.page, name_end, self.attributes_max, attributes) else {
            self.at = self.page.len();
            return None;
        };
        self.at = end.end;
        self.steps += end.seen as u64;
        Some(Token::Start(StartTag { tag, hash, start: lt, end: end.end, self_closing: end.self_closing }))
    }

    /// `</` without a letter is a comment up to `>`, as the standard has it.
    #[inline(always)]
    fn end_tag(&mut self, lt: usize, attributes: &mut Vec<Attribute>) -> Option<Token> {
        if !self.page.get(lt + 2).is_some_and(u8::is_ascii_alphabetic) {
            self.skip_past(b'>', lt + 2);
            return None;
        }
        let (tag, hash, name_end) = self.name(lt + 2);
        if self.page.get(name_end) == Some(&b'>') {
            self.at = name_end + 1;
            return Some(Token::End { tag, hash, start: lt });
        }
        let Some(end) = attribute::scan(self.page, name_end, 0, attributes) else {
            self.at = self.page.len();
            return None;
        };
        self.at = end.end;
        self.steps += end.seen as u64;
        Some(Token::End { tag, hash, start: lt })
    }

    /// Reads over `<!…>`, `<?…>` and comments; the text of a `<![CDATA[` of a drawing or formula is a token.
    fn declaration(&mut self, lt: usize) -> Option<Token> {
        let rest = &self.page[lt..];
        if rest.starts_with(b"<!--") {
            self.comment(lt + 4);
            return None;
        }
        if self.in_foreign && rest.starts_with(b"<![CDATA[") {
            let start = lt + 9;
            let end = memmem::find(&self.page[start..], b"]]>").map_or(self.page.len(), |offset| start + offset);
            self.at = (end + 3).min(self.page.len());
            return (start < end).then_some(Token::Text { start, end });
        }
        self.skip_past(b'>', lt + 2);
        None
    }

    /// A comment ends at `-->` or `--!>`, and at once in `<!-->` and `<!--->`.
    fn comment(&mut self, start: usize) {
        let rest = &self.page[start..];
        if rest.starts_with(b">") || rest.starts_with(b"->") {
            return self.skip_past(b'>', start);
        }
        let mut at = start;
        while let Some(offset) = memchr(b'>', &self.page[at..]) {
            self.steps += 1;
            at += offset + 1;
            let text = &self.page[start..at];
            if text.ends_with(b"-->") || text.ends_with(b"--!>") {
                self.at = at;
                return;
            }
        }
        self.at = self.page.len();
    }

    fn skip_past(&mut self, byte: u8, from: usize) {
        self.at = memchr(byte, &self.page[from..]).map_or(self.page.len(), |offset| from + offset + 1);
    }

    /// Where the raw text that begins here ends: at `</name`, else at the end of the page.
    fn raw_end(&mut self, name: &[u8]) -> usize {
        let start = self.at;
        let to = if self.in_noscript { self.end_of_noscript(start) } else { self.page.len() };
        let Some(end) = self.find_end_tag(name, start, to) else { return to };
        if name != b"script" || !self.scripts_nest {
            return end;
        }
        self.script_end(start, end)
    }

    /// The next `</noscript`, else the end of the page. Looked for once, not for each element in it.
    fn end_of_noscript(&mut self, from: usize) -> usize {
        if self.noscript_end < from {
            let to = self.page.len();
            self.noscript_end = self.find_end_tag(b"noscript", from, to).unwrap_or(to);
        }
        self.noscript_end
    }

    fn find_end_tag(&mut self, name: &[u8], from: usize, to: usize) -> Option<usize> {
        if name.is_empty() {
            return None;
        }
        let mut at = from;
        loop {
            let lt = at + self.end_tags.find(self.page.get(at..to)?)?;
            self.steps += 1;
            if self.is_name_at(name, lt + 2) {
                return Some(lt);
            }
            at = lt + 2;
        }
    }

    fn is_name_at(&self, name: &[u8], at: usize) -> bool {
        let Some(found) = self.page.get(at..at + name.len()) else { return false };
        let after = self.page.get(at + name.len()).copied().unwrap_or(b'>');
        found.eq_ignore_ascii_case(name) && ends_name(after)
    }

    /// The end of a script that may hold `<!-- <script> … </script> -->`, given its first `</script`.
    ///
    /// A browser takes everything to the end of the page if that is never closed; here the first `</script` then ends
    /// it, since more is lost than won.
    fn script_end(&mut self, start: usize, first_end: usize) -> usize {
        // Nearly no script holds a comment of this kind.
        let Some(comment) = self.comments.find(&self.page[start..first_end]) else { return first_end };
        let mut state = Script::Plain;
        // The dashes that open a comment may be those that close it: `<!-->`.
        let (mut at, mut dashes_from) = (start + comment, 0);
        while let Some(offset) = memchr2(b'<', b'>', &self.page[at..]) {
            self.steps += 1;
            let found = at + offset;
            at = found + 1;
            let rest = &self.page[found..];
            if rest[0] == b'>' {
                if state != Script::Plain && found >= dashes_from + 2 && self.page[..found].ends_with(b"--") {
                    state = Script::Plain;
                }
            } else if state == Script::Plain && rest.starts_with(b"<!--") {
                (state, at, dashes_from) = (Script::Escaped, found + 4, found + 2);
            } else if state == Script::Escaped && self.is_name_at(b"script", found + 1) {
                state = Script::Nested;
            } else if rest.starts_with(b"</") && self.is_name_at(b"script", found + 2) {
                if state != Script::Nested {
                    return found;
                }
                state = Script::Escaped;
            }
        }
        self.scripts_nest = false;
        first_end
    }
}

fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

/// Where in a script a byte stands: the standard's script data, escaped and double escaped states.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Plain,
    Escaped,
    Nested,
}
