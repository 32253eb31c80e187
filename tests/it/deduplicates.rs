//! What is alike is removed once, by policy, with any memory and any threads, and against what an earlier set holds.

use std::collections::BTreeMap;

use gristmill::engine::EngineError;
use gristmill::engine::deduplicate::{Means, decide};
use gristmill::engine::folder::Folder;
use gristmill::engine::progress::Progress;
use gristmill::ledger::tally::Tally;
use gristmill::plan::compile::Plan;
use gristmill::store::local::Local;

use crate::support::fates::{batches, shares, texts};
use crate::support::planted::Planted;
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;
use crate::support::warc_builder::http::Http;

const PLANTED: &str = "recipe = 1\n[[stage]]\nextract.html = {}\n[[stage]]\ndedup.minhash = {}\n";

/// Decides on planted documents; who stands for each, as one line of numbers.
fn decide_planted(documents: u64, parts: u64, memory_bytes_max: u64, threads: usize) -> Result<Vec<u32>, EngineError> {
    let sandbox = Sandbox::new();
    let folder = Folder::new(sandbox.path("out"));
    let bases = Planted::new(documents).write(&folder, parts).expect("the disk takes it");
    let plan = Plan::compile("p.toml", PLANTED, &BTreeMap::<String, String>::new()).expect("the preset is right");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
    let mut tally = Tally::new(plan.stage_names().map(str::to_owned));
    let progress = Progress::default();
    let means =
        Means { store: &Local, folder: &folder, plan: &plan, pool: &pool, progress: &progress, memory_bytes_max };
    let decision = decide(means, &bases, &mut tally)?;
    let mut found = Vec::new();
    for part in 0..bases.len() - 1 {
        let mut removals = decision.removals_of(&Local, part).expect("they were written");
        for document in bases[part]..bases[part + 1] {
            let removal = removals.of(document).expect("they were written");
            assert_eq!(removal.is_some(), decision.is_removed(document), "{document}");
            found.push(removal.map_or(document, |removal| removal.kept));
        }
    }
    let kept = (0_u32..).zip(&found).filter(|(document, kept)| document == *kept).map(|(document, _)| document);
    assert_eq!(kept.map(|document| decision.cluster_size(document)).sum::<u32>(), documents as u32);
    Ok(found)
}

#[test]
fn planted_near_duplicates_are_found_exactly_however_the_work_is_cut() {
    let truth = Planted::new(60_000).truth();
    for (parts, memory_bytes_max, threads) in [(1, 1 << 30, 1), (3, 18 << 20, 3), (7, 18 << 20, 2)] {
        let found = decide_planted(60_000, parts, memory_bytes_max, threads).expect("the budget suffices");
        let wrong = truth.iter().zip(&found).filter(|(truth, found)| truth != found).count();
        assert_eq!(wrong, 0, "{parts} parts, {memory_bytes_max} bytes, {threads} threads");
    }
}

#[test]
fn too_little_memory_is_refused_with_what_it_takes() {
    let refused = decide_planted(1_000, 1, 1 << 20, 1).expect_err("a mebibyte is too little");
    assert_eq!(
        refused.to_string(),
        "deduplication of 1000 documents takes 16788216 bytes of memory, and may take 1048576\nhint: give the same command \
         with 30 MB more for --memory; what was read is not read again"
    );
    assert!(decide_planted(1_000, 1, 16_788_216, 1).is_ok());
}

/// Pages that share their first 200 words, and have so many of their own behind them.
fn three_pages(own_words: &[usize]) -> Vec<u8> {
    let mut warc = WarcBuilder::new();
    for (page, own) in own_words.iter().enumerate() {
        let mut words: Vec<String> = (0..200).map(|number| format!("shared{number}")).collect();
        words.extend((0..*own).map(|number| format!("own{page}x{number}")));
        let page_html = Http::html(format!("<article><p>{}.</p></article>", words.join(" ")));
        warc = warc.response(&format!("https://{page}.example/"), &page_html);
    }
    warc.gzip().bytes
}

/// The reasons of pages with so many words of their own, in order; `kept` for those in the set.
#[track_caller]
fn check(options: &str, own_words: &[usize], expected: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.warc.gz", three_pages(own_words));
    sandbox.preset("p.toml", &format!("[[stage]]\nextract.html = {{}}\n[[stage]]\ndedup.minhash = {{ {options} }}\n"));
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    assert_eq!(fates(&sandbox, "out"), expected, "{options}");
    sandbox
}

fn fates(sandbox: &Sandbox, out: &str) -> Vec<String> {
    let kept = texts(&batches(&sandbox.path(&format!("{out}/data"))), "url");
    let ledger = batches(&sandbox.path(&format!("{out}/ledger")));
    let dropped = texts(&ledger, "url").into_iter().zip(texts(&ledger, "reason"));
    let all: BTreeMap<String, String> =
        kept.into_iter().map(|url| (url, String::from("kept"))).chain(dropped).collect();
    all.into_values().collect()
}

#[test]
fn candidates_are_verified_and_who_stays_is_policy() {
    // Similarities: 196 shared shingles of 5 words of 196 + 10 + 10 are 0.91, of 196 + 10 + 90 are 0.66.
    let near = "minhash.near_duplicate";
    let many = "bands = 100, rows_per_band = 2, keep = [\"first\"]";
    check(many, &[10, 10, 90], &["kept", near, "kept"]);
    check(&format!("{many}, similarity_min = 0.5"), &[10, 10, 90], &["kept", near, near]);
    check(&format!("{many}, verify = \"none\""), &[10, 10, 200], &["kept", near, near]);
    check(&format!("{many}, verify = \"shingles\""), &[10, 10, 90], &["kept", near, "kept"]);
    check("bands = 100, rows_per_band = 2, keep = [\"longest\"]", &[10, 20, 11], &[near, "kept", near]);
    check("bands = 100, rows_per_band = 2, keep = [\"newest\"]", &[10, 20, 11], &[near, near, "kept"]);
    let sandbox =
        check("bands = 100, rows_per_band = 2, keep = [\"first\"], verify = \"shingles\"", &[10, 10], &["kept", near]);
    let pairs = batches(&sandbox.path("out/dedup"));
    assert_eq!(texts(&pairs, "similarity_kind"), ["exact"]);
    assert!((shares(&pairs, "similarity")[0] - 196.0 / 216.0).abs() < 1e-6, "{:?}", shares(&pairs, "similarity"));
}

#[test]
fn what_an_earlier_set_holds_is_removed_and_its_id_is_told() {
    let sandbox = check("signatures = true", &[10], &["kept"]);
    sandbox.write("later/b.warc.gz", three_pages(&[12, 11, 1000]));
    let stages =
        |options: &str| format!("[[stage]]\nextract.html = {{}}\n[[stage]]\ndedup.minhash = {{ {options} }}\n");
    sandbox.preset("later.toml", &stages("against = [\"out\"]"));
    sandbox.run(&["run", "later.toml", "--input", "later", "--out", "second", "--quiet"]).expect(0);
    let earlier = "minhash.in_earlier_set";
    assert_eq!(fates(&sandbox, "second"), [earlier, earlier, "kept"]);
    let first_id = &texts(&batches(&sandbox.path("out/data")), "id")[0];
    let pairs = batches(&sandbox.path("second/dedup"));
    let kept: Vec<_> = texts(&pairs, "kept_id");
    assert!(kept.iter().all(|id| id == first_id), "{kept:?}");
    let funnel = sandbox.read_json("second/manifest.json")["funnel"].to_string();
    assert!(funnel.contains("\"minhash.in_earlier_set\":2"), "{funnel}");

    sandbox.preset("other.toml", &stages("against = [\"out\"], seed = 2"));
    let errors = sandbox.run(&["run", "other.toml", "--input", "later", "--out", "third"]).expect(2).stderr;
    assert!(errors.contains("has signatures with") && errors.contains("seed = 1"), "{errors}");
    sandbox.preset("plain.toml", &stages(""));
    sandbox.run(&["run", "plain.toml", "--out", "plain", "--quiet"]).expect(0);
    sandbox.preset("unsigned.toml", &stages("against = [\"plain\"]"));
    let errors = sandbox.run(&["run", "unsigned.toml", "--input", "later", "--out", "third"]).expect(2).stderr;
    assert!(errors.contains("the set in plain holds no signatures"), "{errors}");
}
