//! The grammar of license addresses on creativecommons.org.
//!
//! `/(licenses|publicdomain)/UNIT/VERSION[/JURISDICTION][/(deed|legalcode)[.LANG]]`, as the organization's own code has
//! it (creativecommons/cc-legal-tools-app, `legal_tools/models.py` and `urls.py`). `/3.0/de/` is a port, and
//! `/3.0/deed.de` is a translation of the unported deed. Version 4.0 has no ports.
//! Badge images stand at `/l/UNIT/VERSION[/JURISDICTION]/88x31.png` and `/p/UNIT/…` on two hosts of their own.

use super::license::{CreativeCommons, Port, Unit, VERSIONS};

/// Whether a host is one of those that serve deeds and badge images. Compared whole: lookalikes are not.
pub fn is_host(host: &str) -> bool {
    [
        "creativecommons.org",
        "www.creativecommons.org",
        "i.creativecommons.org",
        "licensebuttons.net",
        "i.licensebuttons.net",
    ]
    .iter()
    .any(|known| host.eq_ignore_ascii_case(known))
}

/// The license that a path on such a host names. Empty segments are skipped; what follows the port is not read.
///
/// None for a list of licenses, a page of the organization, or a combination of unit and version that never was.
pub fn from_path(path: &str) -> Option<CreativeCommons> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let folder = segments.next()?;
    let is_license =
        ["licenses", "licences", "license", "licence", "l"].iter().any(|name| folder.eq_ignore_ascii_case(name));
    let is_tool = ["publicdomain", "p"].iter().any(|name| folder.eq_ignore_ascii_case(name));
    if !is_license && !is_tool {
        return None;
    }
    let name = segments.next()?;
    if is_tool {
        return match Unit::from_path(name) {
            Some(unit @ (Unit::Zero | Unit::Mark)) => Some(CreativeCommons::unversioned(unit)),
            _ if name.eq_ignore_ascii_case("certification") => Some(CreativeCommons::unversioned(Unit::Dedication)),
            _ => None,
        };
    }
    let unit = if name.eq_ignore_ascii_case("by-nd-nc") {
        Unit::ByNcNd
    } else {
        Unit::from_path(name).filter(|unit| !matches!(unit, Unit::Mark))?
    };
    if matches!(unit, Unit::Zero | Unit::Dedication) {
        return Some(CreativeCommons::unversioned(unit));
    }
    let Some(version) = segments.next().filter(|segment| !is_document(segment)) else {
        return Some(CreativeCommons::unversioned(unit));
    };
    let version = VERSIONS.iter().copied().find(|known| *known == version).filter(|known| existed(unit, known))?;
    let port = segments.next().and_then(Port::from_path).filter(|_| version != "4.0");
    Some(CreativeCommons { unit, version: Some(version), port })
}

/// Whether a segment names a document about the license and not a version of it.
fn is_document(segment: &str) -> bool {
    ["deed", "legalcode", "rdf"]
        .iter()
        .any(|name| segment.get(..name.len()).is_some_and(|s| s.eq_ignore_ascii_case(name)))
        || segment.contains("88x31")
        || segment.contains("80x15")
}

/// Whether a retired unit ever had this version. The six current ones had them all.
fn existed(unit: Unit, version: &str) -> bool {
    match unit {
        Unit::Nc | Unit::NcSa | Unit::Nd | Unit::NdNc | Unit::Sa => matches!(version, "1.0" | "2.0"),
        Unit::Sampling | Unit::SamplingPlus | Unit::NcSamplingPlus => version == "1.0",
        Unit::DevNations => version == "2.0",
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::license::License;
    use super::*;

    fn check(path: &str, spdx: &str) {
        let found =
            from_path(path).map(|license| License::CreativeCommons(license).spdx().unwrap_or("unversioned".into()));
        assert_eq!(found.as_deref().unwrap_or("no license"), spdx, "{path}");
    }

    #[test]
    fn ports_are_not_languages_of_a_deed() {
        check("/licenses/by/3.0/de/", "CC-BY-3.0-DE");
        check("/licenses/by/3.0/deed.de", "CC-BY-3.0");
        check("/licenses/by/3.0/es/deed.ca", "LicenseRef-CC-BY-3.0-ES");
        check("/licenses/by-sa/4.0/legalcode.zh-hans", "CC-BY-SA-4.0");
        check("/licenses/by-sa/4.0/de/", "CC-BY-SA-4.0");
        check("/licenses/by-nc-nd/3.0/igo/", "CC-BY-NC-ND-3.0-IGO");
        check("/licenses/by/3.0/igo/deed.es", "CC-BY-3.0-IGO");
        check("/licenses/by-sa/2.5/scotland/", "LicenseRef-CC-BY-SA-2.5-SCOTLAND");
        check("/licenses/by/2.1/jp", "LicenseRef-CC-BY-2.1-JP");
    }

    #[test]
    fn retired_units_and_old_orders_keep_their_names() {
        check("/licenses/by-nd-nc/1.0/", "CC-BY-NC-ND-1.0");
        check("/licenses/nd-nc/1.0/", "LicenseRef-CC-ND-NC-1.0");
        check("/licenses/sampling+/1.0/", "LicenseRef-CC-SAMPLING-PLUS-1.0");
        check("/licenses/devnations/2.0/", "LicenseRef-CC-DEVNATIONS-2.0");
        check("/licenses/publicdomain/", "CC-PDDC");
        check("/publicdomain/certification/1.0/us/", "CC-PDDC");
    }

    #[test]
    fn public_domain_tools_and_badges_are_read() {
        check("/publicdomain/zero/1.0/deed.nl", "CC0-1.0");
        check("/publicdomain/mark/1.0/", "CC-PDM-1.0");
        check("/l/by-nc-sa/3.0/de/88x31.png", "CC-BY-NC-SA-3.0-DE");
        check("/l/by-nc/88x31.png", "unversioned");
        check("/p/zero/1.0/88x31.png", "CC0-1.0");
    }

    #[test]
    fn forms_that_people_write_are_read() {
        check("/licences/by/4.0", "CC-BY-4.0");
        check("//Licenses//BY-SA//4.0//", "CC-BY-SA-4.0");
        check("/licenses/by-sa/", "unversioned");
        check("/licenses/by-sa/deed.de", "unversioned");
    }

    #[test]
    fn what_is_no_license_is_none() {
        for path in [
            "/",
            "/licenses/",
            "/about/cclicenses/",
            "/licenses/by/5.0/",
            "/licenses/by/4.01/",
            "/publicdomain/",
            "/licenses/devnations/3.0/",
            "/licenses/by-xx/4.0/",
            "/choose/",
            "/share-your-work/licenses/by/4.0/",
        ] {
            check(path, "no license");
        }
    }
}
