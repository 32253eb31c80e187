//! The element names that mean something to the parser, each with the properties that the tree builder asks for.
//!
//! A name with a hyphen that is not among them is a custom element, [`Tag::Unknown`]; any other is [`Tag::Other`],
//! which browsers show in the line (`acronym`, `o:p`). Both are kept apart by the hash of their name.
//! The properties follow the tree construction rules of the HTML Standard, section 13.2.6, as far as `tree.rs` uses
//! them.

use memchr::memchr;

use super::super::eight;
use super::name_hash::name_hash;

/// No content and no end tag.
pub const VOID: u32 = 1;
/// Begins and ends a block of text.
pub const BLOCK: u32 = 1 << 1;
/// Its start tag closes an open `p`.
pub const CLOSES_P: u32 = 1 << 2;
/// Stops the search of an end tag for its element: cells, tables and the like ("scope" in the standard).
pub const SCOPE: u32 = 1 << 3;
/// Stops the search of a list item for the item before it ("special" in the standard, less `address`, `div` and `p`).
pub const STOPS_ITEM: u32 = 1 << 4;
/// Content is text up to its end tag.
pub const RAW: u32 = 1 << 5;
/// `h1` to `h6`.
pub const HEADING: u32 = 1 << 6;
/// May stand in `head`.
pub const IN_HEAD: u32 = 1 << 7;
/// Ends a drawing or formula when it turns up in one ("breakout" in the standard).
pub const BREAKS_OUT: u32 = 1 << 8;
/// Part of a table; ignored outside of one.
pub const TABLE_PART: u32 = 1 << 9;
/// An end tag looks for it across open blocks; other end tags give up at one.
pub const CROSSES_BLOCKS: u32 = 1 << 10;
/// Content is never shown to a reader.
pub const NEVER_SHOWN: u32 = 1 << 11;
/// An element of a drawing or formula whose content is of the page again ("integration point" in the standard).
pub const HOSTS_PAGE: u32 = 1 << 12;

/// What most block-level elements share.
const FLOW: u32 = BLOCK | CLOSES_P | STOPS_ITEM | CROSSES_BLOCKS;
/// Rows, cells and sections of a table.
const PART: u32 = BLOCK | STOPS_ITEM | TABLE_PART | CROSSES_BLOCKS;
/// Blocks that do not close a `p`.
const BOX: u32 = BLOCK | STOPS_ITEM | CROSSES_BLOCKS;
/// Parts of drawings and formulas that hold text of the page.
const HOST: u32 = SCOPE | HOSTS_PAGE;
/// Elements of text level that break out of drawings.
const PHRASE: u32 = BREAKS_OUT;

macro_rules! tags {
    ($($variant:ident $name:literal $properties:expr;)*) => {
        /// An element's kind, or text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "each is the element of its name")]
        pub enum Tag {
            /// The page itself: the one node without a parent.
            Root,
            /// A run of text.
            Text,
            /// A custom element: an unknown name with a hyphen.
            Unknown,
            /// Any other element.
            Other,
            $($variant,)*
        }
        const NAMED: &[(&str, Tag)] = &[$(($name, Tag::$variant),)*];
        const PROPERTIES: &[u32] = &[SCOPE | STOPS_ITEM | BLOCK, 0, 0, 0, $($properties,)*];
    };
}

tags! {
    A "a" 0; Abbr "abbr" 0; Address "address" BLOCK | CLOSES_P | CROSSES_BLOCKS; Applet "applet" SCOPE | STOPS_ITEM;
    Area "area" VOID; Article "article" FLOW; Aside "aside" FLOW; Audio "audio" NEVER_SHOWN; B "b" PHRASE;
    Base "base" VOID | IN_HEAD; Basefont "basefont" VOID | IN_HEAD; Bdi "bdi" 0; Bdo "bdo" 0;
    Bgsound "bgsound" VOID | IN_HEAD; Big "big" PHRASE; Blockquote "blockquote" FLOW | BREAKS_OUT;
    Body "body" BOX | BREAKS_OUT; Br "br" VOID | BREAKS_OUT; Button "button" BLOCK | STOPS_ITEM | CROSSES_BLOCKS;
    Canvas "canvas" NEVER_SHOWN; Caption "caption" PART | SCOPE; Center "center" FLOW | BREAKS_OUT; Cite "cite" 0;
    Code "code" PHRASE; Col "col" VOID | TABLE_PART; Colgroup "colgroup" PART; Datalist "datalist" NEVER_SHOWN;
    Dd "dd" FLOW | BREAKS_OUT; Del "del" 0; Desc "desc" HOST; Details "details" FLOW; Dfn "dfn" 0; Dialog "dialog" FLOW;
    Dir "dir" FLOW; Div "div" BLOCK | CLOSES_P | CROSSES_BLOCKS | BREAKS_OUT; Dl "dl" FLOW | BREAKS_OUT;
    Dt "dt" FLOW | BREAKS_OUT; Em "em" PHRASE; Embed "embed" VOID | BREAKS_OUT; Fieldset "fieldset" FLOW;
    Figcaption "figcaption" FLOW; Figure "figure" FLOW; Font "font" 0; Footer "footer" FLOW; Form "form" FLOW;
    Frame "frame" VOID; Frameset "frameset" BOX; H1 "h1" FLOW | HEADING | BREAKS_OUT;
    H2 "h2" FLOW | HEADING | BREAKS_OUT; H3 "h3" FLOW | HEADING | BREAKS_OUT; H4 "h4" FLOW | HEADING | BREAKS_OUT;
    H5 "h5" FLOW | HEADING | BREAKS_OUT; H6 "h6" FLOW | HEADING | BREAKS_OUT; Head "head" BOX; Header "header" FLOW;
    Hgroup "hgroup" FLOW; Hr "hr" VOID | BLOCK | CLOSES_P | BREAKS_OUT; Html "html" BOX | SCOPE; I "i" PHRASE;
    Iframe "iframe" RAW | BLOCK | CROSSES_BLOCKS | NEVER_SHOWN; Image "image" VOID; Img "img" VOID | BREAKS_OUT;
    Input "input" VOID; Ins "ins" 0; Kbd "kbd" 0; Keygen "keygen" VOID; Label "label" 0; Legend "legend" BOX;
    Li "li" FLOW | BREAKS_OUT; Link "link" VOID | IN_HEAD; Listing "listing" FLOW | BREAKS_OUT; Main "main" FLOW;
    Map "map" 0; Mark "mark" 0; Marquee "marquee" SCOPE | STOPS_ITEM | BLOCK | CROSSES_BLOCKS; Math "math" 0;
    Menu "menu" FLOW | BREAKS_OUT; Meta "meta" VOID | IN_HEAD | BREAKS_OUT; Meter "meter" 0; Mi "mi" HOST; Mn "mn" HOST;
    Mo "mo" HOST; Ms "ms" HOST; Mtext "mtext" HOST; Nav "nav" FLOW; Nobr "nobr" PHRASE;
    Noembed "noembed" RAW | NEVER_SHOWN; Noframes "noframes" RAW | IN_HEAD | NEVER_SHOWN;
    Noscript "noscript" IN_HEAD | CROSSES_BLOCKS; Object "object" SCOPE | STOPS_ITEM | CROSSES_BLOCKS;
    Ol "ol" FLOW | BREAKS_OUT; Optgroup "optgroup" BLOCK | CROSSES_BLOCKS; Option "option" BLOCK | CROSSES_BLOCKS;
    P "p" BLOCK | CLOSES_P | CROSSES_BLOCKS | BREAKS_OUT; Param "param" VOID; Picture "picture" 0;
    Plaintext "plaintext" FLOW | RAW; Pre "pre" FLOW | BREAKS_OUT; Progress "progress" 0; Q "q" 0; Rp "rp" 0; Rt "rt" 0;
    Ruby "ruby" PHRASE; S "s" PHRASE; Samp "samp" 0; Script "script" RAW | IN_HEAD | NEVER_SHOWN; Search "search" FLOW;
    Section "section" FLOW; Select "select" BLOCK | STOPS_ITEM | CROSSES_BLOCKS; Slot "slot" 0; Small "small" PHRASE;
    Source "source" VOID; Span "span" PHRASE; Strike "strike" PHRASE; Strong "strong" PHRASE;
    Style "style" RAW | IN_HEAD | NEVER_SHOWN; Sub "sub" PHRASE; Summary "summary" FLOW; Sup "sup" PHRASE;
    Svg "svg" NEVER_SHOWN; Table "table" FLOW | SCOPE | BREAKS_OUT; Tbody "tbody" PART; Td "td" PART | SCOPE;
    Template "template" SCOPE | STOPS_ITEM | IN_HEAD | CROSSES_BLOCKS;
    Textarea "textarea" RAW | BLOCK | CROSSES_BLOCKS | NEVER_SHOWN; Tfoot "tfoot" PART; Th "th" PART | SCOPE;
    Thead "thead" PART; Time "time" 0; Title "title" RAW | IN_HEAD | NEVER_SHOWN | HOSTS_PAGE; Tr "tr" PART;
    Track "track" VOID; Tt "tt" PHRASE; U "u" PHRASE; Ul "ul" FLOW | BREAKS_OUT; Var "var" PHRASE;
    Video "video" NEVER_SHOWN; Wbr "wbr" VOID; Xmp "xmp" FLOW | RAW; Annotation "annotation" NEVER_SHOWN;
    AnnotationXml "annotation-xml" HOST | NEVER_SHOWN; ForeignObject "foreignobject" HOST;
}

/// How many kinds there are.
pub const TAGS: usize = PROPERTIES.len();
/// Slots of the look-up table: a power of two, sparse enough that most names are found at the first try.
const SLOTS: usize = 1024;
const TABLE: [u8; SLOTS] = table();

/// A name of up to eight bytes, in small letters, with its hash.
#[derive(Clone, Copy)]
struct Short {
    key: u64,
    hash: u32,
    tag: Tag,
}

const SHORT: [Short; NAMED.len()] = shorts();
/// The number of a short name plus one.
const SHORT_TABLE: [u8; SLOTS] = short_table();
/// Found by trying: no two short names share a slot.
const SHORT_FACTOR: u64 = 0xE647_9DEA_1E44_59D3;

const fn shorts() -> [Short; NAMED.len()] {
    let mut shorts = [Short { key: 0, hash: 0, tag: Tag::Other }; NAMED.len()];
    let mut index = 0;
    while index < NAMED.len() {
        let (name, tag) = NAMED[index];
        shorts[index] = Short { key: eight::key(name.as_bytes()), hash: name_hash(name.as_bytes()), tag };
        index += 1;
    }
    shorts
}

const fn short_table() -> [u8; SLOTS] {
    let mut table = [0; SLOTS];
    let mut index = 0;
    while index < NAMED.len() {
        if NAMED[index].0.len() <= 8 {
            let slot = short_slot(SHORT[index].key);
            assert!(table[slot] == 0, "another factor has to be found");
            table[slot] = index as u8 + 1;
        }
        index += 1;
    }
    table
}

const fn short_slot(key: u64) -> usize {
    (key.wrapping_mul(SHORT_FACTOR) >> 54) as usize % SLOTS
}

const fn table() -> [u8; SLOTS] {
    let mut table = [0; SLOTS];
    let mut index = 0;
    while index < NAMED.len() {
        let mut slot = name_hash(NAMED[index].0.as_bytes()) as usize % SLOTS;
        while table[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = index as u8 + 1;
        index += 1;
    }
    table
}

impl Tag {
    /// The kind of a name as written, in any case, and the hash of the name.
    pub fn of(name: &[u8]) -> (Self, u32) {
        let hash = name_hash(name);
        (Self::of_hashed(name, hash), hash)
    }

    /// The kind and hash of a known name of up to eight bytes, given as `eight::small` makes it.
    #[inline]
    pub(super) fn of_short(key: u64) -> Option<(Self, u32)> {
        let short = SHORT.get(usize::from(SHORT_TABLE[short_slot(key)]).checked_sub(1)?)?;
        (short.key == key).then_some((short.tag, short.hash))
    }

    /// The kind of a name whose hash is known.
    fn of_hashed(name: &[u8], hash: u32) -> Self {
        let mut slot = hash as usize % SLOTS;
        while TABLE[slot] != 0 {
            let (known, tag) = NAMED[TABLE[slot] as usize - 1];
            if name.eq_ignore_ascii_case(known.as_bytes()) {
                return tag;
            }
            slot = (slot + 1) % SLOTS;
        }
        if memchr(b'-', name).is_some() { Self::Unknown } else { Self::Other }
    }

    /// Whether it has one of these properties.
    pub fn is(self, properties: u32) -> bool {
        PROPERTIES[self as usize] & properties != 0
    }

    /// 1 to 6 for `h1` to `h6`, else 0.
    pub fn heading_level(self) -> u8 {
        if self.is(HEADING) { self as u8 - Self::H1 as u8 + 1 } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_in_any_case() {
        for (name, tag) in NAMED {
            assert_eq!(Tag::of(name.as_bytes()).0, *tag);
            assert_eq!(Tag::of(name.to_uppercase().as_bytes()), Tag::of(name.as_bytes()));
            let short = (name.len() <= 8).then_some(Tag::of(name.as_bytes()));
            assert_eq!(short.and(Tag::of_short(eight::key(name.as_bytes()))), short);
        }
        assert_eq!(Tag::of(b"x-card").0, Tag::Unknown);
        assert_eq!(Tag::of(b"acronym").0, Tag::Other);
        assert_eq!(Tag::of(b"").0, Tag::Other);
    }

    #[test]
    fn end_tags_of_blocks_look_across_blocks() {
        for (name, tag) in NAMED {
            assert!(!tag.is(BLOCK) || tag.is(CROSSES_BLOCKS | VOID), "{name} would stop the search for itself");
        }
    }

    #[test]
    fn heading_levels_count_from_one_to_six() {
        let levels: Vec<u8> = [Tag::H1, Tag::H3, Tag::H6, Tag::P].iter().map(|tag| tag.heading_level()).collect();
        assert_eq!(levels, [1, 3, 6, 0]);
    }
}
