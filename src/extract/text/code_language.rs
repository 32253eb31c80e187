//! The language of preformatted code, where the page states it.
//!
//! HTML's own habit, and that of nearly every highlighter: a class `language-…` or `lang-…` on `pre`, on a `code` in
//! it, or on one of the two elements around it.

use super::super::html::attribute::Name;
use super::super::html::tree::{Node, Page};

/// Longest name of a language.
const NAME_BYTES_MAX: usize = 20;
/// Elements looked at around a `pre`.
const AROUND_MAX: usize = 2;
/// Nodes looked at inside a `pre`.
const INSIDE_MAX: usize = 4;
/// What says that there is none.
const NONE: [&str; 4] = ["none", "plaintext", "text", "plain"];

/// The language of the `pre` at a node, as stated.
pub fn of<'a>(page: Page<'a>, pre: u32) -> Option<&'a str> {
    let nodes = &page.tree.nodes;
    let first = pre as usize;
    let close = (nodes[first].close as usize).min(first + INSIDE_MAX);
    if let Some(language) = nodes[first..close].iter().find_map(|node| stated(page, node)) {
        return Some(language);
    }
    let mut at = first;
    (0..AROUND_MAX).find_map(|_| {
        at = nodes[at].parent as usize;
        stated(page, &nodes[at])
    })
}

fn stated<'a>(page: Page<'a>, node: &Node) -> Option<&'a str> {
    let classes = page.attribute(node, Name::Class)?;
    classes.split_ascii_whitespace().find_map(language_of)
}

fn language_of(class: &str) -> Option<&str> {
    let after = |prefix: &str| class.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix));
    let prefix = after("language-").or_else(|| after("lang-"))?;
    let name = &class[prefix.len()..];
    let is_name =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#' | b'.' | b'-' | b'_'));
    let is_stated = !name.is_empty() && !NONE.iter().any(|none| none.eq_ignore_ascii_case(name));
    (is_name && is_stated && name.len() <= NAME_BYTES_MAX).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_what_follows_the_prefix() {
        for (class, expected) in [
            ("language-rust", Some("rust")),
            ("LANG-C++", Some("C++")),
            ("language-", None),
            ("language-none", None),
            ("lang-a`b", None),
            ("rust", None),
            ("lang", None),
        ] {
            assert_eq!(language_of(class), expected, "{class}");
        }
    }
}
