//! What readers wrote below a page: finds it by the page's structure, and leaves it out or takes it.
//!
//! A comments section is an element whose class, id, `role` or `itemprop` says comments, or whose `itemtype` is that
//! of a comment. Class names are English in most templates, whatever the language of the text; a few others are known.
//! It holds neither the page's title nor its main element. Posts of a forum and answers are content: many forums
//! declare them as comments to search engines, so on their pages, and on elements that call themselves a post or an
//! answer, that declaration counts for nothing. Nor is anything left out of a page that calls itself a forum, or of one
//! that is next to nothing but comments. Reply forms, buttons, and links that share or reply are never text.

use std::cell::LazyCell;
use std::ops::Range;

use memchr::memmem;

use super::blocks::{Block, Blocks};
use super::html::attribute::Name;
use super::html::name_hash::name_hash;
use super::html::tag::{self, Tag};
use super::html::tree::{Node, Page};
use super::html::{class_words, context};
use super::options::Comments;

/// Words of running text outside of comments that make a page more than its comments.
const OUTSIDE_WORDS_MIN: u32 = 25;
/// One in so many of the words of running text stands outside of comments on a page that is more than its comments.
const OUTSIDE_SHARE_INVERSE: u32 = 12;
/// Words from which a block is running text, if few of them are links.
const RUNNING_WORDS_MIN: u32 = 8;
/// Most links that running text has.
const RUNNING_LINK_DENSITY_MAX: f32 = 0.3;
/// Words up to which a block that is all links is a button: to reply, to share, to vote.
const BUTTON_WORDS_MAX: u32 = 3;

/// It says comments.
const COMMENTS: u8 = 1;
/// Beside the word for comments: it speaks of them, and does not hold them.
const ABOUT: u8 = 1 << 1;
/// It is a part of a conversation that is the page's content.
const POST: u8 = 1 << 2;
/// It is a list of what was written on other pages.
const ELSEWHERE: u8 = 1 << 3;
/// It is no text: a form, or buttons.
const FURNITURE: u8 = 1 << 4;
/// It is the page's main text.
const MAIN: u8 = 1 << 5;
/// It is a conversation whatever else it says.
const CONVERSATION: u8 = 1 << 6;

/// Said of a whole page: it is a conversation.
const FORUM: u8 = 1 << 7;

const WORDS: &[(u8, &[&str])] = &[
    (COMMENTS, &["comment", "comments", "commentlist", "commentarea", "commentaire", "commentaires", "comentario"]),
    (COMMENTS, &["comentarios", "comentários", "commenti", "kommentar", "kommentare", "kommentarer", "komentarze"]),
    (COMMENTS, &["reacties", "yorumlar", "disqus", "respond", "guestbook"]),
    (ABOUT, &["no", "has", "with", "open", "opened", "closed", "count", "counter", "number", "num", "off", "disabled"]),
    (ABOUT, &["enabled", "link", "links", "icon", "without", "allow", "allowed", "hascomments", "toggle", "action"]),
    (POST, &["post", "posts", "postbody", "crawler", "reply", "thread", "discussion"]),
    (CONVERSATION, &["message", "messages", "messagelist", "topic", "forum", "answer", "answers", "question"]),
    (FORUM, &["forum", "forums", "bbpress"]),
    (ELSEWHERE, &["recent", "latest", "widget", "sidebar", "popular"]),
    (FURNITURE, &["respond", "commentform", "share", "sharing", "social", "pagination", "pager", "login", "votes"]),
    (MAIN, &["articlebody", "blogpost", "entry-content", "post-content", "article-body", "article-content"]),
];

const SLOTS: usize = 512;
const TABLE: [(u32, u8); SLOTS] = table();

const fn table() -> [(u32, u8); SLOTS] {
    let mut table = [(0, 0); SLOTS];
    let mut group = 0;
    while group < WORDS.len() {
        let (kind, words) = WORDS[group];
        let mut index = 0;
        while index < words.len() {
            let hash = name_hash(words[index].as_bytes());
            let mut slot = hash as usize % SLOTS;
            while table[slot].1 != 0 && table[slot].0 != hash {
                slot = (slot + 1) % SLOTS;
            }
            table[slot] = (hash, table[slot].1 | kind);
            index += 1;
        }
        group += 1;
    }
    table
}

/// Leaves comments out of the chosen blocks, or takes them in, as `switch` says.
pub fn apply(page: Page<'_>, blocks: &Blocks, switch: Comments, chosen: &mut [bool]) {
    let found = if switch == Comments::Auto { Vec::new() } else { sections(page) };
    if found.is_empty() {
        return;
    }
    let outside = Outside::of(blocks, &found, chosen);
    match switch {
        Comments::Auto => {}
        Comments::Drop if !outside.is_a_page() || calls_itself_forum(page) => {}
        Comments::Drop => {
            let mut sections = Walk::over(&found);
            for (block, chosen) in blocks.list.iter().zip(chosen) {
                *chosen &= sections.around(block).is_none();
            }
        }
        Comments::Keep => {
            let furniture = furniture(page, &found);
            let (mut sections, mut furniture) = (Walk::over(&found), Walk::over(&furniture));
            for (block, chosen) in blocks.list.iter().zip(chosen) {
                let Some(section) = sections.around(block) else { continue };
                let is_below = section.start > outside.begin && kinds(page, section.start) & ELSEWHERE == 0;
                let is_text = furniture.around(block).is_none() && is_text(page, section.start, block);
                *chosen = (*chosen || is_below) && is_text;
            }
        }
    }
}

/// The chosen blocks outside of comments.
struct Outside {
    /// Node at which they begin.
    begin: u32,
    /// Words of those that are running text.
    running_words: u32,
    /// Words of running text that is chosen, in comments too.
    all_running_words: u32,
}

impl Outside {
    fn of(blocks: &Blocks, sections: &[Range<u32>], chosen: &[bool]) -> Self {
        let mut sections = Walk::over(sections);
        let mut found = Self { begin: u32::MAX, running_words: 0, all_running_words: 0 };
        for (block, _) in blocks.list.iter().zip(chosen).filter(|(_, chosen)| **chosen) {
            let runs = block.counts.words >= RUNNING_WORDS_MIN && block.link_density() < RUNNING_LINK_DENSITY_MAX;
            let words = if runs { block.counts.words } else { 0 };
            found.all_running_words += words;
            if sections.around(block).is_none() {
                found.begin = found.begin.min(block.first);
                found.running_words += words;
            }
        }
        found.begin = if found.begin == u32::MAX { 0 } else { found.begin };
        found
    }

    /// Whether what stands outside of comments is a page by itself.
    fn is_a_page(&self) -> bool {
        self.running_words >= OUTSIDE_WORDS_MIN.max(self.all_running_words / OUTSIDE_SHARE_INVERSE)
    }
}

/// A walk over stretches of nodes beside one over the blocks.
struct Walk<'a> {
    left: &'a [Range<u32>],
}

impl<'a> Walk<'a> {
    fn over(stretches: &'a [Range<u32>]) -> Self {
        Self { left: stretches }
    }

    /// The stretch that a block is in. Blocks are asked for in document order.
    fn around(&mut self, block: &Block) -> Option<&'a Range<u32>> {
        while let Some((_, rest)) = self.left.split_first().filter(|(first, _)| first.end <= block.first) {
            self.left = rest;
        }
        self.left.first().filter(|first| first.start <= block.first)
    }
}

/// The nodes of the outermost comments sections, in document order.
fn sections(page: Page<'_>) -> Vec<Range<u32>> {
    let declared = declared_comments(page);
    let mains = LazyCell::new(|| main_nodes(page));
    let mut found = Vec::new();
    let mut index = 1;
    while let Some(node) = page.tree.nodes.get(index as usize) {
        if is_section(page, index, &declared) {
            let inside = mains.partition_point(|main| *main <= index)..mains.partition_point(|main| *main < node.close);
            if inside.is_empty() {
                found.push(index..node.close);
                index = node.close;
                continue;
            }
        }
        index += 1;
    }
    found
}

fn is_section(page: Page<'_>, index: u32, declared: &Declared) -> bool {
    let node = &page.tree.nodes[index as usize];
    let may_be = node.tag.is(tag::BLOCK) || node.tag == Tag::Unknown;
    if !may_be || matches!(node.tag, Tag::Html | Tag::Body | Tag::Main) || node.tag.heading_level() > 0 {
        return false;
    }
    let is_declared = declared.nodes.binary_search(&index).is_ok();
    let kinds = kinds(page, index);
    if kinds & COMMENTS == 0 && !is_declared || kinds & CONVERSATION != 0 {
        return false;
    }
    if names_comments(page, node) {
        return kinds & ABOUT == 0;
    }
    !declared.is_forum && kinds & (POST | ABOUT) == 0
}

/// Whether class, id or role say comments, and not the microdata alone.
fn names_comments(page: Page<'_>, node: &Node) -> bool {
    let mut kinds = 0;
    for name in [Name::Class, Name::Id, Name::Role] {
        let value = page.attribute(node, name).unwrap_or_default();
        class_words::each(value.as_bytes(), &mut |word| kinds |= kind_of(word));
    }
    kinds & COMMENTS != 0
}

/// What the words of a node say, bits of the constants above.
fn kinds(page: Page<'_>, index: u32) -> u8 {
    let mut kinds = 0;
    class_words::each_of(page, &page.tree.nodes[index as usize], |word| kinds |= kind_of(word));
    kinds
}

fn kind_of(word: u32) -> u8 {
    let mut slot = word as usize % SLOTS;
    while TABLE[slot].1 != 0 {
        if TABLE[slot].0 == word {
            return TABLE[slot].1;
        }
        slot = (slot + 1) % SLOTS;
    }
    0
}

/// What the page declares in `itemtype`.
struct Declared {
    /// Nodes of type `Comment`, in document order.
    nodes: Vec<u32>,
    /// Whether it is a page of a forum, or of questions and answers.
    is_forum: bool,
}

fn declared_comments(page: Page<'_>) -> Declared {
    let source = page.source.as_bytes();
    let says = |name: &str| memmem::find(source, name.as_bytes()).is_some();
    let ends = |at: &usize| source.get(*at).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let mut nodes = Vec::new();
    for name in ["schema.org/Comment", "schema.org/UserComments"] {
        let places = memmem::find_iter(source, name.as_bytes());
        nodes.extend(places.filter(|at| ends(&(at + name.len()))).filter_map(|at| node_at(page, at as u32)));
    }
    nodes.sort_unstable();
    Declared { nodes, is_forum: says("schema.org/DiscussionForumPosting") || says("schema.org/QAPage") }
}

/// The element in whose start tag a byte stands.
fn node_at(page: Page<'_>, at: u32) -> Option<u32> {
    let index = page.tree.nodes.partition_point(|node| node.start <= at).checked_sub(1)?;
    let node = &page.tree.nodes[index];
    (node.tag != Tag::Text && at < node.end).then_some(index as u32)
}

/// Whether `html` or `body` say forum.
fn calls_itself_forum(page: Page<'_>) -> bool {
    let mut shell = page.tree.nodes.iter().enumerate().filter(|(_, node)| matches!(node.tag, Tag::Html | Tag::Body));
    shell.any(|(index, _)| kinds(page, index as u32) & FORUM != 0)
}

/// Nodes that show where the main text is: no comments section holds one.
fn main_nodes(page: Page<'_>) -> Vec<u32> {
    let is_main = |index: u32| {
        let node = &page.tree.nodes[index as usize];
        matches!(node.tag, Tag::H1 | Tag::Main) || kinds(page, index) & (MAIN | COMMENTS) == MAIN
    };
    (1..page.tree.nodes.len() as u32).filter(|index| is_main(*index)).collect()
}

/// Parts of comments sections that are no text: forms and buttons.
fn furniture(page: Page<'_>, sections: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    for section in sections {
        let mut index = section.start;
        while index < section.end {
            if kinds(page, index) & FURNITURE != 0 {
                let close = page.tree.nodes[index as usize].close;
                found.push(index..close);
                index = close;
            } else {
                index += 1;
            }
        }
    }
    found
}

/// Whether a block of a comments section is what somebody wrote, as far as its place in the section tells.
fn is_text(page: Page<'_>, section: u32, block: &Block) -> bool {
    const NEVER: u32 =
        context::NAV | context::FORM | context::BUTTON | context::SELECT | context::LABEL | context::DIALOG;
    let around = page.tree.nodes[page.tree.nodes[section as usize].parent as usize].context;
    let is_button = block.counts.words <= BUTTON_WORDS_MAX && block.counts.linked_words == block.counts.words;
    block.context & !around & NEVER == 0 && !is_button
}
