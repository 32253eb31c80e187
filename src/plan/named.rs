//! What a preset names beside itself, and a note of the lists that were read of it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::digest;
use crate::annotate;
use crate::dedup::minhash::earlier::EarlierSets;
use crate::document::bad_config::BadConfig;
use crate::filter::lists::Lists;

/// What a preset names beside itself: list files, WARC files with copies of robots.txt files, models, tokenizers,
/// earlier sets, and templates of cards.
pub trait Named: Lists + annotate::Named + EarlierSets + CardTemplates {}

impl<T: Lists + annotate::Named + EarlierSets + CardTemplates> Named for T {}

/// Where the templates of cards come from.
pub trait CardTemplates {
    /// The text of a template that renders a card, or why it cannot be had or renders none. `path` is as the preset has
    /// it. It is tried here, so that a run of hours does not find out at its end.
    fn read_template(&self, path: &str) -> Result<String, BadConfig>;
}

/// There are none.
impl<T> CardTemplates for BTreeMap<String, T> {
    fn read_template(&self, path: &str) -> Result<String, BadConfig> {
        Err(BadConfig::new(format!("the template {path} is not there")))
    }
}

/// Notes the digest of every list file, since the digest of the plan covers their content.
pub struct RecordedLists<'a> {
    lists: &'a dyn Lists,
    digests: RefCell<Vec<String>>,
}

impl<'a> RecordedLists<'a> {
    /// Lists of which none has been read.
    pub fn of(lists: &'a dyn Lists) -> Self {
        Self { lists, digests: RefCell::default() }
    }

    /// The digests of all lists, in the order in which they were read.
    pub fn into_digests(self) -> Vec<String> {
        self.digests.into_inner()
    }
}

impl Lists for RecordedLists<'_> {
    fn read(&self, path: &str) -> Result<String, BadConfig> {
        let list = self.lists.read(path)?;
        self.digests.borrow_mut().push(digest::of(&list));
        Ok(list)
    }
}
