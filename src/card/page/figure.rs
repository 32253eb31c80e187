//! A number on a page together with its place in the run record, so that a test can hold the one against the other.
//!
//! Whatever shows a number has `data-figure`, a JSON pointer (RFC 6901) into `manifest.json`, and `data-value`, the bare
//! number. Two forms go beyond RFC 6901: a step `*` stands for the sum over all items, and a last step `#` for how many
//! items there are. A share has the place of its whole in `data-of`.

use super::html::Html;
use crate::ledger::funnel::{grouped, share};

/// A number and where the run record has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// JSON pointer.
    pub place: String,
    /// The number.
    pub value: Number,
}

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// How many.
    Count(u64),
    /// How much, of something that is not counted.
    Real(f64),
}

impl Figure {
    /// A count.
    pub fn count(place: impl Into<String>, value: u64) -> Self {
        Self { place: place.into(), value: Number::Count(value) }
    }

    /// Any other number.
    pub fn real(place: impl Into<String>, value: f64) -> Self {
        Self { place: place.into(), value: Number::Real(value) }
    }

    /// The number as people write it.
    pub fn words(&self) -> String {
        match self.value {
            Number::Count(value) => grouped(value),
            Number::Real(value) if value < 100.0 && value.fract() != 0.0 => format!("{value:.2}"),
            Number::Real(value) => grouped(value.round() as u64),
        }
    }

    /// The number as programs write it.
    pub fn raw(&self) -> String {
        match self.value {
            Number::Count(value) => value.to_string(),
            Number::Real(value) => value.to_string(),
        }
    }

    fn as_count(&self) -> u64 {
        match self.value {
            Number::Count(value) => value,
            Number::Real(value) => value as u64,
        }
    }
}

/// A part of a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The part.
    pub part: Figure,
    /// The whole.
    pub whole: Figure,
}

impl Share {
    /// In per cent with one decimal; a dash if there is no whole.
    pub fn words(&self) -> String {
        share(self.part.as_count(), self.whole.as_count())
    }

    /// Between 0 and 1; 0 if there is no whole.
    pub fn value(&self) -> f64 {
        match (self.part.as_count(), self.whole.as_count()) {
            (_, 0) => 0.0,
            (part, whole) => part as f64 / whole as f64,
        }
    }
}

impl Html {
    /// An element that shows a figure.
    pub fn figure(&mut self, name: &'static str, attributes: &[(&'static str, &str)], figure: &Figure) {
        let raw = figure.raw();
        let all = [attributes, &[("data-figure", &*figure.place), ("data-value", &*raw)]].concat();
        self.leaf(name, &all, &figure.words());
    }

    /// An element that shows a share.
    pub fn share(&mut self, name: &'static str, attributes: &[(&'static str, &str)], share: &Share) {
        let raw = share.value().to_string();
        let place = [("data-figure", &*share.part.place), ("data-of", &*share.whole.place), ("data-value", &*raw)];
        self.leaf(name, &[attributes, &place].concat(), &share.words());
    }

    /// A figure in running text with its noun, in the plural but for one.
    pub fn counted(&mut self, figure: &Figure, noun: &str) {
        self.figure("span", &[("class", "n")], figure);
        self.text(&format!(" {noun}{}", if figure.as_count() == 1 { "" } else { "s" }));
    }
}

/// The JSON pointer of these steps.
pub fn at(steps: &[&str]) -> String {
    let mut pointer = String::new();
    for step in steps {
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_json_pointers() {
        assert_eq!(at(&["statistics", "a/b~c", "documents"]), "/statistics/a~1b~0c/documents");
    }

    #[test]
    fn words_are_for_people_and_raw_numbers_for_programs() {
        let check = |figure: Figure, words: &str, raw: &str| {
            assert_eq!((figure.words().as_str(), figure.raw().as_str()), (words, raw));
        };
        check(Figure::count("", 1_234_567), "1,234,567", "1234567");
        check(Figure::real("", 0.12345), "0.12", "0.12345");
        check(Figure::real("", 1234.5), "1,235", "1234.5");
        check(Figure::real("", 3.0), "3", "3");
    }

    #[test]
    fn a_share_of_nothing_is_a_dash() {
        let share = |part, whole| Share { part: Figure::count("/a", part), whole: Figure::count("/b", whole) };
        assert_eq!((share(1, 8).words(), share(1, 8).value()), ("12.5 %".to_owned(), 0.125));
        assert_eq!((share(0, 0).words(), share(0, 0).value()), ("-".to_owned(), 0.0));
    }
}
