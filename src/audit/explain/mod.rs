//! Why a URL or a record was kept or dropped: its row in the set, or its row in the ledger.
//!
//! Rows are looked up by the Bloom filters of the files, so that it takes well under a second in a set of millions of
//! rows. What is told of a document that went for another one is how their texts differ, as far as both texts are there.

pub mod again;
pub mod columns;
pub mod differences;
pub mod reasons;

use std::path::Path;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{Float32Type, UInt64Type};
use serde_json::{Map, Value};

use self::differences::{Differences, differences};
use crate::ledger::row::LedgerRow;
use crate::ledger::run_record::{FileRecord, RunRecord};
use crate::plan::describe;
use crate::shard::cells::{column, text};
use crate::shard::formats::Kind;
use crate::shard::ledger;
use crate::shard::lookup::Lookup;
use crate::shard::writer::ShardError;
use crate::store::Store;

/// Most characters of a text's beginning.
const START_CHARACTERS_MAX: usize = 400;
/// Most pairs that are read of one row; a document that stands for more has them in `dedup/`.
pub const PAIRS_MAX: usize = 1000;

/// What became of one record.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// It is a row of the set.
    Kept(Box<Kept>),
    /// It is a row of the ledger.
    NotKept(Box<NotKept>),
}

/// A row of the set.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The shard, by its path below the set's folder.
    pub shard: String,
    /// Number of the row in the shard, from 0.
    pub row: u64,
    /// Its columns by their names, all but the text.
    pub columns: Map<String, Value>,
    /// Length of its text in bytes.
    pub text_bytes: usize,
    /// The beginning of its text.
    pub text_start: String,
    /// Documents that went for it, in input order, [`PAIRS_MAX`] at most; those that went for one of these have their
    /// own row in `dedup/`.
    pub stands_for: Vec<Pair>,
    /// How many documents went for it.
    pub stands_for_count: usize,
}

/// A row of the ledger, with what the set knows besides.
#[derive(Clone, Debug, PartialEq)]
pub struct NotKept {
    /// The row.
    pub row: LedgerRow,
    /// What the reason means, in a sentence.
    pub meaning: Option<&'static str>,
    /// The settings of the stage that dropped it: names and values, as in a preset.
    pub settings: Vec<(String, String)>,
    /// Length of its text in bytes, if its text is there.
    pub text_bytes: Option<usize>,
    /// The beginning of its text.
    pub text_start: Option<String>,
    /// Why its text could not be made again from its record, if that was tried.
    pub no_text: Option<String>,
    /// How it compares with the document that stands for it, if one does.
    pub other: Option<Other>,
}

/// The document that stands for one that went.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// Its `WARC-Record-ID`.
    pub id: String,
    /// How its similarity to the one that went is known.
    pub similarity_kind: Option<String>,
    /// Its URL, if the set knows it.
    pub url: Option<String>,
    /// Its shard and row, if it is in the set.
    pub place: Option<(String, u64)>,
    /// How the text that went, as first, differs from the one that stays, as second.
    pub differences: Result<Differences, NoText>,
}

/// Why two texts cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    /// The text of the one that went is not there.
    Removed,
    /// The text of the one that stands for it is not there.
    Standing,
}

/// A document that went for another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// `WARC-Record-ID` of the document that went.
    pub removed_id: String,
    /// Name of the stage that removed it.
    pub stage: String,
    /// Jaccard similarity of the two, 0..=1.
    pub similarity: f32,
    /// How that is known.
    pub similarity_kind: String,
}

/// Makes texts anew of which a set keeps none, from the record that a ledger row names.
pub trait Texts {
    /// The text that the document of this row had when it was dropped, or in words why it cannot be had.
    fn text_of(&self, row: &LedgerRow) -> Result<String, String>;
}

/// A finished set that is asked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Where its files lie.
    pub store: &'a dyn Store,
    /// Its folder.
    pub root: &'a Path,
    /// Its run record.
    pub record: &'a RunRecord,
    /// Where texts come from that it does not hold.
    pub texts: Option<&'a dyn Texts>,
}

impl Asked<'_> {
    /// Everything that the set says of a URL or an id. Angle brackets round an id may be left out.
    pub fn find(&self, key: &str) -> Result<Vec<Found>, ShardError> {
        let with_brackets = format!("<{key}>");
        let keys = [key, with_brackets.as_str()];
        let mut found = Vec::new();
        for shard in &self.record.shards {
            let lookup = self.open(shard, Kind::Documents)?;
            let rows = lookup.rows(&["id", "url"], &keys)?;
            lookup.read(&rows, None, |number, batch, row| {
                found.push(Found::Kept(Box::new(kept(&shard.path, number, batch, row))));
            })?;
        }
        for file in &self.record.ledger {
            let lookup = self.open(file, Kind::Ledger)?;
            let rows = lookup.rows(&["id", "url"], &keys)?;
            lookup.read(&rows, None, |_, batch, row| {
                let row = ledger::rows(&batch.slice(row, 1)).next().expect("a slice of one row has one");
                found.push(Found::NotKept(Box::new(not_kept(row))));
            })?;
        }
        for found in &mut found {
            match found {
                Found::Kept(kept) => self.add_pairs(kept)?,
                Found::NotKept(not_kept) => self.add_texts(not_kept)?,
            }
        }
        Ok(found)
    }

    fn open(&self, file: &FileRecord, kind: Kind) -> Result<Lookup, ShardError> {
        Lookup::open(self.store, &self.root.join(&file.path), &kind.columns(self.record.format))
    }

    /// The documents that went for this one.
    fn add_pairs(&self, kept: &mut Kept) -> Result<(), ShardError> {
        let Some(id) = kept.columns.get("id").and_then(Value::as_str).map(str::to_owned) else { return Ok(()) };
        if kept.columns.get("minhash_cluster_size").and_then(Value::as_u64) == Some(1) {
            return Ok(());
        }
        for file in &self.record.pairs {
            let lookup = self.open(file, Kind::Pairs)?;
            let rows = lookup.rows(&["kept_id"], &[&id])?;
            kept.stands_for_count += rows.len();
            let wanted = rows.len().min(PAIRS_MAX.saturating_sub(kept.stands_for.len()));
            lookup.read(&rows[..wanted], None, |_, batch, row| kept.stands_for.push(pair(batch, row)))?;
        }
        Ok(())
    }

    /// The text of a document that was dropped, its stage's settings, and how it compares with what stands for it.
    fn add_texts(&self, not_kept: &mut NotKept) -> Result<(), ShardError> {
        let NotKept { row, .. } = not_kept;
        let stages = self.record.plan.stages.as_array().into_iter().flatten();
        let stage = stages.into_iter().find(|stage| stage["name"].as_str() == Some(&row.stage));
        not_kept.settings = stage.map(|stage| describe::settings(&stage["stage"])).unwrap_or_default();
        let is_it = |file_path: &str, ordinal: u64| *file_path == *row.file_path && ordinal == row.ordinal;
        let mut text = self.dropped_text(&row.id, is_it)?;
        if let (None, Some(_), Some(texts)) = (&text, &row.kept_id, self.texts) {
            match texts.text_of(row) {
                Ok(made) => text = Some(made),
                Err(why) => not_kept.no_text = Some(why),
            }
        }
        if let Some(id) = row.kept_id.clone() {
            not_kept.other = Some(self.other(&row.id, id, text.as_deref())?);
        }
        not_kept.text_bytes = text.as_ref().map(String::len);
        not_kept.text_start = text.as_deref().map(start);
        Ok(())
    }

    fn other(&self, removed_id: &str, id: String, removed: Option<&str>) -> Result<Other, ShardError> {
        let mut other = Other { id, similarity_kind: None, url: None, place: None, differences: Err(NoText::Standing) };
        for file in &self.record.pairs {
            let lookup = self.open(file, Kind::Pairs)?;
            let rows = lookup.rows(&["removed_id"], &[removed_id])?;
            lookup.read(&rows, None, |_, batch, row| {
                if text(batch, "kept_id", row) == Some(&other.id) {
                    other.similarity_kind = text(batch, "similarity_kind", row).map(str::to_owned);
                }
            })?;
        }
        let mut standing = None;
        for shard in &self.record.shards {
            let lookup = self.open(shard, Kind::Documents)?;
            let rows = lookup.rows(&["id"], &[&other.id])?;
            lookup.read(&rows, Some(&["url", "text"]), |number, batch, row| {
                other.place = Some((shard.path.clone(), number));
                other.url = text(batch, "url", row).map(str::to_owned);
                standing = text(batch, "text", row).map(str::to_owned);
            })?;
        }
        if standing.is_none() {
            // What it went for may have gone for a third one in its turn.
            standing = self.dropped_text(&other.id, |_, _| true)?;
        }
        other.differences = match (removed, standing) {
            (None, _) => Err(NoText::Removed),
            (_, None) => Err(NoText::Standing),
            (Some(removed), Some(standing)) => Ok(differences(removed, &standing)),
        };
        Ok(other)
    }

    /// The text that `dropped/` holds of a record with this id, if it is that of this file and number.
    fn dropped_text(&self, id: &str, is_it: impl Fn(&str, u64) -> bool) -> Result<Option<String>, ShardError> {
        let mut found = None;
        for file in &self.record.dropped {
            let lookup = self.open(file, Kind::Dropped)?;
            let rows = lookup.rows(&["id"], &[id])?;
            lookup.read(&rows, Some(&["file_path", "ordinal", "text"]), |_, batch, row| {
                let ordinal = column(batch, "ordinal").as_primitive::<UInt64Type>().value(row);
                if is_it(text(batch, "file_path", row).unwrap_or_default(), ordinal) {
                    found = text(batch, "text", row).map(str::to_owned);
                }
            })?;
        }
        Ok(found)
    }
}

fn kept(shard: &str, number: u64, batch: &RecordBatch, row: usize) -> Kept {
    let document = text(batch, "text", row).unwrap_or_default();
    let mut columns = columns::row(&batch.slice(row, 1), 0);
    columns.remove("text");
    Kept {
        shard: shard.to_owned(),
        row: number,
        columns,
        text_bytes: document.len(),
        text_start: start(document),
        stands_for: Vec::new(),
        stands_for_count: 0,
    }
}

fn not_kept(row: LedgerRow) -> NotKept {
    let meaning = reasons::meaning(&row.reason);
    NotKept { row, meaning, settings: Vec::new(), text_bytes: None, text_start: None, no_text: None, other: None }
}

fn pair(batch: &RecordBatch, row: usize) -> Pair {
    let owned = |name: &str| text(batch, name, row).unwrap_or_default().to_owned();
    Pair {
        removed_id: owned("removed_id"),
        stage: owned("stage"),
        similarity: column(batch, "similarity").as_primitive::<Float32Type>().value(row),
        similarity_kind: owned("similarity_kind"),
    }
}

fn start(text: &str) -> String {
    text.chars().take(START_CHARACTERS_MAX).collect()
}
