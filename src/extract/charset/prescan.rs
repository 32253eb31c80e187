//! Looks for a charset in the `meta` elements at the start of a page, before its bytes are characters.
//!
//! Follows "prescan a byte stream to determine its encoding" of the HTML Standard, section 13.2.3.2, over
//! [`BYTES_MAX`] bytes where the standard has 1,024, since crawled pages often put their `meta` late.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr, memmem};

/// How far into a page is looked, in bytes.
pub const BYTES_MAX: usize = 8 * 1024;

/// The encoding that a `meta` names. UTF-16 means UTF-8, since the `meta` could be read; x-user-defined means
/// windows-1252; unknown labels and those that only serve attacks count as none.
pub fn prescan(payload: &[u8]) -> Option<&'static Encoding> {
    let bytes = &payload[..payload.len().min(BYTES_MAX)];
    let mut at = 0;
    while let Some(offset) = memchr(b'<', &bytes[at..]) {
        at += offset + 1;
        let rest = &bytes[at..];
        if rest.starts_with(b"!--") {
            // The two dashes may be the same as those of the end: `<!-->` is a whole comment.
            at += 1 + memmem::find(&rest[1..], b"-->")? + 3;
        } else if rest.len() > 5 && rest[..4].eq_ignore_ascii_case(b"meta") && ends_name(rest[4]) {
            at += 4;
            if let Some(encoding) = read_meta(bytes, &mut at)? {
                return Some(encoding);
            }
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic)
            || rest.len() > 1 && rest[0] == b'/' && rest[1].is_ascii_alphabetic()
        {
            at += rest.iter().position(|&byte| is_space(byte) || byte == b'>')?;
            while next_attribute(bytes, &mut at)?.is_some() {}
        } else if matches!(rest.first(), Some(b'!' | b'/' | b'?')) {
            at += memchr(b'>', rest)?;
        }
    }
    None
}

/// Reads the attributes of a `meta`. The outer none means that the bytes end here.
#[allow(clippy::option_option, reason = "the end of the bytes and a meta without a charset are different answers")]
fn read_meta(bytes: &[u8], at: &mut usize) -> Option<Option<&'static Encoding>> {
    let (mut charset, mut in_content, mut is_pragma) = (None, None, false);
    while let Some((name, value)) = next_attribute(bytes, at)? {
        if name.eq_ignore_ascii_case(b"charset") {
            charset = charset.or(Some(value));
        } else if name.eq_ignore_ascii_case(b"content") {
            in_content = in_content.or_else(|| charset_of_content(value));
        } else if name.eq_ignore_ascii_case(b"http-equiv") {
            is_pragma |= value.eq_ignore_ascii_case(b"content-type");
        }
    }
    Some(charset.or(in_content.filter(|_| is_pragma)).and_then(encoding_of))
}

fn encoding_of(label: &[u8]) -> Option<&'static Encoding> {
    if label.trim_ascii().eq_ignore_ascii_case(b"x-user-defined") {
        return Some(WINDOWS_1252);
    }
    let encoding = Encoding::for_label_no_replacement(label)?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// The charset of `text/html; charset=…`.
fn charset_of_content(content: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        at += content[at..].windows(7).position(|window| window.eq_ignore_ascii_case(b"charset"))? + 7;
        let rest = content[at..].trim_ascii_start();
        let Some(value) = rest.strip_prefix(b"=").map(<[u8]>::trim_ascii_start) else { continue };
        return match value.first()? {
            quote @ (b'"' | b'\'') => Some(&value[1..1 + memchr(*quote, &value[1..])?]),
            _ => value.split(|&byte| is_space(byte) || byte == b';').next(),
        };
    }
}

/// The next attribute of a tag, or none at its end, which is read over. The outer none means that the bytes end here.
#[allow(clippy::option_option, reason = "the end of the bytes and the end of the tag are different answers")]
fn next_attribute<'a>(bytes: &'a [u8], at: &mut usize) -> Option<Option<(&'a [u8], &'a [u8])>> {
    while is_space(*bytes.get(*at)?) || bytes[*at] == b'/' {
        *at += 1;
    }
    if bytes[*at] == b'>' {
        *at += 1;
        return Some(None);
    }
    let start = *at;
    *at += 1;
    while !ends_name(*bytes.get(*at)?) && bytes[*at] != b'=' {
        *at += 1;
    }
    let name = &bytes[start..*at];
    while is_space(*bytes.get(*at)?) {
        *at += 1;
    }
    if bytes[*at] != b'=' {
        return Some(Some((name, b"")));
    }
    *at += 1;
    while is_space(*bytes.get(*at)?) {
        *at += 1;
    }
    let start = *at;
    if let quote @ (b'"' | b'\'') = bytes[start] {
        let length = memchr(quote, &bytes[start + 1..])?;
        *at = start + length + 2;
        return Some(Some((name, &bytes[start + 1..start + 1 + length])));
    }
    *at += bytes[start..].iter().position(|&byte| is_space(byte) || byte == b'>')?;
    Some(Some((name, &bytes[start..*at])))
}

fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: Option<&str>) {
        assert_eq!(prescan(page.as_bytes()).map(Encoding::name), expected, "{page:.80}");
    }

    #[test]
    fn both_forms_of_meta_are_read() {
        check("<meta charset=koi8-r>", Some("KOI8-R"));
        check("<META CharSet = ' Shift_JIS '/>", Some("Shift_JIS"));
        check("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", Some("windows-1251"));
        check("<meta content='text/html; charset=\"gbk\"' http-equiv=content-type>", Some("GBK"));
        check("<meta name=x content='text/html; charset=gbk'>", None);
        check("<meta content='charset; charset = big5' http-equiv=content-type>", Some("Big5"));
    }

    #[test]
    fn labels_that_cannot_be_are_read_as_browsers_read_them() {
        check("<meta charset=utf-16le>", Some("UTF-8"));
        check("<meta charset=x-user-defined>", Some("windows-1252"));
        check("<meta charset=iso-2022-kr><meta charset=euc-kr>", Some("EUC-KR"));
        check("<meta charset=no-such><meta charset=latin1>", Some("windows-1252"));
    }

    #[test]
    fn comments_and_other_tags_hide_nothing_and_show_nothing() {
        check("<!-- <meta charset=gbk> --><meta charset=big5>", Some("Big5"));
        check("<!--><meta charset=big5>", Some("Big5"));
        check("<a title='<meta charset=gbk>'><meta charset=big5>", Some("Big5"));
        check("</a title='<meta charset=gbk>'><?x <meta charset=big5>", None);
        check("<metadata charset=gbk>", None);
        check("<meta charset=gbk", None);
    }

    #[test]
    fn the_last_byte_looked_at_is_the_8192nd() {
        let meta = "<meta charset=gbk>";
        let page = |length: usize| format!("{}{meta}", " ".repeat(length - meta.len()));
        check(&page(BYTES_MAX), Some("GBK"));
        check(&page(BYTES_MAX + 1), None);
    }
}
