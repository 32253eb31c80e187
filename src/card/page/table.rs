//! Tables: a caption, headings with a scope, and a box of their own to scroll in where the page is narrow.

use super::figure::{Figure, Share};
use super::html::Html;

/// Rows beyond which a table scrolls down in its box, too; paper shows all of it.
const ROWS_IN_VIEW: usize = 40;

/// A table.
pub struct Table {
    /// Name of its anchor, for the label of its box.
    pub id: &'static str,
    /// What it shows.
    pub caption: &'static str,
    /// Headings of the columns.
    pub columns: Vec<Column>,
    /// Cells, row by row; the first of a row is its heading.
    pub rows: Vec<Vec<Cell>>,
}

/// Heading of a column.
pub struct Column {
    /// Its words.
    pub heading: String,
    /// Whether it holds numbers, which stand to the right.
    pub is_number: bool,
}

/// What stands in a cell.
pub enum Cell {
    /// Words.
    Text(String),
    /// A name that programs use: of a stage, a reason, a digest.
    Code(String),
    /// Words or names from pages of the crawl.
    Foreign(String),
    /// A number.
    Figure(Figure),
    /// A part.
    Share(Share),
    /// A number that is not a figure of the record by itself.
    Aside(String),
    /// Nothing is known.
    Dash,
}

/// Most characters of a name from a page of the crawl.
const FOREIGN_CHARS_MAX: usize = 120;

/// A column of words.
pub fn words(heading: &str) -> Column {
    Column { heading: heading.to_owned(), is_number: false }
}

/// A column of numbers.
pub fn number(heading: &str) -> Column {
    Column { heading: heading.to_owned(), is_number: true }
}

/// Writes a table; one without rows is left out.
pub fn write(html: &mut Html, table: &Table) {
    if table.rows.is_empty() {
        return;
    }
    let caption = format!("{}-caption", table.id);
    let class = if table.rows.len() > ROWS_IN_VIEW { "scroll tall" } else { "scroll" };
    let attributes = [("class", class), ("role", "region"), ("aria-labelledby", &*caption), ("tabindex", "0")];
    html.element("div", &attributes, |html| {
        html.element("table", &[("id", table.id)], |html| {
            html.leaf("caption", &[("id", &caption)], table.caption);
            html.element("thead", &[], |html| html.element("tr", &[], |html| headings(html, &table.columns)));
            html.element("tbody", &[], |html| {
                table.rows.iter().for_each(|row| html.element("tr", &[], |html| cells(html, row)));
            });
        });
    });
}

fn headings(html: &mut Html, columns: &[Column]) {
    for column in columns {
        let class = if column.is_number { "n" } else { "w" };
        html.leaf("th", &[("scope", "col"), ("class", class)], &column.heading);
    }
}

fn cells(html: &mut Html, row: &[Cell]) {
    for (place, cell) in row.iter().enumerate() {
        let (name, scope): (_, &[(&'static str, &str)]) =
            if place == 0 { ("th", &[("scope", "row")]) } else { ("td", &[]) };
        write_cell(html, name, scope, cell);
    }
}

fn write_cell(html: &mut Html, name: &'static str, attributes: &[(&'static str, &str)], cell: &Cell) {
    let number = [attributes, &[("class", "n")]].concat();
    match cell {
        Cell::Text(text) => html.leaf(name, attributes, text),
        Cell::Code(code) => html.element(name, attributes, |html| html.leaf("code", &[], code)),
        Cell::Foreign(text) => html.element(name, attributes, |html| html.foreign(text, FOREIGN_CHARS_MAX)),
        Cell::Figure(figure) => html.figure(name, &number, figure),
        Cell::Share(share) => html.share(name, &number, share),
        Cell::Aside(text) => html.leaf(name, &number, text),
        Cell::Dash => html.leaf(name, &number, "–"),
    }
}
