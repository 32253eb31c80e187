//! What a page states about itself: license links, meta, JSON-LD, microdata and RDFa, language, title, author, dates.
//!
//! Kept as found and not judged. Links are kept if their `rel` says `license`, if their address mentions a license
//! (`license_words.rs`), or if microdata or RDFa says that they state one. Any element whose `itemprop` or `property`
//! names a license (`license`, `dct:license`, `cc:license`, `dc:rights`, `usageInfo`, …) counts as a link whose `rel`
//! is that name; its address is `href`, `resource`, `content` or `src`, or else its text. Bounds: [`LINKS_MAX`],
//! [`METAS_MAX`], [`SCRIPTS_MAX`], [`SCRIPT_BYTES_MAX`], [`VALUE_BYTES_MAX`]; what lies beyond is left out from the
//! end of the page, where a page of honest size has nothing.

mod bibliographic;
mod license_words;
mod notices;
mod place;
mod scripts;
mod subject;

use crate::document::signals::{Around, LinkSignal, MetaSignal, Place, ScriptSignal, Signals};

use super::blocks::Blocks;
use super::charset::Decoded;
use super::html::attribute::{Attribute, Name};
use super::html::tag::Tag;
use super::html::tree::{Node, Page};
use super::html::{context, entities};
use super::squeeze::Squeezer;
use notices::Paragraphs;

/// Links kept of a page.
pub const LINKS_MAX: usize = 256;
/// `meta` elements kept of a page.
pub const METAS_MAX: usize = 256;
/// JSON-LD blocks kept of a page.
pub const SCRIPTS_MAX: usize = 64;
/// Bytes of JSON-LD kept of a page; a block that does not fit is left out whole.
pub const SCRIPT_BYTES_MAX: usize = 1 << 20;
/// Bytes kept of one value.
pub const VALUE_BYTES_MAX: usize = 4096;
/// Characters kept of a link's text.
const LINK_TEXT_MAX: usize = 200;
/// Characters kept of the text around a link.
const AROUND_MAX: usize = 400;
/// Nodes looked at for the text of one link.
const LINK_NODES_MAX: usize = 200;

/// Names of properties that state a license or rights, without their prefix, in lower case.
const LICENSE_PROPERTIES: &[&str] =
    &["license", "licence", "rights", "usageinfo", "copyrightnotice", "acquirelicensepage", "conditionsofaccess"];

/// Collects the signals of a page. Offsets are those of the decoded page, not of the payload.
/// `chosen` says of each block whether it is main text.
pub fn collect(page: Page<'_>, blocks: &Blocks, chosen: &[bool]) -> Signals {
    let mut signals = Signals::default();
    let paragraphs = Paragraphs::of(blocks, chosen);
    let mut linked = Vec::new();
    let mut script_bytes = 0;
    for (index, node) in page.tree.nodes.iter().enumerate() {
        if node.tag == Tag::Script && signals.scripts.len() < scripts::KEPT_MAX {
            signals.scripts.extend(scripts::around_address(page, index));
        }
        if node.attributes_len == 0 {
            continue;
        }
        match node.tag {
            Tag::Meta => push_meta(page, node, &mut signals),
            Tag::Script => push_script(page, index, &mut script_bytes, &mut signals),
            Tag::Html => {
                let language = page.attribute(node, Name::Lang).or_else(|| page.attribute(node, Name::XmlLang));
                signals.declared_language = language.map(value_of).filter(|language| !language.is_empty());
            }
            _ => {}
        }
        if node.context & context::TEMPLATE == 0 && push_link(page, (blocks, chosen, &paragraphs), index, &mut signals)
        {
            linked.push(index);
        }
    }
    mark_lists(page, (blocks, &paragraphs), &linked, &mut signals.links);
    signals.notices = notices::collect(page, blocks, chosen, &paragraphs);
    if !signals.links.is_empty() || signals.notices.iter().any(notices::names_license) {
        // RDF in a comment counts only beside a statement that a reader sees.
        signals.rdf = scripts::rdf(page.source);
    }
    bibliographic::fill(page, blocks, &mut signals);
    signals
}

/// Collects what a text without markup states about itself.
pub fn of_plain_text(text: &str) -> Signals {
    Signals { notices: notices::of_lines(text), ..Signals::default() }
}

/// Turns the offsets of collected signals into offsets of the payload.
pub fn to_payload_offsets(signals: &mut Signals, decoded: &Decoded<'_>) {
    let links = signals.links.iter_mut().map(|link| &mut link.offset_bytes);
    let metas = signals.metas.iter_mut().map(|meta| &mut meta.offset_bytes);
    let scripts = signals.json_ld.iter_mut().map(|script| &mut script.offset_bytes);
    let written = signals.scripts.iter_mut().chain(&mut signals.rdf).map(|script| &mut script.offset_bytes);
    let notices = signals.notices.iter_mut().map(|notice| &mut notice.offset_bytes);
    let mut places: Vec<&mut u64> = links.chain(metas).chain(scripts).chain(written).chain(notices).collect();
    places.sort_unstable();
    let mut offsets: Vec<u64> = places.iter().map(|place| **place).collect();
    decoded.to_payload_offsets(&mut offsets);
    for (place, offset) in places.into_iter().zip(offsets) {
        *place = offset;
    }
}

fn push_meta(page: Page<'_>, node: &Node, signals: &mut Signals) {
    let Some(content) = page.attribute(node, Name::Content) else { return };
    let names = [Name::MetaName, Name::Property, Name::Itemprop, Name::HttpEquiv];
    let Some(name) = names.iter().find_map(|name| page.attribute(node, *name)) else { return };
    if signals.metas.len() < METAS_MAX {
        signals.metas.push(MetaSignal {
            name: value_of(name.trim()).to_lowercase(),
            content: value_of(content),
            offset_bytes: u64::from(node.start),
        });
    }
}

fn push_script(page: Page<'_>, index: usize, bytes: &mut usize, signals: &mut Signals) {
    let node = &page.tree.nodes[index];
    let kind = page.attribute(node, Name::Type).unwrap_or_default().trim();
    let kind = kind.split(';').next().unwrap_or_default().trim_end();
    let Some(text) = page.tree.nodes.get(index + 1).filter(|text| text.parent as usize == index) else { return };
    if !kind.eq_ignore_ascii_case("application/ld+json") || node.context & context::TEMPLATE != 0 {
        return;
    }
    let written = page.written(text);
    if signals.json_ld.len() < SCRIPTS_MAX && *bytes + written.len() <= SCRIPT_BYTES_MAX {
        *bytes += written.len();
        signals.json_ld.push(ScriptSignal { text: written.to_owned(), offset_bytes: u64::from(text.start) });
    }
}

/// What makes an element a license link, and where its address stands.
struct Statement<'a> {
    rel: &'a str,
    href: Option<&'a str>,
}

/// Keeps the element at `index` if it may state a license.
fn push_link(
    page: Page<'_>,
    (blocks, chosen, paragraphs): (&Blocks, &[bool], &Paragraphs),
    index: usize,
    signals: &mut Signals,
) -> bool {
    let node = &page.tree.nodes[index];
    let Some(statement) = statement(page, node).filter(|_| signals.links.len() < LINKS_MAX) else { return false };
    let text = link_text(page, index);
    let block = blocks.around(index as u32, node.close);
    let around = block.map_or("", |block| blocks.text_of(block));
    let at = block.map(|block| blocks.index_of(block));
    let label = match at {
        Some(at) => notices::label(blocks, at),
        None => notices::label_of_picture(page, blocks, index),
    };
    let place = match place::of(page, index) {
        Place::Body if at.is_some_and(|at| chosen.get(at) == Some(&true)) => Place::Main,
        place => place,
    };
    let subject = subject::of(page, index);
    signals.links.push(LinkSignal {
        rel: value_of(statement.rel),
        href: statement.href.map_or_else(|| text.clone(), |href| value_of(href.trim())),
        around: window(around, &text),
        label: label.to_owned(),
        media_type: page.attribute(node, Name::Type).map(value_of).unwrap_or_default(),
        about: subject.about,
        item_type: subject.item_type,
        place,
        is_in_list: false,
        around_it: at.map_or_else(Around::default, |at| paragraphs.around(blocks, at)),
        is_link_element: node.tag == Tag::Link,
        offset_bytes: u64::from(node.start),
        text,
    });
    true
}

/// Marks the links that stand in like items of one list. An item with text of its own is a post.
fn mark_lists(page: Page<'_>, (blocks, paragraphs): (&Blocks, &Paragraphs), nodes: &[usize], links: &mut [LinkSignal]) {
    let mut items: Vec<(u32, u32, usize)> = Vec::new();
    for (link, node) in nodes.iter().enumerate() {
        items.extend(place::item(page, *node).map(|(list, item)| (list, item, link)));
    }
    items.sort_unstable();
    for pair in items.windows(2) {
        let [(list, item, _), (other_list, other_item, _)] = pair else { continue };
        if list == other_list && item != other_item && place::are_like(page, *item, *other_item) {
            for (_, item, link) in pair {
                let range = (*item, page.tree.nodes[*item as usize].close);
                links[*link].is_in_list = true;
                if paragraphs.any_inside(blocks, range, nodes[*link] as u32) {
                    links[*link].place = Place::Post;
                }
            }
        }
    }
}

fn statement<'a>(page: Page<'a>, node: &Node) -> Option<Statement<'a>> {
    let (mut rel, mut href, mut other, mut property) = (None, None, None, None);
    for attribute in page.attributes(node) {
        let value = attribute_value(page, attribute);
        match attribute.name {
            Name::Rel => rel = Some(value),
            Name::Href => href = Some(value),
            Name::Resource | Name::Content | Name::Src => other = other.or(Some(value)),
            Name::Itemprop | Name::Property if states_license(value) => property = Some(value),
            _ => {}
        }
    }
    let says_license = rel.is_some_and(|rel| rel.split_ascii_whitespace().any(is_license_name));
    let is_link = matches!(node.tag, Tag::A | Tag::Area | Tag::Link);
    // The link around a badge says what the badge says.
    let is_badge = node.tag == Tag::Img && node.context & context::LINK == 0 && other.is_some_and(is_badge);
    let mentions = is_link && href.is_some_and(|href| license_words::mentions_license(href.as_bytes()));
    if says_license || is_badge || property.is_none() && mentions {
        return Some(Statement { rel: rel.unwrap_or_default(), href: Some(href.or(other)?) });
    }
    let property = property.filter(|_| node.tag != Tag::Meta || page.attribute(node, Name::Itemprop).is_some())?;
    Some(Statement { rel: property, href: href.or(other) })
}

/// Whether an image comes from where Creative Commons keeps its badges.
fn is_badge(address: &str) -> bool {
    let bytes = address.as_bytes();
    let names = |host: &[u8]| memchr::memmem::find(&bytes[..bytes.len().min(100)], host).is_some();
    names(b"creativecommons.org/") || names(b"licensebuttons.net/")
}

fn attribute_value<'a>(page: Page<'a>, attribute: &Attribute) -> &'a str {
    &page.source[attribute.start as usize..attribute.end as usize]
}

/// A `rel` token, its vocabulary's prefix left out: `license`, `cc:license`, `dct:license`.
fn is_license_name(token: &str) -> bool {
    let name = token.rsplit([':', '/', '#']).next().unwrap_or_default();
    name.eq_ignore_ascii_case("license") || name.eq_ignore_ascii_case("licence")
}

fn states_license(names: &str) -> bool {
    names.split_ascii_whitespace().any(|token| {
        let name = token.rsplit([':', '/', '#']).next().unwrap_or_default();
        LICENSE_PROPERTIES.iter().any(|property| name.eq_ignore_ascii_case(property))
    })
}

/// The text inside an element, white space squeezed, cut at 200 characters.
fn link_text(page: Page<'_>, index: usize) -> String {
    let nodes = &page.tree.nodes;
    let close = (nodes[index].close as usize).min(index + LINK_NODES_MAX);
    text_of(page, index + 1, close, LINK_TEXT_MAX)
}

/// The text of the nodes `from..to` that a reader sees, white space squeezed.
fn text_of(page: Page<'_>, from: usize, to: usize, characters_max: usize) -> String {
    let mut squeezer = Squeezer::default();
    let mut out = String::new();
    squeezer.begin(&out);
    for node in &page.tree.nodes[from.min(to)..to] {
        if node.tag != Tag::Text || node.context & context::NEVER_SHOWN != 0 || node.space_before {
            squeezer.space();
        }
        if node.tag == Tag::Text && node.context & context::NEVER_SHOWN == 0 && out.len() < 4 * characters_max {
            let written = page.written(node);
            let limit = written.floor_char_boundary(VALUE_BYTES_MAX);
            squeezer.push(&written[..limit], true, &mut out);
        }
    }
    cut(&out, characters_max).to_owned()
}

/// A value with its references decoded and its ends trimmed, cut at [`VALUE_BYTES_MAX`].
fn value_of(written: &str) -> String {
    let written = written.trim();
    let mut value = String::with_capacity(written.len().min(VALUE_BYTES_MAX));
    entities::decode_into(&written[..written.floor_char_boundary(VALUE_BYTES_MAX)], &mut value);
    value
}

/// The first characters of a text.
fn cut(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(at, _)| &text[..at])
}

/// At most 400 characters of the line of a block that holds the link, with the link in their middle.
fn window(block: &str, link: &str) -> String {
    let first = link.lines().next().unwrap_or_default();
    let at = memchr::memmem::find(block.as_bytes(), first.as_bytes()).unwrap_or(0);
    let line = block[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = block[at..].find('\n').map_or(block.len(), |end| at + end);
    let (block, at) = if link.is_empty() { (block, 0) } else { (&block[line..line_end], at - line) };
    let spare = AROUND_MAX.saturating_sub(link.chars().count()) / 2;
    let start = block[..at].char_indices().rev().take(spare).last().map_or(at, |(start, _)| start);
    let text = cut(&block[start..], AROUND_MAX);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
