//! Whether a path pattern of a robots.txt matches the path of a URL (RFC 9309, section 2.2.2 and 2.2.3).
//!
//! Both are brought to one form first: octets outside of ASCII are percent-encoded, encoded octets that need not be are
//! decoded. In a query, `:` and `/` stand for their encodings too, since both spellings are in use. `*` stands for any
//! run of characters, `$` at the end for the end of the path; both are literal when encoded, and so they are encoded in
//! the path of a URL. A pattern that begins with neither `/` nor `*` matches nothing.
//!
//! Matching takes time linear in the path: each piece between two `*` is taken where it is found first.

use std::borrow::Cow;

/// Most bytes of a path that are compared. RFC 9110 recommends that software supports URLs of 8,000 octets.
const PATH_BYTES_MAX: usize = 8 << 10;

/// Path and query of a URL, ready to be matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlPath(String);

impl UrlPath {
    /// Path and query as a URL has them.
    pub fn new(path_and_query: &str) -> Self {
        let bytes = path_and_query.as_bytes();
        let mut path = normalize(&bytes[..bytes.len().min(PATH_BYTES_MAX)]).into_owned();
        if path.contains(['*', '$']) {
            path = path.replace('*', "%2A").replace('$', "%24");
        }
        Self(path)
    }
}

/// A pattern in the form that is compared; `$` is left only as the mark of the end.
pub fn pattern(written: &[u8]) -> String {
    let (body, end) = match written.strip_suffix(b"$") {
        Some(body) => (body, "$"),
        None => (written, ""),
    };
    let body = normalize(body);
    let body = if body.contains('$') { Cow::Owned(body.replace('$', "%24")) } else { body };
    format!("{body}{end}")
}

/// Whether a pattern of [`pattern`]'s form matches.
pub fn matches(pattern: &str, path: &UrlPath) -> bool {
    if !pattern.starts_with(['/', '*']) {
        return false;
    }
    let (pattern, is_anchored) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.0.strip_prefix(first) else { return false };
    let mut last = None;
    for piece in pieces {
        // The last piece of an anchored pattern has to lie at the end, so it waits.
        if let Some(earlier) = last.replace(piece) {
            match find_after(rest, earlier) {
                Some(after) => rest = after,
                None => return false,
            }
        }
    }
    match last {
        None => !is_anchored || rest.is_empty(),
        Some(last) if is_anchored => rest.ends_with(last),
        Some(last) => find_after(rest, last).is_some(),
    }
}

fn find_after<'a>(text: &'a str, piece: &str) -> Option<&'a str> {
    let at = memchr::memmem::find(text.as_bytes(), piece.as_bytes())?;
    Some(&text[at + piece.len()..])
}

/// One spelling for all that mean the same. The result is ASCII.
fn normalize(written: &[u8]) -> Cow<'_, str> {
    let is_plain = |byte: &u8| byte.is_ascii_graphic() && *byte != b'%';
    if written.iter().all(is_plain)
        && let Ok(text) = std::str::from_utf8(written)
    {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(written.len() + 16);
    let mut is_query = false;
    let mut at = 0;
    while at < written.len() {
        let byte = written[at];
        let encoded = written.get(at..at + 3).and_then(decode);
        at += if encoded.is_some() { 3 } else { 1 };
        match encoded {
            Some(byte) if is_unreserved(byte) || (is_query && matches!(byte, b':' | b'/')) => {
                text.push(char::from(byte));
            }
            Some(byte) => encode(byte, &mut text),
            None if is_plain(&byte) => {
                is_query |= byte == b'?';
                text.push(char::from(byte));
            }
            None => encode(byte, &mut text),
        }
    }
    Cow::Owned(text)
}

fn decode(triplet: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    match triplet {
        [b'%', high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

fn encode(byte: u8, text: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    text.extend(['%', char::from(DIGITS[usize::from(byte >> 4)]), char::from(DIGITS[usize::from(byte & 15)])]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(written: &str, paths: &[&str], others: &[&str]) {
        let matched = |path: &&&str| matches(&pattern(written.as_bytes()), &UrlPath::new(path));
        assert_eq!(paths.iter().find(|path| !matched(path)), None, "{written} matches");
        assert_eq!(others.iter().find(matched), None, "{written} does not match");
    }

    #[test]
    fn a_pattern_is_a_prefix_with_wildcards_and_an_end() {
        check("/", &["/", "/a?b"], &[]);
        check("/fish", &["/fish", "/fish.html", "/fishheads/x"], &["/Fish.asp", "/catfish", "/"]);
        check("/fish*", &["/fish", "/fishheads"], &["/Fish", "/catfish"]);
        check("/*.php", &["/index.php", "/a/b.php?x", "/.php/"], &["/", "/windows.PHP"]);
        check("/*.php$", &["/filename.php", "/a.php/b.php"], &["/filename.php?x", "/filename.php/"]);
        check("/fish*.php", &["/fish.php", "/fishheads/catfish.php?x"], &["/Fish.PHP"]);
        check("*", &["/", "/a"], &[]);
        check("/a$", &["/a"], &["/ab", "/"]);
        check("/$", &["/"], &["/a"]);
        check("/a*b*c$", &["/abc", "/axbxcxc"], &["/abcx", "/acb"]);
        check("/a*a$", &["/aa", "/aba"], &["/a"]);
        check("fish", &[], &["/fish", "fish"]);
        check("", &[], &["/", ""]);
    }

    #[test]
    fn spellings_of_one_path_are_one() {
        check("/foo/bar/%62%61%7A", &["/foo/bar/baz", "/foo/bar/%62az"], &[]);
        check("/foo/bar/ツ", &["/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84"], &["/foo/bar/"]);
        check("/foo/bar/%E3%83%84", &["/foo/bar/ツ"], &[]);
        check("/foo?u=https://a.b", &["/foo?u=https%3A%2F%2Fa.b"], &[]);
        check("/foo?u=https%3A%2F%2Fa.b", &["/foo?u=https://a.b"], &[]);
        check("/a%2Fb", &["/a%2fb"], &["/a/b"]);
        check("/a-%2A.html", &["/a-*.html", "/a-%2A.html"], &["/a-b.html"]);
        check("/a$b", &["/a$b", "/a%24b"], &["/ab", "/a"]);
        check("/a%", &["/a%"], &["/a"]);
    }

    #[test]
    fn a_path_is_compared_up_to_its_limit() {
        let long = format!("/{}", "a".repeat(PATH_BYTES_MAX));
        check("/*b", &[], &[format!("{long}b").as_str()]);
        check("/a", &[&long], &[]);
    }

    proptest! {
        /// A literal pattern matches what begins with it; nothing panics, whatever the bytes.
        #[test]
        fn any_pattern_is_matched(written in proptest::collection::vec(any::<u8>(), 0..60), path in "/.{0,60}") {
            let made = pattern(&written);
            let _ = matches(&made, &UrlPath::new(&path));
            prop_assert!(made.is_ascii());
            prop_assert_eq!(pattern(made.as_bytes()), made.clone(), "one form stays as it is");
        }

        /// Every path is matched by its own spelling, with `*` and `$` encoded.
        #[test]
        fn a_path_matches_itself(path in "/[a-z%?/:ä$*0-9]{0,30}") {
            let path = UrlPath::new(&path);
            let whole = format!("{}$", path.0);
            for pattern in [path.0.as_str(), whole.as_str(), "/*$"] {
                prop_assert!(matches(pattern, &path), "{} {}", pattern, path.0);
            }
        }
    }
}
