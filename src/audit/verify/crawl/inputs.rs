//! The crawl files of a set: there, of the length that the record says, and, where all rows are read again, of its
//! digest.

use std::io::Read;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::place::Places;
use crate::audit::verify::Set;
use crate::audit::verify::report::{Check, Checked, Findings};
use crate::ledger::funnel::counted;
use crate::ledger::run_record::InputRecord;
use crate::store::reading::Reading;

/// Checks all inputs; their digests if `whole`.
pub fn check(set: &Set<'_>, places: &Places<'_>, whole: bool) -> Checked {
    let digested = whole && !places.is_remote();
    let inputs = &set.record().inputs;
    // Of a sample only the files of drawn rows are asked for; what is missing among them is told there.
    if !whole {
        let why = "digests of whole files are checked with --sample all";
        return Checked::skipped(Check::Inputs, why);
    }
    let found: Vec<Findings> = inputs.par_iter().map(|input| one(set, places, input, digested)).collect();
    let mut findings = Findings::default();
    found.into_iter().for_each(|found| findings.merge(found));
    let note = "over HTTP only lengths were checked, and not the digests of whole files";
    let words = counted(inputs.len() as u64, "crawl file");
    Checked::new(Check::Inputs, words, findings).note_if((!digested).then_some(note))
}

fn one(set: &Set<'_>, places: &Places<'_>, input: &InputRecord, digested: bool) -> Findings {
    let mut findings = Findings::default();
    let opened = match places.get(&input.path) {
        Ok(opened) => opened,
        Err(message) => {
            findings.of_file(&input.path, message);
            return findings;
        }
    };
    let bytes = opened.source.len_bytes();
    if bytes != input.bytes {
        findings.of_file(&input.path, format!("it has {bytes} bytes; the record says {}", input.bytes));
    } else if digested {
        let mut reading = Reading::new(Arc::clone(&opened.source), Some(Arc::clone(&set.watch.bytes_done)));
        let result = reading.digested();
        if let Err(error) = std::io::copy(&mut reading.by_ref(), &mut std::io::sink()) {
            findings.of_file(&input.path, error.to_string());
            return findings;
        }
        let found = result.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        let found = found.map(|digested| digested.sha256).unwrap_or_default();
        if found != input.sha256 {
            findings.of_file(&input.path, format!("its SHA-256 is {found}; the record says {}", input.sha256));
        }
    }
    findings
}
