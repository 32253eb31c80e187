//! Statements in JSON-LD: `license` of any node, at any depth, with the type of the node it belongs to.
//!
//! The type decides what is covered: an `Article` or `WebPage` is the page, a `WebSite` the site, an `ImageObject`,
//! `Dataset` or `SoftwareSourceCode` is something else. A node without a type takes it from the property it stands in;
//! an unknown type is not the text. `sdLicense` is the license of the data itself and states nothing.

use serde_json::Value;

use super::metas;
use super::statement::{Claim, Form, Rank, Statement, evidence};
use crate::document::rights::Scope;
use crate::document::signals::ScriptSignal;

/// Largest script that is read, in bytes.
const SCRIPT_BYTES_MAX: usize = 1 << 20;
/// Deepest node that is read. `serde_json` itself refuses more than 128 levels.
const DEPTH_MAX: usize = 32;
/// Most statements taken from one page.
const STATEMENTS_MAX: usize = 64;

/// All statements in JSON-LD, in document order. A script that is not JSON states nothing.
pub fn statements(scripts: &[ScriptSignal]) -> Vec<Statement> {
    let mut found = Vec::new();
    for script in scripts {
        if script.text.len() > SCRIPT_BYTES_MAX || !script.text.contains("icense") {
            continue;
        }
        let Ok(value) = serde_json::from_str::<Value>(unwrapped(&script.text)) else { continue };
        Walk { script, found: &mut found }.node(&value, Kind::Page, 0);
    }
    found
}

/// The JSON without the comment marks that some editors put round it.
fn unwrapped(text: &str) -> &str {
    let text = text.trim();
    let text = text
        .strip_prefix("<!--")
        .or_else(|| text.strip_prefix("//<![CDATA["))
        .or_else(|| text.strip_prefix("<![CDATA["))
        .unwrap_or(text);
    let text = text
        .strip_suffix("-->")
        .or_else(|| text.strip_suffix("//]]>"))
        .or_else(|| text.strip_suffix("]]>"))
        .unwrap_or(text);
    text.trim()
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Article,
    Page,
    Site,
    Part,
    Object,
}

struct Walk<'a> {
    script: &'a ScriptSignal,
    found: &'a mut Vec<Statement>,
}

impl Walk<'_> {
    fn node(&mut self, value: &Value, inherited: Kind, depth: usize) {
        if depth > DEPTH_MAX || self.found.len() >= STATEMENTS_MAX {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.node(item, inherited, depth + 1)),
            Value::Object(fields) => {
                let kind = fields.get("@type").and_then(|types| of_types(types, inherited)).unwrap_or(inherited);
                for (key, field) in fields {
                    match local_name(key) {
                        "license" => self.license(field, kind),
                        "@graph" => self.node(field, Kind::Page, depth + 1),
                        "@context" => {}
                        name => self.node(field, of_property(name, kind), depth + 1),
                    }
                }
            }
            _ => {}
        }
    }

    /// A license by address, by name, by `@id`, as a node of its own, or a list of these.
    fn license(&mut self, value: &Value, kind: Kind) {
        match value {
            Value::String(value) => self.state(value, kind),
            Value::Array(items) => items.iter().take(STATEMENTS_MAX).for_each(|item| self.license(item, kind)),
            Value::Object(fields) => {
                let address = ["@id", "url", "@value", "sameAs", "identifier", "name"]
                    .iter()
                    .find_map(|key| fields.get(*key)?.as_str());
                if let Some(address) = address {
                    self.state(address, kind);
                }
            }
            _ => {}
        }
    }

    fn state(&mut self, value: &str, kind: Kind) {
        if value.trim().is_empty() || self.found.len() >= STATEMENTS_MAX {
            return;
        }
        let claim = metas::claim(value).unwrap_or(Claim::TermsElsewhere);
        let standing = match kind {
            Kind::Article => (Scope::Page, Rank::Article),
            Kind::Page => (Scope::Page, Rank::Page),
            Kind::Site => (Scope::Site, Rank::Site),
            Kind::Part => (Scope::Part, Rank::Page),
            Kind::Object => (Scope::Object, Rank::Page),
        };
        let at = self.script.text.find(value).unwrap_or(0);
        let around = around(&self.script.text, at);
        let found = evidence("json_ld", "head", value, around, Some(self.script.offset_bytes + at as u64));
        self.found.push(Statement::new(claim, standing, Form::Machine, found));
    }
}

/// Some characters of the script before and after the value.
fn around(text: &str, at: usize) -> &str {
    let mut begin = at.saturating_sub(100);
    while !text.is_char_boundary(begin) {
        begin -= 1;
    }
    &text[begin..]
}

/// `license` of `schema:license`, `https://schema.org/license`.
fn local_name(key: &str) -> &str {
    key.rsplit([':', '/', '#']).next().unwrap_or(key)
}

/// What a node of these types stands for. Of several types the one that is not the text decides.
fn of_types(types: &Value, inherited: Kind) -> Option<Kind> {
    match types {
        Value::String(name) => Some(of_type(local_name(name), inherited)),
        Value::Array(names) => {
            let kinds = names.iter().filter_map(Value::as_str).map(|name| of_type(local_name(name), inherited));
            kinds.reduce(|a, b| {
                if a == Kind::Object || b == Kind::Object {
                    Kind::Object
                } else if a == Kind::Article {
                    a
                } else {
                    b
                }
            })
        }
        _ => None,
    }
}

fn of_type(name: &str, inherited: Kind) -> Kind {
    let is_article = name.ends_with("Article")
        || name.ends_with("Posting")
        || name == "Review"
        || name == "Recipe"
        || name == "HowTo";
    let nested = !matches!(inherited, Kind::Page | Kind::Article);
    match name {
        _ if is_article && nested => inherited,
        _ if is_article => Kind::Article,
        "Comment" | "Answer" | "Question" | "Quotation" => Kind::Part,
        "WebSite" | "Blog" | "Periodical" | "PublicationIssue" | "PublicationVolume" => Kind::Site,
        "WebPage" | "Report" | "Book" | "Chapter" | "Course" | "LearningResource" | "CreativeWork" | "Guide"
        | "Thesis" | "Poem" | "ShortStory" | "DefinedTerm" | "Text" => inherited,
        _ if name.ends_with("Page") => inherited,
        _ => Kind::Object,
    }
}

/// What a node without a type stands for, by the property it is the value of.
fn of_property(name: &str, kind: Kind) -> Kind {
    match name {
        "mainEntity" | "mainEntityOfPage" | "itemListElement" | "item" | "blogPost" | "@list" | "@set" => kind,
        "isPartOf" if kind != Kind::Object => Kind::Site,
        "hasPart" | "comment" | "suggestedAnswer" | "acceptedAnswer" if kind != Kind::Object => Kind::Part,
        _ => Kind::Object,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &[&str]) {
        let script = ScriptSignal { text: json.into(), offset_bytes: 100 };
        let found: Vec<String> = statements(&[script])
            .iter()
            .map(|s| {
                format!(
                    "{} {}",
                    s.license().and_then(|license| license.spdx()).unwrap_or("unread".into()),
                    s.scope.as_str()
                )
            })
            .collect();
        assert_eq!(found, expected, "{json}");
    }

    #[test]
    fn the_type_of_the_node_decides() {
        let cases = [
            ("Article", "page"),
            ("WebPage", "page"),
            ("WebSite", "site"),
            ("ImageObject", "object"),
            ("Dataset", "object"),
            ("SoftwareSourceCode", "object"),
            ("FAQPage", "page"),
            ("Answer", "part"),
            ("Unheard", "object"),
        ];
        for (name, scope) in cases {
            let json = format!(
                r#"{{"@graph":[{{"@type":"{name}","license":"https://creativecommons.org/licenses/by/4.0/"}}]}}"#
            );
            check(&json, &[&format!("CC-BY-4.0 {scope}")]);
        }
    }

    #[test]
    fn license_may_be_a_string_a_node_or_a_list() {
        check(
            r#"[{"@type":["BlogPosting","CreativeWork"],"license":{"@id":"https://creativecommons.org/licenses/by/4.0/"}}]"#,
            &["CC-BY-4.0 page"],
        );
        check(
            r#"{"@type":"Article","schema:license":[{"@type":"CreativeWork","url":"http://creativecommons.org/licenses/by-sa/3.0/"}]}"#,
            &["CC-BY-SA-3.0 page"],
        );
        check(r#"{"@type":"Article","license":"/terms"}"#, &["unread page"]);
        check(r#"<!-- {"@type":"Article","license":"CC-BY-4.0"} -->"#, &["CC-BY-4.0 page"]);
    }

    #[test]
    fn parts_of_a_node_are_not_the_node() {
        check(
            r#"{"@type":"Article","image":{"license":"https://creativecommons.org/licenses/by/4.0/"}}"#,
            &["CC-BY-4.0 object"],
        );
        check(
            r#"{"@type":"Article","isPartOf":{"@type":"WebSite","license":"https://creativecommons.org/licenses/by/4.0/"}}"#,
            &["CC-BY-4.0 site"],
        );
        check(
            r#"{"@type":"Dataset","hasPart":{"@type":"Article","license":"https://creativecommons.org/licenses/by/4.0/"}}"#,
            &["CC-BY-4.0 object"],
        );
        check(r#"{"@type":"Review","sdLicense":"https://creativecommons.org/publicdomain/zero/1.0/"}"#, &[]);
    }

    #[test]
    fn hostile_json_is_no_statement() {
        check(&format!("{}\"license\"", "[".repeat(5000)), &[]);
        check("license: {", &[]);
    }
}
