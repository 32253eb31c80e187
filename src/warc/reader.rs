//! Reads a file from front to back into batches of records and damage.
//!
//! What a file is, is told by its content and never by its name. How records are cut out of the stream stands in
//! `framing.rs`; how the next one is found after damage, in `resync.rs`.

use std::io::{self, Read};

use super::batch::{Batch, Item, Slot, SlotContent};
use super::damage::{BAD_GZIP, EMPTY_FILE, GARBAGE, Repairs};
use super::error::WarcError;
use super::input::Input;
use super::limits::Limits;
use super::member::{Coding, Decoder};
use super::recognize::{Recognized, describe, dictionary, recognize};
use super::record::RecordType;
use super::resync::Credit;
use super::stream::{Crossed, Grown, Stream};
use crate::document::reason::{Dropped, Reason};

/// How many items are read before a file is believed to be an archive, and no WAT file.
const PRIMED_ITEMS: usize = 3;
/// Most items of a batch: keeps a file of nothing but damage from growing one without end.
const BATCH_ITEMS_MAX: usize = 1 << 16;
/// An arena is used again if it has no more than twice the bytes that are asked for and these.
const ARENA_BYTES_SPARE: usize = 4 << 20;

/// Reads one file.
pub struct Reader {
    name: String,
    pub(super) limits: Limits,
    pub(super) stream: Stream,
    pub(super) credit: Credit,
    slots: Vec<Slot>,
    ordinal: u64,
    /// Whether the first items lie in the reader's own arena, read when the file was opened.
    primed: bool,
    /// Whether anything was seen that begins as a record does.
    pub(super) seen_record: bool,
    /// While the file is being opened: where the search for a first record ends.
    pub(super) search_until: Option<u64>,
}

impl Reader {
    /// Recognizes the file and reads its first records. `name` stands in messages.
    pub fn open(source: Box<dyn Read + Send>, name: &str, limits: Limits) -> Result<Self, WarcError> {
        let mut reader = Self::open_at(source, name, limits, 0)?;
        if reader.holds_wat() {
            let (found, hint) = (
                "a WAT file (metadata that Common Crawl derived from pages)",
                "use the WARC file for pages or the WET file for text",
            );
            return Err(WarcError::Unsupported { name: name.into(), found, hint });
        }
        Ok(reader)
    }

    /// The same for a piece of a file that begins with a record, at this offset of the file: what is read of it has the
    /// offsets of the file, and may be metadata alone. Of a `.warc.zst` with a dictionary the piece has the frame of the
    /// dictionary in front.
    pub fn open_at(source: Box<dyn Read + Send>, name: &str, limits: Limits, base: u64) -> Result<Self, WarcError> {
        let mut input = Input::new_at(source, base);
        let failed =
            |input: &Input, source| WarcError::Read { name: name.into(), offset_bytes: input.offset(), source };
        let head = match input.want(64) {
            Ok(bytes) => bytes.to_vec(),
            Err(error) => return Err(failed(&input, error)),
        };
        let recognized = match recognize(&mut input, &limits) {
            Ok(recognized) => recognized,
            Err(error) => return Err(failed(&input, error)),
        };
        let coding = match recognized {
            Recognized::Archive(coding) => coding,
            Recognized::Empty => return Self::empty(input, name, limits),
            Recognized::Lz4 => {
                let (found, hint) = ("compressed with LZ4", "unpack it with `lz4 -d` first");
                return Err(WarcError::Unsupported { name: name.into(), found, hint });
            }
            Recognized::Unknown => return Err(WarcError::NotAnArchive { name: name.into(), found: describe(&head) }),
        };
        let mut reader = Self::over(input, coding, name, limits)?;
        let begin = reader.stream.input.offset();
        if begin > base {
            reader.push_damage(base, begin - base, GARBAGE);
        }
        reader.prime(&head)?;
        Ok(reader)
    }

    fn over(mut input: Input, coding: Coding, name: &str, limits: Limits) -> Result<Self, WarcError> {
        let offset_bytes = input.offset();
        let unusable = |problem| WarcError::BadDictionary { name: name.into(), offset_bytes, problem };
        let read = |source| WarcError::Read { name: name.into(), offset_bytes, source };
        let known = if coding == Coding::Zstd { dictionary(&mut input, &limits).map_err(read)? } else { None };
        let known = known.transpose().map_err(unusable)?;
        let decoder = Decoder::new(coding, known.as_deref(), &limits).map_err(|error| unusable(error.to_string()))?;
        Ok(Self {
            name: name.to_owned(),
            limits,
            stream: Stream::new(input, decoder),
            credit: Credit::default(),
            slots: Vec::new(),
            ordinal: 0,
            primed: true,
            seen_record: false,
            search_until: None,
        })
    }

    /// A file without a record is one piece of damage, so that a download that failed does not look like a crawl of nothing.
    fn empty(mut input: Input, name: &str, limits: Limits) -> Result<Self, WarcError> {
        let length = input.rest().len();
        input.skip(length);
        let mut reader = Self::over(input, Coding::Plain, name, limits)?;
        reader.push_damage(0, length as u64, EMPTY_FILE);
        Ok(reader)
    }

    fn prime(&mut self, head: &[u8]) -> Result<(), WarcError> {
        self.search_until = Some(self.limits.probe_bytes_max);
        while self.slots.len() < PRIMED_ITEMS || !self.seen_record {
            let goes_on = self.next().map_err(|source| self.failed(source))?;
            let is_far =
                self.stream.input.offset() > self.limits.probe_bytes_max || self.slots.len() >= BATCH_ITEMS_MAX;
            if !goes_on || (is_far && !self.seen_record) {
                break;
            }
        }
        self.search_until = None;
        if !self.seen_record {
            return Err(WarcError::NotAnArchive { name: self.name.clone(), found: describe(head) });
        }
        Ok(())
    }

    /// Whether one of the first records is metadata as Common Crawl's tool `ia-web-commons` writes it for WAT files.
    fn holds_wat(&mut self) -> bool {
        let first = Batch { bytes: std::mem::take(&mut self.stream.bytes), slots: std::mem::take(&mut self.slots) };
        let found = first.iter().any(|item| match item {
            Item::Record(record) => {
                let block = record.block.trim_ascii_start();
                record.record_type() == RecordType::Metadata
                    && record.content_type().is_some_and(|kind| kind.starts_with("application/json"))
                    && (block.starts_with(b"{\"Container\"") || block.starts_with(b"{\"Envelope\""))
            }
            Item::Damage(_) => false,
        });
        (self.stream.bytes, self.slots) = (first.bytes, first.slots);
        found
    }

    /// Fills the batch with whole records until `bytes_target` bytes are used or the file ends.
    ///
    /// False when nothing is left. A target below 1 MiB costs time in files whose members hold many records, because
    /// bytes inflated beyond the last record are copied to the next batch; one far beyond the processor's caches costs
    /// time too. After an error the batch holds what was read before it.
    pub fn fill(&mut self, batch: &mut Batch, bytes_target: usize) -> Result<bool, WarcError> {
        if self.primed {
            self.primed = false;
        } else {
            std::mem::swap(&mut self.slots, &mut batch.slots);
            self.slots.clear();
            if batch.bytes.len() > bytes_target.saturating_mul(2).saturating_add(ARENA_BYTES_SPARE) {
                // It grew for a record of rare size.
                batch.bytes = Vec::new();
            }
            self.stream.take_arena(&mut batch.bytes);
        }
        let mut result = Ok(true);
        while self.slots.is_empty() || (self.stream.cursor < bytes_target && self.slots.len() < BATCH_ITEMS_MAX) {
            match self.next() {
                Ok(true) => {}
                Ok(false) => break,
                Err(source) => {
                    result = Err(self.failed(source));
                    break;
                }
            }
        }
        self.stream.give_arena(&mut batch.bytes);
        std::mem::swap(&mut self.slots, &mut batch.slots);
        result.map(|_| !batch.is_empty())
    }

    /// Oddities met so far that lost nothing.
    pub fn repairs(&self) -> &Repairs {
        &self.stream.repairs
    }

    /// How many bytes of the file have been used, for progress.
    pub fn offset_bytes(&self) -> u64 {
        self.stream.input.offset()
    }

    /// How many bytes were inflated so far, those gone over again included: the work that a file makes.
    pub fn inflated_bytes(&self) -> u64 {
        self.stream.decoder.inflated_total
    }

    fn failed(&self, source: io::Error) -> WarcError {
        WarcError::Read { name: self.name.clone(), offset_bytes: self.stream.input.offset(), source }
    }

    /// Reads one item more, sometimes two. False at the end of the file.
    fn next(&mut self) -> io::Result<bool> {
        loop {
            if self.skip_blanks() {
                self.frame()?;
                return Ok(true);
            }
            match self.stream.grow()? {
                Grown::Bytes | Grown::Barrier(_) => continue,
                Grown::Fault(reason) => {
                    self.lose_member(reason)?;
                    return Ok(true);
                }
                Grown::BadCheck => {
                    self.report_bad_check();
                    return Ok(true);
                }
                Grown::Whole => {}
            }
            match self.stream.cross()? {
                Crossed::EndOfFile => return Ok(false),
                Crossed::Starts(_) | Crossed::Joins => {}
                Crossed::Foreign => {
                    if self.lose_foreign()? {
                        return Ok(true);
                    }
                }
                Crossed::Fault(reason) => {
                    self.lose_member(reason)?;
                    return Ok(true);
                }
            }
        }
    }

    /// Moves to the next byte that is no white space. False if none is here.
    fn skip_blanks(&mut self) -> bool {
        let rest = &self.stream.visible()[self.stream.cursor..];
        let blanks = rest.iter().position(|byte| !is_blank(*byte)).unwrap_or(rest.len());
        let found = blanks < rest.len();
        self.stream.move_to(self.stream.cursor + blanks);
        self.stream.give_up_idle();
        found
    }

    /// The records of the member stand, but its checksum does not agree: something in it is wrong.
    fn report_bad_check(&mut self) {
        let offset = self.stream.last_mark().map_or(0, |mark| mark.offset);
        let length = self.stream.input.offset() - offset;
        self.stream.settle();
        self.push_damage(offset, length, BAD_GZIP);
    }

    pub(super) fn push_damage(&mut self, offset: u64, length: u64, reason: Reason) {
        self.push_dropped(offset, length, Dropped::new(reason));
    }

    pub(super) fn push_dropped(&mut self, offset: u64, length: u64, dropped: Dropped) {
        self.push(offset, length, SlotContent::Damage(dropped));
    }

    pub(super) fn push(&mut self, offset_bytes: u64, length_bytes: u64, content: SlotContent) {
        self.slots.push(Slot { ordinal: self.ordinal, offset_bytes, length_bytes, content });
        self.ordinal += 1;
    }
}

/// White space that may stand between records.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n' | b' ' | b'\t')
}
