//! Asks CLD2, the detector of Chromium, through `cld2-sys`; the only file that calls into C.
//!
//! Called directly and not through the crate `cld2`, because that crate never asks for a best effort and hands over
//! hints from memory that it has freed. The detector keeps its state on the stack and on the heap of one call, and is
//! called from many threads at once; the two static variables that it writes for debugging are never read.
//! It looks one character past the end of a text whose last letters are of another script than those before, so the
//! caller has to keep [`PADDING`] there.
//! No hints are given: a declared language is what a page's author copied, and CLD2 trusts it a great deal.

use std::ffi::{CStr, c_int};
use std::ptr::null;

use cld2_sys::{CLD2_ExtDetectLanguageSummary4, CLD2_LanguageCode, CLDHints, Encoding, Language};

/// What has to stand behind a text in memory: as many bytes as a character of UTF-8 may have.
pub const PADDING: &str = "    ";

/// `kCLDFlagBestEffort` of `compact_lang_det.h`: names a language even if the text is too short to be sure.
const BEST_EFFORT: c_int = 0x4000;

/// How hard the detector tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Says nothing where it is not sure.
    Sure,
    /// Says what is most likely.
    Best,
}

/// What the detector says of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// CLD2's code for the language: ISO 639-1 or -3, `zh-Hant`, `xx-` and a script, or `un` for none.
    pub code: &'static str,
    /// Share of the text's bytes that are in this language, in hundredths: 0..=100.
    pub percent: u8,
    /// Whether the detector calls its answer reliable.
    pub is_reliable: bool,
}

/// Judges the first `bytes` bytes of `padded`, which has to hold [`PADDING`] behind them.
pub fn detect(padded: &str, bytes: usize, effort: Effort) -> Detection {
    assert!(padded.get(bytes..).is_some_and(|rest| rest.len() >= PADDING.len()), "the text ends in padding");
    let length = c_int::try_from(bytes).expect("a sample is far below 2 GiB");
    let flags = if effort == Effort::Best { BEST_EFFORT } else { 0 };
    let hints = CLDHints {
        content_language_hint: null(),
        tld_hint: null(),
        encoding_hint: Encoding::UNKNOWN_ENCODING as c_int,
        language_hint: Language::UNKNOWN_LANGUAGE,
    };
    let mut languages = [Language::UNKNOWN_LANGUAGE; 3];
    let (mut percents, mut normalized) = ([0; 3], [0.0; 3]);
    let (mut text_bytes, mut is_reliable) = (0, false);
    // SAFETY: the text is `length` valid bytes of UTF-8, whole characters, with readable bytes behind them; `hints` and the
    // out parameters live until the call returns, and the three arrays have the three elements that it writes. It takes no
    // ownership, and a null vector of chunks is allowed. Every value of the C++ enumeration, 0 to 613, is one of `Language`.
    let main = unsafe {
        CLD2_ExtDetectLanguageSummary4(
            padded.as_ptr().cast(),
            length,
            true,
            &hints,
            flags,
            languages.as_mut_ptr(),
            percents.as_mut_ptr(),
            normalized.as_mut_ptr(),
            std::ptr::null_mut(),
            &mut text_bytes,
            &mut is_reliable,
        )
    };
    let place = languages.iter().position(|&language| language == main);
    let percent = place.map_or(0, |place| percents[place].clamp(0, 100)) as u8;
    Detection { code: code_of(main), percent, is_reliable }
}

fn code_of(language: Language) -> &'static str {
    // SAFETY: the function returns a pointer into a constant table of NUL-terminated strings, for every language.
    let code = unsafe { CStr::from_ptr(CLD2_LanguageCode(language)) };
    code.to_str().unwrap_or("un")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ask(text: &str, effort: Effort) -> Detection {
        detect(&format!("{text}{PADDING}"), text.len(), effort)
    }

    #[test]
    fn a_language_is_told_with_its_share() {
        let english = "The committee will meet again in the spring to discuss the report of the working group.";
        assert_eq!(ask(english, Effort::Sure), Detection { code: "en", percent: 98, is_reliable: true });
    }

    #[test]
    fn only_the_best_effort_guesses() {
        assert_eq!(ask("", Effort::Best).code, "un");
        assert_eq!(ask("12 34", Effort::Best).code, "un");
        assert_eq!(ask("dans la rue", Effort::Sure).code, "un");
        assert_eq!(ask("dans la rue", Effort::Best).code, "fr");
    }

    #[test]
    #[should_panic(expected = "the text ends in padding")]
    fn a_text_without_padding_is_refused() {
        detect("abc", 3, Effort::Sure);
    }

    #[test]
    #[should_panic(expected = "the text ends in padding")]
    fn a_text_that_is_longer_than_its_memory_is_refused() {
        detect(PADDING, usize::MAX, Effort::Sure);
    }

    #[test]
    #[should_panic(expected = "the text ends in padding")]
    fn a_text_that_ends_within_a_character_is_refused() {
        detect("é    ", 1, Effort::Sure);
    }

    proptest! {
        /// The detector reads one character too far, but never past the padding, and no text breaks it.
        #[test]
        fn nothing_behind_the_padding_is_read(text in "[a-z ]{0,80}[à-ÿа-яα-ω中-龍\0 ]{0,20}|.*") {
            let padded = format!("{text}{PADDING}");
            for effort in [Effort::Sure, Effort::Best] {
                let behind = detect(&format!("{padded}жжжжжжжж"), text.len(), effort);
                prop_assert_eq!(detect(&padded, text.len(), effort), behind);
            }
        }
    }
}
