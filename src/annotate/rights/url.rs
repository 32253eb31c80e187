//! From an address, as written in markup, to the license it names.
//!
//! Reads absolute, protocol-relative and scheme-less addresses, with `www.`, with percent-encoding, and wrapped by a
//! web archive. The host is compared whole, so `creativecommons.org.example` and `example/creativecommons.org/` name
//! nothing. Nothing is allocated unless the address holds a `%`.

use std::borrow::Cow;

use super::license::{CreativeCommons, License, Port, Unit, VERSIONS};
use super::{creative_commons, known};

/// Longest address that is read, in bytes.
const ADDRESS_BYTES_MAX: usize = 2_000;

/// Web archives that write the archived address into their own path.
const ARCHIVES: &[&str] = &[
    "web.archive.org",
    "archive.org",
    "wayback.archive-it.org",
    "webarchive.nationalarchives.gov.uk",
    "www.webarchive.org.uk",
    "arquivo.pt",
    "webarchive.loc.gov",
];

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A license that this program knows.
    License(License),
    /// Creative Commons, but none of its licenses: the home page, a list, or a version that never was.
    UnnamedCreativeCommons,
    /// Anything else.
    Elsewhere,
}

impl Target {
    /// The license, if it is one.
    pub fn license(self) -> Option<License> {
        match self {
            Self::License(license) => Some(license),
            Self::UnnamedCreativeCommons | Self::Elsewhere => None,
        }
    }
}

/// Reads an address as it stands in `href`, `content` or JSON.
pub fn read(address: &str) -> Target {
    let address = address.trim();
    if address.len() > ADDRESS_BYTES_MAX {
        return Target::Elsewhere;
    }
    let Some((host, path)) = split(address) else { return redirected(address) };
    if let Some(archived) = archived(host, path) {
        return split(archived).map_or(Target::Elsewhere, |(host, path)| at(host, path));
    }
    match at(host, path) {
        Target::Elsewhere => redirected(path),
        target => target,
    }
}

/// The target of a redirector that has the whole address in its query: `/out?u=https%3A%2F%2F…`.
fn redirected(path: &str) -> Target {
    let Some((_, query)) = path.split_once('?') else { return Target::Elsewhere };
    let values = query.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| percent_decoded(value));
    let mut targets = values
        .filter(|value| value.starts_with("http://") || value.starts_with("https://"))
        .filter_map(|value| split(&value).map(|(host, path)| at(host, path)));
    targets.find(|target| *target != Target::Elsewhere).unwrap_or(Target::Elsewhere)
}

fn at(host: &str, path: &str) -> Target {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let path = percent_decoded(&path[..end]);
    if creative_commons::is_host(host) {
        return creative_commons::from_path(&path)
            .map_or(Target::UnnamedCreativeCommons, |license| Target::License(License::CreativeCommons(license)));
    }
    let license = if host.eq_ignore_ascii_case("spdx.org") {
        path.strip_prefix("/licenses/").and_then(|id| from_spdx(id.trim_end_matches('/').trim_end_matches(".html")))
    } else {
        known::from_address(host, &path)
    };
    license.map_or(Target::Elsewhere, Target::License)
}

/// The license of an SPDX id such as `CC-BY-SA-4.0` or `MIT`, whatever its case.
pub fn from_spdx(id: &str) -> Option<License> {
    let id = id.trim();
    if id.eq_ignore_ascii_case("CC0-1.0") {
        return Some(License::CreativeCommons(CreativeCommons::unversioned(Unit::Zero)));
    }
    if id.eq_ignore_ascii_case("CC-PDM-1.0") {
        return Some(License::CreativeCommons(CreativeCommons::unversioned(Unit::Mark)));
    }
    if !id.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("CC-")) {
        return known::from_spdx(id);
    }
    let version_at = id.find(|c: char| c.is_ascii_digit())?;
    let unit = Unit::from_path(id.get(3..version_at.checked_sub(1)?)?)?;
    let (version, port) = id[version_at..].split_once('-').map_or((&id[version_at..], None), |(v, p)| (v, Some(p)));
    let version = VERSIONS.iter().copied().find(|known| *known == version)?;
    let port = match port {
        Some(port) => Some(Port::from_path(port)?),
        None => None,
    };
    Some(License::CreativeCommons(CreativeCommons { unit, version: Some(version), port }))
}

/// Host and path of an address that has a host. The path begins with a slash and keeps query and fragment.
fn split(address: &str) -> Option<(&str, &str)> {
    let rest = strip_scheme(address).unwrap_or(address);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(host);
    let plain = !host.is_empty()
        && host.contains('.')
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    plain.then_some((host.trim_end_matches('.'), if path.is_empty() { "/" } else { path }))
}

fn strip_scheme(address: &str) -> Option<&str> {
    let rest = ["https:", "http:"]
        .iter()
        .find_map(|scheme| {
            address
                .get(..scheme.len())
                .filter(|head| head.eq_ignore_ascii_case(scheme))
                .map(|head| &address[head.len()..])
        })
        .unwrap_or(address);
    let rest = rest.strip_prefix("//").or_else(|| rest.strip_prefix('/').filter(|_| rest.len() < address.len()))?;
    Some(rest.trim_start_matches('/'))
}

/// The address inside the path of a web archive, e.g. `/web/20200101000000/https://…`.
fn archived<'a>(host: &str, path: &'a str) -> Option<&'a str> {
    if !ARCHIVES.iter().any(|archive| host.eq_ignore_ascii_case(archive)) {
        return None;
    }
    let at = path.find("/http:/").or_else(|| path.find("/https:/"))?;
    Some(&path[at + 1..])
}

/// Decodes `%XX`; anything that is not two hexadecimal digits stays. Bytes that are no UTF-8 leave the path as it is.
fn percent_decoded(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(path), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &str) {
        let found = match read(address) {
            Target::License(license) => license.spdx().unwrap_or_else(|| format!("{} unversioned", license.name())),
            Target::UnnamedCreativeCommons => "unnamed".to_owned(),
            Target::Elsewhere => "elsewhere".to_owned(),
        };
        assert_eq!(found, expected, "{address}");
    }

    #[test]
    fn every_way_to_write_a_creative_commons_address() {
        for address in [
            "https://creativecommons.org/licenses/by-sa/4.0/",
            "http://www.creativecommons.org/licenses/by-sa/4.0",
            "//creativecommons.org/licenses/by-sa/4.0/deed.fr?ref=chooser-v1",
            "HTTPS://CreativeCommons.org/Licenses/BY-SA/4.0/#top",
            "creativecommons.org/licences/by-sa/4.0/",
            "https://creativecommons.org:443/licenses/by%2Dsa/4.0/",
            "https:/creativecommons.org/licenses/by-sa/4.0/",
            "https://web.archive.org/web/20200101000000/https://creativecommons.org/licenses/by-sa/4.0/",
            "http://web.archive.org/web/2020im_/http:/creativecommons.org/licenses/by-sa/4.0/",
            "https://i.creativecommons.org/l/by-sa/4.0/88x31.png",
            "https://licensebuttons.net/l/by-sa/4.0/80x15.png",
            " https://spdx.org/licenses/CC-BY-SA-4.0.html ",
        ] {
            check(address, "CC-BY-SA-4.0");
        }
        check("http://creativecommons.org/licenses/sampling%2B/1.0/", "LicenseRef-CC-SAMPLING-PLUS-1.0");
        check("https://creativecommons.org/", "unnamed");
        check("https://creativecommons.org/licenses/by/9.0/", "unnamed");
    }

    #[test]
    fn lookalike_hosts_are_elsewhere() {
        for address in [
            "https://creative-commons.example.net/licenses/by/4.0/",
            "https://creativecommons.org.example/licenses/by/4.0/",
            "https://notcreativecommons.org/licenses/by/4.0/",
            "https://guide.example/creativecommons.org/licenses/by/4.0/",
            "https://user@creativecommons.org/licenses/by/4.0/",
            "https://guide.example/https://creativecommons.org/licenses/by/4.0/",
            "/creativecommons.org/licenses/by/4.0/",
            "/licenses/by/4.0/",
            "https://wiki.creativecommons.org/licenses/by/4.0/",
            "",
            "https://%",
            "http://ünï.example/licenses/by/4.0/",
        ] {
            check(address, "elsewhere");
        }
    }

    #[test]
    fn other_licenses_are_read_by_host_and_path() {
        check("https://www.gnu.org/licenses/old-licenses/fdl-1.2.html", "GFDL-1.2-only");
        check("http://www.gnu.org/copyleft/fdl.html", "GFDL unversioned");
        check("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/", "OGL-UK-2.0");
        check("http://www.nationalarchives.gov.uk/doc/open-government-licence/", "OGL-UK unversioned");
        check("https://www.nationalarchives.gov.uk/doc/non-commercial-government-licence/version/2/", "NCGL-UK-2.0");
        check("https://ouvert.canada.ca/fr/licence-du-gouvernement-ouvert-canada", "OGL-Canada-2.0");
        check("https://www.govdata.de/dl-de/zero-2-0", "DL-DE-ZERO-2.0");
        check("https://opendatacommons.org/licenses/odbl/1-0/", "ODbL-1.0");
        check("https://artlibre.org/licence/lal/en/", "LAL unversioned");
        check("https://opensource.org/license/mit/", "MIT");
        check("https://opensource.org/licenses/MIT", "MIT");
        check("https://opensource.org/licenses/mit-0", "MIT-0");
        check("https://opensource.org/licenses/mit-license.php", "MIT");
        check("https://opensource.org/licenses/mit0", "elsewhere");
        check("https://www.apache.org/licenses/LICENSE-2.0.html", "Apache-2.0");
        check("https://unlicense.org", "Unlicense");
        check("https://www.gnu.org/licenses/gpl-3.0.html", "GPL-3.0-only");
        check("https://www.gnu.org/philosophy/", "elsewhere");
        check("/out.php?u=https%3A%2F%2Fcreativecommons.org%2Flicenses%2Fby%2F4.0%2F", "CC-BY-4.0");
    }

    #[test]
    fn ids_are_read_whatever_their_case() {
        for (id, expected) in
            [("cc-by-nc-4.0", "CC-BY-NC-4.0"), ("CC-BY-3.0-DE", "CC-BY-3.0-DE"), ("mit", "MIT"), ("CC0-1.0", "CC0-1.0")]
        {
            assert_eq!(from_spdx(id).and_then(|license| license.spdx()).as_deref(), Some(expected));
        }
        for id in ["CC-BY", "CC-", "4.0", "", "CC-4.0", "CC-BY-4.0-"] {
            assert_eq!(from_spdx(id), None, "{id}");
        }
    }
}
