//! Why a document was not kept. Reasons are output format: renaming one is a breaking change.

/// `stage.what_is_wrong`, declared as a constant in the file of the stage that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reason(&'static str);

impl Reason {
    /// Declares a reason. `name` is `stage.what_is_wrong` in lower-case snake case.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name as it stands in the funnel and in the ledger.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// A drop for this reason, with the figure that was found and the bound that it broke.
    pub fn because(self, found: f64, bound: f64) -> Verdict {
        Verdict::Drop(Dropped::because(self, found, bound))
    }

    /// A drop for this reason where no figure tells more than the reason does.
    pub fn drop(self) -> Verdict {
        Verdict::Drop(Dropped::new(self))
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// A reason with its figures: what was found, and the bound that it broke.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// Why.
    pub reason: Reason,
    /// The figure that was found, in the unit of the filter's bound.
    pub found: Option<f64>,
    /// The bound that it broke.
    pub bound: Option<f64>,
    /// The texts that the document was found to hold, if that is what it was dropped for.
    pub matched: Option<Box<Matched>>,
}

impl Dropped {
    /// A reason without figures.
    pub fn new(reason: Reason) -> Self {
        Self { reason, found: None, bound: None, matched: None }
    }

    /// A reason with the figure that was found and the bound that it broke.
    pub fn because(reason: Reason, found: f64, bound: f64) -> Self {
        Self { found: Some(found), bound: Some(bound), ..Self::new(reason) }
    }
}

/// Texts that a document holds passages of, though it should not: which ones, and how much of it they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Matched {
    /// Names of the sets of texts, in the preset's order, joined by `, `.
    pub sets: String,
    /// Where the first passage of the document stands in these sets: file, as the preset names it, `:` line.
    pub at: String,
    /// Words of the document in such passages, of all its words.
    pub share: f64,
}

/// What a filter says of one document.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Go on.
    Keep,
    /// Do not keep, because.
    Drop(Dropped),
}

impl Verdict {
    /// The reason of a drop, for tests and messages.
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Keep => None,
            Self::Drop(dropped) => Some(dropped.reason),
        }
    }
}
