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

/// Appends the value of an attribute as it is read: references decoded, line ends `\n`, U+0000 replaced.
pub fn decode_into(value: &str, out: &mut String) {
    let mut rest = value;
    while let Some(at) = memchr::memchr3(b'&', b'\r', b'\0', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut used = 1;
        match (rest.as_bytes()[0], decode(rest.as_bytes(), true)) {
            (b'&', Some(reference)) => {
                out.push(reference.first);
                out.extend(reference.second);
                used = reference.bytes;
            }
            (b'&', None) => out.push('&'),
            (b'\r', _) => {
                out.push('\n');
                used = if rest[1..].starts_with('\n') { 2 } else { 1 };
            }
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
        rest = &rest[used..];
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
    let bare_lengths = table().bare_lengths[usize::from(name[0] & 0x7F)];
    for length in (2..=run.min(BARE_BYTES_MAX)).rev().filter(|length| bare_lengths & 1 << length != 0) {
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

/// All names, found by their first letter and then by halves.
struct Table {
    /// Sorted by name.
    entries: Vec<Entry>,
    /// Where in the entries those of a first letter begin, and after it where they end.
    starts: [u16; 129],
    /// Bit `n` for a first letter: some name of `n` letters counts without a semicolon.
    bare_lengths: [u8; 128],
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let entries: Vec<Entry> = include_str!("entity_names.txt").split_ascii_whitespace().map(entry).collect();
        let (mut starts, mut bare_lengths) = ([0; 129], [0; 128]);
        for (first, start) in starts.iter_mut().enumerate() {
            *start = entries.partition_point(|entry| usize::from(entry.name[0]) < first) as u16;
        }
        for entry in entries.iter().filter(|entry| entry.bare) {
            bare_lengths[usize::from(entry.name[0])] |= 1 << entry.name.len();
        }
        Table { entries, starts, bare_lengths }
    })
}

fn look_up(name: &[u8]) -> Option<&'static Entry> {
    let first = usize::from(name.first()? & 0x7F);
    let table = table();
    let entries = &table.entries[usize::from(table.starts[first])..usize::from(table.starts[first + 1])];
    entries.binary_search_by(|entry| entry.name.cmp(name)).ok().map(|index| &entries[index])
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
