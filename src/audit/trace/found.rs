//! What was found of one passage: the best matches, in an order that does not depend on who found them first.

use std::cmp::Ordering;

use super::searcher::Hit;

/// Characters that are shown before and behind what was found.
const CONTEXT_CHARACTERS: usize = 80;
/// Most characters of what was found itself.
const FOUND_CHARACTERS_MAX: usize = 400;

/// How a row matches a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It holds the passage in one piece.
    Exact,
    /// It holds a share of the passage's runs of words.
    Near,
    /// As a whole it is like the passage, by what the set has kept of signatures.
    Alike,
}

impl Kind {
    /// The word for it in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Alike => "alike",
        }
    }
}

/// A row that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// How.
    pub kind: Kind,
    /// Place of the shard in the manifest.
    pub shard: usize,
    /// Number of the row in the shard, from 0.
    pub row: u64,
    /// `WARC-Record-ID`.
    pub id: String,
    /// Target URI.
    pub url: String,
    /// Share of the passage's different runs of words that it holds, or the estimated similarity of the two, 0..=1.
    pub share: f64,
    /// At how many places it holds the passage.
    pub times: usize,
    /// Where the first such place, or the stretch that comes closest, begins in the text, in bytes.
    pub offset_bytes: usize,
    /// How long it is.
    pub length_bytes: usize,
    /// What stands before it, itself, and behind it.
    pub context: [String; 3],
}

/// The rows that match one passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The best, exact ones first.
    pub matches: Vec<Match>,
    /// How many rows hold the passage.
    pub exact: u64,
    /// How many others match.
    pub near: u64,
}

impl Match {
    /// A match in the text of a row.
    pub fn of(hit: &Hit, shard: usize, row: u64, id: &str, url: &str, text: &str) -> Self {
        let (start, end) = (hit.place.start, hit.place.end);
        let before = text[..start].char_indices().rev().nth(CONTEXT_CHARACTERS - 1).map_or(0, |(at, _)| at);
        let behind = text[end..].char_indices().nth(CONTEXT_CHARACTERS).map_or(text.len(), |(at, _)| end + at);
        let found = &text[start..end];
        let found = match found.char_indices().nth(FOUND_CHARACTERS_MAX) {
            Some((at, _)) => format!("{}…", &found[..at]),
            None => found.to_owned(),
        };
        Self {
            kind: if hit.is_exact { Kind::Exact } else { Kind::Near },
            shard,
            row,
            id: id.to_owned(),
            url: url.to_owned(),
            share: hit.share,
            times: hit.times,
            offset_bytes: start,
            length_bytes: end - start,
            context: [text[before..start].to_owned(), found, text[end..behind].to_owned()],
        }
    }

    fn rank(&self, other: &Self) -> Ordering {
        let place = |found: &Self| (found.shard, found.row);
        self.kind.cmp(&other.kind).then(other.share.total_cmp(&self.share)).then(place(self).cmp(&place(other)))
    }
}

impl Found {
    /// Adds a match; of many only the best are kept.
    pub fn add(&mut self, found: Match, matches_max: usize) {
        match found.kind {
            Kind::Exact => self.exact += 1,
            Kind::Near | Kind::Alike => self.near += 1,
        }
        self.matches.push(found);
        if self.matches.len() >= 2 * matches_max.max(1) {
            self.cut(matches_max);
        }
    }

    /// Takes in what was found elsewhere in the set.
    pub fn merge(&mut self, other: Self, matches_max: usize) {
        self.exact += other.exact;
        self.near += other.near;
        self.matches.extend(other.matches);
        self.cut(matches_max);
    }

    /// Keeps the best matches, in their order.
    pub fn cut(&mut self, matches_max: usize) {
        self.matches.sort_by(Match::rank);
        self.matches.truncate(matches_max);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(kind: Kind, share: f64, row: u64) -> Match {
        let context = [String::new(), String::new(), String::new()];
        let (id, url) = (String::new(), String::new());
        Match { kind, shard: 0, row, id, url, share, times: 1, offset_bytes: 0, length_bytes: 0, context }
    }

    #[test]
    fn exact_matches_come_first_and_then_the_nearest() {
        let matches = [(Kind::Near, 0.5, 1), (Kind::Exact, 1.0, 9), (Kind::Near, 0.9, 7), (Kind::Exact, 1.0, 3)];
        let mut all = Found::default();
        for (kind, share, row) in matches {
            let mut one = Found::default();
            one.add(found(kind, share, row), 3);
            all.merge(one, 3);
        }
        assert_eq!(all.matches.iter().map(|found| found.row).collect::<Vec<_>>(), [3, 9, 7]);
        assert_eq!((all.exact, all.near), (2, 2));
    }

    #[test]
    fn context_ends_at_characters() {
        let text = format!("{}passage{}", "é".repeat(100), "中".repeat(100));
        let hit = Hit { passage: 0, is_exact: true, share: 1.0, times: 1, place: 200..207 };
        let [before, found, behind] = Match::of(&hit, 0, 0, "", "", &text).context;
        assert_eq!((before, found.as_str(), behind), ("é".repeat(80), "passage", "中".repeat(80)));
    }
}
