//! The list of a takedown: one rule a line.
//!
//! `domain example.org`, `url-prefix https://…`, `url https://…`, `id <urn:uuid:…>`, `text-digest blake3:…`,
//! `passage at least eight words …`. A line that is plainly a URL or a domain needs no word before it. Blank lines and
//! lines that begin with `#` are comments. Anything else is refused: a rule that nobody understands takes nothing out.

use super::passage::{Rolling, WORDS_MIN, spelled};
use super::urls;
use crate::ledger::removal::RuleKind;

/// Most lines of a list.
const LINES_MAX: usize = 1_000_000;
/// Longest line, in bytes.
const LINE_BYTES_MAX: usize = 1 << 16;
/// Most different numbers of words that passages may have; a text is gone through once for each.
const PASSAGE_LENGTHS_MAX: usize = 64;

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it names.
    pub kind: RuleKind,
    /// As given, without the word before it.
    pub given: String,
    /// The form in which it is compared.
    pub normal: String,
}

/// A line that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}\nhint: {}", HINT)]
pub struct BadLine {
    /// The list.
    pub file: String,
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

const HINT: &str = "a line is `domain`, `url-prefix`, `url`, `id`, `text-digest` or `passage`, then what is meant; `#` begins a comment";

/// The rules of a list, each once, in the order given.
pub fn parse(file: &str, text: &str) -> Result<Vec<Rule>, BadLine> {
    let mut rules = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut lengths = std::collections::BTreeSet::new();
    for (index, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let wrong = |message: String| BadLine { file: file.to_owned(), line: index + 1, message };
        let line = line.trim();
        if index >= LINES_MAX {
            return Err(wrong(format!("a list may have {LINES_MAX} lines")));
        }
        if line.len() > LINE_BYTES_MAX {
            return Err(wrong(format!("the line has {} bytes; it may have {LINE_BYTES_MAX}", line.len())));
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let rule = parse_line(line).map_err(&wrong)?;
        if rule.kind == RuleKind::Passage {
            lengths.insert(Rolling::of(&rule.given).words());
            if lengths.len() > PASSAGE_LENGTHS_MAX {
                return Err(wrong(format!("passages may have {PASSAGE_LENGTHS_MAX} different numbers of words")));
            }
        }
        if seen.insert((rule.kind, rule.normal.clone())) {
            rules.push(rule);
        }
    }
    if rules.is_empty() {
        return Err(BadLine { file: file.to_owned(), line: 1, message: String::from("the list holds no rule") });
    }
    Ok(rules)
}

fn parse_line(line: &str) -> Result<Rule, String> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let kind = match word {
        "domain" => RuleKind::Domain,
        "url-prefix" => RuleKind::UrlPrefix,
        "url" => RuleKind::Url,
        "id" => RuleKind::Id,
        "text-digest" => RuleKind::TextDigest,
        "passage" => RuleKind::Passage,
        _ => return parse_bare(line),
    };
    let given = rest.trim();
    if given.is_empty() {
        return Err(format!("`{word}` stands alone"));
    }
    let normal = normal(kind, given)?;
    Ok(Rule { kind, given: given.to_owned(), normal })
}

fn parse_bare(line: &str) -> Result<Rule, String> {
    let is_one_word = !line.contains(char::is_whitespace);
    let kind = if is_one_word && line.contains("://") {
        Some(RuleKind::Url)
    } else if is_one_word && line.contains('.') && psl::suffix(line.as_bytes()).is_some_and(|suffix| suffix.is_known())
    {
        Some(RuleKind::Domain)
    } else {
        None
    };
    let kind = kind.ok_or("this is neither a rule nor plainly a URL or a domain")?;
    Ok(Rule { kind, given: line.to_owned(), normal: normal(kind, line)? })
}

/// The form in which a rule is compared, or why it cannot be used.
pub fn normal(kind: RuleKind, given: &str) -> Result<String, String> {
    match kind {
        RuleKind::Domain => urls::parse_domain(given).map_err(|why| format!("`{given}`: {why}")),
        RuleKind::UrlPrefix | RuleKind::Url => {
            let parsed = url::Url::parse(given).map_err(|error| format!("`{given}` is no URL: {error}"))?;
            if !parsed.has_host() {
                return Err(format!("`{given}` is a URL without a host"));
            }
            Ok(urls::comparable(given))
        }
        RuleKind::Id => match urls::bare_id(given) {
            id if id.contains(char::is_whitespace) => Err(format!("`{given}` is no record id: it holds white space")),
            id if !id.contains(':') => Err(format!("`{given}` is no record id; one is like <urn:uuid:…>")),
            id => Ok(id.to_owned()),
        },
        RuleKind::TextDigest => {
            let hex = given.strip_prefix("blake3:").unwrap_or_default();
            if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(format!("`{given}` is no text digest; one is blake3: and 64 hexadecimal digits"));
            }
            Ok(given.to_ascii_lowercase())
        }
        RuleKind::Passage => {
            let words = Rolling::of(given).words();
            if words < WORDS_MIN {
                return Err(format!("the passage has {words} words; it needs {WORDS_MIN} or more"));
            }
            Ok(spelled(given, 0, words))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_rule_is_read() {
        let digest = format!("blake3:{}", "0A".repeat(32));
        let list = format!(
            "# why\n\ndomain Example.org\nurl-prefix https://example.org/a\nurl http://example.org:80/b#c\n\
             id <urn:uuid:1>\ntext-digest {digest}\npassage One, two three four five six seven EIGHT.\n\
             https://example.net/x y\n"
        );
        let rules = parse("list", &list.replace("x y", "x")).expect("a good list");
        let found: Vec<_> = rules.iter().map(|rule| (rule.kind, rule.normal.as_str())).collect();
        let digest = digest.to_lowercase();
        assert_eq!(
            found,
            [
                (RuleKind::Domain, "example.org"),
                (RuleKind::UrlPrefix, "//example.org/a"),
                (RuleKind::Url, "//example.org/b"),
                (RuleKind::Id, "urn:uuid:1"),
                (RuleKind::TextDigest, &*digest),
                (RuleKind::Passage, "one two three four five six seven eight"),
                (RuleKind::Url, "//example.net/x"),
            ]
        );
        assert_eq!(rules[2].given, "http://example.org:80/b#c");
        let bare = parse("list", "blog.example.com\nexample.com\nEXAMPLE.com").expect("a good list");
        assert_eq!(bare.iter().map(|rule| &*rule.normal).collect::<Vec<_>>(), ["blog.example.com", "example.com"]);
        assert!(parse("list", &list).is_err(), "a URL holds no space");
    }

    #[test]
    fn what_is_no_rule_is_named_with_its_line() {
        let check = |line: &str, expected: &str| {
            let error = parse("gone.txt", &format!("# first\n{line}\n")).expect_err(line).to_string();
            assert!(error.starts_with("gone.txt:2: ") && error.contains(expected), "{error}");
            assert!(error.contains("\nhint: "), "{error}");
        };
        check("please remove my page", "neither a rule");
        check("org", "neither a rule");
        check("localhost", "neither a rule");
        check("domain", "stands alone");
        check("domain org", "public suffix");
        check("domain https://example.org/", "host name alone");
        check("url example.org/a", "is no URL");
        check("url mailto:me@example.org", "without a host");
        check("id 17", "no record id");
        check("text-digest blake3:12", "64 hexadecimal digits");
        check("text-digest sha1:12", "64 hexadecimal digits");
        check("passage one two three four five six seven", "7 words");
        assert!(parse("gone.txt", "# nothing\n").expect_err("empty").message.contains("no rule"));
    }

    #[test]
    fn passages_may_have_so_many_lengths_and_no_more() {
        let list = |lengths: usize| -> String {
            (0..lengths).map(|more| format!("passage {}\n", "word ".repeat(WORDS_MIN + more))).collect()
        };
        assert!(parse("list", &list(PASSAGE_LENGTHS_MAX)).is_ok());
        assert!(parse("list", &list(PASSAGE_LENGTHS_MAX + 1)).is_err());
    }
}
