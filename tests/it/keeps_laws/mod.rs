//! The laws of the fuzz targets, held for the corpus that `tests/fuzz` keeps and for what is near it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::golden::in_repository;

#[path = "../../fuzz/laws/mod.rs"]
mod laws;

mod seeds;

/// Largest file of the corpus and all its files together, in bytes.
const FILE_BYTES_MAX: u64 = 16 << 10;
const CORPUS_BYTES_MAX: u64 = 200 << 10;

fn corpus(name: &str) -> Vec<PathBuf> {
    let folder = in_repository("tests/fuzz/corpus").join(name);
    let listed = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = listed.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

#[test]
fn every_law_holds_for_its_corpus() {
    let (mut bytes_all, mut broken) = (0, Vec::new());
    for (name, law) in laws::ALL {
        let files = corpus(name);
        assert!(!files.is_empty(), "{name} has no corpus");
        for file in files {
            let bytes = fs::read(&file).expect("it was listed");
            assert!(bytes.len() as u64 <= FILE_BYTES_MAX, "{} has {} bytes", file.display(), bytes.len());
            bytes_all += bytes.len() as u64;
            if std::panic::catch_unwind(|| law(&bytes)).is_err() {
                broken.push(format!("{} breaks the law `{name}`", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(bytes_all <= CORPUS_BYTES_MAX, "the corpus has {bytes_all} bytes");
}

#[test]
fn every_law_has_a_target_and_every_corpus_a_law() {
    let manifest = fs::read_to_string(in_repository("tests/fuzz/Cargo.toml")).expect("the fuzz targets are a crate");
    for (name, _) in laws::ALL {
        assert!(manifest.contains(&format!("path = \"targets/{name}.rs\"")), "{name} has no target");
        let target = fs::read_to_string(in_repository(&format!("tests/fuzz/targets/{name}.rs")));
        assert!(target.is_ok_and(|source| source.contains("fuzz_target!")), "{name} has no target");
    }
    let known: BTreeSet<&str> = laws::ALL.iter().map(|(name, _)| *name).collect();
    for folder in corpus("") {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert!(known.contains(name.as_str()), "corpus/{name} belongs to no law");
    }
}

/// One change of a file: what is done, where, with which byte, how often.
type Change = (u8, u32, u8, u8);

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for &(what, place, byte, times) in changes {
        let at = place as usize % (bytes.len() + 1);
        let end = (at + usize::from(times)).min(bytes.len());
        match what % 4 {
            0 if at < bytes.len() => bytes[at] ^= byte,
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, vec![byte; usize::from(times)])),
            _ => {
                let piece = bytes[at..end].to_vec();
                let to = usize::from(byte) % (bytes.len() + 1);
                drop(bytes.splice(to..to, piece));
            }
        }
    }
    bytes
}

/// Changes of each file of the corpus that are tried; `PROPTEST_CASES` asks for more.
const CASES: u32 = 6;

/// What the fuzzer looks for at length, looked for in a few steps around each file of the corpus.
#[test]
fn every_law_holds_near_its_corpus() {
    for (name, law) in laws::ALL {
        let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
        let changes = prop::collection::vec(any::<Change>(), 1..6);
        for file in corpus(name) {
            let bytes = fs::read(&file).expect("it was listed");
            let run = runner.run(&changes, |changes| {
                law(&changed(bytes.clone(), &changes));
                Ok(())
            });
            run.unwrap_or_else(|broken| panic!("{name}, near {}: {broken}", file.display()));
        }
    }
}
