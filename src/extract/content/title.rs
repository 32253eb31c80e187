//! Which words of a heading stand in the page's title.

use xxhash_rust::xxh3::xxh3_64;

use super::super::html::tag::Tag;
use super::super::html::tree::Page;
use super::scale::share;

/// Words of a title that are looked at.
const WORDS_MAX: usize = 32;

/// Hashes of the words of a page's title.
pub fn words(page: Page<'_>) -> Vec<u64> {
    let nodes = &page.tree.nodes;
    let title = nodes.iter().take_while(|node| node.tag != Tag::Body).position(|node| node.tag == Tag::Title);
    let text = title.and_then(|title| nodes.get(title + 1)).filter(|node| node.tag == Tag::Text);
    text.map_or_else(Vec::new, |text| hashed_words(page.written(text)).take(WORDS_MAX).collect())
}

fn hashed_words(text: &str) -> impl Iterator<Item = u64> {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| xxh3_64(word.as_bytes()))
}

/// Share of a text's words that the title has, in the steps of [`share`].
pub fn overlap(title: &[u64], text: &str) -> u8 {
    let (mut words, mut found) = (0, 0);
    for word in hashed_words(text) {
        words += 1;
        found += u32::from(title.contains(&word));
    }
    share(found, words)
}
