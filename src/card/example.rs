//! Records of sets that were never made: one that has everything, one that has nothing.
//!
//! A template of the user is tried on both when a plan is compiled, and tests read them.

use crate::ledger::run_record::RunRecord;

const RICH: &str = include_str!("example/rich.json");
const BARE: &str = include_str!("example/bare.json");

/// Every field is filled.
pub fn rich() -> RunRecord {
    serde_json::from_str(RICH).expect("the example is a run record, as its test shows")
}

/// No document was kept, and nothing is said.
pub fn bare() -> RunRecord {
    serde_json::from_str(BARE).expect("the example is a run record, as its test shows")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_balance() {
        for record in [rich(), bare()] {
            assert!(record.funnel.balances(), "{}", record.name);
            assert_eq!(record.funnel.kept(), record.statistics.total.documents);
            assert_eq!(record.funnel.kept(), record.shards.iter().map(|shard| shard.rows).sum::<u64>());
            assert_eq!(record.funnel.seen(), record.inputs.iter().map(|input| input.records).sum::<u64>());
        }
    }
}
