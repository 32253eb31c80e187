//! Damaged files, and what must hold of every one of them.
//!
//! A sound file is damaged in a way that a seed decides ([`edits`]). What is left of it is known: the records whose bytes
//! are all still there, one behind the other ([`units`], a second reader that shares nothing with the first). The file
//! is read, and every record that is not as it was is carried through all stages of a plan. Then:
//!
//! 1. Nothing panics, in the reader or in a stage.
//! 2. The work is bounded: no more items than bytes, and no more bytes inflated than a multiple of those read.
//! 3. Every record that is still whole is found with the same id and the same block.
//! 4. Every byte belongs to a record or to damage, or is white space between records or a member that holds nothing.
//! 5. A compressed record that was changed is damage, or comes with damage: its checksum tells. Where its length alone was
//!    changed and packed with a good checksum, and is believed, an oddity is counted.
//!
//! Where 3 fails for a cause that no reader can help, the cause is checked and counted: [`Verdict::lost`].

#![allow(dead_code, reason = "the example and the tests each use a part of this")]

pub mod draw;
pub mod edits;
pub mod units;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use gristmill::engine::carry::{Carrier, Outcome, PANIC};
use gristmill::ledger::tally::Tally;
use gristmill::plan::compile::Plan;
use gristmill::warc::batch::{Batch, Item};
use gristmill::warc::content::SourceFile;
use gristmill::warc::limits::Limits;
use gristmill::warc::reader::Reader;

use draw::Draw;
use edits::{KINDS, LIES, Mutated, mutate};
use units::{Base, Known, known};

/// Deflate inflates by 1,032 at most; bytes gone over again are paid from a credit of two for each byte read, and what is
/// looked at of a candidate is bounded.
const INFLATED_PER_BYTE_MAX: u64 = 1_032 * 4;
const INFLATED_MAX: u64 = 1 << 20;

/// In which form a file is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// As it lies on disk.
    AsItIs,
    /// One gzip member a record.
    Members,
    /// Without compression.
    Plain,
    /// Without compression when it is damaged, then one gzip member.
    OneMember,
    /// One Zstandard frame a record, with checksum.
    Frames,
}

/// All forms, and what to call them.
pub const FORMS: [(Form, &str); 5] = [
    (Form::AsItIs, "as it is"),
    (Form::Members, "gzip members"),
    (Form::Plain, "plain"),
    (Form::OneMember, "one gzip member"),
    (Form::Frames, "zstd frames"),
];

/// What became of one damaged file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Records that are still whole, by the second reader's count.
    pub whole: u64,
    /// Those of them that were found.
    pub found: u64,
    /// Those that were not, by the cause.
    pub lost: BTreeMap<&'static str, u64>,
    /// Records that are not as they were.
    pub changed: u64,
    /// Stretches of damage.
    pub damaged: u64,
    /// Whether the file was refused with a message.
    pub refused: bool,
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes inflated.
    pub inflated: u64,
}

impl Verdict {
    /// Adds another.
    pub fn add(&mut self, other: &Self) {
        self.whole += other.whole;
        self.found += other.found;
        self.changed += other.changed;
        self.damaged += other.damaged;
        self.bytes += other.bytes;
        self.inflated += other.inflated;
        for (cause, count) in &other.lost {
            *self.lost.entry(cause).or_default() += count;
        }
    }
}

/// A sound file in all forms.
pub struct Subject {
    bases: Vec<(Form, Base)>,
}

impl Subject {
    /// All forms of a file; those that need its records only if the second reader knows them.
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        let base = Base::new(name, bytes);
        let mut bases = Vec::new();
        if !base.units.is_empty() {
            bases.push((Form::Members, base.packed("gzip members", gzip)));
            bases.push((Form::Plain, base.packed("plain", <[u8]>::to_vec)));
            bases.push((Form::OneMember, base.packed("one gzip member", <[u8]>::to_vec)));
            bases.push((Form::Frames, base.packed("zstd frames", zstd)));
        }
        bases.push((Form::AsItIs, base));
        Self { bases }
    }

    /// The file as it is.
    pub fn bytes(&self) -> &[u8] {
        &self.bases.last().expect("there is one form at least").1.bytes
    }
}

/// One damaged file of many: which way it was damaged, in which form, and what became of it.
pub struct Judged {
    /// Number in [`KINDS`].
    pub kind: usize,
    /// In which form.
    pub form: Form,
    /// Its bytes, if a law was broken.
    pub file: Vec<u8>,
    /// What became of it, or which law was broken.
    pub verdict: Result<Verdict, String>,
}

/// Makes damaged file number `number` and holds it to the laws.
pub fn judge(subjects: &[Subject], plan: &Plan, seed: u64, number: u64) -> Judged {
    let mut draw = Draw::new(seed, number);
    let subject = &subjects[draw.below(subjects.len())];
    let (form, base) = &subject.bases[draw.below(subject.bases.len())];
    let other = subjects[draw.below(subjects.len())].bytes();
    let kind = draw.below(KINDS.len());
    let mut file = Vec::new();
    let verdict = catch_unwind(AssertUnwindSafe(|| {
        let pack: edits::Pack<'_> = match form {
            Form::Plain | Form::OneMember => &|plain: &[u8]| plain.to_vec(),
            Form::Frames => &|plain: &[u8]| zstd(plain),
            Form::AsItIs if !base.bytes.starts_with(&[0x1f, 0x8b]) => &|plain: &[u8]| plain.to_vec(),
            Form::AsItIs | Form::Members => &|plain: &[u8]| gzip(plain),
        };
        let mutated = mutate(base, other, kind, pack, &mut draw);
        file = if *form == Form::OneMember { gzip(&mutated.bytes) } else { mutated.bytes.clone() };
        hold_to_laws((*form, kind), base, &mutated, &file, plan)
    }));
    let verdict = verdict.unwrap_or_else(|_| Err(String::from("a panic")));
    let verdict = verdict.map_err(|problem| format!("number {number}, {}, {}: {problem}", base.name, KINDS[kind]));
    if verdict.is_ok() {
        file.clear();
    }
    Judged { kind, form: *form, file, verdict }
}

/// What was read of a damaged file.
#[derive(Default)]
struct Heard {
    records: Vec<(Range<usize>, Known, Vec<u8>)>,
    damage: Vec<(Range<usize>, &'static str)>,
    repairs: u64,
}

fn hold_to_laws(
    (form, kind): (Form, usize),
    base: &Base,
    mutated: &Mutated,
    file: &[u8],
    plan: &Plan,
) -> Result<Verdict, String> {
    let mut verdict = Verdict { bytes: file.len() as u64, ..Verdict::default() };
    let whole: Vec<(Known, usize)> = still_whole(base, mutated).collect();
    verdict.whole = whole.len() as u64;
    let mut heard = Heard::default();
    match read(file, base, plan, &mut heard) {
        // The form is read before any record is: a file of metadata alone, a dictionary without which nothing can be read.
        Err(refusal) if whole.is_empty() || ["WAT", "dictionary"].iter().any(|word| refusal.contains(word)) => {
            (verdict.refused, verdict.whole) = (true, 0);
            return Ok(verdict);
        }
        Err(refusal) => return Err(format!("{} records are whole, and it was refused: {refusal}", whole.len())),
        Ok(inflated) => verdict.inflated = inflated,
    }
    let is_base = base.known();
    verdict.changed = heard.records.iter().filter(|(_, known, _)| !is_base.contains(known)).count() as u64;
    verdict.damaged = heard.damage.len() as u64;
    check_work(&verdict, &heard)?;
    let mut counts: BTreeMap<Known, usize> = BTreeMap::new();
    heard.records.iter().for_each(|(_, known, _)| *counts.entry(*known).or_default() += 1);
    for (known, at) in whole {
        match counts.get_mut(&known) {
            Some(left @ 1..) => (*left, verdict.found) = (*left - 1, verdict.found + 1),
            _ => *verdict.lost.entry(cause(form, mutated, &heard, at)?).or_default() += 1,
        }
    }
    if form != Form::OneMember {
        check_every_byte(file, &heard)?;
    }
    let has_checksums = matches!(form, Form::Members | Form::Frames) || file.starts_with(&[0x1f, 0x8b]);
    if has_checksums && form != Form::OneMember && !base.units.is_empty() {
        check_changes_are_told(kind, &heard, &is_base)?;
    }
    Ok(verdict)
}

/// The records all of whose bytes are still there, with their place in the damaged file.
fn still_whole<'m>(base: &'m Base, mutated: &'m Mutated) -> impl Iterator<Item = (Known, usize)> + 'm {
    mutated.kept.iter().flat_map(move |(kept, at)| {
        let inside = move |unit: &&units::Unit| kept.start <= unit.range.start && unit.range.end <= kept.end;
        base.units.iter().filter(inside).map(move |unit| (unit.known, at + unit.range.start - kept.start))
    })
}

/// Reads the file to its end and carries what is not of the sound one. Bytes inflated, or the refusal.
fn read(file: &[u8], base: &Base, plan: &Plan, heard: &mut Heard) -> Result<u64, String> {
    let limits = Limits::default();
    let opened = Reader::open(Box::new(Cursor::new(file.to_vec())), "damaged.warc", limits.clone());
    let mut reader = opened.map_err(|error| error.to_string())?;
    let source = SourceFile::new("damaged.warc");
    let carrier = Carrier { plan, file: &source, limits: &limits };
    let mut tally = Tally::new(plan.resolved().iter().map(|stage| stage.name.clone()));
    let mut batch = Batch::new();
    let sound = base.known();
    let mut carried = 0;
    while reader.fill(&mut batch, 1 << 20).map_err(|error| error.to_string())? {
        for item in batch.iter() {
            let mut is_sound = false;
            match &item {
                Item::Damage(damage) => heard.damage.push((
                    damage.offset_bytes as usize..(damage.offset_bytes + damage.length_bytes) as usize,
                    damage.reason().as_str(),
                )),
                Item::Record(record) => {
                    let id = record.field("WARC-Record-ID").unwrap_or_default();
                    let known = known(&id, record.block);
                    is_sound = sound.contains(&known);
                    let range = record.offset_bytes as usize..(record.offset_bytes + record.length_bytes) as usize;
                    let block = if is_sound { Vec::new() } else { record.block.to_vec() };
                    heard.records.push((range, known, block));
                }
            }
            if !is_sound {
                let outcome = carrier.carry(&item);
                carried += 1;
                outcome.count(plan, &mut tally);
                if matches!(&outcome, Outcome::Dropped(not_kept) if not_kept.dropped.reason == PANIC) {
                    return Err(format!("a stage panics at offset {}", reader.offset_bytes()));
                }
            }
        }
    }
    if tally.seen() != carried {
        return Err(format!("{carried} carried, {} counted", tally.seen()));
    }
    heard.repairs = reader.repairs().counts().values().sum();
    Ok(reader.inflated_bytes())
}

fn check_work(verdict: &Verdict, heard: &Heard) -> Result<(), String> {
    let items = (heard.records.len() + heard.damage.len()) as u64;
    if items > verdict.bytes + 1 && verdict.inflated == 0 {
        return Err(format!("{items} items of {} bytes", verdict.bytes));
    }
    let most = INFLATED_MAX + INFLATED_PER_BYTE_MAX * verdict.bytes;
    match verdict.inflated {
        inflated if inflated > most => Err(format!("{inflated} bytes inflated of {}", verdict.bytes)),
        _ => Ok(()),
    }
}

/// Why a record that is whole was not found, if no reader could have found it. Something has to be said of it.
fn cause(form: Form, mutated: &Mutated, heard: &Heard, at: usize) -> Result<&'static str, String> {
    let is_plain = matches!(form, Form::Plain | Form::OneMember) || mutated.bytes[at..].starts_with(b"WARC/");
    let lies_in = |range: &Range<usize>| form == Form::OneMember || range.contains(&at);
    let head = &mutated.bytes[at..(at + 400).min(mutated.bytes.len())];
    let swallowed = heard.records.iter().any(|(_, _, block)| memchr::memmem::find(block, head).is_some());
    let told = heard.damage.iter().any(|(range, _)| lies_in(range));
    if is_plain && swallowed {
        return Ok("inside of a record whose length fits");
    }
    if is_plain && told && at > 0 && mutated.bytes[at - 1] != b'\n' {
        return Ok("not at the beginning of a line");
    }
    Err(format!("the record at {at} is whole and was not found; damage {:?}", heard.damage))
}

/// Every byte belongs to an item, or is of those that hold nothing.
fn check_every_byte(file: &[u8], heard: &Heard) -> Result<(), String> {
    let records = heard.records.iter().map(|(range, ..)| range.clone());
    let mut ranges: Vec<Range<usize>> = records.chain(heard.damage.iter().map(|(range, _)| range.clone())).collect();
    ranges.sort_by_key(|range| range.start);
    ranges.push(file.len()..file.len());
    let mut at = 0;
    for range in ranges {
        if range.end > file.len() {
            return Err(format!("an item ends at {}, the file at {}", range.end, file.len()));
        }
        if range.start > at && !holds_nothing(&file[at..range.start]) {
            let gap = &file[at..range.start.min(at + 60)];
            return Err(format!("bytes {at}..{} belong to no item: {}", range.start, gap.escape_ascii()));
        }
        at = at.max(range.end);
    }
    Ok(())
}

fn holds_nothing(bytes: &[u8]) -> bool {
    let mut inflated = Vec::new();
    let blank = |bytes: &[u8]| bytes.iter().all(|byte| matches!(byte, b'\r' | b'\n' | b' ' | b'\t'));
    blank(bytes) || (flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut inflated).is_ok() && blank(&inflated))
}

/// A record that is not of the sound file, in a form with checksums, comes with damage.
fn check_changes_are_told(kind: usize, heard: &Heard, sound: &BTreeSet<Known>) -> Result<(), String> {
    // The checksum of a record that lies agrees. A length that reaches into the line breaks behind the block is believed.
    if kind >= LIES && heard.repairs > 0 {
        return Ok(());
    }
    let changed = heard.records.iter().find(|(_, known, _)| !sound.contains(known));
    match changed {
        Some((range, _, block)) if heard.damage.is_empty() => {
            let block = &block[..block.len().min(60)];
            Err(format!("a changed record at {range:?} and no damage: {}", block.escape_ascii()))
        }
        _ => Ok(()),
    }
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(plain).expect("memory takes all that is written");
    encoder.finish().expect("memory takes all that is written")
}

fn zstd(plain: &[u8]) -> Vec<u8> {
    let mut compressor = ::zstd::bulk::Compressor::new(3).expect("a level that there is");
    compressor.include_checksum(true).expect("a setting that there is");
    compressor.compress(plain).expect("memory takes all that is written")
}
