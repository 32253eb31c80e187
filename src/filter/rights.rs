//! Drops documents whose license, confidence or reservation is not what the set asks for.
//!
//! A tier that is not wanted has a reason of its own, so that the funnel tells how much went for which terms.
//! A document without any statement counts as tier `none`. Defaults are those of a set that claims to be open:
//! tier `open`, confidence at least `medium`, nothing whose rights are reserved.

use serde::{Deserialize, Serialize};

use super::{Filter, Judge};
use crate::document::Document;
use crate::document::bad_config::BadConfig;
use crate::document::fact::Question;
use crate::document::reason::{Reason, Verdict};
use crate::document::rights::{Confidence, Reservation, Tier};

const OPEN: Reason = Reason::new("rights.open");
const NONCOMMERCIAL: Reason = Reason::new("rights.noncommercial");
const NODERIVATIVES: Reason = Reason::new("rights.noderivatives");
const UNCLEAR: Reason = Reason::new("rights.unclear");
const RESERVED: Reason = Reason::new("rights.reserved");
const NONE: Reason = Reason::new("rights.none");
const LOW_CONFIDENCE: Reason = Reason::new("rights.low_confidence");

/// All reasons of this filter.
pub const REASONS: &[Reason] = &[OPEN, NONCOMMERCIAL, NODERIVATIVES, UNCLEAR, RESERVED, NONE, LOW_CONFIDENCE];
/// What an earlier stage has to have found.
pub const NEEDS: &[Question] = &[Question::Rights];

/// Which documents are kept.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Tiers to keep.
    pub tiers: Vec<Tier>,
    /// Weakest verdict to keep. Says nothing about tier `none`, which is the lack of a verdict.
    pub confidence_min: Confidence,
    /// What to do with a document that a signal of its response reserves, whatever its license.
    pub reserved: Reserved,
}

/// What to do with a reserved document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reserved {
    /// Drop it.
    Drop,
    /// Keep it, if `tiers` has `reserved`.
    Keep,
}

impl Default for Config {
    fn default() -> Self {
        Self { tiers: vec![Tier::Open], confidence_min: Confidence::Medium, reserved: Reserved::Drop }
    }
}

impl Config {
    /// The filter; refuses an empty list of tiers, and one that contradicts `reserved`.
    pub fn build(&self) -> Result<KeepRights, BadConfig> {
        if self.tiers.is_empty() {
            return Err(BadConfig::new(
                "tiers is empty, so nothing would be kept; wanted at least one, e.g. [\"open\"]",
            ));
        }
        let wanted = self.tiers.contains(&Tier::Reserved);
        match (wanted, self.reserved) {
            (true, Reserved::Drop) => {
                Err(BadConfig::new("tiers has \"reserved\", and reserved is \"drop\"; wanted reserved = \"keep\""))
            }
            (false, Reserved::Keep) => {
                Err(BadConfig::new("reserved is \"keep\", and tiers has no \"reserved\"; wanted it among the tiers"))
            }
            _ => Ok(KeepRights { config: self.clone() }),
        }
    }

    /// Whether only documents with a license are kept, so that the plan may drop payloads without any license mark
    /// before they are parsed (`annotate::rights::marks`).
    pub fn keeps_only_licensed(&self) -> bool {
        self.tiers.iter().all(|tier| matches!(tier, Tier::Open | Tier::NonCommercial | Tier::NoDerivatives))
    }
}

/// The reason of a document whose tier is not wanted.
pub const fn not_wanted(tier: Tier) -> Reason {
    match tier {
        Tier::Open => OPEN,
        Tier::NonCommercial => NONCOMMERCIAL,
        Tier::NoDerivatives => NODERIVATIVES,
        Tier::Unclear => UNCLEAR,
        Tier::Reserved => RESERVED,
        Tier::None => NONE,
    }
}

/// The filter, built from a [`Config`].
pub struct KeepRights {
    config: Config,
}

impl Filter for KeepRights {
    fn judge(&self, document: &Document) -> Verdict {
        let Config { tiers, confidence_min, reserved } = &self.config;
        let rights = document.facts.rights.found();
        let tier = rights.map_or(Tier::None, |rights| rights.tier);
        if rights.is_some_and(|rights| rights.reservation == Reservation::Reserved) && *reserved == Reserved::Drop {
            return RESERVED.drop();
        }
        if !tiers.contains(&tier) {
            return not_wanted(tier).drop();
        }
        match rights {
            Some(rights) if tier != Tier::None && rights.confidence < *confidence_min => LOW_CONFIDENCE.drop(),
            _ => Verdict::Keep,
        }
    }
}

impl From<KeepRights> for Judge {
    fn from(filter: KeepRights) -> Self {
        Self::Document(Box::new(filter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::fact::Fact;
    use crate::document::origin::Origin;
    use crate::document::rights::{Rights, Scope};
    use crate::document::signals::Signals;
    use crate::document::{CharsetSource, Decoding};

    fn check(config: &str, found: Option<(Tier, Confidence, Reservation)>, expected: &str) {
        let filter = toml::from_str::<Config>(config).unwrap().build().unwrap();
        let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Http, replacements: 0 };
        let mut document = Document::new(String::new(), Origin::default(), decoding, Signals::default());
        document.facts.rights = found
            .map(|(tier, confidence, reservation)| Rights {
                spdx: None,
                tier,
                scope: Scope::Page,
                confidence,
                evidence: Vec::new(),
                reservation,
                reservation_evidence: Vec::new(),
                attribution_url: None,
            })
            .into();
        let reason = filter.judge(&document).reason().map_or("keep", Reason::as_str);
        assert_eq!(reason, expected, "{config} {:?}", Fact::from(found));
    }

    #[test]
    fn each_tier_that_is_not_wanted_has_its_reason() {
        for tier in Tier::ALL.iter().copied().filter(|tier| *tier != Tier::Open) {
            check("", Some((tier, Confidence::Strong, Reservation::Unset)), &format!("rights.{}", tier.as_str()));
        }
        check("tiers = [\"noncommercial\"]", Some((Tier::Open, Confidence::Strong, Reservation::Unset)), "rights.open");
        check("", None, "rights.none");
        check("tiers = [\"none\"]", None, "keep");
    }

    #[test]
    fn confidence_keeps_its_bound_and_drops_below() {
        check("", Some((Tier::Open, Confidence::Medium, Reservation::Allowed)), "keep");
        check("", Some((Tier::Open, Confidence::Weak, Reservation::Unset)), "rights.low_confidence");
        check(
            "confidence_min = \"strong\"",
            Some((Tier::Open, Confidence::Medium, Reservation::Unset)),
            "rights.low_confidence",
        );
    }

    #[test]
    fn reserved_is_dropped_unless_asked_for() {
        check("", Some((Tier::Reserved, Confidence::Strong, Reservation::Reserved)), "rights.reserved");
        let both = "tiers = [\"open\", \"reserved\"]\nreserved = \"keep\"";
        check(both, Some((Tier::Reserved, Confidence::Strong, Reservation::Reserved)), "keep");
    }

    #[test]
    fn contradictions_in_options_are_refused() {
        for config in ["tiers = []", "tiers = [\"reserved\"]", "reserved = \"keep\""] {
            assert!(toml::from_str::<Config>(config).unwrap().build().is_err(), "{config}");
        }
        assert!(toml::from_str::<Config>("tier = [\"open\"]").is_err());
    }

    #[test]
    fn only_licensed_tiers_allow_the_prefilter() {
        assert!(Config::default().keeps_only_licensed());
        assert!(!toml::from_str::<Config>("tiers = [\"open\", \"unclear\"]").unwrap().keeps_only_licensed());
    }
}
