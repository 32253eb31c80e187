//! A light tree of a page: nodes in document order in one array, each knowing its parent and where it ends.
//!
//! This is not the standard's tree: nothing is ever moved, formatting elements are not opened again, and content of a
//! table outside its cells stays where it is written. Which tags end which elements is decided in `closing.rs`.
//! Text that is only white space is no node outside of `pre`; the node after it knows that space stood before it.

use super::attribute::{Attribute, Name};
use super::context;
use super::limits::Limits;
use super::open::OpenElements;
use super::tag::{self, Tag};
use super::tokens::{StartTag, Token, Tokenizer};

/// An element or a run of text.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Kind of the element, or [`Tag::Text`].
    pub tag: Tag,
    /// How many attributes it has of those looked at.
    pub attributes_len: u8,
    /// Whether white space stands right before it.
    pub space_before: bool,
    /// Hash of the element's name.
    pub hash: u32,
    /// First byte in the page.
    pub start: u32,
    /// Byte after the text, or after the element's start tag.
    pub end: u32,
    /// Index of the parent; the root is its own.
    pub parent: u32,
    /// Index after the last node inside it.
    pub close: u32,
    /// What surrounds it and what it says itself, bits of `context.rs`.
    pub context: u32,
    /// Its first attribute in [`Tree::attributes`].
    pub attributes: u32,
}

/// The nodes of a page. Made once for a thread and filled anew for each page.
#[derive(Default)]
pub struct Tree {
    /// In document order; the first is the root.
    pub nodes: Vec<Node>,
    /// Attributes of all nodes.
    pub attributes: Vec<Attribute>,
    /// Elements that are open while the tree is built.
    pub(super) open: OpenElements,
    /// Counted work of the last page: tokens, attributes, searches, elements opened and closed.
    pub steps: u64,
    /// Whether a form was begun and not ended: one in it is none.
    pub(super) in_form: bool,
    has_html: bool,
    has_body: bool,
    space_before: bool,
}

/// A page with its tree.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// Decoded HTML.
    pub source: &'a str,
    /// Its nodes.
    pub tree: &'a Tree,
}

/// A page has more nodes than the limit: how many at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyNodes(pub usize);

impl Tree {
    /// Parses a page. What was here before is forgotten, its memory is used again.
    pub fn parse(&mut self, source: &str, limits: &Limits) -> Result<(), TooManyNodes> {
        self.clear(limits.depth_max);
        let mut tokenizer = Tokenizer::new(source, limits.attributes_max);
        tokenizer.skips_blanks = true;
        let bytes = source.as_bytes();
        loop {
            let first = self.attributes.len();
            let Some(token) = tokenizer.next(&mut self.attributes) else { break };
            if self.nodes.len() >= limits.nodes_max {
                return Err(TooManyNodes(self.nodes.len()));
            }
            self.space_before |= std::mem::take(&mut tokenizer.blank);
            match token {
                Token::Text { start, end } => self.text(bytes, start, end),
                Token::End { tag, hash, start } => self.end_tag(tag, hash, start),
                Token::Start(start) => {
                    let raw = self.start_tag(bytes, start, first);
                    if raw {
                        tokenizer.enter_raw(start.tag);
                    }
                }
            }
            let around = self.open.top().context;
            tokenizer.in_foreign = around & context::FOREIGN != 0;
            tokenizer.in_noscript = around & context::NOSCRIPT != 0;
            tokenizer.skips_blanks = around & context::PRE == 0;
        }
        self.steps = tokenizer.steps + self.open.steps;
        self.close_above(0);
        self.nodes[0].close = self.nodes.len() as u32;
        Ok(())
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>() + self.attributes.capacity() * size_of::<Attribute>()
    }

    fn clear(&mut self, depth_max: usize) {
        self.nodes.clear();
        self.attributes.clear();
        (self.has_html, self.has_body, self.in_form, self.space_before) = (false, false, false, false);
        self.nodes.push(Node::root());
        self.open.clear(depth_max);
    }

    /// Adds a start tag's element. Returns whether its content is raw text.
    fn start_tag(&mut self, page: &[u8], start: StartTag, first_attribute: usize) -> bool {
        if start.tag.is(tag::BREAKS_OUT) && self.in_foreign() {
            self.leave_foreign();
        }
        let foreign = self.in_foreign();
        if !foreign && (!self.belongs_here(start.tag) || !self.close_for(start.tag)) {
            self.attributes.truncate(first_attribute);
            return false;
        }
        let node = self.element(page, start, first_attribute, foreign);
        let may_close_itself = foreign || matches!(start.tag, Tag::Svg | Tag::Math);
        if start.tag.is(tag::VOID) || may_close_itself && start.self_closing {
            return false;
        }
        let is_raw = start.tag.is(tag::RAW) && (!foreign || matches!(start.tag, Tag::Script | Tag::Style));
        self.open.push(node, start.tag, start.hash, self.nodes[node as usize].context, is_raw);
        is_raw
    }

    /// `html`, `head` and `body` count once; anything that is not of the head ends the head.
    fn belongs_here(&mut self, tag: Tag) -> bool {
        match tag {
            Tag::Html => return !std::mem::replace(&mut self.has_html, true),
            Tag::Head => return !self.has_body && self.open.last(Tag::Head).is_none(),
            Tag::Body => {
                self.leave_head();
                return !std::mem::replace(&mut self.has_body, true);
            }
            _ => {}
        }
        let in_template = self.open.last(Tag::Template) > self.open.last(Tag::Head);
        if !tag.is(tag::IN_HEAD) && (self.open.top().tag == Tag::Head || tag.is(tag::BLOCK) && !in_template) {
            self.leave_head();
        }
        true
    }

    /// Adds an element with what its attributes say. What stands in a drawing but is not of it is of the page again.
    fn element(&mut self, page: &[u8], start: StartTag, first_attribute: usize, foreign: bool) -> u32 {
        let around = self.open.top().context & if foreign { u32::MAX } else { !context::FOREIGN };
        let index = self.nodes.len() as u32;
        let mut own = context::of_tag(start.tag);
        for attribute in &self.attributes[first_attribute..] {
            let value = &page[attribute.start as usize..attribute.end as usize];
            match attribute.name {
                Name::Role => own |= context::of_role(value),
                Name::Hidden => own |= context::HIDDEN,
                // Such a template is the inside of the element around it, which browsers show.
                Name::ShadowRootMode if start.tag == Tag::Template => own &= !context::TEMPLATE,
                Name::AriaHidden if value.eq_ignore_ascii_case(b"true") => own |= context::ARIA_HIDDEN,
                Name::Style if context::hides(value) => own |= context::HIDDEN,
                Name::Href if start.tag == Tag::A => own |= context::LINK,
                _ => {}
            }
        }
        self.nodes.push(Node {
            tag: start.tag,
            attributes_len: (self.attributes.len() - first_attribute) as u8,
            space_before: std::mem::take(&mut self.space_before),
            hash: start.hash,
            start: start.start as u32,
            end: start.end as u32,
            parent: self.open.top().node,
            close: index + 1,
            context: around | own,
            attributes: first_attribute as u32,
        });
        index
    }

    fn text(&mut self, page: &[u8], start: usize, end: usize) {
        let keeps_space = self.open.top().context & context::PRE != 0;
        let blank = page[start..end].iter().all(u8::is_ascii_whitespace);
        if blank && !keeps_space {
            self.space_before = true;
            return;
        }
        if self.open.top().tag == Tag::Head {
            self.leave_head();
        }
        self.nodes.push(Node {
            space_before: std::mem::take(&mut self.space_before),
            start: start as u32,
            end: end as u32,
            parent: self.open.top().node,
            close: self.nodes.len() as u32 + 1,
            context: self.open.top().context,
            ..Node::text()
        });
    }

    /// Adds an element that no tag of its own stands for: the `p` of a stray `</p>`.
    pub(super) fn empty_element(&mut self, tag: Tag, at: usize) {
        self.nodes.push(Node {
            tag,
            start: at as u32,
            end: at as u32,
            parent: self.open.top().node,
            close: self.nodes.len() as u32 + 1,
            context: self.open.top().context,
            ..Node::text()
        });
    }

    /// Closes all open elements above this place on the stack.
    pub(super) fn close_above(&mut self, place: usize) {
        let close = self.nodes.len() as u32;
        while self.open.depth() > place + 1 {
            let node = self.open.pop();
            self.nodes[node as usize].close = close;
        }
    }
}

impl Node {
    fn root() -> Self {
        Self { tag: Tag::Root, ..Self::text() }
    }

    fn text() -> Self {
        Self {
            tag: Tag::Text,
            attributes_len: 0,
            space_before: false,
            hash: 0,
            start: 0,
            end: 0,
            parent: 0,
            close: 1,
            context: 0,
            attributes: 0,
        }
    }
}

impl<'a> Page<'a> {
    /// The text of a text node, or the start tag of an element, as written.
    pub fn written(&self, node: &Node) -> &'a str {
        &self.source[node.start as usize..node.end as usize]
    }

    /// The value of an attribute, references undecoded.
    pub fn attribute(&self, node: &Node, name: Name) -> Option<&'a str> {
        let attribute = self.attributes(node).iter().find(|attribute| attribute.name == name)?;
        Some(&self.source[attribute.start as usize..attribute.end as usize])
    }

    /// The attributes of a node that are looked at.
    pub fn attributes(&self, node: &Node) -> &'a [Attribute] {
        let first = node.attributes as usize;
        &self.tree.attributes[first..first + usize::from(node.attributes_len)]
    }
}
