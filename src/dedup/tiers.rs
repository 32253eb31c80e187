//! The license tiers of documents that are alike, as one byte a document.
//!
//! Copies of one text that state different terms are a sign that one of them had no right to: a page that is reserved
//! here and under an open license there. Only terms can contradict each other: a copy of tier `none` or `unclear`
//! states none that could be compared.

use crate::document::fact::Fact;
use crate::document::rights::{Rights, Tier};

/// A set of tiers; empty where nobody asked for rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tiers(u8);

impl Tiers {
    /// The tier of one document.
    pub fn of(fact: &Fact<Rights>) -> Self {
        match fact {
            Fact::NotAsked => Self::default(),
            Fact::NotFound => Self::from(Tier::None),
            Fact::Found(rights) => Self::from(rights.tier),
        }
    }

    /// The set as it lies on disk.
    pub fn to_byte(self) -> u8 {
        self.0
    }

    /// A set as it lies on disk.
    pub fn from_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// The tiers of both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there are two tiers or more.
    pub fn differ(self) -> bool {
        self.0.count_ones() > 1
    }

    /// The tiers, in their order.
    pub fn iter(self) -> impl Iterator<Item = Tier> {
        Tier::ALL.iter().copied().filter(move |tier| self.0 & Self::from(*tier).0 != 0)
    }

    /// The strictest terms among them: `reserved`, else `noderivatives`, else `noncommercial`, else `open`.
    pub fn strictest(self) -> Option<Tier> {
        self.iter().filter(|tier| !matches!(tier, Tier::None | Tier::Unclear)).max()
    }
}

impl From<Tier> for Tiers {
    fn from(tier: Tier) -> Self {
        Self(1 << tier as u8)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(tiers: &[Tier], strictest: Option<Tier>, differ: bool) {
        let set = tiers.iter().fold(Tiers::default(), |set, tier| set.with(Tiers::from(*tier)));
        assert_eq!((set.strictest(), set.differ()), (strictest, differ), "{tiers:?}");
    }

    #[test]
    fn the_strictest_terms_are_found_among_those_that_are_stated() {
        check(&[], None, false);
        check(&[Tier::None, Tier::Unclear], None, true);
        check(&[Tier::Open, Tier::Open], Some(Tier::Open), false);
        check(&[Tier::Open, Tier::None], Some(Tier::Open), true);
        check(&[Tier::NonCommercial, Tier::Open, Tier::Unclear], Some(Tier::NonCommercial), true);
        check(&[Tier::NonCommercial, Tier::NoDerivatives], Some(Tier::NoDerivatives), true);
        check(&[Tier::Reserved, Tier::NoDerivatives], Some(Tier::Reserved), true);
    }

    proptest! {
        /// Sets may be joined in any order, and a byte holds all of a set.
        #[test]
        fn joining_is_order_free(a in 0..64_u8, b in 0..64_u8) {
            let (a, b) = (Tiers::from_byte(a), Tiers::from_byte(b));
            prop_assert_eq!(a.with(b), b.with(a));
            prop_assert_eq!(Tiers::from_byte(a.to_byte()), a);
            let again = a.iter().fold(Tiers::default(), |set, tier| set.with(Tiers::from(tier)));
            prop_assert_eq!(again, a);
        }
    }
}
