//! The address of a license's text, for notices that have to give it: that of Creative Commons for its own licenses,
//! that of the SPDX license list for others.
//!
//! It is made of the id, so it is the same however the page wrote its link. A choice of licenses, parts with licenses
//! of their own, and a license whose version is not stated have no one address.

/// The address for an id as [`License::spdx`](super::license::License::spdx) gives it.
pub fn license_url(spdx: &str) -> Option<String> {
    let is_id = spdx.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.+".contains(&byte));
    if !is_id || spdx.is_empty() {
        return None;
    }
    match spdx {
        "LicenseRef-Project-Gutenberg" => return Some(String::from("https://www.gutenberg.org/policy/license.html")),
        "LicenseRef-scancode-us-govt-public-domain" => {
            return Some(String::from("https://www.usa.gov/government-copyright"));
        }
        "CC-PDDC" => return Some(String::from("https://creativecommons.org/licenses/publicdomain/")),
        _ => {}
    }
    if let Some(path) = creative_commons_path(spdx.strip_prefix("LicenseRef-").unwrap_or(spdx)) {
        return Some(format!("https://creativecommons.org/{path}/"));
    }
    (!spdx.starts_with("LicenseRef-")).then(|| format!("https://spdx.org/licenses/{spdx}.html"))
}

/// `CC-BY-SA-3.0-DE` -> `licenses/by-sa/3.0/de`.
fn creative_commons_path(id: &str) -> Option<String> {
    match id {
        "CC0-1.0" => return Some(String::from("publicdomain/zero/1.0")),
        "CC-PDM-1.0" => return Some(String::from("publicdomain/mark/1.0")),
        _ => {}
    }
    let words: Vec<String> = id.strip_prefix("CC-")?.split('-').map(str::to_ascii_lowercase).collect();
    let version = words.iter().position(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    let (unit, rest) = words.split_at(version);
    let unit = unit.join("-").replace("-plus", "+");
    (!unit.is_empty()).then(|| format!("licenses/{unit}/{}", rest.join("/")))
}

#[cfg(test)]
mod tests {
    use super::super::url;
    use super::*;

    fn check(spdx: &str, expected: Option<&str>) {
        assert_eq!(license_url(spdx).as_deref(), expected, "{spdx}");
    }

    #[test]
    fn an_id_has_one_address() {
        check("CC-BY-4.0", Some("https://creativecommons.org/licenses/by/4.0/"));
        check("CC-BY-NC-SA-3.0-DE", Some("https://creativecommons.org/licenses/by-nc-sa/3.0/de/"));
        check("CC-BY-3.0-IGO", Some("https://creativecommons.org/licenses/by/3.0/igo/"));
        check("LicenseRef-CC-BY-2.5-ES", Some("https://creativecommons.org/licenses/by/2.5/es/"));
        check("LicenseRef-CC-SAMPLING-PLUS-1.0", Some("https://creativecommons.org/licenses/sampling+/1.0/"));
        check("CC0-1.0", Some("https://creativecommons.org/publicdomain/zero/1.0/"));
        check("CC-PDM-1.0", Some("https://creativecommons.org/publicdomain/mark/1.0/"));
        check("CC-PDDC", Some("https://creativecommons.org/licenses/publicdomain/"));
        check("GFDL-1.3-only", Some("https://spdx.org/licenses/GFDL-1.3-only.html"));
        check("OGL-UK-3.0", Some("https://spdx.org/licenses/OGL-UK-3.0.html"));
    }

    #[test]
    fn what_is_not_one_license_has_none() {
        for spdx in ["CC-BY-4.0 AND CC-BY-SA-4.0", "MIT OR Apache-2.0", "LicenseRef-unknown", ""] {
            check(spdx, None);
        }
    }

    #[test]
    fn an_address_of_creative_commons_names_the_license_it_was_made_of() {
        for id in
            ["CC-BY-4.0", "CC-BY-SA-2.0-UK", "CC0-1.0", "LicenseRef-CC-ND-NC-1.0", "LicenseRef-CC-NC-SAMPLING-PLUS-1.0"]
        {
            let url::Target::License(license) = url::read(&license_url(id).expect("it has one")) else {
                panic!("{id}")
            };
            assert_eq!(license.spdx().as_deref(), Some(id));
        }
    }
}
