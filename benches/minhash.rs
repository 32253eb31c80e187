//! From text to signatures, in bytes of text: words and shingles, permutations, both together.
//!
//! Texts are generated from a fixed seed. The ratio of the two paths of the permutations is that of one run.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gristmill::dedup::minhash::config::Config;
use gristmill::dedup::minhash::permutation::Permutations;
use gristmill::dedup::minhash::shingle::Shingler;

const TEXT_BYTES: usize = 1 << 20;

/// English-like text of about this many bytes: words of 2 to 11 letters from a small vocabulary, with marks.
fn text(bytes: usize) -> String {
    let mut state = 1_u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let words: Vec<String> =
        (0..4_000).map(|_| (0..2 + next(10)).map(|_| char::from(b'a' + next(26) as u8)).collect()).collect();
    let mut out = String::with_capacity(bytes + 16);
    while out.len() < bytes {
        out.push_str(&words[next(4_000) as usize]);
        out.push_str([" ", " ", " ", " ", " ", ", ", ". ", "\n"][next(8) as usize]);
    }
    out
}

fn minhash(criterion: &mut Criterion) {
    let text = text(TEXT_BYTES);
    let mut group = criterion.benchmark_group("minhash");
    group.throughput(Throughput::Bytes(text.len() as u64));
    let mut shingler = Shingler::default();
    group.bench_function("shingles of 5 words", |bencher| {
        bencher.iter(|| {
            let mut sum = 0_u64;
            shingler.for_each(black_box(&text), 5, |hash| sum = sum.wrapping_add(hash));
            sum
        });
    });
    let mut hashes = Vec::new();
    shingler.for_each(&text, 5, |hash| hashes.push((hash >> 32) as u32));
    let permutations = Permutations::new(1, 112);
    let mut minima = Vec::new();
    group.bench_function("112 permutations, this processor", |bencher| {
        bencher.iter(|| permutations.minima(black_box(&hashes), &mut minima));
    });
    group.bench_function("112 permutations, any processor", |bencher| {
        bencher.iter(|| permutations.minima_portable(black_box(&hashes), &mut minima));
    });
    let stage = Config::default().build().expect("the defaults are valid");
    let mut key = Vec::new();
    group.bench_function("signature 14x8", |bencher| {
        bencher.iter(|| {
            key.clear();
            stage.push_key(black_box(&text), &mut key);
        });
    });
    group.finish();
}

criterion_group!(benches, minhash);
criterion_main!(benches);
