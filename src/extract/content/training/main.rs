//! Learns the content model and says how good it is.
//!
//! `README.md` beside this file tells what it needs, what it writes, and which figures it gave.

mod align;
mod boost;
mod class_words;
mod pages;
mod rows;
mod score;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use rayon::prelude::*;

use gristmill::extract::Hints;
use gristmill::extract::content::choose::{Odds, STEPS};
use gristmill::extract::content::class_words::ClassWords;
use gristmill::extract::content::columns;
use gristmill::extract::content::model::Model;
use gristmill::extract::options::{Mode, Options};

use boost::{PageTruth, Shape};
use pages::{FOLDS, Labeled};
use rows::{Rows, Truth};

/// Page F1 for which rows are weighed on the whole: what the odds are corrected by. It is below the mean F1 of the
/// labeled pages, since on pages of other kinds and years the model is surer than it should be: from 0.78 to 0.65
/// costs 0.001 here and gains 0.005 to 0.01 on three other sets, all of it precision.
const USUAL_F1: f32 = 0.65;

struct Arguments {
    data: PathBuf,
    out: Option<PathBuf>,
    validate: bool,
    gains: bool,
    shape: Shape,
}

fn main() -> Result<()> {
    let arguments = arguments()?;
    let pages = pages::read(&arguments.data)?;
    let truths: Vec<Truth> = pages.par_iter().map(Truth::of).collect();
    let words: Vec<_> =
        pages.par_iter().zip(&truths).map(|(page, truth)| class_words::Words::of(page, truth)).collect();
    let set = Set { pages: &pages, truths: &truths, words: &words };
    eprintln!("{} pages, {} blocks", pages.len(), truths.iter().map(|truth| truth.blocks.len()).sum::<usize>());
    if arguments.validate {
        set.validate(&arguments.shape)?;
    }
    if let Some(out) = arguments.out {
        let (model, words, gains) = set.learn(None, &arguments.shape);
        std::fs::write(&out, model.write(&words)).with_context(|| format!("{} cannot be written", out.display()))?;
        if arguments.gains {
            print_gains(&gains);
        }
        score::print("learned and tested on the same pages", &set.evaluate(&Arc::new(model), Mode::Main, None)?);
    }
    Ok(())
}

struct Set<'a> {
    pages: &'a [Labeled],
    truths: &'a [Truth],
    words: &'a [class_words::Words],
}

type Learned = (Model, Vec<(u32, gristmill::extract::content::class_words::Weights)>, Vec<f64>);

impl Set<'_> {
    /// Learns from all pages, or from all but those of one fold. What class words say of a page is learned without the
    /// pages of its fold, so that trees see it as it will be for new pages.
    fn learn(&self, without: Option<usize>, shape: &Shape) -> Learned {
        let left_out: Vec<usize> = without.into_iter().collect();
        let inner: Vec<Option<ClassWords>> = (0..FOLDS)
            .into_par_iter()
            .map(|fold| {
                let both: Vec<usize> = left_out.iter().copied().chain([fold]).collect();
                (!left_out.contains(&fold)).then(|| ClassWords::new(&class_words::learn(self.words, &both)))
            })
            .collect();
        let words = class_words::learn(self.words, &left_out);
        let is_seen = |page: &Labeled| Some(page.fold) != without;
        let kept: Vec<usize> = (0..self.pages.len()).filter(|index| is_seen(&self.pages[*index])).collect();
        let pages: Vec<&Labeled> = kept.iter().map(|index| &self.pages[*index]).collect();
        let truths: Vec<&Truth> = kept.iter().map(|index| &self.truths[*index]).collect();
        let table = |page: &Labeled| inner[page.fold].as_ref().expect("a page that is seen is of a fold that is seen");
        let rows = Rows::measure(&pages, &truths, table);
        let known: Vec<PageTruth> = pages
            .iter()
            .zip(&truths)
            .map(|(page, truth)| PageTruth { words: truth.words, is_article: page.kind == "article" })
            .collect();
        let (bias, trees, gains) = boost::learn(&rows, &known, shape);
        (Model { class_words: ClassWords::new(&words), trees, bias, odds: odds() }, words, gains)
    }

    /// Learns without each fold in turn and scores the texts of its pages.
    fn validate(&self, shape: &Shape) -> Result<()> {
        let (mut main, mut precise) = (Vec::new(), Vec::new());
        for fold in 0..FOLDS {
            let model = Arc::new(self.learn(Some(fold), shape).0);
            main.extend(self.evaluate(&model, Mode::Main, Some(fold))?);
            precise.extend(self.evaluate(&model, Mode::Precise, Some(fold))?);
        }
        score::print("cross-validated", &main);
        score::print("cross-validated, mode `precise`", &precise);
        Ok(())
    }

    /// Scores the texts that a model makes of the pages of one fold, or of all.
    fn evaluate(&self, model: &Arc<Model>, mode: Mode, fold: Option<usize>) -> Result<Vec<score::Score>> {
        let extractor = Options { mode, ..Options::default() }.build_with(|| Arc::clone(model))?;
        let tested: Vec<&Labeled> =
            self.pages.iter().filter(|page| fold.is_none_or(|fold| page.fold == fold)).collect();
        let score = |page: &&Labeled| {
            let found = extractor.extract(&page.payload, &Hints { http_charset: None, url: &page.url });
            let (text, expected) =
                found.map_or((String::new(), 0.0), |found| (found.text, found.expected_f1.unwrap_or_default()));
            score::Score::of(&text, page, expected)
        };
        Ok(tested.par_iter().map(score).collect())
    }
}

/// Probabilities by steps of score. Rows weigh more the more they change a page's F1, which shifts the odds by
/// (2 - F1) / F1; this takes it back.
fn odds() -> Odds {
    std::array::from_fn(|step| {
        let score = (step as f32 + 0.5) / (STEPS as f32 / 16.0) - 8.0;
        let odds = score.exp() * USUAL_F1 / (2.0 - USUAL_F1);
        (f32::from(u16::MAX) * odds / (1.0 + odds)).round() as u16
    })
}

fn print_gains(gains: &[f64]) {
    let all: f64 = gains.iter().sum();
    let mut order: Vec<usize> = (0..gains.len()).collect();
    order.sort_by(|a, b| gains[*b].total_cmp(&gains[*a]));
    for column in order {
        println!("{:24} {:.5}", columns::name(column), gains[column] / all);
    }
}

fn arguments() -> Result<Arguments> {
    let mut found = Arguments {
        data: PathBuf::new(),
        out: None,
        validate: false,
        gains: false,
        shape: Shape {
            trees: 200,
            rate: 0.08,
            columns: 0.3,
            rows: 0.5,
            l2: 20.0,
            reweigh: 10,
            other_kinds: 1.6,
            bags: 1,
            seed: 1,
        },
    };
    let mut left = std::env::args().skip(1);
    while let Some(name) = left.next() {
        let mut value = || left.next().with_context(|| format!("{name} needs a value"));
        match name.as_str() {
            "--data" => found.data = value()?.into(),
            "--out" => found.out = Some(value()?.into()),
            "--validate" => found.validate = true,
            "--gains" => found.gains = true,
            "--trees" => found.shape.trees = value()?.parse()?,
            "--rate" => found.shape.rate = value()?.parse()?,
            "--columns" => found.shape.columns = value()?.parse()?,
            "--rows" => found.shape.rows = value()?.parse()?,
            "--l2" => found.shape.l2 = value()?.parse()?,
            "--reweigh" => found.shape.reweigh = value()?.parse()?,
            "--other-kinds" => found.shape.other_kinds = value()?.parse()?,
            "--bags" => found.shape.bags = value()?.parse()?,
            "--seed" => found.shape.seed = value()?.parse()?,
            _ => bail!(
                "{name} is not an argument; there are --data, --out, --validate, --gains, --trees, --rate, --columns, --rows, --l2, --reweigh, --other-kinds, --bags, --seed"
            ),
        }
    }
    if found.data.as_os_str().is_empty() {
        bail!("--data names the folder with html/ and ground-truth.jsonl.gz");
    }
    Ok(found)
}
