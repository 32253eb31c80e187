//! What was checked and what was found: every check by its name, every finding at its file and row.

use serde::Serialize;

/// Most findings of one check that are listed; all are counted.
pub const LISTED_MAX: usize = 20;

/// A check, in the order in which they are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// `manifest.json` is a run record, and the bytes that a run writes for it.
    Manifest,
    /// Every file of the record is there with its length and its SHA-256.
    Files,
    /// `SHA256SUMS` lists every published file with its digest.
    Sums,
    /// Nothing else lies in the folder.
    Stray,
    /// Every Parquet file has the rows, columns and metadata that the record and its version say.
    Tables,
    /// The stages compile to the plan that the record names.
    Plan,
    /// The numbers of the funnel add up, and agree with the inputs and the shards.
    Funnel,
    /// Every row of `data/`: digest of the text, place, order.
    Rows,
    /// Rows of the ledger by stage and reason are what the funnel dropped.
    Ledger,
    /// Pairs, dropped documents, lines, signatures and clusters agree with the ledger and with the rows.
    Dedup,
    /// What the record says of the rows is what the rows give.
    Statistics,
    /// Cards say what the record gives.
    Cards,
    /// What was taken out is not there.
    Removals,
    /// The crawl files are those of the record.
    Inputs,
    /// Every drawn row is a record of the crawl: id, address, date, length.
    Records,
    /// The payloads have the digests that their records state.
    Payloads,
    /// Every drawn row is what its record gives by the plan.
    Derivation,
    /// Every drawn row of the ledger is dropped by the same stage for the same reason.
    Drops,
}

impl Check {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Files => "files",
            Self::Sums => "sums",
            Self::Stray => "stray",
            Self::Tables => "tables",
            Self::Plan => "plan",
            Self::Funnel => "funnel",
            Self::Rows => "rows",
            Self::Ledger => "ledger",
            Self::Dedup => "dedup",
            Self::Statistics => "statistics",
            Self::Cards => "cards",
            Self::Removals => "removals",
            Self::Inputs => "inputs",
            Self::Records => "records",
            Self::Payloads => "payloads",
            Self::Derivation => "derivation",
            Self::Drops => "drops",
        }
    }
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file, by its path below the set's folder; none if it concerns none.
    pub file: Option<String>,
    /// Number of the row in that file, from 0.
    pub row: Option<u64>,
    /// What was found and what was wanted.
    pub message: String,
}

/// Findings of one check, the first of them listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    listed: Vec<Finding>,
    count: u64,
}

impl Findings {
    /// Notes a finding in a file.
    pub fn of_file(&mut self, file: &str, message: impl Into<String>) {
        self.push(Some(file), None, message.into());
    }

    /// Notes a finding at a row of a file.
    pub fn of_row(&mut self, file: &str, row: u64, message: impl Into<String>) {
        self.push(Some(file), Some(row), message.into());
    }

    /// Notes a finding of the set as a whole.
    pub fn of_set(&mut self, message: impl Into<String>) {
        self.push(None, None, message.into());
    }

    fn push(&mut self, file: Option<&str>, row: Option<u64>, message: String) {
        self.count += 1;
        if self.listed.len() < LISTED_MAX {
            self.listed.push(Finding { file: file.map(str::to_owned), row, message });
        }
    }

    /// Says of all of them at which row of which file they were made.
    pub fn place_at(&mut self, file: &str, row: u64) {
        for finding in &mut self.listed {
            (finding.file, finding.row) = (Some(file.to_owned()), Some(row));
        }
    }

    /// Those of both, these first.
    pub fn merge(&mut self, other: Self) {
        self.count += other.count;
        let room = LISTED_MAX - self.listed.len().min(LISTED_MAX);
        self.listed.extend(other.listed.into_iter().take(room));
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.count
    }
}

/// What came of one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Which.
    pub check: Check,
    /// What was looked at, counted.
    pub counted: String,
    /// What was not checked, and why; and what is worth knowing without being wrong.
    pub notes: Vec<String>,
    /// Whether nothing could be checked; the notes say why.
    pub skipped: bool,
    /// How many findings there are.
    pub findings: u64,
    /// The first of them.
    pub listed: Vec<Finding>,
}

impl Checked {
    /// A check that was made.
    pub fn new(check: Check, counted: impl Into<String>, findings: Findings) -> Self {
        let Findings { listed, count } = findings;
        Self { check, counted: counted.into(), notes: Vec::new(), skipped: false, findings: count, listed }
    }

    /// A check that could not be made.
    pub fn skipped(check: Check, why: impl Into<String>) -> Self {
        Self { notes: vec![why.into()], skipped: true, ..Self::new(check, "", Findings::default()) }
    }

    /// The same with a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same with a note if there is one.
    #[must_use]
    pub fn note_if(self, note: Option<impl Into<String>>) -> Self {
        match note {
            Some(note) => self.note(note),
            None => self,
        }
    }
}

/// What came of all checks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Each check that was made or left out, in order.
    pub checks: Vec<Checked>,
}

impl Report {
    /// Whether no check found anything.
    pub fn is_clean(&self) -> bool {
        self.checks.iter().all(|checked| checked.findings == 0)
    }

    /// How many checks found something.
    pub fn wrong(&self) -> usize {
        self.checks.iter().filter(|checked| checked.findings > 0).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_counted_beyond_those_that_are_listed() {
        let many = |count: usize| {
            let mut findings = Findings::default();
            (0..count).for_each(|row| findings.of_row("f", row as u64, "wrong"));
            findings
        };
        let mut both = many(LISTED_MAX - 1);
        both.merge(many(3));
        assert_eq!((both.count(), both.listed.len()), (LISTED_MAX as u64 + 2, LISTED_MAX));
        assert_eq!(both.listed[LISTED_MAX - 1].row, Some(0));
    }
}
