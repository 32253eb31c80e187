//! Copies of one text that state different terms: the one that stays is marked, and held to the strictest of them.

use std::collections::BTreeMap;

use crate::support::fates::{batches, text_lists, texts};
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;
use crate::support::warc_builder::http::Http;

const FIND: &str = "[[stage]]\nextract.html = {}\n[[stage]]\nannotate.rights = {}\n";
const MINHASH: &str = "[[stage]]\ndedup.minhash = {}\n";
const KEEP_OPEN: &str = "[[stage]]\nfilter.rights = { confidence_min = \"weak\" }\n";

fn page(license: &str) -> Http {
    let text: Vec<String> = (0..120).map(|number| format!("word{number}")).collect();
    let link = match license {
        "" => String::new(),
        unit => format!("<link rel=license href='https://creativecommons.org/licenses/{unit}/4.0/'>"),
    };
    Http::html(format!("<head>{link}</head><article><p>{}.</p></article>", text.join(" ")))
}

/// Runs these stages over copies of one page, each with a license or `reserved`; `kept` with the tiers of its cluster,
/// or the reason, of each.
#[track_caller]
fn check(stages: &str, copies: &[&str], expected: &[&str]) {
    let sandbox = Sandbox::new();
    let mut warc = WarcBuilder::new();
    for (number, copy) in copies.iter().enumerate() {
        let http = match *copy {
            "reserved" => page("by").header("TDM-Reservation", "1"),
            license => page(license),
        };
        warc = warc.response(&format!("https://{number}.example/"), &http);
    }
    sandbox.write("in/a.warc.gz", warc.gzip().bytes);
    sandbox.preset("p.toml", stages);
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let kept = batches(&sandbox.path("out/data"));
    let tiers = text_lists(&kept, "minhash_cluster_tiers");
    let kept = texts(&kept, "url").into_iter().zip(tiers.into_iter().map(|tiers| format!("kept {}", tiers.join(" "))));
    let ledger = batches(&sandbox.path("out/ledger"));
    let fates: BTreeMap<_, _> = kept.chain(texts(&ledger, "url").into_iter().zip(texts(&ledger, "reason"))).collect();
    let fates: Vec<_> = fates.values().map(|fate| fate.trim_end()).collect();
    assert_eq!(fates, expected, "{copies:?} under\n{stages}");
    let funnel = sandbox.read_json("out/manifest.json")["funnel"].to_string();
    for reason in expected.iter().filter(|fate| !fate.starts_with("kept")) {
        assert!(funnel.contains(reason), "{reason} is counted: {funnel}");
    }
}

#[test]
fn near_duplicates_with_different_terms_are_marked() {
    let stages = format!("{FIND}{MINHASH}");
    check(&stages, &["by", "reserved"], &["kept open reserved", "minhash.near_duplicate"]);
    check(&stages, &["by", "by"], &["minhash.near_duplicate", "kept"]);
    check(
        &stages,
        &["", "by-nc", "by"],
        &["minhash.near_duplicate", "minhash.near_duplicate", "kept open noncommercial none"],
    );
    check(
        "[[stage]]\nextract.html = {}\n[[stage]]\ndedup.minhash = { keep = [\"first\"] }\n",
        &["by", "reserved"],
        &["kept", "minhash.near_duplicate"],
    );
}

#[test]
fn a_document_is_held_to_the_strictest_terms_of_its_near_duplicates() {
    let stages = format!("{FIND}{MINHASH}{KEEP_OPEN}");
    check(&stages, &["by", "reserved"], &["minhash.rights_differ", "minhash.near_duplicate"]);
    check(
        &stages,
        &["by", "by-sa", "by-nc"],
        &["minhash.near_duplicate", "minhash.rights_differ", "minhash.near_duplicate"],
    );
    check(&stages, &["by", ""], &["kept", "prefilter.no_license_mark"]);
    let first = "[[stage]]\ndedup.minhash = { keep = [\"first\"] }\n";
    let none = format!("{FIND}{first}[[stage]]\nfilter.rights = {{ tiers = [\"none\"] }}\n");
    check(&none, &["", "by"], &["kept open none", "minhash.near_duplicate"]);
    check(&stages, &["reserved", "by"], &["minhash.near_duplicate", "minhash.rights_differ"]);
    let exact = format!("{FIND}[[stage]]\ndedup.exact = {{}}\n{MINHASH}{KEEP_OPEN}");
    check(&exact, &["by", "reserved"], &["minhash.rights_differ", "exact.same_text"]);
}

#[test]
fn its_own_terms_count_where_the_preset_says_so() {
    let own = "[[stage]]\ndedup.minhash = { rights = \"own\" }\n";
    check(&format!("{FIND}{own}{KEEP_OPEN}"), &["by", "reserved"], &["kept open reserved", "minhash.near_duplicate"]);
}

#[test]
fn a_filter_before_deduplication_may_let_reserved_copies_through_to_be_seen() {
    let through = "[[stage]]\nfilter.rights = { tiers = [\"open\", \"reserved\"], reserved = \"keep\", \
                   confidence_min = \"weak\" }\n";
    let stages = format!("{FIND}{through}{MINHASH}{KEEP_OPEN}");
    check(
        &stages,
        &["", "by", "reserved"],
        &["prefilter.no_license_mark", "minhash.rights_differ", "minhash.near_duplicate"],
    );
    let before = format!("{FIND}{KEEP_OPEN}{MINHASH}");
    check(&before, &["by", "reserved"], &["kept", "rights.reserved"]);
}
