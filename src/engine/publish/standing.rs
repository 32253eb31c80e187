//! The ids of the documents that stand for others, and of those that are examples of lines, by number, on disk.

use arrow::array::AsArray;

use super::Ready;
use crate::engine::EngineError;
use crate::engine::deduplicate::bits::{Bits, Ranked};
use crate::engine::deduplicate::ids::{Ids, IdsWriter};
use crate::engine::deduplicate::removals::Removal;

/// Ids of the documents that stand for others or are examples.
pub struct Standing {
    ranked: Ranked,
    ids: Ids,
}

impl Standing {
    /// The id of a document; none if it is not one of these.
    pub fn id(&self, document: u32) -> Result<Option<String>, EngineError> {
        Ok(self.ranked.rank(document).map(|rank| self.ids.get(rank)).transpose()?)
    }
}

impl Ready<'_> {
    /// Gathers the ids of all documents that stand for others or are the example of a line that was cut: reads all
    /// removals and lines, and the ids of parts that have such documents.
    pub fn standing(&self) -> Result<Standing, EngineError> {
        let store = self.context.store;
        let documents = self.bases.last().copied().unwrap_or_default();
        let standing = Bits::new(documents, false);
        for part in self.removed_parts() {
            let mut removals = self.decision.removals.of_part(store, part)?;
            while let Some(removal) = removals.pop()? {
                if removal.kept < documents {
                    standing.set(removal.kept);
                }
            }
        }
        if let Some(cut) = &self.decision.cut {
            cut.lines.for_each(store, |line| {
                standing.set(line.first);
                Ok(())
            })?;
        }
        let ranked = standing.ranked();
        let mut writer = IdsWriter::create(store, self.context.folder.scratch().join("standing"))?;
        for part in self.parts() {
            if ranked.before(self.bases[part]) == ranked.before(self.bases[part + 1]) {
                continue;
            }
            self.for_each_batch_of(part, Some(&["id"]), |batch, first| {
                let column = batch.column(0).as_string::<i32>();
                let here = (first..).zip(column.iter().flatten());
                Ok(here.filter(|(document, _)| ranked.has(*document)).try_for_each(|(_, id)| writer.push(id))?)
            })?;
        }
        Ok(Standing { ranked, ids: writer.finish(store)? })
    }

    /// The parts of which documents were removed.
    pub(super) fn removed_parts(&self) -> impl Iterator<Item = usize> {
        let parts = if self.decision.removals.is_empty() { 0..0 } else { self.parts() };
        parts.into_iter()
    }

    /// The id of the document for which another one went; none if there is no such document.
    pub(super) fn kept_id(&self, standing: &Standing, removal: Removal) -> Result<Option<String>, EngineError> {
        let documents = self.bases.last().copied().unwrap_or_default();
        if let Some(number) = removal.kept.checked_sub(documents) {
            return Ok(self.decision.earlier.id(usize::from(removal.stage), number.into())?);
        }
        standing.id(removal.kept)
    }
}
