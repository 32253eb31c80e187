//! Words of rights and licenses in many languages, each list a text file: how they are written and how they are found.
//!
//! A line is a list separated by commas; `#` begins a comment. A stem fits at the beginning of a word; with `~` before
//! it, anywhere in a word; with `$` after it, only to the word's end; `_` is a space that belongs to the stem. Scripts
//! without spaces have no beginnings of words. The lists are for words that `annotate::rights::words::normalized` has prepared; extraction looks for them as they are.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// One list.
pub struct Vocabulary {
    stems: Vec<Stem>,
    /// All stems, wherever they stand: one pass finds them, and says at once that most words hold none.
    automaton: AhoCorasick,
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
    /// Phrases that forbid changes.
    NO_CHANGES => "no_changes.txt",
    /// Changing a work.
    MODIFICATION => "modification.txt",
    /// Copying, printing again and passing on.
    REPRODUCTION => "reproduction.txt",
    /// Phrases that ask for the owner's consent.
    CONSENT => "consent.txt",
    /// Open access, by which publishers set some of their works apart.
    OPEN_ACCESS => "open_access.txt",
    /// Words that offer a choice.
    EITHER => "either.txt",
    /// Beginnings of clauses that name exceptions.
    EXCEPTIONS => "exceptions.txt",
    /// Words by which a text speaks of itself.
    DEMONSTRATIVES => "demonstratives.txt",
    /// Words of labels that do not name what a statement is about.
    LABELS => "labels.txt",
    /// Phrases about works that others send in.
    OTHERS_WORKS => "others_works.txt",
    /// Text and data mining, and the training of models.
    MINING => "mining.txt",
    /// Phrases that forbid, refuse or reserve.
    OPPOSES => "opposes.txt",
    /// Phrases that permit.
    PERMITS => "permits.txt",
    /// Statements that a work is in the public domain.
    PUBLIC_DOMAIN => "public_domain.txt",
    /// Statements that a work is one of the federal government of the United States.
    US_GOVERNMENT => "us_government.txt",
    /// Names of code that stands in a text.
    CODE_SAMPLES => "terms_of_code.txt",
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
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(stems.iter().map(|stem| stem.text.as_str()))
            .expect("some thousand stems are far from the automaton's limits");
        Self { stems, automaton }
    }

    /// Where the first of the stems stands: its begin and its end.
    pub fn find(&self, words: &str) -> Option<(usize, usize)> {
        self.found(words).min()
    }

    /// The words without any of the stems.
    pub fn removed_from<'a>(&self, words: &'a str) -> Cow<'a, str> {
        let mut left = String::new();
        let mut from = 0;
        for found in self.automaton.find_iter(words) {
            left.push_str(&words[from..found.start()]);
            from = found.end();
        }
        if from == 0 {
            return Cow::Borrowed(words);
        }
        left.push_str(&words[from..]);
        Cow::Owned(left)
    }

    /// Whether the letters of any stem stand there, if not as a word: a quick no.
    pub fn may_fit(&self, words: &str) -> bool {
        self.automaton.is_match(words)
    }

    /// Whether any stem stands there.
    pub fn fits(&self, words: &str) -> bool {
        self.found(words).next().is_some()
    }

    /// Where each stem ends that stands there, in the order of their ends, the marks of stems aside.
    pub fn ends(&self, words: &str) -> Vec<usize> {
        let mut ends: Vec<usize> = self.automaton.find_overlapping_iter(words).map(|found| found.end()).collect();
        ends.dedup();
        ends
    }

    fn found<'a>(&'a self, words: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.automaton
            .find_overlapping_iter(words)
            .filter(|found| self.stems[found.pattern().as_usize()].fits_at(words, found.start()))
            .map(|found| (found.start(), found.end()))
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

    /// Whether the letters of this stem, which stand at `at`, are a word as its marks ask.
    fn fits_at(&self, words: &str, at: usize) -> bool {
        let begins = self.anywhere || !words[..at].ends_with(char::is_alphanumeric);
        begins && (!self.whole || !words[at + self.text.len()..].starts_with(char::is_alphanumeric))
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
