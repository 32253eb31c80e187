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

use super::batches::BATCH_BYTES_MAX;
use super::memory::arrow_bytes;
use super::schema;
use crate::store::{Published, Sink, Store, StoreError};
use crate::text::shown;

/// Most rows of a row group.
const ROW_GROUP_ROWS_MAX: usize = 100_000;
/// Most bytes of the rows of a row group before they are encoded: half of what a batch that is read back may have. Rows
/// reach it before the bound of encoded bytes only if they compress to less than an eighth.
const ROW_GROUP_PLAIN_BYTES_MAX: u64 = BATCH_BYTES_MAX / 2;
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
    /// Bytes of rows, before they are encoded, behind the last row group that was written, and how many of these there are.
    plain_bytes: u64,
    groups: usize,
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
        Ok(Self { path: path.to_owned(), writer, sink, plain_bytes: 0, groups: 0 })
    }

    /// Appends rows.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), ShardError> {
        self.write_in_groups(batch, ROW_GROUP_PLAIN_BYTES_MAX)
    }

    fn write_in_groups(&mut self, batch: &RecordBatch, plain_bytes_max: u64) -> Result<(), ShardError> {
        let bytes = arrow_bytes(batch);
        let is_full = self.plain_bytes > 0 && self.plain_bytes + bytes > plain_bytes_max;
        let written = if is_full { self.writer.flush() } else { Ok(()) };
        written.and_then(|()| self.writer.write(batch)).map_err(|source| wrong(&self.path, source))?;
        // Of rows of this batch that already lie in a row group nothing is known, so all of them count for the next one.
        let groups = self.writer.flushed_row_groups().len();
        self.plain_bytes = if groups > self.groups { bytes } else { self.plain_bytes + bytes };
        self.groups = groups;
        Ok(())
    }

    /// Ends the file and publishes it.
    pub fn publish(self) -> Result<Published, ShardError> {
        let Self { path, writer, sink, .. } = self;
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, StringArray};
    use arrow::datatypes::{DataType, Field};
    use parquet::arrow::ProjectionMask;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;
    use crate::shard::batches::Group;
    use crate::shard::reader::{Ranges, ShardReader, Stored, groups};
    use crate::store::local::Local;

    fn text_schema() -> SchemaRef {
        Arc::new(Schema::new(vec![Field::new("text", DataType::Utf8, false)]))
    }

    /// Writes texts of so many bytes one by one.
    fn write(path: &Path, texts: &[usize], plain_bytes_max: u64) {
        let form = Form { zstd_level: 1, row_group_bytes_max: 8 << 20, plan_digest: "", looked_up: false };
        let mut writer = ShardWriter::create(&Local, path, &text_schema(), form).expect("a file");
        for bytes in texts {
            let column: ArrayRef = Arc::new(StringArray::from(vec!["x".repeat(*bytes)]));
            let batch = RecordBatch::try_new(text_schema(), vec![column]).expect("a row");
            writer.write_in_groups(&batch, plain_bytes_max).expect("it is written");
        }
        writer.publish().expect("it is published");
    }

    /// Rows of each row group when row groups take 1,000 bytes.
    fn check(texts: &[usize], expected: &[usize]) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shard.parquet");
        write(&path, texts, 1_000);
        let stored = Stored(Local.open(&path).expect("it is there"));
        let builder = ParquetRecordBatchReaderBuilder::try_new(stored).expect("it is Parquet");
        let found = groups(builder.metadata(), &ProjectionMask::all(), None);
        assert_eq!(found.iter().map(|group: &Group| group.rows).collect::<Vec<_>>(), expected);
        assert!(found.iter().all(|group| group.bytes > 0), "{found:?}");
    }

    #[test]
    fn row_groups_are_cut_by_the_bytes_of_their_rows_however_well_these_compress() {
        // Each text takes four bytes besides.
        check(&[496, 496, 1], &[2, 1]);
        check(&[497, 496, 1], &[1, 2]);
        check(&[5_000, 1, 5_000, 5_000], &[1, 1, 1, 1]);
        check(&[6; 100], &[100]);
        check(&[6; 101], &[100, 1]);
    }

    /// 300 texts of 8 MiB have more bytes than a column of texts can address. Takes seconds and 300 MB of memory, so it
    /// runs where `RUN_SLOW_TESTS` is set.
    #[test]
    fn rows_that_no_batch_could_hold_together_are_read_back() {
        if std::env::var_os("RUN_SLOW_TESTS").is_none() {
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shard.parquet");
        write(&path, &[8 << 20; 300], ROW_GROUP_PLAIN_BYTES_MAX);
        let ranges = [0..1, 5..290].into_iter();
        let selected = Ranges { ranges, rows: 300, rows_max: 256 };
        for (reader, expected) in [
            (ShardReader::open(&Local, &path, &text_schema()), 300),
            (ShardReader::open_ranges(&Local, &path, &text_schema(), selected), 286),
        ] {
            let batches: Vec<usize> = reader
                .expect("it opens")
                .map(|batch| {
                    let batch = batch.expect("it is read");
                    assert!(arrow_bytes(&batch) <= BATCH_BYTES_MAX);
                    batch.num_rows()
                })
                .collect();
            assert_eq!(batches.iter().sum::<usize>(), expected);
            assert!(batches.len() > 4, "{batches:?}");
        }
    }
}
