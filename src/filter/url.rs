//! Drops records by their URL: block lists of domains, hosts and whole URLs, and words that a URL must not hold.
//!
//! Rules and their order are those of datatrove 0.10 (`URLFilter`), which FineWeb uses; the lists are the preset's own.
//! It needs no more than the origin, so it judges before a payload is parsed.
//!
//! A *host* is the full name, compared in lower case and Punycode; an IP address is a host as well.
//! A *domain* is one label and an ICANN suffix of the Public Suffix List: that of `www.example.co.uk` is
//! `example.co.uk`.
//! The list's private suffixes are left out, as datatrove has it: the domain of `blog.github.io` is `github.io`, so an
//! entry for one blog belongs into `hosts`. An address has no domain.
//! A URL without a host, or one that cannot be parsed, is judged as written by the other rules; `drop_without_host`
//! drops it.

use std::borrow::Cow;

use regex::Regex;
use serde::{Deserialize, Serialize};
use url::{Host, Url as ParsedUrl};

use super::lists::{Entries, List, Lists};
use super::{Gate, Judge};
use crate::document::bad_config::BadConfig;
use crate::document::fact::Question;
use crate::document::origin::Origin;
use crate::document::reason::{Reason, Verdict};

const WITHOUT_HOST: Reason = Reason::new("url.without_host");
const BLOCKED_DOMAIN: Reason = Reason::new("url.blocked_domain");
const BLOCKED_HOST: Reason = Reason::new("url.blocked_host");
const BLOCKED_URL: Reason = Reason::new("url.blocked_url");
const BLOCKED_WORD: Reason = Reason::new("url.blocked_word");
const TOO_MANY_SOFT_WORDS: Reason = Reason::new("url.too_many_soft_words");
const BLOCKED_SUBWORD: Reason = Reason::new("url.blocked_subword");

/// All reasons of this filter, in the order in which its rules are asked.
pub const REASONS: &[Reason] =
    &[WITHOUT_HOST, BLOCKED_DOMAIN, BLOCKED_HOST, BLOCKED_URL, BLOCKED_WORD, TOO_MANY_SOFT_WORDS, BLOCKED_SUBWORD];
/// What an earlier stage has to have found: nothing.
pub const NEEDS: &[Question] = &[];

/// What a kept record's URL may not be. All lists are empty by default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Registered domains, e.g. `example.com`: blocks the domain and every host below it.
    pub domains: List,
    /// Full host names, e.g. `forum.example.com`: blocks this host alone.
    pub hosts: List,
    /// Whole URLs, compared letter by letter with the URL as the record states it.
    pub urls: List,
    /// Words; the URL is split at everything but ASCII letters and digits, and compared in its own case with the entry
    /// in lower case, so that `SEX` in a URL does not match an entry `sex`.
    pub words: List,
    /// Words that are dropped only if `soft_words_min` different ones are there.
    pub soft_words: List,
    /// How many different `soft_words` drop a record. Default 2, as datatrove.
    pub soft_words_min: usize,
    /// Letter sequences, looked for in the URL reduced to its ASCII letters and digits, in lower case.
    pub subwords: List,
    /// Whether a URL that has no host or cannot be parsed, so that `domains` and `hosts` say nothing of it, is dropped.
    /// Default false.
    pub drop_without_host: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            domains: List::default(),
            hosts: List::default(),
            urls: List::default(),
            words: List::default(),
            soft_words: List::default(),
            soft_words_min: 2,
            subwords: List::default(),
            drop_without_host: false,
        }
    }
}

impl Config {
    /// The filter with its lists read; refuses a host with a path, and words without letters and digits.
    pub fn build(&self, lists: &dyn Lists) -> Result<Url, BadConfig> {
        if self.soft_words_min == 0 {
            return Err(BadConfig::new("soft_words_min is 0, which would drop every record; wanted 1 or more"));
        }
        Ok(Url {
            domains: self.domains.load(lists, parse_host)?,
            hosts: self.hosts.load(lists, parse_host)?,
            urls: self.urls.load(lists, |entry| Ok(entry.to_string()))?,
            words: self.words.load(lists, parse_word)?,
            soft_words: self.soft_words.load(lists, parse_word)?,
            soft_words_min: self.soft_words_min,
            subwords: any_of(&self.subwords.load(lists, parse_word)?)?,
            drop_without_host: self.drop_without_host,
        })
    }
}

/// The filter, built from a [`Config`].
pub struct Url {
    domains: Entries,
    hosts: Entries,
    urls: Entries,
    words: Entries,
    soft_words: Entries,
    soft_words_min: usize,
    subwords: Option<Regex>,
    drop_without_host: bool,
}

impl Gate for Url {
    fn judge(&self, origin: &Origin) -> Verdict {
        let url = origin.url.as_str();
        let host = host_of(url);
        if host.is_none() && self.drop_without_host {
            return WITHOUT_HOST.drop();
        }
        if let Some(host) = &host {
            if registered_domain(host).is_some_and(|domain| self.domains.contains(domain)) {
                return BLOCKED_DOMAIN.drop();
            }
            if self.hosts.contains(host) {
                return BLOCKED_HOST.drop();
            }
        }
        if self.urls.contains(url) {
            return BLOCKED_URL.drop();
        }
        self.judge_words(url)
    }
}

impl Url {
    fn judge_words(&self, url: &str) -> Verdict {
        if !self.words.is_empty() && url_words(url).any(|word| self.words.contains(word)) {
            return BLOCKED_WORD.drop();
        }
        if !self.soft_words.is_empty() {
            let mut found: Vec<&str> = url_words(url).filter(|word| self.soft_words.contains(word)).collect();
            found.sort_unstable();
            found.dedup();
            if found.len() >= self.soft_words_min {
                return TOO_MANY_SOFT_WORDS.because(found.len() as f64, self.soft_words_min as f64);
            }
        }
        match &self.subwords {
            Some(subwords) if subwords.is_match(&letters_and_digits(url)) => BLOCKED_SUBWORD.drop(),
            _ => Verdict::Keep,
        }
    }
}

impl From<Url> for Judge {
    fn from(filter: Url) -> Self {
        Self::Origin(Box::new(filter))
    }
}

/// Host of a URL in lower case and Punycode, without a trailing dot. A URL without a scheme is taken for HTTP.
pub(super) fn host_of(url: &str) -> Option<String> {
    let url = url.trim();
    let parsed = match url.contains("://") {
        true => ParsedUrl::parse(url),
        false => ParsedUrl::parse(url).or_else(|_| ParsedUrl::parse(&format!("http://{url}"))),
    };
    let parsed = parsed.ok()?;
    let host = parsed.host_str()?.trim_end_matches('.');
    (!host.is_empty()).then(|| host.to_string())
}

/// One label and the ICANN suffix that `host` ends in; none for addresses, suffixes and names under no known suffix.
fn registered_domain(host: &str) -> Option<&str> {
    let mut name = host;
    loop {
        let suffix = psl::suffix(name.as_bytes())?;
        match suffix.typ()? {
            psl::Type::Icann => {
                let below = host[..host.len() - suffix.as_bytes().len()].strip_suffix('.')?;
                return Some(&host[below.rfind('.').map_or(0, |dot| dot + 1)..]);
            }
            psl::Type::Private => {
                let start = name.len() - suffix.as_bytes().len();
                name = name[start..].split_once('.')?.1;
            }
        }
    }
}

/// The runs of ASCII letters and digits of a URL.
fn url_words(url: &str) -> impl Iterator<Item = &str> {
    url.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// The ASCII letters and digits of a URL or an entry, in lower case.
fn letters_and_digits(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    text.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect()
}

fn parse_word(entry: &str) -> Result<String, String> {
    let word = letters_and_digits(entry);
    if word.is_empty() {
        return Err("a word needs an ASCII letter or digit".to_string());
    }
    Ok(word.into_owned())
}

/// A host as [`host_of`] gives it. Public lists hold names that are none; those stay as they are and match nothing.
pub(super) fn parse_host(entry: &str) -> Result<String, String> {
    if entry.contains('/') {
        return Err("wanted a host name alone, without scheme and path".to_string());
    }
    let name = entry.trim_end_matches('.');
    Ok(Host::parse(name).map_or_else(|_| name.to_lowercase(), |host| host.to_string()))
}

/// A pattern that finds any of the entries, which are letters and digits alone.
fn any_of(entries: &Entries) -> Result<Option<Regex>, BadConfig> {
    if entries.is_empty() {
        return Ok(None);
    }
    let pattern = entries.iter().collect::<Vec<_>>().join("|");
    Regex::new(&pattern).map(Some).map_err(|error| BadConfig::new(format!("subwords: {error}")))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    fn judge(options: &str, url: &str) -> Verdict {
        let config: Config = toml::from_str(options).unwrap();
        let lists =
            BTreeMap::from([("lists/hosts.txt".to_string(), "# two\nads.example.com\n\n10.0.0.1\n".to_string())]);
        let origin = Origin { url: url.to_string(), ..Origin::default() };
        config.build(&lists).unwrap().judge(&origin)
    }

    fn check(options: &str, url: &str, expected: Option<&str>) {
        assert_eq!(judge(options, url).reason().map(Reason::as_str), expected, "{url}");
    }

    fn check_refused(options: &str, expected: &str) {
        let config: Config = toml::from_str(options).unwrap();
        assert_eq!(config.build(&BTreeMap::new()).err().unwrap().to_string(), expected);
    }

    #[test]
    fn without_lists_everything_is_kept() {
        for url in ["https://example.com/", "no url at all", "", "urn:x", "http://[::1"] {
            check("", url, None);
        }
    }

    #[test]
    fn a_domain_blocks_its_hosts_and_no_other() {
        let options = "domains.entries = ['example.co.uk', 'BÜCHER.example.', 'github.io', 'sub.example.org']";
        check(options, "https://www.example.co.uk/a", Some("url.blocked_domain"));
        check(options, "http://EXAMPLE.co.uk:8080", Some("url.blocked_domain"));
        check(options, "example.co.uk/without/scheme", Some("url.blocked_domain"));
        check(options, "https://someone.github.io/", Some("url.blocked_domain"));
        check(options, "https://notexample.co.uk/", None);
        check(options, "https://co.uk/", None);
        check(options, "https://sub.example.org/", None);
        check(options, "https://10.0.0.1/", None);
    }

    #[test]
    fn a_host_blocks_itself_alone() {
        let options = "hosts = { entries = ['forum.example.org'], files = ['lists/hosts.txt'] }";
        check(options, "https://forum.example.org./x", Some("url.blocked_host"));
        check(options, "https://ads.example.com/x", Some("url.blocked_host"));
        check(options, "http://10.0.0.1/x", Some("url.blocked_host"));
        check(options, "https://a.forum.example.org/x", None);
        check(options, "https://example.org/", None);
    }

    #[test]
    fn a_url_is_compared_letter_by_letter() {
        let options = "urls.entries = ['https://example.org/a']";
        check(options, "https://example.org/a", Some("url.blocked_url"));
        check(options, "https://example.org/a/", None);
        check(options, "https://example.org/A", None);
    }

    #[test]
    fn a_word_is_whole_and_in_lower_case() {
        let options = "words.entries = ['Casino', 'poker-club']";
        check(options, "https://example.org/casino-tips", Some("url.blocked_word"));
        check(options, "https://example.org/pokerclub", Some("url.blocked_word"));
        check(options, "https://example.org/casinos", None);
        check(options, "https://example.org/CASINO", None);
    }

    #[test]
    fn soft_words_block_from_the_number_on() {
        let options = "soft_words.entries = ['bet', 'win', 'slot']";
        check(options, "https://example.org/bet/bet", None);
        check(options, "https://example.org/bet/win", Some("url.too_many_soft_words"));
        assert_eq!(judge(options, "http://bet.win/slot"), TOO_MANY_SOFT_WORDS.because(3.0, 2.0));
        check("soft_words.entries = ['bet']\nsoft_words_min = 1", "http://bet.org", Some("url.too_many_soft_words"));
    }

    #[test]
    fn a_subword_is_found_across_marks_and_case() {
        let options = "subwords.entries = ['cas-ino', 'poker']";
        check(options, "https://megaC-A-SINO.example/", Some("url.blocked_subword"));
        check(options, "https://example.org/xpokery", Some("url.blocked_subword"));
        check(options, "https://example.org/cas/in/a", None);
    }

    #[test]
    fn a_url_without_a_host_is_dropped_on_request() {
        for url in ["urn:isbn:1", "http://[::1", "", "https://"] {
            check("drop_without_host = true", url, Some("url.without_host"));
        }
        check("drop_without_host = true", "http://a.example/", None);
    }

    #[test]
    fn the_first_rule_that_speaks_gives_the_reason() {
        let options =
            "words.entries = ['x']\nurls.entries = ['https://example.org/x']\nhosts.entries = ['example.org']";
        check(options, "https://example.org/x", Some("url.blocked_host"));
        check(options, "https://www.example.org/x", Some("url.blocked_word"));
    }

    #[test]
    fn lists_that_cannot_work_are_refused() {
        let host = "entry `http://a.example/`: wanted a host name alone, without scheme and path";
        check_refused("hosts.entries = ['http://a.example/']", host);
        check_refused("words.entries = ['--']", "entry `--`: a word needs an ASCII letter or digit");
        check_refused("domains.files = ['gone.txt']", "the list gone.txt is not there");
        check_refused("soft_words_min = 0", "soft_words_min is 0, which would drop every record; wanted 1 or more");
    }

    proptest! {
        /// Whatever a record states as its URL, the filter answers, and answers the same twice.
        #[test]
        fn any_url_is_judged(url in any::<String>(), host in "[a-z.]{0,12}|.{0,12}") {
            let options = "domains.entries = ['a.com']\nhosts.entries = ['b.c']\nsubwords.entries = ['e']";
            for url in [url.clone(), format!("http://{host}/{url}")] {
                prop_assert_eq!(judge(options, &url), judge(options, &url));
            }
        }
    }
}
