//! Tests of the whole room, by what it has to get right. Each file has one `check`.

mod charsets;
mod closing;
mod comments;
mod content;
mod hostile;
mod laws;
mod limits;
mod markdown;
mod signals;
mod text;
mod text_laws;
mod tokens;

use super::options::{Mode, Options};
use super::{Extracted, Extractor, Hints};

/// An extractor that keeps every block, so that a test sees all text.
fn all() -> Extractor {
    let options = Options { mode: Mode::All, ..Options::default() };
    options.build().expect("the options are sound")
}

/// The extraction of a page that is UTF-8 and of no particular address.
fn extract(extractor: &Extractor, page: &str) -> Extracted {
    match extractor.extract(page.as_bytes(), &Hints::default()) {
        Ok(extracted) => extracted,
        Err(dropped) => panic!("{dropped:?}: {page:.100}"),
    }
}
