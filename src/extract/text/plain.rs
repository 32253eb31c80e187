//! Text without marks.
//!
//! Paragraphs and headings are set apart by an empty line, items of a list, rows of a table and lines of one block by
//! a line break, cells of a row by a tab: filters that judge lines and paragraphs see both. Empty cells keep their
//! tab, so that columns stay columns; in a cell all white space is a space. `pre` keeps its lines and indentation.

use super::Source;
use super::grid::Grid;
use super::joints::{self, Joint};
use super::outline::Outline;

/// Writes an outline.
pub fn write(source: Source<'_>, outline: &Outline) -> String {
    let mut out = String::new();
    for (index, entry) in outline.entries.iter().enumerate() {
        out.push_str(match joints::before(source, &outline.entries, index) {
            Joint::Start => "",
            Joint::Cells => "\t",
            Joint::Lines => "\n",
            Joint::Apart => "\n\n",
        });
        match entry.grid {
            Some(grid) => write_grid(source, outline, &outline.grids.list[grid as usize], &mut out),
            None => out.push_str(source.text_of(entry.block)),
        }
    }
    out
}

fn write_grid(source: Source<'_>, outline: &Outline, grid: &Grid, out: &mut String) {
    let grids = &outline.grids;
    let (mut row, mut column) = (None, 0);
    for cell in grids.cells_of(grid) {
        if row != Some(cell.row) {
            out.push_str(if row.is_some() { "\n" } else { "" });
            (row, column) = (Some(cell.row), 0);
        }
        while column < grid.column_of(cell) {
            out.push('\t');
            column += 1;
        }
        for (index, &block) in grids.blocks_of(cell).iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            out.extend(source.text_of(block).chars().map(|character| if character == '\n' { ' ' } else { character }));
        }
    }
}
