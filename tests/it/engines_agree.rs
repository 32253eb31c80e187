//! The same inputs under the same plan give the same bytes, whatever the threads, and the same rows however the input is
//! cut into files.

use crate::support::fates::{batches, texts};
use crate::support::sample;
use crate::support::sandbox::Sandbox;

const QUICKSTART: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/quickstart.toml");

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let sandbox = Sandbox::new();
    sandbox.write("in/tiny.warc.gz", sample::warc().bytes);
    for threads in ["1", "2", "7"] {
        sandbox.run(&["run", QUICKSTART, "--input", "in", "--out", threads, "--threads", threads, "--quiet"]).expect(0);
    }
    let one = sandbox.promised("1");
    assert!(
        one.iter().any(|(name, _)| name.starts_with("data/")) && one.iter().any(|(name, _)| name == "manifest.json")
    );
    assert_eq!(one, sandbox.promised("2"));
    assert_eq!(one, sandbox.promised("7"));
}

#[test]
fn many_files_give_the_same_bytes_with_any_number_of_threads() {
    let sandbox = Sandbox::new();
    let warc = sample::warc().bytes;
    (0..6).for_each(|number| {
        sandbox.write(&format!("in/{number}.warc.gz"), &warc);
    });
    for threads in ["1", "7"] {
        sandbox.run(&["run", QUICKSTART, "--input", "in", "--out", threads, "--threads", threads, "--quiet"]).expect(0);
    }
    assert_eq!(sandbox.promised("1"), sandbox.promised("7"));
}

/// A row names its file and offset, so these differ when the input is cut in two; nothing else may.
#[test]
fn an_input_cut_into_two_files_gives_the_same_rows() {
    let sandbox = Sandbox::new();
    let warc = sample::warc();
    let middle = warc.spans[warc.spans.len() / 2].offset_bytes as usize;
    sandbox.write("one/all.warc.gz", &warc.bytes);
    sandbox.write("two/a.warc.gz", &warc.bytes[..middle]);
    sandbox.write("two/b.warc.gz", &warc.bytes[middle..]);
    sandbox.run(&["run", QUICKSTART, "--input", "one", "--out", "out-one", "--quiet"]).expect(0);
    sandbox.run(&["run", QUICKSTART, "--input", "two", "--out", "out-two", "--quiet"]).expect(0);
    for (folder, columns) in [
        ("data", "text id url date language license_spdx license_tier payload_digest text_digest charset"),
        ("ledger", "id url stage reason kept_id"),
        ("dropped", "id url stage reason text"),
        ("dedup", "removed_id kept_id stage"),
    ] {
        let one = batches(&sandbox.path(&format!("out-one/{folder}")));
        let two = batches(&sandbox.path(&format!("out-two/{folder}")));
        for column in columns.split(' ') {
            let (mut one, mut two) = (texts(&one, column), texts(&two, column));
            // Damage has no id of its own: it is called by its file and offset.
            one.iter_mut().chain(&mut two).filter(|text| text.starts_with("urn:gristmill:")).for_each(String::clear);
            if folder == "dropped" {
                // Of a file, documents that were dropped before deduplication come first.
                one.sort();
                two.sort();
            }
            assert_eq!(one, two, "{folder} {column}");
        }
    }
    assert_eq!(sandbox.read_json("out-one/run.json")["funnel"], sandbox.read_json("out-two/run.json")["funnel"]);
}
