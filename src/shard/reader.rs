//! One Parquet file -> record batches, through the store, with the columns checked first.

use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::Schema;
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use super::writer::ShardError;
use crate::store::{Source, Store, StoreError};

/// Rows of a batch that is read back: small, since a text may have megabytes.
const BATCH_ROWS: usize = 256;

/// A stored file as the Parquet library wants it.
struct Stored(Arc<dyn Source>);

impl Length for Stored {
    fn len(&self) -> u64 {
        self.0.len_bytes()
    }
}

struct At {
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
    reader: ParquetRecordBatchReader,
}

impl ShardReader {
    /// Opens a file; refuses one that has other columns than `schema`.
    pub fn open(store: &dyn Store, path: &Path, schema: &Schema) -> Result<Self, ShardError> {
        let all: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        Self::open_columns(store, path, schema, &all)
    }

    /// The same, but only these columns are read.
    pub fn open_columns(store: &dyn Store, path: &Path, schema: &Schema, columns: &[&str]) -> Result<Self, ShardError> {
        let wrong = |source| ShardError::Format { path: path.to_owned(), source };
        let source = store.open(path)?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(Stored(source)).map_err(wrong)?;
        if builder.schema().fields() != schema.fields() {
            return Err(wrong(ParquetError::General(String::from("it has other columns than this version writes"))));
        }
        let projection = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
        let reader = builder.with_projection(projection).with_batch_size(BATCH_ROWS).build().map_err(wrong)?;
        Ok(Self { path: path.to_owned(), reader })
    }
}

impl Iterator for ShardReader {
    type Item = Result<RecordBatch, ShardError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.reader.next()?;
        Some(batch.map_err(|error| StoreError::read(&self.path, io::Error::other(error)).into()))
    }
}
