//! Laws that hold for every file: what was written is read back, its range holds it, and nothing panics or hangs.

use proptest::prelude::*;
use warc::{RecordType, WarcHeader, WarcWriter};

use super::*;

fn blocks() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let short = proptest::collection::vec(any::<u8>(), 0..300);
    let long = (0_usize..600_000, any::<u64>()).prop_map(|(length, seed)| noise(length, seed).into_bytes());
    proptest::collection::vec(prop_oneof![6 => short, 1 => long], 1..12)
}

/// A record as the `warc` crate writes it.
fn written(block: &[u8], number: usize) -> Vec<u8> {
    let mut builder = warc::RecordBuilder::default();
    builder = builder.warc_type(RecordType::Response).warc_id(format!("<urn:uuid:{number}>")).body(block.to_vec());
    let record = builder.header(WarcHeader::TargetURI, "https://example.org/").build().unwrap();
    let mut bytes = Vec::new();
    WarcWriter::new(&mut bytes).write(&record).unwrap();
    bytes
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

/// Everything that has to hold of any bytes at all.
fn check_any(file: &[u8]) -> Result<(), TestCaseError> {
    let limits = Limits { record_bytes_max: 100_000, ..Limits::default() };
    let Ok(found) = read_with(file, limits.clone(), usize::MAX, 1 << 20) else { return Ok(()) };
    for item in &found {
        prop_assert!(item.offset + item.length <= file.len() as u64, "{item:?} lies in the file");
    }
    prop_assert!(found.is_sorted_by_key(|item| item.offset), "items stand in the order of the file");
    prop_assert_eq!(read_with(file, limits, 777, 1).unwrap(), found);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_written_is_read_back(blocks in blocks()) {
        let records: Vec<Vec<u8>> = blocks.iter().enumerate().map(|(number, block)| written(block, number)).collect();
        let members: Vec<Vec<u8>> = records.iter().map(gzip).collect();
        for (parts, inflate) in [(&records, false), (&members, true)] {
            let file = parts.concat();
            let found = read(&file);
            prop_assert_eq!(found.len(), blocks.len());
            for ((found, block), record) in found.iter().zip(&blocks).zip(&records) {
                prop_assert_eq!(&found.item, &Seen::Block(block.clone()));
                let range = &file[found.offset as usize..(found.offset + found.length) as usize];
                let bytes = if inflate { gunzip(range) } else { range.to_vec() };
                prop_assert_eq!(&bytes, record, "the range holds exactly the record");
            }
        }
        let whole = gzip(records.concat());
        let found: Vec<Seen> = read(&whole).into_iter().map(|found| found.item).collect();
        prop_assert_eq!(found, blocks.into_iter().map(Seen::Block).collect::<Vec<_>>());
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..3_000), head in 0_usize..6) {
        let heads: [&[u8]; 6] =
            [b"", b"WARC/1.0\r\n", &[0x1f, 0x8b, 8, 0], &[0x28, 0xb5, 0x2f, 0xfd], &[0x5d, 0x2a, 0x4d, 0x18], b"filedesc://a b "];
        check_any(&[heads[head], &bytes].concat())?;
    }

    /// Bytes changed, removed, put in: the file is read to its end, and what follows the damage is found.
    #[test]
    fn mutations_never_panic(blocks in blocks(), kind in 0_usize..4, edits in proptest::collection::vec((any::<u32>(), any::<u8>(), 0_usize..3), 1..6)) {
        let records: Vec<Vec<u8>> = blocks.iter().enumerate().map(|(number, block)| written(block, number)).collect();
        let mut file = match kind {
            0 => records.concat(),
            1 => records.iter().map(gzip).collect::<Vec<_>>().concat(),
            2 => gzip(records.concat()),
            _ => records.iter().map(|record| zstd::bulk::compress(record, 1).unwrap()).collect::<Vec<_>>().concat(),
        };
        for (at, byte, edit) in edits {
            let at = at as usize % file.len();
            match edit {
                0 => file[at] = byte,
                1 => { file.drain(at..(at + usize::from(byte)).min(file.len())); }
                _ => { file.splice(at..at, vec![byte; usize::from(byte)]); }
            }
            if file.is_empty() { return Ok(()); }
        }
        check_any(&file)?;
    }

    /// One member damaged: every other record is read.
    #[test]
    fn damage_is_confined_to_its_member(lengths in proptest::collection::vec(0_usize..2_000, 3..9), pick in any::<u32>(), at in any::<u32>(), byte in 1_u8..) {
        let blocks: Vec<String> = lengths.iter().enumerate().map(|(seed, length)| noise(*length, seed as u64)).collect();
        let mut members: Vec<Vec<u8>> = blocks.iter().map(|block| gzip(record(block))).collect();
        let pick = pick as usize % members.len();
        let at = 10 + at as usize % (members[pick].len() - 10);
        members[pick][at] ^= byte;
        let found = read(&members.concat());
        let kept: Vec<&Seen> = found.iter().map(|found| &found.item).filter(|item| matches!(item, Seen::Block(_))).collect();
        let wanted: Vec<Seen> = blocks.iter().enumerate().filter(|(index, _)| *index != pick).map(|(_, text)| block(text)).collect();
        prop_assert_eq!(kept, wanted.iter().collect::<Vec<_>>());
        prop_assert_eq!(found.len(), blocks.len());
    }
}
