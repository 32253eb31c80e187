//! The texts of a benchmark's file.
//!
//! `.jsonl`: every line is a JSON object, and every string in it, at any depth, is a text; keys and numbers are none.
//! `.txt`: every line is a text. Blank lines are skipped in both, and a byte order mark at the beginning is no text.
//! A passage never goes from one text to the next.
//! Nothing that cannot be read is skipped: a line that is no object, and a field that no line has, are refused.

use serde_json::Value;

use crate::document::bad_config::BadConfig;

/// Longest line that is read as JSON, in bytes: its tree takes several times as much memory.
const LINE_BYTES_MAX: usize = 64 << 20;

/// How a file holds its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// One text a line.
    Text,
}

impl Format {
    /// The format of a file by its name, if it is one of the two. Whether the file is compressed does not matter here.
    pub fn of(path: &str) -> Option<Self> {
        let path = path.to_ascii_lowercase();
        match path.strip_suffix(".gz").unwrap_or(&path) {
            path if path.ends_with(".jsonl") => Some(Self::JsonLines),
            path if path.ends_with(".txt") => Some(Self::Text),
            _ => None,
        }
    }
}

/// Calls `each` with every text of a file and the number of its line, from 0.
pub fn for_each(
    file: &str,
    path: &str,
    format: Format,
    fields: &[String],
    mut each: impl FnMut(usize, &str) -> Result<(), BadConfig>,
) -> Result<(), BadConfig> {
    let mut wanted = Wanted { fields, seen: vec![false; fields.len()] };
    let lines = file.strip_prefix('\u{feff}').unwrap_or(file).lines().enumerate();
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        match format {
            Format::Text => each(number, line)?,
            Format::JsonLines => {
                let object = parse(line).map_err(|why| {
                    let hint = "wanted one JSON object a line, with no line break inside it";
                    BadConfig::new(format!("{path}:{}: {why}", number + 1)).with_hint(hint)
                })?;
                wanted.strings(&object, fields.is_empty(), &mut |text| each(number, text))?;
            }
        }
    }
    match wanted.seen.iter().position(|seen| !seen) {
        Some(never) if format == Format::JsonLines => {
            let message = format!("{path}: no line has the field `{}`", fields[never]);
            Err(BadConfig::new(message).with_hint("check how the field is spelled, or leave `fields` out for all"))
        }
        _ => Ok(()),
    }
}

fn parse(line: &str) -> Result<Value, String> {
    if line.len() > LINE_BYTES_MAX {
        return Err(format!("the line has {} bytes, more than {LINE_BYTES_MAX}", line.len()));
    }
    match serde_json::from_str(line) {
        Ok(object @ Value::Object(_)) => Ok(object),
        Ok(_) => Err(String::from("the line holds JSON, and no object")),
        Err(error) => Err(format!("the line is no JSON: {error}")),
    }
}

/// The fields that hold texts, and which of them were seen.
struct Wanted<'a> {
    fields: &'a [String],
    seen: Vec<bool>,
}

impl Wanted<'_> {
    /// Calls `each` with the strings of a value. The parser has refused what is nested too deep.
    fn strings(
        &mut self,
        value: &Value,
        is_wanted: bool,
        each: &mut dyn FnMut(&str) -> Result<(), BadConfig>,
    ) -> Result<(), BadConfig> {
        match value {
            Value::String(text) if is_wanted => each(text),
            Value::Array(items) => items.iter().try_for_each(|item| self.strings(item, is_wanted, each)),
            Value::Object(object) => object.iter().try_for_each(|(name, value)| {
                let named = self.fields.iter().position(|field| field == name);
                named.into_iter().for_each(|field| self.seen[field] = true);
                self.strings(value, is_wanted || named.is_some(), each)
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(path: &str, file: &str, fields: &[&str]) -> Result<Vec<String>, String> {
        let fields: Vec<String> = fields.iter().map(|&field| field.to_owned()).collect();
        let mut found = Vec::new();
        let done = for_each(file, path, Format::of(path).unwrap(), &fields, |line, text| {
            found.push(format!("{line} {text}"));
            Ok(())
        });
        done.map(|()| found).map_err(|error| error.to_string())
    }

    #[test]
    fn every_string_of_an_object_is_a_text() {
        let file =
            "\u{feff}{\"q\":\"a b\",\"n\":7,\"choices\":[\"c\",{\"text\":\"d\\ne\"}],\"id\":null}\r\n\n{\"q\":\"f\"}\n";
        assert_eq!(texts("x.jsonl", file, &[]).unwrap(), ["0 c", "0 d\ne", "0 a b", "2 f"]);
        assert_eq!(texts("x.JSONL.gz", file, &["choices"]).unwrap(), ["0 c", "0 d\ne"]);
        assert_eq!(texts("x.jsonl", file, &["text", "q"]).unwrap(), ["0 d\ne", "0 a b", "2 f"]);
    }

    #[test]
    fn every_line_is_a_text() {
        assert_eq!(texts("x.txt", "one two\r\n \n# three\n", &[]).unwrap(), ["0 one two", "2 # three"]);
        assert_eq!(Format::of("x.parquet"), None);
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        let error = texts("x.jsonl", "{}\n\n[1]\n", &[]).unwrap_err();
        assert_eq!(error, "x.jsonl:3: the line holds JSON, and no object");
        assert!(texts("x.jsonl", "{\"a\": \n1}", &[]).unwrap_err().starts_with("x.jsonl:1: the line is no JSON: EOF"));
        let nested = format!("{{\"a\":{}{}}}", "[".repeat(500), "]".repeat(500));
        assert!(texts("x.jsonl", &nested, &[]).unwrap_err().contains("recursion limit"));
    }

    #[test]
    fn a_field_that_no_line_has_is_refused() {
        let error = texts("x.jsonl", "{\"question\":\"a\"}\n", &["question", "anwser"]).unwrap_err();
        assert_eq!(error, "x.jsonl: no line has the field `anwser`");
        assert!(texts("x.txt", "a\n", &["question"]).is_ok(), "a set may have files of both kinds");
    }
}
