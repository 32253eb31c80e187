//! The pages of `docs/reference/` say what the code says: they are made from it here, and held to it.

use std::fmt::Write;

use arrow::datatypes::DataType;
use gristmill::card::columns::COLUMNS;
use gristmill::card::stages;
use gristmill::filter::{CATALOGUE, FilterConfig};
use gristmill::shard::schema::DOCUMENTS;

use crate::support::golden::{check_text, in_repository};

/// What stands at the head of the page.
const HEAD: &str = "# Filters\n\n\
    This page is made from the source of the filters; `UPDATE_GOLDEN=1 cargo test` renews it.\n\
    A filter keeps a document or drops it for one reason; it never changes it.\n\
    Options that a preset does not name have the default that stands here; `gristmill plan PRESET` prints all of them.\n";

#[test]
fn the_page_on_filters_is_what_the_code_says() {
    let mut page = String::from(HEAD);
    for entry in CATALOGUE {
        let source = std::fs::read_to_string(in_repository(&format!("src/filter/{}.rs", entry.name)));
        let source = source.unwrap_or_else(|error| panic!("filter {} has a file of its own: {error}", entry.name));
        writeln!(page, "\n## `filter.{}`\n\n{}", entry.name, module_doc(&source)).expect("a string takes all");
        let options = options(&source, entry.name);
        if !options.is_empty() {
            page.push_str("| option | default | what it is |\n|---|---|---|\n");
            page.push_str(&options);
            page.push('\n');
        }
        page.push_str("Reasons, in the order in which the rules are asked:");
        for reason in entry.reasons {
            write!(page, " `{reason}`").expect("a string takes all");
        }
        page.push_str(".\n");
    }
    check_text("docs/reference/filters.md", &page);
}

#[test]
fn cards_have_words_for_every_stage() {
    let filters = CATALOGUE.iter().map(|entry| format!("filter.{}", entry.name));
    let editors = gristmill::edit::CATALOGUE.iter().map(|entry| format!("edit.{}", entry.name));
    let others = "warc prefilter.license_mark extract.html annotate.language annotate.rights annotate.quality \
        annotate.tokens dedup.exact dedup.lines dedup.minhash";
    let mut stages: Vec<String> = filters.chain(editors).chain(others.split_whitespace().map(str::to_owned)).collect();
    let mut worded: Vec<String> = stages::ABOUT.iter().map(|about| about.name.to_owned()).collect();
    stages.sort();
    worded.sort();
    assert_eq!(worded, stages);
}

#[test]
fn cards_know_the_columns_of_data() {
    let word = |kind: &DataType| match kind {
        DataType::Utf8 => "string",
        DataType::Float32 => "float32",
        DataType::UInt16 => "uint16",
        DataType::UInt32 => "uint32",
        DataType::UInt64 => "uint64",
        other => panic!("no word for {other}"),
    };
    let kind = |kind: &DataType| match kind {
        DataType::List(item) => match item.data_type() {
            DataType::Struct(fields) => {
                let fields = fields.iter().map(|field| format!("{}: {}", field.name(), word(field.data_type())));
                format!("list of {{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
            item => format!("list of {}", word(item)),
        },
        one => word(one).to_owned(),
    };
    let schema: Vec<_> =
        DOCUMENTS.fields().iter().map(|field| (field.name().clone(), kind(field.data_type()))).collect();
    let card: Vec<_> = COLUMNS.iter().map(|column| (column.name.to_owned(), column.kind.words())).collect();
    assert_eq!(card, schema);
}

/// The lines of the module's documentation, one sentence a line as the other pages have it.
fn module_doc(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let mut doc = String::new();
    for line in lines {
        match line {
            "" => doc.push_str("\n\n"),
            _ if doc.is_empty() || doc.ends_with('\n') => doc.push_str(line),
            _ => write!(doc, " {line}").expect("a string takes all"),
        }
    }
    one_sentence_a_line(&without_paths(&doc)) + "\n"
}

fn one_sentence_a_line(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(". ") {
        let (sentence, behind) = rest.split_at(at + 1);
        out.push_str(sentence);
        let next = behind.trim_start();
        // `al. 2021` and `e.g. that` go on.
        let ends = next.starts_with(|c: char| c.is_uppercase() || c == '`') && !sentence.ends_with(" al.");
        out.push(if ends { '\n' } else { ' ' });
        rest = next;
    }
    out + rest
}

/// Links to items become the names of the items: `[`crate::text::words`]` becomes `words`.
fn without_paths(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("[`") {
        let Some(length) = rest[start..].find("`]") else { break };
        let path = &rest[start + 2..start + length];
        write!(out, "{}`{}`", &rest[..start], path.rsplit("::").next().unwrap_or(path)).expect("a string takes all");
        rest = &rest[start + length + 2..];
    }
    out + rest
}

/// One row an option: its name, its default, what its documentation says.
fn options(source: &str, name: &str) -> String {
    let config: FilterConfig = toml::from_str(&format!("{name} = {{}}")).expect("all options have defaults");
    let defaults = serde_json::to_value(&config).expect("options are plain values");
    let defaults = &defaults[name];
    let Some(start) = source.find("pub struct Config {") else { return String::new() };
    let mut rows = String::new();
    let mut doc = String::new();
    for line in source[start..].lines().skip(1).map(str::trim).take_while(|line| *line != "}") {
        if let Some(text) = line.strip_prefix("///") {
            doc.push_str(text);
        } else if let Some(field) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(':')) {
            let default = &defaults[field.0];
            let doc = without_paths(doc.trim()).replace('|', "\\|");
            writeln!(rows, "| `{}` | {} | {doc} |", field.0, written(default)).expect("a string takes all");
        }
        if !line.starts_with("///") {
            doc.clear();
        }
    }
    rows
}

/// A default as a preset would have it.
fn written(default: &serde_json::Value) -> String {
    match default {
        serde_json::Value::Null => String::from("none"),
        value => format!("`{value}`"),
    }
}
