//! A text that remembers its words.
//!
//! The words are cut when they are first asked for, once for each way of cutting them, and forgotten when nobody asks
//! any more, or with the text.

use std::sync::OnceLock;

use super::splitter::Splitter;
use super::table::WordTable;

/// A text and the tables of its words, as far as anyone has asked for them.
#[derive(Debug, Default)]
pub struct WordedText {
    text: String,
    tables: [OnceLock<WordTable>; Splitter::ALL.len()],
}

impl WordedText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The words of the text.
    pub fn words(&self, splitter: Splitter) -> &WordTable {
        self.tables[splitter as usize].get_or_init(|| WordTable::of(&self.text, splitter))
    }

    /// Forgets the words: they take more memory than the text, and the thread makes those of its next text in it.
    pub fn forget_words(&mut self) {
        self.tables = Default::default();
    }
}

impl From<String> for WordedText {
    fn from(text: String) -> Self {
        Self { text, tables: Default::default() }
    }
}

/// The copy has the text alone.
impl Clone for WordedText {
    fn clone(&self) -> Self {
        Self::from(self.text.clone())
    }
}

impl PartialEq for WordedText {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_text_in_each_way() {
        let text = WordedText::from(String::from("I don't."));
        assert_eq!(text.words(Splitter::Unicode).len(), 3, "I don't .");
        assert_eq!(text.words(Splitter::SpacyEn).len(), 4, "I do n't .");
        assert_eq!(text.words(Splitter::SpacyEn), text.clone().words(Splitter::SpacyEn));
    }
}
