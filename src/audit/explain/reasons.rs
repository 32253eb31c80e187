//! What each reason means, in one sentence for a reader who knows neither the filters nor their papers.
//!
//! A test holds that every reason of the program has its sentence. Filters of an earlier recipe share the sentences of
//! today's.

/// The ending of the names of filters as an earlier recipe had them.
const EARLIER_RECIPE: &str = "_2024_04";

/// What a reason means; none if this version does not know it.
pub fn meaning(reason: &str) -> Option<&'static str> {
    let (stage, what) = reason.split_once('.')?;
    let stage = stage.strip_suffix(EARLIER_RECIPE).unwrap_or(stage);
    match stage {
        "warc" => warc(what),
        "extract" | "prefilter" => extract(what),
        "language" | "length" => language(what),
        "rights" => rights(what),
        "url" => url(what),
        "gopher_quality" => gopher_quality(what),
        "gopher_repetition" => gopher_repetition(what),
        "c4_quality" | "fineweb_quality" => lines(what),
        "minhash" | "exact" | "lines" => duplicates(what),
        "takedown" => takedown(what),
        "extraction" => Some("The text could not be told well enough from the rest of its page."),
        "contamination" => Some("The text holds a passage of a benchmark."),
        "cut_words" => Some("Editors cut too large a share of the words."),
        "fasttext_classifier" => Some("The classifier gave the wanted label too low a probability."),
        _ => None,
    }
}

fn takedown(what: &str) -> Option<&'static str> {
    Some(match what {
        "domain" => "It was taken out of a finished set: its host, or one above it, was to go.",
        "url_prefix" => "It was taken out of a finished set: its URL begins as one that was to go.",
        "url" => "It was taken out of a finished set: its URL was to go.",
        "id" => "It was taken out of a finished set: its record was to go.",
        "text_digest" => "It was taken out of a finished set: its text was to go.",
        "passage" => "It was taken out of a finished set: its text holds a passage that was to go.",
        _ => return None,
    })
}

fn warc(what: &str) -> Option<&'static str> {
    Some(match what {
        "cut_member" => "The compressed data ends in the middle of the record.",
        "bad_gzip" => "The record's gzip data are damaged.",
        "bad_zstd" => "The record's Zstandard data are damaged.",
        "cut_record" => "The file ends in the middle of the record.",
        "bad_header" => "The record's header lacks its type or its length, or states what cannot be read.",
        "bad_version" => "The record states a version of the WARC format that does not exist.",
        "wrong_length" => "The record does not end where its header says.",
        "too_large" => "The record is larger than what is read.",
        "garbage" => "These bytes belong to no record.",
        "empty_file" => "The file holds nothing.",
        "not_content" => "The record holds no response: requests and notes of the crawler are no documents.",
        "revisit" => "The crawler found the page unchanged and stored it elsewhere.",
        "http_status" => "The server did not answer with a page: it redirected, refused or failed.",
        "not_html" => "The response is of a type that is not read, such as an image.",
        "not_http" => "The record holds no HTTP response.",
        "not_joined" => "The record is the continuation of another one; such are not joined.",
        "unknown_type" => "The record is of a type that the WARC standard does not have.",
        _ => return None,
    })
}

fn extract(what: &str) -> Option<&'static str> {
    Some(match what {
        "no_text" => "The page holds no text, or none that is its main text.",
        "undecodable" => "Too many bytes of the page are none of its charset.",
        "too_large" => "The page has more bytes or more elements than are read.",
        "panic" => "A fault of the program ended the work on this record; please report it.",
        "no_license_mark" => {
            "The page holds nothing by which a license could be stated, and the plan keeps no such page."
        }
        _ => return None,
    })
}

fn language(what: &str) -> Option<&'static str> {
    Some(match what {
        "unknown" => "No language was recognized.",
        "not_wanted" => "The text is in a language that the plan does not keep.",
        "not_in_table" => "The plan's table has no bound for this language.",
        "low_score" => "The language is not certain enough.",
        "low_share" => "Too little of the text is in its main language.",
        "too_few_words" => "The text has too few words.",
        "too_many_words" => "The text has too many words.",
        _ => return None,
    })
}

fn rights(what: &str) -> Option<&'static str> {
    Some(match what {
        "open" => "The page is under an open license, which the plan does not keep.",
        "noncommercial" => "The page's license allows no commercial use, and the plan does not keep such.",
        "noderivatives" => "The page's license allows no changed copies, and the plan does not keep such.",
        "unclear" => "The page's statements on its license contradict each other or cannot be understood.",
        "reserved" => "The page or its server reserves rights, against text and data mining or altogether.",
        "none" => "The page states no license.",
        "low_confidence" => "The license is stated in a way that is not certain enough.",
        "scope" => "The license is not of the page's text, but of a part of the page or of something else.",
        "spdx" => "The plan does not keep this very license.",
        "domain" => "The plan does not keep pages of this site.",
        _ => return None,
    })
}

fn url(what: &str) -> Option<&'static str> {
    Some(match what {
        "without_host" => "The URL names no host.",
        "blocked_domain" => "The registered domain is on a list of what is not wanted.",
        "blocked_host" => "The host is on a list of what is not wanted.",
        "blocked_url" => "The URL is on a list of what is not wanted.",
        "blocked_word" => "The URL holds a word of a list.",
        "too_many_soft_words" => "The URL holds too many words that each alone would be well.",
        "blocked_subword" => "The URL holds letters of a list, inside a word or as one.",
        _ => return None,
    })
}

fn gopher_quality(what: &str) -> Option<&'static str> {
    Some(match what {
        "too_few_words" => "The text has too few words.",
        "too_many_words" => "The text has too many words.",
        "words_too_short" => "The words are too short on average.",
        "words_too_long" => "The words are too long on average.",
        "too_many_hashes" => "The text has too many `#` for its words.",
        "too_many_ellipses" => "The text has too many ellipses for its words.",
        "too_many_bullet_lines" => "Too many of the lines begin with a bullet.",
        "too_many_ellipsis_lines" => "Too many of the lines end in an ellipsis.",
        "too_few_alphabetic_words" => "Too few of the words hold a letter.",
        "too_few_stop_words" => "The text lacks the small words that every running text has.",
        _ => return None,
    })
}

fn gopher_repetition(what: &str) -> Option<&'static str> {
    Some(match what {
        "empty" => "The text is empty.",
        "duplicate_paragraphs" => "Too many of the paragraphs repeat another one.",
        "duplicate_paragraph_characters" => "Repeated paragraphs make up too much of the text.",
        "duplicate_lines" => "Too many of the lines repeat another one.",
        "duplicate_line_characters" => "Repeated lines make up too much of the text.",
        "top_2_gram" => "The most frequent run of 2 words makes up too much of the text.",
        "top_3_gram" => "The most frequent run of 3 words makes up too much of the text.",
        "top_4_gram" => "The most frequent run of 4 words makes up too much of the text.",
        "duplicate_5_grams" => "Runs of 5 words that occur more than once make up too much of the text.",
        "duplicate_6_grams" => "Runs of 6 words that occur more than once make up too much of the text.",
        "duplicate_7_grams" => "Runs of 7 words that occur more than once make up too much of the text.",
        "duplicate_8_grams" => "Runs of 8 words that occur more than once make up too much of the text.",
        "duplicate_9_grams" => "Runs of 9 words that occur more than once make up too much of the text.",
        "duplicate_10_grams" => "Runs of 10 words that occur more than once make up too much of the text.",
        _ => return None,
    })
}

fn lines(what: &str) -> Option<&'static str> {
    Some(match what {
        "lorem_ipsum" => "The text holds the filler words `lorem ipsum`.",
        "curly_bracket" => "The text holds a curly bracket, as code does.",
        "too_few_sentences" => "The text has too few sentences.",
        "empty" => "The text has no line that holds anything.",
        "too_few_punctuated_lines" => "Too few of the lines end in a mark that ends a sentence.",
        "too_many_short_lines" => "Too many of the lines are short.",
        "duplicate_line_characters" => "Repeated lines make up too much of the text.",
        "too_many_line_breaks" => "The text has too many line breaks for its words.",
        _ => return None,
    })
}

fn duplicates(what: &str) -> Option<&'static str> {
    Some(match what {
        "same_text" => "Another document has the same text and stands for this one.",
        "same_url" => "Another document has the same URL and stands for this one.",
        "same_payload" => "Another document has the same bytes and stands for this one.",
        "near_duplicate" => "Another document has nearly the same text and stands for this one.",
        "in_earlier_set" => "An earlier set holds a document with nearly the same text.",
        "rights_differ" => "Documents with nearly the same text state terms that the plan does not keep.",
        "nothing_left" => "Every line of the text stands in too many other documents and was cut.",
        _ => return None,
    })
}
