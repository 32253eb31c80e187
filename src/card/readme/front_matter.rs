//! The YAML between `---` at the head of the card: what the Hugging Face Hub and its loaders read.
//!
//! `dataset_info` states the columns, so that a loader need not open a file to know them. `num_bytes` is what rows
//! take in memory, `download_size` the length of their Parquet files, as `datasets` has it.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::card::columns;
use crate::card::escape::quoted;
use crate::card::languages;
use crate::ledger::run_record::RunRecord;

/// One configuration of a set: a folder below `data/`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Its shards.
    pub shards: u64,
    /// Its documents.
    pub documents: u64,
    /// Length of its shards.
    pub bytes: u64,
    /// Bytes of its rows in memory; none if a shard's were not counted.
    pub arrow_bytes: Option<u64>,
}

/// The configurations of a set, by name.
pub fn configs(record: &RunRecord) -> BTreeMap<&str, Config> {
    let mut configs: BTreeMap<&str, Config> = BTreeMap::new();
    for shard in &record.shards {
        let Some((name, _)) = shard.path.strip_prefix("data/").and_then(|below| below.split_once('/')) else {
            continue;
        };
        let config = configs.entry(name).or_insert(Config { arrow_bytes: Some(0), ..Config::default() });
        config.shards += 1;
        config.documents += shard.rows;
        config.bytes += shard.bytes;
        let counted = shard.arrow_bytes > 0 || shard.rows == 0;
        config.arrow_bytes = config.arrow_bytes.filter(|_| counted).map(|bytes| bytes + shard.arrow_bytes);
    }
    configs
}

/// The front matter, both `---` included.
pub fn render(record: &RunRecord) -> String {
    let mut out = String::from("---\n");
    let mut line = |text: String| writeln!(out, "{text}").expect("a string takes all that is written to it");
    line(format!("pretty_name: {}", quoted(record.about.title.as_deref().unwrap_or(&record.name))));
    let mut codes: Vec<&str> = record.statistics.languages.keys().map(|code| languages::hub_code(code)).collect();
    codes.retain(|code| *code != "und");
    codes.sort_unstable();
    codes.dedup();
    if !codes.is_empty() {
        line("language:".into());
        // `no` is a truth value in YAML, where Norwegian was meant.
        codes.iter().for_each(|code| line(format!("- {}", quoted(code))));
    }
    match license_keyword(record) {
        Some(keyword) => line(format!("license: {keyword}")),
        None => line("license: other\nlicense_name: stated-per-row\nlicense_link: README.md#licenses".into()),
    }
    line("tags:".into());
    tags(record).iter().for_each(|tag| line(format!("- {tag}")));
    line("task_categories:\n- text-generation\ntask_ids:\n- language-modeling".into());
    line(
        "language_creators:\n- found\nannotations_creators:\n- machine-generated\nsource_datasets:\n- original".into(),
    );
    line(format!("size_categories:\n- {}", size_category(record.statistics.total.documents)));
    let configs = configs(record);
    line("configs:".into());
    for (number, name) in configs.keys().enumerate() {
        line(format!("- config_name: {}", quoted(name)));
        if number == 0 {
            line("  default: true".into());
        }
        line("  data_files:\n  - split: train".into());
        line(format!("    path: {}", quoted(&format!("data/{name}/train-*.parquet"))));
    }
    line("dataset_info:".into());
    for (name, config) in configs {
        line(format!("- config_name: {}\n  features:", quoted(name)));
        line(columns::features("  ").trim_end().to_owned());
        line("  splits:\n  - name: train".into());
        if let Some(bytes) = config.arrow_bytes {
            line(format!("    num_bytes: {bytes}"));
        }
        line(format!("    num_examples: {}", config.documents));
        line(format!("  download_size: {}", config.bytes));
        if let Some(bytes) = config.arrow_bytes {
            line(format!("  dataset_size: {bytes}"));
        }
    }
    out.push_str("---\n");
    out
}

fn tags(record: &RunRecord) -> Vec<&'static str> {
    let mut tags = vec!["gristmill", "web"];
    if record.statistics.dumps.keys().any(|dump| dump.starts_with("CC-MAIN-")) {
        tags.push("common-crawl");
    }
    if record.plan.stages.as_array().into_iter().flatten().any(|stage| stage["stretch"] == "dedup") {
        tags.push("deduplicated");
    }
    tags
}

/// The hub's size category.
fn size_category(documents: u64) -> &'static str {
    match documents {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        1_000_000..10_000_000 => "1M<n<10M",
        10_000_000..100_000_000 => "10M<n<100M",
        100_000_000..1_000_000_000 => "100M<n<1B",
        1_000_000_000..10_000_000_000 => "1B<n<10B",
        10_000_000_000..100_000_000_000 => "10B<n<100B",
        100_000_000_000..1_000_000_000_000 => "100B<n<1T",
        _ => "n>1T",
    }
}

/// The hub's keyword of the one license that all rows have, if there is one and it has a keyword.
pub fn license_keyword(record: &RunRecord) -> Option<&'static str> {
    const KEYWORDS: [(&str, &str); 9] = [
        ("CC-BY-4.0", "cc-by-4.0"),
        ("CC-BY-3.0", "cc-by-3.0"),
        ("CC-BY-2.0", "cc-by-2.0"),
        ("CC-BY-SA-4.0", "cc-by-sa-4.0"),
        ("CC-BY-SA-3.0", "cc-by-sa-3.0"),
        ("CC-BY-NC-4.0", "cc-by-nc-4.0"),
        ("CC-BY-ND-4.0", "cc-by-nd-4.0"),
        ("CC0-1.0", "cc0-1.0"),
        ("ODC-By-1.0", "odc-by"),
    ];
    let mut licenses = record.statistics.licenses.iter();
    let (Some((spdx, amount)), None) = (licenses.next(), licenses.next()) else { return None };
    let all_rows = amount.documents == record.statistics.total.documents;
    KEYWORDS.iter().find(|(id, _)| all_rows && id == spdx).map(|(_, keyword)| *keyword)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::example;
    use crate::ledger::amount::Amount;
    use crate::ledger::run_record::FileRecord;

    fn shard(path: &str, rows: u64, arrow_bytes: u64) -> FileRecord {
        FileRecord { path: path.into(), rows, bytes: 10 * rows, arrow_bytes, ..FileRecord::default() }
    }

    #[test]
    fn every_folder_of_shards_is_a_configuration() {
        let shards = vec![
            shard("data/eng_Latn/train-00000-of-00002.parquet", 5, 500),
            shard("data/eng_Latn/train-00001-of-00002.parquet", 3, 300),
            shard("data/deu_Latn/train-00000-of-00001.parquet", 2, 0),
        ];
        let record = RunRecord { shards, ..example::bare() };
        let found = configs(&record);
        let config = |shards, documents, bytes, arrow_bytes| Config { shards, documents, bytes, arrow_bytes };
        assert_eq!(found["eng_Latn"], config(2, 8, 80, Some(800)));
        assert_eq!(found["deu_Latn"], config(1, 2, 20, None));
        let yaml = render(&record);
        assert_eq!(yaml.matches("default: true").count(), 1);
        assert!(yaml.contains("- config_name: \"deu_Latn\"\n  default: true\n"), "{yaml}");
        assert!(yaml.contains("    path: \"data/eng_Latn/train-*.parquet\"\n"), "{yaml}");
        let sizes =
            "  - name: train\n    num_bytes: 800\n    num_examples: 8\n  download_size: 80\n  dataset_size: 800\n";
        assert!(yaml.contains(sizes), "{yaml}");
        assert!(yaml.contains("  - name: train\n    num_examples: 2\n  download_size: 20\n- config_name: "), "{yaml}");
    }

    #[test]
    fn size_categories_meet_at_their_bounds() {
        assert_eq!([999, 1_000, 9_999, 10_000].map(size_category), ["n<1K", "1K<n<10K", "1K<n<10K", "10K<n<100K"]);
    }

    #[test]
    fn one_license_of_all_rows_is_the_sets() {
        let mut record = example::bare();
        let check = |record: &RunRecord, expected| assert_eq!(license_keyword(record), expected);
        check(&record, None);
        record.statistics.total = Amount { documents: 2, text_bytes: 20 };
        record.statistics.licenses.insert("CC-BY-4.0".into(), Amount { documents: 2, text_bytes: 20 });
        check(&record, Some("cc-by-4.0"));
        record.statistics.total.documents = 3;
        check(&record, None);
        record.statistics.total.documents = 2;
        record.statistics.licenses.insert("CC0-1.0".into(), Amount { documents: 1, text_bytes: 9 });
        check(&record, None);
    }

    #[test]
    fn nothing_breaks_out_of_the_yaml() {
        let mut record = example::bare();
        record.name = "x\"\n---\nlicense: mit\u{85}\u{202E}".into();
        let yaml = render(&record);
        assert!(
            yaml.starts_with("---\npretty_name: \"x\\\"\u{FFFD}---\u{FFFD}license: mit\u{FFFD}\u{FFFD}\"\n"),
            "{yaml}"
        );
        assert_eq!(yaml.matches("\n---\n").count(), 1);
    }
}
