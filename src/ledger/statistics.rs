//! What the kept documents are, counted for the cards: languages, licenses, years, domains, and how figures are spread.
//!
//! Statistics merge in any order. Domains are counted by registered domain, of which a crawl has some tens of millions:
//! about 100 bytes each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::amount::{Amount, Domain};
use super::edits::Edits;
use super::figures::{Figures, Measured};
use super::mix::top_level_domain;
use super::sample::{SampleRow, Samples};
use super::tokens::Sums;
use crate::document::edits::Edit;

/// What is known of one kept document for the statistics.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// Bytes of text in UTF-8.
    pub text_bytes: u64,
    /// `WARC-Record-ID`.
    pub id: &'a str,
    /// ISO 639-3, or none.
    pub language: Option<&'a str>,
    /// ISO 15924, or none.
    pub script: Option<&'a str>,
    /// License tier, or none if rights were not asked for.
    pub tier: Option<&'a str>,
    /// SPDX expression, or none.
    pub spdx: Option<&'a str>,
    /// The crawl, as its files name it, or none if they do not.
    pub dump: Option<&'a str>,
    /// `WARC-Date`.
    pub date: &'a str,
    /// Target URI.
    pub url: &'a str,
    /// `reserved`, `allowed`, `unset`, or none if rights were not asked for.
    pub reservation: Option<&'a str>,
    /// The signals that reserve rights, if it is `reserved`; each once.
    pub reserved_by: &'a [&'a str],
    /// What the license covers, how sure that is, and the kind of its strongest evidence; each none if there is none.
    pub license: [Option<&'a str>; 3],
    /// Whether the crawler cut the payload.
    pub truncated: bool,
    /// Tokens, or none where they were not counted.
    pub tokens: Option<u32>,
    /// Figures whose spread is told.
    pub measured: &'a Measured,
}

/// Counts over the kept documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Statistics {
    /// All of them.
    pub total: Amount,
    /// By language, `und` where none was found.
    pub languages: BTreeMap<String, Amount>,
    /// Documents by language and license tier.
    pub language_tiers: BTreeMap<String, BTreeMap<String, u64>>,
    /// By license tier.
    pub tiers: BTreeMap<String, Amount>,
    /// By SPDX expression.
    pub licenses: BTreeMap<String, Amount>,
    /// By what the license covers.
    #[serde(default)]
    pub scopes: BTreeMap<String, u64>,
    /// By how sure the verdict on the license is.
    #[serde(default)]
    pub confidences: BTreeMap<String, u64>,
    /// By the kind of the strongest evidence of a license.
    #[serde(default)]
    pub evidence: BTreeMap<String, u64>,
    /// By script, ISO 15924, `und` where none was found.
    #[serde(default)]
    pub scripts: BTreeMap<String, Amount>,
    /// By top-level domain, see [`top_level_domain`].
    #[serde(default)]
    pub tlds: BTreeMap<String, Amount>,
    /// By crawl, of those documents whose files name one.
    #[serde(default)]
    pub dumps: BTreeMap<String, Amount>,
    /// By year of the capture.
    pub years: BTreeMap<String, Amount>,
    /// First and last capture, as `WARC-Date` states them; none if there is no document with a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captures: Option<Span>,
    /// By reservation.
    pub reservations: BTreeMap<String, u64>,
    /// Documents that reserve their rights, by the signal that does.
    #[serde(default)]
    pub reserved_by: BTreeMap<String, u64>,
    /// Documents whose payload the crawler cut.
    pub truncated: u64,
    /// What editors changed in them, by the name of the stage.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub edits: BTreeMap<String, Edits>,
    /// How figures are spread; the run record has what is read off them, `statistics.csv` the buckets.
    #[serde(skip)]
    pub figures: Figures,
    /// Tokens by language; the run record has what they say of all documents.
    #[serde(skip)]
    pub tokens: BTreeMap<String, Sums>,
    /// A few documents to look at; the run record has them in a field of its own.
    #[serde(skip)]
    pub samples: Samples,
    /// By registered domain; kept out of the run record, in `domains.csv`.
    #[serde(skip)]
    pub domains: BTreeMap<String, Domain>,
}

/// From the first moment to the last, both as written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Span {
    /// The earliest.
    pub first: String,
    /// The latest.
    pub last: String,
}

impl Span {
    /// Stretches the span as far as this moment; dates as WARC files write them sort as text.
    fn reach(span: &mut Option<Self>, date: &str) {
        match span {
            Some(span) if date < span.first.as_str() => span.first = date.to_owned(),
            Some(span) if date > span.last.as_str() => span.last = date.to_owned(),
            Some(_) => {}
            None => *span = Some(Self { first: date.to_owned(), last: date.to_owned() }),
        }
    }
}

impl Statistics {
    /// Counts one kept document. `row` is asked for only if the document is one of those to look at.
    pub fn count(&mut self, sample: &Sample<'_>, row: impl FnOnce() -> SampleRow) {
        let amount = Amount { documents: 1, text_bytes: sample.text_bytes };
        self.total.add(amount);
        let language = sample.language.unwrap_or("und");
        add(&mut self.languages, language, amount);
        let tier = sample.tier.unwrap_or("not asked");
        add(&mut self.tiers, tier, amount);
        *entry(entry(&mut self.language_tiers, language), tier) += 1;
        if let Some(spdx) = sample.spdx {
            add(&mut self.licenses, spdx, amount);
        }
        let [scope, confidence, evidence] = sample.license;
        let counts = [(&mut self.scopes, scope), (&mut self.confidences, confidence), (&mut self.evidence, evidence)];
        for (counts, word) in counts {
            if let Some(word) = word {
                *entry(counts, word) += 1;
            }
        }
        add(&mut self.scripts, sample.script.unwrap_or("und"), amount);
        add(&mut self.tlds, &top_level_domain(sample.url), amount);
        if let Some(dump) = sample.dump {
            add(&mut self.dumps, dump, amount);
        }
        add(&mut self.years, sample.date.get(..4).unwrap_or("unknown"), amount);
        if !sample.date.is_empty() {
            Span::reach(&mut self.captures, sample.date);
        }
        self.samples.offer(sample.id, row);
        *entry(&mut self.reservations, sample.reservation.unwrap_or("not asked")) += 1;
        sample.reserved_by.iter().for_each(|signal| *entry(&mut self.reserved_by, signal) += 1);
        self.truncated += u64::from(sample.truncated);
        self.figures.count(sample.measured, sample.text_bytes);
        if let Some(tokens) = sample.tokens {
            entry(&mut self.tokens, language).count(tokens.into(), sample.text_bytes);
        }
        let domain = entry(&mut self.domains, registered_domain(sample.url));
        domain.amount.add(amount);
        *entry(&mut domain.tiers, tier) += 1;
    }

    /// Counts what one stage changed in one kept document.
    pub fn count_edits(&mut self, stage: &str, edits: &[Edit]) {
        let counted = entry(&mut self.edits, stage);
        counted.documents += 1;
        edits.iter().for_each(|edit| counted.add(edit.what, edit.count));
    }

    /// The sum of two.
    #[must_use]
    pub fn merge(mut self, other: &Self) -> Self {
        self.total.add(other.total);
        self.truncated += other.truncated;
        self.figures.merge(&other.figures);
        for (language, sums) in &other.tokens {
            entry(&mut self.tokens, language).add(sums);
        }
        merge_amounts(&mut self.languages, &other.languages);
        merge_amounts(&mut self.tiers, &other.tiers);
        merge_amounts(&mut self.licenses, &other.licenses);
        merge_counts(&mut self.reserved_by, &other.reserved_by);
        merge_counts(&mut self.scopes, &other.scopes);
        merge_counts(&mut self.confidences, &other.confidences);
        merge_counts(&mut self.evidence, &other.evidence);
        merge_amounts(&mut self.scripts, &other.scripts);
        merge_amounts(&mut self.tlds, &other.tlds);
        merge_amounts(&mut self.dumps, &other.dumps);
        merge_amounts(&mut self.years, &other.years);
        if let Some(Span { first, last }) = &other.captures {
            Span::reach(&mut self.captures, first);
            Span::reach(&mut self.captures, last);
        }
        self.samples.merge(&other.samples);
        merge_counts(&mut self.reservations, &other.reservations);
        for (language, tiers) in &other.language_tiers {
            merge_counts(entry(&mut self.language_tiers, language), tiers);
        }
        for (stage, theirs) in &other.edits {
            entry(&mut self.edits, stage).merge(theirs);
        }
        for (name, theirs) in &other.domains {
            let mine = entry(&mut self.domains, name);
            mine.amount.add(theirs.amount);
            merge_counts(&mut mine.tiers, &theirs.tiers);
        }
        self
    }
}

/// The registered domain of a URL by the Public Suffix List, else its host, else `unknown`.
pub fn registered_domain(url: &str) -> &str {
    let host = host(url);
    match psl::domain_str(host) {
        Some(domain) => domain,
        None if host.is_empty() => "unknown",
        None => host,
    }
}

/// The host of a URL as it is written, without a dot at its end; empty if the URL has none.
pub(super) fn host(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return "" };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().trim_end_matches('.')
}

/// The value under a key, without an allocation where the key is there already.
pub(super) fn entry<'m, V: Default>(map: &'m mut BTreeMap<String, V>, key: &str) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), V::default());
    }
    map.get_mut(key).expect("the key was put in above")
}

fn add(map: &mut BTreeMap<String, Amount>, key: &str, amount: Amount) {
    entry(map, key).add(amount);
}

fn merge_amounts(mine: &mut BTreeMap<String, Amount>, theirs: &BTreeMap<String, Amount>) {
    for (key, amount) in theirs {
        add(mine, key, *amount);
    }
}

pub(super) fn merge_counts(mine: &mut BTreeMap<String, u64>, theirs: &BTreeMap<String, u64>) {
    for (key, count) in theirs {
        *entry(mine, key) += count;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ledger::figures::Figure;

    #[test]
    fn domains_are_registered_ones() {
        assert_eq!(registered_domain("https://a.b.example.co.uk/x?y=//z"), "example.co.uk");
        assert_eq!(registered_domain("http://user:pass@www.example.org:8080/"), "example.org");
        assert_eq!(registered_domain("http://localhost/x"), "localhost");
        assert_eq!(registered_domain("dns:example.org"), "unknown");
    }

    fn counted(samples: &[(u8, u8)]) -> Statistics {
        let mut statistics = Statistics::default();
        for (language, host) in samples {
            let url = format!("https://host{host}.example/");
            let mut measured = Measured::default();
            measured.set(Figure::LanguageScore, Some(f64::from(*host) / 10.0));
            let sample = Sample {
                text_bytes: u64::from(*host),
                id: &url,
                script: Some("Latn"),
                reserved_by: &[],
                license: [Some("page"), None, Some("rel_license")],
                language: Some(["eng", "deu"][usize::from(*language % 2)]),
                tier: Some("open"),
                spdx: Some("CC-BY-4.0"),
                dump: (*host > 1).then_some("CC-MAIN-2026-05"),
                date: "2026-01-01T00:00:00Z",
                url: &url,
                reservation: None,
                truncated: *language > 9,
                tokens: (*language > 4).then_some((*host).into()),
                measured: &measured,
            };
            statistics.count(&sample, || SampleRow { id: url.clone(), ..SampleRow::default() });
            let stage = ["edit.personal_data", "edit.lines"][usize::from(*host % 2)];
            statistics.count_edits(stage, &[Edit { stage: 3, what: "email", count: u64::from(*language) }]);
        }
        statistics
    }

    proptest! {
        #[test]
        fn merge_is_order_free(a in prop::collection::vec((0..20_u8, 0..5_u8), 0..20), b in prop::collection::vec((0..20_u8, 0..5_u8), 0..20)) {
            let whole: Vec<_> = a.iter().chain(&b).copied().collect();
            prop_assert_eq!(counted(&a).merge(&counted(&b)), counted(&whole));
            prop_assert_eq!(counted(&b).merge(&counted(&a)), counted(&whole));
        }
    }
}
