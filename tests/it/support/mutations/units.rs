//! The records of a file as a second, simple reader sees them: it knows sound files only, and says none of others.

use std::collections::BTreeSet;
use std::io::Read;
use std::ops::Range;

use flate2::bufread::GzDecoder;

/// What a record is known again by: its id and its block.
pub type Known = [u8; 32];

/// One record, with the bytes of the file that hold it and nothing else: its member or frame, or the record with the two
/// line breaks behind it.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Where it lies in the file.
    pub range: Range<usize>,
    /// What it is known by.
    pub known: Known,
}

/// A file and its records.
#[derive(Clone, Debug)]
pub struct Base {
    /// Where it came from, for messages.
    pub name: String,
    /// All bytes.
    pub bytes: Vec<u8>,
    /// All records; none if the file is not sound, or of a form that this reader does not know.
    pub units: Vec<Unit>,
    /// The records as they are without compression, one for each unit.
    pub plain: Vec<Vec<u8>>,
}

/// What a record of this id and block is known by.
pub fn known(id: &str, block: &[u8]) -> Known {
    let mut hasher = blake3::Hasher::new();
    hasher.update(id.trim().as_bytes()).update(b"\n").update(block);
    *hasher.finalize().as_bytes()
}

impl Base {
    /// A file as it lies on disk.
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        let found = if bytes.starts_with(&[0x1f, 0x8b]) { members(&bytes) } else { records(&bytes) };
        let (units, plain) = found.unwrap_or_default();
        Self { name: name.to_owned(), bytes, units, plain }
    }

    /// What its records are known by.
    pub fn known(&self) -> BTreeSet<Known> {
        self.units.iter().map(|unit| unit.known).collect()
    }

    /// The same records, each packed by `pack`.
    pub fn packed(&self, form: &str, pack: impl Fn(&[u8]) -> Vec<u8>) -> Self {
        let mut bytes = Vec::new();
        let mut units = Vec::new();
        for (unit, plain) in self.units.iter().zip(&self.plain) {
            let start = bytes.len();
            bytes.extend(pack(plain));
            units.push(Unit { range: start..bytes.len(), known: unit.known });
        }
        Self { name: format!("{} as {form}", self.name), bytes, units, plain: self.plain.clone() }
    }
}

type Found = (Vec<Unit>, Vec<Vec<u8>>);

/// The members of a file that has one record in each.
fn members(bytes: &[u8]) -> Option<Found> {
    let (mut units, mut plain, mut at) = (Vec::new(), Vec::new(), 0);
    while at < bytes.len() {
        let mut decoder = GzDecoder::new(&bytes[at..]);
        let mut inflated = Vec::new();
        decoder.read_to_end(&mut inflated).ok()?;
        let end = bytes.len() - decoder.into_inner().len();
        let (inner, record) = records(&inflated)?;
        let [unit] = &inner[..] else { return None };
        units.push(Unit { range: at..end, known: unit.known });
        plain.extend(record);
        at = end;
    }
    Some((units, plain))
}

/// The records of a stream without compression.
fn records(bytes: &[u8]) -> Option<Found> {
    let (mut units, mut plain, mut at) = (Vec::new(), Vec::new(), 0);
    while at < bytes.len() {
        let rest = &bytes[at..];
        if !rest.starts_with(b"WARC/1.0\r\n") && !rest.starts_with(b"WARC/1.1\r\n") {
            return None;
        }
        let head = memchr::memmem::find(rest, b"\r\n\r\n")? + 4;
        let text = std::str::from_utf8(&rest[..head]).ok()?;
        let field = |name: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(':'));
            lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
        };
        let length: usize = field("Content-Length")?.parse().ok()?;
        field("WARC-Type")?;
        let end = head + length + 4;
        if rest.get(head + length..end)? != b"\r\n\r\n" {
            return None;
        }
        let known = known(field("WARC-Record-ID").unwrap_or_default(), &rest[head..head + length]);
        units.push(Unit { range: at..at + end, known });
        plain.push(rest[..end].to_vec());
        at += end;
    }
    Some((units, plain))
}
