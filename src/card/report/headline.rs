//! What stands on top: the name, what the set is, and the few numbers that everybody asks for first.

use super::documents;
use crate::card::page::figure::Figure;
use crate::card::page::html::{Html, link_target};
use crate::ledger::run_record::RunRecord;
use crate::ledger::tokens::TokensRecord;

/// A number with more characters has the room of two.
const LONG: usize = 12;

/// Writes the top of the page.
pub fn write(record: &RunRecord, html: &mut Html) {
    html.leaf("p", &[("class", "kind")], "Report on a training set");
    html.leaf("h1", &[], record.about.title.as_ref().unwrap_or(&record.name));
    html.element("p", &[("class", "lead")], |html| lead(record, html));
    let description = record.about.description.as_deref().unwrap_or_default();
    description.split("\n\n").filter(|part| !part.trim().is_empty()).for_each(|part| html.paragraph(part));
    html.element("dl", &[("class", "facts")], |html| facts(record, html));
}

/// Writes the last line.
pub fn write_bottom(record: &RunRecord, html: &mut Html) {
    html.element("p", &[], |html| {
        let tool = &record.tool;
        html.text(&format!("Computed by {} {} from ", tool.name, tool.version));
        html.leaf("code", &[], "manifest.json");
        html.text(", the record of the run. The same record gives the same page.");
    });
}

fn lead(record: &RunRecord, html: &mut Html) {
    html.counted(&documents(record), "document");
    html.text(" with ");
    html.counted(&Figure::count("/statistics/total/text_bytes", record.statistics.total.text_bytes), "byte");
    html.text(" of text, made from ");
    html.counted(&Figure::count("/inputs/#", record.inputs.len() as u64), "crawl file");
    html.text(" by ");
    html.text(&format!("{} {}.", record.tool.name, record.tool.version));
}

fn facts(record: &RunRecord, html: &mut Html) {
    let statistics = &record.statistics;
    number(html, "Documents", &documents(record), |_| {});
    number(html, "Bytes of text", &Figure::count("/statistics/total/text_bytes", statistics.total.text_bytes), |_| {});
    if let Some(tokens) = &record.tokens {
        number(html, "Tokens", &Figure::count("/tokens/total/tokens", tokens.total.tokens), |html| note(tokens, html));
    }
    number(html, "Languages", &Figure::count("/statistics/languages/#", statistics.languages.len() as u64), |_| {});
    let domains = Figure::count("/domain_spread/domains", record.domain_spread.domains);
    number(html, "Registered domains", &domains, |_| {});
    number(html, "Records read", &Figure::count("/funnel/0/seen", record.funnel.seen()), |_| {});
    if let Some(span) = &statistics.captures {
        let days = [&span.first, &span.last].map(|moment| moment.get(..10).unwrap_or(moment));
        fact(html, "Captured", |html| {
            html.leaf("span", &[("class", "day")], days[0]);
            if days[0] != days[1] {
                html.text(" to ");
                html.leaf("span", &[("class", "day")], days[1]);
            }
        });
    }
    words(html, "Version", record.about.version.as_deref());
    words(html, "Published", record.about.published.as_deref());
    let curators = record.about.curators.join(", ");
    words(html, "Made by", Some(&*curators).filter(|curators| !curators.is_empty()));
    words(html, "License of the compilation", record.about.license.as_deref());
    address(html, "Home", record.about.homepage.as_deref());
    address(html, "Contact", record.about.contact.as_deref());
    fact(html, "Plan", |html| html.leaf("code", &[("class", "digest")], &record.plan.digest));
}

fn fact(html: &mut Html, name: &str, value: impl FnOnce(&mut Html)) {
    html.element("div", &[], |html| {
        html.leaf("dt", &[], name);
        html.element("dd", &[], value);
    });
}

fn number(html: &mut Html, name: &str, figure: &Figure, note: impl FnOnce(&mut Html)) {
    let class = if figure.words().len() > LONG { "number wide" } else { "number" };
    html.element("div", &[("class", class)], |html| {
        html.leaf("dt", &[], name);
        html.figure("dd", &[("class", "n")], figure);
        note(html);
    });
}

/// Which tokenizer counted, and how far an estimate may be off.
fn note(tokens: &TokensRecord, html: &mut Html) {
    html.element("dd", &[("class", "note")], |html| {
        if tokens.share < 1.0 {
            html.text("estimated");
        }
        if let Some(error) = tokens.total.standard_error {
            html.text(" ± ");
            html.figure("span", &[("class", "n")], &Figure::count("/tokens/total/standard_error", error));
        }
        html.text(&format!(" by {}", tokens.tokenizer));
    });
}

fn words(html: &mut Html, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        fact(html, name, |html| html.text(value));
    }
}

fn address(html: &mut Html, name: &str, value: Option<&str>) {
    let Some(value) = value else { return };
    fact(html, name, |html| match link_target(value) {
        Some(target) => html.leaf("a", &[("href", &target), ("rel", "noopener noreferrer")], value),
        None => html.text(value),
    });
}
