//! Checks the digests that records state: `sha1:`, `sha256:` or `md5:`, in base32 or in hexadecimal.
//!
//! A payload digest is over the payload as stored, after the HTTP head and before any coding is undone. That is what
//! Common Crawl writes; writers that undo the transfer coding first state another digest, which is then a mismatch.

use data_encoding::{BASE32_NOPAD, HEXLOWER_PERMISSIVE};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// What checking a stated digest came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// The bytes are those that the digest was made of.
    Agrees,
    /// They are not.
    Differs,
    /// The algorithm or the way of writing is not known here.
    Unknown,
}

/// Checks `stated`, e.g. `sha1:G7HRM7BGOKSKMSXZAHMUQTTV53QOFSMK`, against the bytes.
pub fn check(stated: &str, bytes: &[u8]) -> Checked {
    let Some((algorithm, value)) = stated.trim().split_once(':') else { return Checked::Unknown };
    let found: Vec<u8> = match algorithm.to_ascii_lowercase().replace('-', "").as_str() {
        "sha1" => Sha1::digest(bytes).to_vec(),
        "sha256" => Sha256::digest(bytes).to_vec(),
        "md5" => Md5::digest(bytes).to_vec(),
        _ => return Checked::Unknown,
    };
    match decode(value, found.len()) {
        Some(wanted) if wanted == found => Checked::Agrees,
        Some(_) => Checked::Differs,
        None => Checked::Unknown,
    }
}

/// The bytes of a digest: hexadecimal if it has the length of that, else base32.
fn decode(value: &str, length: usize) -> Option<Vec<u8>> {
    let value = value.trim().trim_end_matches('=');
    if value.len() == 2 * length {
        return HEXLOWER_PERMISSIVE.decode(value.as_bytes()).ok();
    }
    let decoded = BASE32_NOPAD.decode(value.to_ascii_uppercase().as_bytes()).ok()?;
    (decoded.len() == length).then_some(decoded)
}

/// `sha1:` and base32, as Common Crawl and most writers state it.
pub fn sha1_base32(bytes: &[u8]) -> String {
    format!("sha1:{}", BASE32_NOPAD.encode(&Sha1::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_agree_in_every_way_of_writing() {
        // Digests of no bytes at all: FIPS 180-4 and RFC 1321.
        for stated in [
            "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
            "SHA1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj",
            "sha-1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====",
            "md5:d41d8cd98f00b204e9800998ecf8427e",
            "md5:D41D8CD98F00B204E9800998ECF8427E",
        ] {
            assert_eq!(check(stated, b""), Checked::Agrees, "{stated}");
            assert_eq!(check(stated, b"x"), Checked::Differs, "{stated}");
        }
    }

    #[test]
    fn what_cannot_be_checked_is_told_apart_from_what_differs() {
        for stated in ["", "sha1", "sha1:", "sha1:!!", "crc32:00000000", "sha1:3I42H3S6"] {
            assert_eq!(check(stated, b""), Checked::Unknown, "{stated}");
        }
        assert_eq!(check(&sha1_base32(b"page"), b"page"), Checked::Agrees);
    }
}
