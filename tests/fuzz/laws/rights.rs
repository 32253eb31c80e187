//! What pages and sites say of rights: JSON-LD and scripts, addresses of licenses, and robots.txt.

use gristmill::annotate::rights::{json_ld, metas, scripts, url};
use gristmill::annotate::robots::copies::{Capture, Copies, seconds, understand};
use gristmill::annotate::robots::pattern::{UrlPath, matches, pattern};
use gristmill::annotate::robots::rules::Rules;
use gristmill::document::signals::ScriptSignal;

use super::stretched;

/// Where a made-up script stands in its page.
const OFFSET: u64 = 1_000;
/// Most statements that are taken from one page's JSON-LD.
const STATEMENTS_MAX: usize = 64;

/// Statements lie in the script and keep to their bounds, and the work does not grow with the square of the script.
pub fn json_ld(bytes: &[u8]) {
    check_script(&String::from_utf8_lossy(bytes));
    if let Some(long) = stretched(bytes) {
        check_script(&String::from_utf8_lossy(&long));
    }
}

fn check_script(text: &str) {
    let script = [ScriptSignal { text: text.to_owned(), offset_bytes: OFFSET }];
    let found = json_ld::statements(&script);
    assert_eq!(found, json_ld::statements(&script));
    assert!(found.len() <= STATEMENTS_MAX);
    let written = scripts::written(&script);
    let rdf = scripts::rdf(&script, &found);
    assert!(written.len() <= 1 && rdf.len() <= 1);
    for statement in found.iter().chain(&written).chain(&rdf) {
        let evidence = &statement.evidence;
        let offset = evidence.offset_bytes.expect("a script has a place");
        assert!((OFFSET..=OFFSET + text.len() as u64).contains(&offset));
        assert!(evidence.value.chars().count() <= 500 && evidence.snippet.chars().count() <= 200);
    }
    let line = text.lines().next().unwrap_or_default();
    assert_eq!(metas::claim(line), metas::claim(&format!(" {line}\t")), "white space around it says nothing");
    assert_eq!(url::read(line), url::read(line.trim()));
}

const ROBOTS: [&str; 3] = ["GPTBot", "CCBot", "a"];
const PATHS: [&str; 4] = ["/", "/a/b.html?c=d", "/%E3%83%84*$", ""];

/// Line ends make no difference, patterns have one form, and captures may come in any order.
pub fn robots(body: &[u8]) {
    check_robots(body);
    if let Some(long) = stretched(body) {
        check_robots(&long);
    }
    let parts: Vec<&[u8]> = body.split(|byte| *byte == 0xff).take(8).collect();
    let digest = |order: &mut dyn Iterator<Item = (usize, &&[u8])>| {
        let mut copies = Copies::default();
        order.filter_map(|(number, part)| understood(number, part)).for_each(|capture| copies.take(capture));
        let (table, counts) = copies.into_table();
        (table.digest(), table.sites(), counts)
    };
    assert_eq!(digest(&mut parts.iter().enumerate()), digest(&mut parts.iter().enumerate().rev()));
}

fn check_robots(body: &[u8]) {
    let robots = ROBOTS.map(str::to_owned);
    let rules = Rules::parse(body, &robots);
    let mut other_ends = Vec::with_capacity(body.len());
    for byte in body {
        if *byte == b'\n' {
            other_ends.push(b'\r');
        }
        other_ends.push(*byte);
    }
    // Twice as many line ends could lie beyond what is read of a file.
    if other_ends.len() < 500 << 10 {
        assert_eq!(rules, Rules::parse(&other_ends, &robots), "line ends are line ends");
    }
    let mut hasher = blake3::Hasher::new();
    rules.digest(&mut hasher);
    let first = body.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    let own = pattern(first.as_bytes());
    assert!(own.is_ascii() && pattern(own.as_bytes()) == own, "one form stays as it is");
    for path in PATHS.into_iter().chain([&*first]) {
        let path = UrlPath::new(path);
        let readings = rules.readings(&path, &robots);
        // Of each robot and of all: a rule for crawling and two preferences; and one license.
        assert!(readings.len() <= 3 * (ROBOTS.len() + 1) + 1);
        assert!(readings.iter().all(|(_, evidence)| evidence.value.chars().count() <= 500));
        matches(&own, &path);
    }
}

/// One part of the input as an answer of a server: its first line may hold date, status and target.
fn understood(number: usize, part: &[u8]) -> Option<gristmill::annotate::robots::copies::Understood> {
    let (head, payload) = part.split_at(part.iter().position(|byte| *byte == b'\n').unwrap_or(0));
    let head = String::from_utf8_lossy(head);
    let mut words = head.split(' ');
    let date = words.next().filter(|date| seconds(date).is_some()).unwrap_or("2026-01-17T06:00:00Z");
    let status = words.next().and_then(|status| status.parse().ok()).unwrap_or(200);
    let url = ["https://a.example/robots.txt", "https://b.example/robots.txt", "https://a.example/x"][number % 3];
    let capture = Capture { url, date, status, location: words.next(), payload };
    understand(&capture, &ROBOTS.map(str::to_owned))
}
