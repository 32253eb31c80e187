//! What is known of a record, for people and as JSON.

use serde_json::{Map, Value, json};

use super::show::{Page, matched_words, shortened};
use crate::audit::explain::differences::{Differences, Piece};
use crate::audit::explain::{Found, Kept, NoText, NotKept, Other, Pair};
use crate::ledger::row::LedgerRow;

/// Most near-duplicates that are listed of one row.
const PAIRS_MAX: usize = 20;
/// Most places that are shown at which two texts differ.
const HUNKS_MAX: usize = 12;
/// Most pieces of evidence that are shown.
const EVIDENCE_MAX: usize = 10;
/// Most characters of a value or of the beginning of a text.
const VALUE_CHARACTERS_MAX: usize = 240;

/// Shows what became of a record.
pub fn show(page: &mut Page, found: &Found) {
    match found {
        Found::Kept(kept) => show_kept(page, kept),
        Found::NotKept(not_kept) => show_not_kept(page, not_kept),
    }
}

/// The same as one line of JSON, by the names of the columns.
pub fn json(found: &Found) -> Value {
    match found {
        Found::Kept(kept) => kept_json(kept),
        Found::NotKept(not_kept) => not_kept_json(not_kept),
    }
}

fn show_kept(page: &mut Page, kept: &Kept) {
    let Kept { shard, row, columns, text_bytes, text_start, .. } = kept;
    let text = |name: &str| columns.get(name).and_then(Value::as_str);
    let number = |name: &str| columns.get(name).and_then(Value::as_u64).unwrap_or_default();
    page.heading("kept");
    page.optional("url", text("url"));
    page.optional("id", text("id"));
    page.pair("row", &format!("{row} of {shard}"));
    let (offset, length) = (number("warc_record_offset"), number("warc_record_length"));
    page.pair("made from", &place(text("file_path").unwrap_or_default(), offset, length));
    page.optional("captured", text("date"));
    page.optional("title", text("title"));
    page.optional("author", text("author"));
    page.optional("language", text("language"));
    page.optional("license", text("license_spdx"));
    page.optional("license tier", text("license_tier"));
    page.optional("license url", text("license_url"));
    page.optional("license scope", text("license_scope"));
    page.optional("confidence", text("license_confidence"));
    show_evidence(page, "evidence", columns.get("license_evidence"), &["kind", "where", "value", "snippet"]);
    page.optional("reservation", text("reservation"));
    show_evidence(page, "signals", columns.get("reservation_evidence"), &["signal", "value"]);
    show_cluster(page, kept, number("minhash_cluster_size"));
    page.pair("text", &format!("{text_bytes} bytes: {}", shortened(text_start, VALUE_CHARACTERS_MAX)));
}

/// One line a statement: the values of these fields.
fn show_evidence(page: &mut Page, name: &str, evidence: Option<&Value>, fields: &[&str]) {
    let evidence = evidence.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for (number, statement) in evidence.iter().take(EVIDENCE_MAX).enumerate() {
        let values = fields.iter().filter_map(|field| statement[*field].as_str()).filter(|value| !value.is_empty());
        let words = values.collect::<Vec<_>>().join(", ");
        page.pair(if number == 0 { name } else { "" }, &shortened(&words, VALUE_CHARACTERS_MAX));
    }
    if evidence.len() > EVIDENCE_MAX {
        page.pair("", &format!("and {} more, with --json", evidence.len() - EVIDENCE_MAX));
    }
}

fn show_cluster(page: &mut Page, kept: &Kept, size: u64) {
    if size <= 1 && kept.stands_for_count == 0 {
        return;
    }
    page.pair("stands for", &format!("{size} documents, itself included"));
    for Pair { removed_id, stage, similarity, similarity_kind } in kept.stands_for.iter().take(PAIRS_MAX) {
        page.pair("", &format!("{removed_id}, similarity {similarity:.3} ({similarity_kind}), by {stage}"));
    }
    if kept.stands_for_count > PAIRS_MAX {
        page.pair("", &format!("and {} more, in dedup/", kept.stands_for_count - PAIRS_MAX));
    }
}

fn show_not_kept(page: &mut Page, not_kept: &NotKept) {
    let NotKept { row, meaning, settings, text_bytes, text_start, no_text, other } = not_kept;
    page.heading("dropped");
    page.pair("url", &row.url);
    page.pair("id", &row.id);
    page.pair("by stage", &row.stage);
    page.pair("reason", &row.reason);
    page.optional("which means", *meaning);
    match (row.found, row.bound) {
        (Some(found), Some(bound)) if row.kept_id.is_some() => {
            page.pair("similarity", &format!("{found:.3}, and at least {bound} is a near-duplicate"));
        }
        (Some(found), Some(bound)) => page.pair("figures", &format!("{found} where the bound is {bound}")),
        (Some(found), None) if row.kept_id.is_some() => page.pair("similarity", &format!("{found:.3}")),
        (Some(found), None) => page.pair("figure", &found.to_string()),
        _ => {}
    }
    if let Some(matched) = &row.matched {
        page.pair("matched", &matched_words(matched));
    }
    for (number, (name, value)) in settings.iter().enumerate() {
        let words = shortened(&format!("{name} = {value}"), VALUE_CHARACTERS_MAX);
        page.pair(if number == 0 { "stage's settings" } else { "" }, &words);
    }
    page.pair("lies in", &place(&row.file_path, row.offset_bytes, row.length_bytes));
    if let (Some(bytes), Some(start)) = (text_bytes, text_start) {
        page.pair("text", &format!("{bytes} bytes: {}", shortened(start, VALUE_CHARACTERS_MAX)));
    }
    page.optional("no text", no_text.as_deref());
    if let Some(other) = other {
        show_other(page, other);
    }
}

fn show_other(page: &mut Page, other: &Other) {
    page.heading("stands for it");
    page.pair("id", &other.id);
    page.optional("url", other.url.as_deref());
    match &other.place {
        Some((shard, row)) => page.pair("row", &format!("{row} of {shard}")),
        None => {
            page.pair("row", "not in this set: it went for another one, was dropped later, or is of an earlier set")
        }
    }
    page.optional("similarity is", other.similarity_kind.as_deref());
    match &other.differences {
        Ok(differences) => show_differences(page, differences),
        Err(NoText::Removed) => {
            page.line("How the two differ cannot be shown: the set does not hold the text of what it dropped.");
            page.line(
                "--warc DIR makes it again from its record; a run with `dropped = true` under [output] keeps it.",
            );
        }
        Err(NoText::Standing) => {
            page.line("How the two differ cannot be shown: the text of the one that stands for it is not in this set.");
        }
    }
}

fn show_differences(page: &mut Page, differences: &Differences) {
    let Differences { words, only, compared_max, hunks, hunks_count } = differences;
    page.pair("words", &format!("{} here, {} there", words[0], words[1]));
    if let Some(words_max) = compared_max {
        page.pair("", &format!("compared as far as {words_max} words of each"));
    }
    if hunks.is_empty() {
        page.pair("differences", "none: the same words in the same order");
        return;
    }
    page.pair("differences", &format!("{} words only here [-…-], {} only there {{+…+}}", only[0], only[1]));
    for hunk in hunks.iter().take(HUNKS_MAX) {
        page.line("");
        let pieces: Vec<String> = hunk.iter().map(piece_words).collect();
        page.line(&format!("… {} …", pieces.join(" ")));
    }
    if *hunks_count > HUNKS_MAX {
        page.line("");
        page.line(&format!("and at {} more places", hunks_count - HUNKS_MAX));
    }
}

fn piece_words(piece: &Piece) -> String {
    match piece {
        Piece::Both(words) => words.clone(),
        Piece::First(words) => format!("[-{words}-]"),
        Piece::Second(words) => format!("{{+{words}+}}"),
    }
}

fn kept_json(kept: &Kept) -> Value {
    let mut line = Map::new();
    line.insert("kept".into(), json!(true));
    line.insert("shard".into(), json!(kept.shard));
    line.insert("row".into(), json!(kept.row));
    line.extend(kept.columns.clone());
    line.insert("text_bytes".into(), json!(kept.text_bytes));
    line.insert("text_start".into(), json!(kept.text_start));
    let pairs = kept.stands_for.iter().map(|pair| {
        json!({
            "removed_id": pair.removed_id,
            "stage": pair.stage,
            "similarity": pair.similarity,
            "similarity_kind": pair.similarity_kind,
        })
    });
    line.insert("stands_for".into(), pairs.collect());
    line.insert("stands_for_count".into(), json!(kept.stands_for_count));
    Value::Object(line)
}

fn not_kept_json(not_kept: &NotKept) -> Value {
    let row: &LedgerRow = &not_kept.row;
    let settings: Map<String, Value> =
        not_kept.settings.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    json!({
        "kept": false,
        "file_path": &*row.file_path,
        "ordinal": row.ordinal,
        "warc_record_offset": row.offset_bytes,
        "warc_record_length": row.length_bytes,
        "id": row.id,
        "url": row.url,
        "stage": row.stage,
        "reason": row.reason,
        "meaning": not_kept.meaning,
        "found": row.found,
        "bound": row.bound,
        "kept_id": row.kept_id,
        "matched": row.matched.as_ref().map(|matched| &matched.sets),
        "matched_at": row.matched.as_ref().map(|matched| &matched.at),
        "matched_share": row.matched.as_ref().map(|matched| matched.share),
        "settings": settings,
        "text_bytes": not_kept.text_bytes,
        "text_start": not_kept.text_start,
        "no_text": not_kept.no_text,
        "stands_for_it": not_kept.other.as_ref().map(other_json),
    })
}

fn other_json(other: &Other) -> Value {
    let hunks = |differences: &Differences| -> Value {
        let piece = |piece: &Piece| match piece {
            Piece::Both(words) => json!({ "both": words }),
            Piece::First(words) => json!({ "removed": words }),
            Piece::Second(words) => json!({ "standing": words }),
        };
        differences.hunks.iter().map(|hunk| hunk.iter().map(piece).collect::<Value>()).collect()
    };
    json!({
        "id": other.id,
        "url": other.url,
        "shard": other.place.as_ref().map(|(shard, _)| shard),
        "row": other.place.as_ref().map(|(_, row)| row),
        "similarity_kind": other.similarity_kind,
        "differences": other.differences.as_ref().ok().map(|differences| json!({
            "words_removed": differences.words[0],
            "words_standing": differences.words[1],
            "only_removed": differences.only[0],
            "only_standing": differences.only[1],
            "compared_words_max": differences.compared_max,
            "places": differences.hunks_count,
            "hunks": hunks(differences),
        })),
    })
}

fn place(file: &str, offset: u64, length: u64) -> String {
    format!("{file}, {length} bytes at {offset}")
}
