//! WARC files that a preset names for their copies of robots.txt files, relative to the working folder as inputs are.
//!
//! Files are read on all cores; what comes of them does not depend on their order.

use rayon::prelude::*;

use super::lists::Beside;
use crate::annotate::robots::copies::Capture;
use crate::annotate::robots::{Captures, Seen};
use crate::document::bad_config::BadConfig;
use crate::store::Store;
use crate::store::input::{InputFile, find};
use crate::store::reading::Reading;
use crate::warc::batch::{Batch, Item};
use crate::warc::coding::{self, Declared};
use crate::warc::http;
use crate::warc::limits::Limits;
use crate::warc::reader::Reader;
use crate::warc::record::{Record, RecordType};

/// Bytes of records that are read at a time.
const BATCH_BYTES: usize = 1 << 20;

impl Captures for Beside<'_> {
    fn read(&self, inputs: &[String], take: &(dyn Fn(Capture<'_>) + Sync)) -> Result<Seen, BadConfig> {
        let files = find(inputs).map_err(|error| BadConfig::new(format!("robots: {error}")))?;
        let limits = Limits::default();
        let seen: Vec<_> = files.par_iter().map(|file| read_file(self.store, file, &limits, take)).collect();
        seen.into_iter().try_fold(Seen::default(), |sum, seen| {
            let seen = seen?;
            Ok(Seen {
                files: sum.files + 1,
                responses: sum.responses + seen.responses,
                damaged: sum.damaged + seen.damaged,
            })
        })
    }
}

fn read_file(
    store: &dyn Store,
    file: &InputFile,
    limits: &Limits,
    take: &(dyn Fn(Capture<'_>) + Sync),
) -> Result<Seen, BadConfig> {
    let refused = |error: &dyn std::fmt::Display| BadConfig::new(format!("robots: {error}"));
    let source = store.open(&file.path).map_err(|error| refused(&error))?;
    let name = file.path.to_string_lossy().into_owned();
    let reader = Reader::open(Box::new(Reading::new(source, None)), &name, limits.clone());
    let mut reader = reader.map_err(|error| refused(&error))?;
    let mut batch = Batch::new();
    let mut seen = Seen::default();
    while reader.fill(&mut batch, BATCH_BYTES).map_err(|error| refused(&error))? {
        for item in batch.iter() {
            match item {
                Item::Damage(_) => seen.damaged += 1,
                Item::Record(record) if record.record_type() == RecordType::Response => {
                    seen.responses += 1;
                    seen.damaged += u64::from(!take_response(&record, limits, take));
                }
                Item::Record(_) => {}
            }
        }
    }
    Ok(seen)
}

/// False if the record holds no HTTP response, or does not say of what and when.
fn take_response(record: &Record<'_>, limits: &Limits, take: &(dyn Fn(Capture<'_>) + Sync)) -> bool {
    let Some(response) = http::parse(record.block, limits) else { return false };
    let (Some(url), Some(date)) = (record.target_uri(), record.date()) else { return false };
    let fields = response.fields;
    let (transfer, content) = (fields.get("Transfer-Encoding"), fields.get("Content-Encoding"));
    let declared = Declared { transfer: transfer.as_deref(), content: content.as_deref() };
    let (payload, _) = coding::decode(response.payload, declared, limits);
    let location = fields.get("Location");
    take(Capture { url: &url, date: &date, status: response.status, location: location.as_deref(), payload: &payload });
    true
}
