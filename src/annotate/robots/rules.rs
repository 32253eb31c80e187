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

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::lines::lines;
use super::pattern;
use crate::annotate::rights::reservation::{AI_TRAIN, Key, Reading, TRAIN_AI, reading, stated};
use crate::document::rights::Reservation;

/// The rules of one file that bear on reservations. A rule is kept once, however many robots its group names.
/// Two files are equal that say the same to the same robots in the same order, whatever their groups.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    pub(super) rules: Box<[Rule]>,
    /// The robots of the groups, group by group.
    robots: Box<[Robot]>,
}

#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// Where its robots begin and end in [`Rules::robots`].
    robots: (u32, u32),
    pub(super) kind: Kind,
    /// The value as written, at most [`VALUE_BYTES_MAX`] bytes of it.
    written: Box<str>,
    /// The pattern in the form that is compared, if it is not what is written.
    pattern: Option<Box<str>>,
}

/// Whom a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Robot {
    /// A chosen robot, by its number.
    Chosen(u16),
    /// All robots.
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
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
        let (mut all, mut place): (Vec<Robot>, Option<(u32, u32)>) = (Vec::new(), None);
        let mut names_robots = false;
        for (key, value) in lines(body) {
            if is_one_of(key, &USER_AGENT) {
                if !names_robots {
                    group.clear();
                }
                (names_robots, place) = (true, None);
                group.extend(robots_named(value, robots).filter(|robot| !group.contains(robot)).collect::<Vec<_>>());
                continue;
            }
            let Some((kind, path)) = understand(key, value) else { continue };
            if kind == Kind::License {
                rules.push(rule((0, 0), kind, value, path));
                continue;
            }
            names_robots = false;
            let is_said = !kind.is_crawling() || !path.is_empty();
            if is_said && group.iter().any(|robot| kind.concerns(*robot)) {
                let place = place.get_or_insert_with(|| {
                    let begin = all.len() as u32;
                    all.extend(&group);
                    (begin, all.len() as u32)
                });
                rules.push(rule(*place, kind, value, path));
            }
        }
        let bears =
            |rule: &Rule| matches!(rule.kind, Kind::Disallow | Kind::License) || rule.kind.says() != Reservation::Unset;
        if !rules.iter().any(bears) {
            rules.clear();
            all.clear();
        }
        Self { rules: rules.into(), robots: all.into() }
    }

    /// The robots that a rule is for.
    pub(super) fn robots_of(&self, rule: &Rule) -> impl Iterator<Item = Robot> {
        let (begin, end) = rule.robots;
        let (named, kind) = (&self.robots[begin as usize..end as usize], rule.kind);
        let all = (kind == Kind::License).then_some(Robot::All);
        named.iter().copied().filter(move |robot| kind.concerns(*robot)).chain(all)
    }

    /// Whether the file says nothing that could bear on a reservation.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Feeds all that decides into a digest.
    pub fn digest(&self, hasher: &mut blake3::Hasher) {
        for (robot, kind, written, pattern) in self.said() {
            let robot = match robot {
                Robot::Chosen(number) => number.to_string(),
                Robot::All => String::from("*"),
            };
            let pattern = pattern.unwrap_or_default();
            hasher.update(format!("{robot}\t{}\t{written}\t{pattern}\n", kind.key()).as_bytes());
        }
    }

    /// Each rule for each of its robots.
    fn said(&self) -> impl Iterator<Item = (Robot, Kind, &str, Option<&str>)> {
        self.rules.iter().flat_map(move |rule| {
            let robots = self.robots_of(rule);
            robots.map(move |robot| (robot, rule.kind, &*rule.written, rule.pattern.as_deref()))
        })
    }
}

impl PartialEq for Rules {
    fn eq(&self, other: &Self) -> bool {
        self.said().eq(other.said())
    }
}

impl Eq for Rules {}

impl PartialOrd for Rules {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rules {
    fn cmp(&self, other: &Self) -> Ordering {
        self.said().cmp(other.said())
    }
}

impl Hash for Rules {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.said().for_each(|said| said.hash(state));
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

    fn is_crawling(self) -> bool {
        matches!(self, Self::Allow | Self::Disallow)
    }

    /// Whether a rule of this kind bears on the robot: one for crawling by all robots does not.
    fn concerns(self, robot: Robot) -> bool {
        !self.is_crawling() || robot != Robot::All
    }

    pub(super) fn says(self) -> Reservation {
        match self {
            Self::Usage(said) | Self::Signal(said) => said,
            Self::Allow | Self::Disallow | Self::License => Reservation::Unset,
        }
    }
}

impl Rule {
    pub(super) fn pattern(&self) -> &str {
        self.pattern.as_deref().unwrap_or(&self.written)
    }

    pub(super) fn reading(&self, reservation: Reservation, robot: &str) -> Reading {
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

fn rule(robots: (u32, u32), kind: Kind, value: &[u8], path: &[u8]) -> Rule {
    let written = String::from_utf8_lossy(value);
    let end = written.floor_char_boundary(VALUE_BYTES_MAX.min(written.len()));
    let written: Box<str> = written[..end].into();
    let pattern = pattern::pattern(path);
    let pattern = (pattern != *written).then(|| pattern.into());
    Rule { robots, kind, written, pattern }
}

#[cfg(test)]
mod tests {
    use super::super::pattern::UrlPath;
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
    fn a_rule_is_kept_once_and_files_that_say_the_same_are_equal() {
        let parse = |body: &str| Rules::parse(body.as_bytes(), &robots());
        let together = parse("User-agent: CCBot\nUser-agent: GPTBot\nDisallow: /a\n");
        let apart = parse("User-agent: CCBot\nDisallow: /a\n\nUser-agent: GPTBot\nDisallow: /a\n");
        assert_eq!((together.rules.len(), apart.rules.len()), (1, 2));
        assert_eq!(together, apart);
        assert_ne!(together, parse("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /a\n"));
        // Lines and robots add up, where they would multiply: 3 robots and 10,000 lines.
        let group = "User-agent: CCBot\nUser-agent: GPTBot\nUser-agent: AI2Bot\n";
        let long = parse(&format!("{group}{}", "Disallow: /*b\n".repeat(10_000)));
        assert_eq!((long.rules.len(), long.robots.len(), long.said().count()), (10_000, 3, 30_000));
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
