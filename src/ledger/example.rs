//! The record of a small set that was never made, for the tests of cards.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::amount::Amount;
use super::edits::Edits;
use super::figures::DomainSpread;
use super::mix::CrawlMix;
use super::run_record::{DomainRecord, FileRecord, InputRecord, RunRecord};
use super::sample::{SampleEvidence, SampleRow};
use super::statistics::{Span, Statistics};
use super::tally::Tally;
use crate::document::edits::Edit;
use crate::plan::about::About;

/// Three documents of two inputs in two shards: two English ones under CC BY 4.0, a German one that says nothing of its
/// license. A page was damaged, one was too short, and a mail address was masked. Its maker says nothing of the set.
pub fn record() -> RunRecord {
    let mut record = empty();
    record.inputs = vec![input("crawl/CC-MAIN-1.warc.gz", 'b', 1), input("crawl/CC-MAIN-2.warc.gz", 'c', 0)];
    record.shards = vec![
        file("data/default/train-00000-of-00002.parquet", 'd', 2),
        file("data/default/train-00001-of-00002.parquet", 'e', 1),
    ];
    record.ledger = vec![file("ledger/records-00000.parquet", 'f', 2)];
    record.tables = vec![file("domains.csv", '1', 2), file("statistics.csv", '2', 9)];
    record.funnel = funnel();
    record.crawl = CrawlMix {
        pages: 4,
        tlds: counts(&[("org", 3), ("de", 1)]),
        years: counts(&[("2026", 4)]),
        languages: counts(&[("deu", 1), ("eng", 3)]),
        scripts: counts(&[("Latn", 4)]),
        tiers: counts(&[("none", 1), ("open", 2)]),
        reserved_by: counts(&[("x-robots-tag", 1)]),
    };
    record.statistics = statistics();
    record.domain_spread =
        DomainSpread { domains: 2, of_largest: 2, of_largest_10: 3, of_largest_100: 3, ..DomainSpread::default() };
    record.top_domains = vec![
        DomainRecord { domain: "example.org".into(), amount: amount(2, 2_000) },
        DomainRecord { domain: "example.de".into(), amount: amount(1, 500) },
    ];
    record.samples = vec![sample()];
    record
}

/// Nothing was read. Made of the JSON that a record has to have, so that fields which it may have are left out.
fn empty() -> RunRecord {
    let output = json!({ "shard_bytes_max": 1024, "zstd_level": 3, "extra_cards": [] });
    let plan = json!({ "digest": digest('a'), "recipe_version": 2, "stages": stages(), "output": output });
    let record = json!({
        "format": 3, "tool": { "name": "gristmill", "version": "0.1.0" }, "name": "small-set", "plan": plan,
        "inputs": [], "shards": [], "ledger": [], "dropped": [], "pairs": [], "tables": [], "funnel": [], "repairs": {},
        "statistics": Statistics::default(), "top_domains": [],
    });
    serde_json::from_value(record).expect("a record needs no more than this")
}

fn sample() -> SampleRow {
    SampleRow {
        id: "<urn:uuid:00000000-0000-4000-8000-000000000001>".into(),
        url: "https://www.example.org/mill".into(),
        date: "2026-01-17T06:00:18Z".into(),
        file_path: "crawl/CC-MAIN-1.warc.gz".into(),
        offset_bytes: 1_000,
        length_bytes: 700,
        title: Some("The mill by the brook".into()),
        language: Some("eng".into()),
        license_tier: Some("open".into()),
        license_spdx: Some("CC-BY-4.0".into()),
        evidence: vec![SampleEvidence {
            kind: "rel_license".into(),
            place: "footer".into(),
            value: "https://creativecommons.org/licenses/by/4.0/".into(),
            snippet: "CC BY 4.0".into(),
        }],
        reservation: Some("unset".into()),
        text_bytes: 1_200,
        text_start: "The mill by the brook has ground the grain of the valley for three hundred years.".into(),
    }
}

/// What a maker may say of that set.
pub fn about() -> About {
    About {
        title: Some("A small set".into()),
        version: Some("1.2.0".into()),
        published: Some("2026-02-03".into()),
        description: Some("Three pages about mills.".into()),
        curators: vec!["Mill Friends".into(), "A. Miller".into()],
        homepage: Some("https://mills.example.org/set".into()),
        contact: Some("set@mills.example.org".into()),
        license: Some("ODC-By-1.0".into()),
        uses: Some("To learn how mills work.".into()),
        misuses: Some("To find millers.".into()),
        maintenance: Some("Renewed every year.".into()),
    }
}

fn digest(digit: char) -> String {
    digit.to_string().repeat(64)
}

fn file(path: &str, digit: char, rows: u64) -> FileRecord {
    let file = json!({ "path": path, "rows": rows, "bytes": 1_000 * rows, "sha256": digest(digit) });
    serde_json::from_value(file).expect("a file needs no more than this")
}

fn input(path: &str, digit: char, damaged: u64) -> InputRecord {
    InputRecord { path: path.into(), bytes: 9_000, sha256: digest(digit), records: 3, damaged }
}

fn amount(documents: u64, text_bytes: u64) -> Amount {
    Amount { documents, text_bytes }
}

fn amounts(rows: &[(&str, u64, u64)]) -> BTreeMap<String, Amount> {
    rows.iter().map(|(name, documents, bytes)| ((*name).to_owned(), amount(*documents, *bytes))).collect()
}

fn counts(rows: &[(&str, u64)]) -> BTreeMap<String, u64> {
    rows.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

fn stages() -> Value {
    let model = json!({ "bytes": 938_013, "digest": format!("sha256:{}", digest('3')), "labels": 176 });
    json!([
        { "name": "warc", "stretch": "admit", "stage": null },
        { "name": "extract.html", "stretch": "before", "stage": { "extract": { "html": {} } } },
        {
            "name": "annotate.language", "stretch": "before", "model": model,
            "stage": { "annotate": { "language": { "model": "models/lid.ftz" } } },
        },
        { "name": "annotate.rights", "stretch": "before", "stage": { "annotate": { "rights": {} } } },
        { "name": "filter.length", "stretch": "before", "stage": { "filter": { "length": { "words_min": 50 } } } },
        { "name": "edit.personal_data", "stretch": "after", "stage": { "edit": { "personal_data": {} } } },
    ])
}

fn funnel() -> Tally {
    let names = ["warc", "extract.html", "annotate.language", "annotate.rights", "filter.length", "edit.personal_data"];
    let mut funnel = Tally::new(names);
    funnel.drop_at(0, 0, "warc.not_content");
    funnel.drop_at(0, 0, "warc.cut_member");
    funnel.drop_at(0, 4, "length.too_few_words");
    (0..3).for_each(|_| funnel.keep_through(names.len() - 1));
    funnel.edit(&[Edit { stage: 5, what: "email", count: 2 }]);
    funnel
}

fn statistics() -> Statistics {
    let language_tiers = [("deu", "none", 1), ("eng", "open", 2)];
    Statistics {
        total: amount(3, 2_500),
        languages: amounts(&[("deu", 1, 500), ("eng", 2, 2_000)]),
        language_tiers: language_tiers.map(|(code, tier, count)| (code.to_owned(), counts(&[(tier, count)]))).into(),
        tiers: amounts(&[("none", 1, 500), ("open", 2, 2_000)]),
        licenses: amounts(&[("CC-BY-4.0", 2, 2_000)]),
        scopes: counts(&[("page", 2)]),
        confidences: counts(&[("strong", 2)]),
        evidence: counts(&[("rel_license", 2)]),
        scripts: amounts(&[("Latn", 3, 2_500)]),
        tlds: amounts(&[("de", 1, 500), ("org", 2, 2_000)]),
        years: amounts(&[("2026", 3, 2_500)]),
        captures: Some(Span { first: "2026-01-17T06:00:18Z".into(), last: "2026-01-19T10:20:30Z".into() }),
        reservations: counts(&[("unset", 3)]),
        truncated: 1,
        edits: BTreeMap::from([(
            String::from("edit.personal_data"),
            Edits { documents: 1, counts: BTreeMap::from([("email".into(), 2)]) },
        )]),
        ..Statistics::default()
    }
}

#[test]
fn the_example_balances() {
    let record = record();
    assert!(record.funnel.balances());
    assert_eq!(record.funnel.kept(), record.statistics.total.documents);
    assert_eq!(record.funnel.kept(), record.shards.iter().map(|shard| shard.rows).sum::<u64>());
    assert_eq!(record.funnel.seen(), record.inputs.iter().map(|input| input.records).sum::<u64>());
}
