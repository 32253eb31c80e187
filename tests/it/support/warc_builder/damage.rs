//! What crawls do to records: wrong checksums, flipped bytes, lost ends, wrong lengths.

use super::record::Record;

/// Damage to one record, done when the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The CRC-32 in the gzip trailer is wrong; the data are whole.
    BadChecksum,
    /// A byte in the middle of the compressed data is flipped.
    FlippedData,
    /// The second half of the member is lost; the next record follows at once.
    CutMember,
    /// `Content-Length` is off by so many bytes; the member is whole.
    WrongLength(i64),
    /// There is no `Content-Length`.
    WithoutLength,
    /// The first line states a version of WARC that does not exist.
    UnknownVersion,
}

impl Damage {
    /// Damage that lies in the record's own headers.
    pub fn to_record(self, record: &Record) -> Record {
        match self {
            Self::WrongLength(off_bytes) => {
                let length = record.block().len() as i64 + off_bytes;
                record.clone().set("Content-Length", &length.to_string())
            }
            Self::WithoutLength => record.clone().without("Content-Length"),
            Self::UnknownVersion => record.clone().version("9.9"),
            Self::BadChecksum | Self::FlippedData | Self::CutMember => record.clone(),
        }
    }

    /// Damage that lies in the compressed bytes of one member.
    pub fn to_member(self, mut member: Vec<u8>) -> Vec<u8> {
        let middle = member.len() / 2;
        match self {
            Self::BadChecksum => {
                let crc = member.len() - 8;
                member[crc] ^= 0xff;
            }
            Self::FlippedData => member[middle] ^= 0xff,
            Self::CutMember => member.truncate(middle),
            Self::WrongLength(_) | Self::WithoutLength | Self::UnknownVersion => {}
        }
        member
    }
}
