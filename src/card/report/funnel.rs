//! The funnel: a picture of what every stage saw, kept and dropped, and the same as a table.
//!
//! Bars are in proportion to documents. Where a stage leaves so little that the bars behind it could not be read, the
//! scale changes: a wedge shows which part of the bar above becomes the full width below, and words say how much it is.

use crate::card::page::chart::{self, Chart, width};
use crate::card::page::figure::{Figure, Share, at};
use crate::card::page::html::{Html, clipped};
use crate::card::page::table::{self, Cell, Table, number, words};
use crate::ledger::funnel::grouped;
use crate::ledger::run_record::RunRecord;
use crate::ledger::tally::StageTally;

/// The scale changes where a stage sees less than one part in so many of the full width.
const ZOOM: u64 = 5;
/// Pixels: a line of a stage's words, its bar, one reason, the room behind a stage, and a change of the scale.
const LINE: u32 = 20;
const BAR: u32 = 16;
const REASON: u32 = 18;
const ROOM: u32 = 20;
const WEDGE: u32 = 46;
/// The narrowest box that words have to fit in: a phone's width without its margins.
const NARROWEST: u32 = 320;
/// Pixels that a character takes at most, on average, in the typefaces of common systems: bold, of a number, small.
const BOLD: f64 = 7.6;
const DIGIT: f64 = 7.4;
const SMALL: f64 = 7.0;

/// Writes the section.
pub fn write(record: &RunRecord, html: &mut Html) {
    html.element("p", &[], |html| {
        html.counted(&Figure::count("/funnel/0/seen", record.funnel.seen()), "record");
        html.text(" came in. Each was kept, or dropped by one stage for one reason.");
    });
    html.element("p", &[("class", "key")], |html| {
        html.leaf("span", &[("class", "swatch kept")], "kept");
        html.leaf("span", &[("class", "swatch dropped")], "dropped, by reason");
        html.leaf("span", &[("class", "aside")], "Percentages in the picture are of what the stage saw.");
    });
    picture(record, html);
    table::write(html, &stages(record));
    html.element("details", &[], |html| {
        html.leaf("summary", &[], "Reasons in numbers");
        table::write(html, &reasons(record));
    });
    html.element("p", &[("class", "note")], |html| {
        html.text("Percentages in the table are of the records that came in. ");
        html.leaf("code", &[], "ledger/");
        html.text(" has a row for every record that was not kept, but for requests, metadata and warcinfo records.");
    });
}

/// A stage in the picture.
struct Row<'a> {
    place: usize,
    stage: &'a StageTally,
    /// What the full width is here.
    full: u64,
    /// Where its words begin.
    top: u32,
    /// Part of the full width above that becomes the full width here, if the scale changes.
    wedge: Option<f64>,
    frame: Frame,
}

/// What all stages of a picture have in common.
#[derive(Clone, Copy)]
struct Frame {
    /// Height of a stage's words: one line, or two where its name and its numbers do not fit beside one another.
    words: u32,
    /// Where the names of reasons begin.
    names_from: u32,
}

impl Frame {
    fn of(record: &RunRecord) -> Self {
        let stages = record.funnel.stages();
        let width = |stage: &StageTally| {
            let numbers = grouped(stage.kept).len() + " kept  100.0 %".len();
            BOLD * stage.stage.len() as f64 + DIGIT * numbers as f64
        };
        let fits = stages.iter().all(|stage| width(stage) <= f64::from(NARROWEST));
        let counts = stages.iter().flat_map(|stage| stage.dropped.values());
        let digits = counts.map(|count| grouped(*count).len()).max().unwrap_or(0);
        Self { words: if fits { LINE } else { 2 * LINE - 2 }, names_from: 12 + (DIGIT * digits as f64).ceil() as u32 }
    }

    /// A reason without the name of its stage, and no longer than there is room for.
    fn reason(self, reason: &str) -> String {
        let room = f64::from(NARROWEST.saturating_sub(self.names_from)) / SMALL;
        clipped(reason.split_once('.').map_or(reason, |(_, what)| what), room as usize)
    }
}

fn rows(record: &RunRecord) -> Vec<Row<'_>> {
    let (mut rows, mut full) = (Vec::new(), record.funnel.seen());
    let frame = Frame::of(record);
    for (place, stage) in record.funnel.stages().iter().enumerate() {
        let wedge = (stage.seen > 0 && stage.seen.saturating_mul(ZOOM) < full).then(|| stage.seen as f64 / full as f64);
        if wedge.is_some() {
            full = stage.seen;
        }
        rows.push(Row { place, stage, full, top: if wedge.is_some() { WEDGE } else { 0 }, wedge, frame });
    }
    rows
}

/// One picture a stage, so that paper is cut between stages.
fn picture(record: &RunRecord, html: &mut Html) {
    for row in rows(record) {
        let stage = row.stage;
        let [seen, kept, dropped] = [stage.seen, stage.kept, stage.dropped_total()].map(grouped);
        let chart = Chart {
            id: &format!("funnel-{}", row.place),
            title: &format!("Stage {} of the funnel: {}", row.place + 1, stage.stage),
            description: &format!("Seen {seen}, kept {kept}, dropped {dropped}."),
            height: row.top + row.frame.words + BAR + REASON * stage.dropped.len() as u32 + ROOM,
        };
        chart::write(html, &chart, |html| {
            if let Some(part) = row.wedge {
                wedge(html, &row, part);
            }
            write_stage(html, &row);
        });
    }
}

/// The part of the bar above that is spread over the full width below.
fn wedge(html: &mut Html, row: &Row<'_>, part: f64) {
    // It begins right below the picture of the stage before.
    let (y, height) = (format!("-{}", ROOM / 2), WEDGE.to_string());
    let view = format!("0 0 1000 {WEDGE}");
    let attributes = [
        ("x", "0"),
        ("y", &*y),
        ("width", "100%"),
        ("height", &*height),
        ("viewBox", &*view),
        ("preserveAspectRatio", "none"),
    ];
    html.element("svg", &attributes, |html| {
        let points = format!("0,0 {:.3},0 1000,{WEDGE} 0,{WEDGE}", 1000.0 * part);
        html.void("polygon", &[("class", "wedge"), ("points", &points)]);
    });
    let line = |from_bottom: u32| (row.top - ROOM / 2 - from_bottom).to_string();
    html.element("text", &[("x", "8"), ("y", &line(26)), ("class", "small")], |html| {
        html.text("full width: ");
        html.figure("tspan", &[("class", "n")], &of(row, "seen", row.stage.seen));
    });
    let words = format!("from here drawn {:.0} times as wide", 1.0 / part);
    html.leaf("text", &[("x", "8"), ("y", &line(10)), ("class", "small aside")], &words);
}

fn write_stage(html: &mut Html, row: &Row<'_>) {
    let y = (row.top + 14).to_string();
    html.leaf("text", &[("x", "0"), ("y", &y), ("class", "name")], &row.stage.stage);
    let (x, anchor) = if row.frame.words == LINE { ("100%", "end") } else { ("0", "start") };
    let y = (row.top + row.frame.words - 6).to_string();
    html.element("text", &[("x", x), ("y", &y), ("text-anchor", anchor)], |html| {
        html.figure("tspan", &[("class", "n")], &of(row, "kept", row.stage.kept));
        html.text(" kept\u{2002}");
        let whole = Figure::count(at(&["funnel", &row.place.to_string(), "seen"]), row.stage.seen);
        html.share("tspan", &[("class", "aside n")], &Share { part: of(row, "kept", row.stage.kept), whole });
    });
    let top = (row.top + row.frame.words).to_string();
    let height = BAR.to_string();
    html.void("rect", &[("class", "track"), ("x", "0"), ("y", &top), ("width", "100%"), ("height", &height)]);
    bar(html, row, "kept", 0, &of(row, "kept", row.stage.kept));
    let mut from = row.stage.kept;
    for (line, (reason, count)) in super::by_count(&row.stage.dropped).into_iter().enumerate() {
        let figure = Figure::count(at(&["funnel", &row.place.to_string(), "dropped", reason]), count);
        bar(html, row, "dropped", from, &figure);
        from += count;
        let y = (row.top + row.frame.words + BAR + REASON * (line as u32 + 1) - 3).to_string();
        let x = (row.frame.names_from - 8).to_string();
        html.element("text", &[("x", &x), ("y", &y), ("text-anchor", "end"), ("class", "small")], |html| {
            html.figure("tspan", &[("class", "n")], &figure);
        });
        let x = row.frame.names_from.to_string();
        html.leaf("text", &[("x", &x), ("y", &y), ("class", "small aside")], &row.frame.reason(reason));
    }
}

/// A bar of `figure` documents behind those `from` which it is drawn.
fn bar(html: &mut Html, row: &Row<'_>, class: &str, from: u64, figure: &Figure) {
    let share = |count: u64| if row.full == 0 { 0.0 } else { count as f64 / row.full as f64 };
    let raw = figure.raw();
    let count = raw.parse().unwrap_or_default();
    let (x, y, width) = (width(share(from)), (row.top + row.frame.words).to_string(), width(share(count)));
    let (height, full) = (BAR.to_string(), row.full.to_string());
    let attributes = [
        ("class", class),
        ("x", &*x),
        ("y", &*y),
        ("width", &*width),
        ("height", &*height),
        ("data-figure", &*figure.place),
        ("data-value", &*raw),
        ("data-full", &*full),
    ];
    html.void("rect", &attributes);
}

fn of(row: &Row<'_>, field: &str, value: u64) -> Figure {
    Figure::count(at(&["funnel", &row.place.to_string(), field]), value)
}

fn stages(record: &RunRecord) -> Table {
    let read = Figure::count("/funnel/0/seen", record.funnel.seen());
    let row = |(place, stage): (usize, &StageTally)| {
        let at = |field: &str| at(&["funnel", &place.to_string(), field]);
        let kept = Figure::count(at("kept"), stage.kept);
        let dropped = Figure::count(format!("{}/*", at("dropped")), stage.dropped_total());
        vec![
            Cell::Code(stage.stage.to_string()),
            Cell::Figure(Figure::count(at("seen"), stage.seen)),
            Cell::Figure(dropped),
            Cell::Figure(kept.clone()),
            Cell::Share(Share { part: kept, whole: read.clone() }),
        ]
    };
    Table {
        id: "funnel-table",
        caption: "The funnel, stage by stage",
        columns: vec![words("stage"), number("seen"), number("dropped"), number("kept"), number("of all")],
        rows: record.funnel.stages().iter().enumerate().map(row).collect(),
    }
}

fn reasons(record: &RunRecord) -> Table {
    let read = Figure::count("/funnel/0/seen", record.funnel.seen());
    let of_stage = |(place, stage): (usize, &StageTally)| {
        let read = read.clone();
        let row = move |(reason, count): (&str, u64)| {
            let figure = Figure::count(at(&["funnel", &place.to_string(), "dropped", reason]), count);
            let share = Share { part: figure.clone(), whole: read.clone() };
            vec![Cell::Code(reason.to_owned()), Cell::Figure(figure), Cell::Share(share)]
        };
        super::by_count(&stage.dropped).into_iter().map(row).collect::<Vec<_>>()
    };
    Table {
        id: "reason-table",
        caption: "Records dropped, by reason, in the order of the stages",
        columns: vec![words("reason"), number("records"), number("of all")],
        rows: record.funnel.stages().iter().enumerate().flat_map(of_stage).collect(),
    }
}
