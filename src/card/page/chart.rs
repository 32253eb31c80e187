//! The frame of a picture: inline SVG as wide as its box, with text of one size at every width.
//!
//! There is no `viewBox`: widths are shares of the box and heights are pixels, so that a bar shrinks on a phone and the
//! words beside it do not. Bars begin at zero and grow in proportion; a test measures them.

use super::html::Html;

/// What a picture shows.
pub struct Chart<'a> {
    /// Name of its anchor.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// What can be seen, for those who cannot see it.
    pub description: &'a str,
    /// Its height in pixels.
    pub height: u32,
}

/// Writes a picture.
pub fn write(html: &mut Html, chart: &Chart<'_>, inside: impl FnOnce(&mut Html)) {
    let (title, description) = (format!("{}-title", chart.id), format!("{}-desc", chart.id));
    let labels = format!("{title} {description}");
    let height = chart.height.to_string();
    let attributes = [
        ("id", chart.id),
        ("class", "chart"),
        ("role", "img"),
        ("aria-labelledby", &*labels),
        ("width", "100%"),
        ("height", &*height),
    ];
    html.element("svg", &attributes, |html| {
        html.leaf("title", &[("id", &title)], chart.title);
        html.leaf("desc", &[("id", &description)], chart.description);
        inside(html);
    });
}

/// A share of the box's width, as an attribute states it.
pub fn width(share: f64) -> String {
    format!("{:.4}%", 100.0 * share)
}
