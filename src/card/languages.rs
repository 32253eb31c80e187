//! Names of languages and scripts for readers, and the short codes that the Hugging Face Hub sorts sets by.
//!
//! Codes are ISO 639-3 and ISO 639-1; where a language is the standard form of a group that has the short code, that
//! code is given (`cmn`: `zh`). A language that is not here is shown by its code.

/// ISO 639-3, ISO 639-1 or nothing, English name; sorted by the first.
#[rustfmt::skip]
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("aar", "aa", "Afar"), ("abk", "ab", "Abkhazian"), ("afr", "af", "Afrikaans"), ("aka", "ak", "Akan"),
    ("als", "sq", "Tosk Albanian"), ("amh", "am", "Amharic"), ("apc", "", "Levantine Arabic"),
    ("ara", "ar", "Arabic"), ("arb", "ar", "Standard Arabic"), ("arg", "an", "Aragonese"),
    ("ary", "", "Moroccan Arabic"), ("arz", "", "Egyptian Arabic"), ("asm", "as", "Assamese"),
    ("ava", "av", "Avaric"), ("ave", "ae", "Avestan"), ("aym", "ay", "Aymara"), ("ayr", "ay", "Central Aymara"),
    ("azb", "", "South Azerbaijani"), ("aze", "az", "Azerbaijani"), ("azj", "az", "North Azerbaijani"),
    ("bak", "ba", "Bashkir"), ("bam", "bm", "Bambara"), ("ban", "", "Balinese"), ("bax", "", "Bamun"),
    ("bel", "be", "Belarusian"), ("ben", "bn", "Bengali"), ("bho", "", "Bhojpuri"), ("bis", "bi", "Bislama"),
    ("blt", "", "Tai Dam"), ("bod", "bo", "Tibetan"), ("bos", "bs", "Bosnian"), ("bre", "br", "Breton"),
    ("bug", "", "Buginese"), ("bul", "bg", "Bulgarian"), ("cat", "ca", "Catalan"), ("ccp", "", "Chakma"),
    ("ceb", "", "Cebuano"), ("ces", "cs", "Czech"), ("cha", "ch", "Chamorro"), ("che", "ce", "Chechen"),
    ("chr", "", "Cherokee"), ("chu", "cu", "Church Slavic"), ("chv", "cv", "Chuvash"), ("ckb", "", "Central Kurdish"),
    ("cmn", "zh", "Mandarin Chinese"), ("cnr", "", "Montenegrin"), ("cop", "", "Coptic"), ("cor", "kw", "Cornish"),
    ("cos", "co", "Corsican"), ("cre", "cr", "Cree"), ("crs", "", "Seychellois Creole"), ("cym", "cy", "Welsh"),
    ("dan", "da", "Danish"), ("deu", "de", "German"), ("div", "dv", "Maldivian"), ("dzo", "dz", "Dzongkha"),
    ("egl", "", "Emilian"), ("ekk", "et", "Standard Estonian"), ("ell", "el", "Greek"), ("eng", "en", "English"),
    ("epo", "eo", "Esperanto"), ("est", "et", "Estonian"), ("eus", "eu", "Basque"), ("ewe", "ee", "Ewe"),
    ("fao", "fo", "Faroese"), ("fas", "fa", "Persian"), ("fat", "", "Fanti"), ("fij", "fj", "Fijian"),
    ("fil", "", "Filipino"), ("fin", "fi", "Finnish"), ("fra", "fr", "French"), ("fry", "fy", "Western Frisian"),
    ("ful", "ff", "Fulah"), ("gaa", "", "Ga"), ("gaz", "om", "West Central Oromo"), ("gla", "gd", "Scottish Gaelic"),
    ("gle", "ga", "Irish"), ("glg", "gl", "Galician"), ("glv", "gv", "Manx"), ("got", "", "Gothic"),
    ("grn", "gn", "Guarani"), ("gsw", "", "Swiss German"), ("gug", "gn", "Paraguayan Guaraní"),
    ("guj", "gu", "Gujarati"), ("hat", "ht", "Haitian Creole"), ("hau", "ha", "Hausa"), ("haw", "", "Hawaiian"),
    ("hbs", "", "Serbo-Croatian"), ("heb", "he", "Hebrew"), ("her", "hz", "Herero"), ("hin", "hi", "Hindi"),
    ("hmd", "", "Large Flowery Miao"), ("hmn", "", "Hmong"), ("hmo", "ho", "Hiri Motu"), ("hrv", "hr", "Croatian"),
    ("hun", "hu", "Hungarian"), ("hye", "hy", "Armenian"), ("ibo", "ig", "Igbo"), ("ido", "io", "Ido"),
    ("iii", "ii", "Sichuan Yi"), ("iku", "iu", "Inuktitut"), ("ile", "ie", "Interlingue"),
    ("ina", "ia", "Interlingua"), ("ind", "id", "Indonesian"), ("ipk", "ik", "Inupiaq"), ("isl", "is", "Icelandic"),
    ("ita", "it", "Italian"), ("jav", "jv", "Javanese"), ("jpn", "ja", "Japanese"), ("kal", "kl", "Greenlandic"),
    ("kan", "kn", "Kannada"), ("kas", "ks", "Kashmiri"), ("kat", "ka", "Georgian"), ("kau", "kr", "Kanuri"),
    ("kaz", "kk", "Kazakh"), ("kha", "", "Khasi"), ("khb", "", "Lü"), ("khk", "mn", "Mongolian"),
    ("khm", "km", "Khmer"), ("kik", "ki", "Gikuyu"), ("kin", "rw", "Kinyarwanda"), ("kir", "ky", "Kyrgyz"),
    ("kmr", "ku", "Northern Kurdish"), ("kom", "kv", "Komi"), ("kon", "kg", "Kongo"), ("kor", "ko", "Korean"),
    ("kri", "", "Krio"), ("kua", "kj", "Kuanyama"), ("kur", "ku", "Kurdish"), ("lao", "lo", "Lao"),
    ("lat", "la", "Latin"), ("lav", "lv", "Latvian"), ("lep", "", "Lepcha"), ("lif", "", "Limbu"),
    ("lim", "li", "Limburgish"), ("lin", "ln", "Lingala"), ("lis", "", "Lisu"), ("lit", "lt", "Lithuanian"),
    ("loz", "", "Lozi"), ("ltz", "lb", "Luxembourgish"), ("lua", "", "Luba-Lulua"), ("lub", "lu", "Luba-Katanga"),
    ("lug", "lg", "Ganda"), ("luo", "", "Luo"), ("lvs", "lv", "Standard Latvian"), ("lzh", "", "Literary Chinese"),
    ("mah", "mh", "Marshallese"), ("mal", "ml", "Malayalam"), ("mar", "mr", "Marathi"),
    ("mfe", "", "Mauritian Creole"), ("mid", "", "Mandaic"), ("mis", "", "Uncoded languages"),
    ("mkd", "mk", "Macedonian"), ("mlg", "mg", "Malagasy"), ("mlt", "mt", "Maltese"), ("mni", "", "Manipuri"),
    ("mon", "mn", "Mongolian"), ("mri", "mi", "Maori"), ("msa", "ms", "Malay"), ("mul", "", "Multiple languages"),
    ("mya", "my", "Burmese"), ("nau", "na", "Nauru"), ("nav", "nv", "Navajo"), ("nbl", "nr", "South Ndebele"),
    ("nde", "nd", "North Ndebele"), ("ndo", "ng", "Ndonga"), ("nep", "ne", "Nepali"), ("new", "", "Newar"),
    ("nld", "nl", "Dutch"), ("nno", "nn", "Norwegian Nynorsk"), ("nob", "nb", "Norwegian Bokmål"),
    ("nod", "", "Northern Thai"), ("nor", "no", "Norwegian"), ("npi", "ne", "Nepali"), ("nqo", "", "N'Ko"),
    ("nso", "", "Northern Sotho"), ("nya", "ny", "Chewa"), ("oci", "oc", "Occitan"), ("oji", "oj", "Ojibwa"),
    ("ori", "or", "Odia"), ("orm", "om", "Oromo"), ("ory", "or", "Odia"), ("oss", "os", "Ossetian"),
    ("pam", "", "Pampanga"), ("pan", "pa", "Punjabi"), ("pbt", "ps", "Southern Pashto"),
    ("pes", "fa", "Iranian Persian"), ("pli", "pi", "Pali"), ("plt", "mg", "Plateau Malagasy"),
    ("pol", "pl", "Polish"), ("por", "pt", "Portuguese"), ("prs", "", "Dari"), ("pus", "ps", "Pashto"),
    ("que", "qu", "Quechua"), ("quy", "qu", "Ayacucho Quechua"), ("quz", "", "Cusco Quechua"),
    ("raj", "", "Rajasthani"), ("rej", "", "Rejang"), ("roh", "rm", "Romansh"), ("ron", "ro", "Romanian"),
    ("run", "rn", "Rundi"), ("rus", "ru", "Russian"), ("sag", "sg", "Sango"), ("san", "sa", "Sanskrit"),
    ("sat", "", "Santali"), ("saz", "", "Saurashtra"), ("sco", "", "Scots"), ("sin", "si", "Sinhala"),
    ("slk", "sk", "Slovak"), ("slv", "sl", "Slovenian"), ("sme", "se", "Northern Sami"), ("smo", "sm", "Samoan"),
    ("sna", "sn", "Shona"), ("snd", "sd", "Sindhi"), ("som", "so", "Somali"), ("sot", "st", "Southern Sotho"),
    ("spa", "es", "Spanish"), ("sqi", "sq", "Albanian"), ("srb", "", "Sora"), ("srd", "sc", "Sardinian"),
    ("srp", "sr", "Serbian"), ("ssw", "ss", "Swati"), ("sun", "su", "Sundanese"), ("swa", "sw", "Swahili"),
    ("swe", "sv", "Swedish"), ("swh", "sw", "Swahili"), ("syl", "", "Sylheti"), ("syr", "", "Syriac"),
    ("tah", "ty", "Tahitian"), ("tam", "ta", "Tamil"), ("tat", "tt", "Tatar"), ("tdd", "", "Tai Nüa"),
    ("tel", "te", "Telugu"), ("tgk", "tg", "Tajik"), ("tgl", "tl", "Tagalog"), ("tha", "th", "Thai"),
    ("tir", "ti", "Tigrinya"), ("tlh", "", "Klingon"), ("ton", "to", "Tongan"), ("tsn", "tn", "Tswana"),
    ("tso", "ts", "Tsonga"), ("tuk", "tk", "Turkmen"), ("tum", "", "Tumbuka"), ("tur", "tr", "Turkish"),
    ("twi", "tw", "Twi"), ("uig", "ug", "Uyghur"), ("ukr", "uk", "Ukrainian"),
    ("urd", "ur", "Urdu"), ("uzb", "uz", "Uzbek"), ("uzn", "uz", "Northern Uzbek"), ("vai", "", "Vai"),
    ("ven", "ve", "Venda"), ("vie", "vi", "Vietnamese"), ("vol", "vo", "Volapük"), ("war", "", "Waray"),
    ("wln", "wa", "Walloon"), ("wol", "wo", "Wolof"), ("xho", "xh", "Xhosa"), ("ydd", "yi", "Eastern Yiddish"),
    ("yid", "yi", "Yiddish"), ("yor", "yo", "Yoruba"), ("yue", "", "Yue Chinese"), ("zha", "za", "Zhuang"),
    ("zho", "zh", "Chinese"), ("zlm", "", "Malay"), ("zsm", "ms", "Standard Malay"), ("zul", "zu", "Zulu"),
    ("zxx", "", "No linguistic content"),
];

/// ISO 15924 and English name of scripts; sorted by the first.
#[rustfmt::skip]
const SCRIPTS: &[(&str, &str)] = &[
    ("Arab", "Arabic"), ("Armn", "Armenian"), ("Beng", "Bengali"), ("Cans", "Canadian Aboriginal"),
    ("Cher", "Cherokee"), ("Cyrl", "Cyrillic"), ("Deva", "Devanagari"), ("Ethi", "Ethiopic"), ("Geor", "Georgian"),
    ("Grek", "Greek"), ("Gujr", "Gujarati"), ("Guru", "Gurmukhi"), ("Hang", "Hangul"), ("Hani", "Han"),
    ("Hans", "Han, simplified"), ("Hant", "Han, traditional"), ("Hebr", "Hebrew"), ("Jpan", "Japanese"),
    ("Khmr", "Khmer"), ("Knda", "Kannada"), ("Kore", "Korean"), ("Laoo", "Lao"), ("Latn", "Latin"),
    ("Mlym", "Malayalam"), ("Mong", "Mongolian"), ("Mymr", "Myanmar"), ("Orya", "Odia"), ("Sinh", "Sinhala"),
    ("Syrc", "Syriac"), ("Taml", "Tamil"), ("Telu", "Telugu"), ("Tfng", "Tifinagh"), ("Thaa", "Thaana"),
    ("Thai", "Thai"), ("Tibt", "Tibetan"),
];

/// Stands where no language or script was found.
const UNKNOWN: &str = "not found";

/// The English name of a language, or its code where that has none here.
pub fn name(code: &str) -> &str {
    if code == "und" { UNKNOWN } else { find(code).map_or(code, |(_, _, name)| name) }
}

/// The English name of a script, or its code where that has none here.
pub fn script(code: &str) -> &str {
    let found = SCRIPTS.binary_search_by_key(&code, |(code, _)| code);
    if code == "und" { UNKNOWN } else { found.map_or(code, |place| SCRIPTS[place].1) }
}

/// The code that the Hub sorts sets by: ISO 639-1 if the language has one, else ISO 639-3.
pub fn hub_code(code: &str) -> &str {
    find(code).map(|(_, short, _)| *short).filter(|short| !short.is_empty()).unwrap_or(code)
}

fn find(code: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    LANGUAGES.binary_search_by_key(&code, |(code, _, _)| code).ok().map(|place| &LANGUAGES[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found_by_their_codes() {
        assert!(LANGUAGES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(SCRIPTS.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(["eng", "ceb", "und", "xyz"].map(name), ["English", "Cebuano", "not found", "xyz"]);
        assert_eq!(["Latn", "Tibt", "und", "Xyzw"].map(script), ["Latin", "Tibetan", "not found", "Xyzw"]);
        assert_eq!(["eng", "cmn", "ceb", "xyz"].map(hub_code), ["en", "zh", "ceb", "xyz"]);
    }
}
