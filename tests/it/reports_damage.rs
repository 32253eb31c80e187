//! Damage through the whole program: one row of the ledger each, with file, place and reason, and an exit code.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::fates::{batches, numbers, texts};
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;

const STAGES: &str = "[[stage]]\nextract.html = {}\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::new(6));
    member.write_all(bytes).expect("memory takes all that is written");
    member.finish().expect("memory takes all that is written")
}

const TEXT: &str = "The mill by the brook has ground the grain of the valley for three hundred years, and on quiet \
    evenings you can still hear the water and the clatter of the old wheels as far as the village.";

fn page(number: u32) -> Vec<u8> {
    let html = format!("<article><p>{TEXT}</p><p>{TEXT}</p></article>");
    WarcBuilder::new().page(&format!("https://example.org/{number}"), html).intact()
}

/// A file of three pages of which the middle one was made to something else: its place and the reason, and both others.
fn check(sandbox: &Sandbox, name: &str, damaged: &[u8], reason: &str) {
    let [before, after] = [1, 3].map(|number| gzip(&page(number)));
    sandbox.write(&format!("{name}/in/{name}.warc.gz"), [&before[..], damaged, &after].concat());
    sandbox.write("preset.toml", format!("recipe = 1\n{STAGES}"));
    let (input, out) = (format!("{name}/in"), format!("{name}/out"));
    let arguments = ["run", "preset.toml", "--input", &input, "--out", &out];
    let ran = sandbox.run(&arguments).expect(0);
    assert!(
        ran.stdout.contains(&format!("1 record could not be read; {name}/out/ledger says where")),
        "{}",
        ran.stdout
    );
    let ledger = batches(&sandbox.path(&format!("{name}/out/ledger")));
    assert_eq!(texts(&ledger, "reason"), [reason], "{name}");
    assert_eq!(texts(&ledger, "file_path"), [format!("{name}.warc.gz")], "{name}");
    assert_eq!(numbers(&ledger, "warc_record_offset"), [before.len() as u64], "{name}");
    assert_eq!(texts(&batches(&sandbox.path(&format!("{name}/out/data"))), "text").len(), 2, "{name}");
}

#[test]
fn each_damage_is_one_row_of_the_ledger_and_the_next_record_is_found() {
    let sandbox = Sandbox::new();
    let sound = page(2);
    let with = |from: &str, to: &str| {
        let text = String::from_utf8(sound.clone()).expect("a page of ASCII");
        assert!(text.contains(from), "{text}");
        gzip(text.replacen(from, to, 1).as_bytes())
    };
    let length = "Content-Length: ";
    let mut flipped = gzip(&sound);
    let crc = flipped.len() - 8;
    flipped[crc] ^= 1;
    check(&sandbox, "flipped", &flipped, "warc.bad_gzip");
    check(&sandbox, "rubbish", b"rubbish between members", "warc.garbage");
    check(&sandbox, "longer", &with(length, "Content-Length: 9"), "warc.wrong_length");
    check(&sandbox, "negative", &with(length, "Content-Length: -"), "warc.bad_header");
    check(&sandbox, "huge", &with(length, "Content-Length: 4294967296"), "warc.too_large");
    check(&sandbox, "version", &with("WARC/1.0", "WARC/7.0"), "warc.bad_version");
    let endless = format!("WARC/1.0\r\nWARC-Type: {}", "x".repeat(4 << 20));
    check(&sandbox, "endless_header", &gzip(endless.as_bytes()), "warc.too_large");
}

#[test]
fn an_empty_file_and_a_cut_one_are_damage_and_a_folder_in_place_of_a_file_is_none() {
    let sandbox = Sandbox::new();
    sandbox.preset("preset.toml", STAGES);
    let whole = [gzip(&page(1)), gzip(&page(2))].concat();
    sandbox.write("in/a.warc.gz", []);
    sandbox.write("in/b.warc.gz", &whole[..whole.len() - 20]);
    // A folder that is called as a file is: it is searched, and holds nothing.
    std::fs::create_dir_all(sandbox.path("in/c.warc.gz")).expect("the sandbox can be written to");
    sandbox.run(&["run", "preset.toml", "--input", "in"]).expect(0);
    let ledger = batches(&sandbox.path("out/ledger"));
    assert_eq!(texts(&ledger, "reason"), ["warc.empty_file", "warc.cut_member"]);
    assert_eq!(texts(&ledger, "file_path"), ["a.warc.gz", "b.warc.gz"]);
    let ran = sandbox.run(&["run", "preset.toml", "--input", "in/c.warc.gz", "--out", "none"]).expect(2);
    assert!(ran.stderr.contains("in/c.warc.gz holds no file that ends in .warc"), "{}", ran.stderr);
}

/// An answer that ends in the middle of a chunk, one whose chunk is said to be larger than any memory, and a bomb.
#[test]
fn hostile_bodies_are_cut_at_their_limits_and_stop_nothing() {
    let sandbox = Sandbox::new();
    sandbox.preset("preset.toml", STAGES);
    let record = |number: u32, head: &str, body: &[u8]| {
        let block = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", head.as_bytes(), b"\r\n\r\n", body].concat();
        let header = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: \
             https://example.org/{number}\r\nWARC-Date: 2026-01-17T06:00:00Z\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        gzip(&[header.as_bytes(), &block, b"\r\n\r\n"].concat())
    };
    let chunked = "Transfer-Encoding: chunked";
    let bomb = gzip(&b"<p>flour</p>".repeat(3 << 20));
    let file = [
        record(1, chunked, b"c\r\n<p>the mill a\r\nffffffff\r\n and more of it that never ends"),
        record(2, chunked, b"c\r\n<p>the mill a\r\nffffffffffffffffffffffff\r\nmore"),
        record(3, "Content-Encoding: gzip", &bomb),
        record(4, "X: y", format!("<article><p>{TEXT}</p><p>{TEXT}</p></article>").as_bytes()),
    ];
    sandbox.write("in/a.warc.gz", file.concat());
    sandbox.run(&["run", "preset.toml", "--strict"]).expect(0);
    let kept = texts(&batches(&sandbox.path("out/data")), "url");
    assert!(kept.contains(&String::from("https://example.org/4")), "{kept:?}");
    let manifest = sandbox.read_json("out/manifest.json");
    assert_eq!(manifest["inputs"][0]["records"], 4, "every record is accounted for");
}

#[test]
fn strict_runs_publish_the_same_and_end_with_2_if_a_record_was_damaged() {
    let sandbox = Sandbox::new();
    sandbox.preset("preset.toml", STAGES);
    sandbox.write("in/a.warc.gz", [gzip(&page(1)), b"rubbish".to_vec(), gzip(&page(2))].concat());
    sandbox.run(&["run", "preset.toml", "--out", "loose"]).expect(0);
    let ran = sandbox.run(&["run", "preset.toml", "--out", "strict", "--strict"]).expect(2);
    assert!(ran.stderr.contains("error: 1 record could not be read; the set is published"), "{}", ran.stderr);
    assert_eq!(sandbox.promised("strict"), sandbox.promised("loose"));
    let again = sandbox.run(&["run", "preset.toml", "--out", "strict", "--strict"]).expect(2);
    assert!(again.stdout.contains("was there already"), "{}", again.stdout);
    sandbox.write("in/a.warc.gz", gzip(&page(1)));
    sandbox.run(&["run", "preset.toml", "--out", "sound", "--strict"]).expect(0);
}
