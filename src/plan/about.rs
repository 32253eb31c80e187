//! `[about]`: what only its maker can say of a set. Words for the cards; every figure in them is computed.

use serde::{Deserialize, Serialize};

use super::problem::Problem;

/// Longest text of one field, in bytes.
const TEXT_BYTES_MAX: usize = 16 << 10;

/// What a set's maker says of it. All of it is optional; cards say what was not stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct About {
    /// Title for people; by default the set's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Version of the set, e.g. `1.0.0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Day of publication, `YYYY-MM-DD`; cards that have to state one take the day of the last capture without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// What the set is and what it was made for, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Who makes and answers for the set: people or organizations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub curators: Vec<String>,
    /// Web address of the set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
    /// Where to ask for removal and to report faults: a mail address or a web address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// SPDX id of the license of the compilation itself, its selection and its columns; the texts keep their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// What the set is meant for, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses: Option<String>,
    /// What it is not meant for, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub misuses: Option<String>,
    /// How it is kept up: how often it is renewed, how long it stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maintenance: Option<String>,
}

impl About {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What cannot be believed.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let texts = [
            ("title", &self.title),
            ("version", &self.version),
            ("description", &self.description),
            ("homepage", &self.homepage),
            ("contact", &self.contact),
            ("license", &self.license),
            ("uses", &self.uses),
            ("misuses", &self.misuses),
            ("maintenance", &self.maintenance),
        ];
        let curators = self.curators.iter().map(|curator| ("curators", curator));
        for (name, text) in texts.iter().filter_map(|(name, text)| Some((*name, text.as_ref()?))).chain(curators) {
            if text.len() > TEXT_BYTES_MAX {
                let message = format!("about.{name} has {} bytes; it may have {TEXT_BYTES_MAX}", text.len());
                problems.push(Problem::of_file(message));
            }
            if text.trim().is_empty() {
                problems.push(Problem::of_file(format!("about.{name} is empty; leave it out where nothing is said")));
            }
        }
        if let Some(day) = self.published.as_ref().filter(|day| day.parse::<chrono::NaiveDate>().is_err()) {
            problems.push(Problem::of_file(format!("about.published is {day:?}; a day is written as 2026-01-31")));
        }
        if let Some(homepage) = self.homepage.as_ref().filter(|homepage| url::Url::parse(homepage).is_err()) {
            problems.push(Problem::of_file(format!("about.homepage is {homepage:?}, which is no web address")));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(about: &About, expected: &[&str]) {
        let found: Vec<_> = about.problems().into_iter().map(|problem| problem.message).collect();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{found}");
        }
    }

    #[test]
    fn what_cannot_be_believed_is_refused() {
        let day = |day: &str| About { published: Some(day.into()), ..About::default() };
        check(&About::default(), &[]);
        check(&day("2026-02-28"), &[]);
        check(&day("2026-02-30"), &["about.published"]);
        check(&day("tomorrow"), &["about.published"]);
        check(&About { homepage: Some("https://example.org/set".into()), ..About::default() }, &[]);
        check(&About { homepage: Some("example".into()), ..About::default() }, &["about.homepage"]);
        check(&About { curators: vec![" ".into()], ..About::default() }, &["about.curators is empty"]);
        let long = |length: usize| About { title: Some("x".repeat(length)), ..About::default() };
        check(&long(TEXT_BYTES_MAX), &[]);
        check(&long(TEXT_BYTES_MAX + 1), &["about.title has 16385 bytes"]);
    }
}
