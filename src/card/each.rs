//! A list in a JSON document that is written as it is walked, so that a hundred thousand inputs take no tree of values.

use serde::{Serialize, Serializer};

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

/// A document as it is published: indented, with a line break at its end.
pub fn document<T: Serialize>(document: &T) -> String {
    let mut json = serde_json::to_string_pretty(document).expect("cards hold no map with keys that are not text");
    json.push('\n');
    json
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
}
