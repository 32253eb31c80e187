//! What a list names leaves a set, and nothing else does.

use std::path::Path;

use arrow::array::{Array, ArrayData};

use crate::support::fates::{batches, numbers, small_numbers, texts};
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;

const STAGES: &str = "[[stage]]\nextract.html = { mode = \"all\" }\n[[stage]]\nannotate.quality = {}\n\
    [[stage]]\nfilter.length = { words_min = 20 }\n\
    [[stage]]\ndedup.minhash = { signatures = true, keep = [\"first\"] }\n";
const PASSAGE: &str = "nobody but the miller knows where the seventh key is kept";

/// A number in letters, since digits make words of their own in no tokenizer's eyes alike.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

/// Words that no other page has, its secret among them.
fn own(page: usize, words: usize) -> String {
    let word = |word: usize| format!("w{}x{} ", letters(page), letters(word));
    format!("{} {}", secret(page), (0..words).map(word).collect::<String>())
}

/// The word by which a page's text is recognized.
fn secret(page: usize) -> String {
    format!("secretof{}q", letters(page))
}

/// URL and text of each page; the first eight come from one file, the rest from another. Long ones fill a shard each.
fn pages() -> Vec<(&'static str, String)> {
    let near = |page: usize, shared: usize| {
        let words: Vec<String> = own(0, 60).split(' ').skip(1).map(str::to_owned).collect();
        format!("{} {}", words[..shared].join(" "), own(page, 60 - shared))
    };
    vec![
        ("https://example.org/a", own(0, 60)),
        ("https://sub.example.org/b", own(1, 60)),
        ("https://notexample.org/", own(2, 60)),
        ("https://sub.example.org/short", own(3, 5)),
        ("https://paths.example.com/p", own(4, 9000)),
        ("https://paths.example.com/p/q", own(5, 60)),
        ("https://paths.example.com/pq", own(6, 60)),
        ("https://short.example.net/", own(7, 5)),
        ("http://one.example.net:80/x?y", own(8, 9000)),
        ("https://near.example.net/", near(9, 45)),
        ("https://same.example.net/", own(0, 60)),
        ("https://told.example.net/", format!("{} {}. {}", own(11, 30), PASSAGE.to_uppercase(), own(11, 10))),
        (
            "https://almost.example.net/",
            format!("{} {} {}", own(12, 30), PASSAGE.replace("seventh", "eighth"), own(12, 20)),
        ),
        ("https://last.example.net/", own(13, 60)),
    ]
}

/// The set of these pages in `out`.
fn set() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, part) in [("a", &pages()[..8]), ("b", &pages()[8..])] {
        let warc = part.iter().fold(WarcBuilder::new(), |warc, (url, text)| {
            warc.page(url, format!("<title>T</title><body><p>{text}</p></body>"))
        });
        sandbox.write(&format!("in/{name}.warc.gz"), warc.gzip().bytes);
    }
    let output = "[output]\ndir = \"out\"\ndropped = true\nshard_bytes_max = 65536\n";
    sandbox.write("p.toml", format!("recipe = 1\n[input]\nwarc = [\"in/*\"]\n{STAGES}{output}"));
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    sandbox
}

#[track_caller]
fn take_down(sandbox: &Sandbox, from: &str, to: &str, list: &str, more: &[&str]) -> String {
    sandbox.write("list", list);
    let arguments = [&["takedown", from, "--list", "list", "--out", to], more].concat();
    sandbox.run(&arguments).expect(0).stdout
}

fn kept(sandbox: &Sandbox, folder: &str) -> Vec<String> {
    texts(&batches(&sandbox.path(folder).join("data")), "url")
}

/// URLs and reasons of what a takedown has put into the ledger.
fn taken(sandbox: &Sandbox, folder: &str) -> Vec<(String, String)> {
    let ledger = batches(&sandbox.path(folder).join("ledger"));
    let rows = texts(&ledger, "url").into_iter().zip(texts(&ledger, "reason"));
    rows.filter(|(_, reason)| reason.starts_with("takedown.")).collect()
}

/// All bytes of a folder, those of columns as they are before compression.
fn all_bytes(folder: &Path, sandbox: &Sandbox, name: &str) -> Vec<u8> {
    let mut all = Vec::new();
    for batch in batches(folder) {
        batch.columns().iter().for_each(|column| push(&column.to_data(), &mut all));
    }
    let plain = sandbox.contents(name).into_iter().filter(|(name, _)| !name.ends_with(".parquet"));
    plain.for_each(|(_, content)| all.extend(content));
    all
}

fn push(data: &ArrayData, out: &mut Vec<u8>) {
    data.buffers().iter().for_each(|buffer| out.extend(buffer.as_slice()));
    data.child_data().iter().for_each(|child| push(child, out));
}

#[track_caller]
fn holds(sandbox: &Sandbox, folder: &str, word: &str) -> bool {
    let all = all_bytes(&sandbox.path(folder), sandbox, folder);
    all.windows(word.len()).any(|window| window == word.as_bytes())
}

/// Every record is in the set or in the ledger, in the order of the inputs, and the funnel says the same.
#[track_caller]
fn check_balance(sandbox: &Sandbox, folder: &str) {
    let path = sandbox.path(folder);
    let (data, ledger) = (batches(&path.join("data")), batches(&path.join("ledger")));
    let place = |batches: &[_]| -> Vec<(String, u64)> {
        texts(batches, "file_path").into_iter().zip(numbers(batches, "warc_record_offset")).collect()
    };
    assert!(place(&data).is_sorted() && place(&ledger).is_sorted(), "in input order");
    let mut all = [place(&data), place(&ledger)].concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), pages().len());
    let manifest = sandbox.read_json(&format!("{folder}/manifest.json"));
    let funnel = manifest["funnel"].as_array().expect("stages").clone();
    for pair in funnel.windows(2) {
        assert_eq!(pair[0]["kept"], pair[1]["seen"]);
    }
    let reasons = texts(&ledger, "reason");
    for stage in &funnel {
        for (reason, count) in stage["dropped"].as_object().expect("reasons") {
            let rows = texts(&ledger, "stage").into_iter().zip(&reasons);
            let rows = rows.filter(|(name, found)| stage["stage"] == **name && *found == reason).count();
            assert_eq!(Some(rows as u64), count.as_u64(), "{reason}");
        }
    }
    assert_eq!(funnel.last().map(|stage| stage["kept"].as_u64()), Some(Some(texts(&data, "id").len() as u64)));
    assert_eq!(manifest["statistics"]["total"]["documents"].as_u64(), Some(texts(&data, "id").len() as u64));
    for (name, content) in sandbox.contents(folder) {
        let sums = sandbox.read_text(&format!("{folder}/SHA256SUMS"));
        let line = format!("{}  {name}", gristmill::card::sums::sha256(&content));
        let is_covered = sums.lines().any(|found| found == line);
        assert!(is_covered || ["SHA256SUMS", "run.json"].contains(&&*name), "{name}");
    }
}

/// What goes by a list: the pages' numbers with the reasons; the rest stays, in order.
#[track_caller]
fn check(list: &str, expected: &[(usize, &str)]) {
    let sandbox = set();
    let words = take_down(&sandbox, "out", "new", list, &[]);
    let taken = taken(&sandbox, "new");
    let expected: Vec<_> =
        expected.iter().map(|(page, reason)| (pages()[*page].0.to_owned(), format!("takedown.{reason}"))).collect();
    assert_eq!(taken, expected, "{words}");
    let stays = |url: &String| taken.iter().all(|(gone, _)| gone != url);
    assert_eq!(kept(&sandbox, "new"), kept(&sandbox, "out").into_iter().filter(stays).collect::<Vec<_>>());
    check_balance(&sandbox, "new");
}

#[test]
fn a_domain_goes_with_its_hosts_and_no_look_alike() {
    check("domain example.org", &[(0, "domain"), (1, "domain")]);
    check("sub.EXAMPLE.org\n", &[(1, "domain")]);
}

#[test]
fn urls_and_prefixes_go_at_their_boundaries() {
    check("url-prefix https://paths.example.com/p", &[(4, "url_prefix"), (5, "url_prefix")]);
    check("url-prefix https://paths.example.com/p/", &[(5, "url_prefix")]);
    check("https://one.example.net/x?y#z", &[(8, "url")]);
    check("url https://one.example.net/x", &[]);
}

#[test]
fn records_texts_and_passages_go() {
    let sandbox = set();
    let data = batches(&sandbox.path("out/data"));
    let (ids, digests) = (texts(&data, "id"), texts(&data, "text_digest"));
    let row = |page: usize| texts(&data, "url").iter().position(|url| url == pages()[page].0).expect("it is kept");
    let list = format!("id {}\ntext-digest {}\npassage {PASSAGE}\n", ids[row(2)], digests[row(6)]);
    check(&list, &[(2, "id"), (6, "text_digest"), (11, "passage")]);
}

#[test]
fn nothing_of_what_went_is_left_anywhere() {
    let sandbox = set();
    for page in [0, 1, 3, 8, 11] {
        assert!(holds(&sandbox, "out", &secret(page)), "{page}");
    }
    let list = format!("domain example.org\nurl https://one.example.net/x?y\npassage {PASSAGE}\n");
    let words = take_down(&sandbox, "out", "new", &list, &["--date", "2026-02-03", "--note", "asked by mail"]);
    for page in [0, 1, 3, 8, 11] {
        assert!(!holds(&sandbox, "new", &secret(page)), "{page}: {words}");
    }
    for page in [2, 4, 5, 6, 7, 9, 12, 13] {
        assert!(holds(&sandbox, "new", &secret(page)), "{page}: {words}");
    }
    assert!(!holds(&sandbox, "new", "seventh key"), "the passage is not repeated");
    let manifest = sandbox.read_json("new/manifest.json");
    let [domain, url, passage] = [0, 1, 2].map(|number| manifest["removals"][number].clone());
    // A dropped page of the domain lost its text, and one that was removed as a duplicate of what went.
    assert_eq!(
        (&domain["rows"], &domain["dropped_texts"], &domain["rule"]),
        (&2.into(), &2.into(), &"example.org".into())
    );
    assert_eq!((&url["rows"], &url["date"], &url["note"]), (&1.into(), &"2026-02-03".into(), &"asked by mail".into()));
    assert_eq!((&passage["rule"], &passage["length"]), (&serde_json::Value::Null, &11.into()));
    let old = gristmill::card::sums::sha256(&sandbox.read("out/manifest.json"));
    assert_eq!(manifest["previous"]["manifest_sha256"], old);
    assert!(sandbox.read_text("new/README.md").contains("| 1 | 2026-02-03 | 1 | passage | 1 |"));
    // What was counted of texts that are gone is left out and named.
    let left_out = manifest["not_recomputed"].to_string();
    assert!(left_out.contains("figures.words"), "{left_out}");
    let removed = batches(&sandbox.path("new/removals"));
    assert_eq!(small_numbers(&removed, "rule"), [1, 1, 2, 3]);
    let signed =
        batches(&sandbox.path("new/dedup")).into_iter().filter(|batch| batch.column_by_name("bands").is_some());
    let gone = texts(&removed, "id");
    assert!(texts(&signed.collect::<Vec<_>>(), "id").iter().all(|id| !gone.contains(id)));
}

#[test]
fn what_is_nearly_the_same_is_listed_and_stays() {
    let sandbox = set();
    take_down(&sandbox, "out", "new", &format!("domain example.org\npassage {PASSAGE}"), &[]);
    let near = sandbox.read_text("new/removals/near_duplicates-00001.csv");
    let lines: Vec<&str> = near.lines().collect();
    assert_eq!(lines.len(), 3, "{near}");
    assert!(lines[1].contains(",https://near.example.net/,0.5") && lines[1].ends_with(",1"), "{near}");
    assert!(lines[2].contains(",https://almost.example.net/,0.667,passage,,2"), "{near}");
    assert!(kept(&sandbox, "new").contains(&"https://near.example.net/".to_owned()));
    // Decided about: it leaves the list of the first takedown.
    take_down(&sandbox, "new", "newer", "domain near.example.net", &[]);
    let near = sandbox.read_text("newer/removals/near_duplicates-00001.csv");
    assert!(!near.contains("near.example.net") && near.contains("almost.example.net"), "{near}");
    check_balance(&sandbox, "newer");
}

#[test]
fn a_second_takedown_goes_on_where_the_first_ended() {
    let sandbox = set();
    take_down(&sandbox, "out", "new", "domain sub.example.org", &["--set-version", "1.0.1"]);
    take_down(&sandbox, "new", "newer", "domain example.org\ndomain last.example.net", &["--set-version", "1.0.2"]);
    let expected = [
        ("https://example.org/a", "domain"),
        ("https://sub.example.org/b", "domain"),
        ("https://last.example.net/", "domain"),
    ];
    let expected = expected.map(|(url, reason)| (url.to_owned(), format!("takedown.{reason}")));
    assert_eq!(taken(&sandbox, "newer"), expected);
    check_balance(&sandbox, "newer");
    let manifest = sandbox.read_json("newer/manifest.json");
    let takedowns: Vec<_> =
        manifest["removals"].as_array().expect("removals").iter().map(|removal| &removal["takedown"]).collect();
    assert_eq!(takedowns, [1, 2, 2]);
    assert_eq!((&manifest["previous"]["version"], &manifest["about"]["version"]), (&"1.0.1".into(), &"1.0.2".into()));
    let stages: Vec<_> = manifest["funnel"].as_array().expect("stages").iter().map(|stage| &stage["stage"]).collect();
    assert_eq!(stages[stages.len() - 2..], ["takedown", "takedown#2"]);
    let removed = batches(&sandbox.path("newer/removals"));
    assert_eq!(small_numbers(&removed, "rule"), [1, 2, 3]);
}

#[test]
fn urls_are_forgotten_on_request() {
    let sandbox = set();
    take_down(&sandbox, "out", "with", "domain example.org", &[]);
    assert!(holds(&sandbox, "with", "sub.example.org"));
    take_down(&sandbox, "with", "without", "domain example.org\nid <urn:uuid:none>", &["--forget-urls"]);
    take_down(&sandbox, "out", "new", "domain example.org", &["--forget-urls"]);
    for folder in ["without", "new"] {
        for url in ["sub.example.org", "https://example.org/a"] {
            assert!(!holds(&sandbox, folder, url), "{folder} {url}");
        }
        assert!(holds(&sandbox, folder, "notexample.org"));
        check_balance(&sandbox, folder);
    }
}

#[test]
fn shards_without_a_hit_are_the_same_bytes() {
    let sandbox = set();
    take_down(&sandbox, "out", "new", "url https://notexample.org/", &[]);
    let shards = sandbox.files("out/data");
    assert!(shards.len() > 3, "{shards:?}");
    assert_eq!(sandbox.files("new/data"), shards);
    let differ = shards
        .iter()
        .filter(|name| sandbox.read(&format!("out/data/{name}")) != sandbox.read(&format!("new/data/{name}")));
    assert_eq!(differ.count(), 1);
    for name in sandbox.files("out/dedup").iter().filter(|name| !name.starts_with("signatures")) {
        assert_eq!(sandbox.read(&format!("out/dedup/{name}")), sandbox.read(&format!("new/dedup/{name}")));
    }
}

#[test]
fn any_number_of_threads_writes_the_same() {
    let sandbox = set();
    let list = format!("domain example.org\npassage {PASSAGE}\nurl-prefix https://paths.example.com/p");
    take_down(&sandbox, "out", "one", &list, &["--threads", "1"]);
    take_down(&sandbox, "out", "many", &list, &["--threads", "7"]);
    assert_eq!(sandbox.contents("one"), sandbox.contents("many"));
}

#[test]
fn what_cannot_be_done_is_refused() {
    let sandbox = set();
    let refused = |list: &str, from: &str, to: &str, expected: &str| {
        sandbox.write("list", list);
        let ran = sandbox.run(&["takedown", from, "--list", "list", "--out", to]).expect(2);
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
        assert_eq!(ran.stdout, "");
    };
    refused("domain example.org", "out", "in", "error: in is not empty\nhint: ");
    refused("domain example.org", "in", "new", "error: in holds no finished set\nhint: ");
    refused(
        "# gone\nmy page",
        "out",
        "new",
        "error: list:2: this is neither a rule nor plainly a URL or a domain\nhint: ",
    );
    let ran = sandbox.run(&["takedown", "out", "--list", "list", "--out", "new", "--date", "today"]).expect(2);
    assert!(ran.stderr.contains("a day is written as 2026-01-31"), "{}", ran.stderr);
    assert!(sandbox.files("new").is_empty());
    // A shard that is not the one of the manifest is not carried on.
    let shard = format!("out/data/{}", sandbox.files("out/data")[0]);
    let other = format!("out/data/{}", sandbox.files("out/data")[1]);
    sandbox.write(&shard, sandbox.read(&other));
    refused("domain last.example.net", "out", "new", "is not what manifest.json says of it: ");
    assert!(!sandbox.path("new/run.json").exists() && !sandbox.path("new/manifest.json").exists());
}

/// `verify` finds nothing wrong, in the set alone and against its crawl.
#[track_caller]
fn check_verifies(sandbox: &Sandbox, folder: &str) {
    let words = sandbox.run(&["verify", folder]).expect(0).stdout;
    assert!(words.contains("removals"), "{words}");
    sandbox.run(&["verify", folder, "--warc", "in", "--sample", "all"]).expect(0);
}

#[test]
fn verify_proves_that_nothing_of_the_list_is_left() {
    let sandbox = set();
    let list = format!("domain example.org\nurl https://one.example.net/x?y\npassage {PASSAGE}\n");
    take_down(&sandbox, "out", "new", &list, &["--date", "2026-02-03", "--set-version", "1.0.1"]);
    check_verifies(&sandbox, "new");
    take_down(&sandbox, "new", "newer", "domain last.example.net\ndomain example.org", &["--forget-urls"]);
    check_verifies(&sandbox, "newer");
    take_down(&sandbox, "newer", "newest", "domain nobody.example.net", &[]);
    check_verifies(&sandbox, "newest");
}

#[test]
fn verify_names_what_came_back() {
    let sandbox = set();
    take_down(&sandbox, "out", "new", &format!("domain example.org\npassage {PASSAGE}"), &[]);
    let findings = |sandbox: &Sandbox| -> Vec<String> {
        let report: serde_json::Value =
            serde_json::from_str(&sandbox.run(&["verify", "new", "--json"]).expect(1).stdout).expect("JSON");
        let checks = report["checks"].as_array().expect("checks").iter();
        let listed = checks.filter(|check| check["check"] == "removals").flat_map(|check| check["listed"].as_array());
        listed.flatten().map(|finding| finding["message"].as_str().unwrap_or_default().to_owned()).collect()
    };
    for kind in ["data", "dropped"] {
        for file in sandbox.files(&format!("out/{kind}")) {
            let now = sandbox.read(&format!("new/{kind}/{file}"));
            let then = sandbox.read(&format!("out/{kind}/{file}"));
            if now == then {
                continue;
            }
            sandbox.write(&format!("new/{kind}/{file}"), then);
            let found = findings(&sandbox);
            assert!(
                !found.is_empty() && found.iter().all(|found| found.ends_with("names it, and it is there")),
                "{found:?}"
            );
            sandbox.write(&format!("new/{kind}/{file}"), now);
        }
    }
    let manifest = sandbox.read_text("new/manifest.json");
    sandbox.write(
        "new/manifest.json",
        manifest.replace("\"rows\": 2,\n      \"text_bytes\"", "\"rows\": 3,\n      \"text_bytes\""),
    );
    let found = findings(&sandbox);
    assert!(found.iter().any(|found| found.starts_with("takedown dropped ")), "{found:?}");
}

/// Found on reading the code again: a manifest may come from anyone.
#[test]
fn a_manifest_with_settings_that_cannot_be_is_refused() {
    let sandbox = set();
    let manifest = sandbox.read_text("out/manifest.json").replace("\"shingle_words\": 5", "\"shingle_words\": 0");
    sandbox.write("out/manifest.json", manifest);
    sandbox.write("list", "domain example.org\n");
    let words = sandbox.run(&["takedown", "out", "--list", "list", "--out", "new"]).expect(2).stderr;
    assert!(words.contains("its deduplication cannot be") && words.contains("shingle_words"), "{words}");
}
