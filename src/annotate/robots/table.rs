//! Site and time -> the rules that were in force: those of the newest copy taken at or before that time.
//!
//! 32 bytes a copy, and each different file once. Sites of which no copy bears on anything are not kept, and neither is
//! a copy that says what the one before it says: both change no answer.

use super::copies::Key;
use super::rules::Rules;

/// One copy of a site's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The site.
    pub site: Key,
    /// When it was taken, in seconds from 1970.
    pub seconds: u32,
    /// Number of its rules.
    pub rules: u32,
    /// Whether it was taken at `/robots.txt`, and not only where a redirect from there may lead.
    pub is_robots: bool,
}

/// All copies that bear on something.
#[derive(Debug)]
pub struct Table {
    copies: Box<[Copy]>,
    rules: Box<[Rules]>,
}

impl Table {
    /// A table of copies in any order, which name their rules by number. Of two copies of one second the order of their
    /// rules decides, so that the order of the copies does not.
    pub fn new(mut copies: Vec<Copy>, rules: Vec<Rules>) -> Self {
        copies.retain(|copy| copy.is_robots);
        let of = |copy: &Copy| &rules[copy.rules as usize];
        copies.sort_unstable_by(|a, b| (a.site, a.seconds).cmp(&(b.site, b.seconds)).then_with(|| of(a).cmp(of(b))));
        let mut kept: Vec<Copy> = Vec::new();
        for copy in copies {
            let before = kept.last().filter(|before| before.site == copy.site);
            let changes = before.map_or(!of(&copy).is_empty(), |before| before.rules != copy.rules);
            if changes {
                kept.push(copy);
            }
        }
        Self { copies: kept.into(), rules: rules.into() }
    }

    /// The rules in force for a site at a time; none if no copy was taken by then, or it bears on nothing.
    pub fn rules(&self, site: Key, seconds: u32) -> Option<&Rules> {
        let after = self.copies.partition_point(|copy| (copy.site, copy.seconds) <= (site, seconds));
        let copy = self.copies[..after].last().filter(|copy| copy.site == site)?;
        Some(&self.rules[copy.rules as usize])
    }

    /// How many sites have rules that bear on something.
    pub fn sites(&self) -> u64 {
        self.copies.chunk_by(|a, b| a.site == b.site).count() as u64
    }

    /// BLAKE3 over all that can decide an answer, in hex. It does not depend on the order in which copies were read.
    pub fn digest(&self) -> String {
        let digests: Vec<blake3::Hash> = self.rules.iter().map(digest_of).collect();
        let mut hasher = blake3::Hasher::new();
        for copy in &self.copies {
            hasher.update(&copy.site.to_le_bytes());
            hasher.update(&copy.seconds.to_le_bytes());
            hasher.update(digests[copy.rules as usize].as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

fn digest_of(rules: &Rules) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    rules.digest(&mut hasher);
    hasher.finalize()
}
