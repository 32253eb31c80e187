//! Which blocks are main text.
//!
//! A small learned model that knows no language: `features.rs` measures each block, `trees.rs` turns measures into a
//! score, `choose.rs` takes the blocks that together promise the best F1 for the page. Text that is navigation,
//! footer, dialog or a list to choose from is never main text. The model was learned on the pages of the development
//! split of WCXB (annotations CC BY 4.0); `training/` holds the program that learns it.
//! All arithmetic that decides is on integers or exactly rounded, so every machine keeps the same text.

mod address;
pub mod choose;
pub mod class_words;
pub mod columns;
pub mod features;
mod groups;
pub mod model;
pub mod regions;
mod said;
mod scale;
mod title;
pub mod trees;
mod ways;

use std::sync::{Arc, LazyLock};

use super::blocks::Blocks;
use super::html::tree::Page;
use choose::{Aim, STEPS, Threshold};
use features::Features;
use model::Model;

/// The model that is part of the program.
static EMBEDDED: LazyLock<Arc<Model>> = LazyLock::new(|| {
    Arc::new(Model::read(include_bytes!("model.bin")).expect("the model in the repository is whole, a test reads it"))
});

/// The model that is part of the program.
pub fn embedded() -> Arc<Model> {
    Arc::clone(&EMBEDDED)
}

/// Memory of one thread, filled anew for each page.
#[derive(Default)]
pub struct Scratch {
    features: Features,
    scores: Vec<i32>,
}

impl Scratch {
    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.features.bytes() + 4 * self.scores.capacity()
    }
}

/// A page to choose from.
#[derive(Clone, Copy)]
pub struct Choice<'a> {
    /// The page.
    pub page: Page<'a>,
    /// Its blocks.
    pub blocks: &'a Blocks,
    /// Its address.
    pub url: &'a str,
    /// What is wanted of the choice.
    pub aim: Aim,
}

/// Says for each block whether it is main text, and returns the F1 to expect of them, 0..=1. `out` is as long as the list of blocks
/// afterwards.
pub fn select(choice: &Choice<'_>, model: &Model, scratch: &mut Scratch, out: &mut Vec<bool>) -> f32 {
    out.clear();
    out.resize(choice.blocks.list.len(), false);
    let Scratch { features, scores } = scratch;
    features.fill(choice.page, choice.blocks, choice.url, &model.class_words);
    trees::score(&model.trees, model.bias, &features.columns, features.eligible.len(), scores);
    let mut words = [0; STEPS];
    for (&block, &score) in features.eligible.iter().zip(&*scores) {
        words[choose::step(score)] += u64::from(choice.blocks.list[block as usize].counts.words);
    }
    let Threshold { step, expected_f1 } = choose::threshold(&words, &model.odds, choice.aim);
    for (&block, &score) in features.eligible.iter().zip(&*scores) {
        out[block as usize] = choose::step(score) >= step;
    }
    features.complete_groups(choice.blocks, out);
    expected_f1
}
