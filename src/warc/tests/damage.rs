//! Each kind of damage: its reason, its range, and the next good record found.

use super::*;

/// Damage between good records, plain and as members: the same items both ways.
fn check_both(middle: &str, reason: &'static str) {
    let last = noise(1_000, 9);
    let wanted = [block("before"), lost(reason), block("after"), block(&last)];
    let parts = [record("before"), middle.to_owned(), record("after"), record(&last)];
    check(parts.concat().as_bytes(), &wanted);
    check(&parts.map(gzip).concat(), &wanted);
}

#[test]
fn a_length_that_is_too_small_loses_the_record_and_no_other() {
    check_both(&with_length("0123456789", 9), "warc.wrong_length");
    check_both(&with_length("0123456789", 1), "warc.wrong_length");
}

#[test]
fn a_length_that_is_too_large_loses_the_record_and_no_other() {
    for length in [15, 20, 60, 200] {
        check_both(&with_length("0123456789", length), "warc.wrong_length");
    }
    let file = with_length("0123456789", 11) + &record("after") + &record("more");
    check(file.as_bytes(), &[block("0123456789\r"), block("after"), block("more")]);
    // Beyond the end of the file: the records in the block are still found.
    let file = with_length("0123456789", 100_000) + &record("after") + &record("more");
    check(file.as_bytes(), &[lost("warc.cut_record"), block("after"), block("more")]);
    let file = gzip(with_length("0123456789", 100_000) + &record("after"));
    check(&file, &[lost("warc.wrong_length"), block("after")]);
}

#[test]
fn headers_that_cannot_be_believed_are_damage() {
    for (from, to) in [
        ("Content-Length: 3\r\n", ""),
        ("Content-Length: 3", "Content-Length: three"),
        ("Content-Length: 3", "Content-Length: -3"),
        ("Content-Length: 3", "Content-Length: 99999999999999999999"),
        ("Content-Length: 3", "Content-Length:"),
        ("Content-Length: 3", "Content-Length: 3\r\nContent-Length: 4"),
        ("WARC-Type: response\r\n", ""),
        ("WARC-Type: response", "WARC-Type: "),
    ] {
        check_both(&record("bad").replace(from, to), "warc.bad_header");
    }
    let cut = &record("bad")[..60];
    check_both(&format!("{cut}\r\n"), "warc.bad_header");
}

#[test]
fn bytes_between_records_are_garbage_with_an_exact_range() {
    let (before, after) = (record("before"), record("after"));
    let file = format!("{before}some rubbish\nand more{after}");
    check(file.as_bytes(), &[block("before"), lost("warc.garbage")]);
    let file = format!("{before}some rubbish\n{after}");
    let found = read(file.as_bytes());
    assert_eq!(found[1].item, lost("warc.garbage"));
    assert_eq!((found[1].offset, found[1].length), (before.len() as u64, 13));
    assert_eq!(found[2].item, block("after"));

    let (before, after) = (gzip(record("before")), gzip(record("after")));
    let file = [&before[..], b"some rubbish \x1f\x8b\x08 and more", &after].concat();
    let found = read(&file);
    assert_eq!(found[1].item, lost("warc.garbage"));
    assert_eq!((found[1].offset, found[1].length), (before.len() as u64, 25));
    assert_eq!(found[2].item, block("after"));
}

#[test]
fn a_damaged_beginning_does_not_hide_the_records_behind_it() {
    for rubbish in [&b"\x00rubbish\n"[..], &[7; 200_000]] {
        let plain = [rubbish, b"\n", record("after").as_bytes()].concat();
        check(&plain, &[lost("warc.garbage"), block("after")]);
        let members = [rubbish, &gzip(record("after"))].concat();
        let found = read(&members);
        assert_eq!(found[0].item, lost("warc.garbage"));
        assert_eq!((found[0].offset, found[0].length), (0, rubbish.len() as u64));
        assert_eq!(found[1].item, block("after"));
        let frames = [rubbish, &zstd::bulk::compress(record("after").as_bytes(), 3).unwrap()].concat();
        check(&frames, &[lost("warc.garbage"), block("after")]);
    }
}

/// Three pieces of damage were once taken for proof that a file is no archive.
#[test]
fn many_damaged_members_at_the_beginning_do_not_hide_the_records_behind_them() {
    let frame = |text: &str| zstd::bulk::compress(text.as_bytes(), 3).unwrap();
    let member = |text: &str| gzip(text);
    for (pack, reason) in [(&member as &dyn Fn(&str) -> Vec<u8>, "warc.bad_gzip"), (&frame, "warc.bad_zstd")] {
        let mut bad = pack(&record(&noise(3_000, 1)));
        bad[11..40].fill(0xff);
        for count in [2, 3, 4, 40] {
            let file = [bad.repeat(count), pack(&record("after"))].concat();
            let found: Vec<Seen> = read(&file).into_iter().map(|found| found.item).collect();
            assert_eq!(found.last(), Some(&block("after")), "{count}, {reason}");
            assert!(found[..found.len() - 1].iter().all(|item| *item == lost(reason)), "{count}: {found:?}");
        }
    }
}

#[test]
fn a_member_cut_at_any_place_loses_one_record() {
    let member = gzip(record(&noise(3_000, 1)));
    for kept in [1, 5, 11, 100, member.len() / 2, member.len() - 9, member.len() - 8, member.len() - 1] {
        let file = [&gzip(record("before"))[..], &member[..kept], &gzip(record("after"))].concat();
        let found = read(&file);
        assert_eq!(found.len(), 3, "cut after {kept} bytes: {found:?}");
        assert!(matches!(found[1].item, Seen::Lost("warc.bad_gzip" | "warc.cut_member" | "warc.garbage")), "{kept}");
        assert_eq!(found[2].item, block("after"), "cut after {kept} bytes");
        assert_eq!(found[1].offset + found[1].length, found[2].offset);
    }
    for kept in [11, member.len() / 2, member.len() - 1] {
        let file = [&gzip(record("before"))[..], &member[..kept]].concat();
        check(&file, &[block("before"), lost("warc.cut_member")]);
    }
}

#[test]
fn a_bad_checksum_loses_the_record() {
    let mut member = gzip(record("bad"));
    let at = member.len() - 8;
    member[at] ^= 1;
    let file = [gzip(record("before")), member.clone(), gzip(record("after"))].concat();
    let found = read(&file);
    assert_eq!(found[1].item, lost("warc.bad_gzip"));
    assert_eq!(found[1].length, member.len() as u64);
    assert_eq!(found[2].item, block("after"));
}

#[test]
fn a_bad_checksum_of_many_records_is_reported_after_them() {
    let mut member = gzip(record("one") + &record("two"));
    let at = member.len() - 8;
    member[at] ^= 1;
    let file = [member, gzip(record("after"))].concat();
    check(&file, &[block("one"), block("two"), lost("warc.bad_gzip"), block("after")]);
}

#[test]
fn bad_deflate_data_loses_the_record() {
    let mut member = gzip(record(&noise(3_000, 1)));
    let middle = member.len() / 2;
    member[middle..middle + 64].fill(0xff);
    let file = [gzip(record("before")), member, gzip(record("after"))].concat();
    check(&file, &[block("before"), lost("warc.bad_gzip"), block("after")]);
}

#[test]
fn bad_zstd_data_loses_the_record() {
    let frame = |text: &str| zstd::bulk::compress(text.as_bytes(), 3).unwrap();
    let good = frame(&record(&noise(3_000, 1)));
    let mut bad = good.clone();
    bad[6..12].fill(0xff);
    for (bad, reason) in [(&bad[..], "warc.bad_zstd"), (&good[..good.len() / 2], "warc.cut_member")] {
        let file = [&frame(&record("before"))[..], bad, &frame(&record("after"))].concat();
        check(&file, &[block("before"), lost(reason), block("after")]);
    }
}

/// A frame whose beginning looks like a record and which cannot be decoded at all was once found again for ever.
#[test]
fn a_frame_that_fails_behind_its_first_block_is_left_behind() {
    let frame = |text: &str| zstd::bulk::compress(text.as_bytes(), 3).unwrap();
    let mut bad = frame(&record(&noise(250_000, 1)));
    // RFC 8878: a header of 9 bytes, then blocks with a header of 3 bytes, which holds the size and a type of 2 bits.
    let size = usize::from(bad[9]) | usize::from(bad[10]) << 8 | usize::from(bad[11]) << 16;
    bad[9 + 3 + (size >> 3)] |= 0b110;
    let file = [frame(&record("before")), bad, frame(&record("after"))].concat();
    check(&file, &[block("before"), lost("warc.bad_zstd"), block("after")]);
}

#[test]
fn a_bad_zstd_checksum_loses_the_record() {
    let mut compressor = zstd::bulk::Compressor::new(3).unwrap();
    compressor.include_checksum(true).unwrap();
    let mut bad = compressor.compress(record(&noise(600_000, 1)).as_bytes()).unwrap();
    let last = bad.len() - 1;
    bad[last] ^= 1;
    let file = [compressor.compress(record("before").as_bytes()).unwrap(), bad, gzip("")].concat();
    let found = read(&file);
    assert_eq!(found[1].item, lost("warc.bad_zstd"));
}

#[test]
fn a_plain_file_cut_inside_a_record_says_so() {
    let file = record("before") + &record("after");
    let kept = &file[..file.len() - 6];
    let found = read(kept.as_bytes());
    assert_eq!(found[1].item, lost("warc.cut_record"));
    assert_eq!(found[1].offset + found[1].length, kept.len() as u64);
    let kept = &file[..file.len() - 4];
    check(kept.as_bytes(), &[block("before"), block("after")]);
}

fn check_limits(file: &[u8], limits: Limits, wanted: &[Seen]) {
    let found = read_with(file, limits, usize::MAX, 1 << 20).unwrap();
    assert_eq!(found.into_iter().map(|found| found.item).collect::<Vec<_>>(), wanted);
}

#[test]
fn records_at_the_limit_are_kept_and_beyond_it_skipped() {
    let limits = Limits { record_bytes_max: 1_000, ..Limits::default() };
    for (length, kept) in [(1_000, true), (1_001, false), (3_000_000, false)] {
        let text = noise(length, 1);
        let wanted = if kept { block(&text) } else { lost("warc.too_large") };
        let parts = [record("before"), record(&text), record("after")];
        check_limits(parts.concat().as_bytes(), limits.clone(), &[block("before"), wanted.clone(), block("after")]);
        let members = parts.map(gzip).concat();
        check_limits(&members, limits.clone(), &[block("before"), wanted, block("after")]);
    }
}

#[test]
fn a_large_record_in_its_own_member_may_hold_anything() {
    let limits = Limits { record_bytes_max: 1_000, ..Limits::default() };
    let nested = record(&format!("{}\r\n{}", noise(2_000, 1), record("nested")));
    let file = [gzip(&nested), gzip(record("after"))].concat();
    check_limits(&file, limits, &[lost("warc.too_large"), block("after")]);
}

/// A length of gigabytes at the head of a file that is one member once took all records behind it along.
#[test]
fn a_length_beyond_the_member_hides_no_record_of_it() {
    for length in [40_000_000, 1 << 32, usize::MAX >> 1] {
        let text = noise(300_000, 1);
        let records = with_length("first", length) + &record("second") + &record(&text);
        check(&gzip(&records), &[lost("warc.too_large"), block("second"), block(&text)]);
        let file = [gzip(record("before")), gzip(&records), gzip(record("after"))].concat();
        let wanted = [block("before"), lost("warc.too_large"), block("second"), block(&text), block("after")];
        check(&file, &wanted);
    }
}

#[test]
fn headers_at_the_limit_are_kept_and_beyond_it_skipped() {
    let padded = |bytes: usize| record("one").replace("WARC-Date:", &format!("X: {}\r\nWARC-Date:", "y".repeat(bytes)));
    let base = padded(0).len() - "one\r\n\r\n".len();
    let limits = Limits { header_bytes_max: 500, ..Limits::default() };
    let at = padded(500 - base) + &record("after");
    check_limits(at.as_bytes(), limits.clone(), &[block("one"), block("after")]);
    let beyond = padded(501 - base) + &record("after");
    check_limits(beyond.as_bytes(), limits, &[lost("warc.too_large"), block("after")]);
    let limits = Limits { header_lines_max: 3, ..Limits::default() };
    let few = "WARC/1.0\r\nWARC-Type: x\r\nContent-Length: 0\r\n\r\n\r\n\r\n".to_owned();
    check_limits((few + &record("one")).as_bytes(), limits, &[block(""), lost("warc.too_large")]);
}

#[test]
fn bombs_are_left_before_they_are_inflated() {
    let bomb = gzip(record(&"0".repeat(30_000_000)));
    let file = [gzip(record("before")), bomb.clone(), gzip(record("after"))].concat();
    let limits = Limits { record_bytes_max: 1_000_000, ..Limits::default() };
    check_limits(&file, limits, &[block("before"), lost("warc.too_large"), block("after")]);
    let fits = read(&[gzip(record("before")), bomb].concat());
    assert_eq!(fits[1].item, block(&"0".repeat(30_000_000)), "a large record that is allowed is no bomb");
}

#[test]
fn damage_in_arc_files_is_skipped_to_the_next_url_line() {
    let good = |text: &str| format!("http://example.org/ 1.2.3.4 20260102030405 text/html {}\n{text}\n", text.len());
    let short = "http://example.org/ 1.2.3.4 20260102030405 text/html 3\nhello\n";
    let long = "http://example.org/ 1.2.3.4 20260102030405 text/html 30\nhello\n";
    let negative = "http://example.org/ 1.2.3.4 20260102030405 text/html -1\nhello\n";
    for (bad, reason) in [(short, "warc.wrong_length"), (long, "warc.wrong_length"), (negative, "warc.bad_header")] {
        let file = good("before") + bad + &good("after");
        check(file.as_bytes(), &[block("before"), lost(reason), block("after")]);
        check(&gzip(file), &[block("before"), lost(reason), block("after")]);
    }
}
