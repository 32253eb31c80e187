//! `croissant.json`: Croissant 1.1 with the RAI vocabulary 1.0 and terms of PROV-O, so that loaders find columns and rows
//! and people find where both are from.
//!
//! Files are named relative to the set's folder. Every published file of the record is a FileObject with its digest; a
//! FileSet names the shards, from which the one RecordSet `documents` takes all columns.
//! What has to be stated and what the maker did not say: `url` is then the folder itself, `datePublished` the day of the
//! last capture, `creator` an organization whose name says that none is stated.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::columns::{COLUMNS, Column, Kind};
use super::each::{Each, document};
use super::named::{self, Named};
use super::stated;
use super::{responsible, visible};
use crate::ledger::run_record::{FileRecord, InputRecord, MANIFEST, RunRecord};

/// Versions that the document conforms to.
const CONFORMS_TO: [&str; 2] = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"];
/// Name of the FileSet of all shards.
const SHARDS: &str = "shards";
/// Name of the RecordSet.
const DOCUMENTS_SET: &str = "documents";

#[derive(Serialize)]
struct Dataset<F: Serialize, I: Serialize> {
    #[serde(rename = "@context")]
    context: Value,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(flatten)]
    stated: Map<String, Value>,
    #[serde(rename = "prov:wasGeneratedBy")]
    generated_by: Value,
    #[serde(rename = "prov:wasDerivedFrom")]
    derived_from: I,
    distribution: F,
    #[serde(rename = "recordSet")]
    record_set: [Value; 1],
}

/// Renders the document.
pub fn render(record: &RunRecord, manifest: &FileRecord) -> String {
    let files = record.files().chain([manifest]).map(|file| file_object(&file.path, file.bytes, &file.sha256));
    let dataset = Dataset {
        context: context(),
        kind: "sc:Dataset",
        stated: stated(record),
        generated_by: generated_by(record),
        derived_from: Each(record.inputs.iter().enumerate().map(|(number, input)| entity(number, input))),
        distribution: Each([file_set(record)].into_iter().chain(files)),
        record_set: [record_set()],
    };
    document(&dataset)
}

/// The context that Croissant 1.1 asks for, with the prefixes of RAI and PROV-O.
fn context() -> Value {
    let mut context = json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "dct": "http://purl.org/dc/terms/",
        "prov": "http://www.w3.org/ns/prov#",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "sc": "https://schema.org/",
        "conformsTo": "dct:conformsTo",
        "data": { "@id": "cr:data", "@type": "@json" },
        "dataType": { "@id": "cr:dataType", "@type": "@vocab" },
        "description": { "@container": "@language" },
        "examples": { "@id": "cr:examples", "@type": "@json" },
        "name": { "@container": "@language" },
    });
    let terms = "arrayShape citeAs column containedIn equivalentProperty extract field fileObject fileProperty fileSet \
        format includes isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated \
        replace samplingRate separator source subField transform";
    for term in terms.split_whitespace() {
        context[term] = Value::String(format!("cr:{term}"));
    }
    context
}

/// What is said of the set as a whole; what nobody states is left out.
fn stated(record: &RunRecord) -> Map<String, Value> {
    let about = &record.about;
    let languages: Vec<_> = record.statistics.languages.keys().filter(|code| *code != "und").collect();
    let mut fields = json!({
        "conformsTo": CONFORMS_TO,
        "name": stated::title(record),
        "description": stated::description(record),
        "url": about.homepage.as_deref().unwrap_or("./"),
        "creator": creators(record),
        "license": licenses(record),
        "usageInfo": "The texts keep the licenses that their pages state: the column license_spdx has that of each row, \
            license_evidence what it rests on, reservation whether rights against text and data mining are reserved.",
        "citeAs": super::citation::bibtex(record),
        "inLanguage": languages,
        "rai:dataCollection": responsible::collection(record),
        "rai:dataCollectionType": ["Web Scraping"],
        "rai:dataCollectionRawData": responsible::raw_data(record),
        "rai:dataCollectionMissingData": responsible::missing(record),
        "rai:dataImputationProtocol": "Nothing was imputed: what was not found is null.",
        "rai:dataPreprocessingProtocol": responsible::preprocessing(record),
        "rai:dataManipulationProtocol": responsible::manipulation(record),
        "rai:personalSensitiveInformation": responsible::personal_data(record),
        "rai:dataBiases": responsible::biases(record),
        "rai:dataLimitations": responsible::limitations(record),
    });
    let tools = responsible::annotation_tools(record);
    if !tools.is_empty() {
        fields["rai:dataAnnotationProtocol"] = json!([
            "Machines annotated every document once; no person did. Columns with evidence say what a fact rests on."
        ]);
        fields["rai:machineAnnotationTools"] = json!(tools);
    }
    if let Some(ends) = stated::captures(record) {
        fields["rai:dataCollectionTimeframe"] = json!(ends);
    }
    let optional = [
        ("datePublished", stated::day(record).map(str::to_owned)),
        ("version", about.version.as_deref().map(visible::line)),
        ("rai:dataUseCases", about.uses.as_deref().map(visible::lines)),
        ("rai:dataReleaseMaintenancePlan", maintenance(record)),
    ];
    let Value::Object(mut fields) = fields else { unreachable!("an object was written above") };
    fields.extend(optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::String(value?)))));
    fields
}

fn maintenance(record: &RunRecord) -> Option<String> {
    let contact =
        record.about.contact.as_ref().map(|contact| format!("Ask for removal at {}.", visible::line(contact)));
    let sentences: Vec<_> =
        record.about.maintenance.as_deref().map(visible::lines).into_iter().chain(contact).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Curators as organizations, since the preset does not tell whether they are people.
fn creators(record: &RunRecord) -> Vec<Value> {
    let mut creators: Vec<_> = stated::curators(record).collect();
    if creators.is_empty() {
        creators.push(String::from("not stated"));
    }
    creators.into_iter().map(|name| json!({ "@type": "sc:Organization", "name": name })).collect()
}

/// That of the compilation first, if it is stated, then those of the texts.
fn licenses(record: &RunRecord) -> Vec<String> {
    let stated = record.about.license.iter().chain(record.statistics.licenses.keys());
    let mut licenses: Vec<String> = Vec::new();
    for license in stated.map(|license| license_address(license)) {
        if !licenses.contains(&license) {
            licenses.push(license);
        }
    }
    if licenses.is_empty() {
        licenses.push(String::from("not stated for the compilation; that of each text is in the column license_spdx"));
    }
    licenses
}

/// The page of an SPDX id; expressions, references and other words stand as they are.
fn license_address(license: &str) -> String {
    let is_id = license.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+'));
    match is_id && !license.starts_with("LicenseRef-") {
        true => format!("https://spdx.org/licenses/{license}.html"),
        false => visible::line(license),
    }
}

fn generated_by(record: &RunRecord) -> Value {
    let used: Vec<_> = named::all(record).iter().map(named_entity).collect();
    let plan = &record.plan;
    json!({
        "@id": "run",
        "@type": "prov:Activity",
        "name": format!("A run of {} {}", record.tool.name, record.tool.version),
        "prov:wasAssociatedWith": {
            "@id": "tool",
            "@type": "prov:SoftwareAgent",
            "name": record.tool.name,
            "softwareVersion": record.tool.version,
        },
        "prov:qualifiedAssociation": {
            "@type": "prov:Association",
            "prov:agent": { "@id": "tool" },
            "prov:hadPlan": {
                "@id": "plan",
                "@type": ["prov:Plan", "prov:Entity"],
                "name": format!("Plan of recipe version {}, in full in {MANIFEST}", plan.recipe_version),
                "identifier": format!("sha256:{}", plan.digest),
            },
        },
        "prov:used": used,
    })
}

fn named_entity(named: &Named) -> Value {
    let mut entity = json!({
        "@type": "prov:Entity",
        "name": visible::line(&named.path),
        "description": format!("Named by {}.", visible::line(&named.stage)),
    });
    if let Some(sha256) = &named.sha256 {
        entity["sha256"] = Value::String(sha256.clone());
    }
    entity
}

fn entity(number: usize, input: &InputRecord) -> Value {
    json!({
        "@id": format!("input/{number}"),
        "@type": "prov:Entity",
        "name": visible::line(&input.path),
        "encodingFormat": "application/warc",
        "contentSize": format!("{} B", input.bytes),
        "sha256": input.sha256,
    })
}

fn file_object(path: &str, bytes: u64, sha256: &str) -> Value {
    json!({
        "@id": path,
        "@type": "cr:FileObject",
        "name": path,
        "contentUrl": path,
        "contentSize": format!("{bytes} B"),
        "encodingFormat": encoding(path),
        "sha256": sha256,
    })
}

fn encoding(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("parquet") => "application/x-parquet",
        Some("csv") => "text/csv",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

fn file_set(record: &RunRecord) -> Value {
    let includes: Vec<_> = stated::configs(record).iter().map(|config| format!("data/{config}/*.parquet")).collect();
    json!({
        "@id": SHARDS,
        "@type": "cr:FileSet",
        "name": SHARDS,
        "description": "The Parquet files with the documents of the set; each is a FileObject with its digest besides.",
        "encodingFormat": "application/x-parquet",
        "includes": includes,
    })
}

fn record_set() -> Value {
    json!({
        "@id": DOCUMENTS_SET,
        "@type": "cr:RecordSet",
        "name": DOCUMENTS_SET,
        "description": "The documents of the set, one a record.",
        "key": { "@id": format!("{DOCUMENTS_SET}/id") },
        "field": COLUMNS.iter().map(top_field).collect::<Vec<_>>(),
    })
}

fn top_field(column: &Column) -> Value {
    let id = format!("{DOCUMENTS_SET}/{}", column.name);
    let source = json!({ "fileSet": { "@id": SHARDS }, "extract": { "column": column.name } });
    let mut field = json!({ "@id": id, "@type": "cr:Field", "name": column.name, "description": column.meaning });
    if !matches!(column.kind, Kind::One(_)) {
        field["isArray"] = json!(true);
        field["arrayShape"] = json!("-1");
    }
    match column.kind {
        Kind::One(kind) | Kind::List(kind) => {
            field["dataType"] = json!(data_type(kind));
            field["source"] = source;
        }
        Kind::Records(fields) => {
            let inner = |(name, kind): &(&str, &str)| {
                let mut source = source.clone();
                // Quoted, since some readers of JSONPath take `where` for a word of their own.
                source["transform"] = json!({ "jsonPath": format!("$['{name}']") });
                json!({
                    "@id": format!("{id}/{name}"),
                    "@type": "cr:Field",
                    "name": name,
                    "dataType": data_type(kind),
                    "source": source,
                })
            };
            field["subField"] = fields.iter().map(inner).collect();
        }
    }
    field
}

/// The type of Croissant for one in the words of the Hub.
fn data_type(kind: &str) -> &'static str {
    match kind {
        "float32" => "cr:Float32",
        "float64" => "cr:Float64",
        "uint16" => "cr:UInt16",
        "uint32" => "cr:UInt32",
        "uint64" => "cr:UInt64",
        _ => "sc:Text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::sums::manifest;
    use crate::ledger::example;
    use crate::shard::schema::DOCUMENTS;

    fn rendered(record: &RunRecord) -> Value {
        serde_json::from_str(&render(record, &manifest(record))).expect("JSON")
    }

    #[test]
    fn every_file_and_input_stands_with_its_digest() {
        let record = example::record();
        let dataset = rendered(&record);
        let files = dataset["distribution"].as_array().expect("files");
        let digests = |list: &[Value]| -> Vec<String> {
            list.iter().filter_map(|entry| entry["sha256"].as_str()).map(str::to_owned).collect()
        };
        let mut expected: Vec<_> = record.files().map(|file| file.sha256.clone()).collect();
        expected.push(manifest(&record).sha256);
        assert_eq!(digests(files), expected);
        let inputs = dataset["prov:wasDerivedFrom"].as_array().expect("inputs");
        assert_eq!(digests(inputs), record.inputs.iter().map(|input| input.sha256.clone()).collect::<Vec<_>>());
        let plan = &dataset["prov:wasGeneratedBy"]["prov:qualifiedAssociation"]["prov:hadPlan"];
        assert_eq!(plan["identifier"], format!("sha256:{}", record.plan.digest));
        assert_eq!(dataset["prov:wasGeneratedBy"]["prov:used"][0]["sha256"], "3".repeat(64));
    }

    #[test]
    fn every_column_is_a_field_that_names_its_source() {
        let dataset = rendered(&example::record());
        let fields = dataset["recordSet"][0]["field"].as_array().expect("fields");
        let names: Vec<_> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(names, DOCUMENTS.fields().iter().map(|field| field.name()).collect::<Vec<_>>());
        let leaves = fields.iter().flat_map(|field| match field["subField"].as_array() {
            Some(inner) => inner.iter().collect(),
            None => vec![field],
        });
        leaves.for_each(|leaf| assert_eq!(leaf["source"]["fileSet"]["@id"], SHARDS, "{leaf}"));
        let evidence = fields.iter().find(|field| field["name"] == "license_evidence").expect("the column");
        assert_eq!((&evidence["isArray"], &evidence["arrayShape"]), (&json!(true), &json!("-1")));
        assert_eq!(evidence["subField"][1]["source"]["transform"]["jsonPath"], "$['where']");
    }

    #[test]
    fn shards_of_every_configuration_are_included() {
        let mut record = example::record();
        record.shards[1].path = String::from("data/deu/train-00000-of-00001.parquet");
        let includes = &rendered(&record)["distribution"][0]["includes"];
        assert_eq!(includes, &json!(["data/default/*.parquet", "data/deu/*.parquet"]));
    }

    #[test]
    fn what_the_maker_says_stands_and_what_it_does_not_is_not_invented() {
        let silent = rendered(&example::record());
        assert_eq!((&silent["url"], &silent["datePublished"]), (&json!("./"), &json!("2026-01-19")));
        assert_eq!(silent["creator"][0]["name"], "not stated");
        assert_eq!(silent["license"], json!(["https://spdx.org/licenses/CC-BY-4.0.html"]));
        for field in ["version", "rai:dataUseCases", "rai:dataReleaseMaintenancePlan"] {
            assert_eq!(silent.get(field), None, "{field}");
        }
        let spoken = rendered(&RunRecord { about: example::about(), ..example::record() });
        assert_eq!((&spoken["url"], &spoken["version"]), (&json!("https://mills.example.org/set"), &json!("1.2.0")));
        assert_eq!(spoken["creator"][1]["name"], "A. Miller");
        assert_eq!(spoken["license"][0], "https://spdx.org/licenses/ODC-By-1.0.html");
        let plan = "Renewed every year. Ask for removal at set@mills.example.org.";
        assert_eq!(spoken["rai:dataReleaseMaintenancePlan"], plan);
    }

    #[test]
    fn only_ids_have_a_page_at_spdx() {
        assert_eq!(license_address("GPL-2.0+"), "https://spdx.org/licenses/GPL-2.0+.html");
        for words in ["LicenseRef-CC-BY-2.5-ES", "CC-BY-4.0 OR MIT", "my own"] {
            assert_eq!(license_address(words), words);
        }
    }

    #[test]
    fn names_of_files_hide_nothing() {
        let mut record = example::record();
        record.inputs[0].path = String::from("a\u{202E}zg.craw");
        assert_eq!(rendered(&record)["prov:wasDerivedFrom"][0]["name"], "a\u{FFFD}zg.craw");
    }
}
