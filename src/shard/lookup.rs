//! The rows of one file that hold a key, without reading the others.
//!
//! Row groups whose Bloom filters exclude the key are skipped; of the others the columns of keys are read, and of the rows
//! that hold the key all that is asked for, by the page index where the file has one. A file without filters, as older
//! versions wrote it, is read through in its columns of keys: the answer is the same.

use std::ops::Range;
use std::path::{Path, PathBuf};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Schema;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection, RowSelector,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::PageIndexPolicy;

use super::guard::{Batches, check_rows, guarded};
use super::reader::{Stored, check_columns};
use super::writer::ShardError;
use crate::store::Store;

/// Rows of a batch of keys.
const BATCH_ROWS: usize = 8192;

/// A file whose rows can be read by their number or by a key.
pub struct Lookup {
    path: PathBuf,
    source: Stored,
    metadata: ArrowReaderMetadata,
}

/// Rows of one row group, by their numbers in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The row group.
    pub group: usize,
    /// The rows.
    pub rows: Range<u64>,
}

impl Lookup {
    /// Opens a file; refuses one that has other columns than `schema`.
    pub fn open(store: &dyn Store, path: &Path, schema: &Schema) -> Result<Self, ShardError> {
        Self::open_with(store, path, schema, PageIndexPolicy::Skip)
    }

    /// The same for a file of which stretches are read: its page index says where they lie.
    pub fn open_to_read(store: &dyn Store, path: &Path, schema: &Schema) -> Result<Self, ShardError> {
        Self::open_with(store, path, schema, PageIndexPolicy::Optional)
    }

    fn open_with(store: &dyn Store, path: &Path, schema: &Schema, index: PageIndexPolicy) -> Result<Self, ShardError> {
        let source = Stored(store.open(path)?);
        let options = ArrowReaderOptions::new().with_page_index_policy(index);
        let metadata = guarded(|| ArrowReaderMetadata::load(&source, options)).and_then(|metadata| {
            check_columns(metadata.schema(), schema)?;
            check_rows(metadata.metadata(), source.0.len_bytes())?;
            Ok(metadata)
        });
        let metadata = metadata.map_err(|source| ShardError::Format { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), source, metadata })
    }

    /// Numbers of the rows, from 0, in which one of `columns` is one of `keys`, in order.
    pub fn rows(&self, columns: &[&str], keys: &[&str]) -> Result<Vec<u64>, ShardError> {
        guarded(|| self.rows_of(columns, keys)).map_err(|source| self.wrong(source))
    }

    /// Calls `each` with the number and the columns of these rows, which are in order; all columns if none are named.
    pub fn read(
        &self,
        rows: &[u64],
        columns: Option<&[&str]>,
        each: impl FnMut(u64, &RecordBatch, usize),
    ) -> Result<(), ShardError> {
        self.read_rows(rows, columns, each).map_err(|source| self.wrong(source))
    }

    /// How many rows each row group has, in order.
    pub fn row_groups(&self) -> Vec<u64> {
        self.metadata.metadata().row_groups().iter().map(|group| group.num_rows().max(0) as u64).collect()
    }

    /// Calls `each` with the number of the first row and the columns of every batch of a stretch of a row group, of
    /// `batch_rows` rows but for the last. `rows` are numbers in the file.
    pub fn read_stretch(
        &self,
        Stretch { group, rows }: &Stretch,
        columns: &[&str],
        batch_rows: usize,
        mut each: impl FnMut(u64, &RecordBatch),
    ) -> Result<(), ShardError> {
        let mut read = || -> Result<(), ParquetError> {
            let before: u64 = self.row_groups()[..*group].iter().sum();
            let builder = self.builder().with_row_groups(vec![*group]).with_batch_size(batch_rows);
            let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
            let skipped = RowSelector::skip((rows.start - before) as usize);
            let wanted = RowSelector::select((rows.end - rows.start) as usize);
            let builder = builder.with_row_selection(RowSelection::from(vec![skipped, wanted]));
            let mut first = rows.start;
            for batch in batches(builder.with_projection(mask))? {
                let batch = batch?;
                each(first, &batch);
                first += batch.num_rows() as u64;
            }
            Ok(())
        };
        read().map_err(|source| self.wrong(source))
    }

    /// The row groups in stretches of so many rows but for the last of each group.
    pub fn stretches(&self, rows_max: u64) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        let mut first = 0;
        for (group, count) in self.row_groups().into_iter().enumerate() {
            let ends = first + count;
            while first < ends {
                let rows = first..ends.min(first + rows_max);
                first = rows.end;
                stretches.push(Stretch { group, rows });
            }
        }
        stretches
    }

    fn builder(&self) -> ParquetRecordBatchReaderBuilder<Stored> {
        ParquetRecordBatchReaderBuilder::new_with_metadata(self.source.clone(), self.metadata.clone())
    }

    fn rows_of(&self, columns: &[&str], keys: &[&str]) -> Result<Vec<u64>, ParquetError> {
        let mut found = Vec::new();
        let mut first = 0;
        for (group, rows) in self.row_groups().into_iter().enumerate() {
            let mut asked = Vec::with_capacity(columns.len());
            for column in columns {
                if self.may_hold(group, column, keys)? {
                    asked.push(*column);
                }
            }
            if !asked.is_empty() {
                self.rows_of_group(group, first, &asked, keys, &mut found)?;
            }
            first += rows;
        }
        Ok(found)
    }

    /// Whether a column of a row group may hold one of the keys, as far as its Bloom filter tells.
    fn may_hold(&self, group: usize, column: &str, keys: &[&str]) -> Result<bool, ParquetError> {
        let columns = self.metadata.metadata().row_group(group).columns();
        let Some(index) = columns.iter().position(|chunk| chunk.column_path().string() == column) else {
            return Ok(false);
        };
        let filter = self.builder().get_row_group_column_bloom_filter(group, index)?;
        Ok(filter.is_none_or(|filter| keys.iter().any(|key| filter.check(*key))))
    }

    fn rows_of_group(
        &self,
        group: usize,
        mut first: u64,
        columns: &[&str],
        keys: &[&str],
        found: &mut Vec<u64>,
    ) -> Result<(), ParquetError> {
        let builder = self.builder().with_row_groups(vec![group]).with_batch_size(BATCH_ROWS);
        let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
        for batch in builder.with_projection(mask).build()? {
            let batch = batch?;
            let texts: Vec<_> = batch.columns().iter().map(|column| column.as_string::<i32>()).collect();
            let is_key =
                |row: &usize| texts.iter().any(|column| column.is_valid(*row) && keys.contains(&column.value(*row)));
            found.extend((0..batch.num_rows()).filter(is_key).map(|row| first + row as u64));
            first += batch.num_rows() as u64;
        }
        Ok(())
    }

    fn read_rows(
        &self,
        rows: &[u64],
        columns: Option<&[&str]>,
        mut each: impl FnMut(u64, &RecordBatch, usize),
    ) -> Result<(), ParquetError> {
        if rows.is_empty() {
            return Ok(());
        }
        // Only now: the page index of all columns is larger than the rest of what a look-up reads.
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
        let metadata = guarded(|| ArrowReaderMetadata::load(&self.source, options))?;
        let mut first = 0;
        let mut left = rows;
        for (group, count) in self.row_groups().into_iter().enumerate() {
            let (here, behind) = left.split_at(left.partition_point(|row| *row < first + count));
            left = behind;
            if !here.is_empty() {
                let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.source.clone(), metadata.clone());
                let mask = match columns {
                    None => ProjectionMask::all(),
                    Some(names) => ProjectionMask::columns(builder.parquet_schema(), names.iter().copied()),
                };
                let builder = builder.with_row_groups(vec![group]).with_projection(mask);
                let builder = builder.with_row_selection(selection(here, first, count));
                let mut numbers = here.iter();
                for batch in batches(builder)? {
                    let batch = batch?;
                    for (row, number) in (0..batch.num_rows()).zip(numbers.by_ref()) {
                        each(*number, &batch, row);
                    }
                }
            }
            first += count;
        }
        Ok(())
    }

    fn wrong(&self, source: ParquetError) -> ShardError {
        ShardError::Format { path: self.path.clone(), source }
    }
}

fn batches(builder: ParquetRecordBatchReaderBuilder<Stored>) -> Result<Batches, ParquetError> {
    Ok(Batches::of(guarded(|| builder.build())?))
}

/// These rows of a row group that begins with row `first` and has `count` rows.
fn selection(rows: &[u64], first: u64, count: u64) -> RowSelection {
    let mut selectors = Vec::new();
    let mut at = first;
    for &row in rows {
        if row > at {
            selectors.push(RowSelector::skip((row - at) as usize));
        }
        selectors.push(RowSelector::select(1));
        at = row + 1;
    }
    selectors.push(RowSelector::skip((first + count - at) as usize));
    RowSelection::from(selectors)
}
