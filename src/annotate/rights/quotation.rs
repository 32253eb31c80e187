//! Whether words stand in quotation marks: what a page quotes is said by somebody else.

use crate::document::vocabulary::{CREATIVE_COMMONS, RESERVED};

/// What stands between a quotation mark and the name of a license in it, if the statement is quoted, in bytes.
const QUOTED_BYTES_MIN: usize = 14;

/// Whether the phrase that reserves all rights stands in quotation marks: it is then what somebody else has said.
/// `before` is what stands before these words in their line.
pub fn reserve_is_quoted(before: &str, words: &str) -> bool {
    let at = RESERVED.find(words).map_or(0, |(at, _)| at);
    is_quoted_in([before, &words[..at]])
}

/// Whether the license that is named stands in quotation marks with what is said of it. The name alone often does.
pub fn license_is_quoted(words: &str) -> bool {
    let at =
        CREATIVE_COMMONS.find(words).map(|(at, _)| at).or_else(|| words.find("cc by")).or_else(|| words.find("cc0"));
    let Some(before) = at.map(|at| &words[..at]) else { return false };
    let opened = before.rfind(['„', '“', '«', '「', '『', '"', '”', '»']).unwrap_or(0);
    before.len() - opened > QUOTED_BYTES_MIN && is_quoted(before)
}

/// Whether a quotation that begins in these words is still open at their end.
pub fn is_quoted(before: &str) -> bool {
    is_quoted_in([before, ""])
}

fn is_quoted_in(parts: [&str; 2]) -> bool {
    let count = |marks: &[char]| parts.iter().map(|part| part.matches(marks).count()).sum::<usize>();
    let opened = count(&['„', '“', '«', '»', '「', '『', '"']);
    let closed = count(&['”', '」', '』']);
    opened > closed && (opened - closed) % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: bool) {
        assert_eq!(license_is_quoted(words), expected, "{words}");
    }

    #[test]
    fn a_statement_in_quotation_marks_is_told_from_a_name_in_them() {
        check("write: «this work is under a license of creative commons»", true);
        check("published under a „creative commons attribution“ license", false);
        check("published under a license of creative commons", false);
        assert!(reserve_is_quoted("on page two it says: „", "all rights reserved."));
        assert!(!reserve_is_quoted("", "© ann. all rights reserved."));
    }
}
