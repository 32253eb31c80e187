//! Statements in JSON-LD: `license` of any node, at any depth, with the type of the node it belongs to.
//!
//! The type decides what is covered: an `Article` or `WebPage` is the page, a `WebSite` the site, an `ImageObject`,
//! `Dataset` or `SoftwareSourceCode` is something else. A node without a type takes it from the property it stands in;
//! an unknown type is not the text. `sdLicense` is the license of the data itself and states nothing.

use serde_json::{Map, Value};

use super::kind::{Kind, local_name, of_property, of_types};
use super::metas;
use super::statement::{Claim, Form, Statement, evidence};
use super::url;
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
        Walk { script, root: &value, found: &mut found }.node(&value, Kind::Page, 0);
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

struct Walk<'a> {
    script: &'a ScriptSignal,
    /// The whole script, in which a node may stand that is referred to.
    root: &'a Value,
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
        // Looking for a node goes through the whole script, so it is done no more often than there are statements.
        if self.found.len() >= STATEMENTS_MAX {
            return;
        }
        match value {
            Value::String(value) => self.state(value, kind),
            Value::Array(items) => items.iter().take(STATEMENTS_MAX).for_each(|item| self.license(item, kind)),
            Value::Object(fields) => {
                // `{"@id": "#license"}` alone refers to a node that stands elsewhere.
                let id = said(fields, "@id");
                let alone = id.filter(|_| fields.len() == 1);
                let told = alone.and_then(|id| referred(self.root, id, 0)).and_then(address_of);
                if let Some(address) = told.or_else(|| id.filter(|id| names_license(id))) {
                    self.state(address, kind);
                } else if let Some(address) = address_of(value).or(id) {
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
        let at = self.script.text.find(value).unwrap_or(0);
        let around = around(&self.script.text, at);
        let found = evidence("json_ld", "head", value, around, Some(self.script.offset_bytes + at as u64));
        self.found.push(Statement::new(claim, kind.standing(), Form::Machine, found));
    }
}

/// Whether an id is itself the address of a license.
fn names_license(id: &str) -> bool {
    url::read(id) != url::Target::Elsewhere
}

/// A field that holds a text of more than white space.
fn said<'a>(fields: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    fields.get(key)?.as_str().filter(|text| !text.trim().is_empty())
}

/// The address or name by which a node says what license it is.
fn address_of(node: &Value) -> Option<&str> {
    let fields = node.as_object()?;
    let values = || {
        ["@id", "url", "@value", "sameAs", "identifier", "license", "name"].iter().filter_map(|key| said(fields, key))
    };
    values()
        .find(|value| names_license(value))
        .or_else(|| values().find(|value| metas::claim(value).is_some()))
        .or_else(|| ["url", "@value", "sameAs", "identifier", "name"].iter().find_map(|key| said(fields, key)))
}

/// The node of this id that says more than its id.
fn referred<'a>(value: &'a Value, id: &str, depth: usize) -> Option<&'a Value> {
    if depth > DEPTH_MAX {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| referred(item, id, depth + 1)),
        Value::Object(fields) => {
            let is_it = fields.len() > 1 && fields.get("@id").and_then(Value::as_str) == Some(id);
            if is_it { Some(value) } else { fields.values().find_map(|field| referred(field, id, depth + 1)) }
        }
        _ => None,
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

    /// Each of these was looked for in the whole script, and stated nothing that would have ended the search.
    #[test]
    fn nodes_that_say_nothing_are_not_looked_for_again_and_again() {
        let blank = r#"{"license":{"@id":""}},"#.repeat(40_000);
        check(&format!("[{blank}0]"), &[]);
        let empty = r#"{"license":{"@id":"l"}},"#.repeat(40_000);
        check(&format!(r#"[{empty}{{"@id":"l","url":" "}}]"#), &["unread page"; STATEMENTS_MAX]);
        let many = format!("[{}0]", r#"{"@id":"l"},"#.repeat(STATEMENTS_MAX - 1));
        let many = format!(r#"{{"license":[{}0],"a":[{}0]}}"#, format!("{many},").repeat(60), "0,".repeat(450_000));
        check(&many, &["unread page"; STATEMENTS_MAX]);
    }

    #[test]
    fn hostile_json_is_no_statement() {
        check(&format!("{}\"license\"", "[".repeat(5000)), &[]);
        check("license: {", &[]);
    }
}
