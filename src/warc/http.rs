//! The head of an HTTP response as a crawler stored it, borrowed and tolerant.
//!
//! Status lines may lack version digits or reason, lines may end in LF alone, values may be folded, lines without a
//! colon are passed over, and the blank line may be missing: a head without one ends before the first line that begins
//! markup, else at the end of the block.

use super::fields::Fields;
use super::limits::Limits;

/// An HTTP response in a record's block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response<'a> {
    /// Status code, 100 to 999.
    pub status: u16,
    /// The header fields below the status line.
    pub fields: Fields<'a>,
    /// The payload as stored: everything after the head.
    pub payload: &'a [u8],
}

/// Reads the head. None if the block does not begin with a status line or the head is larger than the limits allow.
pub fn parse<'a>(block: &'a [u8], limits: &Limits) -> Option<Response<'a>> {
    let (status, first) = status_line(block)?;
    let rest = &block[first..];
    let (head, payload) = split_head(rest, limits)?;
    Some(Response { status, fields: Fields::new(&rest[..head]), payload: &rest[payload..] })
}

/// Status and length of a line such as `HTTP/1.1 200 OK`, `HTTP/2 200`, `HTTP/1.0 302 ` or `ICY 200 OK`.
fn status_line(block: &[u8]) -> Option<(u16, usize)> {
    const LINE_BYTES_MAX: usize = 8 << 10;
    let window = &block[..block.len().min(LINE_BYTES_MAX)];
    let end = memchr::memchr(b'\n', window).map_or(window.len(), |end| end + 1);
    let line = &window[..end];
    let known = line.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"HTTP/")) || line.starts_with(b"ICY ");
    if !known {
        return None;
    }
    let code = line.split(u8::is_ascii_whitespace).skip(1).find(|word| !word.is_empty())?;
    let digits = code.first_chunk::<3>().filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
    let status = digits.iter().fold(0, |value, digit| value * 10 + u16::from(digit - b'0'));
    (status >= 100).then_some((status, end))
}

/// Length of the head without its blank line, and where the payload begins.
fn split_head(bytes: &[u8], limits: &Limits) -> Option<(usize, usize)> {
    let mut at = 0;
    for _ in 0..=limits.http_head_lines_max {
        if at > limits.http_head_bytes_max {
            return None;
        }
        let rest = &bytes[at..];
        let Some(end) = memchr::memchr(b'\n', rest) else { return Some(missing_blank_line(bytes)) };
        if rest[..end].iter().all(|&byte| byte == b'\r') {
            return Some((at, at + end + 1));
        }
        at += end + 1;
    }
    None
}

/// A head that no blank line ends: the payload begins with the first line that begins markup.
fn missing_blank_line(bytes: &[u8]) -> (usize, usize) {
    let markup = |at: &usize| bytes.get(at + 1) == Some(&b'<');
    let end = if bytes.first() == Some(&b'<') {
        0
    } else {
        memchr::memchr_iter(b'\n', bytes).find(markup).map_or(bytes.len(), |at| at + 1)
    };
    (end, end)
}

/// The type of a `Content-Type` value without its parameters, in small letters. None if it has no slash.
pub fn media_type(value: &str) -> Option<String> {
    let end = value.find([';', ',', ' ', '\t']).unwrap_or(value.len());
    let media = &value[..end];
    media.contains('/').then(|| media.to_ascii_lowercase())
}

/// The `charset` parameter of a `Content-Type` value, as written without quotes.
pub fn charset(value: &str) -> Option<&str> {
    let lower = value.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find("charset") {
        from += found + "charset".len();
        let Some(rest) = value[from..].trim_start().strip_prefix('=') else { continue };
        let rest = rest.trim_start();
        let name = match rest.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.split(['"', '\'']).next().unwrap_or_default(),
            None => rest.split([';', ',', ' ', '\t']).next().unwrap_or_default(),
        };
        let name = name.trim();
        return (!name.is_empty()).then_some(name);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(block: &[u8], wanted: Option<(u16, &[u8])>) {
        let found = parse(block, &Limits::default());
        assert_eq!(found.map(|response| (response.status, response.payload)), wanted);
    }

    #[test]
    fn status_lines_of_all_kinds_are_read() {
        check(b"HTTP/1.1 200 OK\r\n\r\nx", Some((200, b"x")));
        check(b"HTTP/2 200\r\n\r\nx", Some((200, b"x")));
        check(b"HTTP/1.0 302 \n\n", Some((302, b"")));
        check(b"http/1.1  404\tGone\r\r\n\r\r\nx", Some((404, b"x")));
        check(b"ICY 200 OK\r\n\r\nx", Some((200, b"x")));
        for no_head in [
            &b""[..],
            b"HTTP/1.1",
            b"HTTP/1.1 OK\r\n\r\n",
            b"HTTPX/1.1 200 OK\r\n\r\n",
            b"<html>",
            b"HTTP/1.1 099 x\n\n",
        ] {
            check(no_head, None);
        }
    }

    #[test]
    fn the_payload_begins_after_the_blank_line_or_with_markup() {
        check(b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n\r\nx", Some((200, b"\r\nx")));
        check(b"HTTP/1.1 200 OK\nA: b\n<p>x", Some((200, b"<p>x")));
        check(b"HTTP/1.1 200 OK\nnonsense\nA: b", Some((200, b"")));
        check(b"HTTP/1.1 200 OK", Some((200, b"")));
    }

    #[test]
    fn heads_beyond_the_limits_are_refused() {
        let limits = Limits { http_head_lines_max: 2, ..Limits::default() };
        assert!(parse(b"HTTP/1.1 200 OK\nA: 1\nB: 2\n\nx", &limits).is_some());
        assert!(parse(b"HTTP/1.1 200 OK\nA: 1\nB: 2\nC: 3\n\nx", &limits).is_none());
    }

    #[test]
    fn content_types_are_taken_apart() {
        assert_eq!(media_type("Text/HTML; charset=x").as_deref(), Some("text/html"));
        assert_eq!(media_type("text/html Last-modified: Sat").as_deref(), Some("text/html"));
        assert_eq!(media_type("; charset=UTF-8"), None);
        assert_eq!(charset("text/html; charset=UTF-8"), Some("UTF-8"));
        assert_eq!(charset("text/html; Charset = \"Shift_JIS\"; q=1"), Some("Shift_JIS"));
        assert_eq!(charset("text/html;charset='utf-8'"), Some("utf-8"));
        assert_eq!(charset("text/html; charset="), None);
        assert_eq!(charset("text/html; xcharset"), None);
    }
}
