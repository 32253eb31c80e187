//! Text as Markdown: CommonMark with the tables of GitHub Flavored Markdown.
//!
//! Headings are number signs, items dashes or their numbers, terms are items and their definitions items inside them,
//! quotes begin with `>`, `pre` is a fenced block of code, tables of data are tables whose first row is the head.
//! Lines inside an item or a quote begin with its indentation or sign. A line break is two spaces at the end of a
//! line. Links keep their text, images are left out.

use super::Source;
use super::code_language;
use super::escape::Place;
use super::grid::{Cell, Grid};
use super::inline::{Inline, Line, longest_backticks};
use super::joints::{self, Joint};
use super::outline::{DEPTH_MAX, Entry, Mark, Outline};

/// Memory of one thread, filled anew for each page.
#[derive(Default)]
pub struct Scratch {
    inline: Inline,
    begun: Vec<bool>,
    /// A line break and what begins the next line of the entry at hand.
    next_line: String,
    /// The same with two spaces before it.
    broken_line: String,
}

struct Writer<'a> {
    source: Source<'a>,
    outline: &'a Outline,
    scratch: &'a mut Scratch,
    out: String,
}

/// Frames around an entry, outermost first.
struct Chain {
    frames: [u32; DEPTH_MAX],
    length: usize,
}

/// Writes an outline.
pub fn write(source: Source<'_>, outline: &Outline, scratch: &mut Scratch) -> String {
    scratch.begun.clear();
    scratch.begun.resize(outline.frames.len(), false);
    let mut writer = Writer { source, outline, scratch, out: String::new() };
    let mut index = 0;
    while index < outline.entries.len() {
        index = writer.write_entry(index);
    }
    writer.out
}

impl Chain {
    fn of(outline: &Outline, frame: u32) -> Self {
        let mut chain = Self { frames: [0; DEPTH_MAX], length: usize::from(outline.frames[frame as usize].depth) };
        let mut at = frame;
        for place in (0..chain.length).rev() {
            chain.frames[place] = at;
            at = outline.frames[at as usize].parent;
        }
        chain
    }

    fn frames(&self) -> &[u32] {
        &self.frames[..self.length]
    }
}

impl<'a> Writer<'a> {
    /// Writes the entry at `index` and returns the one after it.
    fn write_entry(&mut self, index: usize) -> usize {
        let entries = &self.outline.entries;
        let entry = entries[index];
        self.separate(index);
        self.begin(entry.at.frame);
        if let Some(grid) = entry.grid {
            self.write_table(&self.outline.grids.list[grid as usize]);
            return index + 1;
        }
        if entry.at.pre != 0 {
            let rest = entries[index..].iter();
            let end = index + rest.take_while(|next| next.grid.is_none() && next.at.pre == entry.at.pre).count();
            self.write_fence(&entries[index..end], code_language::of(self.source.page, entry.at.pre));
            return end;
        }
        let has_lines = self.source.text_of(entry.block).contains('\n');
        if has_lines && self.scratch.inline.is_all_code(self.source, entry.block) {
            self.write_fence(&entries[index..=index], None);
            return index + 1;
        }
        match self.source.block(entry.block).heading_level {
            0 => self.write_paragraph(entry.block),
            level => self.write_heading(entry.block, level),
        }
        index + 1
    }

    /// Sets an entry apart from the one before.
    fn separate(&mut self, index: usize) {
        let joint = joints::before(self.source, &self.outline.entries, index);
        let entry = &self.outline.entries[index];
        let Some(previous) = index.checked_sub(1).map(|previous| &self.outline.entries[previous]) else { return };
        self.out.push('\n');
        if joint == Joint::Lines && self.begins_item(previous.at.frame, &Chain::of(self.outline, entry.at.frame)) {
            return;
        }
        let (before, after) = (Chain::of(self.outline, previous.at.frame), Chain::of(self.outline, entry.at.frame));
        let common = before.frames().iter().zip(after.frames()).take_while(|(first, second)| first == second).count();
        let length = self.out.len();
        let is_quote = |frame: &u32| self.outline.frames[*frame as usize].mark == Mark::Quote;
        if after.frames()[..common].iter().any(is_quote) {
            for &frame in &after.frames()[..common] {
                push_indentation(self.outline.frames[frame as usize].mark, &mut self.out);
            }
            let trimmed = self.out[length..].trim_end().len();
            self.out.truncate(length + trimmed);
        }
        self.out.push('\n');
    }

    /// Whether an item begins here that may follow the line before. Only one that counts from 1 may follow the text
    /// of the item around it.
    fn begins_item(&self, before: u32, chain: &Chain) -> bool {
        let Some(first) = chain.frames().iter().find(|frame| !self.scratch.begun[**frame as usize]) else {
            return false;
        };
        let frame = self.outline.frames[*first as usize];
        match frame.mark {
            Mark::None | Mark::Quote => false,
            Mark::Bullet | Mark::Number(1) => true,
            Mark::Number(_) => frame.parent != before,
        }
    }

    /// Begins the first line of an entry.
    fn begin(&mut self, frame: u32) {
        let Scratch { begun, next_line, broken_line, .. } = &mut *self.scratch;
        next_line.clear();
        next_line.push('\n');
        for &frame in Chain::of(self.outline, frame).frames() {
            let mark = self.outline.frames[frame as usize].mark;
            if std::mem::replace(&mut begun[frame as usize], true) {
                push_indentation(mark, &mut self.out);
            } else {
                push_mark(mark, &mut self.out);
            }
            push_indentation(mark, next_line);
        }
        broken_line.clear();
        broken_line.push_str("  ");
        broken_line.push_str(next_line);
    }

    fn write_paragraph(&mut self, block: u32) {
        let Scratch { inline, broken_line, .. } = &mut *self.scratch;
        let line = Line { block, place: Place::Paragraph, is_strong: false, line_break: broken_line };
        inline.write(self.source, line, &mut self.out);
    }

    fn write_heading(&mut self, block: u32, level: u8) {
        self.out.extend(std::iter::repeat_n('#', usize::from(level)));
        self.out.push(' ');
        let line = Line { block, place: Place::Heading, is_strong: true, line_break: " " };
        self.scratch.inline.write(self.source, line, &mut self.out);
    }

    fn write_fence(&mut self, entries: &[Entry], language: Option<&str>) {
        let texts = || entries.iter().map(|entry| self.source.text_of(entry.block));
        let fence = texts().map(longest_backticks).max().unwrap_or(0).max(2) + 1;
        self.out.extend(std::iter::repeat_n('`', fence));
        self.out.push_str(language.unwrap_or_default());
        for line in texts().flat_map(|text| text.split('\n')) {
            let next_line = &self.scratch.next_line;
            self.out.push_str(if line.is_empty() { next_line.trim_end_matches(' ') } else { next_line });
            self.out.push_str(line);
        }
        self.out.push_str(&self.scratch.next_line);
        self.out.extend(std::iter::repeat_n('`', fence));
    }

    fn write_table(&mut self, grid: &Grid) {
        let outline = self.outline;
        let mut cells = outline.grids.cells_of(grid).peekable();
        let mut is_head = true;
        while let Some(row) = cells.peek().map(|cell| cell.row) {
            if !is_head {
                self.out.push_str(&self.scratch.next_line);
            }
            for column in 0..grid.width() {
                self.out.push_str("| ");
                if let Some(cell) = cells.next_if(|cell| cell.row == row && grid.column_of(cell) == column) {
                    self.write_cell(cell, is_head);
                    self.out.push(' ');
                }
            }
            self.out.push('|');
            if std::mem::take(&mut is_head) {
                self.out.push_str(&self.scratch.next_line);
                self.out.extend(std::iter::repeat_n("| --- ", grid.width() as usize));
                self.out.push('|');
            }
        }
    }

    fn write_cell(&mut self, cell: &Cell, is_strong: bool) {
        for (index, &block) in self.outline.grids.blocks_of(cell).iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            let line = Line { block, place: Place::Cell, is_strong, line_break: " " };
            self.scratch.inline.write(self.source, line, &mut self.out);
        }
    }
}

fn push_mark(mark: Mark, out: &mut String) {
    match mark {
        Mark::None => {}
        Mark::Quote => out.push_str("> "),
        Mark::Bullet => out.push_str("- "),
        Mark::Number(number) => {
            out.push_str(&number.to_string());
            out.push_str(". ");
        }
    }
}

/// What stands in place of a mark on the lines after it.
fn push_indentation(mark: Mark, out: &mut String) {
    match mark {
        Mark::None => {}
        Mark::Quote => out.push_str("> "),
        Mark::Bullet => out.push_str("  "),
        Mark::Number(number) => {
            let digits = number.checked_ilog10().unwrap_or(0) as usize + 1;
            out.extend(std::iter::repeat_n(' ', digits + 2));
        }
    }
}
