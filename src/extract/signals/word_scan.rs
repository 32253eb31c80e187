//! Finds any of many words in a text in one pass that looks at every second byte, whatever the number of words.
//!
//! Four bytes at a time are hashed into a small table of bits; where the bit is set, the words are compared. The case
//! of ASCII letters does not count. Other letters are compared as they are written.

/// How far the scan steps.
const STRIDE: usize = 2;
/// How many bytes are hashed.
const GRAM: usize = 4;
/// Shortest word that no step can miss.
pub const WORD_BYTES_MIN: usize = GRAM + STRIDE - 1;
const BUCKETS: usize = 1 << 17;

/// A set of words to find.
pub struct WordScan {
    bits: Vec<u64>,
    /// The words by the buckets of their first bytes and of those one further: `(bucket, offset, word)`, sorted.
    grams: Vec<(u32, u8, Box<[u8]>)>,
}

impl WordScan {
    /// A scan for these words, in lower case. Those of less than [`WORD_BYTES_MIN`] bytes are left out.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut words: Vec<String> = words.flat_map(cases).filter(|word| word.len() >= WORD_BYTES_MIN).collect();
        words.sort_unstable();
        words.dedup();
        let mut bits = vec![0; BUCKETS / 64];
        let mut grams = Vec::with_capacity(words.len() * STRIDE);
        for word in words {
            for offset in 0..STRIDE {
                let bucket = bucket(&word.as_bytes()[offset..]);
                bits[bucket / 64] |= 1 << (bucket % 64);
                grams.push((bucket as u32, offset as u8, word.as_bytes().into()));
            }
        }
        grams.sort_unstable();
        Self { bits, grams }
    }

    /// Where the first word begins.
    pub fn find(&self, text: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(gram) = text.get(at..at + GRAM) {
            let bucket = bucket(gram);
            if self.bits[bucket / 64] >> (bucket % 64) & 1 != 0
                && let Some(found) = self.word_at(text, at, bucket)
            {
                return Some(found);
            }
            at += STRIDE;
        }
        None
    }

    fn word_at(&self, text: &[u8], at: usize, bucket: usize) -> Option<usize> {
        let first = self.grams.partition_point(|gram| (gram.0 as usize) < bucket);
        let same = self.grams[first..].iter().take_while(|gram| gram.0 as usize == bucket);
        same.filter_map(|(_, offset, word)| {
            let start = at.checked_sub(usize::from(*offset))?;
            text.get(start..start + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word)).then_some(start)
        })
        .min()
    }
}

/// A word as it is, and if it has letters beyond ASCII, with a capital at its beginning and in capitals.
fn cases(word: &str) -> Vec<String> {
    if word.is_ascii() {
        return vec![word.to_owned()];
    }
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    vec![word.to_owned(), format!("{first}{}", letters.as_str()), word.to_uppercase()]
}

fn bucket(gram: &[u8]) -> usize {
    let word = u32::from_le_bytes([gram[0], gram[1], gram[2], gram[3]]) | 0x2020_2020;
    (word.wrapping_mul(0x9e37_79b1) >> 15) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What a plain search finds is found, at every place of the text.
        #[test]
        fn it_finds_what_a_plain_search_finds(before in "[a-z ]{0,9}", after in "[a-z ]{0,9}", which in 0_usize..3) {
            let words = ["licen", "права", "rights r"];
            let text = format!("{before}{}{after}", words[which]);
            let plain = words.iter().filter_map(|word| text.find(word)).min();
            prop_assert_eq!(WordScan::new(words.into_iter()).find(text.as_bytes()), plain);
        }
    }

    #[test]
    fn ascii_case_does_not_count_and_short_texts_hold_nothing() {
        let scan = WordScan::new(["licen"].into_iter());
        assert_eq!(scan.find(b"All LICENSES"), Some(4));
        assert_eq!(scan.find(b"lic"), None);
        let scan = WordScan::new(["права", "é"].into_iter());
        assert_eq!(scan.find("ПРАВА".as_bytes()), Some(0));
        assert_eq!(scan.find("é".as_bytes()), None);
    }
}
