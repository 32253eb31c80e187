//! The columns of every Parquet file that the program writes.
//!
//! FineWeb's names where FineWeb has them, so that loaders and recipes carry over. Order and types are format: a change
//! raises [`FORMAT_VERSION`].

use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef};

use crate::document::quality;

/// Version of the columns and of what a set's folder holds, in every file's metadata as `gristmill.format`.
///
/// 3 has the same columns as 2, Bloom filters for those by which rows are looked up, and `SHA256SUMS` and the
/// machine-readable cards besides.
pub const FORMAT_VERSION: u32 = 3;

/// Fields of one piece of license evidence.
pub static EVIDENCE: LazyLock<Fields> = LazyLock::new(|| {
    Fields::from(vec![
        text("kind"),
        text("where"),
        text("value"),
        text("snippet"),
        Field::new("offset", DataType::UInt64, true),
    ])
});

/// Fields of one signal that reserves rights, or says that they are not reserved.
pub static RESERVATION_EVIDENCE: LazyLock<Fields> = LazyLock::new(|| Fields::from(vec![text("signal"), text("value")]));

/// Fields of what an editor changed in a document.
pub static EDIT: LazyLock<Fields> = LazyLock::new(|| {
    Fields::from(vec![
        Field::new("stage", DataType::UInt32, false),
        text("what"),
        Field::new("count", DataType::UInt64, false),
    ])
});

/// Columns of `data/`, in order.
pub static DOCUMENTS: LazyLock<SchemaRef> = LazyLock::new(|| {
    let mut fields = document_fields();
    fields.push(Field::new("minhash_cluster_size", DataType::UInt32, false));
    let tier = Field::new_list_field(DataType::Utf8, false);
    fields.push(Field::new("minhash_cluster_tiers", DataType::List(Arc::new(tier)), true));
    Arc::new(Schema::new(fields))
});

/// How many columns of [`DOCUMENTS`] are about the document's cluster: its last ones.
pub const CLUSTER_COLUMNS: usize = 2;

/// Columns of the intermediate parts: those of [`DOCUMENTS`] without those about the cluster, figures of which only the
/// spread is told, what the stages behind deduplication said of the document, and what editors changed in it.
pub static PART: LazyLock<SchemaRef> = LazyLock::new(|| {
    let mut fields = document_fields();
    fields.push(Field::new("ordinal", DataType::UInt64, false));
    fields.extend(quality::KEPT.map(|name| Field::new(name, DataType::Float64, true)));
    fields.push(Field::new("after_stage", DataType::UInt32, true));
    fields.push(optional("after_reason"));
    fields.push(Field::new("after_found", DataType::Float64, true));
    fields.push(Field::new("after_bound", DataType::Float64, true));
    fields.push(optional("after_matched"));
    fields.push(optional("after_matched_at"));
    fields.push(Field::new("after_matched_share", DataType::Float64, true));
    let edit = Field::new_list_field(DataType::Struct(EDIT.clone()), false);
    fields.push(Field::new("edits", DataType::List(Arc::new(edit)), false));
    Arc::new(Schema::new(fields))
});

/// Columns of `ledger/`, in order.
pub static LEDGER: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![
        text("file_path"),
        Field::new("ordinal", DataType::UInt64, false),
        Field::new("warc_record_offset", DataType::UInt64, false),
        Field::new("warc_record_length", DataType::UInt64, false),
        text("id"),
        text("url"),
        text("stage"),
        text("reason"),
        Field::new("found", DataType::Float64, true),
        Field::new("bound", DataType::Float64, true),
        optional("kept_id"),
        optional("matched"),
        optional("matched_at"),
        Field::new("matched_share", DataType::Float64, true),
    ]))
});

/// Columns of `dropped/`, in order.
pub static DROPPED: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![
        text("id"),
        text("url"),
        text("file_path"),
        Field::new("ordinal", DataType::UInt64, false),
        text("stage"),
        text("reason"),
        optional("text"),
    ]))
});

/// Columns of `dedup/pairs-*.parquet`, in order.
pub static PAIRS: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![
        text("removed_id"),
        text("kept_id"),
        text("stage"),
        Field::new("similarity", DataType::Float32, false),
        text("similarity_kind"),
        Field::new("cluster", DataType::UInt64, false),
        optional("removed_tier"),
    ]))
});

/// Columns of `dedup/lines-*.parquet`, in order.
pub static LINES: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![
        Field::new("line_hash", DataType::UInt64, false),
        Field::new("documents", DataType::UInt32, false),
        text("example_id"),
    ]))
});

/// Columns of `removals/removed-*.parquet`, in order: what a takedown took out of `data/`, without its text.
pub static REMOVED: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![
        text("id"),
        optional("url"),
        text("file_path"),
        Field::new("warc_record_offset", DataType::UInt64, false),
        Field::new("warc_record_length", DataType::UInt64, false),
        text("text_digest"),
        Field::new("text_bytes", DataType::UInt64, false),
        Field::new("rule", DataType::UInt32, false),
        text("reason"),
    ]))
});

/// Columns of `dedup/signatures-*.parquet`, in order: keys of 64 bits of all bands, and 8 bits of all rows.
pub static SIGNATURES: LazyLock<SchemaRef> = LazyLock::new(|| {
    let bytes = |name: &str| Field::new(name, DataType::Binary, false);
    Arc::new(Schema::new(vec![text("id"), bytes("bands"), bytes("rows")]))
});

/// Columns that hold a value of their own in nearly every row, so that a dictionary only costs.
pub const WITHOUT_DICTIONARY: [&str; 11] = [
    "text",
    "id",
    "url",
    "payload_digest",
    "text_digest",
    "removed_id",
    "warc_record_offset",
    "ordinal",
    "bands",
    "rows",
    "line_hash",
];

/// Columns by which rows are looked up; published files that have them have Bloom filters of them.
pub const LOOKED_UP: [&str; 4] = ["id", "url", "removed_id", "kept_id"];

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

fn optional(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn list(name: &str, fields: &Fields) -> Field {
    let item = Field::new_list_field(DataType::Struct(fields.clone()), false);
    Field::new(name, DataType::List(Arc::new(item)), false)
}

fn document_fields() -> Vec<Field> {
    vec![
        text("text"),
        text("id"),
        optional("dump"),
        text("url"),
        text("date"),
        text("file_path"),
        optional("language"),
        optional("language_script"),
        Field::new("language_score", DataType::Float32, true),
        Field::new("language_share", DataType::Float32, true),
        Field::new("token_count", DataType::UInt32, true),
        Field::new("extraction_expected_f1", DataType::Float32, true),
        optional("license_spdx"),
        optional("license_url"),
        optional("license_tier"),
        optional("license_scope"),
        optional("license_confidence"),
        list("license_evidence", &EVIDENCE),
        optional("reservation"),
        list("reservation_evidence", &RESERVATION_EVIDENCE),
        optional("title"),
        optional("author"),
        optional("published"),
        optional("attribution_url"),
        Field::new("warc_record_offset", DataType::UInt64, false),
        Field::new("warc_record_length", DataType::UInt64, false),
        optional("payload_digest"),
        text("text_digest"),
        Field::new("http_status", DataType::UInt16, true),
        optional("content_type"),
        text("charset"),
        text("charset_source"),
        optional("truncated"),
    ]
}
