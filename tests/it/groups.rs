//! The documents of a set lie in configurations by what its preset groups them by.

use std::collections::BTreeSet;

use crate::support::fates::{batches, texts};
use crate::support::sample;
use crate::support::sandbox::Sandbox;

const STAGES: &str = "[[stage]]\nextract.html = { words_min = 0 }\n[[stage]]\nannotate.language = {}\n\
    [[stage]]\nannotate.rights = {}\n";

/// The sample data annotated, in `OUT`, with these settings of the output.
fn annotated(sandbox: &Sandbox, out: &str, settings: &str, threads: &str) {
    sandbox.write("in/a.warc.gz", sample::warc().bytes);
    sandbox.write("in/b.warc.gz", sample::warc().bytes);
    let preset = sandbox.write(
        &format!("{out}.toml"),
        format!("recipe = 1\n{STAGES}[output]\nname = \"set\"\nshard_bytes_max = 65536\n{settings}"),
    );
    let arguments = ["run", preset.to_str().expect("a path of UTF-8"), "--input", "in", "--out", out, "--quiet"];
    sandbox.run(&[&arguments[..], &["--threads", threads]].concat()).expect(0);
}

/// Every configuration of a set with the different values of a column in it.
fn values(sandbox: &Sandbox, out: &str, column: &str) -> Vec<(String, BTreeSet<String>)> {
    let shards = sandbox.files(&format!("{out}/data"));
    let configs: BTreeSet<_> = shards.iter().filter_map(|shard| Some(shard.split_once('/')?.0.to_owned())).collect();
    let of = |config: String| {
        let rows = batches(&sandbox.path(&format!("{out}/data/{config}")));
        let values = texts(&rows, column).into_iter().collect();
        (config, values)
    };
    configs.into_iter().map(of).collect()
}

#[test]
fn every_configuration_holds_its_group_and_all_documents_are_there() {
    let sandbox = Sandbox::new();
    annotated(&sandbox, "plain", "", "2");
    annotated(&sandbox, "tiers", "group_by = \"license_tier\"\n", "2");
    annotated(&sandbox, "languages", "group_by = \"language\"\n", "2");
    assert_eq!(values(&sandbox, "plain", "id").len(), 1);
    let tiers = values(&sandbox, "tiers", "license_tier");
    assert!(tiers.len() >= 3, "{tiers:?}");
    for (config, found) in &tiers {
        assert_eq!(found, &BTreeSet::from([config.clone()]));
    }
    let languages = values(&sandbox, "languages", "language");
    assert!(languages.iter().any(|(config, _)| config == "deu"), "{languages:?}");
    for (config, found) in &languages {
        let expected = if config == "und" { String::new() } else { config.clone() };
        assert_eq!(found, &BTreeSet::from([expected]));
    }
    let ids = |out: &str| {
        let mut ids = texts(&batches(&sandbox.path(&format!("{out}/data"))), "text_digest");
        ids.sort();
        ids
    };
    assert_eq!(ids("tiers"), ids("plain"));
    assert_eq!(ids("languages"), ids("plain"));
}

#[test]
fn rows_keep_the_order_of_the_input_in_every_configuration_and_threads_leave_no_mark() {
    let sandbox = Sandbox::new();
    let group = "group_by = \"language\"\n";
    annotated(&sandbox, "one", group, "1");
    annotated(&sandbox, "many", group, "5");
    annotated(&sandbox, "plain", "", "2");
    let shards = sandbox.files("one/data");
    assert!(shards.iter().filter(|shard| shard.starts_with("eng/")).count() > 1, "{shards:?}");
    // The two presets have different names.
    let [one, many] = ["one", "many"].map(|out| sandbox.promised(out));
    assert_eq!(one, many);
    let plain = texts(&batches(&sandbox.path("plain/data")), "text");
    let english = texts(&batches(&sandbox.path("one/data/eng")), "text");
    let mut left = plain.iter();
    assert!(english.iter().all(|text| left.any(|other| other == text)), "in another order");
}

#[test]
fn a_set_of_nothing_has_one_empty_configuration() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.warc.gz", sample::warc().bytes);
    let none = "[[stage]]\nfilter.length = { words_min = 1_000_000, words_max = 2_000_000 }\n";
    let preset = sandbox.preset("none.toml", &format!("{STAGES}{none}"));
    let text = sandbox.read_text("none.toml").replace("[output]\n", "[output]\ngroup_by = \"language\"\n");
    std::fs::write(&preset, text).expect("the sandbox can be written to");
    sandbox.run(&["run", "none.toml", "--quiet"]).expect(0);
    assert_eq!(sandbox.files("out/data"), ["default/train-00000-of-00001.parquet"]);
}
