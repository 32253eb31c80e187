//! The set's mix beside the crawl's own: what there is more of in the set than in what it was made from, and less of.

use std::collections::{BTreeMap, BTreeSet};

use crate::card::page::bars::{self, Label, Pair};
use crate::card::page::figure::{Figure, Share, at};
use crate::card::page::html::Html;
use crate::card::page::table::{self, Cell, Table, number, words};
use crate::ledger::amount::Amount;
use crate::ledger::run_record::RunRecord;

/// Names in a chart, those with the largest part in either.
const PAIRS: usize = 8;
/// Names in a table.
const ROWS: usize = 100;

/// One thing of which both have a mix.
struct Mix<'a> {
    /// Its key in the run record, in `statistics` and in `crawl`.
    key: &'static str,
    heading: &'static str,
    /// Anchors of the chart and the table.
    ids: [&'static str; 2],
    caption: &'static str,
    documents: Figure,
    set: &'a BTreeMap<String, Amount>,
    crawl: &'a BTreeMap<String, u64>,
}

/// Writes the section.
pub fn write(record: &RunRecord, html: &mut Html) {
    html.element("p", &[], |html| {
        html.text("The crawl's mix is that of its ");
        html.counted(&Figure::count("/crawl/pages", record.crawl.pages), "page");
        html.text(
            " before anything was chosen; languages, scripts and license tiers are those of the documents that \
             reached the stages which find them. Bars of one chart share a scale: the longest is the largest part.",
        );
    });
    let key = |html: &mut Html| {
        html.leaf("span", &[("class", "swatch kept")], "the set");
        html.leaf("span", &[("class", "swatch crawl")], "the crawl");
    };
    html.element("p", &[("class", "key")], key);
    let told = mixes(record).into_iter().filter(|mix| !mix.crawl.is_empty()).map(|mix| write_mix(html, &mix)).count();
    if told == 0 {
        html.paragraph("Nothing was counted.");
    }
}

fn mixes(record: &RunRecord) -> [Mix<'_>; 5] {
    let (set, crawl) = (&record.statistics, &record.crawl);
    let documents = super::documents(record);
    let mix = |key, heading, ids, caption, set, crawl| Mix {
        key,
        heading,
        ids,
        caption,
        documents: documents.clone(),
        set,
        crawl,
    };
    [
        mix(
            "languages",
            "By language",
            ["crawl-languages", "crawl-language-table"],
            "Languages of the set and of the crawl",
            &set.languages,
            &crawl.languages,
        ),
        mix(
            "scripts",
            "By script",
            ["crawl-scripts", "crawl-script-table"],
            "Scripts of the set and of the crawl",
            &set.scripts,
            &crawl.scripts,
        ),
        mix(
            "tlds",
            "By top-level domain",
            ["crawl-tlds", "crawl-tld-table"],
            "Top-level domains of the set and of the crawl",
            &set.tlds,
            &crawl.tlds,
        ),
        mix(
            "years",
            "By year of capture",
            ["crawl-years", "crawl-year-table"],
            "Years of capture of the set and of the crawl",
            &set.years,
            &crawl.years,
        ),
        mix(
            "tiers",
            "By license tier",
            ["crawl-tiers", "crawl-tier-table"],
            "License tiers of the set and of the crawl",
            &set.tiers,
            &crawl.tiers,
        ),
    ]
}

fn write_mix(html: &mut Html, mix: &Mix<'_>) {
    let pairs = pairs(mix);
    html.leaf("h3", &[], mix.heading);
    let (shown, title) = (&pairs[..pairs.len().min(PAIRS)], format!("{}: the set beside the crawl", mix.heading));
    bars::write_pairs(html, Label { id: mix.ids[0], title: &title }, shown);
    html.element("details", &[], |html| {
        html.element("summary", &[], |html| {
            let names = if pairs.len() > ROWS { format!("the {ROWS} largest") } else { String::from("all names") };
            html.text(&format!("In numbers, {names}"));
        });
        let row = |pair: &Pair| {
            vec![
                Cell::Code(pair.name.clone()),
                Cell::Figure(pair.set.part.clone()),
                Cell::Share(pair.set.clone()),
                Cell::Figure(pair.crawl.part.clone()),
                Cell::Share(pair.crawl.clone()),
                times(pair),
            ]
        };
        let columns = ["in the set", "share", "in the crawl", "share", "set to crawl"].map(number);
        let table = Table {
            id: mix.ids[1],
            caption: mix.caption,
            columns: std::iter::once(words("name")).chain(columns).collect(),
            rows: pairs.iter().take(ROWS).map(row).collect(),
        };
        table::write(html, &table);
    });
}

/// How many times as large the part in the set is.
fn times(pair: &Pair) -> Cell {
    match (pair.set.value(), pair.crawl.value()) {
        (_, 0.0) => Cell::Dash,
        (set, crawl) => Cell::Aside(format!("× {:.2}", set / crawl)),
    }
}

fn pairs(mix: &Mix<'_>) -> Vec<Pair> {
    let names: BTreeSet<&String> = mix.set.keys().chain(mix.crawl.keys()).collect();
    let all_of_crawl = Figure::count(at(&["crawl", mix.key, "*"]), mix.crawl.values().sum());
    let pair = |name: &String| {
        let in_set = mix.set.get(name).copied().unwrap_or_default().documents;
        let in_crawl = mix.crawl.get(name).copied().unwrap_or_default();
        let set = Figure::count(at(&["statistics", mix.key, name, "documents"]), in_set);
        let crawl = Figure::count(at(&["crawl", mix.key, name]), in_crawl);
        Pair {
            name: name.clone(),
            set: Share { part: set, whole: mix.documents.clone() },
            crawl: Share { part: crawl, whole: all_of_crawl.clone() },
        }
    };
    let mut pairs: Vec<Pair> = names.into_iter().map(pair).collect();
    // By the larger part of the two; names that are level stay in their order.
    pairs.sort_by(|a, b| larger(b).total_cmp(&larger(a)));
    pairs
}

fn larger(pair: &Pair) -> f64 {
    pair.set.value().max(pair.crawl.value())
}
