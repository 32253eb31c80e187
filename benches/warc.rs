//! How fast WARC files are read, in bytes of inflated WARC a second on one core.
//!
//! The input is made here from a fixed seed. If `GRISTMILL_REAL_DATA` names a folder with `bulk/bulk-small.warc.gz`,
//! that file is measured as well.

use std::hint::black_box;
use std::io::{Cursor, Write};
use std::path::Path;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use flate2::{Compression, Decompress, FlushDecompress, Status, write::GzEncoder};
use gristmill::warc::batch::{Batch, Item};
use gristmill::warc::content::{SourceFile, sort};
use gristmill::warc::limits::Limits;
use gristmill::warc::reader::Reader;

const PAGES: usize = 600;
const BATCH_BYTES: usize = 8 << 20;

/// Pages of 4 to 120 kB in the shape of Common Crawl: a request, a response and a metadata record each.
fn made_file() -> Vec<u8> {
    let mut seed = 1_u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let words: Vec<String> =
        (0..4_000).map(|_| (0..2 + random(9)).map(|_| (b'a' + random(26) as u8) as char).collect()).collect();
    let mut file = Vec::new();
    for page in 0..PAGES {
        let mut html = String::from("<!doctype html><html><head><title>page</title></head><body>");
        let length = 4_000 + random(116_000) as usize;
        while html.len() < length {
            html.push_str("<p class=\"text\">");
            for _ in 0..20 + random(60) {
                html.push_str(&words[(random(4_000) * random(4_000) / 4_000) as usize]);
                html.push(' ');
            }
            html.push_str("</p>\n");
        }
        html.push_str("</body></html>");
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\nServer: made\r\n\r\n";
        write_member(&mut file, page, "request", "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n");
        write_member(&mut file, page, "response", &format!("{head}{html}"));
        write_member(&mut file, page, "metadata", "fetchTimeMs: 12\r\n");
    }
    file
}

fn write_member(file: &mut Vec<u8>, page: usize, kind: &str, block: &str) {
    let mut member = GzEncoder::new(file, Compression::new(6));
    let length = block.len();
    write!(
        member,
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{page:032x}>\r\n\
         WARC-Target-URI: https://example.org/{page}\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n\
         {block}\r\n\r\n"
    )
    .expect("memory takes everything");
    member.finish().expect("memory takes everything");
}

/// The floor: inflating alone, members one after another, without checksums or framing.
fn inflate_all(file: &[u8], out: &mut [u8]) -> u64 {
    let mut inflate = Decompress::new(false);
    let (mut rest, mut total) = (file, 0);
    while rest.len() > 18 {
        inflate.reset(false);
        let (mut at, mut taken) = (10, 0);
        loop {
            let status = inflate.decompress(&rest[at..], out, FlushDecompress::None).expect("the file is sound");
            at += (inflate.total_in() - taken) as usize;
            taken = inflate.total_in();
            if status == Status::StreamEnd {
                break;
            }
        }
        total += inflate.total_out();
        rest = &rest[at + 8..];
    }
    total
}

fn read_all(file: &'static [u8], batch: &mut Batch, mut each: impl FnMut(&Item<'_>)) -> u64 {
    let mut reader = Reader::open(Box::new(Cursor::new(file)), "bench", Limits::default()).expect("an archive");
    let mut items = 0;
    while reader.fill(batch, BATCH_BYTES).expect("memory does not fail") {
        batch.iter().for_each(|item| each(&item));
        items += batch.len() as u64;
    }
    items
}

fn measure(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, file: &'static [u8]) {
    let mut arena = vec![0; 4 << 20];
    let mut batch = Batch::new();
    let source = SourceFile::new("bench.warc.gz");
    let limits = Limits::default();
    group.throughput(Throughput::Bytes(inflate_all(file, &mut arena)));
    group.bench_function(format!("inflate only, {name}"), |b| b.iter(|| inflate_all(black_box(file), &mut arena)));
    group.bench_function(format!("inflate and frame, {name}"), |b| b.iter(|| read_all(file, &mut batch, |_| {})));
    group.bench_function(format!("inflate, frame and sort, {name}"), |b| {
        b.iter(|| {
            read_all(file, &mut batch, |item| {
                if let Item::Record(record) = item {
                    black_box(sort(record, &source, &limits));
                }
            })
        })
    });
}

fn warc(c: &mut Criterion) {
    let mut group = c.benchmark_group("warc");
    group.sample_size(10);
    measure(&mut group, "made", made_file().leak());
    let real = std::env::var_os("GRISTMILL_REAL_DATA").map(|dir| Path::new(&dir).join("bulk/bulk-small.warc.gz"));
    match real.map(std::fs::read) {
        Some(Ok(file)) => measure(&mut group, "bulk-small", file.leak()),
        Some(Err(error)) => eprintln!("bulk-small is not measured: {error}"),
        None => eprintln!("bulk-small is not measured: GRISTMILL_REAL_DATA is not set"),
    }
    group.finish();
}

criterion_group!(benches, warc);
criterion_main!(benches);
