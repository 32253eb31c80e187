//! Two funnels side by side.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::ledger::tally::{StageTally, Tally};

/// One stage of both funnels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunnelRow {
    /// Its name.
    pub stage: String,
    /// What it did in the first set; none if it is not in its plan.
    pub a: Option<Counts>,
    /// What it did in the second.
    pub b: Option<Counts>,
    /// The same by reason, those reasons that differ.
    pub reasons: Vec<ReasonRow>,
}

/// What one stage did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents that reached it.
    pub seen: u64,
    /// Documents that it dropped.
    pub dropped: u64,
    /// Documents that it passed on.
    pub kept: u64,
}

/// Documents dropped for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReasonRow {
    /// The reason.
    pub reason: String,
    /// In the first set.
    pub a: u64,
    /// In the second.
    pub b: u64,
}

impl FunnelRow {
    /// Whether the two sets differ here.
    pub fn differs(&self) -> bool {
        self.a != self.b || !self.reasons.is_empty()
    }
}

/// All stages of both: those of the first in their order, and between them those that only the second has, each behind
/// the stage that it follows there.
pub fn beside(a: &Tally, b: &Tally) -> Vec<FunnelRow> {
    let (a, b) = (a.stages(), b.stages());
    let find = |stages: &'_ [StageTally], name: &str| stages.iter().position(|stage| stage.stage == name);
    let mut names: Vec<&str> = a.iter().map(|stage| &*stage.stage).collect();
    for (number, stage) in b.iter().enumerate() {
        if find(a, &stage.stage).is_none() {
            let before =
                number.checked_sub(1).and_then(|before| names.iter().position(|name| *name == b[before].stage));
            names.insert(before.map_or(0, |before| before + 1), &stage.stage);
        }
    }
    names.into_iter().map(|name| row(name, find(a, name).map(|at| &a[at]), find(b, name).map(|at| &b[at]))).collect()
}

fn row(name: &str, a: Option<&StageTally>, b: Option<&StageTally>) -> FunnelRow {
    let counts = |stage: &StageTally| Counts { seen: stage.seen, dropped: stage.dropped_total(), kept: stage.kept };
    let reasons: BTreeSet<&str> =
        a.iter().chain(&b).flat_map(|stage| stage.dropped.keys().map(|reason| &**reason)).collect();
    let of = |stage: Option<&StageTally>, reason: &str| {
        stage.and_then(|stage| stage.dropped.get(reason)).copied().unwrap_or_default()
    };
    let reasons =
        reasons.into_iter().map(|reason| ReasonRow { reason: reason.to_owned(), a: of(a, reason), b: of(b, reason) });
    FunnelRow {
        stage: name.to_owned(),
        a: a.map(counts),
        b: b.map(counts),
        reasons: reasons.filter(|row| row.a != row.b).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_of_both_stand_in_order() {
        let tally = |stages: &[&'static str]| Tally::new(stages.iter().copied());
        let names = |a: &[&'static str], b: &[&'static str]| -> Vec<String> {
            beside(&tally(a), &tally(b)).into_iter().map(|row| row.stage).collect()
        };
        assert_eq!(names(&["warc", "x", "z"], &["warc", "x", "y", "z", "end"]), ["warc", "x", "y", "z", "end"]);
        assert_eq!(names(&["warc", "x"], &["warc", "y"]), ["warc", "y", "x"]);
        assert_eq!(names(&[], &["warc", "y"]), ["warc", "y"]);
    }

    #[test]
    fn reasons_that_are_the_same_are_not_told() {
        let (mut a, mut b) = (Tally::new(["warc", "x"]), Tally::new(["warc", "x"]));
        for tally in [&mut a, &mut b] {
            tally.drop_at(0, 1, "x.same");
            tally.keep_through(1);
        }
        assert!(!beside(&a, &b).iter().any(FunnelRow::differs));
        b.drop_at(0, 1, "x.other");
        let rows = beside(&a, &b);
        assert_eq!(rows[1].reasons, [ReasonRow { reason: "x.other".into(), a: 0, b: 1 }]);
        assert_eq!(rows[1].b, Some(Counts { seen: 3, dropped: 2, kept: 1 }));
        assert!(rows[0].differs(), "one more was seen");
    }
}
