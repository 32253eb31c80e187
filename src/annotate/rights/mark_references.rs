//! Letters that a payload writes as character references or as escapes of JSON: they may spell a mark.

use memchr::memmem;

/// Bytes after a key `license` of JSON in which an escape may belong to its value.
const VALUE_BYTES_MAX: usize = 400;

/// Whether letters, digits or dots of ASCII stand there as numeric references or escapes, or letters of other scripts.
///
/// Letters of other scripts count as escapes only in the value of a license: JSON writes them so as a matter of course.
pub fn writes_letters_as_references(payload: &[u8]) -> bool {
    memmem::find_iter(payload, b"&#").any(|at| reference(&payload[at + 2..]).is_some_and(may_be_in_a_mark))
        || memmem::find_iter(payload, b"\\u00")
            .any(|at| hexadecimal(&payload[at + 4..], 2).is_some_and(may_be_in_a_name))
        || memmem::find_iter(payload, b"icense\"").any(|at| {
            let value = &payload[at..payload.len().min(at + VALUE_BYTES_MAX)];
            memmem::find(value, b"\\u").is_some()
        })
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

fn may_be_in_a_name(code: u32) -> bool {
    u8::try_from(code).is_ok_and(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
}

/// ASCII, or a letter of a script other than Latin.
fn may_be_in_a_mark(code: u32) -> bool {
    may_be_in_a_name(code) || (0x370..0x1e00).contains(&code) || (0x2e80..0xd800).contains(&code)
}
