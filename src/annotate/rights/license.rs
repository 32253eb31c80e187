//! Which license a statement names, and the tier and SPDX id that follow from it.
//!
//! Ids follow the SPDX license list 3.28.0. What has no id there gets a `LicenseRef-` by the conventions of
//! `docs/rights.md`: a port of Creative Commons is `LicenseRef-CC-<UNIT>-<VERSION>-<PORT>`, a retired unit
//! `LicenseRef-CC-<UNIT>-<VERSION>` with `+` written `-PLUS`.
//! A license whose version is not stated has a tier and no id.

use crate::document::rights::Tier;

/// A license that a URL or words have named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum License {
    /// A license or public domain tool of Creative Commons.
    CreativeCommons(CreativeCommons),
    /// Any other license that this program knows.
    Other(&'static Other),
}

/// A license or public domain tool of Creative Commons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreativeCommons {
    /// The terms, e.g. `by-sa`.
    pub unit: Unit,
    /// Version as it is written, e.g. `4.0`; none if the statement gives none.
    pub version: Option<&'static str>,
    /// The jurisdiction that the license was ported to, if any.
    pub port: Option<Port>,
}

/// A jurisdiction of the ports of Creative Commons: two letters, `igo` or `scotland`, in upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port([u8; 8]);

/// A license that is not of Creative Commons.
#[derive(Debug, PartialEq, Eq)]
pub struct Other {
    /// SPDX id or `LicenseRef-`; none if the version is not known.
    pub spdx: Option<&'static str>,
    /// The license without its version: two statements agree if it is the same.
    pub name: &'static str,
    /// What it lets a maker of training sets do.
    pub tier: Tier,
    /// What it is made for.
    pub family: Family,
}

/// What a license is made for, which tells what an unqualified statement of it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Texts and other works.
    Works,
    /// Information of a public body; often named as the source of some figures.
    PublicSector,
    /// Databases: usually the credit of a data set or a map.
    Data,
    /// Software: usually about a program and not about the page that names it.
    Software,
}

macro_rules! units {
    ($($variant:ident => $path:literal, $code:literal, $tier:ident;)*) => {
        /// The terms of a Creative Commons license, without version and port.
        #[allow(missing_docs, reason = "each is named as its license is")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Unit { $($variant,)* }
        impl Unit {
            /// The unit that a path of creativecommons.org names, whatever its case.
            pub fn from_path(segment: &str) -> Option<Self> {
                $(if segment.eq_ignore_ascii_case($path) { return Some(Self::$variant); })*
                None
            }
            /// The unit in an id, e.g. `CC-BY-SA`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
            /// What these terms let a maker of training sets do.
            pub fn tier(self) -> Tier {
                match self { $(Self::$variant => Tier::$tier,)* }
            }
        }
    };
}

// Sampling and devnations are neither NC nor ND, and not conformant with the Open Definition either.
units! {
    By => "by", "CC-BY", Open;
    BySa => "by-sa", "CC-BY-SA", Open;
    ByNc => "by-nc", "CC-BY-NC", NonCommercial;
    ByNcSa => "by-nc-sa", "CC-BY-NC-SA", NonCommercial;
    ByNd => "by-nd", "CC-BY-ND", NoDerivatives;
    ByNcNd => "by-nc-nd", "CC-BY-NC-ND", NoDerivatives;
    Nc => "nc", "CC-NC", NonCommercial;
    NcSa => "nc-sa", "CC-NC-SA", NonCommercial;
    Nd => "nd", "CC-ND", NoDerivatives;
    NdNc => "nd-nc", "CC-ND-NC", NoDerivatives;
    Sa => "sa", "CC-SA", Open;
    DevNations => "devnations", "CC-DEVNATIONS", Unclear;
    Sampling => "sampling", "CC-SAMPLING", Unclear;
    SamplingPlus => "sampling+", "CC-SAMPLING-PLUS", Unclear;
    NcSamplingPlus => "nc-sampling+", "CC-NC-SAMPLING-PLUS", NonCommercial;
    Zero => "zero", "CC0", Open;
    Mark => "mark", "CC-PDM", Open;
    Dedication => "publicdomain", "CC-PDDC", Open;
}

/// Versions of Creative Commons licenses, as they are written.
pub const VERSIONS: &[&str] = &["1.0", "2.0", "2.1", "2.5", "3.0", "4.0"];

/// Ports that have an id of their own in the SPDX list.
const PORTS_WITH_ID: &[&str] = &[
    "CC-BY-2.5-AU",
    "CC-BY-3.0-AT",
    "CC-BY-3.0-AU",
    "CC-BY-3.0-DE",
    "CC-BY-3.0-IGO",
    "CC-BY-3.0-NL",
    "CC-BY-3.0-US",
    "CC-BY-NC-3.0-DE",
    "CC-BY-NC-ND-3.0-DE",
    "CC-BY-NC-ND-3.0-IGO",
    "CC-BY-NC-SA-2.0-DE",
    "CC-BY-NC-SA-2.0-FR",
    "CC-BY-NC-SA-2.0-UK",
    "CC-BY-NC-SA-3.0-DE",
    "CC-BY-NC-SA-3.0-IGO",
    "CC-BY-ND-3.0-DE",
    "CC-BY-SA-2.0-UK",
    "CC-BY-SA-2.1-JP",
    "CC-BY-SA-3.0-AT",
    "CC-BY-SA-3.0-DE",
    "CC-BY-SA-3.0-IGO",
];

impl Port {
    /// The port that a path segment names: two letters, `igo` or `scotland`, in any case.
    pub fn from_path(segment: &str) -> Option<Self> {
        let known = segment.len() == 2 && segment.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !known && !segment.eq_ignore_ascii_case("igo") && !segment.eq_ignore_ascii_case("scotland") {
            return None;
        }
        let mut letters = [0; 8];
        for (to, from) in letters.iter_mut().zip(segment.bytes()) {
            *to = from.to_ascii_uppercase();
        }
        Some(Self(letters))
    }

    /// The port as it stands in an id, e.g. `DE`.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|&byte| byte == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..end]).unwrap_or("")
    }
}

impl CreativeCommons {
    /// These terms, with neither version nor port.
    pub fn unversioned(unit: Unit) -> Self {
        Self { unit, version: None, port: None }
    }

    fn spdx(&self) -> Option<String> {
        let code = self.unit.code();
        let version = match self.unit {
            Unit::Zero | Unit::Mark => return Some(format!("{code}-1.0")),
            Unit::Dedication => return Some(code.to_owned()),
            _ => self.version?,
        };
        if let Some(port) = &self.port {
            let id = format!("{code}-{version}-{}", port.as_str());
            return Some(if PORTS_WITH_ID.contains(&id.as_str()) { id } else { format!("LicenseRef-{id}") });
        }
        let listed = code.starts_with("CC-BY") || (self.unit == Unit::Sa && version == "1.0");
        Some(format!("{}{code}-{version}", if listed { "" } else { "LicenseRef-" }))
    }
}

impl License {
    /// SPDX id or `LicenseRef-`; none if the version is not stated.
    pub fn spdx(&self) -> Option<String> {
        match self {
            Self::CreativeCommons(license) => license.spdx(),
            Self::Other(license) => license.spdx.map(str::to_owned),
        }
    }

    /// What the license lets a maker of training sets do.
    pub fn tier(&self) -> Tier {
        match self {
            Self::CreativeCommons(license) => license.unit.tier(),
            Self::Other(license) => license.tier,
        }
    }

    /// What the license is made for.
    pub fn family(&self) -> Family {
        match self {
            Self::CreativeCommons(_) => Family::Works,
            Self::Other(license) => license.family,
        }
    }

    /// The license without version and port: `CC-BY-SA`, `GFDL`, …
    pub fn name(&self) -> &'static str {
        match self {
            Self::CreativeCommons(license) => license.unit.code(),
            Self::Other(license) => license.name,
        }
    }

    /// Whether it is a port of a Creative Commons license.
    pub fn is_ported(&self) -> bool {
        matches!(self, Self::CreativeCommons(license) if license.port.is_some())
    }

    /// Whether `other` is a port of this very license.
    pub fn is_ported_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::CreativeCommons(mine), Self::CreativeCommons(theirs)) => {
                (mine.unit, mine.version) == (theirs.unit, theirs.version)
                    && mine.port.is_none() != theirs.port.is_none()
            }
            _ => false,
        }
    }

    /// Of two namings of one license the one that says more.
    pub fn more_precise(self, other: Self) -> Self {
        if self.spdx().is_none() || (other.is_ported() && !self.is_ported()) { other } else { self }
    }

    /// Whether both name the same license, and if both give a version, the same one.
    pub fn agrees(&self, other: &Self) -> bool {
        self.name() == other.name()
            && match (self.spdx(), other.spdx()) {
                (Some(mine), Some(theirs)) => mine == theirs,
                _ => true,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(unit: &str, version: Option<&'static str>, port: Option<&str>, spdx: Option<&str>) {
        let unit = Unit::from_path(unit).expect("a unit");
        let port = port.map(|port| Port::from_path(port).expect("a port"));
        let license = License::CreativeCommons(CreativeCommons { unit, version, port });
        assert_eq!(license.spdx().as_deref(), spdx);
    }

    #[test]
    fn ids_follow_the_spdx_list_and_the_conventions() {
        check("by", Some("4.0"), None, Some("CC-BY-4.0"));
        check("by-sa", Some("3.0"), Some("de"), Some("CC-BY-SA-3.0-DE"));
        check("by-sa", Some("3.0"), Some("nl"), Some("LicenseRef-CC-BY-SA-3.0-NL"));
        check("by-sa", Some("2.5"), Some("scotland"), Some("LicenseRef-CC-BY-SA-2.5-SCOTLAND"));
        check("sa", Some("1.0"), None, Some("CC-SA-1.0"));
        check("sa", Some("2.0"), Some("jp"), Some("LicenseRef-CC-SA-2.0-JP"));
        check("nc-sampling+", Some("1.0"), None, Some("LicenseRef-CC-NC-SAMPLING-PLUS-1.0"));
        check("zero", None, None, Some("CC0-1.0"));
        check("mark", Some("1.0"), None, Some("CC-PDM-1.0"));
        check("publicdomain", None, None, Some("CC-PDDC"));
        check("by-nc", None, None, None);
    }
}
