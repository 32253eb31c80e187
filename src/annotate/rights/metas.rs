//! Statements in `<meta>` elements: `license`, Dublin Core rights and license, Open Graph, EPrints and their kin.
//!
//! The content may be an address, a sentence with an address in it, an SPDX id or the name of a license. A copyright
//! sentence or `openAccess` names no license and is no statement.

use super::license::License;
use super::statement::{Claim, Form, Rank, Statement, evidence};
use super::url::{self, Target};
use super::words;
use crate::document::rights::Scope;
use crate::document::signals::MetaSignal;

/// Names that speak of the rights of this page or of the work it presents.
const NAMES: &[&str] = &[
    "license",
    "licence",
    "rights",
    "dc.rights",
    "dc.rights.uri",
    "dc.rights.license",
    "dc.license",
    "dc:rights",
    "dc:license",
    "dcterms.rights",
    "dcterms.license",
    "dcterms.accessrights",
    "dcterms:license",
    "dcterms:rights",
    "dct.license",
    "dct:license",
    "dct:rights",
    "og:license",
    "og:rights",
    "article:license",
    "cc:license",
    "cc.license",
    "citation_license",
    "citation_license_url",
    "citation_rights",
    "eprints.rights",
    "eprints.license",
    "prism.copyright",
    "copyright",
    "schema:license",
    "xhv:license",
];
/// Longest content that is read, in bytes.
const CONTENT_BYTES_MAX: usize = 2_000;

/// All statements in `<meta>` elements, in document order.
pub fn statements(metas: &[MetaSignal]) -> Vec<Statement> {
    metas
        .iter()
        .filter(|meta| {
            NAMES.iter().any(|name| meta.name.eq_ignore_ascii_case(name)) && meta.content.len() <= CONTENT_BYTES_MAX
        })
        .filter_map(|meta| {
            let claim = claim(&meta.content)?;
            let found = evidence("meta", "head", &meta.content, &meta.name, Some(meta.offset_bytes));
            Some(Statement::new(claim, (Scope::Page, Rank::Page), Form::Machine, found))
        })
        .collect()
}

/// What a value that should name a license says.
pub fn claim(value: &str) -> Option<Claim> {
    let value = value.trim();
    // `MIT` and `ISC` alone are words before they are ids.
    if let Some(license) = url::from_spdx(value).filter(|_| value.len() > 3) {
        return Some(Claim::License(license));
    }
    match url::read(value) {
        Target::License(license) => return Some(Claim::License(license)),
        Target::UnnamedCreativeCommons => return Some(Claim::UnnamedCreativeCommons),
        Target::Elsewhere => {}
    }
    let mut linked: Vec<License> = Vec::new();
    for license in addresses(value).filter_map(|address| url::read(address).license()) {
        if !linked.contains(&license) {
            linked.push(license);
        }
    }
    let named = words::mentions(&words::normalized(value));
    match (linked.as_slice(), named.licenses.as_slice()) {
        ([license], _) | ([], [license]) => Some(Claim::License(*license)),
        ([], []) if named.unnamed => Some(Claim::UnnamedCreativeCommons),
        ([], []) => None,
        // Several licenses in one value: what holds cannot be told.
        _ => Some(Claim::TermsElsewhere),
    }
}

/// The addresses in a sentence.
fn addresses(value: &str) -> impl Iterator<Item = &str> {
    value
        .split([' ', '\t', '\n', '"', '\'', '<', '>', '(', ')', ','])
        .map(|word| word.trim_end_matches(['.', ';']))
        .filter(|word| word.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, content: &str, expected: &str) {
        let meta = MetaSignal { name: name.into(), content: content.into(), offset_bytes: 3 };
        let found = statements(&[meta]).pop().map(|statement| match statement.claim {
            Claim::License(license) => license.spdx().unwrap_or_else(|| license.name().to_owned()),
            other => format!("{other:?}"),
        });
        assert_eq!(found.as_deref().unwrap_or("no statement"), expected, "{content}");
    }

    #[test]
    fn addresses_ids_and_names_are_read() {
        check("dc.rights", "https://creativecommons.org/licenses/by-sa/4.0", "CC-BY-SA-4.0");
        check("DC.Rights", "http://creativecommons.org/licenses/by/3.0/igo/deed.es", "CC-BY-3.0-IGO");
        check(
            "copyright",
            "© 2020 Ann. Licensed under CC BY-NC 4.0 (https://creativecommons.org/licenses/by-nc/4.0/).",
            "CC-BY-NC-4.0",
        );
        check("license", "MIT License", "MIT");
        check("license", "MIT", "no statement");
        check("license", "cc-by-sa-4.0", "CC-BY-SA-4.0");
        check("dcterms.license", "Creative Commons", "UnnamedCreativeCommons");
    }

    #[test]
    fn what_names_no_license_is_no_statement() {
        check("dc.rights", "Copyright (c) 2021 Journal of Batik", "no statement");
        check("dc.rights", "openAccess", "no statement");
        check("dc.rights", "info:eu-repo/semantics/openAccess", "no statement");
        check("keywords", "https://creativecommons.org/licenses/by/4.0/", "no statement");
    }
}
