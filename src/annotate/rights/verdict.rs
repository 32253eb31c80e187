//! From all statements of a page to one verdict on its text.
//!
//! The specific goes before the general: what the article says of itself sets aside the footer of the site. Statements
//! of one level that contradict each other give `unclear`. A choice of licenses is joined by `OR`, parts with licenses
//! of their own by `AND`. A license of something else than the text leaves the text without one.

use super::license::License;
use super::statement::{Claim, Form, Rank, Statement};
use crate::document::rights::{Confidence, Evidence, Scope, Tier};

/// As many different licenses in plain links or words, and the page speaks about licenses.
pub const DISCUSSED_LICENSES: usize = 3;

/// What all statements of a page come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// SPDX expression, if it can be given.
    pub spdx: Option<String>,
    /// The tier, reservations by signal aside.
    pub tier: Tier,
    /// What the deciding statements cover.
    pub scope: Scope,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// The deciding statements first.
    pub evidence: Vec<Evidence>,
}

/// The verdict, or none if there is no statement at all.
pub fn judge(mut statements: Vec<Statement>) -> Option<Judged> {
    set_aside_discussion(&mut statements);
    let about: Vec<&Statement> = statements.iter().filter(|s| s.is_about_the_text()).collect();
    let deciding = deciding(&about);
    let parts: Vec<&Statement> = statements.iter().filter(|s| s.scope == Scope::Part).collect();
    let is_reserved =
        deciding.iter().any(|s| s.claim == Claim::Reserved) && deciding.iter().all(|s| s.license().is_none());
    let rsl = about.iter().find(|s| s.claim == Claim::RslTerms).filter(|_| !is_reserved);
    let mut judged = if let Some(rsl) = rsl {
        Some(unclear(rsl.scope, Confidence::Weak))
    } else if deciding.is_empty() {
        judge_parts(&parts)
    } else {
        let others: Vec<&Statement> = parts.iter().filter(|s| !s.covers_code).copied().collect();
        let posts: Vec<&Statement> = others.iter().filter(|s| s.evidence.place == "post").copied().collect();
        let is_first_post = !posts.is_empty() && deciding.iter().all(|s| s.is_bare_mark);
        let judged = if is_first_post {
            // The mark of a question, and those of its answers.
            judge_parts(&deciding.iter().chain(&posts).copied().collect::<Vec<_>>())
        } else {
            None
        };
        let judged = judged.unwrap_or_else(|| judge_text(&deciding, others.iter().any(|s| s.license().is_some())));
        Some(with_code(judged, parts.iter().filter(|s| s.covers_code).filter_map(|s| s.license())))
    };
    if judged.is_none() && !statements.is_empty() {
        let scope = if statements.iter().any(|s| s.scope == Scope::Object) { Scope::Object } else { Scope::None };
        judged =
            Some(Judged { spdx: None, tier: Tier::None, scope, confidence: Confidence::Medium, evidence: Vec::new() });
    }
    let mut judged = judged?;
    let decided = |s: &Statement| deciding.iter().any(|d| std::ptr::eq(*d, s));
    let (first, rest): (Vec<&Statement>, Vec<&Statement>) = statements.iter().partition(|s| decided(s));
    let mut ordered = first;
    ordered.sort_by_key(|s| (std::cmp::Reverse(s.rank), std::cmp::Reverse(s.form)));
    judged.evidence = ordered.into_iter().chain(rest).map(|s| s.evidence.clone()).collect();
    Some(judged)
}

/// A page that names several licenses in plain links and words, none of them in markup, speaks about licenses.
fn set_aside_discussion(statements: &mut [Statement]) {
    let plain = |s: &&mut Statement| s.form != Form::Machine && s.rank != Rank::Site;
    let mut names: Vec<&str> = Vec::new();
    for license in statements.iter_mut().filter(plain).filter_map(|s| s.license().copied()) {
        if !names.contains(&license.name()) {
            names.push(license.name());
        }
    }
    if names.len() >= DISCUSSED_LICENSES {
        statements.iter_mut().filter(plain).for_each(|s| s.scope = Scope::None);
    }
    // Names alone, of more than one license: the cells of a table, the choices of a search.
    let is_name = |s: &Statement| s.form == Form::Bare && s.evidence.kind == "words";
    let mut bare: Vec<&str> =
        statements.iter().filter(|s| is_name(s)).filter_map(|s| s.license()).map(|l| l.name()).collect();
    bare.sort_unstable();
    bare.dedup();
    if bare.len() > 1 {
        statements.iter_mut().filter(|s| is_name(s)).for_each(|s| s.scope = Scope::None);
    }
}

/// The statements that decide: of the article and the page if the article says anything, else all.
/// Terms that cannot be read decide only if no other statement names a license.
fn deciding<'a>(about: &[&'a Statement]) -> Vec<&'a Statement> {
    let readable = |s: &&&Statement| matches!(s.claim, Claim::License(_) | Claim::Reserved);
    let any_readable = about.iter().any(|s| readable(&s));
    let kept: Vec<&Statement> = about.iter().filter(|s| !any_readable || readable(s)).copied().collect();
    let article = kept.iter().any(|s| s.rank == Rank::Article);
    let kept: Vec<&Statement> = kept.into_iter().filter(|s| !article || s.rank != Rank::Site).collect();
    // "All rights reserved" at the foot of a site says less than a license that stands elsewhere.
    let said_elsewhere = |reserved: &Statement| {
        let tells = |s: &&&Statement| s.license().is_some() && s.form != Form::Bare;
        reserved.rank == Rank::Site && kept.iter().filter(tells).any(|s| s.evidence.place != reserved.evidence.place)
    };
    let set_aside: Vec<bool> = kept.iter().map(|s| s.claim == Claim::Reserved && said_elsewhere(s)).collect();
    kept.iter().zip(set_aside).filter(|(_, aside)| !aside).map(|(s, _)| *s).collect()
}

fn judge_text(deciding: &[&Statement], has_licensed_parts: bool) -> Judged {
    let scope = deciding.iter().max_by_key(|s| s.rank).map_or(Scope::Page, |s| s.scope);
    let choices = deciding.iter().flat_map(|s| &s.choices);
    let licenses: Vec<&License> = deciding.iter().filter_map(|s| s.license()).chain(choices).collect();
    let reserved = deciding.iter().any(|s| s.claim == Claim::Reserved);
    if licenses.is_empty() {
        let tier = if reserved && !has_licensed_parts { Tier::Reserved } else { Tier::Unclear };
        let confidence = if reserved { Confidence::Medium } else { Confidence::Weak };
        return Judged { spdx: None, tier, scope, confidence, evidence: Vec::new() };
    }
    if reserved || deciding.iter().any(|s| s.is_doubtful) {
        return unclear(scope, Confidence::Medium);
    }
    if let Some(judged) = marked_parts(deciding, &licenses) {
        return judged;
    }
    let first = licenses[0];
    if licenses.iter().all(|license| license.name() == first.name()) {
        let (spdx, consistent) = common_id(&licenses);
        let confidence = if consistent { confidence(deciding) } else { Confidence::Weak };
        let tier = licenses.iter().map(|license| license.tier()).max().unwrap_or(Tier::Unclear);
        return Judged { spdx, tier, scope, confidence, evidence: Vec::new() };
    }
    if deciding.iter().filter(|s| s.license().is_some()).all(|s| s.offers_choice) {
        // Tiers are ordered from the most to the least open: who may choose takes the most open one.
        let tier = licenses.iter().map(|license| license.tier()).min().unwrap_or(Tier::Unclear);
        return Judged {
            spdx: joined(&licenses, " OR "),
            tier,
            scope,
            confidence: confidence(deciding),
            evidence: Vec::new(),
        };
    }
    unclear(scope, Confidence::Medium)
}

/// The verdict on prose and code samples that stand under licenses of their own: both are parts of the text.
fn with_code<'a>(judged: Judged, code: impl Iterator<Item = &'a License>) -> Judged {
    code.fold(judged, |judged, license| {
        let Judged { spdx: Some(spdx), tier, .. } = &judged else { return judged };
        let Some(id) = license.spdx().filter(|id| id != spdx) else { return judged };
        let mut ids = [spdx.clone(), id];
        ids.sort();
        let tier = (*tier).max(license.tier());
        Judged { spdx: Some(ids.join(" AND ")), tier, scope: Scope::Part, ..judged }
    })
}

/// Several bare marks of one place and one tier but different licenses: each answer or post has its own.
fn marked_parts(deciding: &[&Statement], licenses: &[&License]) -> Option<Judged> {
    let place = deciding.first()?.evidence.place;
    let bare = deciding.iter().all(|s| s.is_bare_mark && s.evidence.place == place);
    let tier = licenses.first()?.tier();
    let spdx = joined(licenses, " AND ").filter(|ids| ids.contains(" AND "))?;
    let judged =
        Judged { spdx: Some(spdx), tier, scope: Scope::Part, confidence: Confidence::Medium, evidence: Vec::new() };
    (bare && licenses.iter().all(|license| license.tier() == tier)).then_some(judged)
}

/// Parts alone: all parts have marks of one tier, or nothing can be said of the whole.
fn judge_parts(parts: &[&Statement]) -> Option<Judged> {
    let licenses: Vec<&License> = parts.iter().filter_map(|s| s.license()).collect();
    let Some(first) = licenses.first() else {
        return parts.iter().any(|s| s.claim == Claim::Reserved).then(|| unclear(Scope::Part, Confidence::Medium));
    };
    let marked_by_author = parts
        .iter()
        .all(|s| (s.evidence.place == "post" || s.is_bare_mark) && s.form == Form::Machine && !s.is_doubtful);
    let one_tier = licenses.iter().all(|license| license.tier() == first.tier()) && first.tier() != Tier::Unclear;
    if licenses.len() < 2 || licenses.len() < parts.len() || !marked_by_author || !one_tier {
        return Some(unclear(Scope::Part, Confidence::Medium));
    }
    let confidence = Confidence::Medium;
    Some(Judged {
        spdx: joined(&licenses, " AND "),
        tier: first.tier(),
        scope: Scope::Part,
        confidence,
        evidence: Vec::new(),
    })
}

fn unclear(scope: Scope, confidence: Confidence) -> Judged {
    Judged { spdx: None, tier: Tier::Unclear, scope, confidence, evidence: Vec::new() }
}

/// The one id that the statements of one license give, and whether they do not give two.
fn common_id(licenses: &[&License]) -> (Option<String>, bool) {
    let mut ids: Vec<String> = licenses.iter().filter_map(|license| license.spdx()).collect();
    ids.sort();
    ids.dedup();
    match ids.len() {
        0 => (None, true),
        1 => (ids.pop(), true),
        _ => (None, false),
    }
}

/// The ids in their order, each once; none if one of them is not known.
fn joined(licenses: &[&License], with: &str) -> Option<String> {
    let mut ids = licenses.iter().map(|license| license.spdx()).collect::<Option<Vec<_>>>()?;
    ids.sort();
    ids.dedup();
    Some(ids.join(with))
}

fn confidence(deciding: &[&Statement]) -> Confidence {
    let best = deciding.iter().map(|s| s.form).max().unwrap_or(Form::Bare);
    let near = deciding.iter().any(|s| s.form == Form::Machine && s.rank >= Rank::Page);
    match best {
        Form::Machine if near || deciding.len() > 1 => Confidence::Strong,
        Form::Worded if deciding.len() > 1 => Confidence::Strong,
        Form::Machine | Form::Worded => Confidence::Medium,
        Form::Bare if deciding.len() > 1 => Confidence::Medium,
        Form::Bare => Confidence::Weak,
    }
}

#[cfg(test)]
mod tests {
    use super::super::statement::evidence;
    use super::super::url;
    use super::*;

    /// One statement: id (or `reserved`, `terms`, `rsl`), scope, rank.
    fn made((what, scope, rank): &(&str, Scope, Rank)) -> Statement {
        let claim = match *what {
            "reserved" => Claim::Reserved,
            "terms" => Claim::TermsElsewhere,
            "rsl" => Claim::RslTerms,
            id => Claim::License(url::from_spdx(id).expect("an id")),
        };
        let place = if *scope == Scope::Part { "post" } else { "main" };
        Statement::new(claim, (*scope, *rank), Form::Machine, evidence("rel_license", place, what, "", None))
    }

    fn check(statements: &[(&str, Scope, Rank)], expected: &str) {
        let judged = judge(statements.iter().map(made).collect());
        let found = judged.map(|j| format!("{} {}", j.tier.as_str(), j.spdx.as_deref().unwrap_or("-")));
        assert_eq!(found.as_deref().unwrap_or("nothing"), expected, "{statements:?}");
    }

    const ARTICLE: (Scope, Rank) = (Scope::Page, Rank::Article);
    const PAGE: (Scope, Rank) = (Scope::Page, Rank::Page);
    const SITE: (Scope, Rank) = (Scope::Site, Rank::Site);
    const OBJECT: (Scope, Rank) = (Scope::Object, Rank::Article);
    const PART: (Scope, Rank) = (Scope::Part, Rank::Site);

    fn at(what: &'static str, (scope, rank): (Scope, Rank)) -> (&'static str, Scope, Rank) {
        (what, scope, rank)
    }

    #[test]
    fn the_specific_goes_before_the_general() {
        check(&[at("CC-BY-4.0", ARTICLE), at("reserved", SITE)], "open CC-BY-4.0");
        check(&[at("CC-BY-4.0", SITE), at("reserved", ARTICLE)], "reserved -");
        check(&[at("CC-BY-4.0", SITE), at("CC-BY-NC-4.0", ARTICLE)], "noncommercial CC-BY-NC-4.0");
    }

    #[test]
    fn contradiction_on_one_level_is_unclear() {
        check(&[at("CC-BY-4.0", PAGE), at("CC-BY-NC-ND-4.0", ARTICLE)], "unclear -");
        check(&[at("CC-BY-ND-4.0", PAGE), at("CC-BY-SA-4.0", SITE)], "unclear -");
        check(&[at("CC-BY-4.0", SITE), at("reserved", SITE)], "unclear -");
        check(&[at("CC-BY-4.0", PAGE), at("rsl", PAGE)], "unclear -");
    }

    #[test]
    fn agreement_gives_one_license() {
        check(&[at("CC-BY-4.0", PAGE), at("CC-BY-4.0", SITE), at("terms", PAGE)], "open CC-BY-4.0");
        check(&[at("CC-BY-3.0", PAGE), at("CC-BY-4.0", PAGE)], "open -");
    }

    #[test]
    fn parts_and_objects_are_not_the_page() {
        check(&[at("CC-BY-4.0", OBJECT)], "none -");
        check(&[at("CC-BY-4.0", PART)], "unclear -");
        check(&[at("CC-BY-4.0", PART), at("CC0-1.0", PART)], "open CC-BY-4.0 AND CC0-1.0");
        check(&[at("CC-BY-4.0", PART), at("CC-BY-NC-4.0", PART)], "unclear -");
        check(&[at("CC0-1.0", PART), at("reserved", ARTICLE)], "unclear -");
        check(&[at("terms", PAGE)], "unclear -");
        check(&[], "nothing");
    }
}
