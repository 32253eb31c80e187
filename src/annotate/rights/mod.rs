//! Finds what may be done with a document's text: its license, with scope and evidence, and reservations against mining.
//!
//! Statements are collected from everything a page says of itself (`links`, `metas`, `json_ld`, `http_link`,
//! `sentences`), each read to a license (`url`, `words`) and placed (`scope`); then they are weighed together
//! (`verdict`). Signals that reserve rights are read apart (`reservation`) and win over any license.
//! A false `open` is the costly error: what is doubtful is `unclear`.

pub mod attribution;
pub mod creative_commons;
pub mod http_link;
pub mod json_ld;
pub mod known;
pub mod license;
pub mod links;
pub mod marks;
pub mod metas;
pub mod reservation;
pub mod scope;
pub mod sentences;
pub mod statement;
pub mod url;
pub mod verdict;
pub mod vocabulary;
pub mod wording;
pub mod words;

use serde::{Deserialize, Serialize};

use super::{Annotator, Answer};
use crate::document::Document;
use crate::document::bad_config::BadConfig;
use crate::document::fact::Fact;
use crate::document::rights::{Confidence, Reservation, Rights, Scope, Tier};
use statement::{Form, Statement};
use verdict::Judged;

/// What counts as a reservation.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Robots whose rules count beside those for all robots, e.g. in `X-Robots-Tag: GPTBot: noai`.
    pub agents: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self { agents: ["CCBot", "GPTBot", "Google-Extended", "ClaudeBot"].map(str::to_owned).to_vec() }
    }
}

impl Config {
    /// The annotator; refuses a robot without a name.
    pub fn build(&self) -> Result<FindRights, BadConfig> {
        if self.agents.iter().any(|agent| agent.trim().is_empty()) {
            return Err(BadConfig::new("agents holds an empty name; wanted names of robots such as \"GPTBot\""));
        }
        Ok(FindRights { config: self.clone() })
    }
}

/// The annotator, built from a [`Config`].
pub struct FindRights {
    config: Config,
}

impl Annotator for FindRights {
    fn find(&self, document: &Document) -> Answer {
        let reserved = reservation::find(&document.signals, &self.config.agents);
        let judged = verdict::judge(statements(document));
        if judged.is_none() && reserved.reservation == Reservation::Unset {
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
}

/// All statements of a document. A page that *is* a license states nothing about itself but by markup.
fn statements(document: &Document) -> Vec<Statement> {
    let signals = &document.signals;
    let mut found = http_link::statements(&signals.headers);
    found.extend(metas::statements(&signals.metas));
    found.extend(json_ld::statements(&signals.json_ld));
    found.extend(links::statements(&signals.links));
    let worded = sentences::statements(&document.text);
    // Words that only repeat a link are no second statement.
    let repeats = |said: &Statement| found.iter().any(|s| said.license().is_some_and(|license| is_told(license, s)));
    let added: Vec<Statement> = worded.into_iter().filter(|said| said.is_doubtful || !repeats(said)).collect();
    found.extend(added);
    if url::read(&document.origin.url) != url::Target::Elsewhere {
        found.retain(|s| s.form == Form::Machine);
    }
    found
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
    use crate::document::signals::{HeaderSignal, LinkSignal, MetaSignal, Place, Signals};
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
        check("Report.\nBy Midland Wire, all rights reserved.", with_links(vec![footer.clone()]), "reserved - medium");
        check("Report.", with_links(vec![footer]), "open CC-BY-4.0 medium");
    }

    #[test]
    fn a_license_deed_does_not_license_itself() {
        let signals = with_links(vec![link("", "This text is licensed under CC BY", Place::Main)]);
        assert_eq!(found("Deed.", BY, signals), Fact::NotFound);
    }

    #[test]
    fn an_agent_without_a_name_is_refused() {
        assert!(Config { agents: vec![" ".to_owned()] }.build().is_err());
    }
}
