//! Licenses that scripts would write into a page, and RDF in comments.
//!
//! A script that writes a license shows one to readers that the markup as fetched does not hold: what the page states
//! then cannot be read here, and the verdict is `unclear`. A script that only knows licenses, as choices or settings,
//! states nothing. RDF in a comment counts only beside a statement that a reader sees.

use super::statement::{Claim, Form, Rank, Statement, evidence};
use super::url;
use crate::document::rights::Scope;
use crate::document::signals::ScriptSignal;

/// How scripts write into a page.
const WRITES: &[&str] = &[
    "document.write",
    ".append(",
    ".appendto(",
    ".prepend(",
    ".html(",
    ".innerhtml",
    ".outerhtml",
    "insertadjacenthtml",
    ".appendchild(",
    ".before(",
    ".after(",
    ".replacewith(",
    "createelement(",
];
/// More addresses than this in one part of a script are choices.
const ADDRESSES_MAX: usize = 2;

/// Statements that scripts would write.
pub fn written(scripts: &[ScriptSignal]) -> Vec<Statement> {
    scripts.iter().filter(|script| writes_one_license(&script.text)).map(statement).collect()
}

fn writes_one_license(text: &str) -> bool {
    let lower = text.to_ascii_lowercase().replace("\\/", "/");
    let addresses = lower.matches("creativecommons.org/licenses/").count()
        + lower.matches("creativecommons.org/publicdomain/").count();
    (1..=ADDRESSES_MAX).contains(&addresses) && WRITES.iter().any(|write| lower.contains(write))
}

fn statement(script: &ScriptSignal) -> Statement {
    let at = script.text.find("creativecommons.org").unwrap_or(0);
    let rest = &script.text[at..];
    let end = rest.find(['"', '\'', ' ', '<', '>']).unwrap_or(rest.len());
    let found = evidence("script", "body", &rest[..end], &script.text, Some(script.offset_bytes + at as u64));
    Statement::new(Claim::WrittenByScript, (Scope::Page, Rank::Page), Form::Bare, found)
}

/// The licenses of RDF in comments, if `told` holds a statement about the text that names the same one.
pub fn rdf(elements: &[ScriptSignal], told: &[Statement]) -> Vec<Statement> {
    elements.iter().filter_map(|element| rdf_statement(element, told)).collect()
}

fn rdf_statement(element: &ScriptSignal, told: &[Statement]) -> Option<Statement> {
    let value = element.text.split("resource=").nth(1)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let address = value[1..].split(quote).next()?;
    let license = url::read(address).license()?;
    let seen = told.iter().filter(|s| s.is_about_the_text()).find(|s| match &s.claim {
        Claim::License(seen) => seen.name() == license.name(),
        Claim::UnnamedCreativeCommons => true,
        _ => false,
    })?;
    let found = evidence("rdf_comment", "comment", address, &element.text, Some(element.offset_bytes));
    Some(Statement::new(Claim::License(license), (seen.scope, seen.rank), Form::Worded, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, expected: bool) {
        let script = ScriptSignal { text: script.to_owned(), offset_bytes: 5 };
        assert_eq!(written(&[script]).len(), usize::from(expected));
    }

    #[test]
    fn a_script_that_writes_a_license_is_told_from_one_that_knows_licenses() {
        check("document.write('<a rel=\"license\" href=\"http://creativecommons.org/licenses/by/2.0/jp/\">');", true);
        check("$('.box').append('<a href=\"https:\\/\\/creativecommons.org\\/licenses\\/by\\/4.0\\/\">CC</a>')", true);
        check("window.state = {\"license\":\"https://creativecommons.org/licenses/by/4.0/\"}", false);
        let choices = "creativecommons.org/licenses/by/4.0 creativecommons.org/licenses/by-sa/4.0 ";
        check(&format!("x.innerHTML = '{choices}{choices}'"), false);
    }
}
