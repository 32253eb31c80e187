//! The elements that are open while a tree is built: a stack that answers every question about itself in constant
//! time.
//!
//! Each entry knows the entry below it of the same kind and the nearest boundaries below it, so an end tag that finds
//! nothing costs no search, however deep the stack is. That is what keeps hostile nesting linear.

use super::context;
use super::tag::{self, TAGS, Tag};

/// No place on the stack.
const NONE: u32 = u32::MAX;
/// Unknown elements of other names that an end tag looks past.
const LOOK_PAST_MAX: usize = 8;

/// An open element. Places are indexes of the stack; the root, at 0, stands for "none below".
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// Its node.
    pub node: u32,
    /// Its kind.
    pub tag: Tag,
    /// What its content inherits.
    pub context: u32,
    /// Nearest cell, table or the like, itself included.
    pub scope: usize,
    /// Nearest block that is no `p`, or scope, itself included.
    pub wall: usize,
    /// Nearest block or scope, itself included.
    pub block: usize,
    /// Nearest element that a list item does not look past, itself included.
    pub item: usize,
    /// Nearest table, itself included.
    pub table: usize,
    hash: u32,
    same: u32,
}

/// The stack.
pub struct OpenElements {
    stack: Vec<Open>,
    last: [u32; TAGS],
    depth_max: usize,
    /// Elements beyond the deepest that is allowed: opened, not on the stack, not yet ended.
    beyond: usize,
    /// Counted work: elements opened and closed, and steps of searches.
    pub steps: u64,
}

impl Default for OpenElements {
    fn default() -> Self {
        let mut open = Self { stack: Vec::new(), last: [NONE; TAGS], depth_max: 0, beyond: 0, steps: 0 };
        open.clear(0);
        open
    }
}

impl OpenElements {
    /// Only the root is open.
    pub fn clear(&mut self, depth_max: usize) {
        self.stack.clear();
        self.last = [NONE; TAGS];
        (self.depth_max, self.beyond, self.steps) = (depth_max, 0, 0);
        let root = Open {
            node: 0,
            tag: Tag::Root,
            context: 0,
            scope: 0,
            wall: 0,
            block: 0,
            item: 0,
            table: 0,
            hash: 0,
            same: NONE,
        };
        self.stack.push(root);
    }

    /// The innermost open element.
    pub fn top(&self) -> &Open {
        &self.stack[self.stack.len() - 1]
    }

    /// How many are open, the root included.
    pub fn depth(&self) -> usize {
        self.stack.len()
    }

    /// Place of the innermost open element of a kind.
    pub fn last(&self, tag: Tag) -> Option<usize> {
        let place = self.last[tag as usize];
        (place != NONE).then_some(place as usize)
    }

    /// Place of the innermost open element of any of these kinds.
    pub fn last_of(&self, tags: &[Tag]) -> Option<usize> {
        tags.iter().filter_map(|tag| self.last(*tag)).max()
    }

    /// Place of the innermost open element of a kind that has many names, if few of other names lie above it.
    pub fn last_named(&mut self, tag: Tag, hash: u32) -> Option<usize> {
        let mut place = self.last[tag as usize];
        for _ in 0..LOOK_PAST_MAX {
            self.steps += 1;
            if place == NONE || self.stack[place as usize].hash == hash {
                break;
            }
            place = self.stack[place as usize].same;
        }
        (place != NONE && self.stack[place as usize].hash == hash).then_some(place as usize)
    }

    /// Opens an element, or counts it where the stack is as deep as it may be. One that holds nothing but raw text
    /// cannot go deeper, and its text must not become that of the element around it.
    pub fn push(&mut self, node: u32, tag: Tag, hash: u32, context: u32, is_raw: bool) {
        self.steps += 1;
        let place = self.stack.len();
        if place > self.depth_max && !is_raw {
            self.beyond += 1;
            return;
        }
        let below = *self.top();
        let nearest = |properties: u32, below: usize| if tag.is(properties) { place } else { below };
        self.stack.push(Open {
            node,
            tag,
            context,
            scope: nearest(tag::SCOPE, below.scope),
            wall: if tag == Tag::P { below.wall } else { nearest(tag::BLOCK | tag::SCOPE, below.wall) },
            block: nearest(tag::BLOCK | tag::SCOPE, below.block),
            item: nearest(tag::STOPS_ITEM, below.item),
            table: if matches!(tag, Tag::Table | Tag::Template) { place } else { below.table },
            hash,
            same: self.last[tag as usize],
        });
        self.last[tag as usize] = place as u32;
    }

    /// Closes the innermost element and returns its node. The root stays.
    pub fn pop(&mut self) -> u32 {
        self.steps += 1;
        let open = *self.top();
        if self.stack.len() > 1 {
            // Raw text may lie one level deeper, among elements that are counted only.
            if self.stack.len() <= self.depth_max + 1 {
                self.beyond = 0;
            }
            self.stack.pop();
            self.last[open.tag as usize] = open.same;
        }
        open.node
    }

    /// Whether an end tag was that of an element beyond the deepest that is allowed.
    pub fn ends_beyond(&mut self) -> bool {
        let beyond = self.beyond > 0;
        self.beyond = self.beyond.saturating_sub(1);
        beyond
    }

    /// Ends the link at a place without closing the blocks inside it: what comes next is no longer linked.
    pub fn end_link(&mut self, place: usize) {
        let link = self.stack[place];
        self.last[Tag::A as usize] = link.same;
        (self.stack[place].tag, self.stack[place].same) = (Tag::Text, NONE);
        for open in &mut self.stack[place..] {
            open.context &= !context::LINK;
            self.steps += 1;
        }
    }
}
