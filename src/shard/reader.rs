//! One Parquet file -> record batches, through the store, with the columns checked first.

use std::io::{self, BufReader, Read};
use std::iter::Peekable;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::Schema;
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection, RowSelector};
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData};
use parquet::file::reader::{ChunkReader, Length};

use super::batches::{BATCH_ROWS, Group, batch_rows};
use super::guard::{Batches, check_rows, guarded};
use super::kept_error::{Kept, keeping};
use super::writer::ShardError;
use crate::store::{Source, Store};

/// Which rows of a file are read.
pub struct Ranges<R> {
    /// Ranges of rows, in order.
    pub ranges: R,
    /// Rows of the file.
    pub rows: usize,
    /// Most rows of a batch; of more than 256 there are 256.
    pub rows_max: usize,
}

/// A stored file as the Parquet library wants it.
#[derive(Clone)]
pub(super) struct Stored(pub(super) Arc<dyn Source>);

impl Length for Stored {
    fn len(&self) -> u64 {
        self.0.len_bytes()
    }
}

pub(super) struct At {
    source: Arc<dyn Source>,
    offset_bytes: u64,
}

impl Read for At {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read_at(buffer, self.offset_bytes)?;
        self.offset_bytes += count as u64;
        Ok(count)
    }
}

impl ChunkReader for Stored {
    type T = BufReader<At>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::new(At { source: Arc::clone(&self.0), offset_bytes: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        // Lengths are what the file says of itself: no memory is asked for beyond what there is to read.
        let left = self.0.len_bytes().saturating_sub(start);
        if length as u64 > left {
            return Err(ParquetError::EOF(format!("{left} of {length} bytes at {start}")));
        }
        let mut buffer = vec![0; length];
        let count = self.0.read_at(&mut buffer, start)?;
        if count < length {
            return Err(ParquetError::EOF(format!("{count} of {length} bytes at {start}")));
        }
        Ok(buffer.into())
    }
}

/// The batches of one file.
pub struct ShardReader {
    path: std::path::PathBuf,
    kept: Kept,
    batches: Batches,
}

impl ShardReader {
    /// Opens a file; refuses one that has other columns than `schema`.
    pub fn open(store: &dyn Store, path: &Path, schema: &Schema) -> Result<Self, ShardError> {
        let all: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        Self::open_columns(store, path, schema, &all)
    }

    /// The same, but only these columns are read.
    pub fn open_columns(store: &dyn Store, path: &Path, schema: &Schema, columns: &[&str]) -> Result<Self, ShardError> {
        Self::open_selected(store, path, schema, columns, None)
    }

    /// The same, but only these rows are read. What lies in pages without any of them is not decoded.
    pub fn open_ranges(
        store: &dyn Store,
        path: &Path,
        schema: &Schema,
        Ranges { ranges, rows, rows_max }: Ranges<impl Iterator<Item = Range<usize>>>,
    ) -> Result<Self, ShardError> {
        let all: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let opened = Opened::checked(store, path, schema, PageIndexPolicy::Optional)?;
        let opened = Opened { rows_max: rows_max.clamp(1, BATCH_ROWS), ..opened };
        opened.project(path, &all, Some(RowSelection::from_consecutive_ranges(ranges, rows)))
    }

    /// All columns of these rows: their numbers, in order and each once.
    pub fn open_rows(store: &dyn Store, path: &Path, schema: &Schema, rows: &[u64]) -> Result<Self, ShardError> {
        let all: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let mut selectors = Vec::with_capacity(2 * rows.len());
        let mut next = 0;
        for row in rows {
            if *row > next {
                selectors.push(RowSelector::skip((row - next) as usize));
            }
            selectors.push(RowSelector::select(1));
            next = row + 1;
        }
        Self::open_selected(store, path, schema, &all, Some(selectors.into()))
    }

    fn open_selected(
        store: &dyn Store,
        path: &Path,
        schema: &Schema,
        columns: &[&str],
        selection: Option<RowSelection>,
    ) -> Result<Self, ShardError> {
        let pages = if selection.is_some() { PageIndexPolicy::Optional } else { PageIndexPolicy::Skip };
        Opened::checked(store, path, schema, pages)?.project(path, columns, selection)
    }

    /// Those of these columns that a file of any version has.
    pub fn open_any(store: &dyn Store, path: &Path, columns: &[&str]) -> Result<Self, ShardError> {
        Opened::new(store, path, PageIndexPolicy::Skip)?.project(path, columns, None)
    }

    /// The columns of a file of any version.
    pub fn schema(store: &dyn Store, path: &Path) -> Result<Schema, ShardError> {
        Ok(Schema::clone(Opened::new(store, path, PageIndexPolicy::Skip)?.builder.schema()))
    }
}

/// A file whose footer is read.
struct Opened {
    builder: ParquetRecordBatchReaderBuilder<Stored>,
    kept: Kept,
    /// Most rows of a batch.
    rows_max: usize,
}

impl Opened {
    fn checked(store: &dyn Store, path: &Path, schema: &Schema, pages: PageIndexPolicy) -> Result<Self, ShardError> {
        let opened = Self::new(store, path, pages)?;
        check_columns(opened.builder.schema(), schema).map_err(|source| opened.kept.error(path, source))?;
        Ok(opened)
    }

    fn new(store: &dyn Store, path: &Path, pages: PageIndexPolicy) -> Result<Self, ShardError> {
        let (file, kept) = keeping(store.open(path)?);
        let options = ArrowReaderOptions::new().with_page_index_policy(pages);
        let source = Stored(file);
        let file_bytes = source.0.len_bytes();
        let builder = guarded(|| ParquetRecordBatchReaderBuilder::try_new_with_options(source, options));
        let checked = builder.and_then(|builder| check_rows(builder.metadata(), file_bytes).map(|()| builder));
        match checked {
            Ok(builder) => Ok(Self { builder, kept, rows_max: BATCH_ROWS }),
            Err(source) => Err(kept.error(path, source)),
        }
    }

    fn project(
        self,
        path: &Path,
        columns: &[&str],
        selection: Option<RowSelection>,
    ) -> Result<ShardReader, ShardError> {
        let projection = ProjectionMask::columns(self.builder.parquet_schema(), columns.iter().copied());
        let groups = groups(self.builder.metadata(), &projection, selection.as_ref());
        let mut builder = self.builder.with_projection(projection).with_batch_size(batch_rows(&groups, self.rows_max));
        if let Some(selection) = selection {
            builder = builder.with_row_selection(selection);
        }
        match guarded(|| builder.build()) {
            Ok(reader) => Ok(ShardReader { path: path.to_owned(), kept: self.kept, batches: Batches::of(reader) }),
            Err(source) => Err(self.kept.error(path, source)),
        }
    }
}

/// How many rows of each row group are read, and what the columns that are read of it have before compression.
pub(super) fn groups(
    metadata: &ParquetMetaData,
    projection: &ProjectionMask,
    selection: Option<&RowSelection>,
) -> Vec<Group> {
    let mut selectors = selection.map(|selection| selection.iter().copied().peekable());
    let groups = metadata.row_groups().iter().map(|group| {
        let columns = group.columns().iter().enumerate();
        let columns = columns.filter(|(leaf, _)| projection.leaf_included(*leaf));
        let bytes = columns.map(|(_, column)| column.uncompressed_size().max(0) as u64).sum();
        let all = group.num_rows().max(0) as usize;
        let rows = selectors.as_mut().map_or(all, |selectors| selected_of_next(selectors, all));
        Group { rows, bytes }
    });
    groups.collect()
}

/// How many of the next `left` rows are selected; takes them from the selectors.
fn selected_of_next(selectors: &mut Peekable<impl Iterator<Item = RowSelector>>, mut left: usize) -> usize {
    let mut rows = 0;
    while let Some(selector) = selectors.peek_mut().filter(|_| left > 0) {
        let taken = selector.row_count.min(left);
        rows += if selector.skip { 0 } else { taken };
        (selector.row_count, left) = (selector.row_count - taken, left - taken);
        if selector.row_count == 0 {
            selectors.next();
        }
    }
    rows
}

/// Refuses a file that has other columns than `expected`.
pub(super) fn check_columns(found: &Schema, expected: &Schema) -> Result<(), ParquetError> {
    match found.fields() == expected.fields() {
        true => Ok(()),
        false => Err(ParquetError::General(String::from("it has other columns than this version writes"))),
    }
}

impl Iterator for ShardReader {
    type Item = Result<RecordBatch, ShardError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batches.next()?;
        Some(batch.map_err(|error| self.kept.error(&self.path, ParquetError::from(error))))
    }
}
