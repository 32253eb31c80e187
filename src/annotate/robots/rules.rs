//! What one robots.txt says to the chosen robots, and what of it bears on one path.
//!
//! Groups are those of RFC 9309: lines that name robots, then rules; groups that name the same robot are one. Names are
//! compared without regard to case, and a version behind the name (`GPTBot/1.0`) is no part of it. Beyond the RFC, a line
//! that holds several names names each, and the misspelt keys count that Google's parser lets pass: a reservation that
//! is overlooked costs more than one that is read with goodwill.
//! Kept are, of groups that name a chosen robot, `Allow` and `Disallow`; of these and of groups for all robots, which
//! `*` names, `Content-Usage` (draft-ietf-aipref-attach) and `Content-Signal` (draft-romm-aipref-contentsignals); and
//! `License` (Really Simple Licensing), which belongs to no group. Preferences before the first group are for all
//! robots.
//!
//! A rule for crawling reserves rights only where it names a chosen robot: a `Disallow` for all robots keeps search
//! engines out of a cart or a calendar just as well, and says nothing of training.

use super::lines::lines;
use super::pattern::{self, UrlPath};
use crate::annotate::rights::reservation::{AI_TRAIN, Key, Reading, TRAIN_AI, reading, stated};
use crate::document::rights::Reservation;

/// The rules of one file that bear on reservations.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rules(Box<[Rule]>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Rule {
    robot: Robot,
    kind: Kind,
    /// The value as written, at most [`VALUE_BYTES_MAX`] bytes of it.
    written: Box<str>,
    /// The pattern in the form that is compared, if it is not what is written.
    pattern: Option<Box<str>>,
}

/// Whom a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Robot {
    /// A chosen robot, by its number.
    Chosen(u16),
    /// All robots.
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Allow,
    Disallow,
    /// `Content-Usage` and what it says of training.
    Usage(Reservation),
    /// `Content-Signal` and what it says of training.
    Signal(Reservation),
    License,
}

/// Spellings of `User-agent` and `Disallow` that Google's parser takes for them (github.com/google/robotstxt).
const USER_AGENT: [&str; 3] = ["user-agent", "useragent", "user agent"];
const DISALLOW: [&str; 6] = ["disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"];
/// Most bytes of a value that are kept as written.
const VALUE_BYTES_MAX: usize = 500;
/// Most robots that can be chosen.
pub const ROBOTS_MAX: usize = 1 << 12;

impl Rules {
    /// Reads a file for these robots. Whatever the bytes are, the time is linear in them and in the number of robots.
    pub fn parse(body: &[u8], robots: &[String]) -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        let mut group = vec![Robot::All];
        let mut names_robots = false;
        for (key, value) in lines(body) {
            if is_one_of(key, &USER_AGENT) {
                if !names_robots {
                    group.clear();
                }
                names_robots = true;
                group.extend(robots_named(value, robots).filter(|robot| !group.contains(robot)).collect::<Vec<_>>());
                continue;
            }
            let Some((kind, path)) = understand(key, value) else { continue };
            if kind == Kind::License {
                rules.push(rule(Robot::All, kind, value, path));
                continue;
            }
            names_robots = false;
            let is_crawling = matches!(kind, Kind::Allow | Kind::Disallow);
            let concerned = group.iter().filter(|robot| !is_crawling || **robot != Robot::All && !path.is_empty());
            rules.extend(concerned.map(|robot| rule(*robot, kind, value, path)));
        }
        let bears =
            |rule: &Rule| matches!(rule.kind, Kind::Disallow | Kind::License) || rule.kind.says() != Reservation::Unset;
        if !rules.iter().any(bears) {
            rules.clear();
        }
        Self(rules.into())
    }

    /// Whether the file says nothing that could bear on a reservation.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the file says of a path, robot by robot, all robots last.
    pub fn readings(&self, path: &UrlPath, robots: &[String]) -> Vec<Reading> {
        let mut readings = Vec::new();
        let chosen = (0..).zip(robots).map(|(number, name)| (Robot::Chosen(number), name.as_str()));
        for (robot, name) in chosen.chain([(Robot::All, "*")]) {
            let of_robot = || self.0.iter().filter(move |rule| rule.robot == robot);
            if of_robot().next().is_none() {
                continue;
            }
            let crawling = of_robot().filter(|rule| matches!(rule.kind, Kind::Allow | Kind::Disallow));
            let decisive = longest(crawling, path);
            if decisive.iter().all(|rule| rule.kind == Kind::Disallow)
                && let Some(rule) = decisive.first()
            {
                readings.push(rule.reading(Reservation::Reserved, name));
            }
            readings.extend(preferred(of_robot().filter(|rule| matches!(rule.kind, Kind::Usage(_))), path, name));
            readings.extend(preferred(of_robot().filter(|rule| matches!(rule.kind, Kind::Signal(_))), path, name));
        }
        let licenses = self.0.iter().filter(|rule| rule.kind == Kind::License);
        readings.extend(licenses.take(1).map(|rule| rule.reading(Reservation::Unset, "*")));
        readings
    }

    /// Feeds all that decides into a digest.
    pub fn digest(&self, hasher: &mut blake3::Hasher) {
        for rule in &self.0 {
            let robot = match rule.robot {
                Robot::Chosen(number) => number.to_string(),
                Robot::All => String::from("*"),
            };
            let pattern = rule.pattern.as_deref().unwrap_or_default();
            hasher.update(format!("{robot}\t{}\t{}\t{pattern}\n", rule.kind.key(), rule.written).as_bytes());
        }
    }
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Disallow => "Disallow",
            Self::Usage(_) => "Content-Usage",
            Self::Signal(_) => "Content-Signal",
            Self::License => "License",
        }
    }

    fn says(self) -> Reservation {
        match self {
            Self::Usage(said) | Self::Signal(said) => said,
            Self::Allow | Self::Disallow | Self::License => Reservation::Unset,
        }
    }
}

impl Rule {
    fn pattern(&self) -> &str {
        self.pattern.as_deref().unwrap_or(&self.written)
    }

    fn reading(&self, reservation: Reservation, robot: &str) -> Reading {
        let line = format!("{}: {}", self.kind.key(), self.written);
        let value = if self.kind == Kind::License { line } else { format!("{robot}: {line}") };
        reading(reservation, "robots.txt", &value)
    }
}

fn is_one_of(key: &[u8], spellings: &[&str]) -> bool {
    spellings.iter().any(|spelling| key.eq_ignore_ascii_case(spelling.as_bytes()))
}

/// The robots that a `User-agent` line names, among the chosen ones and all.
fn robots_named<'a>(value: &'a [u8], robots: &'a [String]) -> impl Iterator<Item = Robot> + 'a {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let chosen = (0..).zip(robots).filter(move |(_, name)| {
        let name = name.trim().as_bytes();
        let mut words = value.split(|byte| !is_name(byte));
        name.eq_ignore_ascii_case(value) || words.any(|word| name.eq_ignore_ascii_case(word))
    });
    let is_all = value == b"*" || value.starts_with(b"* ") || value.starts_with(b"*\t");
    chosen.map(|(number, _)| Robot::Chosen(number)).chain(is_all.then_some(Robot::All))
}

/// The kind of a line and the path it is about; none for lines that are no rules, such as `Sitemap`.
fn understand<'a>(key: &[u8], value: &'a [u8]) -> Option<(Kind, &'a [u8])> {
    let is = |name: &str| key.eq_ignore_ascii_case(name.as_bytes());
    if is("allow") {
        Some((Kind::Allow, value))
    } else if is_one_of(key, &DISALLOW) {
        Some((Kind::Disallow, value))
    } else if is("content-usage") {
        let (path, said) = preference(value, TRAIN_AI);
        Some((Kind::Usage(said), path))
    } else if is("content-signal") {
        let (path, said) = preference(value, AI_TRAIN);
        Some((Kind::Signal(said), path))
    } else if is("license") && !value.is_empty() {
        Some((Kind::License, b"/"))
    } else {
        None
    }
}

/// The path before a preference, which is that of the whole site where there is none, and what is said of training.
fn preference(value: &[u8], key: Key) -> (&[u8], Reservation) {
    let end = value.iter().position(u8::is_ascii_whitespace).unwrap_or(value.len());
    let (path, dictionary) = if value.starts_with(b"/") { value.split_at(end) } else { (&b"/"[..], value) };
    (path, stated(&String::from_utf8_lossy(dictionary), key))
}

fn rule(robot: Robot, kind: Kind, value: &[u8], path: &[u8]) -> Rule {
    let written = String::from_utf8_lossy(value);
    let end = written.floor_char_boundary(VALUE_BYTES_MAX.min(written.len()));
    let written: Box<str> = written[..end].into();
    let pattern = pattern::pattern(path);
    let pattern = (pattern != *written).then(|| pattern.into());
    Rule { robot, kind, written, pattern }
}

/// The rules with the longest pattern that matches; an `Allow` among them wins over each `Disallow`.
fn longest<'a>(rules: impl Iterator<Item = &'a Rule>, path: &UrlPath) -> Vec<&'a Rule> {
    let mut found: Vec<&Rule> = Vec::new();
    for rule in rules {
        let length = found.first().map_or(0, |found| found.pattern().len());
        if rule.pattern().len() < length || !pattern::matches(rule.pattern(), path) {
            continue;
        }
        if rule.pattern().len() > length {
            found.clear();
        }
        found.push(rule);
    }
    found
}

/// The preference of the longest pattern: a refusal, else a permission, else nothing.
fn preferred<'a>(rules: impl Iterator<Item = &'a Rule>, path: &UrlPath, robot: &str) -> Option<Reading> {
    let found = longest(rules, path);
    let said = |wanted| found.iter().find(|rule| rule.kind.says() == wanted);
    let rule = said(Reservation::Reserved).or_else(|| said(Reservation::Allowed))?;
    Some(rule.reading(rule.kind.says(), robot))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::rights::reservation::weigh;
    use proptest::prelude::*;

    fn robots() -> Vec<String> {
        ["CCBot", "GPTBot", "AI2Bot"].map(str::to_owned).to_vec()
    }

    /// What the file says of the path: the outcome, then the values of the evidence.
    fn check(body: &str, path: &str, expected: Reservation, evidence: &[&str]) {
        let rules = Rules::parse(body.as_bytes(), &robots());
        let found = weigh(rules.readings(&UrlPath::new(path), &robots()));
        assert_eq!(found.reservation, expected, "{path} under\n{body}");
        let values: Vec<_> = found.evidence.iter().map(|evidence| evidence.value.as_str()).collect();
        assert_eq!(values, evidence, "{path} under\n{body}");
        assert!(found.evidence.iter().all(|evidence| evidence.signal == "robots.txt"));
    }

    fn check_reserved(body: &str, path: &str, evidence: &[&str]) {
        check(body, path, Reservation::Reserved, evidence);
    }

    fn check_silent(body: &str, path: &str) {
        check(body, path, Reservation::Unset, &[]);
    }

    #[test]
    fn a_rule_that_names_a_chosen_robot_reserves() {
        check_reserved("User-agent: GPTBot\nDisallow: /\n", "/a", &["GPTBot: Disallow: /"]);
        check_reserved("user-AGENT: gptbot/1.1\nDISALLOW: /a", "/ab?c", &["GPTBot: Disallow: /a"]);
        check_reserved("User-agent: AI2Bot\nDisallow: /", "/", &["AI2Bot: Disallow: /"]);
        check_reserved("Useragent: CCBot, GPTBot\nDissallow: /", "/", &["CCBot: Disallow: /", "GPTBot: Disallow: /"]);
        check_reserved("User-agent: Mozilla/5.0 (compatible; GPTBot/1.2)\nDisallow: /", "/", &["GPTBot: Disallow: /"]);
        check_silent("User-agent: GPTBot\nDisallow: /a", "/b");
        check_silent("User-agent: GPTBot\nDisallow:", "/");
        check_silent("User-agent: GPTBot-Image\nDisallow: /", "/");
        check_silent("User-agent: OtherBot\nDisallow: /", "/");
        check_silent("Disallow: /", "/");
    }

    #[test]
    fn a_rule_for_all_robots_is_about_crawling() {
        check_silent("User-agent: *\nDisallow: /", "/");
        check_reserved("User-agent: *\nUser-agent: CCBot\nDisallow: /", "/", &["CCBot: Disallow: /"]);
    }

    #[test]
    fn groups_of_one_robot_are_one() {
        let body = "User-agent: CCBot\nUser-agent: GPTBot\nSitemap: https://a.example/s\nCrawl-delay: 5\n\
                    User-agent: Other\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\n\
                    User-agent: GPTBot\nDisallow: /b\n";
        check_reserved(body, "/a", &["CCBot: Disallow: /a", "GPTBot: Disallow: /a"]);
        check_reserved(body, "/b", &["GPTBot: Disallow: /b"]);
        check_silent(body, "/c");
        let closed = "User-agent: CCBot\nDisallow:\nUser-agent: GPTBot\nDisallow: /";
        check_reserved(closed, "/", &["GPTBot: Disallow: /"]);
    }

    #[test]
    fn the_longest_match_wins_and_allow_wins_ties() {
        let body = "User-agent: GPTBot\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c*d\nAllow: /x\nDisallow: /x\n";
        check_reserved(body, "/a", &["GPTBot: Disallow: /a"]);
        check_silent(body, "/a/b");
        check_reserved(body, "/a/b/c/d", &["GPTBot: Disallow: /a/b/c*d"]);
        check_silent(body, "/x");
        check_silent("User-agent: GPTBot\nAllow: /", "/");
    }

    #[test]
    fn a_content_usage_rule_is_that_of_the_longest_path() {
        let body = "User-agent: *\nAllow: /\nContent-Usage: train-ai=n, search=y\nContent-Usage: /free/ train-ai=y\n\
                    Content-Usage: /free/odd search=y\n";
        check_reserved(body, "/a", &["*: Content-Usage: train-ai=n, search=y"]);
        check(body, "/free/a", Reservation::Allowed, &["*: Content-Usage: /free/ train-ai=y"]);
        check_silent(body, "/free/odd");
        check_silent("User-agent: *\nContent-Usage: TRAIN-AI=n, train-genai=n", "/");
        check_silent("User-agent: Other\nContent-Usage: train-ai=n", "/");
        let both = "User-agent: *\nContent-Usage: train-ai=y\nContent-Usage: train-ai=n\n";
        check_reserved(both, "/", &["*: Content-Usage: train-ai=n"]);
    }

    #[test]
    fn a_content_signal_counts_for_all_robots_or_a_chosen_one() {
        let managed = "# signals\nUser-Agent: *\nContent-Signal: search=yes,ai-train=no\nAllow: /\n";
        check_reserved(managed, "/a", &["*: Content-Signal: search=yes,ai-train=no"]);
        check(
            "User-agent: CCBot\nContent-Signal: ai-train=yes",
            "/",
            Reservation::Allowed,
            &["CCBot: Content-Signal: ai-train=yes"],
        );
        check_silent("User-agent: *\nContent-Signal: search=yes, ai-input=no", "/");
        check_reserved("Content-Signal: ai-train=no\n", "/", &["*: Content-Signal: ai-train=no"]);
        let parted = "User-agent: *\nContent-Signal: ai-train=yes\nUser-agent: GPTBot\nDisallow: /";
        let said = ["GPTBot: Disallow: /", "*: Content-Signal: ai-train=yes"];
        check_reserved(parted, "/", &said);
    }

    #[test]
    fn a_license_is_evidence_and_nothing_else() {
        let body = "License: https://a.example/license.xml\nUser-agent: *\nAllow: /";
        check(body, "/", Reservation::Unset, &["License: https://a.example/license.xml"]);
        check_silent("License:", "/");
    }

    #[test]
    fn what_bears_on_nothing_is_not_kept() {
        for body in
            ["", "User-agent: *\nDisallow: /", "User-agent: GPTBot\nAllow: /", "<html>", "Content-Usage: search=n"]
        {
            assert!(Rules::parse(body.as_bytes(), &robots()).is_empty(), "{body}");
        }
    }

    proptest! {
        /// Whatever a file holds, it is read, and read the same twice.
        #[test]
        fn any_bytes_are_read(body in proptest::collection::vec(any::<u8>(), 0..400), path in "/.{0,20}") {
            let rules = Rules::parse(&body, &robots());
            prop_assert_eq!(&rules, &Rules::parse(&body, &robots()));
            let _ = rules.readings(&UrlPath::new(&path), &robots());
        }

        /// The same with lines that mean something, in any order.
        #[test]
        fn any_lines_are_read(lines in proptest::collection::vec(LINE, 0..30), path in "/[a-c/]{0,6}") {
            let rules = Rules::parse(lines.join("\n").as_bytes(), &robots());
            for (said, evidence) in rules.readings(&UrlPath::new(&path), &robots()) {
                prop_assert!(said != Reservation::Unset || evidence.value.starts_with("License"));
            }
        }
    }

    const LINE: &str = "(User-agent: ([*]|GPTBot|CCBot|x)|(Dis)?[Aa]llow: [/*][abc/*]{0,4}[$]?|License: x\
                        |Content-Usage: (/[a-c]? )?train-ai=[ny]|Content-Signal: ai-train=(yes|no)|.{0,9})";
}
