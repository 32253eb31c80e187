//! Keeps or drops a document. A filter never edits, and never says why in more than one reason.
//!
//! One file a filter: its options with defaults, its reasons, how it judges, its unit tests.
//! A filter that needs what files hold opens none itself: `(lists)` or `(models)` in the catalogue gives it a reader of
//! them.
//! To add one: write the file, add its `pub mod` line and its line in the catalogue below, use it in a preset with an
//! `[[expect]]` for each reason, and run `UPDATE_GOLDEN=1 cargo test` to renew the golden files.

pub mod by_language;
pub mod c4_quality;
pub mod contamination;
pub mod cut_words;
pub mod extraction;
pub mod fasttext_classifier;
pub mod fineweb_quality;
pub mod fineweb_quality_2024_04;
pub mod gopher_quality;
pub mod gopher_quality_2024_04;
pub mod gopher_repetition;
pub mod language;
pub mod length;
pub mod lists;
pub mod rights;
pub mod seen;
pub mod url;

use serde::{Deserialize, Serialize};

use self::lists::Lists;
use crate::annotate::language::codes;
use crate::annotate::models::{Models, Summary};
use crate::document::Document;
use crate::document::bad_config::BadConfig;
use crate::document::fact::Question;
use crate::document::origin::Origin;
use crate::document::reason::{Reason, Verdict};

/// Judges a document.
pub trait Filter: Send + Sync {
    /// Keep, or drop with one reason.
    fn judge(&self, document: &Document) -> Verdict;

    /// What was read of benchmarks, if the filter looks for them.
    fn benchmarks(&self) -> Option<&[contamination::Summary]> {
        None
    }

    /// The model that it asks, if it asks one.
    fn model(&self) -> Option<&Summary> {
        None
    }
}

/// What filters are made of beside their options.
pub struct Given<'a> {
    /// Reader of lists.
    pub lists: &'a dyn Lists,
    /// Reader of models.
    pub models: &'a dyn Models,
    /// What the stages before can say of a document's language.
    pub languages: &'a codes::Given,
}

/// Judges a record by its origin alone, before its payload is parsed.
pub trait Gate: Send + Sync {
    /// Keep, or drop with one reason.
    fn judge(&self, origin: &Origin) -> Verdict;
}

/// A filter ready to run: one that needs the document, or one that needs no more than the origin.
pub enum Judge {
    /// Judges documents.
    Document(Box<dyn Filter>),
    /// Judges origins, so the plan may run it before anything is parsed.
    Origin(Box<dyn Gate>),
}

/// What the program knows about a filter without building one.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Name as in a preset, without `filter.`.
    pub name: &'static str,
    /// All reasons it can give.
    pub reasons: &'static [Reason],
    /// The facts that an earlier stage has to have asked for.
    pub needs: &'static [Question],
}

macro_rules! filters {
    ($($(#[$doc:meta])* $variant:ident => $module:ident $(($($given:ident),*))?,)*) => {
        /// The options of a `filter.*` stage, by the filter's name.
        #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum FilterConfig { $($(#[$doc])* $variant($module::Config),)* }

        impl FilterConfig {
            /// The filter, or what is wrong with its options or with the files that they name.
            pub fn build(&self, given: &Given<'_>) -> Result<Judge, BadConfig> {
                match self { $(Self::$variant(config) => Ok(config.build($($(given.$given),*)?)?.into()),)* }
            }

            /// What the catalogue says of this filter.
            pub fn entry(&self) -> Entry {
                match self { $(Self::$variant(_) => Entry {
                    name: stringify!($module), reasons: $module::REASONS, needs: $module::NEEDS,
                },)* }
            }
        }

        /// All filters, in the order of their names.
        pub const CATALOGUE: &[Entry] = &[$(Entry {
            name: stringify!($module), reasons: $module::REASONS, needs: $module::NEEDS,
        },)*];
    };
}

filters! {
    /// C4's rules on filler text, code and sentences.
    C4Quality => c4_quality,
    /// By passages of benchmarks.
    Contamination => contamination(lists),
    /// By how much editors cut.
    CutWords => cut_words,
    /// By how well the text was told from the rest of its page.
    Extraction => extraction,
    /// By a classifier's probability of a label.
    FasttextClassifier => fasttext_classifier(models),
    /// FineWeb's rules on lines.
    FinewebQuality => fineweb_quality(lists),
    /// FineWeb's rules on lines as they were in April 2024.
    #[serde(rename = "fineweb_quality_2024_04")]
    FinewebQuality202404 => fineweb_quality_2024_04(lists),
    /// Gopher's document quality rules.
    GopherQuality => gopher_quality(lists),
    /// Gopher's document quality rules as they were in April 2024.
    #[serde(rename = "gopher_quality_2024_04")]
    GopherQuality202404 => gopher_quality_2024_04(lists),
    /// Gopher's repetition rules.
    GopherRepetition => gopher_repetition(lists),
    /// By language and its score.
    Language => language(languages, lists),
    /// By number of words.
    Length => length,
    /// By license tier, confidence, reservation, scope, id and site.
    Rights => rights(lists),
    /// By lists of domains, hosts, URLs and words.
    Url => url(lists),
}

impl FilterConfig {
    /// The facts that an earlier stage has to have asked for: those of the catalogue, and the language where bounds
    /// differ by it.
    pub fn needs(&self) -> &'static [Question] {
        let table = match self {
            Self::GopherRepetition(config) => &config.by_language,
            Self::GopherQuality(config) => &config.by_language,
            Self::GopherQuality202404(config) => &config.0.by_language,
            Self::FinewebQuality(config) => &config.by_language,
            Self::FinewebQuality202404(config) => &config.0.by_language,
            _ => return self.entry().needs,
        };
        match table.as_str() {
            "" => self.entry().needs,
            _ => &[Question::Text, Question::Language],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::document::language::Language;
    use crate::document::signals::Signals;
    use crate::document::{CharsetSource, Decoding};

    /// A document of which nothing is known but its text.
    pub fn document(text: &str) -> Document {
        let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Utf8, replacements: 0 };
        Document::new(text.into(), Origin::default(), decoding, Signals::default())
    }

    /// A language that was found with certainty.
    pub fn language(code: &'static str, script: &'static str) -> Language {
        Language { code, script, score: 1.0, share: None }
    }

    #[test]
    fn the_catalogue_hands_lists_to_the_filters_that_read_them() {
        let config: FilterConfig = toml::from_str("url = { hosts = { files = ['hosts.txt'] } }").unwrap();
        let (none, languages) = (BTreeMap::<String, String>::new(), codes::Given::default());
        let lists = BTreeMap::from([("hosts.txt".to_string(), "example.org\n".to_string())]);
        let given = |lists| Given { lists, models: &none, languages: &languages };
        let Judge::Origin(gate) = config.build(&given(&lists)).unwrap() else { panic!("the filter judges origins") };
        let origin = Origin { url: "https://example.org/".into(), ..Origin::default() };
        assert_eq!(gate.judge(&origin).reason().unwrap().as_str(), "url.blocked_host");
        assert_eq!(config.build(&given(&none)).err().unwrap().to_string(), "the list hosts.txt is not there");
    }

    #[test]
    fn every_reason_begins_with_its_filter_and_is_given_by_no_other() {
        let mut all: Vec<&str> = Vec::new();
        for entry in CATALOGUE {
            for reason in entry.reasons {
                assert!(reason.as_str().starts_with(&format!("{}.", entry.name)), "{reason}");
                all.push(reason.as_str());
            }
        }
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
