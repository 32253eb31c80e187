//! What the crawl itself is made of, counted before anything was chosen: what a set is compared with.
//!
//! Only what is known by then is counted: top-level domain and year of every page, language and license tier of the
//! documents that reached the stages which find them. Keys come from fixed lists, so hostile input cannot grow the maps.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::statistics::{entry, host, merge_counts};
use crate::document::Facts;
use crate::document::origin::Origin;
use crate::document::rights::{Reservation, Tier};

/// Counts over all pages of the input: the records that the stage `warc` passed on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct CrawlMix {
    /// All pages.
    pub pages: u64,
    /// Pages by top-level domain, see [`top_level_domain`].
    pub tlds: BTreeMap<String, u64>,
    /// Pages by year of the capture.
    pub years: BTreeMap<String, u64>,
    /// Documents by language, of those for which it was looked for; `und` where none was found.
    pub languages: BTreeMap<String, u64>,
    /// The same by script.
    pub scripts: BTreeMap<String, u64>,
    /// Documents by license tier, of those for which a license was looked for.
    pub tiers: BTreeMap<String, u64>,
    /// Documents that reserve their rights, by the signal that does; one with two signals counts for both.
    pub reserved_by: BTreeMap<String, u64>,
}

impl CrawlMix {
    /// Counts one page, with what was found of it.
    pub fn count(&mut self, origin: &Origin, facts: Option<&Facts>) {
        self.pages += 1;
        *entry(&mut self.tlds, &top_level_domain(&origin.url)) += 1;
        let year = origin.date.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        *entry(&mut self.years, year.unwrap_or("unknown")) += 1;
        let Some(facts) = facts else { return };
        if facts.language.was_asked() {
            let language = facts.language.found();
            *entry(&mut self.languages, language.map_or("und", |language| language.code)) += 1;
            *entry(&mut self.scripts, language.map_or("und", |language| language.script)) += 1;
        }
        if facts.rights.was_asked() {
            let tier = facts.rights.found().map_or(Tier::None, |rights| rights.tier);
            *entry(&mut self.tiers, tier.as_str()) += 1;
        }
        if let Some(rights) = facts.rights.found()
            && rights.reservation == Reservation::Reserved
        {
            let mut signals: Vec<_> = rights.reservation_evidence.iter().map(|found| found.signal).collect();
            signals.sort_unstable();
            signals.dedup();
            signals.into_iter().for_each(|signal| *entry(&mut self.reserved_by, signal) += 1);
        }
    }

    /// Adds those of other pages.
    pub fn merge(&mut self, other: &Self) {
        self.pages += other.pages;
        merge_counts(&mut self.tlds, &other.tlds);
        merge_counts(&mut self.years, &other.years);
        merge_counts(&mut self.languages, &other.languages);
        merge_counts(&mut self.scripts, &other.scripts);
        merge_counts(&mut self.tiers, &other.tiers);
        merge_counts(&mut self.reserved_by, &other.reserved_by);
    }
}

/// The last label of a URL's host in lower case if the Public Suffix List knows it, `address` for an address of numbers,
/// else `unknown`.
pub fn top_level_domain(url: &str) -> Cow<'_, str> {
    let host = host(url);
    let last = host.rsplit('.').next().unwrap_or_default();
    if host.starts_with('[') || (!last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())) {
        return Cow::Borrowed("address");
    }
    let lower = match last.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(last.to_ascii_lowercase()),
        false => Cow::Borrowed(last),
    };
    let is_known = psl::suffix(lower.as_bytes()).is_some_and(|suffix| suffix.is_known());
    if is_known { lower } else { Cow::Borrowed("unknown") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::fact::Fact;
    use crate::document::language::Language;

    #[test]
    fn top_level_domains_are_those_that_exist() {
        let check = |url: &str, expected: &str| assert_eq!(top_level_domain(url), expected, "{url}");
        check("https://a.b.example.co.uk/x", "uk");
        check("http://EXAMPLE.ORG./", "org");
        check("http://192.0.2.7:80/", "address");
        check("http://[2001:db8::1]/", "address");
        check("http://localhost/", "unknown");
        check("http://a.nosuchdomain/", "unknown");
        check("dns:example.org", "unknown");
    }

    #[test]
    fn what_nobody_looked_for_is_not_counted() {
        let origin = Origin { url: "https://a.example.de/".into(), date: "2026-01-01".into(), ..Origin::default() };
        let mut facts = Facts::default();
        let mut mix = CrawlMix::default();
        mix.count(&origin, None);
        mix.count(&origin, Some(&facts));
        facts.language = Fact::NotFound;
        mix.count(&origin, Some(&facts));
        facts.rights = Fact::NotFound;
        facts.language = Fact::Found(Language { code: "deu", script: "Latn", score: 1.0, share: None });
        mix.count(&Origin { date: "long ago".into(), ..origin }, Some(&facts));
        let counts = |pairs: &[(&str, u64)]| -> BTreeMap<String, u64> {
            pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
        };
        assert_eq!((mix.pages, &mix.tlds), (4, &counts(&[("de", 4)])));
        assert_eq!(mix.years, counts(&[("2026", 3), ("unknown", 1)]));
        assert_eq!(mix.languages, counts(&[("deu", 1), ("und", 1)]));
        assert_eq!(mix.tiers, counts(&[("none", 1)]), "who was asked and states nothing is of tier `none`");
        let mut twice = mix.clone();
        twice.merge(&mix);
        assert_eq!((twice.pages, twice.scripts), (8, counts(&[("Latn", 2), ("und", 2)])));
    }
}
