//! What should happen to a sample record in the quickstart pipeline, in the words of the ledger.
//!
//! Every reason that the samples expect is named here and nowhere else in the tests.

/// What the quickstart pipeline does with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It becomes a row of a shard.
    Kept,
    /// It is dropped for this reason.
    Dropped(&'static str),
}

impl Fate {
    /// `kept`, or the reason.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Dropped(reason) => reason,
        }
    }
}

/// Kept.
pub const KEPT: Fate = Fate::Kept;

pub const NOT_CONTENT: Fate = Fate::Dropped("warc.not_content");
pub const REVISIT: Fate = Fate::Dropped("warc.revisit");
pub const HTTP_STATUS: Fate = Fate::Dropped("warc.http_status");
pub const NOT_HTML: Fate = Fate::Dropped("warc.not_html");
pub const BAD_GZIP: Fate = Fate::Dropped("warc.bad_gzip");
pub const CUT_MEMBER: Fate = Fate::Dropped("warc.cut_member");
pub const BAD_HEADER: Fate = Fate::Dropped("warc.bad_header");
pub const BAD_VERSION: Fate = Fate::Dropped("warc.bad_version");
pub const WRONG_LENGTH: Fate = Fate::Dropped("warc.wrong_length");
pub const NOT_HTTP: Fate = Fate::Dropped("warc.not_http");
pub const NOT_JOINED: Fate = Fate::Dropped("warc.not_joined");
pub const UNKNOWN_TYPE: Fate = Fate::Dropped("warc.unknown_type");
pub const EMPTY_PAYLOAD: Fate = Fate::Dropped("extract.no_text");

pub const UNDECODABLE: Fate = Fate::Dropped("extract.undecodable");
pub const NO_TEXT: Fate = Fate::Dropped("extract.no_text");

pub const URL_WITHOUT_HOST: Fate = Fate::Dropped("url.without_host");
pub const BLOCKED_DOMAIN: Fate = Fate::Dropped("url.blocked_domain");
pub const BLOCKED_HOST: Fate = Fate::Dropped("url.blocked_host");
pub const BLOCKED_URL: Fate = Fate::Dropped("url.blocked_url");
pub const BLOCKED_WORD: Fate = Fate::Dropped("url.blocked_word");
pub const SOFT_WORDS: Fate = Fate::Dropped("url.too_many_soft_words");
pub const BLOCKED_SUBWORD: Fate = Fate::Dropped("url.blocked_subword");
pub const LANGUAGE_NOT_WANTED: Fate = Fate::Dropped("language.not_wanted");
pub const LANGUAGE_LOW_SCORE: Fate = Fate::Dropped("language.low_score");
pub const LANGUAGE_UNKNOWN: Fate = Fate::Dropped("language.unknown");

pub const NO_LICENSE: Fate = Fate::Dropped("rights.none");
pub const NONCOMMERCIAL: Fate = Fate::Dropped("rights.noncommercial");
pub const NODERIVATIVES: Fate = Fate::Dropped("rights.noderivatives");
pub const UNCLEAR: Fate = Fate::Dropped("rights.unclear");
pub const LOW_CONFIDENCE: Fate = Fate::Dropped("rights.low_confidence");
pub const RESERVED: Fate = Fate::Dropped("rights.reserved");

pub const TOO_FEW_WORDS: Fate = Fate::Dropped("length.too_few_words");
pub const TOO_MANY_WORDS: Fate = Fate::Dropped("length.too_many_words");

pub const SHORT_WORDS: Fate = Fate::Dropped("gopher_quality.words_too_short");
pub const LONG_WORDS: Fate = Fate::Dropped("gopher_quality.words_too_long");
pub const HASH_SYMBOLS: Fate = Fate::Dropped("gopher_quality.too_many_hashes");
pub const ELLIPSES: Fate = Fate::Dropped("gopher_quality.too_many_ellipses");
pub const BULLET_LINES: Fate = Fate::Dropped("gopher_quality.too_many_bullet_lines");
pub const ELLIPSIS_LINES: Fate = Fate::Dropped("gopher_quality.too_many_ellipsis_lines");
pub const FEW_ALPHABETIC: Fate = Fate::Dropped("gopher_quality.too_few_alphabetic_words");
pub const FEW_STOP_WORDS: Fate = Fate::Dropped("gopher_quality.too_few_stop_words");

pub const DUPLICATE_PARAGRAPHS: Fate = Fate::Dropped("gopher_repetition.duplicate_paragraphs");
pub const DUPLICATE_PARAGRAPH_CHARS: Fate = Fate::Dropped("gopher_repetition.duplicate_paragraph_characters");
pub const DUPLICATE_LINES: Fate = Fate::Dropped("gopher_repetition.duplicate_lines");
pub const DUPLICATE_LINE_CHARS: Fate = Fate::Dropped("gopher_repetition.duplicate_line_characters");
pub const TOP_2_GRAM: Fate = Fate::Dropped("gopher_repetition.top_2_gram");
pub const TOP_3_GRAM: Fate = Fate::Dropped("gopher_repetition.top_3_gram");
pub const TOP_4_GRAM: Fate = Fate::Dropped("gopher_repetition.top_4_gram");
pub const DUPLICATE_5_GRAM: Fate = Fate::Dropped("gopher_repetition.duplicate_5_grams");
pub const DUPLICATE_6_GRAM: Fate = Fate::Dropped("gopher_repetition.duplicate_6_grams");
pub const DUPLICATE_7_GRAM: Fate = Fate::Dropped("gopher_repetition.duplicate_7_grams");
pub const DUPLICATE_8_GRAM: Fate = Fate::Dropped("gopher_repetition.duplicate_8_grams");
pub const DUPLICATE_9_GRAM: Fate = Fate::Dropped("gopher_repetition.duplicate_9_grams");
pub const DUPLICATE_10_GRAM: Fate = Fate::Dropped("gopher_repetition.duplicate_10_grams");

pub const EXACT_DUPLICATE: Fate = Fate::Dropped("exact.same_text");
pub const NEAR_DUPLICATE: Fate = Fate::Dropped("minhash.near_duplicate");
