//! Texts that a set does not hold, made again from their records by the plan of the set.

use super::Texts;
use crate::audit::verify::crawl::derive::{Derived, Deriver};
use crate::audit::verify::crawl::place::Places;
use crate::audit::verify::crawl::record::with_record;
use crate::ledger::row::LedgerRow;
use crate::warc::batch::Item;

/// A crawl and the plan by which its records become texts.
pub struct Again<'a> {
    /// Where the files of the crawl lie.
    pub places: Places<'a>,
    /// The plan.
    pub deriver: Deriver<'a>,
}

impl Texts for Again<'_> {
    fn text_of(&self, row: &LedgerRow) -> Result<String, String> {
        let opened = self.places.get(&row.file_path)?;
        let derive = |item: &Item<'_>| self.deriver.derive(item, &opened.file);
        match with_record(&opened, (row.offset_bytes, row.length_bytes), &row.id, derive)? {
            Derived::Reached(row) => Ok(row.document.text().to_owned()),
            Derived::Dropped { dropped, .. } | Derived::Counted(dropped) => {
                Err(format!("its record gives no document that reaches deduplication: {}", dropped.reason))
            }
        }
    }
}
