//! A difference as one page that needs nothing else: no script, no font, no picture, nothing from another host.
//!
//! It has the look of the report of a set, and like there everything of a set is text and never markup.

use super::Difference;
use super::words::{Section, sections};
use crate::card::page;
use crate::card::page::html::Html;

/// The page.
pub fn render(difference: &Difference) -> String {
    let (a, b) = (&difference.a, &difference.b);
    let title = format!("{} and {}: what differs", a.folder, b.folder);
    page::plain(&title, |html| {
        html.leaf("h1", &[], &title);
        sections(difference).iter().for_each(|section| write(html, section));
    })
}

fn write(html: &mut Html, section: &Section) {
    html.leaf("h2", &[], &section.title);
    section.lines.iter().for_each(|line| html.paragraph(line));
    if section.rows.is_empty() {
        return;
    }
    let class = |column: usize| if column >= section.numbers_from { "n" } else { "w" };
    let scrolls = [("class", "scroll"), ("role", "region"), ("aria-label", &*section.title), ("tabindex", "0")];
    html.element("div", &scrolls, |html| {
        html.element("table", &[], |html| {
            html.element("thead", &[], |html| {
                html.element("tr", &[], |html| {
                    for (column, head) in section.heads.iter().enumerate() {
                        html.leaf("th", &[("scope", "col"), ("class", class(column))], head);
                    }
                });
            });
            html.element("tbody", &[], |html| {
                section.rows.iter().for_each(|row| html.element("tr", &[], |html| cells(html, row, class)));
            });
        });
    });
}

fn cells(html: &mut Html, row: &[String], class: impl Fn(usize) -> &'static str) {
    for (column, cell) in row.iter().enumerate() {
        // What belongs to the row above is set off by spaces, which a page does not show.
        let is_inner = column == 0 && cell.starts_with("  ");
        let text = if is_inner { format!("– {}", cell.trim_start()) } else { cell.clone() };
        match column {
            0 => html.leaf("th", &[("scope", "row")], &text),
            _ => html.leaf("td", &[("class", class(column))], &text),
        }
    }
}
