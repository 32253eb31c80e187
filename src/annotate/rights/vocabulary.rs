//! Lists of words in many languages, each a text file beside this one: how they are written and how they are found.
//!
//! A line is a list separated by commas; `#` begins a comment. A stem fits at the beginning of a word; with `~` before
//! it, anywhere in a word; with `$` after it, only to the word's end; `_` is a space that belongs to the stem. Scripts
//! without spaces have no beginnings of words. The lists are for words that `words::normalized` has prepared.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// One list.
pub struct Vocabulary {
    stems: Vec<Stem>,
    /// Any of the stems, wherever it stands: most words hold none, and this says so in one pass.
    any: Regex,
}

struct Stem {
    text: String,
    anywhere: bool,
    whole: bool,
}

macro_rules! vocabularies {
    ($($(#[$doc:meta])* $name:ident => $file:literal,)*) => {
        $($(#[$doc])* pub static $name: LazyLock<Vocabulary> =
            LazyLock::new(|| Vocabulary::parse(include_str!(concat!("vocabulary/", $file))));)*
    };
}

vocabularies! {
    /// Nouns for the text, the page or the site.
    TEXTS => "texts.txt",
    /// Nouns for what is not the text.
    OBJECTS => "objects.txt",
    /// Words that limit a statement to some of the text.
    PARTS => "parts.txt",
    /// Words that have to do with licensing.
    LICENSING => "licensing.txt",
    /// Phrases that expressly reserve all rights.
    RESERVED => "reserved.txt",
    /// Phrases that reserve some rights and not all.
    SOME_RIGHTS => "some_rights.txt",
    /// Sources of media.
    CREDITS => "credits.txt",
    /// Phrases that forbid commercial use.
    NO_SALE => "no_sale.txt",
    /// Words that offer a choice.
    EITHER => "either.txt",
    /// Beginnings of clauses that name exceptions.
    EXCEPTIONS => "exceptions.txt",
    /// Creative Commons by name.
    CREATIVE_COMMONS => "creative_commons.txt",
    /// The element BY by its name in the deeds.
    ATTRIBUTION => "attribution.txt",
    /// The element NC.
    NONCOMMERCIAL => "noncommercial.txt",
    /// The element ND.
    NO_DERIVATIVES => "no_derivatives.txt",
    /// The element SA.
    SHARE_ALIKE => "share_alike.txt",
}

impl Vocabulary {
    fn parse(file: &str) -> Self {
        let lines = file.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        let stems = lines.flat_map(|line| line.split(',')).map(str::trim).filter(|stem| !stem.is_empty());
        let stems: Vec<Stem> = stems.map(Stem::parse).collect();
        let any = stems.iter().map(|stem| regex::escape(&stem.text)).collect::<Vec<_>>().join("|");
        Self { stems, any: Regex::new(&any).expect("a list of escaped words is a pattern") }
    }

    /// Where the first of the stems stands: its begin and its end.
    pub fn find(&self, words: &str) -> Option<(usize, usize)> {
        if !self.any.is_match(words) {
            return None;
        }
        self.stems.iter().filter_map(|stem| stem.find(words).map(|at| (at, at + stem.text.len()))).min()
    }

    /// The words without any of the stems.
    pub fn removed_from<'a>(&self, words: &'a str) -> Cow<'a, str> {
        self.any.replace_all(words, "")
    }

    /// Whether any stem stands there.
    pub fn fits(&self, words: &str) -> bool {
        self.any.is_match(words) && self.stems.iter().any(|stem| stem.find(words).is_some())
    }

    /// Where each stem ends that stands there, in the order of the list.
    pub fn ends(&self, words: &str) -> Vec<usize> {
        if !self.any.is_match(words) {
            return Vec::new();
        }
        self.stems
            .iter()
            .flat_map(|stem| words.match_indices(stem.text.as_str()).map(|(at, name)| at + name.len()))
            .collect()
    }

    /// The stems without their marks.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.stems.iter().map(|stem| stem.text.as_str())
    }
}

impl Stem {
    fn parse(written: &str) -> Self {
        let (anywhere, rest) = written.strip_prefix('~').map_or((false, written), |rest| (true, rest));
        let (whole, rest) = rest.strip_suffix('$').map_or((false, rest), |rest| (true, rest));
        let anywhere = anywhere || rest.starts_with(|c: char| c == '_' || is_unspaced(c));
        Self { text: rest.replace('_', " "), anywhere, whole }
    }

    fn find(&self, words: &str) -> Option<usize> {
        words.match_indices(self.text.as_str()).map(|(at, _)| at).find(|&at| {
            let begins = self.anywhere || !words[..at].ends_with(char::is_alphanumeric);
            begins && (!self.whole || !words[at + self.text.len()..].starts_with(char::is_alphanumeric))
        })
    }
}

/// Letters of scripts that put no spaces between words, or join particles to them.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{eff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str, words: &str, expected: Option<(usize, usize)>) {
        assert_eq!(Vocabulary::parse(list).find(words), expected, "{list} in {words}");
    }

    #[test]
    fn marks_say_where_a_stem_fits() {
        check("# comment\nmap", "a roadmap, maps", Some((11, 14)));
        check("~map", "a roadmap", Some((6, 9)));
        check("map$", "maps and map", Some((9, 12)));
        check("_or_", "this or that", Some((4, 8)));
        check("写真", "表紙写真", Some((6, 12)));
        check("map", "roadmap", None);
    }
}
