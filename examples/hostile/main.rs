//! What the stages cost on documents made to cost much: time and memory for a byte of input, at two sizes.
//!
//!     cargo run --release --example hostile -- [BYTES] [NANOSECONDS_A_BYTE] [WORDS_OF_CASE_OR_STAGE]
//!
//! Takes every page and text of `pages.rs` and `texts.rs` through every stage of `stages.rs`, with BYTES (1,000,000 if
//! not given) and four times as many. Prints, a line each, stage, case, nanoseconds a byte at both sizes, how much
//! dearer a byte is in the larger one, and how many bytes a byte of input takes at most. Only what costs more than
//! NANOSECONDS_A_BYTE (200 if not given), or twice as much a byte in the larger input, is printed, and the dearest case
//! of every stage at the end. Time is that of
//! the thread, and depends on the machine; what stands in tests is counted, never timed.

mod counting;
mod others;
mod pages;
mod stages;
mod texts;

use std::sync::LazyLock;
use std::time::Instant;

use stages::Stage;

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

/// What is read of a robots.txt and of an address at most, about.
const ROBOTS_BYTES: usize = 500 << 10;
const URL_BYTES: usize = 64 << 10;

/// An input: its name, and what it is at about so many bytes.
type Case<O> = (&'static str, fn(usize) -> O);

/// What one stage cost on one case.
struct Cost<'a> {
    stage: &'a str,
    case: &'a str,
    /// Nanoseconds a byte at both sizes.
    nanoseconds: [f64; 2],
    /// Most bytes taken for a byte of input, at the larger size.
    memory: f64,
}

impl Cost<'_> {
    fn print(&self) {
        let Self { stage, case, nanoseconds: [small, large], memory } = self;
        println!("{stage:44} {case:32} {small:9.1} {large:9.1} {:6.2} {memory:8.1}", large / small);
    }
}

struct Asked {
    bytes: usize,
    nanoseconds_min: f64,
    words: Vec<String>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let bytes = arguments.next().and_then(|typed| typed.parse().ok()).unwrap_or(1_000_000);
    let nanoseconds_min = arguments.next().and_then(|typed| typed.parse().ok()).unwrap_or(200.0);
    let asked = Asked { bytes, nanoseconds_min, words: arguments.collect() };
    println!("{:44} {:32} {:>9} {:>9} {:>6} {:>8}", "stage", "case", "ns/byte", "at 4x", "ratio", "memory");
    let of_bytes = |bytes| Asked { bytes, words: asked.words.clone(), ..asked };
    measure(&asked, &stages::of_stored(), others::STORED, |stored| stored, |stored| stored.len());
    measure(&of_bytes(ROBOTS_BYTES / 4), &stages::of_robots(), others::ROBOTS, |body| body, |body| body.len());
    measure(&of_bytes(URL_BYTES / 4), &stages::of_addresses(), others::ADDRESSES, |url| url, |url| url.len());
    measure(&asked, &stages::of_pages(), pages::CASES, |page| page, |page| page.len());
    measure(&asked, &stages::of_texts(), texts::CASES, |text| text, |text| text.len());
}

/// Nanoseconds that this thread has worked, where the system tells them (Linux); else those that have passed.
fn worked() -> f64 {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let told = told.and_then(|told| told.split(' ').next()?.parse().ok());
    told.unwrap_or_else(|| BEGUN.elapsed().as_nanos() as f64)
}

/// Takes each case through each stage, and prints what is dear.
fn measure<T: ?Sized, O>(
    asked: &Asked,
    stages: &[Stage<T>],
    cases: &[Case<O>],
    as_input: impl Fn(&O) -> &T,
    len: impl Fn(&T) -> usize,
) {
    let is_asked = |stage: &str, case: &str| asked.words.iter().all(|word| stage.contains(word) || case.contains(word));
    for stage in stages {
        let mut dearest: Option<Cost<'_>> = None;
        for (case, make) in cases.iter().filter(|(case, _)| is_asked(&stage.name, case)) {
            let inputs = [make(asked.bytes), make(4 * asked.bytes)];
            let mut memory = 0.0;
            let nanoseconds = inputs.each_ref().map(|input| {
                let input = as_input(input);
                let begun = worked();
                let ((), most) = counting::most_bytes(|| (stage.run)(input));
                memory = most as f64 / len(input) as f64;
                (worked() - begun) / len(input) as f64
            });
            let cost = Cost { stage: &stage.name, case, nanoseconds, memory };
            let grows = nanoseconds[1] > 2.0 * nanoseconds[0] && nanoseconds[1] > asked.nanoseconds_min / 10.0;
            if nanoseconds[1] > asked.nanoseconds_min || grows || !asked.words.is_empty() {
                cost.print();
            }
            if dearest.as_ref().is_none_or(|dearest| dearest.nanoseconds[1] < nanoseconds[1]) {
                dearest = Some(cost);
            }
        }
        if let Some(dearest) = dearest {
            print!("= ");
            dearest.print();
        }
    }
}
