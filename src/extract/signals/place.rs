//! The part of the page an element stands in: the nearest ancestor that tells, itself included.
//!
//! Elements and roles tell first. Where none does, class and id words of ancestors may say that it is the foot or the
//! side of the page. One of several posts or articles side by side is a post: what it says holds for itself.

use super::super::html::attribute::Name;
use super::super::html::name_hash::name_hash;
use super::super::html::tag::Tag;
use super::super::html::tree::{Node, Page};
use super::super::html::{class_words, context, tag};
use crate::document::signals::Place;

const COMMENT: &[u32] = &[name_hash(b"comment"), name_hash(b"comments")];
/// What one of several posts is called.
const POST: &[u32] = &[
    name_hash(b"post"),
    name_hash(b"answer"),
    name_hash(b"reply"),
    name_hash(b"message"),
    name_hash(b"response"),
    name_hash(b"postbody"),
];
const FOOTER: &[u32] = &[
    name_hash(b"footer"),
    name_hash(b"foot"),
    name_hash(b"colophon"),
    name_hash(b"bottom"),
    name_hash(b"copyright"),
    name_hash(b"copyrights"),
    name_hash(b"legal"),
    name_hash(b"imprint"),
];
const ASIDE: &[u32] =
    &[name_hash(b"sidebar"), name_hash(b"aside"), name_hash(b"rail"), name_hash(b"widget"), name_hash(b"column-right")];
/// Levels of elements in which the item of a list is looked for.
const ITEM_LEVELS_MAX: usize = 8;
/// Siblings looked at for a second post.
const SIBLINGS_MAX: usize = 400;

/// Where the node at `index` stands.
pub fn of(page: Page<'_>, index: usize) -> Place {
    let mut by_name = None;
    let mut at = index;
    loop {
        let node = &page.tree.nodes[at];
        let words = words_of(page, node);
        if let Some(place) = told_by(page, at, &words) {
            return place;
        }
        let named = if words.footer { Some(Place::Footer) } else { words.aside.then_some(Place::Aside) };
        by_name = by_name.or(named);
        if at == 0 {
            return by_name.unwrap_or(Place::Body);
        }
        at = node.parent as usize;
    }
}

fn told_by(page: Page<'_>, index: usize, words: &Words) -> Option<Place> {
    let node = &page.tree.nodes[index];
    match node.tag {
        Tag::Head => return Some(Place::Head),
        Tag::Header => return Some(Place::Header),
        Tag::Nav => return Some(Place::Nav),
        Tag::Aside => return Some(Place::Aside),
        Tag::Footer => return Some(Place::Footer),
        Tag::Figure | Tag::Figcaption => return Some(Place::Figure),
        Tag::Select | Tag::Option | Tag::Button | Tag::Textarea => return Some(Place::Form),
        Tag::Blockquote | Tag::Pre | Tag::Code => return Some(Place::Quote),
        Tag::Body | Tag::Html => return None,
        _ => {}
    }
    if words.comment {
        return Some(Place::Comment);
    }
    if (words.post || node.tag == Tag::Article) && has_like_sibling(page, index) {
        return Some(Place::Post);
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

/// Which of the lists above the words of a node's class, id and so on stand in.
#[derive(Default)]
struct Words {
    comment: bool,
    post: bool,
    footer: bool,
    aside: bool,
}

fn words_of(page: Page<'_>, node: &Node) -> Words {
    let mut words = Words::default();
    class_words::each_of(page, node, |word| {
        words.comment |= COMMENT.contains(&word);
        words.post |= POST.contains(&word);
        words.footer |= FOOTER.contains(&word);
        words.aside |= ASIDE.contains(&word);
    });
    words
}

/// Whether a sibling is the same element with the same first class, or with none as well.
fn has_like_sibling(page: Page<'_>, index: usize) -> bool {
    let nodes = &page.tree.nodes;
    let parent = nodes[index].parent as usize;
    let close = nodes[parent].close as usize;
    let mut at = parent + 1;
    for _ in 0..SIBLINGS_MAX {
        if at >= close {
            return false;
        }
        if at != index && is_like(page, &nodes[at], &nodes[index]) {
            return true;
        }
        at = (nodes[at].close as usize).max(at + 1);
    }
    false
}

fn is_like(page: Page<'_>, one: &Node, other: &Node) -> bool {
    let first_class = |node| page.attribute(node, Name::Class).and_then(|class| class.split_ascii_whitespace().next());
    one.tag == other.tag && first_class(one) == first_class(other)
}

/// The nearest item of a list of like items that the node stands in: its parent, which tells the list, and itself.
pub fn item(page: Page<'_>, index: usize) -> impl Iterator<Item = (u32, u32)> {
    let nodes = &page.tree.nodes;
    let mut at = index;
    std::iter::from_fn(move || {
        let node = &nodes[at];
        if at == 0 || matches!(node.tag, Tag::Body | Tag::Main) {
            return None;
        }
        let found = (node.parent, at as u32);
        at = node.parent as usize;
        Some(found)
    })
    .take(ITEM_LEVELS_MAX)
}

/// Whether two nodes are like items of one list.
pub fn are_like(page: Page<'_>, one: u32, other: u32) -> bool {
    let node = |index: u32| &page.tree.nodes[index as usize];
    !matches!(node(one).tag, Tag::A | Tag::Img | Tag::P) && is_like(page, node(one), node(other))
}
