//! Writes `sample-data/tiny.warc.gz` and its description, the same bytes every time.
//!
//! Run `cargo run --example make_sample_data` after a change to the sample pages.
//! A test compares the files with what this makes.

#[path = "../tests/it/support/sample/mod.rs"]
mod sample;
#[path = "../tests/it/support/warc_builder/mod.rs"]
mod warc_builder;

fn main() -> anyhow::Result<()> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = sample::warc();
    std::fs::write(root.join(sample::WARC_PATH), &file.bytes)?;
    std::fs::write(root.join(sample::README_PATH), sample::readme::readme())?;
    println!("{}: {} records, {} bytes", sample::WARC_PATH, file.spans.len(), file.bytes.len());
    Ok(())
}
