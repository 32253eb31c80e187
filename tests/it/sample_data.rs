//! The sample data are what the code makes, can be read by another reader, and hold what they promise.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Read};

use flate2::read::GzDecoder;
use warc::{WarcHeader, WarcReader};

use crate::support::golden;
use crate::support::sample::{self, Form};
use crate::support::warc_builder::damage::Damage;

/// The file stays small enough for a repository.
const FILE_BYTES_MAX: usize = 400_000;

#[test]
fn stored_file_is_what_the_code_makes() {
    golden::check_bytes(sample::WARC_PATH, &sample::warc().bytes);
}

#[test]
fn stored_description_is_what_the_code_makes() {
    golden::check_text(sample::README_PATH, &sample::readme::readme());
}

#[test]
fn file_is_small() {
    let bytes = sample::warc().bytes.len();
    assert!(bytes <= FILE_BYTES_MAX, "{bytes} bytes are more than {FILE_BYTES_MAX}");
}

/// The oracle: the crate `warc` reads every record that was written, without the damage.
#[test]
fn another_reader_reads_all_records() {
    let builder = sample::builder();
    let intact = builder.intact();
    let records: Vec<_> = WarcReader::new(BufReader::new(&intact[..])).iter_records().collect();
    assert_eq!(records.len(), builder.len());
    let mut ids = BTreeSet::new();
    for record in records {
        let record = record.expect("the record can be read");
        assert!(ids.insert(record.warc_id().to_owned()), "two records have the id {}", record.warc_id());
        let digest = record.header(WarcHeader::BlockDigest).expect("every record has a block digest");
        assert_eq!(digest, crate::support::warc_builder::sha1::digest(record.body()));
    }
}

/// Spans tell where each member lies; a damaged one can be skipped by them.
#[test]
fn each_member_holds_its_record() {
    let file = sample::warc();
    let broken = broken_members();
    let mut end_bytes = 0;
    for (position, span) in file.spans.iter().enumerate() {
        assert_eq!(span.offset_bytes, end_bytes);
        end_bytes += span.length_bytes;
        let member = &file.bytes[span.offset_bytes as usize..end_bytes as usize];
        let mut record = Vec::new();
        let read = GzDecoder::new(member).read_to_end(&mut record);
        assert_eq!(read.is_err(), broken.contains(&position), "record {position}");
    }
    assert_eq!(end_bytes, file.bytes.len() as u64);
    assert_eq!(broken.len(), 3);
}

#[test]
fn languages_scripts_and_tiers_are_there() {
    let samples = sample::samples();
    let pages = || samples.iter().filter_map(|sample| sample.page);
    let languages: BTreeSet<_> = pages().map(|page| page.language()).filter(|code| !code.is_empty()).collect();
    let scripts: BTreeSet<_> = pages().map(|page| page.script()).filter(|code| !code.is_empty()).collect();
    let tiers: BTreeSet<_> = pages().map(|page| page.tier).collect();
    let charsets: BTreeSet<_> = pages().map(|page| page.charset.written).collect();
    assert!(languages.len() >= 10, "{languages:?}");
    assert!(scripts.len() >= 5, "{scripts:?}");
    assert!(charsets.len() >= 8, "{charsets:?}");
    assert_eq!(tiers, BTreeSet::from(["noderivatives", "none", "noncommercial", "open", "reserved", "unclear"]));
    assert!(sample::builder().len() >= 60);
}

#[test]
fn names_and_urls_occur_once() {
    let samples = sample::samples();
    let mut urls = BTreeMap::new();
    let mut names = BTreeSet::new();
    for sample in &samples {
        assert!(names.insert(sample.name), "two samples are named {}", sample.name);
        *urls.entry(sample.url).or_insert(0) += 1;
    }
    let repeated: Vec<_> = urls.iter().filter(|(_, count)| **count > 1).map(|(url, _)| *url).collect();
    assert_eq!(repeated, ["https://kinds.example.org/kite"], "only the revisit repeats a URL");
}

/// Positions of the members that cannot be inflated whole.
fn broken_members() -> BTreeSet<usize> {
    let mut broken = BTreeSet::new();
    let mut position = 0;
    for sample in sample::samples() {
        if matches!(sample.form, Form::Damaged(_, Damage::BadChecksum | Damage::FlippedData | Damage::CutMember)) {
            broken.insert(position);
        }
        position += sample.fates().len();
    }
    broken
}
