//! Reads every file of a collection of WARC and ARC files, sound and damaged, and compares the counts with a manifest.
//!
//! The collection is not part of this repository: the test runs when `GRISTMILL_REAL_DATA` names the folder that holds
//! `warc/MANIFEST.tsv`, and says whether it ran. The counts there are those of warcio, a second opinion.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use gristmill::warc::batch::{Batch, Item};
use gristmill::warc::content::{Sorted, SourceFile, sort};
use gristmill::warc::error::WarcError;
use gristmill::warc::limits::Limits;
use gristmill::warc::reader::Reader;

/// Files that warcio reads and this program refuses on purpose: WAT, metadata and no pages.
const REFUSED: [&str; 2] = ["whirlwind/whirlwind.warc.wat", "whirlwind/whirlwind.warc.wat.gz"];

/// What was counted in one file.
#[derive(Debug, Default)]
struct Counts {
    seen: u64,
    content: u64,
    damage: BTreeMap<&'static str, u64>,
}

fn count(folder: &Path, path: &str) -> Result<Counts, WarcError> {
    let file = File::open(folder.join(path)).expect("the manifest names files that are there");
    let limits = Limits::default();
    let mut reader = Reader::open(Box::new(file), path, limits.clone())?;
    let source = SourceFile::new(path);
    let mut batch = Batch::new();
    let mut counts = Counts::default();
    while reader.fill(&mut batch, 1 << 20)? {
        for item in batch.iter() {
            counts.seen += 1;
            match item {
                Item::Damage(damage) => *counts.damage.entry(damage.reason().as_str()).or_default() += 1,
                Item::Record(record) => {
                    counts.content += u64::from(matches!(sort(&record, &source, &limits), Sorted::Content(_)));
                }
            }
        }
    }
    Ok(counts)
}

/// What is wrong with what was counted, if anything is.
fn judge(row: &BTreeMap<&str, &str>, counted: &Result<Counts, WarcError>) -> Option<String> {
    let wanted: u64 = row["warcio_records"].parse().expect("a count");
    let (readable, must_report) = (row["expect"] == "readable", row["must_report"] == "yes");
    match counted {
        Err(error) if readable => Some(format!("refused: {error}")),
        Err(error) if !error.to_string().contains(row["path"]) => Some(format!("does not name the file: {error}")),
        Err(_) => None,
        Ok(Counts { seen, damage, .. }) => {
            let silent = damage.is_empty();
            let further = must_report && *seen > wanted;
            if silent && row["expect"] == "unsupported" {
                Some("read without a word".to_owned())
            } else if silent && must_report && !further {
                Some("damaged, and no damage counted".to_owned())
            } else if *seen != wanted && (readable || (silent && !further)) {
                Some(format!("{seen} seen, wanted {wanted}, damage {damage:?}"))
            } else {
                None
            }
        }
    }
}

#[test]
fn every_file_of_the_collection_is_read_or_refused_for_cause() {
    let Some(data) = std::env::var_os("GRISTMILL_REAL_DATA") else {
        eprintln!("reads_warc: not run, GRISTMILL_REAL_DATA is not set");
        return;
    };
    let folder = Path::new(&data).join("warc");
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).expect("the manifest");
    let mut lines = manifest.lines();
    let names: Vec<&str> = lines.next().expect("a head line").split('\t').collect();
    let (mut files, mut wrong) = (0, Vec::new());
    for line in lines {
        let row: BTreeMap<&str, &str> = names.iter().copied().zip(line.split('\t')).collect();
        let counted = count(&folder, row["path"]);
        files += 1;
        if REFUSED.contains(&row["path"]) {
            assert!(matches!(counted, Err(WarcError::Unsupported { .. })), "{}: {counted:?}", row["path"]);
        } else if let Some(problem) = judge(&row, &counted) {
            wrong.push(format!("{}: {problem}", row["path"]));
        }
    }
    eprintln!("reads_warc: {files} files read, {} wrong", wrong.len());
    assert!(files > 0 && wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One file of the size of a piece of a crawl, of which every count is known.
#[test]
fn a_large_file_is_counted_exactly() {
    let Some(data) = std::env::var_os("GRISTMILL_REAL_DATA") else {
        eprintln!("reads_warc: not run, GRISTMILL_REAL_DATA is not set");
        return;
    };
    let counts = count(&Path::new(&data).join("bulk"), "bulk-small.warc.gz").expect("a sound file");
    assert_eq!((counts.seen, counts.content), (9_772, 3_211), "html_responses and empty_html_responses of its truth");
    assert!(counts.damage.is_empty(), "{:?}", counts.damage);
}
