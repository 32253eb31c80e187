//! Signals of the response that reserve rights against text and data mining, or say that they are not reserved.
//!
//! - TDMRep (W3C Community Group): `tdm-reservation` is `1` or `0`; any other value is an error and counts as unset.
//!   HTML metadata goes before the header, and absence never resets.
//! - `noai` in `<meta name=robots>` and `X-Robots-Tag`; `noimageai` concerns images only, `noindex` and its kin search.
//! - AIPREF `Content-Usage: train-ai=n` (draft-ietf-aipref-attach); keys compare with case, any `n` wins.
//! - `Content-Signal: ai-train=no` as a response header (draft-romm-aipref-contentsignals).
//!
//! A signal that is addressed to one robot counts if that robot is among the chosen ones.

use crate::document::rights::{Reservation, ReservationEvidence};
use crate::document::signals::{HeaderSignal, Signals};

/// Rules of `X-Robots-Tag` and robots metas that carry a value after a colon: not the name of a robot.
const RULES_WITH_VALUE: &[&str] = &["max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"];

/// What the signals of one response say together.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Reserved if any signal reserves; else allowed if any allows.
    pub reservation: Reservation,
    /// Every signal that was understood, in the order they are read.
    pub evidence: Vec<ReservationEvidence>,
}

/// A sentence of the page that reserves.
pub fn in_words(sentence: &str) -> Reading {
    reading(Reservation::Reserved, "words", sentence)
}

/// Reads all signals of a response. `agents` are the robots whose rules are obeyed beside those for all robots.
pub fn readings(signals: &Signals, agents: &[String]) -> Vec<Reading> {
    let mut readings = Vec::new();
    tdm(signals, &mut readings);
    robots(signals, agents, &mut readings);
    for header in &signals.headers {
        if header.name.eq_ignore_ascii_case("content-usage") {
            readings.extend(preference(header, "content-usage", TRAIN_AI));
        } else if header.name.eq_ignore_ascii_case("content-signal") {
            readings.extend(preference(header, "content-signal", AI_TRAIN));
        }
    }
    readings
}

/// Weighs readings together.
pub fn weigh(readings: Vec<Reading>) -> Found {
    let says = |wanted| readings.iter().any(|(reading, _)| *reading == wanted);
    let reservation = if says(Reservation::Reserved) {
        Reservation::Reserved
    } else if says(Reservation::Allowed) {
        Reservation::Allowed
    } else {
        Reservation::Unset
    };
    Found { reservation, evidence: readings.into_iter().map(|(_, evidence)| evidence).collect() }
}

/// One signal that was understood, and what it says by itself.
pub type Reading = (Reservation, ReservationEvidence);

/// A key of a dictionary, the value that refuses and the one that allows.
pub type Key = (&'static str, &'static str, &'static str);

/// Training, in the words of AIPREF.
pub const TRAIN_AI: Key = ("train-ai", "n", "y");
/// Training, in the words of Content Signals.
pub const AI_TRAIN: Key = ("ai-train", "no", "yes");

/// A reading of a signal whose value is cut to 500 characters.
pub fn reading(reservation: Reservation, signal: &'static str, value: &str) -> Reading {
    (reservation, ReservationEvidence { signal, value: value.trim().chars().take(500).collect() })
}

fn tdm(signals: &Signals, readings: &mut Vec<Reading>) {
    let metas = signals
        .metas
        .iter()
        .filter(|meta| meta.name.eq_ignore_ascii_case("tdm-reservation"))
        .map(|meta| ("tdm-reservation meta", &meta.content));
    let headers = signals
        .headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case("tdm-reservation"))
        .map(|header| ("tdm-reservation", &header.value));
    let read = |value: &str| match value.trim() {
        "1" => Some(Reservation::Reserved),
        "0" => Some(Reservation::Allowed),
        _ => None,
    };
    let metas: Vec<Reading> = metas.filter_map(|(signal, value)| Some(reading(read(value)?, signal, value))).collect();
    let found: Vec<Reading> = if metas.is_empty() {
        headers.filter_map(|(signal, value)| Some(reading(read(value)?, signal, value))).collect()
    } else {
        metas
    };
    let reserved = found.iter().any(|(reading, _)| *reading == Reservation::Reserved);
    readings.extend(found);
    if reserved {
        let policies =
            signals.metas.iter().filter(|meta| meta.name.eq_ignore_ascii_case("tdm-policy")).map(|meta| &meta.content);
        let policies = policies.chain(
            signals
                .headers
                .iter()
                .filter(|header| header.name.eq_ignore_ascii_case("tdm-policy"))
                .map(|header| &header.value),
        );
        readings.extend(policies.map(|value| reading(Reservation::Reserved, "tdm-policy", value)));
    }
}

fn robots(signals: &Signals, agents: &[String], readings: &mut Vec<Reading>) {
    let is_chosen = |agent: &str| agent == "*" || agents.iter().any(|chosen| chosen.eq_ignore_ascii_case(agent));
    for meta in &signals.metas {
        if meta.name.eq_ignore_ascii_case("robots") || is_chosen(&meta.name) {
            readings.extend(
                rules(&meta.content).filter_map(|(_, rule)| robots_reading(rule, "robots_meta", &meta.content)),
            );
        }
    }
    for header in signals.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("x-robots-tag")) {
        let obeyed = rules(&header.value).filter(|(agent, _)| agent.is_none_or(&is_chosen));
        readings.extend(obeyed.filter_map(|(_, rule)| robots_reading(rule, "x-robots-tag", &header.value)));
    }
}

fn robots_reading(rule: &str, signal: &'static str, value: &str) -> Option<Reading> {
    if rule.eq_ignore_ascii_case("noai") {
        return Some(reading(Reservation::Reserved, signal, value));
    }
    rule.eq_ignore_ascii_case("noimageai").then(|| reading(Reservation::Unset, signal, value))
}

/// The rules of a comma list, each with the robot named last before it.
fn rules(value: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    let mut agent = None;
    value.split(',').map(move |item| {
        let item = item.trim();
        match item.split_once(':') {
            Some((name, rule)) if !RULES_WITH_VALUE.iter().any(|known| name.trim().eq_ignore_ascii_case(known)) => {
                agent = Some(name.trim());
                (agent, rule.trim())
            }
            _ => (agent, item),
        }
    })
}

fn preference(header: &HeaderSignal, signal: &'static str, key: Key) -> Option<Reading> {
    let said = stated(&header.value, key);
    (said != Reservation::Unset).then(|| reading(said, signal, &header.value))
}

/// What a structured-field dictionary (RFC 8941) says of one key: any refusal wins; keys compare with case.
pub fn stated(dictionary: &str, (key, refused, allowed): Key) -> Reservation {
    let values = dictionary.split(',').filter_map(|member| {
        let member = member.split(';').next().unwrap_or(member);
        let (name, value) = member.split_once('=')?;
        (name.trim() == key).then_some(value.trim())
    });
    let (mut refuses, mut allows) = (false, false);
    for value in values {
        refuses |= value == refused;
        allows |= value == allowed;
    }
    match (refuses, allows) {
        (true, _) => Reservation::Reserved,
        (false, true) => Reservation::Allowed,
        (false, false) => Reservation::Unset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::signals::MetaSignal;

    fn check(headers: &[(&str, &str)], metas: &[(&str, &str)], expected: Reservation) {
        let signals = Signals {
            headers: headers
                .iter()
                .map(|(name, value)| HeaderSignal { name: name.to_string(), value: value.to_string() })
                .collect(),
            metas: metas
                .iter()
                .map(|(name, content)| MetaSignal {
                    name: name.to_string(),
                    content: content.to_string(),
                    offset_bytes: 0,
                })
                .collect(),
            ..Signals::default()
        };
        let found = weigh(readings(&signals, &["GPTBot".to_owned()]));
        assert_eq!(found.reservation, expected, "{headers:?} {metas:?}");
    }

    #[test]
    fn tdmrep_has_two_values_and_metadata_goes_first() {
        check(&[("tdm-reservation", "1")], &[], Reservation::Reserved);
        check(&[("tdm-reservation", "0")], &[], Reservation::Allowed);
        check(&[("tdm-reservation", "yes")], &[], Reservation::Unset);
        check(&[("tdm-reservation", "0")], &[("tdm-reservation", "1")], Reservation::Reserved);
        check(&[("tdm-reservation", "1")], &[("tdm-reservation", "0")], Reservation::Allowed);
        check(&[("tdm-reservation", "1")], &[("tdm-reservation", "on")], Reservation::Reserved);
        check(&[("tdm-policy", "https://x.example/p.json")], &[], Reservation::Unset);
    }

    #[test]
    fn robots_rules_are_tokens_with_an_agent() {
        check(&[], &[("robots", "index, NOAI")], Reservation::Reserved);
        check(&[], &[("robots", "noimageai, noindex, none")], Reservation::Unset);
        check(&[], &[("keywords", "noai")], Reservation::Unset);
        check(&[("x-robots-tag", "max-snippet:50, noai")], &[], Reservation::Reserved);
        check(&[("x-robots-tag", "gptbot: noai, noindex")], &[], Reservation::Reserved);
        check(&[("x-robots-tag", "otherbot: noindex, noai")], &[], Reservation::Unset);
        check(&[("x-robots-tag", "noarchive")], &[], Reservation::Unset);
    }

    #[test]
    fn preferences_compare_with_case_and_refusal_wins() {
        check(&[("content-usage", "search=y, train-ai=n")], &[], Reservation::Reserved);
        check(&[("content-usage", "train-ai=y")], &[], Reservation::Allowed);
        check(&[("content-usage", "train-genai=n, TRAIN-AI=n")], &[], Reservation::Unset);
        check(&[("content-usage", "train-ai=y"), ("content-usage", "train-ai=n;x=1")], &[], Reservation::Reserved);
        check(&[("content-signal", "search=yes, ai-train=no")], &[], Reservation::Reserved);
        check(&[("content-signal", "search=yes")], &[], Reservation::Unset);
    }
}
