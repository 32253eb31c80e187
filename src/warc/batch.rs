//! A batch of records: one arena of bytes, and where in it each record lies.
//!
//! Records are inflated straight into the arena, so a payload is never copied and a record costs no allocation.
//! A batch is `Send` and `Sync`: the reader's thread fills it, any number of workers read it, then it is filled again.

use std::ops::Range;

use super::arc;
use super::damage::Damage;
use super::header;
use super::record::{Header, Record};
use crate::document::reason::Dropped;

/// Records and damage in the order of the file. Reusable: [`super::reader::Reader::fill`] clears it first.
#[derive(Debug, Default)]
pub struct Batch {
    /// All of it is initialized, so the inflater can write into any part; bytes beyond the records mean nothing.
    pub(super) bytes: Vec<u8>,
    pub(super) slots: Vec<Slot>,
}

/// One record or one piece of damage, as ranges of the arena.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) ordinal: u64,
    pub(super) offset_bytes: u64,
    pub(super) length_bytes: u64,
    pub(super) content: SlotContent,
}

#[derive(Clone, Debug)]
pub(super) enum SlotContent {
    Record { format: Format, within_bytes: u64, header: Range<usize>, block: Range<usize> },
    Damage(Dropped),
}

/// Which kind of header stands before a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Warc,
    Arc(arc::Version),
}

/// What a batch holds at one place.
#[derive(Clone, Debug)]
pub enum Item<'a> {
    /// A record that was read whole.
    Record(Record<'a>),
    /// Bytes that could not be read.
    Damage(Damage),
}

impl Batch {
    /// A batch without items.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many items it holds.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The item at a place; panics beyond the end, as slices do.
    pub fn get(&self, index: usize) -> Item<'_> {
        let Slot { ordinal, offset_bytes, length_bytes, ref content } = self.slots[index];
        match content {
            SlotContent::Damage(dropped) => {
                Item::Damage(Damage { ordinal, offset_bytes, length_bytes, dropped: dropped.clone() })
            }
            SlotContent::Record { format, within_bytes, header, block } => {
                let head = &self.bytes[header.clone()];
                let header = match format {
                    Format::Warc => Header::Warc(header::WarcHeader::new(head)),
                    Format::Arc(version) => Header::Arc(arc::ArcHeader::new(head, *version)),
                };
                let block = &self.bytes[block.clone()];
                let within_bytes = *within_bytes;
                Item::Record(Record { ordinal, offset_bytes, length_bytes, within_bytes, header, block })
            }
        }
    }

    /// All items in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Item<'_>> {
        (0..self.len()).map(|index| self.get(index))
    }
}

impl Item<'_> {
    /// Number in the file from 0, records and damage together.
    pub fn ordinal(&self) -> u64 {
        match self {
            Self::Record(record) => record.ordinal,
            Self::Damage(damage) => damage.ordinal,
        }
    }

    /// Bytes of the record's block; none of damage is held.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Record(record) => record.block.len(),
            Self::Damage(_) => 0,
        }
    }
}
