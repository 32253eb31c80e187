//! What the address of a page looks like: the shape of its path, not its words.

use super::scale::log;

/// Counts, in the steps of [`log`].
pub struct Address {
    /// Segments of the path.
    pub segments: u8,
    /// Hyphens in the last segment.
    pub hyphens: u8,
    /// Digits in the path.
    pub digits: u8,
    /// Length of the last segment.
    pub last: u8,
}

impl Address {
    /// Of an absolute URL; all zero of anything else.
    pub fn of(url: &str) -> Self {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = rest.split_once('/').map_or("", |(_, path)| path);
        let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let last = path.rsplit('/').next().unwrap_or_default();
        let count = |found: usize| log(found.min(1 << 20) as u32);
        Self {
            segments: if path.is_empty() { 0 } else { count(path.split('/').count()) },
            hyphens: count(last.matches('-').count()),
            digits: count(path.bytes().filter(u8::is_ascii_digit).count()),
            last: count(last.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: [u8; 4]) {
        let found = Address::of(url);
        assert_eq!([found.segments, found.hyphens, found.digits, found.last], expected, "{url}");
    }

    #[test]
    fn the_path_is_counted_and_the_rest_is_not() {
        check("https://example.org/2024/05/a-b-c/?q=1/2-3#x/y", [3, 2, 6, 5]);
        check("https://example.org/", [0, 0, 0, 0]);
        check("https://example.org", [0, 0, 0, 0]);
        check("", [0, 0, 0, 0]);
    }
}
