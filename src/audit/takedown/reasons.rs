//! Why the ledger has a document that a takedown took: the kind of the rule.

use crate::document::reason::Reason;
use crate::ledger::removal::RuleKind;

/// The host, or one above it, was to go.
const DOMAIN: Reason = Reason::new("takedown.domain");
/// The URL begins as one that was to go.
const URL_PREFIX: Reason = Reason::new("takedown.url_prefix");
/// The URL was to go.
const URL: Reason = Reason::new("takedown.url");
/// The record was to go.
const ID: Reason = Reason::new("takedown.id");
/// The text was to go.
const TEXT_DIGEST: Reason = Reason::new("takedown.text_digest");
/// The text holds a passage that was to go.
const PASSAGE: Reason = Reason::new("takedown.passage");

/// The reason of the ledger for a rule of this kind.
pub fn reason(kind: RuleKind) -> Reason {
    match kind {
        RuleKind::Domain => DOMAIN,
        RuleKind::UrlPrefix => URL_PREFIX,
        RuleKind::Url => URL,
        RuleKind::Id => ID,
        RuleKind::TextDigest => TEXT_DIGEST,
        RuleKind::Passage => PASSAGE,
    }
}
