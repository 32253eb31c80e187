//! `eu-training-summary.md`: what a set adds to the public summary of training content under Article 53(1)(d) of the
//! EU AI Act (Regulation (EU) 2024/1689).
//!
//! The duty is that of who provides a model, not of who makes a set. The fragment follows the sections of the template
//! that the Commission published on 24 July 2025 (adopted as C(2025) 8311 on 5 December 2025); ranges of size and the
//! share of domains to list are those of that template. What only the provider can say is marked.

use minijinja::{Value, context};

use super::{escape, jinja, languages, readme};
use crate::ledger::amount::Amount;
use crate::ledger::figures::TopDomains;
use crate::ledger::funnel::{counted, grouped, share};
use crate::ledger::run_record::RunRecord;

const TEMPLATE: &str = include_str!("eu-training-summary.md.jinja");
/// Below so many tokens of text is the template's lowest range, and above so many its highest.
const TOKENS_LOW: u64 = 1_000_000_000;
const TOKENS_HIGH: u64 = 10_000_000_000_000;

/// Renders the fragment.
pub fn render(record: &RunRecord) -> String {
    jinja::render(TEMPLATE, facts(record)).expect("the template uses only what it is given, as its test shows")
}

fn facts(record: &RunRecord) -> Value {
    let statistics = &record.statistics;
    let about = &record.about;
    let words = |text: &Option<String>| text.as_deref().map(escape::cell);
    let captures = statistics.captures.as_ref();
    context! {
        title => escape::cell(about.title.as_deref().unwrap_or(&record.name)),
        version => words(&about.version),
        homepage => about.homepage.as_deref().map(escape::code),
        curators => about.curators.iter().map(|curator| escape::cell(curator)).collect::<Vec<_>>(),
        documents => counted(statistics.total.documents, "document"),
        text_bytes => counted(statistics.total.text_bytes, "byte"),
        size => size(record),
        tokens => tokens(record),
        first => captures.map(|span| escape::day(&span.first)),
        last => captures.map(|span| escape::day(&span.last)),
        languages => language_rows(record),
        crawls => crawls(record),
        crawl_files => counted(record.inputs.len() as u64, "crawl file"),
        domains => counted(record.domain_spread.domains, "domain"),
        tenth => top(record, record.domain_spread.top_tenth),
        small => top(record, record.domain_spread.top_twentieth_or_1000),
        asked => !record.crawl.tiers.is_empty() || !record.crawl.reserved_by.is_empty(),
        honors => honors(record),
        signals => readme::rights::reserved_by(record),
        masking => readme::making::masking_stages(record),
        stages => record.funnel.stages().iter().map(|stage| stage.stage.to_string()).collect::<Vec<_>>(),
        plan_digest => &*record.plan.digest,
        tool => context! { name => &*record.tool.name, version => &*record.tool.version },
    }
}

/// The template's range of the set's size in tokens, if it can be told. A token is at least one byte of text in any of
/// the tokenizers in use, so a text has no more tokens than bytes.
fn size(record: &RunRecord) -> Option<&'static str> {
    let bytes = record.statistics.total.text_bytes;
    match record.tokens.as_ref().map(|tokens| tokens.total.tokens) {
        Some(0..TOKENS_LOW) => Some("less than 1 billion tokens"),
        Some(TOKENS_LOW..=TOKENS_HIGH) => Some("1 billion to 10 trillion tokens"),
        Some(_) => Some("more than 10 trillion tokens"),
        None => (bytes < TOKENS_LOW).then_some("less than 1 billion tokens"),
    }
}

/// The number of tokens, if they were counted.
fn tokens(record: &RunRecord) -> Option<Value> {
    let tokens = record.tokens.as_ref()?;
    let about = if tokens.share < 1.0 { "about " } else { "" };
    Some(context! {
        count => format!("{about}{}", counted(tokens.total.tokens, "token")),
        tokenizer => escape::code(&tokens.tokenizer),
    })
}

fn language_rows(record: &RunRecord) -> Vec<Value> {
    let total = record.statistics.total;
    let tokens = |code: &str| Some(grouped(record.tokens.as_ref()?.languages.get(code)?.tokens));
    let row = |(code, amount): (&String, &Amount)| {
        context! {
            name => escape::cell(languages::name(code)),
            code => escape::cell(code),
            documents => grouped(amount.documents),
            text_bytes => grouped(amount.text_bytes),
            share => share(amount.text_bytes, total.text_bytes),
            tokens => tokens(code).unwrap_or_else(|| String::from("-")),
        }
    };
    let mut rows: Vec<_> = record.statistics.languages.iter().collect();
    rows.sort_by_key(|(code, amount)| (std::cmp::Reverse(amount.text_bytes), *code));
    rows.into_iter().map(row).collect()
}

/// The crawls and who fetched them, as far as their names tell it.
fn crawls(record: &RunRecord) -> Vec<Value> {
    let row = |(name, amount): (&String, &Amount)| {
        context! {
            name => escape::code(name),
            is_common_crawl => name.starts_with("CC-MAIN-"),
            documents => counted(amount.documents, "document"),
        }
    };
    record.statistics.dumps.iter().map(row).collect()
}

fn top(record: &RunRecord, top: TopDomains) -> Value {
    let total = record.statistics.total;
    context! {
        lines => if top.domains == 1 { String::from("first line") } else { format!("first {} lines", grouped(top.domains)) },
        documents => counted(top.amount.documents, "document"),
        share => share(top.amount.text_bytes, total.text_bytes),
    }
}

/// Whether the plan drops documents that reserve their rights.
fn honors(record: &RunRecord) -> bool {
    let stages = record.plan.stages.as_array().into_iter().flatten();
    let mut settings = stages.map(|stage| &stage["stage"]["filter"]["rights"]["reserved"]);
    settings.any(|reserved| reserved == "drop")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::example;

    #[track_caller]
    fn check(record: &RunRecord, expected: &[&str], absent: &[&str]) {
        let summary = render(record);
        expected.iter().for_each(|words| assert!(summary.contains(words), "{words:?} is not in:\n{summary}"));
        absent.iter().for_each(|words| assert!(!summary.contains(words), "{words:?} is in:\n{summary}"));
    }

    #[test]
    fn the_fragment_says_what_the_record_knows() {
        let expected = [
            "no legal advice",
            "the first line of `domains.csv`",
            "55.6 % of the bytes",
            "CCBot",
            "2025-12-30 to 2026-01-19",
            "about 20,000 tokens",
            "less than 1 billion tokens",
        ];
        check(&example::rich(), &expected, &[]);
        check(&example::bare(), &["no legal advice", "do not name a crawl"], &["CCBot"]);
    }

    #[test]
    fn sizes_are_told_only_where_they_are_known() {
        let mut record = example::rich();
        let range = |record: &mut RunRecord, tokens: u64| {
            record.tokens.as_mut().expect("it has tokens").total.tokens = tokens;
            size(record).expect("they were counted")
        };
        assert_eq!(range(&mut record, TOKENS_LOW - 1), "less than 1 billion tokens");
        assert_eq!(range(&mut record, TOKENS_LOW), "1 billion to 10 trillion tokens");
        assert_eq!(range(&mut record, TOKENS_HIGH), "1 billion to 10 trillion tokens");
        assert_eq!(range(&mut record, TOKENS_HIGH + 1), "more than 10 trillion tokens");
        record.tokens = None;
        record.statistics.total.text_bytes = TOKENS_LOW - 1;
        assert_eq!(size(&record), Some("less than 1 billion tokens"));
        record.statistics.total.text_bytes = TOKENS_LOW;
        assert_eq!(size(&record), None);
    }

    #[test]
    fn other_crawlers_are_not_taken_for_common_crawls() {
        let mut record = example::rich();
        record.statistics.dumps = [(String::from("<b>my|crawl"), Amount::default())].into();
        check(&record, &["| &lt;b&gt;my\\|crawl |"], &["CCBot"]);
    }
}
