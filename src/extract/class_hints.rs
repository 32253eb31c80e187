//! What the class words of an element hint at: a handful of structural words, with weights set by hand.
//!
//! They are the words that templates of all languages use, since class names are English nearly everywhere.

use super::html::name_hash::name_hash;

/// Words and what they say of the text inside: above zero for main text, below for what surrounds it.
const HINTS: &[(&str, f32)] = &[
    ("article", 1.0),
    ("content", 0.7),
    ("post", 0.6),
    ("entry", 0.7),
    ("story", 0.7),
    ("body", 0.3),
    ("articlebody", 1.5),
    ("description", 0.7),
    ("text", 0.3),
    ("main", 0.5),
    ("markdown", 1.0),
    ("documentation", 1.0),
    ("docs", 0.5),
    ("message", 0.5),
    ("thread", 0.3),
    ("answer", 0.6),
    ("question", 0.5),
    ("recipe", 0.5),
    ("prose", 1.0),
    ("nav", -2.0),
    ("navbar", -2.0),
    ("navigation", -2.0),
    ("menu", -1.8),
    ("submenu", -1.8),
    ("footer", -2.0),
    ("sidebar", -1.8),
    ("cookie", -2.0),
    ("cookies", -2.0),
    ("consent", -2.0),
    ("gdpr", -2.0),
    ("share", -1.5),
    ("sharing", -1.5),
    ("social", -1.5),
    ("related", -1.6),
    ("recommended", -1.5),
    ("recommendations", -1.5),
    ("widget", -1.0),
    ("promo", -1.3),
    ("ad", -1.3),
    ("ads", -1.3),
    ("advert", -1.5),
    ("advertisement", -1.5),
    ("banner", -1.0),
    ("breadcrumb", -1.8),
    ("breadcrumbs", -1.8),
    ("comment", -1.0),
    ("comments", -1.2),
    ("disqus", -2.0),
    ("popup", -1.8),
    ("modal", -1.8),
    ("overlay", -1.2),
    ("newsletter", -1.6),
    ("subscribe", -1.4),
    ("subscription", -1.0),
    ("signup", -1.4),
    ("login", -1.4),
    ("search", -1.0),
    ("toolbar", -1.2),
    ("pagination", -1.6),
    ("pager", -1.4),
    ("tags", -0.9),
    ("meta", -0.8),
    ("byline", -0.6),
    ("copyright", -1.5),
    ("legal", -0.8),
    ("disclaimer", -0.8),
    ("skip", -1.2),
    ("toc", -0.8),
    ("carousel", -0.6),
    ("header", -0.8),
    ("dropdown", -1.2),
    ("filter", -1.2),
    ("filters", -1.2),
    ("cart", -1.2),
    ("form", -0.4),
    ("reviews", -0.4),
    ("rating", -0.5),
    ("author", -0.5),
    ("sponsored", -1.2),
    ("trending", -1.2),
    ("popular", -1.0),
    ("teaser", -0.5),
    ("hidden", -0.3),
    ("signature", -1.2),
    ("print", -0.4),
    ("credit", -0.6),
];

const SLOTS: usize = 1024;
const TABLE: [(u32, f32); SLOTS] = table();

const fn table() -> [(u32, f32); SLOTS] {
    let mut table = [(0, 0.0); SLOTS];
    let mut index = 0;
    while index < HINTS.len() {
        let hash = name_hash(HINTS[index].0.as_bytes());
        let mut slot = hash as usize % SLOTS;
        while table[slot].0 != 0 {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = (hash, HINTS[index].1);
        index += 1;
    }
    table
}

/// The sum of what the words of an element hint at; 0 if none is known.
pub fn weigh(words: &[u32]) -> f32 {
    words.iter().map(|word| weight(*word)).sum()
}

fn weight(word: u32) -> f32 {
    let mut slot = word as usize % SLOTS;
    while TABLE[slot].0 != 0 {
        if TABLE[slot].0 == word {
            return TABLE[slot].1;
        }
        slot = (slot + 1) % SLOTS;
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_weight_and_others_have_none() {
        for (word, expected) in HINTS {
            assert_eq!(weight(name_hash(word.as_bytes())), *expected, "{word}");
        }
        assert_eq!(weigh(&[name_hash(b"zebra"), 0]), 0.0);
    }
}
