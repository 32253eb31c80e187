//! How well the main text of a page was told from the rest.

/// What the extractor thinks of its own choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extraction {
    /// The word F1 that the text may be expected to have against what a reader would call the main text, 0..=1.
    pub expected_f1: f32,
}
