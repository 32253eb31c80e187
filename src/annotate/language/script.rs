//! The script that most letters of a text are in, as ISO 15924 names it.
//!
//! Letters are counted by the Unicode property Script (crate `unicode-script`); marks, digits and symbols that all
//! scripts share do not count. Japanese is written in three scripts and Korean in two, so letters of Han, Hiragana and
//! Katakana together are `Jpan` as soon as one in [`KANA_ONE_IN`] of them is kana, and Hangul with Han is `Kore`.
//! Simplified and traditional Chinese share their script: `Hani` here, and the identifier tells `Hans` from `Hant`.

use unicode_script::{Script, UnicodeScript};

/// Chinese text quotes Japanese names now and then; in Japanese text kana are at least a third of the letters.
const KANA_ONE_IN: u64 = 10;

/// The script of most letters, e.g. `Latn`; none if there are no letters. The script met first wins a tie.
pub fn script_of(text: &str) -> Option<&'static str> {
    let counts = count(text);
    let of = |script: Script| counts.iter().find(|&&(found, _)| found == script).map_or(0, |&(_, count)| count);
    let (han, hangul, kana) = (of(Script::Han), of(Script::Hangul), of(Script::Hiragana) + of(Script::Katakana));
    let is_east_asian = |script| matches!(script, Script::Han | Script::Hangul | Script::Hiragana | Script::Katakana);
    let other = counts.iter().filter(|&&(script, _)| !is_east_asian(script)).fold(None, most);
    let east_asian = han + hangul + kana;
    match other {
        Some((script, count)) if count >= east_asian => Some(script.short_name()),
        _ if east_asian == 0 => None,
        _ if hangul > kana && hangul * KANA_ONE_IN >= han => Some("Kore"),
        _ if kana * KANA_ONE_IN >= han => Some("Jpan"),
        _ => Some("Hani"),
    }
}

/// The larger of two counts, the earlier of equal ones.
fn most(best: Option<(Script, u64)>, &next: &(Script, u64)) -> Option<(Script, u64)> {
    match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    }
}

/// Letters by script, in the order in which scripts are met.
fn count(text: &str) -> Vec<(Script, u64)> {
    let mut counts: Vec<(Script, u64)> = Vec::new();
    let mut latin_first = None;
    let mut latin = 0;
    for character in text.chars() {
        if character.is_ascii() {
            if character.is_ascii_alphabetic() {
                latin += 1;
                latin_first.get_or_insert(counts.len());
            }
            continue;
        }
        let script = character.script();
        match script {
            Script::Common | Script::Inherited | Script::Unknown => {}
            Script::Latin => {
                latin += 1;
                latin_first.get_or_insert(counts.len());
            }
            _ => match counts.iter_mut().find(|(found, _)| *found == script) {
                Some((_, count)) => *count += 1,
                None => counts.push((script, 1)),
            },
        }
    }
    if let Some(place) = latin_first {
        counts.insert(place, (Script::Latin, latin));
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(script_of(text), expected, "{text}");
    }

    #[test]
    fn the_script_of_most_letters_wins() {
        check("Straße nach Köln", Some("Latn"));
        check("Москва (Moskva)", Some("Cyrl"));
        check("ab аб", Some("Latn"));
        check("аб ab", Some("Cyrl"));
        check("שלום", Some("Hebr"));
        check("हिन्दी", Some("Deva"));
    }

    #[test]
    fn east_asian_scripts_are_told_apart_by_their_mixture() {
        check("日本語の文章です", Some("Jpan"));
        check("カタカナ", Some("Jpan"));
        check("一二三四五六七八九十の", Some("Jpan"));
        check("一二三四五六七八九十一の", Some("Hani"));
        check("한국어 문장", Some("Kore"));
        check("大韓民國의 憲法", Some("Kore"));
        check("中文", Some("Hani"));
    }

    #[test]
    fn without_letters_there_is_no_script() {
        check("", None);
        check("123 --- 👍 \u{301}", None);
    }

    proptest! {
        #[test]
        fn any_text_has_a_code_of_four_letters_or_none(text in any::<String>()) {
            prop_assert!(script_of(&text).is_none_or(|code| code.len() == 4));
        }
    }
}
