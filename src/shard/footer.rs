//! What a Parquet file says of itself: rows, columns, metadata, and how many bytes every column takes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::guard::{check_rows, guarded};
use super::reader::Stored;
use super::writer::ShardError;
use crate::store::Store;

/// The footer of one file.
#[derive(Clone, Debug)]
pub struct Footer {
    /// Rows.
    pub rows: u64,
    /// Columns in order.
    pub schema: SchemaRef,
    /// Keys and values that the writer put in.
    pub metadata: BTreeMap<String, String>,
    /// Every column by its name with its bytes as they lie, nested fields summed up; in the order of the file.
    pub columns: Vec<(String, u64)>,
}

impl Footer {
    /// Reads the footer of a file.
    pub fn read(store: &dyn Store, path: &Path) -> Result<Self, ShardError> {
        let wrong = |source| ShardError::Format { path: path.to_owned(), source };
        let source = Stored(store.open(path)?);
        let file_bytes = source.0.len_bytes();
        let builder = guarded(|| ParquetRecordBatchReaderBuilder::try_new(source)).map_err(wrong)?;
        check_rows(builder.metadata(), file_bytes).map_err(wrong)?;
        let file = builder.metadata().file_metadata();
        let pairs = file.key_value_metadata().into_iter().flatten();
        let metadata = pairs.filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?))).collect();
        let mut columns: Vec<(String, u64)> = Vec::new();
        for group in builder.metadata().row_groups() {
            for column in group.columns() {
                let name = column.column_path().parts().first().cloned().unwrap_or_default();
                let bytes = u64::try_from(column.compressed_size()).unwrap_or_default();
                match columns.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, sum)) => *sum += bytes,
                    None => columns.push((name, bytes)),
                }
            }
        }
        let rows = u64::try_from(file.num_rows()).unwrap_or_default();
        Ok(Self { rows, schema: Arc::clone(builder.schema()), metadata, columns })
    }
}
