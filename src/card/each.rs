//! A list in a JSON document that is written as it is walked, so that a hundred thousand inputs take no tree of values.

use serde::{Serialize, Serializer};

use crate::text::shown;

/// The items of an iterator as a JSON list.
#[derive(Clone)]
pub struct Each<I>(pub I);

impl<I> Serialize for Each<I>
where
    I: Iterator + Clone,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// A document as it is published: indented, with a line break at its end. What is hidden is written as escapes.
pub fn document<T: Serialize>(document: &T) -> String {
    let json = serde_json::to_string_pretty(document).expect("cards hold no map with keys that are not text");
    let mut out = shown::json(&json).into_owned();
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_written_in_their_order() {
        let list = Each([3, 1, 2].iter().map(|number| number * 10));
        assert_eq!(serde_json::to_value(&list).expect("a list"), serde_json::json!([30, 10, 20]));
        assert_eq!(document(&list), "[\n  30,\n  10,\n  20\n]\n");
    }

    #[test]
    fn hidden_characters_are_escaped_and_come_back() {
        let text = "a\u{202E}b\u{E0041}c\nd";
        let json = document(&text);
        assert_eq!(json, "\"a\\u202eb\\udb40\\udc41c\\nd\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }
}
