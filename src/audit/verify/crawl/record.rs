//! One record of a crawl, by offset and length: only the bytes of its member are read.

use std::io::{Cursor, Read};

use super::place::Opened;
use crate::warc::batch::{Batch, Item};
use crate::warc::content::origin_of;
use crate::warc::digest::{self, Checked};
use crate::warc::http;
use crate::warc::limits::Limits;
use crate::warc::reader::Reader;
use crate::warc::record::{Record, RecordType};

/// Largest member that is read, in bytes as it lies: a record that is kept inflates to half of this at most.
const MEMBER_BYTES_MAX: u64 = 64 << 20;
/// Bytes of records that are taken together.
const BATCH_BYTES: usize = 1 << 20;

/// Reads the record of this id in a stretch of a file and calls `with` with it. An error says in words why there is
/// none.
pub fn with_record<T>(
    opened: &Opened,
    (offset_bytes, length_bytes): (u64, u64),
    id: &str,
    with: impl FnOnce(&Item<'_>) -> T,
) -> Result<T, String> {
    let end = offset_bytes.checked_add(length_bytes).filter(|end| *end <= opened.source.len_bytes());
    if end.is_none() || length_bytes > MEMBER_BYTES_MAX {
        let file = opened.source.len_bytes();
        return Err(format!("{length_bytes} bytes at {offset_bytes} are no record of a file of {file} bytes"));
    }
    let mut member = vec![0; length_bytes as usize];
    let count = opened.source.read_at(&mut member, offset_bytes).map_err(|error| error.to_string())?;
    member.truncate(count);
    // What stands in front lies before the record in the file, so the base is never below zero but for the first record.
    let front = if offset_bytes >= opened.head.len() as u64 { &opened.head[..] } else { &[] };
    let source = Cursor::new(front.to_vec()).chain(Cursor::new(member));
    let base = offset_bytes - front.len() as u64;
    let name = &opened.file.path;
    let mut reader =
        Reader::open_at(Box::new(source), name, Limits::default(), base).map_err(|error| error.to_string())?;
    let (mut batch, mut others) = (Batch::new(), Vec::new());
    while reader.fill(&mut batch, BATCH_BYTES).map_err(|error| error.to_string())? {
        for item in batch.iter().filter(|item| offset_of(item) >= offset_bytes) {
            match &item {
                Item::Damage(damage) => others.push(format!("{} there", damage.dropped.reason)),
                Item::Record(record) => {
                    let origin = origin_of(record, &opened.file);
                    if origin.id == id {
                        return Ok(with(&item));
                    }
                    others.push(format!("the record there is {}", origin.id));
                }
            }
        }
    }
    let what = others.first().map_or("there is none", String::as_str);
    Err(format!("no record {id} in {length_bytes} bytes at {offset_bytes} of {name}: {what}"))
}

fn offset_of(item: &Item<'_>) -> u64 {
    match item {
        Item::Record(record) => record.offset_bytes,
        Item::Damage(damage) => damage.offset_bytes,
    }
}

/// What came of checking the digest that a record states of its payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payload {
    /// It is that of the payload.
    Agrees,
    /// It is not, of a payload that is coded or cut, so that writers differ in what they digest.
    Ambiguous,
    /// It is not.
    Differs,
    /// It is written in a way that is not known here.
    Unknown,
    /// The record states none.
    Unstated,
}

/// Checks the digest that a record states of its payload.
pub fn check_payload(record: &Record<'_>) -> Payload {
    let Some(stated) = record.field("WARC-Payload-Digest") else { return Payload::Unstated };
    let limits = Limits::default();
    let response = match record.record_type() {
        RecordType::Response => http::parse(record.block, &limits),
        _ => None,
    };
    let payload = response.map_or(record.block, |response| response.payload);
    match digest::check(&stated, payload) {
        Checked::Agrees => Payload::Agrees,
        Checked::Unknown => Payload::Unknown,
        Checked::Differs => {
            let coded = response.is_some_and(|response| {
                ["Transfer-Encoding", "Content-Encoding"].iter().any(|name| response.fields.get(name).is_some())
            });
            let is_cut = record.field("WARC-Truncated").is_some() || record.field("WARC-Segment-Number").is_some();
            if coded || is_cut { Payload::Ambiguous } else { Payload::Differs }
        }
    }
}
