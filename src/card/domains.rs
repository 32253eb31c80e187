//! `domains.csv`: what every registered domain gave, largest first.

use std::fmt::Write;

use crate::document::rights::Tier;
use crate::ledger::amount::Domain;
use crate::ledger::run_record::DomainRecord;
use crate::ledger::statistics::Statistics;
use crate::text::shown;

/// Domains that the run record lists.
pub const TOP_DOMAINS: usize = 20;

/// The table: a header line, then one line a domain, by bytes of text and then by name.
pub fn render(statistics: &Statistics) -> String {
    let mut out = String::from("domain,documents,text_bytes");
    for tier in Tier::ALL {
        write!(out, ",{}", tier.as_str()).expect("a string takes all that is written to it");
    }
    out.push('\n');
    for (name, domain) in by_bytes(statistics) {
        let amount = domain.amount;
        write!(out, "{},{},{}", field(name), amount.documents, amount.text_bytes).expect("a string takes all");
        for tier in Tier::ALL {
            let documents = domain.tiers.get(tier.as_str()).copied().unwrap_or_default();
            write!(out, ",{documents}").expect("a string takes all that is written to it");
        }
        out.push('\n');
    }
    out
}

/// The `count` domains with the most bytes of text.
pub fn top(statistics: &Statistics, count: usize) -> Vec<DomainRecord> {
    let largest = by_bytes(statistics).into_iter().take(count);
    largest.map(|(name, domain)| DomainRecord { domain: name.to_owned(), amount: domain.amount }).collect()
}

fn by_bytes(statistics: &Statistics) -> Vec<(&str, &Domain)> {
    let mut domains: Vec<_> = statistics.domains.iter().map(|(name, domain)| (name.as_str(), domain)).collect();
    domains.sort_by_key(|(name, domain)| (std::cmp::Reverse(domain.amount.text_bytes), *name));
    domains
}

/// A CSV field on one line that no spreadsheet takes for a formula: quoted where needed, with an apostrophe before `=`,
/// `+`, `-`, `@`.
pub fn field(text: &str) -> String {
    let text = shown::line(text);
    // The wide forms are taken for the others by some spreadsheets; a semicolon separates fields in some countries.
    let guard = if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) { "'" } else { "" };
    if text.contains([',', ';', '"']) || !guard.is_empty() {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_never_formulas() {
        assert_eq!(field("example.org"), "example.org");
        assert_eq!(field("a,b"), "\"a,b\"");
        assert_eq!(field("=cmd()"), "\"'=cmd()\"");
        assert_eq!(field("＝cmd()"), "\"'＝cmd()\"");
        assert_eq!(field("a;=cmd()"), "\"a;=cmd()\"");
        assert_eq!(field("\t=cmd()\r\u{202E}"), "\"' =cmd() \u{FFFD}\"");
        assert_eq!(field("say \"x\""), "\"say \"\"x\"\"\"");
    }
}
