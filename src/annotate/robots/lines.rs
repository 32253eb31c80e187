//! The bytes of a robots.txt -> its lines, each a key and a value.
//!
//! A line ends at CR, LF or both; a comment begins at `#`; a line without a colon says nothing; a byte order mark in
//! front is no part of the first key. What lies beyond 500 KiB is not read, which RFC 9309 (section 2.5) permits, and
//! neither is the line that is cut there: half of a path would be another rule.

/// Most bytes of a file that are read.
pub const FILE_BYTES_MAX: usize = 500 << 10;

/// Keys and values in the order of the file, both trimmed.
pub fn lines(body: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    whole_lines(body).split(|byte| matches!(byte, b'\n' | b'\r')).filter_map(|line| {
        let line = &line[..memchr::memchr(b'#', line).unwrap_or(line.len())];
        let colon = memchr::memchr(b':', line)?;
        Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
    })
}

/// The body, or its lines that end within the limit.
fn whole_lines(body: &[u8]) -> &[u8] {
    if body.len() <= FILE_BYTES_MAX {
        return body;
    }
    let end = memchr::memrchr2(b'\n', b'\r', &body[..FILE_BYTES_MAX]);
    &body[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &[u8], expected: &[(&str, &str)]) {
        let found: Vec<_> = lines(body)
            .map(|(key, value)| {
                (String::from_utf8_lossy(key).into_owned(), String::from_utf8_lossy(value).into_owned())
            })
            .collect();
        let found: Vec<_> = found.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_end_in_any_way_and_comments_are_cut() {
        let expected = [("User-agent", "*"), ("Disallow", "/a")];
        check(b"User-agent: *\nDisallow: /a\n", &expected);
        check(b"User-agent: *\r\nDisallow: /a", &expected);
        check(b"User-agent: *\rDisallow: /a\r", &expected);
        check(b"\xef\xbb\xbf# hello\n\n User-agent : *# all\nnonsense\nDisallow:/a # b: c\n", &expected);
        check(b"Sitemap: https://a.example/x", &[("Sitemap", "https://a.example/x")]);
        check(b"", &[]);
    }

    #[test]
    fn a_long_file_is_read_up_to_its_last_whole_line() {
        let mut body = b"a: 1\n".to_vec();
        body.resize(FILE_BYTES_MAX - 4, b'#');
        body.extend(b"\nb: 2\nc: 3\n");
        check(&body, &[("a", "1")]);
        check(&vec![b'a'; FILE_BYTES_MAX + 1], &[]);
        let mut whole = vec![b'#'; FILE_BYTES_MAX - 5];
        whole.extend(b"\nb: 2");
        check(&whole, &[("b", "2")]);
    }
}
