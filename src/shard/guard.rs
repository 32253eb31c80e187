//! What the Parquet library makes of a file that no writer has made: an error, and never a panic or any amount of memory.
//!
//! The library believes some numbers of a file that it could not check, and panics where a later one contradicts them.

use arrow::array::RecordBatch;
use arrow::error::ArrowError;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;

use crate::text::panics::caught;

/// Most rows that a file may have for each of its bytes. Every kind of file has a column in which rows differ; the
/// smallest rows of real sets take some bytes each.
const ROWS_PER_BYTE_MAX: u64 = 1_000;

/// What reading gives; a panic of the library is an error of the file.
pub(super) fn guarded<T, E: From<ParquetError>>(read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    caught(read).unwrap_or_else(|_| Err(error("its bytes cannot be understood").into()))
}

/// The batches of a reader, up to the first that cannot be read.
pub(super) struct Batches(Option<ParquetRecordBatchReader>);

impl Batches {
    pub(super) fn of(reader: ParquetRecordBatchReader) -> Self {
        Self(Some(reader))
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.0.as_mut()?;
        let batch = guarded(|| reader.next().transpose()).transpose();
        if !matches!(batch, Some(Ok(_))) {
            self.0 = None;
        }
        batch
    }
}

/// Refuses a file whose row groups have not the rows that it states, or more than its bytes can hold.
pub(super) fn check_rows(metadata: &ParquetMetaData, file_bytes: u64) -> Result<(), ParquetError> {
    let mut groups = metadata.row_groups().iter();
    let sum = groups.try_fold(0_u64, |sum, group| sum.checked_add(u64::try_from(group.num_rows()).ok()?));
    let Some(rows) = sum.filter(|rows| i64::try_from(*rows) == Ok(metadata.file_metadata().num_rows())) else {
        return Err(error("the rows of its row groups are not those that it states"));
    };
    if rows > file_bytes.saturating_mul(ROWS_PER_BYTE_MAX) {
        return Err(error(&format!("it states {rows} rows in {file_bytes} bytes")));
    }
    Ok(())
}

pub(super) fn error(message: &str) -> ParquetError {
    ParquetError::General(message.to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::file::metadata::{FileMetaData, RowGroupMetaData};
    use parquet::schema::types::{SchemaDescriptor, Type};

    use super::*;

    /// A file of 1,000 bytes that states these rows, in row groups of these rows.
    fn check(stated: i64, groups: &[i64], wanted: Result<(), &str>) {
        let root = Type::group_type_builder("schema").build().expect("a schema without columns");
        let schema = Arc::new(SchemaDescriptor::new(Arc::new(root)));
        let group = |rows: &i64| RowGroupMetaData::builder(Arc::clone(&schema)).set_num_rows(*rows).build();
        let groups = groups.iter().map(group).collect::<Result<Vec<_>, _>>().expect("groups without columns");
        let file = FileMetaData::new(1, stated, None, None, Arc::clone(&schema), None);
        let found = check_rows(&ParquetMetaData::new(file, groups), 1_000).map_err(|error| error.to_string());
        assert_eq!(found, wanted.map_err(|why| format!("Parquet error: {why}")));
    }

    #[test]
    fn files_that_claim_rows_they_cannot_have_are_refused() {
        let contradiction = Err("the rows of its row groups are not those that it states");
        check(7, &[3, 4], Ok(()));
        check(0, &[], Ok(()));
        check(1_000_000, &[1_000_000], Ok(()));
        check(1_000_001, &[1_000_000, 1], Err("it states 1000001 rows in 1000 bytes"));
        check(8, &[3, 4], contradiction);
        check(-1, &[-1], contradiction);
        check(-2, &[i64::MAX, i64::MAX, i64::MAX], contradiction);
    }

    #[test]
    fn a_panic_of_the_library_is_an_error_of_the_file() {
        let found: Result<(), ParquetError> = guarded(|| panic!("a number that was believed"));
        assert!(found.expect_err("an error").to_string().contains("its bytes cannot be understood"));
    }
}
