//! Drops documents whose license, confidence or reservation is not what the set asks for.
//!
//! A tier that is not wanted has a reason of its own, so that the funnel tells how much went for which terms.
//! A document without any statement counts as tier `none`. Defaults are those of a set that claims to be open:
//! tier `open`, confidence at least `medium`, nothing whose rights are reserved.
//!
//! Scopes are asked of licenses only, which are those of the tiers `open`, `noncommercial` and `noderivatives`. By
//! default all three are kept that a license of the text can have: with scope `part` such a tier means that each part
//! has a license of this tier, as the answers of a forum have. `object` and `none` are no scopes of the text. Ids and
//! sites are lists of the preset's own. A site's name stands for itself and for every host below it.

use serde::{Deserialize, Serialize};

use super::lists::{Entries, List, Lists};
use super::url::{host_of, parse_host};
use super::{Filter, Judge};
use crate::document::Document;
use crate::document::bad_config::BadConfig;
use crate::document::fact::Question;
use crate::document::reason::{Reason, Verdict};
use crate::document::rights::{Confidence, Reservation, Rights, Scope, Tier};

const OPEN: Reason = Reason::new("rights.open");
const NONCOMMERCIAL: Reason = Reason::new("rights.noncommercial");
const NODERIVATIVES: Reason = Reason::new("rights.noderivatives");
const UNCLEAR: Reason = Reason::new("rights.unclear");
const RESERVED: Reason = Reason::new("rights.reserved");
const NONE: Reason = Reason::new("rights.none");
const LOW_CONFIDENCE: Reason = Reason::new("rights.low_confidence");
const SCOPE: Reason = Reason::new("rights.scope");
const SPDX: Reason = Reason::new("rights.spdx");
const DOMAIN: Reason = Reason::new("rights.domain");

/// All reasons of this filter, in the order in which its rules are asked.
pub const REASONS: &[Reason] =
    &[OPEN, NONCOMMERCIAL, NODERIVATIVES, UNCLEAR, RESERVED, NONE, LOW_CONFIDENCE, SCOPE, SPDX, DOMAIN];
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
    /// Scopes to keep, of `page`, `site` and `part`. Asked of licenses only: it says nothing of the tiers `unclear`,
    /// `reserved` and `none`.
    pub scopes: Vec<Scope>,
    /// Ids of licenses to keep, e.g. `CC-BY-4.0`; empty keeps all. Of a choice of licenses one has to be here, of parts
    /// with licenses of their own all. A document whose license has no id is dropped; tier `none` is not asked.
    pub spdx: Vec<String>,
    /// Sites to keep, e.g. `example.org`, with every host below them; empty keeps all.
    pub domains_allow: List,
    /// Sites to drop, with every host below them; goes before `domains_allow`.
    pub domains_deny: List,
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

/// What a license of the text can cover.
const SCOPES_OF_TEXT: [Scope; 3] = [Scope::Page, Scope::Site, Scope::Part];

impl Default for Config {
    fn default() -> Self {
        Self {
            tiers: vec![Tier::Open],
            confidence_min: Confidence::Medium,
            reserved: Reserved::Drop,
            scopes: SCOPES_OF_TEXT.to_vec(),
            spdx: Vec::new(),
            domains_allow: List::default(),
            domains_deny: List::default(),
        }
    }
}

impl Config {
    /// The filter with its lists read; refuses an empty list of tiers, one that contradicts `reserved`, scopes that no
    /// license of the text has, and expressions in the place of ids.
    pub fn build(&self, lists: &dyn Lists) -> Result<KeepRights, BadConfig> {
        self.check()?;
        let mut spdx: Vec<String> = self.spdx.iter().map(|id| id.to_ascii_lowercase()).collect();
        spdx.sort_unstable();
        let allow = self.domains_allow.load(lists, parse_host)?;
        if allow.is_empty() && self.domains_allow != List::default() {
            return Err(BadConfig::new("domains_allow names no site, so nothing would be kept; wanted one at least"));
        }
        Ok(KeepRights { spdx, allow, deny: self.domains_deny.load(lists, parse_host)?, config: self.clone() })
    }

    fn check(&self) -> Result<(), BadConfig> {
        if self.tiers.is_empty() {
            return Err(BadConfig::new(
                "tiers is empty, so nothing would be kept; wanted at least one, e.g. [\"open\"]",
            ));
        }
        if self.scopes.is_empty() {
            return Err(BadConfig::new("scopes is empty; wanted at least one of \"page\", \"site\" and \"part\""));
        }
        if let Some(scope) = self.scopes.iter().find(|scope| !SCOPES_OF_TEXT.contains(scope)) {
            return Err(BadConfig::new(format!(
                "scopes has \"{}\", which no license of the text has; wanted \"page\", \"site\" or \"part\"",
                scope.as_str()
            )));
        }
        let is_id = |id: &str| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.+".contains(&byte));
        if let Some(odd) = self.spdx.iter().find(|id| id.is_empty() || !is_id(id)) {
            return Err(BadConfig::new(format!("spdx has \"{odd}\"; wanted one id an entry, e.g. \"CC-BY-4.0\"")));
        }
        let wanted = self.tiers.contains(&Tier::Reserved);
        match (wanted, self.reserved) {
            (true, Reserved::Drop) => {
                Err(BadConfig::new("tiers has \"reserved\", and reserved is \"drop\"; wanted reserved = \"keep\""))
            }
            (false, Reserved::Keep) => {
                Err(BadConfig::new("reserved is \"keep\", and tiers has no \"reserved\"; wanted it among the tiers"))
            }
            _ => Ok(()),
        }
    }

    /// Whether only documents with a license are kept, so that the plan may drop payloads without any license mark
    /// before they are parsed (`annotate::rights::marks`).
    pub fn keeps_only_licensed(&self) -> bool {
        self.tiers.iter().all(|tier| is_license(*tier))
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
    /// In small letters, sorted.
    spdx: Vec<String>,
    allow: Entries,
    deny: Entries,
}

impl Filter for KeepRights {
    fn judge(&self, document: &Document) -> Verdict {
        let Config { tiers, confidence_min, reserved, .. } = &self.config;
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
            Some(rights) if is_license(tier) && !self.config.scopes.contains(&rights.scope) => SCOPE.drop(),
            Some(rights) if tier != Tier::None && !self.has_wanted_id(rights) => SPDX.drop(),
            _ if !self.is_wanted_site(&document.origin.url) => DOMAIN.drop(),
            _ => Verdict::Keep,
        }
    }
}

impl KeepRights {
    fn has_wanted_id(&self, rights: &Rights) -> bool {
        if self.spdx.is_empty() {
            return true;
        }
        let is_wanted = |id: &str| self.spdx.binary_search(&id.trim().to_ascii_lowercase()).is_ok();
        let Some(expression) = &rights.spdx else { return false };
        if expression.contains('(') {
            // Where the operators are nested, every license has to be wanted.
            return expression.split([' ', '(', ')']).filter(|word| !matches!(*word, "" | "OR" | "AND")).all(is_wanted);
        }
        expression.split(" OR ").any(|choice| choice.split(" AND ").all(is_wanted))
    }

    fn is_wanted_site(&self, url: &str) -> bool {
        if self.allow.is_empty() && self.deny.is_empty() {
            return true;
        }
        let host = host_of(url).unwrap_or_default();
        !is_at_or_below(&host, &self.deny) && (self.allow.is_empty() || is_at_or_below(&host, &self.allow))
    }
}

/// Whether the tier is that of a license which can be read.
fn is_license(tier: Tier) -> bool {
    matches!(tier, Tier::Open | Tier::NonCommercial | Tier::NoDerivatives)
}

/// Whether a host, or one that it lies below, is in the list.
fn is_at_or_below(host: &str, sites: &Entries) -> bool {
    let below = host.match_indices('.').map(|(dot, _)| &host[dot + 1..]);
    std::iter::once(host).chain(below).any(|name| sites.contains(name))
}

impl From<KeepRights> for Judge {
    fn from(filter: KeepRights) -> Self {
        Self::Document(Box::new(filter))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::document::fact::Fact;
    use crate::document::origin::Origin;
    use crate::document::signals::Signals;
    use crate::document::{CharsetSource, Decoding};

    fn check(config: &str, found: Option<(Tier, Confidence, Reservation)>, expected: &str) {
        let rights =
            found.map(|(tier, confidence, reservation)| Rights { tier, confidence, reservation, ..found_rights() });
        check_rights(config, "https://a.example/", rights, expected);
    }

    fn found_rights() -> Rights {
        Rights {
            spdx: None,
            license_url: None,
            tier: Tier::Open,
            scope: Scope::Page,
            confidence: Confidence::Strong,
            evidence: Vec::new(),
            reservation: Reservation::Unset,
            reservation_evidence: Vec::new(),
            attribution_url: None,
        }
    }

    fn check_rights(config: &str, url: &str, rights: Option<Rights>, expected: &str) {
        let lists = BTreeMap::from([("trusted.txt".to_owned(), "# two\ntrusted.example\nwww.b.example\n".to_owned())]);
        let filter = toml::from_str::<Config>(config).unwrap().build(&lists).unwrap();
        let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Http, replacements: 0 };
        let origin = Origin { url: url.to_owned(), ..Origin::default() };
        let mut document = Document::new(String::new(), origin, decoding, Signals::default());
        document.facts.rights = Fact::from(rights);
        let reason = filter.judge(&document).reason().map_or("keep", Reason::as_str);
        assert_eq!(reason, expected, "{config} {url} {:?}", document.facts.rights);
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
    fn a_scope_is_asked_of_licenses_alone() {
        for (tier, scope, expected) in [
            (Tier::Open, Scope::Page, "keep"),
            (Tier::Open, Scope::Site, "rights.scope"),
            (Tier::Open, Scope::Part, "rights.scope"),
            (Tier::NonCommercial, Scope::Site, "rights.scope"),
            (Tier::Unclear, Scope::Part, "keep"),
            (Tier::None, Scope::Object, "keep"),
        ] {
            let config = "scopes = ['page']\ntiers = ['open', 'noncommercial', 'unclear', 'none']";
            let rights = Rights { tier, scope, ..found_rights() };
            check_rights(config, "", Some(rights), expected);
        }
        check_rights("", "", Some(Rights { scope: Scope::Part, ..found_rights() }), "keep");
        check_rights("", "", Some(Rights { scope: Scope::Object, ..found_rights() }), "rights.scope");
    }

    #[test]
    fn an_expression_is_kept_by_a_choice_or_by_all_of_its_parts() {
        let config = "spdx = ['cc-by-4.0', 'MIT']\ntiers = ['open', 'none']";
        for (spdx, expected) in [
            (Some("CC-BY-4.0"), "keep"),
            (Some("CC-BY-3.0"), "rights.spdx"),
            (None, "rights.spdx"),
            (Some("CC-BY-SA-4.0 OR MIT"), "keep"),
            (Some("CC-BY-4.0 AND MIT"), "keep"),
            (Some("CC-BY-4.0 AND CC-BY-SA-4.0"), "rights.spdx"),
            (Some("CC-BY-SA-4.0 OR CC-BY-4.0 AND MIT"), "keep"),
            (Some("(CC-BY-4.0 OR CC-BY-SA-4.0) AND MIT"), "rights.spdx"),
            (Some("(CC-BY-4.0 OR MIT) AND MIT"), "keep"),
        ] {
            check_rights(config, "", Some(Rights { spdx: spdx.map(str::to_owned), ..found_rights() }), expected);
        }
        check_rights(config, "", None, "keep");
    }

    #[test]
    fn a_site_is_kept_or_dropped_with_all_hosts_below_it() {
        let allow = "domains_allow = { files = ['trusted.txt'] }\ndomains_deny = { entries = ['bad.trusted.example'] }";
        for (url, expected) in [
            ("https://trusted.example/a", "keep"),
            ("https://en.Trusted.example:8080/a", "keep"),
            ("https://untrusted.example/", "rights.domain"),
            ("https://bad.trusted.example/", "rights.domain"),
            ("https://x.bad.trusted.example/", "rights.domain"),
            ("https://b.example/", "rights.domain"),
            ("https://www.b.example/", "keep"),
            ("no url", "rights.domain"),
        ] {
            check_rights(allow, url, Some(found_rights()), expected);
        }
        let deny = "domains_deny = { entries = ['a.example'] }";
        check_rights(deny, "https://a.example/", Some(found_rights()), "rights.domain");
        check_rights(deny, "https://b.example/", Some(found_rights()), "keep");
        check_rights(deny, "urn:x", Some(found_rights()), "keep");
        check_rights(deny, "https://a.example/", None, "rights.none");
    }

    #[test]
    fn contradictions_in_options_are_refused() {
        for config in [
            "tiers = []",
            "tiers = ['reserved']",
            "reserved = 'keep'",
            "scopes = []",
            "scopes = ['page', 'object']",
            "spdx = ['CC-BY-4.0 OR MIT']",
            "spdx = ['']",
            "domains_allow.entries = ['https://a.example/']",
            "domains_allow.files = ['empty.txt']",
            "domains_deny.files = ['gone.txt']",
        ] {
            let lists = BTreeMap::from([("empty.txt".to_owned(), "# nothing\n".to_owned())]);
            assert!(toml::from_str::<Config>(config).unwrap().build(&lists).is_err(), "{config}");
        }
        assert!(toml::from_str::<Config>("tier = [\"open\"]").is_err());
    }

    #[test]
    fn only_licensed_tiers_allow_the_prefilter() {
        assert!(Config::default().keeps_only_licensed());
        assert!(toml::from_str::<Config>("domains_allow.entries = ['a.example']").unwrap().keeps_only_licensed());
        assert!(!toml::from_str::<Config>("tiers = ['open', 'none']\nspdx = ['MIT']").unwrap().keeps_only_licensed());
        assert!(!toml::from_str::<Config>("tiers = [\"open\", \"unclear\"]").unwrap().keeps_only_licensed());
    }
}
