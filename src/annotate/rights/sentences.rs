//! Statements in words alone, in the lines where texts state their rights: the first ones and the last ones.
//!
//! A line counts if it is short, names one license, and says what is licensed or that something is. A line that
//! expressly reserves all rights counts too. Lines in the middle of a text are its content and state nothing.

use super::license::Family;
use super::statement::{Claim, Form, Rank, Statement, evidence};
use super::wording::{self, Subject};
use super::words::Mentions;
use super::{scope, words};
use crate::document::rights::{Scope, Tier};

/// How many lines at the beginning are read: a byline may state a license.
const FIRST_LINES: usize = 6;
/// How many lines at the end are read.
const LAST_LINES: usize = 12;
/// Longest line that is a label such as "Text: CC BY 4.0 Ann", in bytes.
const LABEL_BYTES_MAX: usize = 40;
/// Longest line that is read, in bytes.
const LINE_BYTES_MAX: usize = 600;

/// All statements in the words of a text, in their order.
pub fn statements(text: &str) -> Vec<Statement> {
    let lines: Vec<&str> = text.lines().collect();
    let last_from = lines.len().saturating_sub(LAST_LINES).max(FIRST_LINES.min(lines.len()));
    let read = lines[..FIRST_LINES.min(lines.len())].iter().chain(&lines[last_from..]);
    read.filter(|line| line.len() <= LINE_BYTES_MAX).filter_map(|line| statement(line)).collect()
}

fn statement(line: &str) -> Option<Statement> {
    let words = words::normalized(line);
    let reserves = wording::reserves_all(&words);
    let mentions = words::mentions(&words);
    if !reserves && mentions == Mentions::default() {
        return None;
    }
    let found = |value: &str| evidence("words", "main", value, line, None);
    let subject = subject_of_mention(&words);
    let licensing = wording::speaks_of_licensing(&words);
    let (claim, form) = match mentions.licenses.as_slice() {
        [] if reserves => {
            let scope = if subject == Subject::Object { Scope::Object } else { Scope::Page };
            return Some(Statement::new(Claim::Reserved, (scope, Rank::Article), Form::Worded, found(line)));
        }
        [] if mentions.unnamed && licensing && subject == Subject::Text => {
            (Claim::UnnamedCreativeCommons, Form::Worded)
        }
        [license] => {
            let is_full = subject == Subject::Text && license.spdx().is_some();
            (Claim::License(*license), if is_full { Form::Worded } else { Form::Bare })
        }
        _ => return None,
    };
    let is_for_works = !matches!(&claim, Claim::License(license) if license.family() != Family::Works);
    let scope = match subject {
        Subject::Object => Scope::Object,
        Subject::Part => Scope::Part,
        Subject::Text if licensing || line.len() <= LABEL_BYTES_MAX => Scope::Page,
        Subject::Unsaid if licensing && is_for_works => Scope::Page,
        Subject::Text | Subject::Unsaid => return None,
    };
    let mut made = Statement::new(claim, (scope, Rank::Article), form, found(line));
    let is_open = made.license().is_some_and(|license| license.tier() == Tier::Open);
    made.is_doubtful = reserves || (is_open && wording::forbids_sale(&words)) || wording::limits_gfdl(&words);
    Some(made)
}

/// What the sentence that names Creative Commons speaks of, or the whole line if that does not say.
fn subject_of_mention(words: &str) -> Subject {
    let mark = ["creative commons", "cc by", "cc-by", "cc0"].iter().find(|mark| words.contains(**mark));
    let sentence = mark.map_or(words, |mark| scope::sentence(words, mark));
    match wording::subject(sentence) {
        Subject::Unsaid if !wording::speaks_of_licensing(sentence) => wording::subject(words),
        subject => subject,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = statements(text).pop().map(|s| match s.claim {
            Claim::License(license) => {
                format!("{} {}", license.spdx().unwrap_or(license.name().to_owned()), s.scope.as_str())
            }
            other => format!("{other:?} {}", s.scope.as_str()),
        });
        assert_eq!(found.as_deref().unwrap_or("no statement"), expected, "{text}");
    }

    #[test]
    fn a_line_of_its_own_states_a_license() {
        check(
            "Body.\nThis article is licensed under Creative Commons Attribution 4.0 International.",
            "CC-BY-4.0 page",
        );
        check("I have put these notes under CC0 1.0 Universal. No need to ask.", "CC0-1.0 page");
        check("Testo sotto licenza Creative Commons Attribuzione - Non commerciale.", "CC-BY-NC page");
        check("Text: © 2017 Ann. Toate drepturile rezervate pentru acest interviu.", "Reserved page");
    }

    #[test]
    fn a_line_about_something_else_does_not() {
        check("Photo: Ann, CC BY 4.0", "CC-BY-4.0 object");
        check("CC BY asks for credit, CC BY-SA for the same license.", "no statement");
        check("A work may be marked CC BY 4.0, and then its author is named.", "no statement");
        check("Source is on our forge under Apache-2.0.", "no statement");
        let middle =
            format!("{}This article is licensed under CC BY 4.0.\n{}", "One.\n".repeat(10), "Two.\n".repeat(20));
        check(&middle, "no statement");
    }
}
