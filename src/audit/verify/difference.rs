//! Where two JSON values differ, each place by its path.

use serde_json::Value;

/// Most places that are told.
const PLACES_MAX: usize = 50;
/// Longest value that is shown, in characters.
const SHOWN_CHARS_MAX: usize = 80;

/// What may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Nothing.
    Exact,
    /// The published value may lack fields of records, since an older version wrote it.
    Older,
}

/// Where `published` differs from `found`, in words.
pub fn differences(published: &Value, found: &Value, strictness: Strictness) -> Vec<String> {
    let mut places = Vec::new();
    compare("", published, found, strictness, &mut places);
    places
}

fn compare(path: &str, published: &Value, found: &Value, strictness: Strictness, places: &mut Vec<String>) {
    if places.len() >= PLACES_MAX {
        return;
    }
    match (published, found) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, value) in old {
                let inner = below(path, name);
                match new.get(name) {
                    Some(other) => compare(&inner, value, other, strictness, places),
                    None => places.push(format!("{inner} is {}, and should not be there", shown(value))),
                }
            }
            for (name, value) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
                // Fields of records are null, empty or counts of something that an older version did not count.
                if strictness == Strictness::Exact {
                    places.push(format!("{} is missing; it should be {}", below(path, name), shown(value)));
                }
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for (number, (old, new)) in old.iter().zip(new).enumerate() {
                compare(&format!("{path}[{number}]"), old, new, strictness, places);
            }
            if old.len() != new.len() {
                places.push(format!("{path} has {} items; it should have {}", old.len(), new.len()));
            }
        }
        (old, new) if old == new => {}
        (old, new) => places.push(format!("{path} is {}; it should be {}", shown(old), shown(new))),
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A value, shortened.
fn shown(value: &Value) -> String {
    shortened(&value.to_string(), SHOWN_CHARS_MAX)
}

/// The beginning of a text, with dots if there is more.
pub fn shortened(text: &str, chars_max: usize) -> String {
    match text.char_indices().nth(chars_max) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_place_is_named() {
        let (old, new) = (json!({"a": {"b": 1, "c": [1, 2]}, "x": 1}), json!({"a": {"b": 2, "c": [1]}, "y": 0}));
        let expected = [
            "a.b is 1; it should be 2",
            "a.c has 2 items; it should have 1",
            "x is 1, and should not be there",
            "y is missing; it should be 0",
        ];
        assert_eq!(differences(&old, &new, Strictness::Exact), expected);
        assert_eq!(differences(&old, &new, Strictness::Older), expected[..3]);
        assert!(differences(&old, &old, Strictness::Exact).is_empty());
    }

    #[test]
    fn long_values_are_shortened() {
        assert_eq!(shortened("äöü", 3), "äöü");
        assert_eq!(shortened("äöüx", 3), "äöü…");
    }
}
