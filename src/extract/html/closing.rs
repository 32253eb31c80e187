//! Which elements a start tag ends, and which element an end tag ends.
//!
//! The rules of tree construction (HTML Standard, section 13.2.6) that shape text: those of `p`, list items, options,
//! headings, buttons, links, forms, tables, drawings and the head. Formatting elements are not adopted or opened again:
//! an end tag of text level that would have to cross an open block is ignored, save that of a link, which ends the link
//! alone.

use super::context;
use super::tag::{self, Tag};
use super::tree::Tree;

const HEADINGS: [Tag; 6] = [Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6];
const SECTIONS: [Tag; 3] = [Tag::Tbody, Tag::Thead, Tag::Tfoot];

impl Tree {
    /// Closes what a start tag of this kind ends. False if the tag is to be ignored.
    pub(super) fn close_for(&mut self, tag: Tag) -> bool {
        if tag.is(tag::TABLE_PART) {
            return self.close_in_table(tag);
        }
        match tag {
            Tag::Li => self.close_item(&[Tag::Li]),
            Tag::Dd | Tag::Dt => self.close_item(&[Tag::Dd, Tag::Dt]),
            Tag::A => self.close_link(),
            Tag::Button => self.close_innermost(Tag::Button),
            Tag::Select if self.open.last(Tag::Select).is_some_and(|place| place > self.open.top().scope) => {
                self.close_innermost(Tag::Select);
                return false;
            }
            Tag::Form => {
                let is_open = self.open.last(Tag::Form).is_some_and(|place| place > self.open.top().scope);
                if std::mem::replace(&mut self.in_form, true) && is_open {
                    return false;
                }
            }
            Tag::Option => self.close_top(&[Tag::Option]),
            Tag::Optgroup => {
                self.close_top(&[Tag::Option]);
                self.close_top(&[Tag::Optgroup]);
            }
            _ if tag.heading_level() > 0 => {
                self.close_p();
                self.close_top(&HEADINGS);
            }
            _ => {}
        }
        // Nothing but options and what decorates them stands in a list to choose from: it was left open.
        if tag.is(tag::STOPS_ITEM) && tag != Tag::Button || tag == Tag::P {
            self.close_innermost(Tag::Select);
        }
        if tag.is(tag::CLOSES_P) {
            self.close_p();
        }
        true
    }

    /// An end tag closes its element and all that is open inside, unless a boundary lies between.
    pub(super) fn end_tag(&mut self, tag: Tag, hash: u32, at: usize) {
        let ends_raw_text = tag.is(tag::RAW) && self.open.top().tag == tag;
        if !ends_raw_text && self.open.ends_beyond() {
            return;
        }
        if matches!(tag, Tag::P | Tag::Br) && self.in_foreign() {
            self.leave_foreign();
        }
        let top = *self.open.top();
        let (found, boundary) = match tag {
            Tag::Html | Tag::Body => return,
            Tag::Head => return self.leave_head(),
            Tag::Br => return self.empty_element(Tag::Br, at),
            Tag::P => {
                if self.open.last(Tag::P).is_none_or(|place| place <= top.wall) {
                    return self.empty_element(Tag::P, at);
                }
                (self.open.last(Tag::P), top.wall)
            }
            Tag::A => return self.end_link(),
            Tag::Form => {
                self.in_form = false;
                (self.open.last(Tag::Form).filter(|place| *place >= top.wall), 0)
            }
            Tag::Li => {
                let list = self.open.last_of(&[Tag::Ul, Tag::Ol]).unwrap_or(0);
                (self.open.last(Tag::Li), top.scope.max(list))
            }
            Tag::Table => (self.open.last(Tag::Table).filter(|place| *place == top.table), 0),
            Tag::Unknown | Tag::Other => (self.open.last_named(tag, hash), top.wall),
            Tag::Template | Tag::Svg | Tag::Math => (self.open.last(tag), 0),
            _ if tag.heading_level() > 0 => (self.open.last_of(&HEADINGS), top.scope),
            _ if tag.is(tag::TABLE_PART) => (self.open.last(tag), top.table),
            // A scope is its own boundary, so it has to be looked for from the table or the root.
            _ if tag.is(tag::SCOPE) => (self.open.last(tag), top.table),
            _ if tag.is(tag::CROSSES_BLOCKS) => (self.open.last(tag), top.scope),
            _ => (self.open.last(tag), top.block),
        };
        if let Some(place) = found.filter(|place| *place > boundary) {
            self.close_above(place - 1);
        }
    }

    /// Whatever is not of the head ends the head.
    pub(super) fn leave_head(&mut self) {
        if let Some(place) = self.open.last(Tag::Head) {
            self.close_above(place - 1);
        }
    }

    /// An element of the page ends drawings and formulas that were left open, up to where such an element may stand.
    pub(super) fn leave_foreign(&mut self) {
        while self.in_foreign() && self.open.depth() > 1 {
            self.close_above(self.open.depth() - 2);
        }
    }

    /// Whether the next start tag would be of a drawing or formula.
    pub(super) fn in_foreign(&self) -> bool {
        let top = self.open.top();
        top.context & context::FOREIGN != 0 && !top.tag.is(tag::HOSTS_PAGE)
    }

    fn close_p(&mut self) {
        let wall = self.open.top().wall;
        if let Some(place) = self.open.last(Tag::P).filter(|place| *place > wall) {
            self.close_above(place - 1);
        }
    }

    fn close_top(&mut self, tags: &[Tag]) {
        if tags.contains(&self.open.top().tag) {
            self.close_above(self.open.depth() - 2);
        }
    }

    fn close_item(&mut self, tags: &[Tag]) {
        let boundary = self.open.top().item;
        if let Some(place) = self.open.last_of(tags).filter(|place| *place >= boundary) {
            self.close_above(place - 1);
        }
    }

    fn close_innermost(&mut self, tag: Tag) {
        let scope = self.open.top().scope;
        if let Some(place) = self.open.last(tag).filter(|place| *place > scope) {
            self.close_above(place - 1);
        }
    }

    /// A link in a link ends the outer one.
    fn close_link(&mut self) {
        let wall = self.open.top().wall;
        match self.open.last(Tag::A) {
            Some(place) if place > wall => self.close_above(place - 1),
            Some(place) if place > self.open.top().scope => self.open.end_link(place),
            _ => {}
        }
    }

    fn end_link(&mut self) {
        let top = *self.open.top();
        match self.open.last(Tag::A) {
            Some(place) if place > top.block => self.close_above(place - 1),
            Some(place) if place > top.scope => self.open.end_link(place),
            _ => {}
        }
    }

    /// Parts of a table end the parts before them; outside of a table they are ignored.
    fn close_in_table(&mut self, tag: Tag) -> bool {
        let table = self.open.top().table;
        if table == 0 {
            return false;
        }
        let within = |place: Option<usize>| place.filter(|place| *place > table);
        let section = within(self.open.last_of(&SECTIONS)).unwrap_or(table);
        let keep = match tag {
            Tag::Td | Tag::Th => within(self.open.last(Tag::Tr)).unwrap_or(section),
            Tag::Tr => section,
            Tag::Col => within(self.open.last(Tag::Colgroup)).unwrap_or(table),
            _ => table,
        };
        self.close_above(keep);
        true
    }
}
