//! A record -> what the plan makes of it: the row that would be published, or the stage that drops it.

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::UInt64Type;

use crate::audit::verify::Set;
use crate::dedup::Deduplicator;
use crate::dedup::lines::{Lines, NOTHING_LEFT};
use crate::document::origin::Origin;
use crate::document::reason::Dropped;
use crate::engine::carry::{Carrier, Outcome, count_again, judge_again, text_digest};
use crate::engine::progress::Progress;
use crate::plan::compile::Plan;
use crate::shard::documents::{Columns, PartRow};
use crate::shard::formats::{self, Kind};
use crate::shard::writer::ShardError;
use crate::warc::batch::Item;
use crate::warc::content::SourceFile;
use crate::warc::limits::Limits;

/// What the plan makes of one record.
pub enum Derived {
    /// It reaches deduplication; whether stages behind it drop it stands in the row.
    Reached(Box<PartRow>),
    /// A stage before deduplication drops it.
    Dropped {
        /// Place of the stage in the funnel.
        index: usize,
        /// Why.
        dropped: Dropped,
        /// Where it lies.
        origin: Box<Origin>,
    },
    /// It is of a kind that is only counted.
    Counted(Dropped),
}

/// A plan that makes rows of records again, with the lines that were cut.
pub struct Deriver<'a> {
    plan: &'a Plan,
    lines: Option<(usize, &'a Lines, Vec<u64>)>,
    limits: Limits,
    progress: Progress,
}

impl<'a> Deriver<'a> {
    /// Reads the hashes of the lines that were cut, if the plan cuts any: 8 bytes of memory a line.
    pub fn new(set: &Set<'_>, plan: &'a Plan) -> Result<Self, ShardError> {
        let stage = plan.dedup().iter().find_map(|step| match &step.deduplicator {
            Deduplicator::Lines(lines) => Some((step.index, lines)),
            _ => None,
        });
        let mut hashes = Vec::new();
        for file in &set.record().lines {
            for batch in formats::open(set.store, &set.root.join(&file.path), Kind::Lines, set.record().format)? {
                hashes.extend(batch?.column(0).as_primitive::<UInt64Type>().values());
            }
        }
        hashes.sort_unstable();
        let lines = stage.map(|(index, lines)| (index, lines, hashes));
        Ok(Self { plan, lines, limits: Limits::default(), progress: Progress::default() })
    }

    /// The plan.
    pub fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// Takes a record to the end of its way.
    pub fn derive(&self, item: &Item<'_>, file: &SourceFile) -> Derived {
        let carrier = Carrier { plan: self.plan, file, limits: &self.limits };
        match carrier.carry(item) {
            Outcome::Counted(dropped) => Derived::Counted(dropped),
            Outcome::Dropped(not_kept) => {
                let (index, dropped, origin) = (not_kept.index, not_kept.dropped, Box::new(not_kept.origin));
                Derived::Dropped { index, dropped, origin }
            }
            Outcome::Kept(kept) => Derived::Reached(Box::new(self.cut(kept.row))),
        }
    }

    /// The row without the lines that many documents hold.
    fn cut(&self, row: PartRow) -> PartRow {
        let Some((index, lines, hashes)) = &self.lines else { return row };
        let cut = lines.cut(row.document.text(), hashes);
        if cut.lines == 0 {
            return row;
        }
        let mut document = row.document;
        document.set_text(cut.text);
        count_again(self.plan, &mut document, &self.progress);
        let after = match document.text().is_empty() {
            true => Some((*index, Dropped::new(NOTHING_LEFT))),
            false => judge_again(self.plan.after(), &mut document, &self.progress),
        };
        PartRow { text_digest: text_digest(document.text()), document, after }
    }
}

/// The row in the columns of a part.
pub fn part_row(row: &PartRow) -> RecordBatch {
    let mut columns = Columns::default();
    columns.push(row);
    columns.take().expect("the columns are those of the schema and of one length")
}
