//! Drops documents that are not in a wanted language, or of whose language the identifier is not sure enough.
//!
//! Relies on `annotate.language`. Codes are ISO 639-3 as that stage gives them, alone (`eng`) or with an ISO 15924
//! script (`zho_Hans`); a code that it never gives is refused when the plan is compiled.
//! The default score, 0.65, is that of FineWeb (Penedo et al. 2024, arXiv:2406.17557), which has it for the probability
//! of a fastText model; what a score means depends on the identifier.

use serde::{Deserialize, Serialize};

use super::{Filter, Judge};
use crate::annotate::language::codes;
use crate::document::Document;
use crate::document::bad_config::BadConfig;
use crate::document::fact::Question;
use crate::document::language::Language as Found;
use crate::document::reason::{Reason, Verdict};

const UNKNOWN: Reason = Reason::new("language.unknown");
const NOT_WANTED: Reason = Reason::new("language.not_wanted");
const LOW_SCORE: Reason = Reason::new("language.low_score");

/// All reasons of this filter, in the order in which its rules are asked.
pub const REASONS: &[Reason] = &[UNKNOWN, NOT_WANTED, LOW_SCORE];
/// What an earlier stage has to have found.
pub const NEEDS: &[Question] = &[Question::Language];

/// Which languages are kept.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Languages to keep: `eng`, or `zho_Hans` for one script of a language. Empty, the default, keeps all that are
    /// known.
    pub keep: Vec<String>,
    /// Least score of a kept document, 0..=1; a document that has exactly this score is kept.
    pub score_min: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { keep: Vec::new(), score_min: 0.65 }
    }
}

impl Config {
    /// The filter; refuses codes that the identifier never gives, and names the nearest that it does give.
    pub fn build(&self) -> Result<Language, BadConfig> {
        BadConfig::check_share("score_min", self.score_min)?;
        let keep = self.keep.iter().map(|entry| Wanted::parse(entry)).collect::<Result<_, _>>()?;
        Ok(Language { keep, score_min: self.score_min })
    }
}

/// The filter, built from a [`Config`].
pub struct Language {
    keep: Vec<Wanted>,
    score_min: f64,
}

impl Filter for Language {
    fn judge(&self, document: &Document) -> Verdict {
        let Some(found) = document.facts.language.found() else {
            return UNKNOWN.drop();
        };
        if !self.keep.is_empty() && !self.keep.iter().any(|wanted| wanted.is(found)) {
            return NOT_WANTED.drop();
        }
        // The score is stored as f32, so the bound is rounded the same way before the two are compared.
        if found.score < self.score_min as f32 {
            return LOW_SCORE.because(f64::from(found.score), self.score_min);
        }
        Verdict::Keep
    }
}

impl From<Language> for Judge {
    fn from(filter: Language) -> Self {
        Self::Document(Box::new(filter))
    }
}

/// One entry of `keep`.
struct Wanted {
    code: String,
    script: Option<String>,
}

impl Wanted {
    fn parse(entry: &str) -> Result<Self, BadConfig> {
        let (code, script) = match entry.split_once('_') {
            Some((code, script)) => (code, Some(script)),
            None => (entry, None),
        };
        if !codes::is_known(code) {
            let nearest = codes::nearest(code);
            let message =
                format!("keep has `{entry}`, a language that is never found; the nearest code is `{nearest}`");
            return Err(BadConfig::new(message));
        }
        if let Some(script) = script
            && !is_script(script)
        {
            let message = format!("keep has `{entry}`; wanted a script of four letters such as `{code}_Latn`");
            return Err(BadConfig::new(message));
        }
        Ok(Self { code: code.to_string(), script: script.map(str::to_string) })
    }

    fn is(&self, found: &Found) -> bool {
        self.code == found.code && self.script.as_deref().is_none_or(|script| script == found.script)
    }
}

/// Whether it has the form of an ISO 15924 code.
fn is_script(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 4 && bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::fact::Fact;
    use crate::document::origin::Origin;
    use crate::document::signals::Signals;
    use crate::document::{CharsetSource, Decoding};

    fn check(options: &str, language: Option<(&'static str, &'static str, f32)>, expected: Option<&str>) {
        let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Utf8, replacements: 0 };
        let mut document = Document::new("text".into(), Origin::default(), decoding, Signals::default());
        document.facts.language = Fact::from(language.map(|(code, script, score)| Found { code, script, score }));
        let config: Config = toml::from_str(options).unwrap();
        let verdict = config.build().unwrap().judge(&document);
        assert_eq!(verdict.reason().map(Reason::as_str), expected, "{options}, {language:?}");
    }

    fn check_refused(options: &str, expected: &str) {
        let config: Config = toml::from_str(options).unwrap();
        assert_eq!(config.build().err().unwrap().to_string(), expected);
    }

    #[test]
    fn wanted_languages_are_kept_at_the_bound_and_above() {
        let options = "keep = ['eng', 'deu']\nscore_min = 0.65";
        check(options, Some(("eng", "Latn", 0.65)), None);
        check(options, Some(("deu", "Latn", 1.0)), None);
        check(options, Some(("eng", "Latn", 0.64)), Some("language.low_score"));
        check(options, Some(("fra", "Latn", 1.0)), Some("language.not_wanted"));
        check(options, Some(("fra", "Latn", 0.1)), Some("language.not_wanted"));
        check(options, None, Some("language.unknown"));
    }

    #[test]
    fn a_script_narrows_a_language() {
        check("keep = ['zho_Hans', 'srp']", Some(("zho", "Hans", 0.9)), None);
        check("keep = ['zho_Hans', 'srp']", Some(("zho", "Hant", 0.9)), Some("language.not_wanted"));
        check("keep = ['zho_Hans', 'srp']", Some(("srp", "Cyrl", 0.9)), None);
    }

    #[test]
    fn no_list_keeps_every_known_language() {
        check("", Some(("yor", "Latn", 0.7)), None);
        check("", None, Some("language.unknown"));
        check("score_min = 0", Some(("yor", "Latn", 0.0)), None);
    }

    #[test]
    fn codes_that_are_never_found_are_refused() {
        let message = |entry: &str, nearest: &str| {
            format!("keep has `{entry}`, a language that is never found; the nearest code is `{nearest}`")
        };
        check_refused("keep = ['en']", &message("en", "eng"));
        check_refused("keep = ['egn_Latn']", &message("egn_Latn", "eng"));
        check_refused("keep = ['cmn']", &message("cmn", "zho"));
        check_refused("keep = ['ger']", &message("ger", "deu"));
        check_refused("keep = ['']", &message("", "eng"));
        check_refused(
            "keep = ['eng_latin']",
            "keep has `eng_latin`; wanted a script of four letters such as `eng_Latn`",
        );
        check_refused("score_min = 1.5", "score_min is 1.5; a share lies between 0 and 1");
    }
}
