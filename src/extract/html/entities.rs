//! Character references: `&amp;`, `&#8212;`, `&#x2014;`.
//!
//! Follows the HTML Standard, section 13.2.5.72 to 13.2.5.80. The names are those of its section 13.5, all of them,
//! in `entity_names.txt`: `name:code,code`, with `*` after names that count without a semicolon too. Numbers from
//! 0x80 to 0x9F mean windows-1252; zero, surrogates and numbers beyond Unicode become U+FFFD.

use std::sync::OnceLock;

/// Longest name, without `&` and `;`.
const NAME_BYTES_MAX: usize = 31;
/// Longest name that counts without a semicolon.
const BARE_BYTES_MAX: usize = 6;
/// Digits looked at in a numeric reference; more are valid only as leading zeros and are read over.
const DIGITS_MAX: usize = 64;

/// What `0x80..=0x9F` mean: windows-1252; 0 where it has nothing and the number stands for itself.
const WINDOWS_1252: [u16; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
];

/// A decoded reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The character.
    pub first: char,
    /// A second one; a few names stand for two.
    pub second: Option<char>,
    /// Bytes of the reference, `&` and `;` included.
    pub bytes: usize,
}

/// Decodes the reference at the start of `text`, which begins with `&`; none if it is no reference.
///
/// In attributes a name without a semicolon is no reference if `=`, a letter or a digit follows.
pub fn decode(text: &[u8], in_attribute: bool) -> Option<Reference> {
    match text.get(1)? {
        b'#' => numeric(text),
        byte if byte.is_ascii_alphabetic() => named(text, in_attribute),
        _ => None,
    }
}

/// Appends a value with its references decoded.
pub fn decode_into(value: &str, out: &mut String) {
    let mut rest = value;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        match decode(&rest.as_bytes()[at..], true) {
            Some(reference) => {
                out.push(reference.first);
                out.extend(reference.second);
                rest = &rest[at + reference.bytes..];
            }
            None => {
                out.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
}

fn numeric(text: &[u8]) -> Option<Reference> {
    let (radix, start) = if matches!(text.get(2), Some(b'x' | b'X')) { (16, 3) } else { (10, 2) };
    let mut code: u32 = 0;
    let mut at = start;
    while let Some(digit) = text.get(at).and_then(|&byte| char::from(byte).to_digit(radix)) {
        code = code.saturating_mul(radix).saturating_add(digit);
        at += 1;
        if at - start > DIGITS_MAX {
            return None;
        }
    }
    if at == start {
        return None;
    }
    let bytes = at + usize::from(text.get(at) == Some(&b';'));
    Some(Reference { first: character(code), second: None, bytes })
}

fn character(code: u32) -> char {
    match code {
        0x80..=0x9F if WINDOWS_1252[code as usize - 0x80] != 0 => {
            char::from_u32(u32::from(WINDOWS_1252[code as usize - 0x80])).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn named(text: &[u8], in_attribute: bool) -> Option<Reference> {
    let run = text[1..].iter().take(NAME_BYTES_MAX + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = &text[1..1 + run];
    if text.get(1 + run) == Some(&b';') {
        let common = match name {
            b"nbsp" => Some('\u{a0}'),
            b"amp" => Some('&'),
            b"quot" => Some('"'),
            b"lt" => Some('<'),
            b"gt" => Some('>'),
            _ => None,
        };
        if let Some(first) = common {
            return Some(Reference { first, second: None, bytes: run + 2 });
        }
        if let Some(entry) = look_up(name) {
            return Some(Reference { first: entry.first, second: entry.second, bytes: run + 2 });
        }
    }
    for length in (2..=run.min(BARE_BYTES_MAX)).rev() {
        let Some(entry) = look_up(&name[..length]).filter(|entry| entry.bare) else { continue };
        let next = text.get(1 + length);
        if in_attribute && next.is_some_and(|&byte| byte == b'=' || byte.is_ascii_alphanumeric()) {
            return None;
        }
        return Some(Reference { first: entry.first, second: entry.second, bytes: 1 + length });
    }
    None
}

struct Entry {
    name: &'static [u8],
    bare: bool,
    first: char,
    second: Option<char>,
}

fn look_up(name: &[u8]) -> Option<&'static Entry> {
    static TABLE: OnceLock<Vec<Entry>> = OnceLock::new();
    let table = TABLE.get_or_init(|| include_str!("entity_names.txt").split_ascii_whitespace().map(entry).collect());
    table.binary_search_by(|entry| entry.name.cmp(name)).ok().map(|index| &table[index])
}

fn entry(item: &'static str) -> Entry {
    let (name, codes) = item.split_once(':').expect("entity_names.txt is part of the program: `name:codes`");
    let mut characters = codes.split(',').map(|code| {
        let code = u32::from_str_radix(code, 16).expect("entity_names.txt is part of the program: hexadecimal codes");
        char::from_u32(code).expect("entity_names.txt is part of the program: codes of characters")
    });
    Entry {
        name: name.trim_end_matches('*').as_bytes(),
        bare: name.ends_with('*'),
        first: characters.next().expect("entity_names.txt is part of the program: one code or two"),
        second: characters.next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        let mut decoded = String::new();
        decode_into(value, &mut decoded);
        assert_eq!(decoded, expected, "{value}");
    }

    fn check_text(text: &str, expected: Option<(char, usize)>) {
        let found = decode(text.as_bytes(), false).map(|reference| (reference.first, reference.bytes));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_are_decoded_with_and_without_semicolon() {
        check("a&amp;b &lt;&gt; &eacute;&Eacute;", "a&b <> éÉ");
        check("&CounterClockwiseContourIntegral;", "∳");
        check("&NotEqualTilde;", "≂̸");
        check_text("&notit;", Some(('¬', 4)));
        check_text("&notin;", Some(('∉', 7)));
        check_text("&copy2024", Some(('©', 5)));
        check_text("&hellip", None);
        check_text("&nosuchname;", None);
        check_text("&", None);
        check_text("& b", None);
    }

    #[test]
    fn a_bare_name_in_an_attribute_is_no_reference_before_letters_and_equals() {
        check("?a=1&copy=2&reg2&lang;", "?a=1&copy=2&reg2⟨");
        check("&copy", "©");
        check("&copy;=2", "©=2");
    }

    #[test]
    fn numbers_are_decoded_and_the_impossible_replaced() {
        check("&#65;&#x42;&#X43;&#68", "ABCD");
        check("&#146;&#x80;&#x81;", "’€\u{81}");
        check("&#0;&#xD800;&#x110000;&#99999999999999999999;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}");
        check("&#;&#x;&#xg;", "&#;&#x;&#xg;");
    }

    #[test]
    fn the_table_is_sorted_and_whole() {
        let names: Vec<&str> = include_str!("entity_names.txt").split_ascii_whitespace().collect();
        assert_eq!(names.len(), 2_125);
        for item in names {
            let name = item.split([':', '*']).next().unwrap_or_default();
            assert!(look_up(name.as_bytes()).is_some(), "{name}");
        }
    }
}
