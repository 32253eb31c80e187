//! How much disk deduplication takes, said before a run starts.

use super::run::tables_bytes;
use crate::dedup::Deduplicator;
use crate::dedup::keep::RANK_BYTES;
use crate::engine::part::record_bytes;
use crate::plan::compile::Plan;

/// Bytes of input for which one document is taken to be there: in compressed WARC files a page takes some 9,000 to
/// 30,000, its request and metadata included, in WET files some 4,000.
const INPUT_BYTES_A_DOCUMENT: u64 = 4_000;

/// Bytes of disk and memory that each document takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// On disk from the time a document is read to the end of the run.
    pub kept_bytes: u64,
    /// On disk while it is sorted, at most.
    pub sorted_bytes: u64,
    /// In memory, for tables.
    pub table_bytes: u64,
}

/// What the plan's deduplication takes for each document; none if it does not deduplicate. Sets come on top: 4
/// bytes for each word, 8 for each different line and up to 24 while lines are counted.
pub fn needs(plan: &Plan) -> Option<Needs> {
    let stages = plan.dedup().iter().map(|step| &step.deduplicator);
    let kept_bytes = stages.clone().map(|stage| record_bytes(stage) as u64).sum();
    let sorted = |stage: &Deduplicator| match stage {
        Deduplicator::Exact(_) => stage.key_bytes() + size_of::<u32>(),
        Deduplicator::Lines(_) => 0,
        Deduplicator::Minhash(minhash) => {
            let postings = minhash.config().bands * (size_of::<u64>() + size_of::<u32>());
            postings.max(RANK_BYTES + minhash.key_bytes() + 2 * size_of::<u32>())
        }
    };
    let sorted_bytes = stages.map(sorted).max()? as u64;
    Some(Needs { kept_bytes, sorted_bytes, table_bytes: tables_bytes(1) })
}

/// One line on what deduplication will take of disk, for inputs of this size; none if the plan does not deduplicate.
pub fn words(plan: &Plan, input_bytes: u64) -> Option<String> {
    let needs = needs(plan)?;
    let documents = input_bytes.div_ceil(INPUT_BYTES_A_DOCUMENT);
    let disk = documents * (needs.kept_bytes + needs.sorted_bytes);
    let has = |is: fn(&Deduplicator) -> bool| plan.dedup().iter().any(|step| is(&step.deduplicator));
    let mut sets = String::new();
    if has(|stage| matches!(stage, Deduplicator::Minhash(minhash) if minhash.wants_shingles())) {
        sets += ", and 4 for each word";
    }
    if has(|stage| matches!(stage, Deduplicator::Lines(_))) {
        sets += ", and 8 + 24 for each different line, and a second copy of the texts";
    }
    Some(format!(
        "deduplication takes {} + {} bytes of disk a document (kept + while it sorts){sets}: {} if there is one in every \
         {INPUT_BYTES_A_DOCUMENT} bytes of input",
        needs.kept_bytes,
        needs.sorted_bytes,
        size(disk)
    ))
}

/// Bytes in the unit that suits them, powers of ten.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => String::from("1 MB"),
        1_000_000..10_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{} GB", bytes.div_ceil(1_000_000_000)),
    }
}
