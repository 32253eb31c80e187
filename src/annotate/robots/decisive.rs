//! The rules of a robots.txt that decide on one path: for each robot the longest that match.
//!
//! Each rule is matched once at most, however many robots its group names, so that a file costs time that is linear in
//! its bytes and in the robots that are chosen.

use super::pattern::{self, UrlPath};
use super::rules::{Kind, Robot, Rule, Rules};
use crate::annotate::rights::reservation::Reading;
use crate::document::rights::Reservation;

impl Rules {
    /// What the file says of a path, robot by robot, all robots last.
    pub fn readings(&self, path: &UrlPath, robots: &[String]) -> Vec<Reading> {
        let mut decisive: Vec<Decisive<'_>> = Vec::new();
        decisive.resize_with(robots.len() + 1, Decisive::default);
        for rule in self.rules.iter().filter(|rule| rule.kind != Kind::License) {
            let mut matches = None;
            for robot in self.robots_of(rule) {
                let place = match robot {
                    Robot::Chosen(number) => usize::from(number),
                    Robot::All => robots.len(),
                };
                let Some(decisive) = decisive.get_mut(place) else { continue };
                let longest = decisive.of(rule.kind);
                if longest.bytes() <= rule.pattern().len()
                    && *matches.get_or_insert_with(|| pattern::matches(rule.pattern(), path))
                {
                    longest.push(rule);
                }
            }
        }
        let mut readings = Vec::new();
        for (decisive, name) in decisive.iter().zip(robots.iter().map(String::as_str).chain(["*"])) {
            let crawling = &decisive.crawling.0;
            if crawling.iter().all(|rule| rule.kind == Kind::Disallow)
                && let Some(rule) = crawling.first()
            {
                readings.push(rule.reading(Reservation::Reserved, name));
            }
            readings.extend(decisive.usage.preferred(name));
            readings.extend(decisive.signal.preferred(name));
        }
        let licenses = self.rules.iter().filter(|rule| rule.kind == Kind::License);
        readings.extend(licenses.take(1).map(|rule| rule.reading(Reservation::Unset, "*")));
        readings
    }
}

/// The rules that decide for one robot, while they are looked for.
#[derive(Default)]
struct Decisive<'a> {
    crawling: Longest<'a>,
    usage: Longest<'a>,
    signal: Longest<'a>,
}

impl<'a> Decisive<'a> {
    fn of(&mut self, kind: Kind) -> &mut Longest<'a> {
        match kind {
            Kind::Allow | Kind::Disallow | Kind::License => &mut self.crawling,
            Kind::Usage(_) => &mut self.usage,
            Kind::Signal(_) => &mut self.signal,
        }
    }
}

/// The rules with the longest pattern that matches, in the order of the file.
#[derive(Default)]
struct Longest<'a>(Vec<&'a Rule>);

impl<'a> Longest<'a> {
    fn bytes(&self) -> usize {
        self.0.first().map_or(0, |found| found.pattern().len())
    }

    /// Takes a rule that matches and is no shorter than those that were found.
    fn push(&mut self, rule: &'a Rule) {
        if rule.pattern().len() > self.bytes() {
            self.0.clear();
        }
        self.0.push(rule);
    }

    /// The preference that is stated: a refusal, else a permission, else nothing.
    fn preferred(&self, robot: &str) -> Option<Reading> {
        let said = |wanted| self.0.iter().find(|rule| rule.kind.says() == wanted);
        let rule = said(Reservation::Reserved).or_else(|| said(Reservation::Allowed))?;
        Some(rule.reading(rule.kind.says(), robot))
    }
}
