//! Record batches -> one Parquet file, the same bytes every time.
//!
//! zstd pages, no dictionary where every value differs, row groups cut by bytes, and no clock or version of a library in
//! the file's metadata. Columns by which rows are looked up have a Bloom filter a row group, as the Parquet format defines
//! it (split blocks, xxHash), so that [`super::lookup`] and other readers skip row groups without reading a row.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::RecordBatch;
use arrow::datatypes::{Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;

use super::schema;
use crate::store::{Published, Sink, Store, StoreError};
use crate::text::shown;

/// Most rows of a row group.
const ROW_GROUP_ROWS_MAX: usize = 100_000;
/// How often a Bloom filter says that a row group may hold what it does not hold.
///
/// A filter begins with the bits for [`ROW_GROUP_ROWS_MAX`] values, 128 KiB, and is folded to the smallest power of two
/// that keeps this share: 1.2 to 2.4 bytes a row.
const FALSE_POSITIVES: f64 = 0.01;

/// Why a Parquet file could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ShardError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file holds something else than expected.
    #[error("{path} cannot be read as Parquet: {source}", path = shown::path(.path))]
    Format {
        /// The file.
        path: PathBuf,
        /// What the Parquet library says.
        source: ParquetError,
    },
}

/// A Parquet file that is being written.
pub struct ShardWriter {
    path: PathBuf,
    writer: ArrowWriter<SharedSink>,
    sink: SharedSink,
}

/// The Parquet writer's hold on a sink. The writer is closed before the sink is taken back, since it tells what went
/// wrong with the last bytes only then.
#[derive(Clone)]
struct SharedSink(Arc<Mutex<Option<Box<dyn Sink>>>>);

impl Write for SharedSink {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some(sink) => sink.write(buffer),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut().map_or(Ok(()), |sink| sink.flush())
    }
}

/// The settings of a Parquet file.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// zstd level.
    pub zstd_level: i32,
    /// Largest row group, in encoded bytes: what a writer holds in memory.
    pub row_group_bytes_max: usize,
    /// Digest of the plan that made the rows.
    pub plan_digest: &'a str,
    /// Whether rows are looked up in the file, so that it gets Bloom filters.
    pub looked_up: bool,
}

impl ShardWriter {
    /// Begins a file.
    pub fn create(store: &dyn Store, path: &Path, schema: &SchemaRef, form: Form<'_>) -> Result<Self, ShardError> {
        let sink = SharedSink(Arc::new(Mutex::new(Some(store.create(path)?))));
        let writer = ArrowWriter::try_new(sink.clone(), SchemaRef::clone(schema), Some(properties(schema, form)));
        let writer = writer.map_err(|source| wrong(path, source))?;
        Ok(Self { path: path.to_owned(), writer, sink })
    }

    /// Appends rows.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), ShardError> {
        self.writer.write(batch).map_err(|source| wrong(&self.path, source))
    }

    /// Ends the file and publishes it.
    pub fn publish(self) -> Result<Published, ShardError> {
        let Self { path, writer, sink } = self;
        writer.close().map_err(|source| wrong(&path, source))?;
        let sink = sink.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let sink = sink.ok_or_else(|| StoreError::written(&path, io::ErrorKind::BrokenPipe.into()))?;
        sink.publish().map_err(|source| StoreError::written(&path, source).into())
    }
}

/// A failing disk is told as such, and not as a fault of the format.
fn wrong(path: &Path, source: ParquetError) -> ShardError {
    match source {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(io) => StoreError::written(path, *io).into(),
            Err(inner) => ShardError::Format { path: path.to_owned(), source: ParquetError::External(inner) },
        },
        source => ShardError::Format { path: path.to_owned(), source },
    }
}

fn properties(schema: &Schema, form: Form<'_>) -> WriterProperties {
    let level = ZstdLevel::try_new(form.zstd_level).expect("the plan has checked the level");
    let metadata =
        [("gristmill.format", schema::FORMAT_VERSION.to_string()), ("gristmill.plan", form.plan_digest.to_owned())];
    let metadata = metadata.map(|(key, value)| KeyValue::new(String::from(key), value));
    let mut builder = WriterProperties::builder()
        .set_created_by(String::from("gristmill"))
        .set_compression(Compression::ZSTD(level))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS_MAX))
        .set_max_row_group_bytes(Some(form.row_group_bytes_max))
        .set_key_value_metadata(Some(metadata.to_vec()));
    for column in schema::WITHOUT_DICTIONARY {
        builder = builder.set_column_dictionary_enabled(ColumnPath::from(column), false);
    }
    for column in schema::LOOKED_UP.into_iter().filter(|name| form.looked_up && schema.index_of(name).is_ok()) {
        builder = builder.set_column_bloom_filter_fpp(ColumnPath::from(column), FALSE_POSITIVES);
    }
    builder.build()
}
