//! What the columns of `data/` mean, for cards that describe each of them.

/// The columns of [`DOCUMENTS`](crate::shard::schema::DOCUMENTS), and fields of their lists as `list.field`, each with
/// its meaning.
const MEANINGS: [(&str, &str); 42] = [
    ("text", "Main text of the page."),
    ("id", "WARC-Record-ID of the response, angle brackets included."),
    ("dump", "Name of the crawl, if the file's path or its warcinfo record tells it."),
    ("url", "Target URI of the response."),
    ("date", "WARC-Date: when the response was captured."),
    ("file_path", "The crawl file that holds the record, by its URL or its path below the input's root."),
    ("language", "Main language of the text, ISO 639-3; null if none was found."),
    ("language_script", "Script of the language, ISO 15924."),
    ("language_score", "How sure the language is, 0 to 1."),
    ("language_share", "Share of the text that is in the main language, 0 to 1; null if blocks were not asked."),
    ("token_count", "Tokens of the text; null if the plan counts none or did not count those of this document."),
    ("extraction_expected_f1", "What the extractor expects its F1 to be on this page, 0 to 1."),
    ("license_spdx", "License of the text as SPDX expression; null if none was found or its version is not stated."),
    ("license_url", "Address of the license's text."),
    (
        "license_tier",
        "What the license lets a maker of training sets do: open, noncommercial, noderivatives, unclear, \
        reserved or none.",
    ),
    ("license_scope", "What the statement of the license covers."),
    ("license_confidence", "How sure the verdict on the license is: strong, medium or weak."),
    ("license_evidence", "What the verdict on the license rests on, strongest first."),
    ("license_evidence.kind", "How the license is stated."),
    ("license_evidence.where", "Where on the page that stands."),
    ("license_evidence.value", "The statement as written."),
    ("license_evidence.snippet", "Text around it."),
    ("license_evidence.offset", "Where in the payload it stands, in bytes; null if that is not known."),
    (
        "reservation",
        "Whether the response reserves its rights against text and data mining: reserved, allowed or unset.",
    ),
    ("reservation_evidence", "The signals that this rests on."),
    ("reservation_evidence.signal", "Kind of the signal."),
    ("reservation_evidence.value", "The signal as written."),
    ("title", "Title of the page."),
    ("author", "Author, as the page states it."),
    ("published", "Date of publication, as the page states it."),
    ("attribution_url", "Address that a license notice has to name."),
    ("warc_record_offset", "Where the record begins in the crawl file, in bytes."),
    ("warc_record_length", "Length of the record there, in bytes: a range request for both returns the record."),
    ("payload_digest", "WARC-Payload-Digest, as the crawl file states it."),
    ("text_digest", "BLAKE3 digest of the text in UTF-8."),
    ("http_status", "Status of the response."),
    ("content_type", "Content-Type header of the response."),
    ("charset", "Character encoding that the page was decoded by."),
    ("charset_source", "What named the encoding."),
    ("truncated", "Why the crawler cut the payload; null if it did not."),
    ("minhash_cluster_size", "Near-duplicates that this row stands for, itself included."),
    (
        "minhash_cluster_tiers",
        "License tiers that near-duplicates of this row state, where they differ from each other.",
    ),
];

/// What a column, or a field of a list as `list.field`, means.
pub fn meaning(name: &str) -> &'static str {
    MEANINGS.iter().find(|(column, _)| *column == name).map_or("", |(_, meaning)| meaning)
}

#[cfg(test)]
mod tests {
    use arrow::datatypes::DataType;

    use super::*;
    use crate::shard::schema::DOCUMENTS;

    #[test]
    fn every_column_is_described_and_nothing_else() {
        let mut columns: Vec<String> = Vec::new();
        for field in DOCUMENTS.fields() {
            columns.push(field.name().clone());
            if let DataType::List(item) = field.data_type()
                && let DataType::Struct(fields) = item.data_type()
            {
                columns.extend(fields.iter().map(|inner| format!("{}.{}", field.name(), inner.name())));
            }
        }
        assert_eq!(columns, MEANINGS.map(|(name, _)| name));
        assert!(columns.iter().all(|name| !meaning(name).is_empty()));
    }
}
