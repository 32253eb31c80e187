//! `README.md`: the Hugging Face data card, front matter included, from the template beside this file or the preset's
//! own.
//!
//! Every figure is taken from the run record. Text that comes from pages (domains, file names, license names) is
//! escaped, since it can hold anything. A preset's template is tried when its plan is compiled, on a record that has
//! everything and on one that has nothing, so that a run of hours does not find out at its end that no card can be
//! made.

mod facts;
mod front_matter;
mod limits;
pub(super) mod making;
mod representation;
pub(super) mod rights;
mod sources;

use super::{escape, example, jinja};
use crate::ledger::run_record::RunRecord;

const TEMPLATE: &str = include_str!("readme.md.jinja");

/// Why a template renders no card.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It cannot be read.
    #[error("line {line}: {what}")]
    Syntax {
        /// Where, from 1; 0 if that is not known.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// It can be read, but of some record it makes no card.
    #[error("line {line}: {what}, in the card of {of}")]
    Rendering {
        /// Where, from 1; 0 if that is not known.
        line: usize,
        /// What is wrong.
        what: String,
        /// Of which record.
        of: &'static str,
    },
    /// What it makes is no data card.
    #[error("it does not begin with {{{{ front_matter }}}}, without which the set does not load by its name")]
    WithoutFrontMatter,
}

/// Renders the card of a set. `beside` are the paths of its other cards.
///
/// Where the preset's own template fails after all, the usual card is made, and says so.
pub fn render(record: &RunRecord, beside: &[&str]) -> String {
    let own = record.readme_template.as_deref().map(|template| rendered(template, record, beside));
    match own {
        Some(Ok(card)) => card,
        Some(Err(error)) => {
            let line = error.line().unwrap_or_default();
            let note =
                format!("The preset's own template failed on line {line} ({}); this is the usual card.", what(&error));
            format!("{}\n> {}\n", usual(record, beside), escape::cell(&note))
        }
        None => usual(record, beside),
    }
}

/// Whether a template renders cards.
pub fn check(template: &str) -> Result<(), TemplateError> {
    let line = |error: &minijinja::Error| error.line().unwrap_or_default();
    jinja::parse(template).map_err(|error| TemplateError::Syntax { line: line(&error), what: what(&error) })?;
    let records = [(example::rich(), "a set that has everything"), (example::bare(), "a set that has nothing")];
    for (record, of) in records {
        let card = rendered(template, &record, &[]).map_err(|error| TemplateError::Rendering {
            line: line(&error),
            what: what(&error),
            of,
        })?;
        if !card.starts_with("---\n") {
            return Err(TemplateError::WithoutFrontMatter);
        }
    }
    Ok(())
}

fn usual(record: &RunRecord, beside: &[&str]) -> String {
    rendered(TEMPLATE, record, beside).expect("the template uses only what it is given, as its test shows")
}

fn rendered(template: &str, record: &RunRecord, beside: &[&str]) -> Result<String, minijinja::Error> {
    jinja::render(template, facts::of(record, beside))
}

/// What went wrong, in a few words.
fn what(error: &minijinja::Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}
