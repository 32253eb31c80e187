//! What sites said to robots at the time their pages were fetched, from stored copies of their robots.txt.
//!
//! Common Crawl keeps these copies in WARC files of their own, the `robotstxt` subset. A [`Captures`] reads them; here
//! they are parsed (`lines`, `rules`, `pattern`, `decisive`), put together over redirects (`copies`), and looked up by
//! site and time (`table`). In force for a page is the newest copy that was taken at or before the page's own capture; a later
//! copy says nothing of that time and is not asked.

pub mod copies;
mod decisive;
pub mod lines;
pub mod pattern;
pub mod rules;
pub mod table;

use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use url::Url;

use self::copies::{Capture, Copies, understand};
use self::pattern::UrlPath;
use self::rules::ROBOTS_MAX;
use self::table::Table;
use super::rights::reservation::Reading;
use crate::document::bad_config::BadConfig;
use crate::document::origin::Origin;

/// Where stored answers of servers come from.
pub trait Captures {
    /// Hands every HTTP response of these inputs to `take`, in any order and from any thread.
    fn read(&self, inputs: &[String], take: &(dyn Fn(Capture<'_>) + Sync)) -> Result<Seen, BadConfig>;
}

/// What was read in the inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Files.
    pub files: u64,
    /// Responses.
    pub responses: u64,
    /// Stretches that could not be read, and responses without an HTTP head.
    pub damaged: u64,
}

/// No captures at all: serves presets that name none.
impl<T> Captures for std::collections::BTreeMap<String, T> {
    fn read(&self, inputs: &[String], _: &(dyn Fn(Capture<'_>) + Sync)) -> Result<Seen, BadConfig> {
        let first = inputs.first().map_or("robots", String::as_str);
        Err(BadConfig::new(format!("robots: {first} is not there")))
    }
}

/// What was read, and what of it decides: for the manifest, and through the digest for the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// WARC files that were read.
    pub files: u64,
    /// HTTP responses in them.
    pub responses: u64,
    /// What could not be read: damage, and responses without a head, an address or a date.
    pub damaged: u64,
    /// Responses to requests for `/robots.txt`.
    pub robots: u64,
    /// Of these, responses that say which rules there are, or that there are none, redirects followed.
    pub copies: u64,
    /// Redirects from `/robots.txt` whose target was not stored.
    pub unresolved: u64,
    /// Sites that have a rule which bears on reservations, for any of the chosen robots.
    pub sites_with_rules: u64,
    /// BLAKE3 over these rules, their sites and times.
    pub digest: String,
}

/// The rules of all sites that were read.
pub struct Robots {
    table: Table,
    chosen: Vec<String>,
    summary: Summary,
}

/// Reads the inputs for the chosen robots; none if there are no inputs. Refuses inputs that hold no robots.txt.
pub fn load(inputs: &[String], chosen: &[String], captures: &dyn Captures) -> Result<Option<Robots>, BadConfig> {
    if inputs.is_empty() {
        return Ok(None);
    }
    if chosen.len() > ROBOTS_MAX {
        return Err(BadConfig::new(format!("agents holds {} names; wanted at most {ROBOTS_MAX}", chosen.len())));
    }
    let gathered = Mutex::new((Copies::default(), 0));
    let seen = captures.read(inputs, &|capture| {
        let understood = understand(&capture, chosen);
        let mut gathered = gathered.lock().unwrap_or_else(PoisonError::into_inner);
        match understood {
            Some(understood) => gathered.0.take(understood),
            None => gathered.1 += 1,
        }
    })?;
    let (copies, odd) = gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (table, counts) = copies.into_table();
    if counts.robots == 0 {
        return Err(BadConfig::new(format!(
            "robots: {} HTTP responses in {} files, and none to a request for /robots.txt; \
             wanted WARC files such as those of Common Crawl's `robotstxt` subset",
            seen.responses, seen.files
        )));
    }
    let summary = Summary {
        files: seen.files,
        responses: seen.responses,
        damaged: seen.damaged + odd,
        robots: counts.robots,
        copies: counts.copies,
        unresolved: counts.unresolved,
        sites_with_rules: table.sites(),
        digest: table.digest(),
    };
    Ok(Some(Robots { table, chosen: chosen.to_vec(), summary }))
}

impl Robots {
    /// What the rules in force say of a page; nothing if its address or date cannot be read.
    pub fn readings(&self, origin: &Origin) -> Vec<Reading> {
        let rules = || {
            let url = Url::parse(&origin.url).ok()?;
            let rules = self.table.rules(copies::site(&url)?, copies::seconds(&origin.date)?)?;
            let path = match url.query() {
                Some(query) => UrlPath::new(&format!("{}?{query}", url.path())),
                None => UrlPath::new(url.path()),
            };
            Some(rules.readings(&path, &self.chosen))
        };
        rules().unwrap_or_default()
    }

    /// What was read.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }
}

#[cfg(test)]
mod tests;
