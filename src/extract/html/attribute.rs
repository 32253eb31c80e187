//! The attributes that are looked at, and the one loop that scans them.
//!
//! Follows the attribute states of the HTML Standard, section 13.2.5.32 to 13.2.5.40. Values stay as written:
//! entities are decoded by whoever uses a value. Of two attributes with one name the first counts, as the standard
//! has it.

use super::super::eight;

macro_rules! names {
    ($($variant:ident $name:literal;)*) => {
        /// A name that some part of the extractor asks for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is the attribute of its name")]
        pub enum Name { $($variant,)* }

        /// Each name with its first eight bytes.
        const NAMED: &[(u64, &[u8], Name)] = &[$((eight::key($name), $name, Name::$variant),)*];
    };
}

names! {
    About b"about"; AriaHidden b"aria-hidden"; Class b"class"; Content b"content"; DataTestid b"data-testid";
    Datetime b"datetime"; Hidden b"hidden"; Href b"href"; HttpEquiv b"http-equiv"; Id b"id"; Itemprop b"itemprop";
    Itemtype b"itemtype"; Lang b"lang"; MetaName b"name"; Property b"property"; Rel b"rel"; Resource b"resource";
    Role b"role"; ShadowRootMode b"shadowrootmode"; Src b"src";
    Style b"style"; Type b"type"; Typeof b"typeof"; XmlLang b"xml:lang";
}

const SLOTS: usize = 256;
/// Found by trying: no two names share a slot.
const FACTOR: u64 = 0xCD61_3E30_D8F1_6ADF;
/// The number of a name plus one, by its first eight bytes.
const TABLE: [u8; SLOTS] = table();

const fn table() -> [u8; SLOTS] {
    let mut table = [0; SLOTS];
    let mut index = 0;
    while index < NAMED.len() {
        let slot = slot(NAMED[index].0);
        assert!(table[slot] == 0, "another factor has to be found");
        table[slot] = index as u8 + 1;
        index += 1;
    }
    table
}

const fn slot(key: u64) -> usize {
    (key.wrapping_mul(FACTOR) >> 56) as usize
}

/// One attribute: its name and where its value stands in the page.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// Which one.
    pub name: Name,
    /// First byte of the value.
    pub start: u32,
    /// Byte after the value.
    pub end: u32,
}

/// How a tag ended.
pub struct TagEnd {
    /// Byte after `>`.
    pub end: usize,
    /// Whether `/` stood right before `>` and was no part of a value.
    pub self_closing: bool,
    /// How many attributes it had, those not looked at included.
    pub seen: usize,
}

/// Scans the attributes of a tag from `at` (the byte after its name), and keeps those with a known name.
///
/// None if the page ends inside the tag: such a tag is no tag.
pub fn scan(bytes: &[u8], mut at: usize, keep_max: usize, kept: &mut Vec<Attribute>) -> Option<TagEnd> {
    let (mut seen, mut slash, mut found) = (0, false, 0_u32);
    loop {
        let byte = *bytes.get(at)?;
        if byte == b'>' {
            return Some(TagEnd { end: at + 1, self_closing: slash, seen });
        }
        // The slash of `a=b/>` belongs to the value: only one that stands by itself closes.
        slash = byte == b'/';
        if slash || is_space(byte) {
            at += 1;
            continue;
        }
        let (name, name_end) = read_name(bytes, at)?;
        let (start, end, after) = scan_value(bytes, name_end)?;
        at = after;
        seen += 1;
        if let Some(name) = name
            && seen <= keep_max
            && found & 1 << name as u32 == 0
        {
            found |= 1 << name as u32;
            kept.push(Attribute { name, start: start as u32, end: end as u32 });
        }
    }
}

/// Start and end of the value, and the byte after it. An attribute without `=` has an empty value.
fn scan_value(bytes: &[u8], name_end: usize) -> Option<(usize, usize, usize)> {
    let mut at = name_end;
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    if bytes[at] != b'=' {
        return Some((name_end, name_end, at));
    }
    at += 1;
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    match bytes[at] {
        quote @ (b'"' | b'\'') => {
            let start = at + 1;
            let end = eight::find(quote, bytes, start)?;
            Some((start, end, end + 1))
        }
        _ => {
            let start = at;
            while !matches!(*bytes.get(at)?, b'>' | b' ' | b'\n' | b'\t' | b'\r' | b'\x0c') {
                at += 1;
            }
            Some((start, at, at))
        }
    }
}

/// The name at `at`, if it is looked at, and where it ends; none if the page ends in it.
#[inline]
fn read_name(bytes: &[u8], at: usize) -> Option<(Option<Name>, usize)> {
    let Some(word) = eight::load(bytes, at) else { return read_odd_name(bytes, at) };
    let hits = ends_in(word);
    let length = eight::before(hits);
    if hits == 0 {
        let end = name_end(bytes, at + 8)?;
        return Some((name_of(eight::small(word, 8), &bytes[at..end]), end));
    }
    let end = at + length;
    if length == 0 || !ENDS_NAME[usize::from(bytes[end])] {
        return read_odd_name(bytes, at);
    }
    Some((name_of(eight::small(word, length), &bytes[at..end]), end))
}

/// Where a name may end. Some of these bytes end none.
#[inline]
fn ends_in(word: u64) -> u64 {
    // 0x3C to 0x3F, `=` and `>` among them.
    let signs = eight::equal(word & 0xFCFC_FCFC_FCFC_FCFC, b'<');
    signs | eight::equal(word, b'/') | eight::below(word, b' ' + 1)
}

/// A name that holds control characters, begins with `=` or stands at the end of the page.
#[cold]
fn read_odd_name(bytes: &[u8], at: usize) -> Option<(Option<Name>, usize)> {
    let end = name_end(bytes, at + 1)?;
    let name = &bytes[at..end];
    let named = NAMED.iter().find(|(_, known, _)| name.eq_ignore_ascii_case(known));
    Some((named.map(|(.., name)| *name), end))
}

/// What a name is, given its first eight bytes in small letters.
#[inline]
fn name_of(key: u64, name: &[u8]) -> Option<Name> {
    let (first, known, found) = NAMED.get(usize::from(TABLE[slot(key)]).checked_sub(1)?)?;
    let is_it =
        *first == key && name.len() == known.len() && (name.len() <= 8 || name[8..].eq_ignore_ascii_case(&known[8..]));
    is_it.then_some(*found)
}

/// Where the name that goes on at `at` ends; none if the page ends in it.
fn name_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    Some(at + rest.iter().position(|&byte| ENDS_NAME[usize::from(byte)])?)
}

const ENDS_NAME: [bool; 256] = ends_name();

const fn ends_name() -> [bool; 256] {
    let mut ends = [false; 256];
    let bytes = b"=>/ \n\t\r\x0c";
    let mut index = 0;
    while index < bytes.len() {
        ends[bytes[index] as usize] = true;
        index += 1;
    }
    ends
}

/// White space by the HTML Standard: space, tab, line feed, form feed, carriage return.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}
