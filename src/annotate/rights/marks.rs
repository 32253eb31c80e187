//! The prefilter: whether the raw bytes of a payload hold any mark that could become a license.
//!
//! The bytes are neither decoded nor parsed, so the answer may be a false yes and must never be a false no: whatever
//! page gets a license from this annotator has a mark here. Marks are compared without case as ASCII, which holds in
//! every encoding that is a superset of ASCII; names in other scripts are also looked for in the old encodings of these
//! scripts. Between the words of a mark, markup, character references and any other bytes that are no ASCII letters or
//! digits may stand. What cannot be judged (UTF-16, compressed bytes) is a yes, and so is a payload that writes ASCII
//! letters as references or escapes, since these may spell a mark.

use std::sync::LazyLock;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1256};
use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};

use super::{known, words};

/// What may stand between the words of a mark: tags, character references, anything but ASCII letters and digits.
const BETWEEN: &str = r"(?:<[^>]*>|&[a-z0-9#]+;|[^a-z0-9<&])";
/// Hosts and abbreviations beside those of the tables.
const MARKS: &[&str] =
    &[r"creativecommons\.org", r"licensebuttons\.net", r"spdx\.org/licenses", r"\bcc0", r"\bcc-[a-z]"];
/// Encodings in which pages in other scripts may still be written.
const OLD_ENCODINGS: &[&Encoding] = &[WINDOWS_1251, KOI8_R, GBK, BIG5, SHIFT_JIS, EUC_JP, EUC_KR, WINDOWS_1256];
/// Bytes at the beginning in which UTF-16 without a mark shows itself by zeros.
const ZEROS_WITHIN_BYTES: usize = 1_024;

static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    let mut marks: Vec<String> = MARKS.iter().map(|mark| (*mark).to_owned()).collect();
    marks.push(format!(r"\bcc{BETWEEN}+by\b"));
    marks.push(format!("public{BETWEEN}+domain{BETWEEN}+mark"));
    marks.extend(known::hosts().chain(known::ids().filter(|id| id.len() > 3)).map(regex::escape));
    for phrase in words::phrases() {
        let is_latin = phrase.bytes().filter(u8::is_ascii_alphabetic).count() > 4;
        marks.extend(if is_latin { vec![loose(phrase)] } else { encoded(phrase) });
    }
    marks.sort();
    marks.dedup();
    RegexBuilder::new(&marks.join("|"))
        .case_insensitive(true)
        .unicode(false)
        .build()
        .expect("the marks are a valid pattern")
});

/// Whether a payload, as it came from the server, may state a license. Ask it of the values of `Link` headers too.
pub fn may_state_license(payload: &[u8]) -> bool {
    let head = &payload[..payload.len().min(ZEROS_WITHIN_BYTES)];
    let is_utf16 =
        payload.starts_with(b"\xff\xfe") || payload.starts_with(b"\xfe\xff") || memchr::memchr(0, head).is_some();
    let is_compressed = payload.starts_with(b"\x1f\x8b") || payload.starts_with(b"\x28\xb5\x2f\xfd");
    is_utf16 || is_compressed || PATTERN.is_match(payload) || writes_letters_as_references(payload)
}

/// A phrase with anything but its ASCII letters and digits left open.
fn loose(phrase: &str) -> String {
    let words = phrase.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(&format!("{BETWEEN}+"))
}

/// A phrase of another script in UTF-8 and in the old encodings, as it is and with capital letters.
fn encoded(phrase: &str) -> Vec<String> {
    let capitalized: String = phrase.split_inclusive(' ').map(capitalized).collect();
    let mut forms = Vec::new();
    for form in [phrase.to_owned(), phrase.to_uppercase(), capitalized, self::capitalized(phrase)] {
        forms.push(escaped(form.as_bytes()));
        for encoding in OLD_ENCODINGS {
            let (bytes, _, unmappable) = encoding.encode(&form);
            if !unmappable {
                forms.push(escaped(&bytes));
            }
        }
    }
    forms
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Bytes as a pattern, with the gap between words left open.
fn escaped(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| if *byte == b' ' { format!("{BETWEEN}+?") } else { format!("\\x{byte:02x}") }).collect()
}

/// Whether numeric references or escapes of ASCII letters, digits or dots stand in the payload.
fn writes_letters_as_references(payload: &[u8]) -> bool {
    memmem::find_iter(payload, b"&#").any(|at| reference(&payload[at + 2..]).is_some_and(may_be_in_a_mark))
        || memmem::find_iter(payload, b"\\u00")
            .any(|at| hexadecimal(&payload[at + 4..], 2).is_some_and(may_be_in_a_mark))
}

fn reference(bytes: &[u8]) -> Option<u32> {
    match bytes.first()? {
        b'x' | b'X' => {
            let length = bytes[1..].iter().take(12).take_while(|byte| byte.is_ascii_hexdigit()).count();
            hexadecimal(&bytes[1..], length)
        }
        _ => {
            let length = bytes.iter().take(12).take_while(|byte| byte.is_ascii_digit()).count();
            std::str::from_utf8(&bytes[..length]).ok()?.parse().ok()
        }
    }
}

fn hexadecimal(bytes: &[u8], length: usize) -> Option<u32> {
    u32::from_str_radix(std::str::from_utf8(bytes.get(..length)?).ok()?, 16).ok()
}

fn may_be_in_a_mark(code: u32) -> bool {
    u8::try_from(code).is_ok_and(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(payload: &[u8], expected: bool) {
        assert_eq!(may_state_license(payload), expected, "{}", payload.escape_ascii());
    }

    #[test]
    fn marks_are_found_in_any_case_and_form() {
        check(b"<a href=//CreativeCommons.org/licenses/by/4.0/>", true);
        check(b"<p>Text: CC&nbsp;BY 4.0", true);
        check(b"<p>Text: <abbr>CC</abbr>\n  <abbr>BY</abbr> 4.0", true);
        check(b"under a Creative\n\t<b>Commons</b> license", true);
        check("Лицензия Криейтив Комънс".as_bytes(), true);
        check(&WINDOWS_1251.encode("ЛИЦЕНЗ КРИЕЙТИВ КОМЪНС").0, true);
        check("知识共享".as_bytes(), true);
        check(&GBK.encode("知识共享").0, true);
        check(b"see www.GNU.org/copyleft/fdl.html", true);
        check(b"<a href='http&#58;//creativ&#101;c&#x6f;mmons.org/'>", true);
        check(b"{\"license\":\"https://cre\\u0061tivec\\u006fmmons.org/\"}", true);
    }

    #[test]
    fn what_cannot_be_judged_is_a_yes() {
        check(b"\xff\xfe<\0p\0", true);
        check(b"<\0p\0>\0", true);
        check(b"\x1f\x8b\x08", true);
    }

    #[test]
    fn plain_pages_hold_no_mark() {
        check(b"<p>A page about bread &#8211; and a license plate &#038; more, ccby.", false);
        check(b"", false);
    }

    fn written() -> impl Strategy<Value = String> {
        let words = words::phrases().chain(["cc by", "cc-by-sa 4.0", "cc0", "public domain mark"]).map(str::to_owned);
        let addresses =
            known::hosts().map(|host| format!("http://www.{host}/licenses/mit")).chain(known::ids().map(str::to_owned));
        let pieces: Vec<String> =
            words.chain(addresses).chain(["CC-ND-1.0".into(), "//creativecommons.org/l/by".into()]).collect();
        let tails = [" attribution 4.0", "/4.0/", " 1.2 or later", "", " by-nc"];
        (prop::sample::select(pieces), prop::sample::select(tails.to_vec()), any::<bool>()).prop_map(
            |(piece, tail, upper)| {
                if upper { format!("{piece}{tail}").to_uppercase() } else { format!("{piece}{tail}") }
            },
        )
    }

    proptest! {
        /// Whatever the readers take for a license has a mark, so the prefilter drops no page that would be kept.
        #[test]
        fn what_names_a_license_has_a_mark(text in written(), before in "[a-z <>.]{0,12}") {
            let text = format!("{before} {text}");
            let read = super::super::metas::claim(&text).is_some()
                || super::super::url::read(text.trim()) != super::super::url::Target::Elsewhere;
            prop_assert!(!read || may_state_license(text.as_bytes()), "{}", text);
        }

        #[test]
        fn any_bytes_are_judged(payload in prop::collection::vec(any::<u8>(), 0..300)) {
            may_state_license(&payload);
        }
    }
}
