//! `gristmill verify`: an honest set is clean, and whatever is changed in one is caught by the check that it concerns.

mod formats;
mod served;
mod tamper;

use arrow::array::{ArrayRef, AsArray, RecordBatch, StringArray};
use served::served;
use tamper::{Tampered, made};

/// What verify says of a set that was changed: exit code 1, with findings of this check among others.
#[track_caller]
fn caught(tampered: &Tampered, with_crawl: bool, check: &str, words: &str) {
    let checks = tampered.verify(with_crawl, 1);
    let found = checks.get(check).unwrap_or_else(|| panic!("{check} found nothing; others: {checks:#?}"));
    assert!(found.iter().any(|message| message.contains(words)), "{check}: {found:#?}");
}

#[test]
fn an_honest_set_is_clean_with_and_without_its_crawl() {
    let set = made();
    assert!(set.verify(false, 0).is_empty());
    assert!(set.verify(true, 0).is_empty());
}

#[test]
fn a_changed_byte_of_a_shard_is_caught() {
    let set = made();
    let shard = set.shard(0);
    set.change_bytes(&shard, |bytes| {
        let middle = bytes.len() / 3;
        bytes[middle] ^= 1;
    });
    caught(&set, false, "files", "its SHA-256 is");
}

#[test]
fn a_removed_row_is_caught_though_digests_and_counts_are_mended() {
    let set = made();
    set.change_table(&set.shard(0), |rows| rows.slice(1, rows.num_rows() - 1));
    set.seal();
    caught(&set, false, "funnel", "documents kept");
    caught(&set, false, "statistics", "it should be");
}

#[test]
fn an_edited_digest_is_caught() {
    let set = made();
    let shard = set.shard(0);
    let digest = set.record()["shards"][0]["sha256"].as_str().expect("a digest").to_owned();
    set.change_text("manifest.json", &digest, &"0".repeat(64));
    caught(&set, false, "files", "the record says 000000");
    caught(&set, false, "sums", &shard);
}

#[test]
fn an_altered_license_is_caught_though_digests_are_mended() {
    let set = made();
    set.change_column(&set.shard(0), "license_tier", |row, value| {
        if row == 0 { Some(String::from("restricted-by-nobody")) } else { value.map(str::to_owned) }
    });
    set.seal();
    caught(&set, false, "statistics", "statistics.tiers");
    caught(&set, true, "derivation", "license_tier is restricted-by-nobody");
}

#[test]
fn a_count_in_a_card_is_caught() {
    let set = made();
    let card = set.text("README.md");
    let digit = card.rfind(|c: char| c.is_ascii_digit()).expect("a card has numbers");
    let mut changed = card.clone();
    changed.replace_range(digit..=digit, if &card[digit..=digit] == "9" { "8" } else { "9" });
    set.write("README.md", changed.as_bytes());
    caught(&set, false, "cards", "the record gives");
    caught(&set, false, "sums", "SHA256SUMS says");
}

#[test]
fn swapped_shards_are_caught_though_digests_are_mended() {
    let set = made();
    let (first, second) = (set.shard(0), set.shard(1));
    let (a, b) = (set.bytes(&first), set.bytes(&second));
    set.write(&first, &b);
    set.write(&second, &a);
    caught(&set, false, "files", "the record says");
    set.seal();
    caught(&set, false, "rows", "in the inputs' order");
}

#[test]
fn a_changed_byte_of_the_crawl_is_caught() {
    let set = made();
    let (offset, length) = set.place_of_row(0);
    set.change_crawl(|bytes| bytes[(offset + length / 2) as usize] ^= 0x10);
    caught(&set, true, "inputs", "its SHA-256 is");
    caught(&set, true, "records", "no record");
}

#[test]
fn a_removed_row_of_the_ledger_is_caught_though_digests_are_mended() {
    let set = made();
    set.change_table("ledger/records-00000.parquet", |rows| rows.slice(0, rows.num_rows() - 1));
    set.seal();
    caught(&set, false, "ledger", "by the funnel; the ledger has");
}

#[test]
fn a_stray_file_is_caught() {
    let set = made();
    set.write("data/default/extra.parquet", b"no part of it");
    caught(&set, false, "stray", "no part of the set");
}

#[test]
#[cfg(unix)]
fn links_in_a_circle_do_not_keep_verify_for_ever() {
    let set = made();
    for name in ["a", "b", "c", "d", "e", "f"] {
        std::os::unix::fs::symlink(".", set.path("out/data").join(name)).expect("a link can be made");
    }
    caught(&set, false, "stray", "more than 20000 folders");
}

#[test]
fn edited_sums_are_caught() {
    let set = made();
    let sums = set.text("SHA256SUMS");
    let without: Vec<&str> = sums.lines().filter(|line| !line.ends_with("manifest.json")).collect();
    set.write("SHA256SUMS", without.join("\n").as_bytes());
    caught(&set, false, "sums", "manifest.json is not listed");
    caught(&set, false, "cards", "the record gives");
}

#[test]
fn a_renamed_reason_of_the_funnel_is_caught_though_cards_are_mended() {
    let set = made();
    set.change_text("manifest.json", "\"length.too_few_words\"", "\"length.too_few_letters\"");
    set.seal();
    caught(&set, false, "funnel", "gives no such reason as length.too_few_letters");
    caught(&set, false, "ledger", "length.too_few_words by the funnel; the ledger has");
}

#[test]
fn an_edited_setting_of_the_plan_is_caught_though_cards_are_mended() {
    let set = made();
    set.change_text("manifest.json", "\"words_min\": 50", "\"words_min\": 51");
    set.seal();
    caught(&set, false, "plan", "its stages and settings give");
}

#[test]
fn a_changed_cluster_is_caught_though_digests_are_mended() {
    let set = made();
    set.change_table(&set.shard(0), |rows| {
        let schema = rows.schema();
        let column = schema.index_of("minhash_cluster_size").expect("the column is there");
        let sizes = rows.column(column).as_primitive::<arrow::datatypes::UInt32Type>();
        let more: arrow::array::UInt32Array = sizes.iter().map(|size| size.map(|size| size + 1)).collect();
        let mut columns: Vec<ArrayRef> = rows.columns().to_vec();
        columns[column] = std::sync::Arc::new(more);
        RecordBatch::try_new(schema, columns).expect("the same columns")
    });
    set.seal();
    caught(&set, false, "dedup", "the pairs give 1");
}

#[test]
fn a_removed_pair_is_caught_though_digests_are_mended() {
    let set = made();
    set.change_table("dedup/pairs-00000.parquet", |rows| rows.slice(1, rows.num_rows() - 1));
    set.seal();
    caught(&set, false, "dedup", "there is no pair that says the same");
}

#[test]
fn a_drop_under_another_name_is_caught_by_the_crawl_alone() {
    let set = made();
    // The figures of a drop stand in the ledger alone.
    set.change_table("ledger/records-00000.parquet", |rows| {
        let schema = rows.schema();
        let column = schema.index_of("found").expect("the column is there");
        let found = rows.column(column).as_primitive::<arrow::datatypes::Float64Type>();
        let more: arrow::array::Float64Array = found.iter().map(|found| found.map(|found| found + 1.0)).collect();
        let mut columns: Vec<ArrayRef> = rows.columns().to_vec();
        columns[column] = std::sync::Arc::new(more);
        RecordBatch::try_new(schema, columns).expect("the same columns")
    });
    set.seal();
    assert!(set.verify(false, 0).is_empty());
    caught(&set, true, "drops", "its record gives");
}

#[test]
fn a_text_changed_with_all_its_digests_is_caught_by_the_crawl_alone() {
    let set = made();
    let shard = set.shard(0);
    // No row that a card shows, and far enough in the text, so that nothing else in the set tells of it.
    let shown: Vec<String> = set.samples();
    set.change_table(&shard, |rows| {
        let texts =
            |name: &str| -> StringArray { rows.column_by_name(name).expect("a column").as_string::<i32>().clone() };
        let (text, ids) = (texts("text"), texts("id"));
        let is_free = |row: &usize| text.value(*row).len() > 40 && !shown.iter().any(|id| id == ids.value(*row));
        let row = (0..rows.num_rows()).find(is_free).expect("a row that no card shows");
        let mut changed: Vec<String> = text.iter().flatten().map(str::to_owned).collect();
        let at = changed[row].find('e').expect("a letter");
        changed[row].replace_range(at..=at, "x");
        let digests = changed.iter().map(|text| format!("blake3:{}", blake3::hash(text.as_bytes()).to_hex()));
        let digests: StringArray = digests.map(Some).collect();
        let changed: StringArray = changed.into_iter().map(Some).collect();
        let schema = rows.schema();
        let mut columns: Vec<ArrayRef> = rows.columns().to_vec();
        columns[schema.index_of("text").expect("a column")] = std::sync::Arc::new(changed);
        columns[schema.index_of("text_digest").expect("a column")] = std::sync::Arc::new(digests);
        RecordBatch::try_new(schema, columns).expect("the same columns")
    });
    set.seal();
    assert!(set.verify(false, 0).is_empty());
    caught(&set, true, "derivation", "text goes on with");
}

#[test]
fn a_record_that_names_files_elsewhere_is_not_followed() {
    let set = made();
    set.change_text("manifest.json", "\"dedup/pairs-00000.parquet\"", "\"../in/tiny.warc.gz\"");
    caught(&set, false, "manifest", "is no path below the set's folder");
}

#[test]
fn a_sample_is_the_same_for_the_same_seed_and_needs_no_whole_file() {
    let set = made();
    let say = |arguments: &[&str]| set.say(arguments, 0);
    let drawn = say(&["--warc", "in", "--sample", "5", "--seed", "7"]);
    assert!(drawn.contains("5 rows made again") && drawn.contains("5 records dropped again"), "{drawn}");
    assert!(drawn.contains("skipped  inputs"), "{drawn}");
    assert_eq!(drawn, say(&["--warc", "in/tiny.warc.gz", "--sample", "5", "--seed", "7", "--threads", "1"]));
}

#[test]
fn a_crawl_on_a_web_server_is_asked_for_single_records() {
    let set = made();
    let (url, requests) = served(std::fs::read(set.path("in/tiny.warc.gz")).expect("the crawl file"));
    let words = set.say(&["--warc", &url, "--sample", "4"], 0);
    assert!(words.contains("4 rows made again") && words.contains("4 records dropped again"), "{words}");
    let requests = requests.load(std::sync::atomic::Ordering::Relaxed);
    // The head of the file, and one a record that does not lie in it.
    assert!((1..=1 + 8).contains(&requests), "{requests} requests");
}

#[test]
fn what_is_missing_is_named() {
    let set = made();
    let words = set.refuse(&["--warc", "nowhere"]);
    assert!(words.starts_with("error: nowhere: no such folder or file"), "{words}");
    std::fs::rename(set.path("in/tiny.warc.gz"), set.path("in/other.warc.gz")).expect("it can be renamed");
    let words = set.say(&["--warc", "in"], 1);
    assert!(words.contains("tiny.warc.gz: it is not in in, neither by its path nor by its name"), "{words}");
}

#[test]
fn columns_are_told_with_their_bytes() {
    let words = made().say(&["--columns"], 0);
    assert!(
        words.contains("data.text ") && words.contains("100.00 %") && words.contains("all but data.text"),
        "{words}"
    );
}
