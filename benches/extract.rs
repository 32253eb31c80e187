//! How fast pages become text: decoding, parsing and the whole way, in bytes of HTML a second on one core, beside
//! inflating the same pages; then what finding their rights costs, and the scan that may spare a page all of this.
//!
//! The pages are made by code from a fixed seed: articles with navigation, lists, tables and scripts, about 100 KB
//! each. Where `GRISTMILL_REAL_DATA` names the shared data folder, the pages of `wcxb-dev` are measured too.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::path::Path;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use gristmill::annotate::{Annotator as _, rights};
use gristmill::document::Document;
use gristmill::document::origin::Origin;
use gristmill::extract::html::limits::Limits;
use gristmill::extract::html::tree::Tree;
use gristmill::extract::options::Options;
use gristmill::extract::{Hints, charset};

const SEED: u64 = 1;
const PAGES: u64 = 20;
const PARAGRAPHS: u64 = 120;

/// A small generator (SplitMix64), so that the pages are the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}

const WORDS: &[&str] = &[
    "mill",
    "brook",
    "wheel",
    "the",
    "of",
    "grain",
    "water",
    "stone",
    "and",
    "turns",
    "autumn",
    "village",
    "Größe",
    "été",
    "because",
    "slowly",
    "flour",
    "harvest",
    "is",
    "a",
    "was",
    "roof",
    "through",
    "miller&rsquo;s",
    "&amp;",
    "года",
];

fn words(numbers: &mut Numbers, count: u64) -> String {
    let pick = |_| WORDS[numbers.below(WORDS.len() as u64) as usize];
    (0..count).map(pick).collect::<Vec<_>>().join(" ")
}

fn page(numbers: &mut Numbers) -> String {
    let mut html = String::from("<!doctype html><html lang=en><head><meta charset=utf-8><title>The mill</title>");
    for number in 0..20 {
        let _ = write!(html, "<meta name=\"key{number}\" content=\"{}\">", words(numbers, 8));
        let _ = write!(html, "<script>var data{number} = [{}];</script>", "1.5, 2.25, ".repeat(120));
    }
    html.push_str("</head><body class=\"home page-template\"><header><nav class=\"main-nav menu\"><ul>");
    for number in 0..150 {
        let _ = write!(
            html,
            "<li class=\"menu-item menu-item-{number}\"><a class=\"nav-link\" href=\"https://example.org/a/{number}/?b=1&amp;c=2\">\n\
             <svg viewBox=\"0 0 24 24\"><path d=\"M12 2L2 7l10 5 10-5-10-5z\"/></svg> {}</a></li>\n",
            words(numbers, 2)
        );
    }
    html.push_str("</ul></nav></header><main><article class=\"post-content entry\">");
    for number in 0..PARAGRAPHS {
        let length = 20 + numbers.below(80);
        let text = words(numbers, length);
        let linked = words(numbers, 3);
        let _ = match number % 10 {
            3 => write!(html, "<h2 id=\"part-{number}\">{linked}</h2><ul><li>{text}</li><li>{linked}</li></ul>"),
            7 => write!(html, "<table><tr><td>{linked}</td><td>{number}</td></tr></table>"),
            _ => write!(
                html,
                "<p class=\"text\">{text}, <a href=\"/page/{number}\">{linked}</a>. <em>{linked}</em>!</p>\n\n"
            ),
        };
    }
    html.push_str(
        "</article></main><footer><a rel=license href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY</a>",
    );
    html.push_str("</footer></body></html>");
    html
}

fn made_pages() -> Vec<Vec<u8>> {
    let mut numbers = Numbers(SEED);
    (0..PAGES).map(|_| page(&mut numbers).into_bytes()).collect()
}

/// The pages of `wcxb-dev`, in the order of their names; none if the folder is not there.
fn real_pages() -> Vec<Vec<u8>> {
    let Some(data) = std::env::var_os("GRISTMILL_REAL_DATA") else { return Vec::new() };
    let Ok(folder) = fs::read_dir(Path::new(&data).join("wcxb-dev/html")) else { return Vec::new() };
    let mut paths: Vec<_> = folder.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let mut page = Vec::new();
        let file = fs::File::open(path).ok()?;
        MultiGzDecoder::new(file).read_to_end(&mut page).ok()?;
        Some(page)
    };
    paths.iter().filter_map(read).collect()
}

/// Each page as a gzip member of its own, as crawls store them.
fn deflated(pages: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let deflate = |page: &Vec<u8>| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(page).and_then(|()| encoder.finish()).expect("memory takes what is written")
    };
    pages.iter().map(deflate).collect()
}

/// The stretches over one set of pages.
fn stretches(group: &mut BenchmarkGroup<'_, WallTime>, pages: &[Vec<u8>]) {
    let hints = Hints { http_charset: None, url: "https://example.org/" };
    group.throughput(Throughput::Bytes(pages.iter().map(|page| page.len() as u64).sum()));
    let members = deflated(pages);
    group.bench_function("inflate", |bencher| {
        let mut page = Vec::new();
        bencher.iter(|| {
            for member in &members {
                page.clear();
                MultiGzDecoder::new(black_box(&member[..])).read_to_end(&mut page).expect("a member just made");
                black_box(&page);
            }
        });
    });
    group.bench_function("decode", |bencher| {
        bencher.iter(|| pages.iter().map(|page| charset::decode(black_box(page), &hints).text.len()).sum::<usize>());
    });
    let decoded: Vec<_> = pages.iter().map(|page| charset::decode(page, &hints)).collect();
    let (mut tree, limits) = (Tree::default(), Limits::default());
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            for page in &decoded {
                black_box(tree.parse(black_box(&page.text), &limits)).ok();
            }
        });
    });
    let extractor = Options::default().build().expect("the defaults are sound");
    group.bench_function("whole", |bencher| {
        bencher.iter(|| {
            for page in pages {
                black_box(extractor.extract(black_box(page), &hints)).ok();
            }
        });
    });
    let documents: Vec<Document> = pages
        .iter()
        .filter_map(|page| extractor.extract(page, &hints).ok())
        .map(|page| Document::new(page.text, Origin::default(), page.decoding, page.signals))
        .collect();
    let rights = rights::Config::default().build().expect("the defaults are sound");
    group.bench_function("rights", |bencher| {
        bencher.iter(|| documents.iter().for_each(|document| drop(black_box(rights.find(black_box(document))))));
    });
    group.bench_function("license marks", |bencher| {
        bencher.iter(|| pages.iter().filter(|page| rights::marks::may_state_license(black_box(page))).count());
    });
}

fn extract(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("extract/made");
    stretches(&mut group, &made_pages());
    group.finish();
    let real = real_pages();
    if !real.is_empty() {
        let mut group = criterion.benchmark_group("extract/wcxb-dev");
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        stretches(&mut group, &real);
        group.finish();
    }
}

criterion_group!(benches, extract);
criterion_main!(benches);
