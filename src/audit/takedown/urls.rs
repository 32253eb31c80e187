//! URLs, hosts and ids in the forms in which they are compared.
//!
//! Of a URL the case of scheme and host, a default port, a dot behind the host, the fragment, dot segments and the
//! spelling of escapes that the URL standard settles do not count, and `http` and `https` are the same page: who wants a
//! page gone wants it gone under both. The case of path and query, the order of parameters, `www.` and a slash at the end
//! do count. What cannot be parsed is compared as written, without its fragment.

use std::borrow::Cow;

use url::{Host, Url};

/// The form in which URLs are compared: `//host/path?query` of a web address, else the URL with its scheme.
pub fn comparable(url: &str) -> String {
    let trimmed = url.trim();
    let Ok(mut parsed) = Url::parse(trimmed) else {
        return trimmed.split('#').next().unwrap_or_default().to_owned();
    };
    parsed.set_fragment(None);
    let dotless = parsed.host_str().and_then(|host| host.strip_suffix('.')).map(str::to_owned);
    if let Some(host) = dotless.filter(|host| !host.is_empty()) {
        // A host that was valid with a dot behind it is valid without.
        let _ = parsed.set_host(Some(&host));
    }
    match parsed.scheme() {
        "http" | "https" => parsed.as_str()[parsed.scheme().len() + 1..].to_owned(),
        _ => parsed.into(),
    }
}

/// The host in the form of [`comparable`], without user and port; none if there is none.
pub fn host(comparable: &str) -> Option<Cow<'_, str>> {
    let rest = comparable.split_once("//")?.1;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let end = match host.find(']') {
        Some(bracket) => bracket + 1,
        None => host.find(':').unwrap_or(host.len()),
    };
    let host = &host[..end];
    if host.is_empty() {
        None
    } else if host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Some(Cow::Owned(host.to_ascii_lowercase()))
    } else {
        Some(Cow::Borrowed(host))
    }
}

/// The host itself and every name above it, the longest first: `a.b.example`, `b.example`, `example`.
pub fn names(host: &str) -> impl Iterator<Item = &str> {
    let is_address = host.starts_with('[') || host.rsplit('.').next().is_some_and(|last| last.parse::<u32>().is_ok());
    let dots = if is_address { "" } else { host };
    std::iter::once(host).chain(dots.match_indices('.').map(|(dot, _)| &host[dot + 1..]))
}

/// Whether a URL that begins with `prefix` is below it: behind the prefix the URL ends, or a part of it does.
pub fn is_boundary(prefix: &str, rest: &str) -> bool {
    prefix.ends_with(['/', '?', '=', '&']) || rest.is_empty() || rest.starts_with(['/', '?', '&'])
}

/// A host name as [`host`] gives it, or why it is none.
pub fn parse_domain(name: &str) -> Result<String, &'static str> {
    let name = name.trim_end_matches('.');
    if name.is_empty() || name.contains(['/', ':', '@', ' ']) && !name.starts_with('[') {
        return Err("wanted a host name alone, without scheme, port and path");
    }
    let host = Host::parse(name).map_err(|_| "this is no host name")?.to_string();
    let is_suffix = psl::suffix(host.as_bytes())
        .is_some_and(|suffix| suffix.as_bytes() == host.as_bytes() && suffix.typ() == Some(psl::Type::Icann));
    if is_suffix {
        return Err("this is a public suffix, under which anyone has names");
    }
    Ok(host)
}

/// An id without its angle brackets.
pub fn bare_id(id: &str) -> &str {
    let id = id.trim();
    id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_count_is_gone_and_what_counts_stays() {
        let check = |url: &str, expected: &str| assert_eq!(comparable(url), expected, "{url}");
        check("HTTPS://Example.ORG:443/A?b=C#d", "//example.org/A?b=C");
        check("http://example.org.:80", "//example.org/");
        check("http://example.org:8080/a/../b", "//example.org:8080/b");
        check("ftp://example.org/x", "ftp://example.org/x");
        check("not a url#x", "not a url");
        check("http://bücher.example/", "//xn--bcher-kva.example/");
        for (one, other) in [("/a", "/a/"), ("/a", "/A"), ("?a&b", "?b&a")] {
            let [one, other] = [one, other].map(|end| comparable(&format!("https://example.org{end}")));
            assert_ne!(one, other);
        }
        assert_ne!(comparable("https://www.example.org/"), comparable("https://example.org/"));
    }

    #[test]
    fn hosts_have_the_names_above_them() {
        let check = |url: &str, expected: &[&str]| {
            let comparable = comparable(url);
            let host = host(&comparable);
            let found: Vec<&str> = host.iter().flat_map(|host| names(host)).collect();
            assert_eq!(found, expected, "{url}");
        };
        check("https://me:secret@A.Example.org:99/x@y", &["a.example.org", "example.org", "org"]);
        check("https://192.0.2.7/", &["192.0.2.7"]);
        check("http://[2001:db8::1]:80/", &["[2001:db8::1]"]);
        check("dns:example.org", &[]);
    }

    #[test]
    fn prefixes_end_at_boundaries() {
        let check = |prefix: &str, url: &str, expected: bool| {
            let below = url.strip_prefix(prefix).is_some_and(|rest| is_boundary(prefix, rest));
            assert_eq!(below, expected, "{prefix} {url}");
        };
        check("//e.org/a", "//e.org/a", true);
        check("//e.org/a", "//e.org/a/b", true);
        check("//e.org/a", "//e.org/a?b", true);
        check("//e.org/a", "//e.org/ab", false);
        check("//e.org/a/", "//e.org/a/b", true);
        check("//e.org/a/", "//e.org/a", false);
        check("//e.org/a?id=", "//e.org/a?id=3", true);
        check("//e.org/a?id=3", "//e.org/a?id=33", false);
    }

    #[test]
    fn domains_are_names_that_somebody_can_own() {
        assert_eq!(parse_domain("Example.ORG."), Ok(String::from("example.org")));
        assert_eq!(parse_domain("blog.example.co.uk"), Ok(String::from("blog.example.co.uk")));
        assert_eq!(parse_domain("[2001:db8::1]"), Ok(String::from("[2001:db8::1]")));
        for wrong in ["org", "co.uk", "https://example.org", "example.org/a", "a b.example", "", "example.org:80"] {
            assert!(parse_domain(wrong).is_err(), "{wrong}");
        }
    }
}
