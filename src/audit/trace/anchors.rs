//! Which passages a text may hold enough of, by a few of their words, without cutting the text into words.
//!
//! Of each passage so many of its longest words are looked for that a text without any of them holds too few of its
//! runs; the others only make the answer sharper. A run can stand in a text only where all of its words do.
//! No text that holds enough is passed over: where letters have several forms all are looked for, and a passage of which
//! no words can be looked for is taken to be anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::passage::Passage;
use super::shingles::RUN_WORDS;
use super::words::normal_words;
use crate::text::word_scan::{WORD_BYTES_MIN, WordScan};

/// Words that are looked for of one passage besides those that have to be.
const WORDS_BESIDE: usize = 10;
/// Fewest characters of such words: shorter ones stand in nearly every text.
const CHARACTERS_BESIDE_MIN: usize = 5;
/// Characters of a word with other letters than those of ASCII that are looked for, in all forms.
const FORMS_CHARACTERS_MAX: usize = 4;
/// A sign that is `k` in lower case, though it is not ASCII.
const KELVIN: char = '\u{212A}';
/// What becomes of a capital I with a dot, besides `i`.
const DOT_ABOVE: char = '\u{307}';

/// Letters with other forms of them that are the same in lower case, sorted.
static CAPITALS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let small = |capital: char| {
        let mut lower = capital.to_lowercase();
        lower.next().filter(|small| *small != capital && lower.next().is_none()).map(|small| (small, capital))
    };
    let mut pairs: Vec<(char, char)> = ('\u{80}'..=char::MAX).filter_map(small).collect();
    pairs.sort_unstable();
    pairs
});

/// The words of all passages that are looked for.
pub struct Anchors {
    scan: WordScan,
    /// For each form of a word that is looked for the number of the word.
    words: Vec<u32>,
    words_count: usize,
    /// For each word the passages that it is of.
    passages_of: Vec<Vec<u32>>,
    passages: Vec<Bound>,
    kelvin: memchr::memmem::Finder<'static>,
}

/// How many runs of one passage a text can hold.
struct Bound {
    /// The words looked for that each run holds.
    runs: Vec<Vec<u32>>,
    runs_needed: usize,
    /// Whether a text without any of the words may hold enough.
    is_anywhere: bool,
}

/// What was seen in one text. The memory is used again for the next.
#[derive(Default)]
pub struct Seen {
    words: Vec<bool>,
    found: Vec<u32>,
    passages: Vec<u32>,
}

impl Anchors {
    /// What is looked for of these passages.
    pub fn of(passages: &[Passage]) -> Self {
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let mut passages_of: Vec<Vec<u32>> = Vec::new();
        let mut bounds = Vec::with_capacity(passages.len());
        for (passage, number) in passages.iter().zip(0..) {
            let words = normal_words(&passage.text);
            let (looked_for, is_anywhere) = looked_for(&words, passage.runs_needed);
            let mut number_of = |word: &String| -> u32 {
                let next = numbers.len() as u32;
                let word = *numbers.entry(word.clone()).or_insert(next);
                if word == next {
                    passages_of.push(Vec::new());
                }
                if passages_of[word as usize].last() != Some(&number) {
                    passages_of[word as usize].push(number);
                }
                word
            };
            let of_word: Vec<Option<u32>> =
                words.iter().map(|word| looked_for.contains(word).then(|| number_of(word))).collect();
            let runs = of_word.windows(RUN_WORDS).map(|run| run.iter().flatten().copied().collect()).collect();
            bounds.push(Bound { runs, runs_needed: passage.runs_needed, is_anywhere });
        }
        let (mut patterns, mut words) = (Vec::new(), Vec::new());
        for (word, number) in &numbers {
            for form in forms(word).unwrap_or_default() {
                patterns.push(form.into_bytes());
                words.push(*number);
            }
        }
        let kelvin = memchr::memmem::Finder::new(KELVIN.encode_utf8(&mut [0; 4]).as_bytes()).into_owned();
        let scan = WordScan::new(patterns.into_iter());
        Self { scan, words, words_count: numbers.len(), passages_of, passages: bounds, kelvin }
    }

    /// Calls `each` with the number of each passage of which the text may hold enough, in order.
    pub fn for_each(&self, text: &str, seen: &mut Seen, mut each: impl FnMut(usize)) {
        if self.kelvin.find(text.as_bytes()).is_some() {
            return (0..self.passages.len()).for_each(each);
        }
        seen.words.resize(self.words_count, false);
        seen.found.clear();
        self.scan.each(text.as_bytes(), |form, _| {
            let word = self.words[form];
            if !std::mem::replace(&mut seen.words[word as usize], true) {
                seen.found.push(word);
            }
            false
        });
        seen.passages.clear();
        seen.passages.extend(seen.found.iter().flat_map(|word| &self.passages_of[*word as usize]));
        let anywhere = self.passages.iter().zip(0..).filter(|(bound, _)| bound.is_anywhere);
        seen.passages.extend(anywhere.map(|(_, number)| number));
        seen.passages.sort_unstable();
        seen.passages.dedup();
        for passage in &seen.passages {
            let Bound { runs, runs_needed, .. } = &self.passages[*passage as usize];
            let possible = runs.iter().filter(|run| run.iter().all(|word| seen.words[*word as usize])).count();
            if possible >= *runs_needed {
                each(*passage as usize);
            }
        }
        seen.found.iter().for_each(|word| seen.words[*word as usize] = false);
    }
}

/// The words of a passage that are looked for, and whether a text without any of them may hold so many runs.
fn looked_for(words: &[String], runs_needed: usize) -> (BTreeSet<&String>, bool) {
    let mut by_length: Vec<(usize, &String)> =
        words.iter().filter(|word| forms(word).is_some()).map(|word| (rarity(word), word)).collect();
    by_length.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    by_length.dedup();
    let mut places: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    for (place, word) in words.iter().enumerate() {
        places.entry(word).or_default().push(place);
    }
    let runs = words.len() + 1 - RUN_WORDS;
    let mut is_held = vec![false; runs];
    let mut without = runs;
    let mut looked_for = BTreeSet::new();
    for (rarity, word) in by_length {
        let is_beside = rarity >= CHARACTERS_BESIDE_MIN && looked_for.len() < WORDS_BESIDE;
        if without < runs_needed && !is_beside {
            break;
        }
        looked_for.insert(word);
        for run in places[word].iter().flat_map(|place| (place + 1).saturating_sub(RUN_WORDS)..=*place) {
            if run < runs && !std::mem::replace(&mut is_held[run], true) {
                without -= 1;
            }
        }
    }
    (looked_for, without >= runs_needed)
}

/// How rare a word may be, as far as its length tells.
fn rarity(word: &str) -> usize {
    match word.is_ascii() {
        true => word.split('\'').map(str::len).max().unwrap_or_default(),
        // A character of a script without spaces, or a few letters that no English text has, part texts well enough.
        false => CHARACTERS_BESIDE_MIN,
    }
}

/// What has to stand in a text for a word to stand there, up to the case of ASCII letters; none if that cannot be said.
fn forms(word: &str) -> Option<Vec<String>> {
    let forms = if word.is_ascii() {
        // An apostrophe may be written in several ways.
        vec![word.split('\'').max_by_key(|part| part.len())?.to_owned()]
    } else {
        let start: Vec<char> = word.chars().take(FORMS_CHARACTERS_MAX).collect();
        if start.iter().any(|c| *c == '\'' || *c == DOT_ABOVE) {
            return None;
        }
        start.into_iter().fold(vec![String::new()], |forms, c| {
            let with = |form: &String, c: char| format!("{form}{c}");
            written(c).iter().flat_map(|c| forms.iter().map(move |form| with(form, *c))).collect()
        })
    };
    forms.iter().all(|form| form.len() >= WORD_BYTES_MIN).then_some(forms)
}

/// All characters that are this one in lower case; of a letter of ASCII itself alone, since its case does not count.
fn written(c: char) -> Vec<char> {
    let first = CAPITALS.partition_point(|(small, _)| *small < c);
    let capitals = CAPITALS[first..].iter().take_while(|(small, _)| *small == c && !c.is_ascii());
    capitals.map(|(_, capital)| *capital).chain([c]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(passage: &str, share: f64, text: &str, expected: bool) {
        let passages = [Passage::new(passage, share).unwrap()];
        let (anchors, mut seen) = (Anchors::of(&passages), Seen::default());
        let mut found = false;
        anchors.for_each(text, &mut seen, |_| found = true);
        assert_eq!(found, expected, "{passage:?} in {text:?}");
        assert!(seen.words.iter().all(|seen| !seen));
    }

    #[test]
    fn texts_without_the_words_are_passed_over() {
        let passage = "the miller keeps the books of the mill";
        check(passage, 1.0, "THE MILLER\nkeeps the books of the mill", true);
        check(passage, 1.0, "the miller kept the book of the mill", false);
        check(passage, 0.5, "nothing of this kind stands here at all", false);
    }

    #[test]
    fn every_form_of_a_letter_is_looked_for() {
        check("права на мельницу и на воду у мельника", 1.0, "ПРАВА на МеЛьНиЦу и на воду у Мельника", true);
        check("ΟΔΟΣ και ποταμός μέσα στην πόλη μας σήμερα", 1.0, "οδοσ ΚΑΙ ΠΟΤΑΜΌΣ μέσα στην πόλη μας σήμερα", true);
        check("keep kettles keen kindly kin knew knots knit", 1.0, "\u{212A}eep", true);
        check("a b c d e f g h", 1.0, "anything", true);
        check("中文的书在这里很好看", 1.0, "中文 的书，在这里很好看。", true);
        check("中文的书在这里很好看", 1.0, "中文", false);
    }

    #[test]
    fn a_capital_is_found_from_its_small_letter() {
        assert_eq!(written('д').first(), Some(&'Д'));
        assert_eq!(written('中'), ['中']);
        assert!(written('å').contains(&'\u{212B}'));
    }
}
