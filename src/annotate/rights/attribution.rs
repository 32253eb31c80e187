//! The address that a license notice has to name: what the page asks for, else its canonical address, else its own.

use url::Url;

use crate::document::Document;

/// `cc:attributionURL` of ccREL, else `<link rel=canonical>`, else the record's address; absolute, http or https.
pub fn attribution_url(document: &Document) -> Option<String> {
    let base = Url::parse(&document.origin.url).ok();
    let asked =
        document.signals.links.iter().find(|link| asks_for_attribution(&link.rel)).map(|link| link.href.as_str());
    [asked, document.signals.canonical_url.as_deref(), Some(document.origin.url.as_str())]
        .into_iter()
        .flatten()
        .find_map(|address| absolute(address, base.as_ref()))
}

fn asks_for_attribution(rel: &str) -> bool {
    rel.split_ascii_whitespace()
        .any(|token| token.rsplit(':').next().is_some_and(|name| name.eq_ignore_ascii_case("attributionURL")))
}

fn absolute(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    let parsed = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    (matches!(parsed.scheme(), "http" | "https") && !address.is_empty()).then(|| parsed.into())
}
