//! What `gristmill inspect` shows of one record.

use serde_json::{Value, json};

use super::show::{Page, matched_words, shortened};
use crate::dedup::Deduplicator;
use crate::document::Document;
use crate::document::fact::Fact;
use crate::document::origin::Origin;
use crate::engine::carry::{Carrier, Outcome};
use crate::ledger::funnel::grouped;
use crate::plan::compile::{DedupStep, Plan};
use crate::text::shown;
use crate::warc::batch::Item;
use crate::warc::content::SourceFile;
use crate::warc::damage::Damage;
use crate::warc::http;
use crate::warc::limits::Limits;
use crate::warc::record::{Header, Record, RecordType};

/// Characters of text that are shown unless all of it is asked for.
const TEXT_SHOWN: usize = 1_500;
/// Characters of a header's value that are shown.
const VALUE_SHOWN: usize = 300;

/// One record, with the plans that are asked about it.
pub struct View<'a> {
    /// The record, or damage.
    pub item: Item<'a>,
    /// The file it lies in.
    pub file: &'a SourceFile,
    /// The plan that asks every question and drops nothing.
    pub annotate: &'a Plan,
    /// The plan that the user asks about.
    pub preset: Option<&'a Plan>,
}

impl View<'_> {
    /// For people.
    pub fn page(&self, full: bool) -> String {
        let limits = Limits::default();
        let mut page = Page::new();
        match &self.item {
            Item::Damage(damage) => show_damage(&mut page, self.file, damage),
            Item::Record(record) => {
                show_record(&mut page, self.file, record);
                show_http(&mut page, record, &limits);
                match self.carry(self.annotate, &limits) {
                    Outcome::Kept(kept) => show_document(&mut page, &kept.row.document, full),
                    outcome => show_no_document(&mut page, &outcome),
                }
            }
        }
        if let Some(preset) = self.preset {
            show_outcome(&mut page, preset, &self.carry(preset, &limits));
        }
        page.finish()
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let limits = Limits::default();
        let found = match self.carry(self.annotate, &limits) {
            Outcome::Kept(kept) => document_json(&kept.row.document),
            Outcome::Dropped(not_kept) => {
                json!({ "origin": origin_json(&not_kept.origin), "reason": not_kept.dropped.reason.as_str() })
            }
            Outcome::Counted(dropped) => json!({ "reason": dropped.reason.as_str() }),
        };
        let verdict = self.preset.map(|preset| match self.carry(preset, &limits) {
            Outcome::Kept(_) => json!({ "kept": true }),
            Outcome::Counted(dropped) => json!({ "kept": false, "reason": dropped.reason.as_str() }),
            Outcome::Dropped(not_kept) => json!({
                "kept": false,
                "stage": preset.resolved()[not_kept.index].name,
                "reason": not_kept.dropped.reason.as_str(),
                "found": not_kept.dropped.found,
                "bound": not_kept.dropped.bound,
                "matched": not_kept.dropped.matched.as_ref().map(|matched| &matched.sets),
                "matched_at": not_kept.dropped.matched.as_ref().map(|matched| &matched.at),
                "matched_share": not_kept.dropped.matched.as_ref().map(|matched| matched.share),
            }),
        });
        json!({ "found": found, "preset": verdict })
    }

    fn carry(&self, plan: &Plan, limits: &Limits) -> Outcome {
        Carrier { plan, file: self.file, limits }.carry(&self.item)
    }
}

/// A line of the table of records.
pub fn line(item: &Item<'_>) -> String {
    match item {
        Item::Damage(damage) => {
            format!(
                "{:>12} {:>10}  {:11} {:6} {}",
                damage.offset_bytes,
                damage.length_bytes,
                "damage",
                "",
                damage.reason()
            )
        }
        Item::Record(record) => {
            let status = http::parse(record.block, &Limits::default()).map(|response| response.status.to_string());
            let url = record.target_uri().unwrap_or_default();
            format!(
                "{:>12} {:>10}  {:11} {:6} {}",
                record.offset_bytes,
                record.length_bytes,
                type_words(record),
                status.unwrap_or_default(),
                shortened(&shown::line(&url), 120)
            )
        }
    }
}

/// The same for programs.
pub fn line_json(item: &Item<'_>) -> Value {
    match item {
        Item::Damage(damage) => {
            json!({ "offset": damage.offset_bytes, "length": damage.length_bytes, "type": "damage", "reason": damage.reason().as_str() })
        }
        Item::Record(record) => json!({
            "offset": record.offset_bytes,
            "length": record.length_bytes,
            "type": type_words(record),
            "id": record.field("WARC-Record-ID"),
            "url": record.target_uri(),
        }),
    }
}

fn type_words(record: &Record<'_>) -> String {
    match record.record_type() {
        RecordType::Other => {
            record.field("WARC-Type").map_or_else(|| String::from("unknown"), |name| name.into_owned())
        }
        named => format!("{named:?}").to_lowercase(),
    }
}

fn show_damage(page: &mut Page, file: &SourceFile, damage: &Damage) {
    page.heading("damage");
    page.pair("file", &file.path);
    page.pair("bytes", &place(damage.offset_bytes, damage.length_bytes));
    page.pair("reason", damage.reason().as_str());
}

fn place(offset: u64, length: u64) -> String {
    format!("{offset} to {} ({} bytes)", offset + length, grouped(length))
}

fn show_record(page: &mut Page, file: &SourceFile, record: &Record<'_>) {
    page.heading("record");
    page.pair("file", &file.path);
    page.pair("bytes", &place(record.offset_bytes, record.length_bytes));
    page.pair("block", &format!("{} bytes", grouped(record.block.len() as u64)));
    match record.header {
        Header::Warc(header) => {
            for (name, value) in header.fields().iter() {
                page.pair(&String::from_utf8_lossy(name), &shortened(&value, VALUE_SHOWN));
            }
        }
        Header::Arc(header) => {
            page.pair("URL", &header.url());
            page.pair("date", &header.date());
            page.pair("content type", &header.content_type());
        }
    }
}

fn show_http(page: &mut Page, record: &Record<'_>, limits: &Limits) {
    let Some(response) = http::parse(record.block, limits) else { return };
    page.heading("http");
    page.pair("status", &response.status.to_string());
    for (name, value) in response.fields.iter() {
        page.pair(&String::from_utf8_lossy(name), &shortened(&value, VALUE_SHOWN));
    }
}

fn show_no_document(page: &mut Page, outcome: &Outcome) {
    page.heading("no document");
    match outcome {
        Outcome::Counted(dropped) => page.verdict(dropped.reason.as_str(), false),
        Outcome::Dropped(not_kept) => {
            page.verdict(not_kept.dropped.reason.as_str(), false);
            page.optional("panic", not_kept.panic.as_deref());
        }
        Outcome::Kept(_) => {}
    }
}

fn show_document(page: &mut Page, document: &Document, full: bool) {
    page.heading("page");
    let decoding = &document.decoding;
    page.pair("charset", &format!("{}, by {}", decoding.charset, decoding.source.as_str()));
    if decoding.replacements > 0 {
        page.pair("undecodable", &format!("{} places", grouped(decoding.replacements)));
    }
    page.optional("truncated", document.origin.truncated.as_deref());
    let signals = &document.signals;
    page.optional("title", signals.title.as_deref());
    page.optional("author", signals.author.as_deref());
    page.optional("published", signals.published.as_deref());
    page.optional("canonical", signals.canonical_url.as_deref());
    page.optional("declared language", signals.declared_language.as_deref());
    show_facts(page, document);
    page.heading("text");
    if let Fact::Found(extraction) = &document.facts.extraction {
        page.pair("expected F1", &format!("{:.3}", extraction.expected_f1));
    }
    let words = document.text().split_whitespace().count();
    page.pair("length", &format!("{} bytes, {} words", grouped(document.text().len() as u64), grouped(words as u64)));
    let shown = if full { document.text().to_owned() } else { shortened(document.text(), TEXT_SHOWN) };
    shown.lines().for_each(|line| page.line(line));
    if shown.len() < document.text().len() {
        page.line("(--full shows all of it)");
    }
}

fn show_facts(page: &mut Page, document: &Document) {
    page.heading("language");
    match &document.facts.language {
        Fact::Found(language) => {
            page.pair("language", &format!("{} in {}, score {:.3}", language.code, language.script, language.score));
        }
        Fact::NotFound | Fact::NotAsked => page.line("none found"),
    }
    if let Fact::Found(quality) = &document.facts.quality {
        page.heading("quality");
        page.pair(
            "words",
            &format!("{}, of {:.1} characters on average", grouped(quality.words), quality.word_length_mean),
        );
        page.pair("lines", &format!("{}, {} repeated", grouped(quality.lines), percent(quality.repeated_lines_share)));
        page.pair("ends of sentences", &format!("{} of the lines", percent(quality.terminated_lines_share)));
        page.pair("letters, digits", &format!("{} of the characters", percent(quality.alphanumeric_share)));
    }
    page.heading("rights");
    let Fact::Found(rights) = &document.facts.rights else {
        page.line("no license and no reservation stated");
        return;
    };
    page.pair("tier", rights.tier.as_str());
    page.pair("license", rights.spdx.as_deref().unwrap_or("none that has an identifier"));
    page.pair("covers", rights.scope.as_str());
    page.pair("confidence", rights.confidence.as_str());
    for evidence in &rights.evidence {
        let offset =
            evidence.offset_bytes.map_or_else(String::new, |offset| format!(" at byte {offset} of the payload"));
        page.pair("evidence", &format!("{} in {}{offset}: {}", evidence.kind, evidence.place, evidence.value));
        page.pair("", &evidence.snippet);
    }
    page.pair("reservation", rights.reservation.as_str());
    for evidence in &rights.reservation_evidence {
        page.pair("signal", &format!("{}: {}", evidence.signal, evidence.value));
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn show_outcome(page: &mut Page, plan: &Plan, outcome: &Outcome) {
    page.heading(&format!("plan {}", plan.name()));
    let names: Vec<&str> = plan.stage_names().collect();
    let (last, dropped) = match outcome {
        Outcome::Counted(dropped) => (0, Some(dropped)),
        Outcome::Dropped(not_kept) => (not_kept.index, Some(&not_kept.dropped)),
        Outcome::Kept(_) => (names.len(), None),
    };
    names
        .iter()
        .take(last)
        .filter(|name| !name.starts_with("dedup."))
        .for_each(|name| page.verdict(&format!("passes {name}"), true));
    match dropped {
        Some(dropped) => {
            let figures = match (dropped.found, dropped.bound) {
                (Some(found), Some(bound)) => format!(": {found} where the bound is {bound}"),
                _ => String::new(),
            };
            page.verdict(&format!("dropped by {}, {}{figures}", names[last], dropped.reason), false);
            if let Some(matched) = &dropped.matched {
                page.line(&matched_words(matched));
            }
            if let Outcome::Dropped(not_kept) = outcome {
                page.optional("panic", not_kept.panic.as_deref());
            }
        }
        None => page.verdict(kept_words(plan), true),
    }
}

/// What a document that all stages have passed may yet be dropped for.
fn kept_words(plan: &Plan) -> &'static str {
    let cuts_lines = |step: &DedupStep| matches!(step.deduplicator, Deduplicator::Lines(_));
    let (cut, whole): (Vec<_>, Vec<_>) = plan.dedup().iter().partition(|step| cuts_lines(step));
    match (whole.is_empty(), cut.is_empty()) {
        (true, true) => "kept",
        (false, true) => "kept, unless it is a duplicate of another document",
        (true, false) => "kept, without lines that many documents hold",
        (false, false) => "kept, unless it is a duplicate of another document, without lines that many documents hold",
    }
}

fn origin_json(origin: &Origin) -> Value {
    json!({
        "id": origin.id,
        "url": origin.url,
        "date": origin.date,
        "dump": origin.dump.as_deref(),
        "file_path": &*origin.file_path,
        "ordinal": origin.ordinal,
        "warc_record_offset": origin.offset_bytes,
        "warc_record_length": origin.length_bytes,
        "payload_digest": origin.payload_digest,
        "http_status": origin.http_status,
        "content_type": origin.content_type,
        "truncated": origin.truncated,
    })
}

fn document_json(document: &Document) -> Value {
    let language = document.facts.language.found();
    let language =
        language.map(|language| json!({ "code": language.code, "script": language.script, "score": language.score }));
    let rights = document.facts.rights.found().map(|rights| {
        let evidence = rights.evidence.iter().map(|evidence| {
            json!({
                "kind": evidence.kind,
                "where": evidence.place,
                "value": evidence.value,
                "snippet": evidence.snippet,
                "offset": evidence.offset_bytes,
            })
        });
        let signals =
            rights.reservation_evidence.iter().map(|found| json!({ "signal": found.signal, "value": found.value }));
        json!({
            "tier": rights.tier.as_str(),
            "spdx": rights.spdx,
            "scope": rights.scope.as_str(),
            "confidence": rights.confidence.as_str(),
            "evidence": evidence.collect::<Vec<_>>(),
            "reservation": rights.reservation.as_str(),
            "reservation_evidence": signals.collect::<Vec<_>>(),
        })
    });
    json!({
        "origin": origin_json(&document.origin),
        "charset": document.decoding.charset,
        "charset_source": document.decoding.source.as_str(),
        "replacements": document.decoding.replacements,
        "title": document.signals.title,
        "author": document.signals.author,
        "published": document.signals.published,
        "expected_f1": document.facts.extraction.found().map(|extraction| extraction.expected_f1),
        "language": language,
        "rights": rights,
        "text": document.text(),
    })
}
