//! Finds what may be done with a document's text: its license, with scope and evidence, and reservations against mining.
//!
//! Statements are collected from everything a page says of itself (`links`, `metas`, `json_ld`, `http_link`,
//! `notices`, `scripts`), each read to a license (`url`, `words`) and placed (`scope`); then they are weighed together
//! (`verdict`). Signals that reserve rights are read apart (`reservation`) and win over any license.
//! A false `open` is the costly error: what is doubtful is `unclear`.

pub mod attribution;
pub mod conditions;
pub mod creative_commons;
pub mod gap;
pub mod http_link;
pub mod json_ld;
pub mod jurisdictions;
pub mod kind;
pub mod known;
pub mod license;
pub mod license_url;
pub mod links;
pub mod mark_references;
pub mod mark_table;
pub mod marks;
pub mod metas;
pub mod mining;
pub mod notices;
pub mod other_names;
pub mod quotation;
pub mod reservation;
pub mod scope;
pub mod scripts;
pub mod statement;
pub mod url;
pub mod verdict;
pub mod wording;
pub mod words;

use serde::{Deserialize, Serialize};

use super::robots::{self, Captures, Robots, Summary};
use super::{Annotator, Answer};
use crate::document::Document;
use crate::document::bad_config::BadConfig;
use crate::document::fact::Fact;
use crate::document::rights::{Confidence, Reservation, Rights, Scope, Tier};
use crate::document::signals::Place;
use statement::{Claim, Form, Rank, Statement};
use verdict::Judged;

/// Runs of text about rights within the text of a page that is a license.
const LEGAL_NOTICES_MIN: usize = 20;

/// Characters by which two snippets show that they are of one text.
const SAME_CHARACTERS: usize = 40;

/// What counts as a reservation.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Robots whose rules count beside those for all robots, e.g. in `X-Robots-Tag: GPTBot: noai`.
    pub agents: Vec<String>,
    /// WARC files with copies of robots.txt files, as Common Crawl's `robotstxt` subset has them: files, globs, folders
    /// or lists of paths, as under `[input]`. None by default, and then no robots.txt is asked.
    pub robots: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        let agents = ["CCBot", "GPTBot", "Google-Extended", "ClaudeBot"].map(str::to_owned).to_vec();
        Self { agents, robots: Vec::new() }
    }
}

impl Config {
    /// The annotator, which asks no robots.txt until it is given some; refuses a robot without a name.
    pub fn build(&self) -> Result<FindRights, BadConfig> {
        if self.agents.iter().any(|agent| agent.trim().is_empty()) {
            return Err(BadConfig::new("agents holds an empty name; wanted names of robots such as \"GPTBot\""));
        }
        if self.agents.iter().any(|agent| agent.trim() == "*") {
            return Err(BadConfig::new("agents holds \"*\"; rules for all robots are asked without being named"));
        }
        Ok(FindRights { config: self.clone(), robots: None })
    }

    /// The annotator with the copies of robots.txt files read that `robots` names.
    pub fn build_with(&self, captures: &dyn Captures) -> Result<FindRights, BadConfig> {
        let robots = robots::load(&self.robots, &self.agents, captures)?;
        Ok(FindRights { robots, ..self.build()? })
    }
}

/// The annotator, built from a [`Config`].
pub struct FindRights {
    config: Config,
    robots: Option<Robots>,
}

impl Annotator for FindRights {
    fn find(&self, document: &Document) -> Answer {
        let prepared = notices::prepared(&document.signals.notices);
        let judged = verdict::judge(statements(document, &prepared));
        let is_licensed = judged.as_ref().is_some_and(|judged| judged.tier < Tier::Unclear);
        let mut readings = reservation::readings(&document.signals, &self.config.agents);
        readings.extend(self.robots.iter().flat_map(|robots| robots.readings(&document.origin)));
        let opposed = mining::opposed(&prepared).into_iter();
        let opposed = opposed.filter(|opposed| !(opposed.spares_open_access && is_licensed));
        readings.extend(opposed.map(|opposed| reservation::in_words(&opposed.sentence)));
        let reserved = reservation::weigh(readings);
        if judged.is_none() && reserved.evidence.is_empty() {
            return Answer::Rights(Fact::NotFound);
        }
        let mut judged = judged.unwrap_or(Judged {
            spdx: None,
            tier: Tier::None,
            scope: Scope::Page,
            confidence: Confidence::Strong,
            evidence: Vec::new(),
        });
        if reserved.reservation == Reservation::Reserved {
            judged.tier = Tier::Reserved;
            judged.confidence = Confidence::Strong;
        }
        Answer::Rights(Fact::Found(Rights {
            license_url: judged.spdx.as_deref().and_then(license_url::license_url),
            spdx: judged.spdx,
            tier: judged.tier,
            scope: judged.scope,
            confidence: judged.confidence,
            evidence: judged.evidence,
            reservation: reserved.reservation,
            reservation_evidence: reserved.evidence,
            attribution_url: attribution::attribution_url(document),
        }))
    }

    fn reads(&self) -> Option<&Summary> {
        self.robots.as_ref().map(Robots::summary)
    }
}

/// All statements of a document. A page that *is* a license states nothing about itself but by markup.
fn statements(document: &Document, prepared: &[notices::Prepared<'_>]) -> Vec<Statement> {
    let signals = &document.signals;
    let mut found = http_link::statements(&signals.headers);
    found.extend(metas::statements(&signals.metas));
    found.extend(json_ld::statements(&signals.json_ld));
    found.extend(links::statements(&signals.links, &document.origin.url));
    let worded = notices::statements(prepared);
    // Words that only repeat a link are no second statement. The license of a picture tells nothing of a text that is
    // spoken of elsewhere.
    let repeats = |said: &Statement| {
        let is_as_wide = |s: &Statement| s.is_about_the_text() || !said.is_about_the_text() || stand_together(s, said);
        let told = |s: &Statement| is_as_wide(s) && said.license().is_some_and(|license| is_told(license, s));
        !said.is_doubtful && said.choices.is_empty() && found.iter().any(told)
    };
    let added: Vec<Statement> = worded.into_iter().filter(|said| !repeats(said)).collect();
    found.extend(added);
    // "In the public domain" says again what a tool for it states.
    let is_tool =
        |s: &Statement| s.license().is_some_and(|l| matches!(l.name(), "CC0" | "CC-PDM" | "CC-PDDC" | "US-government"));
    if found.iter().any(is_tool) {
        found.retain(|s| s.license().is_none_or(|license| license.name() != "public-domain"));
    }
    found.extend(scripts::rdf(&signals.rdf, &found));
    found.extend(scripts::written(&signals.scripts));
    if url::read(&document.origin.url) != url::Target::Elsewhere {
        found.retain(|s| s.form == Form::Machine);
    }
    if title_names_a_license(document) || discusses_licenses(document) {
        if is_legal_text(document) {
            found.retain(|s| s.evidence.kind == "http_link");
        }
        found.retain(|s| {
            s.form == Form::Machine || s.rank == Rank::Site || s.speaks_of_itself || s.claim == Claim::Reserved
        });
    }
    found
}

/// Whether the title names a license: the page is one, or is about one, and what it says of it is no statement.
fn title_names_a_license(document: &Document) -> bool {
    let Some(title) = &document.signals.title else { return false };
    let mentions = words::mentions(&words::normalized(title));
    mentions.unnamed || !mentions.licenses.is_empty()
}

/// Whether plain links in the text lead to several licenses: the page explains them, and states none of them so.
fn discusses_licenses(document: &Document) -> bool {
    let plain = document
        .signals
        .links
        .iter()
        .filter(|link| link.rel.is_empty() && matches!(link.place, Place::Main | Place::Article | Place::Body));
    let mut names: Vec<&str> =
        plain.filter_map(|link| url::read(&link.href).license()).map(|license| license.name()).collect();
    names.sort_unstable();
    names.dedup();
    names.len() >= verdict::DISCUSSED_LICENSES
}

/// Whether a page whose title names a license is that license: nearly all of its text speaks of rights.
fn is_legal_text(document: &Document) -> bool {
    document.signals.notices.iter().filter(|notice| notices::is_within_text(notice)).count() >= LEGAL_NOTICES_MIN
}

/// Whether two statements stand in one run of text.
fn stand_together(one: &Statement, other: &Statement) -> bool {
    let (one, other) = (&one.evidence.snippet, &other.evidence.snippet);
    let begins = |text: &str| text.char_indices().nth(SAME_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let contains = |one: &str, other: &str| !other.is_empty() && one.contains(&other[..begins(other)]);
    contains(one, other) || contains(other, one)
}

/// Whether a statement already names this license, as precisely.
fn is_told(license: &license::License, statement: &Statement) -> bool {
    statement
        .license()
        .is_some_and(|told| told.name() == license.name() && (told.spdx().is_some() || license.spdx().is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::origin::Origin;
    use crate::document::signals::{HeaderSignal, LinkSignal, MetaSignal, NoticeSignal, Signals};
    use crate::document::{CharsetSource, Decoding};

    const BY: &str = "https://creativecommons.org/licenses/by/4.0/";

    fn found(text: &str, url: &str, signals: Signals) -> Fact<Rights> {
        let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Http, replacements: 0 };
        let origin = Origin { url: url.to_owned(), ..Origin::default() };
        let document = Document::new(text.to_owned(), origin, decoding, signals);
        match Config::default().build().unwrap().find(&document) {
            Answer::Rights(fact) => fact,
            #[allow(unreachable_patterns, reason = "other annotators have answers of their own")]
            other => panic!("{other:?}"),
        }
    }

    fn check(text: &str, signals: Signals, expected: &str) -> Option<Rights> {
        let rights = found(text, "https://a.example/p", signals).found().cloned();
        let words = rights
            .as_ref()
            .map(|r| format!("{} {} {}", r.tier.as_str(), r.spdx.as_deref().unwrap_or("-"), r.confidence.as_str()));
        assert_eq!(words.as_deref().unwrap_or("not found"), expected, "{text}");
        rights
    }

    fn link(rel: &str, around: &str, place: Place) -> LinkSignal {
        LinkSignal {
            rel: rel.to_owned(),
            href: BY.to_owned(),
            text: String::new(),
            around: around.to_owned(),
            place,
            is_link_element: place == Place::Head,
            offset_bytes: 11,
            ..LinkSignal::default()
        }
    }

    fn with_links(links: Vec<LinkSignal>) -> Signals {
        Signals { links, ..Signals::default() }
    }

    #[test]
    fn a_page_without_any_statement_has_no_answer() {
        check("A text about bread.", Signals::default(), "not found");
    }

    #[test]
    fn a_license_has_evidence_and_an_address_to_attribute() {
        let mut signals = with_links(vec![link("license", "", Place::Head)]);
        signals.canonical_url = Some("/canonical".to_owned());
        let rights = check("Text.", signals, "open CC-BY-4.0 strong").unwrap();
        assert_eq!(rights.attribution_url.as_deref(), Some("https://a.example/canonical"));
        assert_eq!(rights.license_url.as_deref(), Some(BY));
        let evidence = &rights.evidence[0];
        assert_eq!(
            (evidence.kind, evidence.place, evidence.value.as_str(), evidence.offset_bytes),
            ("rel_license", "head", BY, Some(11))
        );
    }

    #[test]
    fn a_reservation_wins_and_the_id_stays() {
        let mut signals = with_links(vec![link("license", "", Place::Head)]);
        signals.metas = vec![MetaSignal { name: "tdm-reservation".into(), content: "1".into(), offset_bytes: 0 }];
        let rights = check("Text.", signals, "reserved CC-BY-4.0 strong").unwrap();
        assert_eq!(rights.reservation, Reservation::Reserved);
        let headers = vec![HeaderSignal { name: "x-robots-tag".into(), value: "noai".into() }];
        check("Text.", Signals { headers, ..Signals::default() }, "reserved - strong");
    }

    #[test]
    fn credits_leave_the_text_without_a_license() {
        check("Text.", with_links(vec![link("license", "Photo by Ann", Place::Article)]), "none - medium");
        check(
            "Text.",
            with_links(vec![
                link("license", "", Place::Figure),
                link("", "Icons by Ann, licensed under CC BY", Place::Footer),
            ]),
            "none - medium",
        );
    }

    #[test]
    fn an_article_that_keeps_its_rights_sets_the_footer_aside() {
        let footer = link("license", "Unless noted, our text is CC BY", Place::Footer);
        let mut agency = with_links(vec![footer.clone()]);
        agency.notices = vec![NoticeSignal {
            text: "By Midland Wire, all rights reserved.".to_owned(),
            place: Place::Article,
            ..NoticeSignal::default()
        }];
        check("Report.", agency, "reserved - medium");
        check("Report.", with_links(vec![footer]), "open CC-BY-4.0 medium");
    }

    #[test]
    fn a_license_deed_does_not_license_itself() {
        let signals = with_links(vec![link("", "This text is licensed under CC BY", Place::Main)]);
        assert_eq!(found("Deed.", BY, signals), Fact::NotFound);
    }

    #[test]
    fn an_agent_without_a_name_is_refused() {
        for name in [" ", "*"] {
            assert!(Config { agents: vec![name.to_owned()], ..Config::default() }.build().is_err());
        }
    }
}
