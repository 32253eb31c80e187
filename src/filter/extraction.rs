//! Drops documents whose text was poorly told from the rest of the page.
//!
//! Relies on `extract.html` in a mode that chooses: it states the word F1 that its choice may be expected to have. On
//! the pages on which it was learned that figure is right on average; of a single page it is a guess.
//! Text that nothing was chosen of, as that of WET files, has no such figure and is kept.

use serde::{Deserialize, Serialize};

use super::{Filter, Judge};
use crate::document::Document;
use crate::document::bad_config::BadConfig;
use crate::document::fact::Question;
use crate::document::reason::{Reason, Verdict};

const EXPECTED_F1_TOO_LOW: Reason = Reason::new("extraction.expected_f1_too_low");

/// All reasons of this filter.
pub const REASONS: &[Reason] = &[EXPECTED_F1_TOO_LOW];
/// What an earlier stage has to have found.
pub const NEEDS: &[Question] = &[Question::Extraction];

/// How good the extraction of a kept document has to be.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Least expected F1 of a kept document, 0..=1; a document that has exactly this is kept.
    pub expected_f1_min: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { expected_f1_min: 0.5 }
    }
}

impl Config {
    /// The filter; refuses a bound outside 0..=1.
    pub fn build(&self) -> Result<Extraction, BadConfig> {
        BadConfig::check_share("expected_f1_min", self.expected_f1_min)?;
        Ok(Extraction { expected_f1_min: self.expected_f1_min })
    }
}

/// The filter, built from a [`Config`].
pub struct Extraction {
    expected_f1_min: f64,
}

impl Filter for Extraction {
    fn judge(&self, document: &Document) -> Verdict {
        match document.facts.extraction.found() {
            // The figure is stored as f32, so the bound is rounded the same way before the two are compared.
            Some(found) if found.expected_f1 < self.expected_f1_min as f32 => {
                EXPECTED_F1_TOO_LOW.because(f64::from(found.expected_f1), self.expected_f1_min)
            }
            _ => Verdict::Keep,
        }
    }
}

impl From<Extraction> for Judge {
    fn from(filter: Extraction) -> Self {
        Self::Document(Box::new(filter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::extraction::Extraction as Found;
    use crate::document::fact::Fact;
    use crate::document::origin::Origin;
    use crate::document::signals::Signals;
    use crate::document::{CharsetSource, Decoding};

    fn check(options: &str, expected_f1: Option<f32>, expected: Option<&str>) {
        let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Utf8, replacements: 0 };
        let mut document = Document::new("text".into(), Origin::default(), decoding, Signals::default());
        document.facts.extraction =
            expected_f1.map_or(Fact::NotAsked, |expected_f1| Fact::Found(Found { expected_f1 }));
        let config: Config = toml::from_str(options).unwrap();
        let verdict = config.build().unwrap().judge(&document);
        assert_eq!(verdict.reason().map(Reason::as_str), expected, "{options}, {expected_f1:?}");
    }

    #[test]
    fn documents_are_kept_at_the_bound_and_above() {
        check("", Some(0.5), None);
        check("", Some(0.499), Some("extraction.expected_f1_too_low"));
        check("expected_f1_min = 0.7", Some(0.7), None);
        check("expected_f1_min = 0.7", Some(0.699), Some("extraction.expected_f1_too_low"));
        check("expected_f1_min = 0", Some(0.0), None);
    }

    #[test]
    fn text_without_a_figure_is_kept() {
        check("expected_f1_min = 1", None, None);
    }

    #[test]
    fn a_bound_that_is_no_share_is_refused() {
        let config = Config { expected_f1_min: 1.5 };
        assert_eq!(config.build().err().unwrap().to_string(), "expected_f1_min is 1.5; a share lies between 0 and 1");
    }
}
