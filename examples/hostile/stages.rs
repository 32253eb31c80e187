//! The stages that a page or a text is taken through, each on its own.

use std::collections::BTreeMap;
use std::hint::black_box;

use gristmill::annotate::language::codes;
use gristmill::annotate::robots::pattern::UrlPath;
use gristmill::annotate::robots::rules::Rules;
use gristmill::annotate::tokens::Tokenizers;
use gristmill::annotate::{AnnotateConfig, models, robots};
use gristmill::dedup::{DedupConfig, Deduplicator};
use gristmill::document::bad_config::BadConfig;
use gristmill::document::fact::Fact;
use gristmill::document::language::Language;
use gristmill::document::origin::Origin;
use gristmill::document::signals::Signals;
use gristmill::document::{CharsetSource, Decoding, Document};
use gristmill::edit::EditConfig;
use gristmill::extract::html::limits::Limits;
use gristmill::extract::html::tree::Tree;
use gristmill::extract::options::Options;
use gristmill::extract::{Extractor, Hints, charset};
use gristmill::filter::{FilterConfig, Given, Judge};
use gristmill::warc::coding::{Declared, decode};

#[path = "../../src/fasttext/sample_model.rs"]
mod sample_model;

/// A stage: its name and what it does with an input.
pub struct Stage<T: ?Sized> {
    /// Its name, with what is set.
    pub name: String,
    /// Does the work.
    pub run: Box<dyn Fn(&T)>,
}

fn stage<T: ?Sized>(name: impl Into<String>, run: impl Fn(&T) + 'static) -> Stage<T> {
    Stage { name: name.into(), run: Box::new(run) }
}

/// What stages of presets read: one model, one tokenizer, one list.
struct Files;

impl models::Models for Files {
    fn read_model(&self, _: &str) -> Result<Vec<u8>, BadConfig> {
        let words: &[&str] = &["the", "mill", "a", "b", "x", "word"];
        let mut model = sample_model::SampleModel::of_words(3, &[("__label__yes", words), ("__label__no", &["1"])]);
        (model.word_ngrams, model.parts, model.buckets) = (2, (2, 5), 1 << 16);
        Ok(model.file())
    }
}

impl Tokenizers for Files {
    fn read_tokenizer(&self, path: &str) -> Result<Vec<u8>, BadConfig> {
        std::fs::read(path).map_err(|error| BadConfig::new(format!("{path}: {error}")))
    }
}

impl robots::Captures for Files {
    fn read(&self, _: &[String], _: &(dyn Fn(robots::copies::Capture<'_>) + Sync)) -> Result<robots::Seen, BadConfig> {
        Err(BadConfig::new("no robots"))
    }
}

fn extractor(options: &str) -> Extractor {
    toml::from_str::<Options>(options).expect("options").build().expect("sound options")
}

/// Stages that take a payload as it is stored: what is declared of it stands before the first line break.
pub fn of_stored() -> Vec<Stage<[u8]>> {
    let undo = |stored: &[u8]| {
        let (head, payload) = stored.split_at(stored.iter().position(|byte| *byte == b'\n').unwrap_or_default());
        let content = std::str::from_utf8(head).expect("a word");
        let transfer = content.strip_prefix("chunked");
        let declared = match transfer {
            Some(_) => Declared { transfer: Some("chunked"), content: None },
            None => Declared { transfer: None, content: Some(content) },
        };
        drop(black_box(decode(&payload[1..], declared, &gristmill::warc::limits::Limits::default())));
    };
    vec![stage("content coding", undo)]
}

/// Stages that take a robots.txt.
pub fn of_robots() -> Vec<Stage<[u8]>> {
    let names: Vec<String> = (0..40).map(|number| format!("bot{number}")).collect();
    let again = names.clone();
    let path = UrlPath::new(&"/a".repeat(4_096));
    vec![
        stage("robots parsed", move |body: &[u8]| drop(black_box(Rules::parse(body, &names)))),
        stage("robots parsed and asked for a long path", move |body: &[u8]| {
            drop(black_box(Rules::parse(body, &again).readings(&path, &again)));
        }),
    ]
}

/// Stages that take an address.
pub fn of_addresses() -> Vec<Stage<str>> {
    let typed = "url = { domains = { entries = ['a.org'] }, hosts = { entries = ['b.org'] }, words = { entries = ['w'] }, \
                 soft_words = { entries = ['casino', 'jackpot'] }, subwords = { entries = ['aaaaaaab', 'xyz'] } }";
    let config: FilterConfig = toml::from_str(typed).expect("a stage");
    let lists = BTreeMap::new();
    let judge = config.build(&Given { lists: &lists, models: &Files, languages: &codes::Given::default() });
    let Ok(Judge::Origin(gate)) = judge else { panic!("it judges origins") };
    vec![stage("filter.url", move |url: &str| {
        let origin = Origin { url: url.to_owned(), ..Origin::default() };
        drop(black_box(gate.judge(&origin)));
    })]
}

/// Stages that take a payload.
pub fn of_pages() -> Vec<Stage<[u8]>> {
    let hints = Hints { http_charset: None, url: "https://example.org/a/b" };
    let mut stages = vec![
        stage("charset", move |page: &[u8]| drop(black_box(charset::decode(page, &hints)))),
        stage("tree", move |page: &[u8]| {
            let decoded = charset::decode(page, &hints);
            black_box(Tree::default().parse(&decoded.text, &Limits::default())).ok();
        }),
    ];
    for options in ["", "format = 'markdown'", "mode = 'all'", "mode = 'all'\nformat = 'markdown'"] {
        let name = format!("extract {}", options.replace('\n', " "));
        let extractor = extractor(options);
        stages.push(stage(name, move |page: &[u8]| drop(black_box(extractor.extract(page, &hints)))));
    }
    let all = extractor("mode = 'all'");
    let rights = toml::from_str::<AnnotateConfig>("rights = {}").expect("a stage").build(&Files).expect("it builds");
    stages.push(stage("extract and annotate.rights", move |page: &[u8]| {
        if let Ok(extracted) = all.extract(page, &hints) {
            let origin = Origin { url: "https://example.org/a/b".into(), ..Origin::default() };
            let document = Document::new(extracted.text, origin, extracted.decoding, extracted.signals);
            drop(black_box(rights.find(&document)));
        }
    }));
    stages
}

fn document(text: &str) -> Document {
    let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Utf8, replacements: 0 };
    let mut document = Document::new(text.into(), Origin::default(), decoding, Signals::default());
    let language = Language { code: "eng", script: "Latn", score: 1.0, share: None };
    document.facts.language = Fact::Found(language);
    document
}

/// Bounds at which no rule of Gopher's or FineWeb's drops a text, so that all of them are looked at.
const LENIENT_REPETITION: &str = "duplicate_paragraphs_share_max = 1.0, duplicate_paragraph_characters_share_max = 1.0, \
    duplicate_lines_share_max = 1.0, duplicate_line_characters_share_max = 1.0, top_2_gram_share_max = 1.0, \
    top_3_gram_share_max = 1.0, top_4_gram_share_max = 1.0, duplicate_5_grams_share_max = 1.0, \
    duplicate_6_grams_share_max = 1.0, duplicate_7_grams_share_max = 1.0, duplicate_8_grams_share_max = 1.0, \
    duplicate_9_grams_share_max = 1.0, duplicate_10_grams_share_max = 1.0";
const LENIENT_QUALITY: &str = "words_min = 0, words_max = 1_000_000_000, word_length_mean_min = 0, \
    word_length_mean_max = 1000, hashes_per_word_max = 1.0, ellipses_per_word_max = 1.0, bullet_lines_share_max = 1.0, \
    ellipsis_lines_share_max = 1.0, alphabetic_words_share_min = 0.0, stop_words_min = 0";

/// Stages that take a text.
pub fn of_texts() -> Vec<Stage<str>> {
    let mut stages = Vec::new();
    for typed in
        ["language = {}", "language = { by_block = true }", "language = { model = 'm' }", "quality = {}", "rights = {}"]
    {
        stages.push(annotate(typed));
    }
    for tokenizer in ["gpt2", "llama3"] {
        let path = format!("{}/tests/tokens/{tokenizer}.json", env!("CARGO_MANIFEST_DIR"));
        stages.push(annotate(&format!("tokens = {{ tokenizer = '{path}' }}")));
    }
    for typed in [
        "c4_lines = {}",
        "fineweb_personal_data = {}",
        "lines = {}",
        "personal_data = {}",
        "refinedweb_lines = {}",
        "symbol_lines = { symbols = ['|'] }",
    ] {
        let config: EditConfig = toml::from_str(typed).expect(typed);
        let editor = config.build(&|_| Err(BadConfig::new("no files"))).expect(typed);
        stages.push(stage(format!("edit.{typed}"), move |text: &str| drop(black_box(editor.edit(text)))));
    }
    for words in ["unicode", "spacy_en", "nltk_en"] {
        stages.push(filter(&format!("gopher_repetition = {{ {LENIENT_REPETITION}, words = '{words}' }}")));
        stages.push(filter(&format!("gopher_quality = {{ {LENIENT_QUALITY}, words = '{words}' }}")));
        stages.push(filter(&format!("fineweb_quality = {{ punctuated_lines_share_min = 0.0, words = '{words}' }}")));
        stages.push(filter(&format!("c4_quality = {{ sentences_min = 1_000_000_000, sentences = '{words}' }}")));
    }
    stages.push(filter("length = {}"));
    stages.push(filter("cut_words = {}"));
    stages.push(filter("fasttext_classifier = { model = 'm', label = '__label__yes', score_min = 0.5 }"));
    stages.push(filter("contamination = { sets = [{ name = 'set', files = ['set.txt'] }] }"));
    for typed in ["exact = { by = 'text' }", "lines = {}", "minhash = {}", "minhash = { verify = 'shingles' }"] {
        let config: DedupConfig = toml::from_str(typed).expect(typed);
        let deduplicator = config.build(&BTreeMap::<String, String>::new()).expect(typed);
        stages.push(stage(format!("dedup.{typed}"), move |text: &str| keys(&deduplicator, text)));
    }
    stages
}

fn keys(deduplicator: &Deduplicator, text: &str) {
    let (document, mut keys) = (document(text), Vec::new());
    deduplicator.push_key(&document, &mut keys);
    drop(black_box((keys, deduplicator.set(&document))));
}

fn annotate(typed: &str) -> Stage<str> {
    let config: AnnotateConfig = toml::from_str(typed).expect(typed);
    let annotator = config.build(&Files).unwrap_or_else(|wrong| panic!("{typed}: {wrong}"));
    let name = typed.split('/').next_back().unwrap_or(typed);
    stage(format!("annotate.{name}"), move |text: &str| drop(black_box(annotator.find(&document(text)))))
}

fn filter(typed: &str) -> Stage<str> {
    let lists = BTreeMap::from([(
        String::from("set.txt"),
        String::from(
            "a b c d e f g h i j a b c d e f g h i j\nThe mill by the brook has ground the grain of the valley.\n",
        ),
    )]);
    let config: FilterConfig = toml::from_str(typed).unwrap_or_else(|wrong| panic!("{typed}: {wrong}"));
    let given = Given { lists: &lists, models: &Files, languages: &codes::Given::default() };
    let judge = config.build(&given).unwrap_or_else(|wrong| panic!("{typed}: {wrong}"));
    let Judge::Document(filter) = judge else { panic!("{typed} judges documents") };
    let words = typed.rsplit_once("words = '").or_else(|| typed.rsplit_once("sentences = '"));
    let words = words.map_or("", |(_, rest)| rest.split('\'').next().unwrap_or_default());
    let name = format!("filter.{} {words}", config.entry().name);
    stage(name, move |text: &str| drop(black_box(filter.judge(&document(text)))))
}
