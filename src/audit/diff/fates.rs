//! What a ledger says of some records.

use super::{DiffError, Opened};
use crate::shard::reader::ShardReader;

use super::rows::{Cells, NAMES, position};

/// Stage and reason of each of some records, by their place in a sorted list of keys.
pub struct Fates {
    words: Vec<(String, String)>,
    /// Number of the words, from 1; 0 where the ledger says nothing.
    of: Vec<u16>,
}

impl Fates {
    /// Stage and reason of the record at this place of the list.
    pub fn get(&self, place: usize) -> Option<(&str, &str)> {
        let (stage, reason) = self.words.get(usize::from(self.of[place]).checked_sub(1)?)?;
        Some((stage, reason))
    }
}

/// Looks these records up in the ledger of a set; `keys` are sorted.
pub fn find(set: &Opened<'_>, keys: &[u128]) -> Result<Fates, DiffError> {
    let mut fates = Fates { words: Vec::new(), of: vec![0; keys.len()] };
    if keys.is_empty() {
        return Ok(fates);
    }
    let columns = [&NAMES[..], &["stage", "reason"]].concat();
    for file in &set.record.ledger {
        for batch in ShardReader::open_any(set.store, &set.root.join(&file.path), &columns)? {
            let batch = batch?;
            let cells = Cells(&batch);
            for row in 0..batch.num_rows() {
                let Some(place) = position(keys, cells.key(row)) else { continue };
                let words =
                    (cells.text("stage", row).unwrap_or_default(), cells.text("reason", row).unwrap_or_default());
                let known = fates.words.iter().position(|(stage, reason)| (stage.as_str(), reason.as_str()) == words);
                let number = known.unwrap_or_else(|| {
                    fates.words.push((words.0.to_owned(), words.1.to_owned()));
                    fates.words.len() - 1
                });
                // Reasons come from a fixed list, some hundred; what a foreign ledger holds beyond is not told.
                fates.of[place] = u16::try_from(number + 1).unwrap_or(0);
            }
        }
    }
    Ok(fates)
}
