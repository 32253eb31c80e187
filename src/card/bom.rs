//! `bom.cdx.json`: a CycloneDX 1.7 bill of materials: the set, its files, and what they were made from.
//!
//! Every shard depends on two components, `inputs` and `plan`; `inputs` holds the crawl files, and `plan` depends on the
//! models and lists that it names. So the document grows with the number of files, not with shards times inputs.
//! The serial number is made of the manifest's digest, and the time stamp is the day that the maker states, if any: the
//! same set has the same bill.

use serde::Serialize;
use serde_json::{Value, json};

use super::each::{Each, document};
use super::named::{self, Kind, Named};
use super::stated::{self, Contact};
use super::{responsible, visible};
use crate::ledger::run_record::{FileRecord, InputRecord, MANIFEST, RunRecord};

/// References within the document.
const SET: &str = "set";
const INPUTS: &str = "inputs";
const PLAN: &str = "plan";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bom<C: Serialize, D: Serialize> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    bom_format: &'static str,
    spec_version: &'static str,
    serial_number: String,
    version: u32,
    metadata: Value,
    components: C,
    dependencies: D,
    compositions: Value,
}

/// A component, or the collection of the inputs.
#[derive(Clone, Serialize)]
#[serde(untagged)]
enum Component<I: Serialize> {
    One(Value),
    #[serde(rename_all = "kebab-case")]
    Inputs {
        r#type: &'static str,
        bom_ref: &'static str,
        name: &'static str,
        description: String,
        components: I,
    },
}

/// What a component is made from.
#[derive(Clone, Serialize)]
#[serde(untagged)]
enum Dependency<I: Serialize> {
    One(Value),
    #[serde(rename_all = "camelCase")]
    Inputs {
        r#ref: &'static str,
        depends_on: I,
    },
}

/// Renders the document.
pub fn render(record: &RunRecord, manifest: &FileRecord) -> String {
    let named = named::all(record);
    let inputs = Component::Inputs {
        r#type: "data",
        bom_ref: INPUTS,
        name: "crawl files",
        description: responsible::raw_data(record),
        components: Each(record.inputs.iter().enumerate().map(|(number, input)| crawl_file(number, input))),
    };
    let named_components = named.iter().enumerate().map(|(number, named)| Component::One(named_file(number, named)));
    let components = [inputs, Component::One(plan(record))].into_iter().chain(named_components);
    let made_from = |file: &FileRecord| Dependency::One(json!({ "ref": file.path, "dependsOn": [INPUTS, PLAN] }));
    let files: Vec<_> = record.files().map(|file| &*file.path).collect();
    let named_refs: Vec<_> = (0..named.len()).map(named_ref).collect();
    let dependencies = [
        Dependency::One(json!({ "ref": SET, "dependsOn": files })),
        Dependency::One(json!({ "ref": PLAN, "dependsOn": named_refs })),
        Dependency::Inputs { r#ref: INPUTS, depends_on: Each((0..record.inputs.len()).map(input_ref)) },
    ];
    document(&Bom {
        schema: "http://cyclonedx.org/schema/bom-1.7.schema.json",
        bom_format: "CycloneDX",
        spec_version: "1.7",
        serial_number: format!("urn:uuid:{}", stated::uuid(&manifest.sha256)),
        version: 1,
        metadata: metadata(record, &manifest.sha256),
        components: Each(components.chain(record.files().map(|file| Component::One(file_component(file))))),
        dependencies: Each(dependencies.into_iter().chain(record.files().map(made_from))),
        compositions: json!([{ "aggregate": "complete", "assemblies": [INPUTS], "dependencies": [SET, INPUTS, PLAN] }]),
    })
}

fn input_ref(number: usize) -> String {
    format!("input/{number}")
}

fn named_ref(number: usize) -> String {
    format!("named/{number}")
}

fn metadata(record: &RunRecord, manifest_sha256: &str) -> Value {
    let tool = &record.tool;
    let mut metadata = json!({
        "tools": { "components": [{ "type": "application", "name": tool.name, "version": tool.version }] },
        "component": set(record, manifest_sha256),
    });
    if let Some(day) = &record.about.published {
        metadata["timestamp"] = Value::String(format!("{day}T00:00:00Z"));
    }
    let authors: Vec<_> = stated::curators(record).map(|curator| json!({ "name": curator })).collect();
    if !authors.is_empty() {
        metadata["authors"] = Value::Array(authors);
    }
    metadata
}

/// The set itself.
fn set(record: &RunRecord, manifest_sha256: &str) -> Value {
    let about = &record.about;
    let beside = |kind: &str, url: &str| json!({ "type": kind, "url": url });
    let mut references = vec![
        beside("documentation", "README.md"),
        beside("attestation", "provenance.intoto.json"),
        json!({ "type": "evidence", "url": MANIFEST, "hashes": [hash(manifest_sha256)] }),
    ];
    references.extend(about.homepage.as_ref().map(|homepage| beside("website", homepage)));
    if let Some(Contact::Address(address)) = stated::contact(record)
        && url::Url::parse(&address).is_ok()
    {
        references.push(beside("support", &address));
    }
    let mut data = json!({
        "type": "dataset",
        "name": stated::title(record),
        "sensitiveData": responsible::personal_data(record),
        "contents": { "url": "data/", "properties": counts(record) },
    });
    if let Some(governance) = governance(record) {
        data["governance"] = governance;
    }
    let mut set = json!({
        "type": "data",
        "bom-ref": SET,
        "name": visible::line(&record.name),
        "description": stated::description(record),
        "externalReferences": references,
        "data": [data],
    });
    if let Some(version) = &about.version {
        set["version"] = Value::String(visible::line(version));
    }
    if let Some(license) = &about.license {
        set["licenses"] = json!([license_choice(license)]);
    }
    let found: Vec<_> = record.statistics.licenses.keys().map(|license| license_choice(license)).collect();
    if !found.is_empty() {
        set["evidence"] = json!({ "licenses": found });
    }
    set
}

/// What the set holds, the licenses of its texts among it.
fn counts(record: &RunRecord) -> Vec<Value> {
    let statistics = &record.statistics;
    let mut properties =
        vec![property("documents", statistics.total.documents), property("text_bytes", statistics.total.text_bytes)];
    for (kind, amounts) in
        [("license", &statistics.licenses), ("tier", &statistics.tiers), ("language", &statistics.languages)]
    {
        for (name, amount) in amounts {
            let name = visible::line(name);
            properties.push(property(&format!("{kind}:{name}:documents"), amount.documents));
            properties.push(property(&format!("{kind}:{name}:text_bytes"), amount.text_bytes));
        }
    }
    properties
}

/// Curators own the set; who answers is its custodian.
fn governance(record: &RunRecord) -> Option<Value> {
    let owners: Vec<_> = stated::curators(record).map(|name| json!({ "organization": { "name": name } })).collect();
    let custodian = stated::contact(record).map(|contact| match contact {
        Contact::Mail(mail) => json!({ "contact": { "email": mail } }),
        Contact::Address(address) => json!({ "contact": { "name": address } }),
    });
    let mut governance = json!({});
    if !owners.is_empty() {
        governance["owners"] = Value::Array(owners);
    }
    if let Some(custodian) = custodian {
        governance["custodians"] = json!([custodian]);
    }
    governance.as_object().is_some_and(|fields| !fields.is_empty()).then_some(governance)
}

/// An SPDX expression if it can be one, else a name.
fn license_choice(license: &str) -> Value {
    let is_expression =
        license.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+' | b' ' | b'(' | b')'));
    match is_expression {
        true => json!({ "expression": license }),
        false => json!({ "license": { "name": visible::line(license) } }),
    }
}

fn plan(record: &RunRecord) -> Value {
    let plan = &record.plan;
    let properties = json!([
        property("plan:digest", format!("sha256:{}", plan.digest)),
        property("plan:recipe_version", plan.recipe_version),
    ]);
    json!({
        "type": "data",
        "bom-ref": PLAN,
        "name": "plan",
        "description": format!("What was done, stage by stage, with every setting: `plan` in {MANIFEST}."),
        "data": [{ "type": "configuration", "name": "plan", "contents": { "url": MANIFEST, "properties": properties } }],
    })
}

fn crawl_file(number: usize, input: &InputRecord) -> Value {
    let properties = [
        property("bytes", input.bytes),
        property("records", input.records),
        property("records_damaged", input.damaged),
    ];
    json!({
        "type": "data",
        "bom-ref": input_ref(number),
        "name": visible::line(&input.path),
        "mime-type": "application/warc",
        "hashes": [hash(&input.sha256)],
        "properties": properties,
    })
}

fn file_component(file: &FileRecord) -> Value {
    let kind = if file.path.starts_with("data/") { "dataset" } else { "other" };
    json!({
        "type": "data",
        "bom-ref": file.path,
        "name": file.path,
        "hashes": [hash(&file.sha256)],
        "data": [{ "type": kind, "contents": { "url": file.path } }],
        "properties": [property("bytes", file.bytes), property("rows", file.rows)],
    })
}

fn named_file(number: usize, named: &Named) -> Value {
    let kind = match named.kind {
        Kind::Model | Kind::Tokenizer => "machine-learning-model",
        Kind::Robots | Kind::EarlierSet | Kind::List => "data",
    };
    let mut component = json!({
        "type": kind,
        "bom-ref": named_ref(number),
        "name": visible::line(&named.path),
        "description": format!("Named by {}.", visible::line(&named.stage)),
    });
    if let Some(sha256) = &named.sha256 {
        component["hashes"] = json!([hash(sha256)]);
    }
    if let Some(bytes) = named.bytes {
        component["properties"] = json!([property("bytes", bytes)]);
    }
    component
}

fn hash(sha256: &str) -> Value {
    json!({ "alg": "SHA-256", "content": sha256 })
}

fn property(name: &str, value: impl ToString) -> Value {
    json!({ "name": format!("gristmill:{name}"), "value": value.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::sums::manifest;
    use crate::ledger::example;

    fn rendered(record: &RunRecord) -> Value {
        serde_json::from_str(&render(record, &manifest(record))).expect("JSON")
    }

    fn refs(bom: &Value) -> Vec<String> {
        let mut refs = Vec::new();
        let mut left = vec![bom];
        while let Some(value) = left.pop() {
            refs.extend(value.get("bom-ref").and_then(Value::as_str).map(str::to_owned));
            left.extend(value.as_object().into_iter().flat_map(|fields| fields.values()));
            left.extend(value.as_array().into_iter().flatten());
        }
        refs.sort();
        refs
    }

    #[test]
    fn every_file_and_input_is_a_component_with_its_digest() {
        let record = example::record();
        let bom = rendered(&record);
        let components = bom["components"].as_array().expect("components");
        let find =
            |list: &[Value], name: &str| list.iter().find(|one| one["name"] == name).cloned().expect("it is there");
        for file in record.files() {
            let found = find(components, &file.path);
            assert_eq!((&found["type"], &found["hashes"][0]["content"]), (&json!("data"), &json!(file.sha256)));
            assert_eq!(found["properties"][0], json!({ "name": "gristmill:bytes", "value": file.bytes.to_string() }));
        }
        let inputs = components[0]["components"].as_array().expect("inputs");
        for input in &record.inputs {
            assert_eq!(find(inputs, &input.path)["hashes"][0]["content"], json!(input.sha256));
        }
        assert_eq!(find(components, "models/lid.ftz")["hashes"][0]["content"], "3".repeat(64));
    }

    #[test]
    fn dependencies_name_what_there_is_and_inputs_once() {
        let record = example::record();
        let bom = rendered(&record);
        let refs = refs(&bom);
        assert!(refs.windows(2).all(|pair| pair[0] != pair[1]), "{refs:?}");
        let dependencies = bom["dependencies"].as_array().expect("dependencies");
        let mut inputs_named = 0;
        for dependency in dependencies {
            let depends_on = dependency["dependsOn"].as_array().expect("a list");
            for reference in depends_on.iter().chain([&dependency["ref"]]).filter_map(Value::as_str) {
                assert!(refs.binary_search_by(|known| known.as_str().cmp(reference)).is_ok(), "{reference}");
                inputs_named += usize::from(reference.starts_with("input/"));
            }
        }
        assert_eq!(inputs_named, record.inputs.len());
    }

    #[test]
    fn licenses_of_texts_are_evidence_and_that_of_the_compilation_is_declared() {
        let silent = rendered(&example::record());
        let set = &silent["metadata"]["component"];
        assert_eq!((set.get("licenses"), silent["metadata"].get("timestamp")), (None, None));
        assert_eq!(set["evidence"]["licenses"], json!([{ "expression": "CC-BY-4.0" }]));
        let properties = set["data"][0]["contents"]["properties"].as_array().expect("counts");
        assert!(properties.contains(&property("license:CC-BY-4.0:documents", 2)), "{properties:?}");
        assert_eq!(set["data"][0].get("governance"), None);
        let spoken = rendered(&RunRecord { about: example::about(), ..example::record() });
        let set = &spoken["metadata"]["component"];
        assert_eq!(set["licenses"], json!([{ "expression": "ODC-By-1.0" }]));
        let governance = &set["data"][0]["governance"];
        assert_eq!(governance["owners"][0]["organization"]["name"], "Mill Friends");
        assert_eq!(governance["custodians"][0]["contact"]["email"], "set@mills.example.org");
        assert_eq!(spoken["metadata"]["timestamp"], "2026-02-03T00:00:00Z");
    }

    #[test]
    fn words_that_are_no_expression_are_the_name_of_a_license() {
        assert_eq!(license_choice("MIT OR (CC0-1.0)"), json!({ "expression": "MIT OR (CC0-1.0)" }));
        assert_eq!(license_choice("my/own"), json!({ "license": { "name": "my/own" } }));
    }

    #[test]
    fn it_grows_by_the_sum_of_inputs_and_shards() {
        let with = |inputs: usize, shards: usize| {
            let mut record = example::record();
            record.inputs = vec![record.inputs[0].clone(); inputs];
            record.shards = vec![record.shards[0].clone(); shards];
            render(&record, &manifest(&record)).len()
        };
        let (few, inputs, shards, both) = (with(10, 10), with(1_010, 10), with(10, 1_010), with(1_010, 1_010));
        assert!(both - few < (inputs - few) + (shards - few) + 1_000);
    }
}
