//! Text as written into text as read: references decoded, white space squeezed, invisible characters left out.
//!
//! Every run of white space, no-break and ideographic spaces included, becomes one space; in `pre` spaces, tabs and
//! line breaks stay. Left out: control characters, soft hyphens, zero-width spaces, byte order marks, marks and
//! overrides of direction, noncharacters. Zero-width joiners and non-joiners stay after characters of scripts that
//! join (from Arabic on) and in emoji, and are left out elsewhere.

use super::eight;
use super::html::entities;

/// What a byte may begin.
const PLAIN: u8 = 0;
const SPACE: u8 = 1;
const REFERENCE: u8 = 2;
const CONTROL: u8 = 3;
/// First byte of characters of which some are spaces or invisible.
const LEAD: u8 = 4;

const KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [PLAIN; 256];
    let mut byte = 0;
    while byte < 0x20 {
        kinds[byte] = CONTROL;
        byte += 1;
    }
    kinds[0x7F] = CONTROL;
    let mut index = 0;
    let spaces = b" \t\n\r\x0c";
    while index < spaces.len() {
        kinds[spaces[index] as usize] = SPACE;
        index += 1;
    }
    kinds[b'&' as usize] = REFERENCE;
    // U+0080 to U+00BF; U+1680; U+2000 to U+2FFF; U+3000 to U+3FFF; U+F000 to U+FFFF; above U+FFFF.
    let leads = [0xC2, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0, 0xF1, 0xF2, 0xF3, 0xF4];
    let mut index = 0;
    while index < leads.len() {
        kinds[leads[index]] = LEAD;
        index += 1;
    }
    kinds
}

/// Writes squeezed text to the end of a string, block by block.
#[derive(Default)]
pub struct Squeezer {
    /// Whether white space stands before the next character. It is written only if one comes in the same block.
    space: bool,
    /// Where the block begins in the output.
    block_start: usize,
}

impl Squeezer {
    /// A new block begins at the end of `out`.
    pub fn begin(&mut self, out: &str) {
        (self.space, self.block_start) = (false, out.len());
    }

    /// White space stands here.
    pub fn space(&mut self) {
        self.space = true;
    }

    /// A line ends here, unless nothing stands before it in the block.
    pub fn line_break(&mut self, out: &mut String) {
        self.space = false;
        if out.len() > self.block_start {
            out.push('\n');
        }
    }

    /// Appends text, squeezed. `decode` says whether references are decoded: not in raw text.
    pub fn push(&mut self, text: &str, decode: bool, out: &mut String) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match KINDS[bytes[at] as usize] {
                PLAIN => {
                    let end = plain_end(bytes, at);
                    self.write(&text[at..end], out);
                    at = end;
                }
                SPACE => {
                    self.space = true;
                    at += 1;
                }
                CONTROL => at += 1,
                REFERENCE => at += self.reference(text, at, decode, out),
                _ => {
                    let character = text[at..].chars().next().unwrap_or(' ');
                    self.character(character, out);
                    at += character.len_utf8();
                }
            }
        }
    }

    /// Appends text of a `pre`: white space stays, line ends become `\n`.
    pub fn push_preformatted(&mut self, text: &str, decode: bool, out: &mut String) {
        let mut rest = text;
        loop {
            let as_it_is = rest.bytes().take_while(|&byte| stays_preformatted(byte)).count();
            out.push_str(&rest[..as_it_is]);
            rest = &rest[as_it_is..];
            let Some(next) = rest.chars().next() else { return };
            let mut used = next.len_utf8();
            match next {
                '&' if decode => match entities::decode(rest.as_bytes(), false) {
                    Some(reference) => {
                        used = reference.bytes;
                        preformatted(reference.first, out);
                        out.extend(reference.second);
                    }
                    None => out.push('&'),
                },
                '\r' if rest[1..].starts_with('\n') => {}
                _ => preformatted(next, out),
            }
            rest = &rest[used..];
        }
    }

    /// Decodes a reference and returns its bytes.
    fn reference(&mut self, text: &str, at: usize, decode: bool, out: &mut String) -> usize {
        match entities::decode(&text.as_bytes()[at..], false).filter(|_| decode) {
            Some(reference) => {
                self.character(reference.first, out);
                if let Some(second) = reference.second {
                    self.character(second, out);
                }
                reference.bytes
            }
            None => {
                self.write("&", out);
                1
            }
        }
    }

    fn character(&mut self, character: char, out: &mut String) {
        match role(character) {
            Role::Space => self.space = true,
            Role::Invisible => {}
            Role::Joiner if !self.space && joins(out[self.block_start..].chars().next_back()) => out.push(character),
            Role::Joiner => {}
            Role::Visible => self.write(character.encode_utf8(&mut [0; 4]), out),
        }
    }

    fn write(&mut self, text: &str, out: &mut String) {
        if self.space {
            self.space = false;
            if out.len() > self.block_start && !out.ends_with('\n') {
                out.push(' ');
            }
        }
        out.push_str(text);
    }
}

/// Whether a byte of preformatted text is written as it is.
fn stays_preformatted(byte: u8) -> bool {
    KINDS[byte as usize] == PLAIN || matches!(byte, b' ' | b'\n' | b'\t')
}

/// End of the run of plain bytes at `at`. Single spaces between plain bytes belong to it.
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        while let Some(plain) = eight::load(bytes, at).and_then(plain_of_eight) {
            at += plain;
        }
        while at < bytes.len() && KINDS[bytes[at] as usize] == PLAIN {
            at += 1;
        }
        let goes_on = bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(|&b| KINDS[b as usize] == PLAIN);
        if !goes_on {
            return at;
        }
        at += 1;
    }
}

/// How many of eight bytes that follow a plain one are of its run; none if that takes a closer look.
#[inline]
fn plain_of_eight(word: u64) -> Option<usize> {
    let spaces = eight::equal(word, b' ');
    let others = eight::below(word, b' ') | eight::equal(word, b'&') | eight::equal(word, 0x7F);
    if !eight::is_ascii(word) || others != 0 || spaces & spaces << 8 != 0 {
        return None;
    }
    // What follows a last space is not seen here.
    Some(if eight::is_last(spaces) { 7 } else { 8 })
}

enum Role {
    Visible,
    Space,
    Joiner,
    Invisible,
}

fn role(character: char) -> Role {
    match character {
        '\t' | '\n' | '\x0c' | '\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' => Role::Space,
        '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Role::Space,
        '\u{200c}' | '\u{200d}' => Role::Joiner,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{ad}' => Role::Invisible,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => Role::Invisible,
        '\u{180e}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff9}'..='\u{fffb}' => Role::Invisible,
        _ if character as u32 & 0xFFFE == 0xFFFE => Role::Invisible,
        _ => Role::Visible,
    }
}

/// Whether a joiner after this character may mean something: scripts from Arabic on, and emoji.
fn joins(before: Option<char>) -> bool {
    matches!(before, Some('\u{600}'..='\u{1fff}' | '\u{2190}'..='\u{2bff}' | '\u{a000}'..='\u{abff}' | '\u{fb50}'..))
}

fn preformatted(character: char, out: &mut String) {
    match character {
        '\n' | '\t' => out.push(character),
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
        _ => match role(character) {
            Role::Space => out.push(' '),
            Role::Visible => out.push(character),
            Role::Joiner if joins(out.chars().next_back()) => out.push(character),
            Role::Joiner | Role::Invisible => {}
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = String::from("before");
        let mut squeezer = Squeezer::default();
        squeezer.begin(&out);
        squeezer.push(text, true, &mut out);
        assert_eq!(&out[6..], expected, "{text:?}");
    }

    fn check_preformatted(text: &str, expected: &str) {
        let mut out = String::new();
        Squeezer::default().push_preformatted(text, true, &mut out);
        assert_eq!(out, expected, "{text:?}");
    }

    #[test]
    fn white_space_becomes_one_space_and_none_at_the_ends() {
        check("  a \t\r\n b  c ", "a b c");
        check("a&nbsp;&nbsp;b\u{3000}\u{2003}c", "a b c");
        check(" \u{a0}&#32; ", "");
        check("中文 字", "中文 字");
    }

    #[test]
    fn references_are_decoded_once() {
        check("a &amp;amp; b &lt;p&gt; AT&T &", "a &amp; b <p> AT&T &");
        check("&NotEqualTilde;&#8203;x", "≂̸x");
    }

    #[test]
    fn invisible_characters_are_left_out_and_joiners_kept_where_they_join() {
        check("a\0b\x07c\u{ad}d\u{200b}e\u{feff}f\u{202e}g\u{85}h", "abcdefg h");
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("क्\u{200d}ष", "क्\u{200d}ष");
        check("👩\u{200d}💻", "👩\u{200d}💻");
        check("a\u{200d}b\u{200c} c", "ab c");
        check("\u{200d}a", "a");
        check("a\u{fffe}\u{1ffff}&#x10FFFE;\u{fdd0}b\u{1f600}", "ab\u{1f600}");
    }

    #[test]
    fn preformatted_text_keeps_its_lines_and_indentation() {
        check_preformatted("a\r\n  b\r\tc\u{a0}d\0 &lt;e", "a\n  b\n\tc d <e");
    }
}
