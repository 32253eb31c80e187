//! What compilers do not see: layers, purity, module docs, lengths, names of reasons, links.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::golden::in_repository;

/// Longest source file, in lines; a longer one holds two ideas.
const LINES_MAX: usize = 420;

/// Folders of `src` in the order in which a document meets them, each with those it may use.
const LAYERS: [(&str, &[&str]); 17] = [
    ("text", &[]),
    ("fasttext", &[]),
    ("document", &["text"]),
    ("warc", &["text", "document"]),
    ("extract", &["text", "document"]),
    ("annotate", &["text", "fasttext", "document"]),
    ("edit", &["text", "document"]),
    ("filter", &["text", "fasttext", "document", "annotate"]),
    ("dedup", &["text", "document"]),
    ("plan", &["text", "document", "extract", "annotate", "edit", "filter", "dedup"]),
    ("ledger", &["text", "document", "plan"]),
    ("store", &["text"]),
    ("shard", &["text", "document", "ledger", "store"]),
    ("card", &["text", "document", "plan", "ledger"]),
    (
        "engine",
        &[
            "text", "document", "warc", "extract", "annotate", "edit", "filter", "dedup", "plan", "ledger", "store",
            "shard", "card",
        ],
    ),
    (
        "audit",
        &[
            "text", "document", "warc", "extract", "annotate", "edit", "filter", "dedup", "plan", "ledger", "store",
            "shard", "card", "engine",
        ],
    ),
    (
        "cli",
        &[
            "text", "document", "warc", "extract", "annotate", "edit", "filter", "dedup", "plan", "ledger", "store",
            "shard", "card", "engine", "audit",
        ],
    ),
];

/// Files that may hold `unsafe`, and why it has to be there. What Miri can check of them is told in
/// `docs/supply_chain.md`.
const UNSAFE: [(&str, &str); 4] = [
    ("src/annotate/language/cld2.rs", "calls of a C++ library"),
    ("src/dedup/minhash/permutation.rs", "functions that are compiled for processors which not every machine has"),
    ("tests/fuzz/memory.rs", "an allocator that counts, for fuzz targets alone"),
    ("examples/hostile/counting.rs", "the same, for this example alone"),
];

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut left = vec![in_repository(folder)];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn name(path: &Path) -> String {
    path.strip_prefix(in_repository("")).unwrap_or(path).display().to_string()
}

/// The part of a source file that is not its unit tests.
fn without_tests(source: &str) -> &str {
    source.split("#[cfg(test)]").next().unwrap_or_default()
}

#[test]
fn arrows_between_folders_point_one_way() {
    let may_use: BTreeMap<_, _> = LAYERS.into_iter().collect();
    let mut wrong = Vec::new();
    for path in files("src", ".rs") {
        let below = name(&path);
        let Some(folder) = below.strip_prefix("src/").and_then(|rest| rest.split_once('/')).map(|(folder, _)| folder)
        else {
            continue;
        };
        let allowed = may_use.get(folder).unwrap_or_else(|| panic!("src/{folder} is in no layer"));
        let source = read(&path);
        for used in without_tests(&source).split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if may_use.contains_key(used.as_str()) && used != folder && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{below} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn stages_touch_neither_files_nor_clocks_nor_the_network() {
    let impure = ["std::fs", "std::net", "std::time", "std::env", "std::process", "SystemTime", "Instant::now"];
    let pure = ["text", "document", "warc", "extract", "annotate", "edit", "filter", "dedup", "plan", "ledger", "card"];
    // The program that learns the content model lies beside the model; it is no stage and not part of the library.
    let is_stage = |path: &PathBuf| !name(path).starts_with("src/extract/content/training/");
    for path in pure.iter().flat_map(|folder| files(&format!("src/{folder}"), ".rs")).filter(is_stage) {
        let source = read(&path);
        let found = impure.iter().find(|word| without_tests(&source).contains(**word));
        assert_eq!(found, None, "{}", name(&path));
    }
}

/// No verdict, text or published byte depends on a clock: these files alone look at one, to show how far a run is, to
/// write `run.json`, or to wait for a server.
#[test]
fn clocks_are_read_only_to_show_and_to_wait() {
    let clocks = ["Instant", "SystemTime", "Utc::now", "Local::now", "elapsed", "Duration"];
    let may_read = [
        "src/audit/trace/scan.rs",
        "src/cli/cost.rs",
        "src/cli/progress.rs",
        "src/cli/signals.rs",
        "src/cli/trace.rs",
        "src/cli/verify.rs",
        "src/store/http.rs",
    ];
    let of_the_library = |path: &PathBuf| !name(path).starts_with("src/extract/content/training/");
    for path in files("src", ".rs").into_iter().filter(of_the_library) {
        let source = read(&path);
        let found = clocks.iter().find(|word| without_tests(&source).contains(**word));
        if !may_read.contains(&name(&path).as_str()) {
            assert_eq!(found, None, "{}", name(&path));
        }
    }
}

#[test]
fn unsafe_stands_where_it_may_and_says_why_it_is_sound() {
    // Written in two parts, so that this file does not find itself.
    let word = ["un", "safe"].concat();
    let forms = [" {", " fn ", " impl", " extern", " trait", "("].map(|next| format!("{word}{next}"));
    let is_code = |line: &&str| forms.iter().any(|form| line.contains(form));
    let mut holding = Vec::new();
    let folders = ["src", "tests/it", "tests/fuzz", "benches", "examples"];
    for path in folders.iter().flat_map(|folder| files(folder, ".rs")).filter(|path| name(path) != "tests/it/tidy.rs") {
        let source = read(&path);
        let lines: Vec<&str> = source.lines().collect();
        let found = |at: &usize| is_code(&lines[*at].split("//").next().unwrap_or_default());
        for at in (0..lines.len()).filter(found) {
            // What a trait asks for is explained where its functions are called and where it is implemented.
            let is_asked_for = lines[at].contains(&forms[1]);
            let reason =
                lines[at.saturating_sub(4)..at].iter().any(|line| line.trim_start().starts_with("// SAFETY: "));
            assert!(reason || is_asked_for, "{}:{} has no SAFETY comment before it", name(&path), at + 1);
            holding.push(name(&path));
        }
    }
    holding.dedup();
    assert_eq!(holding, UNSAFE.map(|(file, _)| file), "files that hold it, and those that may");
}

#[test]
fn names_of_files_are_shown_without_what_a_terminal_obeys() {
    // The program that learns the content model reads files of those who develop it.
    let is_shown = |path: &PathBuf| !name(path).starts_with("src/extract/content/training/");
    for path in files("src", ".rs").into_iter().filter(is_shown) {
        let source = read(&path);
        let found = without_tests(&source).contains(".display()");
        assert!(!found, "{}: take `text::shown::path` for names of files", name(&path));
    }
}

#[test]
fn every_file_begins_with_what_it_is_and_holds_one_idea() {
    for path in files("src", ".rs")
        .into_iter()
        .chain(files("tests/it", ".rs"))
        .chain(files("benches", ".rs"))
        .chain(files("examples", ".rs"))
    {
        let source = read(&path);
        assert!(source.starts_with("//! "), "{} has no module doc", name(&path));
        let lines = source.lines().count();
        assert!(lines <= LINES_MAX, "{} has {lines} lines", name(&path));
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        assert!(!["util", "utils", "common", "helpers", "manager"].contains(&stem.as_str()), "{}", name(&path));
    }
}

#[test]
fn nothing_is_left_half_done() {
    // Written in two parts, so that this file does not find itself.
    let marks = [["TO", "DO"], ["FIX", "ME"], ["HA", "CK:"], ["un", "implemented!("], ["#[ig", "nore"]]
        .map(|parts| parts.concat());
    for path in files("src", ".rs").into_iter().chain(files("tests", ".rs")) {
        let source = read(&path);
        let found = marks.iter().find(|mark| source.contains(mark.as_str()));
        assert_eq!(found, None, "{}", name(&path));
    }
}

#[test]
fn reasons_are_unique_and_begin_with_their_stage() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for path in files("src", ".rs") {
        let source = read(&path);
        for reason in without_tests(&source).split("Reason::new(\"").skip(1) {
            let reason = reason.split('"').next().unwrap_or_default().to_owned();
            let (stage, what) = reason.split_once('.').unwrap_or_else(|| panic!("{reason} has no stage"));
            let well_formed = |word: &str| {
                !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            };
            assert!(well_formed(stage) && well_formed(what), "{reason}");
            let earlier = seen.insert(reason.clone(), name(&path));
            assert_eq!(earlier, None, "{reason} is declared twice");
        }
    }
    assert!(seen.len() > 40, "{} reasons", seen.len());
    for entry in gristmill::filter::CATALOGUE {
        let foreign = entry.reasons.iter().find(|reason| !reason.as_str().starts_with(&format!("{}.", entry.name)));
        assert_eq!(foreign, None, "filter.{}", entry.name);
    }
}

#[test]
fn links_of_the_documents_lead_somewhere() {
    let documents = files("docs", ".md")
        .into_iter()
        .chain(["README.md", "CHANGELOG.md", "sample-data/README.md"].map(in_repository));
    let mut links = 0;
    for path in documents {
        let text = read(&path);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") {
                continue;
            }
            links += 1;
            let there = path.parent().is_some_and(|folder| folder.join(file).exists());
            assert!(there, "{} links to {target}", name(&path));
        }
    }
    assert!(links > 0);
}

#[test]
fn what_counts_as_damage_is_what_the_reader_says_of_it() {
    use gristmill::ledger::run_record::is_damage;
    use gristmill::warc::{content, damage};
    let wrong = content::REASONS.iter().find(|reason| is_damage(reason.as_str()));
    assert_eq!(wrong, None, "a record that nobody wanted is no damage");
    let wrong = damage::REASONS.iter().find(|reason| !is_damage(reason.as_str()));
    assert_eq!(wrong, None, "bytes that could not be read are damage");
}
