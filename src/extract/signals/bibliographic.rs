//! Title, author, date of publication and canonical address, as the page states them in markup.
//!
//! The first of several sources that says anything counts. JSON-LD is kept as it is and not read here.

use super::super::blocks::Blocks;
use super::super::html::attribute::Name;
use super::super::html::context;
use super::super::html::tag::Tag;
use super::super::html::tree::Page;
use super::super::squeeze::Squeezer;
use super::{cut, text_of, value_of};
use crate::document::signals::Signals;

/// Characters kept of a title or an author.
const WORDS_MAX: usize = 500;
/// Nodes looked at for the text of a heading or an author.
const NODES_MAX: usize = 100;

const TITLES: &[&str] = &["og:title"];
const AUTHORS: &[&str] =
    &["author", "citation_author", "dc.creator", "dcterms.creator", "article:author", "parsely-author"];
const DATES: &[&str] = &[
    "article:published_time",
    "citation_publication_date",
    "citation_date",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "date",
    "pubdate",
    "parsely-pub-date",
];

/// Fills in what the page states.
pub fn fill(page: Page<'_>, blocks: &Blocks, signals: &mut Signals) {
    signals.title = meta(signals, TITLES).or_else(|| title_element(page)).or_else(|| first_heading(blocks));
    signals.author = meta(signals, AUTHORS).filter(|author| !author.contains("://")).or_else(|| marked_author(page));
    signals.published = meta(signals, DATES).or_else(|| marked_date(page));
    signals.canonical_url = canonical(page);
}

fn meta(signals: &Signals, names: &[&str]) -> Option<String> {
    let of_name = |name: &&str| signals.metas.iter().find(|meta| meta.name == *name && !meta.content.trim().is_empty());
    names.iter().find_map(of_name).and_then(|meta| squeezed(&meta.content, false))
}

fn squeezed(text: &str, decode: bool) -> Option<String> {
    let mut squeezer = Squeezer::default();
    let mut out = String::new();
    squeezer.begin(&out);
    squeezer.push(text, decode, &mut out);
    let words = cut(&out, WORDS_MAX);
    (!words.is_empty()).then(|| words.to_owned())
}

fn title_element(page: Page<'_>) -> Option<String> {
    let nodes = &page.tree.nodes;
    let shown = |node: &&super::Node| node.context & (context::FOREIGN | context::TEMPLATE) == 0;
    let title = nodes.iter().position(|node| node.tag == Tag::Title && shown(&node))?;
    let text = nodes.get(title + 1).filter(|text| text.parent as usize == title)?;
    let written = page.written(text);
    squeezed(&written[..written.floor_char_boundary(super::VALUE_BYTES_MAX)], true)
}

fn first_heading(blocks: &Blocks) -> Option<String> {
    let heading = blocks.list.iter().find(|block| block.heading_level == 1)?;
    squeezed(blocks.text_of(heading), false)
}

fn marked_author(page: Page<'_>) -> Option<String> {
    let nodes = &page.tree.nodes;
    let author = nodes.iter().position(|node| {
        node.attributes_len > 0
            && (has_token(page.attribute(node, Name::Itemprop), "author")
                || node.tag == Tag::A && has_token(page.attribute(node, Name::Rel), "author"))
    })?;
    let close = (nodes[author].close as usize).min(author + NODES_MAX);
    let text = match page.attribute(&nodes[author], Name::Content) {
        Some(content) => value_of(content),
        None => text_of(page, author + 1, close, WORDS_MAX),
    };
    (!text.is_empty()).then_some(text)
}

/// The first `time` that is said to be the date of publication, else the first in an article.
fn marked_date(page: Page<'_>) -> Option<String> {
    let dated = |node: &&super::Node| node.tag == Tag::Time && page.attribute(node, Name::Datetime).is_some();
    let nodes = &page.tree.nodes;
    let published = nodes
        .iter()
        .find(|node| node.attributes_len > 0 && has_token(page.attribute(node, Name::Itemprop), "datePublished"));
    let in_article = || nodes.iter().filter(dated).find(|node| node.context & context::ARTICLE != 0);
    let node = published.or_else(in_article)?;
    let value = page.attribute(node, Name::Datetime).or_else(|| page.attribute(node, Name::Content))?;
    squeezed(&value_of(value), false)
}

fn canonical(page: Page<'_>) -> Option<String> {
    let link = page
        .tree
        .nodes
        .iter()
        .find(|node| node.tag == Tag::Link && has_token(page.attribute(node, Name::Rel), "canonical"))?;
    page.attribute(link, Name::Href).map(value_of).filter(|href| !href.is_empty())
}

fn has_token(value: Option<&str>, token: &str) -> bool {
    value.is_some_and(|value| value.split_ascii_whitespace().any(|found| found.eq_ignore_ascii_case(token)))
}
