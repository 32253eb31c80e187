//! Where a set is from: crawls, crawl files, domains, dates; and how large what came of them is.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use minijinja::{Value, context};

use crate::card::{escape, languages};
use crate::ledger::amount::Amount;
use crate::ledger::figures::{DomainSpread, FigureRecord};
use crate::ledger::funnel::{counted, grouped, share};
use crate::ledger::run_record::{DomainRecord, InputRecord, RunRecord};
use crate::ledger::statistics::Span;
use crate::ledger::tokens::{TokenTotal, TokensRecord};

/// Languages that are named in a line; all of them are in a table.
const LANGUAGES_NAMED: usize = 12;
/// Inputs that are listed by name; all of them are in the run record.
const INPUTS_LISTED: usize = 20;

/// The crawls that the documents are of.
pub fn crawls(record: &RunRecord) -> Vec<Value> {
    let row = |(name, amount): (&String, &Amount)| {
        context! { name => escape::code(name), documents => counted(amount.documents, "document") }
    };
    record.statistics.dumps.iter().map(row).collect()
}

/// The first of the inputs, and how many there are beside these.
pub fn inputs(record: &RunRecord) -> (Vec<Value>, usize) {
    let row = |input: &InputRecord| {
        context! {
            path => escape::code(&input.path),
            bytes => grouped(input.bytes),
            records => grouped(input.records),
            damaged => grouped(input.damaged),
            sha256 => &*input.sha256,
        }
    };
    let rows = record.inputs.iter().take(INPUTS_LISTED).map(row).collect();
    (rows, record.inputs.len().saturating_sub(INPUTS_LISTED))
}

/// The domains with the most bytes of text.
pub fn domain_rows(record: &RunRecord) -> Vec<Value> {
    let total = record.statistics.total;
    let row = |domain: &DomainRecord| {
        context! {
            name => escape::code(&domain.domain),
            documents => grouped(domain.amount.documents),
            text_bytes => grouped(domain.amount.text_bytes),
            share => share(domain.amount.text_bytes, total.text_bytes),
        }
    };
    record.top_domains.iter().map(row).collect()
}

/// How documents are spread over domains.
pub fn spread(record: &RunRecord) -> Value {
    let DomainSpread { domains, of_largest, of_largest_10, of_largest_100, .. } = record.domain_spread;
    let documents = record.statistics.total.documents;
    let single = record.domain_spread.by_documents.iter().find(|bucket| bucket.from == 1);
    context! {
        domains => counted(domains, "registered domain"),
        single => single.map(|bucket| grouped(bucket.domains)),
        largest => share(of_largest, documents),
        largest_10 => (domains > 10).then(|| share(of_largest_10, documents)),
        largest_100 => (domains > 100).then(|| share(of_largest_100, documents)),
    }
}

/// First and last capture, as the crawl states them.
pub fn captures(record: &RunRecord) -> Option<Value> {
    let Span { first, last } = record.statistics.captures.as_ref()?;
    let (first, last) = (escape::day(first), escape::day(last));
    Some(context! { is_one_day => first == last, first, last })
}

/// Documents of each language, in all and by tier.
pub fn language_rows(record: &RunRecord, tiers: &[String]) -> Vec<Value> {
    let statistics = &record.statistics;
    let tokens = |language: &str, documents: u64| {
        let record = record.tokens.as_ref()?;
        Some(record.languages.get(language).map_or(String::from("-"), |total| token_words(*total, documents)))
    };
    let row = |(language, amount): (&String, &Amount)| {
        let of = |tier: &String| statistics.language_tiers.get(language).and_then(|tiers| tiers.get(tier));
        let counts: Vec<String> = tiers.iter().map(|tier| grouped(of(tier).copied().unwrap_or_default())).collect();
        context! {
            code => escape::cell(language),
            name => escape::cell(languages::name(language)),
            documents => grouped(amount.documents),
            share => share(amount.documents, statistics.total.documents),
            tokens => tokens(language, amount.documents),
            tiers => counts,
        }
    };
    by_documents(&statistics.languages).into_iter().map(row).collect()
}

/// Names of the languages, those with the most documents first; of many only how many more there are.
pub fn language_names(record: &RunRecord) -> Vec<String> {
    let found = by_documents(&record.statistics.languages).into_iter().filter(|(code, _)| *code != "und");
    let mut names: Vec<_> = found.map(|(code, _)| escape::cell(languages::name(code))).collect();
    if names.len() > LANGUAGES_NAMED {
        let others = names.len() - LANGUAGES_NAMED;
        names.truncate(LANGUAGES_NAMED);
        names.push(format!("{} in [the table](#languages)", counted(others as u64, "other")));
    }
    names
}

/// Those with the most documents first, then by name.
pub fn by_documents(amounts: &BTreeMap<String, Amount>) -> Vec<(&String, &Amount)> {
    let mut amounts: Vec<_> = amounts.iter().collect();
    amounts.sort_by_key(|(name, amount)| (Reverse(amount.documents), *name));
    amounts
}

/// What was counted by which tokenizer.
pub fn tokens(record: &TokensRecord, documents: u64) -> Value {
    context! {
        tokenizer => escape::code(&record.tokenizer),
        sha256 => &*record.sha256,
        tokens => token_words(record.total, documents),
        is_estimate => record.share < 1.0,
        documents => counted(record.total.documents, "document"),
    }
}

/// The number of tokens of so many documents; of an estimate its standard error too, which one document does not give.
pub fn token_words(total: TokenTotal, documents: u64) -> String {
    match total.standard_error {
        Some(error) => format!("{} ± {}", grouped(total.tokens), grouped(error)),
        None if total.documents < documents => format!("{} ± ?", grouped(total.tokens)),
        None => grouped(total.tokens),
    }
}

/// How figures of the documents are spread.
pub fn figure_rows(record: &RunRecord) -> Vec<Value> {
    let row = |figure: &FigureRecord| {
        let FigureRecord { min, mean, max, p10, p50, p90, .. } = *figure;
        let values: Vec<String> = [min, p10, p50, mean, p90, max].map(figure_words).into();
        let words = figure.figure.replace('_', " ");
        context! { name => words, documents => grouped(figure.documents), values => values }
    };
    record.figures.iter().map(row).collect()
}

/// Large figures without decimals, small ones with two.
pub fn figure_words(value: f64) -> String {
    if value < 100.0 && value.fract() != 0.0 { format!("{value:.2}") } else { grouped(value.round() as u64) }
}
