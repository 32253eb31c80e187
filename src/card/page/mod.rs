//! A web page that stands alone: no script, no file beside it, nothing fetched.
//!
//! What browsers are told to refuse, and how the page looks in light, in dark, on a phone and on paper, is said here once
//! for every page that the program writes.

pub mod bars;
pub mod chart;
pub mod figure;
pub mod html;
pub mod table;

use html::Html;

/// The look of all pages.
const STYLE: &str = include_str!("style.css");
/// A page may use its own styles, and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// One part of a page, with a heading that the list of contents links to.
pub struct Section<T> {
    /// Name of its anchor.
    pub id: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// Writes what stands below the heading.
    pub write: fn(&T, &mut Html),
}

/// A page about a subject.
pub struct Page<'a, T> {
    /// What a browser calls it.
    pub title: &'a str,
    /// What stands on top, the main heading included.
    pub top: fn(&T, &mut Html),
    /// What follows the list of contents.
    pub sections: &'a [Section<T>],
    /// The last line.
    pub bottom: fn(&T, &mut Html),
}

impl<T> Page<'_, T> {
    /// The page, from its first byte to its last.
    pub fn render(&self, subject: &T) -> String {
        let mut html = Html::default();
        html.element("html", &[("lang", "en")], |html| {
            html.element("head", &[], |html| head(html, self.title));
            html.element("body", &[], |html| {
                html.leaf("a", &[("class", "skip"), ("href", "#main")], "Skip to the content");
                html.element("header", &[], |html| (self.top)(subject, html));
                html.element("nav", &[("aria-labelledby", "contents")], |html| contents(html, self.sections));
                html.element("main", &[("id", "main")], |html| {
                    self.sections.iter().for_each(|section| write_section(html, section, subject));
                });
                html.element("footer", &[], |html| (self.bottom)(subject, html));
            });
        });
        format!("<!DOCTYPE html>\n{}", html.into_string())
    }
}

/// A page of one piece, without a list of contents: its parts are known only when it is written.
pub fn plain(title: &str, write: impl FnOnce(&mut Html)) -> String {
    let mut html = Html::default();
    html.element("html", &[("lang", "en")], |html| {
        html.element("head", &[], |html| head(html, title));
        html.element("body", &[], |html| html.element("main", &[("id", "main")], write));
    });
    format!("<!DOCTYPE html>\n{}", html.into_string())
}

fn head(html: &mut Html, title: &str) {
    html.void("meta", &[("charset", "utf-8")]);
    html.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
    html.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    html.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
    html.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
    html.element("title", &[], |html| html.text(title));
    html.element("style", &[], |html| html.markup(STYLE));
}

fn contents<T>(html: &mut Html, sections: &[Section<T>]) {
    html.element("h2", &[("id", "contents")], |html| html.text("Contents"));
    html.element("ol", &[], |html| {
        for section in sections {
            html.element("li", &[], |html| {
                let target = format!("#{}", section.id);
                html.element("a", &[("href", &target)], |html| html.text(section.heading));
            });
        }
    });
}

fn write_section<T>(html: &mut Html, section: &Section<T>, subject: &T) {
    let heading = format!("{}-heading", section.id);
    html.element("section", &[("id", section.id), ("aria-labelledby", &heading)], |html| {
        html.element("h2", &[("id", &heading)], |html| html.text(section.heading));
        (section.write)(subject, html);
    });
}
