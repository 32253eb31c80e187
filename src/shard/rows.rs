//! Rows of [`schema::PART`] -> documents, for stages that judge a document again after its text was changed.
//!
//! What a row keeps of a document comes back: text, origin, title, author and date, language, rights, and how well the
//! text was told from the rest. What it does not keep is as if nobody had asked: other signals, quality figures, and how
//! many characters could not be decoded. No filter reads those, which a test of the catalogue holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, Float64Builder, RecordBatch, StringArray, StringBuilder, StructArray,
    UInt32Array, UInt32Builder,
};
use arrow::datatypes::{ArrowPrimitiveType, Float32Type, UInt16Type, UInt64Type};

use super::cells::column;
use super::documents::PartRow;
use super::edits::{self, EditsColumn};
use super::schema;
use crate::document::extraction::Extraction;
use crate::document::fact::Fact;
use crate::document::interned::interned;
use crate::document::language::Language;
use crate::document::origin::Origin;
use crate::document::quality::KEPT;
use crate::document::reason::{Dropped, Matched};
use crate::document::rights::{Confidence, Evidence, Reservation, ReservationEvidence, Rights, Scope, Tier};
use crate::document::signals::Signals;
use crate::document::{CharsetSource, Decoding, Document};

/// The document of one row.
pub fn document(batch: &RecordBatch, row: usize) -> Document {
    let row = Row { batch, row };
    let origin = Origin {
        id: row.text("id"),
        url: row.text("url"),
        date: row.text("date"),
        dump: row.optional("dump").map(Arc::from),
        file_path: row.text("file_path").into(),
        ordinal: row.number::<UInt64Type>("ordinal").unwrap_or_default(),
        offset_bytes: row.number::<UInt64Type>("warc_record_offset").unwrap_or_default(),
        length_bytes: row.number::<UInt64Type>("warc_record_length").unwrap_or_default(),
        payload_digest: row.optional("payload_digest").map(str::to_owned),
        http_status: row.number::<UInt16Type>("http_status"),
        content_type: row.optional("content_type").map(str::to_owned),
        truncated: row.optional("truncated").map(str::to_owned),
    };
    let decoding = Decoding {
        charset: row.word("charset"),
        source: CharsetSource::from_word(&row.text("charset_source")).unwrap_or(CharsetSource::Detected),
        replacements: 0,
    };
    let owned = |name: &str| row.optional(name).map(str::to_owned);
    let (title, author, published) = (owned("title"), owned("author"), owned("published"));
    let signals = Signals { title, author, published, ..Signals::default() };
    let mut document = Document::new(row.text("text"), origin, decoding, signals);
    let extraction = row.number::<Float32Type>("extraction_expected_f1");
    document.facts.extraction =
        extraction.map_or(Fact::NotAsked, |expected_f1| Fact::Found(Extraction { expected_f1 }));
    document.facts.language = Fact::from(row.language());
    document.facts.rights = row.rights().map_or(Fact::NotAsked, Fact::Found);
    document.edits = edits::edits(column(row.batch, "edits"), row.row);
    document
}

/// The batch with other texts, digests, figures and verdicts in these rows.
pub fn with_changed(batch: RecordBatch, changed: &BTreeMap<usize, PartRow>) -> RecordBatch {
    if changed.is_empty() {
        return batch;
    }
    let texts = |name: &str, new: &dyn Fn(&PartRow) -> Option<String>| -> ArrayRef {
        let old: &StringArray = column(&batch, name).as_string();
        let mut out = StringBuilder::with_capacity(old.len(), old.value_data().len());
        for row in 0..old.len() {
            match changed.get(&row) {
                Some(changed) => out.append_option(new(changed)),
                None => out.append_option(old.is_valid(row).then(|| old.value(row))),
            }
        }
        Arc::new(out.finish())
    };
    let figures = |name: &str, new: &dyn Fn(&PartRow) -> Option<f64>| -> ArrayRef {
        let old: &Float64Array = column(&batch, name).as_primitive();
        let mut out = Float64Builder::with_capacity(old.len());
        old.iter().enumerate().for_each(|(row, old)| out.append_option(changed.get(&row).map_or(old, new)));
        Arc::new(out.finish())
    };
    let stages: &UInt32Array = column(&batch, "after_stage").as_primitive();
    let mut after_stage = UInt32Builder::with_capacity(stages.len());
    for (row, old) in stages.iter().enumerate() {
        let new = |row: &PartRow| row.after.as_ref().map(|(stage, _)| *stage as u32);
        after_stage.append_option(changed.get(&row).map_or(old, new));
    }
    fn dropped(row: &PartRow) -> Option<&Dropped> {
        row.after.as_ref().map(|(_, dropped)| dropped)
    }
    fn matched(row: &PartRow) -> Option<&Matched> {
        dropped(row).and_then(|dropped| dropped.matched.as_deref())
    }
    let mut edits = EditsColumn::default();
    for row in 0..batch.num_rows() {
        match changed.get(&row) {
            Some(changed) => edits.push(&changed.document.edits),
            None => edits.push(&edits::edits(column(&batch, "edits"), row)),
        }
    }
    let counts: &UInt32Array = column(&batch, "token_count").as_primitive();
    let mut token_count = UInt32Builder::with_capacity(counts.len());
    for (row, old) in counts.iter().enumerate() {
        let new = |row: &PartRow| row.document.facts.tokens.found().copied();
        token_count.append_option(changed.get(&row).map_or(old, new));
    }
    let quality =
        |figure: usize| move |row: &PartRow| row.document.facts.quality.found().map(|found| found.kept()[figure]);
    let quality = KEPT.iter().enumerate().map(|(figure, name)| (*name, figures(name, &quality(figure))));
    let replaced: [(&str, ArrayRef); 11] = [
        ("token_count", Arc::new(token_count.finish())),
        ("text", texts("text", &|row| Some(row.document.text().to_owned()))),
        ("text_digest", texts("text_digest", &|row| Some(row.text_digest.clone()))),
        ("after_stage", Arc::new(after_stage.finish())),
        ("after_reason", texts("after_reason", &|row| dropped(row).map(|dropped| dropped.reason.to_string()))),
        ("after_found", figures("after_found", &|row| dropped(row).and_then(|dropped| dropped.found))),
        ("after_bound", figures("after_bound", &|row| dropped(row).and_then(|dropped| dropped.bound))),
        ("after_matched", texts("after_matched", &|row| matched(row).map(|matched| matched.sets.clone()))),
        ("after_matched_at", texts("after_matched_at", &|row| matched(row).map(|matched| matched.at.clone()))),
        ("after_matched_share", figures("after_matched_share", &|row| matched(row).map(|matched| matched.share))),
        ("edits", edits.take()),
    ];
    let mut columns = batch.columns().to_vec();
    for (name, array) in replaced.into_iter().chain(quality) {
        columns[schema::PART.index_of(name).expect("the schema has this column")] = array;
    }
    RecordBatch::try_new(Arc::clone(&schema::PART), columns).expect("types and lengths are those of before")
}

/// One row of a part.
#[derive(Clone, Copy)]
struct Row<'a> {
    batch: &'a RecordBatch,
    row: usize,
}

impl<'a> Row<'a> {
    fn optional(self, name: &str) -> Option<&'a str> {
        let column = column(self.batch, name).as_string::<i32>();
        column.is_valid(self.row).then(|| column.value(self.row))
    }

    fn text(self, name: &str) -> String {
        self.optional(name).unwrap_or_default().to_owned()
    }

    fn word(self, name: &str) -> &'static str {
        interned(self.optional(name).unwrap_or_default())
    }

    fn number<T: ArrowPrimitiveType>(self, name: &str) -> Option<T::Native> {
        let column = column(self.batch, name).as_primitive::<T>();
        column.is_valid(self.row).then(|| column.value(self.row))
    }

    fn language(self) -> Option<Language> {
        let code = interned(self.optional("language")?);
        let score = self.number::<Float32Type>("language_score")?;
        let share = self.number::<Float32Type>("language_share");
        Some(Language { code, script: self.word("language_script"), score, share })
    }

    fn rights(self) -> Option<Rights> {
        let owned = |name: &str| self.optional(name).map(str::to_owned);
        Some(Rights {
            spdx: owned("license_spdx"),
            license_url: owned("license_url"),
            tier: Tier::from_word(self.optional("license_tier")?)?,
            scope: self.optional("license_scope").and_then(Scope::from_word).unwrap_or(Scope::None),
            // A row without a license states no confidence.
            confidence: self.optional("license_confidence").and_then(Confidence::from_word).unwrap_or(Confidence::Weak),
            evidence: self.list("license_evidence", |fields, item| Evidence {
                kind: interned(field(fields, "kind", item)),
                place: interned(field(fields, "where", item)),
                value: field(fields, "value", item).to_owned(),
                snippet: field(fields, "snippet", item).to_owned(),
                offset_bytes: fields.column_by_name("offset").and_then(|offsets| {
                    let offsets = offsets.as_primitive::<UInt64Type>();
                    offsets.is_valid(item).then(|| offsets.value(item))
                }),
            }),
            reservation: self.optional("reservation").and_then(Reservation::from_word).unwrap_or(Reservation::Unset),
            reservation_evidence: self.list("reservation_evidence", |fields, item| ReservationEvidence {
                signal: interned(field(fields, "signal", item)),
                value: field(fields, "value", item).to_owned(),
            }),
            attribution_url: owned("attribution_url"),
        })
    }

    fn list<T>(self, name: &str, item: impl Fn(&StructArray, usize) -> T) -> Vec<T> {
        let list = column(self.batch, name).as_list::<i32>().value(self.row);
        let fields = list.as_struct();
        (0..fields.len()).map(|number| item(fields, number)).collect()
    }
}

fn field<'a>(fields: &'a StructArray, name: &str, item: usize) -> &'a str {
    fields.column_by_name(name).expect("the reader has checked the columns").as_string::<i32>().value(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::edits::Edit;
    use crate::document::reason::Reason;
    use crate::shard::documents::Columns;

    fn full() -> Document {
        let origin = Origin {
            id: "<urn:1>".into(),
            url: "https://example.org/".into(),
            date: "2026-01-01T00:00:00Z".into(),
            dump: Some("CRAWL-1".into()),
            file_path: "a.warc.gz".into(),
            ordinal: 3,
            offset_bytes: 5,
            length_bytes: 7,
            payload_digest: Some("sha1:X".into()),
            http_status: Some(200),
            content_type: Some("text/html".into()),
            truncated: Some("length".into()),
        };
        let decoding = Decoding { charset: "windows-1252", source: CharsetSource::Meta, replacements: 0 };
        let signals = Signals { title: Some("Title".into()), author: Some("Author".into()), ..Signals::default() };
        let mut document = Document::new("one\ntwo".into(), origin, decoding, signals);
        document.edits = vec![Edit { stage: 3, what: "email", count: 2 }];
        document.facts.extraction = Fact::Found(Extraction { expected_f1: 0.75 });
        document.facts.language = Fact::Found(Language { code: "eng", script: "Latn", score: 0.5, share: Some(0.75) });
        document.facts.rights = Fact::Found(Rights {
            spdx: Some("CC-BY-4.0".into()),
            license_url: Some("https://creativecommons.org/licenses/by/4.0/".into()),
            tier: Tier::Open,
            scope: Scope::Page,
            confidence: Confidence::Strong,
            evidence: vec![Evidence {
                kind: "rel_license",
                place: "footer",
                value: "value".into(),
                snippet: "snippet".into(),
                offset_bytes: Some(9),
            }],
            reservation: Reservation::Allowed,
            reservation_evidence: vec![ReservationEvidence { signal: "content-usage", value: "train-ai=y".into() }],
            attribution_url: Some("https://example.org/".into()),
        });
        document
    }

    fn row(document: Document) -> PartRow {
        PartRow { document, text_digest: "digest".into(), after: None }
    }

    fn batch(documents: impl IntoIterator<Item = Document>) -> RecordBatch {
        let mut columns = Columns::default();
        documents.into_iter().for_each(|document| columns.push(&row(document)));
        columns.take().expect("columns of one length")
    }

    #[test]
    fn documents_come_back_as_far_as_a_row_keeps_them() {
        let mut bare = full();
        (bare.facts, bare.signals, bare.edits) = Default::default();
        let batch = batch([full(), bare.clone()]);
        assert_eq!(document(&batch, 0), full());
        let found = document(&batch, 1);
        assert_eq!(found.facts.rights, Fact::NotAsked);
        assert_eq!(found.facts.language.found(), None);
        assert_eq!(found.text(), bare.text());
        assert_eq!((found.origin, found.decoding), (bare.origin, bare.decoding));
    }

    #[test]
    fn changed_rows_are_changed_and_others_stay() {
        let old = batch([full(), full(), full()]);
        let dropped = Dropped {
            matched: Some(Box::new(Matched { sets: "a, b".into(), at: "a.txt:3".into(), share: 0.5 })),
            ..Dropped::because(Reason::new("length.too_few_words"), 1.0, 50.0)
        };
        let new = PartRow {
            document: {
                let mut document = full();
                document.set_text("one".into());
                document.edits.push(Edit { stage: 4, what: "line", count: 1 });
                document
            },
            text_digest: "new".into(),
            after: Some((4, dropped)),
        };
        let mut columns = Columns::default();
        [row(full()), new.clone(), row(full())].iter().for_each(|row| columns.push(row));
        let expected = columns.take().expect("columns of one length");
        assert_eq!(with_changed(old.clone(), &BTreeMap::from([(1, new)])), expected);
        assert_eq!(with_changed(old.clone(), &BTreeMap::new()), old);
    }

    #[test]
    fn no_filter_needs_what_a_row_does_not_keep() {
        // `shard` knows no filters; the questions are told apart here so that a new one is decided about.
        use crate::document::fact::Question;
        let kept = |question: Question| match question {
            Question::Text | Question::Extraction | Question::Language | Question::Rights => true,
            Question::Quality | Question::Tokens => false,
        };
        for entry in crate::filter::CATALOGUE {
            assert!(entry.needs.iter().all(|need| kept(*need)), "filter.{}", entry.name);
        }
    }
}
