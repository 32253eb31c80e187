//! Compression and chunking with every choice fixed, so that the bytes are the same on every machine.
//!
//! Level 9, modification time 0 and operating system 255 (unknown) go into each gzip member.
//! The deflate bytes then depend on the version of zlib-rs alone, which `Cargo.lock` pins.

use std::io::Write;

use flate2::{Compression, GzBuilder};

const GZIP_LEVEL: u32 = 9;
const GZIP_SYSTEM_UNKNOWN: u8 = 255;
const ZSTD_LEVEL: i32 = 19;
const CHUNK_BYTES: usize = 512;

/// One gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder =
        GzBuilder::new().mtime(0).operating_system(GZIP_SYSTEM_UNKNOWN).write(Vec::new(), Compression::new(GZIP_LEVEL));
    encoder.write_all(bytes).expect("a vector takes every write");
    encoder.finish().expect("a vector takes every write")
}

/// One zstd frame.
pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, ZSTD_LEVEL).expect("memory takes every write")
}

/// Chunks of at most 512 bytes and the last chunk (RFC 9112, section 7.1).
pub fn chunked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in bytes.chunks(CHUNK_BYTES) {
        out.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        out.extend_from_slice(chunk);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"0\r\n\r\n");
    out
}
