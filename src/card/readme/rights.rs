//! Licenses and reservations, as counts and in words: what a finding covers, what it rests on, what was heeded.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value, context};

use crate::card::escape;
use crate::document::rights::Tier;
use crate::ledger::amount::Amount;
use crate::ledger::funnel::{grouped, share};
use crate::ledger::run_record::RunRecord;

/// Licenses that are listed by name.
const LICENSES_LISTED: usize = 40;

/// A row for each tier that the set or, where it was looked for, the crawl has; in the order of tiers.
pub fn tier_rows(record: &RunRecord) -> Vec<Value> {
    let (set, crawl) = (&record.statistics, &record.crawl);
    let looked_at: u64 = crawl.tiers.values().sum();
    let names = Tier::ALL.iter().map(|tier| tier.as_str());
    let others = set.tiers.keys().map(String::as_str).filter(|name| Tier::from_word(name).is_none());
    let names = names.chain(others).filter(|name| set.tiers.contains_key(*name) || crawl.tiers.contains_key(*name));
    let row = |name: &str| {
        let amount = set.tiers.get(name).copied().unwrap_or_default();
        let pages = crawl.tiers.get(name).copied().unwrap_or_default();
        context! {
            name => escape::cell(name),
            meaning => tier_words(name),
            documents => grouped(amount.documents),
            text_bytes => grouped(amount.text_bytes),
            share => share(amount.documents, set.total.documents),
            crawl_documents => grouped(pages),
            crawl_share => share(pages, looked_at),
        }
    };
    names.map(row).collect()
}

fn tier_words(tier: &str) -> &'static str {
    match Tier::from_word(tier) {
        Some(Tier::Open) => "may be used for any purpose, some with conditions such as naming the author",
        Some(Tier::NonCommercial) => "not for commercial use",
        Some(Tier::NoDerivatives) => "may not be changed",
        Some(Tier::Unclear) => "the page contradicts itself, or its terms could not be read",
        Some(Tier::Reserved) => "all rights reserved, or reserved against text and data mining",
        Some(Tier::None) => "no statement about the text was found",
        None => "nobody looked for a license",
    }
}

/// The licenses with the most documents; and how many there are beside these.
pub fn licenses(record: &RunRecord) -> (Vec<Value>, usize) {
    let set = &record.statistics;
    let mut licenses: Vec<(&String, &Amount)> = set.licenses.iter().collect();
    licenses.sort_by_key(|(name, amount)| (std::cmp::Reverse(amount.documents), *name));
    let row = |(name, amount): &(&String, &Amount)| {
        context! {
            name => escape::code(name),
            documents => grouped(amount.documents),
            text_bytes => grouped(amount.text_bytes),
            share => share(amount.documents, set.total.documents),
        }
    };
    (licenses.iter().take(LICENSES_LISTED).map(row).collect(), licenses.len().saturating_sub(LICENSES_LISTED))
}

/// By what licenses cover, how sure the verdicts are, and the kind of their strongest evidence.
pub fn findings(record: &RunRecord) -> Vec<Value> {
    let set = &record.statistics;
    let groups = [("scope", &set.scopes), ("confidence", &set.confidences), ("strongest evidence", &set.evidence)];
    let rows = groups.into_iter().flat_map(|(question, counts)| {
        let mut counts: Vec<_> = counts.iter().collect();
        counts.sort_by_key(|(word, count)| (std::cmp::Reverse(**count), *word));
        counts.into_iter().map(move |(word, count)| {
            context! {
                question,
                word => escape::code(word),
                meaning => finding_words(question, word),
                documents => grouped(*count),
            }
        })
    });
    rows.collect()
}

fn finding_words(question: &str, word: &str) -> &'static str {
    match (question, word) {
        ("scope", "page") => "the text of this page",
        ("scope", "site") => "all pages of the site",
        ("scope", "part") => "a part of the text",
        ("scope", "object") => "something that is not the text, such as a picture",
        ("scope", "none") => "nothing",
        ("confidence", "strong") => "a machine-readable statement about this page, or several that agree",
        ("confidence", "medium") => {
            "one machine-readable statement for the site, or a link with words that say what it covers"
        }
        ("confidence", "weak") => "a link or words alone",
        (_, "http_link") => "a header of the response",
        (_, "rel_license") => "a link that is marked as the license",
        (_, "microdata" | "rdfa") => "marks of structured data in the page",
        (_, "meta") => "a statement in the page's head",
        (_, "json_ld") => "structured data beside the page",
        (_, "link") => "a plain link with words around it",
        (_, "words") => "words alone",
        (_, "rdf_comment") => "structured data in a comment, beside a visible statement",
        (_, "script") => "an address in a script that writes into the page",
        _ => "",
    }
}

/// A row for each signal that reserved rights: in how many documents it was seen, and how many of these are in the set.
pub fn reserved_by(record: &RunRecord) -> Vec<Value> {
    let (set, crawl) = (&record.statistics.reserved_by, &record.crawl.reserved_by);
    let signals: BTreeSet<&String> = set.keys().chain(crawl.keys()).collect();
    let count = |counts: &BTreeMap<String, u64>, signal: &String| counts.get(signal).copied().unwrap_or_default();
    let row = |signal: &String| {
        let (seen, kept) = (count(crawl, signal), count(set, signal));
        context! {
            signal => escape::code(signal),
            meaning => signal_words(signal),
            seen => grouped(seen),
            kept => grouped(kept),
        }
    };
    signals.into_iter().map(row).collect()
}

/// A signal, in words.
pub fn signal_words(signal: &str) -> &'static str {
    match signal {
        "tdm-reservation" => "TDM Reservation Protocol, in a header of the response",
        "tdm-reservation meta" => "TDM Reservation Protocol, in the page's head",
        "tdm-policy" => "TDM Reservation Protocol: an address of terms, beside a reservation",
        "robots_meta" => "the rule `noai` in the page's head",
        "x-robots-tag" => "the rule `noai` in a header of the response",
        "content-usage" => "IETF AI Preferences (AIPREF), in a header of the response",
        "content-signal" => "Content Signals, in a header of the response",
        "robots.txt" => "the site's robots.txt at the time of the capture",
        "words" => "a sentence of the page",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::example;

    #[test]
    fn a_signal_that_was_seen_is_told_even_if_none_of_it_is_kept() {
        let mut record = example::bare();
        record.crawl.reserved_by.insert("robots_meta".into(), 7);
        record.statistics.reserved_by.insert("words".into(), 2);
        let rows: Vec<String> = reserved_by(&record).iter().map(ToString::to_string).collect();
        assert_eq!(rows.len(), 2);
        assert!(rows[0].contains("robots_meta") && rows[0].contains("'7'") && rows[0].contains("'0'"), "{rows:?}");
    }

    #[test]
    fn tiers_of_the_crawl_are_told_beside_those_of_the_set() {
        let mut record = example::bare();
        assert!(tier_rows(&record).is_empty());
        record.statistics.total = Amount { documents: 3, text_bytes: 30 };
        record.statistics.tiers.insert("open".into(), Amount { documents: 3, text_bytes: 30 });
        record.crawl.tiers = BTreeMap::from([("open".into(), 3), ("none".into(), 9)]);
        let rows: Vec<String> = tier_rows(&record).iter().map(ToString::to_string).collect();
        assert!(rows[0].contains("100.0 %") && rows[0].contains("25.0 %"), "{rows:?}");
        assert!(rows[1].contains("none") && rows[1].contains("75.0 %"), "{rows:?}");
    }
}
