//! What differs between two sets: rows, plans, inputs, funnels.
//!
//! A row is the same record in both if id, file and offset are; it has changed if any column that both sets have differs.
//! Texts are compared by their digests. Shards that both run records state with the same SHA-256 are not read.
//! Held in memory are 32 bytes for each row of the other shards of both sets, 16 more for each row that differs, and
//! counts by domain; columns are told apart for a million changed rows at a time.

mod fates;
pub mod funnels;
pub mod page;
pub mod plans;
mod rows;
pub mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::engine::EngineError;
use crate::engine::folder::Folder;
use crate::engine::manifest::Manifest;
use crate::ledger::amount::Amount;
use crate::ledger::run_record::RunRecord;
use crate::shard::writer::ShardError;
use crate::store::Store;
use crate::text::shown;
use funnels::FunnelRow;
use plans::{InputDifference, PlanDifference};

/// Domains that are told.
pub const TOP_DOMAINS: usize = 20;

/// Why two sets could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// A folder holds no finished set.
    #[error("{} holds no finished set\nhint: finish the run first, or name the folder that --out named", shown::path(.0))]
    NoSet(PathBuf),
    /// A set lacks a column without which rows cannot be told apart.
    #[error("{} has no column `{column}`, by which rows are compared", shown::path(.folder))]
    NoColumn {
        /// The set.
        folder: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// A Parquet file cannot be read.
    #[error(transparent)]
    Shard(#[from] ShardError),
    /// A record cannot be read.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// All that differs.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// The first set.
    pub a: Side,
    /// The second set.
    pub b: Side,
    /// Whether a takedown has made the second of the first.
    pub taken_down: bool,
    /// How many rows are the same, and how many are not.
    pub rows: RowCounts,
    /// Changed rows by column that differs.
    pub changed_columns: BTreeMap<String, u64>,
    /// Columns that only one of the sets has, or that have another type; they are not compared.
    pub not_compared: Vec<String>,
    /// Rows that only the first set has, by what the second one's ledger says of them.
    pub removed_by: Vec<FateCount>,
    /// Rows that only the second set has, by what the first one's ledger says of them.
    pub added_from: Vec<FateCount>,
    /// The registered domains with the most rows that differ.
    pub domains: Vec<Group>,
    /// How many domains have rows that differ.
    pub domains_total: u64,
    /// Rows that differ by language.
    pub languages: Vec<Group>,
    /// Rows that differ by license tier.
    pub tiers: Vec<Group>,
    /// Settings that differ.
    pub plan: Vec<PlanDifference>,
    /// Inputs that differ.
    pub inputs: Vec<InputDifference>,
    /// Both funnels, stage by stage.
    pub funnel: Vec<FunnelRow>,
}

impl Difference {
    /// Whether the two are the same set: the same rows by the same plan from the same inputs, with the same counts.
    pub fn is_none(&self) -> bool {
        let RowCounts { added, removed, changed, .. } = self.rows;
        let funnels_differ = self.funnel.iter().any(FunnelRow::differs);
        added + removed + changed == 0
            && self.plan.is_empty()
            && self.inputs.is_empty()
            && self.not_compared.is_empty()
            && !funnels_differ
    }
}

/// One of the two sets.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// Its folder, as given.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// Its version, if its maker stated one.
    pub version: Option<String>,
    /// Version of its format.
    pub format: u32,
    /// Version of the program that made it.
    pub tool: String,
    /// Digest of its plan.
    pub plan_digest: String,
    /// SHA-256 of its `manifest.json`.
    pub manifest_sha256: String,
    /// Documents and bytes of text.
    pub total: Amount,
}

/// Rows of both sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RowCounts {
    /// In both, with the same values.
    pub same: u64,
    /// Only in the second.
    pub added: u64,
    /// Only in the first.
    pub removed: u64,
    /// In both, with other values.
    pub changed: u64,
}

/// What the other set's ledger says of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FateCount {
    /// The stage that dropped them there; none if the ledger does not have them.
    pub stage: Option<String>,
    /// Why, or why the ledger does not have them.
    pub reason: String,
    /// How many.
    pub rows: u64,
}

/// Rows that differ and share something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What they share.
    pub name: String,
    /// Only in the second.
    pub added: u64,
    /// Only in the first.
    pub removed: u64,
    /// In both, with other values.
    pub changed: u64,
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowDifference {
    /// `removed`, `added` or `changed`.
    pub what: &'static str,
    /// `WARC-Record-ID`.
    pub id: String,
    /// Target URI.
    pub url: String,
    /// The input it was made from.
    pub file_path: String,
    /// Where the record begins there, in bytes.
    pub offset_bytes: u64,
    /// What the other set's ledger says of a row that is not there: stage, if it is in the ledger, and reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// See `stage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Of a changed row, the columns that differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
}

/// A finished set, opened.
pub(super) struct Opened<'a> {
    store: &'a dyn Store,
    root: &'a Path,
    record: RunRecord,
    manifest_sha256: String,
}

/// Compares two sets; `each` is told of every row that differs: first those that the first set alone has, then those that
/// the second alone has, then those that changed.
pub fn compare(
    store: &dyn Store,
    [a, b]: [&Path; 2],
    each: &mut dyn FnMut(&RowDifference),
) -> Result<Difference, DiffError> {
    let (a, b) = (open(store, a)?, open(store, b)?);
    let compared = rows::compare([&a, &b], each)?;
    let previous = b.record.previous.as_ref();
    Ok(Difference {
        taken_down: previous.is_some_and(|previous| previous.manifest_sha256 == a.manifest_sha256),
        rows: compared.counts,
        changed_columns: compared.columns,
        not_compared: compared.not_compared,
        removed_by: compared.removed_by,
        added_from: compared.added_from,
        domains_total: compared.domains.len() as u64,
        domains: most(compared.domains, TOP_DOMAINS),
        languages: most(compared.languages, usize::MAX),
        tiers: most(compared.tiers, usize::MAX),
        plan: plans::compare(&a.record, &b.record),
        inputs: plans::inputs(&a.record.inputs, &b.record.inputs),
        funnel: funnels::beside(&a.record.funnel, &b.record.funnel),
        a: a.side(),
        b: b.side(),
    })
}

fn open<'a>(store: &'a dyn Store, root: &'a Path) -> Result<Opened<'a>, DiffError> {
    let folder = Folder::new(root);
    if !folder.is_finished(store) {
        return Err(DiffError::NoSet(root.to_owned()));
    }
    let Manifest { record, sha256: manifest_sha256, .. } = Manifest::read(store, root)?;
    Ok(Opened { store, root, record, manifest_sha256 })
}

impl Opened<'_> {
    fn side(&self) -> Side {
        let record = &self.record;
        Side {
            folder: shown::path(self.root),
            name: record.name.clone(),
            version: record.about.version.clone(),
            format: record.format,
            tool: record.tool.version.clone(),
            plan_digest: record.plan.digest.clone(),
            manifest_sha256: self.manifest_sha256.clone(),
            total: record.statistics.total,
        }
    }
}

/// The groups with the most rows that differ, then by name.
fn most(groups: BTreeMap<String, [u64; 3]>, count: usize) -> Vec<Group> {
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<u64>()));
    let group = |(name, [added, removed, changed]): (String, [u64; 3])| Group { name, added, removed, changed };
    groups.into_iter().take(count).map(group).collect()
}
