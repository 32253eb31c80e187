//! The words around a statement: what it speaks of, and whether it grants, limits or reserves.
//!
//! The words themselves are in `document::vocabulary`, in some sixty languages; each list grows by reading pages, never by a
//! single site.

use std::borrow::Cow;

use super::license::License;
use super::scope;
use crate::document::rights::Tier;
use crate::document::vocabulary::{
    CONSENT, CREATIVE_COMMONS as LICENSE_NAME, CREDITS, DEMONSTRATIVES, EITHER, EXCEPTIONS, LABELS, LICENSING,
    MODIFICATION, NO_CHANGES, NO_SALE, OBJECTS, OPPOSES, OTHERS_WORKS, PARTS, PERMITS, REPRODUCTION, RESERVED,
    SOME_RIGHTS, TEXTS,
};

/// What a sentence speaks of, by the first noun that tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The text, the page or the site.
    Text,
    /// A picture, a font, a theme, a map, data, software.
    Object,
    /// Some of the text and not all of it.
    Part,
    /// The sentence does not say.
    Unsaid,
}

/// Words that join two nouns to one subject.
const AND: &[&str] = &[
    " and ", " und ", " et ", " y ", " e ", " en ", " og ", " och ", " ja ", " i ", " и ", " та ", " & ", " ve ", "和",
    "및",
];
/// A publisher of licenses whose name has a noun that is no text.
const PUBLISHER: &str = "free software foundation";
/// What joins two clauses of a sentence.
pub const CLAUSE_JOINS: &[&str] = &[
    ", ", "; ", " and ", " und ", " et ", " y ", " e ", " en ", " og ", " och ", " ja ", " i ", " и ", " та ", "、",
    "，",
];
/// Words of a label that names a text.
const TEXT_LABEL_WORDS_MAX: usize = 3;
/// Longest label before a colon, in bytes and in words.
const LABEL_BYTES_MAX: usize = 60;
const LABEL_WORDS_MAX: usize = 5;
/// How many words may stand between the first and the second noun of a joined subject.
const JOINED_WORDS_MAX: usize = 4;

/// What normalized words speak of: the first noun that tells, exceptions aside.
pub fn subject(words: &str) -> Subject {
    if CREDITS.fits(words) {
        return Subject::Object;
    }
    let left = SOME_RIGHTS.removed_from(words);
    let left = RESERVED.removed_from(&left);
    let words = without_exceptions(&left);
    let words = if words.contains(PUBLISHER) { Cow::Owned(words.replace(PUBLISHER, "")) } else { words };
    if PARTS.fits(&words) {
        return Subject::Part;
    }
    match (TEXTS.find(&words), OBJECTS.find(&words)) {
        (None, None) if labels_something_else(&words) || names_a_file(&words) => Subject::Object,
        (None, None) => Subject::Unsaid,
        (Some(_), None) => Subject::Text,
        (None, Some(_)) => Subject::Object,
        (Some((text, _)), Some((object, _))) if text < object => Subject::Text,
        (Some((text, _)), Some((object, _))) if joined(&words[object..text]) => Subject::Text,
        (Some(_), Some(_)) => Subject::Object,
    }
}

/// What a label speaks of. That of more than a few words is a heading of its own, and names no text.
pub fn subject_of_label(label: &str) -> Subject {
    match subject(label) {
        Subject::Text if label.split(' ').count() > TEXT_LABEL_WORDS_MAX => Subject::Unsaid,
        subject => subject,
    }
}

/// Whether the words begin with a label that names neither a text nor a license: "weather map: CC BY", in any language.
fn labels_something_else(words: &str) -> bool {
    let Some(at) = words.find([':', '：']).filter(|at| *at <= LABEL_BYTES_MAX) else { return false };
    let label = words[..at].trim();
    let rest = &words[at..];
    // "Report: CC BY" may be a text of a kind that the lists lack; with something else beside the license, as
    // somebody's name, it is a credit.
    let license = LICENSE_NAME.find(rest).map(|(at, _)| at).or_else(|| rest.find("cc"));
    let between = license.map_or(rest, |at| &rest[..at]);
    let is_credit = between.chars().any(char::is_alphabetic) || rest.contains([',', '(', '©', '،', '、', '，']);
    is_credit
        && label.chars().any(char::is_alphabetic)
        && label.split(' ').count() <= LABEL_WORDS_MAX
        && !rest.starts_with("://")
        && !label.ends_with("http")
        && !label.starts_with("cc")
        && !LABELS.fits(label)
        && !DEMONSTRATIVES.fits(label)
        && !LICENSING.fits(label)
        && !LICENSE_NAME.fits(label)
}

/// Whether normalized words name a file to download.
fn names_a_file(words: &str) -> bool {
    let endings = [
        ".csv", ".tsv", ".json", ".geojson", ".xml.gz", ".zip", ".tar.gz", ".xls", ".xlsx", ".ods", ".gpx", ".kml",
        ".mp3", ".ogg", ".flac", ".wav", ".mp4", ".webm", ".jpg", ".jpeg", ".png", ".svg", ".tif", ".tiff", ".stl",
        ".parquet",
    ];
    words.split([' ', ',', '(', ')']).any(|word| endings.iter().any(|ending| word.ends_with(ending)))
}

/// Whether normalized words set a text apart from others: what they say of the others is not said of it.
pub fn contrasts(words: &str) -> bool {
    [
        "unlike ",
        "in contrast to",
        "anders als",
        "im gegensatz zu",
        "à la différence",
        "contrairement",
        "a diferencia de",
        "ao contrário",
        "a differenza",
        "in tegenstelling tot",
        "w odróżnieniu",
        "na rozdíl",
        "в отличие",
        "на відміну",
        "till skillnad",
        "til forskel",
        "toisin kuin",
        "と異なり",
        "不同于",
        "不同於",
        "와 달리",
    ]
    .iter()
    .any(|word| words.contains(word))
}

/// Whether normalized words deny that a work is in the public domain or one of a government.
pub fn denies(words: &str) -> bool {
    [
        "not a work",
        "not works",
        "not be a work",
        "not in the public domain",
        "not public domain",
        "no es de dominio",
        "no es una obra",
        "n'est pas dans le domaine",
        "nicht gemeinfrei",
        "non è di pubblico",
    ]
    .iter()
    .any(|denial| words.contains(denial))
}

/// Whether a label names licenses, rights or terms.
pub fn is_label_of_license(label: &str) -> bool {
    label.split(' ').count() <= LABEL_WORDS_MAX && (LABELS.fits(label) || LICENSING.fits(label))
}

/// Whether normalized words have to do with licensing.
pub fn speaks_of_licensing(words: &str) -> bool {
    LICENSING.fits(words)
}

/// Whether normalized words may reserve rights: a quick no for most.
pub fn may_reserve(words: &str) -> bool {
    RESERVED.may_fit(words)
        || is_apart(APART, words)
        || (REPRODUCTION.may_fit(words) && (OPPOSES.may_fit(words) || CONSENT.may_fit(words)))
}

/// Whether normalized words expressly reserve all rights, or forbid to reproduce.
pub fn reserves_all(words: &str) -> bool {
    if !may_reserve(words) || WAIVES.iter().any(|verb| words.contains(verb)) {
        return false;
    }
    let words = SOME_RIGHTS.removed_from(words);
    reserves_expressly(&words)
        || (REPRODUCTION.fits(&words)
            && (OPPOSES.fits(&words) || (CONSENT.fits(&words) && !PERMITS.fits(&words)))
            && !NO_SALE.fits(&words)
            && !LICENSE_NAME.fits(&words))
}

/// Whether normalized words have a phrase that means nothing else.
pub fn reserves_expressly(words: &str) -> bool {
    RESERVED.fits(words) || is_apart(APART, words)
}

/// Verbs by which rights are given up: "has waived all rights" reserves none.
const WAIVES: &[&str] = &[
    "waive",
    "verzicht",
    "renonc",
    "renunc",
    "rinunc",
    "afstand doe",
    "afstand gedaan",
    "zrzek",
    "vzdáv",
    "vzdal",
    "odrek",
    "odpoved",
    "отказ",
    "відмов",
    "отрича",
    "avsäg",
    "avstår",
    "fraskriv",
    "giver afkald",
    "luopu",
    "loobu",
    "atsisak",
    "atteik",
    "lemond",
    "feragat",
    "παραιτ",
    "放棄",
    "放弃",
    "포기",
    "ויתר",
    "تنازل",
    "صرف نظر",
    "từ bỏ",
    "melepaskan",
    "renúnc",
];

fn is_apart(phrases: &[(&str, &str)], words: &str) -> bool {
    phrases.iter().any(|(begin, end)| words.find(begin).is_some_and(|at| words[at + begin.len()..].contains(end)))
}

/// The two ends of phrases that reserve all rights with something between them.
const APART: &[(&str, &str)] = &[
    ("all rights", "reserved"),
    ("alle rechte", "vorbehalten"),
    ("alle rechten", "voorbehouden"),
    ("tous droits", "réservés"),
    ("tous les droits", "réservés"),
    ("todos los derechos", "reservados"),
    ("todos os direitos", "reservados"),
    ("tutti i diritti", "riservati"),
    ("wszelkie prawa", "zastrzeżone"),
    ("все права", "защищены"),
    ("усі права", "захищен"),
    ("alla rättigheter", "förbehåll"),
    ("alle rettigheder", "forbehold"),
    ("حقوق", "محفوظ"),
];

/// Whether normalized words forbid, refuse or reserve what else they name.
pub fn opposes(words: &str) -> bool {
    OPPOSES.fits(words) || RESERVED.fits(words) || is_apart(SET_ASIDE, words)
}

/// Verbs for reserving whose particle stands at the end of the clause.
const SET_ASIDE: &[(&str, &str)] = &[
    ("behouden wij ons", " voor"),
    ("behoudt zich", " voor"),
    ("behoud ik mij", " voor"),
    ("behalten wir uns", " vor"),
    ("behält sich", " vor"),
    ("behalte ich mir", " vor"),
    ("behalte mir", " vor"),
];

/// Whether normalized words forbid what a license allows: sale or changes.
pub fn takes_back(words: &str, license: &License) -> bool {
    let forbids_changes = || {
        let forbids =
            |sentence: &str| MODIFICATION.fits(sentence) && OPPOSES.fits(sentence) && !LICENSE_NAME.fits(sentence);
        NO_CHANGES.fits(words) || (MODIFICATION.may_fit(words) && scope::sentences(words).any(forbids))
    };
    match license.tier() {
        Tier::Open => NO_SALE.fits(words) || forbids_changes(),
        Tier::NonCommercial => forbids_changes(),
        _ => false,
    }
}

/// Whether normalized words speak of works that others are to send in, or of licenses in general.
pub fn is_about_others(words: &str) -> bool {
    OTHERS_WORKS.fits(words)
}

/// Whether normalized words offer a choice.
pub fn offers_choice(words: &str) -> bool {
    EITHER.fits(words)
}

/// The words without the first clause that names exceptions.
///
/// Behind the noun of a text it goes to the closing dash or bracket, or to the end; before it, to the comma behind which
/// that noun stands: "except for photos, quotes and logos, all content".
fn without_exceptions(words: &str) -> Cow<'_, str> {
    let Some((at, end)) = EXCEPTIONS.find(words) else { return Cow::Borrowed(words) };
    let before = words[..at].trim_end();
    let closing = match before.chars().next_back() {
        Some('-') => words[end..].find(" - ").map(|dash| end + dash + 3),
        Some('(' | '（') => words[end..].find([')', '）']).map(|bracket| words.ceil_char_boundary(end + bracket + 1)),
        _ => None,
    };
    let clause_end = match closing {
        Some(closing) => closing,
        None if TEXTS.fits(before) => words.len(),
        None => clause_before_text(words, end),
    };
    Cow::Owned(format!("{} {}", before, &words[clause_end..]))
}

/// The end of the exceptions that begin a sentence.
fn clause_before_text(words: &str, from: usize) -> usize {
    let ends = words[from..].match_indices([',', ')', ';', '，', '、', '،', '；', '؛', '）']);
    let ends: Vec<usize> = ends.map(|(at, mark)| from + at + mark.len()).collect();
    let text = |at: usize| TEXTS.find(&words[at..]).map(|(text, _)| at + text);
    let names_text = |(index, at): (usize, &usize)| {
        let next = ends.get(index + 1).copied().unwrap_or(words.len());
        text(*at).is_some_and(|text| text < next).then_some(*at)
    };
    ends.iter().enumerate().rev().find_map(names_text).or(ends.first().copied()).unwrap_or(words.len())
}

/// Whether what stands between two nouns joins them: "photos and text".
fn joined(between: &str) -> bool {
    between.split(' ').count() <= JOINED_WORDS_MAX && AND.iter().any(|and| between.contains(and))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Subject) {
        assert_eq!(subject(&super::super::words::normalized(words)), expected, "{words}");
    }

    #[test]
    fn the_first_noun_is_the_subject() {
        check("Photos on this site are licensed under CC BY", Subject::Object);
        check("The text of the photo guide is CC BY", Subject::Text);
        check("Text and photos are CC BY", Subject::Text);
        check("Photos and text are CC BY", Subject::Text);
        check("Карта: OpenStreetMap, CC BY-SA", Subject::Object);
        check("Bildnachweis: Pressefoto, CC BY", Subject::Object);
        check("写真 CC BY 4.0", Subject::Object);
        check("Some of the descriptions are CC BY-SA", Subject::Part);
        check("Own work by Ann, CC BY, via Wikimedia Commons", Subject::Object);
        check("Licensed under CC BY", Subject::Unsaid);
    }

    #[test]
    fn exceptions_are_not_the_subject() {
        check("Except for photos, all content is CC BY", Subject::Text);
        check("With the exception of the coat of arms and logos, all material here is CC BY", Subject::Text);
        check("All content is CC BY except images", Subject::Text);
    }

    #[test]
    fn reserved_rights_in_several_languages() {
        for words in
            ["© Foo. All rights reserved.", "Все права защищены", "Alle Rechte vorbehalten", "無断転載を禁じます"]
        {
            assert!(reserves_all(&super::super::words::normalized(words)), "{words}");
        }
        for words in ["some rights reserved", "einige Rechte vorbehalten", "algunos derechos reservados"] {
            assert!(!reserves_all(&super::super::words::normalized(words)), "{words}");
            check(words, Subject::Unsaid);
        }
    }
}
