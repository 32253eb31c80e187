//! What holds for any bytes: one law for each fuzz target. `tests/it/keeps_laws.rs` holds them for the kept corpus.
//!
//! Each law panics when it is broken, and says nothing otherwise. The names are those of the targets, of the folders
//! below `corpus/`, and of the words that `run.sh` takes.

pub mod html;
pub mod http;
pub mod lists;
pub mod members;
pub mod memory_store;
pub mod models;
pub mod plan;
pub mod rights;
pub mod shards;

/// A law: any bytes may be given to it.
pub type Law = fn(&[u8]);

/// All laws by their names, in the order in which bytes are met.
pub const ALL: &[(&str, Law)] = &[
    ("members", members::members),
    ("records", members::records),
    ("message", http::message),
    ("chunked", http::chunked),
    ("codings", http::codings),
    ("decode", html::decode),
    ("tokens", html::tokens),
    ("tree", html::tree),
    ("extraction", html::extraction),
    ("json_ld", rights::json_ld),
    ("robots", rights::robots),
    ("preset", plan::preset),
    ("manifest", plan::manifest),
    ("run_files", plan::run_files),
    ("parquet", shards::parquet),
    ("fasttext", models::fasttext),
    ("tokenizer", models::tokenizer),
    ("punkt", models::punkt),
    ("url_lists", lists::url_lists),
    ("takedown", lists::takedown),
    ("tables", lists::tables),
];

/// Length of a stretched input, in bytes: so long that work which grows with the square of it is seen.
const STRETCHED_BYTES: usize = 256 << 10;

/// For one input in 32 a longer one: some of its middle many times over. Work that is not linear in the input takes too
/// long on it, which the fuzzer's limit of time finds.
fn stretched(bytes: &[u8]) -> Option<Vec<u8>> {
    let sum = bytes.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    if bytes.len() < 2 || sum % 32 != 0 {
        return None;
    }
    let (a, b) = (sum / 32 % bytes.len(), sum / 997 % bytes.len());
    let (from, to) = (a.min(b), a.max(b) + 1);
    let times = STRETCHED_BYTES / (to - from);
    Some([&bytes[..from], &bytes[from..to].repeat(times), &bytes[to..]].concat())
}
