//! Copies of robots.txt files as a crawler stored them, gathered in any order and put together at the end.
//!
//! What an answer means is RFC 9309's (section 2.3.1): a 2xx holds rules; a 4xx says that there are none; a redirect
//! leads to the rules of the site that was asked, over at most five hops. A 5xx, a redirect whose target was not
//! stored, and a page of HTML say nothing, and then the copy before stays in force. Whether an answer is HTML is told
//! by its first character, since servers state any type for a robots.txt.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use url::Url;
use xxhash_rust::xxh3::xxh3_128;

use super::rules::Rules;
use super::table::{Copy, Table};

/// One answer of a server.
#[derive(Clone, Copy, Debug)]
pub struct Capture<'a> {
    /// What was asked for.
    pub url: &'a str,
    /// When, as `WARC-Date` has it.
    pub date: &'a str,
    /// HTTP status.
    pub status: u16,
    /// `Location` of a redirect, as written.
    pub location: Option<&'a str>,
    /// The payload, its codings undone.
    pub payload: &'a [u8],
}

/// How many answers were taken, and as what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Answers to requests for `/robots.txt`.
    pub robots: u64,
    /// Of these, answers that say which rules there are, or that there are none.
    pub copies: u64,
    /// Redirects from `/robots.txt` whose target was not stored.
    pub unresolved: u64,
}

/// Most redirects that are followed.
const HOPS_MAX: usize = 5;

/// Number of an address (xxh3-128): of a billion addresses two share one with a probability of 1e-21.
pub type Key = u128;

/// A redirect, and whether it was met at `/robots.txt`.
struct Redirect {
    from: Key,
    seconds: u32,
    to: Key,
    is_robots: bool,
}

/// What has been gathered.
#[derive(Default)]
pub struct Copies {
    rules: Vec<Rules>,
    /// Equal files are kept once: most sites have one of a few defaults.
    numbers: HashMap<Rules, u32>,
    /// Answers at `/robots.txt`, and at other addresses, which a redirect may lead to.
    answers: Vec<Copy>,
    redirects: Vec<Redirect>,
    counts: Counts,
}

/// What a capture means, found without a look at any other.
pub struct Understood {
    key: Key,
    seconds: u32,
    is_robots: bool,
    meaning: Meaning,
}

enum Meaning {
    Rules(Rules),
    Redirect(Key),
    Nothing,
}

/// Reads a capture; none if its address or its date cannot be read.
pub fn understand(capture: &Capture<'_>, robots: &[String]) -> Option<Understood> {
    let url = Url::parse(capture.url).ok()?;
    let seconds = seconds(capture.date)?;
    let meaning = match capture.status {
        200..=299 if !is_markup(capture.payload) => Meaning::Rules(Rules::parse(capture.payload, robots)),
        300..=399 => match capture.location.and_then(|location| url.join(location.trim()).ok()) {
            Some(target) => Meaning::Redirect(key(&target)),
            None => Meaning::Nothing,
        },
        400..=499 => Meaning::Rules(Rules::default()),
        _ => Meaning::Nothing,
    };
    Some(Understood { key: key(&url), seconds, is_robots: url.path() == "/robots.txt", meaning })
}

impl Copies {
    /// Takes what a capture means.
    pub fn take(&mut self, understood: Understood) {
        let Understood { key, seconds, is_robots, meaning } = understood;
        self.counts.robots += u64::from(is_robots);
        match meaning {
            Meaning::Nothing => {}
            Meaning::Redirect(to) => self.redirects.push(Redirect { from: key, seconds, to, is_robots }),
            Meaning::Rules(rules) => {
                let rules = self.number(rules);
                self.answers.push(Copy { site: key, seconds, rules, is_robots });
                self.counts.copies += u64::from(is_robots);
            }
        }
    }

    /// Number of these rules, the same for equal ones.
    fn number(&mut self, rules: Rules) -> u32 {
        match self.numbers.entry(rules) {
            Slot::Occupied(known) => *known.get(),
            Slot::Vacant(new) => {
                let number = u32::try_from(self.rules.len()).expect("files are fewer than 2^32, and equal ones one");
                self.rules.push(new.key().clone());
                *new.insert(number)
            }
        }
    }

    /// Follows the redirects. The table does not depend on the order in which captures were taken.
    pub fn into_table(mut self) -> (Table, Counts) {
        self.answers.sort_unstable_by(|a, b| {
            let rules = |copy: &Copy| &self.rules[copy.rules as usize];
            (a.site, a.seconds).cmp(&(b.site, b.seconds)).then_with(|| rules(a).cmp(rules(b)))
        });
        self.redirects.sort_unstable_by_key(|redirect| (redirect.from, redirect.seconds, redirect.to));
        let followed: Vec<Option<Copy>> = self
            .redirects
            .iter()
            .filter(|redirect| redirect.is_robots)
            .map(|redirect| follow(redirect, &self.answers, &self.redirects))
            .collect();
        self.counts.unresolved = followed.iter().filter(|copy| copy.is_none()).count() as u64;
        self.counts.copies += followed.len() as u64 - self.counts.unresolved;
        self.answers.extend(followed.into_iter().flatten());
        (Table::new(self.answers, self.rules), self.counts)
    }
}

/// The copy that a redirect leads to, as one of the site that was asked.
fn follow(first: &Redirect, answers: &[Copy], redirects: &[Redirect]) -> Option<Copy> {
    let mut to = first.to;
    for _ in 0..HOPS_MAX {
        if let Some(answer) = nearest(answers, to, first.seconds, |copy| (copy.site, copy.seconds)) {
            return Some(Copy { site: first.from, seconds: first.seconds, rules: answer.rules, is_robots: true });
        }
        to = nearest(redirects, to, first.seconds, |redirect| (redirect.from, redirect.seconds))?.to;
    }
    None
}

/// The item at an address that is nearest in time, of a list sorted by address and time; the later of two.
fn nearest<T>(sorted: &[T], key: Key, seconds: u32, place: impl Fn(&T) -> (Key, u32)) -> Option<&T> {
    let at = sorted.partition_point(|item| place(item) < (key, seconds));
    let here = |item: &&T| place(item).0 == key;
    let (before, after) = (sorted[..at].last().filter(here), sorted.get(at).filter(here));
    match (before, after) {
        (Some(before), Some(after)) => {
            let is_nearer = seconds - place(before).1 < place(after).1 - seconds;
            Some(if is_nearer { before } else { after })
        }
        (before, after) => before.or(after),
    }
}

/// Number of an address, its fragment left out.
fn key(url: &Url) -> Key {
    let text = url.as_str();
    xxh3_128(text.split('#').next().unwrap_or(text).as_bytes())
}

/// Number of the robots.txt that is in force for an address: that of its scheme, host and port.
pub fn site(url: &Url) -> Option<Key> {
    url.host_str()?;
    Some(key(&url.join("/robots.txt").ok()?))
}

/// Whether a payload is a page instead of rules.
fn is_markup(payload: &[u8]) -> bool {
    payload.strip_prefix(b"\xef\xbb\xbf").unwrap_or(payload).trim_ascii_start().starts_with(b"<")
}

/// Seconds from 1970 to a date such as `2026-01-17T06:00:00Z`, fractions cut off; none if it is no such date, or one
/// that no crawl can have.
pub fn seconds(date: &str) -> Option<u32> {
    let bytes = date.as_bytes();
    let number = |from: usize, to: usize| {
        let digits = bytes.get(from..to)?;
        let value = |sum: Option<u32>, digit: &u8| Some(sum? * 10 + char::from(*digit).to_digit(10)?);
        digits.iter().fold(Some(0), value)
    };
    let is_parted = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')]
        .iter()
        .all(|(at, mark)| bytes.get(*at) == Some(mark));
    let [year, month, day] = [number(0, 4)?, number(5, 7)?, number(8, 10)?];
    let [hour, minute, second] = [number(11, 13)?, number(14, 16)?, number(17, 19)?];
    let is_possible = (1990..2100).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !is_parted || !is_possible {
        return None;
    }
    // Days of the civil calendar, counted from March so that a leap day comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    const DAYS_TO_1970: u32 = 719_468;
    Some((days - DAYS_TO_1970) * 86_400 + hour * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_seconds() {
        assert_eq!(seconds("2026-01-17T06:00:00Z"), Some(1_768_629_600));
        assert_eq!(seconds("2024-02-29T23:59:59.123Z"), Some(1_709_251_199));
        assert_eq!(seconds("1999-12-31T23:59:60Z"), Some(946_684_800));
        for odd in
            ["", "2026-01-17", "2026-13-17T06:00:00Z", "20260117060000", "2026-01-17 06:00:00", "0000-00-00T00:00:00Z"]
        {
            assert_eq!(seconds(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_site_is_scheme_host_and_port() {
        let site = |url: &str| site(&Url::parse(url).unwrap());
        assert_eq!(site("https://A.example:443/x?y#z"), site("https://a.example/robots.txt"));
        assert_ne!(site("https://a.example/"), site("http://a.example/"));
        assert_ne!(site("https://a.example/"), site("https://a.example:8443/"));
        assert_ne!(site("https://a.example/"), site("https://b.a.example/"));
        assert_eq!(site("urn:isbn:1"), None);
    }
}
