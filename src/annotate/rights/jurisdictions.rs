//! The jurisdictions of ports of Creative Commons licenses, by the names that stand behind a version in words.
//!
//! `3.0 Deutschland`, `3.0 United States`, `2.5 Italia`: names in English and in the languages of the place.
//! `Unported`, `Generic` and `International` name no port.

use super::license::Port;

/// Names, in lower case, and the segment of the path that they stand for.
const NAMES: &[(&str, &str)] = &[
    ("argentina", "ar"),
    ("australia", "au"),
    ("austria", "at"),
    ("österreich", "at"),
    ("belgium", "be"),
    ("belgique", "be"),
    ("belgië", "be"),
    ("brazil", "br"),
    ("brasil", "br"),
    ("bulgaria", "bg"),
    ("българия", "bg"),
    ("canada", "ca"),
    ("chile", "cl"),
    ("china mainland", "cn"),
    ("中国大陆", "cn"),
    ("colombia", "co"),
    ("costa rica", "cr"),
    ("croatia", "hr"),
    ("hrvatska", "hr"),
    ("czech republic", "cz"),
    ("česko", "cz"),
    ("česká republika", "cz"),
    ("denmark", "dk"),
    ("danmark", "dk"),
    ("ecuador", "ec"),
    ("estonia", "ee"),
    ("eesti", "ee"),
    ("finland", "fi"),
    ("suomi", "fi"),
    ("france", "fr"),
    ("germany", "de"),
    ("deutschland", "de"),
    ("greece", "gr"),
    ("ελλάδα", "gr"),
    ("hong kong", "hk"),
    ("香港", "hk"),
    ("hungary", "hu"),
    ("magyarország", "hu"),
    ("igo", "igo"),
    ("india", "in"),
    ("ireland", "ie"),
    ("israel", "il"),
    ("ישראל", "il"),
    ("italy", "it"),
    ("italia", "it"),
    ("japan", "jp"),
    ("日本", "jp"),
    ("korea", "kr"),
    ("대한민국", "kr"),
    ("luxembourg", "lu"),
    ("macedonia", "mk"),
    ("malaysia", "my"),
    ("malta", "mt"),
    ("mexico", "mx"),
    ("méxico", "mx"),
    ("netherlands", "nl"),
    ("nederland", "nl"),
    ("new zealand", "nz"),
    ("norway", "no"),
    ("norge", "no"),
    ("peru", "pe"),
    ("perú", "pe"),
    ("philippines", "ph"),
    ("poland", "pl"),
    ("polska", "pl"),
    ("portugal", "pt"),
    ("puerto rico", "pr"),
    ("romania", "ro"),
    ("românia", "ro"),
    ("scotland", "scotland"),
    ("serbia", "rs"),
    ("србија", "rs"),
    ("singapore", "sg"),
    ("slovenia", "si"),
    ("slovenija", "si"),
    ("south africa", "za"),
    ("spain", "es"),
    ("españa", "es"),
    ("espanya", "es"),
    ("sweden", "se"),
    ("sverige", "se"),
    ("switzerland", "ch"),
    ("schweiz", "ch"),
    ("suisse", "ch"),
    ("taiwan", "tw"),
    ("台灣", "tw"),
    ("臺灣", "tw"),
    ("台湾", "tw"),
    ("thailand", "th"),
    ("ประเทศไทย", "th"),
    ("uk: england & wales", "uk"),
    ("england & wales", "uk"),
    ("england and wales", "uk"),
    ("united kingdom", "uk"),
    ("united states", "us"),
    ("usa", "us"),
    ("vietnam", "vn"),
    ("việt nam", "vn"),
];

/// The port whose code begins these words: `de` of "3.0 de", brackets before it left out.
pub fn port_by_code(words: &str) -> Option<Port> {
    let words = words.trim_start_matches([' ', '(', '-']);
    let end = words.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(words.len());
    let code = &words[..end];
    // Words of two letters that may follow a version in a sentence.
    let is_word = matches!(code, "is" | "it" | "in" | "no" | "by" | "at" | "be" | "se" | "ch" | "my" | "es" | "pt")
        && !ends_name(&words[end..]);
    let is_known = NAMES.iter().any(|(_, known)| *known == code);
    if is_known && !is_word { Port::from_path(code) } else { None }
}

/// Whether what follows a code shows that the name of the license ends there.
fn ends_name(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([')', '.', ',', ';', '|'])
}

/// The port whose name begins these words, brackets and commas before it left out.
pub fn port_at(words: &str) -> Option<Port> {
    let words = words.trim_start_matches([' ', '(', ',', '-', ':']);
    let name = NAMES.iter().filter(|(name, _)| words.starts_with(name)).max_by_key(|(name, _)| name.len())?;
    let rest = &words[name.0.len()..];
    let is_whole = !name.0.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    is_whole.then(|| Port::from_path(name.1)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Option<&str>) {
        assert_eq!(port_at(words).as_ref().map(Port::as_str), expected, "{words}");
    }

    #[test]
    fn a_name_behind_a_version_is_a_port() {
        check(" deutschland lizenz", Some("DE"));
        check(" (united states)", Some("US"));
        check(" scotland", Some("SCOTLAND"));
        check(" unported license", None);
        check(" international", None);
        check(" indian summer", None);
        check("", None);
    }
}
