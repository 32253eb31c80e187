//! Numbers that start tags state: `start`, `value`, `colspan`, `rowspan`.
//!
//! The tree keeps no such attributes, since only lists and tables that are written ask for them. They are read from
//! the start tag as written; of two attributes with one name the first counts.

use super::super::html::attribute::is_space;

/// The whole number that the attribute of this name in lower case states.
pub fn number(start_tag: &str, name: &str) -> Option<i64> {
    let bytes = start_tag.as_bytes();
    let mut at = bytes.iter().position(|&byte| is_space(byte) || byte == b'/')?;
    while at < bytes.len() {
        let attribute = next_attribute(bytes, &mut at)?;
        if attribute.0.eq_ignore_ascii_case(name.as_bytes()) {
            return leading_number(attribute.1);
        }
    }
    None
}

/// Name and value of the attribute at `at`, which is set behind it.
fn next_attribute<'a>(bytes: &'a [u8], at: &mut usize) -> Option<(&'a [u8], &'a [u8])> {
    let skip = |at: usize, wanted: fn(u8) -> bool| {
        bytes[at..].iter().position(|&byte| !wanted(byte)).map_or(bytes.len(), |length| at + length)
    };
    let start = skip(*at, |byte| is_space(byte) || matches!(byte, b'/' | b'>'));
    if start == bytes.len() {
        return None;
    }
    // An equals sign where a name begins belongs to the name.
    let end = skip(start + 1, |byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
    let name = &bytes[start..end];
    *at = skip(end, is_space);
    if bytes.get(*at) != Some(&b'=') {
        return Some((name, &[]));
    }
    let value = skip(*at + 1, is_space);
    let (start, end) = match bytes.get(value) {
        Some(&quote @ (b'"' | b'\'')) => {
            let length = memchr::memchr(quote, &bytes[value + 1..])?;
            (value + 1, value + 1 + length)
        }
        _ => (value, skip(value, |byte| !is_space(byte) && byte != b'>')),
    };
    *at = (end + 1).min(bytes.len());
    Some((name, &bytes[start..end]))
}

/// The number that a value begins with, as browsers read it.
fn leading_number(value: &[u8]) -> Option<i64> {
    let value = value.trim_ascii_start();
    let (negative, digits) = match value {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number: i64 = str::from_utf8(&digits[..length]).ok()?.parse().ok()?;
    Some(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tag: &str, expected: Option<i64>) {
        assert_eq!(number(tag, "start"), expected, "{tag}");
    }

    #[test]
    fn numbers_are_read_however_the_attribute_is_written() {
        check("<ol start=5>", Some(5));
        check("<ol\nclass='a start=9' START = \"-3\" start=4>", Some(-3));
        check("<ol start=' 7px'/>", Some(7));
        check("<ol/start=2>", Some(2));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for tag in
            ["<ol>", "<ol start>", "<ol start=>", "<ol start=a>", "<ol restart=5>", "<ol start='5", "<ol =start=5>"]
        {
            check(tag, None);
        }
        check("<ol start=99999999999999999999>", None);
    }
}
