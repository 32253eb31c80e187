//! Pages: charset, tokens, tree and blocks, and the whole extraction.

use gristmill::extract::blocks::Blocks;
use gristmill::extract::html::limits::Limits;
use gristmill::extract::html::tag::{self, Tag};
use gristmill::extract::html::tokens::{Token, Tokenizer};
use gristmill::extract::html::tree::{Page, Tree};
use gristmill::extract::options::{Comments, Format, Mode, Options};
use gristmill::extract::{Extractor, Hints, charset};

/// Counted steps that a byte of page may cost; tags of three bytes cost the most.
const STEPS_A_BYTE_MAX: u64 = 3;
/// Steps that a page may cost beyond that.
const STEPS_BESIDE: u64 = 100;

const CHARSETS: [Option<&str>; 12] = [
    None,
    Some("utf-8"),
    Some("windows-1252"),
    Some("utf-16le"),
    Some("utf-16be"),
    Some("gb18030"),
    Some("big5"),
    Some("shift_jis"),
    Some("euc-jp"),
    Some("iso-2022-jp"),
    Some("euc-kr"),
    Some("x-user-defined"),
];

const ADDRESSES: [&str; 4] = ["", "https://example.org/", "http://a@b.jp:8080/x?y#z", "https://пример.рф."];

/// What the first byte chooses, and the bytes after it.
fn hints(bytes: &[u8]) -> (Hints<'static>, &[u8]) {
    let (first, rest) = bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first), rest));
    let url = ADDRESSES[first / CHARSETS.len() % ADDRESSES.len()];
    (Hints { http_charset: CHARSETS[first % CHARSETS.len()], url }, rest)
}

/// Any bytes become text, and each place in the text has its place in the bytes.
pub fn decode(bytes: &[u8]) {
    let (hints, payload) = hints(bytes);
    let decoded = charset::decode(payload, &hints);
    let again = charset::decode(payload, &hints);
    assert_eq!((&decoded.text, decoded.decoding()), (&again.text, again.decoding()));
    assert!(
        decoded.text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count() as u64 >= decoded.replacements()
    );
    let places: Vec<u64> = decoded.text.char_indices().map(|(at, _)| at as u64).collect();
    let mut offsets = places.clone();
    decoded.to_payload_offsets(&mut offsets);
    assert!(offsets.is_sorted() && offsets.iter().all(|offset| *offset <= payload.len() as u64));
    assert!(charset::decode_utf8(payload).text.chars().all(|c| c != '\0') || payload.contains(&0));
}

/// Tokens follow each other, lie in the page, begin and end at characters, and cost linear work.
pub fn tokens(bytes: &[u8]) {
    let page = String::from_utf8_lossy(bytes);
    let mut tokenizer = Tokenizer::new(&page, 64);
    let (mut attributes, mut before) = (Vec::new(), 0);
    while let Some(token) = tokenizer.next(&mut attributes) {
        let (start, end) = match token {
            Token::Text { start, end } => (start, end),
            Token::End { start, .. } => (start, start + "</a".len()),
            Token::Start(tag) => {
                if tag.tag.is(tag::RAW) {
                    tokenizer.enter_raw(tag.tag);
                }
                tokenizer.in_foreign = matches!(tag.tag, Tag::Svg | Tag::Math);
                (tag.start, tag.end)
            }
        };
        assert!(before <= start && start < end && page.get(start..end).is_some());
        for attribute in attributes.drain(..) {
            let (from, to) = (attribute.start as usize, attribute.end as usize);
            assert!(start < from && from <= to && to < end && page.get(from..to).is_some());
        }
        before = end;
    }
    assert!(tokenizer.steps <= STEPS_A_BYTE_MAX * page.len() as u64 + STEPS_BESIDE);
}

/// Nodes lie in each other like boxes, in the order of the page; blocks lie in them; the work is linear.
pub fn tree(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first), rest));
    let limits = Limits { depth_max: [1, 3, 10, 300][first % 4], attributes_max: 3, ..Limits::default() };
    let source = String::from_utf8_lossy(rest);
    let mut tree = Tree::default();
    tree.parse("<html><select><form><template>", &limits).expect("small pages fit");
    tree.parse(&source, &limits).expect("small pages fit");
    for (index, node) in tree.nodes.iter().enumerate().skip(1) {
        let (parent, close) = (node.parent as usize, node.close as usize);
        assert!(parent < index && index < close && close <= tree.nodes[parent].close as usize);
        assert!(tree.nodes[parent].tag != Tag::Text && !tree.nodes[parent].tag.is(tag::VOID));
        assert!(node.tag != Tag::Text || close == index + 1);
        assert!(source.get(node.start as usize..node.end as usize).is_some());
    }
    let mut depths = vec![0];
    for node in &tree.nodes[1..] {
        depths.push(depths[node.parent as usize] + 1);
    }
    // Beyond the deepest element lies a node that is not open, and raw text in it.
    assert!(depths.iter().all(|depth| *depth <= limits.depth_max + 2));
    let mut blocks = Blocks::default();
    blocks.fill(Page { source: &source, tree: &tree });
    let mut end = 0;
    for block in &blocks.list {
        assert!(end <= block.start && block.start < block.end && block.first <= block.last);
        assert!(!blocks.text_of(block).trim().is_empty());
        end = block.end;
    }
    let steps = tree.steps + blocks.steps;
    assert!(steps <= STEPS_A_BYTE_MAX * source.len() as u64 + STEPS_BESIDE, "{steps}");
}

/// Any payload is text in NFC or has a reason, the same each time, with its signals inside the payload.
pub fn extraction(bytes: &[u8]) {
    let (hints, payload) = hints(bytes);
    let ways = [
        (Mode::Main, Format::Plain, Comments::Auto),
        (Mode::Precise, Format::Markdown, Comments::Drop),
        (Mode::All, Format::Markdown, Comments::Keep),
    ];
    for (mode, format, comments) in ways {
        // Pages of few words are to come as far as any other.
        let options = Options { mode, format, comments, words_min: 0, ..Options::default() };
        let extractor = options.build().expect("sound options");
        check_extraction(&extractor, payload, &hints);
    }
}

fn check_extraction(extractor: &Extractor, payload: &[u8], hints: &Hints<'_>) {
    let found = extractor.extract(payload, hints);
    assert_eq!(found, extractor.extract(payload, hints));
    assert_eq!(extractor.plain_text(payload), extractor.plain_text(payload));
    let Ok(found) = found else { return };
    assert!(!found.text.is_empty() && unicode_normalization::is_nfc(&found.text));
    assert!(!found.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
    let links = found.signals.links.iter().map(|link| link.offset_bytes);
    let metas = found.signals.metas.iter().map(|meta| meta.offset_bytes);
    let scripts = found.signals.json_ld.iter().map(|script| script.offset_bytes);
    assert!(links.chain(metas).chain(scripts).all(|offset| offset < payload.len() as u64));
}
