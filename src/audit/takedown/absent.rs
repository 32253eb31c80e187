//! Whether a row is one that was to be taken out, told from the run record alone.
//!
//! A takedown finds its rows by this, and `verify` proves by the same that none is left. The record holds hashes of
//! rules, so that a rule which must not be repeated (a URL, a passage) can be checked as well as one that stands there.

use std::collections::BTreeMap;

use super::list;
use super::passage::{Power, Rolling, spelled};
use super::urls;
use crate::ledger::removal::{RemovalRecord, RuleKind};

/// A row of `data/` or of `dropped/`, as far as rules ask for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    /// `WARC-Record-ID`.
    pub id: &'a str,
    /// Target URI.
    pub url: &'a str,
    /// `blake3:` and hex; empty where there is no text.
    pub text_digest: &'a str,
    /// All that the row holds of the page's words: text, title, author, snippets of evidence. Asked for only by
    /// passages, see [`Removals::asks_for_texts`].
    pub texts: &'a [&'a str],
}

/// A removal that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("removal {number} of the run record {what}")]
pub struct BadRemoval {
    /// Its number, from 1.
    pub number: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

/// What is known of rules: the number of the first rule with each hash.
type Numbers = BTreeMap<[u8; 32], usize>;
/// Passages of one number of words: BLAKE3 in hex and number of those with each rolling hash.
type Passages = BTreeMap<u64, Vec<(String, usize)>>;

/// All rules of some takedowns, ready to be asked of rows.
#[derive(Clone, Debug, Default)]
pub struct Removals {
    whole: BTreeMap<RuleKind, Numbers>,
    /// Prefixes by their length in bytes.
    prefixes: BTreeMap<usize, Numbers>,
    /// Passages by their number of words, and then by their rolling hash.
    passages: Vec<(Power, Passages)>,
}

impl Removals {
    /// Of these records. Refuses one whose hash is not that of its rule.
    pub fn of(records: &[RemovalRecord]) -> Result<Self, BadRemoval> {
        let mut removals = Self::default();
        let mut passages: BTreeMap<usize, Passages> = BTreeMap::new();
        for (number, record) in records.iter().enumerate() {
            let wrong = |what| BadRemoval { number: number + 1, what };
            let hash = parse_hash(&record.blake3).ok_or_else(|| wrong("has no BLAKE3 hash"))?;
            if let Some(rule) = &record.rule {
                let normal = list::normal(record.kind, rule).map_err(|_| wrong("has a rule that is none"))?;
                if *blake3::hash(normal.as_bytes()).as_bytes() != hash {
                    return Err(wrong("has a hash that is not the one of its rule"));
                }
            }
            let length = usize::try_from(record.length).map_err(|_| wrong("is longer than any text"))?;
            match record.kind {
                RuleKind::Passage => {
                    let rolling = record.rolling.as_deref().and_then(|hex| u64::from_str_radix(hex, 16).ok());
                    let rolling = rolling.ok_or_else(|| wrong("has no rolling hash"))?;
                    if length == 0 {
                        return Err(wrong("is a passage of no words"));
                    }
                    let found = passages.entry(length).or_default().entry(rolling).or_default();
                    found.push((record.blake3.clone(), number));
                }
                RuleKind::UrlPrefix => {
                    removals.prefixes.entry(length).or_default().entry(hash).or_insert(number);
                }
                kind => {
                    removals.whole.entry(kind).or_default().entry(hash).or_insert(number);
                }
            }
        }
        removals.passages = passages.into_iter().map(|(words, found)| (Power::of(words), found)).collect();
        Ok(removals)
    }

    /// Whether [`Row::texts`] is looked at.
    pub fn asks_for_texts(&self) -> bool {
        !self.passages.is_empty()
    }

    /// Whether any rule is about URLs.
    pub fn asks_for_urls(&self) -> bool {
        let kinds = [RuleKind::Domain, RuleKind::Url];
        !self.prefixes.is_empty() || kinds.iter().any(|kind| self.whole.contains_key(kind))
    }

    /// The number, from 0, of the first rule that names the row.
    pub fn hits(&self, row: &Row<'_>) -> Option<usize> {
        let by_url = self.hits_url(row.url);
        let by_id = self.whole_hit(RuleKind::Id, || urls::bare_id(row.id));
        let by_digest = self.whole_hit(RuleKind::TextDigest, || row.text_digest);
        let by_text = row.texts.iter().filter_map(|text| self.hits_passage(text)).min();
        [by_url, by_id, by_digest, by_text].into_iter().flatten().min()
    }

    /// The number of the first rule about URLs that names this one.
    pub fn hits_url(&self, url: &str) -> Option<usize> {
        if !self.asks_for_urls() {
            return None;
        }
        let comparable = urls::comparable(url);
        let host = urls::host(&comparable);
        let names = host.iter().flat_map(|host| urls::names(host));
        let by_domain = names.filter_map(|name| self.whole_hit(RuleKind::Domain, || name)).min();
        let by_url = self.whole_hit(RuleKind::Url, || &comparable);
        let by_prefix = self.prefixes.iter().filter_map(|(length, numbers)| {
            let (prefix, rest) = comparable.split_at_checked(*length)?;
            urls::is_boundary(prefix, rest).then(|| numbers.get(blake3::hash(prefix.as_bytes()).as_bytes()).copied())?
        });
        [by_domain, by_url, by_prefix.min()].into_iter().flatten().min()
    }

    fn whole_hit<'t>(&self, kind: RuleKind, text: impl FnOnce() -> &'t str) -> Option<usize> {
        let numbers = self.whole.get(&kind)?;
        numbers.get(blake3::hash(text().as_bytes()).as_bytes()).copied()
    }

    fn hits_passage(&self, text: &str) -> Option<usize> {
        if self.passages.is_empty() {
            return None;
        }
        let rolling = Rolling::of(text);
        let mut first: Option<usize> = None;
        for (power, passages) in &self.passages {
            for (position, hash) in rolling.runs(*power).enumerate() {
                let Some(found) = passages.get(&hash) else { continue };
                let is_lower = |number: usize| first.is_none_or(|first| number < first);
                if !found.iter().any(|(_, number)| is_lower(*number)) {
                    continue;
                }
                let digest = blake3::hash(spelled(text, position, power.words).as_bytes()).to_hex();
                let lower = found.iter().filter(|(blake3, number)| **blake3 == *digest && is_lower(*number));
                first = lower.map(|(_, number)| *number).min().or(first);
            }
        }
        first
    }
}

/// The record of a rule that has taken nothing yet.
pub fn record_of(rule: &list::Rule, takedown: u32, forget_urls: bool) -> RemovalRecord {
    let is_passage = rule.kind == RuleKind::Passage;
    let is_url = matches!(rule.kind, RuleKind::Domain | RuleKind::UrlPrefix | RuleKind::Url);
    let rolling = is_passage.then(|| Rolling::of(&rule.normal));
    RemovalRecord {
        takedown,
        kind: rule.kind,
        rule: (!(is_passage || is_url && forget_urls)).then(|| rule.given.clone()),
        blake3: blake3::hash(rule.normal.as_bytes()).to_hex().to_string(),
        length: rolling.as_ref().map_or(rule.normal.len(), Rolling::words) as u64,
        rolling: rolling.map(|rolling| format!("{:016x}", rolling.whole())),
        date: None,
        note: None,
        rows: 0,
        text_bytes: 0,
        dropped_texts: 0,
    }
}

fn parse_hash(hex: &str) -> Option<[u8; 32]> {
    data_encoding::HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSAGE: &str = "the old mill by the river grinds slowly all night";

    fn removals(list: &str, forget_urls: bool) -> Removals {
        let rules = list::parse("list", list).expect("a good list");
        let records: Vec<_> = rules.iter().map(|rule| record_of(rule, 1, forget_urls)).collect();
        assert!(records.iter().all(|record| record.kind != RuleKind::Passage || record.rule.is_none()));
        Removals::of(&records).expect("records of good rules")
    }

    /// What the list says of a URL, whether or not the record repeats its rules.
    #[track_caller]
    fn check_url(list: &str, url: &str, expected: Option<usize>) {
        for forget_urls in [false, true] {
            let found = removals(list, forget_urls).hits(&Row { url, ..Row::default() });
            assert_eq!(found, expected, "{list} {url} {forget_urls}");
        }
    }

    #[test]
    fn a_domain_takes_the_hosts_below_it_and_no_look_alike() {
        check_url("domain example.org", "https://example.org/", Some(0));
        check_url("domain example.org", "http://A.b.EXAMPLE.org.:80/x", Some(0));
        check_url("domain example.org", "https://notexample.org/", None);
        check_url("domain example.org", "https://example.org.evil.example/", None);
        check_url("domain example.org", "https://evil.example/example.org", None);
        check_url("domain blog.example.org", "https://example.org/", None);
        check_url("domain blog.example.org", "https://x.blog.example.org/", Some(0));
        check_url("domain 192.0.2.7", "http://192.0.2.7/a", Some(0));
        check_url("domain example.org", "dns:example.org", None);
    }

    #[test]
    fn urls_and_prefixes_take_what_they_say() {
        check_url("url https://example.org/a", "HTTP://example.org:80/a#part", Some(0));
        check_url("url https://example.org/a", "https://example.org/a/", None);
        check_url("url https://example.org/a", "https://example.org/a?x", None);
        check_url("url-prefix https://example.org/a", "https://example.org/a", Some(0));
        check_url("url-prefix https://example.org/a", "http://example.org/a/b?c", Some(0));
        check_url("url-prefix https://example.org/a", "https://example.org/ab", None);
        check_url("url-prefix https://example.org/a/", "https://example.org/a", None);
        check_url("url-prefix https://example.org", "https://example.org/a", Some(0));
        check_url("url-prefix https://example.org", "https://example.organic/", None);
    }

    #[test]
    fn the_first_rule_of_several_counts() {
        check_url("url https://example.org/a\ndomain example.org", "https://example.org/a", Some(0));
        check_url(
            "domain example.net\ndomain example.org\nurl https://example.org/a",
            "https://example.org/a",
            Some(1),
        );
    }

    #[test]
    fn ids_digests_and_passages_take_what_they_say() {
        let digest = format!("blake3:{}", "ab".repeat(32));
        let list = format!("id urn:uuid:1\ntext-digest {digest}\npassage {PASSAGE}");
        let removals = removals(&list, false);
        let check = |row: Row<'_>, expected: Option<usize>| assert_eq!(removals.hits(&row), expected, "{row:?}");
        check(Row { id: "<urn:uuid:1>", ..Row::default() }, Some(0));
        check(Row { id: "<urn:uuid:12>", ..Row::default() }, None);
        check(Row { text_digest: &digest, ..Row::default() }, Some(1));
        let with = |text: &str| removals.hits(&Row { texts: &["Mill", text], ..Row::default() });
        assert_eq!(with(&format!("Here {}, they say.", PASSAGE.to_uppercase().replace(' ', "\n"))), Some(2));
        assert_eq!(with(PASSAGE), Some(2));
        assert_eq!(with(&PASSAGE.replace("slowly", "quickly")), None);
        assert_eq!(with(&PASSAGE.replace(" night", "")), None);
        assert!(removals.asks_for_texts());
    }

    #[test]
    fn a_record_that_contradicts_itself_is_refused() {
        let rules = list::parse("list", "domain example.org").expect("a good list");
        let good = record_of(&rules[0], 1, false);
        let other = RemovalRecord { rule: Some("example.net".into()), ..good.clone() };
        let error = Removals::of(&[good.clone(), other]).expect_err("another rule");
        assert_eq!(error.to_string(), "removal 2 of the run record has a hash that is not the one of its rule");
        assert!(Removals::of(&[RemovalRecord { blake3: "x".into(), ..good.clone() }]).is_err());
        assert!(Removals::of(&[RemovalRecord { kind: RuleKind::Passage, rule: None, ..good }]).is_err());
    }
}
