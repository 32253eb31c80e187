//! The inflated bytes of a file as one stream in the batch's arena, with a note of which member each byte came from.
//!
//! Members are inflated in steps of a fixed size, so that what is known at any record depends on the file alone and not
//! on the sizes of batches. A member that begins with a record is a barrier: no record reaches over it.

use std::collections::VecDeque;
use std::io;

use super::arc;
use super::batch::Format;
use super::damage::{BAD_GZIP, EMPTY_MEMBER, Repairs};
use super::header;
use super::input::Input;
use super::member::{Begin, Coding, Decoder, State};
use crate::document::reason::Reason;

/// How many bytes a member is inflated by at once.
pub(super) const STEP_BYTES: usize = 256 << 10;
/// Bytes that no record needs are given up once there are so many.
const IDLE_BYTES_MAX: usize = 1 << 20;

/// Most members that one record is followed through; of more, the inner ones are forgotten.
const MARKS_MAX: usize = 1 << 12;

/// A member with bytes in the arena.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Place in the arena of its first byte; negative once that has been given up.
    pub(super) at: i64,
    /// Where it begins in the file.
    pub(super) offset: u64,
    /// Where it ends in the file, once that is known.
    end: Option<u64>,
}

/// What came of asking for more bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grown {
    /// More bytes are here.
    Bytes,
    /// The member ended well, and the next has not been opened.
    Whole,
    /// The member ended, and its checksum or length does not agree.
    BadCheck,
    /// The member cannot be inflated any further.
    Fault(Reason),
    /// The next member begins with a record, at this place in the arena.
    Barrier(usize),
}

/// What came of opening the next member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Crossed {
    /// It begins with a record, at this place in the arena.
    Starts(usize),
    /// It does not begin with a record.
    Joins,
    EndOfFile,
    /// The bytes there are no member.
    Foreign,
    /// It has no bytes, because.
    Fault(Reason),
}

/// The stream and the part of it that lies in the arena.
pub(super) struct Stream {
    pub(super) input: Input,
    pub(super) decoder: Decoder,
    pub(super) repairs: Repairs,
    /// The arena; all of it initialized.
    pub(super) bytes: Vec<u8>,
    /// First byte that is in no item yet.
    pub(super) cursor: usize,
    /// End of the bytes that items of this batch point to.
    pub(super) kept: usize,
    /// End of the bytes that mean something.
    filled: usize,
    barrier: Option<usize>,
    marks: VecDeque<Mark>,
    state: State,
    pub(super) format: Option<Format>,
    /// What did not fit into the batch before.
    carry: Vec<u8>,
}

impl Stream {
    pub(super) fn new(input: Input, decoder: Decoder) -> Self {
        Self {
            input,
            decoder,
            repairs: Repairs::default(),
            bytes: Vec::new(),
            cursor: 0,
            kept: 0,
            filled: 0,
            barrier: None,
            marks: VecDeque::new(),
            state: State::Whole,
            format: None,
            carry: Vec::new(),
        }
    }

    /// Takes the arena of a batch, with what the batch before had no room for.
    pub(super) fn take_arena(&mut self, bytes: &mut Vec<u8>) {
        self.bytes = std::mem::take(bytes);
        self.filled = 0;
        self.reserve(self.carry.len());
        self.bytes[..self.carry.len()].copy_from_slice(&self.carry);
        self.filled = self.carry.len();
        self.carry.clear();
    }

    /// Gives the arena back and keeps what is in no item yet.
    pub(super) fn give_arena(&mut self, bytes: &mut Vec<u8>) {
        self.carry.extend_from_slice(&self.bytes[self.cursor..self.filled]);
        self.shift(self.cursor);
        self.kept = 0;
        *bytes = std::mem::take(&mut self.bytes);
    }

    /// The bytes up to the barrier, or as far as they are inflated.
    pub(super) fn visible(&self) -> &[u8] {
        &self.bytes[..self.end()]
    }

    /// End of [`Self::visible`].
    pub(super) fn end(&self) -> usize {
        self.barrier.unwrap_or(self.filled)
    }

    /// Moves on; what lies before belongs to items, or to nobody.
    pub(super) fn move_to(&mut self, place: usize) {
        self.cursor = place;
        if self.barrier.is_some_and(|barrier| barrier <= place) {
            self.barrier = None;
        }
        while self.marks.get(1).is_some_and(|next| next.at <= place as i64) {
            self.marks.pop_front();
        }
    }

    /// Gives up bytes before the cursor that no item points to. Places in the arena change: read the cursor anew.
    pub(super) fn give_up_idle(&mut self) {
        let idle = self.cursor - self.kept;
        if idle >= IDLE_BYTES_MAX {
            self.bytes.copy_within(self.cursor..self.filled, self.kept);
            self.shift(idle);
        }
    }

    fn shift(&mut self, by: usize) {
        self.cursor -= by;
        self.filled -= by;
        self.barrier = self.barrier.map(|barrier| barrier - by);
        for mark in &mut self.marks {
            mark.at -= by as i64;
        }
    }

    /// Inflates one step more of the open member.
    pub(super) fn grow(&mut self) -> io::Result<Grown> {
        if let Some(barrier) = self.barrier {
            return Ok(Grown::Barrier(barrier));
        }
        if self.state == State::Open {
            self.reserve(STEP_BYTES);
            let out = &mut self.bytes[self.filled..self.filled + STEP_BYTES];
            let (count, state) = self.decoder.step(&mut self.input, out)?;
            self.filled += count;
            self.state = state;
            if state != State::Open
                && let Some(mark) = self.marks.back_mut()
            {
                mark.end = Some(self.input.offset());
            }
            if count > 0 {
                return Ok(Grown::Bytes);
            }
        }
        Ok(match self.state {
            State::Open => Grown::Bytes,
            State::Whole => Grown::Whole,
            State::BadCheck => Grown::BadCheck,
            State::Fault(reason) => Grown::Fault(reason),
        })
    }

    /// What is wrong with the member inflated last, as far as is known.
    pub(super) fn fault(&self) -> Option<Reason> {
        match self.state {
            State::Open | State::Whole => None,
            State::BadCheck => Some(BAD_GZIP),
            State::Fault(reason) => Some(reason),
        }
    }

    /// Takes a checksum that does not agree for reported.
    pub(super) fn settle(&mut self) {
        self.state = State::Whole;
    }

    /// Opens the next member. The last one has to have ended.
    pub(super) fn cross(&mut self) -> io::Result<Crossed> {
        loop {
            let offset = self.input.offset();
            match self.decoder.begin(&mut self.input)? {
                Begin::EndOfFile => return Ok(Crossed::EndOfFile),
                Begin::Foreign => return Ok(Crossed::Foreign),
                Begin::Fault(reason) => {
                    self.open(offset);
                    self.state = State::Fault(reason);
                    return Ok(Crossed::Fault(reason));
                }
                Begin::Opened => {}
            }
            let at = self.filled;
            self.open(self.decoder.start());
            match self.grow()? {
                Grown::Bytes => return Ok(self.judge_beginning(at)),
                Grown::Fault(reason) => return Ok(Crossed::Fault(reason)),
                Grown::BadCheck => {
                    self.state = State::Fault(BAD_GZIP);
                    return Ok(Crossed::Fault(BAD_GZIP));
                }
                Grown::Whole | Grown::Barrier(_) => {
                    self.repairs.count(EMPTY_MEMBER);
                    self.marks.pop_back();
                }
            }
        }
    }

    fn open(&mut self, offset: u64) {
        self.input.hold(offset);
        self.state = State::Open;
        self.marks.push_back(Mark { at: self.filled as i64, offset, end: None });
        if self.marks.len() > MARKS_MAX {
            // The first is where the record at the cursor began, so the next to it is given up.
            self.marks.remove(1);
        }
    }

    fn judge_beginning(&mut self, at: usize) -> Crossed {
        let bytes = &self.bytes[at..self.filled];
        let starts = match self.format {
            Some(Format::Arc(_)) => arc::is_record_start(bytes) == Some(true),
            _ => header::has_magic(bytes),
        };
        if !starts {
            return Crossed::Joins;
        }
        if at > self.cursor {
            self.barrier = Some(at);
        }
        Crossed::Starts(at)
    }

    /// The member that holds the byte at a place of the arena.
    pub(super) fn mark_at(&self, place: usize) -> Option<Mark> {
        self.marks.iter().rev().find(|mark| mark.at <= place as i64).copied()
    }

    /// The member opened last.
    pub(super) fn last_mark(&self) -> Option<Mark> {
        self.marks.back().copied()
    }

    /// The place in the file of a place in the arena: the byte itself in a plain file, else its member.
    pub(super) fn offset_of(&self, place: usize) -> u64 {
        match self.mark_at(place) {
            Some(mark) if self.decoder.coding == Coding::Plain => mark.offset + (place as i64 - mark.at) as u64,
            Some(mark) => mark.offset,
            None => self.input.offset(),
        }
    }

    /// Where the bytes before a place of the arena end in the file: the byte itself in a plain file, else its member.
    pub(super) fn end_offset_of(&self, place: usize) -> u64 {
        if self.decoder.coding == Coding::Plain {
            return self.offset_of(place);
        }
        let last = place.saturating_sub(1);
        self.mark_at(last).and_then(|mark| mark.end).unwrap_or_else(|| self.input.offset())
    }

    /// Whether a member begins at this place.
    pub(super) fn begins_member(&self, place: usize) -> bool {
        self.mark_at(place).is_some_and(|mark| mark.at == place as i64)
    }

    /// Leaves everything inflated so far behind; the next member is looked for where the input stands.
    pub(super) fn abandon(&mut self) {
        self.state = State::Whole;
        self.barrier = None;
        self.move_to(self.filled);
        self.marks.clear();
    }

    fn reserve(&mut self, more: usize) {
        let wanted = self.filled + more;
        if self.bytes.len() < wanted {
            let grown = wanted.max(self.bytes.len() + self.bytes.len() / 2);
            self.bytes.resize(grown, 0);
        }
    }
}
