//! Statements in links: `rel=license`, microdata and RDFa properties, and plain links with words around them.
//!
//! `rel=license` relates the current document to the license (ccREL), unless the words around it speak of something
//! else. A plain link states nothing by itself: the sentence that it stands in has to say what is licensed.

use super::license::{Family, License};
use super::scope::{self, Standing};
use super::statement::{Claim, Form, Statement, evidence};
use super::url::{self, Target};
use super::wording::{self, Subject};
use super::words;
use crate::document::rights::{Scope, Tier};
use crate::document::signals::{LinkSignal, Place};

/// How many links of a page are looked at.
const LINKS_MAX: usize = 2_000;
/// Words beside the link in a label such as "Text: CC BY 4.0", in bytes.
const LABEL_BYTES_MAX: usize = 24;
/// A sentence longer than this says more than "this text is under this license", in bytes.
const PLAIN_SENTENCE_BYTES_MAX: usize = 200;

/// All statements in links, in document order.
pub fn statements(links: &[LinkSignal]) -> Vec<Statement> {
    links.iter().take(LINKS_MAX).filter_map(statement).collect()
}

fn statement(link: &LinkSignal) -> Option<Statement> {
    let kind = kind(&link.rel);
    let target = url::read(&link.href);
    if kind.is_none() && target == Target::Elsewhere && link.around.is_empty() {
        return None;
    }
    let words = words::normalized(&link.around);
    let text = words::normalized(&link.text);
    let sentence = scope::sentence(&words, &text).to_owned();
    let claim = match target {
        Target::License(license) => Claim::License(refined(license, &sentence)),
        Target::UnnamedCreativeCommons if kind.is_some() || names_unnamed(&sentence) => Claim::UnnamedCreativeCommons,
        Target::UnnamedCreativeCommons => return None,
        Target::Elsewhere => elsewhere(link, kind.is_some(), &words, &sentence)?,
    };
    let said_by_words = target == Target::Elsewhere && matches!(claim, Claim::License(_));
    let kind = if said_by_words { None } else { kind };
    let family = claim_family(&claim);
    let before = sentence.find(text.trim()).map_or("", |at| &sentence[..at]);
    let standing =
        Standing { place: link.place, is_link_element: link.is_link_element, sentence: &sentence, before, family };
    let (mut scope, rank) = scope::resolve(&standing);
    let form = match kind {
        Some(_) => Form::Machine,
        None => plain_form(link, &sentence)?,
    };
    if scope == Scope::Page && names_another_subject(&sentence, &text) {
        scope = Scope::Object;
    }
    // A badge alone is a mark, if a weak one; bare words beside a bare link are not.
    if scope == Scope::Page && form == Form::Bare && !words.is_empty() && !wording::speaks_of_licensing(&sentence) {
        scope = Scope::None;
    }
    let mut made = Statement::new(
        claim,
        (scope, rank),
        form,
        evidence(
            kind.unwrap_or(if said_by_words { "words" } else { "link" }),
            link.place.as_str(),
            &link.href,
            &link.around,
            Some(link.offset_bytes),
        ),
    );
    made.is_doubtful = made.is_about_the_text()
        && made.license().is_some_and(|license| contradicts(license, link, &words))
        || (said_by_words && imitates_creative_commons(&link.href));
    made.is_bare_mark =
        kind.is_some() && !link.is_link_element && words.trim() == text.trim() && !text.trim().is_empty();
    made.offers_choice = wording::offers_choice(&sentence);
    Some(made)
}

/// Whether an address that is not Creative Commons' names them: its words are not to be believed.
fn imitates_creative_commons(href: &str) -> bool {
    href.to_ascii_lowercase().contains("creativecommons")
}

/// What a link to an address that is no known license claims: its sentence may name one in words.
fn elsewhere(link: &LinkSignal, is_machine: bool, around: &str, sentence: &str) -> Option<Claim> {
    if !is_machine && !wording::speaks_of_licensing(sentence) {
        return None;
    }
    let named = words::mentions(sentence);
    match named.licenses.as_slice() {
        [license] => Some(Claim::License(*license)),
        _ if !is_machine => None,
        _ if is_rsl(&link.href) => Some(Claim::RslTerms),
        _ if wording::reserves_all(around) => Some(Claim::Reserved),
        _ => Some(Claim::TermsElsewhere),
    }
}

/// The kind of machine-readable statement that `rel` makes it, if it is one.
fn kind(rel: &str) -> Option<&'static str> {
    rel.split_ascii_whitespace().find_map(|token| {
        let (prefix, name) = token.rsplit_once(':').unwrap_or(("", token));
        let is_license = name.eq_ignore_ascii_case("license") || name.eq_ignore_ascii_case("licence");
        match prefix.split(':').next().unwrap_or("") {
            _ if !is_license => None,
            "" => Some("rel_license"),
            "itemprop" => Some("microdata"),
            _ => Some("rdfa"),
        }
    })
}

/// How well a plain link states a license; none if its sentence gives no reason to think that it does.
fn plain_form(link: &LinkSignal, sentence: &str) -> Option<Form> {
    let licensing = wording::speaks_of_licensing(sentence);
    let short = sentence.len() <= PLAIN_SENTENCE_BYTES_MAX;
    let is_label = sentence.len() <= link.text.len() + LABEL_BYTES_MAX;
    let is_general = matches!(link.place, Place::Footer | Place::Aside | Place::Body);
    match wording::subject(sentence) {
        Subject::Text if licensing || is_label || (short && is_general) => Some(Form::Worded),
        Subject::Unsaid if licensing || (short && is_general) => Some(Form::Bare),
        Subject::Object | Subject::Part => Some(Form::Bare),
        Subject::Text | Subject::Unsaid => None,
    }
}

/// Whether the second license of a sentence has a subject of its own: "the text is CC BY, and code samples are MIT".
fn names_another_subject(sentence: &str, text: &str) -> bool {
    let before = sentence.find(text.trim()).map_or("", |at| &sentence[..at]);
    let clause = [", and ", " and ", " und ", " et ", " y "].iter().filter_map(|and| before.rfind(and)).max();
    let Some(at) = clause.filter(|at| !words::mentions(&before[..*at]).licenses.is_empty()) else { return false };
    wording::subject(&before[at..]) == Subject::Object
}

/// The license with what the sentence adds: a version that the address lacks, or "or any later version".
fn refined(license: License, sentence: &str) -> License {
    let named = || {
        words::mentions(sentence).licenses.into_iter().find(|named| named.agrees(&license) && named.spdx().is_some())
    };
    if license.spdx().is_none() {
        return named().unwrap_or(license);
    }
    match license {
        License::Other(_) if words::says_or_later(sentence) => super::known::or_later(license),
        _ => license,
    }
}

fn claim_family(claim: &Claim) -> Family {
    match claim {
        Claim::License(license) => license.family(),
        _ => Family::Works,
    }
}

/// Whether the words say another license than the target, forbid what it allows, or reserve all rights beside it.
fn contradicts(license: &License, link: &LinkSignal, around: &str) -> bool {
    let text = words::normalized(&link.text);
    let mut named = words::mentions(&text).licenses;
    if named.is_empty() {
        named.extend(words::elements(&text).map(License::CreativeCommons));
    }
    // Both open and read from full names: more likely a name that the tables lack than a contradiction.
    let differs = |named: &License| {
        named.name() != license.name() && (named.tier() != license.tier() || license.tier() != Tier::Open)
    };
    let forbids = license.tier() == Tier::Open && wording::forbids_sale(around);
    (named.len() == 1 && differs(&named[0])) || forbids || wording::reserves_all(around) || wording::limits_gfdl(around)
}

fn names_unnamed(sentence: &str) -> bool {
    wording::speaks_of_licensing(sentence) && words::mentions(sentence).unnamed
}

/// Whether an address looks like Really Simple Licensing, whose media type a link signal does not keep.
fn is_rsl(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or(href);
    path.rsplit('/').next().is_some_and(|file| file.ends_with(".rsl") || file.eq_ignore_ascii_case("rsl.xml"))
        || path.split('/').any(|segment| segment.eq_ignore_ascii_case("rsl"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY: &str = "https://creativecommons.org/licenses/by/4.0/";

    fn check(rel: &str, (around, text): (&str, &str), place: Place, expected: &str) {
        let link = LinkSignal {
            rel: rel.into(),
            href: BY.into(),
            text: text.into(),
            around: around.into(),
            place,
            is_link_element: place == Place::Head,
            offset_bytes: 7,
        };
        let found = statements(&[link]).pop().map(|s| {
            format!("{} {}{}", s.evidence.kind, s.scope.as_str(), if s.is_doubtful { " doubtful" } else { "" })
        });
        assert_eq!(found.as_deref().unwrap_or("no statement"), expected, "{around}");
    }

    #[test]
    fn rel_is_a_list_of_tokens() {
        for rel in ["license", "LICENSE copyright", "license noopener noreferrer", "nofollow\tLicense"] {
            check(rel, ("", ""), Place::Head, "rel_license page");
        }
        check("itemprop:license", ("", ""), Place::Article, "microdata page");
        check("property:cc:license", ("", ""), Place::Article, "rdfa page");
        check("itemprop:sdLicense", ("", ""), Place::Article, "no statement");
    }

    #[test]
    fn the_place_and_the_sentence_tell_what_is_covered() {
        check("license", ("Photo: Ann, CC BY", "CC BY"), Place::Article, "rel_license object");
        check("license", ("Lighthouse. Ann, CC BY", "CC BY"), Place::Figure, "rel_license object");
        check("license", ("Theme by Ann (CC BY)", "CC BY"), Place::Footer, "rel_license object");
        check("license", ("All text is CC BY. Icons by Ann.", "CC BY"), Place::Footer, "rel_license site");
        check("license", ("My answers are CC BY", "CC BY"), Place::Comment, "rel_license part");
        check("license", ("Licensed under CC BY", "CC BY"), Place::Form, "rel_license none");
        check("", ("CC BY", "CC BY"), Place::Form, "no statement");
        check("", ("Some of the articles are CC BY", "CC BY"), Place::Main, "link part");
    }

    #[test]
    fn a_plain_link_needs_words() {
        check("", ("This text is licensed under CC BY 4.0", "CC BY 4.0"), Place::Main, "link page");
        check("", ("© 2020 Ann, CC BY 4.0", "CC BY 4.0"), Place::Footer, "link site");
        check(
            "",
            ("A work may be marked CC BY 4.0, and then its author is named.", "CC BY 4.0"),
            Place::Main,
            "no statement",
        );
        check("", ("The most liberal one is BY.", "BY"), Place::Main, "no statement");
    }

    #[test]
    fn words_against_the_target_are_doubt() {
        check("license", ("Shared under CC BY-NC 4.0", "CC BY-NC 4.0"), Place::Main, "rel_license page doubtful");
        check(
            "license",
            ("The text is CC BY 4.0. Commercial use is not allowed.", "CC BY 4.0"),
            Place::Main,
            "rel_license page doubtful",
        );
        check(
            "license",
            ("© X. Все права защищены. CC BY 4.0", "CC BY 4.0"),
            Place::Footer,
            "rel_license site doubtful",
        );
    }
}
