//! What a set has more or less of than the crawl that it was made from.
//!
//! The crawl's own mix is counted over all pages that were read, before anything was chosen. A ratio of two shares says
//! something only if both are of many documents: it is given where the crawl has [`PAGES_MIN`] pages of a kind and the
//! set would have [`EXPECTED_MIN`] documents of it if it were like the crawl.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value, context};

use crate::card::{escape, languages};
use crate::ledger::amount::Amount;
use crate::ledger::funnel::{grouped, share};
use crate::ledger::run_record::RunRecord;

/// Fewest pages of a kind in the crawl; the relative error of such a count is below a fifth.
pub const PAGES_MIN: u64 = 30;
/// Fewest documents of a kind that the set would have if it were like the crawl, as for a chi-squared test.
pub const EXPECTED_MIN: f64 = 5.0;
/// From this ratio on there is more of a kind in the set; below its inverse there is less.
pub const MORE: f64 = 1.25;
/// Rows of one table.
const ROWS_MAX: usize = 20;

/// How one kind of documents is represented.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// Its name.
    pub name: &'a str,
    /// Documents in the set.
    pub documents: u64,
    /// Pages in the crawl.
    pub pages: u64,
    /// Share in the set over share in the crawl, where both mean something.
    pub ratio: Option<f64>,
}

/// All kinds, those with the most documents in the set first, then those with the most pages in the crawl.
pub fn rows<'a>(set: &'a BTreeMap<String, Amount>, crawl: &'a BTreeMap<String, u64>) -> Vec<Row<'a>> {
    let documents_all: u64 = set.values().map(|amount| amount.documents).sum();
    let pages_all: u64 = crawl.values().sum();
    let names: BTreeSet<&str> = set.keys().chain(crawl.keys()).map(String::as_str).collect();
    let row = |name| {
        let documents = set.get(name).map_or(0, |amount| amount.documents);
        let pages = crawl.get(name).copied().unwrap_or_default();
        let expected = pages as f64 / pages_all.max(1) as f64 * documents_all as f64;
        let is_meaningful = pages >= PAGES_MIN && expected >= EXPECTED_MIN;
        Row { name, documents, pages, ratio: is_meaningful.then(|| documents as f64 / expected) }
    };
    let mut rows: Vec<_> = names.into_iter().map(row).collect();
    rows.sort_by_key(|row| (Reverse(row.documents), Reverse(row.pages), row.name));
    rows
}

/// The tables for the card: one a kind of kinds, of those that were counted in the crawl.
pub fn tables(record: &RunRecord) -> Vec<Value> {
    let (set, crawl) = (&record.statistics, &record.crawl);
    let named = |code: &str, name: &str| match name == code {
        true => escape::cell(code),
        false => format!("{name} ({code})"),
    };
    let language = |code: &str| named(code, languages::name(code));
    let script = |code: &str| named(code, languages::script(code));
    let tables = [
        ("languages", "language", &set.languages, &crawl.languages, &language as &dyn Fn(&str) -> String),
        ("scripts", "script", &set.scripts, &crawl.scripts, &script),
        ("top-level domains", "top-level domain", &set.tlds, &crawl.tlds, &escape::cell),
        ("years of capture", "year", &set.years, &crawl.years, &escape::cell),
    ];
    let counted = tables.into_iter().filter(|(_, _, set, crawl, _)| !set.is_empty() && !crawl.is_empty());
    counted.map(|(plural, singular, set, crawl, word)| table(plural, singular, &rows(set, crawl), word)).collect()
}

fn table(plural: &str, singular: &str, rows: &[Row<'_>], word: &dyn Fn(&str) -> String) -> Value {
    let documents: u64 = rows.iter().map(|row| row.documents).sum();
    let pages: u64 = rows.iter().map(|row| row.pages).sum();
    let words = |row: &Row<'_>| {
        context! {
            name => word(row.name),
            documents => grouped(row.documents),
            share => share(row.documents, documents),
            pages => grouped(row.pages),
            crawl_share => share(row.pages, pages),
            ratio => row.ratio.map(|ratio| format!("{ratio:.2}")),
        }
    };
    let named = |is_wanted: &dyn Fn(f64) -> bool| -> Vec<String> {
        let wanted = rows.iter().filter(|row| row.ratio.is_some_and(is_wanted));
        wanted.take(ROWS_MAX).map(|row| word(row.name)).collect()
    };
    context! {
        plural,
        singular,
        rows => rows.iter().take(ROWS_MAX).map(words).collect::<Vec<_>>(),
        rows_more => rows.len().saturating_sub(ROWS_MAX),
        more => named(&|ratio| ratio >= MORE),
        less => named(&|ratio| ratio <= 1.0 / MORE),
        compared => rows.iter().any(|row| row.ratio.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(set: &[(&str, u64)], crawl: &[(&str, u64)]) -> Vec<(String, u64, u64, Option<String>)> {
        let amount = |documents| Amount { documents, text_bytes: 0 };
        let set = set.iter().map(|(name, documents)| ((*name).to_owned(), amount(*documents))).collect();
        let crawl = crawl.iter().map(|(name, pages)| ((*name).to_owned(), *pages)).collect();
        let rows = rows(&set, &crawl);
        let ratio = |row: &Row<'_>| row.ratio.map(|ratio| format!("{ratio:.2}"));
        rows.iter().map(|row| (row.name.to_owned(), row.documents, row.pages, ratio(row))).collect()
    }

    #[test]
    fn ratios_are_of_shares() {
        let row = |name: &str, documents, pages, ratio: Option<&str>| {
            (name.to_owned(), documents, pages, ratio.map(str::to_owned))
        };
        let rows = found(&[("deu", 60), ("eng", 40)], &[("deu", 300), ("eng", 600), ("fra", 100)]);
        let expected =
            [row("deu", 60, 300, Some("2.00")), row("eng", 40, 600, Some("0.67")), row("fra", 0, 100, Some("0.00"))];
        assert_eq!(rows, expected);
    }

    #[test]
    fn few_documents_have_no_ratio() {
        // One page less than the bound, and one that just reaches it.
        assert_eq!(found(&[("a", 100)], &[("a", PAGES_MIN - 1)])[0].3, None);
        assert_eq!(found(&[("a", 100)], &[("a", PAGES_MIN)])[0].3.as_deref(), Some("1.00"));
        // A set that is too small to have expected any.
        assert_eq!(found(&[("a", 4)], &[("a", 1_000)])[0].3, None);
        assert_eq!(found(&[("a", 5)], &[("a", 1_000)])[0].3.as_deref(), Some("1.00"));
        // What the crawl has not cannot be compared.
        assert_eq!(found(&[("a", 500)], &[("b", 500)])[0].3, None);
        assert_eq!(found(&[], &[]), []);
    }
}
