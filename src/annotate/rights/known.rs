//! Licenses that are not of Creative Commons: their ids, tiers and addresses.
//!
//! Tiers follow the lists of the Open Definition 2.1 and of the Open Source Initiative. A license that is open only
//! under a condition which an address cannot show (the Open Publication License without its options) is unclear here.
//! Addresses are compared by host and by the beginning of the path; the first line that fits wins, so the longer
//! path stands above the shorter one.

use super::conditions;
use super::license::{Family, License, Other};
use crate::document::rights::Tier;

macro_rules! licenses {
    ($($constant:ident = $spdx:expr, $name:literal, $tier:ident, $family:ident;)*) => {
        $(static $constant: Other = Other { spdx: $spdx, name: $name, tier: Tier::$tier, family: Family::$family };)*
        /// All of them, for the search by id.
        static ALL: &[&Other] = &[$(&$constant,)*];
    };
}

licenses! {
    GFDL = None, "GFDL", Open, Works;
    GFDL_1_1 = Some("GFDL-1.1-only"), "GFDL", Open, Works;
    GFDL_1_2 = Some("GFDL-1.2-only"), "GFDL", Open, Works;
    GFDL_1_3 = Some("GFDL-1.3-only"), "GFDL", Open, Works;
    GFDL_1_1_LATER = Some("GFDL-1.1-or-later"), "GFDL", Open, Works;
    GFDL_1_2_LATER = Some("GFDL-1.2-or-later"), "GFDL", Open, Works;
    GFDL_1_3_LATER = Some("GFDL-1.3-or-later"), "GFDL", Open, Works;
    GFDL_1_1_FREE = Some("GFDL-1.1-no-invariants-only"), "GFDL", Open, Works;
    GFDL_1_2_FREE = Some("GFDL-1.2-no-invariants-only"), "GFDL", Open, Works;
    GFDL_1_3_FREE = Some("GFDL-1.3-no-invariants-only"), "GFDL", Open, Works;
    GFDL_1_1_FREE_LATER = Some("GFDL-1.1-no-invariants-or-later"), "GFDL", Open, Works;
    GFDL_1_2_FREE_LATER = Some("GFDL-1.2-no-invariants-or-later"), "GFDL", Open, Works;
    GFDL_1_3_FREE_LATER = Some("GFDL-1.3-no-invariants-or-later"), "GFDL", Open, Works;
    GFDL_1_1_BOUND = Some("GFDL-1.1-invariants-only"), "GFDL", Unclear, Works;
    GFDL_1_2_BOUND = Some("GFDL-1.2-invariants-only"), "GFDL", Unclear, Works;
    GFDL_1_3_BOUND = Some("GFDL-1.3-invariants-only"), "GFDL", Unclear, Works;
    GFDL_1_1_BOUND_LATER = Some("GFDL-1.1-invariants-or-later"), "GFDL", Unclear, Works;
    GFDL_1_2_BOUND_LATER = Some("GFDL-1.2-invariants-or-later"), "GFDL", Unclear, Works;
    GFDL_1_3_BOUND_LATER = Some("GFDL-1.3-invariants-or-later"), "GFDL", Unclear, Works;
    PUBLIC_DOMAIN = None, "public-domain", Open, Works;
    LAL = None, "LAL", Open, Works;
    LAL_1_2 = Some("LAL-1.2"), "LAL", Open, Works;
    LAL_1_3 = Some("LAL-1.3"), "LAL", Open, Works;
    OPUBL = Some("OPUBL-1.0"), "OPUBL", Unclear, Works;
    OPUBL_PLAIN = Some("OPUBL-1.0"), "OPUBL", Open, Works;
    GUTENBERG = Some("LicenseRef-Project-Gutenberg"), "Project-Gutenberg", Unclear, Works;
    OGL_UK = None, "OGL-UK", Open, PublicSector;
    OGL_UK_1 = Some("OGL-UK-1.0"), "OGL-UK", Open, PublicSector;
    OGL_UK_2 = Some("OGL-UK-2.0"), "OGL-UK", Open, PublicSector;
    OGL_UK_3 = Some("OGL-UK-3.0"), "OGL-UK", Open, PublicSector;
    NCGL = None, "NCGL-UK", NonCommercial, PublicSector;
    NCGL_2 = Some("NCGL-UK-2.0"), "NCGL-UK", NonCommercial, PublicSector;
    OGL_CANADA = Some("OGL-Canada-2.0"), "OGL-Canada", Open, PublicSector;
    ETALAB = None, "etalab", Open, PublicSector;
    ETALAB_2 = Some("etalab-2.0"), "etalab", Open, PublicSector;
    DL_DE_BY = Some("DL-DE-BY-2.0"), "DL-DE-BY", Open, PublicSector;
    DL_DE_ZERO = Some("DL-DE-ZERO-2.0"), "DL-DE-ZERO", Open, PublicSector;
    US_GOVERNMENT = Some("LicenseRef-scancode-us-govt-public-domain"), "US-government", Open, PublicSector;
    ODBL = Some("ODbL-1.0"), "ODbL", Open, Data;
    ODC_BY = Some("ODC-By-1.0"), "ODC-By", Open, Data;
    PDDL = Some("PDDL-1.0"), "PDDL", Open, Data;
    CDLA_PERMISSIVE_1 = Some("CDLA-Permissive-1.0"), "CDLA-Permissive", Open, Data;
    CDLA_PERMISSIVE_2 = Some("CDLA-Permissive-2.0"), "CDLA-Permissive", Open, Data;
    CDLA_SHARING = Some("CDLA-Sharing-1.0"), "CDLA-Sharing", Unclear, Data;
    MIT = Some("MIT"), "MIT", Open, Software;
    MIT_0 = Some("MIT-0"), "MIT-0", Open, Software;
    BSD_2 = Some("BSD-2-Clause"), "BSD-2-Clause", Open, Software;
    BSD_3 = Some("BSD-3-Clause"), "BSD-3-Clause", Open, Software;
    ISC = Some("ISC"), "ISC", Open, Software;
    APACHE_2 = Some("Apache-2.0"), "Apache", Open, Software;
    ARTISTIC_2 = Some("Artistic-2.0"), "Artistic", Open, Software;
    UNLICENSE = Some("Unlicense"), "Unlicense", Open, Software;
    PSF = Some("PSF-2.0"), "PSF", Open, Software;
    KOGL_1 = None, "KOGL-1", Open, Works;
    KOGL_2 = None, "KOGL-2", NonCommercial, Works;
    KOGL_3 = None, "KOGL-3", NoDerivatives, Works;
    KOGL_4 = None, "KOGL-4", NoDerivatives, Works;
    GPL = None, "GPL", Open, Software;
    GPL_2 = Some("GPL-2.0-only"), "GPL", Open, Software;
    GPL_3 = Some("GPL-3.0-only"), "GPL", Open, Software;
    GPL_2_LATER = Some("GPL-2.0-or-later"), "GPL", Open, Software;
    GPL_3_LATER = Some("GPL-3.0-or-later"), "GPL", Open, Software;
    LGPL = None, "LGPL", Open, Software;
    LGPL_3 = Some("LGPL-3.0-only"), "LGPL", Open, Software;
    LGPL_3_LATER = Some("LGPL-3.0-or-later"), "LGPL", Open, Software;
    AGPL = None, "AGPL", Open, Software;
    AGPL_3 = Some("AGPL-3.0-only"), "AGPL", Open, Software;
    AGPL_3_LATER = Some("AGPL-3.0-or-later"), "AGPL", Open, Software;
    NLOD = None, "NLOD", Open, PublicSector;
    NLOD_1 = Some("NLOD-1.0"), "NLOD", Open, PublicSector;
    NLOD_2 = Some("NLOD-2.0"), "NLOD", Open, PublicSector;
    WTFPL = Some("WTFPL"), "WTFPL", Open, Software;
}

/// Host without `www.`, beginning of the path in lower case, license.
static ADDRESSES: &[(&str, &str, &Other)] = &[
    ("gnu.org", "/licenses/old-licenses/fdl-1.1", &GFDL_1_1),
    ("gnu.org", "/licenses/old-licenses/fdl-1.2", &GFDL_1_2),
    ("gnu.org", "/licenses/fdl-1.1", &GFDL_1_1),
    ("gnu.org", "/licenses/fdl-1.2", &GFDL_1_2),
    ("gnu.org", "/licenses/fdl-1.3", &GFDL_1_3),
    ("gnu.org", "/licenses/fdl", &GFDL),
    ("gnu.org", "/copyleft/fdl", &GFDL),
    ("gnu.org", "/licenses/gpl-3.0", &GPL_3),
    ("gnu.org", "/licenses/old-licenses/gpl-2.0", &GPL_2),
    ("gnu.org", "/licenses/gpl", &GPL),
    ("gnu.org", "/copyleft/gpl", &GPL),
    ("gnu.org", "/licenses/agpl", &AGPL),
    ("gnu.org", "/licenses/lgpl", &LGPL),
    ("data.norge.no", "/nlod/en/2.0", &NLOD_2),
    ("data.norge.no", "/nlod/no/2.0", &NLOD_2),
    ("data.norge.no", "/nlod", &NLOD),
    ("artlibre.org", "/licence/lal/licence-art-libre-12", &LAL_1_2),
    ("artlibre.org", "/licence/lal", &LAL),
    ("opencontent.org", "/openpub", &OPUBL),
    ("gutenberg.org", "/license", &GUTENBERG),
    ("nationalarchives.gov.uk", "/doc/open-government-licence/version/1", &OGL_UK_1),
    ("nationalarchives.gov.uk", "/doc/open-government-licence/version/2", &OGL_UK_2),
    ("nationalarchives.gov.uk", "/doc/open-government-licence/version/3", &OGL_UK_3),
    ("nationalarchives.gov.uk", "/doc/open-government-licence-cymraeg/version/2", &OGL_UK_2),
    ("nationalarchives.gov.uk", "/doc/open-government-licence-cymraeg/version/3", &OGL_UK_3),
    ("nationalarchives.gov.uk", "/doc/open-government-licence", &OGL_UK),
    ("nationalarchives.gov.uk", "/doc/non-commercial-government-licence/version/2", &NCGL_2),
    ("nationalarchives.gov.uk", "/doc/non-commercial-government-licence", &NCGL),
    ("open.canada.ca", "/en/open-government-licence-canada", &OGL_CANADA),
    ("open.canada.ca", "/fr/licence-du-gouvernement-ouvert-canada", &OGL_CANADA),
    ("ouvert.canada.ca", "/fr/licence-du-gouvernement-ouvert-canada", &OGL_CANADA),
    ("etalab.gouv.fr", "/wp-content/uploads/2017/04/etalab-licence-ouverte-v2.0", &ETALAB_2),
    ("etalab.gouv.fr", "/licence-ouverte-open-licence", &ETALAB),
    ("github.com", "/etalab/licence-ouverte", &ETALAB_2),
    ("govdata.de", "/dl-de/by-2-0", &DL_DE_BY),
    ("govdata.de", "/dl-de/zero-2-0", &DL_DE_ZERO),
    ("kogl.or.kr", "/info/licensetype1", &KOGL_1),
    ("kogl.or.kr", "/info/licensetype2", &KOGL_2),
    ("kogl.or.kr", "/info/licensetype3", &KOGL_3),
    ("kogl.or.kr", "/info/licensetype4", &KOGL_4),
    ("usa.gov", "/government-works", &US_GOVERNMENT),
    ("usa.gov", "/government-copyright", &US_GOVERNMENT),
    ("usa.gov", "/publicdomain/label", &US_GOVERNMENT),
    ("opendatacommons.org", "/licenses/odbl", &ODBL),
    ("opendatacommons.org", "/licenses/by", &ODC_BY),
    ("opendatacommons.org", "/licenses/pddl", &PDDL),
    ("cdla.dev", "/permissive-1-0", &CDLA_PERMISSIVE_1),
    ("cdla.dev", "/permissive-2-0", &CDLA_PERMISSIVE_2),
    ("cdla.dev", "/sharing-1-0", &CDLA_SHARING),
    ("cdla.io", "/permissive-1-0", &CDLA_PERMISSIVE_1),
    ("cdla.io", "/sharing-1-0", &CDLA_SHARING),
    ("opensource.org", "/license/mit-0", &MIT_0),
    ("opensource.org", "/licenses/mit-0", &MIT_0),
    ("opensource.org", "/license/mit", &MIT),
    ("opensource.org", "/licenses/mit", &MIT),
    ("opensource.org", "/license/bsd-2-clause", &BSD_2),
    ("opensource.org", "/licenses/bsd-2-clause", &BSD_2),
    ("opensource.org", "/license/bsd-3-clause", &BSD_3),
    ("opensource.org", "/licenses/bsd-3-clause", &BSD_3),
    ("opensource.org", "/license/isc", &ISC),
    ("opensource.org", "/licenses/isc", &ISC),
    ("opensource.org", "/license/apache-2", &APACHE_2),
    ("opensource.org", "/licenses/apache-2", &APACHE_2),
    ("opensource.org", "/license/artistic-2", &ARTISTIC_2),
    ("opensource.org", "/licenses/artistic-2", &ARTISTIC_2),
    ("opensource.org", "/license/unlicense", &UNLICENSE),
    ("opensource.org", "/licenses/unlicense", &UNLICENSE),
    ("choosealicense.com", "/licenses/mit", &MIT),
    ("choosealicense.com", "/licenses/apache-2.0", &APACHE_2),
    ("apache.org", "/licenses/license-2.0", &APACHE_2),
    ("unlicense.org", "/", &UNLICENSE),
    ("wtfpl.net", "/", &WTFPL),
    ("sam.zoy.org", "/wtfpl", &WTFPL),
];

/// Hosts of the table above, for the scan of raw payloads.
pub fn hosts() -> impl Iterator<Item = &'static str> {
    ADDRESSES.iter().map(|(host, _, _)| *host)
}

/// Whether a path on a host of the table begins as that of a license does.
pub fn begins_license(host: &str, path: &[u8]) -> bool {
    let begins = |known: &str| path.get(..known.len()).is_some_and(|head| head.eq_ignore_ascii_case(known.as_bytes()));
    ADDRESSES.iter().any(|(known, beginning, _)| *known == host && begins(beginning))
}

/// Ids of the table above, for the scan of raw payloads.
pub fn ids() -> impl Iterator<Item = &'static str> {
    ALL.iter().filter_map(|known| known.spdx)
}

/// The license that stands at an address. `path` begins with a slash.
pub fn from_address(host: &str, path: &str) -> Option<License> {
    let host = match host.get(..4) {
        Some(www) if www.eq_ignore_ascii_case("www.") => &host[4..],
        _ => host,
    };
    ADDRESSES
        .iter()
        .find(|(known, begins, _)| host.eq_ignore_ascii_case(known) && begins_with(path, begins))
        .map(|(_, _, license)| License::Other(license))
}

/// The license of an SPDX id, whatever its case. Creative Commons is not in this table.
pub fn from_spdx(id: &str) -> Option<License> {
    ALL.iter()
        .find(|known| known.spdx.is_some_and(|spdx| spdx.eq_ignore_ascii_case(id)))
        .map(|known| License::Other(known))
}

/// The license of that name whose version is not stated, or that has none.
pub fn unversioned(name: &str) -> Option<License> {
    let named = ALL.iter().filter(|known| known.name == name);
    named.min_by_key(|known| known.spdx.is_some()).map(|known| License::Other(known))
}

/// The same license under the conditions that normalized words add: invariant sections, options left out.
pub fn with_conditions(license: License, words: &str) -> License {
    match license {
        License::Other(Other { name: "OPUBL", .. }) if conditions::declines_options(words) => {
            License::Other(&OPUBL_PLAIN)
        }
        License::Other(Other { name: "GFDL", spdx: Some(spdx), .. }) => {
            let with = |part: &str| {
                let (version, rest) = spdx.split_at("GFDL-1.3".len());
                from_spdx(&format!("{version}-{part}{rest}")).unwrap_or(license)
            };
            match conditions::invariant_sections(words) {
                Some(true) => with("invariants"),
                Some(false) => with("no-invariants"),
                None => license,
            }
        }
        _ => license,
    }
}

/// The same license in the form "this version or any later one", if there is one.
pub fn or_later(license: License) -> License {
    let License::Other(Other { spdx: Some(spdx), .. }) = license else { return license };
    let Some(version) = spdx.strip_suffix("-only") else { return license };
    from_spdx(&format!("{version}-or-later")).unwrap_or(license)
}

/// Whether the path begins so, and a name is not cut: `/licenses/mit` is not the beginning of `/licenses/mit0`.
fn begins_with(path: &str, beginning: &str) -> bool {
    let Some(head) = path.get(..beginning.len()) else { return false };
    let next = path.as_bytes().get(beginning.len());
    head.eq_ignore_ascii_case(beginning)
        && (beginning.ends_with('/') || next.is_none_or(|byte| !byte.is_ascii_alphanumeric()))
}
