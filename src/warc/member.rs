//! Compressed members: gzip members and Zstandard frames, inflated step by step into memory of the caller.
//!
//! A plain file counts as one member that is copied. Gzip headers and trailers are read here and not by the inflater,
//! because a checksum that does not agree and data that cannot be inflated are different findings.
//! gzip is RFC 1952; the Zstandard container is the IIPC draft
//! <https://iipc.github.io/warc-specifications/specifications/warc-zstd/>.

use std::io;

use flate2::{Crc, Decompress, FlushDecompress, Status};
use zstd::stream::raw::{Decoder as ZstdDecoder, InBuffer, Operation, OutBuffer};

use super::damage::{BAD_GZIP, BAD_ZSTD, CUT_MEMBER, TOO_LARGE};
use super::input::Input;
use super::limits::Limits;
use crate::document::reason::Reason;

/// Longest gzip header that is read: it may hold a file name and a comment.
const GZIP_HEADER_BYTES_MAX: usize = 64 << 10;
pub(super) const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
pub(super) const DICTIONARY_MAGIC: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
pub(super) const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];

/// How the bytes of a file are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Plain,
    Gzip,
    Zstd,
}

/// What stands where a member should begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begin {
    Opened,
    EndOfFile,
    /// Bytes that are no member.
    Foreign,
    Fault(Reason),
}

/// How the open member goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Whole,
    /// All bytes were inflated, but the checksum or the length in the trailer does not agree.
    BadCheck,
    Fault(Reason),
}

/// Opens members and inflates them, one at a time.
pub(super) struct Decoder {
    pub(super) coding: Coding,
    inflate: Decompress,
    zstd: Option<ZstdDecoder<'static>>,
    crc: Crc,
    inflated: u64,
    start: u64,
    ratio_from: u64,
    ratio_max: u64,
    /// Bytes inflated since the file was opened, those looked at and thrown away included.
    pub(super) inflated_total: u64,
}

impl Decoder {
    pub(super) fn new(coding: Coding, dictionary: Option<&[u8]>, limits: &Limits) -> io::Result<Self> {
        let zstd = match coding {
            Coding::Zstd => Some(ZstdDecoder::with_dictionary(dictionary.unwrap_or_default())?),
            Coding::Plain | Coding::Gzip => None,
        };
        let (ratio_from, ratio_max) = (limits.record_bytes_max, limits.inflate_ratio_max);
        let inflate = Decompress::new(false);
        let crc = Crc::new();
        Ok(Self { coding, inflate, zstd, crc, inflated: 0, start: 0, ratio_from, ratio_max, inflated_total: 0 })
    }

    /// Reads up to the first byte of a member's data.
    pub(super) fn begin(&mut self, input: &mut Input) -> io::Result<Begin> {
        if input.want(1)?.is_empty() {
            return Ok(Begin::EndOfFile);
        }
        self.inflated = 0;
        self.start = input.offset();
        match self.coding {
            Coding::Plain => Ok(Begin::Opened),
            Coding::Gzip => self.begin_gzip(input),
            Coding::Zstd => self.begin_zstd(input),
        }
    }

    /// File offset at which the member begun last begins.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    fn begin_gzip(&mut self, input: &mut Input) -> io::Result<Begin> {
        let mut wanted = 64;
        let header = loop {
            let bytes = input.want(wanted)?;
            match gzip_header(bytes) {
                GzipHeader::Length(length) => break length,
                GzipHeader::Foreign => return Ok(Begin::Foreign),
                GzipHeader::Bad => return Ok(Begin::Fault(BAD_GZIP)),
                GzipHeader::More if bytes.len() < wanted => return Ok(Begin::Fault(CUT_MEMBER)),
                GzipHeader::More if wanted > GZIP_HEADER_BYTES_MAX => return Ok(Begin::Fault(BAD_GZIP)),
                GzipHeader::More => wanted *= 4,
            }
        };
        input.skip(header);
        self.inflate.reset(false);
        self.crc.reset();
        Ok(Begin::Opened)
    }

    fn begin_zstd(&mut self, input: &mut Input) -> io::Result<Begin> {
        while let Some(size) = skippable_frame(input.want(8)?) {
            if !skip_all(input, size)? {
                return Ok(Begin::Fault(CUT_MEMBER));
            }
        }
        self.start = input.offset();
        if input.rest().is_empty() {
            return Ok(Begin::EndOfFile);
        }
        if !input.rest().starts_with(&ZSTD_MAGIC) {
            return Ok(Begin::Foreign);
        }
        match self.zstd.as_mut().map(|zstd| zstd.reinit()) {
            Some(Ok(())) => Ok(Begin::Opened),
            _ => Ok(Begin::Fault(BAD_ZSTD)),
        }
    }

    /// Fills `out`, as far as the member goes. Gives the number of bytes and how the member goes on.
    pub(super) fn step(&mut self, input: &mut Input, out: &mut [u8]) -> io::Result<(usize, State)> {
        let mut filled = 0;
        while filled < out.len() {
            if input.want(1)?.is_empty() {
                let end = if self.coding == Coding::Plain { State::Whole } else { State::Fault(CUT_MEMBER) };
                return Ok((filled, end));
            }
            let (count, state) = match self.coding {
                Coding::Plain => (copy(input, &mut out[filled..]), State::Open),
                Coding::Gzip => self.inflate_gzip(input, &mut out[filled..])?,
                Coding::Zstd => self.inflate_zstd(input, &mut out[filled..]),
            };
            filled += count;
            self.inflated += count as u64;
            self.inflated_total += count as u64;
            if state != State::Open {
                return Ok((filled, state));
            }
        }
        Ok((filled, if self.is_bomb(input) { State::Fault(TOO_LARGE) } else { State::Open }))
    }

    fn is_bomb(&self, input: &Input) -> bool {
        let packed = input.offset().saturating_sub(self.start);
        self.coding != Coding::Plain
            && self.inflated > self.ratio_from
            && self.inflated / self.ratio_max.max(1) > packed
    }

    fn inflate_gzip(&mut self, input: &mut Input, out: &mut [u8]) -> io::Result<(usize, State)> {
        let (in_before, out_before) = (self.inflate.total_in(), self.inflate.total_out());
        let result = self.inflate.decompress(input.rest(), out, FlushDecompress::None);
        let taken = (self.inflate.total_in() - in_before) as usize;
        let given = (self.inflate.total_out() - out_before) as usize;
        input.skip(taken);
        self.crc.update(&out[..given]);
        let state = match result {
            Ok(Status::StreamEnd) => self.check_trailer(input, given as u64)?,
            Ok(_) if taken > 0 || given > 0 => State::Open,
            Ok(_) | Err(_) => State::Fault(BAD_GZIP),
        };
        Ok((given, state))
    }

    fn check_trailer(&mut self, input: &mut Input, given: u64) -> io::Result<State> {
        let Some(trailer) = input.want(8)?.first_chunk::<8>().copied() else {
            let rest = input.rest().len();
            input.skip(rest);
            return Ok(State::Fault(CUT_MEMBER));
        };
        input.skip(8);
        let [a, b, c, d, e, f, g, h] = trailer;
        let length = (self.inflated + given) as u32;
        let agrees = u32::from_le_bytes([a, b, c, d]) == self.crc.sum() && u32::from_le_bytes([e, f, g, h]) == length;
        Ok(if agrees { State::Whole } else { State::BadCheck })
    }

    fn inflate_zstd(&mut self, input: &mut Input, out: &mut [u8]) -> (usize, State) {
        let Some(zstd) = self.zstd.as_mut() else { return (0, State::Fault(BAD_ZSTD)) };
        let mut from = InBuffer::around(input.rest());
        let mut to = OutBuffer::around(out);
        let result = zstd.run(&mut from, &mut to);
        let (taken, given) = (from.pos(), to.pos());
        input.skip(taken);
        let state = match result {
            Ok(0) => State::Whole,
            Ok(_) if taken > 0 || given > 0 => State::Open,
            Ok(_) | Err(_) => State::Fault(BAD_ZSTD),
        };
        (given, state)
    }

    /// Whether these bytes begin as a member does.
    pub(super) fn is_member(&self, bytes: &[u8]) -> bool {
        match self.coding {
            Coding::Plain => true,
            Coding::Gzip => bytes.starts_with(&GZIP_MAGIC),
            Coding::Zstd => bytes.starts_with(&ZSTD_MAGIC) || skippable_frame(bytes).is_some(),
        }
    }

    /// The first bytes of a member that may begin here, as many as `out` takes; none if no member does.
    ///
    /// Spoils the open member, so it is called only between members.
    pub(super) fn peek<'o>(&mut self, packed: &[u8], out: &'o mut [u8]) -> &'o [u8] {
        let count = match (self.coding, gzip_header(packed)) {
            (Coding::Gzip, GzipHeader::Length(header)) => {
                self.inflate.reset(false);
                let _ = self.inflate.decompress(&packed[header..], out, FlushDecompress::None);
                self.inflate.total_out() as usize
            }
            (Coding::Zstd, _) if packed.starts_with(&ZSTD_MAGIC) => self.peek_zstd(packed, out),
            _ => 0,
        };
        self.inflated_total += count as u64;
        &out[..count]
    }

    fn peek_zstd(&mut self, packed: &[u8], out: &mut [u8]) -> usize {
        let Some(zstd) = self.zstd.as_mut() else { return 0 };
        if zstd.reinit().is_err() {
            return 0;
        }
        let mut to = OutBuffer::around(out);
        // A block is given out only when the whole of it has arrived, so a look may find nothing: that is an answer too.
        let _ = zstd.run(&mut InBuffer::around(packed), &mut to);
        to.pos()
    }
}

fn copy(input: &mut Input, out: &mut [u8]) -> usize {
    let count = input.rest().len().min(out.len());
    out[..count].copy_from_slice(&input.rest()[..count]);
    input.skip(count);
    count
}

fn skip_all(input: &mut Input, mut left: u64) -> io::Result<bool> {
    while left > 0 {
        let here = (input.want(1)?.len() as u64).min(left);
        if here == 0 {
            return Ok(false);
        }
        input.skip(here as usize);
        left -= here;
    }
    Ok(true)
}

/// Size of a skippable frame with its header (RFC 8878, 3.1.2), if one begins here.
pub(super) fn skippable_frame(bytes: &[u8]) -> Option<u64> {
    match *bytes {
        [0x50..=0x5f, 0x2a, 0x4d, 0x18, a, b, c, d, ..] => Some(8 + u64::from(u32::from_le_bytes([a, b, c, d]))),
        _ => None,
    }
}

enum GzipHeader {
    Length(usize),
    More,
    Foreign,
    Bad,
}

/// Length of the gzip header that begins here (RFC 1952, 2.3). Its own checksum is not checked: nothing in it is used.
fn gzip_header(bytes: &[u8]) -> GzipHeader {
    let magic = &GZIP_MAGIC[..bytes.len().min(3)];
    if !bytes.starts_with(magic) {
        return GzipHeader::Foreign;
    }
    let Some(&flags) = bytes.get(3) else { return GzipHeader::More };
    if flags & 0xe0 != 0 {
        return GzipHeader::Bad;
    }
    let mut at = 10;
    if flags & 4 != 0 {
        let Some(&[low, high]) = bytes.get(at..at + 2).and_then(|pair| pair.first_chunk()) else {
            return GzipHeader::More;
        };
        at += 2 + usize::from(u16::from_le_bytes([low, high]));
    }
    for text in [8, 16] {
        if flags & text != 0 {
            match bytes.get(at..).and_then(|rest| memchr::memchr(0, rest)) {
                Some(length) => at += length + 1,
                None => return GzipHeader::More,
            }
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    if bytes.len() < at { GzipHeader::More } else { GzipHeader::Length(at) }
}
