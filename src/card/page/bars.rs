//! Bars side by side: one for each name, or two where a set is compared with what it was made from.

use super::chart::{self, Chart, width};
use super::figure::{Figure, Share};
use super::html::{Html, clipped};

/// Most characters of a name beside its number.
const NAME_CHARS_MAX: usize = 16;
/// Pixels from one name to the next, and where things stand in between.
const ROW: u32 = 36;
const PAIR_ROW: u32 = 50;
const WORDS: u32 = 14;
const BAR: u32 = 20;
const BAR_HEIGHT: &str = "10";
/// How far numbers end from the right edge, so that those of one kind stand below one another.
const SHARE_PIXELS: &str = "-66";
const CRAWL_PIXELS: &str = "-112";

/// One name with its number.
pub struct Bar {
    /// The name.
    pub name: String,
    /// The number that gives the bar its length.
    pub figure: Figure,
    /// That number as a part of all.
    pub share: Share,
}

/// One name with its part in two things.
pub struct Pair {
    /// The name.
    pub name: String,
    /// The part in the set.
    pub set: Share,
    /// The part in the crawl.
    pub crawl: Share,
}

/// Name of a picture's anchor, and its own name.
#[derive(Clone, Copy)]
pub struct Label<'a> {
    /// Of its anchor.
    pub id: &'a str,
    /// Its own.
    pub title: &'a str,
}

/// Writes a bar for each name; the full width is the whole of which all are parts.
pub fn write(html: &mut Html, Label { id, title }: Label<'_>, bars: &[Bar]) {
    let told = bars.iter().take(5).map(|bar| format!("{} {}", clipped(&bar.name, NAME_CHARS_MAX), bar.share.words()));
    let description = format!("Bars from the largest down: {}.", told.collect::<Vec<_>>().join(", "));
    let height = ROW * bars.len() as u32;
    chart::write(html, &Chart { id, title, description: &description, height }, |html| {
        for (row, bar) in bars.iter().enumerate() {
            let top = ROW * row as u32;
            name(html, top, &bar.name);
            let y = (top + WORDS).to_string();
            let count = [("x", "100%"), ("dx", SHARE_PIXELS), ("y", &*y), ("text-anchor", "end"), ("class", "n")];
            html.figure("text", &count, &bar.figure);
            html.share("text", &[("x", "100%"), ("y", &y), ("text-anchor", "end"), ("class", "n aside")], &bar.share);
            track(html, top + BAR);
            share_bar(html, "set", top + BAR, &bar.share, 1.0);
        }
    });
}

/// Writes two bars for each name; the full width is the largest part of any.
pub fn write_pairs(html: &mut Html, Label { id, title }: Label<'_>, pairs: &[Pair]) {
    let told = pairs.iter().take(5).map(|pair| {
        let name = clipped(&pair.name, NAME_CHARS_MAX);
        format!("{name} {} of the set and {} of the crawl", pair.set.words(), pair.crawl.words())
    });
    let description = format!("Two bars for each: {}.", told.collect::<Vec<_>>().join("; "));
    let full = pairs.iter().flat_map(|pair| [pair.set.value(), pair.crawl.value()]).fold(f64::MIN_POSITIVE, f64::max);
    let height = PAIR_ROW * pairs.len() as u32;
    chart::write(html, &Chart { id, title, description: &description, height }, |html| {
        for (row, pair) in pairs.iter().enumerate() {
            let top = PAIR_ROW * row as u32;
            name(html, top, &pair.name);
            let y = (top + WORDS).to_string();
            let set = [("x", "100%"), ("dx", CRAWL_PIXELS), ("y", &*y), ("text-anchor", "end"), ("class", "n")];
            html.element("text", &set, |html| {
                html.text("set ");
                html.share("tspan", &[], &pair.set);
            });
            let crawl = [("x", "100%"), ("y", &*y), ("text-anchor", "end"), ("class", "n aside")];
            html.element("text", &crawl, |html| {
                html.text("crawl ");
                html.share("tspan", &[], &pair.crawl);
            });
            share_bar(html, "set", top + BAR, &pair.set, full);
            share_bar(html, "crawl", top + BAR + 11, &pair.crawl, full);
        }
    });
}

fn name(html: &mut Html, top: u32, name: &str) {
    let y = (top + WORDS).to_string();
    html.leaf("text", &[("x", "0"), ("y", &y), ("class", "name")], &clipped(name, NAME_CHARS_MAX));
}

fn track(html: &mut Html, y: u32) {
    let y = y.to_string();
    html.void("rect", &[("class", "track"), ("x", "0"), ("y", &y), ("width", "100%"), ("height", BAR_HEIGHT)]);
}

/// A bar whose length is a share of the largest; `data-full` says which share fills the box.
fn share_bar(html: &mut Html, class: &str, y: u32, share: &Share, full: f64) {
    let (y, width, value, full) =
        (y.to_string(), width(share.value() / full), share.value().to_string(), full.to_string());
    let attributes = [
        ("class", class),
        ("x", "0"),
        ("y", &*y),
        ("width", &*width),
        ("height", BAR_HEIGHT),
        ("data-figure", &*share.part.place),
        ("data-of", &*share.whole.place),
        ("data-value", &*value),
        ("data-full", &*full),
    ];
    html.void("rect", &attributes);
}
