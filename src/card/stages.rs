//! What each stage does, in words for readers who are no engineers, and whose bounds its defaults are.
//!
//! A test holds the table to the catalogues: a stage that a preset can name has a line here.

use serde_json::{Map, Value, json};

use crate::plan::config::Stage;
use crate::plan::describe;

/// What a card says of a kind of stage.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its name, e.g. `filter.length`.
    pub name: &'static str,
    /// What it does to a document.
    pub does: &'static str,
    /// Where its rules and the defaults of its bounds are from; empty if it has none.
    pub source: &'static str,
}

const fn about(name: &'static str, does: &'static str, source: &'static str) -> About {
    About { name, does, source }
}

const FINEWEB: &str = "Penedo et al. 2024 (arXiv:2406.17557), section 3.6, as in datatrove 0.10";
const GOPHER: &str = "Rae et al. 2021 (arXiv:2112.11446), appendix A1.1, as in datatrove 0.10";

/// All kinds of stages.
#[rustfmt::skip]
pub const ABOUT: &[About] = &[
    about("warc", "Reads the crawl files and passes on the web pages in them. Records that are no page, and bytes that cannot be read, end here.", "the WARC format (ISO 28500)"),
    about("prefilter.license_mark", "Drops pages whose bytes hold no mark of any license, since none of them could stay.", ""),
    about("extract.html", "Takes the main text out of the page and leaves menus, advertisements and notices behind.", "this program's own limits on size and depth"),
    about("annotate.language", "Finds the language of the text.", "the identifier CLD2, or the model that the settings name"),
    about("annotate.rights", "Looks for the license that the page states for its text, and for signals that reserve rights.", "Creative Commons' rules for marking works; SPDX; TDMRep, AIPREF and robots rules"),
    about("annotate.quality", "Counts words, lines and the like. It changes and drops nothing.", ""),
    about("annotate.tokens", "Counts tokens, the pieces of words that language models read. It changes and drops nothing.", "the tokenizer that the settings name"),
    about("edit.c4_lines", "Cuts lines that are unfinished, too short, or notices of the site.", "Raffel et al. 2020 (arXiv:1910.10683), section 2.2"),
    about("edit.fineweb_personal_data", "Replaces e-mail addresses and public internet addresses.", "datatrove 0.10.1, as FineWeb was made (arXiv:2406.17557)"),
    about("edit.lines", "Cuts lines of too few words, and lines that hold a phrase of site notices.", "Raffel et al. 2020 (arXiv:1910.10683), section 2.2"),
    about("edit.personal_data", "Replaces personal data that has a form of its own, such as e-mail addresses and telephone numbers.", "the form of each kind; tokens after Dolma (Soldaini et al. 2024)"),
    about("edit.refinedweb_lines", "Cuts lines of capitals, numbers and counters, and phrases of site notices.", "Penedo et al. 2023 (arXiv:2306.01116), appendix G.2, with the figures of DCLM (arXiv:2406.11794)"),
    about("edit.symbol_lines", "Cuts lines that hold nothing but symbols, such as the borders of tables.", "datatrove 0.10, as FineWeb-2 was made"),
    about("filter.c4_quality", "Drops filler text, program code, and texts of too few sentences.", "Raffel et al. 2020 (arXiv:1910.10683), section 2.2, as in datatrove 0.10"),
    about("filter.contamination", "Drops texts that hold a passage of a test by which models are measured.", "Brown et al. 2020 (arXiv:2005.14165), appendix C"),
    about("filter.cut_words", "Drops texts that lost too many of their words to the stages before.", "Penedo et al. 2023 (arXiv:2306.01116), appendix G.2"),
    about("filter.extraction", "Drops texts that could not be told well from the rest of their page.", "the extractor's own estimate; the bound is the maker's"),
    about("filter.fasttext_classifier", "Drops texts to which a trained model gives a label less likely than wanted.", "the model that the settings name; the bound is the maker's"),
    about("filter.fineweb_quality", "Drops texts that are mostly lists and menus, told by their lines.", FINEWEB),
    about("filter.fineweb_quality_2024_04", "Drops texts that are mostly lists and menus, told by their lines, by the rules of April 2024.", "Penedo et al. 2024 (arXiv:2406.17557), section 3.6, as in datatrove of April 2024"),
    about("filter.gopher_quality", "Drops texts that do not look like written language, told by their words, symbols and lines.", GOPHER),
    about("filter.gopher_quality_2024_04", "Drops texts that do not look like written language, by the rules of April 2024.", "Rae et al. 2021 (arXiv:2112.11446), appendix A1.1, as in datatrove of April 2024"),
    about("filter.gopher_repetition", "Drops texts that repeat lines, paragraphs or runs of words.", "Rae et al. 2021 (arXiv:2112.11446), table A1, as in datatrove 0.10"),
    about("filter.language", "Drops texts in other languages than the wanted ones, and those of which the identifier is not sure enough.", "the score of 0.65 is that of FineWeb (arXiv:2406.17557)"),
    about("filter.length", "Drops texts that are too short or too long.", "Rae et al. 2021 (arXiv:2112.11446)"),
    about("filter.rights", "Drops texts whose license is not a wanted one or not sure enough, and those whose rights are reserved.", "the tiers follow the Open Definition 2.1; the choice is the maker's"),
    about("filter.url", "Drops pages by their addresses: lists of sites, and words that an address must not hold.", "the order of the rules is that of datatrove 0.10; the lists are the maker's"),
    about("dedup.exact", "Removes all but one of the documents that are equal.", ""),
    about("dedup.lines", "Cuts lines that stand in many documents, such as menus and forms.", "after CCNet (arXiv:1911.00359), section 3.1; the bound of 6 documents is that of Llama 3 (arXiv:2407.21783)"),
    about("dedup.minhash", "Removes all but one of the documents that are nearly equal.", "MinHash: Broder 1997; 5 words, 14 bands and 8 rows are those of FineWeb (arXiv:2406.17557)"),
];

/// What is said of a stage of this name, its second or later use (`filter.length#2`) too.
pub fn find(name: &str) -> Option<&'static About> {
    let kind = name.split('#').next().unwrap_or(name);
    ABOUT.iter().find(|about| about.name == kind)
}

/// One setting of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value, as a preset would have it.
    pub value: String,
    /// The default, where that is another; none where the stage has no defaults.
    pub default: Option<String>,
}

/// The settings of a stage as the run record has it, each with its default where it differs.
pub fn settings(stage: &Value) -> Vec<Setting> {
    let defaults = defaults(stage).map(|defaults| describe::settings(&defaults)).unwrap_or_default();
    let default = |name: &str, value: &str| {
        let found = defaults.iter().find(|(other, _)| other == name);
        found.map(|(_, default)| default.clone()).filter(|default| default != value)
    };
    let settings = describe::settings(stage).into_iter();
    settings.map(|(name, value)| Setting { default: default(&name, &value), name, value }).collect()
}

/// The same kind of stage with every option left to its default, if it may be.
fn defaults(stage: &Value) -> Option<Value> {
    let (kind, stage) = stage.as_object()?.iter().next()?;
    let (name, _) = stage.as_object()?.iter().next()?;
    let only = |name: &str, value: Value| Value::Object(Map::from_iter([(name.to_owned(), value)]));
    let bare: Stage = serde_json::from_value(only(kind, only(name, json!({})))).ok()?;
    serde_json::to_value(bare).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_tell_what_the_maker_changed() {
        let stage = json!({ "filter": { "length": { "words_min": 20, "words_max": 100_000 } } });
        let found: Vec<_> = settings(&stage).into_iter().map(|s| (s.name, s.value, s.default)).collect();
        let setting = |name: &str, value: &str, default: Option<&str>| {
            (name.to_owned(), value.to_owned(), default.map(str::to_owned))
        };
        assert_eq!(found, [setting("words_max", "100000", None), setting("words_min", "20", Some("50"))]);
        assert_eq!(settings(&Value::Null), []);
        assert_eq!(settings(&json!({ "filter": { "of_tomorrow": { "x": 1 } } }))[0].default, None);
    }

    #[test]
    fn a_second_use_is_of_the_same_kind() {
        assert_eq!(find("filter.length#2").map(|about| about.name), Some("filter.length"));
        assert!(find("filter.nothing").is_none());
    }
}
