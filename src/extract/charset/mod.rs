//! Bytes into characters, as the HTML Standard has it, and back to where in the bytes a character stood.
//!
//! Asked in this order, and the first that answers is believed: byte order mark, charset of the HTTP header, `meta`
//! in the first 8 KiB, escapes of ISO-2022-JP, validity as UTF-8 (one bad byte in twenty characters beyond ASCII is
//! forgiven), and last the guess of `chardetng` with the top-level domain as hint (HTML Standard, section 13.2.3.2;
//! decoding by `encoding_rs`, which follows the Encoding Standard). Where a browser would show garbage this does not:
//! a page that declares another charset and is UTF-8 throughout, with twenty characters beyond ASCII, is UTF-8. A
//! label that is
//! unknown, or stands for an encoding that only serves attacks, is passed over.

mod prescan;

use std::borrow::Cow;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Encoding, ISO_2022_JP, UTF_8};

use super::Hints;
use crate::document::{CharsetSource, Decoding};

/// Most bytes that the detector looks at; it takes 0.2 ms for a KiB that is not ASCII. On pages in 15 encodings it
/// guessed no better with more than 16 KiB.
const DETECTOR_BYTES_MAX: usize = 32 * 1024;
/// ASCII bytes that the detector sees before and after those that are not. Scripts and markup between them only cost
/// time: with them it guessed a little worse.
const DETECTOR_CONTEXT_BYTES: usize = 64;
/// Room that `encoding_rs` asks for before it writes one more character, rounded up.
const CHARACTER_BYTES_MAX: usize = 16;

/// A decoded payload.
pub struct Decoded<'a> {
    /// The text; borrowed where the payload was valid already.
    pub text: Cow<'a, str>,
    payload: &'a [u8],
    encoding: &'static Encoding,
    source: CharsetSource,
    replacements: u64,
}

/// Decodes an HTML payload.
pub fn decode<'a>(payload: &'a [u8], hints: &Hints<'_>) -> Decoded<'a> {
    let (encoding, source, mark_bytes) = choose(payload, hints);
    decode_as(&payload[mark_bytes..], payload, encoding, source)
}

/// Decodes a payload that is UTF-8 by its format, e.g. that of a WET `conversion` record.
pub fn decode_utf8(payload: &[u8]) -> Decoded<'_> {
    let rest = payload.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(payload);
    decode_as(rest, payload, UTF_8, CharsetSource::Format)
}

fn decode_as<'a>(
    bytes: &'a [u8],
    payload: &'a [u8],
    encoding: &'static Encoding,
    source: CharsetSource,
) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let replacements = if had_errors { replacements(&text, bytes, encoding) } else { 0 };
    Decoded { text, payload, encoding, source, replacements }
}

/// How many U+FFFD the decoder wrote; those that the page itself holds are not counted.
fn replacements(text: &str, bytes: &[u8], encoding: &'static Encoding) -> u64 {
    let count = |haystack: &[u8]| memchr::memmem::find_iter(haystack, "\u{fffd}".as_bytes()).count() as u64;
    let own = if encoding == UTF_8 { count(bytes) } else { 0 };
    count(text.as_bytes()).saturating_sub(own)
}

/// Characters of UTF-8 beyond ASCII for which one byte that is no part of such is forgiven.
const GOOD_FOR_ONE_BAD: usize = 20;

/// Characters beyond ASCII from which a page that is UTF-8 throughout is UTF-8, whatever it declares.
const UTF8_MIN: usize = 20;

/// The encoding, what named it, and how many bytes of a byte order mark to leave out.
fn choose(payload: &[u8], hints: &Hints<'_>) -> (&'static Encoding, CharsetSource, usize) {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(payload) {
        return (encoding, CharsetSource::Bom, mark_bytes);
    }
    let label = hints.http_charset.map(|label| label.trim_matches(['"', '\'', ' ']).as_bytes());
    let declared = match label.and_then(Encoding::for_label_no_replacement) {
        Some(encoding) => Some((encoding, CharsetSource::Http, 0)),
        None => prescan::prescan(payload).map(|encoding| (encoding, CharsetSource::Meta, 0)),
    };
    match declared {
        Some((encoding, ..)) if encoding != UTF_8 && is_utf8_beyond_doubt(payload) => (UTF_8, CharsetSource::Utf8, 0),
        Some(declared) => declared,
        None => undeclared(payload, hints),
    }
}

fn undeclared(payload: &[u8], hints: &Hints<'_>) -> (&'static Encoding, CharsetSource, usize) {
    if [b"\x1B$B", b"\x1B$@"].iter().any(|escape| memchr::memmem::find(payload, *escape).is_some()) {
        return (ISO_2022_JP, CharsetSource::Detected, 0);
    }
    if is_utf8(payload) {
        return (UTF_8, CharsetSource::Utf8, 0);
    }
    (detect(payload, hints.url), CharsetSource::Detected, 0)
}

/// Whether all of it is UTF-8 and enough of it is not ASCII: text in another encoding never is.
fn is_utf8_beyond_doubt(payload: &[u8]) -> bool {
    str::from_utf8(payload).is_ok() && payload.iter().filter(|byte| **byte >= 0xC0).take(UTF8_MIN).count() == UTF8_MIN
}

/// Whether it is UTF-8, a few bad bytes aside: in other encodings hardly one in ten characters beyond ASCII looks like
/// one of UTF-8. A page that was cut while it was fetched may end inside a character.
fn is_utf8(payload: &[u8]) -> bool {
    let rest = &payload[Encoding::utf8_valid_up_to(payload)..];
    if rest.is_empty() || rest.len() < 4 && str::from_utf8(rest).is_err_and(|error| error.error_len().is_none()) {
        return true;
    }
    let (mut good, mut bad) = (0, 0);
    for chunk in payload.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
        // Every good one takes two bytes or more, so there cannot be enough any more.
        if bad * GOOD_FOR_ONE_BAD > payload.len() / 2 {
            return false;
        }
    }
    good >= bad * GOOD_FOR_ONE_BAD
}

fn detect(payload: &[u8], url: &str) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut at, mut room) = (0, DETECTOR_BYTES_MAX);
    while room > 0 && at < payload.len() {
        let piece = telling_piece(payload, at, room);
        at = piece.end;
        room -= piece.len();
        // A character that the page's end cuts off speaks against no encoding.
        detector.feed(&payload[piece], at == payload.len() && payload[at - 1].is_ascii());
    }
    let domain = top_level_domain(url);
    detector.guess(domain.as_deref().map(str::as_bytes), Utf8Detection::Deny)
}

/// The next bytes from `from` on that tell encodings apart: a run that is not all ASCII, with some ASCII on both sides.
fn telling_piece(payload: &[u8], from: usize, bytes_max: usize) -> Range<usize> {
    let telling = from + Encoding::ascii_valid_up_to(&payload[from..]);
    let start = telling.saturating_sub(DETECTOR_CONTEXT_BYTES).max(from);
    let (mut end, mut ascii) = (telling, 0);
    while end < payload.len() && end - start < bytes_max && ascii < DETECTOR_CONTEXT_BYTES {
        ascii = if payload[end].is_ascii() { ascii + 1 } else { 0 };
        end += 1;
    }
    start..end
}

/// The last label of the URL's host in lower case; none for addresses in numbers.
fn top_level_domain(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.trim_end_matches('.');
    let label = host.rsplit('.').next()?;
    let is_name = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_name && !label.bytes().all(|byte| byte.is_ascii_digit())).then(|| label.to_ascii_lowercase())
}

impl Decoded<'_> {
    /// What the document says of its decoding.
    pub fn decoding(&self) -> Decoding {
        Decoding { charset: self.encoding.name(), source: self.source, replacements: self.replacements }
    }

    /// How many U+FFFD the decoder wrote.
    pub fn replacements(&self) -> u64 {
        self.replacements
    }

    /// Turns byte offsets of the text, which rise, into byte offsets of the payload.
    ///
    /// Costs nothing where the payload was valid UTF-8, else one more pass of the decoder up to the last of them.
    pub fn to_payload_offsets(&self, offsets: &mut [u64]) {
        let mark_bytes = match self.source {
            CharsetSource::Bom => Encoding::for_bom(self.payload).map_or(0, |(_, bytes)| bytes),
            CharsetSource::Format if self.payload.starts_with(b"\xEF\xBB\xBF") => 3,
            _ => 0,
        };
        let mut follower = Follower {
            bytes: &self.payload[mark_bytes..],
            decoder: self.encoding.new_decoder_without_bom_handling(),
            read: 0,
            written: 0,
            is_copy: matches!(self.text, Cow::Borrowed(_)),
        };
        for offset in offsets {
            *offset = follower.read_to(*offset) + mark_bytes as u64;
        }
    }
}

/// Decodes a payload once more, to see how far into it a text offset lies.
struct Follower<'a> {
    bytes: &'a [u8],
    decoder: encoding_rs::Decoder,
    read: usize,
    written: u64,
    is_copy: bool,
}

impl Follower<'_> {
    /// The first payload offset at which at least `offset` bytes of text are written.
    fn read_to(&mut self, offset: u64) -> u64 {
        if self.is_copy {
            return offset;
        }
        let mut text = [0; 8 * 1024];
        while self.written < offset && self.read < self.bytes.len() {
            let missing = usize::try_from(offset - self.written).unwrap_or(usize::MAX);
            let (source, room) = if missing > CHARACTER_BYTES_MAX {
                (&self.bytes[self.read..], missing.min(text.len()))
            } else {
                // A character at a time: its last byte is the one that makes the decoder write.
                (&self.bytes[self.read..=self.read], text.len())
            };
            let (result, read, written, _) = self.decoder.decode_to_utf8(source, &mut text[..room], false);
            self.read += read;
            self.written += written as u64;
            if read == 0 && written == 0 && result == CoderResult::OutputFull {
                break;
            }
        }
        self.read as u64
    }
}
