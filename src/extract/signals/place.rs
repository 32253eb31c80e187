//! The part of the page an element stands in: the nearest ancestor that tells, itself included.

use super::super::html::attribute::Name;
use super::super::html::name_hash::name_hash;
use super::super::html::tag::Tag;
use super::super::html::tree::{Node, Page};
use super::super::html::{context, tag};
use crate::document::signals::Place;

const COMMENT: u32 = name_hash(b"comment");
const COMMENTS: u32 = name_hash(b"comments");

/// Where the node at `index` stands.
pub fn of(page: Page<'_>, index: usize) -> Place {
    let mut at = index;
    loop {
        let node = &page.tree.nodes[at];
        if let Some(place) = told_by(page, node) {
            return place;
        }
        if at == 0 {
            return Place::Body;
        }
        at = node.parent as usize;
    }
}

fn told_by(page: Page<'_>, node: &Node) -> Option<Place> {
    match node.tag {
        Tag::Head => return Some(Place::Head),
        Tag::Header => return Some(Place::Header),
        Tag::Nav => return Some(Place::Nav),
        Tag::Aside => return Some(Place::Aside),
        Tag::Footer => return Some(Place::Footer),
        Tag::Figure | Tag::Figcaption => return Some(Place::Figure),
        Tag::Select | Tag::Option | Tag::Button | Tag::Textarea => return Some(Place::Form),
        Tag::Body | Tag::Html => return None,
        _ => {}
    }
    let words = page.words(node);
    if words.contains(&COMMENT) || words.contains(&COMMENTS) {
        return Some(Place::Comment);
    }
    match node.tag {
        Tag::Main => return Some(Place::Main),
        Tag::Article => return Some(Place::Article),
        _ if node.tag.is(tag::HEADING) => return None,
        _ => {}
    }
    match context::of_role(page.attribute(node, Name::Role)?.as_bytes()) {
        context::NAV => Some(Place::Nav),
        context::MAIN => Some(Place::Main),
        context::ARTICLE => Some(Place::Article),
        context::HEADER => Some(Place::Header),
        context::FOOTER => Some(Place::Footer),
        context::ASIDE => Some(Place::Aside),
        _ => None,
    }
}
