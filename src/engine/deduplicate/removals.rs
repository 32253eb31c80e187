//! Which documents go, for which ones that stay: gathered by all stages in any order, read back by number.

use super::by_document::{ByDocument, Gathering};
use crate::engine::folder::Folder;
use crate::engine::shuffle::Writer;
use crate::engine::shuffle::pieces::Walk;
use crate::store::{Store, StoreError};

/// Bytes of a removal on disk.
const REMOVAL_BYTES: usize = 13;

/// A document that goes, and the one that stands for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Removal {
    /// Number of the document that goes.
    pub removed: u32,
    /// Number of the one that stays; not below the number of all documents if an earlier set holds it.
    pub kept: u32,
    /// Jaccard similarity of the two, 0..=1.
    pub similarity: f32,
    /// Which of the plan's deduplication stages removed it, from 0.
    pub stage: u8,
}

impl Removal {
    fn from_bytes(bytes: &[u8]) -> Self {
        let four = |at: usize| bytes[at..at + 4].try_into().expect("four bytes");
        Self {
            removed: u32::from_be_bytes(four(0)),
            kept: u32::from_be_bytes(four(4)),
            similarity: f32::from_le_bytes(four(8)),
            stage: bytes[12],
        }
    }
}

/// A place for removals among so many documents.
pub fn gathering<'a>(store: &'a dyn Store, folder: &Folder, documents: u32) -> Gathering<'a> {
    Gathering::new(store, folder, "removals", REMOVAL_BYTES, documents)
}

/// Writes a removal.
pub fn push(gathering: &Gathering<'_>, writer: &mut Writer<'_, '_>, removal: Removal) -> Result<(), StoreError> {
    let Removal { removed, kept, similarity, stage } = removal;
    let mut rest = [stage; REMOVAL_BYTES - size_of::<u32>()];
    rest[..4].copy_from_slice(&kept.to_be_bytes());
    rest[4..8].copy_from_slice(&similarity.to_le_bytes());
    gathering.push(writer, removed, &rest)
}

/// All removals, ordered by the document that goes; a document goes once.
#[derive(Clone, Debug, Default)]
pub struct Removals(ByDocument);

impl From<ByDocument> for Removals {
    fn from(gathered: ByDocument) -> Self {
        Self(gathered)
    }
}

impl Removals {
    /// How many removals there are.
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The removals of one part's documents, in order.
    pub fn of_part(&self, store: &dyn Store, part: usize) -> Result<Ordered, StoreError> {
        let mut ordered = Ordered { walk: self.0.of_part(store, part)?, next: None };
        ordered.advance()?;
        Ok(ordered)
    }
}

/// Goes through removals in the order of the documents that go.
#[derive(Default)]
pub struct Ordered {
    walk: Option<Walk>,
    next: Option<Removal>,
}

impl Ordered {
    fn advance(&mut self) -> Result<(), StoreError> {
        self.next = match &mut self.walk {
            Some(walk) => walk.advance()?.map(Removal::from_bytes),
            None => None,
        };
        Ok(())
    }

    /// The next removal.
    pub fn pop(&mut self) -> Result<Option<Removal>, StoreError> {
        let removal = self.next;
        self.advance()?;
        Ok(removal)
    }

    /// The removal of a document, if it goes. Documents are to be asked for in their order.
    pub fn of(&mut self, document: u32) -> Result<Option<Removal>, StoreError> {
        while self.next.is_some_and(|next| next.removed < document) {
            self.advance()?;
        }
        Ok(self.next.filter(|next| next.removed == document))
    }
}
