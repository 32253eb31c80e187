//! Files of WARC and ARC records: members, framing, headers, and what a record is to a training set.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use gristmill::document::origin::Origin;
use gristmill::warc::batch::{Batch, Item};
use gristmill::warc::content::{self, Sorted, SourceFile};
use gristmill::warc::limits::Limits;
use gristmill::warc::reader::Reader;
use gristmill::warc::record::{Header, Record};
use gristmill::warc::{coding, damage, digest};

/// Of so many records of a file that begin their member it is tried whether they can be read by their place alone.
const READ_AGAIN: usize = 4;
/// Parts the members that `records` makes.
const CUT: u8 = 0xff;

/// Small bounds, so that short inputs break each of them.
fn limits() -> Limits {
    Limits {
        record_bytes_max: 20_000,
        header_bytes_max: 2_000,
        header_lines_max: 40,
        inflate_ratio_max: 50,
        http_head_bytes_max: 1_000,
        http_head_lines_max: 20,
        payload_bytes_max: 10_000,
        ..Limits::default()
    }
}

/// A source that hands out few bytes at once, as networks do.
struct Drip {
    bytes: Vec<u8>,
    at: usize,
    most: usize,
}

impl Read for Drip {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = out.len().min(self.most).min(self.bytes.len() - self.at);
        out[..count].copy_from_slice(&self.bytes[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// One item of a file: its place, and header and block, or the reason of the damage.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    offset: u64,
    length: u64,
    within: u64,
    what: Result<(Vec<u8>, Vec<u8>), &'static str>,
}

impl Found {
    fn of(item: &Item<'_>) -> Self {
        match item {
            Item::Record(record) => {
                let header = match record.header {
                    Header::Warc(header) => header.as_bytes(),
                    Header::Arc(header) => header.as_bytes(),
                };
                let what = Ok((header.to_vec(), record.block.to_vec()));
                Self { offset: record.offset_bytes, length: record.length_bytes, within: record.within_bytes, what }
            }
            Item::Damage(damage) => {
                let (offset, length) = (damage.offset_bytes, damage.length_bytes);
                Self { offset, length, within: 0, what: Err(damage.reason().as_str()) }
            }
        }
    }

    fn is_warc(&self) -> bool {
        self.what.as_ref().is_ok_and(|(header, _)| header.to_ascii_uppercase().starts_with(b"WARC/"))
    }

    fn block(&self) -> Option<&[u8]> {
        self.what.as_ref().ok().map(|(_, block)| block.as_slice())
    }
}

/// Reads a piece of a file that begins at `base`, `most` bytes of it at once, in batches of `target` bytes; none if it is
/// no archive.
fn read(piece: &[u8], base: u64, (most, target): (usize, usize)) -> Option<Vec<Found>> {
    let source = Box::new(Drip { bytes: piece.to_vec(), at: 0, most });
    let mut reader = Reader::open_at(source, "made.warc", limits(), base).ok()?;
    let (mut batch, mut found) = (Batch::new(), Vec::new());
    while reader.fill(&mut batch, target).expect("the source never fails") {
        for item in batch.iter() {
            assert_eq!(item.ordinal(), found.len() as u64, "items are numbered through");
            found.push(Found::of(&item));
            if let Item::Record(record) = item {
                check_record(&record);
            }
        }
    }
    assert!(!reader.fill(&mut batch, target).expect("the source never fails"), "the end stays the end");
    assert!(reader.offset_bytes() <= base + piece.len() as u64);
    Some(found)
}

/// Items lie in the file, in its order; how it is read does not show; a record's place is enough to read it again.
pub fn members(file: &[u8]) {
    let Some(found) = read(file, 0, (usize::MAX, 1 << 20)) else { return };
    assert_eq!(read(file, 0, (777, 1)).as_ref(), Some(&found), "the sizes of reads and batches must not show");
    assert!(found.iter().all(|item| item.offset + item.length <= file.len() as u64), "{found:?}");
    assert!(found.is_sorted_by_key(|item| item.offset), "{found:?}");
    let front = version_block(file, &found);
    for item in found.iter().filter(|item| item.within == 0 && item.what.is_ok()).take(READ_AGAIN) {
        // What an ARC file is, its version block says; without one a line may be less than a record by itself.
        let front = match &front {
            _ if item.is_warc() => &[],
            Some(front) if item.offset >= front.len() as u64 => *front,
            Some(_) => &[],
            None => continue,
        };
        let piece = [front, &file[item.offset as usize..(item.offset + item.length) as usize]].concat();
        let again = read(&piece, item.offset - front.len() as u64, (usize::MAX, 1)).unwrap_or_default();
        let place = |other: &&Found| (other.offset, other.within) == (item.offset, item.within);
        assert_eq!(again.iter().find(place).map(|again| &again.what), Some(&item.what), "read by its place alone");
    }
}

/// The bytes of the version block at the head of an ARC file, which whoever reads by place has in front.
fn version_block<'a>(file: &'a [u8], found: &[Found]) -> Option<&'a [u8]> {
    let first = found.first().filter(|first| first.offset == 0)?;
    let (header, _) = first.what.as_ref().ok()?;
    header.starts_with(b"filedesc:").then(|| &file[..first.length as usize])
}

/// The same records, plain or packed in members of several kinds: the first byte says how, bytes of 255 where.
pub fn records(bytes: &[u8]) {
    let Some((way, text)) = bytes.split_first() else { return };
    let parts = || text.split(|byte| *byte == CUT);
    match way % 5 {
        0 => members(&parts().collect::<Vec<_>>().concat()),
        1 => members(&parts().flat_map(gzip).collect::<Vec<_>>()),
        2 => members(&parts().flat_map(pack).collect::<Vec<_>>()),
        // Plain text between members, such as what a server adds to a download.
        3 => members(
            &parts()
                .enumerate()
                .flat_map(|(at, part)| if at % 2 == 0 { gzip(part) } else { part.to_vec() })
                .collect::<Vec<_>>(),
        ),
        _ => {
            let plain = parts().collect::<Vec<_>>().concat();
            members(&plain);
            if [&b"WARC/"[..], b"filedesc:"].iter().any(|start| plain.starts_with(start)) {
                check_joined(&plain);
            }
        }
    }
}

/// A plain file and one member of its bytes hold the same records.
fn check_joined(plain: &[u8]) {
    let read_all = |file: &[u8]| read(file, 0, (usize::MAX, 1 << 20)).unwrap_or_default();
    let in_member = read_all(&gzip(plain));
    // At the head of a member a length beyond the bound is believed, and what it covers is passed over.
    if in_member.iter().any(|item| item.what == Err(damage::TOO_LARGE.as_str())) {
        return;
    }
    let blocks = |found: &[Found]| found.iter().filter_map(Found::block).map(<[u8]>::to_vec).collect::<Vec<_>>();
    assert_eq!(blocks(&in_member), blocks(&read_all(plain)), "one member holds the records of its bytes");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::new(1));
    member.write_all(bytes).expect("memory takes all");
    member.finish().expect("memory takes all")
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 1).expect("any bytes can be packed")
}

/// What a record says of itself can be asked, and what it is to a training set keeps to the bounds.
fn check_record(record: &Record<'_>) {
    let limits = limits();
    assert!(record.block.len() as u64 <= limits.record_bytes_max);
    if let Header::Warc(header) = record.header {
        assert!(header.as_bytes().len() <= limits.header_bytes_max);
        let stated = header.get("Content-Length").expect("a record has a length");
        assert_eq!(stated.trim().parse(), Ok(record.block.len()), "the block is as long as the header says");
        for (name, value) in header.fields().iter() {
            assert!(!name.is_empty() && !value.contains('\n'));
            let name = String::from_utf8_lossy(name);
            assert!(value.is_empty() || !name.is_ascii() || header.get(&name).is_some_and(|first| !first.is_empty()));
        }
    }
    if let Some(stated) = record.field("WARC-Block-Digest") {
        digest::check(&stated, record.block);
    }
    let mut file = SourceFile::new("made.warc");
    file.learn(record);
    match content::sort(record, &file, &limits) {
        Sorted::NotKept { origin, dropped, .. } => {
            check_origin(&origin, record);
            assert!(content::REASONS.contains(&dropped.reason));
        }
        Sorted::Content(content) => {
            check_origin(&content.origin, record);
            assert!(content.payload.len() <= limits.payload_bytes_max);
            let is_as_stored = content.http.undone == coding::Undone::Nothing;
            assert!(!is_as_stored || record.block.ends_with(&content.payload));
        }
    }
}

fn check_origin(origin: &Origin, record: &Record<'_>) {
    assert!(!origin.id.is_empty());
    let place = (origin.ordinal, origin.offset_bytes, origin.length_bytes);
    assert_eq!(place, (record.ordinal, record.offset_bytes, record.length_bytes));
}
