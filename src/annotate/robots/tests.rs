//! Captures in, readings of pages out.

use std::collections::BTreeMap;

use super::*;

/// Captures held in memory.
struct Held(Vec<(&'static str, &'static str, u16, &'static str)>);

impl Captures for Held {
    fn read(&self, _: &[String], take: &(dyn Fn(Capture<'_>) + Sync)) -> Result<Seen, BadConfig> {
        for &(url, date, status, text) in &self.0 {
            let (location, payload) = if (300..400).contains(&status) { (Some(text), "") } else { (None, text) };
            take(Capture { url, date, status, location, payload: payload.as_bytes() });
        }
        Ok(Seen { files: 1, responses: self.0.len() as u64, damaged: 0 })
    }
}

const NO_GPT: &str = "User-agent: GPTBot\nDisallow: /\n";
const NO_CC: &str = "User-agent: CCBot\nDisallow: /\n";
const FREE: &str = "User-agent: *\nDisallow: /cart\n";

fn robots(held: &Held) -> Robots {
    let chosen = ["CCBot", "GPTBot"].map(str::to_owned);
    load(&["x".to_owned()], &chosen, held).unwrap().expect("there is an input")
}

fn check(robots: &Robots, url: &str, date: &str, expected: &[&str]) {
    let origin = Origin { url: url.to_owned(), date: date.to_owned(), ..Origin::default() };
    let found: Vec<_> = robots.readings(&origin).into_iter().map(|(_, evidence)| evidence.value).collect();
    assert_eq!(found, expected, "{url} at {date}");
}

#[test]
fn the_newest_copy_at_or_before_the_page_is_in_force() {
    let held = Held(vec![
        ("https://a.example/robots.txt", "2026-01-03T00:00:00Z", 200, FREE),
        ("https://a.example/robots.txt", "2026-01-02T00:00:00Z", 200, NO_GPT),
        ("https://a.example/robots.txt", "2026-01-04T00:00:00Z", 503, ""),
        ("https://a.example/robots.txt", "2026-01-05T00:00:00Z", 200, NO_CC),
        ("https://a.example/robots.txt", "2026-01-06T00:00:00Z", 200, " <!doctype html><p>Not found"),
        ("https://a.example/robots.txt", "2026-01-07T00:00:00Z", 404, NO_GPT),
    ]);
    let robots = robots(&held);
    let at = |date, expected: &[&str]| check(&robots, "https://a.example/x", date, expected);
    at("2026-01-01T23:59:59Z", &[]);
    at("2026-01-02T00:00:00Z", &["GPTBot: Disallow: /"]);
    at("2026-01-02T23:59:59Z", &["GPTBot: Disallow: /"]);
    at("2026-01-03T00:00:00Z", &[]);
    at("2026-01-04T12:00:00Z", &[]);
    at("2026-01-05T00:00:00Z", &["CCBot: Disallow: /"]);
    at("2026-01-06T12:00:00Z", &["CCBot: Disallow: /"]);
    at("2026-01-07T00:00:00Z", &[]);
    at("once upon a time", &[]);
    check(&robots, "http://a.example/x", "2026-01-02T00:00:00Z", &[]);
    check(&robots, "https://www.a.example/x", "2026-01-02T00:00:00Z", &[]);
    check(&robots, "https://A.example:443/x#y", "2026-01-02T00:00:00Z", &["GPTBot: Disallow: /"]);
    let Summary { responses, robots: asked, copies, sites_with_rules, damaged, .. } = robots.summary();
    assert_eq!((*responses, *asked, *copies, *sites_with_rules, *damaged), (6, 6, 4, 1, 0));
}

#[test]
fn a_redirect_leads_to_the_rules_of_the_site_that_was_asked() {
    let held = Held(vec![
        ("http://a.example/robots.txt", "2026-01-02T00:00:00Z", 301, "https://a.example/robots.txt"),
        ("https://a.example/robots.txt", "2026-01-02T00:00:01Z", 302, "//cdn.example/rules/robots"),
        ("https://cdn.example/rules/robots", "2026-01-02T00:00:02Z", 200, NO_GPT),
        ("https://cdn.example/rules/robots", "2026-01-09T00:00:00Z", 200, FREE),
        ("https://gone.example/robots.txt", "2026-01-02T00:00:00Z", 301, "https://nowhere.example/robots.txt"),
        ("https://round.example/robots.txt", "2026-01-02T00:00:00Z", 301, "https://round.example/robots.txt"),
    ]);
    let robots = robots(&held);
    for url in ["http://a.example/x", "https://a.example/x"] {
        check(&robots, url, "2026-01-02T00:00:01Z", &["GPTBot: Disallow: /"]);
    }
    check(&robots, "https://cdn.example/x", "2026-01-03T00:00:00Z", &[]);
    check(&robots, "https://gone.example/x", "2026-01-03T00:00:00Z", &[]);
    check(&robots, "https://round.example/x", "2026-01-03T00:00:00Z", &[]);
    assert_eq!((robots.summary().copies, robots.summary().unresolved), (2, 2));
}

#[test]
fn the_digest_depends_on_what_decides_and_on_nothing_else() {
    let a = ("https://a.example/robots.txt", "2026-01-02T00:00:00Z", 200, NO_GPT);
    let b = ("https://b.example/robots.txt", "2026-01-02T00:00:00Z", 200, NO_CC);
    let again = ("https://a.example/robots.txt", "2026-01-05T00:00:00Z", 200, NO_GPT);
    let silent = ("https://c.example/robots.txt", "2026-01-05T00:00:00Z", 200, FREE);
    let later = ("https://a.example/robots.txt", "2026-01-02T00:00:01Z", 200, NO_GPT);
    let digest = |held: &[_]| robots(&Held(held.to_vec())).summary().digest.clone();
    assert_eq!(digest(&[a, b]), digest(&[silent, b, again, a]));
    assert_ne!(digest(&[a, b]), digest(&[later, b]));
    assert_ne!(digest(&[a, b]), digest(&[a]));
    assert_ne!(digest(&[a]), digest(&[("https://a.example/robots.txt", "2026-01-02T00:00:00Z", 200, NO_CC)]));
}

#[test]
fn of_two_copies_of_one_second_the_order_of_reading_decides_nothing() {
    let a = ("https://a.example/robots.txt", "2026-01-02T00:00:00Z", 200, NO_GPT);
    let b = ("https://a.example/robots.txt", "2026-01-02T00:00:00Z", 200, NO_CC);
    let (one, other) = (robots(&Held(vec![a, b])), robots(&Held(vec![b, a])));
    assert_eq!(one.summary(), other.summary());
    check(&one, "https://a.example/", "2026-01-02T00:00:00Z", &["GPTBot: Disallow: /"]);
    check(&other, "https://a.example/", "2026-01-02T00:00:00Z", &["GPTBot: Disallow: /"]);
}

#[test]
fn inputs_without_a_robots_txt_are_refused() {
    let held = Held(vec![("https://a.example/page", "2026-01-02T00:00:00Z", 200, "text")]);
    let words = |captures: &dyn Captures| {
        load(&["x.warc.gz".to_owned()], &[], captures).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(
        words(&held),
        "robots: 1 HTTP responses in 1 files, and none to a request for /robots.txt; \
         wanted WARC files such as those of Common Crawl's `robotstxt` subset"
    );
    assert_eq!(words(&BTreeMap::<String, String>::new()), "robots: x.warc.gz is not there");
    assert!(load(&[], &[], &held).unwrap().is_none());
}
