//! What differs between two texts, by words: hunks with a few words around them.
//!
//! Words are what white space parts, so punctuation and case count. Very long texts are compared as far as
//! [`WORDS_MAX`] words. Where two texts have little in common, the search for the shortest difference gives up after a
//! number of edits and goes on from the best place that it has seen, as Git does: the bound is counted and not timed, so
//! the same texts differ in the same places on every machine, and work grows with the words, not with their square.

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// Most words of each text that are compared.
const WORDS_MAX: usize = 50_000;
/// Words around each difference.
const CONTEXT_WORDS: usize = 8;
/// Most hunks that are given.
const HUNKS_MAX: usize = 100;
/// Most words of one piece; of a longer one its ends are given.
const PIECE_WORDS_MAX: usize = 60;

/// How two texts differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    /// Words of the first and of the second text.
    pub words: [usize; 2],
    /// Words of each text that the other one has not at their place.
    pub only: [usize; 2],
    /// Words of each text that were compared, if not all.
    pub compared_max: Option<usize>,
    /// The places where they differ, with words around them; the first 100.
    pub hunks: Vec<Vec<Piece>>,
    /// How many places there are.
    pub hunks_count: usize,
}

/// A run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both texts.
    Both(String),
    /// In the first text alone.
    First(String),
    /// In the second text alone.
    Second(String),
}

/// Compares two texts.
pub fn differences(first: &str, second: &str) -> Differences {
    let (a, b): (Vec<&str>, Vec<&str>) = (first.split_whitespace().collect(), second.split_whitespace().collect());
    let (x, y) = (&a[..a.len().min(WORDS_MAX)], &b[..b.len().min(WORDS_MAX)]);
    let ops = capture_diff_slices(Algorithm::Myers, x, y);
    let mut only = [0, 0];
    for op in ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
        only[0] += op.old_range().len();
        only[1] += op.new_range().len();
    }
    let groups = group_diff_ops(ops, CONTEXT_WORDS);
    let groups: Vec<_> =
        groups.into_iter().filter(|group| group.iter().any(|op| !matches!(op, DiffOp::Equal { .. }))).collect();
    let hunks = groups.iter().take(HUNKS_MAX).map(|group| group.iter().flat_map(|op| pieces(op, x, y)).collect());
    Differences {
        words: [a.len(), b.len()],
        only,
        compared_max: (a.len().max(b.len()) > WORDS_MAX).then_some(WORDS_MAX),
        hunks: hunks.collect(),
        hunks_count: groups.len(),
    }
}

fn pieces(op: &DiffOp, a: &[&str], b: &[&str]) -> Vec<Piece> {
    let (old, new) = (&a[op.old_range()], &b[op.new_range()]);
    match op {
        DiffOp::Equal { .. } => vec![Piece::Both(joined(old))],
        DiffOp::Delete { .. } => vec![Piece::First(joined(old))],
        DiffOp::Insert { .. } => vec![Piece::Second(joined(new))],
        DiffOp::Replace { .. } => vec![Piece::First(joined(old)), Piece::Second(joined(new))],
    }
}

fn joined(words: &[&str]) -> String {
    if words.len() <= PIECE_WORDS_MAX {
        return words.join(" ");
    }
    let end = PIECE_WORDS_MAX / 2;
    let between = words.len() - 2 * end;
    format!("{} … {between} words … {}", words[..end].join(" "), words[words.len() - end..].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hunks as text: what only the first has in `[-…-]`, what only the second has in `{+…+}`.
    fn check(first: &str, second: &str, expected: &[&str]) {
        let found = differences(first, second);
        let words = |piece: &Piece| match piece {
            Piece::Both(words) => words.clone(),
            Piece::First(words) => format!("[-{words}-]"),
            Piece::Second(words) => format!("{{+{words}+}}"),
        };
        let hunks: Vec<String> =
            found.hunks.iter().map(|hunk| hunk.iter().map(words).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(hunks, expected);
    }

    #[test]
    fn a_changed_word_stands_among_eight_words_on_each_side() {
        let words: Vec<String> = (0..40).map(|word| format!("w{word}")).collect();
        let mut other = words.clone();
        other[20] = String::from("x");
        let expected = "w12 w13 w14 w15 w16 w17 w18 w19 [-w20-] {+x+} w21 w22 w23 w24 w25 w26 w27 w28";
        check(&words.join(" "), &other.join("\n"), &[expected]);
        check(&words.join(" "), &words.join("  "), &[]);
    }

    #[test]
    fn texts_at_either_end_may_be_longer() {
        check("a b", "a b c", &["a b {+c+}"]);
        check("z a b", "a b", &["[-z-] a b"]);
        check("", "a", &["{+a+}"]);
    }

    #[test]
    fn huge_texts_are_compared_as_far_as_the_bound() {
        let long = "x ".repeat(WORDS_MAX + 1);
        let found = differences(&long, &format!("{long}y"));
        assert_eq!((found.words, found.only), ([WORDS_MAX + 1, WORDS_MAX + 2], [0, 0]));
        assert_eq!((found.compared_max, found.hunks_count), (Some(WORDS_MAX), 0));
        let piece = &differences("", &long).hunks[0][0];
        assert!(matches!(piece, Piece::Second(words) if words.contains("… 49940 words …")), "{piece:?}");
    }

    /// Texts with little in common, for which a search without a bound takes time that grows with the square of their
    /// words, have one difference and not that of the clock.
    #[test]
    fn texts_with_little_in_common_differ_in_the_same_places_every_time() {
        let words = |factor: usize, modulus: usize| -> String {
            (0..WORDS_MAX / 4).map(|word| format!("{} ", word * factor % modulus)).collect()
        };
        let found = differences(&words(1, 97), &words(31, 89));
        assert_eq!((found.only, found.hunks_count, found.hunks.len()), ([9_624, 9_624], 1, 1));
    }
}
