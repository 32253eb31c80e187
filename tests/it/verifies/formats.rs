//! Sets of every format version, stored as they were made, are checked by the present program.

use crate::support::golden::in_repository;
use crate::support::sandbox::Sandbox;

/// What verify prints of a stored set, and its exit code.
fn verified(version: u32, arguments: &[&str]) -> (i32, String) {
    let set = in_repository(&format!("tests/formats/v{version}"));
    let crawl = in_repository("tests/formats");
    let sandbox = Sandbox::new();
    let mut all = vec!["verify", set.to_str().expect("a path of text")];
    all.extend(arguments);
    if !arguments.is_empty() {
        all.extend(["--warc", crawl.to_str().expect("a path of text")]);
    }
    let ran = sandbox.run(&all);
    (ran.code, ran.stdout)
}

#[test]
fn stored_sets_of_all_versions_are_clean_against_themselves() {
    for version in 1..=gristmill::shard::schema::FORMAT_VERSION {
        let (code, words) = verified(version, &[]);
        // A card of the present version may have other words by now; what it says is checked elsewhere.
        let wrong: Vec<&str> = words.lines().filter(|line| line.starts_with("WRONG")).collect();
        assert_eq!((code, wrong), (0, vec![]), "version {version}\n{words}");
        assert!(words.contains(&format!("format {version}, made by gristmill")), "{words}");
    }
}

#[test]
fn rows_of_all_versions_lead_back_to_their_records() {
    for version in 1..=gristmill::shard::schema::FORMAT_VERSION {
        let (_, words) = verified(version, &["--sample", "all"]);
        for check in ["inputs", "records", "payloads"] {
            let line = words.lines().find(|line| line.split_whitespace().nth(1) == Some(check));
            assert!(line.is_some_and(|line| line.starts_with("ok")), "version {version}: {check}\n{words}");
        }
    }
}
