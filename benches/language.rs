//! Speed of finding a language: short texts, texts that are sampled, and texts in several scripts.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gristmill::annotate::language::Config;

const ENGLISH: &str = "the library opens every morning while readers from many towns gather around old wooden tables \
    and nobody knows whether these books were ever returned because people forget what they borrowed last winter";
const RUSSIAN: &str = "библиотека открывается каждое утро и читатели из многих городов собираются за старыми \
    деревянными столами но никто не знает вернулись ли эти книги потому что люди забывают что взяли прошлой зимой";
const CHINESE: &str =
    "图书馆 每天 早晨 开门 来自 许多 城镇 的 读者 围坐 在 旧 木桌 旁 没有人 知道 这些 书 是否 曾经 归还";

/// `bytes` bytes or a little more of a language, its words shuffled by a fixed seed.
fn sample_text(words: &str, bytes: usize) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let (mut text, mut state) = (String::new(), 1_u32);
    while text.len() < bytes {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(words[(state >> 16) as usize % words.len()]);
        text.push(' ');
    }
    text
}

fn identify(c: &mut Criterion) {
    let identifier = Config::default().build().expect("the defaults are valid");
    let mut group = c.benchmark_group("language");
    for (name, words, bytes) in [
        ("english, 200 bytes", ENGLISH, 200),
        ("english, 3 kB", ENGLISH, 3_000),
        ("english, 100 kB", ENGLISH, 100_000),
        ("russian, 3 kB", RUSSIAN, 3_000),
        ("chinese, 3 kB", CHINESE, 3_000),
    ] {
        let text = sample_text(words, bytes);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| b.iter(|| identifier.identify(black_box(&text))));
    }
    group.finish();
}

criterion_group!(benches, identify);
criterion_main!(benches);
