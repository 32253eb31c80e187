//! Statements in the HTTP header `Link: <…>; rel=license` (RFC 8288).
//!
//! Parameter names and relation types are compared without case, quoted or not. A link with an `anchor` speaks of
//! another resource. `type="application/rsl+xml"` is Really Simple Licensing: terms that stand elsewhere, no grant.

use super::statement::{Claim, Form, Rank, Statement, evidence};
use super::url::{self, Target};
use crate::document::rights::Scope;
use crate::document::signals::HeaderSignal;

/// Longest header value that is read, in bytes.
const HEADER_BYTES_MAX: usize = 16_384;

/// All statements in `Link` headers, in the order of the response.
pub fn statements(headers: &[HeaderSignal]) -> Vec<Statement> {
    headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case("link") && header.value.len() <= HEADER_BYTES_MAX)
        .flat_map(|header| links(&header.value))
        .filter_map(|link| statement(&link))
        .collect()
}

fn statement(link: &HttpLink) -> Option<Statement> {
    let is_license = link.parameter("rel")?.split_ascii_whitespace().any(|token| token.eq_ignore_ascii_case("license"));
    if !is_license || link.parameter("anchor").is_some() {
        return None;
    }
    let is_rsl = link
        .parameter("type")
        .is_some_and(|media_type| media_type.to_ascii_lowercase().starts_with("application/rsl+xml"));
    let claim = match url::read(link.target) {
        _ if is_rsl => Claim::RslTerms,
        Target::License(license) => Claim::License(license),
        Target::UnnamedCreativeCommons => Claim::UnnamedCreativeCommons,
        Target::Elsewhere => Claim::TermsElsewhere,
    };
    let found = evidence("http_link", "http", link.target, link.whole, None);
    Some(Statement::new(claim, (Scope::Page, Rank::Page), Form::Machine, found))
}

struct HttpLink<'a> {
    target: &'a str,
    whole: &'a str,
    parameters: Vec<(&'a str, &'a str)>,
}

impl HttpLink<'_> {
    /// The first parameter of that name, as the standard has it.
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }
}

/// The links of a header value. What cannot be read is left out.
fn links(value: &str) -> Vec<HttpLink<'_>> {
    split_outside(value, ',')
        .into_iter()
        .filter_map(|whole| {
            let whole = whole.trim();
            let (target, rest) = whole.strip_prefix('<')?.split_once('>')?;
            let parameters = split_outside(rest, ';')
                .into_iter()
                .filter_map(|parameter| parameter.split_once('='))
                .map(|(key, value)| (key.trim(), value.trim().trim_matches('"')))
                .collect();
            Some(HttpLink { target: target.trim(), whole, parameters })
        })
        .collect()
}

/// Splits at a mark that stands neither in quotes nor in angle brackets.
fn split_outside(value: &str, mark: char) -> Vec<&str> {
    let (mut parts, mut begin, mut quoted, mut bracketed) = (Vec::new(), 0, false, false);
    for (at, c) in value.char_indices() {
        match c {
            '"' if !bracketed => quoted = !quoted,
            '<' if !quoted => bracketed = true,
            '>' if !quoted => bracketed = false,
            c if c == mark && !quoted && !bracketed => {
                parts.push(&value[begin..at]);
                begin = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&value[begin..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &[&str]) {
        let header = HeaderSignal { name: "link".into(), value: value.into() };
        let found: Vec<String> = statements(&[header])
            .iter()
            .map(|s| s.license().and_then(|license| license.spdx()).unwrap_or_else(|| format!("{:?}", s.claim)))
            .collect();
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn relation_types_are_read_in_every_form() {
        check("<https://creativecommons.org/licenses/by-sa/4.0/>; rel=license", &["CC-BY-SA-4.0"]);
        check(
            "</a,b.css>; rel=preload; as=style, <https://creativecommons.org/licenses/by/4.0/deed.ko>; REL=\"License\"",
            &["CC-BY-4.0"],
        );
        check(
            "<https://creativecommons.org/licenses/by/4.0/>; title=\"a; b, c\"; rel=\"nofollow license\"",
            &["CC-BY-4.0"],
        );
    }

    #[test]
    fn other_links_and_terms_elsewhere_grant_nothing() {
        check("<https://creativecommons.org/licenses/by/4.0/>; rel=help", &[]);
        check("<https://creativecommons.org/licenses/by/4.0/>; rel=license; anchor=\"/photo.jpg\"", &[]);
        check("<https://x.example/rsl.xml>; rel=\"license\"; type=\"application/rsl+xml\"", &["RslTerms"]);
        check("</terms>; rel=license", &["TermsElsewhere"]);
        check("<unclosed; rel=license", &[]);
    }
}
