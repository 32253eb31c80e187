//! A row of Parquet files of which none grows beyond its limit: `NAME-00000.parquet`, `NAME-00001.parquet`, ….

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;

use super::{Ready, file_record};
use crate::engine::EngineError;
use crate::ledger::run_record::FileRecord;
use crate::shard::writer::ShardWriter;

/// Rows of one file.
const FILE_ROWS_MAX: u64 = 2_000_000;
/// Bytes of one file's batches before they are encoded.
const FILE_BYTES_MAX: u64 = 1 << 30;

/// Files of one kind, written one behind the other.
pub struct Rolling<'a> {
    ready: Ready<'a>,
    name: &'static str,
    schema: &'a SchemaRef,
    writer: Option<ShardWriter>,
    rows: u64,
    bytes: u64,
    files: Vec<FileRecord>,
}

impl<'a> Rolling<'a> {
    /// Files `name-00000.parquet` and on, with these columns. There is one at least, so that loaders find the columns.
    pub fn new(ready: Ready<'a>, name: &'static str, schema: &'a SchemaRef) -> Self {
        Self { ready, name, schema, writer: None, rows: 0, bytes: 0, files: Vec::new() }
    }

    /// Appends rows; goes on to the next file where the limit is reached.
    pub fn write(&mut self, batch: Result<RecordBatch, ArrowError>) -> Result<(), EngineError> {
        let batch = batch.expect("the columns are those of the schema and of one length");
        if batch.num_rows() == 0 {
            return Ok(());
        }
        self.writer()?.write(&batch)?;
        self.rows += batch.num_rows() as u64;
        self.bytes += batch.get_array_memory_size() as u64;
        if self.rows >= FILE_ROWS_MAX || self.bytes >= FILE_BYTES_MAX {
            self.publish()?;
        }
        Ok(())
    }

    /// Publishes the last file; returns all of them.
    pub fn finish(mut self) -> Result<Vec<FileRecord>, EngineError> {
        if self.writer.is_some() || self.files.is_empty() {
            self.writer()?;
            self.publish()?;
        }
        Ok(self.files)
    }

    fn below(&self) -> String {
        format!("{}-{:05}.parquet", self.name, self.files.len())
    }

    fn writer(&mut self) -> Result<&mut ShardWriter, EngineError> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => {
                let path = self.ready.context.folder.file(&self.below());
                ShardWriter::create(self.ready.context.store, &path, self.schema, self.ready.form())?
            }
        };
        Ok(self.writer.insert(writer))
    }

    fn publish(&mut self) -> Result<(), EngineError> {
        if let Some(writer) = self.writer.take() {
            let published = writer.publish()?;
            self.files.push(file_record(self.below(), self.rows, published));
            (self.rows, self.bytes) = (0, 0);
        }
        Ok(())
    }
}
