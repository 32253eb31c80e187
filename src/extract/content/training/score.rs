//! How good a text is: word precision, recall and F1 of a page, as WCXB counts them, and their means.

use std::collections::{BTreeMap, HashMap};

use crate::align::words;
use crate::pages::Labeled;

/// One page's score.
pub struct Score {
    kind: String,
    precision: f64,
    recall: f64,
    f1: f64,
    expected: f64,
}

impl Score {
    /// Of a text against a page's truth.
    pub fn of(text: &str, page: &Labeled, expected: f32) -> Self {
        let (found, wanted) = (counts(text), counts(&page.truth));
        let both: usize = found.iter().map(|(word, count)| wanted.get(word).map_or(0, |other| *count.min(other))).sum();
        let (all_found, all_wanted) = (found.values().sum::<usize>(), wanted.values().sum::<usize>());
        let (precision, recall, f1) = if all_found == 0 || all_wanted == 0 {
            let same = f64::from(u8::from(all_found == all_wanted));
            (same, same, same)
        } else {
            let share = |of: usize| both as f64 / of as f64;
            (share(all_found), share(all_wanted), 2.0 * both as f64 / (all_found + all_wanted) as f64)
        };
        Self { kind: page.kind.clone(), precision, recall, f1, expected: f64::from(expected) }
    }
}

fn counts(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in words(text) {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}

/// Prints means, over all pages and by kind.
pub fn print(title: &str, scores: &[Score]) {
    println!("{title}");
    line("all", &scores.iter().collect::<Vec<_>>());
    let mut kinds: BTreeMap<&str, Vec<&Score>> = BTreeMap::new();
    for score in scores {
        kinds.entry(&score.kind).or_default().push(score);
    }
    for (kind, scores) in kinds {
        line(kind, &scores);
    }
}

fn line(name: &str, scores: &[&Score]) {
    let mean = |value: fn(&Score) -> f64| scores.iter().map(|score| value(score)).sum::<f64>() / scores.len() as f64;
    println!(
        "{name:14} pages {:5}  precision {:.4}  recall {:.4}  f1 {:.4}  expected {:.4}",
        scores.len(),
        mean(|score| score.precision),
        mean(|score| score.recall),
        mean(|score| score.f1),
        mean(|score| score.expected)
    );
}
