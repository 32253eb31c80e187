//! Written pages full of traps, each with the license, the tier and the reason that a careful reader would give.
//!
//! `tests/rights/cases.jsonl` has one page a line: address, response headers, HTML, what is expected and why. The pages
//! were written for this purpose, by writers who did not know how the program decides; every host is made up.

use std::collections::BTreeSet;

use gristmill::annotate::{Annotator, Answer, rights};
use gristmill::document::Document;
use gristmill::document::origin::Origin;
use gristmill::document::rights::Tier;
use gristmill::document::signals::HeaderSignal;
use gristmill::extract::Hints;
use gristmill::extract::options::Options;
use serde::Deserialize;

/// Pages on which the verdict is not yet what it should be. A page that is mended leaves this list.
const NOT_YET: &[&str] = &[
    "B021-words-bn",
    "B069-cc0-words-eo",
    "C019-cy-ogl",
    "C022-de-rel-hero",
    "C039-alt-only-es",
    "C099-arr-hi-box",
    "C106-tdm-pl-263",
    "C122-u-poem-page-pt",
    "C130-u-by-but-permission",
    "C133-u-logo-only-he",
    "C160-n-guest-excluded",
];
/// Headers that a response keeps as signals.
const SIGNALS: &[&str] =
    &["link", "x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage", "content-signal", "content-language"];

#[derive(Deserialize)]
struct Case {
    id: String,
    url: String,
    headers: std::collections::BTreeMap<String, String>,
    html: String,
    expected_tier: String,
    expected_spdx: Option<String>,
    why: String,
}

/// Tier and SPDX expression of a page.
fn verdict(case: &Case) -> (Tier, Option<String>) {
    let content_type = case.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let charset = content_type.and_then(|(_, value)| value.split("charset=").nth(1)).unwrap_or("utf-8");
    let encoding = encoding_rs::Encoding::for_label(charset.trim_matches('"').as_bytes()).expect("a charset");
    let (payload, _, _) = encoding.encode(&case.html);
    let extractor = Options { words_min: 0, ..Options::default() }.build().expect("default options");
    let hints = Hints { http_charset: Some(charset), url: &case.url };
    let extracted = extractor.extract(&payload, &hints).expect("a page with text");
    let mut signals = extracted.signals;
    signals.headers = case
        .headers
        .iter()
        .map(|(name, value)| HeaderSignal { name: name.to_lowercase(), value: value.clone() })
        .filter(|header| SIGNALS.contains(&header.name.as_str()))
        .collect();
    let origin = Origin { url: case.url.clone(), ..Origin::default() };
    let document = Document::new(extracted.text, origin, extracted.decoding, signals);
    let annotator = rights::Config::default().build().expect("default options");
    let Answer::Rights(fact) = annotator.find(&document) else { unreachable!("the rights annotator answers rights") };
    fact.found().map_or((Tier::None, None), |rights| (rights.tier, rights.spdx.clone()))
}

fn cases() -> Vec<Case> {
    let lines = include_str!("../rights/cases.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).expect("a case a line")).collect()
}

#[test]
fn written_pages_get_the_verdict_of_a_careful_reader() {
    let mut wrong = BTreeSet::new();
    for case in cases() {
        let (tier, spdx) = verdict(&case);
        if (tier.as_str(), &spdx) != (case.expected_tier.as_str(), &case.expected_spdx) {
            let Case { id, why, .. } = case;
            println!(
                "{id}: found {} {spdx:?}, expected {} {:?}: {why}",
                tier.as_str(),
                case.expected_tier,
                case.expected_spdx
            );
            wrong.insert(id);
        }
    }
    let known: BTreeSet<String> = NOT_YET.iter().map(|id| (*id).to_owned()).collect();
    assert_eq!(wrong, known, "pages whose verdict is not what it should be");
}

#[test]
fn no_page_that_gets_a_license_lacks_a_mark_for_the_prefilter() {
    let mut licensed = 0;
    for case in cases() {
        let (tier, _) = verdict(&case);
        if matches!(tier, Tier::Open | Tier::NonCommercial | Tier::NoDerivatives) {
            let in_header = case.headers.values().any(|value| rights::marks::may_state_license(value.as_bytes()));
            assert!(in_header || rights::marks::may_state_license(case.html.as_bytes()), "{}", case.id);
            licensed += 1;
        }
    }
    assert!(licensed > 200, "{licensed} of the written pages are licensed");
}
