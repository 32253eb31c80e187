//! What an element says about everything inside it: the context that nodes inherit.
//!
//! Elements, `role`, `hidden`, `aria-hidden` and `style` speak; class and id do not, they are only hints
//! (`class_words.rs`).

use super::tag::Tag;

/// In `head`.
pub const HEAD: u32 = 1;
/// In `header` or `role=banner`.
pub const HEADER: u32 = 1 << 1;
/// In `nav` or `role=navigation`, `menu`, `menubar`.
pub const NAV: u32 = 1 << 2;
/// In `main` or `role=main`.
pub const MAIN: u32 = 1 << 3;
/// In `article` or `role=article`.
pub const ARTICLE: u32 = 1 << 4;
/// In `aside` or `role=complementary`.
pub const ASIDE: u32 = 1 << 5;
/// In `figure`.
pub const FIGURE: u32 = 1 << 6;
/// In `form` or `role=search`.
pub const FORM: u32 = 1 << 7;
/// In `button` or `role=button`.
pub const BUTTON: u32 = 1 << 8;
/// In `footer` or `role=contentinfo`.
pub const FOOTER: u32 = 1 << 9;
/// In `dialog` or `role=dialog`, `alertdialog`.
pub const DIALOG: u32 = 1 << 10;
/// In an element with `hidden` or `display: none`.
pub const HIDDEN: u32 = 1 << 11;
/// In an element with `aria-hidden=true`.
pub const ARIA_HIDDEN: u32 = 1 << 12;
/// In `noscript`.
pub const NOSCRIPT: u32 = 1 << 13;
/// In `template`, unless it says `shadowrootmode`.
pub const TEMPLATE: u32 = 1 << 14;
/// In `svg` or `math`.
pub const FOREIGN: u32 = 1 << 15;
/// In an element that is never shown: `script`, `style`, `title`, `svg`, `iframe`, `textarea`, …
pub const NEVER_SHOWN: u32 = 1 << 16;
/// In `a` with `href`.
pub const LINK: u32 = 1 << 17;
/// In `pre`, `listing`, `xmp`, `plaintext`.
pub const PRE: u32 = 1 << 18;
/// In `table`.
pub const TABLE: u32 = 1 << 19;
/// In `ul`, `ol`, `menu`, `dir`, `dl`.
pub const LIST: u32 = 1 << 20;
/// In `select`.
pub const SELECT: u32 = 1 << 21;
/// In `label`.
pub const LABEL: u32 = 1 << 22;
/// In `figcaption` or `caption`.
pub const CAPTION: u32 = 1 << 23;
/// In `blockquote`.
pub const QUOTE: u32 = 1 << 24;
/// In `h1` to `h6`.
pub const HEADING: u32 = 1 << 25;
/// In `code`, `kbd`, `samp`.
pub const CODE: u32 = 1 << 26;

/// In `rt` or `rp`: the reading of a word, which stands above it and is no part of the sentence.
pub const READING: u32 = 1 << 27;

/// The context that an element of this kind gives to its content.
pub fn of_tag(tag: Tag) -> u32 {
    match tag {
        Tag::Head => HEAD,
        Tag::Header => HEADER,
        Tag::Nav => NAV,
        Tag::Main => MAIN,
        Tag::Article => ARTICLE,
        Tag::Aside => ASIDE,
        Tag::Figure => FIGURE,
        Tag::Figcaption | Tag::Caption => CAPTION,
        Tag::Form => FORM,
        Tag::Button => BUTTON,
        Tag::Footer => FOOTER,
        Tag::Dialog => DIALOG,
        Tag::Noscript => NOSCRIPT,
        Tag::Template => TEMPLATE,
        Tag::Math => FOREIGN,
        Tag::Svg => FOREIGN | NEVER_SHOWN,
        Tag::Pre | Tag::Listing | Tag::Plaintext | Tag::Xmp => PRE,
        Tag::Table => TABLE,
        Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir | Tag::Dl => LIST,
        Tag::Select => SELECT,
        Tag::Label => LABEL,
        Tag::Blockquote => QUOTE,
        Tag::Code | Tag::Kbd | Tag::Samp => CODE,
        Tag::Rt | Tag::Rp => READING,
        _ if tag.heading_level() > 0 => HEADING,
        _ if tag.is(super::tag::NEVER_SHOWN) => NEVER_SHOWN,
        _ => 0,
    }
}

/// The context that a `role` gives; of several roles the first counts.
pub fn of_role(role: &[u8]) -> u32 {
    const ROLES: &[(&str, u32)] = &[
        ("navigation", NAV),
        ("menu", NAV),
        ("menubar", NAV),
        ("main", MAIN),
        ("article", ARTICLE),
        ("banner", HEADER),
        ("contentinfo", FOOTER),
        ("complementary", ASIDE),
        ("dialog", DIALOG),
        ("alertdialog", DIALOG),
        ("search", FORM),
        ("button", BUTTON),
    ];
    let first = role.trim_ascii_start().split(u8::is_ascii_whitespace).next().unwrap_or_default();
    ROLES.iter().find(|(name, _)| first.eq_ignore_ascii_case(name.as_bytes())).map_or(0, |(_, context)| *context)
}

/// Whether a `style` value says `display: none`.
pub fn hides(style: &[u8]) -> bool {
    let mut rest = style;
    while let Some(at) = memchr::memmem::find(rest, b"display") {
        rest = rest[at + 7..].trim_ascii_start();
        let Some(value) = rest.strip_prefix(b":") else { continue };
        if value.trim_ascii_start().get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"none")) {
            return true;
        }
    }
    false
}
