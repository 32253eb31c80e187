//! The main job on the sample data: every page goes the way it was written for.

use std::collections::BTreeMap;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::support::fates::{batches, by_offset, numbers, shares, small_numbers, texts};
use crate::support::sample;
use crate::support::sandbox::Sandbox;

/// The quickstart on the sample data, run in a sandbox; the output is in `out`.
fn run() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("sample-data/tiny.warc.gz", sample::warc().bytes);
    let preset = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/quickstart.toml");
    sandbox.run(&["run", preset, "--out", "out", "--quiet"]).expect(0);
    sandbox
}

#[test]
fn every_sample_has_the_fate_it_was_written_for() {
    let sandbox = run();
    let found = by_offset(&sandbox.path("out"));
    let warc = sample::warc();
    let samples = sample::samples();
    let fates = samples.iter().flat_map(|sample| sample.fates().into_iter().map(move |fate| (sample.name, fate)));
    let mut wrong = Vec::new();
    for ((name, fate), span) in fates.zip(&warc.spans) {
        let expected = fate.as_str();
        match found.get(&span.offset_bytes) {
            None if expected == "warc.not_content" => {}
            Some(found) if found == expected => {}
            found => wrong.push(format!("{name}: expected {expected}, found {found:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_record_is_accounted_for() {
    let sandbox = run();
    let run = sandbox.read_json("out/run.json");
    let funnel = run["funnel"].as_array().expect("a funnel");
    let count = |stage: &Value, field: &str| stage[field].as_u64().expect("a count");
    assert_eq!(count(&funnel[0], "seen"), sample::warc().spans.len() as u64);
    let mut dropped_all = 0;
    let mut before = count(&funnel[0], "seen");
    for stage in funnel {
        let dropped: u64 = stage["dropped"].as_object().expect("reasons").values().filter_map(Value::as_u64).sum();
        assert_eq!(count(stage, "seen"), before, "{stage}");
        assert_eq!(count(stage, "seen"), count(stage, "kept") + dropped, "{stage}");
        before = count(stage, "kept");
        dropped_all += dropped;
    }
    let not_content = funnel[0]["dropped"]["warc.not_content"].as_u64().expect("requests and metadata");
    let rows = batches(&sandbox.path("out/data")).iter().map(|batch| batch.num_rows() as u64).sum::<u64>();
    let ledger = batches(&sandbox.path("out/ledger")).iter().map(|batch| batch.num_rows() as u64).sum::<u64>();
    assert_eq!(rows, before);
    assert_eq!(ledger, dropped_all - not_content);
    assert_eq!(sandbox.read_json("out/manifest.json")["funnel"], run["funnel"]);
}

#[test]
fn every_row_leads_back_to_exactly_its_record() {
    let sandbox = run();
    let rows = batches(&sandbox.path("out/data"));
    let warc = sample::warc().bytes;
    let places = numbers(&rows, "warc_record_offset").into_iter().zip(numbers(&rows, "warc_record_length"));
    for ((offset, length), id) in places.zip(texts(&rows, "id")) {
        let member = &warc[offset as usize..(offset + length) as usize];
        let mut record = Vec::new();
        let mut decoder = GzDecoder::new(member);
        std::io::Read::read_to_end(&mut decoder, &mut record).expect("a whole gzip member");
        assert!(decoder.into_inner().is_empty(), "{id}: the range reaches past the member");
        let record = String::from_utf8_lossy(&record);
        assert!(record.starts_with("WARC/1.0\r\n"), "{id}");
        assert!(record.contains(&format!("WARC-Record-ID: {id}\r\n")), "{id}");
    }
    let digests = texts(&rows, "text").into_iter().zip(texts(&rows, "text_digest"));
    digests.for_each(|(text, digest)| assert_eq!(digest, format!("blake3:{}", blake3::hash(text.as_bytes()).to_hex())));
    assert!(texts(&rows, "file_path").iter().all(|path| path == "tiny.warc.gz"));
    assert!(texts(&rows, "dump").iter().all(|dump| dump == "CC-MAIN-2026-05"));
}

#[test]
fn the_columns_are_those_of_the_design() {
    let sandbox = run();
    let rows = batches(&sandbox.path("out/data"));
    let schema = rows[0].schema();
    let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let expected = "text id dump url date file_path language language_script language_score language_share token_count \
        extraction_expected_f1 license_spdx license_url license_tier license_scope license_confidence license_evidence \
        reservation reservation_evidence title author published attribution_url warc_record_offset warc_record_length \
        payload_digest text_digest http_status content_type charset charset_source truncated \
        minhash_cluster_size minhash_cluster_tiers";
    assert_eq!(columns, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn one_of_a_cluster_stays_and_the_pairs_say_so() {
    let sandbox = run();
    let rows = batches(&sandbox.path("out/data"));
    let pairs = batches(&sandbox.path("out/dedup"));
    let sizes: BTreeMap<String, u32> =
        texts(&rows, "id").into_iter().zip(small_numbers(&rows, "minhash_cluster_size")).collect();
    let mut counted: BTreeMap<String, u32> = BTreeMap::new();
    texts(&pairs, "kept_id").into_iter().for_each(|kept| *counted.entry(kept).or_insert(1) += 1);
    assert_eq!(counted.len(), 3, "an exact pair, a near pair and a cluster of three");
    for (kept, size) in &counted {
        assert_eq!(sizes.get(kept), Some(size), "{kept} stands for itself and those that went");
    }
    assert_eq!(sizes.values().filter(|size| **size == 1).count(), sizes.len() - counted.len());
    assert!(shares(&pairs, "similarity").iter().all(|similarity| (0.75..=1.0).contains(similarity)));
}

#[test]
fn dropped_documents_have_their_text_and_the_ledger_its_figures() {
    let sandbox = run();
    let dropped = batches(&sandbox.path("out/dropped"));
    let reasons = texts(&dropped, "reason").into_iter().zip(texts(&dropped, "text"));
    for (reason, text) in reasons {
        let was_extracted =
            !reason.starts_with("warc.") && !reason.starts_with("extract.") && !reason.starts_with("url.");
        assert_eq!(!text.is_empty(), was_extracted, "{reason}");
    }
    let ledger = batches(&sandbox.path("out/ledger"));
    let kept_ids = texts(&ledger, "reason").into_iter().zip(texts(&ledger, "kept_id"));
    kept_ids.for_each(|(reason, kept)| {
        let is_duplicate = reason.starts_with("exact.") || reason.starts_with("minhash.");
        assert_eq!(!kept.is_empty(), is_duplicate, "{reason}");
    });
    let ordinals = numbers(&ledger, "ordinal");
    assert!(ordinals.is_sorted(), "the ledger keeps the order of the input");
}

#[test]
fn the_card_is_made_again_from_the_run_record() {
    let sandbox = run();
    let card = sandbox.read_text("out/README.md");
    assert!(card.starts_with("---\npretty_name: \"quickstart\"\n"), "{card}");
    assert!(card.contains("\n| English | eng | 33 | 100.0 % | 33 |\n"), "{card}");
    sandbox.write("out/README.md", "spoiled");
    let ran = sandbox.run(&["card", "out"]).expect(0);
    assert_eq!(ran.stdout, "out/README.md\n");
    assert_eq!(sandbox.read_text("out/README.md"), card);
}

/// Stages behind deduplication are asked early and heeded late: the counts and the files have to show them as late.
#[test]
fn a_stage_behind_deduplication_sees_what_deduplication_kept() {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    let stages = |length: &str, dedup: &str| {
        format!("[[stage]]\nextract.html = {{}}\n{length}{dedup}\n[output]\ndropped = true\n")
    };
    let (length, dedup) =
        ("[[stage]]\nfilter.length = { words_min = 90 }\n", "[[stage]]\ndedup.exact = { by = \"text\" }\n");
    sandbox.write("late.toml", format!("recipe = 1\n{}", stages("", &format!("{dedup}{length}"))));
    sandbox.write("early.toml", format!("recipe = 1\n{}", stages(length, dedup)));
    for name in ["late", "early"] {
        sandbox.run(&["run", &format!("{name}.toml"), "--input", "in", "--out", name, "--quiet"]).expect(0);
    }
    let late = sandbox.read_json("late/run.json")["funnel"].clone();
    let names: Vec<_> = late.as_array().expect("a funnel").iter().map(|stage| stage["stage"].clone()).collect();
    assert_eq!(names, ["warc", "extract.html", "dedup.exact", "filter.length"]);
    assert!(late[2]["dropped"]["exact.same_text"].as_u64() > Some(0), "{late}");
    assert_eq!(late[3]["seen"], late[2]["kept"]);
    assert!(late[3]["dropped"]["length.too_few_words"].as_u64() > Some(0), "{late}");
    let ids = |name: &str| texts(&batches(&sandbox.path(&format!("{name}/data"))), "id");
    assert_eq!(
        ids("late"),
        ids("early"),
        "equal texts are equally long, so the order of the two stages makes no difference"
    );
    let dropped =
        |name: &str| batches(&sandbox.path(&format!("{name}/dropped"))).iter().map(|b| b.num_rows()).sum::<usize>();
    let ledger =
        |name: &str| batches(&sandbox.path(&format!("{name}/ledger"))).iter().map(|b| b.num_rows()).sum::<usize>();
    assert_eq!((dropped("late"), ledger("late")), (dropped("early"), ledger("early")));
}
