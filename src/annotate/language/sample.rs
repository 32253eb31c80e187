//! The part of a text that the language is judged by.
//!
//! Identifiers gain nothing from the tenth page of a book, so a long text is sampled: three pieces of equal length from
//! its beginning, middle and end, each cut where words end if a word ends nearby. The same text always gives the same
//! sample.

/// How far a cut may move to the end of a word, in bytes. Longer runs without a space are cut between characters.
const CUT_BYTES: usize = 64;

/// `text` if it has at most `bytes_max` bytes, else pieces of it of together at most `bytes_max` bytes, one a line.
/// `room` holds the pieces; `padding` is put after the text or the pieces.
pub fn sample<'a>(text: &str, bytes_max: usize, padding: &str, room: &'a mut String) -> &'a str {
    room.clear();
    if text.len() <= bytes_max {
        room.push_str(text);
    } else {
        let piece_bytes = bytes_max.saturating_sub(2) / 3;
        for start in [0, (text.len() - piece_bytes) / 2, text.len() - piece_bytes] {
            if start > 0 {
                room.push('\n');
            }
            room.push_str(piece(text, start, start + piece_bytes));
        }
    }
    let end = room.len();
    room.push_str(padding);
    &room[..end]
}

/// The text between two offsets, without the word that is cut at either end.
fn piece(text: &str, start: usize, end: usize) -> &str {
    let start = ceil_char(text, start);
    let end = floor_char(text, end).max(start);
    let piece = &text[start..end];
    let head = if start == 0 { 0 } else { after_space(piece) };
    let tail = if end == text.len() { piece.len() } else { before_space(piece) };
    &piece[head.min(tail)..tail]
}

/// Where the first whole word begins; 0 if no space is near.
fn after_space(piece: &str) -> usize {
    let near = &piece[..floor_char(piece, CUT_BYTES)];
    near.char_indices().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
}

/// Where the last whole word ends; the end of the piece if no space is near.
fn before_space(piece: &str) -> usize {
    let start = ceil_char(piece, piece.len().saturating_sub(CUT_BYTES));
    piece[start..].rfind(char::is_whitespace).map_or(piece.len(), |at| start + at)
}

fn floor_char(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn ceil_char(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, bytes_max: usize, expected: &str) {
        assert_eq!(sample(text, bytes_max, "  ", &mut String::from("left over")), expected);
    }

    #[test]
    fn short_texts_are_taken_whole() {
        check("one two", 7, "one two");
        check("", 10, "");
    }

    #[test]
    fn long_texts_give_beginning_middle_and_end() {
        let text = "aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp";
        check(text, 32, "aa bb cc\nhh ii\nnn oo pp");
    }

    #[test]
    fn texts_without_spaces_are_cut_between_characters() {
        let text = "中".repeat(100);
        check(&text, 29, "中中中\n中中\n中中中");
    }

    #[test]
    fn padding_stands_behind_the_sample() {
        let mut room = String::new();
        let found = sample("abc", 10, "    ", &mut room).to_string();
        assert_eq!((found.as_str(), room.as_str()), ("abc", "abc    "));
    }

    proptest! {
        #[test]
        fn a_sample_is_never_longer_than_asked(text in ".{0,200}", bytes_max in 0usize..120) {
            let mut room = String::new();
            prop_assert!(sample(&text, bytes_max, "    ", &mut room).len() <= bytes_max.max(2));
            let again = sample(&text, bytes_max, "    ", &mut String::new()).to_string();
            prop_assert_eq!(sample(&text, bytes_max, "    ", &mut room), again);
        }
    }
}
