//! The words around a statement: what it speaks of, and whether it grants, limits or reserves.
//!
//! The words themselves are in `vocabulary`. First form: the lists hold the commonest nouns of some twenty languages;
//! each grows by reading pages, never by a single site.

use super::vocabulary::{
    CREDITS, EITHER, EXCEPTIONS, LICENSING, NO_SALE, OBJECTS, PARTS, RESERVED, SOME_RIGHTS, TEXTS,
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
/// How many words may stand between the first and the second noun of a joined subject.
const JOINED_WORDS_MAX: usize = 4;

/// What normalized words speak of: the first noun that tells, exceptions aside.
pub fn subject(words: &str) -> Subject {
    if CREDITS.fits(words) {
        return Subject::Object;
    }
    let words = without_exceptions(&SOME_RIGHTS.removed_from(words));
    if PARTS.fits(&words) {
        return Subject::Part;
    }
    match (TEXTS.find(&words), OBJECTS.find(&words)) {
        (None, None) => Subject::Unsaid,
        (Some(_), None) => Subject::Text,
        (None, Some(_)) => Subject::Object,
        (Some((text, _)), Some((object, _))) if text < object => Subject::Text,
        (Some((text, _)), Some((object, _))) if joined(&words[object..text]) => Subject::Text,
        (Some(_), Some(_)) => Subject::Object,
    }
}

/// Whether normalized words have to do with licensing.
pub fn speaks_of_licensing(words: &str) -> bool {
    LICENSING.fits(words)
}

/// Whether normalized words expressly reserve all rights.
pub fn reserves_all(words: &str) -> bool {
    RESERVED.fits(&SOME_RIGHTS.removed_from(words))
}

/// Whether normalized words forbid commercial use, whatever license they name.
pub fn forbids_sale(words: &str) -> bool {
    NO_SALE.fits(words)
}

/// Whether normalized words speak of invariant sections or cover texts, with which the GFDL is not open.
pub fn limits_gfdl(words: &str) -> bool {
    let names =
        ["invariant", "cover text", "unveränderlich", "umschlagtext", "texte de couverture", "texto de cubierta"];
    let denies =
        ["no invariant", "without invariant", "keine unveränderlich", "sans section", "sin secciones", "not invariant"];
    names.iter().any(|name| words.contains(name)) && !denies.iter().any(|denial| words.contains(denial))
}

/// Whether normalized words offer a choice.
pub fn offers_choice(words: &str) -> bool {
    EITHER.fits(words)
}

/// The words without the first clause that names exceptions.
fn without_exceptions(words: &str) -> String {
    let Some((at, end)) = EXCEPTIONS.find(words) else { return words.to_owned() };
    let clause_end = words[end..].find([',', ')', ';']).map_or(words.len(), |comma| end + comma + 1);
    format!("{}{}", &words[..at], &words[clause_end..])
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
