//! Reads the names of licenses in running words: `CC BY-SA 4.0`, `Creative Commons Attribution 4.0`, `GFDL`, …
//!
//! All functions take words that [`normalized`] has prepared. The names of the four elements of Creative Commons
//! licenses are those of the deeds in each language. A name without a version gives a license without one.
//! Abbreviations are read everywhere, names in the languages of `document::vocabulary`.

use super::license::{CreativeCommons, License, Unit, VERSIONS};
use super::{jurisdictions, other_names};
use crate::document::vocabulary::{ATTRIBUTION, CREATIVE_COMMONS, NO_DERIVATIVES, NONCOMMERCIAL, SHARE_ALIKE};

/// How far after "Creative Commons" its elements and version may stand, in bytes.
const NAME_BYTES_MAX: usize = 160;

/// The phrases by which licenses are known here, for the scan of raw payloads.
pub fn phrases() -> impl Iterator<Item = &'static str> {
    CREATIVE_COMMONS.stems().chain(other_names::phrases())
}

/// Lower-cased words with one kind of hyphen, space, apostrophe and digit, and no invisible marks.
pub fn normalized(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{ff0d}' => words.push('-'),
            // Invisible marks, and the vowel signs of Arabic.
            '\u{64b}'..='\u{655}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{ad}'
            | '\u{307}' => {}
            '\u{2018}' | '\u{2019}' => words.push('\''),
            '\u{660}'..='\u{669}' => words.push(digit(c, '\u{660}')),
            '\u{6f0}'..='\u{6f9}' => words.push(digit(c, '\u{6f0}')),
            '\u{966}'..='\u{96f}' => words.push(digit(c, '\u{966}')),
            '\u{66b}' => words.push('.'),
            c if c.is_whitespace() => {
                if !words.ends_with(' ') {
                    words.push(' ');
                }
            }
            c => words.push(c),
        }
    }
    words
}

fn digit(c: char, zero: char) -> char {
    char::from(b'0' + u8::try_from(u32::from(c) - u32::from(zero)).unwrap_or(0))
}

/// What some words say about Creative Commons and other licenses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mentions {
    /// Distinct licenses, in the order in which they are named.
    pub licenses: Vec<License>,
    /// Whether Creative Commons is named without saying which license.
    pub unnamed: bool,
}

/// Whether normalized words may name a license: a quick no for most.
pub fn may_name_a_license(words: &str) -> bool {
    may_abbreviate(words)
        || CREATIVE_COMMONS.may_fit(words)
        || words.contains("public domain mark")
        || other_names::others(words).is_some()
}

/// Normalized words without the names of licenses, so that what is left tells whether they speak of licensing.
pub fn without_names(words: &str) -> String {
    let mut left = words.to_owned();
    for name in ["creative commons licen", "creative commons-liz", "creative commons-lic", "license buttons"] {
        if left.contains(name) {
            left = left.replace(name, "creative commons");
        }
    }
    other_names::removed_from(left)
}

/// Whether `cc` stands there as a word of its own, or `cc0`.
fn may_abbreviate(words: &str) -> bool {
    memchr::memmem::find_iter(words.as_bytes(), b"cc").any(|at| {
        let before = words[..at].chars().next_back();
        let after = words.as_bytes().get(at + 2);
        !before.is_some_and(char::is_alphanumeric)
            && after.is_some_and(|byte| matches!(byte, b' ' | b'-' | b'0' | b':'))
    })
}

/// All licenses that normalized words name.
pub fn mentions(words: &str) -> Mentions {
    let mut found: Vec<(usize, License)> = abbreviations(words);
    let mut unnamed = false;
    for at in CREATIVE_COMMONS.ends(words) {
        match elements(window(words, at)) {
            Some(license) => found.push((at, License::CreativeCommons(license))),
            None => unnamed = true,
        }
    }
    for (at, mark) in words.match_indices("public domain mark") {
        found.push((at + mark.len(), License::CreativeCommons(CreativeCommons::unversioned(Unit::Mark))));
    }
    if let Some((at, license)) = other_names::others(words) {
        found.push((at, license));
    }
    found.sort_by_key(|(at, _)| *at);
    let mut licenses: Vec<License> = Vec::new();
    for (_, license) in found {
        match licenses.iter_mut().find(|known| known.agrees(&license) || known.is_ported_as(&license)) {
            Some(known) if known.spdx().is_none() || !known.is_ported() => *known = known.more_precise(license),
            Some(_) => {}
            None => licenses.push(license),
        }
    }
    Mentions { unnamed: unnamed && licenses.is_empty(), licenses }
}

/// `cc0` and `cc by…` wherever they stand as words.
fn abbreviations(words: &str) -> Vec<(usize, License)> {
    let mut found = Vec::new();
    for (at, _) in words.match_indices("cc") {
        if words[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let rest = &words[at + 2..];
        if rest.starts_with('0') && !rest[1..].starts_with(|c: char| c.is_alphanumeric()) {
            found.push((at, License::CreativeCommons(CreativeCommons::unversioned(Unit::Zero))));
        } else if let Some(license) = terms(rest.trim_start_matches([' ', '-', ':'])) {
            found.push((at, License::CreativeCommons(license)));
        }
    }
    found
}

/// `by-nc-sa 3.0 de` at the beginning of these words.
fn terms(words: &str) -> Option<CreativeCommons> {
    let mut rest = after_word(words, "by")?;
    let (mut nc, mut sa, mut nd) = (false, false, false);
    loop {
        let next = rest.trim_start_matches([' ', '-', '/']);
        rest = if let Some(next) = after_word(next, "nc") {
            nc = true;
            next
        } else if let Some(next) = after_word(next, "sa") {
            sa = true;
            next
        } else if let Some(next) = after_word(next, "nd") {
            nd = true;
            next
        } else {
            break;
        };
    }
    let unit = unit(nc, sa, nd)?;
    let rest = rest.trim_start_matches([' ', '-', 'v', '(']);
    let version = VERSIONS.iter().copied().find(|version| after_word(rest, version).is_some());
    let port = version.filter(|version| *version != "4.0").and_then(|version| {
        let rest = rest[version.len()..].trim_start_matches([' ', '-']);
        jurisdictions::port_by_code(rest).or_else(|| jurisdictions::port_at(rest))
    });
    Some(CreativeCommons { unit, version, port })
}

fn after_word<'a>(words: &'a str, word: &str) -> Option<&'a str> {
    words.strip_prefix(word).filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

fn unit(nc: bool, sa: bool, nd: bool) -> Option<Unit> {
    Some(match (nc, sa, nd) {
        (false, false, false) => Unit::By,
        (false, true, false) => Unit::BySa,
        (true, false, false) => Unit::ByNc,
        (true, true, false) => Unit::ByNcSa,
        (false, false, true) => Unit::ByNd,
        (true, false, true) => Unit::ByNcNd,
        (_, true, true) => return None,
    })
}

/// The words in which the elements of a name may stand: to the end of the sentence, not further than the limit.
pub fn window(words: &str, at: usize) -> &str {
    let mut end = (at + NAME_BYTES_MAX).min(words.len());
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let window = &words[at..end];
    let stop = window.find(". ").or_else(|| window.find('。')).unwrap_or(window.len());
    &window[..stop]
}

/// The license that the names of elements and a version make up, e.g. "attribution-sharealike 4.0 international".
pub fn elements(words: &str) -> Option<CreativeCommons> {
    let by_initials = words.find("by").filter(|&at| !words[..at].ends_with(|c: char| c.is_alphanumeric()));
    if let Some(license) = by_initials
        .and_then(|at| terms(&words[at..]))
        .filter(|license| license.version.is_some() || license.unit != Unit::By)
    {
        return Some(CreativeCommons { version: license.version.or_else(|| version(words)), ..license });
    }
    if words.contains("cc0") || words.trim_start().starts_with("zero") {
        return Some(CreativeCommons::unversioned(Unit::Zero));
    }
    let (_, named) = ATTRIBUTION.find(words)?;
    let unit = unit(NONCOMMERCIAL.fits(words), SHARE_ALIKE.fits(words), NO_DERIVATIVES.fits(words))?;
    // "Attribution-Something" with a name that the lists lack may forbid what BY allows.
    let rest = words[named..].trim_start_matches(char::is_alphabetic).trim_start();
    let is_joined = rest.strip_prefix('-').is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic));
    if unit == Unit::By && is_joined {
        return None;
    }
    let version = version(words);
    let after = version.and_then(|version| words.split_once(version)).map_or("", |(_, after)| after);
    let port = jurisdictions::port_at(after).filter(|_| version != Some("4.0"));
    Some(CreativeCommons { unit, version, port })
}

/// The first version number among these words.
pub fn version(words: &str) -> Option<&'static str> {
    let found = VERSIONS.iter().filter_map(|version| words.find(version).map(|at| (at, *version)));
    found
        .filter(|(at, _)| !words[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '.'))
        .min()
        .map(|(_, version)| version)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = mentions(&normalized(text));
        let mut names: Vec<String> =
            found.licenses.iter().map(|license| license.spdx().unwrap_or_else(|| license.name().to_owned())).collect();
        if found.unnamed {
            names.push("unnamed".to_owned());
        }
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn abbreviations_are_words_of_their_own() {
        check("CC BY-SA 4.0", &["CC-BY-SA-4.0"]);
        check("cc-by-nc-nd-3.0-de", &["CC-BY-NC-ND-3.0-DE"]);
        check("licence CC BY\u{2011}NC 2.5.", &["CC-BY-NC-2.5"]);
        check("CC BY", &["CC-BY"]);
        check("released as CC0.", &["CC0-1.0"]);
        check("acc by 4.0, CC: Byron, cc0ffee", &[]);
    }

    #[test]
    fn full_names_in_several_languages() {
        for text in [
            "Creative Commons Attribution 4.0 International",
            "Creative Commons Namensnennung 4.0 International",
            "licence Creative Commons Attribution 4.0 International",
            "licence Creative Commons Uveďte původ 4.0 Mezinárodní",
            "クリエイティブ・コモンズ 表示 4.0 国際",
            "知识共享 署名 4.0 国际",
            "Creative Commons Ghi công 4.0 Quốc tế",
        ] {
            check(text, &["CC-BY-4.0"]);
        }
        check("Creative Commons Attribution-NonCommercial-ShareAlike 3.0 Unported", &["CC-BY-NC-SA-3.0"]);
        check("Creative Commons Attribuzione - Non commerciale", &["CC-BY-NC"]);
        check("under a Creative Commons license", &["unnamed"]);
        check("Creative Commons Attribution-Gibberish 4.0", &["unnamed"]);
    }

    #[test]
    fn other_licenses_by_name() {
        check("Licence Art Libre, version 1.2", &["LAL-1.2"]);
        check("la GNU FDL 1.2 ou toute version ultérieure", &["GFDL-1.2-or-later"]);
        check("the Open Government Licence v3.0", &["OGL-UK-3.0"]);
        check("Licence Ouverte 2.0 d'Etalab", &["etalab-2.0"]);
    }
}
