//! How figures of the kept documents are spread: a small histogram of each, and the same in numbers.

use crate::card::page::chart::{self, Chart};
use crate::card::page::figure::{Figure, at};
use crate::card::page::html::Html;
use crate::card::page::table::{self, Cell, Table, number, words};
use crate::ledger::figures::{FigureBucket, FigureRecord};
use crate::ledger::funnel::grouped;
use crate::ledger::run_record::RunRecord;

/// Pixels: the bars, and all of a picture.
const BARS: u32 = 84;
const HEIGHT: u32 = 108;
/// Room for so many bars at least, so that one bucket is a bar and not a wall.
const PLACES_MIN: usize = 8;
/// Steps from one edge to the next in a doubling of a count, as the record's buckets have them.
const STEPS: f64 = 4.0;

/// Writes the section.
pub fn write(record: &RunRecord, html: &mut Html) {
    if record.figures.is_empty() {
        return html.paragraph("The plan finds no figure of documents, or the set holds none.");
    }
    html.element("p", &[], |html| {
        html.text(
            "Each bar is a bucket, as high as it has documents. Buckets of counts grow with the count, four to each \
             doubling, and are drawn equally wide; shares have twenty. The darker bars hold the middle eight tenths \
             of the documents. ",
        );
        html.leaf("code", &[], "statistics.csv");
        html.text(" has the buckets with their bytes of text.");
    });
    html.element("div", &[("class", "multiples")], |html| {
        record.figures.iter().enumerate().for_each(|(place, figure)| multiple(html, place, figure));
    });
    table::write(html, &summaries(record));
    html.leaf(
        "p",
        &[("class", "note")],
        "p10, p50 and p90 are estimated from the buckets; minimum, mean and maximum are exact.",
    );
}

fn multiple(html: &mut Html, place: usize, figure: &FigureRecord) {
    let name = figure.figure.replace('_', " ").replace(" f1", " F1");
    let at = |field: &str| at(&["figures", &place.to_string(), field]);
    html.element("div", &[("class", "multiple")], |html| {
        html.leaf("h3", &[], &name);
        html.element("p", &[("class", "note")], |html| {
            html.text("half below ");
            html.figure("span", &[("class", "n")], &Figure::real(at("p50"), figure.p50));
            html.text(", eight tenths from ");
            html.figure("span", &[("class", "n")], &Figure::real(at("p10"), figure.p10));
            html.text(" to ");
            html.figure("span", &[("class", "n")], &Figure::real(at("p90"), figure.p90));
        });
        if !figure.buckets.is_empty() {
            let most = figure.buckets.iter().map(|bucket| bucket.documents).max().unwrap_or(1).max(1);
            Picture { place, figure, most }.write(html, &name);
        }
    });
}

/// Where each bucket stands, counted in buckets from the first, and how many places there are.
fn places(buckets: &[FigureBucket]) -> (Vec<usize>, usize) {
    let first = &buckets[0];
    let position = |bucket: &FigureBucket| match bucket.to - bucket.from {
        // Counts: 0, 1, 2, 3, then four buckets to a doubling; shares and halves: buckets of one width.
        width if width >= 1.0 && bucket.from < 4.0 => bucket.from,
        width if width >= 1.0 => STEPS * (bucket.from.log2().floor() - 1.0) + bucket.from / width - STEPS,
        width => (bucket.from / width).round(),
    };
    let start = position(first);
    let places: Vec<usize> = buckets.iter().map(|bucket| (position(bucket) - start) as usize).collect();
    let count = places.last().map_or(1, |last| last + 1);
    (places, count)
}

/// The histogram of one figure.
struct Picture<'a> {
    /// Where the run record has the figure.
    place: usize,
    figure: &'a FigureRecord,
    /// Documents of the highest bar.
    most: u64,
}

impl Picture<'_> {
    fn write(&self, html: &mut Html, name: &str) {
        let buckets = &self.figure.buckets;
        let (places, count) = places(buckets);
        let (first, last) = (edge_words(buckets[0].from), edge_words(buckets[buckets.len() - 1].to));
        let most = grouped(self.most);
        let description =
            format!("{} buckets from {first} to {last}; the highest has {most} documents.", buckets.len());
        let id = format!("figure-{}", self.place);
        let chart = Chart { id: &id, title: name, description: &description, height: HEIGHT };
        chart::write(html, &chart, |html| {
            let view = format!("0 0 {} {}", 10 * count.max(PLACES_MIN), self.most);
            let height = BARS.to_string();
            let attributes =
                [("width", "100%"), ("height", &*height), ("viewBox", &*view), ("preserveAspectRatio", "none")];
            html.element("svg", &attributes, |html| {
                places.iter().enumerate().for_each(|(bucket, x)| self.bar(html, bucket, 10 * x));
            });
            let y = (BARS + 1).to_string();
            html.void("rect", &[("class", "axis"), ("x", "0"), ("y", &y), ("width", "100%"), ("height", "1")]);
            let y = (BARS + 17).to_string();
            // A few bars do not reach the right edge, and both of their ends are told on the left.
            let few = (count < PLACES_MIN).then(|| format!("{first} to {last}"));
            let edges = match &few {
                Some(both) => vec![("0", "start", both)],
                None => vec![("0", "start", &first), ("100%", "end", &last)],
            };
            for (x, anchor, edge) in edges {
                html.leaf("text", &[("x", x), ("y", &y), ("text-anchor", anchor), ("class", "small aside n")], edge);
            }
        });
    }

    fn bar(&self, html: &mut Html, number: usize, x: usize) {
        let bucket = &self.figure.buckets[number];
        let is_middle = bucket.to > self.figure.p10 && bucket.from <= self.figure.p90;
        let pointer = at(&["figures", &self.place.to_string(), "buckets", &number.to_string(), "documents"]);
        let (x, y) = (x.to_string(), self.most.saturating_sub(bucket.documents).to_string());
        let documents = bucket.documents.to_string();
        let attributes = [
            ("class", if is_middle { "set" } else { "tail" }),
            ("x", &*x),
            ("y", &*y),
            ("width", "9"),
            ("height", &*documents),
            ("data-figure", &*pointer),
            ("data-value", &*documents),
        ];
        html.element("rect", &attributes, |html| {
            let edges = [bucket.from, bucket.to].map(edge_words);
            let words = format!("{} to {}: {}", edges[0], edges[1], grouped(bucket.documents));
            html.leaf("title", &[], &words);
        });
    }
}

fn edge_words(edge: f64) -> String {
    Figure::real("", edge).words()
}

fn summaries(record: &RunRecord) -> Table {
    let row = |(place, figure): (usize, &FigureRecord)| {
        let at = |field: &str| at(&["figures", &place.to_string(), field]);
        let real = |field: &str, value: f64| Cell::Figure(Figure::real(at(field), value));
        vec![
            Cell::Code(figure.figure.clone()),
            Cell::Figure(Figure::count(at("documents"), figure.documents)),
            real("min", figure.min),
            real("p10", figure.p10),
            real("p50", figure.p50),
            real("mean", figure.mean),
            real("p90", figure.p90),
            real("max", figure.max),
        ]
    };
    let columns = ["documents", "min", "p10", "p50", "mean", "p90", "max"].map(number);
    Table {
        id: "figure-table",
        caption: "Figures of the documents in the set",
        columns: std::iter::once(words("figure")).chain(columns).collect(),
        rows: record.figures.iter().enumerate().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::histogram::{Histogram, Scale};

    #[track_caller]
    fn check(scale: Scale, values: &[f64], expected: (&[usize], usize)) {
        let mut histogram = Histogram::new(scale);
        values.iter().for_each(|value| histogram.count(*value, 0));
        let bucket = |((from, to), _)| FigureBucket { from, to, documents: 1 };
        let buckets: Vec<_> = histogram.buckets().map(bucket).collect();
        assert_eq!(places(&buckets), (expected.0.to_vec(), expected.1), "{values:?}");
    }

    #[test]
    fn buckets_stand_in_the_order_of_their_edges_with_room_for_empty_ones() {
        check(Scale::Count, &[0.0, 1.0, 3.0, 4.0, 7.0, 8.0, 14.0, 16.0], (&[0, 1, 3, 4, 7, 8, 11, 12], 13));
        check(Scale::Count, &[1000.0], (&[0], 1));
        check(Scale::Share, &[0.0, 0.31, 1.0], (&[0, 6, 19], 20));
        check(Scale::Halves, &[4.0, 5.2], (&[0, 2], 3));
    }
}
