//! What was taken out of a set after it was made: by which rule, when and how much, and never the text that went.

use serde::{Deserialize, Serialize};

/// What a rule of a takedown names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// A host and all hosts below it.
    Domain,
    /// All URLs that begin so, up to a boundary of the path.
    UrlPrefix,
    /// One URL.
    Url,
    /// One record, by its `WARC-Record-ID`.
    Id,
    /// One text, by its digest.
    TextDigest,
    /// All texts that hold a passage.
    Passage,
}

impl RuleKind {
    /// All of them, in the order in which a reader would look for them.
    pub const ALL: [Self; 6] = [Self::Domain, Self::UrlPrefix, Self::Url, Self::Id, Self::TextDigest, Self::Passage];

    /// The word of the run record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::UrlPrefix => "url_prefix",
            Self::Url => "url",
            Self::Id => "id",
            Self::TextDigest => "text_digest",
            Self::Passage => "passage",
        }
    }
}

/// One rule of a takedown, and what it took.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct RemovalRecord {
    /// Number of the takedown, from 1.
    pub takedown: u32,
    /// What the rule names.
    pub kind: RuleKind,
    /// The rule as given; none for a passage, and none where URLs are to be forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// BLAKE3 of the rule's normal form, in hex: enough to see whether a row is meant.
    pub blake3: String,
    /// Length of the normal form, in bytes; of a passage in words.
    pub length: u64,
    /// Of a passage the rolling hash of its words, in hex, by which it is looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rolling: Option<String>,
    /// Day of the takedown, `YYYY-MM-DD`, as its maker states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What its maker says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Rows of `data/` that went; a row that several rules name counts for the first.
    pub rows: u64,
    /// Bytes of their texts.
    pub text_bytes: u64,
    /// Texts of `dropped/` that went; their rows stay without them.
    pub dropped_texts: u64,
}

/// The version of a set that a takedown began with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Previous {
    /// Its name.
    pub name: String,
    /// Its version, if its maker stated one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// SHA-256 of its `manifest.json`, in hex.
    pub manifest_sha256: String,
    /// Documents that it held.
    pub documents: u64,
    /// What the preset of the run said of version and day, on which the plan's digest rests.
    #[serde(default)]
    pub planned: Planned,
}

/// What a preset said and a takedown may say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Planned {
    /// `about.version`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `about.published`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
}
