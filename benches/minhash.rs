//! From text to band keys, in bytes of text: shingles, permutations, signature, and all of it.
//!
//! The text is generated from a fixed seed, with words as long as those of English web pages and about as many marks,
//! capital letters, digits and characters beyond ASCII. The ratio of the two paths of the permutations is that of one
//! run.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gristmill::dedup::minhash::config::Config;
use gristmill::dedup::minhash::permutation::Permutations;
use gristmill::dedup::minhash::shingle::Shingler;

const TEXT_BYTES: usize = 1 << 20;
const VOCABULARY_WORDS: u64 = 4_000;

/// What stands between white space besides plain words, one piece in 16. Three are beyond ASCII, so that 1.1 % of all
/// pieces are; of the pieces of English web pages 1.3 % were.
const PIECES: [&str; 16] = [
    "don't",
    "2024",
    "it’s",
    "state-of-the-art",
    "(see",
    "1,234.50",
    "—",
    "e.g.,",
    "U.S.",
    "\"well\"",
    "café",
    "10:30",
    "5%",
    "and/or",
    "John's",
    "end...",
];

/// English-like text of about this many bytes: frequent words are short, sentences begin with a capital letter.
fn text(bytes: usize) -> String {
    let mut state = 1_u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let words: Vec<String> = (0..VOCABULARY_WORDS)
        .map(|rank| {
            let letters = if rank < 200 { 1 + next(4) } else { 3 + next(7) };
            (0..letters).map(|_| char::from(b'a' + next(26) as u8)).collect()
        })
        .collect();
    let mut out = String::with_capacity(bytes + 32);
    let mut is_sentence_start = true;
    while out.len() < bytes {
        let word_start = out.len();
        out.push_str(match next(16) {
            0 => PIECES[next(PIECES.len() as u64) as usize],
            _ => &words[(next(VOCABULARY_WORDS) * next(VOCABULARY_WORDS) / VOCABULARY_WORDS) as usize],
        });
        if is_sentence_start && out.is_char_boundary(word_start + 1) {
            out[word_start..=word_start].make_ascii_uppercase();
        }
        let end =
            [" ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", ", ", ". ", ".\n", " "][next(16) as usize];
        is_sentence_start = end.starts_with('.');
        out.push_str(end);
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
    let mut key = Vec::new();
    group.bench_function("text to 14 band keys", |bencher| {
        bencher.iter(|| {
            key.clear();
            stage.push_key(black_box(&text), &mut key);
            stage.band_keys(&key).fold(0, u64::wrapping_add)
        });
    });
    group.finish();
}

criterion_group!(benches, minhash);
criterion_main!(benches);
