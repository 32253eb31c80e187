//! Both sides of every bound, and the two laws: what is planted is found, and what shares nothing is kept.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::document::origin::Origin;
use crate::document::signals::Signals;
use crate::document::{CharsetSource, Decoding};

fn files(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// A filter of one set `a` of these texts, one a line, with more options.
fn filter(texts: &str, options: &str) -> Contamination {
    let config: Config = toml::from_str(&format!("sets = [{{ name = 'a', files = ['a.txt'] }}]\n{options}")).unwrap();
    config.build(&files(&[("a.txt", texts)])).unwrap()
}

fn judge(filter: &Contamination, text: &str) -> Verdict {
    let decoding = Decoding { charset: "UTF-8", source: CharsetSource::Utf8, replacements: 0 };
    filter.judge(&Document::new(text.into(), Origin::default(), decoding, Signals::default()))
}

/// Sets, place, different n-grams and share in percent of a drop; `kept` otherwise.
fn fate(filter: &Contamination, text: &str) -> String {
    match judge(filter, text) {
        Verdict::Keep => String::from("kept"),
        Verdict::Drop(dropped) => {
            assert_eq!(dropped.reason, BENCHMARK_PASSAGE);
            assert_eq!(dropped.bound, Some(filter.hits_min as f64));
            let matched = dropped.matched.expect("a drop names what matched");
            let (found, share) = (dropped.found.unwrap(), matched.share * 100.0);
            format!("{} at {}: {found}, {share:.0} %", matched.sets, matched.at)
        }
    }
}

#[track_caller]
fn check(texts: &str, options: &str, text: &str, expected: &str) {
    assert_eq!(fate(&filter(texts, options), text), expected, "{text}");
}

/// Words from a number on, none of them twice.
fn words(from: usize, to: usize) -> String {
    (from..to).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ")
}

#[test]
fn thirteen_words_are_a_passage_and_twelve_are_none() {
    let text = words(0, 40);
    check(&text, "", &format!("x {} y", words(20, 32)), "kept");
    check(&text, "", &format!("x {} y", words(20, 33)), "a at a.txt:1: 1, 87 %");
    check(&text, "", &format!("{} x {}", words(0, 12), words(13, 25)), "kept");
    check(&text, "", &words(0, 40), "a at a.txt:1: 28, 100 %");
    check(&text, "ngram = 5", &words(20, 24), "kept");
    check(&text, "ngram = 5", &words(20, 25), "a at a.txt:1: 1, 100 %");
    check("one two three", "ngram = 1", "three", "a at a.txt:1: 1, 100 %");
    check(&text, "", "", "kept");
}

#[test]
fn marks_case_and_line_breaks_make_no_difference() {
    let text = "The miller’s (old) mare, it seems, has eaten 1,000 of the miller's grains to-day.";
    check(
        text,
        "",
        "THE MILLER'S OLD\n\nMARE -- it seems has\teaten 1000 of **the** miller’s grains",
        "a at a.txt:1: 1, 100 %",
    );
    check(text, "", "The miller's new mare, it seems, has eaten 1,000 of the miller's grains", "kept");
}

#[test]
fn every_han_character_is_a_word() {
    let text = "磨坊主人每天清晨把小麥倒進石磨裡。";
    check(text, "", "他說:每天清晨把小麥倒進石磨裡", "kept");
    check(text, "", "他說:人每天清晨把小麥倒進石磨裡", "a at a.txt:1: 1, 87 %");
}

#[test]
fn what_is_mostly_numbers_is_no_passage() {
    let numbers = |from: usize, to: usize| (from..to).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
    let text = format!("{} {}", numbers(1, 20), words(0, 7));
    check(&text, "", &format!("Pages: {}", numbers(1, 20)), "kept");
    check(&text, "", &format!("{} {}", numbers(13, 20), words(0, 6)), "kept");
    check(&text, "", &format!("{} {}", numbers(14, 20), words(0, 7)), "a at a.txt:1: 1, 100 %");
}

#[test]
fn short_texts_are_looked_for_whole() {
    let texts = format!("{}\n{}\n", words(0, 7), words(10, 19));
    check(&texts, "", &words(0, 9), "kept");
    check(&texts, "", &words(10, 18), "kept");
    check(&texts, "", &format!("x {} y z", words(10, 19)), "a at a.txt:2: 1, 75 %");
    check(&texts, "words_min = 7", &words(0, 9), "a at a.txt:1: 1, 78 %");
    check(&words(0, 4), "ngram = 3", &words(1, 4), "a at a.txt:1: 1, 100 %");
}

#[test]
fn different_ngrams_are_counted_and_repeats_are_not() {
    let text = words(0, 40);
    let three = words(0, 15);
    check(&text, "hits_min = 3", &three, "a at a.txt:1: 3, 100 %");
    check(&text, "hits_min = 4", &three, "kept");
    check(&text, "hits_min = 4", &format!("{three} {three} {three}"), "kept");
    check(&text, "hits_min = 3", &format!("{} x {}", words(0, 13), words(20, 33)), "kept");
    check(&text, "hits_min = 2", &format!("{} x {}", words(20, 33), words(0, 13)), "a at a.txt:1: 2, 96 %");
}

#[test]
fn all_sets_that_match_are_named_in_the_presets_order() {
    let config: Config = toml::from_str(
        "sets = [{ name = 'z', files = ['1.jsonl', '2.txt'], fields = ['q'] }, { name = 'b', files = ['3.txt'] },
         { name = 'c', files = ['3.txt'] }]",
    )
    .unwrap();
    let (first, second, third) = (words(0, 13), words(20, 33), words(40, 53));
    let lists = files(&[
        ("1.jsonl", &format!("{{\"q\":\"short\",\"a\":\"{third}\"}}\n{{\"q\":[\"{first}\"]}}\n")),
        ("2.txt", &second),
        ("3.txt", &format!("{third}\n{second}")),
    ]);
    let filter = config.build(&lists).unwrap();
    assert_eq!(fate(&filter, &first), "z at 1.jsonl:2: 1, 100 %");
    assert_eq!(fate(&filter, &second), "z, b, c at 2.txt:1: 1, 100 %");
    assert_eq!(fate(&filter, &format!("{third} {first}")), "z, b, c at 3.txt:1: 2, 100 %");
    let summary = |name: &str, texts, too_short, ngrams| {
        let name = name.to_owned();
        Summary { name, texts, too_short, of_numbers: 0, ngrams }
    };
    let expected = [summary("z", 3, 1, 2), summary("b", 2, 0, 2), summary("c", 2, 0, 2)];
    assert_eq!(filter.benchmarks(), Some(&expected[..]));
}

/// What was read of a set of one file.
fn read(texts: &str) -> Summary {
    let config: Config = toml::from_str("sets = [{ name = 'a', files = ['a.txt'] }]").unwrap();
    config.build(&files(&[("a.txt", texts)])).unwrap().benchmarks().unwrap()[0].clone()
}

#[test]
fn texts_that_are_numbers_for_the_most_part_are_counted() {
    let half = "one 2 three 4 five 6 seven 8";
    let less = "one 2 three 4 five 6 7 8";
    let found = |texts: &str| {
        let Summary { texts, too_short, of_numbers, ngrams, .. } = read(texts);
        (texts, too_short, of_numbers, ngrams)
    };
    assert_eq!(found(half), (1, 0, 0, 1));
    assert_eq!(found(&format!("{half}\n{less}\none two\n")), (3, 1, 1, 1));
    assert_eq!(found(&format!("{less} {less}\n{half}\n")), (2, 0, 1, 1), "no run of 13 words has letters enough");
}

#[test]
fn what_is_ignored_is_not_looked_for() {
    let texts = format!("{} {}\n{}\n", words(0, 20), words(30, 40), words(5, 14));
    let options = format!("ignore = {{ entries = ['{}'] }}", words(0, 20));
    check(&texts, &options, &words(0, 20), "kept");
    check(&texts, &options, &format!("{} {}", words(8, 20), words(30, 31)), "a at a.txt:1: 1, 100 %");
    check(&texts, "", &words(5, 14), "a at a.txt:2: 1, 100 %");
}

/// The message, and what to do.
fn refused(options: &str, text: &str) -> String {
    let config: Config = toml::from_str(options).unwrap();
    let error = config.build(&files(&[("a.txt", text), ("a.jsonl", "{\"q\":\"few words\"}")])).err().unwrap();
    assert!(error.hint().is_some() || error.to_string().ends_with("is not there"), "{error}");
    error.to_string()
}

#[test]
fn what_cannot_work_is_refused_with_advice() {
    let sets = "sets = [{ name = 'a', files = ['a.txt'] }]";
    let long = words(0, 13);
    for (options, text, expected) in [
        ("", "", "sets names 0 benchmarks; wanted 1 to 1000"),
        (&*format!("ngram = 0\n{sets}"), &*long, "ngram is 0; wanted 1 to 64 words"),
        (&format!("ngram = 65\n{sets}"), &long, "ngram is 65; wanted 1 to 64 words"),
        (&format!("words_min = 0\n{sets}"), &long, "words_min is 0; wanted 1 or more"),
        (&format!("hits_min = 0\n{sets}"), &long, "hits_min is 0; wanted 1 or more"),
        ("sets = [{ name = 'a', files = [] }]", "", "set `a` has no files"),
        ("sets = [{ name = 'a,b', files = ['a.txt'] }]", "", "a set is called `a,b`"),
        ("sets = [{ name = '', files = ['a.txt'] }]", "", "a set is called ``"),
        ("sets = [{ name = 'a', files = ['a.csv'] }]", "", "set `a`: a.csv is neither .jsonl nor .txt"),
        ("sets = [{ name = 'a', files = ['b.txt'] }]", "", "the list b.txt is not there"),
        (sets, " \n", "set `a` holds no text, so nothing could be looked for"),
        (sets, "few words", "set `a` holds no text of 8 words or more, among 1, so nothing could be looked for"),
        (
            &format!("ignore = {{ entries = ['{long}'] }}\n{sets}"),
            &long,
            "set `a` holds nothing but numbers and what `ignore` holds as well, so nothing could be looked for",
        ),
        (
            &format!("ignore = {{ entries = ['few words'] }}\n{sets}"),
            &long,
            "ignore: `few words` has less than 8 words",
        ),
        ("sets = [{ name = 'a', files = ['a.jsonl'], fields = ['p'] }]", "", "a.jsonl: no line has the field `p`"),
        (
            "sets = [{ name = 'a', files = ['a.txt'] }, { name = 'a', files = ['a.txt'] }]",
            &long,
            "two sets are called `a`",
        ),
    ] {
        assert_eq!(refused(options, text), expected, "{options}");
    }
    let odd = toml::from_str::<Config>("sets = ['a.txt']").unwrap_err().to_string();
    assert!(odd.contains("expected a set such as { name = \"mmlu\", files = ["), "{odd}");
    let odd = toml::from_str::<Config>("sets = [{ file = ['a.txt'] }]").unwrap_err().to_string();
    assert!(odd.contains("unknown field `file`, expected one of `name`, `files`, `fields`"), "{odd}");
}

proptest! {
    /// Any passage of n words or more of any text of a set is found in any document, however it is written there.
    #[test]
    fn what_is_planted_is_found(
        texts in prop::collection::vec("([a-zé中]{1,3}[ ,]{1,2}){8,40}", 1..4),
        around in ("([a-f]{1,2} ){0,40}", "( [a-f]{1,2}){0,40}"),
        (chosen, from, more, ngram) in (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..9_usize, 4..14_usize),
    ) {
        let filter = filter(&texts.join("\n"), &format!("ngram = {ngram}\nwords_min = 8"));
        let text = &texts[chosen.index(texts.len())];
        let words: Vec<&str> =
            crate::text::words::words(text).filter(|word| !word.is_mark).map(|word| word.text).collect();
        let length = (ngram + more).min(words.len());
        let from = from.index(words.len() - length + 1);
        let passage = words[from..from + length].join(" -- ").to_uppercase();
        prop_assert_ne!(fate(&filter, &format!("{} {passage}\n{}", around.0, around.1)), "kept");
    }

    /// A document is dropped if and only if it holds a run of n words of a text, and the figures are those of counting.
    #[test]
    fn what_shares_no_passage_is_kept(text in "([ab] ){4,30}", document in "([ab] ){0,60}", n in 1..7_usize) {
        let list = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let (text_words, document_words) = (list(&text), list(&document));
        let sought: std::collections::BTreeSet<_> = text_words.windows(n).collect();
        let hits: Vec<usize> = (0..(document_words.len() + 1).saturating_sub(n))
            .filter(|at| text_words.len() >= n && sought.contains(&document_words[*at..at + n]))
            .collect();
        let different: std::collections::BTreeSet<_> = hits.iter().map(|at| &document_words[*at..at + n]).collect();
        let covered = (0..document_words.len()).filter(|word| hits.iter().any(|at| (*at..at + n).contains(word))).count();
        let config = format!("sets = [{{ name = 'a', files = ['a.txt'] }}]\nngram = {n}\nwords_min = 1");
        let config: Config = toml::from_str(&config).unwrap();
        let filter = config.build(&files(&[("a.txt", &text)])).unwrap();
        match judge(&filter, &document) {
            Verdict::Keep => prop_assert!(hits.is_empty() || text_words.len() < n),
            Verdict::Drop(dropped) if text_words.len() >= n => {
                prop_assert_eq!(dropped.found, Some(different.len() as f64));
                prop_assert_eq!(dropped.matched.unwrap().share, covered as f64 / document_words.len() as f64);
            }
            Verdict::Drop(_) => prop_assert!(document_words.windows(text_words.len()).any(|run| run == text_words)),
        }
    }
}
