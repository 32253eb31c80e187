//! Which configuration of the set each document of a part goes to, by what the preset groups by.

use std::collections::BTreeMap;

use arrow::array::{Array, AsArray, RecordBatch, StringArray};

use super::Ready;
use crate::engine::EngineError;
use crate::plan::config::GroupBy;

/// The configuration of a set whose preset does not group.
pub const WITHOUT_GROUPS: &str = "default";
/// Stands for what was not found, as in the statistics.
const NOT_FOUND: &str = "und";
/// Longest name of a configuration, in bytes.
const NAME_BYTES_MAX: usize = 64;

/// The groups of a part's documents.
pub struct Groups {
    /// Names of the groups that the part has.
    pub names: Vec<String>,
    /// For each document the place of its group among the names; empty if there is one group only.
    places: Vec<u32>,
}

impl Groups {
    /// The place of a document's group among the names.
    pub fn of(&self, row: u32) -> usize {
        self.places.get(row as usize).map_or(0, |place| *place as usize)
    }
}

impl Ready<'_> {
    /// The groups of a part's documents: reads the columns that the preset groups by.
    pub(super) fn groups(&self, part: usize) -> Result<Groups, EngineError> {
        let columns: &[&str] = match self.context.plan.output().group_by {
            GroupBy::Nothing => {
                return Ok(Groups { names: vec![String::from(WITHOUT_GROUPS)], places: Vec::new() });
            }
            GroupBy::Language => &["language"],
            GroupBy::LanguageScript => &["language", "language_script"],
            GroupBy::LicenseTier => &["license_tier"],
        };
        let mut known: BTreeMap<String, u32> = BTreeMap::new();
        let mut places = Vec::new();
        let mut name = String::new();
        self.for_each_batch_of(part, Some(columns), |batch, _| {
            let columns: Vec<&StringArray> = columns.iter().map(|name| column(batch, name)).collect();
            for row in 0..batch.num_rows() {
                push_name(&mut name, columns.iter().map(|column| column.is_valid(row).then(|| column.value(row))));
                let place = match known.get(&name) {
                    Some(place) => *place,
                    None => {
                        let place = known.len() as u32;
                        known.insert(name.clone(), place);
                        place
                    }
                };
                places.push(place);
            }
            Ok(())
        })?;
        let mut names = vec![String::new(); known.len()];
        known.into_iter().for_each(|(name, place)| names[place as usize] = name);
        Ok(Groups { names, places })
    }
}

/// Makes the name of a group of the values its documents share. Only letters, digits and `-` stay, so that the name is
/// one of a folder everywhere.
fn push_name<'v>(name: &mut String, values: impl Iterator<Item = Option<&'v str>>) {
    name.clear();
    for value in values {
        if !name.is_empty() {
            name.push('_');
        }
        let value = value.filter(|value| !value.is_empty()).unwrap_or(NOT_FOUND);
        let safe = value.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' });
        name.extend(safe.take(NAME_BYTES_MAX / 2 - 1));
    }
}

fn column<'b>(batch: &'b RecordBatch, name: &str) -> &'b StringArray {
    batch.column_by_name(name).expect("the reader has checked the columns").as_string::<i32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_groups_are_names_of_folders() {
        let check = |values: &[Option<&str>], expected: &str| {
            let mut name = String::from("of the one before");
            push_name(&mut name, values.iter().copied());
            assert_eq!(name, expected);
        };
        check(&[Some("eng")], "eng");
        check(&[Some("srp"), Some("Cyrl")], "srp_Cyrl");
        check(&[None, None], "und_und");
        check(&[Some("")], "und");
        check(&[Some("../../etc")], "------etc");
        check(&[Some("x".repeat(99).as_str())], &"x".repeat(31));
    }
}
