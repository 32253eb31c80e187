//! What else comes from outside: stored payloads with codings, robots.txt, addresses.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use super::Case;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(9));
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(0));
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn repeated(head: &str, unit: &[u8], bytes: usize) -> Vec<u8> {
    [head.as_bytes(), &unit.repeat(bytes / unit.len() + 1)].concat()
}

/// Stored payloads: the coding that is declared, a line break, the bytes.
pub const STORED: &[Case<Vec<u8>>] = &[
    ("chunks of one byte", |n| repeated("chunked\n", b"1\r\na\r\n", n)),
    ("chunks with long extensions", |n| repeated("chunked\n", format!("1;{}\r\na\r\n", "x".repeat(250)).as_bytes(), n)),
    ("empty gzip members", |n| repeated("gzip\n", &gzip(b""), n)),
    ("gzip members of one byte", |n| repeated("gzip\n", &gzip(b"a"), n)),
    ("gzip members with a long name", |n| {
        let member = gzip(b"a");
        let (head, rest) = member.split_at(10);
        let name = [&[0x1f, 0x8b, 8, 8], &head[4..], "n".repeat(1_000).as_bytes(), &[0], rest].concat();
        repeated("gzip\n", &name, n)
    }),
    ("stored blocks", |n| [b"deflate\n".to_vec(), zlib(&vec![b'a'; n])].concat()),
    ("empty stored blocks", |n| repeated("deflate\n", &[0, 0, 0, 0xff, 0xff], n)),
    ("blocks of fixed codes", |n| repeated("deflate\n", &[0x62, 0x00, 0x02, 0x00, 0x08, 0x00], n)),
    ("empty zstd frames", |n| repeated("zstd\n", &zstd::bulk::compress(b"", 1).expect("memory"), n)),
    ("zstd frames to skip", |n| {
        repeated(
            "zstd\n",
            &[&zstd::bulk::compress(b"", 1).expect("memory")[..], &[0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]].concat(),
            n,
        )
    }),
    ("empty brotli blocks", |n| repeated("br\n", &[0x8b, 0x00, 0x80, 0x0c, 0x0c, 0x06, 0x06], n)),
];

/// Bodies of robots.txt, of half a million bytes at most, which is what is read of one.
pub const ROBOTS: &[Case<Vec<u8>>] = &[
    ("robots: rules for one robot", |n| repeated("User-agent: bot1\n", b"Disallow: /b\n", n)),
    ("robots: rules for forty robots", |n| {
        let names: String = (0..40).map(|number| format!("User-agent: bot{number}\n")).collect();
        repeated(&names, b"Disallow: /b\n", n)
    }),
    ("robots: wildcards for forty robots", |n| {
        let names: String = (0..40).map(|number| format!("User-agent: bot{number}\n")).collect();
        repeated(&names, b"Disallow: /*aab\n", n)
    }),
    ("robots: many wildcards", |n| repeated("User-agent: bot1\n", b"Disallow: /*a*a*a*a*a*a*a*a*b\n", n)),
    ("robots: long pieces", |n| {
        repeated("User-agent: bot1\n", format!("Disallow: /*{}b\n", "/a".repeat(100)).as_bytes(), n)
    }),
    ("robots: groups", |n| repeated("", b"User-agent: bot1\nDisallow: /*b\n", n)),
    ("robots: names", |n| repeated("", b"User-agent: bot1 bot2\n", n)),
    ("robots: preferences", |n| repeated("", b"Content-Usage: /*b train-ai=n\n", n)),
    ("robots: long preferences", |n| repeated("Content-Signal: ", b"ai-train=no,", n)),
];

/// Addresses. The header of a record holds 64 KiB at most.
pub const ADDRESSES: &[Case<String>] = &[
    ("address: path", |n| format!("https://example.org/{}", "aaaaaaa/".repeat(n / 8))),
    ("address: query of words", |n| format!("https://example.org/?{}", "casino-".repeat(n / 7))),
    ("address: labels", |n| format!("https://{}org/", "a.".repeat(n / 2))),
    ("address: one label", |n| format!("https://{}.org/", "a".repeat(n))),
    ("address: Punycode", |n| format!("https://xn--{}.org/", "a9".repeat(n / 2))),
    ("address: Punycode labels", |n| format!("https://{}org/", "xn--mgbh0fb.".repeat(n / 12))),
    ("address: letters for Punycode", |n| format!("https://{}.org/", "\u{4e2d}\u{6587}".repeat(n / 6))),
    ("address: marks for Punycode", |n| format!("https://a{}.org/", "\u{301}\u{316}".repeat(n / 4))),
    ("address: suffixes", |n| format!("https://{}", "blogspot.com.".repeat(n / 13))),
    ("address: dots", |n| format!("https://{}", ".".repeat(n))),
    ("address: dots in the path", |n| format!("https://example.org/{}", "../a/./".repeat(n / 7))),
    ("address: user name", |n| format!("https://{}example.org/", "a@".repeat(n / 2))),
    ("address: signs to encode", |n| format!("https://example.org/{}", "\u{4e2d} ".repeat(n / 4))),
];
