//! `provenance.intoto.json`: an in-toto Statement v1 with SLSA provenance v1: these files are what this plan made of these
//! inputs.
//!
//! It is not signed: whoever publishes the set can sign it as it is. It has no times and no invocation id, since a set
//! does not depend on them. The kind of build is named by the page that describes it, `docs/provenance.md`.

use serde::Serialize;
use serde_json::{Value, json};

use super::each::{Each, document};
use super::named::{self, Kind, Named};
use super::visible;
use crate::ledger::run_record::{FileRecord, InputRecord, RunRecord};

/// Type of the statement.
const STATEMENT: &str = "https://in-toto.io/Statement/v1";
/// Type of what it states.
const PREDICATE: &str = "https://slsa.dev/provenance/v1";
/// Kind of build: what the external parameters mean, and what is read and written.
const BUILD_TYPE: &str = "pkg:generic/gristmill#docs/provenance.md";

#[derive(Serialize)]
struct Statement<S: Serialize, D: Serialize> {
    #[serde(rename = "_type")]
    kind: &'static str,
    subject: S,
    #[serde(rename = "predicateType")]
    predicate_type: &'static str,
    predicate: Predicate<D>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Predicate<D: Serialize> {
    build_definition: BuildDefinition<D>,
    run_details: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BuildDefinition<D: Serialize> {
    build_type: &'static str,
    external_parameters: Value,
    resolved_dependencies: D,
}

/// Renders the statement.
pub fn render(record: &RunRecord, manifest: &FileRecord) -> String {
    let subject = |(name, sha256): (&str, &str)| json!({ "name": name, "digest": { "sha256": sha256 } });
    let files = record.files().chain([manifest]).map(|file| (&*file.path, &*file.sha256));
    let tool = tool_uri(record);
    let named = named::all(record);
    let dependencies = [json!({ "name": record.tool.name, "uri": tool })].into_iter();
    let dependencies = dependencies.chain(named.iter().filter_map(named_file)).chain(record.inputs.iter().map(input));
    document(&Statement {
        kind: STATEMENT,
        subject: Each(files.map(subject)),
        predicate_type: PREDICATE,
        predicate: Predicate {
            build_definition: BuildDefinition {
                build_type: BUILD_TYPE,
                external_parameters: json!({ "name": record.name, "plan": record.plan }),
                resolved_dependencies: Each(dependencies),
            },
            run_details: json!({ "builder": { "id": tool, "version": { &*record.tool.name: record.tool.version } } }),
        },
    })
}

/// The program by its name and version. It does not say who ran it, which the record does not know either.
fn tool_uri(record: &RunRecord) -> String {
    format!("pkg:generic/{}@{}", record.tool.name, record.tool.version)
}

fn input(input: &InputRecord) -> Value {
    let mut dependency = described(&input.path);
    dependency["digest"] = json!({ "sha256": input.sha256 });
    dependency["mediaType"] = json!("application/warc");
    dependency
}

/// What the plan names, if its digest is known: the statement has to identify what it lists. The plan's own digest covers
/// the rest, which the stages name.
fn named_file(named: &Named) -> Option<Value> {
    let kind = match named.kind {
        Kind::Model => "model",
        Kind::Tokenizer => "tokenizer",
        Kind::Robots => "robots",
        Kind::EarlierSet => "earlier set",
        Kind::List => "list",
    };
    let mut dependency = described(&named.path);
    dependency["digest"] = json!({ "sha256": named.sha256.as_ref()? });
    dependency["annotations"] = json!({ "kind": kind, "stage": visible::line(&named.stage) });
    Some(dependency)
}

/// A web address is where it can be had, anything else a name.
fn described(path: &str) -> Value {
    match url::Url::parse(path) {
        Ok(url) if url.has_host() => json!({ "name": visible::line(path), "uri": url.as_str() }),
        _ => json!({ "name": visible::line(path) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::sums::manifest;
    use crate::ledger::example;

    fn rendered(record: &RunRecord) -> Value {
        serde_json::from_str(&render(record, &manifest(record))).expect("JSON")
    }

    #[test]
    fn subjects_are_all_files_and_the_manifest() {
        let record = example::record();
        let statement = rendered(&record);
        let subjects = statement["subject"].as_array().expect("subjects");
        let mut expected: Vec<_> =
            record.files().map(|file| json!({ "name": file.path, "digest": { "sha256": file.sha256 } })).collect();
        let manifest_sha256 = manifest(&record).sha256;
        expected.push(json!({ "name": "manifest.json", "digest": { "sha256": manifest_sha256 } }));
        assert_eq!(subjects, &expected);
    }

    #[test]
    fn the_build_is_the_plan_over_the_inputs() {
        let record = example::record();
        let statement = rendered(&record);
        let build = &statement["predicate"]["buildDefinition"];
        assert_eq!(build["externalParameters"]["plan"]["digest"], record.plan.digest);
        assert_eq!(build["externalParameters"]["plan"]["stages"], record.plan.stages);
        let dependencies = build["resolvedDependencies"].as_array().expect("dependencies");
        assert_eq!(dependencies[0]["uri"], "pkg:generic/gristmill@0.1.0");
        assert_eq!(dependencies[1]["digest"]["sha256"], "3".repeat(64));
        let inputs: Vec<_> = dependencies[2..].iter().filter_map(|one| one["digest"]["sha256"].as_str()).collect();
        assert_eq!(inputs, record.inputs.iter().map(|input| &*input.sha256).collect::<Vec<_>>());
        assert_eq!(statement["predicate"]["runDetails"]["builder"]["id"], "pkg:generic/gristmill@0.1.0");
        assert_eq!(statement["predicate"]["runDetails"].get("metadata"), None);
    }

    #[test]
    fn only_addresses_are_uris() {
        assert_eq!(described("crawl/a.warc.gz"), json!({ "name": "crawl/a.warc.gz" }));
        let address = "https://example.org/a b.warc.gz";
        assert_eq!(described(address), json!({ "name": address, "uri": "https://example.org/a%20b.warc.gz" }));
    }
}
