//! The columns of `data/`, in the words of the Hugging Face Hub, and what each means to a reader.
//!
//! A test holds names and types to the Parquet schema, so a column cannot be added without its line here.

use std::fmt::Write;

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What a value is.
    pub kind: Kind,
    /// What it means, in a sentence.
    pub meaning: &'static str,
}

/// What a value of a column is; types by the Hub's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One value of this type.
    One(&'static str),
    /// Any number of values of this type.
    List(&'static str),
    /// Any number of records of these fields, each with its type.
    Records(&'static [(&'static str, &'static str)]),
}

impl Kind {
    /// The type in words, for a table.
    pub fn words(self) -> String {
        match self {
            Self::One(word) => word.to_owned(),
            Self::List(word) => format!("list of {word}"),
            Self::Records(fields) => {
                let fields: Vec<_> = fields.iter().map(|(name, word)| format!("{name}: {word}")).collect();
                format!("list of {{{}}}", fields.join(", "))
            }
        }
    }
}

const EVIDENCE: &[(&str, &str)] =
    &[("kind", "string"), ("where", "string"), ("value", "string"), ("snippet", "string"), ("offset", "uint64")];
const SIGNALS: &[(&str, &str)] = &[("signal", "string"), ("value", "string")];

/// All columns, in their order.
#[rustfmt::skip]
pub const COLUMNS: &[Column] = &[
    one("text", "string", "The main text of the page."),
    one("id", "string", "The crawl's own id of the record (WARC-Record-ID)."),
    one("dump", "string", "The crawl, as its files name it."),
    one("url", "string", "The address that was fetched."),
    one("date", "string", "When it was fetched (WARC-Date)."),
    one("file_path", "string", "The crawl file that holds the record."),
    one("language", "string", "Language of the text, ISO 639-3."),
    one("language_script", "string", "Script of the text, ISO 15924."),
    one("language_score", "float32", "How sure the identifier is of the language, 0 to 1."),
    one("language_share", "float32", "Share of the text's letters in blocks of this language, 0 to 1."),
    one("token_count", "uint32", "Tokens of the text, where they were counted."),
    one("extraction_expected_f1", "float32", "How well the text was told from the rest of its page, as the extractor expects; 0 to 1."),
    one("license_spdx", "string", "The license that the page states for its text, as an SPDX expression."),
    one("license_url", "string", "The address of that license's text."),
    one("license_tier", "string", "What the license allows; see Licenses."),
    one("license_scope", "string", "What the license covers: the page, the site, a part of the text."),
    one("license_confidence", "string", "How sure that finding is: strong, medium or weak."),
    Column { name: "license_evidence", kind: Kind::Records(EVIDENCE), meaning: "What the finding rests on, and where in the page's bytes it stands." },
    one("reservation", "string", "Whether the page reserves its rights against text and data mining."),
    Column { name: "reservation_evidence", kind: Kind::Records(SIGNALS), meaning: "The signals that say so." },
    one("title", "string", "Title of the page, as it states it."),
    one("author", "string", "Author, as the page states it."),
    one("published", "string", "Date of publication, as the page states it."),
    one("attribution_url", "string", "The address that a notice of attribution should name."),
    one("warc_record_offset", "uint64", "Where the record begins in the crawl file, in bytes."),
    one("warc_record_length", "uint64", "Length of the record there, in bytes."),
    one("payload_digest", "string", "Digest of the page's bytes, as the crawl states it."),
    one("text_digest", "string", "BLAKE3 digest of the column `text`."),
    one("http_status", "uint16", "Status of the response."),
    one("content_type", "string", "Type of the response, as its server stated it."),
    one("charset", "string", "Encoding that the page was read in."),
    one("charset_source", "string", "What told the encoding."),
    one("truncated", "string", "Why the crawler cut the page, if it did."),
    one("minhash_cluster_size", "uint32", "Near-duplicates that this row stands for, itself included."),
    Column { name: "minhash_cluster_tiers", kind: Kind::List("string"), meaning: "License tiers among those near-duplicates, where they differ." },
];

const fn one(name: &'static str, word: &'static str, meaning: &'static str) -> Column {
    Column { name, kind: Kind::One(word), meaning }
}

/// The columns as `features` of the Hub's front matter, each line after `indent`.
pub fn features(indent: &str) -> String {
    let mut out = String::new();
    let mut line = |text: std::fmt::Arguments<'_>| {
        writeln!(out, "{indent}{text}").expect("a string takes all that is written to it");
    };
    for column in COLUMNS {
        line(format_args!("- name: {}", column.name));
        match column.kind {
            Kind::One(word) => line(format_args!("  dtype: {word}")),
            Kind::List(word) => line(format_args!("  list: {word}")),
            Kind::Records(fields) => {
                line(format_args!("  list:"));
                for (name, word) in fields {
                    line(format_args!("  - name: {name}"));
                    line(format_args!("    dtype: {word}"));
                }
            }
        }
    }
    out
}
