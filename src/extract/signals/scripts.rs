//! Licenses that scripts name: parts of inline scripts around an address of Creative Commons, and RDF in comments.
//!
//! A script that writes a license into the page is a statement that the markup as fetched does not make; a script that
//! only knows licenses is none. Which of the two it is, is not judged here.

use memchr::memmem;

use super::super::html::context;
use super::super::html::tree::{Node, Page};
use crate::document::signals::ScriptSignal;

/// Scripts kept of a page, and elements of RDF.
pub const KEPT_MAX: usize = 8;
/// Bytes kept before and after an address.
const AROUND_BYTES: usize = 400;
const HOST: &[u8] = b"creativecommons.org";
const RDF: &[u8] = b"<license rdf:resource=";

/// The part of the script at `index` around the first address of Creative Commons, if there is one.
pub fn around_address(page: Page<'_>, index: usize) -> Option<ScriptSignal> {
    let text = text_in(page, index)?;
    let written = page.written(text);
    let at = memmem::find(written.as_bytes(), HOST)?;
    Some(excerpt(written, at, text.start as usize))
}

/// The elements of RDF that name a license, wherever they stand in the source.
pub fn rdf(source: &str) -> Vec<ScriptSignal> {
    memmem::find_iter(source.as_bytes(), RDF)
        .take(KEPT_MAX)
        .map(|at| {
            let value = &source[at..source.floor_char_boundary(at + AROUND_BYTES)];
            let text = value.split_inclusive('>').next().unwrap_or(value);
            ScriptSignal { text: text.to_owned(), offset_bytes: at as u64 }
        })
        .collect()
}

/// The text inside a script that is run, not kept as a template.
fn text_in<'a>(page: Page<'a>, index: usize) -> Option<&'a Node> {
    let text = page.tree.nodes.get(index + 1).filter(|text| text.parent as usize == index)?;
    (text.context & context::TEMPLATE == 0).then_some(text)
}

fn excerpt(written: &str, at: usize, start: usize) -> ScriptSignal {
    let from = written.floor_char_boundary(at.saturating_sub(AROUND_BYTES));
    let to = written.floor_char_boundary((at + AROUND_BYTES).min(written.len()));
    ScriptSignal { text: written[from..to].to_owned(), offset_bytes: (start + from) as u64 }
}
