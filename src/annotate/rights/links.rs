//! Statements in links: `rel=license`, microdata and RDFa properties, and plain links with words around them.
//!
//! `rel=license` relates the current document to the license (ccREL), unless the words around it speak of something
//! else. A plain link states nothing by itself: the sentence that it stands in has to say what is licensed.

use super::kind::{self, Kind};
use super::known;
use super::license::{Family, License};
use super::other_names;
use super::quotation;
use super::scope::{self, Standing};
use super::statement::{Claim, Form, Statement, evidence};
use super::url::{self, Target};
use super::wording::{self, Subject};
use super::words;
use crate::document::rights::{Scope, Tier};
use crate::document::signals::{LinkSignal, Place};
use crate::document::vocabulary::{CODE_SAMPLES, DEMONSTRATIVES};

/// How many links of a page are looked at.
const LINKS_MAX: usize = 2_000;
/// Words beside the link in a label such as "Text: CC BY 4.0", in bytes.
const LABEL_BYTES_MAX: usize = 24;
/// Words of a paragraph, and bytes beside the mark, that stand under the mark at its end.
const PART_WORDS_MIN: u32 = 10;
const PART_BYTES_MIN: usize = 40;
/// Words of a block that tells more than a license.
const PROSE_WORDS_MIN: u32 = 15;
/// A sentence longer than this says more than "this text is under this license", in bytes.
const PLAIN_SENTENCE_BYTES_MAX: usize = 200;

/// All statements in links, in document order. `page` is the page's address.
pub fn statements(links: &[LinkSignal], page: &str) -> Vec<Statement> {
    links.iter().take(LINKS_MAX).filter_map(|link| statement(link, page)).collect()
}

fn statement(link: &LinkSignal, page: &str) -> Option<Statement> {
    let kind = kind(&link.rel);
    let target = url::read(&link.href);
    if kind.is_none() && target == Target::Elsewhere && link.around.is_empty() {
        return None;
    }
    let words = words::normalized(&link.around);
    let text = words::normalized(&link.text);
    let sentence = scope::sentence(&words, &text).to_owned();
    let claim = match target {
        Target::License(license) => Claim::License(known::with_conditions(refined(license, &sentence), &words)),
        Target::UnnamedCreativeCommons if kind.is_some() || names_unnamed(&sentence) => Claim::UnnamedCreativeCommons,
        Target::UnnamedCreativeCommons => return None,
        Target::Elsewhere => elsewhere(link, kind.is_some(), &words, &sentence)?,
    };
    let said_by_words = target == Target::Elsewhere && matches!(claim, Claim::License(_));
    let kind = if said_by_words { None } else { kind };
    let family = claim_family(&claim);
    let before = sentence.find(text.trim()).map_or("", |at| &sentence[..at]);
    let covers_code = family == Family::Software && CODE_SAMPLES.fits(last_clause(before));
    let label = words::normalized(&link.label);
    let is_labeled = !label.is_empty() && wording::is_label_of_license(&label);
    let subject = subject(&label, (&words, &sentence), &text);
    let standing = Standing {
        place: link.place,
        is_link_element: link.is_link_element,
        sentence: &sentence,
        before,
        subject,
        family,
    };
    let (mut scope, rank) = scope::resolve(&standing);
    if covers_code && matches!(scope, Scope::Page | Scope::Site | Scope::Object) {
        scope = Scope::Part;
    }
    // The name of a license alone, behind the text of its paragraph.
    let is_mark_of_part = kind.is_none()
        && matches!(link.place, Place::Main | Place::Article | Place::Body)
        && link.around_it.words >= PART_WORDS_MIN
        && sentence.trim_end_matches(['.', ')', ']']).trim_start_matches(['(', '[']) == text.trim()
        && !words.trim_start().starts_with(text.trim())
        && words.trim().len() > text.trim().len() + PART_BYTES_MIN;
    let form = match kind {
        Some(_) => Form::Machine,
        None if is_mark_of_part => Form::Bare,
        None => plain_form(link, (&sentence, is_labeled), subject)?,
    };
    if matches!(scope, Scope::Page | Scope::Site) && names_another_subject(before) {
        scope = Scope::Object;
    }
    if let Some(marked) = marked_subject(link, kind, page) {
        scope = marked;
    }
    let is_of_others = wording::is_about_others(&sentence) || quotation::license_is_quoted(&sentence);
    if matches!(scope, Scope::Page | Scope::Site) && is_of_others {
        scope = Scope::None;
    }
    if scope == Scope::Page && is_part_of_what_is_told(link, kind.is_some(), subject) {
        // Markup made for the purpose speaks of something, if not of the whole.
        scope = if kind.is_some() { Scope::Part } else { Scope::None };
    }
    if is_mark_of_part {
        scope = Scope::Part;
    }
    if matches!(scope, Scope::Page | Scope::Site | Scope::Part) && link.is_in_list && link.place != Place::Post {
        scope = if link.place == Place::Footer { scope } else { Scope::Object };
    }
    // A badge alone is a mark, if a weak one; bare words beside a bare link are not.
    let says_license = is_labeled || wording::speaks_of_licensing(&sentence);
    if scope == Scope::Page && form == Form::Bare && !words.is_empty() && !says_license {
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
    made.covers_code = covers_code;
    made.speaks_of_itself = subject == Subject::Text && DEMONSTRATIVES.fits(&sentence);
    Some(made)
}

/// What the sentence speaks of; where the link is all it holds, what its label or the credit before it speaks of.
fn subject(label: &str, (words, sentence): (&str, &str), text: &str) -> Subject {
    let before = words.find(sentence).map_or("", |at| &words[..at]);
    let is_credit = || scope::sentences(before).last().is_some_and(|said| wording::subject(said) == Subject::Object);
    match wording::subject(sentence) {
        Subject::Unsaid if sentence.len() <= text.len() + LABEL_BYTES_MAX && is_credit() => Subject::Object,
        Subject::Unsaid if sentence.len() <= text.len() + LABEL_BYTES_MAX => wording::subject_of_label(label),
        subject => subject,
    }
}

/// Whether a link stands in a paragraph of a text that goes on after it, in a sentence that names no text of its own.
fn is_part_of_what_is_told(link: &LinkSignal, is_machine: bool, subject: Subject) -> bool {
    let in_text = matches!(link.place, Place::Main | Place::Article | Place::Body);
    in_text
        && !link.is_link_element
        && subject == Subject::Unsaid
        && link.around_it.paragraphs_after > 0
        && (link.around_it.paragraphs_before > 0 || !is_machine)
        && link.around_it.words >= PROSE_WORDS_MIN
}

/// What markup says the statement covers, where that is not the text of this page.
fn marked_subject(link: &LinkSignal, kind: Option<&str>, page: &str) -> Option<Scope> {
    let types = link.item_type.as_deref().unwrap_or_default();
    if kind::is_never_text(types) {
        return Some(Scope::Object);
    }
    let of_types = kind::of_list(types, Kind::Page);
    if kind.is_some()
        && link.about.as_deref().is_some_and(|about| is_this_page(about, page))
        && of_types != Some(Kind::Object)
    {
        return Some(Scope::Page);
    }
    if link.about.as_deref().is_some_and(|about| !is_this_page(about, page)) {
        let is_text = matches!(of_types, Some(Kind::Article | Kind::Page));
        let fragment = link.about.as_deref().is_some_and(|about| about.starts_with('#'));
        return (!(is_text && fragment)).then_some(Scope::Object);
    }
    // `rel=license` speaks of the document, whatever item it stands in.
    match of_types.filter(|_| matches!(kind, Some("microdata" | "rdfa")))? {
        Kind::Object => Some(Scope::Object),
        Kind::Part => Some(Scope::Part),
        Kind::Site | Kind::Page | Kind::Article => None,
    }
}

/// Whether `about` names the page it stands in.
fn is_this_page(about: &str, page: &str) -> bool {
    let bare = |address: &str| {
        let address = address.split('#').next().unwrap_or_default();
        let address = address.strip_prefix("https:").or_else(|| address.strip_prefix("http:")).unwrap_or(address);
        address.trim_end_matches('/').trim_start_matches("//").to_owned()
    };
    if about.is_empty() || about == "." || about == "./" {
        return true;
    }
    if about.starts_with('#') || about.starts_with('[') || about.starts_with("_:") {
        return false;
    }
    let (about, page) = (bare(about), bare(page));
    let path = page.find('/').map_or("", |slash| &page[slash..]);
    about == page || (about.starts_with('/') && about == path)
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
        _ if is_rsl(link) => Some(Claim::RslTerms),
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
fn plain_form(link: &LinkSignal, (sentence, is_labeled): (&str, bool), subject: Subject) -> Option<Form> {
    let licensing = is_labeled || wording::speaks_of_licensing(sentence);
    let ends_text = link.around_it.paragraphs_after == 0 && DEMONSTRATIVES.fits(sentence);
    let short = sentence.len() <= PLAIN_SENTENCE_BYTES_MAX;
    let is_label = sentence.len() <= link.text.len() + LABEL_BYTES_MAX;
    // A picture of the license that is linked, in a block of its own.
    let is_mark = link.around.is_empty() && link.text.is_empty() && !link.rel.to_ascii_lowercase().contains("license");
    let is_general = matches!(link.place, Place::Footer | Place::Aside | Place::Body);
    match subject {
        Subject::Text if licensing || is_label || (short && (is_general || ends_text)) => Some(Form::Worded),
        Subject::Unsaid if licensing || is_mark || (short && is_general) => Some(Form::Bare),
        Subject::Object | Subject::Part => Some(Form::Bare),
        Subject::Text | Subject::Unsaid => None,
    }
}

/// Whether the second license of a sentence has a subject of its own: "the text is CC BY, and code samples are MIT".
fn names_another_subject(before: &str) -> bool {
    let clause = last_clause(before);
    let first = &before[..before.len() - clause.len()];
    !clause.is_empty() && !words::mentions(first).licenses.is_empty() && wording::subject(clause) == Subject::Object
}

/// What follows the last word that joins two clauses; nothing if none does.
fn last_clause(before: &str) -> &str {
    let at = wording::CLAUSE_JOINS.iter().filter_map(|join| before.rfind(join)).max();
    at.map_or("", |at| &before[at..])
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
        License::Other(_) if other_names::says_or_later(sentence) => known::or_later(license),
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
    (named.len() == 1 && differs(&named[0])) || wording::takes_back(around, license)
}

fn names_unnamed(sentence: &str) -> bool {
    wording::speaks_of_licensing(sentence) && words::mentions(sentence).unnamed
}

/// Whether a link leads to Really Simple Licensing, by its media type or by its address.
fn is_rsl(link: &LinkSignal) -> bool {
    let path = link.href.split(['?', '#']).next().unwrap_or(&link.href);
    link.media_type.trim().eq_ignore_ascii_case("application/rsl+xml")
        || path.rsplit('/').next().is_some_and(|file| file.ends_with(".rsl") || file.eq_ignore_ascii_case("rsl.xml"))
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
            ..LinkSignal::default()
        };
        let found = statements(&[link], "https://a.example/p").pop().map(|s| {
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
        check("license", ("My answers are CC BY", "CC BY"), Place::Post, "rel_license part");
        check("license", ("My answers are CC BY", "CC BY"), Place::Comment, "rel_license object");
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
    }
}
