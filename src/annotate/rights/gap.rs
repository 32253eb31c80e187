//! What may stand between the words of a mark in a payload: tags, character references, anything but ASCII letters and
//! digits.

/// Longest character reference, in bytes.
const REFERENCE_BYTES_MAX: usize = 40;

/// Where the gap that begins at `at` ends.
pub fn after(payload: &[u8], mut at: usize) -> usize {
    while let Some(byte) = payload.get(at) {
        let rest = &payload[at..];
        at += match byte {
            b'<' => memchr::memchr(b'>', rest).map_or(1, |end| end + 1),
            b'&' => {
                let end = rest.iter().take(REFERENCE_BYTES_MAX).position(|byte| *byte == b';');
                end.filter(|end| is_reference(&rest[1..*end])).map_or(1, |end| end + 1)
            }
            byte if byte.is_ascii_alphanumeric() => break,
            _ => 1,
        };
    }
    at
}

/// Where the gap that ends at `at` begins.
pub fn before(payload: &[u8], mut at: usize) -> usize {
    while let Some(byte) = at.checked_sub(1).map(|last| payload[last]) {
        at = match byte {
            b'>' => memchr::memrchr(b'<', &payload[..at - 1]).unwrap_or(at - 1),
            b';' => {
                let from = at.saturating_sub(REFERENCE_BYTES_MAX);
                let reference = memchr::memrchr(b'&', &payload[from..at - 1]).map(|amp| from + amp);
                reference.filter(|amp| is_reference(&payload[amp + 1..at - 1])).unwrap_or(at - 1)
            }
            byte if byte.is_ascii_alphanumeric() => break,
            _ => at - 1,
        };
    }
    at
}

fn is_reference(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(payload: &[u8], gap: &[u8]) {
        let begin = payload.windows(gap.len()).position(|window| window == gap).expect("the gap");
        assert_eq!(after(payload, begin), begin + gap.len(), "{}", payload.escape_ascii());
        assert_eq!(before(payload, begin + gap.len()), begin, "{}", payload.escape_ascii());
    }

    #[test]
    fn tags_references_and_signs_are_gaps() {
        check(b"public domain", b" ");
        check(b"public&nbsp;<b class='x'>\n domain", b"&nbsp;<b class='x'>\n ");
        check(b"public\xa0- domain", b"\xa0- ");
        check(b"a & b", b" & ");
        check(b"a; b", b"; ");
    }
}
