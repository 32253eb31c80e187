//! Conditions that words add to a license and that decide whether it is open: invariant sections, options.

/// Whether normalized words claim invariant sections or cover texts, with which the GFDL is not open; none if they do
/// not speak of them.
pub fn invariant_sections(words: &str) -> Option<bool> {
    let names = [
        "invariant",
        "cover text",
        "unveränderlich",
        "umschlagtext",
        "texte de couverture",
        "texto de cubierta",
        "niezmienn",
        "неизменяем",
        "不可变更",
        "変更不可部分",
    ];
    let denials = [
        "no invariant",
        "without invariant",
        "without any invariant",
        "keine unveränderlich",
        "ohne unveränderlich",
        "sans section",
        "sin secciones",
        "senza sezion",
        "bez niezmiennych",
        "without cover",
        "no cover",
        "not invariant",
    ];
    let claims = names.iter().any(|name| words.contains(name));
    claims.then(|| !denials.iter().any(|denial| words.contains(denial)))
}

/// Whether normalized words say that the options of the Open Publication License are left out.
pub fn declines_options(words: &str) -> bool {
    let denials = [
        "neither",
        "no option",
        "without option",
        "without any option",
        "not exercised",
        "none of the option",
        "keine option",
        "ohne option",
        "aucune option",
        "sans option",
        "sin opcion",
        "senza opzion",
    ];
    let names = ["option", "opcion", "opzion"];
    names.iter().any(|name| words.contains(name)) && denials.iter().any(|denial| words.contains(denial))
}
