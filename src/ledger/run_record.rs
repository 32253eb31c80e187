//! The run record: `manifest.json`, from which the cards are made.
//!
//! It depends on the inputs and the plan alone. What belongs to the one run (times, machine) is in `run.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::amount::Amount;
use super::figures::{DomainSpread, FigureRecord};
use super::mix::CrawlMix;
use super::removal::{Previous, RemovalRecord};
use super::sample::SampleRow;
use super::statistics::Statistics;
use super::tally::Tally;
use super::tokens::TokensRecord;
use crate::plan::about::About;
use crate::text::shown;

/// Name of the file of the record.
pub const MANIFEST: &str = "manifest.json";

/// The record of how a set was made and what it holds.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct RunRecord {
    /// Version of this format and of the Parquet columns.
    pub format: u32,
    /// Name and version of the program.
    pub tool: Tool,
    /// Name of the set.
    pub name: String,
    /// What its maker says of it.
    #[serde(default, skip_serializing_if = "About::is_empty")]
    pub about: About,
    /// The template of `README.md` that the preset names; none if it is the program's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readme_template: Option<String>,
    /// The plan.
    pub plan: PlanRecord,
    /// What was read.
    pub inputs: Vec<InputRecord>,
    /// `data/`, in input order.
    pub shards: Vec<FileRecord>,
    /// `ledger/`, in input order.
    pub ledger: Vec<FileRecord>,
    /// `dropped/`, in input order; empty if the preset does not ask for it.
    pub dropped: Vec<FileRecord>,
    /// `dedup/`.
    pub pairs: Vec<FileRecord>,
    /// Signatures of the documents in the set; empty if the preset does not ask for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<FileRecord>,
    /// `dedup/lines-*.parquet`, the lines that were cut; empty if the preset does not ask for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<FileRecord>,
    /// What was cut of lines that many documents hold; none if the preset does not ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cuts: Option<Cuts>,
    /// Other files of the set that are data and not a card.
    pub tables: Vec<FileRecord>,
    /// What every stage saw, kept and dropped.
    pub funnel: Tally,
    /// Oddities of the inputs that lost nothing, by kind.
    pub repairs: BTreeMap<String, u64>,
    /// What the pages of the inputs are, those among them that were dropped.
    #[serde(default)]
    pub crawl: CrawlMix,
    /// What the kept documents are.
    pub statistics: Statistics,
    /// How figures of the kept documents are spread, those that the plan finds.
    #[serde(default)]
    pub figures: Vec<FigureRecord>,
    /// Tokens of the kept documents; none if the plan counts none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<TokensRecord>,
    /// How the kept documents are spread over domains.
    #[serde(default)]
    pub domain_spread: DomainSpread,
    /// The domains with the most bytes of text, largest first.
    pub top_domains: Vec<DomainRecord>,
    /// A few documents to look at, chosen by the hashes of their ids.
    #[serde(default)]
    pub samples: Vec<SampleRow>,
    /// The version that a takedown began with; none of a set as a run has made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Previous>,
    /// All that takedowns took out of the set since the run, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removals: Vec<RemovalRecord>,
    /// Figures that the run had counted and that no column holds, so that a takedown had to leave them out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_recomputed: Vec<String>,
}

impl RunRecord {
    /// `manifest.json`, byte by byte.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).expect("the record holds no map with keys that are not text");
        json.push('\n');
        shown::json(&json).into_owned()
    }

    /// Every published file but the manifest and the cards.
    pub fn files(&self) -> impl Iterator<Item = &FileRecord> + Clone {
        let lists =
            [&self.shards, &self.ledger, &self.dropped, &self.pairs, &self.signatures, &self.lines, &self.tables];
        lists.into_iter().flatten()
    }
}

/// The program that made a set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The plan of a run.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct PlanRecord {
    /// SHA-256 over all that decides the bytes that come out.
    pub digest: String,
    /// Version of what the stages do.
    pub recipe_version: u32,
    /// The stages in the order in which they ran, with every default filled in.
    pub stages: Value,
    /// The form of the files.
    pub output: Value,
}

/// What `dedup.lines` cut. Documents that stages behind it dropped are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Cuts {
    /// Most documents that a line could stand in without being cut.
    pub documents_max: u32,
    /// Different lines that were cut.
    pub lines: u64,
    /// How often they stood in documents.
    pub times: u64,
    /// Documents that lost lines, those of which nothing was left among them.
    pub documents: u64,
    /// Bytes by which texts became shorter, line breaks included.
    pub text_bytes: u64,
}

/// One input.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct InputRecord {
    /// Its URL, or its path below the input's root.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Records read, stretches of damage included.
    pub records: u64,
    /// Records that could not be read.
    pub damaged: u64,
}

/// One Parquet file or table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct FileRecord {
    /// Path below the set's folder.
    pub path: String,
    /// Rows.
    pub rows: u64,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Bytes of its rows in memory, as Arrow lays them out; 0 where nobody counted them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub arrow_bytes: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
fn is_zero(bytes: &u64) -> bool {
    *bytes == 0
}

/// What a domain gave.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct DomainRecord {
    /// Registered domain.
    pub domain: String,
    /// Documents and bytes of text.
    pub amount: Amount,
}

/// Reasons of the `warc` stage that tell of records which nobody wanted, and not of damage.
pub const INTENDED: [&str; 7] = [
    "warc.not_content",
    "warc.revisit",
    "warc.http_status",
    "warc.not_html",
    "warc.not_http",
    "warc.not_joined",
    "warc.unknown_type",
];

/// Whether a reason tells of bytes that could not be read.
pub fn is_damage(reason: &str) -> bool {
    reason.starts_with("warc.") && !INTENDED.contains(&reason)
}
