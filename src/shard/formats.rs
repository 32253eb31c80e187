//! The columns of every format version, so that sets which an older version of the program made can be read.
//!
//! What an older version lacks is null in the present columns: nobody had asked.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, new_null_array};
use arrow::datatypes::{Field, Schema, SchemaRef};

use super::reader::ShardReader;
use super::schema::{self, FORMAT_VERSION};
use super::writer::ShardError;
use crate::store::Store;

/// The oldest version that can be read.
pub const FORMAT_OLDEST: u32 = 1;

/// Columns of `data/` that came with a version after the first.
const SINCE: [(&str, u32); 1] = [("language_share", 2)];

/// What a published Parquet file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `data/`
    Documents,
    /// `ledger/`
    Ledger,
    /// `dropped/`
    Dropped,
    /// `dedup/pairs-*`
    Pairs,
    /// `dedup/lines-*`
    Lines,
    /// `dedup/signatures-*`
    Signatures,
}

impl Kind {
    /// The columns of the present version.
    pub fn present(self) -> &'static SchemaRef {
        match self {
            Self::Documents => &schema::DOCUMENTS,
            Self::Ledger => &schema::LEDGER,
            Self::Dropped => &schema::DROPPED,
            Self::Pairs => &schema::PAIRS,
            Self::Lines => &schema::LINES,
            Self::Signatures => &schema::SIGNATURES,
        }
    }

    /// The columns of a version between [`FORMAT_OLDEST`] and [`FORMAT_VERSION`].
    pub fn columns(self, format: u32) -> SchemaRef {
        if self != Self::Documents || format >= FORMAT_VERSION {
            return Arc::clone(self.present());
        }
        let was_there =
            |field: &&Arc<Field>| SINCE.iter().all(|(name, since)| field.name() != name || *since <= format);
        let fields: Vec<_> = self.present().fields().iter().filter(was_there).cloned().collect();
        Arc::new(Schema::new(fields))
    }
}

/// Opens a file of a version; refuses one that has other columns than that version wrote.
pub fn open(store: &dyn Store, path: &Path, kind: Kind, format: u32) -> Result<ShardReader, ShardError> {
    ShardReader::open(store, path, &kind.columns(format))
}

/// A batch with the columns of its version in those of the present one.
pub fn to_present(batch: RecordBatch, kind: Kind) -> RecordBatch {
    if batch.num_columns() == kind.present().fields().len() {
        return batch;
    }
    let column = |field: &Arc<Field>| -> ArrayRef {
        let there = batch.column_by_name(field.name()).cloned();
        there.unwrap_or_else(|| new_null_array(field.data_type(), batch.num_rows()))
    };
    let columns = kind.present().fields().iter().map(column).collect();
    RecordBatch::try_new(Arc::clone(kind.present()), columns).expect("what an older version lacks may be null")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_versions_lack_what_came_later_and_nothing_else() {
        let present = schema::DOCUMENTS.fields().len();
        assert_eq!(Kind::Documents.columns(FORMAT_VERSION).fields().len(), present);
        assert_eq!(Kind::Documents.columns(2).fields().len(), present);
        let first = Kind::Documents.columns(1);
        assert_eq!(first.fields().len(), present - 1);
        assert!(first.field_with_name("language_share").is_err());
        assert_eq!(Kind::Ledger.columns(1), *Kind::Ledger.present());
        let read = to_present(RecordBatch::new_empty(first), Kind::Documents);
        assert_eq!(read.schema(), *Kind::Documents.present());
    }

    #[test]
    fn what_came_later_may_be_null() {
        for (name, since) in SINCE {
            assert!(since > FORMAT_OLDEST);
            assert!(schema::DOCUMENTS.field_with_name(name).is_ok_and(Field::is_nullable), "{name}");
        }
    }
}
