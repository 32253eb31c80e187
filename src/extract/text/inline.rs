//! A block's text with the marks of emphasis, strong emphasis and code.
//!
//! Marks come from the elements between a text node and its block. `em` and `i` are emphasis, `strong` and `b` strong
//! emphasis, `code`, `kbd`, `samp` and `tt` code; links keep their text alone. Marks that Markdown could not read back
//! are left out: those inside a word, those next to marks that end there, and those beside punctuation as the flanking
//! rules of CommonMark 0.31, section 6.2, have it, and those that would tear an accent from its letter. So marks are always closed, and always nested.

use unicode_normalization::char::is_combining_mark;

use super::super::blocks::{Block, Run};
use super::super::html::tag::Tag;
use super::super::html::tree::Page;
use super::Source;
use super::escape::{Escape, Place, VARIA};

const EMPHASIS: u8 = 1;
const STRONG: u8 = 2;
const CODE: u8 = 4;
/// Elements that are looked at between a text node and its block.
const LEVELS_MAX: usize = 16;

/// What is written.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// The block.
    pub block: u32,
    /// Where it stands.
    pub place: Place,
    /// Whether it is strong by itself, so that strong emphasis says nothing.
    pub is_strong: bool,
    /// What is written for a line break.
    pub line_break: &'a str,
}

/// A part of a block's text, in bytes from its beginning.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
    marks: u8,
    /// The element that makes it code, or 0.
    code: u32,
}

/// A stretch of text that may be marked.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: usize,
    end: usize,
    is_strong: bool,
    /// Whether it begins with code, and so with a backtick.
    begins_with_code: bool,
    /// Whether it ends with code.
    ends_with_code: bool,
}

/// A mark, where it is written.
#[derive(Clone, Copy, Debug)]
struct Delimiter {
    at: usize,
    /// Order of marks at one place: closing before opening, emphasis inside strong emphasis.
    rank: u8,
    text: &'static str,
}

/// Memory for one block after the other.
#[derive(Default)]
pub struct Inline {
    raw: Vec<Piece>,
    pieces: Vec<Piece>,
    spans: Vec<Span>,
    delimiters: Vec<Delimiter>,
}

impl Inline {
    /// Writes a block's text.
    pub fn write(&mut self, source: Source<'_>, line: Line<'_>, out: &mut String) {
        let text = source.text_of(line.block);
        let escape = Escape { text, place: line.place, line_break: line.line_break };
        self.read_marks(source, line.block, if line.is_strong { STRONG } else { 0 });
        if self.raw.iter().all(|piece| piece.marks == 0) {
            return escape.write(0..text.len(), true, out);
        }
        self.join_code(text);
        self.find_spans(text);
        self.place_delimiters(text);
        let mut delimiters = self.delimiters.iter().peekable();
        for group in self.pieces.chunk_by(|first, second| (first.marks | second.marks) & CODE == 0) {
            let (mut at, end) = (group[0].start, group[group.len() - 1].end);
            while at < end {
                let length = out.len();
                while let Some(delimiter) = delimiters.next_if(|delimiter| delimiter.at <= at) {
                    out.push_str(delimiter.text);
                }
                let is_bare = out.len() == length;
                let to = delimiters.peek().map_or(end, |next| next.at.min(end));
                if group[0].marks & CODE != 0 {
                    write_code(&text[at..to], line.place, out);
                } else {
                    escape.write(at..to, is_bare && (at == 0 || text.as_bytes()[at - 1] == b'\n'), out);
                }
                at = to;
            }
        }
        for delimiter in delimiters {
            out.push_str(delimiter.text);
        }
    }

    /// Whether all of a block is code.
    pub fn is_all_code(&mut self, source: Source<'_>, block: u32) -> bool {
        self.read_marks(source, block, 0);
        !self.raw.is_empty() && self.raw.iter().all(|piece| piece.marks & CODE != 0)
    }

    fn read_marks(&mut self, source: Source<'_>, index: u32, ignored: u8) {
        let (block, range) = (source.block(index), source.range_of(index));
        let runs = runs_of(&source.blocks.runs, block);
        self.raw.clear();
        for (index, run) in runs.iter().enumerate() {
            let end = runs.get(index + 1).map_or(block.end, |next| next.start);
            let place = |at: u32| (at as usize).clamp(range.start, range.end) - range.start;
            let (start, end) = (place(run.start), place(end));
            let (marks, code) = marks_of(source.page, run.node, block.container);
            let piece = Piece { start, end, marks: marks & !ignored, code };
            match self.raw.last_mut() {
                Some(last) if last.marks == piece.marks && last.code == piece.code => last.end = piece.end,
                _ if piece.start == piece.end => {}
                _ => self.raw.push(piece),
            }
        }
    }

    /// Makes one piece of code of those that touch, without the space at its ends.
    fn join_code(&mut self, text: &str) {
        self.pieces.clear();
        let touch =
            |at: usize| !text[..at].ends_with(char::is_whitespace) && !text[at..].starts_with(char::is_whitespace);
        let is_one = |first: &Piece, second: &Piece| first.code == second.code || touch(second.start);
        for group in self.raw.chunk_by(|first, second| first.marks & second.marks & CODE != 0 && is_one(first, second))
        {
            let marks = group.iter().fold(u8::MAX, |marks, piece| marks & piece.marks);
            let (start, end) = (group[0].start, group[group.len() - 1].end);
            let (first, last) = if marks & CODE != 0 { trimmed(text, start, end) } else { (end, end) };
            let tears = |at: usize| text[at..].starts_with(is_combining_mark);
            let marks = if tears(first) || tears(last) { marks & !CODE } else { marks };
            let parts = [(start, first, marks & !CODE), (first, last, marks), (last, end, marks & !CODE)];
            let parts = parts.into_iter().filter(|(start, end, _)| start < end);
            self.pieces.extend(parts.map(|(start, end, marks)| Piece { start, end, marks, code: 0 }));
        }
    }

    /// Stretches of strong emphasis, and of emphasis inside or outside of them.
    fn find_spans(&mut self, text: &str) {
        self.spans.clear();
        for (mark, same) in [(STRONG, STRONG), (EMPHASIS, EMPHASIS | STRONG)] {
            for group in self.pieces.chunk_by(|first, second| (first.marks ^ second.marks) & same == 0) {
                if group[0].marks & mark == 0 {
                    continue;
                }
                let (start, end) = trimmed(text, group[0].start, group[group.len() - 1].end);
                let is_code = |piece: Option<&Piece>| piece.is_some_and(|piece| piece.marks & CODE != 0);
                let span = Span {
                    start,
                    end,
                    is_strong: mark == STRONG,
                    begins_with_code: is_code(group.iter().find(|piece| piece.end > start)),
                    ends_with_code: is_code(group.iter().rfind(|piece| piece.start < end)),
                };
                self.spans.extend((start < end).then_some(span));
            }
        }
        self.spans.sort_unstable_by_key(|span| (span.start, !span.is_strong));
    }

    fn place_delimiters(&mut self, text: &str) {
        self.delimiters.clear();
        let mut ends = [usize::MAX; 2];
        for span in &self.spans {
            if ends.contains(&span.start) || !span.can_stand(text) {
                continue;
            }
            let (delimiter, opens, closes) = if span.is_strong { ("**", 2, 1) } else { ("*", 3, 0) };
            self.delimiters.push(Delimiter { at: span.start, rank: opens, text: delimiter });
            self.delimiters.push(Delimiter { at: span.end, rank: closes, text: delimiter });
            ends[usize::from(span.is_strong)] = span.end;
        }
        self.delimiters.sort_unstable_by_key(|delimiter| (delimiter.at, delimiter.rank));
    }
}

impl Span {
    /// Whether marks around it are read as such.
    fn can_stand(&self, text: &str) -> bool {
        let (before, after) = (text[..self.start].chars().next_back(), text[self.end..].chars().next());
        let inner = &text[self.start..self.end];
        let first = if self.begins_with_code { Some('`') } else { inner.chars().next() };
        let last = if self.ends_with_code { Some('`') } else { inner.chars().next_back() };
        !first.is_some_and(is_combining_mark) && can_stand(before, first) && can_stand(after, last)
    }
}

/// The runs of a block.
fn runs_of<'a>(runs: &'a [Run], block: &Block) -> &'a [Run] {
    let first = runs.partition_point(|run| run.node < block.first);
    let rest = &runs[first..];
    &rest[..rest.partition_point(|run| run.node <= block.last)]
}

/// The marks of a text node in its block, and the outermost element that makes it code.
fn marks_of(page: Page<'_>, node: u32, container: u32) -> (u8, u32) {
    let nodes = &page.tree.nodes;
    let (mut marks, mut code, mut at) = (0, 0, node);
    for _ in 0..LEVELS_MAX {
        at = nodes[at as usize].parent;
        if at == container || at == 0 {
            break;
        }
        marks |= match nodes[at as usize].tag {
            Tag::Em | Tag::I => EMPHASIS,
            Tag::Strong | Tag::B => STRONG,
            Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => {
                code = at;
                CODE
            }
            _ => 0,
        };
    }
    (marks, code)
}

/// A stretch of text without the white space at its ends.
fn trimmed(text: &str, start: usize, end: usize) -> (usize, usize) {
    let inner = text[start..end].trim_start();
    let first = end - inner.len();
    (first, first + inner.trim_end().len())
}

/// Whether a mark is read as one between these two; letters of scripts with spaces stand in one word.
fn can_stand(outside: Option<char>, inside: Option<char>) -> bool {
    let Some(outside) = outside.filter(|outside| !outside.is_whitespace()) else { return true };
    if is_punctuation(outside) {
        return true;
    }
    let has_spaces = |character: char| character < '\u{2e80}';
    !is_combining_mark(outside)
        && inside.is_some_and(|inside| inside.is_alphanumeric() && !(has_spaces(inside) && has_spaces(outside)))
}

/// Whether a character is surely punctuation or a symbol.
fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation()
        || matches!(character, '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
        || matches!(character, '\u{ab}' | '\u{bb}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff1f}')
}

/// Code between as many backticks as it takes.
fn write_code(code: &str, place: Place, out: &mut String) {
    let fence = longest_backticks(code) + 1;
    let touches = |character: Option<char>| matches!(character, Some('`' | VARIA));
    let space = if touches(code.chars().next()) || touches(code.chars().next_back()) { " " } else { "" };
    out.extend(std::iter::repeat_n('`', fence));
    out.push_str(space);
    for character in code.chars() {
        match character {
            '\n' => out.push(' '),
            '|' if place == Place::Cell => out.push_str("\\|"),
            _ => out.push(character),
        }
    }
    out.push_str(space);
    out.extend(std::iter::repeat_n('`', fence));
}

/// Length of the longest run of backticks.
pub fn longest_backticks(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    if text.contains(['`', VARIA]) {
        for character in text.chars() {
            run = if matches!(character, '`' | VARIA) { run + 1 } else { 0 };
            longest = longest.max(run);
        }
    }
    longest
}
