//! `spdx.json`, on request: SPDX 3.0.1 as JSON-LD, Dataset profile.
//!
//! The set is a DatasetPackage that contains the published files; a Build with the plan's digest has the crawl files as
//! its input and the set as its output. The profile asks for a time of creation, building and release: without a clock
//! that is the day that the maker states, else the day of the last capture, and the comment says which.
//! It asks for one concluded license too: all those of the texts together, if every text has one that the list of SPDX
//! knows, else none is asserted.

use serde::Serialize;
use serde_json::{Value, json};

use super::each::{Each, document};
use super::stated;
use super::{responsible, visible};
use crate::ledger::run_record::{FileRecord, RunRecord};

const CONTEXT: &str = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
const NO_LICENSE: &str = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense";
const CREATION: &str = "_:creation";
/// Stands where neither the maker nor a capture gives a day: a set without documents.
const NO_DAY: &str = "1970-01-01";

#[derive(Serialize)]
struct Graph<I: Serialize> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: I,
}

/// What all elements have in common.
struct Elements {
    /// Begins every id.
    namespace: String,
    /// The only moment that is stated.
    moment: String,
}

impl Elements {
    fn id(&self, name: &str) -> String {
        format!("{}#{name}", self.namespace)
    }

    /// An element with what all of them have.
    fn element(&self, kind: &str, name: &str, fields: Value) -> Value {
        let mut element = json!({ "type": kind, "spdxId": self.id(name), "creationInfo": CREATION });
        let Value::Object(fields) = fields else { unreachable!("fields are written as an object") };
        element.as_object_mut().expect("an object was written above").extend(fields);
        element
    }

    fn file(&self, name: &str, path: &str, sha256: &str, purpose: &str) -> Value {
        let fields = json!({
            "name": visible::line(path),
            "software_primaryPurpose": purpose,
            "verifiedUsing": [{ "type": "Hash", "algorithm": "sha256", "hashValue": sha256 }],
        });
        self.element("software_File", name, fields)
    }

    fn relationship(&self, name: &str, from: &str, kind: &str, to: Vec<String>) -> Value {
        let fields = json!({ "from": self.id(from), "relationshipType": kind, "to": to, "completeness": "complete" });
        self.element("Relationship", name, fields)
    }

    /// A relationship of the build.
    fn of_build(&self, kind: &str, to: Vec<String>) -> Value {
        let fields = json!({
            "from": self.id("build"), "relationshipType": kind, "to": to, "completeness": "complete", "scope": "build",
        });
        self.element("LifecycleScopedRelationship", &format!("build-{kind}"), fields)
    }
}

/// Renders the document.
pub fn render(record: &RunRecord, manifest: &FileRecord) -> String {
    let elements = Elements {
        namespace: format!("urn:uuid:{}", stated::uuid(&manifest.sha256)),
        moment: format!("{}T00:00:00Z", stated::day(record).unwrap_or(NO_DAY)),
    };
    let files = || record.files().chain([manifest]).map(|file| (&*file.path, &*file.sha256));
    let input_name = |number: usize| format!("input-{number}");
    let input_ids = (0..record.inputs.len()).map(|number| elements.id(&input_name(number))).collect();
    let file_ids = files().map(|(path, _)| elements.id(path)).collect();
    let mut nodes = vec![creation(record, &elements), spdx_document(record, &elements), tool(record, &elements)];
    nodes.extend(curators(record, &elements));
    nodes.push(package(record, &elements));
    let build =
        json!({ "build_buildType": "pkg:generic/gristmill#docs/provenance.md", "build_buildId": record.plan.digest });
    nodes.push(elements.element("build_Build", "build", build));
    nodes.push(elements.relationship("contains", "set", "contains", file_ids));
    nodes.push(elements.of_build("hasInput", input_ids));
    nodes.push(elements.of_build("hasOutput", vec![elements.id("set")]));
    nodes.extend(licenses(record, &elements));
    let inputs = record.inputs.iter().enumerate();
    let inputs = inputs.map(|(number, input)| elements.file(&input_name(number), &input.path, &input.sha256, "source"));
    let files = files().map(|(path, sha256)| elements.file(path, path, sha256, "data"));
    document(&Graph { context: CONTEXT, graph: Each(nodes.iter().cloned().chain(files).chain(inputs)) })
}

fn creation(record: &RunRecord, elements: &Elements) -> Value {
    let day = match (&record.about.published, stated::day(record)) {
        (Some(_), _) => "The day is the one that the maker of the set states.",
        (None, Some(_)) => "No time is known: the day is that of the last capture in the set.",
        (None, None) => "No time is known, and the set has no capture whose day could stand here.",
    };
    json!({
        "type": "CreationInfo",
        "@id": CREATION,
        "specVersion": "3.0.1",
        "created": elements.moment,
        "createdBy": [elements.id("tool")],
        "comment": day,
    })
}

fn spdx_document(record: &RunRecord, elements: &Elements) -> Value {
    let fields = json!({
        "name": stated::title(record),
        "profileConformance": ["core", "software", "dataset", "simpleLicensing", "build"],
        "rootElement": [elements.id("set")],
    });
    elements.element("SpdxDocument", "document", fields)
}

fn tool(record: &RunRecord, elements: &Elements) -> Value {
    let name = format!("{} {}", record.tool.name, record.tool.version);
    elements.element("SoftwareAgent", "tool", json!({ "name": name }))
}

fn curators(record: &RunRecord, elements: &Elements) -> Vec<Value> {
    let curators = stated::curators(record).enumerate();
    curators
        .map(|(number, name)| elements.element("Agent", &format!("curator-{number}"), json!({ "name": name })))
        .collect()
}

/// The set. It originates from its first curator, since one may stand there; from the program if none is stated.
fn package(record: &RunRecord, elements: &Elements) -> Value {
    let about = &record.about;
    let originator = if about.curators.is_empty() { "tool" } else { "curator-0" };
    let mut fields = json!({
        "name": visible::line(&record.name),
        "summary": stated::title(record),
        "description": stated::description(record),
        "builtTime": elements.moment,
        "releaseTime": elements.moment,
        "originatedBy": [elements.id(originator)],
        "software_primaryPurpose": "data",
        "software_downloadLocation": about.homepage.as_deref().unwrap_or("./"),
        "dataset_datasetType": ["text"],
        "dataset_datasetSize": record.shards.iter().map(|shard| shard.bytes).sum::<u64>(),
        "dataset_dataCollectionProcess": responsible::collection(record),
        "dataset_dataPreprocessing": responsible::preprocessing(record),
        "dataset_knownBias": responsible::biases(record),
        "dataset_datasetNoise": responsible::missing(record),
        "dataset_anonymizationMethodUsed": responsible::personal_data(record),
        "dataset_hasSensitivePersonalInformation": "noAssertion",
    });
    let optional = [
        ("software_packageVersion", about.version.as_deref().map(visible::line)),
        ("software_homePage", about.homepage.clone()),
        ("dataset_intendedUse", about.uses.as_deref().map(visible::lines)),
        ("dataset_datasetUpdateMechanism", about.maintenance.as_deref().map(visible::lines)),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            fields[name] = Value::String(value);
        }
    }
    elements.element("dataset_DatasetPackage", "set", fields)
}

/// The license that is declared for the compilation, and the one that is concluded for the texts.
fn licenses(record: &RunRecord, elements: &Elements) -> Vec<Value> {
    let mut nodes = Vec::new();
    let concluded = concluded(record);
    for (kind, license) in
        [("hasDeclaredLicense", record.about.license.as_deref()), ("hasConcludedLicense", concluded.as_deref())]
    {
        let name = format!("license-{kind}");
        let to = match license {
            Some(license) => {
                let fields = json!({ "simplelicensing_licenseExpression": visible::line(license) });
                nodes.push(elements.element("simplelicensing_LicenseExpression", &name, fields));
                elements.id(&name)
            }
            None => String::from(NO_LICENSE),
        };
        nodes.push(elements.relationship(kind, "set", kind, vec![to]));
    }
    nodes
}

/// All licenses of the texts, joined by `AND`; none if a text has none, or one that is no license of SPDX's list.
fn concluded(record: &RunRecord) -> Option<String> {
    let statistics = &record.statistics;
    let licensed: u64 = statistics.licenses.values().map(|amount| amount.documents).sum();
    let is_listed = |license: &&String| !license.contains("LicenseRef-");
    if licensed == 0 || licensed < statistics.total.documents || !statistics.licenses.keys().all(|l| is_listed(&l)) {
        return None;
    }
    let whole = |license: &String| if license.contains(' ') { format!("({license})") } else { license.clone() };
    Some(statistics.licenses.keys().map(whole).collect::<Vec<_>>().join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::sums::manifest;
    use crate::ledger::amount::Amount;
    use crate::ledger::example;

    fn nodes(record: &RunRecord) -> Vec<Value> {
        let graph: Value = serde_json::from_str(&render(record, &manifest(record))).expect("JSON");
        graph["@graph"].as_array().expect("a graph").clone()
    }

    fn of_type(nodes: &[Value], kind: &str) -> Vec<Value> {
        nodes.iter().filter(|node| node["type"] == kind).cloned().collect()
    }

    #[test]
    fn the_package_has_what_the_profile_requires() {
        for about in [Default::default(), example::about()] {
            let nodes = nodes(&RunRecord { about, ..example::record() });
            let package = &of_type(&nodes, "dataset_DatasetPackage")[0];
            for field in ["builtTime", "releaseTime", "software_downloadLocation", "software_primaryPurpose"] {
                assert!(package[field].is_string(), "{field}");
            }
            assert_eq!(package["dataset_datasetType"], json!(["text"]));
            assert_eq!(package["originatedBy"].as_array().map(Vec::len), Some(1));
            for kind in ["hasConcludedLicense", "hasDeclaredLicense"] {
                let related = of_type(&nodes, "Relationship");
                let related: Vec<_> = related.iter().filter(|node| node["relationshipType"] == kind).collect();
                assert_eq!(related.len(), 1, "{kind}");
                assert_eq!(related[0]["to"].as_array().map(Vec::len), Some(1));
            }
        }
    }

    #[test]
    fn what_is_referred_to_is_there_once() {
        let nodes = nodes(&RunRecord { about: example::about(), ..example::record() });
        let mut ids: Vec<_> = nodes.iter().filter_map(|node| node["spdxId"].as_str()).collect();
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
        let mut references = Vec::new();
        for node in &nodes {
            for field in ["from", "to", "originatedBy", "createdBy", "rootElement"] {
                references.extend(node[field].as_str());
                references.extend(node[field].as_array().into_iter().flatten().filter_map(Value::as_str));
            }
        }
        let missing: Vec<_> =
            references.iter().filter(|id| **id != NO_LICENSE && ids.binary_search(id).is_err()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_file_has_its_digest() {
        let record = example::record();
        let files = of_type(&nodes(&record), "software_File");
        let mut found: Vec<_> =
            files.iter().filter_map(|file| file["verifiedUsing"][0]["hashValue"].as_str()).collect();
        let manifest = manifest(&record).sha256;
        let inputs = record.inputs.iter().map(|input| &*input.sha256);
        let mut expected: Vec<_> = record.files().map(|file| &*file.sha256).chain(inputs).chain([&*manifest]).collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_license_is_concluded_only_if_all_texts_have_a_known_one() {
        let mut record = example::record();
        assert_eq!(concluded(&record), None, "the German text says nothing of its license");
        let amount = |documents| Amount { documents, text_bytes: 1 };
        record.statistics.licenses.insert(String::from("MIT OR CC0-1.0"), amount(1));
        assert_eq!(concluded(&record).as_deref(), Some("CC-BY-4.0 AND (MIT OR CC0-1.0)"));
        record.statistics.licenses.insert(String::from("LicenseRef-CC-BY-2.5-ES"), amount(1));
        assert_eq!(concluded(&record), None);
    }
}
