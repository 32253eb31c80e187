//! Files of lines and tables: lists of URLs and words, lists of takedowns, bounds by language, benchmarks.

use std::collections::BTreeMap;

use gristmill::audit::takedown::list::{self, normal};
use gristmill::document::origin::Origin;
use gristmill::document::reason::Verdict;
use gristmill::document::signals::Signals;
use gristmill::document::{CharsetSource, Decoding, Document};
use gristmill::filter::contamination::{self, Set};
use gristmill::filter::lists::List;
use gristmill::filter::{Filter, Gate, by_language, gopher_quality, url};
use gristmill::ledger::removal::RuleKind;

use super::stretched;

/// A list of any bytes, under the name that `of_files` gives.
fn lists(bytes: &[u8]) -> BTreeMap<String, String> {
    BTreeMap::from([("list.txt".to_owned(), String::from_utf8_lossy(bytes).into_owned())])
}

fn of_files() -> List {
    List { entries: Vec::new(), files: vec!["list.txt".to_owned()] }
}

/// Lists are read to entries in order, each once; filters of URLs refuse them, or judge every URL in linear time.
pub fn url_lists(bytes: &[u8]) {
    let lists = lists(bytes);
    let entries = of_files().load(&lists, |entry| Ok(entry.to_owned())).expect("every entry is taken");
    assert!(entries.iter().is_sorted_by(|a, b| a < b));
    assert!(entries.iter().all(|entry| !entry.is_empty() && entry.trim() == entry && entries.contains(entry)));
    let again = List { entries: entries.iter().map(str::to_owned).collect(), files: Vec::new() };
    assert_eq!(again.load(&lists, |entry| Ok(entry.to_owned())), Ok(entries.clone()), "entries are their own list");
    let configs = [
        url::Config { domains: of_files(), hosts: of_files(), drop_without_host: true, ..url::Config::default() },
        url::Config { urls: of_files(), words: of_files(), soft_words: of_files(), ..url::Config::default() },
        url::Config { subwords: of_files(), ..url::Config::default() },
    ];
    let long = stretched(bytes).map(|long| String::from_utf8_lossy(&long).into_owned());
    for (number, config) in configs.iter().enumerate() {
        let Ok(filter) = config.build(&lists) else { continue };
        for address in entries.iter().take(20).chain(long.as_deref()) {
            let origin = Origin { url: address.to_owned(), ..Origin::default() };
            let verdict = filter.judge(&origin);
            assert_eq!(verdict, filter.judge(&origin));
            let is_kept = verdict == Verdict::Keep;
            assert!(number != 1 || !entries.contains(address) || !is_kept, "a URL of the list is dropped");
        }
    }
}

const WORDS: [(RuleKind, &str); 6] = [
    (RuleKind::Domain, "domain"),
    (RuleKind::UrlPrefix, "url-prefix"),
    (RuleKind::Url, "url"),
    (RuleKind::Id, "id"),
    (RuleKind::TextDigest, "text-digest"),
    (RuleKind::Passage, "passage"),
];

/// A list of a takedown is refused with the line, or its rules are read again as they are written.
pub fn takedown(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let rules = match list::parse("list.txt", &text) {
        Ok(rules) => rules,
        Err(wrong) => {
            assert!((1..=text.lines().count().max(1)).contains(&wrong.line) && !wrong.message.is_empty());
            return;
        }
    };
    let word = |kind: RuleKind| WORDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, word)| *word);
    let lines: Vec<String> = rules.iter().map(|rule| format!("{} {}", word(rule.kind), rule.given)).collect();
    assert_eq!(list::parse("list.txt", &lines.join("\n")), Ok(rules.clone()));
    for rule in &rules {
        assert_eq!(normal(rule.kind, &rule.given).as_ref(), Ok(&rule.normal));
    }
}

/// Tables are refused with the place of what is wrong, or read; a text of a benchmark is found in itself.
pub fn tables(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lists = BTreeMap::from(["list.toml", "a.jsonl", "a.txt"].map(|name| (name.to_owned(), text.to_string())));
    if by_language::read("list.toml", &lists).is_ok() {
        let config =
            gopher_quality::Config { by_language: "list.toml".to_owned(), ..gopher_quality::Config::default() };
        // Either is an answer.
        let _ = config.build(&lists).is_ok();
    }
    for file in ["a.jsonl", "a.txt"] {
        let set = Set { name: "a".to_owned(), files: vec![file.to_owned()], fields: Vec::new() };
        let config =
            contamination::Config { sets: vec![set], ngram: 3, words_min: 2, ..contamination::Config::default() };
        let Ok(filter) = config.build(&lists) else { continue };
        let summary = filter.benchmarks().and_then(<[_]>::first).expect("there is one set");
        assert!(summary.too_short + summary.of_numbers <= summary.texts);
        if file == "a.txt" && summary.too_short + summary.of_numbers == 0 {
            let lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
            for line in lines.take(20) {
                assert_ne!(filter.judge(&document(line)), Verdict::Keep, "{line:?} is a text of the benchmark");
            }
        }
    }
}

fn document(text: &str) -> Document {
    let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Detected, replacements: 0 };
    Document::new(text.to_owned(), Origin::default(), decoding, Signals::default())
}
