//! Damages a file in one of several ways, and knows which of its bytes are still there and where.

use std::ops::Range;

use super::draw::Draw;
use super::units::Base;

/// Ways to damage a file.
pub const KINDS: [&str; 10] = [
    "bits flipped",
    "range overwritten",
    "end cut off",
    "beginning cut off",
    "range removed",
    "range duplicated",
    "other file spliced in",
    "record duplicated",
    "length lies",
    "several of these",
];

/// The first of the ways that state another length than a record has.
pub const LIES: usize = 8;

/// A damaged file.
#[derive(Clone, Debug)]
pub struct Mutated {
    /// All bytes.
    pub bytes: Vec<u8>,
    /// Stretches of the sound file, and where each begins in this one.
    pub kept: Vec<(Range<usize>, usize)>,
}

/// A piece of a damaged file.
enum Piece {
    Kept(Range<usize>),
    Put(Vec<u8>),
}

/// Writes a record whose stated length was changed in the form that the file has.
pub type Pack<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

/// Damages `base` in the way number `kind`; `other` is what pieces are taken from.
pub fn mutate(base: &Base, other: &[u8], kind: usize, pack: Pack<'_>, draw: &mut Draw) -> Mutated {
    let mut pieces = vec![Piece::Kept(0..base.bytes.len())];
    let times = if kind == KINDS.len() - 1 { 2 + draw.below(4) } else { 1 };
    for _ in 0..times {
        let kind = if times > 1 { draw.below(KINDS.len() - 1) } else { kind };
        edit(&mut pieces, base, other, kind, pack, draw);
    }
    let (mut bytes, mut kept) = (Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Put(put) => bytes.extend(put),
            Piece::Kept(range) => {
                kept.push((range.clone(), bytes.len()));
                bytes.extend_from_slice(&base.bytes[range]);
            }
        }
    }
    Mutated { bytes, kept }
}

fn edit(pieces: &mut Vec<Piece>, base: &Base, other: &[u8], kind: usize, pack: Pack<'_>, draw: &mut Draw) {
    let length = pieces.iter().map(Piece::len).sum::<usize>();
    let place = draw.below(length);
    match kind {
        0 => {
            for _ in 0..=draw.below(8) {
                let (at, bit) = (draw.below(length), 1 << draw.below(8));
                let flipped: Vec<u8> = take(pieces, base, at..at + 1).iter().map(|byte| byte ^ bit).collect();
                put(pieces, at, flipped);
            }
        }
        1 => {
            let end = (place + 1 + draw.below(64)).min(length);
            take(pieces, base, place..end);
            put(pieces, place, vec![[0, 0xff, b'\n', b' '][draw.below(4)]; end - place]);
        }
        2 => drop(take(pieces, base, place..length)),
        3 => drop(take(pieces, base, 0..place)),
        4 => drop(take(pieces, base, draw.range(length))),
        5 => {
            let copied = slice(pieces, base, draw.range(length));
            put(pieces, place, copied);
        }
        6 => {
            let range = draw.range(other.len());
            put(pieces, place, other[range].to_vec());
        }
        7 if !base.units.is_empty() => {
            let unit = &base.units[draw.below(base.units.len())];
            put(pieces, place, base.bytes[unit.range.clone()].to_vec());
        }
        8 if !base.units.is_empty() => lie(pieces, base, pack, draw),
        _ => {}
    }
}

/// States another length in a record that is still whole.
fn lie(pieces: &mut Vec<Piece>, base: &Base, pack: Pack<'_>, draw: &mut Draw) {
    let number = draw.below(base.units.len());
    let range = &base.units[number].range;
    let mut at = 0;
    for piece in pieces.iter() {
        match piece {
            Piece::Kept(kept) if kept.start <= range.start && range.end <= kept.end => {
                let start = at + range.start - kept.start;
                take(pieces, base, start..start + range.len());
                put(pieces, start, pack(&with_other_length(&base.plain[number], draw)));
                return;
            }
            piece => at += piece.len(),
        }
    }
}

fn with_other_length(record: &[u8], draw: &mut Draw) -> Vec<u8> {
    const FIELD: &[u8] = b"\r\ncontent-length:";
    let lower = record.to_ascii_lowercase();
    let Some(start) = memchr::memmem::find(&lower, FIELD).map(|at| at + FIELD.len()) else { return record.to_vec() };
    let end = start + record[start..].iter().position(|byte| *byte == b'\r').unwrap_or(0);
    let stated: u64 = String::from_utf8_lossy(&record[start..end]).trim().parse().unwrap_or(0);
    let lies = [
        String::from("0"),
        stated.saturating_sub(1).to_string(),
        (stated + 1).to_string(),
        (stated + 2 + draw.below(4000) as u64).to_string(),
        (stated * 10).to_string(),
        (1_u64 << 32).to_string(),
        u64::MAX.to_string(),
        String::from("18446744073709551616"),
        String::from("-1"),
        String::from("many"),
        String::new(),
    ];
    [&record[..start], b" ", lies[draw.below(lies.len())].as_bytes(), &record[end..]].concat()
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::Put(bytes) => bytes.len(),
        }
    }
}

/// The bytes of a range, which stay where they are.
fn slice(pieces: &[Piece], base: &Base, range: Range<usize>) -> Vec<u8> {
    let all = pieces.iter().flat_map(|piece| match piece {
        Piece::Kept(range) => &base.bytes[range.clone()],
        Piece::Put(bytes) => &bytes[..],
    });
    all.skip(range.start).take(range.len()).copied().collect()
}

/// Removes a range and gives its bytes.
fn take(pieces: &mut Vec<Piece>, base: &Base, range: Range<usize>) -> Vec<u8> {
    let taken = slice(pieces, base, range.clone());
    let first = split(pieces, range.start);
    let behind = split(pieces, range.end);
    pieces.drain(first..behind);
    taken
}

fn put(pieces: &mut Vec<Piece>, at: usize, bytes: Vec<u8>) {
    let place = split(pieces, at);
    pieces.insert(place, Piece::Put(bytes));
}

/// Makes a piece begin at this place; gives its number.
fn split(pieces: &mut Vec<Piece>, at: usize) -> usize {
    let mut start = 0;
    for number in 0..pieces.len() {
        let length = pieces[number].len();
        if at <= start {
            return number;
        }
        if at < start + length {
            let within = at - start;
            let behind = match &mut pieces[number] {
                Piece::Kept(range) => {
                    let behind = Piece::Kept(range.start + within..range.end);
                    range.end = range.start + within;
                    behind
                }
                Piece::Put(bytes) => Piece::Put(bytes.split_off(within)),
            };
            pieces.insert(number + 1, behind);
            return number + 1;
        }
        start += length;
    }
    pieces.len()
}
