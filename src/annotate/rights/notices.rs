//! Statements in words alone, wherever a page shows them: at the end of an article, in a byline, in the footer.
//!
//! A sentence counts if it names one license and says what is licensed, or that something is; a sentence that expressly
//! reserves all rights counts too. What stands between the paragraphs of a text is a part of what it tells: there a
//! sentence counts only if the text speaks of itself.

use super::known;
use super::license::{Family, License};
use super::other_names;
use super::quotation;
use super::scope::{self, Standing};
use super::statement::{Claim, Form, Statement, evidence};
use super::wording::{self, Subject};
use super::words::{self, Mentions};
use crate::document::rights::Scope;
use crate::document::signals::{NoticeSignal, Place};
use crate::document::vocabulary::{CREATIVE_COMMONS, DEMONSTRATIVES, PUBLIC_DOMAIN, US_GOVERNMENT};

/// Longest sentence that is a label such as "Text: CC BY 4.0 Ann", in bytes.
const LABEL_BYTES_MAX: usize = 40;
/// Longest sentence of a footer that states a license without a verb, in bytes.
const FOOTER_BYTES_MAX: usize = 200;
/// Longest block that is the name of a license and nothing else, in bytes.
const NAME_BYTES_MAX: usize = 100;
/// Words of a block that tells more than a license.
const PROSE_WORDS_MIN: u32 = 60;
/// Longest sentence that is read, in bytes: a longer one tells more than its own license.
const SENTENCE_BYTES_MAX: usize = 700;
/// Paragraphs on both sides of what stands within a text.
const PARAGRAPHS_AROUND: u32 = 2;

/// A notice with its lines prepared for comparing.
pub struct Prepared<'a> {
    /// As it was found.
    pub notice: &'a NoticeSignal,
    /// Its lines, normalized.
    pub lines: Vec<String>,
}

/// Notices with their lines normalized, those left out whose place states nothing.
pub fn prepared(notices: &[NoticeSignal]) -> Vec<Prepared<'_>> {
    let states = |notice: &&NoticeSignal| {
        !matches!(notice.place, Place::Nav | Place::Form | Place::Quote | Place::Head | Place::Comment)
    };
    let lines = |notice: &NoticeSignal| notice.text.lines().map(words::normalized).collect();
    notices.iter().filter(states).map(|notice| Prepared { notice, lines: lines(notice) }).collect()
}

/// All statements in notices, in document order.
pub fn statements(prepared: &[Prepared<'_>]) -> Vec<Statement> {
    let mut found = Vec::new();
    for notice in prepared.iter().filter(|prepared| prepared.lines.iter().any(|line| may_state(line))) {
        read(notice, &mut found);
    }
    found
}

/// Whether a notice stands between the paragraphs of the main text.
pub fn is_within_text(notice: &NoticeSignal) -> bool {
    notice.around_it.paragraphs_before >= PARAGRAPHS_AROUND
        && notice.around_it.paragraphs_after >= PARAGRAPHS_AROUND
        && in_text(notice.place)
}

fn in_text(place: Place) -> bool {
    matches!(place, Place::Main | Place::Article | Place::Body | Place::Header)
}

fn read(prepared: &Prepared<'_>, found: &mut Vec<Statement>) {
    let notice = prepared.notice;
    let label = words::normalized(&notice.label);
    let mut before = if notice.label.is_empty() { Subject::Unsaid } else { wording::subject_of_label(&label) };
    let is_labeled = wording::is_label_of_license(&label);
    let first = found.len();
    for words in prepared.lines.iter().filter(|line| may_state(line)) {
        let mut from = 0;
        for sentence in scope::sentences(words) {
            let start = from + words[from..].find(sentence).unwrap_or(0);
            let line_before = &words[..start];
            from = start + sentence.len();
            if sentence.len() > SENTENCE_BYTES_MAX {
                continue;
            }
            let said = wording::subject(sentence);
            found.extend(Sentence { notice, words: sentence, line_before, said, before, is_labeled }.statement());
            before = if said == Subject::Unsaid { before } else { said };
        }
    }
    if found.len() == first {
        return;
    }
    // One sentence names a license, another of the same notice takes back a part of it.
    let all = prepared.lines.join(" ");
    for made in &mut found[first..] {
        made.is_doubtful |= made.license().is_some_and(|license| wording::takes_back(&all, license));
        if let Claim::License(license) = &mut made.claim {
            *license = known::with_conditions(*license, &all);
        }
    }
}

/// Whether normalized words may name a license or reserve rights: a quick no for most.
fn may_state(words: &str) -> bool {
    words::may_name_a_license(words)
        || wording::may_reserve(words)
        || PUBLIC_DOMAIN.may_fit(words)
        || US_GOVERNMENT.may_fit(words)
        || other_names::names_us_statute(words)
}

struct Sentence<'a> {
    notice: &'a NoticeSignal,
    words: &'a str,
    /// What stands before it in its line.
    line_before: &'a str,
    /// What it speaks of itself.
    said: Subject,
    /// What the sentence or label before it speaks of.
    before: Subject,
    /// Whether its label says that it states a license.
    is_labeled: bool,
}

impl Sentence<'_> {
    fn statement(&self) -> Option<Statement> {
        if wording::reserves_all(self.words) {
            return self.reserved();
        }
        let mentions = words::mentions(self.words);
        if let Some(license) = self.public_domain(&mentions) {
            return self.licensed(Some(license), true);
        }
        let license = match mentions.licenses.as_slice() {
            [license] => Some(*license),
            [] if mentions.unnamed => None,
            several if wording::offers_choice(self.words) => return self.first_of_choice(several),
            // "Text CC BY, photos CC BY-NC": each clause has a subject of its own.
            _ => {
                let mut about_text = self.clauses().filter(|clause| clause.said == Subject::Text);
                return about_text.find_map(|clause| clause.statement().filter(Statement::is_about_the_text));
            }
        };
        self.licensed(license, false)
    }

    /// The clauses of a sentence that names several licenses, if there are several.
    fn clauses(&self) -> impl Iterator<Item = Sentence<'_>> {
        let cut = wording::CLAUSE_JOINS
            .iter()
            .find(|join| self.words.split(*join).filter(|clause| words::may_name_a_license(clause)).count() > 1);
        let clauses = cut.map(|join| self.words.split(*join)).into_iter().flatten();
        clauses.filter(|clause| words::may_name_a_license(clause)).map(|words| Sentence {
            words,
            said: wording::subject(words),
            before: Subject::Unsaid,
            ..*self
        })
    }

    /// `is_given` says that the sentence gives the text up by its own words, without speaking of a license.
    fn licensed(&self, license: Option<License>, is_given: bool) -> Option<Statement> {
        // The word license in the name of one tells nothing, unless the sentence says what is under it.
        let licensing = is_given
            || self.is_labeled
            || match self.said {
                Subject::Text => wording::speaks_of_licensing(self.words),
                Subject::Unsaid if self.before == Subject::Text => wording::speaks_of_licensing(self.words),
                _ => wording::speaks_of_licensing(&words::without_names(self.words)),
            };
        if wording::is_about_others(self.words) || quotation::license_is_quoted(self.words) {
            return None;
        }
        let family = license.map_or(Family::Works, |license| license.family());
        let is_bare = self.words.len() <= LABEL_BYTES_MAX || self.before_name().trim_end().ends_with([':', '：']);
        let is_short = self.words.len() <= NAME_BYTES_MAX;
        let subject = match self.said {
            Subject::Unsaid if is_bare || !licensing || family != Family::Works => self.before,
            said => said,
        };
        let is_own = self.speaks_of_itself(licensing);
        let is_short_post = self.notice.place == Place::Post && subject == Subject::Text && is_short;
        let in_prose = in_text(self.notice.place) && self.notice.around_it.words >= PROSE_WORDS_MIN;
        if (is_within_text(self.notice) || in_prose || self.notice.place == Place::Post) && !is_own && !is_short_post {
            return None;
        }
        let is_foot = self.notice.place == Place::Footer;
        let is_said = match subject {
            Subject::Object | Subject::Part => true,
            Subject::Text => licensing || is_bare || (is_foot && self.words.len() <= FOOTER_BYTES_MAX),
            Subject::Unsaid => {
                let is_name_alone = (self.notice.label.is_empty() || self.is_labeled)
                    && self.words.len() == words::normalized(&self.notice.text).trim().len()
                    && self.notice.around_it.paragraphs_after == 0
                    && license.is_some_and(|license| matches!(license, License::CreativeCommons(_)))
                    && self.words.len() <= NAME_BYTES_MAX;
                family == Family::Works
                    && (licensing || is_name_alone || (is_foot && self.words.len() <= FOOTER_BYTES_MAX))
            }
        };
        if !is_said || (license.is_none() && !(licensing && subject == Subject::Text)) {
            return None;
        }
        let claim = license.map_or(Claim::UnnamedCreativeCommons, Claim::License);
        let before = self.before_name();
        let standing = Standing {
            place: self.notice.place,
            is_link_element: false,
            sentence: self.words,
            before,
            subject,
            family: if subject == Subject::Text { Family::Works } else { family },
        };
        let is_full = subject == Subject::Text && license.is_none_or(|license| license.spdx().is_some());
        let form = if is_full { Form::Worded } else { Form::Bare };
        let mut made = self.made(claim, scope::resolve(&standing), form);
        made.is_doubtful = license.is_some_and(|license| wording::takes_back(self.words, &license));
        made.offers_choice = wording::offers_choice(self.words);
        made.speaks_of_itself = is_own;
        Some(made)
    }

    /// A choice in words alone: the verdict joins what the sentence names, so the first is enough to begin with.
    fn first_of_choice(&self, several: &[License]) -> Option<Statement> {
        let mut made = self.licensed(several.first().copied(), false)?;
        made.choices = several.to_vec();
        Some(made)
    }

    fn reserved(&self) -> Option<Statement> {
        if is_within_text(self.notice) || quotation::reserve_is_quoted(self.line_before, self.words) {
            return None;
        }
        // What a text tells may forbid to copy too: there the sentence has to name the text, or be short.
        let is_clear = wording::reserves_expressly(self.words)
            || !in_text(self.notice.place)
            || self.said == Subject::Text
            || self.words.len() <= NAME_BYTES_MAX;
        if !is_clear {
            return None;
        }
        let standing = Standing {
            place: self.notice.place,
            is_link_element: false,
            sentence: self.words,
            before: "",
            // "In whole or in part" forbids the whole.
            subject: if self.said == Subject::Part { Subject::Unsaid } else { self.said },
            family: Family::Works,
        };
        Some(self.made(Claim::Reserved, scope::resolve(&standing), Form::Worded))
    }

    /// The public domain or the federal government, said of the text itself and of no other license.
    fn public_domain(&self, mentions: &Mentions) -> Option<License> {
        if !mentions.licenses.is_empty() && !mentions.licenses.iter().all(|license| license.name() == "CC-PDM") {
            return None;
        }
        if wording::contrasts(self.words) || wording::denies(self.words) {
            return None;
        }
        let in_public_domain = PUBLIC_DOMAIN.fits(self.words);
        if US_GOVERNMENT.fits(self.words)
            || (in_public_domain && other_names::names_us_government(self.words))
            || other_names::names_us_statute(self.words)
        {
            return known::unversioned("US-government");
        }
        if !in_public_domain || self.said == Subject::Unsaid {
            return None;
        }
        if other_names::names_public_domain_mark(self.words) {
            return super::url::from_spdx("CC-PDM-1.0");
        }
        known::unversioned("public-domain")
    }

    /// Whether a sentence within a text is about that text: it points to it, names it and speaks of its license.
    fn speaks_of_itself(&self, licensing: bool) -> bool {
        let is_quoted = self.words.starts_with(['"', '“', '”', '„', '«', '»', '\'', '「', '『']);
        licensing && !is_quoted && self.said == Subject::Text && DEMONSTRATIVES.fits(self.words)
    }

    fn before_name(&self) -> &str {
        let at = CREATIVE_COMMONS.find(self.words).map(|(at, _)| at).or_else(|| self.words.find("cc"));
        at.map_or(self.words, |at| &self.words[..at])
    }

    fn made(&self, claim: Claim, standing: (Scope, super::statement::Rank), form: Form) -> Statement {
        let found = evidence(
            "words",
            self.notice.place.as_str(),
            self.words,
            &self.notice.text,
            Some(self.notice.offset_bytes),
        );
        Statement::new(claim, standing, form, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::signals::Around;

    fn notice(text: &str, place: Place, around: u32) -> NoticeSignal {
        NoticeSignal {
            text: text.to_owned(),
            place,
            around_it: Around { paragraphs_before: around, paragraphs_after: around, words: 9 },
            ..NoticeSignal::default()
        }
    }

    fn told(notice: NoticeSignal) -> String {
        let found = statements(&prepared(&[notice])).pop().map(|s| match s.claim {
            Claim::License(license) => {
                format!("{} {}", license.spdx().unwrap_or(license.name().to_owned()), s.scope.as_str())
            }
            other => format!("{other:?} {}", s.scope.as_str()),
        });
        found.unwrap_or_else(|| "no statement".to_owned())
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(told(notice(text, Place::Main, 0)), expected, "{text}");
    }

    #[test]
    fn a_sentence_of_its_own_states_a_license() {
        check("This article is licensed under Creative Commons Attribution 4.0 International.", "CC-BY-4.0 page");
        check("I have put these notes under CC0 1.0 Universal. No need to ask.", "CC0-1.0 page");
        check("Testo sotto licenza Creative Commons Attribuzione - Non commerciale.", "CC-BY-NC page");
        check("Text: © 2017 Ann. Toate drepturile rezervate pentru acest interviu.", "Reserved page");
    }

    #[test]
    fn a_sentence_about_something_else_does_not() {
        check("Photo: Ann, CC BY 4.0", "CC-BY-4.0 object");
        check("CC BY asks for credit, CC BY-SA for the same license.", "no statement");
        check("A work may be marked CC BY 4.0, and then its author is named.", "no statement");
        check("Source is on our forge under Apache-2.0.", "no statement");
    }

    #[test]
    fn a_work_of_the_government_is_one_only_where_that_is_not_denied() {
        let id = "LicenseRef-scancode-us-govt-public-domain";
        check("This text is a work of the United States Government.", &format!("{id} page"));
        check("This text is not a work of the United States Government.", "no statement");
        check("Unlike works of the United States Government, this text is ours.", "no statement");
    }

    #[test]
    fn copying_that_is_allowed_without_permission_is_not_reserved() {
        check("This text may be copied without permission.", "no statement");
        check("This text may not be copied without permission.", "Reserved page");
    }

    #[test]
    fn what_a_text_tells_is_not_its_license_unless_it_speaks_of_itself() {
        let wiki = "The articles of the almanac are licensed under CC BY-SA 4.0.";
        assert_eq!(told(notice(wiki, Place::Main, 2)), "no statement");
        let own = "This article is licensed under CC BY 4.0.";
        assert_eq!(told(notice(own, Place::Main, 2)), "CC-BY-4.0 page");
        assert_eq!(told(notice(wiki, Place::Main, 1)), "CC-BY-SA-4.0 page");
    }

    #[test]
    fn the_place_tells_what_is_covered() {
        let said = "All texts are licensed under CC BY 4.0.";
        assert_eq!(told(notice(said, Place::Footer, 0)), "CC-BY-4.0 site");
        assert_eq!(told(notice(said, Place::Figure, 0)), "CC-BY-4.0 object");
        assert_eq!(told(notice("This post is licensed under CC BY 4.0.", Place::Post, 0)), "CC-BY-4.0 part");
        assert_eq!(told(notice(said, Place::Comment, 0)), "no statement");
        assert_eq!(told(notice(said, Place::Quote, 0)), "no statement");
    }
}
