//! Cuts records out of the stream: header, block, and what has to follow a block.
//!
//! A record is believed only if its block ends where one may end: at the end of its member, or before white space and
//! the next record. Where that fails the record is damage and the next one is looked for from its own block on, because
//! a length that is too large swallows records.

use std::io;

use super::arc;
use super::batch::{Format, SlotContent};
use super::damage::{
    BAD_GZIP, BAD_HEADER, BAD_VERSION, BARE_LINE_FEED, CUT_RECORD, GARBAGE, LENGTH_REPEATED, LINE_WITHOUT_COLON,
    ODD_SEPARATOR, SHARES_MEMBER, SPANS_MEMBERS, TOO_LARGE, WRONG_LENGTH,
};
use super::header::{Scan, Scanned, has_magic};
use super::member::Coding;
use super::reader::{Reader, is_blank};
use super::resync::{Line, find_line};
use super::stream::{Crossed, Grown};
use crate::document::reason::{Dropped, Reason};

/// White space after a record that is counted as part of it; more is passed over later.
const SEPARATOR_BYTES_MAX: usize = 64 << 10;

/// Why no more bytes of a record are to be had.
#[derive(Clone, Copy, Debug)]
pub(super) enum Short {
    Barrier(usize),
    EndOfFile,
    Foreign,
    Fault(Reason),
}

/// A record that is lost, and where the search for the next begins.
#[derive(Debug)]
pub(super) struct Loss {
    pub(super) dropped: Dropped,
    pub(super) search_from: usize,
    /// The member that held the record cannot be inflated.
    pub(super) fault: Option<Reason>,
}

impl Loss {
    fn new(reason: Reason, search_from: usize) -> Self {
        Self { dropped: Dropped::new(reason), search_from, fault: None }
    }

    pub(super) fn because(reason: Reason, found: u64, bound: u64, search_from: usize) -> Self {
        let dropped = Dropped::because(reason, found as f64, bound as f64);
        Self { dropped, search_from, fault: None }
    }
}

/// A header that was read, as places in the arena.
pub(super) struct Head {
    pub(super) end: usize,
    pub(super) length: u64,
    /// False if the record does not say what it is.
    has_type: bool,
}

/// What follows a block.
enum Ending {
    /// Nothing wrong; the next record, member or end of file is at this place.
    Good(usize),
    Lost(Loss),
}

impl Reader {
    /// Reads the record that should begin at the cursor.
    pub(super) fn frame(&mut self) -> io::Result<()> {
        let start = self.stream.cursor;
        self.recognize_format(start);
        let head = match self.read_head(start)? {
            Ok(head) => head,
            Err(loss) => return self.lose(loss),
        };
        if head.length > self.limits.record_bytes_max {
            return self.pass_large_record(start, &head);
        }
        let block_end = match self.read_block(&head)? {
            Ok(block_end) => block_end,
            Err(loss) => return self.lose(loss),
        };
        match self.read_ending(start, head.end, block_end)? {
            Ending::Good(next) => self.keep(start, &head, block_end, next),
            Ending::Lost(loss) => return self.lose(loss),
        }
        Ok(())
    }

    fn recognize_format(&mut self, start: usize) {
        let bytes = &self.stream.visible()[start..];
        let is_warc = has_magic(bytes);
        let is_arc = !is_warc && (bytes.starts_with(b"filedesc:") || arc::is_record_start(bytes) == Some(true));
        if self.stream.format.is_none() && is_warc {
            self.stream.format = Some(Format::Warc);
        } else if self.stream.format.is_none() && is_arc {
            self.stream.format = Some(Format::Arc(arc::Version::One));
        }
        self.seen_record |= is_warc || is_arc;
    }

    fn read_head(&mut self, start: usize) -> io::Result<Result<Head, Loss>> {
        match self.stream.format {
            Some(Format::Arc(_)) => self.read_arc_head(start),
            _ => self.read_warc_head(start),
        }
    }

    fn read_warc_head(&mut self, start: usize) -> io::Result<Result<Head, Loss>> {
        let mut scan = Scan::default();
        loop {
            let bytes = &self.stream.visible()[start..];
            let scanned = scan.go_on(bytes);
            let search_from = start + scan.read.max(1);
            let lost = |reason| Ok(Err(Loss::new(reason, search_from)));
            let bytes_max = self.limits.header_bytes_max;
            match scanned {
                _ if scan.read > bytes_max || (scanned == Scanned::More && bytes.len() > bytes_max) => {
                    let found = if scanned == Scanned::More { bytes.len() } else { scan.read };
                    return Ok(Err(Loss::because(TOO_LARGE, found as u64, bytes_max as u64, search_from)));
                }
                _ if scan.lines > self.limits.header_lines_max => {
                    let (found, bound) = (scan.lines as u64, self.limits.header_lines_max as u64);
                    return Ok(Err(Loss::because(TOO_LARGE, found, bound, search_from)));
                }
                Scanned::Whole => break,
                Scanned::BadVersion if has_magic(bytes) => return lost(BAD_VERSION),
                Scanned::BadVersion => return lost(GARBAGE),
                Scanned::Bad => return lost(BAD_HEADER),
                Scanned::More if scan.lines == 0 && bytes.len() >= 5 && !has_magic(bytes) => return lost(GARBAGE),
                Scanned::More => {}
            }
            if let Some(short) = self.more()? {
                return Ok(Err(self.short_loss(short, BAD_HEADER, search_from)));
            }
        }
        // A version line that lies in several members was not known for one before.
        self.stream.format.get_or_insert(Format::Warc);
        self.seen_record = true;
        self.count_oddities(&scan);
        let length = scan.length.unwrap_or(0);
        Ok(Ok(Head { end: start + scan.read, length, has_type: scan.has_type }))
    }

    fn count_oddities(&mut self, scan: &Scan) {
        let repairs = &mut self.stream.repairs;
        for _ in 0..scan.lines_without_colon {
            repairs.count(LINE_WITHOUT_COLON);
        }
        if scan.length_repeated {
            repairs.count(LENGTH_REPEATED);
        }
        if scan.bare_line_feed {
            repairs.count(BARE_LINE_FEED);
        }
    }

    fn read_arc_head(&mut self, start: usize) -> io::Result<Result<Head, Loss>> {
        loop {
            let bytes = &self.stream.visible()[start..];
            let bytes_max = self.limits.header_bytes_max;
            let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(bytes_max)]);
            if let Some(end) = end {
                let after = start + end + 1;
                return Ok(match arc::block_length(&bytes[..end]) {
                    Some(length) => Ok(Head { end: after, length, has_type: true }),
                    None => Err(Loss::new(BAD_HEADER, after)),
                });
            }
            if bytes.len() >= bytes_max {
                return Ok(Err(Loss::because(TOO_LARGE, bytes.len() as u64, bytes_max as u64, start + 1)));
            }
            if let Some(short) = self.more()? {
                return Ok(Err(self.short_loss(short, BAD_HEADER, start + 1)));
            }
        }
    }

    /// Inflates the block. Gives the place where it ends.
    fn read_block(&mut self, head: &Head) -> io::Result<Result<usize, Loss>> {
        let block_end = head.end + head.length as usize;
        while self.stream.end() < block_end {
            let Some(short) = self.more()? else { continue };
            let found = self.stream.end().saturating_sub(head.end) as u64;
            let mut loss = self.short_loss(short, WRONG_LENGTH, head.end);
            if loss.fault.is_none() {
                (loss.dropped.found, loss.dropped.bound) = (Some(found as f64), Some(head.length as f64));
            }
            return Ok(Err(loss));
        }
        Ok(Ok(block_end))
    }

    /// A loss for want of bytes: the fault of a member if there is one, the end of a plain file, else `otherwise`.
    fn short_loss(&self, short: Short, otherwise: Reason, search_from: usize) -> Loss {
        let reason = match short {
            Short::Fault(reason) => reason,
            Short::EndOfFile if self.stream.decoder.coding == Coding::Plain => CUT_RECORD,
            Short::EndOfFile | Short::Foreign | Short::Barrier(_) => otherwise,
        };
        let fault = if let Short::Fault(reason) = short { Some(reason) } else { None };
        Loss { fault, ..Loss::new(reason, search_from) }
    }

    /// More bytes for the record at the cursor, from the next member too if that does not begin with a record.
    pub(super) fn more(&mut self) -> io::Result<Option<Short>> {
        Ok(match self.stream.grow()? {
            Grown::Bytes => None,
            Grown::Barrier(at) => Some(Short::Barrier(at)),
            Grown::Fault(reason) => Some(Short::Fault(reason)),
            Grown::BadCheck => Some(Short::Fault(BAD_GZIP)),
            Grown::Whole => match self.stream.cross()? {
                Crossed::Joins => None,
                Crossed::Starts(at) => Some(Short::Barrier(at)),
                Crossed::EndOfFile => Some(Short::EndOfFile),
                Crossed::Foreign => Some(Short::Foreign),
                Crossed::Fault(reason) => Some(Short::Fault(reason)),
            },
        })
    }

    /// Reads on to the first byte after a block that is no white space, and judges whether the block may end there.
    fn read_ending(&mut self, start: usize, head_end: usize, block_end: usize) -> io::Result<Ending> {
        let mut next = block_end;
        let stop = block_end + SEPARATOR_BYTES_MAX;
        loop {
            let bytes = self.stream.visible();
            while next < bytes.len().min(stop) && is_blank(bytes[next]) {
                next += 1;
            }
            if next < bytes.len() {
                break;
            }
            let alone = self.stream.begins_member(start);
            match self.stream.grow()? {
                Grown::Bytes => {}
                Grown::Fault(reason) if alone => {
                    return Ok(Ending::Lost(Loss { fault: Some(reason), ..Loss::new(reason, head_end) }));
                }
                Grown::BadCheck if alone => {
                    return Ok(Ending::Lost(Loss { fault: Some(BAD_GZIP), ..Loss::new(BAD_GZIP, head_end) }));
                }
                Grown::Whole | Grown::Barrier(_) | Grown::Fault(_) | Grown::BadCheck => {
                    self.count_separator(block_end, next);
                    return Ok(Ending::Good(next));
                }
            }
        }
        if self.record_follows(next)? {
            self.count_separator(block_end, next);
            return Ok(Ending::Good(next));
        }
        if self.stream.begins_member(start)
            && let Some(reason) = self.stream.fault()
        {
            // A cut member: what follows the record was inflated from the bytes of the next member.
            return Ok(Ending::Lost(Loss { fault: Some(reason), ..Loss::new(reason, head_end) }));
        }
        let bytes = self.stream.visible();
        let breaks = memchr::memchr_iter(b'\n', &bytes[block_end..next]).count();
        let is_arc = matches!(self.stream.format, Some(Format::Arc(_)));
        let swallowed = matches!(find_line(self.stream.format, &bytes[..block_end], head_end), Line::Found(_));
        // Two line breaks end a record, whatever rubbish follows them, unless the block holds the next record.
        if !is_arc && breaks >= 2 && !swallowed {
            return Ok(Ending::Good(next));
        }
        Ok(Ending::Lost(Loss::new(WRONG_LENGTH, head_end)))
    }

    fn record_follows(&mut self, next: usize) -> io::Result<bool> {
        loop {
            let bytes = &self.stream.visible()[next..];
            let follows = match self.stream.format {
                Some(Format::Arc(_)) => arc::is_url_line(bytes),
                _ if bytes.len() < 5 => None,
                _ => Some(has_magic(bytes)),
            };
            match follows {
                Some(follows) => return Ok(follows),
                None if self.stream.grow()? == Grown::Bytes => {}
                None => return Ok(false),
            }
        }
    }

    fn count_separator(&mut self, block_end: usize, next: usize) {
        let separator = &self.stream.visible()[block_end..next];
        let is_usual = match self.stream.format {
            Some(Format::Arc(_)) => separator == b"\n",
            _ => separator == b"\r\n\r\n",
        };
        if !is_usual {
            self.stream.repairs.count(ODD_SEPARATOR);
        }
    }

    /// Puts a record into the batch.
    fn keep(&mut self, start: usize, head: &Head, block_end: usize, next: usize) {
        let offset = self.stream.offset_of(start);
        let length = self.stream.end_offset_of(next) - offset;
        if !head.has_type {
            self.stream.move_to(next);
            return self.push_damage(offset, length, BAD_HEADER);
        }
        let mut within_bytes = 0;
        if self.stream.decoder.coding != Coding::Plain
            && let (Some(first), Some(last)) = (self.stream.mark_at(start), self.stream.mark_at(block_end - 1))
        {
            within_bytes = (start as i64 - first.at) as u64;
            if within_bytes > 0 {
                self.stream.repairs.count(SHARES_MEMBER);
            }
            if first.offset != last.offset {
                self.stream.repairs.count(SPANS_MEMBERS);
            }
        }
        let mut format = self.stream.format.unwrap_or(Format::Warc);
        if let Format::Arc(version) = &mut format
            && self.stream.bytes[start..head.end].starts_with(b"filedesc:")
        {
            *version = arc::Version::of_version_block(&self.stream.bytes[head.end..block_end]);
            self.stream.format = Some(format);
        }
        let (header, block) = (start..head.end, head.end..block_end);
        self.push(offset, length, SlotContent::Record { format, within_bytes, header, block });
        self.stream.kept = block_end;
        self.stream.move_to(next);
    }
}
