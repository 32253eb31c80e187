//! SHA-1 and the two names that crawls make with it: digests in base 32 and version 5 UUIDs.
//!
//! The program itself never needs SHA-1, so these 40 lines (RFC 3174) spare it a dependency.
//! SHA-1 names things here and secures nothing.

use data_encoding::BASE32;

/// `sha1:` and the digest in base 32, as Common Crawl writes `WARC-Payload-Digest`.
pub fn digest(bytes: &[u8]) -> String {
    format!("sha1:{}", BASE32.encode(&sha1(bytes)))
}

/// A `WARC-Record-ID` that depends on `name` alone: a version 5 UUID (RFC 9562) in the name space of URLs.
pub fn record_id(name: &str) -> String {
    const URL_NAME_SPACE: u128 = 0x6ba7_b811_9dad_11d1_80b4_00c0_4fd4_30c8;
    let mut input = URL_NAME_SPACE.to_be_bytes().to_vec();
    input.extend_from_slice(name.as_bytes());
    let mut uuid = [0; 16];
    uuid.copy_from_slice(&sha1(&input)[..16]);
    uuid[6] = uuid[6] & 0x0f | 0x50;
    uuid[8] = uuid[8] & 0x3f | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&uuid);
    format!("<urn:uuid:{}-{}-{}-{}-{}>", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn sha1(bytes: &[u8]) -> [u8; 20] {
    let mut message = bytes.to_vec();
    message.push(0x80);
    message.resize(message.len().next_multiple_of(64), 0);
    if bytes.len() % 64 >= 56 {
        message.resize(message.len() + 64, 0);
    }
    let end = message.len() - 8;
    message[end..].copy_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());

    let mut state: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in message.chunks_exact(64) {
        add_block(&mut state, block);
    }
    let mut out = [0; 20];
    for (place, word) in out.chunks_exact_mut(4).zip(state) {
        place.copy_from_slice(&word.to_be_bytes());
    }
    out
}

fn add_block(state: &mut [u32; 5], block: &[u8]) {
    let mut words = [0u32; 80];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = u32::from_be_bytes(bytes.try_into().expect("chunks of four bytes"));
    }
    for i in 16..80 {
        words[i] = (words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16]).rotate_left(1);
    }
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    for (i, word) in words.iter().enumerate() {
        let (mix, constant) = match i {
            0..20 => (b & c | !b & d, 0x5a82_7999),
            20..40 => (b ^ c ^ d, 0x6ed9_eba1),
            40..60 => (b & c | b & d | c & d, 0x8f1b_bcdc),
            _ => (b ^ c ^ d, 0xca62_c1d6_u32),
        };
        let next = a.rotate_left(5).wrapping_add(mix).wrapping_add(e).wrapping_add(constant).wrapping_add(*word);
        (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
    }
    for (sum, part) in state.iter_mut().zip([a, b, c, d, e]) {
        *sum = sum.wrapping_add(part);
    }
}

/// The examples of RFC 3174 and RFC 9562, and lengths around the padding's edge.
#[test]
fn sha1_and_uuid_agree_with_their_standards() {
    assert_eq!(data_encoding::HEXLOWER.encode(&sha1(b"abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
    assert_eq!(digest(b""), "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
    let long = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    assert_eq!(data_encoding::HEXLOWER.encode(&sha1(long)), "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    assert_eq!(sha1(&[7; 64]).len(), 20);
    assert!(record_id("http://example.org/").starts_with("<urn:uuid:"));
}
