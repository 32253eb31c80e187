//! The prefilter: whether the raw bytes of a payload hold any mark that could become a license.
//!
//! The bytes are neither decoded nor parsed, so the answer may be a false yes and must never be a false no: whatever
//! page gets a license from this annotator has a mark here. Marks are compared without case as ASCII, which holds in
//! every encoding that is a superset of ASCII; names in other scripts are also looked for in the old encodings of these
//! scripts. Between the words of a mark, markup, character references and any other bytes that are no ASCII letters or
//! digits may stand. What cannot be judged (UTF-16, ISO-2022-JP, compressed bytes) is a yes, and so is a payload that
//! writes letters as references or escapes, since these may spell a mark.
//!
//! One pass finds the words of all marks; only a mark of which every word was found is looked for as a whole.

use memchr::memmem;

use super::mark_table::{MARKS, Meaning};
use super::{gap, mark_references};

/// Bytes at the beginning in which UTF-16 without a mark shows itself by zeros.
const ZEROS_WITHIN_BYTES: usize = 1_024;

/// Whether a payload, as it came from the server, may state a license. Ask it of the values of `Link` headers too.
pub fn may_state_license(payload: &[u8]) -> bool {
    cannot_be_judged(payload)
        || abbreviates(payload)
        || has_mark(payload)
        || mark_references::writes_letters_as_references(payload)
}

fn cannot_be_judged(payload: &[u8]) -> bool {
    let head = &payload[..payload.len().min(ZEROS_WITHIN_BYTES)];
    payload.starts_with(b"\xff\xfe")
        || payload.starts_with(b"\xfe\xff")
        || memchr::memchr(0, head).is_some()
        || payload.starts_with(b"\x1f\x8b")
        || payload.starts_with(b"\x28\xb5\x2f\xfd")
        || memmem::find(payload, b"\x1b$").is_some()
}

fn has_mark(payload: &[u8]) -> bool {
    let marks = &*MARKS;
    let mut present = vec![false; marks.parts];
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut is_marked = false;
    marks.scan.each(payload, |word, start| {
        match marks.meanings[word] {
            Meaning::Mark => is_marked = true,
            Meaning::Host(host) => is_marked |= marks.leads_to_license(host, &payload[start..]),
            Meaning::Part(part) => {
                present[part] = true;
                found.push((part, start));
            }
        }
        is_marked
    });
    if is_marked {
        return true;
    }
    let complete = marks.phrases.iter().filter(|phrase| phrase.parts.iter().all(|part| present[*part]));
    complete.into_iter().any(|phrase| phrase.fits(payload, &found))
}

/// Whether `cc` stands before `by`, `0` or a hyphen and a letter, at the beginning of a word.
fn abbreviates(payload: &[u8]) -> bool {
    [b"cc", b"CC", b"Cc", b"cC"]
        .into_iter()
        .any(|cc| memmem::find_iter(payload, cc).any(|at| is_abbreviation(payload, at)))
}

fn is_abbreviation(payload: &[u8], at: usize) -> bool {
    let begins = at == 0 || !payload[at - 1].is_ascii_alphanumeric();
    let rest = &payload[at + 2..];
    begins
        && match rest.first() {
            Some(b'0') => true,
            Some(b'-') if rest.get(1).is_some_and(u8::is_ascii_alphabetic) => true,
            Some(byte) if byte.is_ascii_alphanumeric() => false,
            _ => leads_to_by(rest),
        }
}

/// Whether the first ASCII letters after a gap are `by`.
fn leads_to_by(rest: &[u8]) -> bool {
    let rest = &rest[gap::after(rest, 0)..];
    let is_by = rest.get(..2).is_some_and(|word| word.eq_ignore_ascii_case(b"by"));
    is_by && !rest.get(2).is_some_and(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use encoding_rs::{GBK, WINDOWS_1251};

    use super::super::{known, words};
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
        check(b"_CC BY 4.0_", true);
        check("sous licence etalab\u{2011}2.0".as_bytes(), true);
        check(b"see www.gnu.org./licenses/fdl.html", true);
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
