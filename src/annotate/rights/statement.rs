//! One statement about rights, read and placed: what it claims, what it covers, and how near it is to the text.

use super::license::License;
use crate::document::rights::{Evidence, Scope};

/// Longest snippet in evidence, in characters.
const SNIPPET_CHARACTERS_MAX: usize = 200;
/// Longest value in evidence, in characters.
const VALUE_CHARACTERS_MAX: usize = 500;

/// One statement about rights.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it says.
    pub claim: Claim,
    /// What it covers.
    pub scope: Scope,
    /// How near it is to the text: the nearer goes before the more general.
    pub rank: Rank,
    /// How well it is made.
    pub form: Form,
    /// It contradicts itself: words against target, or reserved rights beside a license.
    pub is_doubtful: bool,
    /// The mark of a part: a machine-readable link that is all its block says.
    pub is_bare_mark: bool,
    /// Its sentence offers a choice between licenses.
    pub offers_choice: bool,
    /// The licenses that a sentence in words offers, where it offers several.
    pub choices: Vec<License>,
    /// It points to the text it stands in: "this article", "the content of this site".
    pub speaks_of_itself: bool,
    /// It is about the code samples that stand in the text, and not about its prose.
    pub covers_code: bool,
    /// As found.
    pub evidence: Evidence,
}

/// What a statement says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// This license.
    License(License),
    /// Some license of Creative Commons, without saying which.
    UnnamedCreativeCommons,
    /// Terms that stand elsewhere and cannot be read here.
    TermsElsewhere,
    /// Terms in Really Simple Licensing: they stand elsewhere, and naming them grants nothing.
    RslTerms,
    /// A license that a script would write into the page.
    WrittenByScript,
    /// All rights are reserved.
    Reserved,
}

/// How near a statement is to the text, most general first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// For all pages of the site: footer, sidebar.
    Site,
    /// For this page: head, HTTP header, body.
    Page,
    /// In the article, or in data about the article.
    Article,
}

/// How a statement is made, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A bare link, or words that do not say what they cover.
    Bare,
    /// A link with words around it that say so, or full words.
    Worded,
    /// Markup made for the purpose.
    Machine,
}

impl Statement {
    /// A statement about the page with nothing doubtful about it.
    pub fn new(claim: Claim, (scope, rank): (Scope, Rank), form: Form, evidence: Evidence) -> Self {
        Self {
            claim,
            scope,
            rank,
            form,
            is_doubtful: false,
            is_bare_mark: false,
            offers_choice: false,
            choices: Vec::new(),
            speaks_of_itself: false,
            covers_code: false,
            evidence,
        }
    }

    /// The license, if the statement names one.
    pub fn license(&self) -> Option<&License> {
        match &self.claim {
            Claim::License(license) => Some(license),
            _ => None,
        }
    }

    /// Whether it is about the text of this page as a whole.
    pub fn is_about_the_text(&self) -> bool {
        matches!(self.scope, Scope::Page | Scope::Site)
    }
}

/// Evidence with a value and a snippet of bounded length.
pub fn evidence(
    kind: &'static str,
    place: &'static str,
    value: &str,
    around: &str,
    offset_bytes: Option<u64>,
) -> Evidence {
    Evidence {
        kind,
        place,
        value: cut(value.trim(), VALUE_CHARACTERS_MAX).to_owned(),
        snippet: snippet(around, value),
        offset_bytes,
    }
}

/// At most 200 characters of `around`, with `value` in them if it is there.
fn snippet(around: &str, value: &str) -> String {
    let around = around.trim();
    let before = around.find(value).map_or(0, |at| around[..at].chars().count());
    let skipped = before.saturating_sub(SNIPPET_CHARACTERS_MAX / 2);
    around.chars().skip(skipped).take(SNIPPET_CHARACTERS_MAX).collect()
}

fn cut(text: &str, characters_max: usize) -> &str {
    text.char_indices().nth(characters_max).map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_are_cut_between_characters_and_hold_the_value() {
        let around = format!("{} CC BY 4.0 {}", "ж".repeat(300), "語".repeat(300));
        let made = evidence("link", "main", "CC BY 4.0", &around, None);
        assert_eq!(made.snippet.chars().count(), SNIPPET_CHARACTERS_MAX);
        assert!(made.snippet.contains("CC BY 4.0"));
        assert_eq!(evidence("link", "main", &"ж".repeat(600), "", None).value.chars().count(), VALUE_CHARACTERS_MAX);
    }
}
