//! Files that a preset names and that somebody else has made: models, tokenizers, and tables of abbreviations.

use gristmill::annotate::tokens::counter::Counter;
use gristmill::fasttext::{LineBreaks, Model};
use gristmill::text::nltk;
use gristmill::text::nltk::model::PunktModel;

use super::stretched;

/// Texts that every model is asked about.
const TEXTS: [&str; 4] =
    ["", "a b\na </s> __label__a", "Der Bach treibt die Mühle. 25 日本語!\n\n", "   \u{0}\u{fffd}e\u{301}"];

/// A model is refused, or gives each text the same answer each time, a probability of one of its labels.
pub fn fasttext(bytes: &[u8]) {
    let Ok(model) = Model::parse(bytes.to_vec()) else { return };
    assert!(!model.labels().is_empty() && model.labels().len() <= bytes.len());
    for text in TEXTS {
        for breaks in [LineBreaks::Space, LineBreaks::Nothing] {
            let found = model.predict(text, breaks);
            assert_eq!(
                found.map(|found| found.probability.to_bits()),
                model.predict(text, breaks).map(|found| found.probability.to_bits())
            );
            let Some(found) = found else { continue };
            assert!(found.label < model.labels().len());
            assert!((0.0..=1.0).contains(&found.probability), "{}", found.probability);
            let asked = model.probability(found.label, text, breaks).expect("the text is known");
            assert!((0.0..=1.0).contains(&asked), "{asked}");
        }
    }
    // A model that ends a byte earlier or later is another file.
    assert!(Model::parse(bytes[..bytes.len() - 1].to_vec()).is_err());
    assert!(Model::parse([bytes, b"\0"].concat()).is_err());
}

/// A tokenizer is refused, or counts no more tokens than a text has bytes, the same each time, in linear time.
pub fn tokenizer(bytes: &[u8]) {
    let Ok(counter) = Counter::new(bytes) else { return };
    let long = "ab ".repeat(3_000);
    let dense = "a".repeat(20_000);
    for text in TEXTS.into_iter().chain([long.as_str(), dense.as_str()]) {
        let count = counter.count(text);
        assert_eq!(count, counter.count(text));
        // In NFC a text may be three times as long.
        assert!(count <= 3 * text.len() as u64);
        assert_eq!(count == 0, text.is_empty());
    }
}

/// Tables are refused, or cut the text behind them into sentences and words that lie in it, in its order.
pub fn punkt(bytes: &[u8]) {
    let (table, text) = bytes.split_at(bytes.iter().position(|byte| *byte == 0xff).unwrap_or(bytes.len()));
    let text = String::from_utf8_lossy(text.get(1..).unwrap_or_default());
    let parsed = PunktModel::parse(&String::from_utf8_lossy(table)).ok();
    for model in parsed.iter().chain([PunktModel::built_in()]) {
        check_sentences(&text, model);
        if let Some(long) = stretched(text.as_bytes()) {
            check_sentences(&String::from_utf8_lossy(&long), model);
        }
    }
}

/// White space of Python, which four control characters are besides.
fn is_white(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c))
}

fn check_sentences(text: &str, model: &PunktModel) {
    let base = text.as_ptr() as usize;
    let mut end = 0;
    for sentence in model.sentences(text) {
        let start = sentence.as_ptr() as usize - base;
        assert!(!sentence.is_empty() && end <= start);
        assert!(is_white(&text[end..start]), "only white space lies between sentences");
        end = start + sentence.len();
    }
    assert!(is_white(&text[end..]));
    let mut end = 0;
    nltk::words(text, model, |word| {
        assert!(end <= word.start_bytes && word.start_bytes < word.end_bytes && !word.text.is_empty());
        assert!(text.get(word.start_bytes..word.end_bytes).is_some());
        end = word.end_bytes;
    });
}
