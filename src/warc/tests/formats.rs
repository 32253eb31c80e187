//! Which files are read, by their content, and which are refused.

use super::*;
use crate::warc::record::RecordType;

#[test]
fn plain_files_give_the_range_of_each_record() {
    let (one, two) = (record("one"), record("two"));
    let file = format!("{one}{two}");
    let found = read(file.as_bytes());
    assert_eq!(found[0].item, block("one"));
    assert_eq!((found[0].offset, found[0].length), (0, one.len() as u64));
    assert_eq!(found[1].item, block("two"));
    assert_eq!((found[1].offset, found[1].length), (one.len() as u64, two.len() as u64));
}

#[test]
fn one_member_a_record_gives_the_range_of_each_member() {
    let members = [gzip(record("one")), gzip(record(&noise(700_000, 1))), gzip(record(""))];
    let found = read(&members.concat());
    assert_eq!(found.len(), 3);
    let mut offset = 0;
    for (found, member) in found.iter().zip(&members) {
        assert_eq!((found.offset, found.length, found.within), (offset, member.len() as u64, 0));
        offset += member.len() as u64;
    }
}

#[test]
fn one_member_for_the_whole_file_is_framed_by_length() {
    let file = gzip(record("one") + &record("two"));
    let found = read(&file);
    assert_eq!(found.len(), 2);
    for found in &found {
        assert_eq!((found.offset, found.length), (0, file.len() as u64), "records share the member's range");
    }
    assert_eq!(found[1].within, record("one").len() as u64);
    assert_eq!(repairs(&file), [("record_shares_member", 1)]);
}

#[test]
fn the_range_in_a_long_member_is_enough_to_inflate_the_record_again() {
    let blocks: Vec<String> = (0..40).map(|seed| noise(50_000, seed + 1)).collect();
    let file = gzip(blocks.iter().map(|block| record(block)).collect::<String>());
    let found = read(&file);
    assert_eq!(found.len(), 40);
    for (found, wanted) in found.iter().zip(&blocks) {
        assert_eq!(found.item, block(wanted));
        assert_eq!(found.offset, 0);
        let mut inflated = Vec::new();
        let _ = flate2::read::GzDecoder::new(&file[..found.length as usize]).read_to_end(&mut inflated);
        assert!(inflated[found.within as usize..].starts_with(record(wanted).as_bytes()));
    }
}

#[test]
fn records_may_span_members() {
    let text = record(&noise(5_000, 1)) + &record("two");
    let (first, rest) = text.split_at(100);
    let (second, third) = rest.split_at(3_000);
    let file = [gzip(first), gzip(second), gzip(third)].concat();
    check(&file, &[block(&noise(5_000, 1)), block("two")]);
    assert_eq!(read(&file)[0].length, file.len() as u64);
    assert!(repairs(&file).contains(&("record_spans_members", 1)));
}

#[test]
fn gzip_headers_with_name_comment_and_extra_field_are_read() {
    let mut member = flate2::GzBuilder::new()
        .filename("name")
        .comment("comment")
        .extra(vec![b's', b'l', 0, 0])
        .write(Vec::new(), Compression::new(6));
    member.write_all(record("one").as_bytes()).unwrap();
    let file = [member.finish().unwrap(), gzip(""), gzip(record("two"))].concat();
    check(&file, &[block("one"), block("two")]);
    assert_eq!(repairs(&file), [("empty_member", 1)]);
}

fn zstd_frame(bytes: &str, dictionary: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::bulk::Compressor::with_dictionary(3, dictionary).unwrap();
    encoder.compress(bytes.as_bytes()).unwrap()
}

fn skippable(magic: u8, content: &[u8]) -> Vec<u8> {
    let mut frame = vec![magic, 0x2a, 0x4d, 0x18];
    frame.extend((content.len() as u32).to_le_bytes());
    frame.extend(content);
    frame
}

#[test]
fn zstd_frames_are_members() {
    let frames = [zstd_frame(&record("one"), b""), zstd_frame(&record(&noise(700_000, 1)), b"")];
    let found = read(&frames.concat());
    assert_eq!(found[0].item, block("one"));
    assert_eq!((found[1].offset, found[1].length), (frames[0].len() as u64, frames[1].len() as u64));
}

#[test]
fn zstd_dictionaries_are_used_packed_or_not() {
    let dictionary = noise(4_000, 7).into_bytes();
    for stored in [dictionary.clone(), zstd::bulk::compress(&dictionary, 3).unwrap()] {
        let head = skippable(0x5d, &stored);
        let frame = zstd_frame(&record(&noise(4_000, 7)), &dictionary);
        assert!(frame.len() < 1_000, "the dictionary was used");
        let file = [head.clone(), frame, skippable(0x50, b"passed over"), zstd_frame(&record("two"), b"")].concat();
        check(&file, &[block(&noise(4_000, 7)), block("two")]);
        assert_eq!(read(&file)[0].offset, head.len() as u64);
    }
    assert!(refusal(&skippable(0x5d, &vec![0; 17 << 20])).contains("dictionary at byte 0"));
}

const ARC: &str = "filedesc://made.arc 0.0.0.0 20260101000000 text/plain 76\n1 0 Made\n\
                   URL IP-address Archive-date Content-type Archive-length\n12345678901\n\
                   http://example.org/a b 1.2.3.4 20260102030405 text/html 22\nHTTP/1.1 200 OK\n\n<p>x\n\
                   http://example.org/c 1.2.3.4 20260102030406 text/html 5\nhello\n";

#[test]
fn arc_files_are_read() {
    for file in [ARC.as_bytes().to_vec(), gzip(ARC)] {
        let mut reader = Reader::open(Box::new(Cursor::new(file)), "made.arc", Limits::default()).unwrap();
        let mut batch = Batch::new();
        assert!(reader.fill(&mut batch, 1 << 20).unwrap());
        let records: Vec<_> = batch
            .iter()
            .map(|item| match item {
                Item::Record(record) => (record.record_type(), record.target_uri().unwrap(), record.date().unwrap()),
                Item::Damage(damage) => panic!("{damage:?}"),
            })
            .collect();
        assert_eq!(records.len(), 3);
        assert_eq!(records[0].0, RecordType::Warcinfo);
        assert_eq!(records[1].0, RecordType::Response);
        assert_eq!((&*records[1].1, &*records[1].2), ("http://example.org/a b", "2026-01-02T03:04:05Z"));
        assert_eq!(records[2].1, "http://example.org/c");
    }
}

#[test]
fn arc_of_version_2_has_ten_words() {
    let block = "2 0 Made\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n";
    let line = "http://example.org/ 1.2.3.4 20260102030405 text/html 200 abc - 209 made.arc 5";
    let length = block.len();
    let file = format!(
        "filedesc://made.arc 0.0.0.0 20260101000000 text/plain 200 - - 0 made.arc {length}\n{block}\n{line}\nhello\n"
    );
    let mut reader = Reader::open(Box::new(Cursor::new(file.into_bytes())), "made.arc", Limits::default()).unwrap();
    let mut batch = Batch::new();
    assert!(reader.fill(&mut batch, 1 << 20).unwrap());
    let Item::Record(record) = batch.get(1) else { panic!("a record") };
    assert_eq!(record.target_uri().unwrap(), "http://example.org/");
    assert_eq!(record.date().unwrap(), "2026-01-02T03:04:05Z");
}

#[test]
fn oddities_that_lose_nothing_are_repaired_and_counted() {
    let bare = "WARC/1.0\nWARC-Type: response\nContent-Length: 3\n\none\n\n";
    check(bare.as_bytes(), &[block("one")]);
    assert_eq!(repairs(bare.as_bytes()), [("header_with_bare_line_feeds", 1), ("odd_separator", 1)]);
    let blank = format!("\r\n{}\r\n\r\n{}", record("one"), record("two"));
    check(blank.as_bytes(), &[block("one"), block("two")]);
    let joined = without_end("one", 3) + &record("two");
    check(joined.as_bytes(), &[block("one"), block("two")]);
    assert_eq!(repairs(joined.as_bytes()), [("odd_separator", 1)]);
    let repeated = record("one").replace("WARC-Date", "content-length: 3\r\nWARC-Date");
    check(repeated.as_bytes(), &[block("one")]);
    let folded = record("one").replace("Content-Length: 3", "Content-Length:\r\n\t3");
    check(folded.as_bytes(), &[block("one")]);
    let small = record("one").replace("WARC/1.0", "warc/1.0");
    check(small.as_bytes(), &[block("one")]);
    let returns = record("one").replace("\r\n", "\r\r\n");
    check(returns.as_bytes(), &[block("one")]);
    let no_colon = record("one").replace("WARC-Date:", "WARC-Date");
    check(no_colon.as_bytes(), &[block("one")]);
}

#[test]
fn all_versions_from_0_17_to_1_1_are_read_and_others_are_damage() {
    for version in ["0.17", "0.18", "1.0", "1.1"] {
        let file = record("one").replace("WARC/1.0", &format!("WARC/{version}")) + &record("two");
        check(file.as_bytes(), &[block("one"), block("two")]);
    }
    for version in ["0.16", "0.19", "1.2", "2.0", "x", "", "1.0.0", "10.1"] {
        let file = record("one").replace("WARC/1.0", &format!("WARC/{version}")) + &record("two");
        check(file.as_bytes(), &[lost("warc.bad_version"), block("two")]);
        check(&[gzip(record("zero")), gzip(file)].concat(), &[block("zero"), lost("warc.bad_version"), block("two")]);
    }
}

#[test]
fn a_length_that_goes_on_in_a_folded_line_is_no_number() {
    let folded = |more: &str| record("one").replace("Content-Length: 3\r\n", &format!("Content-Length: 3\r\n{more}"));
    check((folded(" \r\n") + &record("two")).as_bytes(), &[block("one"), block("two")]);
    for more in [" 200 OK\r\n", " 3\r\n", "\t\r\n 0\r\n"] {
        check((folded(more) + &record("two")).as_bytes(), &[lost("warc.bad_header"), block("two")]);
    }
}

#[test]
fn a_version_line_in_several_members_makes_an_archive() {
    let text = record("one");
    let file = [gzip(&text[..4]), gzip(""), gzip(&text[4..])].concat();
    check(&file, &[block("one")]);
}

#[test]
fn what_is_no_archive_is_refused_by_name() {
    let json = "{\"url\": \"https://example.org/\"}";
    for file in [json.as_bytes().to_vec(), gzip(json), b"WARC-Type: resource\r\n".to_vec(), vec![0; 300_000]] {
        let message = refusal(&file);
        assert!(message.starts_with("made.warc is no web archive: found a"), "{message}");
        assert!(message.contains("wanted WARC or ARC"), "{message}");
    }
    assert!(refusal(b"\x04\x22\x4d\x18rest").contains("made.warc is compressed with LZ4"));
}

#[test]
fn wat_files_are_refused_and_other_metadata_is_not() {
    let json = record("{\"Container\":{\"Offset\":\"1\"},\"Envelope\":{}}")
        .replace("WARC-Type: response", "Content-Type: application/json\r\nWARC-Type: metadata");
    for file in [json.clone().into_bytes(), gzip(record("info") + &json)] {
        assert!(refusal(&file).contains("made.warc is a WAT file"));
    }
    let (before, piece) = ([record("one"), record("two"), record("three")].concat(), json.clone());
    assert_eq!(read((before.clone() + &piece).as_bytes()).len(), 4, "archives may hold such a record");
    let (name, base) = ("made.warc", before.len() as u64);
    let mut alone = Reader::open_at(Box::new(Cursor::new(piece.into_bytes())), name, Limits::default(), base).unwrap();
    assert!(alone.fill(&mut Batch::new(), 1).unwrap(), "and it is read by its place");
    let other = json.replace("Container", "container");
    assert_eq!(read(other.as_bytes()).len(), 1);
}

#[test]
fn files_without_a_record_are_one_piece_of_damage() {
    for file in ["", "\r\n"] {
        check(file.as_bytes(), &[lost("warc.empty_file")]);
    }
}

#[test]
fn readers_go_to_other_threads_and_batches_are_shared_by_them() {
    fn is_send<T: Send>() {}
    fn is_sync<T: Sync>() {}
    is_send::<Reader>();
    is_send::<Batch>();
    is_sync::<Batch>();
}
