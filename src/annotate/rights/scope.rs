//! What a statement covers, by the place it stands in and the words around it.
//!
//! A mark in a caption is the license of the picture, one in a comment that of the comment, one in a menu or a form
//! nobody's. Everywhere else the sentence tells: its first noun is its subject. Licenses for software and for databases
//! are about the text only if the sentence says so.

use super::license::Family;
use super::statement::Rank;
use super::wording::{self, Subject};
use crate::document::rights::Scope;
use crate::document::signals::Place;

/// Where a statement stands and what is said there.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The part of the page.
    pub place: Place,
    /// Whether it is a `link` element and not something a reader sees.
    pub is_link_element: bool,
    /// The sentence it stands in, normalized.
    pub sentence: &'a str,
    /// What stands before the statement in this sentence.
    pub before: &'a str,
    /// What the sentence speaks of; if it does not say, what its label or the sentence before it speaks of.
    pub subject: Subject,
    /// What its license is made for.
    pub family: Family,
}

/// What a statement covers, and how near it is to the text.
pub fn resolve(standing: &Standing) -> (Scope, Rank) {
    let rank = match standing.place {
        Place::Article | Place::Main => Rank::Article,
        Place::Head | Place::Body | Place::Header => Rank::Page,
        _ => Rank::Site,
    };
    let by_place = match standing.place {
        Place::Nav | Place::Form | Place::Quote => return (Scope::None, rank),
        Place::Figure => return (Scope::Object, rank),
        Place::Comment => return (Scope::Object, rank),
        Place::Post if standing.subject == Subject::Object => return (Scope::Object, rank),
        Place::Post => return (Scope::Part, rank),
        Place::Footer | Place::Aside => Scope::Site,
        Place::Head | Place::Body | Place::Header | Place::Main | Place::Article => Scope::Page,
    };
    if standing.is_link_element {
        return (by_place, rank);
    }
    let scope = match (standing.subject, standing.family) {
        (Subject::Object, _) => Scope::Object,
        (Subject::Part, _) => Scope::Part,
        (_, Family::PublicSector) if is_source_credit(standing.sentence) => Scope::Object,
        (_, Family::Software | Family::Data) if wording::subject(standing.before) != Subject::Text => Scope::Object,
        _ => by_place,
    };
    (scope, rank)
}

/// The credit that public bodies ask for: "contains public sector information licensed under …".
fn is_source_credit(sentence: &str) -> bool {
    ["contains", "contain ", "enthält", "contient", "containing", "based on", "derived from"]
        .iter()
        .any(|verb| sentence.contains(verb))
}

/// The sentence of `words` that holds `part`; all of them if it is not found. Both are normalized.
///
/// A bar ends a sentence and begins none: in "photo: Ann | CC BY | powered by x" the credit goes with what precedes it.
/// A full stop ends a sentence if a word of three letters or a digit stands before it, so that initials do not.
pub fn sentence<'a>(words: &'a str, part: &str) -> &'a str {
    let part = part.trim();
    let Some(at) = words.find(part).filter(|_| !part.is_empty()) else { return words.trim() };
    let begin = ends(&words[..at]).filter(|end| !words[..*end].ends_with('|')).last().unwrap_or(0);
    let rest = at + part.len();
    // The part itself may end the sentence: its own full stop was cut off with the markup.
    let end = ends(words).find(|end| *end >= rest).unwrap_or(words.len());
    words[begin..end].trim()
}

/// The sentences of normalized words, in their order.
pub fn sentences(words: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    let ends = ends(words).chain(std::iter::once(words.len()));
    ends.map(move |end| {
        let sentence = words[from..end].trim();
        from = end;
        sentence
    })
    .filter(|sentence| !sentence.is_empty())
}

/// Words of three letters and more that are written with a full stop and end no sentence.
const ABBREVIATIONS: &[&str] = &[
    "fot", "foto", "phot", "photogr", "ill", "illus", "abb", "bild", "img", "src", "lic", "rys", "obr", "vgl", "incl",
    "inkl", "bzw", "resp", "usw", "etc", "nuotr", "pav", "int", "vol", "art", "abs", "par", "sec", "urhg", "nuot",
    "apud",
];

/// Where sentences end, each after its mark.
fn ends(words: &str) -> impl Iterator<Item = usize> + '_ {
    words.char_indices().filter_map(|(at, c)| {
        let after = at + c.len_utf8();
        let ends = match c {
            '。' | '！' | '？' | '|' | '·' | '•' | '；' | '\n' => true,
            ';' => words[after..].starts_with(' '),
            // "Nevezd meg! - Így add tovább! 4.0" is one name.
            '!' | '?' => {
                let next = words[after..]
                    .strip_prefix(' ')
                    .map(|rest| rest.starts_with(|c: char| c == '-' || c.is_ascii_digit()));
                next == Some(false)
            }
            '.' => {
                let closed = words[..at].trim_end_matches([')', ']', '"', '\'', '”', '»', '“']);
                let last = closed.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
                // "CC BY 3.0 ES." ends a sentence too, an initial does not.
                let before = closed.len() - last.len();
                let is_port = last.len() == 2 && words[..before].trim_end().ends_with(|c: char| c.is_ascii_digit());
                let is_element = matches!(last, "by" | "sa" | "nc" | "nd");
                let ends_in_digit = last.ends_with(|c: char| c.is_ascii_digit());
                let is_word = last.chars().count() >= 3 || ends_in_digit || is_port || is_element;
                let is_word = is_word && !ABBREVIATIONS.contains(&last);
                (words[after..].starts_with(' ') || words[after..].is_empty()) && is_word
            }
            _ => false,
        };
        ends.then_some(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, part: &str, expected: &str) {
        assert_eq!(sentence(words, part), expected);
    }

    #[test]
    fn the_sentence_of_a_link_is_found() {
        check(
            "© parcel ltd. emoji by twiddle, cc by-sa 4.0. made with mkdocs",
            "cc by-sa 4.0",
            "emoji by twiddle, cc by-sa 4.0.",
        );
        check("foto: r. mamani, cc by", "cc by", "foto: r. mamani, cc by");
        check("icons: linia, cc by 3.0 · studio, 2022", "cc by 3.0", "icons: linia, cc by 3.0 ·");
        check("photo: ann | license: cc by | powered by x", "cc by", "photo: ann | license: cc by |");
        check("no part here. none", "", "no part here. none");
    }
}
