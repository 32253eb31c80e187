//! Whether a link's address mentions a license: one pass over its bytes, whatever the number of words looked for.
//!
//! The words are hosts and paths of known licenses and what all license pages are called. They only decide what is
//! worth keeping as a signal; `annotate.rights` judges.

/// What is looked for, in lower case.
const WORDS: &[&str] = &[
    "creativecommons",
    "/licen",
    "licenc",
    "license",
    "lizenz",
    "licença",
    "copyleft",
    "gnu.org/",
    "opensource.org",
    "opendatacommons",
    "open-government",
    "opendefinition",
    "unlicense",
    "artlibre",
    "etalab",
    "dl-de",
    "rightsstatements",
    "publicdomain",
    "public-domain",
    "public_domain",
    "usa.gov/government-works",
    "wtfpl",
    "oasis-open.org",
    "data.gov.uk",
    "data.gouv.fr",
    "kogl.or.kr",
    "nlod",
    "cc-by",
    "ccby",
    "cc_by",
    "/cc0",
    "=cc0",
    "-cc0",
    "fdl.html",
    "gpl.html",
];

/// Only every third pair of bytes is looked at, since every word has four bytes or more.
const STRIDE: usize = 3;
const BUCKETS: usize = 1 << 13;
/// One bit for each pair of bytes that begins at the first, second or third byte of a word.
const PAIRS: [u64; BUCKETS / 64] = pairs();

const fn pairs() -> [u64; BUCKETS / 64] {
    let mut pairs = [0; BUCKETS / 64];
    let mut index = 0;
    while index < WORDS.len() {
        let word = WORDS[index].as_bytes();
        assert!(word.len() > STRIDE, "a shorter word would be stepped over");
        let mut at = 0;
        while at < STRIDE {
            let bucket = bucket(word[at], word[at + 1]);
            pairs[bucket / 64] |= 1 << (bucket % 64);
            at += 1;
        }
        index += 1;
    }
    pairs
}

const fn bucket(first: u8, second: u8) -> usize {
    (((first | 0x20) as usize) << 5 ^ (second | 0x20) as usize) % BUCKETS
}

/// Bytes with which every word begins; few addresses hold the beginning of one.
const BEGIN: usize = 4;
const BEGIN_BUCKETS: usize = 1 << 12;
/// One bit for each beginning of a word.
const BEGINS: [u64; BEGIN_BUCKETS / 64] = begins();

const fn begins() -> [u64; BEGIN_BUCKETS / 64] {
    let mut begins = [0; BEGIN_BUCKETS / 64];
    let mut index = 0;
    while index < WORDS.len() {
        let word = WORDS[index].as_bytes();
        let bucket = begin_bucket([word[0], word[1], word[2], word[3]]);
        begins[bucket / 64] |= 1 << (bucket % 64);
        index += 1;
    }
    begins
}

const fn begin_bucket(begin: [u8; BEGIN]) -> usize {
    let small = u32::from_le_bytes(begin) | 0x2020_2020;
    (small.wrapping_mul(0x9E37_79B1) >> 20) as usize % BEGIN_BUCKETS
}

/// Whether an address, in any case, holds one of the words.
pub fn mentions_license(address: &[u8]) -> bool {
    let mut at = 0;
    while at + 1 < address.len() {
        let bucket = bucket(address[at], address[at + 1]);
        if PAIRS[bucket / 64] >> (bucket % 64) & 1 != 0 && begins_word_near(address, at) {
            return true;
        }
        at += STRIDE;
    }
    false
}

/// Whether a word begins at this byte or at one of the two before it.
fn begins_word_near(address: &[u8], at: usize) -> bool {
    (at.saturating_sub(STRIDE - 1)..=at).any(|start| {
        let rest = &address[start..];
        let Some(begin) = rest.first_chunk::<BEGIN>() else { return false };
        let bucket = begin_bucket(*begin);
        BEGINS[bucket / 64] >> (bucket % 64) & 1 != 0
            && WORDS
                .iter()
                .any(|word| rest.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word.as_bytes())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_licenses_are_seen_and_others_are_not() {
        for word in WORDS {
            assert!(mentions_license(format!("https://x.example/{word}").as_bytes()), "{word}");
        }
        for address in [
            "https://creativecommons.org/licenses/by/4.0/",
            "//CreativeCommons.org/publicdomain/zero/1.0/",
            "https://www.gnu.org/licenses/fdl-1.3.html",
            "/about/Licensing",
            "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            "https://www.govdata.de/dl-de/by-2-0",
            "https://www.apache.org/licenses/LICENSE-2.0",
        ] {
            assert!(mentions_license(address.as_bytes()), "{address}");
        }
        for shift in 0..6 {
            assert!(mentions_license(format!("{}nlod", "z".repeat(shift)).as_bytes()), "{shift}");
        }
        for address in ["", "/", "#top", "https://example.org/news/2026/page.html", "mailto:a@b.example", "/police"] {
            assert!(!mentions_license(address.as_bytes()), "{address}");
        }
    }
}
