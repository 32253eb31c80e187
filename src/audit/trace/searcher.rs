//! All passages at once, looked for in one text.

use std::ops::Range;

use super::anchors::{Anchors, Seen};
use super::passage::Passage;
use super::words::Words;

/// What a text holds of a passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The number of the passage.
    pub passage: usize,
    /// Whether the whole passage stands in the text, in one piece.
    pub is_exact: bool,
    /// Share of the passage's different runs of four words that stand in the text.
    pub share: f64,
    /// At how many places the whole passage stands.
    pub times: usize,
    /// The first such place, or the stretch that comes closest, in bytes.
    pub place: Range<usize>,
}

/// Passages that are looked for.
pub struct Searcher {
    /// The passages.
    pub passages: Vec<Passage>,
    anchors: Anchors,
}

/// What a search uses again for the next text.
#[derive(Default)]
pub struct Scratch {
    words: Words,
    seen: Seen,
    possible: Vec<usize>,
}

impl Searcher {
    /// Looks for these passages.
    pub fn new(passages: Vec<Passage>) -> Self {
        let anchors = Anchors::of(&passages);
        Self { passages, anchors }
    }

    /// What the text holds of each passage of which it holds enough, in the order of the passages.
    pub fn look(&self, text: &str, scratch: &mut Scratch) -> Vec<Hit> {
        let Scratch { words, seen, possible } = scratch;
        possible.clear();
        self.anchors.for_each(text, seen, |passage| possible.push(passage));
        if possible.is_empty() {
            return Vec::new();
        }
        words.read(text);
        possible.iter().filter_map(|number| self.hit(*number, words)).collect()
    }

    fn hit(&self, number: usize, words: &Words) -> Option<Hit> {
        let passage = &self.passages[number];
        let bytes = |words_of: Range<usize>| words.places[words_of.start].0..words.places[words_of.end - 1].1;
        if let Some((place, times)) = passage.places(&words.hashes) {
            return Some(Hit { passage: number, is_exact: true, share: 1.0, times, place: bytes(place) });
        }
        let (held, place) = passage.held(&words.hashes);
        let share = held as f64 / passage.runs.len() as f64;
        let is_enough = held >= passage.runs_needed && passage.runs_needed < passage.runs.len();
        is_enough.then(|| Hit { passage: number, is_exact: false, share, times: 0, place: bytes(place) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn look(passage: &str, share: f64, text: &str) -> Vec<Hit> {
        Searcher::new(vec![Passage::new(passage, share).unwrap()]).look(text, &mut Scratch::default())
    }

    #[test]
    fn a_passage_is_found_where_it_stands() {
        let passage = "keeps the books and dresses the stones herself";
        let text = "She Keeps —\nthe books, and dresses\tthe STONES herself.";
        let hit = &look(passage, 0.5, text)[0];
        assert_eq!(&text[hit.place.clone()], "Keeps —\nthe books, and dresses\tthe STONES herself");
        assert_eq!((hit.is_exact, hit.times), (true, 1));
    }

    #[test]
    fn half_of_a_passage_is_enough_and_less_is_not() {
        let passage = "one two three four five six seven eight";
        let hit = &look(passage, 0.5, "x one two three four five six y")[0];
        assert_eq!((hit.is_exact, hit.share, hit.place.clone()), (false, 0.6, 2..29));
        assert!(look(passage, 0.5, "one two three four five x six seven eight").is_empty());
        assert!(look(passage, 1.0, "x one two three four five six y").is_empty());
    }

    proptest! {
        /// The words by which texts are passed over never hide one that holds enough.
        #[test]
        fn no_text_that_holds_enough_is_passed_over(
            passage in prop::collection::vec("[a-c]{1,2}|ключ|КЛЮЧ|Öl|k\u{212A}|don’t|i\u{307}s|書|mills", 8..14),
            text in prop::collection::vec("[a-c]{1,2}|ключ|Ключ|öl|kk|don't|İs|書|Mills", 0..30),
            from in 0..8_usize, to in 0..14_usize, share in 0.2..=1.0,
        ) {
            let part = passage.get(from..to.min(passage.len())).unwrap_or_default().join("\n").to_uppercase();
            let text = format!("{} {part} {}", text.join(" "), text.join(", "));
            let searcher = Searcher::new(vec![Passage::new(&passage.join(" "), share).unwrap()]);
            let mut words = Words::default();
            words.read(&text);
            let plain: Vec<Hit> = searcher.hit(0, &words).into_iter().collect();
            prop_assert_eq!(searcher.look(&text, &mut Scratch::default()), plain);
        }
    }
}
