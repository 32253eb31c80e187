//! What markup says a statement is about: RDFa's `about`, and the type of the nearest microdata item or RDFa resource.

use super::super::html::attribute::Name;
use super::super::html::tree::Page;
use super::value_of;

/// The subject of the element at `index`.
#[derive(Default)]
pub struct Subject {
    /// `about` of the nearest element that has one, itself included.
    pub about: Option<String>,
    /// `itemtype` or `typeof` of the nearest element that has one, itself included.
    pub item_type: Option<String>,
}

/// Looks from the element outward.
pub fn of(page: Page<'_>, index: usize) -> Subject {
    let mut subject = Subject::default();
    let mut at = index;
    loop {
        let node = &page.tree.nodes[at];
        for attribute in page.attributes(node) {
            let value = &page.source[attribute.start as usize..attribute.end as usize];
            match attribute.name {
                Name::About if subject.about.is_none() => subject.about = Some(value_of(value)),
                Name::Itemtype | Name::Typeof if subject.item_type.is_none() => {
                    subject.item_type = Some(value_of(value));
                }
                _ => {}
            }
        }
        if at == 0 || (subject.about.is_some() && subject.item_type.is_some()) {
            return subject;
        }
        at = node.parent as usize;
    }
}
