//! The cards: what this version of the program makes of the record has to be what lies in the folder, byte by byte.

use super::Set;
use super::published::{SUMS, SUMS_SINCE};
use super::report::{Check, Checked, Findings};
use crate::engine::checkpoint::read_whole;
use crate::ledger::funnel::counted;

/// Checks all cards of a set of the present version.
pub fn check(set: &Set<'_>) -> Checked {
    if !set.is_present() {
        let why = match set.record().format {
            format if format < SUMS_SINCE => format!("sets of format {format} have no digests of their cards"),
            _ => format!("made by another version of the program, whose words may differ: {SUMS} has their digests"),
        };
        return Checked::skipped(Check::Cards, why);
    }
    let mut findings = Findings::default();
    let cards = set.cards();
    for card in &cards {
        match read_whole(set.store, &set.root.join(&card.path)) {
            Err(error) => findings.of_file(&card.path, error.to_string()),
            Ok(bytes) if bytes == card.content.as_bytes() => {}
            Ok(bytes) => findings.of_file(&card.path, first_difference(&bytes, &card.content)),
        }
    }
    Checked::new(Check::Cards, counted(cards.len() as u64, "card"), findings)
}

/// The first line in which a card differs from what the record gives.
fn first_difference(found: &[u8], wanted: &str) -> String {
    let found = String::from_utf8_lossy(found);
    let lines = found.lines().zip(wanted.lines()).zip(1..);
    let mut differing = lines.filter(|((found, wanted), _)| found != wanted);
    match differing.next() {
        Some(((found, wanted), number)) => {
            let [found, wanted] = [found, wanted].map(|line| super::difference::shortened(line, 120));
            format!("line {number} is {found:?}; the record gives {wanted:?}")
        }
        None => format!("it has {} bytes; the record gives {}", found.len(), wanted.len()),
    }
}
