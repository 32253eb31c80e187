//! Which words of a page's blocks stand in its truth: a longest common subsequence of words, then blocks that stand
//! elsewhere in the truth.
//!
//! The subsequence is exact and bit-parallel: one row of bits for each word of the page that occurs in the truth.
//! A block of [`RUN_MIN`] words or more of which all but a tenth of the runs of five words occur in the truth counts
//! as matched whole, so that a truth in another order loses nothing.

use std::collections::{HashMap, HashSet};

/// Words of a run that is looked for out of order.
const RUN_MIN: usize = 5;
/// Bits of the largest table of rows; a page that needs more is aligned by runs alone.
const BITS_MAX: usize = 1 << 33;

/// Lower-case words of a text: runs of letters, digits and underscores.
pub fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    lower.split(|character| !is_word(character)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Words and matched words of each block.
pub fn align(blocks: &[&str], truth: &str) -> Vec<(u32, u32)> {
    let truth = words(truth);
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let truth: Vec<u32> = truth
        .iter()
        .map(|word| {
            let next = numbers.len() as u32;
            *numbers.entry(word).or_insert(next)
        })
        .collect();
    let (mut page, mut owner, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    let runs: HashSet<&[u32]> = truth.windows(RUN_MIN).collect();
    let mut whole = Vec::new();
    for (block, text) in blocks.iter().enumerate() {
        let found: Vec<u32> =
            words(text).iter().map(|word| numbers.get(word.as_str()).copied().unwrap_or(u32::MAX)).collect();
        counts.push((found.len() as u32, 0));
        let known = found.windows(RUN_MIN).filter(|run| runs.contains(run)).count();
        whole.push(found.len() >= RUN_MIN && known * 10 >= (found.len() + 1 - RUN_MIN) * 9);
        for word in found.into_iter().filter(|word| *word != u32::MAX) {
            page.push(word);
            owner.push(block);
        }
    }
    for matched in common(&page, &truth, numbers.len()) {
        counts[owner[matched]].1 += 1;
    }
    for (count, whole) in counts.iter_mut().zip(whole) {
        if whole {
            count.1 = count.0;
        }
    }
    counts
}

/// Indexes of `page` that belong to a longest common subsequence with `truth`.
fn common(page: &[u32], truth: &[u32], kinds: usize) -> Vec<usize> {
    let width = truth.len().div_ceil(64);
    if width == 0 || page.len() * width * 64 > BITS_MAX {
        return Vec::new();
    }
    let mut places = vec![Vec::new(); kinds];
    for (place, &word) in truth.iter().enumerate() {
        places[word as usize].push(place);
    }
    let mut rows = vec![u64::MAX; (page.len() + 1) * width];
    let mut matches = vec![0_u64; width];
    for (index, &word) in page.iter().enumerate() {
        for &place in &places[word as usize] {
            matches[place / 64] |= 1 << (place % 64);
        }
        let (above, row) = rows[index * width..(index + 2) * width].split_at_mut(width);
        let mut carry = 0;
        for at in 0..width {
            let both = above[at] & matches[at];
            let (sum, first) = above[at].overflowing_add(both);
            let (sum, second) = sum.overflowing_add(carry);
            carry = u64::from(first | second);
            row[at] = sum | (above[at] & !matches[at]);
        }
        for &place in &places[word as usize] {
            matches[place / 64] = 0;
        }
    }
    let (mut at, mut place, mut found) = (page.len(), truth.len(), Vec::new());
    while at > 0 && place > 0 {
        if page[at - 1] == truth[place - 1] {
            (at, place) = (at - 1, place - 1);
            found.push(at);
        } else if rows[at * width + (place - 1) / 64] >> ((place - 1) % 64) & 1 == 1 {
            place -= 1;
        } else {
            at -= 1;
        }
    }
    found
}
