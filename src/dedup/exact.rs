//! Removes documents that are equal to an earlier one by text, by URL or by payload digest.
//!
//! Texts are equal if they are so after white space is squeezed; the key is xxh3-128 of that.
//! Two of 3 billion different texts share a 128-bit key with a probability of about 1e-20.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::Removal;
use crate::document::Document;
use crate::document::reason::Reason;

const SAME_TEXT: Reason = Reason::new("exact.same_text");
const SAME_URL: Reason = Reason::new("exact.same_url");
const SAME_PAYLOAD: Reason = Reason::new("exact.same_payload");

/// All reasons of this stage.
pub const REASONS: &[Reason] = &[SAME_TEXT, SAME_URL, SAME_PAYLOAD];
/// Bytes of a key.
pub const KEY_BYTES: usize = 16;
/// The key of a document that has nothing to compare by, e.g. no payload digest: it equals no other.
const NO_KEY: u128 = 0;

/// What has to be equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The text, white space squeezed.
    #[default]
    Text,
    /// The target URI, byte for byte.
    Url,
    /// The payload digest that the WARC states; documents without one are never removed.
    Payload,
}

/// What counts as the same.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// What has to be equal: `text`, `url` or `payload`.
    pub by: By,
}

impl Config {
    /// The stage.
    pub fn build(&self) -> Exact {
        Exact { by: self.by }
    }
}

/// The stage, built from a [`Config`].
#[derive(Clone, Debug)]
pub struct Exact {
    by: By,
}

impl Exact {
    /// The key of a document: equal keys are duplicates, 0 is a duplicate of nothing.
    pub fn key(&self, document: &Document) -> u128 {
        let key = match self.by {
            By::Text => squeezed_digest(&document.text),
            By::Url => xxh3_128(document.origin.url.as_bytes()),
            By::Payload => match &document.origin.payload_digest {
                Some(digest) => xxh3_128(digest.as_bytes()),
                None => return NO_KEY,
            },
        };
        key.max(NO_KEY + 1)
    }

    /// What is known of the similarity of two documents with equal keys: `exact` for equal texts, `key` where the texts
    /// were not compared.
    pub fn similarity_kind(&self) -> &'static str {
        match self.by {
            By::Text => "exact",
            By::Url | By::Payload => "key",
        }
    }

    /// The reason for which it removes.
    pub fn reason(&self) -> Reason {
        match self.by {
            By::Text => SAME_TEXT,
            By::Url => SAME_URL,
            By::Payload => SAME_PAYLOAD,
        }
    }
}

/// Digest of the text with every run of white space as one space.
fn squeezed_digest(text: &str) -> u128 {
    let mut hash = Xxh3::new();
    for word in text.split_whitespace() {
        hash.update(word.as_bytes());
        hash.update(b" ");
    }
    hash.digest128()
}

/// The removals among documents with these keys, ordered by the removed document's number.
///
/// `keys` holds (key, document) of all documents that are still there, in any order; it is sorted in place.
pub fn removals(keys: &mut [(u128, u32)]) -> Vec<Removal> {
    keys.sort_unstable();
    let mut removals = Vec::new();
    for same in keys.chunk_by(|a, b| a.0 == b.0).filter(|same| same[0].0 != NO_KEY) {
        let kept = same[0].1;
        removals.extend(same[1..].iter().map(|(_, removed)| Removal { removed: *removed, kept }));
    }
    removals.sort_unstable();
    removals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_makes_no_difference_and_words_do() {
        assert_eq!(squeezed_digest("one two\n\nthree"), squeezed_digest(" one  two three\n"));
        assert_ne!(squeezed_digest("one two"), squeezed_digest("onetwo"));
        assert_ne!(squeezed_digest("one two"), squeezed_digest("two one"));
    }

    #[test]
    fn the_first_stays_whatever_the_order() {
        let mut keys = vec![(7, 5), (9, 0), (7, 2), (NO_KEY, 1), (NO_KEY, 3), (7, 9)];
        let expected = vec![Removal { removed: 5, kept: 2 }, Removal { removed: 9, kept: 2 }];
        assert_eq!(removals(&mut keys), expected);
        keys.reverse();
        assert_eq!(removals(&mut keys), expected);
    }
}
