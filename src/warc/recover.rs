//! Reports what is lost and moves the reader to the next good record or member.
//!
//! Inside the stream the next line that begins a record is looked for; after a member that cannot be inflated, the next
//! member. Either way one loss is one item, with the range of the file that was skipped.

use std::io;

use super::damage::{GARBAGE, ODD_SEPARATOR, TOO_LARGE};
use super::framing::{Head, Loss, Short};
use super::member::Coding;
use super::reader::{Reader, is_blank};
use super::resync::{Line, find_line, seek_member};
use super::stream::{Crossed, Grown};
use crate::document::reason::Reason;

impl Reader {
    /// Passes over a block that is too large to hold. In a member of its own the stated length is believed; elsewhere
    /// it may be wrong, and the next record is searched for in the block.
    pub(super) fn pass_large_record(&mut self, start: usize, head: &Head) -> io::Result<()> {
        let offset = self.stream.offset_of(start);
        let mut loss = Loss::because(TOO_LARGE, head.length, self.limits.record_bytes_max, head.end);
        if self.stream.decoder.coding != Coding::Plain && self.stream.begins_member(start) {
            self.stream.move_to(head.end);
            let mut left = head.length;
            loop {
                let here = (self.stream.end() - self.stream.cursor).min(usize::try_from(left).unwrap_or(usize::MAX));
                self.stream.move_to(self.stream.cursor + here);
                left -= here as u64;
                self.stream.give_up_idle();
                if left == 0 || self.stream.grow()? != Grown::Bytes {
                    break;
                }
            }
            loss.search_from = self.stream.cursor;
            if left > 0 && self.stream.fault().is_none() && self.begin_member_again(offset)? {
                loss.search_from = self.stream.cursor + (head.end - start);
            }
        }
        self.lose_from(offset, loss)
    }

    /// Goes back to a member that ended before the length that its first record states, so that the records in it can be
    /// searched for. False if it lies too far back.
    fn begin_member_again(&mut self, member: u64) -> io::Result<bool> {
        let here = self.stream.input.offset();
        if self.stream.last_mark().is_none_or(|mark| mark.offset != member)
            || self.credit.back_to(member, here) != member
        {
            return Ok(false);
        }
        self.stream.abandon();
        self.stream.input.rewind(member);
        if self.stream.input.offset() != member {
            return Ok(false);
        }
        Ok(matches!(self.stream.cross()?, Crossed::Starts(_) | Crossed::Joins))
    }

    pub(super) fn lose(&mut self, loss: Loss) -> io::Result<()> {
        self.lose_from(self.stream.offset_of(self.stream.cursor), loss)
    }

    /// Reports a lost record that began at a place of the file, and moves to the next one.
    fn lose_from(&mut self, offset: u64, loss: Loss) -> io::Result<()> {
        if let Some(reason) = loss.fault {
            return self.lose_member_from(offset, reason);
        }
        let mut from = loss.search_from;
        let end = loop {
            let (place, undecided) = match find_line(self.stream.format, self.stream.visible(), from) {
                Line::Found(at) => {
                    self.stream.move_to(at);
                    break self.damage_end();
                }
                Line::Perhaps(at) => (at, true),
                Line::NoneBefore(at) => (at, false),
            };
            // The byte before is kept: it tells whether a line begins.
            self.stream.move_to(place.saturating_sub(1).max(self.stream.cursor));
            let ahead = place - self.stream.cursor;
            self.stream.give_up_idle();
            from = self.stream.cursor + ahead;
            let short = if self.search_is_over() { Some(Short::EndOfFile) } else { self.more()? };
            match short {
                None => {}
                Some(_) if undecided => from += 1,
                Some(Short::Barrier(at)) => {
                    self.stream.move_to(at);
                    break self.damage_end();
                }
                Some(Short::EndOfFile | Short::Foreign) => {
                    self.stream.move_to(self.stream.end());
                    break self.stream.input.offset();
                }
                Some(Short::Fault(reason)) => {
                    self.stream.move_to(self.stream.end());
                    let member = self.stream.last_mark().map_or(offset, |mark| mark.offset);
                    if member <= offset {
                        return self.lose_member_from(offset, reason);
                    }
                    break member;
                }
            }
        };
        self.push_dropped(offset, end.saturating_sub(offset), loss.dropped);
        Ok(())
    }

    /// Where damage ends in the file that reaches to the cursor.
    fn damage_end(&self) -> u64 {
        let cursor = self.stream.cursor;
        if self.stream.begins_member(cursor) {
            self.stream.offset_of(cursor)
        } else {
            self.stream.end_offset_of(cursor)
        }
    }

    fn search_is_over(&self) -> bool {
        !self.seen_record && self.search_until.is_some_and(|until| self.stream.input.offset() > until)
    }

    /// Reports the member opened last, which cannot be inflated, and finds the next one.
    pub(super) fn lose_member(&mut self, reason: Reason) -> io::Result<()> {
        let offset = self.stream.last_mark().map_or(self.stream.input.offset(), |mark| mark.offset);
        self.lose_member_from(offset, reason)
    }

    fn lose_member_from(&mut self, offset: u64, reason: Reason) -> io::Result<()> {
        let stream = &mut self.stream;
        let member = stream.last_mark().map_or(offset, |mark| mark.offset);
        stream.abandon();
        if stream.input.offset() <= member {
            // Nothing of it was taken in: without a step forward the search would find the same member for ever.
            let step = stream.input.want(1)?.len().min(1);
            stream.input.skip(step);
        }
        let begin = self.credit.begin(member, stream.input.offset());
        stream.input.rewind(begin);
        seek_member(&mut stream.decoder, &mut stream.input)?;
        let length = stream.input.offset().saturating_sub(offset);
        self.push_damage(offset, length, reason);
        Ok(())
    }

    /// Passes over bytes between members that are none. True if they were worth reporting.
    pub(super) fn lose_foreign(&mut self) -> io::Result<bool> {
        let stream = &mut self.stream;
        stream.abandon();
        let offset = stream.input.offset();
        loop {
            let bytes = stream.input.want(1)?;
            let blanks = bytes.iter().position(|byte| !is_blank(*byte));
            let count = blanks.unwrap_or(bytes.len());
            stream.input.skip(count);
            if blanks.is_some() || count == 0 {
                break;
            }
        }
        let bytes = stream.input.want(4)?;
        if bytes.is_empty() || stream.decoder.is_member(bytes) {
            stream.repairs.count(ODD_SEPARATOR);
            return Ok(false);
        }
        seek_member(&mut stream.decoder, &mut stream.input)?;
        let length = stream.input.offset() - offset;
        self.push_damage(offset, length, GARBAGE);
        Ok(true)
    }
}
