//! What `docs/supply_chain.md` says of the dependencies is what the manifest and the lock file say.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::support::golden::in_repository;

/// The part of `Cargo.toml` that is looked at.
#[derive(Deserialize)]
struct Manifest {
    dependencies: BTreeMap<String, toml::Value>,
    #[serde(rename = "dev-dependencies")]
    dev_dependencies: BTreeMap<String, toml::Value>,
}

/// The part of `Cargo.lock` that is looked at.
#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    source: Option<String>,
    checksum: Option<String>,
}

fn read(path: &str) -> String {
    let path = in_repository(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Names in code in the first cells of the table below a heading.
fn listed(document: &str, heading: &str) -> BTreeSet<String> {
    let section = document.split(&format!("\n## {heading}\n")).nth(1).unwrap_or_else(|| panic!("no {heading}"));
    let section = section.split("\n## ").next().unwrap_or_default();
    let cells = section.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn direct_dependencies_are_those_that_the_document_lists() {
    let manifest: Manifest = toml::from_str(&read("Cargo.toml")).expect("a manifest");
    let document = read("docs/supply_chain.md");
    for (heading, dependencies) in
        [("Direct dependencies", &manifest.dependencies), ("For tests and benches", &manifest.dev_dependencies)]
    {
        let names: BTreeSet<String> = dependencies.keys().cloned().collect();
        assert_eq!(listed(&document, heading), names, "{heading}");
    }
}

#[test]
fn whatever_is_built_in_comes_from_the_registry_with_its_digest() {
    let lock: Lock = toml::from_str(&read("Cargo.lock")).expect("a lock file");
    let (own, others): (Vec<&Package>, Vec<&Package>) = lock.package.iter().partition(|one| one.name == "gristmill");
    assert_eq!(own.len(), 1);
    for package in &others {
        let is_of_registry = package.source.as_deref() == Some("registry+https://github.com/rust-lang/crates.io-index");
        assert!(is_of_registry && package.checksum.is_some(), "{}", package.name);
    }
    let document = read("docs/supply_chain.md");
    assert!(document.contains(&format!("`Cargo.lock` pins {} packages", others.len())), "{}", others.len());
}

#[test]
fn every_check_builds_what_the_lock_file_pins() {
    let builds = ["clippy", "test", "run", "build", "install", "miri test"];
    for line in read(".ci/run").lines().filter(|line| !line.trim_start().starts_with('#')) {
        for build in builds {
            let is_unpinned = [format!("cargo {build} "), format!("cargo +nightly {build} ")]
                .iter()
                .any(|command| line.contains(command.as_str()) && !line.contains("--locked"));
            assert!(!is_unpinned, "{line}");
        }
        assert!(!line.ends_with("cargo test"), "{line}");
    }
}
