//! Damaged files: nothing panics or hangs, and nothing is lost without a word.
//!
//! `examples/mutate.rs` does the same with many more mutations of any files.

use std::path::Path;

use gristmill::cli::lists::Beside;
use gristmill::plan::compile::Plan;
use gristmill::store::local::Local;

use crate::support::golden::in_repository;
use crate::support::mutations::{Subject, Verdict, judge};
use crate::support::sample;

/// Damaged files that are made of each sound one.
const MUTATIONS: u64 = 40;
const SEED: u64 = 20_261_122;

#[test]
fn what_is_still_whole_of_a_damaged_file_is_found_and_all_else_is_told() {
    let preset = in_repository("pipelines/quickstart.toml");
    let source = std::fs::read_to_string(&preset).expect("the preset of this repository");
    let beside = Beside::new(&Local, Path::new(&preset));
    let plan = Plan::compile("quickstart.toml", &source, &beside).expect("a sound preset");
    // Of the file with damage in it nothing is expected but that no byte is lost without a word.
    let [sound, damaged] = [sample::builder().intact(), sample::warc().bytes];
    let subjects = [Subject::new("sound sample data", sound), Subject::new("sample data", damaged)];
    let mut sum = Verdict::default();
    for number in 0..MUTATIONS {
        let verdict = judge(&subjects, &plan, SEED, number).verdict.unwrap_or_else(|problem| panic!("{problem}"));
        sum.add(&verdict);
    }
    assert_eq!(sum.found + sum.lost.values().sum::<u64>(), sum.whole);
    assert!(sum.found > 500 && sum.damaged > 5, "{sum:?}");
}
