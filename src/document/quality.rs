//! Figures about a text that quality filters judge by, counted once for all of them.

/// Counts and shares of one text. Shares lie in 0..=1 and are 0 for an empty text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// Characters, white space included.
    pub characters: u64,
    /// Words that hold a letter or a digit, by [`super::words`].
    pub words: u64,
    /// Lines that are not blank.
    pub lines: u64,
    /// Mean number of characters of a word.
    pub word_length_mean: f64,
    /// Share of characters that are letters or digits.
    pub alphanumeric_share: f64,
    /// Share of lines that end a sentence.
    pub terminated_lines_share: f64,
    /// Share of lines that stood before in the text.
    pub repeated_lines_share: f64,
}
