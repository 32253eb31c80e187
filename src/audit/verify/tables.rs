//! The Parquet files: rows, columns and metadata are what the record and its format version say.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Set;
use super::report::{Check, Checked, Findings};
use crate::ledger::funnel::{counted, grouped};
use crate::ledger::run_record::FileRecord;
use crate::shard::footer::Footer;
use crate::shard::formats::Kind;

/// Checks the footers of all Parquet files.
pub fn check(set: &Set<'_>) -> Checked {
    let files: Vec<(&FileRecord, Kind)> = set.parquet().collect();
    let found: Vec<Findings> = files.par_iter().map(|(file, kind)| one(set, file, *kind)).collect();
    let mut findings = Findings::default();
    found.into_iter().for_each(|found| findings.merge(found));
    let rows = files.iter().map(|(file, _)| file.rows).sum();
    let words = format!("{}, {} rows", counted(files.len() as u64, "Parquet file"), grouped(rows));
    Checked::new(Check::Tables, words, findings)
}

fn one(set: &Set<'_>, file: &FileRecord, kind: Kind) -> Findings {
    let mut findings = Findings::default();
    let footer = match super::guarded(|| Footer::read(set.store, &set.root.join(&file.path))) {
        Ok(footer) => footer,
        Err(message) => {
            findings.of_file(&file.path, message);
            return findings;
        }
    };
    let record = set.record();
    if footer.rows != file.rows {
        findings.of_file(&file.path, format!("it has {} rows; the record says {}", footer.rows, file.rows));
    }
    if footer.schema.fields() != kind.columns(record.format).fields() {
        findings.of_file(&file.path, format!("it has other columns than format {} has", record.format));
    }
    let wanted = [("gristmill.format", record.format.to_string()), ("gristmill.plan", record.plan.digest.clone())];
    for (key, wanted) in wanted {
        match footer.metadata.get(key) {
            Some(found) if *found == wanted => {}
            Some(found) => findings.of_file(&file.path, format!("its {key} is {found}; the record says {wanted}")),
            None => findings.of_file(&file.path, format!("it has no {key}")),
        }
    }
    findings
}
