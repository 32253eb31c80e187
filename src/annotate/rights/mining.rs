//! Reservations in words against text and data mining and the training of models.
//!
//! A sentence counts that names mining or training and forbids, refuses or reserves it, where a page speaks for itself:
//! in its footer or at the end of its text, not between paragraphs that report what others do. A publisher who leaves
//! open access articles to their own licenses reserves nothing on a page that states one.

use super::notices::{self, Prepared};
use super::quotation;
use super::scope;
use super::wording;
use crate::document::signals::{NoticeSignal, Place};
use crate::document::vocabulary::{CREATIVE_COMMONS, EXCEPTIONS, MINING, OPEN_ACCESS};

/// One reservation in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Opposed {
    /// The sentence, as it was compared.
    pub sentence: String,
    /// Whether the notice leaves works under open licenses to those licenses.
    pub spares_open_access: bool,
}

/// All reservations in words, in document order.
pub fn opposed(prepared: &[Prepared<'_>]) -> Vec<Opposed> {
    prepared.iter().filter(|prepared| speaks_for_the_page(prepared.notice)).filter_map(opposed_in).collect()
}

fn speaks_for_the_page(notice: &NoticeSignal) -> bool {
    let in_text = matches!(notice.place, Place::Main | Place::Article | Place::Body | Place::Header);
    let elsewhere = matches!(notice.place, Place::Footer | Place::Aside);
    elsewhere || (in_text && !notices::is_within_text(notice) && notice.around_it.paragraphs_after == 0)
}

fn opposed_in(prepared: &Prepared<'_>) -> Option<Opposed> {
    let lines = || prepared.lines.iter().filter(|line| MINING.may_fit(line));
    let sentence = lines()
        .flat_map(|line| scope::sentences(line))
        .find(|sentence| MINING.fits(sentence) && opposes(sentence) && !is_quoted(sentence))?;
    let spares = |sentence: &str| {
        let names_licensed = CREATIVE_COMMONS.fits(sentence) && EXCEPTIONS.fits(sentence);
        names_licensed || OPEN_ACCESS.fits(sentence)
    };
    let spares_open_access = prepared.lines.iter().flat_map(|line| scope::sentences(line)).any(spares);
    Some(Opposed { sentence: sentence.to_owned(), spares_open_access })
}

/// Whether the sentence forbids or reserves; the name of the signal for it does not.
fn opposes(sentence: &str) -> bool {
    wording::opposes(&sentence.replace("tdm-reservation", ""))
}

/// Whether the sentence quotes what others say of mining.
fn is_quoted(sentence: &str) -> bool {
    MINING.find(sentence).is_some_and(|(at, _)| quotation::is_quoted(&sentence[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::signals::Around;

    fn check(text: &str, (place, after): (Place, u32), expected: Option<bool>) {
        let notice = NoticeSignal {
            text: text.to_owned(),
            place,
            around_it: Around { paragraphs_after: after, ..Around::default() },
            ..NoticeSignal::default()
        };
        assert_eq!(
            opposed(&notices::prepared(&[notice])).first().map(|found| found.spares_open_access),
            expected,
            "{text}"
        );
    }

    #[test]
    fn mining_that_is_forbidden_is_reserved() {
        let said = "Die Nutzung für Text und Data Mining im Sinne von § 44b UrhG ist ausdrücklich untersagt.";
        check(said, (Place::Footer, 0), Some(false));
        check(said, (Place::Main, 0), Some(false));
        check("Text and data mining is a field of research.", (Place::Footer, 0), None);
    }

    #[test]
    fn what_a_text_reports_reserves_nothing() {
        check("Publishers now forbid text and data mining.", (Place::Main, 3), None);
        check("Publishers now forbid text and data mining.", (Place::Quote, 0), None);
    }

    #[test]
    fn open_access_may_be_spared() {
        let said = "We reserve all rights, text and data mining included. Open access articles keep their license.";
        check(said, (Place::Footer, 0), Some(true));
    }
}
