//! Rows to learn from: the blocks of all pages, with what was measured of them and what they are worth.

use rayon::prelude::*;

use gristmill::extract::content::class_words::ClassWords;
use gristmill::extract::content::columns::COLUMNS;
use gristmill::extract::content::features::{Features, NEVER};

use crate::align;
use crate::pages::Labeled;

/// Words that a truth is taken to have more than it has, so that small ones do not outweigh all others.
const TRUTH_WORDS_MORE: f32 = 50.0;

/// A block's words, and how many of them are in the truth.
#[derive(Clone, Copy)]
pub struct Words {
    /// Words.
    pub all: f32,
    /// Words in the truth.
    pub matched: f32,
}

impl Words {
    /// What taking the block adds to a page's F1, or takes from it, at a page F1 of `f1`.
    pub fn weight(&self, f1: f32, truth_words: f32) -> f32 {
        20.0 * (2.0 * self.matched - f1 * self.all).abs() / (truth_words + TRUTH_WORDS_MORE)
    }

    /// Whether taking the block raises a page's F1.
    pub fn is_main(&self, f1: f32) -> bool {
        2.0 * self.matched > f1 * self.all
    }
}

/// What is true of a page.
pub struct Truth {
    /// Words of the labeled main text.
    pub words: f32,
    /// The blocks that may become main text.
    pub blocks: Vec<Words>,
}

impl Truth {
    /// Aligns the blocks of a page with its truth.
    pub fn of(page: &Labeled) -> Self {
        let texts: Vec<&str> = page.blocks.list.iter().map(|block| page.blocks.text_of(block)).collect();
        let counts = align::align(&texts, &page.truth);
        let eligible = page.blocks.list.iter().zip(counts).filter(|(block, _)| block.context & NEVER == 0);
        Self {
            words: align::words(&page.truth).len() as f32,
            blocks: eligible.map(|(_, (all, matched))| Words { all: all as f32, matched: matched as f32 }).collect(),
        }
    }
}

/// A matrix of features, column by column, over the blocks of some pages.
pub struct Rows {
    /// Columns, each with a value for every row.
    pub columns: Vec<Vec<u8>>,
    /// Page of each row, as an index of the pages given.
    pub page: Vec<u32>,
    /// Words of each row.
    pub words: Vec<Words>,
}

impl Rows {
    /// Measures the blocks of pages, each with the class words that `table` gives for it.
    pub fn measure<'a>(
        pages: &[&Labeled],
        truths: &[&Truth],
        table: impl Fn(&Labeled) -> &'a ClassWords + Sync,
    ) -> Self {
        let measured: Vec<Features> = pages
            .par_iter()
            .map(|page| {
                let mut features = Features::default();
                features.fill(page.page(), &page.blocks, &page.url, table(page));
                features
            })
            .collect();
        let mut rows = Self { columns: vec![Vec::new(); COLUMNS], page: Vec::new(), words: Vec::new() };
        for (index, (features, truth)) in measured.iter().zip(truths).enumerate() {
            let count = features.eligible.len();
            rows.page.extend(std::iter::repeat_n(index as u32, count));
            rows.words.extend(&truth.blocks);
            for (column, values) in rows.columns.iter_mut().enumerate() {
                values.extend((0..count).map(|row| features.columns.value(column, row)));
            }
        }
        rows
    }
}
