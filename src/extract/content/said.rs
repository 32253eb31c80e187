//! What the class words of an element say: their weights and their signature.
//!
//! A page gives the same classes to many elements, so what was found of a value is remembered for the next element
//! that has it.

use std::ops::Range;

use super::super::eight;
use super::super::html::class_words;
use super::super::html::tag::Tag;
use super::super::html::tree::{Node, Page};
use super::class_words::ClassWords;

/// Values that are remembered; one that comes to the place of another takes it.
const SLOTS: usize = 256;

/// What the words of one element say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Sum of the weights that count for all inside it.
    pub on_path: i32,
    /// Sum of the weights that count for a container.
    pub own: i32,
    /// Hash of its kind and words.
    pub signature: u32,
}

impl Said {
    fn add_word(&mut self, word: u32) {
        self.signature = self.signature.rotate_left(5).wrapping_mul(0x9E37_79B1) ^ word;
    }
}

/// The values of a page whose words are known. Made once for a thread and filled anew for each page.
#[derive(Default)]
pub struct Remembered {
    slots: Vec<Slot>,
    words: Vec<u32>,
}

/// A value with its words, as stretches of the page and of all words.
#[derive(Clone, Default)]
struct Slot {
    value: Range<usize>,
    words: Range<usize>,
    on_path: i32,
    own: i32,
}

impl Remembered {
    /// Another page begins.
    pub fn clear(&mut self) {
        self.slots.clear();
        self.slots.resize(SLOTS, Slot::default());
        self.words.clear();
    }

    /// What the words of an element say, given the weights of those that are known.
    pub fn of(&mut self, page: Page<'_>, node: &Node, known: &ClassWords) -> Said {
        let mut said = Said { signature: node.hash.wrapping_add(node.tag as u32), ..Said::default() };
        class_words::each_value(page, node, |value| {
            let slot = self.look_up(page.source.as_bytes(), value, known);
            let Slot { ref words, on_path, own, .. } = self.slots[slot];
            said.on_path += on_path;
            said.own += own;
            self.words[words.clone()].iter().for_each(|word| said.add_word(*word));
        });
        if node.tag == Tag::Unknown {
            let weights = known.get(node.hash);
            said.on_path += i32::from(weights.on_path);
            said.own += i32::from(weights.own);
            said.add_word(node.hash);
        }
        said
    }

    /// The slot of a value, which is read if it is not remembered.
    fn look_up(&mut self, source: &[u8], value: Range<usize>, known: &ClassWords) -> usize {
        let index = place(source, &value);
        let slot = &mut self.slots[index];
        if source[slot.value.clone()] == source[value.clone()] {
            return index;
        }
        let first = self.words.len();
        let (mut on_path, mut own) = (0, 0);
        class_words::each(&source[value.clone()], &mut |word| {
            let weights = known.get(word);
            on_path += i32::from(weights.on_path);
            own += i32::from(weights.own);
            self.words.push(word);
        });
        *slot = Slot { value, words: first..self.words.len(), on_path, own };
        index
    }
}

/// Where a value is remembered: by its first and last bytes and its length.
fn place(source: &[u8], value: &Range<usize>) -> usize {
    let length = value.len();
    let first = eight::load(source, value.start).map_or(0, |word| eight::small(word, length));
    let last = if length < 8 { 0 } else { eight::load(source, value.end - 8).unwrap_or(0) };
    let mixed = first ^ last.rotate_left(29) ^ length as u64;
    (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize % SLOTS
}
