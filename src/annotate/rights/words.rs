//! Reads the names of licenses in running words: `CC BY-SA 4.0`, `Creative Commons Attribution 4.0`, `GFDL`, …
//!
//! All functions take words that [`normalized`] has prepared. The names of the four elements of Creative Commons
//! licenses are those of the deeds in each language. A name without a version gives a license without one.
//! First form: abbreviations everywhere, names in the languages of `vocabulary`.

use super::known;
use super::license::{CreativeCommons, License, Port, Unit, VERSIONS};
use super::vocabulary::{ATTRIBUTION, CREATIVE_COMMONS, NO_DERIVATIVES, NONCOMMERCIAL, SHARE_ALIKE};

/// How far after "Creative Commons" its elements and version may stand, in bytes.
const NAME_BYTES_MAX: usize = 160;

/// The id of the statement that a text is a work of the federal government.
const US_GOVERNMENT: &str = "LicenseRef-scancode-us-govt-public-domain";
/// Other licenses: words, and the id or the unversioned name of the table in `known`.
const OTHERS: &[(&str, &str)] = &[
    ("gnu free documentation licen", "GFDL"),
    ("gnu fdl", "GFDL"),
    ("gfdl", "GFDL"),
    ("gnu-lizenz für freie dokumentation", "GFDL"),
    ("licence de documentation libre gnu", "GFDL"),
    ("licence art libre", "LAL"),
    ("free art licen", "LAL"),
    ("licenza arte libera", "LAL"),
    ("lizenz freie kunst", "LAL"),
    ("open publication licen", "OPUBL-1.0"),
    ("non-commercial government licen", "NCGL-UK"),
    ("licence du gouvernement ouvert", "OGL-Canada-2.0"),
    ("open government licence - canada", "OGL-Canada-2.0"),
    ("open government licence", "OGL-UK"),
    ("licence ouverte", "etalab"),
    ("datenlizenz deutschland - zero", "DL-DE-ZERO-2.0"),
    ("datenlizenz deutschland - namensnennung", "DL-DE-BY-2.0"),
    ("apache license", "Apache-2.0"),
    ("apache-2.0", "Apache-2.0"),
    ("mit license", "MIT"),
    ("python software foundation licen", "PSF-2.0"),
    ("3-clause bsd", "BSD-3-Clause"),
    ("2-clause bsd", "BSD-2-Clause"),
    ("work of the united states government", US_GOVERNMENT),
    ("works of the united states government", US_GOVERNMENT),
    ("work of the u.s. government", US_GOVERNMENT),
    ("works of the u.s. government", US_GOVERNMENT),
    ("obra del gobierno de los estados unidos", US_GOVERNMENT),
    ("obras del gobierno de los estados unidos", US_GOVERNMENT),
];

/// The phrases by which licenses are known here, for the scan of raw payloads.
pub fn phrases() -> impl Iterator<Item = &'static str> {
    CREATIVE_COMMONS.stems().chain(OTHERS.iter().map(|(phrase, _)| *phrase))
}

/// Lower-cased words with one kind of hyphen, space, apostrophe and digit, and no invisible marks.
pub fn normalized(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{ff0d}' => words.push('-'),
            // Invisible marks, and the vowel signs of Arabic.
            '\u{64b}'..='\u{652}'
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
    if let Some((at, license)) = others(words) {
        found.push((at, license));
    }
    found.sort_by_key(|(at, _)| *at);
    let mut licenses: Vec<License> = Vec::new();
    for (_, license) in found {
        match licenses.iter_mut().find(|known| known.agrees(&license)) {
            Some(known) if known.spdx().is_none() => *known = license,
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
        ["at", "au", "de", "igo", "nl", "us"]
            .iter()
            .find(|port| after_word(rest, port).is_some())
            .and_then(|port| Port::from_path(port))
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
fn window(words: &str, at: usize) -> &str {
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
        return Some(license);
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
    Some(CreativeCommons { unit, version: version(words), port: None })
}

/// The first version number among these words.
fn version(words: &str) -> Option<&'static str> {
    let found = VERSIONS.iter().filter_map(|version| words.find(version).map(|at| (at, *version)));
    found
        .filter(|(at, _)| !words[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '.'))
        .min()
        .map(|(_, version)| version)
}

fn others(words: &str) -> Option<(usize, License)> {
    // Every phrase of the table has one of these letters in a row; most words have none.
    if !["gnu", "gfdl", "licen", "lizenz", "apache", "bsd", "government", "gobierno"]
        .iter()
        .any(|part| words.contains(part))
    {
        return None;
    }
    let (at, name) = OTHERS.iter().find_map(|(phrase, name)| words.find(phrase).map(|at| (at, *name)))?;
    if let Some(license) = known::from_spdx(name) {
        return Some((at, license));
    }
    let rest = window(words, at);
    let number = ["1.1", "1.2", "1.3", "1.0", "2.0", "3.0"].iter().copied().find(|number| rest.contains(number));
    let id =
        number.map(|number| if name == "GFDL" { format!("{name}-{number}-only") } else { format!("{name}-{number}") });
    let license = id.and_then(|id| known::from_spdx(&id)).or_else(|| known::unversioned(name))?;
    Some((at, if says_or_later(rest) { known::or_later(license) } else { license }))
}

/// Whether the words extend a version to later ones.
pub fn says_or_later(words: &str) -> bool {
    [
        "or any later",
        "or later",
        "oder neuer",
        "oder später",
        "ou toute version ultérieure",
        "ou ultérieure",
        "o posterior",
        "o successiva",
    ]
    .iter()
    .any(|phrase| words.contains(phrase))
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
