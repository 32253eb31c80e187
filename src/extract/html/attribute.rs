//! The attributes that are looked at, and the one loop that scans them.
//!
//! Follows the attribute states of the HTML Standard, section 13.2.5.32 to 13.2.5.40. Values stay as written:
//! entities are decoded by whoever uses a value. Of two attributes with one name the first counts, as the standard
//! has it.

use memchr::memchr;

macro_rules! names {
    ($($variant:ident $name:literal;)*) => {
        /// A name that some part of the extractor asks for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is the attribute of its name")]
        pub enum Name { $($variant,)* }

        /// The attribute of a lower-case name.
        fn known(name: &[u8]) -> Option<Name> {
            $(if name == $name { return Some(Name::$variant); })*
            None
        }
    };
}

names! {
    About b"about"; AriaHidden b"aria-hidden"; Class b"class"; Content b"content"; DataTestid b"data-testid";
    Datetime b"datetime"; Hidden b"hidden"; Href b"href"; HttpEquiv b"http-equiv"; Id b"id"; Itemprop b"itemprop";
    Itemtype b"itemtype"; Lang b"lang"; MetaName b"name"; Property b"property"; Rel b"rel"; Resource b"resource";
    Role b"role"; ShadowRootMode b"shadowrootmode"; Src b"src";
    Style b"style"; Type b"type"; Typeof b"typeof"; XmlLang b"xml:lang";
}

/// Longest name above.
const NAME_BYTES_MAX: usize = 14;

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
    let first = kept.len();
    let (mut seen, mut slash) = (0, false);
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
        let name_end = name_end(bytes, at + 1)?;
        let name = &bytes[at..name_end];
        let (start, end, after) = scan_value(bytes, name_end)?;
        at = after;
        seen += 1;
        if seen > keep_max {
            continue;
        }
        if let Some(name) = name_of(name)
            && !kept[first..].iter().any(|earlier| earlier.name == name)
        {
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
            let end = start + memchr(quote, &bytes[start..])?;
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

fn name_of(name: &[u8]) -> Option<Name> {
    if !(2..=NAME_BYTES_MAX).contains(&name.len()) {
        return None;
    }
    if !name.iter().any(u8::is_ascii_uppercase) {
        return known(name);
    }
    let mut lower = [0; NAME_BYTES_MAX];
    lower[..name.len()].copy_from_slice(name);
    lower.make_ascii_lowercase();
    known(&lower[..name.len()])
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
