//! Keys of documents that have no text, with planted near-duplicates, to try deduplication at any size.
//!
//! Of every 20 documents 4 are near-duplicates: one original with three, one with one. Members of a group agree on all
//! but one of their bands and on nearly all rows; they are spread over all of the input, and any of them may be the
//! preferred one. One document in 20 shares a band with a group and is not like it, and one document in 1,000 shares a
//! band with all others of its kind, as boilerplate does. Everything is a function of the document's number.

use std::io::Write;
use std::path::Path;

use gristmill::dedup::keep::RANK_BYTES;
use gristmill::engine::folder::Folder;
use gristmill::engine::part::{TIERS_NAME, keys_name};

/// Bands and rows a band of the signatures.
pub const BANDS: u64 = 14;
const ROWS: u64 = 112;
/// Documents that are planted together.
const BLOCK: u64 = 20;
/// Places in a block: an original with three near-duplicates, one with one, and what shares a band with the first.
const GROUPS: [(u64, u64); 2] = [(0, 4), (4, 6)];
const FALSE_CANDIDATE: u64 = 6;
const BOILERPLATE_EVERY: u64 = 1000;

/// Planted documents.
#[derive(Clone, Copy, Debug)]
pub struct Planted {
    documents: u64,
    /// Coprime to `documents`: spreads the members of a group over the input.
    step: u64,
}

impl Planted {
    /// So many documents, a multiple of 20.
    pub fn new(documents: u64) -> Self {
        assert!(documents.is_multiple_of(BLOCK) && documents > 0, "a multiple of {BLOCK}");
        let is_coprime = |step: &u64| gcd(*step, documents) == 1;
        let step = (documents / 3 * 2 + 1..).find(is_coprime).unwrap_or(1);
        Self { documents, step }
    }

    /// Where the n-th planted document stands in the input.
    fn number_of(self, planted: u64) -> u64 {
        (u128::from(planted) * u128::from(self.step) % u128::from(self.documents)) as u64
    }

    /// The rank of a document: the smallest of its group stays.
    fn rank_of(planted: u64) -> u8 {
        1 + (mix(planted ^ 0xACE) % 4) as u8
    }

    /// The group that a planted document belongs to: its first and the one behind its last.
    fn group_of(planted: u64) -> Option<(u64, u64)> {
        let (block, place) = (planted / BLOCK * BLOCK, planted % BLOCK);
        let group = GROUPS.iter().find(|(first, end)| (*first..*end).contains(&place));
        group.map(|(first, end)| (block + first, block + end))
    }

    /// Which document has to stay for each document: a list by number, with the document itself where it stays.
    pub fn truth(self) -> Vec<u32> {
        let mut truth = vec![0; self.documents as usize];
        for planted in 0..self.documents {
            let kept = match Self::group_of(planted) {
                None => planted,
                Some((first, end)) => (first..end)
                    .min_by_key(|member| (Self::rank_of(*member), self.number_of(*member)))
                    .expect("a group has members"),
            };
            truth[self.number_of(planted) as usize] = self.number_of(kept) as u32;
        }
        truth
    }

    /// Writes the key files of all parts; returns the number of the first document of each, and of all.
    pub fn write(self, folder: &Folder, parts: u64) -> std::io::Result<Vec<u32>> {
        let inverse = self.inverse();
        let bases: Vec<u32> = (0..=parts).map(|part| (self.documents * part / parts) as u32).collect();
        for (part, range) in bases.windows(2).enumerate() {
            let folder = folder.part(part);
            std::fs::create_dir_all(&folder)?;
            let mut keys = buffered(&folder.join(keys_name(0)))?;
            let mut record = Vec::new();
            for number in range[0]..range[1] {
                let planted = (u128::from(number) * u128::from(inverse) % u128::from(self.documents)) as u64;
                record.clear();
                push_record(planted, &mut record);
                keys.write_all(&record)?;
            }
            keys.flush()?;
            buffered(&folder.join(TIERS_NAME))?.write_all(&vec![0; (range[1] - range[0]) as usize])?;
        }
        Ok(bases)
    }

    /// The number with which `step` gives 1 modulo the documents.
    fn inverse(self) -> u64 {
        let (mut old, mut new) = ((self.step as i128, 1_i128), (self.documents as i128, 0_i128));
        while new.0 != 0 {
            let quotient = old.0 / new.0;
            (old, new) = (new, (old.0 - quotient * new.0, old.1 - quotient * new.1));
        }
        old.1.rem_euclid(i128::from(self.documents)) as u64
    }
}

/// Appends rank, keys and rows of a planted document.
fn push_record(planted: u64, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend([1, Planted::rank_of(planted)]);
    out.resize(start + RANK_BYTES, 0);
    // Members of a group have the seed of their first.
    let (seed, member) =
        Planted::group_of(planted).map_or((planted, None), |(first, _)| (first, Some(planted - first)));
    for band in 0..BANDS {
        let own = mix(seed.wrapping_mul(31).wrapping_add(band) ^ 0x5EED) | 1;
        let key = match (planted % BLOCK, band) {
            _ if member.is_some_and(|member| member == band) => own ^ mix(planted),
            (FALSE_CANDIDATE, 9) => mix((planted / BLOCK * BLOCK).wrapping_mul(31).wrapping_add(band) ^ 0x5EED) | 1,
            (place, 13) if place > FALSE_CANDIDATE && mix(planted) % BOILERPLATE_EVERY == 7 => 4_711,
            _ => own,
        };
        out.extend(key.to_le_bytes());
    }
    let (rows, changed) = (out.len(), member.unwrap_or_default() as usize);
    for eight in 0..ROWS / 8 {
        out.extend(mix(seed.wrapping_mul(77).wrapping_add(eight) ^ 0xB175).to_le_bytes());
    }
    for row in 0..changed {
        out[rows + row * 8 + changed] ^= 0x55;
    }
}

/// SplitMix64's output function.
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn buffered(path: &Path) -> std::io::Result<std::io::BufWriter<std::fs::File>> {
    Ok(std::io::BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?))
}
